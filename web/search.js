// Search, shortcuts and the filter of the series: loaded when first asked for (web/keys.js). One dialog serves both lists:
// a field that keeps the focus, and a list of what fits (the combobox of WAI-ARIA). Names and words are text, never markup.
import en from "../locales/en/search.json";
import uk from "../locales/uk/search.json";
import { find, prepared } from "./find.js";
import { keyOf, shortcuts } from "./shortcuts.js";

const SHOWN = 6; // of one kind
const page = document.documentElement;
const language = () => (page.lang === "uk" ? "uk" : "en");

/** A message; with `n` in its plural form. */
function t(key, args = {}) {
    const words = language() === "uk" ? uk : en;
    const form = "n" in args ? `${key}.${new Intl.PluralRules(language()).select(args.n)}` : key;
    return words[form].replace(/\{(\w+)\}/g, (_, name) => args[name]);
}

function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) {
        if (value !== undefined && value !== null) made.setAttribute(attribute, value);
    }
    made.append(...children.filter((child) => child !== undefined && child !== null));
    return made;
}

// The index of one language: a list of kinds, and of entries [kind, title, context, address, words, places].
const indexes = new Map();

function index() {
    const lang = language();
    if (!indexes.has(lang)) {
        const coming = load(lang);
        indexes.set(lang, coming);
        coming.catch(() => indexes.delete(lang));
    }
    return indexes.get(lang);
}

async function load(lang) {
    const { content } = document.querySelector(`meta[name="search-${lang}"]`);
    const answer = await fetch(new URL(content, document.baseURI), { signal: AbortSignal.timeout(20_000) });
    if (!answer.ok) throw new Error(`${content}: ${answer.status}`);
    const { kinds, entries } = await answer.json();
    return entries.map(([kind, title, context, address, words = "", places = []]) =>
        prepared({ kind: kinds[kind], title, context, address, words: [words, ...places.map((at) => entries[at][1])].join(" ") }));
}

/** Opens the dialog; `what` is `search` or `keys`. */
export function open(what) {
    if (document.querySelector("dialog[open]")) return;
    const from = document.activeElement;
    const field = element("input", {
        id: "finder-field", type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": "finder-list", "aria-autocomplete": "list",
        autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go",
    });
    const list = element("div", { id: "finder-list", role: "listbox", "aria-labelledby": "finder-title" });
    const status = element("p", { class: "finder-status", role: "status" });
    const trouble = element("div");
    const dialog = element("dialog", { class: "finder", "aria-labelledby": "finder-title", "data-finder": what },
        element("div", { class: "finder-body" },
            element("div", { class: "finder-head" },
                element("label", { id: "finder-title", for: "finder-field" }, t(what === "keys" ? "find.keys-label" : "find.label")),
                element("button", { class: "button quiet", type: "button", "data-action": "close" }, t("find.close"))),
            field, status, trouble, list, what === "keys" ? keySwitch() : undefined));
    const finder = { from, dialog, field, list, status, trouble, options: [], at: -1 };
    const update = what === "keys" ? showKeys : showFound;

    field.addEventListener("input", () => update(finder));
    field.addEventListener("keydown", (event) => {
        const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: SHOWN, PageUp: -SHOWN };
        if (event.key in steps && finder.options.length > 0) {
            event.preventDefault();
            const { length } = finder.options;
            const next = finder.at + steps[event.key];
            activate(finder, Math.abs(steps[event.key]) === 1 ? (next + length) % length : Math.min(Math.max(next, 0), length - 1));
        } else if (event.key === "Enter" && !event.isComposing) {
            event.preventDefault();
            finder.options[finder.at]?.element.click();
        }
    });
    list.addEventListener("click", (event) => {
        const chosen = finder.options.find((option) => option.element.contains(event.target));
        if (!chosen || event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab is the browser's
        if (chosen.run === undefined && !chosen.href) return;
        dialog.close(); // gives the focus back; the app's own listener then follows a link
        chosen.run?.();
    });
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    field.focus();
    update(finder);
}

/** Draws groups of options; the first is active, so that Enter opens the best. */
function draw(finder, groups) {
    finder.options = [];
    const option = ({ title, context, keys, href, run }) => {
        const here = href && new URL(href).pathname === location.pathname && new URL(href).hash;
        const made = element(href ? "a" : "div", {
            id: `finder-${finder.options.length}`, role: "option", "aria-selected": "false", tabindex: href ? "-1" : undefined, href,
            rel: here ? "external" : undefined, // a place on this very page is the browser's to go to
            "aria-disabled": href || run ? undefined : "true",
        },
        element("span", { class: "finder-name" }, title),
        keys ? element("span", { class: "finder-keys" }, ...keys.split(" ").map((key) => element("kbd", {}, key))) : undefined,
        context ? element("span", { class: "finder-context" }, context) : undefined);
        finder.options.push({ element: made, href, run });
        return made;
    };
    finder.list.replaceChildren(...groups.map(({ name, items }, i) =>
        element("div", { role: "group", "aria-labelledby": `finder-group-${i}` },
            element("div", { role: "presentation", id: `finder-group-${i}`, class: "finder-group" }, name),
            ...items.map(option))));
    finder.field.setAttribute("aria-expanded", String(finder.options.length > 0));
    finder.list.scrollTop = 0;
    activate(finder, finder.options.length > 0 ? 0 : -1);
}

