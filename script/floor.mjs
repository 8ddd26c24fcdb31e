// Prints how far the site's page of one chart is from the least that could draw it (bench/floor): node script/floor.mjs [dist] [rounds]
// Both from the same server, in turn, nothing cached; medians and their ratio. Machines are noisy, so nothing is asserted. The table
// is also written to target/bench/floor.json.
import { chromium } from "@playwright/test";
import { build } from "esbuild";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { serve } from "./gzip-server.mjs";

const [dist = "dist", rounds = "5"] = process.argv.slice(2);
const folder = "target/bench/floor";
await mkdir(folder, { recursive: true });
await copyFile("bench/floor/index.html", `${folder}/index.html`);
await copyFile(`${dist}/data/observations-remittances.json`, `${folder}/observations-remittances.json`);
await build({ entryPoints: ["bench/floor/floor.js"], outfile: `${folder}/floor.js`, bundle: true, minify: true, format: "esm", target: "es2022", logLevel: "error" });

const [ours, floor] = [await serve(dist), await serve(folder)];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
const PHONE = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };
// Design and issue goals as ratios to the floor.
const GOALS = {
    "no throttle": { interactive: 1.3 },
    phone: { fcp: 0.6, lcp: 0.6, chart: 0.5, interactive: 1.8 },
};
const PAGES = { ours: `${ours.origin}view/remittances/`, floor: floor.origin };
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

// The server packs each file at its first request.
for (const address of Object.values(PAGES)) await visit("no throttle", address);

const table = {};
for (const profile of Object.keys(GOALS)) {
    const visits = { ours: [], floor: [] };
    for (let round = 0; round < Number(rounds); round++) {
        for (const [page, address] of Object.entries(PAGES)) visits[page].push(await visit(profile, address));
    }
    table[profile] = {};
    console.log(`\n${profile.padEnd(14)}${"ours".padStart(10)}${"floor".padStart(10)}${"ratio".padStart(8)}${"goal".padStart(8)}`);
    for (const what of Object.keys(visits.ours[0])) {
        const [a, b] = [visits.ours, visits.floor].map((list) => median(list.map((one) => one[what])));
        const goal = GOALS[profile][what];
        table[profile][what] = { ours: a, floor: b, ratio: a / b, goal };
        console.log(`${what.padEnd(14)}${Math.round(a).toString().padStart(10)}${Math.round(b).toString().padStart(10)}${(b ? a / b : NaN).toFixed(2).padStart(8)}${(goal?.toFixed(1) ?? "").padStart(8)}`);
    }
}
await writeFile("target/bench/floor.json", JSON.stringify(table, null, 2));
await browser.close();
ours.close();
floor.close();

/** One cold visit: milliseconds, requests, bytes as they came over the line. */
async function visit(profile, address) {
    const context = await browser.newContext({ viewport: profile === "phone" ? { width: 390, height: 844 } : { width: 1280, height: 900 }, serviceWorkers: "block" });
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.enable");
    let [bytes, requests] = [0, 0];
    devtools.on("Network.loadingFinished", ({ encodedDataLength }) => {
        bytes += encodedDataLength;
        requests += 1;
    });
    if (profile === "phone") {
        await devtools.send("Network.emulateNetworkConditions", PHONE);
        await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    }
    await page.addInitScript(() => {
        const seen = (window.seen = { fcp: 0, lcp: 0, chart: 0, interactive: 0, blocked: 0 });
        const watch = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
        watch("paint", ({ name, startTime }) => { if (name === "first-contentful-paint") seen.fcp = startTime; });
        watch("largest-contentful-paint", ({ startTime }) => { seen.lcp = startTime; });
        watch("longtask", ({ duration }) => { seen.blocked += duration - 50; });
        const now = (what) => { if (!seen[what]) requestAnimationFrame(() => setTimeout(() => { seen[what] ||= performance.now(); })); };
        // A picture of the chart counts as a chart, not as one that answers.
        document.addEventListener("load", ({ target }) => { if (target.matches?.(".plot img")) now("chart"); }, true);
        new MutationObserver(() => {
            if (!document.querySelector("[data-drawn], figure[data-state=ready]")) return;
            now("chart");
            now("interactive");
        }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-drawn", "data-state"] });
    });
    await page.goto(address);
    await page.evaluate(() => document.querySelector(".plot, #chart").scrollIntoView({ block: "center" }));
    await page.waitForFunction(() => window.seen.interactive > 0);
    await page.waitForLoadState("networkidle");
    const seen = await page.evaluate(() => window.seen);
    await context.close();
    return { ...seen, requests, bytes };
}
