// Paints charts as SVG files without a browser, with the ECharts that readers get: for the static pages (src/html/picture.rs) and for
// the cards of shared links (script/cards.mjs). The same option gives the same bytes.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const bundle = (name) => resolve("target/web/echarts", name);
const { entry } = JSON.parse(await readFile(bundle("manifest.json"), "utf8")); // script/bundle.mjs
const echarts = await import(pathToFileURL(bundle(entry)));
await echarts.withFlows();

// Without a browser ECharts takes all letters outside Latin for squares, and Latin ones for narrow. These are widths of DejaVu Sans, the widest of
// the fonts that readers may have, in parts of the font's size: no label is cut, and the axis stands nearly where the app will put it.
const WIDTHS = new Map([
    [0.32, " ',.IJijl\u00a0’·ІіЇї"],
    [0.42, "!()-/:;[\\]frt|"],
    [0.56, "\"*?L_`csz–“”гзсэєґ"],
    [0.6, "Fkvxyвтухчь"],
    [0.7, "ABCKRVXZАБВЗСХЧЬЭЯдийнпцЄ"],
    [0.78, "&DGHNUИЙКЛНПЦмъ"],
    [0.9, "#+<=>MOQ^w~−×ДМОФЪЫфыю"],
    [1.05, "%@Wm—…№жшщ"],
    [1.1, "ЖШЩЮ"],
].flatMap(([width, letters]) => [...letters].map((letter) => [letter, width])));
const OTHERS = 0.64;
const BOLD = 1.12;

/** What ECharts asks a browser's canvas for: the width of a text in the font that was set last, as CSS writes fonts. */
export class Ruler {
    font = "";

    measureText(text) {
        const [, size = 12] = this.font.match(/([\d.]+)px/) ?? [];
        const bold = /\b(bold|[6-9]00)\b/.test(this.font) ? BOLD : 1;
        return { width: [...text].reduce((sum, letter) => sum + (WIDTHS.get(letter) ?? OTHERS), 0) * size * bold };
    }
}

/** One chart. `ticks` as in src/html/present.rs: what a number is divided by, or that it is a year. `library` is for a test. */
export function paint({ option, ticks, width, height }, lang, library = echarts) {
    const own = structuredClone(option);
    const numbers = new Intl.NumberFormat(lang, { maximumFractionDigits: 3 });
    for (const [axis, by] of Object.entries(ticks)) own[axis][0].axisLabel.formatter = (value) => (by === "year" ? String(value) : numbers.format(value / by));
    // It asks once for a canvas to measure with, and keeps it.
    globalThis.document = { createElement: () => ({ getContext: () => new Ruler() }) };
    try {
        const chart = library.init(null, null, { renderer: "svg", ssr: true, width, height });
        chart.setOption({ ...own, animation: false });
        const svg = chart.renderToSVGString();
        chart.dispose();
        return plain(svg);
    } finally {
        delete globalThis.document;
    }
}

/** ECharts writes for a page with a pointer, and numbers its parts through all charts of a process: a picture needs neither. */
function plain(svg) {
    const names = new Map();
    const name = (id) => names.get(id) ?? names.set(id, `p${names.size}`).get(id);
    return svg
        .replace(/<style[\s\S]*?<\/style>/g, "")
        .replace(/ (class|ecmeta_\w+|xmlns:xlink|xml:space|pointer-events|baseProfile|version)="[^"]*"/g, "")
        // As attributes: a policy that refuses styles refuses nothing here, and every program reads them.
        .replace(/ style="([^"]*)"/g, (_, style) => style.replaceAll("&quot;", "'").split(";").filter(Boolean).map((rule) => rule.split(/:(.*)/s)).filter(([key]) => /^(font-|paint-order|fill|stroke|opacity)/.test(key.trim())).map(([key, value]) => ` ${key.trim()}="${value.trim()}"`).join(""))
        .replace(/ id="([^"]+)"/g, (_, id) => ` id="${name(id)}"`)
        .replace(/url\(#([^)]+)\)/g, (_, id) => `url(#${name(id)})`)
        .replace(/(\d\.\d\d)\d+/g, "$1")
        .replace(/>\s+</g, "><");
}

/** The same picture on light and on dark ground, as the page around it is. */
export function inBothThemes(svg, palette) {
    const used = palette.filter(([light]) => svg.toLowerCase().includes(light));
    const rules = (theme) => `svg{${used.map((pair, i) => `--c${i}:${pair[theme]}`).join(";")}}`;
    const coloured = used.reduce((text, [light], i) => text.replaceAll(new RegExp(`"${light}"`, "gi"), `"var(--c${i})"`), svg);
    return coloured.replace(/>/, () => `><style>${rules(0)}@media(prefers-color-scheme:dark){${rules(1)}}</style>`);
}
