// Paints the pictures of shared links, 1200 × 630 pixels, from what src/html/card.rs says: title, chart or numbers or sentence, source.
// The letters come from a font of an npm package, so every machine paints the same bytes.
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { Resvg, initWasm } from "@resvg/resvg-wasm";
import { paint } from "./pictures.mjs";

const require = createRequire(import.meta.url);
const FONT = "PT Sans";
const INK = "#16202c";
const MUTED = "#55606e";
const ACCENT = "#0057b7";
const PAPER = "#ffffff";
const MARK = "#ffd700";
const [WIDTH, HEIGHT, PAD] = [1200, 630, 60];
const ROOM = WIDTH - 2 * PAD;
/** Mean width of a letter for a size of 1, with room to spare: a line is never too long, whatever its letters. */
const LETTER = { 400: 0.54, 700: 0.59 };

let fonts;
async function start() {
    fonts ??= (async () => {
        await initWasm(await readFile(require.resolve("@resvg/resvg-wasm/index_bg.wasm")));
        const files = ["400Regular/PTSans_400Regular.ttf", "700Bold/PTSans_700Bold.ttf"];
        return Promise.all(files.map((file) => readFile(require.resolve(`@expo-google-fonts/pt-sans/${file}`))));
    })();
    return fonts;
}

/** The card as PNG. `host` is where the link leads. */
export async function card(says, lang, host) {
    const fontBuffers = await start();
    return new Resvg(draw(says, lang, host), { font: { fontBuffers, defaultFontFamily: FONT } }).render().asPng();
}

