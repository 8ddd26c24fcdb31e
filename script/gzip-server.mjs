// Serves a built site with gzip on 127.0.0.1, for measuring: bytes are those of a plain host, and `hits` counts what was asked for.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json", ".css": "text/css", ".svg": "image/svg+xml" };

const hashed = /-[0-9a-zA-Z]{8,}(_bg)?\.(js|css|wasm|json)$/;

const AS_IS = (_url, bytes) => bytes;

/** `find` may name another address for what is asked for, `change` its content. */
export async function serve(dist, find = (url) => url, change = AS_IS) {
    const root = resolve(dist);
    const hits = [];
    const packed = new Map();
    const server = createServer(({ url }, response) => {
        hits.push(url);
        let path = join(root, decodeURIComponent(new URL(find(url), "http://localhost").pathname));
        if (existsSync(path) && statSync(path).isDirectory()) path = join(path, "index.html");
        if (!path.startsWith(root) || !existsSync(path)) return response.writeHead(404).end();
        response.setHeader("cache-control", hashed.test(path) ? "public, max-age=31536000, immutable" : "no-cache");
        response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "text/plain", "content-encoding": "gzip", "access-control-allow-origin": "*" });
        const bytes = change(url, readFileSync(path));
        const key = `${path} ${bytes.length}`;
        // Packed once: a host that packs ahead does not make its readers wait for it.
        if (change !== AS_IS || !packed.has(key)) packed.set(key, gzipSync(bytes, { level: 9 }));
        response.end(packed.get(key));
    });
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    return { origin: `http://127.0.0.1:${server.address().port}/`, hits, close: () => server.close() };
}
