// Changes an element's content to new markup, node by node: what the reader is in keeps focus, place and typed text.
// The page offers it to the app as functions. script/finish.mjs bundles it with the app.
import { Idiomorph } from "idiomorph";

const callbacks = {
    // An open list and a filtered one are the reader's, not the markup's.
    beforeAttributeUpdated: (name) => name !== "open" && name !== "hidden",
    beforeNodeMorphed: (node) => !(node instanceof HTMLInputElement && node.type === "search"),
};

globalThis.impactPatch = (element, markup) => void Idiomorph.morph(element, markup, { morphStyle: "innerHTML", callbacks });

// What only the static page has: from the page that stands, or from its file. Addresses in it begin at the root until they are here.
globalThis.impactKeep = async (element, address, part) => {
    try {
        const find = (page) => page.querySelector(`#boot ${part}`);
        const found = find(document) ?? find(new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html"));
        element.replaceChildren(...(found ? [document.importNode(found, true)] : []));
        for (const path of element.querySelectorAll("[data-path]")) path.textContent = location.origin + path.textContent;
    } catch { /* the page stands without it */ }
};

// Files that few ask for come with the code that makes them. A failed import may be tried again under another address.
let failed = 0;
globalThis.impactTake = async (anchor, csv, address) => {
    const code = new URL(document.querySelector("meta[name=picture]").content + (failed ? `?again=${failed}` : ""), document.baseURI);
    const { take } = await import(code).catch((error) => {
        failed += 1;
        throw error;
    });
    return take(anchor, csv, address);
};
