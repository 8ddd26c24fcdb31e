// Prints what large packages cost, and writes it to target/bench/scale.json and scale.md:
//   node bench/scale.mjs [--rows 10000,100000,1000000] [--runs 3] [--form rows|keyed] [--plain] [--no-app] [--no-peers] [--dist dist]
// Packages are made, sealed and served on 127.0.0.1, not throttled. Ours and the peers in bench/scale/peers/ load the same file, filter and
// group it: medians of interleaved runs, each in a browser of its own, every answer compared with what the generator counted. Then each
// package takes the place of the built site's own, and a reader visits its chart. `--plain`: not gzipped. Nothing but right answers is asserted.
import { execFileSync } from "node:child_process";
import { copyFile, cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { build } from "esbuild";
import { observe } from "./measure.mjs";
import { wrong } from "./scale/expected.mjs";
import { peak, watch } from "./scale/memory.mjs";
import { serve } from "./server.mjs";

const { values: given } = parseArgs({
    options: {
        rows: { type: "string", default: "10000,100000,1000000" },
        runs: { type: "string", default: "3" },
        form: { type: "string", default: "rows" },
        plain: { type: "boolean", default: false },
        app: { type: "boolean", default: true },
        peers: { type: "boolean", default: true },
        dist: { type: "string", default: "dist" },
    },
    allowNegative: true,
});
const OUT = "target/bench/scale";
const TIMES = { filter: 15, group: 5 };
const PRESSED = 8;
const runs = Number(given.runs);
const notes = [];

/** A browser for one visit: its processes have held nothing else. */
async function alone(visit) {
    const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
    try {
        const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, serviceWorkers: "block" });
        const held = await watch(page);
        const failed = new Promise((_, fail) => page.on("crash", () => fail(new Error("The page crashed: it may have run out of memory."))));
        const figures = await Promise.race([visit(page), failed]);
        return { ...figures, heap: await held(), peak: await peak(browser) };
    } finally {
        await browser.close();
    }
}

function made(rows) {
    const folder = join(OUT, `${rows}-${given.form}${given.plain ? "" : "-gzip"}`);
    execFileSync("node", ["bench/scale/make.mjs", folder, "--rows", String(rows), "--form", given.form, ...(given.plain ? [] : ["--gzip"])], { stdio: "inherit" });
    try {
        execFileSync("cargo", ["run", "--locked", "--offline", "--quiet", "--bin", "seal", "--", folder], { stdio: ["ignore", "ignore", "pipe"] });
        return { folder, sealed: true };
    } catch (error) {
        notes.push(`${folder} cannot be sealed: ${String(error.stderr).trim()}`);
        return { folder, sealed: false };
    }
}

/** Each is a module of a page: start, load, filter, group. */
async function subjects() {
    const all = {};
    const worker = (await readdir(join(given.dist, "bulk"))).find((name) => /^worker-.*\.js$/.test(name));
    all.ours = { entry: "bench/scale/ours.mjs", with: `/site/bulk/${worker}` };
    if (given.peers) for (const file of (await readdir("bench/scale/peers")).sort()) all[file.replace(".mjs", "")] = { entry: `bench/scale/peers/${file}` };
    for (const [name, { entry }] of Object.entries(all)) {
        await build({ entryPoints: [entry], bundle: true, minify: true, format: "esm", outfile: join(OUT, "pages", `${name}.js`), nodePaths: ["bench/node_modules"], logLevel: "error" });
    }
    await writeFile(join(OUT, "pages/index.html"), '<!doctype html><meta charset="utf-8"><title>Large packages</title><link rel="icon" href="data:,">\n');
    return all;
}

