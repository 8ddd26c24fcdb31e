// Prints what a visit takes from the host, in bytes and requests: node bench/visits.mjs [--dist dist] [--against newer-dist]
// As gzip over HTTP/1.1, heads included. First visits, then the same page again: with the browser's cache alone, and with the worker that
// keeps the whole site. `--against`: the host changes to that site, and the reader takes it. Nothing is asserted.
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { observe } from "./measure.mjs";
import { hashed } from "../script/gzip-server.mjs";
import { serve } from "./server.mjs";

const { values: given } = parseArgs({ options: { dist: { type: "string", default: "dist" }, against: { type: "string" } } });
const PAGES = ["", "view/remittances/", "embed/remittances/"];
const folders = { "": given.dist };
const server = await serve(folders);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });

async function counted(what, act) {
    const [bytes, hits] = [server.sent(), server.hits.length];
    await act();
    const all = server.hits.slice(hits);
    const unchanged = all.filter(([, status]) => status === 304).length;
    const forEver = all.filter(([path]) => hashed.test(path));
    const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
    const more = [unchanged && `${unchanged} unchanged`, forEver.length && `${forEver.length} immutable (${kB(forEver.reduce((sum, [, , length]) => sum + length, 0))})`].filter(Boolean);
    console.log(`  ${what.padEnd(48)} ${kB(server.sent() - bytes).padStart(10)} ${String(all.length).padStart(4)} requests${more.map((part) => `, ${part}`).join("")}`);
}

/** Until the chart answers and nothing is asked for any more. */
async function open(page, address) {
    await page.goto(server.origin + address);
    await page.waitForFunction(() => window.seen.interactive > 0);
    await page.waitForLoadState("networkidle");
}

const until = async (fits) => { while (!fits()) await new Promise((done) => setTimeout(done, 50)); };
const asksForWorker = async (act) => {
    const before = server.hits.length;
    await act();
    await until(() => server.hits.slice(before).some(([path]) => path === "/sw.js"));
};

for (const address of PAGES) {
    console.log(`/${address}`);
    const isFrame = address.startsWith("embed");
    for (const serviceWorkers of isFrame ? ["block"] : ["block", "allow"]) {
        folders[""] = given.dist;
        const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, serviceWorkers });
        await context.addInitScript(observe);
        let page = await context.newPage();
        const again = async () => {
            await page.close();
            page = await context.newPage();
            await open(page, address);
        };
        if (serviceWorkers === "block") {
            await counted("first visit", () => open(page, address));
            await counted("again, browser's cache", again);
            if (given.against) {
                folders[""] = given.against;
                await counted("again, after the change of the site", again);
            }
        } else {
            await counted("first visit, and the whole site to keep", async () => {
                await open(page, address);
                await page.evaluate(async () => (await navigator.serviceWorker.ready).active);
            });
            await counted("again, all kept", () => asksForWorker(again));
            if (given.against) {
                folders[""] = given.against;
                await counted("again, after the change: the new version beside", async () => {
                    await asksForWorker(again);
                    await page.evaluate(async () => {
                        const worker = await navigator.serviceWorker.getRegistration();
                        const next = ([on, event]) => new Promise((done) => on.addEventListener(event, done, { once: true }));
                        while (!worker.waiting) await next(worker.installing ? [worker.installing, "statechange"] : [worker, "updatefound"]);
                    });
                });
            }
        }
        await context.close();
    }
}
await browser.close();
server.close();
