// Finding things: search on `/`, shortcuts on `?`, the filter of the catalogue; by keyboard alone, by mouse, in both languages.
import { expect, mounted, test } from "./fixtures.mjs";
import { find, folded, prepared } from "../../web/find.js";
import { keyOf } from "../../web/shortcuts.js";
import { Figure, Finder, address, files, languages, menu, of, plural, rows, t, view } from "./pages.mjs";

const INDEX = /\/search\/(en|uk)-\w+\.json$/;
const CODE = /\/search\/search-\w+\.js/;

test.describe("what fits", () => {
    const entries = ["Remittances received, World Bank", "Cost of sending money", "Côte d’Ivoire", "Світовий конґрес українців", "Здоров’я", "Їжа", "Кошти"].map((title) => prepared({ title, words: title === "Їжа" ? "food" : "" }));
    const cases = [
        ["remit", ["Remittances received, World Bank"]],
        ["BANK world", ["Remittances received, World Bank"]],
        ["cote divoire", ["Côte d’Ivoire"]],
        ["d'ivoire", ["Côte d’Ivoire"]],
        ["конгрес", ["Світовий конґрес українців"]],
        ["здоровя", ["Здоров’я"]],
        ["здоров'я", ["Здоров’я"]],
        ["ЗДОРОВʼЯ", ["Здоров’я"]],
        ["їжа", ["Їжа"]],
        ["здоров’ям", ["Здоров’я"]], // one letter too many
        ["конґреси", ["Світовий конґрес українців"]], // another case
        ["food", ["Їжа"]],
        ["remitances", ["Remittances received, World Bank"]], // a letter missing
        ["remmittances", ["Remittances received, World Bank"]], // one too many
        ["rimittances", ["Remittances received, World Bank"]], // another
        ["reimttances", ["Remittances received, World Bank"]], // two swapped
        ["wolrd", ["Remittances received, World Bank"]],
        ["bnk", []], // too short to guess
        ["remittances cost", []],
        ["", []],
        ["’ -", []],
    ];
    for (const [query, expected] of cases) {
        test(`"${query}" finds ${expected.length}`, async () => expect(find(entries, query).map(({ title }) => title)).toEqual(expected));
    }

    test("the best comes first: a title before a word, a whole word before a beginning", async () => {
        const ranked = [{ title: "Poland in brief" }, { title: "Sources", context: "Poland and others" }, { title: "Senders", words: "Poland" }, { title: "Poland" }, { title: "Polandball" }].map(prepared);
        expect(find(ranked, "poland").map(({ title }) => title)).toEqual(["Poland", "Poland in brief", "Polandball", "Senders", "Sources"]);
    });

    test("letters are compared without case, accents and apostrophes", async () => {
        expect(["Ґанок", "ПІД’ЇЗД", "підʼїзд", "naïve"].map(folded)).toEqual(["ганок", "підізд", "підізд", "naive"]);
    });

    test("a Ukrainian keyboard has its shortcuts in the same places", async () => {
        const pressed = (key, code, shiftKey = false) => keyOf({ key, code, shiftKey });
        expect([pressed("е", "KeyT"), pressed(".", "Slash"), pressed(",", "Slash", true), pressed("?", "Digit7", true), pressed("1", "Digit1")]).toEqual(["t", "/", "?", "?", "1"]);
        expect([pressed("T", "KeyT"), pressed("T", "KeyT", true), pressed("Е", "KeyT", true)]).toEqual(["t", "", ""]);
    });
});

test("what is typed while the palette is on its way stands in its field, and is no shortcut", async ({ page }) => {
    let go;
    const held = new Promise((done) => { go = done; });
    await page.route("**/search/search-*.js", async (route) => {
        await held;
        await route.continue();
    });
    await page.goto("./people");
    await page.keyboard.press("/"); // the static page: it starts the app as well
    await page.keyboard.type("total help");
    await mounted(page);
    go();
    const finder = new Finder(page);
    await expect(finder.field).toHaveValue("total help");
    await expect(finder.field).toBeFocused();
    await expect(finder.options).not.toHaveCount(0);
    await expect(page.locator("html")).not.toHaveAttribute("data-theme"); // t would change it
});

