// Stories, opportunities and single agreements: pages whose content is a file. Filters by keyboard and by link, cards without
// script, what ends later, a file that does not come.
import { expect, mounted, test } from "./fixtures.mjs";
import { Certificate, Figure, address, languages, of, plural, rows, t, view } from "./pages.mjs";

const stories = rows("stories");
const opportunities = rows("opportunities");
const agreements = rows("agreements");
const parentOf = new Map(rows("places").map(({ code, parent }) => [code, parent]));
const lies = (story, place) => story.place === place || parentOf.get(story.place) === place;
const year = (date) => date?.slice(0, 4) ?? "undated";

/** The page's parts. */
const parts = (page) => ({
    choice: (name) => page.locator(`#app select[data-filter=${name}]`),
    cards: page.locator("#app [data-filtered] > li:visible"),
    count: page.locator("#app .filter-count"),
    empty: page.locator("#app [data-filter-empty]"),
    notice: page.locator("#app [data-filter-ignored]"),
});

const idsOf = (cards) => cards.evaluateAll((all) => all.map(({ id }) => id));

for (const lang of languages) {
    test(`${lang}: stories are filtered by the keyboard alone; the address, the count and Back follow`, async ({ page }) => {
        await page.goto(address(lang, "stories"));
        const { choice, cards, count } = parts(page);
        const said = (n) => t(lang, "filter.count", { n, total: stories.length });
        await expect(cards).toHaveCount(stories.length);
        await expect(count).toHaveText(said(stories.length));
        await expect(count).toHaveAttribute("role", "status");

        const housing = stories.filter(({ sector }) => sector === "housing");
        await choice("topic").focus();
        const values = await choice("topic").locator("option").evaluateAll((all) => all.map(({ value }) => value));
        for (const value of values.slice(1, values.indexOf("housing") + 1)) {
            await page.keyboard.press("ArrowDown");
            await expect(choice("topic")).toHaveValue(value);
            await expect(page).toHaveURL(new RegExp(`\\?topic=${value}$`));
        }
        await expect(count).toHaveText(said(housing.length));
        await expect(choice("topic")).toBeFocused();
        expect(await idsOf(cards)).toEqual(housing.map(({ id }) => id));

        await page.keyboard.press("Tab");
        await expect(choice("place")).toBeFocused();
        const moldova = housing.filter((story) => lies(story, "MDA"));
        await choice("place").selectOption("MDA");
        await expect(count).toHaveText(said(moldova.length));
        expect(await idsOf(cards)).toEqual(moldova.map(({ id }) => id));
        await page.goBack();
        await expect(count).toHaveText(said(housing.length));
        await expect(choice("place")).toHaveValue("");
    });

    test(`${lang}: a link with filters shows what fits, in the other language too`, async ({ page }) => {
        const fits = opportunities.filter(({ kind, published_on }) => kind === "platform" && year(published_on) === "2026");
        expect(fits.length).toBeGreaterThan(0);
        await page.goto(address(lang, "opportunities?topic=platform&time=2026"));
        const { cards, choice, count } = parts(page);
        await expect(cards).toHaveCount(fits.length);
        await expect(choice("time")).toHaveValue("2026");
        await page.locator("#language").click();
        const other = lang === "en" ? "uk" : "en";
        await expect(page.locator("html")).toHaveAttribute("lang", other);
        await expect(count).toHaveText(t(other, "filter.count", { n: fits.length, total: opportunities.length }));
        await expect(cards.locator("h2")).toHaveText(fits.map((one) => of(one, "title", other)));
        await expect(page.locator("#language")).toBeFocused();
    });
}

test("a filtered link never shows the other cards first", async ({ page }) => {
    let start;
    const held = new Promise((go) => { start = go; });
    await page.route("**/*.wasm", async (route) => {
        await held;
        await route.continue();
    });
    const opened = page.goto("./stories?topic=cash");
    await expect(page.locator("#boot h1")).toBeVisible();
    await expect(page.locator("#boot [data-filtered] > li").first()).toBeHidden();
    start();
    await opened;
    await expect(parts(page).cards).toHaveCount(stories.filter(({ sector }) => sector === "cash").length);
});

