// The address is the state of a figure: controls write it, reloading reads it, Back undoes it, a copied link brings it elsewhere.
import { expect, mounted, test } from "./fixtures.mjs";
import { Figure, address, t } from "./pages.mjs";

/** The query; the order of chosen places means nothing. */
const query = (page) => decodeURIComponent(new URL(page.url()).search).replace(/(?<=place=)[A-Z~]+/, (places) => places.split("~").sort().join("~"));
const hasQuery = (page, expected) => expect.poll(() => query(page)).toBe(expected);

/** Does something to a figure, then proves that the address keeps it and that Back undoes it. */
async function roundTrip(page, figure, { before = "", after, change, shows }) {
    const undone = await figure.tableValues();
    await change();
    await hasQuery(page, after);
    // A table behind another tab follows when the page is idle.
    await expect.poll(() => figure.tableValues()).not.toEqual(undone);
    await shows();
    await figure.ready();
    const done = await figure.tableValues();
    await page.reload();
    await figure.ready();
    await shows();
    expect(await figure.tableValues()).toEqual(done);
    await page.goBack();
    await hasQuery(page, before);
    await expect.poll(() => figure.tableValues()).toEqual(undone);
    await page.goForward();
    await hasQuery(page, after);
    await expect.poll(() => figure.tableValues()).toEqual(done);
}

async function open(page, route, id) {
    await page.goto(address("en", route));
    const figure = new Figure(page, id);
    await figure.ready();
    return figure;
}

test("a place is searched for, chosen and removed", async ({ page }) => {
    const figure = await open(page, "remittances", "remittances");
    await expect(figure.root.locator(".chips li")).toHaveText([/Georgia/, /Moldova/, /Poland/, /Ukraine/]);
    await roundTrip(page, figure, {
        after: "?place=GEO~MDA~PHL~POL~UKR",
        change: async () => {
            await figure.picker.locator("summary").click();
            await figure.picker.getByRole("searchbox").fill("phIL");
            await expect(figure.picker.getByRole("checkbox")).toHaveCount(1);
            await figure.option("PHL").check();
        },
        shows: async () => {
            await expect(figure.chip("PHL")).toContainText("Philippines");
            await expect(figure.table.locator("thead th")).toContainText(["Period", "Philippines"]);
        },
    });
    await figure.chip("MDA").click();
    await hasQuery(page, "?place=GEO~PHL~POL~UKR");
    await expect(figure.chip("MDA")).toHaveCount(0);
    await expect(figure.table.locator("thead th").filter({ hasText: "Moldova" })).toHaveCount(0);
});

test("the picker works by keyboard alone and says when nothing is found", async ({ page }) => {
    const figure = await open(page, "view/remittances", "remittances");
    const summary = figure.picker.locator("summary");
    await summary.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await expect(figure.picker.getByRole("searchbox")).toBeFocused();
    await page.keyboard.type("xyz");
    await expect(figure.picker.locator(".picker-none")).toHaveText(t("en", "picker.none"));
    await figure.picker.getByRole("searchbox").fill("wor");
    await page.keyboard.press("Tab");
    await expect(figure.option("WLD")).toBeFocused();
    await page.keyboard.press("Space");
    await expect(figure.option("WLD")).toBeChecked();
    await expect(figure.chip("WLD")).toBeVisible();
    await hasQuery(page, "?place=GEO~MDA~POL~UKR~WLD");
    await expect(figure.option("WLD")).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(figure.picker.getByRole("searchbox")).toBeHidden();
    await expect(summary).toBeFocused();
});

test("removing the last place says what to do", async ({ page }) => {
    const figure = await open(page, "view/remittances?place=UKR", "remittances");
    await figure.chip("UKR").click();
    await figure.in("empty");
    await expect(figure.root.locator(".empty")).toHaveText(t("en", "empty.no-place"));
    await hasQuery(page, "?place=");
    await page.reload();
    await figure.in("empty");
});

