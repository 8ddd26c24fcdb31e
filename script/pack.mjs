// One talk as one file that needs no network and no server: node script/pack.mjs <deck> [--lang uk] [--pdf] [--dist dist] [--out FOLDER]
// Reads the finished site. The file holds the slides, ECharts and the stage; with --pdf it becomes one page a slide.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** The page of a talk and everything that it loads, as one HTML text. */
export async function pack(dist, deck, lang) {
    const path = join(dist, lang === "uk" ? "uk" : "", "present", deck, "index.html");
    const html = await readFile(path, "utf8").catch(() => {
        throw new Error(`${path} is not there: run script/build, and name a talk of public/data/decks.`);
    });
    const charts = await readFile(join(dist, html.match(/<meta name="charts" content="([^"]+)">/)[1]), "utf8");
    const { outputFiles: [{ text: script }] } = await build({
        stdin: { contents: `import * as library from "./web/echarts.js"; globalThis.impactPack = { library, specs: JSON.parse(document.getElementById("charts").textContent) }; import("./web/present.js");`, resolveDir: "." },
        bundle: true,
        format: "esm",
        target: "es2022",
        charset: "utf8",
        minify: true,
        legalComments: "none",
        write: false,
        logLevel: "error",
    });
    const sheets = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"[^>]*>/g)].map(([, href]) => href).filter((href) => href !== "noscript.css");
    const style = (await Promise.all(sheets.map((href) => readFile(join(dist, href.split("/").at(-1)), "utf8")))).join("\n");
    // Nothing of a page in one file may come from elsewhere, and only its own script runs.
    const own = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const code = script.replaceAll("</script", "<\\/script");
    const policy = `default-src 'none'; script-src ${own(code)}; style-src ${own(style)}; img-src data:; base-uri 'none'`;
    const head = (name) => html.match(new RegExp(`<meta name="${name}"[^>]*>`))?.[0] ?? "";
    const body = html.match(/<body>([\s\S]*)<\/body>/)[1]
        .replace(/ data-explore="[^"]*"/g, "") // the live chart needs the site
        .replace(/ data-other="[^"]*"/, "")
        .replace(/<button[^>]* data-do="(explore|language|code)"[^>]*>[^<]*<\/button>/g, "")
        .replace(/<a ([^>]*)href="\/[^"]*"([^>]*)>/g, "<a $1$2>"); // ways through the site
    return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
${head("viewport")}
${head("color-scheme")}
${html.match(/<title>[^<]*<\/title>/)[0]}
<style>${style}</style>
</head>
<body>${body}
<script type="application/json" id="charts">${charts.replaceAll("<", "\\u003c")}</script>
<script type="module">${code}</script>
</body>
</html>
`;
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

if (process.argv[1] === import.meta.filename) {
    const args = process.argv.slice(2);
    const value = (name, otherwise) => (args.includes(name) ? args[args.indexOf(name) + 1] : otherwise);
    const [deck] = args;
    const known = (await readdir("public/data/decks")).map((file) => file.replace(/\.json$/, ""));
    const lang = value("--lang", "en");
    if (!known.includes(deck) || !["en", "uk"].includes(lang)) {
        console.error(`usage: script/pack <deck> [--lang en|uk] [--pdf] [--dist dist] [--out target/packs]\nTalks: ${known.join(", ")}`);
        process.exit(2);
    }
    try {
        const file = resolve(value("--out", "target/packs"), `${deck}-${lang}.html`);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, await pack(value("--dist", "dist"), deck, lang));
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
