// A page's own part of the package: one file instead of ten (web/early.js). Whoever goes on from there, or has no use of it, has the whole.
import { expect, mounted, test } from "./fixtures.mjs";
import { Figure, t } from "./pages.mjs";

const PART = "**/parts/*.json";
const ofPackage = (requests) => requests.filter((address) => /\/(data\/[\w.-]+|config)\.json$/.test(address));
const parts = (requests) => requests.filter((address) => /\/parts\//.test(address));
const open = async (page, address, view) => {
    await page.goto(`./${address}`);
    const figure = new Figure(page, view);
    await figure.ready();
    return figure;
};
/** Whether something was away from the page, be it for a moment. */
const watch = (figure) => figure.root.evaluate((root) => {
    const states = (window.states = []);
    window.stands = () => root.isConnected && root.querySelector(".plot svg") === drawn;
    const drawn = root.querySelector(".plot svg");
    new MutationObserver(() => states.push(root.dataset.state)).observe(root, { attributeFilter: ["data-state"] });
});
const states = (page) => page.evaluate(() => window.states);

for (const [address, view] of [["", "remittances"], ["uk/people", "people-reached"], ["partners", "agreements"], ["view/remittances?scale=log", "remittances"]]) {
    test(`/${address} asks for its part once, and for no file of the package`, async ({ page, requests }) => {
        await page.goto(`./${address}`);
        await mounted(page);
        const figure = page.locator(`figure[data-view="${view}"]`);
        await figure.scrollIntoViewIfNeeded();
        await expect(figure).toHaveAttribute("data-state", "ready");
        await page.waitForLoadState("networkidle");
        expect(parts(requests)).toHaveLength(1);
        expect(ofPackage(requests)).toEqual([]);
    });
}

for (const [what, answer] of [
    ["is not there", { status: 404, body: "gone" }],
    ["breaks off", { contentType: "application/json", body: '{"config.json": ' }],
    ["holds nothing", { contentType: "application/json", body: "{}" }],
    ["never comes", undefined],
]) {
    test(`a part that ${what}: the page has its files one by one`, async ({ page, allow, requests }) => {
        allow(/404/);
        await page.route(PART, (route) => (answer ? route.fulfill(answer) : undefined));
        await page.goto("./view/remittances");
        await expect(page.locator("#app figure[data-view=remittances]")).toHaveAttribute("data-state", "ready", { timeout: 20_000 });
        expect(ofPackage(requests).length).toBeGreaterThan(8);
    });
}

test("a part that is not as sealed fails by name, and another try has the whole", async ({ page }) => {
    await page.route(PART, async (route) => {
        const answer = await route.fetch();
        const files = await answer.json();
        files["data/sources.json"] = files["data/sources.json"].replace(/World/, "Word ");
        await route.fulfill({ json: files });
    });
    await page.goto("./view/remittances");
    const figure = page.locator("#app figure[data-view=remittances]");
    await expect(figure).toHaveAttribute("data-state", "error");
    await expect(figure.locator("[role=alert]")).toContainText("sources");
    await figure.locator("[data-retry]").click();
    await expect(figure).toHaveAttribute("data-state", "ready");
});

test("another page has the whole, and the first one too when the reader comes back", async ({ page, requests }) => {
    await open(page, "view/remittances", "remittances");
    expect(ofPackage(requests)).toEqual([]);
    await page.locator(".onward a").click();
    await expect(page.locator("h1")).toHaveText(t("en", "page.remittances"));
    for (const view of ["remittances", "remittances-sources", "remittances-cost"]) {
        const figure = page.locator(`figure[data-view="${view}"]`);
        await figure.scrollIntoViewIfNeeded();
        await expect(figure).toHaveAttribute("data-state", "ready");
    }
    const once = ofPackage(requests);
    expect(new Set(once).size).toBe(once.length);
    await page.goBack();
    await new Figure(page, "remittances").ready();
    await expect(page.locator(".compare option")).not.toHaveCount(1);
    expect(ofPackage(requests)).toEqual(once);
    expect(parts(requests)).toHaveLength(1);
});

test("the list of other views is there before they are; what stands, stays until one comes, and Back takes it away", async ({ page }) => {
    const figure = await open(page, "uk/view/remittances", "remittances");
    const choice = page.locator("#app .compare select");
    expect(await choice.locator("option").count()).toBeGreaterThan(30);
    await watch(figure);
    await choice.focus();
    await choice.selectOption("displacement");
    await new Figure(page, "displacement").ready();
    await expect(choice).toBeFocused();
    expect(await states(page)).not.toContain("loading");
    expect(await page.evaluate(() => window.stands())).toBe(true);
    await expect(page.locator(".notice")).toHaveCount(0);
    await page.goBack();
    await expect(page.locator("figure")).toHaveCount(1);
    await expect(choice).toHaveValue("");
    await page.goForward();
    await expect(page.locator("figure")).toHaveCount(2);
    await expect(choice).toHaveValue("displacement");
});

test("where the whole does not come, the page says what failed, and tries again", async ({ page, allow }) => {
    allow(/404|Failed to load/);
    await open(page, "view/remittances", "remittances");
    await page.context().route("**/config.json", (route) => route.fulfill({ status: 404, body: "gone" }));
    await watch(new Figure(page, "remittances"));
    await page.locator("#app .compare select").selectOption("displacement");
    const problem = page.locator("#app main [role=alert]");
    await expect(problem).toContainText("config.json");
    expect(await page.evaluate(() => window.stands())).toBe(true);
    await page.context().unroute("**/config.json");
    await problem.locator("[data-retry]").click();
    for (const view of ["remittances", "displacement"]) await new Figure(page, view).ready();
});

test("what is asked for while the whole is on its way waits for it", async ({ page }) => {
    await open(page, "view/remittances", "remittances");
    let go;
    const held = new Promise((done) => { go = done; });
    const asked = page.waitForRequest("**/data/observations-remittances.json");
    await page.context().route("**/data/observations-remittances.json", async (route) => {
        await held;
        await route.continue();
    });
    await page.locator("#app .compare select").selectOption("displacement");
    await asked;
    await page.locator("footer, nav").getByRole("link", { name: t("en", "page.data"), exact: true }).first().click();
    await expect(page.locator("h1")).toHaveText(t("en", "page.data"));
    go();
    await expect(page.locator("#app [data-resource]").first()).toBeVisible();
    await expect(page.locator("#app main [role=alert]")).toHaveCount(0);
    await expect(page.locator("#app main")).not.toContainText(t("en", "load.unlisted"));
});

test("a certificate that is open closes where its number may be another: another package, another page", async ({ page }) => {
    const figure = await open(page, "view/remittances", "remittances");
    await figure.tab("table").click();
    let go;
    const held = new Promise((done) => { go = done; });
    await page.context().route("**/data/sources.json", async (route) => {
        await held;
        await route.continue();
    });
    await page.locator("#app .compare select").selectOption("displacement");
    const number = figure.root.locator("td [data-fact]").first();
    const shown = await number.textContent();
    await number.click();
    const certificate = page.locator("dialog.certificate");
    await expect(certificate).toContainText(shown);
    go();
    await expect(certificate).toBeHidden();
    await new Figure(page, "displacement").ready();
    await page.locator("#app .brand").click();
    await page.locator("#app button.card-number").first().click();
    await expect(certificate).toBeVisible();
    await page.goBack();
    await expect(page).toHaveURL(/view\/remittances/);
    await expect(certificate).toBeHidden();
});

test("the other language needs nothing but its words", async ({ page, requests }) => {
    await open(page, "view/remittances", "remittances");
    await page.locator("#language").click();
    await expect(page.locator("html")).toHaveAttribute("lang", "uk");
    await new Figure(page, "remittances").ready();
    expect(ofPackage(requests)).toEqual([]);
});
