// Finishes what trunk built, before it becomes dist/. Run by trunk after every build.
//   1. The reader of large tables is built (script/bulk.mjs). The app's WebAssembly is made small. Its JavaScript (wasm-bindgen's glue, the start, web/patch.js) becomes one hashed file; other inline scripts move
//      into files too: the content security policy allows none.
//   2. The page learns where the ECharts bundle is.
//   3. The words of each language become one hashed file. The page names it, config.json, the descriptor and the data that its figures
//      need: web/early.js asks for them.
//   4. The code for searching and its index become hashed files that the page names.
//   5. The page is written for every route, so that deep links work on any static host, with its own title, description and static twin:
//      words, numbers and tables that stand before the app runs. 404.html has none. Beside the page of a view stand the files
//      that are taken away of it, and its charts as pictures; its head says to search engines and to other sites what they are. With
//      --origin also the pictures of shared links and the list of all pages.
//   6. Talks have a head of their own, and an editor with an engine of its own (script/engine.mjs);
//      beside each lies the talk as one file (script/pack.mjs). What all is made of is listed in sbom.json.
//   7. Last, the worker for use without a network is written: it lists all files, so nothing changes after it. Each file that gets smaller
//      by it then stands there compressed as well, for hosts that send it so.
// Other hashed files are never changed here: their integrity values are already in the page.
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { execFile } from "node:child_process";
import { build, transform } from "esbuild";
import { writeBulk } from "./bulk.mjs";
import { card } from "./cards.mjs";
import { compress } from "./compress.mjs";
import { embedSizes } from "./embed-sizes.mjs";
import { writeEngine } from "./engine.mjs";
import { writePacks } from "./pack.mjs";
import { smaller } from "./minify.mjs";
import { contentOnly } from "./patched.mjs";
import { inBothThemes, paint } from "./pictures.mjs";
import { sbom } from "./sbom.mjs";
import { shrink } from "./shrink.mjs";
import { cardOf, frameTags, robots, sitemap, tags } from "./social.mjs";
import { writeWorker } from "./worker.mjs";

// Other sites load it at this very address: its name has no hash.
const EMBED = "embed.js";

// Trunk has put public/ there, and with it this package: another one takes its place.
const OURS = "public/data";

const { TRUNK_STAGING_DIR: dist, TRUNK_PUBLIC_URL: base, TRUNK_PROFILE: profile, SITE_ORIGIN: origin, SITE_DATA: data = OURS } = process.env;
if (!dist || !base) {
    throw new Error("script/finish.mjs is a hook of trunk: run script/build.");
}