test("a place answers for its parts", async ({ page }) => {
    await page.goto("./stories?place=UKR");
    await expect(parts(page).cards).toHaveCount(stories.filter((story) => lies(story, "UKR")).length);
});

test("nothing found says what to change, and leads back to all", async ({ page }) => {
    await page.goto("./stories?topic=veterans&place=ROU");
    const { cards, count, empty } = parts(page);
    await expect(cards).toHaveCount(0);
    await expect(count).toHaveText(t("en", "filter.count", { n: 0, total: stories.length }));
    await expect(empty).toContainText(t("en", "filter.empty"));
    await empty.getByRole("link", { name: t("en", "filter.clear") }).click();
    await expect(cards).toHaveCount(stories.length);
    await expect(empty).toBeHidden();
    await expect(page).toHaveURL(/\/stories$/);
    await expect(parts(page).choice("topic")).toBeFocused();
});

test("a choice that does not exist is ignored and said", async ({ page }) => {
    await page.goto("./stories?topic=martians&time=2022");
    const { cards, choice, notice } = parts(page);
    await expect(notice).toContainText(t("en", "param.not-one-of", { raw: "martians", name: "topic" }));
    await expect(choice("topic")).toHaveValue("");
    await expect(cards).toHaveCount(stories.filter(({ told_on }) => year(told_on) === "2022").length);
    await choice("time").selectOption("");
    await expect(cards).toHaveCount(stories.length);
});

test("a story leads to its publisher and to its figure", async ({ page }) => {
    await page.goto("./stories");
    for (const story of stories) {
        const card = page.locator(`#app #${story.id}`);
        await expect(card.locator(`a[href="${story.url}"]`)).toBeVisible();
        await expect(card.getByRole("link", { name: view(story.view).title_en })).toHaveAttribute("href", new RegExp(`/view/${story.view}$`));
    }
});

