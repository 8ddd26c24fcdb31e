// One cold visit of one page in Chromium, then its controls and a warm reload. bench/table.mjs calls it.
import { execFileSync } from "node:child_process";
import { createHash, createPublicKey, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { chromium } from "@playwright/test";

/** As Lighthouse has a slow phone. */
export const PROFILES = {
    none: { viewport: { width: 1280, height: 900 } },
    phone: { viewport: { width: 390, height: 844 }, cpu: 4, network: { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 } },
};

// Pressed one after the other, if they are there: main controls of a page's first chart, of a peer, and of a talk.
const CONTROLS = ["[data-tab=table]", "[data-tab=sources]", "[data-tab=chart]", "[data-set='scale=log']", "#log", "[data-set='relative=first']", "[data-play=back]"];
const SLIDES = ["PageDown", "PageDown", "PageDown"];

/** Key and certificate for 127.0.0.1: browsers speak HTTP/2 with nobody who has none. Chromium takes this one as valid and no other. */
export function certificate(folder) {
    mkdirSync(folder, { recursive: true });
    const [key, cert] = ["key.pem", "cert.pem"].map((name) => join(folder, name));
    if (!existsSync(cert)) {
        execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert], { stdio: "ignore" });
    }
    const tls = { key: readFileSync(key), cert: readFileSync(cert) };
    const spki = createPublicKey(new X509Certificate(tls.cert).publicKey.export({ type: "spki", format: "pem" })).export({ type: "spki", format: "der" });
    return { tls, spki: createHash("sha256").update(spki).digest("base64") };
}

export const launch = (spki, ...args) => chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", `--ignore-certificate-errors-spki-list=${spki}`, ...args],
});

/** Milliseconds, bytes over the line, bytes of heap. `root` is the folder that is served. What a page does not have is undefined. */
export async function visit(browser, { address, root, profile, chart = true }) {
    const { viewport } = PROFILES[profile];
    const context = await browser.newContext({ viewport, serviceWorkers: "block", ignoreHTTPSErrors: false });
    try {
        const cold = await open(context, profile, address, chart);
        const inputs = await press(cold.page);
        await cold.devtools.send("HeapProfiler.collectGarbage");
        const heap = await cold.devtools.send("Runtime.getHeapUsage");
        const seen = await cold.page.evaluate(() => window.seen);
        await cold.page.close();
        const warm = await open(context, profile, address, chart);
        return {
            fcp: seen.fcp, lcp: cold.lcp, cls: cold.cls, tbt: cold.blocked, rest: await alone(browser, profile, address), longest: cold.longest,
            chart: seen.chart || undefined, interactive: seen.interactive || undefined,
            ...inputs,
            heap: heap.usedSize + (heap.embedderHeapUsedSize ?? 0) + (heap.backingStorageSize ?? 0),
            requests: cold.requests.length, line: cold.line(), ...sizes(root, cold.requests),
            warm: warm.interactive || warm.lcp, warmLine: warm.line(),
        };
    } catch (error) {
        throw new Error(`${address}, ${profile}: ${error.message}`);
    } finally {
        await context.close();
    }
}

/** How long the main thread is blocked while nobody does anything, until a second after all has come; peers have drawn by then. */
async function alone(browser, profile, address) {
    const context = await browser.newContext({ viewport: PROFILES[profile].viewport, serviceWorkers: "block" });
    const { page } = await begin(context, profile);
    await page.goto(address);
    await page.waitForLoadState("networkidle");
    await page.waitForTimeout(1_000);
    const { blocked } = await page.evaluate(() => window.seen);
    await context.close();
    return blocked;
}

/** A page that has come to rest: its chart answers and nothing is asked for any more. Its reader moves the pointer at the first paint. */
async function open(context, profile, address, chart) {
    const { page, devtools } = await begin(context, profile);
    await page.addInitScript(() => new PerformanceObserver((_, watch) => {
        watch.disconnect();
        dispatchEvent(new Event("pointermove"));
    }).observe({ type: "paint", buffered: true }));
    let line = 0;
    const requests = [];
    devtools.on("Network.responseReceived", ({ response }) => {
        if (response.url.startsWith("http") && !response.fromDiskCache && !response.fromPrefetchCache) requests.push(new URL(response.url).pathname);
    });
    devtools.on("Network.loadingFinished", ({ encodedDataLength }) => { line += encodedDataLength; });
    await page.goto(address);
    // To a chart that is far below the reader scrolls at once. What is painted then is no longer the first screen.
    const first = await page.evaluate(() => {
        const plot = document.querySelector(".plot, #chart");
        const isFar = plot?.getBoundingClientRect().top > innerHeight + 300;
        if (isFar) plot.scrollIntoView({ block: "center" });
        return isFar && window.seen.lcp;
    });
    if (chart) await page.waitForFunction(() => window.seen.interactive > 0);
    await page.waitForLoadState("networkidle");
    // Before anything is pressed: afterwards these would be the reader's doing.
    const { lcp, cls, blocked, longest, interactive } = await page.evaluate(() => window.seen);
    return { page, devtools, requests, line: () => line, lcp: first || lcp, cls, blocked, longest, interactive };
}

