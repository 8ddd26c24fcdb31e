// Each control by mouse and by keyboard: what it does to the figure and to the address.
import { expect, mounted, test } from "./fixtures.mjs";
import { Figure, address, languages, rows, switchOff, t } from "./pages.mjs";

/** The button of a switch that leads to a value. */
const side = (figure, param, value) => figure.root.locator(`[data-switch=${param}] [data-set="${param}=${value}"]`);
const query = (page) => new URL(page.url()).searchParams;

async function open(page, route, view, lang = "en") {
    await page.goto(address(lang, route));
    const figure = new Figure(page, view);
    await figure.ready();
    return figure;
}

async function options(figure) {
    const summary = figure.root.locator(".options > summary");
    await summary.focus();
    await summary.press("Enter");
    await expect(figure.root.locator(".options-panel")).toBeVisible();
}

for (const [param, value, back] of [
    ["scale", "log", "linear"],
    ["relative", "first", "no"],
    ["annotations", "off", "on"],
]) {
    test(`${param} is switched by mouse and by keyboard, and undone by Back`, async ({ page }) => {
        const figure = await open(page, "view/remittances?place=UKR", "remittances");
        await options(figure);
        await side(figure, param, value).click();
        await expect(page).toHaveURL(new RegExp(`[?&]${param}=${value}`));
        await expect(side(figure, param, value)).toHaveAttribute("aria-pressed", "true");
        await expect(figure.root.locator(".options")).toHaveAttribute("open", ""); // stays for the next choice
        await side(figure, param, back).focus();
        await page.keyboard.press("Space");
        await expect.poll(() => query(page).has(param)).toBe(false);
        await page.goBack();
        await expect(side(figure, param, value)).toHaveAttribute("aria-pressed", "true");
        await page.reload();
        await figure.ready();
        await expect(side(figure, param, value)).toHaveAttribute("aria-pressed", "true");
    });
}

for (const lang of languages) {
    test(`${lang}: change since the first value counts from the last break on, and says so`, async ({ page }) => {
        const figure = await open(page, "view/remittances?place=UKR&relative=first", "remittances", lang);
        await expect(figure.root.locator('[data-refusal="relative-over-break"]')).toContainText("2015");
        // The numbers are still the published ones; those before the break are not drawn.
        const values = (await figure.points()).map(({ value }) => value);
        expect(values).toContain(8_474_000_000);
        expect(values).not.toContain(7_354_000_000);
        // Nothing of what the table holds is computed.
        await figure.tab("table").click();
        await expect(figure.table.locator('td[data-value="14967000000"]')).toBeVisible();
    });

    test(`${lang}: a value per person is refused, with the reason`, async ({ page }) => {
        const figure = await open(page, "view/remittances?place=UKR&unit=per_capita", "remittances", lang);
        await expect(figure.root.locator('[data-refusal="no-denominator"]')).toHaveText(t(lang, "refusal.no-denominator"));
    });
}

test("bars stand by value or by name", async ({ page }) => {
    const figure = await open(page, "view/remittances-sources", "remittances-sources");
    const names = () => figure.table.locator("tbody th").allTextContents();
    const byValue = await names();
    await options(figure);
    await side(figure, "sort", "name").click();
    await expect.poll(names).not.toEqual(byValue);
    expect(await names()).toEqual([...byValue].sort((a, b) => a.localeCompare(b, "en")));
});

test("moments are marked or not; what a break means is said in any case", async ({ page }) => {
    const figure = await open(page, "view/displacement", "displacement");
    const marks = figure.root.locator("svg text").filter({ hasText: t("en", "rule.invasion").slice(0, 6) });
    await options(figure);
    await side(figure, "annotations", "off").click();
    await figure.ready();
    await expect(marks).toHaveCount(0);
    await expect(figure.root.locator('[data-refusal="break"]')).toHaveCount(1);
});

test("a filter by basis leaves what it names, and nothing is a sentence", async ({ page }) => {
    const figure = await open(page, "view/targets-and-results", "targets-and-results");
    await figure.tab("table").click();
    const all = await figure.cells.count();
    await options(figure);
    await figure.root.locator("[data-pick=basis] summary").click();
    await figure.root.locator('[data-pick=basis] input[data-set="basis=report"]').click();
    await expect.poll(() => figure.cells.count()).toBeLessThan(all);
    expect(query(page).get("basis")).toBe("report");
    await page.goto("./view/targets-and-results?basis=report&qualifier=exact");
    await expect(figure.root).toHaveAttribute("data-state", "empty");
    await expect(figure.root.locator(".empty")).toHaveText(t("en", "empty.filtered"));
    await page.goto("./view/targets-and-results?basis=hearsay");
    await expect(figure.root.locator(".notice")).toContainText("hearsay");
});

test("groups of places have headings, and searching sets them aside", async ({ page }) => {
    const figure = await open(page, "view/remittances", "remittances");
    await figure.picker.locator("summary").click();
    await expect(figure.root.locator(".picker-head")).toHaveText([t("en", "place-kinds.country"), t("en", "place-kinds.group")]);
    await figure.picker.getByRole("searchbox").fill("wor");
    await expect(figure.root.locator(".picker-head:visible")).toHaveCount(0);
    await expect(figure.picker.getByRole("checkbox")).toHaveCount(1);
});

