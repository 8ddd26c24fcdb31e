// Serves a built site packed on 127.0.0.1, for measuring: bytes are those of a plain host, and `hits` counts what was asked for.
// As gzip over HTTP/1.1; with `tls` (key and certificate) as brotli over HTTP/2, as hosts on the web do.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createSecureServer } from "node:http2";
import { extname, join, resolve } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json", ".css": "text/css", ".svg": "image/svg+xml", ".txt": "text/plain", ".webmanifest": "application/manifest+json" };

/** Addresses that change with their content, so that it may be kept for ever. */
export const hashed = /-[0-9a-f]{16}(_bg)?\.(js|css|wasm|json)$|\/echarts\/[a-z-]+-[0-9A-Z]{8}\.js$/;

const AS_IS = (_url, bytes) => bytes;

/** `find` may name another address for what is asked for, `change` its content. */
export async function serve(dist, find = (url) => url, change = AS_IS, tls) {
    const root = resolve(dist);
    const hits = [];
    const packed = new Map();
    const [encoding, end, pack] = tls ? ["br", ".br", brotliCompressSync] : ["gzip", ".gz", (bytes) => gzipSync(bytes, { level: 9 })];
    const answer = ({ url, headers }, response) => {
        hits.push(url);
        let path = join(root, decodeURIComponent(new URL(find(url), "http://localhost").pathname));
        if (existsSync(path) && statSync(path).isDirectory()) path = join(path, "index.html");
        if (!path.startsWith(root) || !existsSync(path)) return response.writeHead(404).end();
        const bytes = change(url, readFileSync(path));
        const key = `${path} ${bytes.length}`;
        // Packed once: a host that packs ahead does not make its readers wait for it.
        if (change !== AS_IS || !packed.has(key)) {
            const content = change === AS_IS && existsSync(path + end) ? readFileSync(path + end) : pack(bytes);
            packed.set(key, { content, etag: `"${createHash("sha1").update(content).digest("hex")}"` });
        }
        const { content, etag } = packed.get(key);
        response.setHeader("cache-control", hashed.test(path) ? "public, max-age=31536000, immutable" : "no-cache");
        response.setHeader("etag", etag);
        if (headers["if-none-match"] === etag) return response.writeHead(304).end();
        response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream", "content-encoding": encoding, "access-control-allow-origin": "*" });
        response.end(content);
    };
    const server = tls ? createSecureServer({ ...tls, allowHTTP1: true }, answer) : createServer(answer);
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    return { origin: `http${tls ? "s" : ""}://127.0.0.1:${server.address().port}/`, hits, close: () => server.close() };
}