test("where the app has failed no palette comes, and keys are the browser's", async ({ page, allow }) => {
    allow(/404|Failed to load/);
    await page.route("**/words/*.json", (route) => route.fulfill({ status: 404, body: "gone" }));
    await page.goto("./people");
    await page.keyboard.press("/");
    await expect(page.locator("#failure")).toBeVisible();
    const kept = await page.evaluate(() => {
        const key = new KeyboardEvent("keydown", { key: "t", bubbles: true, cancelable: true });
        document.body.dispatchEvent(key);
        return !key.defaultPrevented;
    });
    expect(kept).toBe(true);
});

for (const lang of languages) {
    test.describe(`${lang}: search`, () => {
        test("by keyboard: / opens, arrows choose, Enter leads to the place on a chart that has it", async ({ page, requests }) => {
            await page.goto(address(lang, "about"));
            await mounted(page);
            expect(requests.filter((url) => url.includes("/search/"))).toEqual([]); // nothing before it is asked for
            const finder = new Finder(page);
            await page.keyboard.press("/");
            await expect(finder.field).toBeFocused();
            await expect(finder.field).toHaveValue("");
            await expect(finder.status).toHaveText(t(lang, "find.hint"));
            const moldova = rows("places").find(({ code }) => code === "MDA");
            await page.keyboard.type(of(moldova, "name", lang).toLowerCase());
            await expect(finder.active).toContainText(of(moldova, "name", lang));
            await expect(finder.field).toHaveAttribute("aria-activedescendant", await finder.active.getAttribute("id"));
            await expect(finder.group(t(lang, "find.kind-place")).first()).toContainText(of(moldova, "name", lang));
            await expect(finder.group(t(lang, "find.kind-series"))).not.toHaveCount(0); // with values for this place
            await page.keyboard.press("ArrowDown");
            await expect(finder.options.nth(1)).toHaveAttribute("aria-selected", "true");
            await expect(finder.active).toHaveCount(1);
            await page.keyboard.press("ArrowUp");
            await page.keyboard.press("Enter");
            await expect(finder.root).toHaveCount(0);
            await expect(page).toHaveURL(new RegExp(`${address(lang, "view/remittances").slice(1)}\\?place=MDA$`));
            await expect(page.getByRole("heading", { level: 1 })).toHaveText([of(view("remittances"), "title", lang)]);
            await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
            await expect(new Figure(page, "remittances").chip("MDA")).toBeVisible();
            expect(requests.filter((url) => INDEX.test(url))).toHaveLength(1);
            expect(requests.filter((url) => url.endsWith(".wasm"))).toHaveLength(1); // no new loading of the site
        });

        test("by mouse: the button opens, a click leads on, every kind has a name", async ({ page }) => {
            await page.goto(address(lang, ""));
            await mounted(page);
            const finder = new Finder(page);
            await finder.button.click();
            await expect(finder.field).toBeFocused();
            await finder.field.fill(of(view("agreements"), "title", lang).split(" ")[0]);
            const found = finder.group(t(lang, "find.kind-view")).filter({ hasText: of(view("agreements"), "title", lang) });
            await found.first().click();
            await expect(page).toHaveURL(/\/view\/agreements$/);
            await expect(finder.root).toHaveCount(0);
        });

        test("nothing found says what to try; Escape gives the focus back", async ({ page }) => {
            await page.goto(address(lang, "about"));
            await mounted(page);
            const finder = new Finder(page);
            const link = page.locator("header nav a").nth(2);
            await link.focus();
            await page.keyboard.press("/");
            await finder.field.fill("qwzxv");
            await expect(finder.status).toHaveText(t(lang, "find.none", { query: "qwzxv" }));
            await expect(finder.options).toHaveCount(0);
            await expect(finder.field).toHaveAttribute("aria-expanded", "false");
            await page.keyboard.press("Enter"); // opens nothing
            await expect(finder.root).toBeVisible();
            await page.keyboard.press("Escape");
            await expect(finder.root).toHaveCount(0);
            await expect(link).toBeFocused();
            await finder.button.click();
            await finder.root.getByRole("button", { name: t(lang, "find.close") }).click();
            await expect(finder.button).toBeFocused();
        });

        test("an index that does not come says so, and comes when asked again", async ({ page, allow }) => {
            allow(/status of 503/);
            await page.route(INDEX, (route) => route.fulfill({ status: 503, body: "busy" }));
            await page.goto(address(lang, "about"));
            await mounted(page);
            const finder = new Finder(page);
            await page.keyboard.press("/");
            await expect(finder.alert).toContainText(t(lang, "find.failed"));
            await page.keyboard.type("UKR");
            await expect(finder.alert).toContainText(t(lang, "find.failed"));
            await page.unroute(INDEX);
            await finder.alert.getByRole("button").click();
            await expect(finder.field).toBeFocused();
            await expect(finder.options.first()).toBeVisible();
            await expect(finder.alert).toHaveCount(0);
        });

        test("a series leads to its entry of the catalogue, from elsewhere and from the page itself", async ({ page }) => {
            await page.goto(address(lang, "people"));
            await mounted(page);
            const finder = new Finder(page);
            for (const id of ["dtm-idps", "wdi-cost-to-send"]) {
                const series = rows("series").find((row) => row.id === id);
                await finder.button.click();
                await finder.field.fill(of(series, "name", lang));
                await finder.group(t(lang, "find.kind-series")).first().click();
                await expect(page).toHaveURL(new RegExp(`/data/?#series-${id}$`));
                const entry = page.locator(`#app [data-series="${id}"]`);
                await expect(entry).toHaveAttribute("open", "");
                await expect(entry.locator("summary")).toBeFocused();
                await expect(entry.locator("summary")).toBeInViewport();
                await expect(entry.locator("dd").first()).toHaveText(of(series, "definition", lang));
            }
        });

        test("shortcuts: ? lists all of them, each does what it says", async ({ page, requests }) => {
            await page.goto(address(lang, "remittances"));
            const figure = new Figure(page, "remittances");
            await figure.ready();
            const finder = new Finder(page);
            await page.keyboard.press("?");
            await expect(finder.field).toBeFocused();
            for (const key of ["search", "keys", "theme", "language", "chart", "table", "sources", "copy", "download"]) {
                await expect(finder.options.filter({ hasText: t(lang, `find.key-${key}`) }).first()).toBeVisible();
            }
            await expect(finder.group(t(lang, "find.keys-pages"))).toHaveText(Object.values(menu).map((key, i) => `${t(lang, key)}g${(i + 1) % 10}`));
            await finder.field.fill(t(lang, "find.key-table"));
            await page.keyboard.press("Enter");
            await expect(figure.tab("table")).toHaveAttribute("aria-selected", "true");
            await expect(figure.tab("table")).toBeFocused();
            await page.keyboard.press("3");
            await expect(figure.tab("sources")).toHaveAttribute("aria-selected", "true");
            await page.keyboard.press("1");
            await expect(figure.tab("chart")).toHaveAttribute("aria-selected", "true");
            const dark = await page.locator("html").getAttribute("data-theme");
            await page.keyboard.press("t");
            await expect(page.locator("html")).not.toHaveAttribute("data-theme", String(dark));
            const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("d")]);
            expect(download.suggestedFilename()).toBe("remittances.csv");
            await page.keyboard.press("g");
            await page.keyboard.press("2");
            await expect(page.getByRole("heading", { level: 1 })).toHaveText([t(lang, "page.people")]);
            await page.keyboard.press("l");
            await expect(page.locator("html")).toHaveAttribute("lang", lang === "en" ? "uk" : "en");
            expect(requests.filter((url) => CODE.test(url))).toHaveLength(1);
        });
    });
}

