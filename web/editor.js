// /present/<deck>/edit: keeps a draft, carries out what buttons and fields say, and shows what the engine makes of it (src/html/editor.rs).
// It judges nothing: a draft may be wrong, and the engine lists all that is. Every word stands in the page or comes from the engine.
import { onStored, store, stored } from "./draft.js";
import { morph } from "./morph.js";
import { dispose, draw, fitNumbers, prepare, use } from "./slides.js";

const page = document.documentElement;
const main = document.querySelector("main.editor");
const { deck, talk } = main.dataset;
const find = (selector) => document.querySelector(selector);
const STEPS = 200; // of undo
const OPTIONAL = ["text_en", "text_uk", "view", "state", "with", "with_state", "series", "place", "counterpart", "period_end", "story", "link"];

let engine;
let published; // as the package has it
let draft;
let text; // the draft as a file
let known; // what this window knows to be stored
let chosen = 0;
let past = [];
let future = [];
let step; // changes of one field are one step
let isSaved = true;
let downloaded;
let refused; // an address that leads to no chart, until it is mended

// ---- the draft

const written = (value) => `${JSON.stringify(value, null, 2)}\n`;
const isChanged = () => text !== published;

/** One step that can be undone. `name`: further changes of the same name belong to it. */
function change(name, act) {
    if (!name || name !== step) {
        past = [...past, { text, chosen }].slice(-STEPS);
        future = [];
    }
    step = name;
    act();
    text = written(draft);
    save();
}

const kept = () => stored(deck) ?? published;

/** Nothing is written over what another window has stored before the author says which of the two stays. */
function save() {
    if (![known, text].includes(kept())) {
        isSaved = false;
        return state("changed");
    }
    isSaved = store(deck, isChanged() ? text : undefined) || !isChanged();
    known = kept();
    state(!isChanged() ? "published" : isSaved ? "saved" : "unsaved");
}

function state(name) {
    for (const act of ["take", "keep"]) find(`[data-do=${act}]`).hidden = name !== "changed";
    enable();
    const place = find("#edit-state");
    place.dataset.state = name;
    if (place.textContent !== place.dataset[name]) place.textContent = place.dataset[name];
}

function say(name, words = {}) {
    const place = find("#edit-said");
    place.textContent = place.dataset[name].replace(/\{(\w+)\}/g, (_, word) => words[word]);
}

function take(file) {
    draft = JSON.parse(file);
}

const slides = () => (Array.isArray(draft.slides) ? draft.slides : []);

/** The value at a path such as slides.3.text_en: what holds it, and its name there, in which a dot is written as ~1. */
function at(path) {
    const parts = path.split(".").map((part) => part.replaceAll("~1", ".").replaceAll("~0", "~"));
    const name = parts.pop();
    return [parts.reduce((value, part) => value[part], draft), name];
}

function set(path, value) {
    const [holder, name] = at(path);
    if (value === "" && OPTIONAL.includes(name)) delete holder[name];
    else holder[name] = name === "minutes" && /^\d+$/.test(value) ? Number(value) : value;
}

function drop(path) {
    const [holder, name] = at(path);
    if (Array.isArray(holder)) holder.splice(Number(name), 1);
    else delete holder[name];
    if (Array.isArray(holder) && holder.length === 0) drop(path.replace(/\.[^.]*$/, ""));
}

// ---- what is on the page

/** All parts anew from the draft. What is typed into stays as it is. */
function render() {
    chosen = Math.max(0, Math.min(chosen, slides().length - 1));
    const why = engine.take(text);
    if (why) return stop(new Error(why));
    for (const name of ["head", "list", "form", "findings"]) morph(find(`#edit-${name}`), engine.part(name, chosen));
    preview();
    enable();
    if (refused) tell(find(`[data-view="${refused.path}"]`), refused);
}

function enable() {
    for (const [act, can] of [["undo", past.length > 0], ["redo", future.length > 0], ["reset", isChanged()], ["present", (isSaved || !isChanged()) && slides().length > 0]]) {
        find(`.edit-bar [data-do=${act}]`).disabled = !can;
    }
}

