// The static page that stands before the app says what the app says.
import { expect, test } from "./fixtures.mjs";
import { Figure, address, agreementRoutes, languages, routes, settled } from "./pages.mjs";

for (const lang of languages) {
    for (const route of [...routes, ...agreementRoutes]) {
        test(`${lang} /${route}`, async ({ page, request }) => {
            const html = await (await request.get(address(lang, route))).text();
            await page.goto(address(lang, route));
            await settled(page, route);
            const [before, after] = await page.evaluate((html) => {
                const texts = (root, selector) => [...root.querySelectorAll(selector)].map((element) => element.textContent);
                const said = (root) => ({
                    words: texts(root, "header, h1, h2, h3, .lead, .card, .summary, .controls, .tabs, .limits, .definition, .source, .source-line, .actions, .paths, .prose, footer"),
                    cells: [...root.querySelectorAll("th, td")].map((cell) => [cell.textContent, cell.dataset.value, cell.dataset.qualifier]),
                    links: [...root.querySelectorAll("a[href]")].map((link) => link.getAttribute("href").replace(/\/(?=[?#]|$)/, "")),
                    facts: [...root.querySelectorAll("[data-fact]")].map((element) => element.dataset.fact),
                });
                const page = new DOMParser().parseFromString(html, "text/html");
                return [
                    { title: page.title, ...said(page.querySelector("#boot")) },
                    { title: document.title, ...said(document.querySelector("#app")) },
                ];
            }, html);
            expect(before.words.length).toBeGreaterThan(3);
            expect(before).toEqual(after);
        });
    }
}

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
