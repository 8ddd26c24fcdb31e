// One view with its controls over a slide, for a talk in one file: there is no site to load it from. The engine (web/engine.js) makes
// markup and charts anew with each choice, as the app does; the query is kept here and nowhere else.
import { morph } from "./morph.js";
import { dispose, draw, prepare } from "./slides.js";

/** The view in an element that reacts to its own controls. */
export function open(engine, view, query) {
    const box = document.createElement("div");
    box.className = "stage-live";
    let slots = [];

    function show(choice) {
        const made = engine.live(view, query, choice);
        query = made.query;
        morph(box, made.markup, (element) => element.matches("input[type=search], .slide-plot"));
        // Ways through a site that is not here, and to certificates: words.
        for (const link of box.querySelectorAll("a[href^='/']")) link.removeAttribute("href");
        for (const button of box.querySelectorAll("button.cell")) button.replaceWith(...button.childNodes);
        for (const link of box.querySelectorAll("a[href]")) link.target = "_blank";
        const isOpen = box.querySelector("figure").dataset.open === "chart";
        const plots = [...box.querySelectorAll(".slide-plot")];
        const isSame = isOpen && plots.length === slots.length && slots.every(({ spec, plot }, at) => plot === plots[at] && spec.wide.height === made.charts[at].wide.height);
        if (!isSame) {
            slots.forEach(dispose);
            slots = isOpen ? plots.map((plot) => ({ plot, isPage: true })) : [];
        }
        slots.forEach((slot, at) => {
            slot.spec = made.charts[at];
            slot.isOwn = false;
            if (slot.chart) draw(slot);
            else prepare(slot);
        });
    }

    box.addEventListener("click", ({ target }) => {
        const choice = target.closest(":not(option)[data-set]");
        if (choice) show(choice.dataset.set);
        else if (target.closest("[data-action=close-picker]")) close();
        else if (target.closest("[data-action=dismiss]")) target.closest(".notice").remove();
    });
    box.addEventListener("change", ({ target }) => {
        if (target.localName === "select") show(target.selectedOptions[0].dataset.set ?? "");
        else if (target.dataset.name && target.reportValidity()) show(`${target.dataset.name}=${target.value}`);
    });
    box.addEventListener("input", ({ target }) => {
        if (target.type !== "search") return;
        const typed = target.value.trim().toLocaleLowerCase();
        const items = [...target.closest(".picker-panel").querySelectorAll(".picker-list li:not(.picker-head)")];
        const none = items.pop();
        for (const item of items) item.hidden = !item.textContent.toLocaleLowerCase().includes(typed);
        none.hidden = items.some((item) => !item.hidden);
    });
    box.addEventListener("keydown", (event) => {
        const { key, target } = event;
        const picker = box.querySelector(".picker details[open]");
        if (key === "Escape" && picker) {
            event.stopPropagation();
            close();
        }
        const tabs = [...(target.closest("[role=tablist]")?.querySelectorAll("[role=tab]") ?? [])];
        const by = { ArrowRight: 1, ArrowLeft: -1 }[key];
        if (!by || tabs.length === 0) return;
        const next = tabs[(tabs.indexOf(target) + by + tabs.length) % tabs.length];
        show(next.dataset.set);
        box.querySelector("[role=tab][aria-selected=true]").focus();
    });

    function close() {
        const picker = box.querySelector(".picker details[open]");
        if (!picker) return;
        picker.open = false;
        picker.querySelector("summary").focus();
    }

    // Drawn once it has its place.
    return { box, show: () => show(""), dispose: () => slots.forEach(dispose) };
}
