// What makes the start lighter for the reader and belongs to no part of the app. script/finish.mjs bundles it with the app, first.
import { named, page } from "./named.js";

// What the page's figures need comes beside the app. Not before: the first paint and the first chart's picture share the line with less.
// The app's own requests are answered with it, once. A `preload` would not wait for them: the browser complains of one that is not used soon.
const [plain, ahead] = [fetch, new Map()];
function ask(paths) {
    for (const path of paths) {
        const [address, stop] = [new URL(path, document.baseURI).href, new AbortController()];
        const answer = plain(new Request(address, { credentials: "same-origin", signal: stop.signal }));
        answer.catch(() => {}); // told to the one who asks
        ahead.set(address, [answer, stop]);
    }
}
ask([...named(`words-${page.lang}`), ...named("data")]);

// What a page shows of the package comes as one file (script/finish.mjs names it), a fifth of the whole. Not where the whole is kept for use
// without a network, and not beside another view. Without it the app has the package file by file, as elsewhere.
const [own] = named("part");
let part = own && !navigator.serviceWorker?.controller && !/[?&]with=/.test(location.search)
    ? plain(own, { signal: AbortSignal.timeout?.(8_000) }).then((answer) => answer.json()).then(placed).catch(() => { part = undefined; })
    : undefined;
/** The static page is told where rows have their places in the part (web/boot.js). */
function placed(files) {
    dispatchEvent(new CustomEvent("impact:part", { detail: files.places }));
    return files;
}
/** Whether the page had its own part only; from now on it has the whole package, and asks for what all pages need at once. */
globalThis.impactWhole = () => {
    const had = part;
    part = undefined;
    had?.then((files) => ask(Object.keys(files ?? {}).filter((name) => !/observations|^places/.test(name))));
    return !!had;
};

globalThis.fetch = async (request, options) => {
    const early = request.url && request.cache !== "reload"; // the app asks with a Request, for its wasm alone with an address
    const text = early && (await part)?.[request.url.slice(document.baseURI.length)];
    if (text && part) return new Response(text);
    const found = early && ahead.get(request.url);
    if (!found) return plain(request, options);
    const [answer, stop] = found;
    ahead.delete(request.url);
    request.signal.addEventListener("abort", () => stop.abort());
    return answer;
};

// The static page is enough to read. The app starts when the reader first does something (web/boot.js), or has left the page alone for
// a while; at once where a choice is asked for that the page does not show.
const ALONE = 5_000; // ms
export const meant = new Promise((start) => {
    if (globalThis.impactMeant || location.search || location.hash || page.dataset.theme || document.querySelector("#boot[role]")) return start();
    addEventListener("impact:meant", start);
    const leave = () => setTimeout(start, ALONE);
    return document.readyState === "complete" ? leave() : addEventListener("load", leave);
});

// The chart library comes before the first figure asks for it, which must wait for its rows: where a chart stands on or near the screen, as
// soon as the app's own file has come and the line is free. A module that is there is not asked for again.
globalThis.impactCharts = () => {
    for (const href of named("chart-library-parts")) document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
};

new PerformanceObserver((list, watch) => {
    if (!list.getEntries().some(({ name }) => name.endsWith(".wasm"))) return;
    watch.disconnect();
    const chart = document.querySelector("#boot .plot, #boot .skeleton");
    if (chart?.getBoundingClientRect().top < innerHeight + 300) globalThis.impactCharts();
}).observe({ type: "resource", buffered: true });

// Until the app is on the page nobody sees what it does: each step is a task of its own, and what the reader does comes between.
const { port1, port2 } = new MessageChannel();
const [steps, waiting] = [[], []];
const atOnce = queueMicrotask;
port1.onmessage = () => {
    steps.shift()();
    if (steps.length === 0) waiting.splice(0).forEach((done) => done());
};
globalThis.queueMicrotask = (step) => {
    if (!document.getElementById("boot")) return atOnce(step);
    steps.push(step);
    port2.postMessage(0);
};

// Between pressing and letting go nothing changes: what was pressed would be gone.
let released = Promise.resolve();
addEventListener("pointerdown", () => {
    released = new Promise((done) => {
        for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(done, 100), { once: true }); // a tap's click comes a little later
    });
});
/** When nothing more is to do for now. */
globalThis.impactRest = async () => {
    await released;
    if (document.getElementById("boot")) await new Promise((done) => {
        waiting.push(done);
        queueMicrotask(() => {});
    });
};
