// Makes a stage of a talk's page (src/html/present.rs): one slide at a time, keys, a second window for the speaker, charts drawn before
// they are shown. Every word stands in the page; without this script it reads from top to bottom.
import { encode } from "uqr";
import { stored } from "./draft.js";
import { alignRuns, dispose, draw, fitNumbers, isStill, prepare, use } from "./slides.js";

const page = document.documentElement;
const find = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const asked = new URLSearchParams(location.search);
const packed = globalThis.impactPack; // a talk in one file has all that it needs (script/pack.mjs)
const IDLE = 3_000; // ms without a mouse: then nothing but the slide is on screen
const SWIPE = 50; // px

let mode = asked.has("follow") ? "read" : (["print", "speaker", "read"].find((one) => asked.has(one)) ?? "stage");
let slides = [];
let slots = []; // one for each chart, in the page's order
let current = 0;
let isBlack = false;
let changed = 0; // when this or the other window last was: what was said before that comes too late
let started = Number(asked.get("speaker")) || history.state?.started || 0; // the timer survives a reload
let explored;
let drafted; // options of a draft's charts, where one is shown

// ---- the page

async function begin() {
    if (packed && packed.talks[asked.get("lang")] && asked.get("lang") !== page.lang) speak(asked.get("lang"));
    if (asked.has("draft")) drafted = await fromDraft().catch(() => undefined);
    slides = all(".slide");
    page.dataset.mode = slides.length === 0 ? "read" : mode;
    if (slides.length === 0) return; // the list of talks, or a talk that cannot be read
    if (asked.has("follow") && isOthers()) return location.replace(`${find(".stage-tools").dataset.other}/?follow${location.hash}`);
    const isStage = mode === "stage" || mode === "speaker";
    find(".stage-tools").hidden = mode !== "stage";
    find("#speaker").hidden = mode !== "speaker";
    // On a stage the chart speaks; its sentence is for those who hear it.
    for (const summary of all(".slide-summary")) summary.classList.toggle("visually-hidden", isStage);
    if (mode === "read") for (const table of all(".slide-table")) table.open = true;
    if (mode === "print") {
        page.dataset.theme = "light"; // paper is
        onPaper(asked.get("print"));
    }
    if (isStage) for (const link of all(".slide-says a, .slide-link a, .slide-story a")) link.target = "_blank"; // the talk stays
    list();
    if (asked.has("draft") && !drafted) say("noDraft");
    if (numberOf(location.hash) > slides.length) say("noSlide");
    find(".stage-draft").hidden = !drafted;
    fitNumbers(document);
    const specs = await load();
    slots = all(".slide-plot").map((plot, at) => ({ plot, slide: slides.indexOf(plot.closest(".slide")), spec: specs[at] }));
    if (mode === "stage") alignRuns(slots);
    if (isStage) await show(fromHash(), false);
    else for (const slot of slots) await prepare(slot);
    if (mode === "read") slides[fromHash()].scrollIntoView();
    find(".slides").dataset.state = "ready";
    // The other language too while there is a network, and while it is of the same version.
    if (mode === "stage" && !packed && !drafted) idle().then(inOther).catch(() => {});
}

/** Library and options. Without them the tables stand open. */
async function load() {
    if (packed) {
        await packed.library.withFlows();
        use(packed.library);
        return packed.talks[page.lang].charts;
    }
    try {
        const [module, answer] = await Promise.all([import(named("chart-library")), drafted ?? once(named("charts"))]);
        const specs = drafted ?? JSON.parse(answer);
        if (specs.some((spec) => spec.flow)) await module.withFlows();
        use(module);
        return specs;
    } catch {
        page.dataset.charts = "none";
        for (const table of all(".slide-table")) table.open = true;
        say("noChart");
        return [];
    }
}

/** What this talk has loaded, by address: it does not change while it runs. */
const loaded = { [location.pathname.replace(/\/$/, "")]: page.outerHTML };

function once(address, how) {
    const text = (answer) => (answer.ok ? answer.text() : Promise.reject(new Error(`${answer.status}`)));
    const forget = (error) => {
        delete loaded[address]; // another try is another request
        throw error;
    };
    return (loaded[address] ??= fetch(address, how).then(text).catch(forget));
}

const named = (name) => new URL(find(`meta[name=${name}]`).content, document.baseURI).href;