test.describe("through time", () => {
    test.beforeEach(async ({ page }) => {
        await page.clock.install();
        // The ids of this clock's timers are larger than a browser's, which are 32 bits for Rust.
        await page.addInitScript(() => {
            const ids = [];
            const { setTimeout: set, clearTimeout: clear } = window;
            window.setTimeout = (...args) => ids.push(set(...args));
            window.clearTimeout = (id) => clear(ids[id - 1]);
        });
    });
    // From here on only what a test lets pass.
    const stand = (page) => page.clock.pauseAt(Date.now() + 3_600_000);

    test("steps by hand, plays to the end and stops there; Back leads to before it", async ({ page }) => {
        const figure = await open(page, "view/remittances?place=UKR&time=2019..2021", "remittances");
        await stand(page);
        const play = (what) => figure.root.locator(`[data-play=${what}]`);
        const to = figure.root.locator("select[data-control=to]");
        await play("back").click();
        await expect(to).toHaveValue("2020");
        await play("on").press("Enter");
        await expect(to).toHaveValue("2021");
        await play("run").click();
        await expect(figure.root).toHaveAttribute("data-playing", "");
        for (const year of ["2022", "2023"]) {
            await page.clock.runFor(1_000);
            await expect(to).toHaveValue(year);
        }
        await play("run").click();
        await expect(figure.root).not.toHaveAttribute("data-playing");
        await page.clock.runFor(5_000);
        await expect(to).toHaveValue("2023"); // paused
        await figure.root.locator("[data-play-speed]").selectOption("2×");
        await play("run").click();
        await page.clock.runFor(500);
        await expect(to).toHaveValue("2024");
        await expect(figure.root).not.toHaveAttribute("data-playing"); // the end
        await expect(figure.root.locator("[data-play-speed] option:checked")).toHaveText("2×");
        await page.goBack();
        await expect(to).toHaveValue("2020");
    });

    test("periods play too, oldest to newest", async ({ page }) => {
        const figure = await open(page, "view/remittances-sources", "remittances-sources");
        await stand(page);
        const period = figure.root.locator("select[data-control=period]");
        const last = (await period.locator("option").count()) - 1;
        await period.selectOption({ index: 0 });
        await figure.root.locator("[data-play=run]").click(); // at the end: from the beginning
        await expect.poll(() => period.evaluate((list) => list.selectedIndex)).toBe(last);
        await page.clock.runFor(1_000);
        await expect.poll(() => period.evaluate((list) => list.selectedIndex)).toBe(last - 1);
    });

    test("a choice of the reader ends the play", async ({ page }) => {
        const figure = await open(page, "view/remittances?place=UKR&time=2010..2015", "remittances");
        await figure.root.locator("[data-play=run]").click();
        await figure.unit("pct_gdp").click();
        await expect(figure.root).not.toHaveAttribute("data-playing");
    });
});

test("with reduced motion there are steps, and nothing that plays", async ({ page }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    const figure = await open(page, "view/remittances?place=UKR", "remittances");
    await expect(figure.root.locator("[data-play=run]")).toBeHidden();
    await expect(figure.root.locator("[data-play=on]")).toBeVisible();
});

test("two views stand side by side, each with its own choices", async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    const first = await open(page, "view/remittances?place=UKR", "remittances");
    await page.locator(".compare select").selectOption("displacement");
    const second = new Figure(page, "displacement");
    await second.ready();
    expect(query(page).get("with")).toBe("displacement");
    const [a, b] = [await first.root.boundingBox(), await second.root.boundingBox()];
    expect(b.x).toBeGreaterThan(a.x + a.width - 1);
    await second.tab("table").click();
    await expect(second.table).toBeVisible();
    await expect(first.table).toBeHidden();
    await page.reload();
    await expect(second.table).toBeVisible();
    await page.locator(".compare select").selectOption("");
    await expect(second.root).toHaveCount(0);
    await page.goto("./view/remittances?with=nothing-like-this");
    await mounted(page);
    await expect(page.locator("#app .notice")).toContainText("nothing-like-this");
});

test("meetings are marked when asked for, and named below; without their file the figure stands", async ({ page, allow, requests }) => {
    const figure = await open(page, "view/displacement", "displacement");
    const asked = () => requests.filter((url) => url.endsWith("/data/events.json")).length;
    expect(asked()).toBe(0);
    await options(figure);
    await side(figure, "annotations", "events").click();
    const event = rows("events").find(({ id }) => id === "E17");
    await expect(figure.root.locator(".limits")).toContainText(event.title_en);
    expect(asked()).toBe(1);
    await figure.ready();

    allow(/status of 404/);
    await switchOff(page, "events");
    await page.reload();
    await expect(figure.root.locator(".limits")).toContainText(t("en", "limit.no-meetings"));
    await figure.ready();
});