function activate(finder, at) {
    finder.options[finder.at]?.element.setAttribute("aria-selected", "false");
    finder.at = at;
    const active = finder.options[at]?.element;
    active?.setAttribute("aria-selected", "true");
    if (active) finder.field.setAttribute("aria-activedescendant", active.id);
    else finder.field.removeAttribute("aria-activedescendant");
    if (at > 0) active.scrollIntoView({ block: "nearest" });
}

/** Puts what is found in groups by kind, the group of the best first. */
function grouped(found, name, item) {
    const groups = new Map();
    for (const entry of found) {
        const kind = entry.kind ?? entry.group;
        if (!groups.has(kind)) groups.set(kind, []);
        groups.get(kind).push(entry);
    }
    return [...groups].map(([kind, items]) => ({ name: name(kind), items: items.map(item) }));
}

async function showFound(finder) {
    if (finder.trouble.hasChildNodes()) return; // said once; *Try again* asks again
    const query = finder.field.value.trim();
    const isCurrent = () => finder.dialog.isConnected && finder.field.value.trim() === query;
    const waiting = setTimeout(() => { finder.status.textContent = t("find.loading"); }, 150);
    let entries;
    try {
        entries = await index();
    } catch {
        if (isCurrent()) showTrouble(finder);
        return;
    } finally {
        clearTimeout(waiting);
    }
    if (!isCurrent()) return;
    const found = find(entries, query);
    const groups = grouped(found, (kind) => t(`find.kind-${kind}`), ({ title, context, address }) => ({ title, context, href: new URL(address, document.baseURI).href }));
    draw(finder, groups.map(({ name, items }) => ({ name, items: items.slice(0, SHOWN) })));
    finder.status.textContent = query === "" ? t("find.hint") : found.length === 0 ? t("find.none", { query }) : t("find.found", { n: found.length });
}

function showTrouble(finder) {
    draw(finder, []);
    finder.status.textContent = "";
    const again = element("button", { class: "button", type: "button" }, t("find.again"));
    again.addEventListener("click", () => {
        finder.field.focus();
        finder.trouble.replaceChildren();
        showFound(finder);
    });
    finder.trouble.replaceChildren(element("div", { class: "failure", role: "alert" }, element("p", {}, t("find.failed")), again));
}

function showKeys(finder) {
    const all = shortcuts(finder.from).map((one) => prepared({ ...one, title: one.title ?? t(`find.key-${one.words}`), words: one.keys }));
    const query = finder.field.value.trim();
    const found = query === "" ? all : [...new Set([...all.filter(({ keys }) => keys === query), ...find(all, query)])];
    draw(finder, grouped(found, (group) => t(`find.keys-${group}`), ({ title, keys, run }) => ({ title, keys, run, context: run ? undefined : t("find.keys-absent") })));
    finder.status.textContent = found.length === 0 ? t("find.keys-none", { query }) : t("find.keys-hint");
}

/** Keys of one letter can be switched off; the choice is remembered where storage is allowed. */
function keySwitch() {
    const box = element("input", { type: "checkbox", role: "switch" });
    box.checked = page.dataset.keys !== "off";
    box.addEventListener("change", () => {
        if (box.checked) delete page.dataset.keys;
        else page.dataset.keys = "off";
        try {
            if (box.checked) localStorage.removeItem("keys");
            else localStorage.setItem("keys", "off");
        } catch { /* it holds until the page is left */ }
    });
    return element("label", { class: "finder-switch" }, box, t("find.keys-switch"));
}

// `g` waits for the key after it.
let leading = -Infinity;

/** Carries out a key pressed on the page, if it is a shortcut. */
export function press(event) {
    const key = keyOf(event);
    const keys = event.timeStamp - leading < 3000 ? `g ${key}` : key;
    leading = keys === "g" ? event.timeStamp : -Infinity;
    shortcuts(document.activeElement).find((one) => one.keys === keys)?.run?.();
}

/** Shows those series of the catalogue that fit what is typed: by name, definition, scope or place. */
export async function filter(field) {
    const query = field.value.trim();
    const status = document.getElementById("series-found");
    const all = [...document.querySelectorAll("#app [data-series]")];
    let found;
    try {
        const entries = (await index()).filter(({ kind }) => kind === "series");
        found = query === "" ? null : new Set(find(entries, query).map(({ address }) => address.split("#series-")[1]));
    } catch {
        status.textContent = t("find.failed");
        return;
    }
    if (field.value.trim() !== query) return;
    const fits = (entry) => found === null || found.has(entry.dataset.series);
    for (const entry of all) entry.hidden = !fits(entry);
    for (const topic of document.querySelectorAll("#app details.topic")) {
        const own = topic.querySelectorAll("[data-series]:not([hidden])").length;
        topic.hidden = own === 0;
        topic.open = found !== null && own > 0;
    }
    const shown = all.filter(fits).length;
    status.textContent = query === "" ? "" : shown === 0 ? t("find.none", { query }) : t("find.series", { n: shown });
}
