// Changes an element's content to new markup, node by node: what the reader is in keeps focus, place and typed text.
// The page offers it to the app as one function. script/finish.mjs bundles it with the app.
import { Idiomorph } from "idiomorph";

const callbacks = {
    // An open list and a filtered one are the reader's, not the markup's.
    beforeAttributeUpdated: (name) => name !== "open" && name !== "hidden",
    beforeNodeMorphed: (node) => !(node instanceof HTMLInputElement && node.type === "search"),
};

globalThis.impactPatch = (element, markup) => void Idiomorph.morph(element, markup, { morphStyle: "innerHTML", callbacks });
