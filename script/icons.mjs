// Draws the PNG icons of the installed site from public/icon.svg: node script/icons.mjs. Their files are committed.
import { chromium } from "@playwright/test";
import { readFile } from "node:fs/promises";

const svg = await readFile("public/icon.svg", "utf8");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium-headless-shell", args: ["--no-sandbox", "--disable-gpu"] });
for (const [name, size, drawing] of [
    ["icon-192", 192, svg],
    ["icon-512", 512, svg],
    // A system cuts its own shape out of this one: no corners of ours, and the bars are within the inner circle that always stays.
    ["icon-maskable", 512, svg.replace(' rx="6"', "")],
]) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<body style="margin:0">${drawing.replace("<svg ", `<svg width="${size}" height="${size}" style="display:block" `)}`);
    await page.screenshot({ path: `public/${name}.png`, omitBackground: true });
}
await browser.close();
