// Ours: the reader of large tables that the built site has (web/bulk-worker.js), in a worker as in the app. `start` gets its address.
let worker;
let asked = 0;
const waiting = new Map();

/** In the worker, beside the reader. */
function beside(read, engine) {
    const answers = {
        async load({ folder, resource, version }) {
            const { error, bytes } = await read({ folder, resource, version }, () => {});
            if (error) throw new Error(String(error));
            return { rows: new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) };
        },
        filter: ({ series, places }) => JSON.parse(engine.rows(series, places.join(" "))),
        group: ({ each }) => JSON.parse(engine.groups(each)),
    };
    self.onmessage = async ({ data: { id, ask, ...given } }) => {
        try {
            self.postMessage({ id, result: await answers[ask](given) });
        } catch (error) {
            self.postMessage({ id, error: String(error) });
        }
    };
    self.postMessage({ id: 0 });
}

function ask(what, given) {
    return new Promise((done, fail) => {
        waiting.set(++asked, { done, fail });
        worker.postMessage({ id: asked, ask: what, ...given });
    });
}

export function start(address) {
    const script = `import { engine, read } from ${JSON.stringify(new URL(address, location.href).href)};\n(${beside})(read, engine);`;
    worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })), { type: "module" });
    return new Promise((ready, refuse) => {
        worker.onmessage = ({ data: { id, result, error } }) => {
            if (id === 0) return ready();
            const { done, fail } = waiting.get(id);
            waiting.delete(id);
            if (error) fail(new Error(error));
            else done(result);
        };
        worker.onerror = ({ message }) => refuse(new Error(message));
    });
}

export async function load(url) {
    const file = new URL(url, location.href);
    const { version } = await (await fetch(new URL("datapackage.json", file))).json();
    return ask("load", { folder: new URL(".", file).href, resource: file.pathname.split("/").at(-1).replace(/\.json(\.gz)?$/, ""), version });
}

export const filter = async (series, places) => (await ask("filter", { series, places })).map(([place, period_end, value]) => ({ place, period_end, value }));

export async function group() {
    const { groups, count, sum } = await ask("group", { each: false });
    return { groups, count, sum };
}

/** Each group, for the check of the answer: not measured. */
export const groups = async () => (await ask("group", { each: true })).each.map(([series, place, year, count, sum]) => ({ series, place, year, count, sum }));
