// Serves a built site with gzip on 127.0.0.1, for measuring: bytes are those of a plain host.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json", ".css": "text/css", ".svg": "image/svg+xml" };

export async function serve(dist) {
    const root = resolve(dist);
    const server = createServer(({ url }, response) => {
        let path = join(root, decodeURIComponent(new URL(url, "http://localhost").pathname));
        if (existsSync(path) && statSync(path).isDirectory()) path = join(path, "index.html");
        if (!path.startsWith(root) || !existsSync(path)) return response.writeHead(404).end();
        response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "text/plain", "content-encoding": "gzip" });
        response.end(gzipSync(readFileSync(path), { level: 9 }));
    });
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    return { origin: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
