// Changes an element's content to new markup, node by node: what the reader is in keeps focus, place and typed text.
// The page offers it to the app as functions. script/finish.mjs bundles it with the app.
import morphdom from "morphdom";
import { code } from "./named.js";
import { fill } from "./place.js";

const rules = {
    childrenOnly: true,
    onBeforeElUpdated(element, other) {
        // What is typed into a search, choices that no address keeps, an open list and a filtered one are the reader's, not the markup's.
        if (element.matches("input[type=search], [data-kept]")) return false;
        // What is the same need not be gone through, unless it holds a choice that the reader may have changed since.
        if (element.isEqualNode(other) && !element.querySelector("input, select")) return false;
        for (const name of ["open", "hidden"]) other.toggleAttribute(name, element.hasAttribute(name));
        return true;
    },
};

/** Title and content of a page of ours: of the static page that stands, or of a file's text. Nothing in it runs. */
globalThis.impactContent = (html) => {
    const page = html === undefined ? document : new DOMParser().parseFromString(html, "text/html");
    const main = page.querySelector("#boot > main");
    return main ? [page.title, main.innerHTML] : undefined;
};

const waiting = new Map();
globalThis.impactPatch = (element, markup) => {
    cancelIdle(waiting.get(element));
    waiting.delete(element);
    const other = element.cloneNode();
    other.innerHTML = markup;
    fill(other);
    morphdom(element, other, rules);
    // The one page with code of its own (web/builder.js).
    if (element.querySelector("embed-builder:not(:defined)")) {
        code("builder").catch(() => {}); // its static code stands
    }
};

// Safari has no idle callbacks.
const [whenIdle, cancelIdle] = globalThis.requestIdleCallback
    ? [(act) => requestIdleCallback(act, { timeout: 500 }), cancelIdleCallback]
    : [(act) => setTimeout(act, 100), clearTimeout];
globalThis.impactPatchLater = (element, markup) => {
    cancelIdle(waiting.get(element));
    waiting.set(element, whenIdle(() => globalThis.impactPatch(element, markup)));
};

globalThis.impactPainted = () => new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); });

// Files that few ask for come with the code that makes them.
globalThis.impactTake = async (...asked) => (await code("picture")).take(...asked);