test("the figure that the reader is at answers to its keys", async ({ page }) => {
    await page.goto("./remittances");
    const [first, second] = ["remittances", "remittances-sources"].map((id) => new Figure(page, id));
    await second.ready();
    await second.tab("chart").focus();
    await page.keyboard.press("2");
    await expect(second.tab("table")).toHaveAttribute("aria-selected", "true");
    await expect(first.tab("chart")).toHaveAttribute("aria-selected", "true");
    await page.evaluate(() => document.activeElement.blur());
    await first.root.locator(".actions").scrollIntoViewIfNeeded();
    await page.evaluate(() => document.querySelector("figure[data-view=remittances]").scrollIntoView({ block: "center" }));
    await page.keyboard.press("3");
    await expect(first.tab("sources")).toHaveAttribute("aria-selected", "true");
});

test("no key acts while a reader types, holds a modifier, or has a dialog open", async ({ page }) => {
    await page.goto("./view/remittances");
    const figure = new Figure(page, "remittances");
    await figure.ready();
    const finder = new Finder(page);
    await figure.picker.locator("summary").click();
    const field = figure.picker.getByRole("searchbox");
    await field.fill("");
    await field.pressSequentially("/?t2");
    await expect(field).toHaveValue("/?t2");
    await page.keyboard.press("Escape");
    for (const key of ["Control+2", "Alt+t", "Meta+/", "Shift+T"]) await page.keyboard.press(key);
    await figure.control("from").focus();
    await page.keyboard.press("2");
    await expect(finder.root).toHaveCount(0);
    await expect(figure.tab("chart")).toHaveAttribute("aria-selected", "true");
    await expect(page.locator("html")).not.toHaveAttribute("data-theme", /./);
    await page.locator("h1").focus();
    await page.keyboard.press("/");
    await finder.field.pressSequentially("2t?");
    await expect(finder.field).toHaveValue("2t?");
    await expect(figure.tab("chart")).toHaveAttribute("aria-selected", "true");
});

