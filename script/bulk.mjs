// Builds the reader of large tables (src/bin/bulk.rs, web/bulk.js, web/bulk-worker.js) into a finished site's bulk/. Called by
// script/finish.mjs, after trunk has built the app: library and crates are compiled by then, with the same flags.
import { readFile } from "node:fs/promises";
import { engine, hashed, script } from "./engine.mjs";

/** Address in the site of the part that a page loads. */
export async function writeBulk(dist) {
    const { glue, wasm } = await engine("bulk", "3"); // it comes where a million rows are waited for: speed before size
    const write = await hashed(dist, "bulk");
    const name = (path) => path.split("/").at(-1); // beside the worker
    const worker = await script("web/bulk-worker.js", { "impact-bulk": glue }, { WASM: name(await write("bulk", "wasm", await readFile(wasm))) });
    return write("bulk", "js", await script("web/bulk.js", {}, { WORKER: await write("worker", "js", worker) }));
}
