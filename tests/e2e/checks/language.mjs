// The words of a page in its own language.
import { expect } from "../fixtures.mjs";
import { Certificate, descriptor, files, rows } from "../pages.mjs";

// Names, and words that are the same in Ukrainian.
const NAMES = [
    "Diaspora Impact", "USA for IOM", "IOM", "DTM", "HREF", "Entrepreneurship in Movement", "Airbnb.org", "Airbnb", "Frictionless Data Package",
    "MIT", "Apache 2.0", "CC BY 4.0", "CC BY 3.0 IGO", "CC BY-SA", "CC BY", "CSV", "JSON", "cookie", "Enter", "English", "SHA-256", "seal",
    "PNG", "SVG", "ZIP", "BibTeX", "RIS", "README", "Data Package", "Python", "pandas", "Google", "Excel", "Power Query", "KfW", "BMZ", "FTS", "COVID-19",
];
/** Citations are quoted in the language of their document. */
const CITED = ["publisher", "publisher_uk", "title"].flatMap((field) => rows("sources").map((source) => source[field]).filter(Boolean));
/** Names in rows: what stands in Latin letters in the text of both languages. */
const OWN_NAMES = files.flatMap(rows).flatMap((row) =>
    Object.keys(row)
        .filter((field) => field.endsWith("_uk") && row[field])
        .flatMap((field) => (row[field].match(/[A-Za-z][A-Za-z0-9@.’+-]*(?: [A-Za-z0-9+-]+)*/g) ?? []).filter((name) => (row[field.replace(/_uk$/, "_en")] ?? row[field.replace(/_uk$/, "")] ?? "").includes(name))),
);
/** Names of fields and what they hold, as programs write them. */
const FIELDS = [...descriptor.resources.flatMap(({ schema }) => schema.fields.map(({ name }) => name)), "ISO", "true", "false"];

/** Roman numerals, names of files, addresses, and the package's version, which is no word. */
const CODES = new RegExp(`\\b[IVX]{2,4}\\b|\\b[A-Za-z-]+\\.(json|jsonld|md|csv)\\b|https?://\\S+|${descriptor.version}`, "g");
/** The catalogue of the data names fields too. */
const codesOn = (page) => (/\/data$/.test(new URL(page.url()).pathname) ? new RegExp(`${CODES.source}|\\b(${FIELDS.join("|")})\\b`, "g") : CODES);

const longestFirst = (list) => [...new Set(list)].sort((a, b) => b.length - a.length);
const cited = longestFirst(CITED);
const names = longestFirst([...OWN_NAMES, ...NAMES]);
const without = (text, list) => list.reduce((rest, name) => rest.replaceAll(name, " "), text);

/** All texts of the page, open or folded, seen or only heard: where each stands and what it says. */
const texts = (page, other) =>
    page.evaluate((other) => {
        const skipped = `script, style, noscript, code, svg, #failure, #boot, [lang=${other}]`;
        const found = [];
        const tell = (element, text) => {
            const path = `${element.closest("figure")?.dataset.view ?? ""} ${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}`;
            if (text?.trim() && !element.closest(skipped)) found.push({ path, text });
        };
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) tell(walker.currentNode.parentElement, walker.currentNode.data);
        for (const name of ["aria-label", "aria-roledescription", "aria-description", "title", "alt", "placeholder"]) {
            for (const element of document.querySelectorAll(`[${name}]`)) tell(element, element.getAttribute(name));
        }
        // A label may be drawn as several lines.
        for (const svg of document.querySelectorAll("svg")) tell(svg.parentElement, [...svg.querySelectorAll("text")].map((line) => line.textContent).join(" ").replace(/\s+/g, " "));
        tell(document.body, document.title);
        return found;
    }, other);

const WORDS = { latin: /[A-Za-z]{2,}/, cyrillic: /\p{Script=Cyrillic}{2,}/u };
/** Words of the other language, each with where it stands. */
export const offenders = async (page, lang) => {
    const [other, script] = lang === "uk" ? ["en", WORDS.latin] : ["uk", WORDS.cyrillic];
    const all = await texts(page, other);
    expect(all.length).toBeGreaterThan(10);
    const left = all.map(({ path, text }) => ({ path, text, left: without(without(text, cited).replace(codesOn(page), " "), lang === "uk" ? names : []) }));
    return [...new Set(left.filter((one) => script.test(one.left)).map(({ path, text, left }) => `${path}: “${left.match(script)[0]}” in “${text.trim().slice(0, 90)}”`))];
};

/** The first certificate of each column of a figure's open table, and the last. */
export async function certificatesSpeak(page, figure, lang) {
    const cells = figure.table.locator("button.cell");
    const certificate = new Certificate(page);
    const columns = new Set(await cells.evaluateAll((all) => all.map(({ dataset }) => dataset.column)));
    const each = [...[...columns].map((column) => figure.table.locator(`button.cell[data-column="${column}"]`).first()), cells.last()];
    for (const cell of each) {
        await cell.click();
        await expect(certificate.value).toBeVisible();
        expect(await offenders(page, lang)).toEqual([]);
        await certificate.close.click();
    }
}

/** What a figure's last chart tells of some of its points, if it draws any: networks, organisations and tiles are text. */
export async function tipsSpeak(page, figure, lang) {
    if ((await figure.hits.count()) === 0) return;
    for (const key of ["ArrowRight", "ArrowLeft", "ArrowUp", "End"]) {
        await figure.hits.last().press(key);
        await expect(figure.tip).toBeVisible();
        expect(await offenders(page, lang)).toEqual([]);
    }
    await page.keyboard.press("Escape");
}
