// The static page that stands before the app says what the app says.
import { expect, test } from "./fixtures.mjs";
import { Figure } from "./pages.mjs";

test("a choice made before the app is there opens at once and stays", async ({ page }) => {
    let start;
    const held = new Promise((go) => { start = go; });
    await page.route("**/*.wasm", async (route) => {
        await held;
        await route.continue();
    });
    const opened = page.goto("./remittances"); // goes on when the app is there
    const figure = new Figure(page, "remittances");
    await figure.tab("table").click();
    await expect(figure.table).toBeVisible();
    await expect(figure.tab("table")).toHaveAttribute("aria-selected", "true");
    await figure.unit("pct_gdp").click();
    start();
    await opened;
    await expect(page.locator("#boot")).toHaveCount(0);
    await expect(figure.unit("pct_gdp")).toBeFocused();
    await expect(figure.tab("table")).toHaveAttribute("aria-selected", "true");
    await expect(figure.unit("pct_gdp")).toHaveAttribute("aria-pressed", "true");
    await expect(figure.table).toBeVisible();
    await page.reload();
    await expect(figure.table).toBeVisible();
});

for (const [width, form] of [[390, "narrow"], [1440, "wide"]]) {
    test.describe(`without JavaScript, ${width} px`, () => {
        test.use({ javaScriptEnabled: false, viewport: { width, height: 1000 } });

        test("the chart stands as a picture in its full height", async ({ page }) => {
            await page.goto("./uk/view/remittances");
            const image = page.locator("figure img");
            await image.scrollIntoViewIfNeeded();
            await expect(image).toHaveJSProperty("complete", true);
            expect(await image.evaluate(({ currentSrc, naturalWidth }) => [currentSrc.split("/").at(-1), naturalWidth > 300])).toEqual([`remittances-1-${form}-uk.svg`, true]);
            expect(Math.round((await image.boundingBox()).height)).toBe(form === "wide" ? 420 : 320);
            await expect(page.locator("figure table").first()).toBeVisible();
        });
    });
}

test("the picture stands until the chart is drawn in its place, and nothing moves", async ({ page }) => {
    let draw;
    const held = new Promise((go) => { draw = go; });
    await page.route(/echarts\/.*\.js$/, async (route) => {
        await held;
        await route.continue();
    });
    await page.addInitScript(() => {
        window.moved = 0;
        new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => { window.moved += value; })).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto("./view/remittances");
    const figure = new Figure(page, "remittances");
    const picture = page.locator("#app .plot picture img");
    await expect(picture).toBeVisible();
    const place = (element) => {
        const { left, top, height } = element.getBoundingClientRect();
        return [left + scrollX, top + scrollY, height].map(Math.round);
    };
    const before = await picture.evaluate(place);
    draw();
    await figure.ready();
    await expect(picture).toBeHidden();
    expect(await page.locator("#app .plot svg").evaluate(place)).toEqual(before);
    expect(await page.evaluate(() => window.moved)).toBe(0);
});

test("another choice than the published one has no picture of it", async ({ page }) => {
    await page.route(/echarts\/.*\.js$/, () => {}); // never comes
    await page.goto("./view/remittances?place=POL");
    await expect(page.locator("#app .plot")).toBeVisible();
    await expect(page.locator("#app picture")).toHaveCount(0);
    await page.goto("./view/remittances");
    await expect(page.locator("#app picture")).toHaveCount(1);
    await new Figure(page, "remittances").unit("pct_gdp").click();
    await expect(page.locator("#app picture")).toHaveCount(0);
});
