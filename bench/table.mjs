// Prints what visits cost, and writes it to target/bench/table.json and table.md:
//   node bench/table.mjs [--dist dist] [--against other,dists] [--pages view/remittances,people] [--runs 3] [--profiles none,phone] [--no-peers]
// Brotli over HTTP/2, nothing cached, every page once a round so that a busy moment of the machine meets all; medians. The page of one
// chart is also set against bench/floor and bench/peers, which draw the same chart from the same rows. Nothing is asserted.
import { copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { serve } from "../script/gzip-server.mjs";
import { PROFILES, certificate, launch, visit } from "./measure.mjs";

const { values: given } = parseArgs({
    options: {
        dist: { type: "string", default: "dist" },
        against: { type: "string" },
        pages: { type: "string" },
        runs: { type: "string", default: "3" },
        profiles: { type: "string", default: Object.keys(PROFILES).join(",") },
        peers: { type: "boolean", default: true },
    },
    allowNegative: true,
});
const OUT = "target/bench";
const ROWS = "data/observations-remittances.json";
const COMPARED = "view/remittances"; // the chart that floor and peers draw
const deck = (await readdir(join(given.dist, "present"), { withFileTypes: true })).find((entry) => entry.isDirectory()).name;
const pages = given.pages?.split(",") ?? ["", "people", "remittances", "partners", "uk/partners", "context", "data", "stories", COMPARED, "view/agreements-network", "view/idps-by-oblast", "embed/remittances", `present/${deck}`];
const has = (route) => !/^(uk\/)?(data|stories|opportunities|about|embed|present)$/.test(route);

const { tls, spki } = certificate(OUT);
const browser = await launch(spki);
const servers = [];
const subjects = [];
const at = async (root) => {
    const server = await serve(root, undefined, undefined, tls);
    servers.push(server);
    return server.origin;
};
for (const [i, root] of [given.dist, ...(given.against?.split(",") ?? [])].entries()) {
    const origin = await at(root);
    for (const route of pages) subjects.push({ name: `/${route}${i === 0 ? "" : ` (${root})`}`, address: `${origin}${route}${route && "/"}`, root, chart: has(route) });
}
if (given.peers) {
    for (const name of ["floor", ...(await readdir("bench/peers", { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name)]) {
        const root = await written(name);
        subjects.push({ name, address: await at(root), root, chart: true });
    }
}

// Servers pack each file at its first request, and Chromium starts.
for (const subject of subjects) await visit(browser, { ...subject, profile: "none" });
const started = new Date();
const visits = new Map(given.profiles.split(",").flatMap((profile) => subjects.map(({ name }) => [`${profile} ${name}`, []])));
for (let round = 0; round < Number(given.runs); round++) {
    for (const profile of given.profiles.split(",")) {
        for (const subject of subjects) visits.get(`${profile} ${subject.name}`).push(await visit(browser, { ...subject, profile }));
    }
}
await browser.close();
servers.forEach((server) => server.close());

const ms = (value) => (value === undefined ? "–" : String(Math.round(value)));
const kb = (value) => (value === undefined ? "–" : (value / 1000).toFixed(1));
const COLUMNS = {
    "FCP ms": ["fcp", ms], "LCP ms": ["lcp", ms], CLS: ["cls", (value) => value.toFixed(3)], "TBT ms": ["tbt", ms], "TBT alone ms": ["rest", ms], "longest task ms": ["longest", ms],
    "chart ms": ["chart", ms], "interactive ms": ["interactive", ms], "INP ms": ["inp", ms], "chart changed ms": ["change", ms],
    "heap MB": ["heap", (value) => (value / 1e6).toFixed(1)], requests: ["requests", ms], "over the line kB": ["line", kb], "warm ms": ["warm", ms], "warm kB": ["warmLine", kb],
};
const KINDS = ["all", "html", "css", "js", "wasm", "echarts", "data", "pictures", "other"];
const text = [`${started.toISOString().slice(0, 16)}Z, ${given.runs} runs, medians; phone: CPU ×4, 1.6 Mbit/s, 150 ms`];
const table = {};
for (const profile of given.profiles.split(",")) {
    table[profile] = {};
    for (const { name } of subjects) {
        const all = visits.get(`${profile} ${name}`);
        table[profile][name] = Object.fromEntries(Object.values(COLUMNS).map(([key]) => [key, median(all.map((one) => one[key]))]));
        Object.assign(table[profile][name], { gzip: all[0].gzip, brotli: all[0].brotli });
    }
    text.push("", profile === "phone" ? "## Phone" : "## No throttle", "", ...markdown(Object.keys(COLUMNS), subjects.map(({ name }) => [name, ...Object.values(COLUMNS).map(([key, say]) => say(table[profile][name][key]))])));
}
const [profile] = given.profiles.split(",");
text.push("", "## Bytes by kind, kB: gzip / brotli", "", ...markdown(KINDS, subjects.map(({ name }) => {
    const { gzip, brotli } = table[profile][name];
    return [name, ...KINDS.map((kind) => (gzip[kind] ? `${kb(gzip[kind])} / ${kb(brotli[kind])}` : "–"))];
})));
if (given.peers && pages.includes(COMPARED)) text.push(...ratios());
await mkdir(OUT, { recursive: true });
await writeFile(join(OUT, "table.json"), JSON.stringify({ started, table }, null, 2));
await writeFile(join(OUT, "table.md"), `${text.join("\n")}\n`);
console.log(text.join("\n"));

/** The page of one chart beside the floor and the best of the peers, with the goals of the design. */
function ratios() {
    const peers = subjects.map(({ name }) => name).filter((name) => !name.startsWith("/") && name !== "floor");
    const rows = [];
    for (const profile of Object.keys(table)) {
        const ours = table[profile][`/${COMPARED}`];
        const row = (what, of, goal, read) => {
            const [a, b] = [read(ours), of === "best peer" ? Math.min(...peers.map((name) => read(table[profile][name]))) : read(table[profile][of])];
            rows.push([`${profile}: ${what}`, of, ms(a), ms(b), (a / b).toFixed(2), goal]);
        };
        const key = (name) => (one) => one[name];
        if (profile === "phone") {
            row("FCP", "floor", "≤ 0.6", key("fcp"));
            row("LCP", "floor", "≤ 0.6", key("lcp"));
            row("chart", "floor", "≤ 0.5", key("chart"));
            row("chart", "best peer", "≤ 0.4", key("chart"));
            row("TBT, nobody acts", "best peer", "< 1", key("rest"));
            row("TBT, acts at once", "best peer", "< 1", key("tbt"));
            row("chart changed after input", "best peer", "< 1", key("change"));
        }
        row("interactive", "floor", profile === "phone" ? "≤ 1.8" : "≤ 1.3", key("interactive"));
    }
    const [ours, react] = [`/${COMPARED}`, "react"].map((name) => Object.values(table)[0][name].gzip.all);
    rows.push(["all bytes, kB gzip", "react", kb(ours), kb(react), (ours / react).toFixed(2), "≤ 1.6"]);
    return ["", `## /${COMPARED} against the floor and the peers`, "", ...markdown(["to", "ours", "theirs", "ratio", "goal"], rows)];
}

function markdown(head, rows) {
    const all = [["", ...head], ...rows];
    const widths = all[0].map((_, i) => Math.max(...all.map((row) => row[i].length)));
    const line = (cells) => `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(" | ")} |`;
    return [line(all[0]), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...rows.map(line)];
}

function median(list) {
    const known = list.filter((value) => value !== undefined).toSorted((a, b) => a - b);
    return known[Math.floor(known.length / 2)];
}

/** The folder of the floor or of a peer, as it would be served. */
async function written(name) {
    const [source, out] = [name === "floor" ? "bench/floor" : `bench/peers/${name}`, join(OUT, name)];
    await mkdir(out, { recursive: true });
    await copyFile(join(given.dist, ROWS), join(out, "observations-remittances.json"));
    const bundle = (entry, outfile, platform) => build({
        entryPoints: [join(source, entry)], outfile, bundle: true, minify: true, format: platform ? "cjs" : "esm", target: "es2022", platform, logLevel: "error",
        define: { "process.env.NODE_ENV": '"production"' },
        // The site's own ECharts; all else is of bench/package.json.
        nodePaths: ["node_modules"],
    });
    if (name === "floor") {
        await copyFile("bench/floor/index.html", join(out, "index.html"));
        await bundle("floor.js", join(out, "floor.js"));
        return out;
    }
    const { page, PLAIN } = await import("./peers/page.mjs");
    let content = PLAIN;
    if ((await readdir(source)).includes("ahead.js")) {
        const ahead = join(OUT, `${name}-ahead.cjs`);
        await bundle("ahead.js", ahead, "node");
        ({ content } = await import(`../${ahead}`));
    }
    await writeFile(join(out, "index.html"), page(content));
    await bundle("peer.js", join(out, "peer.js"));
    return out;
}