test("what ends after the site was built is marked by the browser and goes to the end", async ({ page }) => {
    const ending = opportunities.filter(({ ends_on }) => ends_on).map(({ id }) => id);
    // The built page knows what had ended on its day; a card that is still open is made of one that is not.
    await page.route("**/opportunities", async (route) => {
        const response = await route.fetch();
        const [head, rest] = (await response.text()).split(" data-filtered>");
        const [list, tail] = rest.split(/(?=<\/ul><section class="not-found")/);
        const cards = list.split(/(?=<li class="card)/);
        const open = (card) => card.replace(" data-ended", "").replace('"ended"', '"ended" hidden').replace('"ends" hidden', '"ends"');
        const ended = cards.filter((card) => card.includes(" data-ended"));
        const others = cards.filter((card) => !ended.includes(card));
        await route.fulfill({ response, body: [head, " data-filtered>", ...ended.map(open), ...others, tail].join("") });
    });
    await page.goto("./opportunities");
    const ids = await idsOf(page.locator("#app [data-filtered] > li"));
    expect(ids).toHaveLength(opportunities.length);
    expect(ids.slice(-ending.length).sort()).toEqual([...ending].sort());
    for (const id of ending) {
        await expect(page.locator(`#${id} .ended`)).toBeVisible();
        await expect(page.locator(`#${id} .ends`)).toBeHidden();
    }
});

for (const route of ["stories", "opportunities"]) {
    test.describe("without JavaScript", () => {
        test.use({ javaScriptEnabled: false });
        test(`all cards of /${route} stand, and no dead choice`, async ({ page }) => {
            await page.goto(`./${route}?topic=housing`);
            await expect(page.locator("[data-filtered] > li:visible")).toHaveCount(rows(route).length);
            await expect(page.locator("select:visible, .filter-count:visible, button:visible")).toHaveCount(0);
        });
    });
}

for (const lang of languages) {
    test(`${lang}: an agreement's certificate and row lead to its page, which leads on`, async ({ page, requests }) => {
        await page.goto(address(lang, "view/agreements?counterpart=diaspora&tab=table"));
        const figure = new Figure(page, "agreements");
        await expect(figure.table).toBeVisible();
        await figure.table.locator("button.cell").first().click();
        const certificate = new Certificate(page);
        await certificate.root.getByRole("link", { name: t(lang, "certificate.page") }).click();
        await expect(certificate.root).toBeHidden();
        await expect(page).toHaveURL(/\/partners\/M020$/);
        const m020 = agreements.find(({ id }) => id === "M020");
        const h1 = page.getByRole("heading", { level: 1 });
        await expect(h1).toHaveText(of(m020, "counterpart", lang));
        await expect(h1).toBeFocused();
        await expect(page).toHaveTitle(new RegExp(`^${of(m020, "counterpart", lang).replace(/[()]/g, "\\$&")} – `));
        await expect(page.locator("article")).toContainText(t(lang, "agreement-page.signatories-none"));
        await expect(page.locator("article")).toContainText(t(lang, "agreement-page.several"));
        await page.locator(".neighbours").getByRole("link").last().click();
        await expect(h1).toHaveText(of(agreements[agreements.indexOf(m020) + 1], "counterpart", lang));
        await page.goBack();
        await expect(h1).toHaveText(of(m020, "counterpart", lang));
        await page.goBack();
        await expect(figure.table).toBeVisible();
        await figure.table.getByRole("link", { name: "M020" }).click();
        await expect(h1).toHaveText(of(m020, "counterpart", lang));
        expect(requests.filter((url) => url.endsWith(".wasm"))).toHaveLength(1);
    });
}

test("an agreement that does not exist is said not to exist, by link and by address", async ({ page, allow }) => {
    allow(/status of 404/);
    const response = await page.goto("./partners/M999");
    expect(response.status()).toBe(404);
    const h1 = page.getByRole("heading", { level: 1 });
    await expect(h1).toHaveText(t("en", "not-found.title"));
    await expect(page).toHaveTitle(t("en", "page.window-title", { page: t("en", "not-found.title") }));
});

test("a page whose file does not come says so; trying again brings it, and the focus stays", async ({ page, allow }) => {
    allow(/status of 503/);
    await page.goto("./");
    await mounted(page);
    await page.route("**/stories/", (route) => route.fulfill({ status: 503, body: "later" }));
    await page.locator("header nav").getByRole("link", { name: t("en", "page.stories") }).click();
    const failure = page.locator("main .failure");
    await expect(failure).toContainText(t("en", "failure.page"));
    await expect(failure.getByRole("link", { name: t("en", "failure.page-link") })).toHaveAttribute("href", /\/stories\/$/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("en", "page.stories"));
    await page.unroute("**/stories/");
    await failure.getByRole("button", { name: t("en", "action.retry") }).click();
    await expect(parts(page).cards).toHaveCount(stories.length);
    await expect(page).toHaveTitle(t("en", "page.window-title", { page: t("en", "page.stories") }));
});

test("the network's nodes are walked with arrow keys and open certificates", async ({ page }) => {
    await page.goto("./view/agreements-network");
    const figure = new Figure(page, "agreements-network");
    await figure.in("ready");
    const nodes = figure.root.locator(".branches button");
    const stops = await nodes.evaluateAll((all) => all.filter(({ tabIndex }) => tabIndex === 0).length);
    expect(stops).toBe(1);
    await nodes.first().focus();
    await page.keyboard.press("ArrowDown");
    await expect(nodes.nth(1)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(new Certificate(page).value).toHaveText(await nodes.nth(1).locator(".node-text").evaluate((node) => node.firstChild.textContent));
    await page.keyboard.press("Escape");
    await expect(nodes.nth(1)).toBeFocused();
    // Every agreement is a node.
    const facts = await nodes.evaluateAll((all) => [...new Set(all.map(({ dataset }) => dataset.fact))]);
    expect(facts).toHaveLength(agreements.length);
    await figure.kind("diaspora").click();
    await expect(figure.summary).toContainText(plural("en", "count.records", 1));
});

test("an organisation's figure opens with who says so", async ({ page }) => {
    await page.goto("./view/organisations");
    const figure = new Figure(page, "organisations");
    await figure.in("ready");
    await expect(figure.root.locator(".branch")).toHaveCount(rows("organisations").length);
    await figure.root.locator(".branches [data-fact='figure.0']").click();
    const certificate = new Certificate(page);
    const [first] = rows("organisation-figures");
    await expect(certificate.value).toHaveAttribute("data-value", String(first.value));
    await expect(certificate.line(t("en", "certificate.basis"))).toHaveText(t("en", "figure-basis-why.own"));
});
