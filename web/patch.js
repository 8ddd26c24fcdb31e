// Changes an element's content to new markup, node by node: what the reader is in keeps focus, place and typed text.
// The page offers it to the app as one function. script/finish.mjs bundles it with the app.
import { Idiomorph } from "idiomorph";

const callbacks = {
    // An open list and a filtered one are the reader's, not the markup's.
    beforeAttributeUpdated: (name) => name !== "open" && name !== "hidden",
    // So are what is typed into a search and choices that no address keeps.
    beforeNodeMorphed: (node) => !(node instanceof Element && node.matches("input[type=search], [data-kept]")),
};

globalThis.impactPatch = (element, markup) => void Idiomorph.morph(element, markup, { morphStyle: "innerHTML", callbacks });