/** Typing does not wait for the engine. */
let asked;
function soon() {
    asked ??= requestAnimationFrame(() => {
        asked = undefined;
        attempt(render);
    });
}

function attempt(act) {
    try {
        return act();
    } catch (error) {
        stop(error);
    }
}

/** The engine ends in a trap if it meets what it does not know; the draft is kept here. */
function stop(error) {
    note("stopped");
    console.error(error);
}

function note(name) {
    const place = find("#edit-note");
    place.textContent = place.dataset[name];
    place.hidden = false;
}

let drawn = "";
let slots = [];
function preview() {
    const place = find("#edit-preview");
    const charts = engine.charts(chosen);
    const markup = engine.part("preview", chosen);
    const isSame = charts === drawn && slots.length > 0;
    if (!isSame) slots.forEach(dispose);
    morph(place, markup, (element) => isSame && element.matches(".slide-plot"));
    fitNumbers(place);
    for (const summary of place.querySelectorAll(".slide-summary")) summary.classList.add("visually-hidden");
    for (const link of place.querySelectorAll("a")) link.target = "_blank"; // the draft stays
    if (isSame) return;
    drawn = charts;
    const specs = JSON.parse(charts);
    slots = [...place.querySelectorAll(".slide-plot")].map((plot, i) => ({ plot, spec: specs[i] })).filter(({ spec }) => spec);
    slots.forEach((slot) => prepare(slot));
}

// ---- what is done

const focus = (selector) => find(selector)?.focus();
const word = () => ({ headline_en: "", headline_uk: "", notes_en: "", notes_uk: "" });

function add(slide) {
    change(undefined, () => {
        const to = slides().length === 0 ? 0 : chosen + 1;
        if (!Array.isArray(draft.slides)) draft.slides = [];
        draft.slides.splice(to, 0, slide);
        chosen = to;
    });
    render();
    focus("#f-headline_en");
    say("added", { to: chosen + 1 });
}

function move(from, to) {
    if (to < 0 || to >= slides().length || from === to) return;
    change(undefined, () => {
        draft.slides.splice(to, 0, ...draft.slides.splice(from, 1));
        if (chosen === from) chosen = to;
        else if (from < chosen && to >= chosen) chosen -= 1;
        else if (from > chosen && to <= chosen) chosen += 1;
    });
    render();
    say("moved", { from: from + 1, to: to + 1 });
}

/** Back or forth: what is taken from one list goes onto the other. */
function wind(from, onto, said) {
    const { text: file, chosen: before } = from.pop();
    onto.push({ text, chosen });
    draft = JSON.parse(file);
    text = file;
    chosen = before;
    step = refused = undefined;
    save();
    render();
    say(said);
}

/** A whole draft in the place of this one. */
function replace(file, said) {
    change(undefined, () => {
        take(file);
        chosen = 0;
    });
    refused = undefined;
    render();
    if (said) say(said);
}

