// What a reader's first visit to each embed loads, in bytes after gzip and in files, from the built site. What is loaded is said here
// once; tests/e2e/embed.spec.mjs compares it with what Chromium asks for.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** `{ en: { remittances: { bytes, files } }, uk: … }` */
export async function embedSizes(dist) {
    const names = await readdir(dist);
    const { first, further } = JSON.parse(await readFile(join(dist, "echarts/manifest.json"), "utf8"));
    const sizes = new Map();
    const sizeOf = async (file) => {
        if (!sizes.has(file)) sizes.set(file, gzipSync(await readFile(join(dist, file)), { level: 9 }).length);
        return sizes.get(file);
    };
    const shared = [...names.filter((name) => /^(app|frame)-.*\.js$|^frame-.*\.css$|\.wasm$/.test(name)), ...first.map((name) => `echarts/${name}`)];
    const all = {};
    for (const lang of ["en", "uk"]) {
        all[lang] = {};
        const folder = join(lang === "uk" ? "uk" : "", "embed");
        const [words] = (await readdir(join(dist, "words"))).filter((name) => name.startsWith(lang));
        for (const entry of await readdir(join(dist, folder), { withFileTypes: true })) {
            if (!entry.isDirectory()) continue;
            const page = join(folder, entry.name, "index.html");
            const html = await readFile(join(dist, page), "utf8");
            const [, version] = / data-version="(\w+)"/.exec(html);
            const [, kind] = / data-kind="(\w+)"/.exec(html);
            const own = [page, `words/${words}`, `data/v/${version}/embed/${lang}/${entry.name}.json`];
            const files = [...shared, ...own, ...(kind === "flows" ? further.filter((name) => !name.startsWith("picture")).map((name) => `echarts/${name}`) : [])];
            let bytes = 0;
            for (const file of files) bytes += await sizeOf(file);
            all[lang][entry.name] = { bytes, files: files.length };
        }
    }
    return all;
}