// As trunk writes them.
const STYLE = /<link [^>]*href="[^"]*style-[^>]*>/;
const BOOT = /<script [^>]*src="[^"]*?(boot-[^"]*)"[^>]*><\/script>/;

// Words that the app does not say: they are in the static pages, in the code for searching and for use without a network, in the
// editor's, and in `impact`.
const ELSEWHERE = ["static.json", "search.json", "offline.json", "edit.json", "impact.json", "bulk.json"];

if (data !== OURS) {
    await rm(join(dist, "data"), { recursive: true });
    await cp(data, join(dist, "data"), { recursive: true });
}
let page = await readFile(join(dist, "index.html"), "utf8");
page = page.replace(/\s*<!--[\s\S]*?-->/g, ""); // they are for us
const bulk = profile === "release" ? await writeBulk(dist) : "bulk.js"; // trunk's own server has none
page = await bundleApp(page);
page = await moveInlineScripts(page);
if (profile === "release") page = await shorten(await shorten(page, "boot"), "style");
// Chromium checks no integrity for this kind of preload and warns on every visit.
page = page.replace(/<link rel="preload"[^>]*as="fetch"[^>]*>/g, (link) => link.replace(/ integrity="[^"]*"/, ""));
// A sandboxed frame is of no origin: without this the browser would not compare what it loads.
page = page.replace(/<(script|link)(?![^>]*crossorigin)(?=[^>]*integrity=)/g, "<$1 crossorigin");
page = appFirst(page);
page = await nameChunks(page);
page = await nameWords(page);
page = await nameData(page);
page = await nameSearch(page);
page = await nameBuilder(page);
const builderStyle = await styleOf("builder", await readFile("web/builder.css", "utf8"));
const frame = { own: await styleOf("embed", await readFile("web/frame.css", "utf8")), style: await frameStyle(), script: await frameScript(page) };
await writeFile(join(dist, EMBED), (await bundled("web/embed.js", "iife")).contents);

if (profile === "release") {
    page = await nameOffline(page);
    const words = Object.fromEntries(["en", "uk"].map((lang) => [lang, page.match(new RegExp(`<meta name="words-${lang}" content="([^"]+)">`))[1]]));
    const engine = await writeEngine(dist, words);
    const stage = await headOf(engine, ["web/present.js", "web/present.css"]);
    const desk = await headOf(engine, ["web/editor.js", "web/present.css", "web/editor.css"]);
    const inPages = await inlined(page);
    const site = origin && origin + base;
    const painted = new Map(); // what is painted for a view's page, for its embed
    const routes = new Set(); // of pages that are for readers by themselves: frames are not
    for (const { route, lang, title, description, markup, data, part, linked, oembed, foot, page: full, stage: talk, editor, charts, pictures, card: says } of await twins()) {
        const social = foot ? "" : tags({ site, route, lang, title: says?.title ?? title, description });
        if (!foot && !editor) routes.add(route);
        if (site && says) await write(cardOf(route, lang), await card(says, lang, new URL(site).host));
        if (talk ?? editor) {
            const own = await staged(withoutUkrainian(lang === "uk" ? inUkrainian(page) : page), editor ? desk : stage, { route, lang, title, description, talk: talk ?? editor, charts });
            await writePage(join(lang === "uk" ? "uk" : "", route), own.replace("</head>", (end) => social + end));
            continue;
        }
        let own = withoutUkrainian(lang === "uk" ? inUkrainian(page) : page)
            .replace(/<title>[^<]*/, () => `<title>${escaped(title)}`)
            .replace(/(<meta name="description" content=")[^"]*/, (_, start) => `${start}${escaped(description)}`)
            .replace(/<div id="boot" role="main">[\s\S]*?<\/div>/, () => `<div id="boot">${withoutMeans(markup)}</div>`)
            .replace(/<meta name="data" content="([^"]*)/, (_, start) => part ? `<meta name="part" content="${part}` : `<meta name="data" content="${[start, ...(data ?? []).map((path) => `data/${path}`)].join(" ")}`)
            .replace("</head>", (end) => (linked ? linkedData(linked) : "") + (oembed ? discovery(oembed, title) : "") + social + end);
        if (foot) own = embedded(own, foot, full, painted);
        else own = inPages(route ? pictureFirst(own) : own); // the overview begins with numbers
        if (route === "embed") own = own.replace("</head>", (end) => builderStyle + end);
        await writePage(join(lang === "uk" ? "uk" : "", route), own);
        for (const { file, drawing } of pictures?.pictures ?? []) {
            painted.set(file, inBothThemes(paint(drawing, lang), pictures.palette));
            await write(file, painted.get(file));
        }
    }
    await write("robots.txt", robots(site));
    await write("sbom.json", `${JSON.stringify(await sbom(), null, 1)}\n`);
    if (site) await write("sitemap.xml", sitemap(site, [...routes]));
    await writePacks(dist, engine);
    await writeFile(join(dist, "embed/sizes.json"), JSON.stringify(await embedSizes(dist)));
    for (const version of await readdir("versions").catch(() => [])) await cp(join("versions", version), join(dist, "data/v", version), { recursive: true });
    await writeFile(join(dist, "404.html"), inPages(withoutUkrainian(page).replace(BOOT, () => frame.own + frame.script)));
    await writeWorker(dist);
    await compress(dist);
} else {
    // trunk's own server answers every route with index.html, and loses the base path when it meets a folder: no copies for it.
    await writePage("", withoutUkrainian(page));
    // Where a finished site was served before, its worker would go on showing that one.
    await writeFile(join(dist, "sw.js"), `addEventListener("install", () => skipWaiting());\naddEventListener("activate", () => registration.unregister());\n`);
}

/** All pages as they stand before the app runs; the files beside them are written. */
async function twins() {
    return JSON.parse(await host("twin", data, base, dist, "versions", ...(origin ? [origin] : [])));
}

/** What one of our host tools prints. */
async function host(bin, ...args) {
    // What script/build asks of the app's compiler is not for host tools.
    const { RUSTC_BOOTSTRAP, CARGO_UNSTABLE_BUILD_STD, CARGO_UNSTABLE_BUILD_STD_FEATURES, ...env } = process.env;
    const all = ["run", "--locked", "--offline", "--quiet", "--bin", bin, "--", ...args];
    const { stdout } = await promisify(execFile)("cargo", all, { env, maxBuffer: 100_000_000 });
    return stdout;
}

/** What only the app can do is seen but cannot be used before (src/shell/style.css): its words stay, and what they would carry out
 * goes. That is a kilobyte of a page of many figures. */
function withoutMeans(markup) {
    return markup.replace(/<figure class="figure".*?<\/figure>/gs, (figure) => figure
        .replace(/<(div class="(picker|player|kinds|cost-fields|actions)"|label class="field"|fieldset class="years")/g, "$& inert")
        .replace(/<div class="actions" inert>.*?<\/div>/gs, (actions) => actions.replace(/ (download|data-format|data-action|aria-label|type|role)="[^"]*"/g, ""))
        .replace(/<input type="checkbox" id="[^"]*-(place|counterpart|sector|series)-[^>]*>/g, '<input type="checkbox">')
        .replace(/<option [^>]*?( selected)?( data-set="[^"]*")?>/g, "<option$1>"));
}

/** Data and no script: nothing runs it, and the content security policy has nothing to refuse. A text in it cannot end it. */
function linkedData(linked) {
    return `<script type="application/ld+json">${JSON.stringify(linked).replaceAll("<", "\\u003c")}</script>\n`;
}

/** Trunk's start script, the glue that it imports and what the glue imports: one file and one request, a third smaller. */
async function bundleApp(html) {
    const start = html.match(/<script type="module"[^>]*>[^<]*import init[^<]*from '([^']+)'[^<]*module_or_path: '([^']+)'[^<]*<\/script>/);
    if (!start) throw new Error("trunk's start script is not in index.html: adapt script/finish.mjs to this version of trunk.");
    const [whole, glue, first] = start;
    const wasm = profile === "release" ? await shrunk(glue.slice(base.length), first.slice(base.length)) : first;
    const { outputFiles: [{ text }] } = await build({
        stdin: {
            contents: `import { meant } from "./web/early.js"; import "./web/patch.js"; import "./web/written.js"; import "./web/keys.js"; import "./web/large.js"; import { initSync } from ${JSON.stringify(resolve(dist, glue.slice(base.length)))};
                const path = ${JSON.stringify(wasm)};
                // Compiled as it comes, beside the page; otherwise in an old browser, or from a host that sends it as another type.
                const module = (async () => WebAssembly.compileStreaming(await fetch(path)))()
                    .catch(async () => WebAssembly.compile(await (await fetch(path)).arrayBuffer()));
                module.catch(() => {}); // told when the app is to start
                await meant;
                initSync({ module: await module });`,
            resolveDir: ".",
        },
        define: { BULK: JSON.stringify(bulk) },
        plugins: [contentOnly],
        bundle: true,
        format: "esm",
        target: "es2022",
        minify: profile === "release",
        legalComments: "none",
        write: false,
        logLevel: "error",
    });
    const contents = profile === "release" ? await smaller(text) : text;
    const sha = createHash("sha384").update(contents).digest();
    const name = `app-${sha.toString("hex").slice(0, 16)}.js`;
    await writeFile(join(dist, name), contents);
    for (const merged of [glue.slice(base.length), "snippets"]) await rm(join(dist, merged), { recursive: true });
    const integrity = `integrity="sha384-${sha.toString("base64")}"`;
    return replaceOnce(html, whole, `<script type="module" src="${base}${name}" ${integrity}></script>`).replaceAll(first, wasm).replace(/\s*<link rel="modulepreload"[^>]*>/g, "");
}

/** The app's own two files, made small; the address of the wasm, which has its new hash. */
async function shrunk(glue, wasm) {
    const small = await shrink(await readFile(join(dist, glue), "utf8"), await readFile(join(dist, wasm)));
    const name = `app-${createHash("sha256").update(small.wasm).digest("hex").slice(0, 16)}_bg.wasm`;
    await writeFile(join(dist, glue), small.glue);
    await writeFile(join(dist, name), small.wasm);
    await rm(join(dist, wasm));
    return base + name;
}

/** Scripts and styles of talks and of their editor, as lines of a page's head. The first paint is the slide, not the page that it was. */
async function headOf(engine, entries) {
    const lines = await Promise.all(entries.map(async (entry) => {
        const { contents } = await bundled(entry, "esm");
        const sha = createHash("sha384").update(contents).digest();
        const [, name, end] = entry.match(/(\w+)\.(js|css)$/);
        const file = `${name === "editor" ? "editor/" : ""}${name}-${sha.toString("hex").slice(0, 16)}.${end}`;
        await writeFile(join(dist, file), contents);
        const integrity = `integrity="sha384-${sha.toString("base64")}"`;
        return end === "js" ? `<script type="module" blocking="render" crossorigin src="${base}${file}" ${integrity}></script>` : `<link rel="stylesheet" href="${file}">`;
    }));
    return `<meta name="engine" content="${engine}">\n${lines.join("\n")}\n`;
}

/** A talk: head of the site's page without the app, which it does not need; the options of its charts in a file beside it. */
async function staged(html, stage, { route, lang, title, description, talk, charts }) {
    let own = html
        .replace(/<title>[^<]*/, () => `<title>${escaped(title)}`)
        .replace(/(<meta name="description" content=")[^"]*/, (_, start) => `${start}${escaped(description)}`)
        .replace(/<script[^>]* type="module"[^>]*><\/script>/g, "")
        .replace(/<link rel="(module)?preload"[^>]*>\n?/g, "")
        .replace(/<body>[\s\S]*<\/body>/, () => `<body>\n${talk}\n</body>`);
    if (charts) {
        const text = JSON.stringify(charts);
        const name = `${route}-${lang}-${createHash("sha256").update(text).digest("hex").slice(0, 16)}.json`;
        await mkdir(join(dist, "present"), { recursive: true });
        await writeFile(join(dist, name), text);
        own = own.replace("</head>", (end) => `<meta name="charts" content="${name}">\n${end}`);
    }
    return own.replace("</head>", (end) => stage + end);
}

/** Where a consumer of oEmbed finds the code for a page that was pasted as a link. */
function discovery(address, title) {
    return `<link rel="alternate" type="application/json+oembed" href="${address}" title="${escaped(title)}">\n`;
}

/** A page for frames: what it needs of the site's page, and what only a frame needs. Its package comes as one file (web/frame.js), and its
 * pictures in the page: a host waits for fewer files. Few frames are wider than the widest form: that one would only be bytes. */
function embedded(html, foot, full, painted) {
    return replaceOnce(html, '<html lang="', '<html data-embed lang="')
        .replace(/<meta name="data"[^>]*>\n/, "")
        .replace(STYLE, () => frame.style)
        .replace(BOOT, () => frame.script)
        .replace(/<source media="\(min-width: 900px\)"[^>]*>/g, "")
        .replace(/ (src|srcset)="(charts\/[^"]+)"/g, (_, name, file) => ` ${name}="${inPage(painted.get(file))}"`)
        .replace("</head>", (end) => frameTags({ site: origin, page: full }) + end)
        .replace("</body>", (end) => foot + end);
}

/** A picture as an address, with nothing in it that would end an attribute or one of several addresses. */
function inPage(svg) {
    return `data:image/svg+xml,${svg.replace(/[%#"& \t\n\r\f]/g, encodeURIComponent)}`;
}

/** web/boot.js and web/frame.js as one file: a frame needs both, and 404.html may be in one. */
async function frameScript(html) {
    const [, boot] = BOOT.exec(html);
    const { text } = await bundled("web/frame.js", "iife");
    const both = `${await readFile(join(dist, boot), "utf8")}\n${await smaller(text, false)}`;
    const sha = createHash("sha384").update(both).digest();
    const name = `frame-${sha.toString("hex").slice(0, 16)}.js`;
    await writeFile(join(dist, name), both);
    return `<script crossorigin src="${base}${name}" integrity="sha384-${sha.toString("base64")}"></script>`;
}

/** The site's style sheet without what no embed shows, and what only embeds need. */
async function frameStyle() {
    const site = await readFile("src/shell/style.css", "utf8");
    const figures = site.replace(/\/\* Not in embeds[\s\S]*?\/\* End of it\. \*\//g, "");
    return styleOf("frame", figures + (await readFile("web/frame.css", "utf8")));
}

async function styleOf(kind, css) {
    const { code } = await transform(css, { loader: "css", minify: profile === "release" });
    const name = `${kind}-${createHash("sha256").update(code).digest("hex").slice(0, 16)}.css`;
    await writeFile(join(dist, name), code);
    return `<link rel="stylesheet" href="${name}">\n`;
}

/** The code of /embed; nothing loads it elsewhere. */
async function nameBuilder(html) {
    const { contents } = await bundled("web/builder.js", "esm");
    const name = `builder-${createHash("sha256").update(contents).digest("hex").slice(0, 16)}.js`;
    await writeFile(join(dist, name), contents);
    return replaceOnce(html, "</head>", `<meta name="builder" content="${name}">\n</head>`);
}

async function bundled(entry, format) {
    const { outputFiles: [file] } = await build({
        entryPoints: [entry],
        bundle: true,
        format,
        target: "es2022",
        charset: "utf8",
        minify: profile === "release",
        legalComments: "none",
        write: false,
        logLevel: "error",
    });
    return file;
}

async function moveInlineScripts(html) {
    for (const [whole, attributes, text] of html.matchAll(/<script(?![^>]*\ssrc=)([^>]*)>([\s\S]*?)<\/script>/g)) {
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

/** Start and style sheet come before anything is painted: without comments and spaces the one is half as long, the other four fifths. */
async function shorten(html, what) {
    const [whole, before, name, end] = html.match(new RegExp(`(<(?:script|link)[^>]* (?:src|href)=")[^"]*?(${what}-[^".]*\\.(js|css))"[^>]*>`));
    const { code } = await transform(await readFile(join(dist, name), "utf8"), end === "js" ? { minify: true, target: "es5" } : { minify: true, loader: "css" });
    const sha = createHash("sha384").update(code).digest();
    const short = `${what}-${sha.toString("hex").slice(0, 16)}.${end}`;
    await rm(join(dist, name));
    await writeFile(join(dist, short), code);
    return replaceOnce(html, whole, `${before}${base}${short}" integrity="sha384-${sha.toString("base64")}">`);
}

/** The app is the longest to come: asked for before web/boot.js, for which the parser waits, charts answer 0.1 s sooner at 150 ms and 1.6 Mbit/s,
 * and the first paint comes at most 20 ms later. */
function appFirst(html) {
    const [link] = html.match(/<link rel="preload"[^>]*\.wasm"[^>]*>/);
    return html.replace(link, "").replace(/<script[^>]* src="[^"]*boot-/, (start) => `${link}\n${start}`);
}

/** Where a chart opens the page, its picture is asked for before all else: with nothing in the way it is on the screen with the first paint
 * or shortly after, 0.2 s sooner at 150 ms and 1.6 Mbit/s. */
function pictureFirst(html) {
    const [, sources, narrow] = html.match(/<picture>((?:<source [^>]*>)+)<img alt="" src="([^"]+)"/) ?? [];
    if (!narrow) return html;
    // The widest first; each only where none before it stands.
    const forms = [...[...sources.matchAll(/min-width: (\d+)px\)" srcset="([^"]+)"/g)].map(([, from, href]) => [Number(from), href]), [0, narrow]];
    const links = forms.map(([from, href], i) => {
        const media = [from && `(min-width: ${from}px)`, i && `(max-width: ${forms[i - 1][0] - 0.02}px)`].filter(Boolean).join(" and ");
        return `<link rel="preload" as="image" href="${href}" media="${media}">\n`;
    });
    return html.replace(STYLE, (style) => links.join("") + style);
}

/** Style sheet and start script stand in the page itself: its first paint waits for one answer and not for two. Its policy names both by
 * their hashes, and lets in no other. In frames and talks they are files: a host's page has several frames. */
async function inlined(html) {
    const file = async (named) => (await readFile(join(dist, named), "utf8")).trimEnd();
    const [style, boot] = await Promise.all([html.match(/style-\w+\.css/)[0], BOOT.exec(html)[1]].map(file));
    if (/<\/(style|script)/i.test(style + boot)) throw new Error("web/boot.js and src/shell/style.css stand in pages: nothing in them may end their element.");
    const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    return (page) => page
        .replace(STYLE, () => `<style>${style}</style>`)
        .replace(BOOT, () => `<script>${boot}</script>`)
        .replace("style-src 'self'", (self) => `${self} ${hash(style)}`)
        .replace("script-src 'self'", (self) => (BOOT.test(page) ? `${self} ${hash(boot)}` : self));
}

async function nameChunks(html) {
    const { entry, first, picture } = JSON.parse(await readFile(join(dist, "echarts/manifest.json"), "utf8"));
    // Relative to <base>, as every address in the page.
    const metas = { "chart-library": `echarts/${entry}`, "chart-library-parts": first.map((name) => `echarts/${name}`).join(" "), picture: `echarts/${picture}` };
    const lines = Object.entries(metas).map(([name, content]) => `<meta name="${name}" content="${content}">\n`);
    return replaceOnce(html, "</head>", `${lines.join("")}</head>`);
}

async function nameWords(html) {
    const named = {};
    await mkdir(join(dist, "words"), { recursive: true });
    for (const lang of ["en", "uk"]) {
        const words = {};
        for (const file of (await readdir(join("locales", lang))).sort().filter((file) => !ELSEWHERE.includes(file))) Object.assign(words, JSON.parse(await readFile(join("locales", lang, file), "utf8")));
        const text = JSON.stringify(words);
        named[lang] = `words/${lang}-${createHash("sha256").update(text).digest("hex").slice(0, 16)}.json`;
        await writeFile(join(dist, named[lang]), text);
    }
    const metas = Object.entries(named).map(([lang, name]) => `<meta name="words-${lang}" content="${name}">\n`);
    return replaceOnce(html, "</head>", `${metas.join("")}</head>`);
}

/** The code for searching and the index of each language; nothing loads them before a reader searches. */
async function nameSearch(html) {
    await mkdir(join(dist, "search"), { recursive: true });
    const { contents } = await bundled("web/search.js", "esm");
    const write = async (name, end, content) => {
        const path = `search/${name}-${createHash("sha256").update(content).digest("hex").slice(0, 16)}.${end}`;
        await writeFile(join(dist, path), content);
        return path;
    };
    const named = { search: await write("search", "js", contents) };
    for (const [lang, index] of Object.entries(JSON.parse(await host("search", data)))) {
        named[`search-${lang}`] = await write(lang, "json", JSON.stringify(index));
    }
    const metas = Object.entries(named).map(([name, path]) => `<meta name="${name}" content="${path}">\n`);
    return replaceOnce(html, "</head>", `${metas.join("")}</head>`);
}

/** The code that asks for the worker, and the place where a page names its version: script/worker.mjs fills it in. */
async function nameOffline(html) {
    const { contents } = await bundled("web/offline.js", "esm");
    const name = `offline-${createHash("sha256").update(contents).digest("hex").slice(0, 16)}.js`;
    await writeFile(join(dist, name), contents);
    return replaceOnce(html, "</head>", `<meta name="offline" content="${name}">\n<meta name="version" content="">\n</head>`);
}

/** What every page fetches first comes beside the wasm and not after it: configuration, and descriptor where config.json names it. */
async function nameData(html) {
    const { package: descriptor = "data/datapackage.json" } = JSON.parse(await readFile(join(dist, "config.json"), "utf8"));
    if (!/^data\/[\w.-]+$/.test(descriptor)) throw new Error(`public/config.json: "${descriptor}" must be a file in data/, which the static pages read too.`);
    return replaceOnce(html, "</head>", `<meta name="data" content="config.json ${descriptor}">\n</head>`);
}

function inUkrainian(html) {
    return replaceOnce(html, '<html lang="en"', '<html lang="uk"')
        .replace(/(<title) data-uk="([^"]*)">[^<]*/, "$1>$2")
        .replace(/(content|href)="[^"]*" data-uk="([^"]*)"/g, '$1="$2"');
}

function escaped(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
}

function writePage(route, html) {
    return write(join(route, "index.html"), html);
}

async function write(path, content) {
    await mkdir(dirname(join(dist, path)), { recursive: true });
    await writeFile(join(dist, path), content);
}

function replaceOnce(html, from, to) {
    if (html.split(from).length !== 2) throw new Error(`index.html must contain ${from} exactly once.`);
    return html.replace(from, () => to);
}

function withoutUkrainian(html) {
    return html.replace(/ data-uk="[^"]*"/g, "");
}