const acts = {
    undo: () => past.length > 0 && wind(past, future, "undone"),
    redo: () => future.length > 0 && wind(future, past, "redone"),
    pick: ({ at: to }) => {
        chosen = Number(to);
        step = refused = undefined;
        render();
        focus(`#pick-${chosen}`);
    },
    up: ({ at: from }) => {
        move(Number(from), from - 1);
        focus(from - 1 > 0 ? `#up-${from - 1}` : `#down-${from - 1}`);
    },
    down: ({ at: from }) => {
        const to = Number(from) + 1;
        move(Number(from), to);
        focus(to < slides().length - 1 ? `#down-${to}` : `#up-${to}`);
    },
    add: ({ kind }) => add({ kind, ...word() }),
    copy: () => add(structuredClone(draft.slides[chosen])),
    remove: () => {
        const from = chosen;
        change(undefined, () => draft.slides.splice(from, 1));
        render();
        focus(slides().length > 0 ? `#pick-${chosen}` : "#edit-form-title, .edit-add button");
        say("removed", { from: from + 1 });
    },
    drop: ({ path }) => {
        change(undefined, () => drop(path));
        render();
        focus(path.includes(".callouts.") ? "#add-callout" : path.startsWith("slides.") ? "#edit-form-title" : "#f-head\\.title_en");
    },
    call: () => {
        const slide = draft.slides[chosen];
        change(undefined, () => { slide.callouts = [...(Array.isArray(slide.callouts) ? slide.callouts : []), { text_en: "", text_uk: "" }]; });
        render();
        document.getElementById(`f-callouts.${slide.callouts.length}.place`)?.focus();
    },
    go: ({ at: to, field }) => {
        if (to === undefined) {
            find(".edit-head").open = true;
            return document.getElementById(`f-head.${field}`)?.focus();
        }
        chosen = Number(to);
        step = refused = undefined;
        render();
        const names = [field, field.replace(/(series|counterpart|period_end)$/, "place"), field.replace(/^(place|counterpart|period_end)$/, "series")];
        const target = names.map((name) => document.getElementById(`f-${name}`)).find(Boolean) ?? find(field === "callouts" ? "#add-callout" : "#edit-form-title");
        target.focus();
    },
    download: () => {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
        link.download = `${/^[\w-]+$/.test(draft.id) ? draft.id : deck}.json`;
        link.click();
        URL.revokeObjectURL(link.href);
        downloaded = text;
    },
    import: () => {
        find("#edit-file").value = find("#edit-text").value = "";
        find("#edit-refused").replaceChildren();
        find("#edit-import").showModal();
    },
    read: async () => {
        const file = find("#edit-file").files[0];
        const bytes = file ? new Uint8Array(await file.arrayBuffer()) : new TextEncoder().encode(find("#edit-text").value);
        const why = engine.take(bytes);
        find("#edit-refused").innerHTML = why; // the engine's own markup, escaped there
        if (why) return engine.take(text);
        find("#edit-import").close();
        replace(new TextDecoder().decode(bytes), "imported");
        focus("#edit-findings-title");
    },
    present: () => location.assign(isChanged() ? `${talk}?draft#${chosen + 1}` : `${talk}#${chosen + 1}`),
    reset: () => replace(published, "reset"),
    take: () => replace(kept(), "taken"),
    keep: () => {
        // The other one is a step back.
        past = [...past, { text: kept(), chosen }].slice(-STEPS);
        future = [];
        known = kept();
        save();
        say("kept");
    },
    close: () => find("#edit-import").close(),
};

document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-do]");
    if (button && engine) attempt(() => acts[button.dataset.do](button.dataset));
});

/** An address to the views of a slide, or the reasons why it leads to none beside the field. */
function views(input, into) {
    const { views: found, reasons } = engine.pasted(input.value);
    if (found) into(found);
    else tell(input, { text: input.value, reasons });
    return Boolean(found);
}

function tell(input, { text: typed, reasons }) {
    if (!input) return;
    input.value = typed;
    input.ariaInvalid = "true";
    const place = document.getElementById(input.getAttribute("aria-describedby").split(" ").at(-1));
    place.replaceChildren(...reasons.map((reason) => {
        const line = document.createElement("span");
        line.textContent = reason;
        return line;
    }));
}

document.addEventListener("input", ({ target }) => {
    const { path } = target.dataset;
    if (!path || target.localName === "select" || !engine) return;
    change(path, () => set(path, target.value.trim()));
    soon();
});

document.addEventListener("change", ({ target }) => {
    if (engine) attempt(() => changed(target));
});
function changed(target) {
    const { path, figure, view, state: query } = target.dataset;
    if (target.localName === "select" && path) {
        const [slide, name] = at(path);
        change(undefined, () => {
            if (name === "series" && slide.series !== target.value) for (const field of ["place", "counterpart", "period_end"]) delete slide[field];
            if (["view", "with"].includes(name)) delete slide[name === "view" ? "state" : "with_state"];
            set(path, target.value);
        });
        refused = undefined;
    } else if (figure) {
        const [series, place, counterpart, end] = target.value.split("|");
        change(undefined, () => {
            for (const [name, value] of Object.entries({ series, place, counterpart, period_end: end })) set(`${figure}.${name}`, value ?? "");
        });
    } else if (view) {
        refused = undefined;
        if (target.value.trim() === "") {
            change(undefined, () => [view, query].forEach((field) => set(field, "")));
        } else if (!views(target, (found) => change(undefined, () => {
            set(view, found[0][0]);
            set(query, found[0][1]);
        }))) {
            refused = { path: view, text: target.value, ...engine.pasted(target.value) };
            return;
        }
    } else if (!path) {
        return;
    }
    step = undefined;
    render();
}

