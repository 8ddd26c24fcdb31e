// One view with its controls over a slide, for a talk in one file: there is no site to load it from. The engine (web/engine.js) makes
// markup and charts anew with each choice, as the app does; the query is kept here and nowhere else.
import { morph } from "./morph.js";
import { dispose, draw, prepare } from "./slides.js";

const PACE = 1_000; // ms a step of a play, as in src/ui/play.rs

/** The view in an element that reacts to its own controls. */
export function open(engine, view, query) {
    const box = document.createElement("div");
    box.className = "stage-live";
    const body = document.createElement("div");
    const certificate = document.createElement("dialog");
    certificate.className = "certificate";
    certificate.setAttribute("aria-labelledby", "certificate-title");
    box.append(body, certificate);
    let slots = [];
    let meant; // what is said of the point that a pointer or a key means
    let playing;

    function show(choice) {
        const made = engine.live(view, query, choice);
        query = made.query;
        morph(body, made.markup, (element) => element.matches("input[type=search], [data-kept], .slide-plot"));
        outwards(body);
        body.firstChild.toggleAttribute("data-playing", Boolean(playing));
        const isOpen = body.firstChild.dataset.open === "chart";
        const plots = all(".slide-plot");
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
            const pixel = ([seriesIndex, ...point]) => slot.chart?.convertToPixel({ seriesIndex }, point) ?? [NaN, NaN];
            engine.place(at, slot.canvas?.clientWidth ?? 0, slot.canvas?.clientHeight ?? 0, made.middles[at].flatMap(pixel));
        });
        meant = undefined;
    }

    function outwards(element) {
        // Ways through a site that is not here: words.
        for (const link of element.querySelectorAll("a[href^='/']")) link.removeAttribute("href");
        for (const link of element.querySelectorAll("a[href]")) link.target = "_blank";
    }

    const all = (selector) => [...body.querySelectorAll(selector)];

    function born(fact) {
        if (!fact) return;
        certificate.innerHTML = engine.certificate(fact); // the engine's own markup, escaped there
        outwards(certificate);
        certificate.showModal();
        certificate.scrollTop = 0;
    }

    box.addEventListener("click", ({ target }) => {
        const choice = target.closest(":not(option)[data-set]");
        if (target.closest("[data-fact]")) born(target.closest("[data-fact]").dataset.fact);
        else if (choice) {
            pause();
            show(choice.dataset.set);
        } else if (target.closest("[data-play]")) press(target.closest("[data-play]").dataset.play);
        else if (target.closest("[data-action=close-picker]")) close();
        else if (target.closest("[data-action=dismiss]")) target.closest(".notice").remove();
        else if (target === certificate || target.closest("[data-action=close]")) certificate.close();
    });
    box.addEventListener("change", ({ target }) => {
        if (target.matches("[data-kept]")) return;
        pause();
        if (target.localName === "select") show(target.selectedOptions[0].dataset.set ?? "");
        else if (target.dataset.name && target.reportValidity()) show(`${target.dataset.name}=${target.value}`);
    });

    // Points, as src/ui/plot.rs has them: which one is meant the engine knows.
    function say(hit, point) {
        meant = point;
        const [spot, said] = [hit.nextElementSibling, hit.parentElement.querySelector(".plot-said")];
        morph(spot, point?.tip ?? "");
        spot.style.setProperty("--x", `${point?.x}px`);
        spot.style.setProperty("--y", `${point?.y}px`);
        said.firstElementChild.textContent = hit === document.activeElement ? (point?.said ?? "") : "";
    }
    const hear = (kind, act) => box.addEventListener(kind, (event) => {
        const at = all(".plot-hit").indexOf(event.target);
        if (at >= 0) act(event, event.target, at);
    });
    hear("pointermove", ({ offsetX, offsetY }, hit, at) => say(hit, engine.nearest(at, offsetX, offsetY)));
    hear("pointerout", (_, hit) => hit !== document.activeElement && say(hit));
    hear("focusout", (_, hit) => say(hit));
    hear("click", ({ offsetX, offsetY }, hit, at) => {
        say(hit, engine.nearest(at, offsetX, offsetY));
        born(meant?.fact);
    });
    hear("keydown", (event, hit, at) => {
        const { key } = event;
        if (key === "Enter" || key === " ") born(meant?.fact);
        else if (/^(Arrow|Home$|End$)/.test(key)) say(hit, engine.step(at, key));
        else return;
        event.preventDefault();
    });

    // Years or periods one after the other: a step turns the list beside the buttons, so it is the same as a choice.
    function list() {
        const [years, periods] = ["to", "period"].map((name) => body.querySelector(`select[data-control=${name}]`));
        const select = years ?? periods; // periods begin with the newest
        return { select, forward: years ? 1 : -1, last: years ? select.length - 1 : 0, start: years ? 1 : select.length - 1 };
    }

    function choose(index) {
        const { select } = list();
        if (!select[index]) return;
        select.selectedIndex = index;
        show(select[index].dataset.set);
    }

    function press(what) {
        const wasPlaying = playing;
        const { select, forward, last, start } = list();
        pause();
        if (what === "back" || what === "on") choose(select.selectedIndex + (what === "on" ? forward : -forward));
        else if (!wasPlaying) {
            if (select.selectedIndex === last) choose(start);
            wait();
        }
    }

    function wait() {
        playing = setTimeout(() => {
            const { select, forward } = list();
            choose(select.selectedIndex + forward);
            if (list().select.selectedIndex === list().last) pause();
            else wait();
        }, PACE * body.querySelector("[data-play-speed]").value);
        body.firstChild.toggleAttribute("data-playing", true);
    }

    function pause() {
        clearTimeout(playing);
        playing = undefined;
        body.firstChild.removeAttribute("data-playing");
    }

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
        if (key === "Escape" && (picker || certificate.open)) {
            event.stopPropagation(); // the browser closes the certificate
            close();
        }
        // Round among tabs; from cell to cell of a table, of tiles or of nodes.
        const items = [...(target.closest("[role=tablist], tbody, .branches, .tiles")?.querySelectorAll("[role=tab], button.cell, .tile[data-fact]") ?? [])];
        const next = items.length > 0 && step(items, items.indexOf(target), key);
        if (!next) return;
        event.preventDefault();
        target.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
        if (!next.dataset.tab) return;
        show(next.dataset.set);
        body.querySelector("[role=tab][aria-selected=true]").focus();
    });

    function close() {
        const picker = box.querySelector(".picker details[open]");
        if (!picker) return;
        picker.open = false;
        picker.querySelector("summary").focus();
    }

    // Drawn once it has its place.
    return {
        box,
        show: () => show(""),
        redraw: () => {
            slots.forEach(dispose);
            slots = [];
            show("");
        },
        dispose: () => {
            clearTimeout(playing);
            slots.forEach(dispose);
        },
    };
}

function step(items, at, key) {
    const last = items.length - 1;
    const inColumn = ({ dataset }) => dataset.column === items[at].dataset.column;
    if (items[0].dataset.tab) return { ArrowRight: items[at + 1] ?? items[0], ArrowLeft: items[at - 1] ?? items[last], Home: items[0], End: items[last] }[key];
    return { ArrowRight: items[at + 1], ArrowLeft: items[at - 1], Home: items[0], End: items[last], ArrowDown: items.slice(at + 1).find(inColumn), ArrowUp: items.slice(0, at).findLast(inColumn) }[key];
}