/** The draft of this browser in the place of the published talk: its slides on the page, and the options of its charts. */
async function fromDraft() {
    const text = stored(find(".slides").dataset.deck);
    if (text === null) return undefined;
    const { start } = await import(named("engine"));
    const engine = await start(page.lang);
    if (engine.take(text)) return undefined;
    const read = new DOMParser().parseFromString(engine.part("talk"), "text/html");
    if (!find(".slide", read)) return undefined;
    document.body.replaceChildren(...read.body.children);
    return JSON.parse(engine.charts());
}

const numberOf = (hash) => Number(hash.replace(/^#s?/, "")) || 1;
const fromHash = () => Math.min(Math.max(numberOf(location.hash), 1), slides.length) - 1;

/** Who follows on a phone reads the other language there. */
function isOthers() {
    const theirs = navigator.languages.map((lang) => lang.slice(0, 2)).find((lang) => ["en", "uk"].includes(lang));
    return theirs !== undefined && theirs !== page.lang;
}

function list() {
    find(".stage-list").replaceChildren(...slides.map((slide, at) => {
        const button = document.createElement("button");
        button.type = "button";
        button.dataset.to = at;
        button.textContent = find(".slide-headline", slide).textContent;
        for (const { textContent } of all(".slide-missing li", slide)) {
            button.dataset.missing = "";
            const said = document.createElement("small");
            said.textContent = textContent;
            button.append(said);
        }
        const item = document.createElement("li");
        item.append(button);
        return item;
    }));
}

function say(key) {
    const note = find("#stage-note");
    note.textContent = note.dataset[key];
    note.hidden = false;
    setTimeout(() => { note.hidden = true; }, 6_000);
}

// ---- slides

async function show(to, tell = true) {
    if (slides.length === 0) return; // the list of talks
    const from = current;
    current = Math.min(Math.max(to, 0), slides.length - 1);
    const slide = slides[current];
    if (mode === "speaker") place();
    for (const one of slides) one.toggleAttribute("data-shown", one === slide);
    for (const slot of of(current)) draw(slot);
    history.replaceState({ ...history.state, started, pair }, "", `${location.pathname}${location.search}#${current + 1}`);
    const status = find("#stage-status");
    const title = find(".slide-headline", slide).textContent;
    status.textContent = status.dataset.words.replace("{n}", current + 1).replace("{all}", slides.length).replace("{title}", () => title);
    if (tell) {
        if (!started && current > from) started = Date.now();
        announce();
    }
    clock();
    // Those beside it are drawn while nobody waits, and stay: a talk has few. One that only changes its state starts from the one on screen.
    await idle();
    for (const beside of [current + 1, current - 1]) {
        const before = of(current);
        for (const [at, slot] of of(beside).entries()) {
            const same = beside > current && before[at]?.spec.same === slot.spec.same && !isStill();
            if (current === fromHash()) prepare(slot, same ? before[at].spec : undefined);
        }
    }
}

// At the latest soon: a page that shows nothing new may never be called idle. Safari has no idle callbacks.
const idle = () => new Promise((done) => { globalThis.requestIdleCallback ? requestIdleCallback(done, { timeout: 300 }) : setTimeout(done); });
const of = (slide) => slots.filter((slot) => slot.slide === slide && slot.spec);
const go = (by) => show(current + by);
const state = () => ({ n: current, isBlack, started, changed });

function jump(number) {
    if (number > slides.length) say("noSlide");
    show(number - 1);
}

function redraw() {
    for (const slot of slots) dispose(slot);
    fitNumbers(document);
    if (mode === "stage") alignRuns(slots);
    if (mode === "stage" || mode === "speaker") show(current, false);
    else for (const slot of slots) if (slot.spec) prepare(slot);
}

// ---- paper

/** `?print`, `?print=notes`, `?print=sources`, `?print=notes,sources`: what follows each slide on paper of its own. */
function onPaper(what) {
    const names = ["notes", "says"].filter((name) => what.split(",").includes({ notes: "notes", says: "sources" }[name]));
    for (const slide of names.length > 0 ? slides : []) {
        const more = document.createElement("div");
        more.className = "slide-more";
        for (const name of names) more.append(...[...(find(`.slide-${name} > div`, slide)?.childNodes ?? [])].map((node) => node.cloneNode(true)));
        if (more.hasChildNodes()) slide.after(more);
    }
}

// The browser's own way to paper, from wherever the talk stands.
let before;
addEventListener("beforeprint", () => {
    if (mode === "print" || slides.length === 0) return;
    before = { mode, theme: page.dataset.theme };
    mode = page.dataset.mode = "print";
    page.dataset.theme = "light";
    onPaper("");
    for (const slot of slots) dispose(slot);
    for (const slot of slots) if (slot.spec) prepare(slot);
});
addEventListener("afterprint", () => {
    if (!before) return;
    mode = page.dataset.mode = before.mode;
    if (before.theme) page.dataset.theme = before.theme;
    else delete page.dataset.theme;
    before = undefined;
    redraw();
});

// ---- what keys and buttons do

const acts = {
    next: () => go(1),
    back: () => go(-1),
    first: () => show(0),
    last: () => show(slides.length - 1),
    overview: () => open("overview"),
    help: () => open("help"),
    source: () => {
        find(".stage-says").replaceChildren(...[...(find(".slide-says > div", slides[current])?.childNodes ?? [])].map((node) => node.cloneNode(true)));
        open("source");
    },
    code: () => {
        // A file cannot be opened by a phone; the site can, if the file knows where that is.
        const { site } = find(".stage-tools").dataset;
        if (packed && !site) return say("noCode");
        const address = new URL(`${packed ? site : location.pathname}?follow#s${current + 1}`, location.href).href;
        find(".stage-code").replaceChildren(code(address));
        find(".stage-code-address").textContent = address;
        open("code");
    },
    black: () => {
        isBlack = !isBlack;
        page.toggleAttribute("data-black", isBlack && mode === "stage");
        announce();
    },
    full: () => {
        // Esc closes first what lies over the slide, where the browser leaves it that key.
        if (document.fullscreenElement) document.exitFullscreen();
        else Promise.resolve(page.requestFullscreen?.() ?? Promise.reject(new Error("none"))).then(() => navigator.keyboard?.lock?.(["Escape"]), () => say("noFull")).catch(() => {});
    },
    speaker: () => {
        if (mode === "speaker") return;
        const other = window.open(asSpeaker(), `speaker ${location.pathname}`, "popup,width=1100,height=700");
        if (other) peers.add(other);
        else say("noWindow");
    },
    explore: () => (mode === "speaker" ? onStage("explore") : explore()),
    language: () => find(".stage-tools").dataset.other && language().catch(() => say("noLanguage")),
    read: () => location.assign(`${location.pathname}?read${kept()}#s${current + 1}`),
    restart: () => {
        started = Date.now();
        announce();
        clock();
    },
    close: (button) => (button.closest("dialog") ? button.closest("dialog").close() : leave()),
};

const KEYS = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", ArrowLeft: "back", ArrowUp: "back", PageUp: "back", Home: "first", End: "last",
    o: "overview", c: "source", d: "explore", s: "speaker", f: "full", b: "black", l: "language", q: "code", r: "read", "?": "help",
};
// Ukrainian letters on the same keys.
const PLACES = { KeyO: "o", KeyC: "c", KeyD: "d", KeyS: "s", KeyF: "f", KeyB: "b", KeyL: "l", KeyQ: "q", KeyR: "r" };

function open(name) {
    const dialog = find(`#stage-${name}`);
    for (const other of all("dialog[open]")) if (other !== dialog) other.close();
    if (dialog.open) return dialog.close();
    dialog.showModal();
    dialog.onclose = () => find("dialog[open]") ?? onStage("");
    if (["source", "code"].includes(name)) onStage(name);
    if (name === "overview") find(`[data-to="${current}"]`).focus();
}

let typed = "";
addEventListener("keydown", (event) => {
    if (slides.length === 0 || mode === "read" || mode === "print" || event.ctrlKey || event.altKey || event.metaKey) return;
    const { key, target } = event;
    if (key === "Escape") {
        if (explored) leave();
        else if (mode === "speaker") onStage("");
        else if (document.fullscreenElement && !find("dialog[open]")) document.exitFullscreen();
        return;
    }
    if (explored || target.closest?.("input, select, textarea")) return;
    const act = KEYS[key] ?? KEYS[PLACES[event.code]] ?? KEYS[key.toLowerCase()];
    if (find("dialog[open]") && !["overview", "source", "code", "help"].includes(act)) return;
    if ((key === " " || key === "Enter") && target.closest?.("button, a, summary")) return;
    if (/^\d$/.test(key)) {
        typed += key;
    } else if (key === "Enter" && typed) {
        jump(Number(typed));
        typed = "";
    } else if (act && !event.repeat) {
        typed = "";
        event.preventDefault();
        acts[act]();
    }
});

addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-do], [data-to]");
    if (!button) return;
    if (button.dataset.do) return acts[button.dataset.do](button);
    button.closest("dialog").close();
    show(Number(button.dataset.to));
});

