// Ours: the worker for large packages that the built site has, asked as the app asks it. `start` gets the worker's address.
let worker;
let asked = 0;
const waiting = new Map();

function ask(what, parameters) {
    return new Promise((done, fail) => {
        waiting.set(++asked, { done, fail });
        worker.postMessage({ id: asked, ask: what, ...parameters });
    });
}

export function start(address) {
    worker = new Worker(address, { type: "module" });
    worker.onmessage = ({ data: { id, result, error } }) => {
        const { done, fail } = waiting.get(id) ?? {};
        waiting.delete(id);
        if (error) fail?.(new Error(error));
        else done?.(result);
    };
    worker.onerror = ({ message }) => waiting.forEach(({ fail }) => fail(new Error(message)));
}

export const load = (url) => ask("load", { url: new URL(url, location.href).href });
export const filter = (series, places) => ask("filter", { series, places });
export const group = () => ask("group");
