// The same site below another path: nothing may take the root for granted.
import { expect, mounted, test } from "./fixtures.mjs";
import { Figure, address, languages, menu, t, view, viewRoutes } from "./pages.mjs";

test.beforeEach(({ baseURL }) => expect(new URL(baseURL).pathname).toBe("/sub/path/"));

for (const lang of languages) {
    const below = lang === "uk" ? "/sub/path/uk/" : "/sub/path/";

    test(`${lang}: deep links draw their figures from the data below the base`, async ({ page, requests, baseURL }) => {
        test.setTimeout(240_000); // as many pages as there are views
        for (const route of viewRoutes) {
            const response = await page.goto(address(lang, route));
            expect(response.status(), route).toBe(200);
            await new Figure(page, route.slice("view/".length)).ready();
            await expect(page.locator("html")).toHaveAttribute("lang", lang);
        }
        expect(requests.filter((url) => !url.startsWith(baseURL) && !/^(data|blob):/.test(url))).toEqual([]);
    });

    test(`${lang}: every link of our own stays below the base`, async ({ page, baseURL }) => {
        await page.goto(address(lang, ""));
        for (const { id } of [view("people-reached"), view("displacement")]) await new Figure(page, id).ready();
        const own = await page.locator("a[href]").evaluateAll((links) => links.filter((link) => link.origin === location.origin).map((link) => link.href));
        expect(own.length).toBeGreaterThan(15);
        expect(own.filter((href) => !href.startsWith(baseURL))).toEqual([]);
        await expect(page.locator("#language")).toHaveAttribute("href", lang === "en" ? "/sub/path/uk/" : "/sub/path/");
        await page.locator("header nav").getByRole("link", { name: t(lang, menu.data) }).click();
        await expect(page).toHaveURL((url) => url.pathname === `${below}data`);
        for (const link of await page.locator("main a[href$='.json'], main a[href$='.md']").all()) {
            const response = await page.request.get(await link.evaluate((one) => one.href));
            expect(response.status()).toBe(200);
        }
    });

    test(`${lang}: a page that is a file comes from below the base, by link and by address`, async ({ page }) => {
        await page.goto(address(lang, "data"));
        await page.locator("header nav").getByRole("link", { name: t(lang, menu.opportunities) }).click();
        await expect(page.locator("#app [data-filtered] > li").first()).toBeVisible();
        await expect(page).toHaveURL((url) => url.pathname === `${below}opportunities`);
        await page.goto(address(lang, "partners/M020"));
        await page.locator(".neighbours").getByRole("link").first().click();
        await expect(page).toHaveURL((url) => url.pathname === `${below}partners/M019`);
        await expect(page.locator("article[data-agreement=M019]")).toBeVisible();
    });

    test(`${lang}: state and a copied link keep the base`, async ({ page, context }) => {
        await context.grantPermissions(["clipboard-read", "clipboard-write"]);
        await page.goto(address(lang, "remittances?place=UKR"));
        const figure = new Figure(page, "remittances");
        await figure.ready();
        await figure.unit("pct_gdp").click();
        await expect(page).toHaveURL(({ pathname, search }) => pathname === `${below}remittances` && search === "?place=UKR&unit=pct_gdp");
        await figure.copyLink.click();
        await expect(figure.root.locator(".action-status")).toHaveText(t(lang, "action.copied"));
        const link = await page.evaluate(() => navigator.clipboard.readText());
        expect(new URL(link).pathname).toBe(`${below}view/remittances`);
        await page.goto(link);
        await figure.ready();
        await expect(figure.unit("pct_gdp")).toHaveAttribute("aria-pressed", "true");
    });
}

test("an unknown address below the base is a page with status 404 and links that work", async ({ page, allow }) => {
    allow(/status of 404/);
    const response = await page.goto("./no/such/page");
    expect(response.status()).toBe(404);
    await mounted(page);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("en", "not-found.title"));
    await expect(page.locator("main li a").nth(1)).toHaveAttribute("href", "/sub/path/people");
});

test("the base without its last slash leads to it", async ({ page, baseURL }) => {
    await page.goto(baseURL.slice(0, -1));
    await mounted(page);
    expect(page.url()).toBe(baseURL);
});

test("a chart for other sites and the code for it stand below the base", async ({ page, baseURL }) => {
    await page.goto("./embed?view=people-reached");
    await expect(page.locator("#app [data-copied]")).toContainText(`<iframe src="${baseURL}embed/people-reached"`);
    await page.locator("iframe").scrollIntoViewIfNeeded(); // browsers do not paint a frame out of sight
    const figure = page.locator("iframe").contentFrame().locator("#app figure");
    await expect(figure).toHaveAttribute("data-view", "people-reached");
    await figure.locator(".plot").first().scrollIntoViewIfNeeded();
    await expect(figure).toHaveAttribute("data-state", "ready");
});