/** In the page. `load` is from the first byte asked for to the first rows found. */
async function work({ script, given, file, asked, times }) {
    const subject = await import(script);
    const clock = async (act) => {
        const start = performance.now();
        const result = await act();
        return { result, ms: performance.now() - start };
    };
    const often = async (count, act) => {
        const all = [];
        for (let i = 0; i < count; i++) all.push((await clock(act)).ms);
        return all.sort((a, b) => a - b)[count >> 1];
    };
    const start = await clock(() => subject.start?.(given));
    const load = await clock(async () => {
        const { rows } = await subject.load(file);
        return { rows, filtered: await subject.filter(asked.series, asked.places) };
    });
    const grouped = await subject.group();
    const answer = { ...load.result, grouped: { ...grouped, each: await (grouped.each ?? subject.groups)() } };
    window.kept = subject; // while memory is read
    return { start: start.ms, load: load.ms, filter: await often(times.filter, () => subject.filter(asked.series, asked.places)), group: await often(times.group, () => subject.group()), answer };
}

async function engines(rows, { folder }, all) {
    const expected = JSON.parse(await readFile(`${folder}.expected.json`, "utf8"));
    const server = await serve({ "": join(OUT, "pages"), site: given.dist, duckdb: "bench/node_modules/@duckdb/duckdb-wasm/dist", data: folder });
    const seen = Object.fromEntries(Object.keys(all).map((name) => [name, []]));
    for (let round = 0; round < runs; round++) {
        for (const [name, subject] of Object.entries(all)) {
            seen[name].push(await alone(async (page) => {
                await page.goto(server.origin);
                const { answer, ...times } = await page.evaluate(work, { script: `/${name}.js`, given: subject.with, file: `/data/${expected.file}`, asked: expected.filter, times: TIMES });
                const mistakes = wrong(expected, answer);
                if (mistakes.length) throw new Error(`${name}, ${rows} rows: ${mistakes.join("; ")}`);
                return times;
            }));
        }
    }
    server.close();
    return Object.fromEntries(Object.entries(seen).map(([name, visits]) => [name, medians(visits)]));
}

/** A reader of the built site: to the first chart, then places are chosen. */
async function site(rows, { folder, sealed }) {
    const dist = join(OUT, "site");
    if (!sealed) return undefined;
    // The app reads what lies in data/. It has no page written for this chart, so it stands on the one for addresses that nobody knows.
    await rm(dist, { recursive: true, force: true });
    await cp(given.dist, dist, { recursive: true, filter: (path) => !/\/data(\/|$)/.test(path) && !/\.(br|gz)$/.test(path) });
    await cp(folder, join(dist, "data"), { recursive: true });
    await mkdir(join(dist, "view/trend"), { recursive: true });
    await copyFile(join(dist, "404.html"), join(dist, "view/trend/index.html"));
    const server = await serve({ "": dist });
    const visits = [];
    for (let round = 0; round < runs; round++) visits.push(await alone((page) => visit(page, server.origin)));
    server.close();
    return medians(visits);
}

async function visit(page, origin) {
    await page.addInitScript(observe);
    await page.goto(`${origin}view/trend/?tab=chart`); // asks for a choice, and so for the app at once
    const figure = page.locator('figure[data-view="trend"]');
    const state = await page.waitForFunction(() => /^(ready|error|empty)$/.test(document.querySelector('#app figure[data-view="trend"]')?.dataset.state) && document.querySelector('#app figure[data-view="trend"]').dataset.state, undefined, { timeout: 120_000 });
    if ((await state.jsonValue()) !== "ready") throw new Error(`${origin}view/trend/ is ${await state.jsonValue()}: ${await figure.innerText()}`);
    await page.waitForFunction(() => window.seen.interactive > 0);
    const { chart, interactive, blocked } = await page.evaluate(() => window.seen);
    const waits = [];
    for (let press = 0; press < PRESSED; press++) {
        const place = figure.locator(".picker-list input[data-place]").nth(3 + press);
        await place.evaluate((element) => { element.closest("details").open = true; });
        await place.scrollIntoViewIfNeeded();
        await page.evaluate(() => { window.seen.changed = 0; });
        await place.click();
        await page.waitForFunction(() => window.seen.changed > 0);
        waits.push(await page.evaluate(() => window.seen.changed));
    }
    return { chart: chart || undefined, ready: interactive, blocked, filtered: median(waits), slowest: Math.max(...waits) };
}

function median(numbers) {
    const sorted = numbers.filter((number) => number !== undefined).sort((a, b) => a - b);
    return sorted[sorted.length >> 1];
}

