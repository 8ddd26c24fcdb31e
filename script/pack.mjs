// A talk as one file that needs no network and no server: both languages, ECharts, the stage, and for the live chart the editor's engine
// with the whole package. script/finish.mjs writes one for each talk and language, which decides what it begins in. Alone it takes one of
// them out of the finished site: node script/pack.mjs <deck> [--lang uk] [--pdf] [--dist dist] [--out FOLDER]
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { ownKeysOnly } from "./patched.mjs";

const LANGUAGES = ["en", "uk"];
export const fileOf = (deck, lang) => `present/${deck}-${lang}.html`;

/** Writes all of them into a finished site, and their sizes onto their talks' pages. `engine`: address of the engine. */
export async function writePacks(dist, engine) {
    const script = await code(dist, engine);
    const files = JSON.stringify(await payload(dist, engine));
    const decks = (await readdir(join(dist, "present"), { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
    for (const deck of decks) {
        const pages = Object.fromEntries(await Promise.all(LANGUAGES.map(async (lang) => [lang, await readFile(pageOf(dist, deck, lang), "utf8")])));
        for (const lang of LANGUAGES) {
            const packed = await pack(dist, pages, lang, script, files);
            await writeFile(join(dist, fileOf(deck, lang)), packed);
            const size = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(Buffer.byteLength(packed) / 1e6);
            await writeFile(pageOf(dist, deck, lang), pages[lang].replaceAll("{size}", size));
        }
    }
}

const pageOf = (dist, deck, lang) => join(dist, lang === "uk" ? "uk" : "", "present", deck, "index.html");

/** All code of a packed talk. */
async function code(dist, engine) {
    const contents = `
        import * as library from "./web/echarts.js";
        import { open } from "./web/live.js";
        import { start } from ${JSON.stringify(resolve(dist, engine))};
        const read = (id) => JSON.parse(document.getElementById(id).textContent);
        const files = read("files");
        const types = { wasm: "application/wasm" };
        const got = (path) => {
            const bytes = Uint8Array.from(atob(files[path]), (one) => one.charCodeAt(0));
            return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")), { headers: { "content-type": types[path.split(".").at(-1)] ?? "application/json" } });
        };
        globalThis.impactPack = { library, start, live: open, got, talks: read("talks") };
        import("./web/present.js");`;
    const { outputFiles: [{ text }] } = await build({
        stdin: { contents, resolveDir: "." },
        bundle: true,
        format: "esm",
        target: "es2022",
        charset: "utf8",
        minify: true,
        legalComments: "none",
        write: false,
        logLevel: "error",
        plugins: [ownKeysOnly],
    });
    return text.replaceAll("</script", "<\\/script");
}

/** What the engine asks for: itself, the words, the package. */
async function payload(dist, engine) {
    const source = await readFile(join(dist, engine), "utf8");
    const own = [...source.matchAll(/"((?:editor|words)\/[\w.-]+\.(?:wasm|json))"/g)].map(([, path]) => path);
    const { package: descriptor = "data/datapackage.json" } = JSON.parse(await readFile(join(dist, "config.json"), "utf8"));
    const { resources } = JSON.parse(await readFile(join(dist, descriptor), "utf8"));
    const names = ["config.json", descriptor, ...own, ...resources.map(({ path }) => join(dirname(descriptor), path))];
    return Object.fromEntries(await Promise.all(names.map(async (name) => [name, gzipSync(await readFile(join(dist, name)), { level: 9 }).toString("base64")])));
}

const json = (id, text) => `<script type="application/json" id="${id}">${text.replaceAll("<", "\\u003c")}</script>`;

/** One talk that begins in one language. */
async function pack(dist, pages, lang, script, files) {
    const html = pages[lang];
    const talks = Object.fromEntries(await Promise.all(Object.entries(pages).map(async ([lang, page]) => [lang, await talkOf(dist, page)])));
    const sheets = [...html.matchAll(/<link [^>]*rel="stylesheet"[^>]*>/g)].map(([link]) => link.match(/href="([^"]+)"/)[1]).filter((href) => href !== "noscript.css");
    if (sheets.length < 2) throw new Error("A talk's page names its two style sheets otherwise than script/pack.mjs expects.");
    const style = (await Promise.all(sheets.map((href) => readFile(join(dist, href.split("/").at(-1)), "utf8")))).join("\n");
    // Nothing of a page in one file may come from elsewhere, and only its own script runs.
    const own = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const policy = `default-src 'none'; script-src ${own(script)} 'wasm-unsafe-eval'; style-src ${own(style)}; img-src data:; base-uri 'none'`;
    const head = (name) => html.match(new RegExp(`<meta name="${name}"[^>]*>`))?.[0] ?? "";
    return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
${head("viewport")}
${head("color-scheme")}
<title>${talks[lang].title}</title>
<style>${style}</style>
</head>
<body>${talks[lang].body}
${json("talks", JSON.stringify(talks))}
${json("files", files)}
<script type="module">${script}</script>
</body>
</html>
`;
}

/** What a page says of its talk, without the ways through the site. */
async function talkOf(dist, html) {
    return {
        title: html.match(/<title>([^<]*)<\/title>/)[1],
        charts: JSON.parse(await readFile(join(dist, html.match(/<meta name="charts" content="([^"]+)">/)[1]), "utf8")),
        body: html.match(/<body>([\s\S]*)<\/body>/)[1]
            .replace(/( · )?<a [^>]*class="[^"]*talk-(pack|edit)"[^>]*>[^<]*<\/a>/g, "")
            .replace(/<a ([^>]*)href="\/[^"]*"([^>]*)>/g, "<a $1$2>"),
    };
}

/** The same on paper, by Debian's Chromium. */
async function print(file) {
    const { chromium } = await import("@playwright/test");
    const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
    const page = await browser.newPage();
    await page.goto(`${pathToFileURL(file).href}?print`);
    await page.locator(".slides[data-state=ready]").waitFor({ state: "attached" });
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true });
    await browser.close();
    return pdf;
}

if (pathToFileURL(process.argv[1]).href === import.meta.url) {
    const args = process.argv.slice(2);
    const value = (name, otherwise) => (args.includes(name) ? args[args.indexOf(name) + 1] : otherwise);
    const [deck] = args;
    const known = (await readdir(join(value("--dist", "dist"), "data/decks")).catch(() => [])).filter((file) => file.endsWith(".json")).map((file) => file.replace(/\.json$/, ""));
    const lang = value("--lang", "en");
    if (!known.includes(deck) || !["en", "uk"].includes(lang)) {
        console.error(`usage: script/pack <deck> [--lang en|uk] [--pdf] [--dist dist] [--out target/packs]\nTalks: ${known.join(", ")}`);
        process.exit(2);
    }
    try {
        const file = resolve(value("--out", "target/packs"), `${deck}-${lang}.html`);
        await mkdir(dirname(file), { recursive: true });
        const made = join(value("--dist", "dist"), fileOf(deck, lang));
        await copyFile(made, file).catch(() => {
            throw new Error(`${made} is not there: run script/build.`);
        });
        console.log(file);
        if (args.includes("--pdf")) {
            const paper = file.replace(/html$/, "pdf");
            await writeFile(paper, await print(file));
            console.log(paper);
        }
    } catch (error) {
        console.error(`error: ${error.message}`);
        process.exit(1);
    }
}
