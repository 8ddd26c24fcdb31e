// What is shown, as a file: the chart with its words as a picture, the rows as JSON. Comes only when it is asked for
// (web/patch.js). Everything is read from the figure on the page, so it has the reader's language, theme and choices.
// Makes no words of its own; never writes a style or a script into a picture.

const SVG = "http://www.w3.org/2000/svg";
const PAD = 24;
const MIN_WIDTH = 320;
const PNG_WIDTH = 1200; // at least: sharp on a slide
const CANVAS_LIMIT = 16_000; // pixels a side, that all browsers draw

/** Saves the file that `anchor` offers. `address` shows the same figure in the same state. */
export async function take(anchor, csv, address) {
    const figure = anchor.closest("figure");
    const makers = {
        json: async () => new Blob([json(figure, csv, address)], { type: "application/json" }),
        svg: async () => new Blob([(await picture(figure, address)).text], { type: "image/svg+xml" }),
        png: async () => png(await picture(figure, address)),
    };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await makers[anchor.dataset.format]());
    link.download = anchor.download;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// Rows.

/** The cells of CSV (RFC 4180) with their names: numbers and truth values bare, nothing as null. As src/html/takeaway/files.rs. */
function json(figure, csv, address) {
    const [names, ...lines] = table(csv.replace(/^\ufeff/, ""));
    const value = (name, cell) => {
        if (cell === "") return null;
        if (["value", "value_max", "papers", "computed"].includes(name)) return JSON.parse(cell);
        return cell.replace(/^'(?=[=+\-@\t\r])/, ""); // the apostrophe is for spreadsheets
    };
    const rows = lines.map((line) => JSON.stringify(Object.fromEntries(names.map((name, i) => [name, value(name, line[i])]))));
    const head = { view: figure.dataset.view, title: words(figure, ".figure-title"), language: document.documentElement.lang, address };
    return `${JSON.stringify(head).slice(0, -1)},"rows":[\n${rows.join(",\n")}\n]}\n`;
}

function table(csv) {
    const lines = [[]];
    for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
        lines.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
        if (end === "\r\n") lines.push([]);
        if (end === "") break;
    }
    lines.pop(); // the last line ends as all others do
    return lines;
}

// Pictures.

const words = (root, selector) => root.querySelector(selector)?.textContent.trim() ?? "";

