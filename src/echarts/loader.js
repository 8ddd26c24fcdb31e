// One import for all charts; a failed one may be tried again under another address. Flows are a part of their own.
let loading;
let attempt = 0;

export async function load(address, flows) {
    loading ??= import(attempt++ ? `${address}?again=${attempt}` : address).catch((error) => {
        loading = undefined;
        throw error;
    });
    const library = await loading;
    if (flows) await library.withFlows();
    return library;
}
