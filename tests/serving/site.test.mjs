// The built site as files: compressed forms, pictures of charts: node --test tests/serving/*.test.mjs
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { inBothThemes, paint } from "../../script/pictures.mjs";

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

test("public/_headers: every page has its rules, once, and only frames may be framed", () => {
    const rules = [];
    for (const line of read("_headers").toString().split("\n").filter((line) => line.trim() && !line.startsWith("#"))) {
        if (line.startsWith("/")) rules.push({ path: new RegExp(`^${line.trim().replace(/[.]/g, "\\$&").replaceAll("*", ".*")}$`), sets: [] });
        else rules.at(-1).sets.push(line.trim().split(/: (.*)/));
    }
    for (const file of files.filter((file) => !/\.(br|gz)$/.test(file) && file !== "_headers" && file !== "404.html")) {
        const address = `/${file.replace(/(^|\/)index\.html$/, "$1")}`;
        const sets = rules.filter(({ path }) => path.test(address)).flatMap(({ sets }) => sets);
        const names = sets.map(([name]) => name);
        assert.equal(new Set(names).size, names.length, `${address}: ${names}`);
        const { "Cache-Control": caches, "Content-Security-Policy": framed } = Object.fromEntries(sets);
        const isHashed = /-[0-9a-f]{16}(_bg)?\.(js|css|wasm)$/.test(file) || /^echarts\/.*-[0-9A-Z]{8}\.js$/.test(file) || /^(words|search|editor|parts)\//.test(file);
        if (isHashed) assert.equal(caches, "public, max-age=31536000, immutable", address);
        else if (/\.(html|json)$/.test(file)) assert.equal(caches, "no-cache", address);
        if (file.endsWith(".html")) assert.equal(framed, /^(uk\/)?embed\//.test(file) ? undefined : "frame-ancestors 'self'", address);
    }
});

test("a page lets in its own style sheet and start script, by their hashes, and no other inline code", () => {
    const pages = files.filter((file) => file.endsWith(".html") && !/^present\/[^/]+\.html$/.test(file));
    const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    let inline = 0;
    for (const file of pages) {
        const html = read(file).toString().replace(/="data:image[^"]*"/g, ""); // what is in a picture is the picture's
        const [, policy] = html.match(/Content-Security-Policy" content="([^"]+)"/);
        for (const [of, element] of [["script-src", /<script(?![^>]* (?:src|type="application\/ld\+json")[=>])[^>]*>(.*?)<\/script>/gs], ["style-src", /<style[^>]*>(.*?)<\/style>/gs]]) {
            const found = [...html.matchAll(element)].map(([, text]) => hash(text));
            const named = policy.match(new RegExp(`${of}[^;]*`))[0].match(/'sha\d+-[^']*'/g) ?? [];
            assert.deepEqual(named, found, `${file}: ${of}`);
            inline += found.length;
        }
        assert.doesNotMatch(html.replace(/<!--.*?-->/gs, ""), /unsafe-inline|<[a-z][^>]* (on[a-z]+|style)="/, file);
    }
    assert.ok(inline > 300, `${inline} inline styles and scripts`);
});

test("the file of all pages holds each as it is", () => {
    const { common, pages } = JSON.parse(read("pages.json"));
    const whole = Object.entries(pages).map(([path, parts]) => [path, parts.map((part) => (typeof part === "number" ? common[part] : part)).join("")]);
    for (const [path, html] of whole) assert.equal(html, read(path === "" || path.endsWith("/") ? `${path}index.html` : path).toString(), path);
    assert.ok(whole.length > 160, `${whole.length} pages`);
});

test("every picture that a page shows is there, and holds nothing that runs or that a policy refuses", () => {
    const pages = files.filter((file) => file.endsWith(".html"));
    const shown = new Map();
    for (const page of pages) {
        for (const [, src, height] of read(page).toString().matchAll(/(?:src|srcset)="(charts\/[^"]+)" height="(\d+)"/g)) shown.set(src, [page, height]);
    }
    assert.ok(shown.size > 100, `${shown.size} pictures`);
    for (const [file, [page, height]] of shown) {
        assert.ok(existsSync(join(dist, file)), `${page} shows ${file}`);
        const svg = read(file).toString();
        assert.match(svg, new RegExp(`^<svg width="\\d+" height="${height}" `), file);
        assert.doesNotMatch(svg, / (style|class|on\w+|href)=|<script|<image|<foreignObject/, file);
        assert.match(svg, /@media\(prefers-color-scheme:dark\)/, file);
        // No colour of the light theme stands outside the rules, where it would stay light on dark ground.
        assert.doesNotMatch(svg.replace(/<style>.*?<\/style>|<clipPath.*?<\/clipPath>/g, ""), /"#[0-9a-f]{3,6}"|"rgba?\(/i, file);
    }
    const unseen = files.filter((file) => /^charts\/.*\.svg$/.test(file) && !shown.has(file));
    assert.deepEqual(unseen, [], "pictures that no page shows");
});

test("a picture depends on its option alone", () => {
    const drawing = (colour, last) => ({
        width: 358,
        height: 320,
        ticks: { xAxis: "year", yAxis: 1000 },
        option: {
            textStyle: { fontSize: 12, color: colour },
            grid: [{}],
            xAxis: [{ type: "value", min: 2020, max: 2023, axisLabel: {} }],
            yAxis: [{ type: "value", axisLabel: {} }],
            series: [{ type: "line", data: [[2020, 1000], [2023, last]], itemStyle: { color: colour }, lineStyle: { color: colour } }],
        },
    });
    const first = paint(drawing("#16202c", 2500), "uk");
    assert.notEqual(paint(drawing("#16202c", 1500), "uk"), first);
    assert.equal(paint(drawing("#16202c", 2500), "uk"), first);
    assert.match(first, />2,5</); // ticks are divided, and written in the language
    assert.match(first, />2023</);
    const both = inBothThemes(first, [["#16202c", "#eef2f6"]]);
    assert.match(both, /<style>svg\{--c0:#16202c\}@media\(prefers-color-scheme:dark\)\{svg\{--c0:#eef2f6\}\}<\/style>/);
    assert.doesNotMatch(both.replace(/<style>.*?<\/style>/, ""), /#16202c/);
});
