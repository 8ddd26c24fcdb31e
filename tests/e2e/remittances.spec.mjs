// Remittances: the calculator of a fee, and the flow that only its own page loads.
import { expect, mounted, test } from "./fixtures.mjs";
import { Certificate, Figure, address, inFlow, languages, of, rows, shownAtFirst, t, view } from "./pages.mjs";

const COST = "remittances-cost";
const all = rows("observations-remittances");
const places = new Map(rows("places").map((place) => [place.code, place]));
const shares = (sender) => {
    const own = [...view(COST).series, ...view(COST).marks];
    const of = all.filter((row) => own.includes(row.series) && row.counterpart === sender);
    return of.sort((a, b) => (a.period_end < b.period_end ? 1 : -1));
};
const written = (lang, value) => new Intl.NumberFormat(lang === "uk" ? "uk-UA" : "en-US", { maximumFractionDigits: 2 }).format(value);

class Calculator {
    constructor(page) {
        const root = page.locator(`figure[data-view=${COST}] .cost`);
        this.amount = root.getByRole("spinbutton");
        this.sender = root.locator("select[data-control=cost-sender]");
        this.period = root.locator("select[data-control=cost-period]");
        this.answer = root.getByRole("status");
        this.share = root.locator("button.cell");
        this.hint = root.locator(".cost-hint");
    }

    async says(lang, amount, share) {
        const fee = Math.round(amount * share) / 100;
        const left = Math.round(amount * Math.min(share, 2)) / 100;
        const key = share < 2 ? "cost.answer-free" : "cost.answer";
        await expect(this.answer).toHaveText(t(lang, key, { fee: written(lang, fee), left: written(lang, left), amount: written(lang, amount) }));
        await expect(this.share).toHaveAttribute("data-value", String(share));
    }
}

async function open(page, lang, query = "") {
    await page.goto(address(lang, `view/${COST}${query}`));
    await mounted(page);
    return new Calculator(page);
}

const query = (page) => decodeURIComponent(new URL(page.url()).search);

for (const lang of languages) {
    test(`${lang}: amount, sender and period give a fee, what less would leave, and the source`, async ({ page }) => {
        const calculator = await open(page, lang);
        const [german] = shares("DEU");
        await calculator.says(lang, 200, german.value);
        await expect(calculator.hint).not.toContainText("200");

        await calculator.amount.fill("500");
        await calculator.amount.press("Enter");
        await expect.poll(() => query(page)).toBe("?amount=500");
        await calculator.says(lang, 500, german.value);
        await expect(calculator.hint).toContainText("200"); // the published cost is for another amount
        await expect(calculator.amount).toBeFocused();

        await calculator.sender.selectOption({ label: of(places.get("CZE"), "name", lang) });
        const [newest, older] = shares("CZE");
        await calculator.says(lang, 500, newest.value);
        await calculator.period.selectOption({ index: 1 });
        await calculator.says(lang, 500, older.value);

        const certificate = new Certificate(page);
        await calculator.share.click();
        await expect(certificate.root).toBeVisible();
        await expect(certificate.value).toHaveAttribute("data-value", String(older.value));
        await certificate.close.click();

        const link = page.url();
        await page.reload();
        await mounted(page);
        await calculator.says(lang, 500, older.value);
        expect(page.url()).toBe(link);
        await page.goBack();
        await calculator.says(lang, 500, newest.value);
    });
}

test("the calculator works by keyboard alone, and is heard when its answer changes", async ({ page }) => {
    const calculator = await open(page, "en");
    await calculator.amount.focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Tab");
    await expect(calculator.sender).toBeFocused();
    await calculator.says("en", 201, shares("DEU")[0].value);
    await page.keyboard.press("ArrowDown");
    await calculator.says("en", 201, shares("ITA")[0].value);
    await expect(calculator.sender).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(calculator.period).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(calculator.share).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(new Certificate(page).root).toBeVisible();
});

test("of all countries together the newer release is taken, and below two per cent no more than the fee can be left", async ({ page }) => {
    const calculator = await open(page, "en", "?counterpart=");
    const [newest] = all.filter((row) => row.series === "wdi-cost-to-send" && row.period_end === "2023-12-31");
    expect(newest.value).toBeLessThan(2);
    await calculator.says("en", 200, newest.value);
    for (const [year, series] of [[2016, "wdi-cost-to-send"], [2015, "wdi-cost-to-send-2023-05"]]) {
        await calculator.period.selectOption(String(year));
        const { value } = all.find((row) => row.series === series && row.period_end === `${year}-12-31`);
        await calculator.says("en", 200, value);
    }
});

