// Every address: its heading, title, language and place in the menu; deep links, the other language, back and forward.
import { accessible, fits } from "./checks/access.mjs";
import { offenders } from "./checks/language.mjs";
import { heading } from "./checks/place.mjs";
import { expect, mounted, test } from "./fixtures.mjs";
import { Figure, address, languages, menu, of, t, view, viewRoutes, views } from "./pages.mjs";

for (const lang of languages) {
    for (const route of ["no-such-page", "view/no-such-view", "people/more", "view/Not_An_Id!"]) {
        test(`${lang} /${route} is said not to exist, with ways on`, async ({ page, allow }) => {
            test.slow();
            allow(/status of 404/);
            const response = await page.goto(address(lang, route));
            expect(response.status()).toBe(404);
            await mounted(page);
            await expect(page.locator("html")).toHaveAttribute("lang", lang);
            await expect(page.getByRole("heading", { level: 1 })).toHaveText([t(lang, "not-found.title")]);
            await expect(page).toHaveTitle(t(lang, "page.window-title", { page: t(lang, "not-found.title") }));
            await expect(page.locator("[aria-current]")).toHaveCount(0);
            await expect(page.locator("main li a")).toHaveText(Object.values(menu).map((key) => t(lang, key)));
            if (route === "no-such-page") {
                expect(await offenders(page, lang)).toEqual([]);
                await accessible(page);
                await fits(page);
            }
            await page.locator("main").getByRole("link", { name: t(lang, menu.people) }).click();
            await expect(page.getByRole("heading", { level: 1 })).toHaveText([t(lang, menu.people)]);
        });
    }

    test(`${lang}: the menu leads to every page without loading the site anew`, async ({ page, requests, baseURL }) => {
        await page.goto(address(lang, ""));
        await mounted(page);
        for (const [route, key] of Object.entries(menu).reverse()) {
            await page.locator("header nav").getByRole("link", { name: t(lang, key), exact: true }).click();
            await expect(page.getByRole("heading", { level: 1 })).toHaveText([heading(lang, route)]);
            await expect(page.locator("header nav [aria-current=page]")).toHaveText([t(lang, key)]);
            await expect(page).toHaveURL(new URL(address(lang, route), baseURL).href);
        }
        expect(requests.filter((url) => url.endsWith(".wasm"))).toHaveLength(1);
    });
}

test("a figure's title opens the figure's own page, which leads back to its topic", async ({ page }) => {
    await page.goto("./remittances");
    await page.locator("figure[data-view=remittances-sources]").getByRole("heading", { level: 2 }).getByRole("link").click();
    await expect(page).toHaveURL(/\/view\/remittances-sources$/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText([view("remittances-sources").title_en]);
    await page.getByRole("link", { name: t("en", "view.all") }).click();
    await expect(page).toHaveURL(/\/remittances$/);
    await expect(page.locator("figure[data-view]")).toHaveCount(views.filter(({ topic }) => topic === "remittances").length);
});

for (const route of ["remittances?place=UKR~PHL&unit=pct_gdp", "view/agreements?counterpart=diaspora&tab=table", "about"]) {
    test(`the other language shows the same page and query: ${route}`, async ({ page }) => {
        await page.goto(address("en", route));
        await mounted(page);
        const english = page.url();
        const other = page.locator("#language");
        await expect(other).toHaveAttribute("hreflang", "uk");
        await expect(other).toHaveText("Українська");
        await other.click();
        await expect(page.locator("html")).toHaveAttribute("lang", "uk");
        await expect(page).toHaveURL(english.replace(new URL("/", english).href, `${new URL("/", english).href}uk/`));
        await expect(other).toHaveText("English");
        await expect(other).toBeFocused();
        const [path] = route.split("?");
        await expect(page.getByRole("heading", { level: 1 })).toHaveText([heading("uk", path)]);
        await other.click();
        await expect(page).toHaveURL(english);
        await expect(page.locator("html")).toHaveAttribute("lang", "en");
    });
}

test("back and forward go through pages and languages", async ({ page }) => {
    const h1 = page.getByRole("heading", { level: 1 });
    await page.goto("./");
    await mounted(page);
    await page.locator("header nav").getByRole("link", { name: "People reached" }).click();
    await expect(h1).toHaveText(["People reached"]);
    await page.locator("#language").click();
    await expect(h1).toHaveText([t("uk", menu.people)]);
    await page.locator("header nav").getByRole("link", { name: t("uk", menu.data) }).click();
    await expect(h1).toHaveText([t("uk", menu.data)]);
    await page.goBack();
    await expect(h1).toHaveText([t("uk", menu.people)]);
    await page.goBack();
    await expect(h1).toHaveText(["People reached"]);
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await page.goBack();
    await expect(h1).toHaveText([t("en", "overview.title")]);
    await page.goForward();
    await page.goForward();
    await page.goForward();
    await expect(h1).toHaveText([t("uk", menu.data)]);
});

test("a new page starts at its heading, and at its top", async ({ page }) => {
    await page.goto("./");
    await new Figure(page, "displacement").ready();
    await page.locator("section.paths").getByRole("link").first().click();
    await expect(page).toHaveURL(/\/remittances$/);
    await expect(page.locator("#page-title")).toBeFocused();
    await expect(page.locator("#page-title")).toBeInViewport();
});

test("every view has an address in both languages", async ({ request }) => {
    expect(viewRoutes.length).toBeGreaterThan(0);
    for (const lang of languages) {
        for (const route of viewRoutes) {
            const response = await request.get(`${address(lang, route)}/`);
            expect(response.status(), route).toBe(200);
            expect(await response.text()).toContain(`<html lang="${lang}">`);
        }
    }
});
