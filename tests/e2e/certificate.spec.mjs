// The birth certificate of a number: opened in every way there is, complete, closed again with focus where it was.
import { expect, mounted, test } from "./fixtures.mjs";
import { Certificate, Figure, address, languages, of, publisher, rows, t } from "./pages.mjs";

const series = new Map(rows("series").map((one) => [one.id, one]));
const sources = new Map(rows("sources").map((one) => [one.id, one]));
const row = (topic, id, place, period_end) =>
    rows(`observations-${topic}`).find((one) => one.series === id && one.place === place && one.period_end === period_end && one.standing === "current");

/** The number, and everything that the package knows about it. */
async function tellsAll(page, lang, published, { shown, period, place }) {
    const certificate = new Certificate(page);
    const measure = series.get(published.series);
    const source = sources.get(published.source);
    await expect(certificate.root).toBeVisible();
    await expect(certificate.root).toHaveAccessibleName(t(lang, "certificate.title"));
    await expect(certificate.value).toHaveText(shown);
    await expect(certificate.value).toHaveAttribute("data-value", String(published.value));
    await expect(certificate.value).toHaveAttribute("data-qualifier", published.qualifier);
    await expect(certificate.title).toHaveText(of(measure, "name", lang));
    const lines = {
        wording: t(lang, `qualifier-name.${published.qualifier}`),
        place,
        period,
        definition: of(measure, "definition", lang),
        scope: of(measure, "scope", lang),
        silent: of(measure, "silent", lang),
        basis: `${t(lang, `basis.${measure.basis}`)}. ${t(lang, `basis-why.${measure.basis}`)}`,
        licence: t(lang, `licence-why.${measure.licence}`),
    };
    if (published.note_en) lines.note = of(published, "note", lang);
    for (const [key, text] of Object.entries(lines)) await expect(certificate.line(t(lang, `certificate.${key}`)), key).toHaveText(text);
    const cited = certificate.sources.first();
    await expect(cited).toContainText(publisher(source, lang));
    await expect(cited).toContainText(source.title);
    if (source.url) await expect(cited.getByRole("link", { name: source.title, exact: true })).toHaveAttribute("href", source.url);
    await expect(cited).toContainText(t(lang, `licence.${source.licence}`));
    if (source.published_on) await expect(cited.locator(".source-date")).toContainText(source.published_on.slice(0, 4));
    await expect(certificate.sources).toHaveCount(1 + published.more_sources.length);
    return certificate;
}

/** Escape closes; the reader is where the reader was. */
async function closesTo(page, origin) {
    await page.keyboard.press("Escape");
    await expect(new Certificate(page).root).toBeHidden();
    await expect(origin).toBeFocused();
}

/** What Ukraine received in 2023, in both languages. */
const received = {
    published: row("remittances", "wdi-remittances-usd", "UKR", "2023-12-31"),
    en: { shown: "USD 14,967,000,000", period: "2023", place: "Ukraine" },
    uk: { shown: /^14\s967\s000\s000\sдоларів США$/, period: "2023", place: "Україна" },
};

async function open(page, lang, id) {
    await page.goto(address(lang, `view/${id}`));
    const figure = new Figure(page, id);
    await figure.ready();
    return figure;
}

/** Where a point is drawn, on the screen. */
async function whereIs(figure, what) {
    const { at } = await figure.pointAt(what);
    const hit = figure.hits.first();
    await hit.press("Escape");
    const box = await hit.boundingBox();
    const [left, top] = at.split(" ").map(parseFloat);
    return { x: box.x + left, y: box.y + top };
}

