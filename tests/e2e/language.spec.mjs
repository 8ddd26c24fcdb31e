// Ukrainian pages are Ukrainian to the last label, English pages English; names and citations stay as they are written.
import { offenders } from "./checks/language.mjs";
import { expect, mounted, test } from "./fixtures.mjs";
import { Figure, address, switchOff, t } from "./pages.mjs";

for (const lang of ["uk", "en"]) {
    test(`${lang}: notices, emptiness and failures`, async ({ page, allow }) => {
        allow(/Failed to load|net::ERR/);
        for (const search of ["time=x", "place=XXX", "unit=euro", "tab=map", "time=2020..2010", "time=1950..1960", "place="]) {
            await page.goto(address(lang, `view/remittances?${search}`));
            await expect(page.locator("figure")).toHaveAttribute("data-state", /ready|empty/);
            const raw = ["place", "XXX", "unit", "euro", "tab", "map", "time"];
            const found = await offenders(page, lang);
            expect(found.filter((one) => !raw.some((word) => one.includes(`“${word}” in`))), search).toEqual([]);
        }
        await switchOff(page, "observations-people");
        await page.route("**/data/agreements.json", (route) => route.abort());
        await page.route("**/data/observations-context.json", (route) => route.fulfill({ contentType: "application/json", body: "[]" }));
        await page.goto(address(lang, ""));
        for (const id of ["people-reached", "agreements", "displacement"]) await new Figure(page, id).in("error");
        expect((await offenders(page, lang)).filter((one) => !/“[0-9a-f]*[a-f]{2,}[0-9a-f]*” in/.test(one))).toEqual([]);
    });

    test(`${lang}: without script, title and description are in the page's own language`, async ({ request }) => {
        const html = await (await request.get(address(lang, "remittances/"))).text();
        expect(html).toMatch(lang === "uk" ? /<title>[^<]*\p{Script=Cyrillic}/u : /<title>[^<]*[a-z]/);
        expect(html).toMatch(lang === "uk" ? /name="description" content="[^"]*\p{Script=Cyrillic}/u : /name="description" content="[A-Z]/);
    });
}

test("numbers and dates are written as each language writes them", async ({ page }) => {
    await page.goto(address("uk", "view/remittances?place=UKR"));
    const figure = new Figure(page, "remittances");
    await figure.ready();
    await expect(figure.table.locator("td[data-value='14967000000']")).toHaveText("14\u00a0967\u00a0000\u00a0000\u00a0доларів США");
    await expect(figure.summary).toContainText("11,95\u00a0млрд");
    const labels = await figure.root.locator(".plot-canvas svg text").allTextContents();
    expect(labels).toContain("2020"); // a year is a name, not an amount
    await page.goto(address("en", "view/remittances?place=UKR"));
    await figure.ready();
    await expect(figure.summary).toContainText("USD\u00a0");
    const english = await figure.root.locator(".plot-canvas svg text").allTextContents();
    expect(english).toContain("2020");
    expect(english.filter((label) => /^\d,\d{3}$/.test(label))).toEqual([]);
});

test("the words of the picker are found in Ukrainian, whatever their case", async ({ page }) => {
    await page.goto(address("uk", "view/remittances"));
    const figure = new Figure(page, "remittances");
    await mounted(page);
    await figure.picker.locator("summary").click();
    await figure.picker.getByRole("searchbox").fill("ФІЛІП");
    await expect(figure.picker.getByRole("checkbox")).toHaveCount(1);
    await expect(figure.option("PHL")).toBeVisible();
    await figure.picker.getByRole("searchbox").fill("philip");
    await expect(figure.picker.locator(".picker-none")).toHaveText(t("uk", "picker.none"));
});

test("without the other language's words the failure screen stands, and reloading shows that language", async ({ page, allow }) => {
    allow(/status of 404/);
    await page.route("**/words/uk-*.json", (route) => route.fulfill({ status: 404, body: "gone" }));
    await page.goto("./remittances?place=UKR");
    await page.locator("#language").click();
    await expect(page.locator("#failure [lang=en]").getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("main")).toBeHidden();
    await page.unroute("**/words/uk-*.json");
    await page.locator("#failure [data-reload]").first().click();
    await expect(page.locator("main h1")).toHaveText(t("uk", "page.remittances"));
    await expect(page).toHaveURL(/\/uk\/remittances\?place=UKR$/);
});

test("a page brings the words of its language only; the other's come when they are asked for", async ({ page, requests }) => {
    const words = () => requests.map((url) => /\/words\/(\w+)-/.exec(url)?.[1]).filter(Boolean);
    await page.goto("./remittances");
    await mounted(page);
    expect(words()).toEqual(["en"]);
    for (const lang of ["uk", "en"]) {
        await page.locator("#language").click();
        await expect(page.locator("main h1")).toHaveText(t(lang, "page.remittances"));
        await expect(page.locator("#language")).toBeFocused();
        await expect(page.locator("html")).toHaveAttribute("lang", lang);
    }
    expect(words()).toEqual(["en", "uk"]);
});
