// Makes a package whose every text is an attack, out of the published one: node tests/hostile/make.mjs [FOLDER]. Ids, words, days and
// numbers stay, so that it is sound and every page, chart and file is made of it; tests/e2e/hostile.spec.mjs looks at the site.
import { cp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addresses, attacks } from "./attacks.mjs";

const folder = process.argv[2] ?? "target/hostile";
const from = "public/data";
const read = async (file) => JSON.parse(await readFile(join(from, file), "utf8"));
const write = (file, value) => writeFile(join(folder, file), `${JSON.stringify(value, undefined, 1)}\n`);

let made = 0;
const next = (list) => list[made % list.length](made++);

await rm(folder, { recursive: true, force: true });
await cp(from, folder, { recursive: true });
const descriptor = await read("datapackage.json");
for (const { path, schema } of descriptor.resources) {
    const keys = new Set([schema.primaryKey, ...(schema.foreignKeys ?? []).map(({ fields }) => fields)].flat());
    const isFree = ({ name, type, constraints = {} }) => type === "string" && !constraints.enum && !constraints.pattern && !keys.has(name);
    const texts = schema.fields.filter(isFree).map(({ name }) => name).filter((name) => name !== "defaults"); // that one is an address's query
    const links = schema.fields.filter(({ constraints }) => constraints?.pattern?.startsWith("^https?:")).map(({ name }) => name);
    const hostile = (row) => {
        for (const name of texts) if (row[name] !== null && row[name] !== undefined) row[name] = next(attacks);
        for (const name of links) if (row[name]) row[name] = next(addresses);
        return row;
    };
    await write(path, (await read(path)).map(hostile));
}
for (const file of (await readdir(join(from, "decks"))).sort()) {
    const hostile = (part) => {
        for (const name of Object.keys(part)) if (/_(en|uk)$/.test(name) && part[name]) part[name] = next(attacks);
    };
    const deck = await read(`decks/${file}`);
    hostile(deck);
    for (const slide of deck.slides) {
        hostile(slide);
        for (const callout of slide.callouts ?? []) hostile(callout);
        if (slide.link?.startsWith("https://")) slide.link = addresses[0](made++);
        else if (slide.link) slide.link = next(["javascript:hook", "//evil.example/", "\\\\evil.example/", "data:text/html,hook"].map((link) => (n) => `${link}(${n})`));
    }
    await write(`decks/${file}`, deck);
}
for (const name of ["title", "description"]) descriptor[name] = next(attacks);
await write("datapackage.json", descriptor);
console.log(`${folder}: ${made} attacks`);
