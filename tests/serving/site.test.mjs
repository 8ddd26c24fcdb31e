// The built site as files: node --test tests/serving/*.test.mjs
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

const [dist = "dist"] = process.env.SERVING?.split(" ") ?? [];
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dist, join(entry.parentPath ?? entry.path, entry.name)));
const read = (file) => readFileSync(join(dist, file));

test("a compressed form holds the file, is smaller, and is there for all that is text", () => {
    let all = 0;
    for (const file of files.filter((file) => /\.(br|gz)$/.test(file))) {
        const content = read(file.replace(/\.(br|gz)$/, ""));
        const packed = read(file);
        assert.ok(packed.length < content.length, file);
        assert.ok((file.endsWith(".br") ? brotliDecompressSync : gunzipSync)(packed).equals(content), file);
        all += 1;
    }
    assert.ok(all > 1000, `${all} compressed files`);
    for (const file of files.filter((file) => /\.(html|js|css|wasm|json|svg|csv)$/.test(file) && read(file).length > 400)) {
        assert.ok(files.includes(`${file}.br`) && files.includes(`${file}.gz`), `${file} has no compressed form`);
    }
});
