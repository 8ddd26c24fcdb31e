// Serves folders on 127.0.0.1 as they are, isolated from other origins: only then Chromium tells how much memory a page and its workers hold.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".json": "application/json", ".css": "text/css", ".svg": "image/svg+xml", ".gz": "application/gzip", ".webmanifest": "application/manifest+json" };
const ISOLATED = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp", "cross-origin-resource-policy": "same-origin", "cache-control": "no-store" };

/** `folders`: from a path's first part to the folder that is served there; "" is the root. What lies packed beside a file is sent instead of it. */
export async function serve(folders) {
    const server = createServer(({ url, headers }, response) => {
        const path = decodeURIComponent(new URL(url, "http://localhost").pathname).slice(1);
        const [first, ...rest] = path.split("/");
        const [folder, inside] = first in folders ? [folders[first], rest.join("/")] : [folders[""], path];
        const root = folder && resolve(folder);
        let file = root && join(root, inside);
        if (file && existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
        if (!file?.startsWith(root + sep) || !existsSync(file)) return response.writeHead(404, ISOLATED).end();
        const packed = headers["accept-encoding"]?.includes("gzip") && existsSync(`${file}.gz`);
        const type = TYPES[extname(file)] ?? "application/octet-stream";
        const sent = packed ? `${file}.gz` : file;
        response.writeHead(200, { ...ISOLATED, "content-type": type, "content-length": statSync(sent).size, ...(packed ? { "content-encoding": "gzip" } : {}) });
        createReadStream(sent).pipe(response);
    });
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    return { origin: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