let touch;
addEventListener("pointerdown", (event) => { touch = event.pointerType === "touch" && !event.target.closest("dialog, button, a, summary") ? event : undefined; });
addEventListener("pointerup", (event) => {
    if (!touch || mode !== "stage") return;
    const [by, down] = [event.clientX - touch.clientX, Math.abs(event.clientY - touch.clientY)];
    if (Math.abs(by) > SWIPE && Math.abs(by) > down) go(by < 0 ? 1 : -1);
    else awake();
    touch = undefined;
});

let rest;
function awake() {
    delete page.dataset.idle;
    clearTimeout(rest);
    rest = setTimeout(() => { page.dataset.idle = ""; }, IDLE);
}
if (mode === "stage") {
    page.dataset.idle = "";
    // A browser also tells of a mouse that lies still while the page changes under it.
    let at;
    for (const kind of ["pointermove", "pointerdown"]) addEventListener(kind, ({ pointerType, screenX, screenY }) => {
        const before = at;
        at = `${screenX} ${screenY}`;
        if (pointerType !== "touch" && (kind === "pointerdown" || (before && before !== at))) awake();
    });
}

// ---- the live chart

function explore() {
    const { explore: address } = slides[current].dataset;
    if (!address) return;
    const box = find("#stage-explore");
    const close = find("dialog [data-do=close]").cloneNode(true);
    if (packed) return exploreHere(box, close, new URL(address, location.href)).catch(() => say("noChart"));
    const frame = document.createElement("iframe");
    frame.src = address;
    frame.title = box.dataset.name;
    frame.addEventListener("load", () => {
        const [own, theirs] = [document, frame.contentDocument].map((one) => one && find("meta[name=version]", one)?.content);
        if (own && theirs && own !== theirs) say("newer");
        // A page of our own: Esc leads back from there too, when nothing in it is open.
        frame.contentWindow?.addEventListener("keydown", (event) => {
            if (event.key === "Escape" && !frame.contentDocument.querySelector("dialog[open], details.picker[open]")) leave();
        });
        frame.focus();
    });
    box.replaceChildren(close, frame);
    box.hidden = false;
    explored = box;
}