find("#edit-paste").addEventListener("submit", (event) => {
    event.preventDefault();
    const input = event.target.elements.address;
    if (!engine) return;
    input.removeAttribute("aria-invalid");
    find("#e-address").replaceChildren();
    attempt(() => views(input, ([[view, state], beside]) => {
        const one = { kind: beside ? "compare" : "view", ...word(), view };
        if (state) one.state = state;
        if (beside) one.with = beside[0];
        if (beside?.[1]) one.with_state = beside[1];
        input.value = "";
        add(one);
    }));
});

addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.target.closest("input, textarea") || !engine) return;
    const act = event.code === "KeyY" || (event.code === "KeyZ" && event.shiftKey) ? "redo" : event.code === "KeyZ" ? "undo" : undefined;
    if (!act) return;
    event.preventDefault();
    attempt(acts[act]);
});

// A slide is dragged by the mouse; keys and fingers have the arrows.
let dragged;
const under = (event) => event.target.closest?.("#edit-list li");
addEventListener("dragstart", (event) => {
    const item = under(event);
    dragged = item && Number(item.dataset.at);
    if (item) event.dataTransfer.effectAllowed = "move";
});
addEventListener("dragover", (event) => {
    if (dragged === undefined || !under(event)) return;
    event.preventDefault();
    for (const item of document.querySelectorAll("#edit-list li")) item.toggleAttribute("data-over", item === under(event));
});
addEventListener("drop", (event) => {
    const item = under(event);
    if (dragged === undefined || !item) return;
    event.preventDefault();
    const to = Number(item.dataset.at);
    attempt(() => move(dragged, to));
    focus(`#pick-${to}`);
});
addEventListener("dragend", () => {
    dragged = undefined;
    for (const item of document.querySelectorAll("[data-over]")) item.removeAttribute("data-over");
});

addEventListener("beforeunload", (event) => {
    if (text && isChanged() && !isSaved && ![downloaded, known].includes(text)) event.preventDefault();
});
onStored(deck, () => text && save());
let resized;
addEventListener("resize", () => {
    clearTimeout(resized);
    resized = setTimeout(() => slots.forEach((slot) => {
        dispose(slot);
        draw(slot);
    }), 150);
});

// ---- begin

try {
    page.dataset.mode = "edit";
    const named = (name) => new URL(find(`meta[name=${name}]`).content, document.baseURI).href;
    const answer = fetch(main.dataset.file);
    const [{ start }, library] = await Promise.all([import(named("engine")), import(named("chart-library"))]);
    const [made, file] = await Promise.all([start(page.lang), answer.then((one) => (one.ok ? one.text() : Promise.reject(new Error(`${one.status}`)))), library.withFlows()]);
    use(library);
    engine = made;
    const why = engine.take(file);
    // A file that is no talk is begun anew.
    published = written(why ? { id: deck } : JSON.parse(file));
    known = kept();
    take(engine.take(known) === "" ? known : published);
    text = written(draft);
    // Only what is changed is written: a visit leaves nothing behind.
    state(isChanged() ? "saved" : "published");
    find("#edit-work").hidden = false;
    find("#edit-note").innerHTML = why; // the engine's own markup, escaped there
    find("#edit-note").hidden = !why;
    chosen = Math.max(0, (Number(location.hash.slice(1)) || 1) - 1);
    render();
    main.dataset.state = "ready";
} catch (error) {
    note("failed");
    console.error(error);
}
