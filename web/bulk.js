// A large table of the package, read beside the page: a worker with WebAssembly of its own (src/bin/bulk.rs) fetches, unpacks, checks
// and sorts, and hands over columns. The app asks for this file where a package has such a table (src/io/bulk.rs). Where a browser
// allows no worker, as in a sandboxed frame, the same runs in the page, in pieces.
/* global WORKER */

/** How often the page hears how far it is, and may say that it wants no more. */
const TICK_MS = 200;

/**
 * Reads a resource of the package whose descriptor lies in `folder`. `tell(share)` hears how much of the file is here, 0 to 1, and answers false to
 * stop. `version`: of the package that the page has. `fresh`: not what the browser keeps. Resolves to `{error, status}`, or to what there is to tell
 * (src/data/handed.rs) and the columns.
 */
export async function load(folder, resource, version, fresh, tell) {
    const address = new URL(WORKER, document.baseURI);
    const asked = { folder: new URL(folder, document.baseURI).href, resource, version, fresh };
    let share = 0;
    let finish;
    const finished = new Promise((resolve) => { finish = resolve; });
    const hear = (message) => {
        if ("share" in message) share = message.share;
        else finish(message);
    };
    let stop = () => {};
    try {
        const worker = new Worker(address, { type: "module" });
        stop = () => worker.terminate();
        worker.onmessage = ({ data }) => hear(data);
        worker.onerror = (event) => {
            event.preventDefault();
            stop();
            inPage();
        };
        worker.postMessage(asked);
    } catch {
        inPage();
    }
    const timer = setInterval(() => {
        if (!tell(share)) finish({ error: "stopped" });
    }, TICK_MS);
    try {
        return await finished;
    } finally {
        clearInterval(timer);
        stop();
    }

    function inPage() {
        const control = new AbortController();
        stop = () => control.abort();
        import(address).then(({ read }) => read(asked, hear, control.signal)).then(hear, () => finish({ error: "network" }));
    }
}
