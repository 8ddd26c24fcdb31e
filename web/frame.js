// In the frame of an embed: the look that the host asked for, the package's file, the height, and what the frame tells the host. Stores
// nothing. Runs before the app; script/finish.mjs writes it into the pages below /embed/ and into 404.html, where most visits need none of it.
import { parse, print, readable } from "./contrast.js";

const SOURCE = "diaspora-impact";
/** What is hidden may be: never the line that names the publishers. */
const HIDEABLE = ["title", "tabs", "source-link"];

const page = document.documentElement;
if ("embed" in page.dataset) start();

function start() {
    const asked = new URLSearchParams(location.search);
    const ignored = [];
    let query = location.search;

    /** A parameter that `accepts` understands; what it does not is told below the figure. */
    const take = (name, accepts, use) => {
        const value = asked.get(name);
        if (value === null) return;
        if (accepts(value)) use(value);
        else ignored.push(`${name}=${value.slice(0, 40)}`);
    };
    const oneOf = (...known) => (value) => known.includes(value);

    take("theme", oneOf("light", "dark", "auto"), (theme) => {
        if (theme !== "auto") page.dataset.theme = theme;
    });
    take("font", oneOf("serif", "sans"), (font) => { page.dataset.font = font; });
    take("hide", (list) => list.split(",").every(oneOf(...HIDEABLE)), (list) => { page.dataset.hide = list.replaceAll(",", " "); });
    take("minHeight", (height) => /^\d+$/.test(height) && height >= 200 && height <= 2000, (height) => {
        page.style.setProperty("--least", `${height}px`);
    });
    take("accent", parse, (accent) => {
        const dark = matchMedia("(prefers-color-scheme: dark)");
        const paint = () => {
            const theme = page.dataset.theme ?? (dark.matches ? "dark" : "light");
            page.style.removeProperty("--accent");
            page.style.setProperty("--chart-accent", getComputedStyle(page).getPropertyValue("--accent")); // frame.css
            page.style.setProperty("--accent", print(readable(parse(accent), theme)));
        };
        page.dataset.accent = "";
        paint();
        dark.addEventListener("change", paint);
        new MutationObserver(paint).observe(page, { attributeFilter: ["data-theme"] });
    });

    const [, view = ""] = /embed\/([^/]+)/.exec(location.pathname) ?? [];
    const tell = (message) => {
        if (parent !== window) parent.postMessage({ source: SOURCE, view, ...message }, "*");
    };

    // A frame is not a place to go back to, and a sandboxed one may not change its address: choices are told and not kept.
    history.pushState = history.replaceState = (_state, _title, address) => {
        query = new URL(address, document.baseURI).search;
        state();
    };

    const link = () => document.querySelector(".embed-link a");
    function state() {
        const chosen = new URLSearchParams(query);
        for (const name of ["accent", "font", "hide", "minHeight", "theme", "version"]) chosen.delete(name);
        const search = chosen.size ? `?${String(chosen).replaceAll("%7E", "~")}` : "";
        if (link()) link().search = search;
        tell({ type: "state", query: search.slice(1), title: document.title });
    }

    // WordPress gives a frame that it found by oEmbed a secret, and hears a height and a link from who knows it.
    const [, secret] = /[#&?]secret=(\w+)/.exec(location.hash) ?? [];
    let told;
    function height(again) {
        // A frame that is not shown has no width: what it measures means nothing.
        if (!document.body || !innerWidth) return;
        const now = Math.ceil(document.body.getBoundingClientRect().height);
        if (now === told && !again) return;
        told = now;
        tell({ type: "height", height: now });
        if (secret && parent !== window) parent.postMessage({ secret, message: "height", value: now }, "*");
    }
    addEventListener("message", ({ source, data }) => {
        if (source !== parent || data?.source !== SOURCE || data.type !== "ask") return; // strangers
        height(true);
        state();
    });

    addEventListener("DOMContentLoaded", () => {
        // The content's own height, never the frame's. The second hears of changes where a browser does not paint a frame out of sight.
        new ResizeObserver(() => height()).observe(document.body);
        new MutationObserver(() => height()).observe(document.body, { childList: true });
        if (foot()) {
            explain();
            begin({}).catch(() => {}); // before the app, which tells of a failure
        }
        state();
    });
    addEventListener("load", () => height());

    // Links leave the frame.
    addEventListener("click", (event) => {
        const anchor = event.target.closest?.("a[href]:not([download])");
        if (!anchor) return;
        anchor.target = "_blank";
        if (secret) tell({ secret, message: "link", value: anchor.href });
    }, true);

    // The app asks for the package file by file. Here one file holds what the view needs of it, of the version that is asked for:
    // one request for ten, and the reader loads no rows of other charts.
    const plain = fetch;
    let loading;
    window.fetch = async (request, options) => {
        const url = new URL(request.url ?? request, document.baseURI);
        const base = new URL(document.baseURI).pathname;
        const name = url.pathname.slice(base.length);
        if (name === "config.json" && foot()) return new Response('{"package":"data/datapackage.json"}');
        if (!name.startsWith("data/")) return plain(request, options);
        await parsed;
        if (!foot()) return plain(request, options); // a page that does not exist
        const files = await begin(request);
        const text = files?.[name.slice("data/".length)];
        return text === undefined ? new Response("", { status: 404 }) : new Response(text);
    };
    /** Once for all; after a failure the next one asks anew. */
    function begin(request) {
        loading ??= bundle(request).catch((error) => {
            loading = undefined;
            throw error;
        });
        return loading;
    }
    async function bundle({ cache, signal }) {
        await parsed;
        const { view, version } = foot().dataset;
        if (isMissing()) return undefined;
        const answer = await plain(new URL(`data/v/${wanted ?? version}/embed/${page.lang}/${view}.json`, document.baseURI), { cache, signal });
        return answer.ok ? answer.json() : undefined;
    }
    const parsed = new Promise((done) => addEventListener("DOMContentLoaded", done));
    const foot = () => document.querySelector(".embed-foot");
    const wanted = asked.get("version");
    const versions = () => JSON.parse(foot().dataset.versions);
    const isMissing = () => wanted !== null && !Object.hasOwn(versions(), wanted);

    /** Says what version is shown, and what was not understood. */
    function explain() {
        const note = document.querySelector(".embed-note");
        const sentences = [];
        if (isMissing()) {
            page.dataset.failed = page.dataset.refused = ""; // the app leaves a page that has failed alone
            sentences.push(note.dataset.missing);
        } else if (wanted !== null && wanted !== foot().dataset.version) {
            page.dataset.frozen = "";
            sentences.push(versions()[wanted]);
        }
        if (ignored.length) sentences.push(note.dataset.ignored.replace("{what}", () => ignored.join(", ")));
        note.textContent = sentences.join(" ");
        note.hidden = sentences.length === 0;
    }
}
