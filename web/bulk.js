// A large table of the package, read beside the page: a worker with WebAssembly of its own (src/bin/bulk.rs) fetches, unpacks, checks
// and sorts, and hands over columns. The app asks for this file where a package has such a table (src/io/bulk.rs). Where a browser
// allows no worker, as in a sandboxed frame, the same runs in the page, in pieces. Meanwhile a line says how much is here.
import en from "../locales/en/bulk.json";
import uk from "../locales/uk/bulk.json";
/* global WORKER */

/** What is here sooner is not worth a line. */
const SOON_MS = 400;

/** All that are on their way: how much of each is here, 0 to 1, and what gives it up. */
const reading = new Set();
let line;

/**
 * Reads a resource of the package of this version, whose descriptor lies in `folder`. `fresh`: not what the browser keeps. The bytes are those of
 * src/data/handed.rs; fails with a word of src/io/bulk.rs, or a server's status.
 */
export async function load(folder, resource, version, fresh) {
    const address = new URL(WORKER, document.baseURI);
    const asked = { folder: new URL(folder, document.baseURI).href, resource, version, fresh };
    let finish;
    const finished = new Promise((resolve) => { finish = resolve; });
    const one = { share: 0, stop: () => finish({ error: "stopped" }) };
    let end = () => {};
    const hear = (message) => {
        if (!("share" in message)) return finish(message);
        one.share = message.share;
        show();
    };
    const inPage = () => {
        const control = new AbortController();
        end = () => control.abort();
        import(address).then(({ read }) => read(asked, hear, control.signal)).then(hear, () => finish({ error: "network" }));
    };
    try {
        const worker = new Worker(address, { type: "module" });
        end = () => worker.terminate();
        worker.onmessage = ({ data }) => hear(data);
        worker.onerror = (event) => {
            event.preventDefault();
            end();
            inPage();
        };
        worker.postMessage(asked);
    } catch {
        inPage();
    }
    const soon = setTimeout(() => {
        reading.add(one);
        show();
    }, SOON_MS);
    const { bytes, error } = await finished;
    clearTimeout(soon);
    reading.delete(one);
    end();
    show();
    if (error) throw error;
    return bytes;
}

/** One line for all of them, at the end of the page and of the screen. */
function show() {
    if (reading.size === 0) {
        line?.remove();
        line = undefined;
        return;
    }
    const words = document.documentElement.lang === "uk" ? uk : en;
    if (!line) {
        line = document.createElement("aside");
        line.id = "reading";
        const [label, bar, stop] = ["label", "progress", "button"].map((name) => document.createElement(name));
        bar.max = 100;
        stop.className = "button";
        stop.addEventListener("click", () => reading.forEach((one) => one.stop()));
        label.append(document.createElement("span"), bar);
        line.append(label, stop);
        document.body.append(line);
    }
    const percent = Math.floor(100 * Math.min(...[...reading].map(({ share }) => share)));
    line.querySelector("span").textContent = words["reading.share"].replace("{percent}", percent);
    line.querySelector("progress").value = percent;
    line.querySelector("button").textContent = words["reading.stop"];
}
