// Writes a .br and a .gz beside every file of a finished site that becomes smaller by it, so that a host (deploy/) sends them as they are:
// node script/compress.mjs <dist>. Called by script/finish.mjs as its very last step. The same file gives the same bytes: neither form
// holds a name or a time. A host that does not know them serves the files themselves.
import { readFile, readdir, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const IS_TEXT = /\.(html|js|css|wasm|json|jsonld|webmanifest|svg|csv|md|txt|xml|bib|ris)$/;
// What a first visit waits for, and what all pages share, is worth the slow mode; pages and files to take away are many.
const IS_SHARED = /\.(js|css|wasm)$|^(words|search|data\/[^/]*$|pages\.json$)/;
/** The most that every browser unpacks: what is alike in a file of many pages is megabytes apart. */
const WINDOW = 24;

export async function compress(dist) {
    const files = (await readdir(dist, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile() && IS_TEXT.test(entry.name))
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
    const total = { files: files.length, raw: 0, br: 0, gz: 0 };
    const next = async () => {
        for (let file = files.pop(); file; file = files.pop()) {
            const content = await readFile(file);
            const quality = IS_SHARED.test(file.slice(dist.length + 1)) ? 11 : 9;
            const { mtime } = await stat(file);
            const [br, gz] = await Promise.all([
                promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: WINDOW, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
                promisify(gzip)(content, { level: 9 }),
            ]);
            total.raw += content.length;
            for (const [end, bytes] of Object.entries({ br, gz })) {
                total[end] += Math.min(bytes.length, content.length);
                if (bytes.length >= content.length) continue;
                await writeFile(`${file}.${end}`, bytes);
                await utimes(`${file}.${end}`, mtime, mtime); // servers tell its time as that of the file
            }
        }
    };
    await Promise.all(Array.from({ length: 8 }, next)); // zlib has threads of its own
    return total;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
    const started = performance.now();
    const { files, raw, br, gz } = await compress(process.argv[2] ?? "dist");
    const mb = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
    console.log(`${files} files: ${mb(raw)}, with gzip ${mb(gz)}, with brotli ${mb(br)}, in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
