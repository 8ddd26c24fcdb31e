// What makes the start lighter for the reader and belongs to no part of the app. script/finish.mjs bundles it with the app, first.

const ask = (named, link) => {
    for (const href of document.querySelector(`meta[name=${named}]`)?.content.split(" ") ?? []) document.head.append(Object.assign(document.createElement("link"), link, { href }));
};

// What the page's figures need comes beside the app. Not before: the first paint and the first chart's picture share the line with less.
ask("data", { rel: "preload", as: "fetch", crossOrigin: "anonymous" });

// The chart library comes before the first figure asks for it, which must wait for its rows: where a chart stands on or near the screen, as
// soon as the app's own file has come and the line is free. A module that is there is not asked for again.
globalThis.impactCharts = () => ask("chart-library-parts", { rel: "modulepreload" });

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
/** When nothing more is to do for now. */
globalThis.impactRest = () => new Promise((done) => document.getElementById("boot") ? waiting.push(done) : done());
