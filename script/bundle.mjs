// Bundles web/echarts.js, and web/picture.js apart, into target/web/echarts: hashed names and a manifest. Run by trunk before every build.
import { build } from "esbuild";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const outdir = join(root, "target/web/echarts");
const LIMIT_FIRST = 215_000; // bytes after gzip, as the budgets in script/sizes.mjs
const LIMIT_FURTHER = 40_000; // each
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

// Our content security policy refuses `style` attributes that are set as text. The SVG painter must therefore write styles
// through the style object, and that is this one line. If a new version changes it, stop here and not in the browser.
const guardStyles = {
    name: "guard-styles",
    setup({ onLoad, onEnd }) {
        const expected = /if \(key === 'style'\) \{\s*elm\.style\.cssText = cur;\s*\}/;
        let seen = false;
        onLoad({ filter: /zrender[\\/]lib[\\/]svg[\\/]patch\.js$/ }, async ({ path }) => {
            seen = true;
            const contents = await readFile(path, "utf8");
            if (!expected.test(contents)) {
                return { errors: [{ text: `${path} no longer writes styles through elm.style.cssText: adapt script/bundle.mjs, or charts lose their styles under the content security policy` }] };
            }
            return { contents, loader: "js" };
        });
        onEnd(({ errors }) => {
            if (!seen && errors.length === 0) {
                return { errors: [{ text: "zrender/lib/svg/patch.js is not in the bundle: the check of its styles in script/bundle.mjs did not run" }] };
            }
        });
    },
};

await rm(outdir, { recursive: true, force: true });
await mkdir(outdir, { recursive: true });
const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { echarts: "web/echarts.js" },
    outdir,
    bundle: true,
    splitting: true, // a later dynamic import becomes a chunk of its own
    format: "esm",
    target: "es2020",
    minify: true,
    legalComments: "none", // the licence is shipped as a file, see below
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    define: { "process.env.NODE_ENV": '"production"' },
    metafile: true,
    logLevel: "error",
    plugins: [guardStyles],
});

// By itself: in one build with ECharts the two would share a third file, which every chart would wait for.
const { metafile: apart } = await build({
    absWorkingDir: root,
    entryPoints: { picture: "web/picture.js" },
    outdir,
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    entryNames: "[name]-[hash]",
    metafile: true,
    logLevel: "error",
});
const [picture] = Object.keys(apart.outputs);

const outputs = Object.entries(metafile.outputs).map(([path, { entryPoint, imports }]) => ({ path, entryPoint, imports }));
const entry = outputs.find(({ entryPoint }) => entryPoint === "web/echarts.js");
const name = (path) => relative(outdir, join(root, path));
// The first chunk is the entry and all it imports at once.
const first = [entry.path];
for (const path of first) {
    for (const { path: next, kind } of metafile.outputs[path].imports) {
        if (kind === "import-statement" && !first.includes(next)) first.push(next);
    }
}
const further = outputs.map(({ path }) => path).filter((path) => !first.includes(path));
const manifest = { entry: name(entry.path), picture: name(picture), first: first.map(name), further: [...further, picture].map(name) };

for (const file of manifest.first.concat(manifest.further)) {
    const text = await readFile(join(outdir, file), "utf8");
    if (/setAttribute\(["']style["']/.test(text)) {
        throw new Error(`${file} sets a style attribute, which the content security policy refuses.`);
    }
}
const sizeOf = async (file) => gzipSync(await readFile(join(outdir, file)), { level: 9 }).length;
let size = 0;
for (const file of manifest.first) size += await sizeOf(file);
console.log(`echarts: first chunk ${kb(size)} gzip (limit ${kb(LIMIT_FIRST)})`);
if (size > LIMIT_FIRST) throw new Error("ECharts' first chunk is over its budget.");
for (const file of manifest.further) {
    console.log(`echarts: further chunk ${kb(await sizeOf(file))} gzip (limit ${kb(LIMIT_FURTHER)})`);
    if ((await sizeOf(file)) > LIMIT_FURTHER) throw new Error(`ECharts' further chunk ${file} is over its budget.`);
}

await writeFile(join(outdir, "manifest.json"), JSON.stringify(manifest));
// Apache-2.0 and BSD-3-Clause both ask that their texts travel with the code.
const licences = ["echarts/LICENSE", "echarts/NOTICE", "zrender/LICENSE"];
const texts = await Promise.all(licences.map((file) => readFile(join(root, "node_modules", file), "utf8")));
await writeFile(join(outdir, "LICENSE.txt"), texts.join("\n\n"));
