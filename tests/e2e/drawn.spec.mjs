// Words in charts: all of each is seen, and none lies on another. The drawing is SVG, so the browser knows where each word stands.
import { expect, test } from "./fixtures.mjs";
import { Figure, address, languages, settled, views } from "./pages.mjs";
import { Stage, decks } from "./talks.mjs";

const topics = ["people", "remittances", "partners", "context", "funding"];

for (const [lang, width] of languages.flatMap((lang) => [390, 1440].map((width) => [lang, width]))) {
    for (const route of topics) {
        test(`${lang}: words in the charts of ${route} at ${width} px stand apart and are whole`, async ({ page }) => {
            await page.setViewportSize({ width, height: 900 });
            await page.goto(address(lang, route));
            await settled(page, route);
            expect(await page.evaluate(clashes, "figure[data-view] .plot")).toEqual([]);
        });
    }
}

for (const lang of languages) {
    for (const { id } of decks) {
        test(`${lang}: words in the charts of ${id} stand apart and are whole, on paper`, async ({ page }) => {
            await new Stage(page).open(id, lang, "?print");
            expect(await page.evaluate(clashes, ".slide-plot")).toEqual([]);
        });
    }
}

test("the title of a table that is wider than its box stays in view", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(address("uk", "view/idps-registered?tab=table"));
    const { table } = new Figure(page, "idps-registered");
    await expect(table).toBeVisible();
    for (const left of [0, 10_000]) {
        const [title, box] = await table.evaluate((table, left) => {
            table.parentElement.scrollLeft = left;
            return [table.caption, table.parentElement].map((one) => one.getBoundingClientRect()).map(({ left, right }) => [Math.round(left), Math.round(right)]);
        }, left);
        expect(title[0]).toBeGreaterThanOrEqual(box[0]);
        expect(title[1]).toBeLessThanOrEqual(box[1]);
    }
});

for (const [lang, width] of languages.flatMap((lang) => [390, 1440].map((width) => [lang, width]))) {
    for (const { id } of views.filter(({ kind }) => kind === "milestones")) {
        test(`${lang}: panels of ${id} that are compared give a million the same length at ${width} px`, async ({ page }) => {
            await page.setViewportSize({ width, height: 900 });
            await page.goto(address(lang, `view/${id}?tab=chart`));
            const figure = new Figure(page, id);
            await figure.ready();
            const drawn = figure.root.locator(".plot-canvas svg:has(text)");
            await expect(drawn).toHaveCount(await figure.root.locator(".plot-canvas").count());
            const lengths = await drawn.evaluateAll((all) => all.map((svg) => {
                const at = (said) => [...svg.querySelectorAll("text")].findLast(({ textContent }) => textContent === said).getBoundingClientRect().left;
                return Math.round(at("2") - at("0"));
            }));
            expect(lengths.length).toBeGreaterThan(1);
            expect(new Set(lengths).size, lengths.join()).toBe(1);
        });
    }
}

/** Words that leave their chart's box, and pairs that overlap by more than what a letter leaves free around itself. */
function clashes(charts) {
    const found = [];
    for (const plot of document.querySelectorAll(charts)) {
        const view = plot.closest("[data-view], [id]").dataset.view ?? plot.closest("[id]").id;
        const box = plot.getBoundingClientRect();
        const words = [...plot.querySelectorAll("svg text")]
            .map((text) => ({ said: text.textContent, at: text.getBoundingClientRect() }))
            .filter(({ said, at }) => said.trim() && at.width > 0);
        expectSome(words, view);
        for (const [i, { said, at }] of words.entries()) {
            if (at.left < box.left - 1 || at.right > box.right + 1 || at.top < box.top - 2 || at.bottom > box.bottom + 2) found.push(`${view}: ${said} is cut`);
            for (const other of words.slice(i + 1)) {
                const across = Math.min(at.right, other.at.right) - Math.max(at.left, other.at.left);
                const down = Math.min(at.bottom, other.at.bottom) - Math.max(at.top, other.at.top);
                if (across > 1 && down > 2) found.push(`${view}: ${said} on ${other.said}`);
            }
        }
    }
    return found;

    function expectSome(words, view) {
        if (words.length === 0) found.push(`${view}: a chart without words`);
    }
}
