// Photographs pages of dist/ in every width, language and theme. Called by script/screenshots.
import { chromium } from "@playwright/test";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

const port = 41733;
const out = "target/screenshots";
const home = `http://127.0.0.1:${port}/`;

const routes = process.argv.length > 2 ? process.argv.slice(2) : await builtRoutes();
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const server = spawn(process.execPath, ["script/static-server.mjs", "--dir", "dist", "--port", String(port)], { stdio: ["ignore", "pipe", "inherit"] });
const [ready] = await Promise.race([once(server.stdout, "data"), once(server, "exit")]);
if (typeof ready === "number") process.exit(1); // it has said why
const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars"],
});

let problems = 0;
const jobs = [];
for (const colorScheme of ["light", "dark"]) {
    for (const width of [390, 1440]) {
        for (const lang of ["en", "uk"]) jobs.push({ colorScheme, width, lang });
    }
}
// Two at a time: the machine this was written on has two cores.
await Promise.all([0, 1].map(async (lane) => {
    for (const job of jobs.filter((_, index) => index % 2 === lane)) await photograph(job);
}));
await browser.close();
server.kill();
console.log(`${routes.length * jobs.length} pictures in ${out}/, ${problems} with problems`);
process.exitCode = problems ? 1 : 0;

async function photograph({ colorScheme, width, lang }) {
    const context = await browser.newContext({
        viewport: { width, height: width < 600 ? 844 : 900 },
        colorScheme,
        reducedMotion: "reduce", // no half-drawn chart
        locale: lang === "uk" ? "uk-UA" : "en-GB",
        timezoneId: "Europe/Kyiv",
        serviceWorkers: "block",
    });
    const page = await context.newPage();
    for (const route of routes) {
        const name = `${route.replaceAll("/", "-") || "home"}_${lang}_${width}_${colorScheme}.png`;
        try {
            await page.goto(home + (lang === "uk" ? `uk/${route}` : route), { waitUntil: "networkidle" });
            await page.locator("#boot").waitFor({ state: "detached", timeout: 10_000 });
            // Charts below the fold may wait until they are seen.
            await page.evaluate(async () => {
                for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
                    scrollTo(0, y);
                    // What comes near is told between one frame and the next.
                    await new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); });
                }
                scrollTo(0, 0);
            });
            await page.waitForFunction(() => !document.querySelector('figure[data-state="loading"], figure[data-state="static"]'), undefined, { timeout: 15_000 });
            const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
            if (excess > 0) complain(name, `scrolls sideways by ${excess} px`);
        } catch (error) {
            complain(name, error.message.split("\n")[0]);
        }
        await page.screenshot({ path: join(out, name), fullPage: true });
    }
    await context.close();
}

function complain(name, what) {
    problems += 1;
    console.error(`${name}: ${what}`);
}

/** Every route that was built, in English, and one that was not. */
async function builtRoutes() {
    const files = await readdir("dist", { recursive: true });
    const routes = files.filter((file) => file.endsWith("index.html")).map((file) => relative("dist", join("dist", dirname(file))));
    return [...routes.filter((route) => route !== "uk" && !route.startsWith("uk/")).sort(), "no-such-page"];
}