test("single keys can be switched off, and the choice is remembered", async ({ page }) => {
    await page.goto("./view/remittances");
    const figure = new Figure(page, "remittances");
    await figure.ready();
    const finder = new Finder(page);
    await finder.keys.click();
    const toggle = finder.root.getByRole("switch");
    await expect(toggle).toBeChecked();
    await toggle.click();
    await page.keyboard.press("Escape");
    const dead = async () => {
        for (const key of ["/", "?", "2", "t"]) await page.keyboard.press(key);
        await expect(finder.root).toHaveCount(0);
        await expect(figure.tab("chart")).toHaveAttribute("aria-selected", "true");
    };
    await dead();
    await page.reload();
    await figure.ready();
    await dead();
    await finder.button.click(); // the buttons still lead there
    await expect(finder.field).toBeFocused();
    await page.keyboard.press("Escape");
    await finder.keys.click();
    await expect(toggle).not.toBeChecked();
    await toggle.press("Space");
    await page.keyboard.press("Escape");
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    await page.keyboard.press("2");
    await expect(figure.tab("table")).toHaveAttribute("aria-selected", "true");
});

test("where storage is forbidden, keys can be switched off until the page is left", async ({ page }) => {
    await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } }));
    await page.goto("./about");
    await mounted(page);
    const finder = new Finder(page);
    await page.keyboard.press("?");
    await finder.root.getByRole("switch").click();
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    await expect(finder.root).toHaveCount(0);
});

test("a shortcut without a figure is listed and does nothing", async ({ page }) => {
    await page.goto("./about");
    await mounted(page);
    const finder = new Finder(page);
    await page.keyboard.press("?");
    const table = finder.options.filter({ hasText: t("en", "find.key-table") });
    await expect(table).toHaveAttribute("aria-disabled", "true");
    await expect(table).toContainText(t("en", "find.keys-absent"));
    await table.dispatchEvent("click"); // what is not enabled is not clicked by Playwright
    await expect(finder.root).toBeVisible();
});

test("code that does not come says so, and comes when asked again", async ({ page, allow }) => {
    allow(/status of 503|Failed to fetch dynamically/);
    await page.route(CODE, (route) => route.fulfill({ status: 503, body: "busy" }));
    await page.goto("./about");
    await mounted(page);
    const finder = new Finder(page);
    await finder.button.click();
    await expect(page.locator("header").getByRole("alert")).toHaveText(t("en", "nav.search-failed"));
    await page.unroute(CODE);
    await finder.button.click();
    await expect(finder.field).toBeFocused();
    await expect(page.locator("header").getByRole("alert")).toHaveCount(0);
});