async function png({ text, width, height }) {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const scale = Math.min(Math.max(2, PNG_WIDTH / width), CANVAS_LIMIT / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    if (!blob) throw new Error("no picture");
    return blob;
}

/** Title, lead, charts below each other, what their marks mean, limits, sources, licences, address. */
async function picture(figure, address) {
    const charts = [...figure.querySelectorAll(".panel")].filter((panel) => panel.querySelector(".plot-canvas svg"));
    if (charts.length === 0) throw new Error("no chart");
    const sheet = new Sheet(figure, Math.max(MIN_WIDTH, ...charts.map((panel) => panel.querySelector(".plot-canvas svg").clientWidth)));
    const isNarrow = sheet.width < 560;
    sheet.text(words(figure, ".figure-title"), { size: isNarrow ? 20 : 26, weight: 700, gap: 0 });
    sheet.text(words(figure, ".lead"), { size: 14, fill: "muted", gap: 6 });
    sheet.legend(unnamed(figure, charts), 12);
    for (const panel of charts) {
        sheet.text(words(panel, ".panel-title"), { size: 14, weight: 600, gap: 20 });
        sheet.chart(panel.querySelector(".plot-canvas svg"), 12);
        sheet.legend(panel.querySelectorAll(".legend li"), 8);
    }
    sheet.space(8);
    for (const limit of figure.querySelectorAll(".limits li")) sheet.text(`– ${limit.textContent}`, { size: 12, fill: "muted", gap: 4 });
    sheet.line(16);
    sheet.text(words(figure, ".source-line"), { size: 12, gap: 12 });
    const licences = new Set([...figure.querySelectorAll("[data-licence]")].map((element) => element.dataset.licence));
    if (licences.size > 0) sheet.text((await message("source.licence")).replace("{licence}", [...licences].join("; ")), { size: 12, fill: "muted", gap: 4 });
    sheet.text(`${words(document, ".brand")} · ${decodeURI(address)}`, { size: 12, fill: "muted", gap: 4 });
    return sheet.finish(words(figure, ".summary"));
}

/** A message of the page's language, from the file that the app has fetched. */
async function message(key) {
    const file = document.querySelector(`meta[name=words-${document.documentElement.lang}]`).content;
    return (await (await fetch(new URL(file, document.baseURI))).json())[key].trim();
}

/** The controls that say what a colour means, where neither the chart nor its legend does. None pressed means all. */
function unnamed(figure, charts) {
    const named = charts.flatMap((panel) => [...panel.querySelectorAll("svg text, .legend li")].map((text) => text.textContent.trim()));
    const chips = [...figure.querySelectorAll(".chip:has([data-tone])")].filter((chip) => !named.some((name) => name.startsWith(nameOf(chip))));
    const pressed = chips.filter((chip) => chip.getAttribute("aria-pressed") !== "false");
    return pressed.length > 0 ? pressed : chips;
}

const nameOf = (item) => item.textContent.replace("×", "").trim();

class Sheet {
    constructor(figure, width) {
        const root = getComputedStyle(document.documentElement);
        this.colour = (name) => root.getPropertyValue(`--${name}`).trim();
        this.font = getComputedStyle(figure).fontFamily;
        this.ruler = document.createElement("canvas").getContext("2d");
        this.width = width;
        this.y = PAD;
        this.root = element("svg", { xmlns: SVG, role: "img", "font-family": this.font });
        this.title = words(figure, ".figure-title");
    }

    space(height) {
        this.y += height;
    }

    line(gap) {
        this.y += gap;
        this.root.append(element("path", { d: `M${PAD} ${this.y}h${this.width}`, stroke: this.colour("line") }));
    }

    text(content, { size, weight = 400, fill = "ink", gap }) {
        if (!content) return;
        this.y += gap;
        const text = element("text", { "font-size": size, "font-weight": weight, fill: this.colour(fill) });
        for (const line of this.lines(content.replace(/\s+/g, " ").trim(), size, weight)) {
            this.y += Math.round(size * 1.35);
            text.append(element("tspan", { x: PAD, y: this.y - Math.round(size * 0.3) }, line));
        }
        this.root.append(text);
    }

    /** Words in lines that fit; one that is too long alone, such as an address, is cut. A font elsewhere may be a little wider. */
    lines(content, size, weight) {
        this.ruler.font = `${weight} ${size}px ${this.font}`;
        const fits = (text) => this.ruler.measureText(text).width <= this.width * 0.97;
        const lines = [""];
        for (const word of content.split(" ")) {
            const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
            if (fits(longer)) {
                lines[lines.length - 1] = longer;
                continue;
            }
            if (lines.at(-1)) lines.push("");
            for (const letter of word) {
                if (fits(lines.at(-1) + letter)) lines[lines.length - 1] += letter;
                else lines.push(letter);
            }
        }
        return lines;
    }

    /** What marks and colours mean: as swatches in a row that breaks where it must. */
    legend(items, gap) {
        let x = PAD;
        for (const [i, item] of [...items].entries()) {
            const swatch = item.querySelector(".swatch, .chip-colour");
            const name = nameOf(item);
            this.ruler.font = `400 12px ${this.font}`;
            const length = 20 + this.ruler.measureText(name).width * 1.03 + 20;
            if (i === 0) this.y += gap + 18;
            else if (x + length > PAD + this.width) [x, this.y] = [PAD, this.y + 18];
            if (swatch) this.swatch("dot" in swatch.dataset ? `${swatch.dataset.mark} dot` : swatch.dataset.mark, getComputedStyle(swatch).color, x, this.y - 11);
            this.root.append(element("text", { x: x + 20, y: this.y, "font-size": 12, fill: this.colour("muted") }, name));
            x += length;
        }
    }

    swatch(mark, colour, x, y) {
        const box = { x: x + 1, y: y + 1, width: 11, height: 11 };
        const dot = { cx: x + 6, cy: y + 6, r: 5 };
        const ring = { ...dot, fill: "none", stroke: colour, "stroke-width": 2 };
        const drawn = {
            "solid dot": ["circle", { ...dot, fill: colour }],
            "hollow dot": ["circle", ring],
            "hatched dot": ["circle", { ...ring, "stroke-dasharray": "3 2" }],
            hollow: ["circle", ring],
            quote: ["path", { d: `M${x + 6} ${y}l6 6l-6 6l-6 -6z`, fill: "none", stroke: colour, "stroke-width": 2 }],
            hatched: ["path", { d: `M${x + 1} ${y + 6}l5 -5M${x + 1} ${y + 12}l11 -11M${x + 7} ${y + 12}l5 -5`, stroke: colour, "stroke-width": 1.5 }],
        };
        this.root.append(element(...(drawn[mark] ?? drawn[mark?.replace(" dot", "")] ?? ["rect", { ...box, fill: colour }])));
        if (mark === "hatched") this.root.append(element("rect", { ...box, fill: "none", stroke: colour }));
    }

    chart(svg, gap) {
        this.y += gap;
        const { clientWidth: width, clientHeight: height } = svg;
        const copy = plain(svg.cloneNode(true));
        for (const [name, value] of Object.entries({ x: PAD, y: this.y, width, height, viewBox: `0 0 ${width} ${height}` })) copy.setAttribute(name, value);
        this.root.append(copy);
        this.y += height;
    }

    finish(summary) {
        const size = { width: this.width + 2 * PAD, height: Math.ceil(this.y + PAD) };
        for (const [name, value] of Object.entries(size)) this.root.setAttribute(name, value);
        this.root.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
        this.root.prepend(element("title", {}, this.title), element("desc", {}, summary), element("rect", { width: "100%", height: "100%", fill: this.colour("paper") }));
        return { text: new XMLSerializer().serializeToString(this.root), ...size };
    }
}

function element(name, attributes, content = "") {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) if (key !== "xmlns") made.setAttribute(key, value);
    made.textContent = content;
    return made;
}

/** Styles become attributes, which every program reads; what could run goes. */
function plain(svg) {
    const kept = ["font-family", "font-size", "font-weight", "font-style", "paint-order", "fill", "stroke", "opacity"];
    for (const part of [svg, ...svg.querySelectorAll("*")]) {
        for (const name of kept) {
            const value = part.style?.getPropertyValue(name);
            if (value) part.setAttribute(name, value);
        }
        part.removeAttribute("style");
        for (const { name } of [...part.attributes]) if (name.startsWith("on")) part.removeAttribute(name);
        if (["script", "foreignObject", "style"].includes(part.localName)) part.remove();
    }
    return svg;
}
