// Where the draft of a talk lies in this browser: the editor writes it (web/editor.js), the stage reads it (web/present.js). Storage may
// be forbidden or full, which throws: then there is none, and the editor says so.

const keyOf = (deck) => `talk ${new URL(document.baseURI).pathname}${deck}`;

/** The draft's text; nothing if there is none or none may be read. */
export function stored(deck) {
    try {
        return localStorage.getItem(keyOf(deck));
    } catch {
        return null;
    }
}

/** Whether the draft is kept; without a text it is forgotten. */
export function store(deck, text) {
    try {
        if (text === undefined) localStorage.removeItem(keyOf(deck));
        else localStorage.setItem(keyOf(deck), text);
        return true;
    } catch {
        return false;
    }
}

/** Calls when another window of the site has changed the draft. */
export function onStored(deck, call) {
    addEventListener("storage", ({ key, newValue }) => key === keyOf(deck) && call(newValue));
}