test.describe("before the app", () => {
    test.use({ javaScriptEnabled: false });
    test("no dead button stands on the static page", async ({ page }) => {
        await page.goto("./data");
        for (const dead of ["[data-action=search]", "[data-action=keys]", "#series-filter"]) await expect(page.locator(dead)).toBeHidden();
        await expect(page.locator("main [data-resource]")).toHaveCount(files.length);
    });
});

test.describe("the catalogue", () => {
    for (const lang of languages) {
        test(`${lang}: search shows the series with values for a place, a word of a definition, an id`, async ({ page }) => {
            await page.goto(address(lang, "data"));
            await mounted(page);
            const all = rows("series");
            const shown = page.locator("#app [data-series]:visible");
            const field = page.locator("#app #series-filter");
            const ids = () => shown.evaluateAll((entries) => entries.map((entry) => entry.dataset.series));
            const holds = (code) => {
                const own = ["people", "remittances", "context", "funding"].flatMap((topic) => rows(`observations-${topic}`));
                return new Set(own.filter((row) => row.place === code || row.counterpart === code).map(({ series }) => series));
            };
            const venezuela = rows("places").find(({ code }) => code === "VEN");
            await field.fill(of(venezuela, "name", lang));
            await expect.poll(ids).toEqual(expect.arrayContaining([...holds("VEN")]));
            const found = await ids();
            expect(found.length).toBeLessThan(all.length / 4);
            await expect(page.locator("#series-found")).toHaveText(plural(lang, "find.series", found.length));
            await field.fill("dtm-idps");
            await expect.poll(async () => (await ids())[0]).toBe("dtm-idps"); // and what else has both words
            await field.fill("qwzxv");
            await expect(page.locator("#series-found")).toHaveText(t(lang, "find.none", { query: "qwzxv" }));
            await expect(shown).toHaveCount(0);
            await field.fill("");
            await expect(page.locator("#app details.topic:visible")).toHaveCount(new Set(all.map(({ topic }) => topic)).size);
            await expect(page.locator("#series-found")).toHaveText("");
        });
    }

    test("stands whichever way a reader comes, in both languages; the files are where it says", async ({ page, request }) => {
        await page.goto("./people");
        await mounted(page);
        await page.locator("header nav").getByRole("link", { name: t("en", "page.data") }).click();
        const listed = page.locator("#app [data-resource]");
        await expect(listed).toHaveCount(files.length);
        await page.locator("#language").click();
        await expect(listed.first()).toContainText(t("uk", "resource.sources"));
        for (const href of await listed.locator("a").evaluateAll((links) => links.map((link) => link.href))) expect((await request.get(href)).status(), href).toBe(200);
        await page.goBack();
        await expect(listed.first()).toContainText(t("en", "resource.sources"));
    });

    test("that does not come says so, and the page can be opened anew", async ({ page, allow }) => {
        allow(/status of 503/);
        await page.goto("./people");
        await mounted(page);
        const pageFile = /\/data\/?$/;
        await page.route(pageFile, (route) => route.fulfill({ status: 503, body: "busy" }));
        await page.locator("header nav").getByRole("link", { name: t("en", "page.data") }).click();
        const failure = page.locator("main .failure");
        await expect(failure).toContainText(t("en", "failure.part"));
        await page.unroute(pageFile);
        await failure.getByRole("link").click();
        await mounted(page);
        await expect(page.locator("#app [data-resource]")).toHaveCount(files.length);
    });

    test("an address of a series opens it at once", async ({ page }) => {
        await page.goto("./data#series-dtm-idps");
        await mounted(page);
        const entry = page.locator('#app [data-series="dtm-idps"]');
        await expect(entry).toHaveAttribute("open", "");
        await expect(entry.locator("summary")).toBeFocused();
        await entry.getByRole("link", { name: view("displacement").title_en }).click();
        await expect(page).toHaveURL(/\/view\/displacement$/);
    });
});
