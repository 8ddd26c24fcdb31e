// Prints what charts on another site cost: node script/embed-bench.mjs [dist]
// One chart, cold: files, bytes after gzip, time until it is drawn. Ten: the same files once, and how long the host's own thread is stopped.
import { chromium } from "@playwright/test";
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "./gzip-server.mjs";

const dist = process.argv[2] ?? "dist";
const { origin, hits, close } = await serve(dist);
const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads";
const host = createServer(({ url }, response) => {
    const frame = (i) => `<iframe src="${origin}embed/remittances?time=2010..${2014 + i}" sandbox="${SANDBOX}" title="Chart ${i}" width="640" height="900"></iframe>`;
    response.setHeader("content-type", "text/html");
    response.end(`<!doctype html><title>Host</title>${Array.from({ length: Number(url.slice(1)) }, (_, i) => frame(i)).join("")}<script src="${origin}embed.js"></script>`);
});
await new Promise((done) => host.listen(0, "127.0.0.1", done));
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });

for (const count of [1, 10]) {
    const page = await (await browser.newContext()).newPage();
    await page.addInitScript(() => {
        window.longest = 0;
        new PerformanceObserver((list) => {
            for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
        }).observe({ type: "longtask", buffered: true });
    });
    hits.length = 0;
    const start = Date.now();
    // Another name than the frames': another site to the browser, as in life.
    await page.goto(`http://localhost:${host.address().port}/${count}`);
    for (let i = 0; i < count; i += 1) {
        await page.locator("iframe").nth(i).scrollIntoViewIfNeeded();
        await page.locator("iframe").nth(i).contentFrame().locator("#app figure[data-state=ready]").waitFor();
    }
    const time = Date.now() - start;
    const own = hits.filter((url) => !url.endsWith("/embed.js"));
    const bytes = own.reduce((sum, url) => sum + sizeOf(new URL(url, origin).pathname), 0);
    console.log(`${count} embed${count > 1 ? "s" : ""}: ${own.length} files, ${(bytes / 1000).toFixed(0)} kB, all drawn after ${time} ms; longest task of the host ${await page.evaluate(() => window.longest)} ms (0: none of 50 ms)`);
    await page.context().close();
}
await browser.close();
host.close();
close();

function sizeOf(path) {
    return gzipSync(readFileSync(join(dist, /\.\w+$/.test(path) ? path : join(path, "index.html"))), { level: 9 }).length;
}
