// What a page needs comes early, once, and nothing comes that it does not need.
import { expect, mounted, test } from "./fixtures.mjs";
import { Figure } from "./pages.mjs";

const data = (requests) => requests.filter((url) => /\/((data|parts)\/[\w-]+|config)\.json$/.test(url)).sort();
const charts = (requests) => requests.filter((url) => /\/echarts\/[^/]*\.js$/.test(url));

for (const [route, least] of [["", 1], ["people", 1], ["uk/remittances", 1], ["partners", 1], ["view/refugees-by-country", 1], ["uk/data", 21], ["about", 2]]) {
    test(`the data of /${route} come beside the app, once each`, async ({ page, requests }) => {
        let start;
        const held = new Promise((go) => { start = go; });
        await page.route("**/*.wasm", async (route) => {
            await held;
            await route.continue();
        });
        const opened = page.goto(`./${route}`);
        await page.locator("#boot main").waitFor();
        await expect.poll(() => data(requests).length).toBeGreaterThanOrEqual(least);
        const early = data(requests);
        start();
        await opened;
        await mounted(page);
        await page.waitForLoadState("networkidle");
        expect(data(requests)).toEqual(early);
        expect(new Set(early).size).toBe(early.length);
    });
}

test("the chart library comes beside the words where a chart is near the screen, once", async ({ page, requests }) => {
    let start;
    const held = new Promise((go) => { start = go; });
    await page.route("**/words/*.json", async (route) => {
        await held;
        await route.continue();
    });
    const opened = page.goto("./view/remittances");
    await expect.poll(() => charts(requests).length).toBeGreaterThan(0);
    const early = charts(requests);
    start();
    await opened;
    await new Figure(page, "remittances").ready();
    expect(charts(requests)).toEqual(early);
});

test.describe("on a phone", () => {
    test.use({ viewport: { width: 390, height: 844 } });

    test("the chart library of the overview waits for the reader to come to a chart", async ({ page, requests }) => {
        await page.goto("./");
        await mounted(page);
        await page.waitForLoadState("networkidle");
        expect(charts(requests)).toEqual([]);
        const figure = page.locator("figure[data-view]").first();
        await figure.locator(".plot").first().scrollIntoViewIfNeeded();
        await expect(figure).toHaveAttribute("data-state", "ready");
    });
});

for (const route of ["", "view/people-reached", "uk/remittances"]) {
    for (const [width, form] of [[390, "narrow"], [1440, "wide"]]) {
        const what = route ? "comes with the styles, once" : "waits for what stands above it"; // the overview begins with numbers
        test(`the first picture of /${route} ${what}, at ${width} px`, async ({ page }) => {
            await page.setViewportSize({ width, height: 900 });
            await page.goto(`./${route}`);
            const asked = await page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => name.includes("/charts/")).map(({ name, initiatorType }) => [name, initiatorType]));
            expect(new Set(asked.map(([name]) => name)).size).toBe(asked.length);
            const ahead = asked.filter(([, by]) => by === "link").map(([name]) => name);
            expect(ahead).toHaveLength(route ? 1 : 0);
            for (const name of ahead) expect(name).toContain(`-1-${form}-`);
        });
    }
}
