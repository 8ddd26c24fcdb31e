// When the app starts, and that nothing is lost which the reader did before it was there.
import { expect, mounted, test } from "./fixtures.mjs";
import { Figure, address, languages, t, views } from "./pages.mjs";

test.use({ acts: false });

const ACTS = {
    "the pointer moves": (page) => page.mouse.move(100, 100),
    "the page is scrolled": (page) => page.evaluate(() => scrollTo(0, 200)),
    "a key is pressed": (page) => page.keyboard.press("Tab"),
};
for (const [what, act] of Object.entries(ACTS)) {
    test(`the app starts when ${what}, and not before`, async ({ page }) => {
        await page.addInitScript(() => {
            const plain = setTimeout;
            globalThis.setTimeout = (act, ms, ...rest) => (ms === 5_000 ? 0 : plain(act, ms, ...rest)); // on a busy machine they may be over
        });
        await page.goto("./view/remittances");
        await page.waitForLoadState("networkidle"); // all that it needs is there
        await expect(page.locator("#boot figure")).toBeVisible();
        await act(page);
        await expect(page.locator("#boot")).toHaveCount(0, { timeout: 2_000 });
        await new Figure(page, "remittances").ready();
    });
}

test("left alone, the page becomes the app by itself", async ({ page }) => {
    await page.goto("./remittances"); // the five seconds begin now
    await expect(page.locator("#boot figure").first()).toBeVisible();
    await expect(page.locator("#boot")).toHaveCount(0, { timeout: 15_000 });
});

test("what only the app can do is there before it, and cannot be reached", async ({ page, request, baseURL }) => {
    await page.goto("./view/remittances");
    let inert = 0;
    for (const lang of languages) {
        for (const { id } of views) {
            const html = await (await request.get(new URL(`${address(lang, `view/${id}`)}/`, baseURL).href)).text();
            const [out, left] = await page.evaluate((html) => {
                const boot = new DOMParser().parseFromString(html, "text/html").querySelector("#boot");
                const means = [...boot.querySelectorAll(".controls > *, .options-panel > *, .cost-fields, .actions")].filter((one) => !one.matches(".switch, .options"));
                return [means.filter((one) => one.closest("[inert]")).length, means.filter((one) => !one.closest("[inert]")).map((one) => one.outerHTML.slice(0, 80))];
            }, html);
            expect(left, `${lang} ${id}`).toEqual([]);
            inert += out;
        }
    }
    expect(inert).toBeGreaterThan(2 * views.length);
});

for (const route of ["view/remittances?place=POL", "about#sources", "people/nowhere"]) {
    test(`the app does not wait at ${route}`, async ({ page, allow }) => {
        allow(/status of 404/);
        await page.goto(`./${route}`, { waitUntil: "commit" });
        await expect(page.locator("#app main")).toBeVisible({ timeout: 4_500 }); // less than it would wait
    });
}

for (const [system, other] of [["dark", "nav.theme-light"], ["light", "nav.theme-dark"]]) {
    test(`the static page offers the theme that is not the system's: ${system}`, async ({ page }) => {
        await page.emulateMedia({ colorScheme: system });
        await page.goto("./people");
        await expect(page.locator("#boot").getByRole("button", { name: t("en", other), exact: true })).toBeVisible();
        await expect(page.locator("#boot [data-action=theme]")).toHaveText(t("en", other), { useInnerText: true });
    });
}

test("a press in one figure takes no picture of another", async ({ page }) => {
    await page.goto("./remittances");
    await page.mouse.move(100, 100);
    const figure = page.locator("#app figure[data-view=remittances]");
    await expect(figure).toHaveAttribute("data-state", "ready");
    const others = page.locator("#app figure[data-state=static] picture");
    const count = await others.count();
    expect(count).toBeGreaterThan(3);
    await figure.locator(".controls [data-set]").first().click();
    await expect(figure).toHaveAttribute("data-state", "ready");
    expect(await others.count()).toBe(count);
});

test.describe("before the app", () => {
    let start;
    test.beforeEach(async ({ page }) => {
        const held = new Promise((go) => { start = go; });
        await page.route("**/*.wasm", async (route) => {
            await held;
            await route.continue();
        });
    });

    test("a number that was pressed opens its certificate", async ({ page }) => {
        await page.goto("./view/remittances");
        const figure = new Figure(page, "remittances");
        await figure.tab("table").click();
        const cell = page.locator("#boot [data-fact]").nth(2);
        const says = await cell.textContent();
        await cell.click();
        start();
        await mounted(page);
        await expect(page.locator("dialog[open]")).toContainText(says);
    });

    test("of two things pressed the last counts", async ({ page }) => {
        await page.goto("./view/remittances");
        const figure = new Figure(page, "remittances");
        await figure.tab("table").click();
        await page.locator("#boot [data-fact]").nth(2).click();
        await figure.tab("sources").click();
        start();
        await mounted(page);
        await expect(figure.tab("sources")).toHaveAttribute("aria-selected", "true");
        await expect(page.locator("dialog[open]")).toHaveCount(0);
    });

    test("the theme that was asked for comes with the app", async ({ page }) => {
        await page.goto("./about");
        await page.locator("#boot [data-action=theme]").click();
        start();
        await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    });

    test("a shortcut that was pressed is carried out", async ({ page }) => {
        await page.goto("./about");
        await page.waitForFunction(() => globalThis.impactRest); // the script that hears it has come
        await page.keyboard.press("/");
        start();
        await mounted(page);
        await expect(page.locator("dialog[open]")).toBeVisible();
    });

    test("nothing changes under a pressed button", async ({ page }) => {
        await page.goto("./view/remittances");
        const figure = new Figure(page, "remittances");
        await figure.tab("table").hover();
        await page.waitForFunction(() => globalThis.impactRest);
        await page.mouse.down();
        const due = page.evaluate(() => new Promise((done) => {
            const rest = globalThis.impactRest;
            globalThis.impactRest = () => rest(done()); // the app would come now
        }));
        start();
        await due;
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
        await expect(page.locator("#boot")).toHaveCount(1);
        await page.mouse.up();
        await mounted(page);
        await expect(figure.tab("table")).toHaveAttribute("aria-selected", "true");
        await expect(figure.table).toBeVisible();
    });
});
