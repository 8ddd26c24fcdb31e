// Writes a large package of invented figures, to measure with and never to publish, and what is true of it to FOLDER.expected.json:
//   node bench/scale/make.mjs FOLDER [--rows 1000000] [--seed 7] [--form keyed|rows] [--gzip]
// One seed, the same bytes. `keyed`: a list of objects; `rows`: a list of lists, the first of which names the fields. Then:
//   cargo run --bin seal -- FOLDER
// 20 series of as many places and months as it takes: 200 and 250 for a million rows.
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { parseArgs } from "node:util";
import { createGzip } from "node:zlib";
import { weight } from "./expected.mjs";

const OPTIONS = { rows: { type: "string", default: "1000000" }, seed: { type: "string", default: "7" }, form: { type: "string", default: "keyed" }, gzip: { type: "boolean", default: false } };
const { values: given, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
const [folder, rows, seed] = [positionals[0]?.replace(/\/$/, ""), Number(given.rows), Number(given.seed)];
if (!folder || positionals.length > 1) throw new Error("It needs the name of one folder.");
if (!Number.isInteger(rows) || rows < 100) throw new Error(`--rows needs a number from 100, not '${given.rows}'.`);
if (!Number.isInteger(seed)) throw new Error(`--seed needs a whole number, not '${given.seed}'.`);
if (!["keyed", "rows"].includes(given.form)) throw new Error(`--form knows keyed and rows, not '${given.form}'.`);

const LARGE = "observations-people";
const SERIES = 20;
const PLACES = Math.ceil(rows / SERIES / Math.round(Math.sqrt((1.25 * rows) / SERIES)));
const MONTHS = Math.ceil(rows / SERIES / PLACES);
const pad = (number, width) => String(number).padStart(width, "0");
const series = Array.from({ length: SERIES }, (_, i) => `s${pad(i + 1, 2)}`);
const places = Array.from({ length: PLACES }, (_, i) => `P${pad(i + 1, 3)}`);
const months = Array.from({ length: MONTHS }, (_, i) => {
    const day = (month, date) => new Date(Date.UTC(2000, month, date)).toISOString().slice(0, 10);
    return { start: day(i, 1), end: day(i + 1, 0), next: day(i + 1, 1).slice(0, 7) };
});
const isFlow = (s) => s % 2 === 1; // the others are stocks

// mulberry32: numbers from 0 to 1, the same ones for one seed.
let state = seed | 0;
function random() {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
const one = (list) => list[Math.floor(random() * list.length)];

const both = (name, en, uk) => ({ [`${name}_en`]: en, [`${name}_uk`]: uk });
const small = {
    sources: [1, 2, 3, 4].map((n) => ({ id: `source-${n}`, publisher: "Nobody", publisher_uk: "Ніхто", title: `Invented document ${n}`, kind: "dataset", licence: "CC-BY-4.0", ...both("note", "Invented for measurements.", "Вигадано для вимірювань.") })),
    places: places.map((code, i) => ({ code, kind: "country", ...both("name", `Place ${i + 1}`, `Місце ${i + 1}`) })),
    sectors: [1, 2, 3, 4].map((n) => ({ id: `sector-${n}`, ...both("name", `Sector ${n}`, `Сектор ${n}`) })),
    units: [
        { id: "people", kind: "count", one_en: "person", other_en: "people", one_uk: "особа", few_uk: "особи", many_uk: "осіб", other_uk: "особи", accusative_uk: "особу", ...both("axis", "people", "особи") },
        { id: "usd", kind: "money", currency: "USD", one_en: "US dollar", other_en: "US dollars", one_uk: "долар США", few_uk: "долари США", many_uk: "доларів США", other_uk: "долара США", ...both("axis", "US dollars", "долари США") },
    ],
    series: series.map((id, s) => ({
        id, topic: "people", ...both("name", `Series ${s + 1}`, `Ряд ${s + 1}`), ...both("definition", `Invented measure ${s + 1}.`, `Вигаданий показник ${s + 1}.`),
        ...both("scope", "Invented places.", "Вигадані місця."), ...both("silent", "It says nothing about the world.", "Про світ тут не сказано нічого."),
        unit: isFlow(s) ? "usd" : "people", nature: isFlow(s) ? "flow" : "stock", basis: "register", additive_over: isFlow(s) ? ["period"] : ["place"], licence: "CC-BY-4.0",
    })),
    breaks: [{ series: "s03", on: months[MONTHS >> 1].start, ...both("reason", "Invented change of method.", "Вигадана зміна методу.") }],
    headlines: [{ id: "newest", kind: "observation", series: "s01", place: "P001", period_end: months[MONTHS - 1].end, ...both("meaning", "the newest of an invented series", "найновіше у вигаданому ряді"), view: "trend" }],
    views: [
        { id: "trend", kind: "trend", ...both("title", "Month by month", "Місяць за місяцем"), series: ["s01", "s03"], controls: ["place", "series", "time"], defaults: "place=P001~P002&series=s01", featured: true },
        { id: "ranking", kind: "ranking", ...both("title", "Place by place", "Місце за місцем"), series: ["s02"], controls: ["place", "time"], featured: false },
        { id: "places", kind: "places", ...both("title", "Some places", "Деякі місця"), series: ["s05"], controls: ["place"], defaults: "place=P001~P002", featured: false },
    ].map((view) => ({ ...view, topic: "people", ...both("lead", "Invented figures.", "Вигадані цифри."), marks: [] })),
};

/** A row of `LARGE`; `before` is the value of the month before, or the first one. */
function observation(s, p, m, before) {
    const value = Math.max(1, Math.round(before * (0.96 + random() * 0.083)));
    const missing = random() < 0.02 ? one(["not_published", "not_found", "suppressed", "not_applicable"]) : null;
    const qualifier = random() < 0.7 ? "exact" : one(["about", "over", "nearly", "at_least", "rounded"]);
    const [computed, isRange, noted, seenTwice] = [0.002, 0.005, 0.005, 0.01].map((share) => random() < share);
    return {
        series: series[s], place: places[p], counterpart: s < 18 ? null : places[(p + 1) % PLACES], sector: s < 16 ? null : `sector-${s - 15}`,
        period_start: isFlow(s) ? months[m].start : null, period_end: months[m].end,
        value: missing ? null : value, value_max: isRange && !missing ? value + Math.ceil(value / 10) : null, qualifier: missing ? null : qualifier, missing,
        standing: "current", computed, vintage: months[m].next, source: `source-${1 + (s % 3)}`, more_sources: seenTwice ? ["source-4"] : [],
        ...(noted || computed ? both("note", "An invented note.", "Вигадана примітка.") : {}),
        walk: value,
    };
}

const schema = JSON.parse(await readFile("public/data/datapackage.json", "utf8")).resources;
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
for (const { name, path, schema: { fields } } of schema) {
    const full = (row) => JSON.stringify(Object.fromEntries(fields.map((field) => [field.name, row[field.name] ?? null])));
    if (name !== LARGE) await writeFile(join(folder, path), `[\n${(small[name] ?? []).map(full).join(",\n")}\n]\n`);
}
const fields = schema.find(({ name }) => name === LARGE).schema.fields.map(({ name }) => name);
const path = `${LARGE}.json${given.gzip ? ".gz" : ""}`;
await writeFile(join(folder, "datapackage.json"), `${JSON.stringify({
    name: "invented", title: "Invented figures", description: "Made for measurements.", created: "2026-11-21T00:00:00Z", licenses: [{ name: "CC-BY-4.0" }],
    resources: [{ name: LARGE, path, ...(given.gzip ? { compression: "gz" } : {}) }], // seal writes the others, and more of this one
}, null, 2)}\n`);
await writeFile(join(folder, "LICENSES.md"), "All figures of this package are invented.\n");

// Counted here, while writing, so that whoever reads the file can be judged.
const asked = { series: "s01", places: [...new Set([places[1], places[PLACES >> 1], places[PLACES - 1]])] };
const expected = { rows, filter: { ...asked, rows: 0, values: 0, sum: 0, weighted: 0 }, group: { groups: 0, count: 0, sum: 0, weighted: 0 } };
const groups = new Map();
function count({ series: s, place, period_end, value }) {
    const key = `${s} ${place} ${period_end.slice(0, 4)}`;
    const group = groups.get(key) ?? groups.set(key, { key, count: 0, sum: 0 }).get(key);
    if (value !== null) [group.count, group.sum] = [group.count + 1, group.sum + value];
    if (s !== asked.series || !asked.places.includes(place)) return;
    const of = expected.filter;
    of.rows++;
    if (value === null) return;
    [of.values, of.sum, of.weighted] = [of.values + 1, of.sum + value, of.weighted + value * weight(place, period_end)];
}

const file = createWriteStream(join(folder, path));
const out = given.gzip ? createGzip({ level: 9 }) : file;
if (given.gzip) out.pipe(file);
const write = async (text) => { if (!out.write(text)) await once(out, "drain"); };
const line = given.form === "rows" ? (row) => JSON.stringify(fields.map((name) => row[name] ?? null)) : (row) => JSON.stringify(Object.fromEntries(fields.map((name) => [name, row[name] ?? null])));
let text = given.form === "rows" ? `[\n${JSON.stringify(fields)},\n` : "[\n";
let written = 0;
for (let s = 0; s < SERIES && written < rows; s++) {
    for (let p = 0; p < PLACES && written < rows; p++) {
        let value = 1000 + random() * 200_000;
        for (let m = 0; m < MONTHS && written < rows; m++) {
            const row = observation(s, p, m, value);
            value = row.walk;
            count(row);
            text += line(row) + (++written < rows ? ",\n" : "\n]\n");
            if (text.length > 1 << 20) {
                await write(text);
                text = "";
            }
        }
    }
}
await write(text);
out.end();
await finished(file);
for (const { key, count, sum } of groups.values()) {
    const of = expected.group;
    [of.groups, of.count, of.sum, of.weighted] = [of.groups + 1, of.count + count, of.sum + sum, of.weighted + (count + sum) * weight(...key.split(" "))];
}
await writeFile(`${folder}.expected.json`, `${JSON.stringify({ file: path, form: given.form, seed, ...expected }, null, 2)}\n`);
console.log(`${folder}: ${written} rows of ${SERIES} series, ${PLACES} places and ${MONTHS} months in ${path}; ${groups.size} groups`);
