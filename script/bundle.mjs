// Bundles web/echarts.js, and web/picture.js apart, into target/web/echarts: hashed names and a manifest. Run by trunk before every build.
import { build } from "esbuild";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { minifier, smaller } from "./minify.mjs";
import { ownKeysOnly } from "./patched.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const outdir = join(root, "target/web/echarts");
const LIMIT_FIRST = 165_000; // bytes after gzip, as the budgets in script/sizes.mjs
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

// Parts that every chart would load and none of ours uses. A new version that moves one of them stops here.
const UNUSED = {
    "echarts/lib/i18n/langZH": "export default {};", // ECharts' own words: we show none
    "echarts/lib/theme/dark": "export default {};", // colours come with the option
    "echarts/lib/preprocessor/backwardCompat": "export default function () {}", // options as written for ECharts 3
    "echarts/lib/loading/default": "export default function () {}",
    "echarts/lib/data/helper/transform": "export function applyDataTransform() {} export function registerExternalTransform() {}",
    "echarts/lib/component/tooltip/seriesFormatTooltip": "export function defaultSeriesFormatTooltip() {}", // the tip is our own
    "zrender/lib/dom/HandlerProxy": "export default class { dispose() {} setCursor() {} }", // and so is the layer that hears the pointer
    "zrender/lib/svg/cssAnimation": "export function createCSSAnimation() {}", // for pictures of a server
    "zrender/lib/svg/cssEmphasis": "export function createCSSEmphasis() {}",
    // For pies and polar axes, and for more points than SVG could bear.
    "echarts/lib/label/labelGuideHelper": "export function updateLabelLinePoints() {} export function setLabelLineStyle() {} export function getLabelLineStatesModels() {}",
    "echarts/lib/util/shape/sausage": "export default class {}",
    "echarts/lib/processor/dataSample": "export default function (seriesType) { return { seriesType, reset() {} }; }",
    "echarts/lib/label/sectorLabel": "export function createSectorCalculateTextPosition() {} export function setSectorTextRotation() {}",
    "zrender/lib/graphic/helper/roundSector": "export function buildPath() {}",
    "echarts/lib/chart/helper/LargeSymbolDraw": "export default class {}",
    // A canvas, for hatching where there is no SVG.
    "zrender/lib/canvas/graphic": "export function brush() {} export function brushSingle() {} export function brushLoopFinalize() {} export function createCanvasPattern() {}",
};
const leaveOut = {
    name: "leave-out",
    setup({ onLoad, onEnd }) {
        const missing = new Set(Object.keys(UNUSED));
        onLoad({ filter: new RegExp(`/(${Object.keys(UNUSED).join("|")})\\.js$`) }, ({ path }) => {
            const [, part] = /node_modules\/(.*)\.js$/.exec(path);
            missing.delete(part);
            return { contents: UNUSED[part], loader: "js" };
        });
        onEnd(() => ({ errors: [...missing].map((part) => ({ text: `${part}.js is no longer part of ECharts' bundle: adapt UNUSED in script/bundle.mjs` })) }));
    },
};

// What begins with an underscore is ECharts' own affair and gets a short name, unless it is also asked for by a text: 2.5 kB less.
const asked = new Set();
for (const part of ["echarts", "zrender"]) {
    const folder = join(root, "node_modules", part, "lib");
    for (const file of await readdir(folder, { recursive: true })) {
        if (!file.endsWith(".js")) continue;
        for (const [, name] of (await readFile(join(folder, file), "utf8")).matchAll(/["'](_\w+)["']/g)) asked.add(name);
    }
}

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
    mangleProps: /^__?[a-z]/,
    reserveProps: new RegExp(`^(${[...asked].join("|")})$`),
    legalComments: "none", // the licence is shipped as a file, see below
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    banner: { js: `/* ${minifier} */` }, // it goes again, but a name tells what made the file small
    define: { "process.env.NODE_ENV": '"production"' },
    metafile: true,
    logLevel: "error",
    plugins: [guardStyles, ownKeysOnly, leaveOut],
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

for (const path of Object.keys(metafile.outputs)) await writeFile(join(root, path), await smaller(await readFile(join(root, path), "utf8")));

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