/** The same in a file: the view itself, since there is no page of it. */
let live;
async function exploreHere(box, close, { pathname, search }) {
    const engine = await packed.start(page.lang);
    live = packed.live(engine, pathname.split("/").at(-1), search.slice(1));
    box.replaceChildren(close, live.box);
    box.hidden = false;
    explored = box;
    live.show();
    close.focus();
}

function leave() {
    live?.dispose();
    explored?.replaceChildren();
    if (explored) explored.hidden = true;
    explored = live = undefined;
    slides[current].focus({ preventScroll: true });
}

// ---- the other language, in place

/** What an address of this talk keeps. */
const kept = () => `${drafted ? "&draft" : ""}${packed ? `&lang=${page.lang}` : ""}`;

const asSpeaker = () => `${location.pathname}?speaker=${started}&pair=${pair}${kept()}#${current + 1}`;

/** The page of the talk in the other language, and the options of its charts; of another version it is another talk. */
async function inOther() {
    const { other } = find(".stage-tools").dataset;
    const text = await once(other, { priority: "low" });
    const read = new DOMParser().parseFromString(text, "text/html");
    const of = (document, name) => find(`meta[name=${name}]`, document)?.content;
    if (of(document, "version") !== of(read, "version")) throw new Error("another version");
    const charts = new URL(of(read, "charts"), document.baseURI).href;
    await once(charts, { priority: "low" });
    return read;
}

/** A talk in one file has both languages. */
function speak(lang) {
    const { title, body } = packed.talks[lang];
    const read = new DOMParser().parseFromString(`<title>${title}</title>${body}`, "text/html");
    document.title = read.title;
    page.lang = lang;
    document.body.replaceChildren(...read.body.children);
}

async function language() {
    if (packed) {
        for (const slot of slots) dispose(slot);
        speak(page.lang === "uk" ? "en" : "uk");
        asked.set("lang", page.lang);
        history.replaceState(history.state, "", `${location.pathname}?${asked}#${current + 1}`);
        return begin();
    }
    const { other } = find(".stage-tools").dataset;
    const read = await inOther();
    for (const slot of slots) dispose(slot);
    find("meta[name=charts]").content = find("meta[name=charts]", read).content;
    document.title = read.title;
    page.lang = read.documentElement.lang;
    document.body.replaceChildren(...read.body.children);
    history.replaceState(history.state, "", `${new URL(other, location.href).pathname}${location.search}#${current + 1}`);
    await begin();
}