test("dollars or share of GDP", async ({ page }) => {
    const figure = await open(page, "view/remittances", "remittances");
    await expect(figure.unit("usd")).toHaveAttribute("aria-pressed", "true");
    await roundTrip(page, figure, {
        after: "?unit=pct_gdp",
        change: () => figure.unit("pct_gdp").click(),
        shows: async () => {
            await expect(figure.unit("pct_gdp")).toHaveAttribute("aria-pressed", "true");
            await expect(figure.unit("usd")).toHaveAttribute("aria-pressed", "false");
            await expect(figure.summary).toContainText("% of GDP");
        },
    });
    await figure.unit("usd").click();
    await hasQuery(page, "");
    // The plot hears the pointer once, whichever unit was shown before.
    await figure.ready();
    await figure.pointAt("Ukraine, 2020");
    await figure.hits.first().hover();
    const steps = await page.evaluate(() => history.length);
    await figure.unit("usd").click(); // chosen already: no step of Back
    expect(await page.evaluate(() => history.length)).toBe(steps);
});

test("a range of years, with open ends", async ({ page }) => {
    const figure = await open(page, "view/remittances", "remittances");
    const years = () => figure.tableValues().then((cells) => [...new Set(cells.map(({ row }) => Number(row)))].sort());
    await roundTrip(page, figure, {
        after: "?time=2010..",
        change: () => figure.control("from").selectOption("2010"),
        shows: async () => {
            await expect(figure.control("from")).toHaveValue("2010");
            await expect.poll(async () => (await years())[0]).toBe(2010);
        },
    });
    await figure.control("to").selectOption("2015");
    await hasQuery(page, "?time=2010..2015");
    await expect.poll(years).toEqual([2010, 2011, 2012, 2013, 2014, 2015]);
    await page.reload();
    await expect(figure.control("to")).toHaveValue("2015");
    await expect.poll(years).toEqual([2010, 2011, 2012, 2013, 2014, 2015]);
    await figure.control("from").selectOption("1996");
    await hasQuery(page, "?time=..2015");
});

test("one of the published periods", async ({ page }) => {
    const figure = await open(page, "view/remittances-sources", "remittances-sources");
    await expect(figure.control("period")).toHaveValue("2019");
    await roundTrip(page, figure, {
        after: "?time=2021-01-01..2021-09-30",
        change: () => figure.control("period").selectOption("2021-01-01..2021-09-30"),
        shows: async () => {
            await expect(figure.control("period")).toHaveValue("2021-01-01..2021-09-30");
            await expect(figure.root.locator(".panel-title")).toHaveText("January – September 2021");
        },
    });
});

test("kinds of partner, in timeline and counts", async ({ page }) => {
    const figure = await open(page, "view/agreements-by-year", "agreements-by-year");
    await roundTrip(page, figure, {
        after: "?counterpart=government",
        change: () => figure.kind("government").click(),
        shows: async () => {
            await expect(figure.kind("government")).toHaveAttribute("aria-pressed", "true");
            await expect(figure.table.locator("thead th")).toContainText(["Year", "National government"]);
        },
    });
    await figure.kind("diaspora").click();
    await expect.poll(() => query(page).slice("?counterpart=".length).split("~").sort()).toEqual(["diaspora", "government"]);
    await figure.kind("government").click();
    await hasQuery(page, "?counterpart=diaspora");
    await figure.kind("diaspora").click();
    await hasQuery(page, "");

    const timeline = await open(page, "view/agreements?counterpart=diaspora", "agreements");
    await expect(timeline.table.locator("tbody tr")).toHaveCount(1);
    await timeline.kind("diaspora").click();
    await hasQuery(page, "");
    await expect(timeline.table.locator("tbody tr")).not.toHaveCount(1);
});

test("the tab is part of the address", async ({ page }) => {
    const figure = await open(page, "view/remittances", "remittances");
    await figure.tab("sources").click();
    await hasQuery(page, "?tab=sources");
    await expect(figure.root.locator(".source").first()).toBeVisible();
    await figure.tab("table").click();
    await hasQuery(page, "?tab=table");
    await expect(figure.table).toBeVisible();
    await page.reload();
    await expect(figure.table).toBeVisible();
    await expect(figure.tab("table")).toHaveAttribute("aria-selected", "true");
    await page.goBack();
    await expect(figure.tab("sources")).toHaveAttribute("aria-selected", "true");
    await page.goBack();
    await expect(figure.tab("chart")).toHaveAttribute("aria-selected", "true");
    await hasQuery(page, "");
});

