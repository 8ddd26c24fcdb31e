// Builds the editor's engine (src/bin/editor.rs, web/engine.js) into a finished site's editor/: WebAssembly, its JavaScript, and the words
// of each language that the app does not have. Called by script/finish.mjs, after trunk has built the app: library and crates are
// compiled by then, with the same flags.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { shrink } from "./shrink.mjs";

const run = promisify(execFile);

/** A binary of this package as WebAssembly, made small, and its JavaScript: their paths. `level`: what its compiler is to aim at. */
export async function engine(bin, level = "z") {
    const env = { ...process.env, CARGO_PROFILE_RELEASE_OPT_LEVEL: level };
    const target = ["--target", "wasm32-unknown-unknown"];
    await run("cargo", ["build", "--locked", "--offline", "--quiet", "--release", ...target, "--bin", bin], { env, maxBuffer: 100_000_000 });
    const { stdout } = await run("cargo", ["metadata", "--locked", "--offline", "--no-deps", "--format-version", "1"], { maxBuffer: 100_000_000 });
    const built = join(JSON.parse(stdout).target_directory, `wasm32-unknown-unknown/release/${bin}.wasm`);
    const work = join("target/web", bin);
    await run("wasm-bindgen", ["--target", "web", "--no-typescript", "--out-dir", work, built]);
    const small = await shrink(await readFile(join(work, `${bin}.js`), "utf8"), await readFile(join(work, `${bin}_bg.wasm`)));
    const [glue, wasm] = [join(work, "small.js"), join(work, "small.wasm")];
    await writeFile(glue, small.glue);
    await writeFile(wasm, small.wasm);
    return { glue, wasm };
}

/** A module for a browser, small; `define`: what its names in capitals stand for. */
export async function script(entry, alias, define) {
    const { outputFiles: [{ contents }] } = await build({
        entryPoints: [entry],
        alias: Object.fromEntries(Object.entries(alias).map(([name, path]) => [name, resolve(path)])),
        define: Object.fromEntries(Object.entries(define).map(([name, value]) => [name, JSON.stringify(value)])),
        bundle: true,
        format: "esm",
        target: "es2022",
        minify: true,
        legalComments: "none",
        write: false,
        logLevel: "error",
    });
    return contents;
}

/** Writes files with a hash in their names into a folder of a finished site; gives their names there. */
export async function hashed(dist, folder) {
    await mkdir(join(dist, folder), { recursive: true });
    return async (name, end, content) => {
        const path = `${folder}/${name}-${createHash("sha256").update(content).digest("hex").slice(0, 16)}.${end}`;
        await writeFile(join(dist, path), content);
        return path;
    };
}

/** Address of the engine in the site. `words`: addresses of the app's words by language. */
export async function writeEngine(dist, words) {
    const { glue, wasm } = await engine("editor");
    const write = await hashed(dist, "editor");
    const named = {};
    for (const lang of ["en", "uk"]) named[lang] = [words[lang], await write(`words-${lang}`, "json", JSON.stringify(await wordsOf(lang)))];
    const define = { WASM: await write("engine", "wasm", await readFile(wasm)), WORDS: named };
    return write("engine", "js", await script("web/engine.js", { "impact-engine": glue }, define));
}

/** What the editor says, and what talks do. */
async function wordsOf(lang) {
    const read = async (name) => JSON.parse(await readFile(join("locales", lang, name), "utf8"));
    const talks = Object.entries(await read("static.json")).filter(([key]) => key.startsWith("present."));
    return { ...(await read("edit.json")), ...Object.fromEntries(talks) };
}
