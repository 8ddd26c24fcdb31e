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
