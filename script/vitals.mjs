// Prints what a reader on a slow phone waits for: node script/vitals.mjs [dist] [route…]
// CPU ×4, 1.6 Mbit/s, 150 ms, gzip, nothing cached, three visits each. For comparison by eye: machines are noisy, so nothing is asserted.
import { chromium } from "@playwright/test";
import { serve } from "./gzip-server.mjs";

const VISITS = 3;
const PHONE = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };
const [dist = "dist", ...given] = process.argv.slice(2);
const routes = given.length > 0 ? given : ["", "remittances", "view/remittances"];

const { origin, close } = await serve(dist);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });

for (const route of routes) {
    for (let visit = 0; visit < VISITS; visit++) console.log(`/${route}`.padEnd(20), await measure(route));
}
await browser.close();
close();

async function measure(route) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", PHONE);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.addInitScript(() => {
        const vitals = (window.vitals = { lcp: 0, cls: 0, inp: 0, blocked: 0 });
        const watch = (options, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ buffered: true, ...options });
        watch({ type: "largest-contentful-paint" }, ({ startTime }) => { vitals.lcp = startTime; });
        watch({ type: "layout-shift" }, ({ value, hadRecentInput }) => { if (!hadRecentInput) vitals.cls += value; });
        watch({ type: "longtask" }, ({ duration }) => { vitals.blocked += duration - 50; });
        watch({ type: "event", durationThreshold: 16 }, ({ interactionId, duration }) => { if (interactionId) vitals.inp = Math.max(vitals.inp, duration); });
    });
    await page.goto(origin + route);
    const figure = page.locator("figure[data-view]").first();
    await figure.waitFor();
    // What is painted before the reader does anything, until the network rests.
    await page.waitForLoadState("networkidle");
    const { lcp, cls, blocked } = await page.evaluate(() => window.vitals);
    await figure.scrollIntoViewIfNeeded();
    await page.locator(`figure[data-state="ready"]`).first().waitFor();
    for (const tab of ["table", "sources", "chart"]) {
        await figure.locator(`[data-tab="${tab}"]`).click();
        // Two frames: the interaction is painted, and told.
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));
    }
    const { inp } = await page.evaluate(() => window.vitals);
    await context.close();
    return `LCP ${Math.round(lcp)} ms, CLS ${cls.toFixed(3)}, blocked ${Math.round(blocked)} ms, INP ${inp} ms`;
}
