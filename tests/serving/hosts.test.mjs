// nginx and Caddy with the files of deploy/, asked for every file of the built site and for every rule: node --test tests/serving/*.test.mjs
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { Agent, request } from "node:http";
import { join, relative } from "node:path";
import { after, before, describe, test } from "node:test";
import { hosts, serve } from "../../script/hosts.mjs";

const [dist = "dist", distBase = "target/web/dist-base", port = "41740"] = process.env.SERVING?.split(" ") ?? [];
const sites = [{ dist, base: "/" }, { dist: distBase, base: "/sub/path/" }];

const TYPES = {
    html: "text/html; charset=utf-8",
    css: "text/css; charset=utf-8",
    js: "text/javascript; charset=utf-8",
    wasm: "application/wasm",
    json: "application/json; charset=utf-8",
    jsonld: "application/ld+json; charset=utf-8",
    webmanifest: "application/manifest+json; charset=utf-8",
    svg: "image/svg+xml",
    png: "image/png",
    zip: "application/zip",
    csv: "text/csv; charset=utf-8",
    md: "text/markdown; charset=utf-8",
    bib: "application/x-bibtex; charset=utf-8",
    ris: "application/x-research-info-systems; charset=utf-8",
    txt: "text/plain; charset=utf-8",
    xml: "application/xml; charset=utf-8",
};
const directives = (policy) => Object.fromEntries(policy.split("; ").map((one) => one.split(/ (.*)/)));
const { "default-src": rest, "script-src": scripts, "style-src": styles, ...others } = directives(readFileSync("index.html", "utf8").match(/Content-Security-Policy" content="([^"]+)"/)[1]);
// What a page lets in is in the page; where it does not speak, "default-src" of it does. The host says the same of all else, and all of files.
const ofPages = { ...others, "font-src": rest, "media-src": rest, "frame-src": rest };
const ofFiles = { "default-src": rest, "script-src": scripts, "style-src": styles, ...ofPages };
const IMMUTABLE = "public, max-age=31536000, immutable";
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/** As sent: neither decoded nor followed. */
function ask(address, headers = {}, method = "GET") {
    return new Promise((done, failed) => {
        const { origin, pathname } = new URL(address);
        // The path as written: URL would resolve what is meant to be sent.
        const path = address.slice(origin.length) || pathname;
        request({ hostname: "127.0.0.1", port: new URL(address).port, path, method, headers, agent }, (answer) => {
            const parts = [];
            answer.on("data", (part) => parts.push(part)).on("end", () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
        }).on("error", failed).end();
    });
}

for (const host of hosts) {
    for (const [i, site] of sites.entries()) {
        describe(`${host}, ${site.base}`, () => {
            let running, root;
            const file = (path) => readFileSync(join(site.dist, path));
            const files = readdirSync(site.dist, { recursive: true, withFileTypes: true })
                .filter((entry) => entry.isFile())
                .map((entry) => relative(site.dist, join(entry.parentPath ?? entry.path, entry.name)));
            const published = files.filter((path) => path !== "_headers" && !/\.(br|gz)$/.test(path));
            before(async () => {
                running = await serve(host, { dist: site.dist, base: site.base, port: Number(port) + i + 2 * hosts.indexOf(host) });
                root = running.origin + site.base;
            });
            after(async () => {
                agent.destroy();
                await running?.stop();
            });

            test("every file comes with its type, its rule for caches, and the smallest form that is understood", async () => {
                assert.ok(published.length > 800, `${published.length} files`);
                const seen = new Set();
                const next = async () => {
                    for (let path = published.pop(); path; path = published.pop()) {
                        const address = root + path.replace(/(^|\/)index\.html$/, "$1");
                        const has = (end) => files.includes(`${path}.${end}`);
                        const expected = has("br") ? "br" : undefined;
                        const { status, headers, body } = await ask(address, { "accept-encoding": "gzip, br" });
                        assert.equal(status, 200, address);
                        const end = path.split(".").at(-1);
                        if (path !== "echarts/LICENSE.txt") seen.add(end);
                        assert.equal(headers["content-type"]?.toLowerCase().replace(/;\s*/, "; "), TYPES[end], address);
                        assert.equal(headers["content-encoding"], expected, address);
                        assert.ok(body.equals(file(expected ? `${path}.${expected}` : path)), `${address}: not the file's bytes`);
                        if (expected) assert.match(headers.vary ?? "", /accept-encoding/i, address);
                        const isHashed = /-[0-9a-f]{16}(_bg)?\.\w+$/.test(path) || /^echarts\/.*-[0-9A-Z]{8}\.js$/.test(path);
                        assert.equal(headers["cache-control"], isHashed ? IMMUTABLE : path === "embed.js" ? "public, max-age=3600" : "no-cache", address);
                        assert.equal(headers["access-control-allow-origin"], "*", address);
                        assert.equal(headers["x-content-type-options"], "nosniff", address);
                        assert.equal(headers["referrer-policy"], "same-origin", address);
                        assert.ok(!/\d/.test(headers.server ?? ""), `${address} tells the server's version`);
                    }
                };
                await Promise.all([next(), next(), next(), next()]);
                assert.ok(["html", "js", "css", "wasm", "json", "jsonld", "webmanifest", "svg", "png", "zip", "csv", "md", "bib", "ris"].every((end) => seen.has(end)), [...seen].join());
            });

            test("who knows gzip gets gzip, who knows neither gets the file", async () => {
                for (const path of ["remittances/index.html", "data/sources.json", "view/remittances.csv"]) {
                    const gzip = await ask(root + path, { "accept-encoding": "gzip" });
                    assert.equal(gzip.headers["content-encoding"], "gzip", path);
                    assert.ok(gzip.body.equals(file(`${path}.gz`)), path);
                    const plain = await ask(root + path);
                    assert.equal(plain.headers["content-encoding"], undefined, path);
                    assert.ok(plain.body.equals(file(path)), path);
                }
            });

            test("a packed table comes as it lies: the page unpacks it", async () => {
                const path = "data/sources.json.gz"; // the packed form of another file has the same name as a packed table would
                for (const accepts of [{ "accept-encoding": "gzip, br" }, {}]) {
                    const { status, headers, body } = await ask(root + path, accepts);
                    assert.equal(status, 200);
                    assert.equal(headers["content-type"], "application/gzip");
                    assert.equal(headers["content-encoding"], undefined);
                    assert.equal(headers["cache-control"], "no-cache");
                    assert.equal(headers["access-control-allow-origin"], "*");
                    assert.ok(body.equals(file(path)));
                }
            });

            test("a page has one content with and without its last slash", async () => {
                for (const page of ["people", "uk/view/remittances", "partners/M020", "embed/remittances"]) {
                    for (const address of [page, `${page}/`, `${page}/index.html`]) {
                        const { status, body } = await ask(root + address);
                        assert.equal(status, 200, address);
                        assert.ok(body.equals(file(`${page}/index.html`)), address);
                    }
                }
            });

            test("what is kept is asked about and not sent again", async () => {
                for (const headers of [{}, { "accept-encoding": "br" }]) {
                    const first = await ask(`${root}people/`, headers);
                    const again = await ask(`${root}people/`, { ...headers, "if-none-match": first.headers.etag });
                    assert.deepEqual([again.status, again.body.length], [304, 0]);
                }
            });

            test("what is not there is the page that says so, with its status", async () => {
                for (const path of ["no/such/page", "uk/nothing", "data/nothing.json", "_headers", "index.html.br", "people/index.html.gz", "view", "embed/no-such-chart"]) {
                    const { status, headers, body } = await ask(root + path);
                    assert.equal(status, 404, path);
                    assert.ok(body.equals(file("404.html")), path);
                    assert.equal(headers["content-type"].toLowerCase().replace(/;\s*/, "; "), TYPES.html, path);
                    assert.equal(headers["cache-control"], "no-cache", path);
                    assert.equal(headers["x-content-type-options"], "nosniff", path);
                }
                const refused = await ask(`${root}people/`, {}, "POST");
                assert.equal(refused.status, 405);
            });

            test("only a chart may be framed by others, a page's code is its own affair, and no other file may bring any", async () => {
                const framed = async (path) => {
                    const { headers } = await ask(root + path);
                    const { "frame-ancestors": by, ...said } = directives(headers["content-security-policy"]);
                    assert.deepEqual(said, /html/.test(headers["content-type"]) || path === "pages.json" ? ofPages : ofFiles, path);
                    return by;
                };
                for (const path of ["embed/remittances", "uk/embed/remittances/", "embed/remittances?lang=uk&x=/people", "embed/no-such-chart"]) assert.equal(await framed(path), "*", path);
                for (const path of ["", "people", "uk/", "embed/", "uk/embed", "view/remittances", "present/", "data/sources.json", "pages.json", "charts/remittances-1-wide-en.svg", "data/nothing.json", "404.html", "people/index.html", "no/such", "people?x=/embed/remittances", "embed/..%2fpeople", "embed/remittances%2f..%2f..%2fpeople", "embed/%2e%2e/people/"]) assert.equal(await framed(path), "'self'", path);
            });
        });
    }
}