/** The same as SVG. */
export function draw({ title, text = "", source = "", numbers = [], chart }, lang, host) {
    const parts = [`<rect width="${WIDTH}" height="${HEIGHT}" fill="${PAPER}"/>`, `<rect width="${WIDTH}" height="10" fill="${ACCENT}"/>`, `<rect y="10" width="${WIDTH}" height="4" fill="${MARK}"/>`];
    let y = 44;
    const put = (content, { size, weight = 400, fill = INK, x = PAD, room = ROOM, most = Infinity }) => {
        const broken = lines(content, size, weight, room);
        for (const line of broken.slice(0, most)) {
            y += Math.round(size * 1.22);
            parts.push(`<text x="${x}" y="${y}" font-family="${FONT}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escaped(line)}</text>`);
        }
        return broken.length;
    };
    // A title is never cut: it becomes smaller.
    const size = largest([52, 46, 40, 34], title, 700, ROOM, (size) => (size > 40 ? 1 : 2));
    put(title, { size, weight: 700 });
    const end = HEIGHT - 78;
    if (chart) {
        if (chart.title) put(chart.title, { size: 22, fill: MUTED, most: 1 });
        const [key, below] = legend(chart.legend, y + 8);
        parts.push(key);
        y = below;
        const svg = paint(chart.drawing, lang).replace(/font-family="[^"]*"/g, `font-family="${FONT}"`);
        // Drawn small and shown large, so that its letters can be read in a list of links.
        const scale = Math.min(ROOM / chart.drawing.width, (end - y - 14) / chart.drawing.height);
        parts.push(`<g transform="translate(${PAD} ${y + 14}) scale(${scale.toFixed(3)})">${svg}</g>`);
    } else if (numbers.length > 0) {
        y += 26;
        let deepest = 0;
        const [top, room] = [y, (ROOM - 40 * (numbers.length - 1)) / numbers.length];
        const big = Math.min(...numbers.map(({ value }) => largest([64, 54, 46, 40, 34, 30], value, 700, room, () => 2)));
        const most = Math.max(...numbers.map(({ value }) => lines(value, big, 700, room).length));
        for (const [i, { value, meaning, caution, source: from }] of numbers.entries()) {
            const x = PAD + i * (room + 40);
            y = top + (most - lines(value, big, 700, room).length) * Math.round(big * 1.22); // the meanings stand in one line
            put(value, { size: big, weight: 700, fill: ACCENT, x, room });
            y += 8;
            put(meaning, { size: 25, x, room });
            y += 8;
            if (caution) put(caution, { size: 20, x, room });
            put(from, { size: 20, fill: MUTED, x, room });
            deepest = Math.max(deepest, y);
        }
        y = deepest + 24;
        const lead = [30, 27, 24].find((size) => lines(text, size, 400, ROOM).length * size * 1.22 <= end - y);
        if (lead) put(text, { size: lead });
    } else {
        y += 24;
        // Whole sentences only: a part of one may say the opposite.
        const sentences = text.split(/(?<=[.!?…]) +/);
        const large = largest([44, 38, 32, 28, 25], text, 400, ROOM, (size) => Math.min(7, (end - y) / size / 1.22));
        while (sentences.length > 1 && y + lines(sentences.join(" "), large, 400, ROOM).length * large * 1.22 >= end) sentences.pop();
        put(sentences.join(" "), { size: large });
    }
    const name = host ? `Diaspora Impact · ${host}` : "Diaspora Impact";
    const side = name.length * 20 * LETTER[700];
    parts.push(`<text x="${WIDTH - PAD}" y="${HEIGHT - 30}" text-anchor="end" font-family="${FONT}" font-size="20" font-weight="700" fill="${ACCENT}">${escaped(name)}</text>`);
    if (source) {
        const room = ROOM - side - 30;
        const size = largest([20, 17, 15], source, 400, room, (size) => (size > 17 ? 1 : 2));
        y = HEIGHT - 30 - lines(source, size, 400, room).length * Math.round(size * 1.22); // the last line stands beside the name
        put(source, { size, fill: MUTED, room });
    }
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${parts.join("")}</svg>`;
}

/** What marks and colours mean, in rows from `y` on, and where they end. */
function legend(items, y) {
    const [size, row] = [18, 27];
    let [x, line] = [PAD, y];
    const parts = items.map(({ mark, colour, words }) => {
        const width = 26 + words.length * size * LETTER[400] + 20;
        if (x > PAD && x + width > PAD + ROOM) [x, line] = [PAD, line + row];
        const [left, base] = [x, line + row];
        x += width;
        const drawn = {
            hollow: `<circle cx="${left + 9}" cy="${base - 6}" r="7" fill="none" stroke="${colour}" stroke-width="2"/>`,
            quote: `<path d="M${left + 9} ${base - 14}l8 8l-8 8l-8 -8z" fill="none" stroke="${colour}" stroke-width="2"/>`,
            hatched: `<path d="M${left + 2} ${base - 6}l7 -7M${left + 2} ${base + 1}l14 -14M${left + 9} ${base + 1}l7 -7" stroke="${colour}" stroke-width="2"/>`,
        };
        const swatch = drawn[mark] ?? `<rect x="${left + 2}" y="${base - 13}" width="14" height="14" fill="${colour}"/>`;
        return `${swatch}<text x="${left + 26}" y="${base}" font-family="${FONT}" font-size="${size}" fill="${MUTED}">${escaped(words)}</text>`;
    });
    return [parts.join(""), items.length > 0 ? line + row : y];
}

/** The largest size in which no line is too long and the lines are not too many. */
function largest(sizes, content, weight, room, most) {
    const fits = (size) => {
        const all = lines(content, size, weight, room);
        return all.length <= most(size) && all.every((line) => line.length * size * LETTER[weight] <= room);
    };
    return sizes.find(fits) ?? sizes.at(-1);
}

function lines(content, size, weight, room) {
    const fits = Math.floor(room / (size * LETTER[weight]));
    const all = [""];
    for (const word of content.replaceAll("\n", " ").split(" ").filter(Boolean)) {
        const longer = all.at(-1) ? `${all.at(-1)} ${word}` : word;
        if (longer.length <= fits || !all.at(-1)) all[all.length - 1] = longer;
        else all.push(word);
    }
    return all;
}

/** Where the words of a card begin and end. A chart is cut at its own edges. */
export async function bounds(svg) {
    const fontBuffers = await start();
    const { x, y, width, height } = new Resvg(svg.replace(/<g transform.*<\/g>|<rect[^>]*>/g, ""), { font: { fontBuffers, defaultFontFamily: FONT } }).getBBox();
    return { left: x, right: x + width, top: y, bottom: y + height };
}

/** `]]>` is no text of XML. */
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
