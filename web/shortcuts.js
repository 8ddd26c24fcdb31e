// Every shortcut of the site, once: the keys, the words in locales/*/search.json, and what is pressed for them. The listener and the
// list that readers see both read this. `press` is an element of the page, `figure` one in the figure that the reader is at.
const SHORTCUTS = [
    { keys: "/", words: "search", press: "#app [data-action=search]" },
    { keys: "?", words: "keys", press: "#app [data-action=keys]" },
    { keys: "t", words: "theme", press: "#app [data-action=theme]" },
    { keys: "l", words: "language", press: "#language" },
    { keys: "1", words: "chart", figure: "[role=tab][data-tab=chart]" },
    { keys: "2", words: "table", figure: "[role=tab][data-tab=table]" },
    { keys: "3", words: "sources", figure: "[role=tab][data-tab=sources]" },
    // The side of a switch that is not chosen.
    ...[["k", "scale"], ["r", "relative"], ["s", "sort"], ["a", "annotations"]].map(([keys, param]) => (
        { keys, words: param, figure: `[data-switch=${param}] [aria-pressed=false]` })),
    { keys: "p", words: "play", figure: "[data-play=run]" },
    { keys: "b", words: "back", figure: "[data-play=back]" },
    { keys: "n", words: "on", figure: "[data-play=on]" },
    { keys: "c", words: "copy", figure: "[data-action=copy-link]" },
    { keys: "d", words: "download", figure: "a[data-format=csv]" },
];

/** All shortcuts as they stand now; `from` is where the reader is. `run` is absent where there is nothing to press. */
export function shortcuts(from) {
    const figure = from?.closest("figure[data-view]") ?? nearest();
    const fixed = SHORTCUTS.map(({ keys, words, press, figure: inFigure }) => {
        const element = inFigure ? figure?.querySelector(inFigure) : document.querySelector(press);
        const run = element && (() => {
            if (inFigure) element.focus(); // what follows is said there
            element.click();
        });
        return { keys, words, group: inFigure ? "figure" : "site", run };
    });
    // Pages by their place in the menu: `g 1` is the first, `g 0` the tenth.
    const menu = [...document.querySelectorAll("#app header nav a")].slice(0, 10);
    return fixed.concat(menu.map((link, i) => ({ keys: `g ${(i + 1) % 10}`, title: link.textContent, group: "pages", run: () => link.click() })));
}

/** The figure around the middle of the screen, or the one that is least far from it. */
function nearest() {
    const distance = (figure) => {
        const { top, bottom } = figure.getBoundingClientRect();
        return Math.max(top - innerHeight / 2, innerHeight / 2 - bottom, 0);
    };
    const figures = [...document.querySelectorAll("#app figure[data-view]")];
    return figures.reduce((best, one) => (best && distance(best) <= distance(one) ? best : one), undefined);
}

/** The key as the list names it: on a Ukrainian keyboard the letters are those in the same places of a Latin one. */
export function keyOf({ key, code, shiftKey }) {
    const letter = /^Key([A-Z])$/.exec(code);
    if (letter && /\p{Script=Cyrillic}/u.test(key)) return shiftKey ? "" : letter[1].toLowerCase();
    if (code === "Slash" && key === ".") return "/";
    if (code === "Slash" && key === ",") return "?";
    return /^[A-Z]$/.test(key) ? (shiftKey ? "" : key.toLowerCase()) : key;
}
