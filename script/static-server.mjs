// Serves a built site on 127.0.0.1 as a plain static host does: right types, directory pages, 404.html with status 404.
//   node script/static-server.mjs --dir dist --port 8080 --base /
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { parseArgs } from "node:util";
import sirv from "sirv";
import { hashed } from "./gzip-server.mjs";

const { values } = parseArgs({
    options: {
        dir: { type: "string", default: "dist" },
        port: { type: "string", default: "8080" },
        base: { type: "string", default: "/" },
    },
});
const { dir, base } = values;
const port = Number(values.port);
if (!existsSync(join(dir, "index.html"))) stop(`There is no site in ${dir}: run script/build first.`);

const notFoundPage = readFileSync(join(dir, "404.html"));
const notFound = (response) => {
    response.writeHead(404, { "content-type": "text/html;charset=utf-8" });
    response.end(notFoundPage);
};
// What sirv does not know, or knows without its letters: a spreadsheet must not guess them.
const types = { csv: "text/csv;charset=utf-8", bib: "application/x-bibtex;charset=utf-8", ris: "application/x-research-info-systems;charset=utf-8", jsonld: "application/ld+json", gz: "application/gzip" };
const files = sirv(dir, {
    etag: true,
    brotli: true, // what script/compress.mjs put beside them
    gzip: true,
    onNoMatch: (_request, response) => notFound(response),
    setHeaders: (response, path) => {
        response.setHeader("cache-control", hashed.test(path) ? "public,max-age=31536000,immutable" : "no-cache");
        response.setHeader("access-control-allow-origin", "*"); // sandboxed frames are of no origin
        const type = types[path.split(".").at(-1)];
        if (type) response.setHeader("content-type", type);
        if (path.endsWith(".gz")) response.setHeader("content-encoding", "identity"); // a packed table: the page unpacks it
    },
});

const server = createServer((request, response) => {
    const [path] = request.url.split("?");
    if (path === base.slice(0, -1)) {
        response.writeHead(301, { location: base });
        response.end();
    } else if (path.startsWith(base)) {
        request.url = request.url.slice(base.length - 1);
        files(request, response);
    } else {
        notFound(response);
    }
});
server.on("error", (error) => {
    stop(error.code === "EADDRINUSE" ? `Port ${port} is in use: choose another one with --port.` : error.message);
});
server.listen(port, "127.0.0.1", () => console.log(`Serving http://127.0.0.1:${port}${base} (Ctrl+C stops)`));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));

function stop(sentence) {
    console.error(sentence);
    process.exit(1);
}
