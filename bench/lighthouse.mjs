// Prints Lighthouse's marks for a phone and what it finds, and writes both to target/bench/lighthouse.json:
//   node bench/lighthouse.mjs [--dist dist] [--pages people,view/remittances] [--runs 1]
// Over HTTP/2 with brotli, as hosts on the web serve; performance as median of the runs, with Lighthouse's own, simulated throttle.
import { createServer } from "node:net";
import { mkdir, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import lighthouse from "lighthouse";
import { serve } from "../script/gzip-server.mjs";
import { certificate, launch } from "./measure.mjs";

const { values: given } = parseArgs({
    options: { dist: { type: "string", default: "dist" }, pages: { type: "string", default: ",people,view/remittances,embed/remittances" }, runs: { type: "string", default: "1" } },
});
const GOAL = 98;
const OUT = "target/bench";
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

const { tls, spki } = certificate(OUT);
const { origin, close } = await serve(given.dist, undefined, undefined, tls);
const port = await free();
const browser = await launch(spki, `--remote-debugging-port=${port}`);
const all = {};
for (const route of given.pages.split(",")) {
    const address = `${origin}${route}${route && "/"}`;
    const results = [];
    for (let run = 0; run < Number(given.runs); run++) results.push((await lighthouse(address, { port, onlyCategories: CATEGORIES, logLevel: "error" })).lhr);
    const marks = Object.fromEntries(CATEGORIES.map((category) => [category, median(results.map(({ categories }) => Math.round(categories[category].score * 100)))]));
    // What costs marks, whatever its weight.
    const [{ categories, audits }] = results;
    const found = CATEGORIES.flatMap((category) => categories[category].auditRefs
        .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < (category === "performance" ? 0.9 : 1))
        .map(({ id }) => ({ category, id, title: audits[id].title, shown: audits[id].displayValue, items: audits[id].details?.items })));
    all[`/${route}`] = { marks, found };
    console.log(`/${route}`.padEnd(24), CATEGORIES.map((category) => `${category} ${marks[category]}${marks[category] < GOAL ? " (!)" : ""}`).join(", "));
    for (const { category, id, title, shown = "", items = [] } of found) {
        console.log(`    ${category}: ${id}: ${title} ${shown}`);
        for (const item of category === "performance" ? [] : items.slice(0, 4)) console.log(`        ${JSON.stringify(item.node?.snippet ?? item).slice(0, 200)}`);
    }
}
await mkdir(OUT, { recursive: true });
await writeFile(`${OUT}/lighthouse.json`, JSON.stringify(all, null, 2));
await browser.close();
close();

function median(list) {
    return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
}

/** A port that nobody uses now. */
async function free() {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((done) => server.once("listening", done));
    const { port } = server.address();
    await new Promise((done) => server.close(done));
    return port;
}