for (const lang of languages) {
    test.describe(lang, () => {
        const what = `${received[lang].place}, 2023`;

        test("by mouse, on a point of the chart", async ({ page }) => {
            const figure = await open(page, lang, "remittances");
            const { x, y } = await whereIs(figure, what);
            await page.mouse.move(x + 2, y + 2);
            await expect(figure.tip.locator("span").first()).toHaveText(what);
            await expect(figure.tip.locator("strong")).toHaveText(received[lang].shown);
            await page.mouse.click(x + 2, y + 2);
            await tellsAll(page, lang, received.published, received[lang]);
            await closesTo(page, figure.hits.first());
        });

        test("by keyboard, on the focused chart", async ({ page }) => {
            const figure = await open(page, lang, "remittances");
            await figure.pointAt(what);
            await expect(figure.root.locator(".plot [aria-live=polite]")).toContainText(`${what}: `);
            await page.keyboard.press("Enter");
            await tellsAll(page, lang, received.published, received[lang]);
            await closesTo(page, figure.hits.first());
            await figure.pointAt(what);
            await page.keyboard.press("Space");
            await expect(new Certificate(page).root).toBeVisible();
        });

        test("by mouse, on a cell of the table", async ({ page }) => {
            const figure = await open(page, lang, "remittances");
            await figure.tab("table").click();
            const cell = figure.table.locator(`td[data-value="${received.published.value}"] button`);
            await cell.click();
            const certificate = await tellsAll(page, lang, received.published, received[lang]);
            await certificate.close.click();
            await expect(certificate.root).toBeHidden();
            await expect(cell).toBeFocused();
        });

        test("by keyboard, from cell to cell", async ({ page }) => {
            const figure = await open(page, lang, "remittances");
            await figure.tab("table").focus();
            await page.keyboard.press("Enter");
            await page.keyboard.press("Tab"); // the table's box, which scrolls
            await page.keyboard.press("Tab");
            const cells = figure.table.locator("button.cell");
            await expect(cells.first()).toBeFocused();
            await page.keyboard.press("ArrowDown"); // one year earlier, same place
            const cell = figure.table.locator(`td[data-value="${received.published.value}"] button`);
            await expect(cell).toBeFocused();
            await page.keyboard.press("ArrowRight");
            await expect(cell).not.toBeFocused();
            await page.keyboard.press("ArrowLeft");
            await expect(cell).toBeFocused();
            await expect(figure.table.locator("button.cell[tabindex='0']")).toHaveCount(1);
            await page.keyboard.press("Enter");
            await tellsAll(page, lang, received.published, received[lang]);
            await closesTo(page, cell);
        });

        test("by a headline: a number with a word before it", async ({ page }) => {
            await page.goto(address(lang, ""));
            const number = page.locator("[data-headline=usa-for-iom] button.card-number");
            await number.click();
            const published = row("people", "usa-for-iom-reached", "X-UNSTATED", "2023-09-30");
            const certificate = await tellsAll(page, lang, published, {
                shown: lang === "en" ? "over 463,000 people" : /^понад 463\s000\sосіб$/,
                place: of(rows("places").find(({ code }) => code === "X-UNSTATED"), "name", lang),
                period: lang === "en" ? "February 2022 – September 2023" : /^лютий 2022\sр\. – вересень 2023\sр\.$/,
            });
            await expect(certificate.line(t(lang, "certificate.part-of"))).toHaveText(of(series.get("iom-reached-region"), "name", lang));
            await closesTo(page, number);
        });
    });
}

test.describe("by touch", () => {
    test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

    test("on a point of the chart", async ({ page }) => {
        const figure = await open(page, "en", "remittances");
        const { x, y } = await whereIs(figure, "Ukraine, 2023");
        await page.touchscreen.tap(x, y);
        await tellsAll(page, "en", received.published, received.en);
        await new Certificate(page).close.tap();
        await expect(new Certificate(page).root).toBeHidden();
    });

    test("on a bar, anywhere in its row", async ({ page }) => {
        const figure = await open(page, "en", "people-reached");
        const hit = figure.hits.first();
        await hit.focus();
        await hit.press("ArrowRight");
        await hit.press("End");
        const { at } = await figure.point();
        await hit.press("Escape");
        await hit.tap({ position: { x: 20, y: parseFloat(at.split(" ")[1]) } });
        await tellsAll(page, "en", row("people", "iom-reached-ukraine", "UKR", "2023-03-31"), {
            shown: "nearly 3,000,000 people",
            place: "Ukraine",
            period: "February 2022 – March 2023",
        });
    });

    test("and scrolling over a chart opens nothing", async ({ page }) => {
        const figure = await open(page, "en", "remittances");
        const box = await figure.hits.first().boundingBox();
        const client = await page.context().newCDPSession(page);
        const y = box.y + box.height / 2;
        await client.send("Input.synthesizeScrollGesture", { x: box.x + 100, y, yDistance: -200, gestureSourceType: "touch" });
        await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(100);
        await expect(new Certificate(page).root).toBeHidden();
    });
});