function medians(visits) {
    return Object.fromEntries(Object.keys(visits[0]).map((key) => [key, median(visits.map((visit) => visit[key]))]));
}

await mkdir(join(OUT, "pages"), { recursive: true });
const sizes = given.rows.split(",").map(Number);
const all = await subjects();
const started = new Date();
const measured = {};
for (const rows of sizes) {
    const made_ = made(rows);
    measured[rows] = { engines: await engines(rows, made_, all), app: given.app ? await site(rows, made_) : undefined };
}

const ms = (value) => (value === undefined ? "–" : value.toFixed(value < 100 ? 1 : 0));
const mb = (value) => (value === undefined ? "–" : (value / 1e6).toFixed(0));
const ENGINES = { "start ms": ["start", ms], "load ms": ["load", ms], "filter ms": ["filter", ms], "group ms": ["group", ms], "heap MB": ["heap", mb], "peak MB": ["peak", mb] };
const APP = { "first chart ms": ["chart", ms], "chart answers ms": ["ready", ms], "blocked ms": ["blocked", ms], "filter to paint ms": ["filtered", ms], "slowest ms": ["slowest", ms], "heap MB": ["heap", mb], "peak MB": ["peak", mb] };
const cells = (columns, one) => Object.values(columns).map(([key, say]) => say(one[key]));
const ratio = (a, b) => (a === undefined || b === undefined ? "–" : (a / b).toFixed(2));
/** Cost of a row, as a part of what it was with fewer rows: 1 is as fast as rows grow. */
const GROWS = ["load", "filter", "group", "heap", "chart", "ready", "filtered"];
const growth = (columns, now, before, more) => Object.values(columns).map(([key]) => (GROWS.includes(key) && before[key] !== undefined ? ratio(now[key], before[key] * more) : ""));

const text = [`${started.toISOString().slice(0, 16)}Z, ${runs} runs, medians; ${given.form}${given.plain ? "" : ", gzipped"}; no throttle`, ...notes];
const count = new Intl.NumberFormat("en").format;
const lines = [];
for (const [i, rows] of sizes.entries()) {
    const { engines: now } = measured[rows];
    for (const [name, one] of Object.entries(now)) lines.push([count(rows), name, ...cells(ENGINES, one)]);
    for (const name of Object.keys(now)) if (now.ours && name !== "ours") lines.push([count(rows), `ours ÷ ${name}`, ...Object.values(ENGINES).map(([key]) => ratio(now.ours[key], now[name][key]))]);
    const before = sizes[i - 1];
    if (before) for (const name of Object.keys(now)) lines.push([count(rows), `${name}, cost of a row ÷ at ${count(before)}`, ...growth(ENGINES, now[name], measured[before].engines[name], rows / before)]);
}
if (lines.length) text.push("", "## The same file", "", "Load: from asking for the file to the first rows found. Filter: one series, three places, by day. Group: series, place and year.", "", ...markdown(["rows", "", ...Object.keys(ENGINES)], lines));
const visited = sizes.filter((rows) => measured[rows].app);
if (visited.length) {
    const lines = [];
    for (const [i, rows] of visited.entries()) {
        lines.push([count(rows), "", ...cells(APP, measured[rows].app)]);
        if (i > 0) lines.push([count(rows), `cost of a row ÷ at ${count(visited[i - 1])}`, ...growth(APP, measured[rows].app, measured[visited[i - 1]].app, rows / visited[i - 1])]);
    }
    text.push("", "## The app", "", "From the address to the chart, then from choosing a place to the chart that shows it.", "", ...markdown(["rows", "", ...Object.keys(APP)], lines));
}
console.log(text.join("\n"));
await writeFile("target/bench/scale.json", `${JSON.stringify({ started, runs, form: given.form, gzip: !given.plain, notes, measured }, undefined, 1)}\n`);
await writeFile("target/bench/scale.md", `${text.join("\n")}\n`);

function markdown(heads, lines) {
    const row = (all) => `| ${all.join(" | ")} |`;
    return [row(heads), row(heads.map((_, i) => (i < 2 ? "---" : "--:"))), ...lines.map(row)];
}
