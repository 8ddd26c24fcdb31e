// Prints how long a reader waits from pressing a control to the next paint: node bench/controls.mjs [dist]
// Whole package loaded, CPU ×4. The design's goal: 100 ms at the 95th percentile.
import { readdir } from "node:fs/promises";
import { chromium } from "@playwright/test";
import { serve } from "../script/gzip-server.mjs";

const ROUNDS = 8;
// A control of each kind: page, figure, and what is pressed in turn.
const CONTROLS = [
    ["remittances: unit", "remittances", "[data-unit=pct_gdp]", "[data-unit=usd]"],
    ["remittances: place", "remittances", ".picker-list input[data-place=PHL]", ".picker-list input[data-place=PHL]"],
    ["remittances: scale", "remittances", "[data-set='scale=log']", "[data-set='scale=linear']"],
    ["remittances: change", "remittances", "[data-set='relative=first']", "[data-set='relative=no']"],
    ["remittances: year", "remittances", "[data-play=back]", "[data-play=on]"],
    ["senders: period", "remittances-sources", "[data-play=back]", "[data-play=on]"],
    ["senders: order", "remittances-sources", "[data-set='sort=name']", "[data-set='sort=value']"],
    ["refugees: tab", "refugees-by-country", "[data-tab=table]", "[data-tab=chart]"],
    ["refugees: period", "refugees-by-country", "[data-play=back]", "[data-play=on]"],
    ["oblasts: period", "idps-by-oblast", "[data-play=back]", "[data-play=on]"],
    ["agreements: partner", "agreements", "[data-counterpart=diaspora]", "[data-counterpart=diaspora]"],
];

const { origin, close } = await serve(process.argv[2] ?? "dist");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
const page = await browser.newPage({ viewport: { width: 390, height: 844 }, serviceWorkers: "block" });
await page.addInitScript(() => {
    window.waits = [];
    new PerformanceObserver((list) => {
        for (const { interactionId, duration } of list.getEntries()) if (interactionId) window.waits.push(duration);
    }).observe({ type: "event", durationThreshold: 16, buffered: true });
});
// The page of all files reads every one of them, and the app keeps them.
await page.goto(`${origin}data`);
await page.locator("#boot").waitFor({ state: "detached" });
await page.waitForLoadState("networkidle");
const devtools = await page.context().newCDPSession(page);
await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });

const all = [];
for (const [what, view, ...selectors] of CONTROLS) {
    await page.evaluate((address) => {
        history.pushState(null, "", address);
        dispatchEvent(new PopStateEvent("popstate"));
    }, `view/${view}`);
    const figure = page.locator(`figure[data-view="${view}"]`);
    await figure.waitFor();
    // Charts are drawn when they come near the screen; tiles are text.
    for (const plot of (await figure.locator(".plot").all()).slice(0, 1)) await plot.scrollIntoViewIfNeeded();
    await page.locator(`figure[data-view="${view}"][data-state=ready]`).waitFor();
    const waits = [];
    for (let round = 0; round < ROUNDS; round++) {
        for (const selector of selectors) {
            const control = figure.locator(selector).first();
            if ((await control.count()) === 0) throw new Error(`${what}: there is no ${selector}`);
            // Its list is open, and no other covers it.
            await control.evaluate((element) => document.querySelectorAll("figure details").forEach((list) => { list.open = list.contains(element); }));
            await page.evaluate(() => { window.waits.length = 0; });
            await control.click();
            await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))));
            waits.push(await page.evaluate(() => Math.max(0, ...window.waits)));
        }
    }
    all.push(...waits);
    console.log(`${what.padEnd(22)} ${line(waits)}`);
}
console.log(`${"all".padEnd(22)} ${line(all)}`);

// The next slide of a talk, which is drawn before it is asked for.
const deck = (await readdir("dist/data/decks"))[0].replace(".json", "");
await page.setViewportSize({ width: 1280, height: 720 });
await page.goto(`${origin}present/${deck}/`);
await page.locator(".slides[data-state=ready]").waitFor({ state: "attached" });
const slides = await page.locator(".slide").count();
const waits = [];
for (let round = 0; round < 4; round++) {
    await page.keyboard.press("Home");
    for (let slide = 1; slide < slides; slide++) {
        // The speaker has time to say something.
        await page.evaluate(() => new Promise((done) => setTimeout(done, 700)));
        await page.evaluate(() => { window.waits.length = 0; });
        await page.keyboard.press("PageDown");
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))));
        waits.push(await page.evaluate(() => Math.max(0, ...window.waits)));
    }
}
console.log(`${"talk: next slide".padEnd(22)} ${line(waits)}`);
await browser.close();
close();

function line(waits) {
    const sorted = [...waits].sort((a, b) => a - b);
    const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    return `median ${String(at(0.5)).padStart(4)} ms, 95th percentile ${String(at(0.95)).padStart(4)} ms, of ${waits.length}`;
}
