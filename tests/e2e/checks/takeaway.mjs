// What a reader takes away: each file is looked into, as the program would that it is for.
import { readFileSync } from "node:fs";
import { expect } from "../fixtures.mjs";
import { of, rows, rowsOf } from "../pages.mjs";

/** Views whose files hold agreements. */
export const isAgreements = ({ kind }) => ["timeline", "counts", "network"].includes(kind);

/** How many published rows stand behind a view, drawn or not, and the first column of its CSV. */
export function behind(def) {
    if (isAgreements(def)) return { count: rows("agreements").length, column: "id" };
    if (def.kind === "events") return { count: rows("events").length + rows("agreements").length, column: "record" };
    if (def.kind === "organisations") {
        const figures = rows("organisation-figures").map(({ organisation }) => organisation);
        const without = rows("organisations").filter(({ id }) => !figures.includes(id));
        return { count: figures.length + without.length, column: "organisation" };
    }
    return { count: rowsOf(def).length, column: "series" };
}

/** Rows as CSV has them. A number may be written in two ways that mean the same: it is compared as what it means. */
export const asText = (list) => {
    const cell = ([name, cell]) => [name, String(["value", "value_max"].includes(name) && cell ? Number(cell) : (cell ?? ""))];
    return list.map((row) => Object.fromEntries(Object.entries(row).map(cell)));
};

/** What a press saves, as bytes. */
export async function save(page, link, name) {
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    expect(download.suggestedFilename()).toBe(name);
    return readFileSync(await download.path());
}

/** What one figure shows, as JSON and as a picture. */
export async function savesWhatIsShown(page, figure, def, lang) {
    const json = JSON.parse(await save(page, figure.file("json"), `${def.id}.json`));
    expect(json).toMatchObject({ view: def.id, title: of(def, "title", lang), language: lang, address: page.url() });
    const csv = await figure.download();
    expect(asText(json.rows)).toEqual(asText(csv));
    if (!isAgreements(def)) for (const { value } of json.rows) expect(value ?? 0).toEqual(expect.any(Number));

    if (await figure.root.locator(".plot-canvas svg").count() === 0) return expect(await figure.file("png").count()).toBe(0);
    const svg = (await save(page, figure.file("svg"), `${def.id}.svg`)).toString();
    const drawn = await page.evaluate((svg) => {
        const picture = new DOMParser().parseFromString(svg, "image/svg+xml");
        const lines = [...picture.querySelectorAll("svg > text")].map((text) => [...text.children].map((line) => line.textContent).join(" "));
        return {
            root: picture.documentElement.localName,
            said: lines.join("\n").replace(/\s+/g, " "),
            charts: picture.querySelectorAll("svg > svg").length,
            paths: picture.querySelectorAll("svg > svg path").length,
            unsafe: picture.querySelectorAll("script, foreignObject, style, [style], [onclick], a, image:not([href^='data:'])").length,
        };
    }, svg);
    expect(drawn).toMatchObject({ root: "svg", unsafe: 0, charts: await figure.plots.count() });
    expect(drawn.paths).toBeGreaterThan(3);
    expect(svg).not.toMatch(/\son\w+=|javascript:|<script/);
    const says = (words) => expect(drawn.said.replace(/\s/g, "")).toContain(words.replace(/\s/g, "")); // lines break anywhere
    says(of(def, "title", lang));
    says(await figure.root.locator(".source-line").textContent());
    says(await figure.root.locator("[data-licence]").first().getAttribute("data-licence"));
    says(decodeURI(page.url()));
    for (const limit of await figure.root.locator(".limits li").allTextContents()) says(limit);

    const png = await save(page, figure.file("png"), `${def.id}.png`);
    const [, width, height] = svg.match(/width="(\d+)" height="(\d+)"/).map(Number);
    const seen = await page.evaluate(async (base64) => {
        const image = new Image();
        image.src = `data:image/png;base64,${base64}`;
        await image.decode();
        const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
        const context = canvas.getContext("2d");
        context.drawImage(image, 0, 0);
        const { data } = context.getImageData(0, 0, image.width, image.height);
        const colours = new Set();
        for (let i = 0; i < data.length; i += 4 * 7) colours.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
        return { width: image.width, height: image.height, colours: colours.size };
    }, png.toString("base64"));
    expect(seen.width).toBeGreaterThanOrEqual(1200);
    expect(seen.width / seen.height).toBeCloseTo(width / height, 1);
    expect(seen.colours).toBeGreaterThan(20);
}
