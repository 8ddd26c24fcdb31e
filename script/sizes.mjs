// Checks the budgets of the built site, in bytes after gzip: node script/sizes.mjs [dist]
// A budget is a promise to a reader on a phone. Raise one only with a reason in CHANGELOG.md.
import { readFile, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { NOT_KEPT, OUTSIDE, PAGES, addressOf, isPage } from "../web/kept.mjs";
import { embedSizes } from "./embed-sizes.mjs";

const LIMITS = {
    page: 60_000, // HTML, CSS and all else that is needed before any script
    app: 260_000, // wasm and its JavaScript (aim: 200 kB)
    echartsFirst: 165_000,
    echartsFurther: 40_000, // each
    resource: 50_000, // each data file
    part: 50_000, // what a page of figures shows of them, in both languages
    index: 50_000, // for searching in one language
    embed: 480_000, // one chart on another site, cold, everything (aim: 400 kB).
    embedFiles: 12,
    embedScript: 3_000, // embed.js, which other sites load
    search: 8_000, // the code for it, with the words of both languages
    worker: 16_000, // the list of all files with their hashes; asked for again at each visit
    offline: 2_000, // the code that asks for the worker and offers a newer version
    stage: 12_000, // the script of a talk
    pack: 2_000_000, // a talk as one file, with the live chart and all data
    editor: 400_000, // of talks, on demand: script, style, engine, and its words in one language
    kept: 3_000_000, // all that the worker keeps, once, after the first visit
};

const dist = process.argv[2] ?? "dist";
const all = new Set((await readdir(dist, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !file.slice(join(dist, "/").length).startsWith("."))); // left behind by a build that was stopped
// Not the same again, compressed; a packed table has nothing beside it.
const files = [...all].filter((file) => !/\.(br|gz)$/.test(file) || !all.has(file.replace(/\.(br|gz)$/, "")));
if (files.length === 0) fail(`There is nothing in ${dist}: run script/build first.`);

const sizes = new Map();
for (const file of files) sizes.set(file, gzipSync(await readFile(file), { level: 9 }).length);
const sum = (list) => list.reduce((total, file) => total + sizes.get(file), 0);
const top = (pattern) => files.filter((file) => join(dist, basename(file)) === file && pattern.test(basename(file)));
const isEmbed = (file) => /^(uk\/)?embed\/|^(embed|frame|builder)-/.test(file.slice(dist.length + 1)); // counted by themselves
const isStage = (file) => /^(uk\/)?present(\/|-)/.test(file.slice(dist.length + 1)); // talks: they too

const isPack = (file) => /^present\/[^/]+\.html$/.test(file.slice(dist.length + 1)); // a talk as one file

const { first, further } = JSON.parse(await readFile(join(dist, "echarts/manifest.json"), "utf8"));
const inSite = (file) => file.slice(join(dist, "/").length);
const inEcharts = (name) => join(dist, "echarts", name);
const kept = files.filter((file) => inSite(file) === PAGES || !isPage(addressOf(inSite(file))) && !OUTSIDE.test(inSite(file)) && !NOT_KEPT.some(([pattern]) => pattern.test(inSite(file))));
const icon = top(/^icon\.svg$/);
const beforeScripts = top(/^style-.*\.css$|^boot-.*\.js$/); // a talk has them beside it, all other pages in them
// Not those of an embed, which hold all files of a view: they count there.
const data = files.filter((file) => file.startsWith(join(dist, "data/")) && !file.startsWith(join(dist, "data/v/")) && file.endsWith(".json"));
const embeds = Object.entries(await embedSizes(dist)).flatMap(([lang, views]) => Object.entries(views).map(([view, size]) => ({ view: `${lang} ${view}`, ...size })));
const heaviest = embeds.reduce((most, one) => (one.bytes > most.bytes ? one : most));
const most = Math.max(...embeds.map((one) => one.files));

const rows = [
    ...worst("page, before any script", files.filter((file) => file.endsWith(".html") && !isEmbed(file) && !isStage(file)), LIMITS.page, sum(icon)),
    ...worst("talk, before any script", files.filter((file) => file.endsWith(".html") && isStage(file) && !isPack(file)), LIMITS.page, sum(icon) + sum(beforeScripts) + sum(top(/^present-.*\.css$/))),
    ["app: wasm and glue", sum(top(/\.wasm$|^app-.*\.js$/)), LIMITS.app],
    ["ECharts, first chunk", sum(first.map(inEcharts)), LIMITS.echartsFirst],
    ...worst("ECharts, further chunk", further.map(inEcharts), LIMITS.echartsFurther),
    ...worst("data resource", data, LIMITS.resource),
    ...worst("a page's part of the data", files.filter((file) => file.startsWith(join(dist, "parts/"))), LIMITS.part),
    ...worst("search index", files.filter((file) => file.startsWith(join(dist, "search/")) && file.endsWith(".json")), LIMITS.index),
    [`embed, cold: ${heaviest.view}, ${most} files of at most ${LIMITS.embedFiles}`, most > LIMITS.embedFiles ? Infinity : heaviest.bytes, LIMITS.embed],
    ["embed.js", sizes.get(join(dist, "embed.js")), LIMITS.embedScript],
    ["search and shortcuts, on demand", sum(files.filter((file) => file.startsWith(join(dist, "search/")) && file.endsWith(".js"))), LIMITS.search],
    ["offline: the worker", sum(top(/^sw\.js$/)), LIMITS.worker],
    ["offline: the code that asks for it", sum(top(/^offline-.*\.js$/)), LIMITS.offline],
    ["talk: the stage", sum(top(/^present-.*\.js$/)), LIMITS.stage],
    ["talk: the editor, on demand", sum(files.filter((file) => /^editor\/(?!words-en)[^/]*\.(js|css|wasm|json)$/.test(inSite(file)))), LIMITS.editor],
    ...worst("talk: its charts", files.filter((file) => isStage(file) && file.endsWith(".json")), LIMITS.resource),
    ...worst("talk: as one file", files.filter(isPack), LIMITS.pack),
    [`offline: the ${kept.length} files that hold all that is kept`, sum(kept), LIMITS.kept],
];

const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(9);
for (const [what, size, limit] of rows) {
    console.log(`${size <= limit ? "ok  " : "OVER"} ${kb(size)} of ${kb(limit)}  ${what}`);
}
if (rows.some(([, size, limit]) => size > limit)) fail("A budget is exceeded: see OVER above.");

/** The largest of its kind, and every one that is over. */
function worst(what, list, limit, plus = 0) {
    return list
        .map((file) => [`${what}: ${file.slice(dist.length + 1)}`, sizes.get(file) + plus, limit])
        .sort((a, b) => b[1] - a[1])
        .filter(([, size], index) => index === 0 || size > limit);
}

function fail(sentence) {
    console.error(sentence);
    process.exit(1);
}