test("a page's second figure has parameters of its own", async ({ page }) => {
    const figure = await open(page, "remittances?remittances-sources.time=2017&place=UKR", "remittances-sources");
    const leading = new Figure(page, "remittances");
    await expect(figure.control("period")).toHaveValue("2017");
    await expect(figure.notice).toHaveCount(0);
    await leading.ready();
    await expect(leading.notice).toHaveCount(0);
    await expect(leading.root.locator(".chips li")).toHaveText([/Ukraine/]);
    await figure.control("period").selectOption("2011");
    await hasQuery(page, "?place=UKR&remittances-sources.time=2011");
    await leading.unit("pct_gdp").click();
    await expect.poll(() => Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ place: "UKR", unit: "pct_gdp", "remittances-sources.time": "2011" });
    await page.reload();
    await expect(figure.control("period")).toHaveValue("2011");
    await expect(leading.unit("pct_gdp")).toHaveAttribute("aria-pressed", "true");
});

test("parameters of others are left alone", async ({ page }) => {
    const figure = await open(page, "view/remittances?utm_source=letter&place=UKR", "remittances");
    await expect(figure.notice).toHaveCount(0);
    await figure.unit("pct_gdp").click();
    await expect.poll(() => Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ utm_source: "letter", place: "UKR", unit: "pct_gdp" });
});

test("a theme in the address is shown and not remembered", async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light" });
    const figure = await open(page, "view/remittances?theme=dark", "remittances");
    await expect(figure.notice).toHaveCount(0);
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test("old links still open", async ({ page }) => {
    const figure = await open(page, "remittances?country=UKR~PHL&yScale=log", "remittances");
    await expect(figure.notice).toHaveCount(0);
    await expect(figure.root.locator(".chips li")).toHaveText([/Philippines/, /Ukraine/]);
    const log = (await figure.pointAt("Ukraine, 2000")).at;
    await page.goto("./remittances?country=UKR~PHL");
    await figure.ready();
    expect((await figure.pointAt("Ukraine, 2000")).at).not.toBe(log); // the axis was another one
});

test.describe("copied link", () => {
    test.use({ permissions: ["clipboard-read", "clipboard-write"] });
    for (const lang of ["en", "uk"]) {
        test(`${lang}: is absolute and opens the same figure`, async ({ page, context }) => {
            await page.goto(address(lang, "remittances?place=UKR~PHL&unit=pct_gdp&time=2010..2020"));
            const figure = new Figure(page, "remittances");
            await figure.ready();
            const shown = await figure.tableValues();
            const summary = await figure.summary.textContent();
            await figure.copyLink.click();
            await expect(figure.root.locator(".action-status")).toHaveText(t(lang, "action.copied"));
            const link = await page.evaluate(() => navigator.clipboard.readText());
            expect(link).toBe(`${new URL(address(lang, "view/remittances"), new URL("/", page.url()))}?place=UKR~PHL&unit=pct_gdp&time=2010..2020`);
            const other = await context.newPage();
            await other.goto(link);
            const same = new Figure(other, "remittances");
            await same.ready();
            expect(await same.tableValues()).toEqual(shown);
            await expect(same.summary).toHaveText(summary);
        });
    }

    test("of a second figure carries its own choice only", async ({ page }) => {
        const figure = await open(page, "remittances?place=UKR&remittances-sources.time=2017", "remittances-sources");
        await figure.copyLink.click();
        await expect(figure.root.locator(".action-status")).toHaveText(t("en", "action.copied"));
        const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
        expect(link.pathname + link.search).toBe("/view/remittances-sources?time=2017");
    });
});

test("where copying is refused, the reader is told what to do", async ({ page }) => {
    await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new Error("no")) } }));
    const figure = await open(page, "view/remittances", "remittances");
    await figure.copyLink.click();
    await expect(figure.root.locator(".action-status")).toHaveText(t("en", "action.copy-failed"));
});

