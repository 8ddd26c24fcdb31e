// Finishes what trunk built, before it becomes dist/. Run by trunk after every build.
//   1. Inline scripts move into hashed files: the content security policy allows none.
//   2. The page learns where the ECharts bundle is.
//   3. The words of each language become one hashed file. The page names it and asks for it, config.json and the descriptor early.
//   4. The page is copied to every route, so that deep links work on any static host, and to 404.html.
// Hashed files are never changed here: their integrity values are already in the page.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const { TRUNK_STAGING_DIR: dist, TRUNK_PUBLIC_URL: base, TRUNK_PROFILE: profile } = process.env;
if (!dist || !base) {
    throw new Error("script/finish.mjs is a hook of trunk: run script/build.");
}

let page = await readFile(join(dist, "index.html"), "utf8");
page = page.replace(/\s*<!--[\s\S]*?-->/g, ""); // they are for us
page = await moveInlineScripts(page);
// Chromium checks no integrity for this kind of preload and warns on every visit.
page = page.replace(/<link rel="preload"[^>]*as="fetch"[^>]*>/g, (link) => link.replace(/ integrity="[^"]*"/, ""));
page = await nameEcharts(page);
page = await nameWords(page);
page = await nameData(page);

// trunk's own server answers every route with index.html, and loses the base path when it meets a folder: no copies for it.
const copied = profile === "release" ? ["people", "remittances", "partners", "data", "about", ...(await viewRoutes())] : [];
await writePage("", page);
for (const route of copied) await writePage(route, page);
if (profile === "release") {
    for (const route of ["", ...copied]) await writePage(join("uk", route), inUkrainian(page));
    await writeFile(join(dist, "404.html"), withoutTwin(page));
}

async function moveInlineScripts(html) {
    const inline = /<script(?![^>]*\ssrc=)([^>]*)>([\s\S]*?)<\/script>/g;
    const found = [...html.matchAll(inline)];
    if (!found.some(([, attributes]) => attributes.includes("module"))) {
        throw new Error("trunk's start script is not in index.html: adapt script/finish.mjs to this version of trunk.");
    }
    for (const [whole, attributes, text] of found) {
        // Live reload: trunk fills these in only while it serves index.html itself.
        const script = text.trim()
            .replaceAll("'{{__TRUNK_ADDRESS__}}'", "window.location.host")
            .replaceAll("{{__TRUNK_WS_BASE__}}", base);
        const sha = createHash("sha384").update(script).digest();
        const name = `start-${sha.toString("hex").slice(0, 16)}.js`;
        await writeFile(join(dist, name), script);
        const kept = attributes.replace(/\snonce="[^"]*"/, "");
        html = html.replace(whole, () => `<script${kept} src="${base}${name}" integrity="sha384-${sha.toString("base64")}"></script>`);
    }
    return html;
}

async function nameEcharts(html) {
    const { entry } = JSON.parse(await readFile(join(dist, "echarts/manifest.json"), "utf8"));
    // Relative to <base>, as every address in the page.
    return replaceOnce(html, "</head>", `<meta name="chart-library" content="echarts/${entry}">\n</head>`);
}

async function nameWords(html) {
    const named = {};
    await mkdir(join(dist, "words"), { recursive: true });
    for (const lang of ["en", "uk"]) {
        const words = {};
        for (const file of (await readdir(join("locales", lang))).sort()) Object.assign(words, JSON.parse(await readFile(join("locales", lang, file), "utf8")));
        const text = JSON.stringify(words);
        named[lang] = `words/${lang}-${createHash("sha256").update(text).digest("hex").slice(0, 16)}.json`;
        await writeFile(join(dist, named[lang]), text);
    }
    const metas = Object.entries(named).map(([lang, name]) => `<meta name="words-${lang}" content="${name}">\n`);
    return replaceOnce(html, "</head>", `${metas.join("")}${early(named.en, named.uk)}</head>`);
}

/** What every page fetches first comes beside the wasm and not after it: configuration, and descriptor where config.json names it. */
async function nameData(html) {
    const { package: descriptor = "data/datapackage.json" } = JSON.parse(await readFile(join(dist, "config.json"), "utf8"));
    if (!/^[\w./-]+$/.test(descriptor)) throw new Error(`public/config.json: "${descriptor}" is not a plain path.`);
    return replaceOnce(html, "</head>", `${early("config.json")}${early(descriptor)}</head>`);
}

function early(href, uk) {
    return `<link rel="preload" as="fetch" crossorigin href="${href}"${uk ? ` data-uk="${uk}"` : ""}>\n`;
}

/** One route per view. The package may name its views in another file later: absent is fine. */
async function viewRoutes() {
    let text;
    try {
        text = await readFile(join(dist, "data/views.json"), "utf8");
    } catch (error) {
        if (error.code === "ENOENT") return [];
        throw error;
    }
    const ids = JSON.parse(text).map(({ id }) => id);
    const bad = ids.find((id) => !/^[a-z0-9][a-z0-9-]*$/.test(id));
    if (bad !== undefined) throw new Error(`public/data/views.json: "${bad}" cannot be part of an address (a-z, 0-9 and hyphens only).`);
    return ids.map((id) => join("view", id));
}

function inUkrainian(html) {
    return replaceOnce(html, '<html lang="en"', '<html lang="uk"')
        .replace(/(<title) data-uk="([^"]*)">[^<]*/, "$1>$2")
        .replace(/(content|href)="[^"]*" data-uk="([^"]*)"/g, '$1="$2"');
}

async function writePage(route, html) {
    const folder = join(dist, route);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "index.html"), withoutTwin(html));
}

function replaceOnce(html, from, to) {
    if (html.split(from).length !== 2) throw new Error(`index.html must contain ${from} exactly once.`);
    return html.replace(from, () => to);
}

function withoutTwin(html) {
    return html.replace(/ data-uk="[^"]*"/g, "");
}
