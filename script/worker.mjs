// Writes sw.js, the worker for use without a network, into a finished site: the list of all files that it keeps with their hashes,
// and a version made of them; and the file of all pages from which it takes them. The same site gives the same file. Called by script/finish.mjs as its last step.
import { createHash } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { build } from "esbuild";
import { LARGE, NOT_KEPT, OUTSIDE, PAGES, addressOf, isPage, ofVersion } from "../web/kept.mjs";

const sha256 = (content) => createHash("sha256").update(content).digest();

/** Whether a page asks for the reader of large tables: `Entry::is_large` in src/data/descriptor.rs. */
async function hasLarge(dist) {
    const { resources } = JSON.parse(await readFile(join(dist, "data/datapackage.json"), "utf8"));
    return resources.some(({ name, path, size_bytes: bytes }) => path.endsWith(".gz") || (name.startsWith("observations-") && bytes > 1024 * 1024));
}

export async function writeWorker(dist) {
    const contents = new Map();
    const isLarge = await hasLarge(dist);
    for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
        const file = relative(dist, join(entry.parentPath ?? entry.path, entry.name)).replaceAll("\\", "/");
        if (!entry.isFile() || OUTSIDE.test(addressOf(file)) || (NOT_KEPT.some(([pattern]) => pattern.test(file)) && !(isLarge && LARGE.test(file)))) continue;
        contents.set(file, await readFile(join(dist, file)));
    }
    const names = [...contents.keys()].sort();

    // A page names its version, which is made of all pages before they name it, and of the worker itself.
    const all = createHash("sha256");
    for (const source of ["sw.js", "kept.mjs"]) all.update(await readFile(new URL(`../web/${source}`, import.meta.url)));
    for (const name of names) {
        if (isPage(name)) contents.set(name, marked(contents.get(name), ""));
        all.update(`${name} `).update(sha256(contents.get(name)));
    }
    const version = all.digest("hex").slice(0, 16);

    const [listed, common, pages] = [{}, [], {}];
    for (const name of names) {
        if (isPage(name)) {
            contents.set(name, marked(contents.get(name), version));
            await writeFile(join(dist, name), contents.get(name));
            pages[addressOf(name)] = parts(contents.get(name).toString("utf8"), common);
        }
        listed[addressOf(name)] = sha256(contents.get(name)).toString("base64");
    }
    await writeFile(join(dist, PAGES), JSON.stringify({ common, pages }));
    const { outputFiles: [{ contents: code }] } = await build({
        entryPoints: [new URL("../web/sw.js", import.meta.url).pathname],
        bundle: true,
        format: "iife",
        target: "es2022",
        minify: true,
        legalComments: "none",
        write: false,
        logLevel: "error",
        define: { VERSION: JSON.stringify(version), FILES: JSON.stringify(listed) },
    });
    await writeFile(join(dist, "sw.js"), code);
    return version;
}

/** A page in parts: a style or a script in it that others have too is a number, its place in `common`. */
function parts(html, common) {
    return html.split(/(<style>.*?<\/style>|<script>.*?<\/script>)/s).map((part, i) => {
        if (i % 2 === 0) return part;
        if (!common.includes(part)) common.push(part);
        return common.indexOf(part);
    });
}

function marked(html, version) {
    const text = ofVersion(html.toString("utf8"), version);
    if (!text.includes(`<meta name="version" content="${version}">`)) throw new Error("A page names no version: see script/finish.mjs.");
    return Buffer.from(text);
}
