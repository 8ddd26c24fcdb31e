// The charts of slides: ready options (src/html/present.rs) drawn by ECharts, with words near points. For a talk (web/present.js) and for
// one slide beside its fields (web/editor.js). How it draws depends on the page's data-mode.

const page = document.documentElement;
const MAGNIFIED = 1.6; // charts are laid out for a small screen and shown large: readable from the back row
const TYPE = 26; // px at --u: 1px, as present.css has it
const NARROWEST = 358; // px: what the app has on a phone
const NARROW = 560; // px: under this a chart is drawn as on a phone (src/charts/option.rs)

let library;

/** The bundle of ECharts; before it is there nothing is drawn. */
export const use = (module) => { library = module; };

/** Whether nothing may move. */
export const isStill = () => page.dataset.mode === "print" || matchMedia("(prefers-reduced-motion: reduce)").matches;
const isDark = () => page.dataset.mode !== "print" && (page.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

/** A chart in its place `{ plot, spec }`, drawn as it is or as the one before it, from which it will move. */
export function prepare(slot, from) {
    if (!library) return;
    if (slot.chart) {
        if (from) startFrom(slot, from);
        return;
    }
    slot.canvas = document.createElement("div");
    slot.canvas.className = "slide-canvas";
    slot.plot.replaceChildren(slot.canvas);
    fit(slot);
    slot.chart = library.init(slot.canvas, null, {});
    if (from) startFrom(slot, from);
    else draw(slot, true);
}

function startFrom(slot, from) {
    set(slot, from, true);
    slot.isOwn = false;
}

/** The chart as it is. */
export function draw(slot, still = false) {
    if (!slot.chart) return prepare(slot);
    if (slot.isOwn) return;
    set(slot, slot.spec, still);
    slot.isOwn = true;
    callOut(slot);
}

/** Words near their points: where they cover least of what is drawn, and no other words. */
function callOut(slot) {
    const { chart, canvas, spec } = slot;
    canvas.querySelectorAll(".callout, .callout-line").forEach((old) => old.remove());
    if (spec.callouts.length === 0) return;
    const pixel = (seriesIndex, at) => chart.convertToPixel({ seriesIndex }, at);
    const size = { width: canvas.clientWidth, height: canvas.clientHeight };
    const drawn = lookOf(slot, spec).light.series.flatMap(({ data, type }, series) => {
        const points = (data ?? []).map((one) => one?.value ?? one)
            .filter((at) => Array.isArray(at) && at.every((number) => typeof number === "number"))
            .map((at) => pixel(series, at));
        const between = (share) => points.slice(1).map(([x, y], i) => [points[i][0] + (x - points[i][0]) * share, points[i][1] + (y - points[i][1]) * share]);
        return type === "line" ? [...points, ...[0.2, 0.4, 0.6, 0.8].flatMap(between)] : points;
    });
    const taken = drawn.map(([x, y]) => ({ left: x - 4, right: x + 4, top: y - 4, bottom: y + 4, weight: 1 }));
    // Words that the chart writes itself.
    const origin = canvas.getBoundingClientRect();
    const scale = origin.width / size.width || 1;
    for (const text of canvas.querySelectorAll("svg text")) {
        const box = text.getBoundingClientRect();
        taken.push({ left: (box.left - origin.left) / scale, right: (box.right - origin.left) / scale, top: (box.top - origin.top) / scale, bottom: (box.bottom - origin.top) / scale, weight: 6 });
    }
    for (const { series, at, text } of spec.callouts) {
        const [x, y] = pixel(series, at);
        const words = document.createElement("p");
        words.className = "callout";
        words.textContent = text;
        canvas.append(words);
        const { offsetWidth: width, offsetHeight: height } = words;
        let best;
        for (const up of [-22, -38, -56, -80, 12, 28, 46, 70]) {
            for (const along of [-width - 10, -width * 0.75, -width / 2, -width * 0.25, 10]) {
                const box = { left: x + along, right: x + along + width, top: y + up, bottom: y + up + height, weight: 20 };
                const outside = Math.max(0, -box.left) + Math.max(0, box.right - size.width) + Math.max(0, -box.top) + Math.max(0, box.bottom - size.height);
                const covers = taken.reduce((sum, one) => sum + (one.left < box.right && one.right > box.left && one.top < box.bottom && one.bottom > box.top ? one.weight : 0), 0);
                const cost = outside * 10 + covers * 8 + Math.abs(up) / 10 + Math.abs(along + width / 2) / 40;
                if (!best || cost < best.cost) best = { ...box, cost };
            }
        }
        words.style.left = `${best.left}px`;
        words.style.top = `${best.top}px`;
        taken.push(best);
        const near = [Math.min(Math.max(x, best.left), best.right), y < best.top ? best.top : best.bottom];
        const line = document.createElement("span");
        line.className = "callout-line";
        line.style.left = `${x}px`;
        line.style.top = `${y}px`;
        line.style.width = `${Math.hypot(near[0] - x, near[1] - y)}px`;
        line.style.transform = `rotate(${Math.atan2(near[1] - y, near[0] - x)}rad)`;
        words.before(line);
    }
}

function set(slot, spec, still) {
    const look = lookOf(slot, spec);
    const option = structuredClone(isDark() ? look.dark : look.light);
    for (const [axis, by] of Object.entries(spec.ticks)) {
        const numbers = new Intl.NumberFormat(page.lang, { maximumFractionDigits: 3 });
        option[axis][0].axisLabel.formatter = (value) => (by === "year" ? String(value) : numbers.format(value / by));
    }
    // The names of lines stand at their ends: words at a rule near there stand before it.
    const rules = look === spec.wide ? (option.series[0]?.markLine?.data ?? []) : [];
    const { min, max } = option.xAxis?.[0] ?? {};
    for (const { xAxis, label } of rules) if (max - xAxis < (max - min) / 8) label.align = "right";
    if (still || isStill()) option.animation = false;
    slot.chart.setOption(option, { replaceMerge: ["series", "xAxis", "yAxis", "grid"] });
}

const lookOf = ({ canvas }, spec) => (canvas.clientWidth < NARROW ? spec.narrow : spec.wide);

/** The one number of a slide is as large as its words have room. */
export function fitNumbers(root) {
    for (const number of root.querySelectorAll(".slide-number")) {
        number.style.removeProperty("--fit");
        if (number.scrollWidth > number.clientWidth) number.style.setProperty("--fit", number.clientWidth / number.scrollWidth);
    }
}

/** Two states of one view, one after the other: they have one place and one frame, so that the points move and the axes stay. */
export function alignRuns(slots) {
    for (const { plot } of slots) plot.style.margin = "";
    const alone = slots.filter(({ slide, spec }) => spec && slots.filter((other) => other.slide === slide).length === 1);
    for (let from = 0, to = 1; from < alone.length; from = to, to += 1) {
        while (alone[to]?.slide === alone[to - 1].slide + 1 && alone[to].spec.same === alone[from].spec.same) to += 1;
        const run = alone.slice(from, to);
        if (run.length < 2) continue;
        const gaps = run.map(({ plot }) => {
            const [inner, outer] = [plot, plot.closest(".slide")].map((one) => one.getBoundingClientRect());
            return [inner.top - outer.top, outer.right - inner.right, outer.bottom - inner.bottom, inner.left - outer.left];
        });
        const most = gaps[0].map((_, side) => Math.max(...gaps.map((gap) => gap[side])));
        run.forEach(({ plot }, at) => { plot.style.margin = most.map((gap, side) => `${gap - gaps[at][side]}px`).join(" "); });
        for (const look of ["wide", "narrow"]) {
            const grids = run.flatMap(({ spec }) => ["light", "dark"].map((theme) => spec[look][theme].grid?.[0] ?? {}));
            const right = Math.max(...grids.map((grid) => grid.right ?? 0));
            for (const grid of grids) grid.right = right;
        }
    }
}

/** On a stage a chart fills what the slide leaves it; on a page it has the height that its rows need. */
function fit(slot) {
    const isPage = slot.isPage ?? page.dataset.mode === "read";
    const magnified = (parseFloat(getComputedStyle(slot.plot.closest(".slide") ?? page).fontSize) / TYPE) * MAGNIFIED;
    let scale = isPage ? 1 : Math.min(magnified, slot.plot.clientWidth / NARROWEST); // its words need that width
    slot.canvas.style.width = `${slot.plot.clientWidth / scale}px`;
    if (isPage) slot.plot.style.height = `${lookOf(slot, slot.spec).height}px`;
    slot.plot.parentElement.toggleAttribute("data-narrow", slot.canvas.clientWidth < NARROW); // takes its room before the height is read
    if (!isPage) scale = Math.min(scale, slot.plot.clientHeight / leastHeight(slot)); // and the names of its bars that height
    slot.canvas.style.width = `${slot.plot.clientWidth / scale}px`;
    slot.canvas.style.height = `${slot.plot.clientHeight / scale}px`;
    slot.canvas.style.transform = `scale(${scale})`;
}

/** Under this height names of bars would lie on bars, or on each other. */
function leastHeight(slot) {
    const names = lookOf(slot, slot.spec).light.yAxis?.[0]?.data ?? [];
    const lines = Math.max(0, ...names.map((name) => name.split("\n").length));
    return names.length * (lines * 15 + (slot.canvas.clientWidth < NARROW ? 28 : 2)) + 64;
}

export function dispose(slot) {
    slot.chart?.dispose();
    slot.plot.replaceChildren();
    delete slot.chart;
    delete slot.isOwn;
}