// ---- two windows, one talk

const peers = new Set(window.opener ? [window.opener] : []);
const own = `${Math.random()}`;
// A file has no origin, and no channel to another window of it: then messages, from windows that know what only these two do. It
// survives a reload, as the timer does.
const pair = asked.get("pair") ?? history.state?.pair ?? own.slice(2);
const isFile = location.protocol === "file:";
let channel;
if (!isFile) try {
    channel = new BroadcastChannel(`talk ${location.pathname.replace(/\/(uk\/)?present\//, "/")}`);
    channel.onmessage = ({ data }) => receive(data);
} catch { /* postMessage it is */ }
addEventListener("message", ({ data, origin, source }) => {
    if (data?.talk !== true || (isFile ? data.pair !== pair : origin !== location.origin)) return;
    // After a reload the stage knows no other window until it hears from it.
    if (source && !peers.has(source)) {
        peers.add(source);
        if (data.isHere) send(state());
    }
    receive(data);
});

function send(what) {
    const message = { talk: true, own, pair, ...what };
    channel?.postMessage(message);
    if (!channel) for (const peer of peers) peer.postMessage(message, isFile ? "*" : location.origin);
}

function announce(more) {
    changed = Date.now();
    send({ ...state(), ...more });
}

function receive(told) {
    if (told?.talk !== true || told.own === own || told.isHere || slides.length === 0 || mode === "read" || mode === "print") return;
    if (told.hello) return send(state());
    if (told.changed < changed) return;
    changed = told.changed ?? changed;
    started = told.started || started;
    isBlack = told.isBlack;
    page.toggleAttribute("data-black", isBlack && mode === "stage");
    if (mode === "stage" && (told.n !== current || told.open !== undefined)) {
        for (const dialog of all("dialog[open]")) dialog.close();
        if (explored) leave();
    }
    if (told.n !== current) show(told.n, false);
    clock();
    if (mode === "stage" && told.open) acts[told.open]();
}

/** What the speaker opens, the audience sees; "" closes it. */
function onStage(open) {
    if (mode === "speaker") announce({ open });
}

/** The speaker sees this slide and the next, so they stand in its two boxes. */
function place() {
    const main = find(".slides");
    for (const slide of all("#speaker .slide")) main.append(slide);
    for (const slide of slides) main.append(slide); // in their order again
    const [now, after] = all(".speaker-slide");
    now.append(slides[current]);
    if (slides[current + 1]) after.append(slides[current + 1]);
    find(".speaker-notes > div").replaceChildren(...[...find(".slide-notes > div", slides[current]).childNodes].map((node) => node.cloneNode(true)));
}

function clock() {
    if (mode !== "speaker") return;
    const timer = find(".speaker-timer");
    const seconds = started ? Math.max(0, Math.floor((Date.now() - started) / 1_000)) : 0;
    const passed = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    const { minutes } = find(".slides").dataset;
    timer.textContent = timer.dataset.of.replace("{passed}", passed).replace("{minutes}", minutes);
    timer.toggleAttribute("data-over", seconds > Number(minutes) * 60);
    find(".speaker-clock").textContent = new Intl.DateTimeFormat(page.lang, { timeStyle: "short" }).format();
    history.replaceState({ started, pair }, "", asSpeaker());
}

// ---- a code for phones

function code(address) {
    const { data, size } = encode(address, { border: 2 });
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", address);
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join(""));
    svg.append(path);
    return svg;
}

// ---- begin

let resized;
addEventListener("resize", () => {
    clearTimeout(resized);
    resized = setTimeout(() => {
        redraw();
        live?.redraw();
    }, 150);
});
addEventListener("hashchange", () => {
    if (mode !== "read" && numberOf(location.hash) !== current + 1) jump(numberOf(location.hash));
});
await begin();
send({ hello: true });
if (mode === "speaker") setInterval(() => {
    clock();
    if (!channel) send({ isHere: true });
}, 1_000);
const kiosk = Number(asked.get("kiosk"));
if (kiosk > 0 && mode === "stage" && slides.length > 0) {
    const step = async () => {
        await show((current + 1) % slides.length);
        setTimeout(step, kiosk * 1_000);
    };
    setTimeout(step, kiosk * 1_000);
}