async function begin(context, profile) {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.enable");
    const { cpu, network } = PROFILES[profile];
    if (network) await devtools.send("Network.emulateNetworkConditions", network);
    if (cpu) await devtools.send("Emulation.setCPUThrottlingRate", { rate: cpu });
    await page.addInitScript(observe);
    return { page, devtools };
}

/** In the page, before all else. */
export function observe() {
    const seen = (window.seen = { fcp: 0, lcp: 0, cls: 0, blocked: 0, longest: 0, chart: 0, interactive: 0, wait: 0, changed: 0 });
    const watch = (options, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ buffered: true, ...options });
    watch({ type: "paint" }, ({ name, startTime }) => { if (name === "first-contentful-paint") seen.fcp = startTime; });
    watch({ type: "largest-contentful-paint" }, ({ startTime }) => { seen.lcp = startTime; });
    watch({ type: "layout-shift" }, ({ value, hadRecentInput }) => { if (!hadRecentInput) seen.cls += value; });
    watch({ type: "longtask" }, ({ startTime, duration }) => {
        seen.longest = Math.max(seen.longest, duration);
        if (seen.fcp && startTime > seen.fcp) seen.blocked += duration - 50;
    });
    watch({ type: "event", durationThreshold: 16 }, ({ interactionId, duration }) => { if (interactionId) seen.wait = Math.max(seen.wait, duration); });
    const painted = (act) => requestAnimationFrame(() => setTimeout(act));
    const now = (what) => { if (!seen[what]) painted(() => { seen[what] ||= performance.now(); }); };
    // A picture of the chart counts as a chart, not as one that answers.
    document.addEventListener("load", ({ target }) => { if (target.matches?.(".plot img")) now("chart"); }, true);
    let pressed = 0;
    addEventListener("pointerup", ({ timeStamp }) => { pressed = timeStamp; seen.changed = 0; }, true);
    new MutationObserver((all) => {
        if (pressed && all.some(({ target }) => target.nodeType === 1 && target.closest(".plot-canvas, #chart"))) {
            const start = pressed;
            pressed = 0;
            painted(() => { seen.changed = performance.now() - start; });
        }
        if (seen.interactive || !document.querySelector("[data-drawn], .plot-canvas svg path, .slides[data-state=ready]")) return;
        now("chart");
        now("interactive");
    }).observe(document, { subtree: true, childList: true, attributes: true });
}

/** `inp`: the longest wait for a paint. `change`: from pressing the scale to the changed chart. */
async function press(page) {
    const rest = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))));
    await page.evaluate(() => { window.seen.wait = 0; });
    if ((await page.locator(".slides").count()) > 0) {
        for (const key of SLIDES) {
            await page.keyboard.press(key);
            await rest();
        }
        return page.evaluate(() => ({ inp: window.seen.wait }));
    }
    const first = page.locator("figure[data-view]").first();
    let change;
    for (const selector of CONTROLS) {
        const control = (selector === "#log" ? page : first).locator(selector).first();
        if ((await control.count()) === 0) continue;
        await control.evaluate((element) => document.querySelectorAll("figure details").forEach((list) => { list.open = list.contains(element); }));
        if (!(await control.isVisible())) continue;
        await control.click();
        await rest();
        if (!/scale=log|#log/.test(selector)) continue;
        await page.waitForFunction(() => window.seen.changed > 0);
        change = await page.evaluate(() => window.seen.changed);
    }
    const inp = await page.evaluate(() => window.seen.wait);
    return { inp: inp || undefined, change };
}

const KINDS = { ".html": "html", ".css": "css", ".js": "js", ".wasm": "wasm", ".json": "data", ".svg": "pictures", ".png": "pictures" };
const known = new Map();

/** What was asked for, by kind, packed both ways. */
function sizes(root, paths) {
    const all = {};
    for (const path of paths) {
        let file = join(root, decodeURIComponent(path));
        if (!extname(file)) file = join(file, "index.html");
        if (!existsSync(file)) continue;
        const kind = path.startsWith("/echarts/") ? "echarts" : (KINDS[extname(file)] ?? "other");
        if (!known.has(file)) known.set(file, packed(file));
        for (const [form, bytes] of Object.entries(known.get(file))) {
            all[form] ??= { all: 0 };
            all[form][kind] = (all[form][kind] ?? 0) + bytes;
            all[form].all += bytes;
        }
    }
    return { gzip: all.gz, brotli: all.br };
}

function packed(file) {
    const bytes = readFileSync(file);
    const form = (end, pack) => Math.min(bytes.length, existsSync(file + end) ? readFileSync(file + end).length : pack(bytes).length);
    return { gz: form(".gz", (content) => gzipSync(content, { level: 9 })), br: form(".br", brotliCompressSync) };
}