test.describe("what cannot be read is said, and the figure still draws", () => {
    const many = Array.from({ length: 41 }, (_, i) => `A${String(i).padStart(2, "0")}`).join("~");
    const wrong = [
        ["tab=map", "param.not-one-of", "tab", "map"],
        ["tab=", "param.not-one-of", "tab", ""],
        ["scale=cubic", "param.not-one-of", "scale", "cubic"],
        ["theme=purple", "param.not-one-of", "theme", "purple"],
        ["sort=random", "param.not-one-of", "sort", "random"],
        ["unit=euro", "param.not-in-view", "unit", "euro"],
        ["unit=%3Cb%3Eusd", "param.not-an-id", "unit", "<b>usd"],
        ["place=XXX", "param.not-in-view", "place", "XXX"],
        ["basis=nope", "param.not-in-view", "basis", "nope"],
        ["place=UKR~XXX", "param.not-in-view", "place", "XXX"],
        ["place=UKR%20MDA", "param.not-an-id", "place", "UKR MDA"],
        ["place=%D0%A3%D0%9A%D0%A0", "param.not-an-id", "place", "УКР"],
        [`place=${many}`, "param.too-many", "place", many],
        ["time=yesterday", "param.not-a-time", "time", "yesterday"],
        ["time=2010..soon", "param.not-a-time", "time", "2010..soon"],
        ["time=2020-13", "param.not-a-time", "time", "2020-13"],
        ["time=2020..2010", "param.time-out-of-order", "time", "2020..2010"],
        ["time=2010-2020", "param.not-a-time", "time", "2010-2020"],
        ["series=a%2Fb", "param.not-an-id", "series", "a/b"],
        ["country=%27%3B--", "param.not-an-id", "place", "';--"],
    ];
    for (const [search, key, name, raw] of wrong) {
        test(search.slice(0, 40), async ({ page }) => {
            const figure = await open(page, `view/remittances?${search}`, "remittances");
            await expect(figure.notice.locator("li")).toHaveText([t("en", key, { name, raw })]);
            expect((await figure.tableValues()).length).toBeGreaterThan(10);
            await figure.notice.getByRole("button", { name: t("en", "action.dismiss") }).click();
            await expect(figure.notice).toHaveCount(0);
        });
    }

    for (const [id, search, name, raw] of [
        ["remittances-sources", "time=1999", "time", "1999"],
        ["refugees-by-country", "qualifier=nope", "qualifier", "nope"],
        ["targets-and-results", "basis=nope", "basis", "nope"],
        ["remittances-cost", "series=nope", "series", "nope"],
        ["agreements", "counterpart=martians", "counterpart", "martians"],
        ["agreements-by-year", "counterpart=martians", "counterpart", "martians"],
    ]) {
        test(`${id}: ${search}`, async ({ page }) => {
            const figure = await open(page, `view/${id}?${search}`, id);
            await expect(figure.notice.locator("li")).toHaveCount(1);
            await expect(figure.notice.locator("li")).toContainText(`“${name}”`);
            await expect(figure.notice.locator("li")).toContainText(raw);
            const values = await figure.tableValues();
            await page.goto(address("en", `view/${id}`));
            await figure.ready();
            expect(values).toEqual(await figure.tableValues()); // as if nothing had been asked
        });
    }

    test("a filter that the view does not offer changes nothing", async ({ page }) => {
        const figure = await open(page, "view/remittances?qualifier=exact", "remittances");
        const values = await figure.tableValues();
        await page.goto(address("en", "view/remittances"));
        await figure.ready();
        expect(values).toEqual(await figure.tableValues());
    });

    test("a view beside itself is not one", async ({ page }) => {
        await open(page, "view/remittances?with=remittances", "remittances");
        await expect(page.locator("figure")).toHaveCount(1);
    });

    test("several at once, in Ukrainian; a new mistake shows a dismissed notice again", async ({ page }) => {
        await page.goto(address("uk", "view/remittances?tab=map&time=x&place=UKR"));
        const figure = new Figure(page, "remittances");
        await figure.ready();
        await expect(figure.notice.locator("li")).toHaveText([
            t("uk", "param.not-one-of", { name: "tab", raw: "map" }),
            t("uk", "param.not-a-time", { name: "time", raw: "x" }),
        ]);
        await figure.notice.getByRole("button").click();
        await expect(figure.notice).toHaveCount(0);
        await page.goto(address("uk", "view/remittances?tab=map&time=y"));
        await expect(figure.notice.locator("li")).toHaveCount(2);
    });

    test("a later choice keeps none of the mistakes", async ({ page }) => {
        const figure = await open(page, "view/remittances?unit=euro&time=x", "remittances");
        await expect(figure.notice.locator("li")).toHaveCount(2);
        await figure.chip("POL").click();
        await expect.poll(() => new URL(page.url()).searchParams.get("place")).toBe("GEO~MDA~UKR");
        await expect.poll(() => new URL(page.url()).searchParams.get("time")).toBe(null);
    });
});

test("what nothing was published for is said in the figure", async ({ page }) => {
    await page.goto("./view/remittances?time=1950..1960");
    const figure = new Figure(page, "remittances");
    await mounted(page);
    await figure.in("empty");
    await expect(figure.root.locator(".empty")).toHaveText(t("en", "empty.no-time"));
    await expect(figure.control("from")).toBeVisible();
});
