// The chart, the table and the download show the numbers of the package: all of them, and no others.
import { sorted } from "./checks/numbers.mjs";
import { expect, mounted, test } from "./fixtures.mjs";
import { Figure, address, languages, of, publisher, rows, t, view, viewRoutes } from "./pages.mjs";

for (const [lang, ukraine, shown] of [["en", "Ukraine", { 2021: /^USD\s18,060,000,000$/, 2023: /^USD\s14,967,000,000$/ }], ["uk", "Україна", { 2021: /^18\s060\s000\s000\s/, 2023: /^14\s967\s000\s000\s/ }]]) {
    test(`${lang}: Ukraine received 18,060,000,000 dollars in 2021 and 14,967,000,000 in 2023`, async ({ page }) => {
        await page.goto(address(lang, "remittances"));
        const figure = new Figure(page, "remittances");
        await figure.ready();
        const expected = { 2021: 18_060_000_000, 2023: 14_967_000_000 };
        const table = await figure.tableValues();
        const csv = await figure.download();
        for (const [year, value] of Object.entries(expected)) {
            const published = rows("observations-remittances").filter(
                (row) => row.series === "wdi-remittances-usd" && row.place === "UKR" && row.period_end === `${year}-12-31` && row.standing === "current",
            );
            expect(published.map((row) => row.value)).toEqual([value]);
            const cell = table.filter((one) => one.column === ukraine && one.row === year);
            expect(cell).toMatchObject([{ value, qualifier: "exact" }]);
            expect(cell[0].shown).toMatch(shown[year]);
            const point = await figure.pointAt(`${ukraine}, ${year}`);
            expect(point).toMatchObject({ value, qualifier: "exact" });
            expect(point.shown).toMatch(shown[year]);
            const line = csv.filter((row) => row.series === "wdi-remittances-usd" && row.place === "UKR" && row.period_end === `${year}-12-31`);
            expect(line).toMatchObject([{ value: String(value), qualifier: "exact", place_name: ukraine, unit: "usd" }]);
        }
    });

    test(`${lang}: each number stands in the table where the chart's point says it is`, async ({ page }) => {
        test.slow();
        await page.goto(address(lang, "view/remittances"));
        const figure = new Figure(page, "remittances");
        await figure.ready();
        const inTable = new Map((await figure.tableValues()).map((cell) => [`${cell.column}, ${cell.row}`, cell]));
        const points = await figure.points();
        expect(new Set(points.map(({ what }) => what)).size).toBe(inTable.size);
        for (const { what, value, shown } of points) expect(inTable.get(what), what).toMatchObject({ value, shown });
    });
}

for (const width of [390, 1440]) {
    test(`at ${width} px the column of records without a date is named, or it would pass for a year`, async ({ page }) => {
        await page.setViewportSize({ width, height: 900 });
        await page.goto("./view/agreements-by-year");
        const figure = new Figure(page, "agreements-by-year");
        await figure.ready();
        expect(await figure.root.locator(".plot-canvas svg text").allTextContents()).toContain(t("en", "label.undated"));
    });
}

test("the chart's marks stand where the numbers are", async ({ page }) => {
    // The tip's place comes from ECharts: a larger value of one line stands higher, a later one further right.
    await page.goto("./view/remittances?place=UKR");
    const figure = new Figure(page, "remittances");
    await figure.ready();
    const points = (await figure.points()).filter(({ what }) => what.startsWith("Ukraine, "));
    const at = points.map(({ at, value, what }) => ({ x: parseFloat(at), y: parseFloat(at.split(" ")[1]), value, year: Number(what.slice(-4)) }));
    at.sort((a, b) => a.year - b.year);
    expect(at.length).toBe(29);
    const [first, last] = [at[0], at.at(-1)];
    const high = at.reduce((a, b) => (b.value > a.value ? b : a));
    const low = at.reduce((a, b) => (b.value < a.value ? b : a));
    for (const { x, y, value, year } of at) {
        expect(x).toBeCloseTo(first.x + ((last.x - first.x) * (year - first.year)) / (last.year - first.year), 0);
        expect(y).toBeCloseTo(low.y + ((high.y - low.y) * (value - low.value)) / (high.value - low.value), 0);
    }
});

