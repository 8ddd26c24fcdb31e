// Makes the app's WebAssembly and its glue small. script/finish.mjs calls it for a release.
// wasm-bindgen writes the classes of a crate that the app never uses (wasm-streams, by way of leptos; script/wasm-ld leaves out their
// code), and names every import and export by its whole path with a hash, in both files.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { WAYS, named } from "./order.mjs";

// Never all features: Chromium refuses one of them. These are what Rust emits today.
const FEATURES = ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"].map((name) => `--enable-${name}`);
// For the compressed size (ARCHITECTURE.md, "Size of the app"): like beside like by name, fewer inlined copies.
const OPTIMISE = ["-Oz", "--skip-pass=inlining-optimizing", "--skip-pass=local-cse", "--low-memory-unused", "--reorder-functions-by-name", "--strip-producers", "--strip-target-features"];

// What the glue does for browsers that do not know what this WebAssembly needs (reference types), or for callers that there are none of. Not
// every glue has all of it.
const NEEDLESS = [
    [/if \(!\('encodeInto' in cachedTextEncoder\)\) \{\n[\s\S]*?\n\}\n/, ""],
    [/\(typeof FinalizationRegistry === 'undefined'\)\n.*\n\s*: /, ""],
    [/ *if \(realloc === undefined\) \{\n[\s\S]*?\n {4}\}\n/, ""],
];

/** Glue and wasm as wasm-bindgen wrote them, to the same with what is needed only and short names. */
export async function shrink(glue, wasm) {
    const folder = await mkdtemp(join(tmpdir(), "shrink-"));
    try {
        return await within(folder, glue, wasm);
    } finally {
        await rm(folder, { recursive: true });
    }
}

async function within(folder, whole, wasm) {
    const [graph, before, after] = ["graph.json", "before.wasm", "after.wasm"].map((name) => join(folder, name));
    const glue = whole
        .replace(/^export class \w+ \{\n[\s\S]*?^\}\n(if \(Symbol\.dispose\).*\n)?/gm, "")
        .replace(/^const \w+Finalization = [\s\S]*?;\n/gm, "");
    const module = new WebAssembly.Module(wasm);
    // `main` is called by the start; as an export it is not made a part of it, which compresses better (260 against 262 kB).
    const used = ({ name }) => name === "main" || new RegExp(`\\bwasm\\.${name}\\b`).test(glue);
    await writeFile(graph, JSON.stringify([
        ...WebAssembly.Module.exports(module).map((one) => ({ name: `export ${one.name}`, export: one.name, root: used(one) || undefined })),
        ...WebAssembly.Module.imports(module).map(({ module, name }) => ({ name: `import ${name}`, import: [module, name] })),
    ]));
    await writeFile(before, wasm);
    await run("wasm-metadce", [...FEATURES, "-g", before, "--graph-file", graph, "-o", after]);
    const names = await run("wasm-opt", [...FEATURES, ...OPTIMISE, "--minify-imports-and-exports-and-modules", after, "-o", before]);
    const { imports, exports } = JSON.parse(names);
    const optimised = await readFile(before);
    let smallest;
    for (const way of WAYS) {
        await writeFile(after, named(optimised, way));
        // Not optimised once more; the levels are for the way it is written.
        await run("wasm-opt", [...FEATURES, "--optimize-level=2", "--shrink-level=2", "--reorder-functions-by-name", "--strip-debug", after, "-o", before]);
        const wasm = await readFile(before);
        const size = gzipSync(wasm, { level: 9 }).length;
        if (!smallest || size < smallest.size) smallest = { wasm, size };
    }
    return { glue: NEEDLESS.reduce((glue, [what, instead]) => glue.replace(what, instead), renamed(glue, imports, exports)), wasm: smallest.wasm };
}

function renamed(glue, imports, exports) {
    const short = new Map(imports.map(([, name, to]) => [name, to]));
    // One entry of the list of imports: a function, or the value of a wrapper.
    const parts = glue.match(/^([\s\S]*const import0 = \{\n\s+__proto__: null,\n)([\s\S]*?)(\n    \};\n    return \{\n\s+__proto__: null,\n\s+)"[^"]+"(: import0[\s\S]*)$/);
    if (!parts) throw new Error("the glue's list of imports is not where it was: adapt script/shrink.mjs to this version of wasm-bindgen.");
    const [, head, list, middle, tail] = parts;
    const entries = list.split(/\n(?=        \S+: )/).flatMap((entry) => {
        const [, name, value] = entry.match(/^\s+([^\s:]+)(: [\s\S]*)$/);
        return short.has(name) ? [`        ${short.get(name)}${value}`] : [];
    });
    if (entries.length !== short.size) throw new Error(`${entries.length} of ${short.size} imports were found in the glue: adapt script/shrink.mjs to this version of wasm-bindgen.`);
    const long = new Map(exports);
    // All modules are one by now.
    return [head, entries.join("\n"), middle, "a", tail].join("").replace(/\bwasm\.(\w+)/g, (all, name) => (long.has(name) ? `wasm.${long.get(name)}` : all));
}

async function run(tool, args) {
    const { stdout } = await promisify(execFile)(join("node_modules/.bin", tool), args, { maxBuffer: 100_000_000 });
    return stdout;
}