test("an amount that cannot be sent is ignored with a notice, and not taken from the field", async ({ page }) => {
    for (const amount of ["0", "-3", "abc", "1000000"]) {
        const calculator = await open(page, "en", `?amount=${amount}`);
        await expect(page.locator(".notice")).toContainText(t("en", "param.not-an-amount", { raw: amount }));
        await calculator.says("en", 200, shares("DEU")[0].value);
    }
    const calculator = await open(page, "en");
    for (const typed of ["0", "-3", "1.5", ""]) {
        await calculator.amount.fill(typed);
        await calculator.amount.press("Enter");
        expect(await calculator.amount.evaluate((field) => field.validity.valid)).toBe(false);
        expect(query(page)).toBe("");
    }
    await open(page, "en", "?at=1999");
    await expect(page.locator(".notice")).toContainText("at");
});

// The model as a flow.

const MODEL = "remittances-model";
const flows = (requests) => requests.filter((url) => /\/echarts-flows-/.test(url)).length;

test("what draws flows is loaded where a flow is, and nowhere else", async ({ page, requests }) => {
    for (const route of ["", "people", "view/remittances"]) {
        await page.goto(`./${route}`);
        await mounted(page);
        for (const plot of await page.locator(".plot").all()) await plot.scrollIntoViewIfNeeded();
        await expect(page.locator(".plot svg").first()).toBeVisible();
    }
    expect(flows(requests)).toBe(0);
    await page.goto(`./view/${MODEL}`);
    await new Figure(page, MODEL).ready();
    expect(flows(requests)).toBe(1);
});

for (const width of [390, 1440]) {
    test(`at ${width} px pointer and keys know where the bands are that ECharts painted`, async ({ page }) => {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ reducedMotion: "reduce" });
        await page.goto(`./view/${MODEL}`);
        const figure = new Figure(page, MODEL);
        await figure.ready();
        const plot = figure.plots.first();
        // Nodes are narrow and stand at the left edge: their middles, from above.
        const painted = await plot.evaluate((plot) => {
            const box = plot.getBoundingClientRect();
            const shapes = [...plot.querySelectorAll("svg path")].map((path) => path.getBoundingClientRect());
            const nodes = shapes.filter((shape) => shape.width > 8 && shape.width < 20 && shape.left - box.left < 20);
            const found = nodes.map((node) => ({ top: node.top - box.top, bottom: node.bottom - box.top })).sort((a, b) => a.top - b.top);
            return found.filter(({ top }, i) => i === 0 || top - found[i - 1].top > 1); // hatching is painted over its node
        });
        const expected = inFlow(shownAtFirst(view(MODEL)));
        expect(painted).toHaveLength(expected.length);
        const points = await figure.walk(figure.hits.first());
        expect(points.map(({ value }) => value)).toEqual(expected.map(({ value }) => value));
        const box = await plot.boundingBox();
        for (const [i, { at, value }] of points.entries()) {
            const y = parseFloat(at.split(" ")[1]);
            expect(Math.abs(y - (painted[i].top + painted[i].bottom) / 2), `${value}`).toBeLessThan(1.5);
        }
        // The pointer, at both ends of the widest band.
        for (const x of [30, box.width - 30]) {
            const y = x === 30 ? (painted[0].top + painted[0].bottom) / 2 : box.height / 2 - 20;
            await figure.hits.first().hover({ position: { x, y } });
            expect((await figure.point()).value).toBe(expected[0].value);
        }
        // Our sum says so, and opens a certificate that lists its parts.
        await figure.hits.first().focus();
        await page.keyboard.press("End");
        expect((await figure.point()).what).toContain("53");
        await page.keyboard.press("Enter");
        const certificate = new Certificate(page);
        await expect(certificate.value).toHaveAttribute("data-value", String(expected.at(-1).value));
        await expect(certificate.line(t("en", "certificate.computed"))).toHaveText(t("en", "certificate.computed-text"));
        await expect(certificate.root.locator("dt")).toContainText(["Spain"]);
    });
}