for (const lang of languages) {
    test(`${lang}: five headline figures with wording, source and the number of the package`, async ({ page }) => {
        await page.goto(address(lang, ""));
        const cards = page.locator("[data-headline]");
        await expect(cards).toHaveCount(5);
        const sources = new Map(rows("sources").map((source) => [source.id, source]));
        const expected = {
            reached: { value: 3_000_000, qualifier: "nearly", shown: { en: "nearly 3 million people", uk: "майже 3 млн осіб" } },
            "usa-for-iom": { value: 463_000, qualifier: "over", shown: { en: "over 463,000 people", uk: "понад 463 000 осіб" } },
            remittances: { value: 15_700_000_000, qualifier: "over", shown: { en: "over USD 15.7 billion", uk: "понад 15,7 млрд" } },
            displaced: { value: 5_100_000, qualifier: "over", shown: { en: "over 5.1 million people", uk: "понад 5,1 млн осіб" } },
        };
        for (const headline of rows("headlines")) {
            const card = page.locator(`[data-headline="${headline.id}"]`);
            const number = card.locator(".card-number");
            await expect(card.locator(".card-meaning")).toHaveText(of(headline, "meaning", lang));
            if (headline.caution_en) await expect(card.locator(".card-caution")).toHaveText(of(headline, "caution", lang));
            if (headline.kind === "agreements") {
                const signed = rows("agreements").filter(({ form }) => form !== "announcement").length;
                await expect(number).toHaveAttribute("data-value", String(signed));
                await expect(number).toContainText(String(signed));
                await expect(card.locator(".card-source")).toHaveText(t(lang, "headline.counted"));
                continue;
            }
            const { value, qualifier, shown } = expected[headline.id];
            const row = ["people", "remittances", "context"]
                .flatMap((topic) => rows(`observations-${topic}`))
                .find((one) => one.series === headline.series && one.place === headline.place && one.period_end === headline.period_end && one.standing === "current");
            expect(row).toMatchObject({ value, qualifier });
            await expect(number).toHaveAttribute("data-value", String(value));
            await expect(number).toHaveAttribute("data-qualifier", qualifier);
            await expect(number).toContainText(shown[lang]);
            await expect(card.locator(".card-source")).toContainText(publisher(sources.get(row.source), lang));
        }
        const quote = page.locator("[data-headline=remittances] .card-rival");
        await expect(quote).toContainText(lang === "en" ? "USD 14.97 billion" : "14,97 млрд");
        await expect(quote).toContainText(lang === "en" ? "World Bank" : "Світовий банк");
        await expect(page.locator("[data-headline=usa-for-iom] .card-caution")).toContainText(
            lang === "en" ? "Part of IOM’s own total. Never added to it." : "Частина підсумку самої МОМ. Ніколи до нього не додається.",
        );
    });

    test(`${lang}: “over” and “nearly” are printed in table, tip, summary and download`, async ({ page }) => {
        const over = { en: "over", uk: "понад" }[lang];
        const nearly = { en: "nearly", uk: "майже" }[lang];
        await page.goto(address(lang, "view/people-reached"));
        const figure = new Figure(page, "people-reached");
        await figure.ready();
        const [table, points, csv] = [await figure.tableValues(), await figure.points(), await figure.download()];
        for (const [value, word, qualifier] of [[3_000_000, nearly, "nearly"], [463_000, over, "over"]]) {
            for (const list of [table, points]) {
                const found = list.filter((one) => one.value === value);
                expect(found).toHaveLength(1);
                expect(found[0].qualifier).toBe(qualifier);
                expect(found[0].shown.startsWith(`${word} `)).toBe(true);
            }
            expect(csv.filter((row) => row.value === String(value))).toMatchObject([{ qualifier }]);
            await expect(figure.summary).toContainText(new RegExp(`${word} ${value === 463_000 ? "463[,\\s]000" : "3\\s"}`));
        }
    });
}

test("records of signatures are counted from the package", async ({ page }) => {
    await page.goto("./view/agreements-by-year");
    const figure = new Figure(page, "agreements-by-year");
    await figure.ready();
    const signed = rows("agreements").filter(({ form }) => form !== "announcement");
    const counts = new Map();
    for (const { signed_on, counterpart_type, form } of signed) {
        const kind = t("en", `counterpart-type.${counterpart_type}`);
        const column = form === "paper" ? kind : t("en", "label.several-papers", { kind });
        const key = `${column}, ${signed_on?.slice(0, 4) ?? t("en", "label.undated")}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const expected = sorted([...counts]);
    expect(sorted((await figure.tableValues()).map(({ column, row, value }) => [`${column}, ${row}`, value]))).toEqual(expected);
    expect(sorted((await figure.points()).map(({ what, value }) => [what, value]))).toEqual(expected);
    expect((await figure.download()).map(({ id }) => id).sort()).toEqual(signed.map(({ id }) => id).sort());
});

test("the timeline shows every dated signature once, and names those without a date", async ({ page }) => {
    await page.goto("./view/agreements?time=..");
    const figure = new Figure(page, "agreements");
    await figure.ready();
    const all = rows("agreements");
    const signed = all.filter(({ form }) => form !== "announcement");
    const points = await figure.points();
    expect(points.map(({ shown }) => shown).sort()).toEqual(signed.filter((row) => row.signed_on).map((row) => row.counterpart_en).sort());
    for (const undated of signed.filter((row) => !row.signed_on)) await expect(figure.root.locator(".limits")).toContainText(undated.counterpart_en);
    for (const point of points) expect(/December 2024 \(known to the month\)/.test(point.what) || !point.what.includes("December 2024")).toBe(true);
    await figure.tab("table").click();
    await expect(figure.table.locator("tbody tr")).toHaveCount(all.length);
    expect((await figure.download()).map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
});

test("every chart has its view's numbers within reach of one table", async ({ page }) => {
    test.setTimeout(120_000); // as many pages as there are views
    for (const route of viewRoutes) {
        await page.goto(`./${route}?tab=table`);
        await mounted(page);
        const figure = new Figure(page, route.slice("view/".length));
        await expect(figure.table).toBeVisible();
        await expect(figure.table.locator("caption")).toContainText(view(figure.id).title_en);
    }
});
