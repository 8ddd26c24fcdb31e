// Reads one large table: in a worker, or in a page that may have none (web/bulk.js). script/bulk.mjs builds it: WASM is an address beside
// it. Measured by script/bench, which asks the same engine (`engine`).
import init, * as bulk from "impact-bulk";
/* global WASM */

/** A server that sends nothing for so long is not waited for. */
const PATIENCE_MS = 30_000;
/** In the page other work comes between pieces of this length. */
const PIECE_MS = 12;

const IN_PAGE = typeof document === "object";

if (!IN_PAGE && typeof WorkerGlobalScope === "function" && self instanceof WorkerGlobalScope) {
    self.onmessage = async ({ data: asked }) => {
        const answer = await read(asked, (message) => self.postMessage(message));
        self.postMessage(answer, answer.bytes ? [answer.bytes.buffer] : []);
    };
}

/** What it can be asked after a file was read. */
export const engine = bulk;

export async function read({ folder, resource, version, fresh }, tell, signal) {
    try {
        return await all(folder, resource, version, fresh ? "reload" : "default", tell, signal);
    } catch (error) {
        return { error: error instanceof Failed ? error.reason : "network" };
    }
}

class Failed extends Error {
    /** A word of src/io/bulk.rs, or a server's status. */
    constructor(reason) {
        super(reason);
        this.reason = reason;
    }
}

async function all(folder, resource, version, cache, tell, signal) {
    const get = (path) => once(new URL(path, folder), cache, signal);
    const [, descriptor] = await Promise.all([
        init({ module_or_path: new URL(WASM, import.meta.url) }),
        get("datapackage.json").then(({ whole }) => whole()),
    ]);
    const told = bulk.begin(descriptor, resource, version);
    if (told === "") return { bytes: bulk.end(true) };
    const asked = JSON.parse(told);
    // The table comes while the catalogue does.
    const [file] = await Promise.all([
        get(asked.path),
        ...asked.catalog.map(async ([name, path]) => bulk.table(name, await (await get(path)).whole())),
    ]);
    let here = 0;
    const lying = file.body((bytes) => {
        here += bytes.length;
        if (here > asked.limit) throw new Failed("too-large");
        bulk.lies(bytes);
        tell({ share: Math.min(1, here / asked.bytes) });
    });
    let isGzip = true;
    const content = (asked.packed ? lying.pipeThrough(new DecompressionStream("gzip")) : lying).getReader();
    for (let since = performance.now(); ;) {
        let next;
        try {
            next = await content.read();
        } catch (error) {
            // The line may break, and what came may be no gzip: only the first is worth another try.
            if (!(error instanceof TypeError) || file.broken()) throw file.broken() ?? error;
            isGzip = false;
            break;
        }
        if (next.done) break;
        const more = bulk.holds(next.value);
        if (more === undefined) throw new Failed("too-large");
        if (!more) {
            content.cancel().catch(() => {});
            break;
        }
        if (IN_PAGE && performance.now() - since > PIECE_MS) {
            await new Promise((resolve) => setTimeout(resolve));
            since = performance.now();
        }
    }
    return { bytes: bulk.end(isGzip) };
}

/** A request with a time limit that begins again with each piece. */
async function once(address, cache, signal) {
    const control = new AbortController();
    signal?.addEventListener("abort", () => control.abort());
    let late = false;
    let broken;
    let timer;
    const wait = () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
            late = true;
            control.abort();
        }, PATIENCE_MS);
    };
    const fails = (error) => {
        clearTimeout(timer);
        broken = error instanceof Failed ? error : new Failed(late ? "timeout" : "network");
        control.abort();
        return broken;
    };
    wait();
    const response = await fetch(address, { cache, credentials: "same-origin", signal: control.signal }).catch((error) => { throw fails(error); });
    if (!response.ok) throw fails(new Failed(response.status));
    const body = (hear) => {
        const reader = response.body.getReader();
        return new ReadableStream({
            async pull(to) {
                try {
                    const { done, value } = await reader.read();
                    wait();
                    if (done) {
                        clearTimeout(timer);
                        to.close();
                    } else {
                        hear(value);
                        to.enqueue(value);
                    }
                } catch (error) {
                    to.error(fails(error));
                }
            },
            cancel: () => fails(),
        });
    };
    return { body, broken: () => broken, whole: async () => new Uint8Array(await new Response(body(() => {})).arrayBuffer()) };
}
