// Serves folders on 127.0.0.1 as a host with the rules of deploy/ does, and counts what goes over the line.
import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { hashed } from "../script/gzip-server.mjs";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".json": "application/json", ".css": "text/css", ".svg": "image/svg+xml", ".gz": "application/gzip", ".webmanifest": "application/manifest+json" };
const KEPT = [[hashed, "public, max-age=31536000, immutable"], [/\/embed\.js$/, "public, max-age=3600"], [/./, "no-cache"]];
const tags = new Map();

function tag(file) {
    const { size, mtimeMs } = statSync(file);
    const key = `${file} ${size} ${mtimeMs}`;
    if (!tags.has(key)) tags.set(key, `"${createHash("sha1").update(readFileSync(file)).digest("hex")}"`);
    return tags.get(key);
}

/** `folders`: from a path's first part to the folder that is served there; "" is the root, and may be changed later. What lies packed
 * beside a file is sent instead of it. `sent`: bytes so far, heads included; `hits`: path, status and length of each answer. */
export async function serve(folders) {
    const sockets = [];
    const hits = [];
    const server = createServer(({ url, headers }, response) => {
        const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
        const [first, ...rest] = path.slice(1).split("/");
        const [folder, inside] = first && first in folders ? [folders[first], rest.join("/")] : [folders[""], path];
        const root = folder && resolve(folder);
        let file = root && join(root, inside);
        if (file && existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
        const answer = (status, more) => {
            hits.push([path, status, more?.["content-length"] ?? 0]);
            return response.writeHead(status, more);
        };
        if (!file?.startsWith(root + sep) || !existsSync(file)) return answer(404).end();
        const packed = headers["accept-encoding"]?.includes("gzip") && existsSync(`${file}.gz`);
        const sent = packed ? `${file}.gz` : file;
        const rule = { "cache-control": KEPT.find(([fits]) => fits.test(file))[1], etag: tag(sent), vary: "accept-encoding" };
        if (headers["if-none-match"] === rule.etag) return answer(304, rule).end();
        answer(200, { ...rule, "content-type": TYPES[extname(file)] ?? "application/octet-stream", "content-length": statSync(sent).size, ...(packed ? { "content-encoding": "gzip" } : {}) });
        createReadStream(sent).pipe(response);
    });
    server.on("connection", (socket) => sockets.push(socket));
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    return { origin: `http://127.0.0.1:${server.address().port}/`, hits, sent: () => sockets.reduce((sum, { bytesWritten }) => sum + bytesWritten, 0), close: () => server.close() };
}
