// One import for all charts; a failed one may be tried again under another address.
let loading;
let attempt = 0;

export function load(address) {
    loading ??= import(attempt++ ? `${address}?again=${attempt}` : address).catch((error) => {
        loading = undefined;
        throw error;
    });
    return loading;
}
