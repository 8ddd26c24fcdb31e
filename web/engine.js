// The editor's engine: the published package and the code that judges and draws talks (src/bin/editor.rs), in WebAssembly. Asked for
// on the editor's page, and by a talk that shows a draft. script/engine.mjs builds it: WASM and WORDS are addresses in the site.
import init, { certificate, charts, file, live, nearest, open, part, pasted, place, step, take, words } from "impact-engine";
/* global WASM, WORDS */

const address = (path) => new URL(path, document.baseURI);
let begun;
const spoken = {};

/** The engine in one language. Fails if a file does not come. */
export async function start(lang) {
    begun ??= begin();
    spoken[lang] ??= speak(lang);
    try {
        await Promise.all([begun, spoken[lang]]);
    } catch (error) {
        begun = undefined; // another try is another request
        delete spoken[lang];
        throw error;
    }
    return {
        /** Markup that says why a draft is not taken; empty if it is. */
        take: (bytes) => take(lang, typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes),
        part: (name, at = 0) => part(name, lang, at),
        charts: (at) => charts(lang, at),
        /** A view with its controls after a choice: web/live.js. */
        live: (view, query, choice) => JSON.parse(live(lang, view, query, choice)),
        /** Where the points of one of its charts were drawn, and what is said of the one that a pointer or a key means. */
        place: (at, width, height, pixels) => place(at, width, height, new Float64Array(pixels)),
        nearest: (at, x, y) => JSON.parse(nearest(lang, at, x, y)),
        step: (at, key) => JSON.parse(step(lang, at, key)),
        certificate: (fact) => certificate(lang, fact),
        pasted: (text) => JSON.parse(pasted(lang, text)),
    };
}

async function begin() {
    const ready = got(WASM).then((wasm) => init({ module_or_path: wasm }));
    const { package: descriptor = "data/datapackage.json" } = await (await got("config.json")).json();
    const text = await (await got(descriptor)).text();
    const names = [descriptor.split("/").at(-1), ...JSON.parse(text).resources.map(({ path }) => path)];
    const folder = descriptor.replace(/[^/]*$/, "");
    const contents = await Promise.all(names.map(async (name) => (await got(folder + name)).arrayBuffer()));
    await ready;
    names.forEach((name, at) => file(at === 0 ? "datapackage.json" : name, new Uint8Array(contents[at])));
    open(new URL(document.baseURI).pathname);
}

async function speak(lang) {
    const parts = await Promise.all(WORDS[lang].map(async (path) => (await got(path)).json()));
    await begun;
    words(lang, JSON.stringify(Object.assign({}, ...parts)));
}

async function got(path) {
    // A talk in one file has all files in it (script/pack.mjs).
    const answer = (await globalThis.impactPack?.got(path)) ?? (await fetch(address(path)));
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer;
}
