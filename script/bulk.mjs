// Builds the reader of large tables (src/bin/bulk.rs, web/bulk.js, web/bulk-worker.js) into a finished site's bulk/. Called by
// script/finish.mjs, after trunk has built the app: library and crates are compiled by then, with the same flags.
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { engine } from "./engine.mjs";

/** Address in the site of the part that a page loads. */
export async function writeBulk(dist) {
    await mkdir(join(dist, "bulk"), { recursive: true });
    const write = async (name, end, content) => {
        const file = `${name}-${createHash("sha256").update(content).digest("hex").slice(0, 16)}.${end}`;
        await writeFile(join(dist, "bulk", file), content);
        return file;
    };
    const { glue, wasm } = await engine("bulk", "3"); // it comes where a million rows are waited for: speed before size
    const bundled = async (entry, define) => {
        const { outputFiles: [{ contents }] } = await build({
            entryPoints: [entry],
            alias: { "impact-bulk": resolve(glue) },
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
    };
    const worker = await write("worker", "js", await bundled("web/bulk-worker.js", { WASM: await write("bulk", "wasm", await readFile(wasm)) }));
    return `bulk/${await write("bulk", "js", await bundled("web/bulk.js", { WORKER: `bulk/${worker}` }))}`;
}