for (const lang of languages) {
    test(`${lang}: IOM's quote is told from the statistic beside it`, async ({ page }) => {
        await page.goto(address(lang, ""));
        await page.locator("[data-headline=remittances] button.card-number").click();
        await tellsAll(page, lang, row("remittances", "iom-remittances-quote-usd", "UKR", "2023-12-31"), {
            shown: lang === "en" ? "over USD 15,700,000,000" : /^понад 15\s700\s000\s000\sдоларів США$/,
            period: "2023",
            place: received[lang].place,
        });
    });

    test(`${lang}: an agreement's certificate says what the source says and does not`, async ({ page }) => {
        const figure = await open(page, lang, "agreements");
        await figure.tab("table").click();
        const december = rows("agreements").find(({ id }) => id === "M020");
        await figure.table.getByRole("button", { name: of(december, "counterpart", lang), exact: true }).click();
        const certificate = new Certificate(page);
        await expect(certificate.value).toHaveText(of(december, "counterpart", lang));
        await expect(certificate.title).toHaveText(t(lang, `instrument.${december.instrument}`));
        for (const [key, text] of Object.entries({
            says: of(december, "says", lang),
            silent: of(december, "silent", lang),
            form: t(lang, `form.${december.form}`),
            status: t(lang, `status.${december.status}`),
            confidence: t(lang, `confidence.${december.confidence}`),
            "counterpart-type": t(lang, `counterpart-type.${december.counterpart_type}`),
        })) {
            await expect(certificate.line(t(lang, `certificate.${key}`)), key).toHaveText(text);
        }
        await expect(certificate.line(t(lang, "certificate.date"))).toContainText(t(lang, "precision.month"));
        await expect(certificate.sources.first()).toContainText(publisher(sources.get(december.source), lang));
    });
}

test("a count opens the records that it counts", async ({ page }) => {
    const figure = await open(page, "en", "agreements-by-year");
    await figure.tab("table").click();
    const cell = figure.cells.first();
    const count = Number(await cell.getAttribute("data-value"));
    await cell.getByRole("button").click();
    const certificate = new Certificate(page);
    await expect(certificate.value).toHaveAttribute("data-value", String(count));
    await expect(certificate.root.locator("dt")).toHaveCount(count + 1);
    await expect(certificate.line(t("en", "certificate.computed"))).toHaveText(t("en", "certificate.counted-text"));
});

test("a click beside it closes, a click in it does not; the page behind waits", async ({ page }) => {
    await page.goto("./");
    await mounted(page);
    const number = page.locator("[data-headline=displaced] button.card-number");
    await number.click();
    const certificate = new Certificate(page);
    await certificate.value.click();
    await expect(certificate.root).toBeVisible();
    // A modal dialog: the keyboard cannot leave it for the page behind.
    for (let i = 0; i < 6; i += 1) {
        await page.keyboard.press("Tab");
        expect(await page.evaluate(() => document.activeElement === document.body || document.querySelector("dialog").contains(document.activeElement))).toBe(true);
    }
    await page.mouse.click(10, 10);
    await expect(certificate.root).toBeHidden();
    await expect(number).toBeFocused();
});

test("a superseded, rival or weak figure is never drawn as the current one", async ({ page }) => {
    const figure = await open(page, "en", "remittances-sources");
    const drawn = (await figure.tableValues()).map(({ row, value }) => `${row} ${value}`);
    const places = new Map(rows("places").map(({ code, name_en }) => [code, name_en]));
    const others = rows("observations-remittances").filter((one) => one.series === "nbu-remittances-by-country" && one.standing !== "current");
    expect(others.length).toBeGreaterThan(0);
    for (const one of others) expect(drawn).not.toContain(`${places.get(one.counterpart)} ${one.value}`);
});
