// What the site does not do: ask other hosts, keep things about its readers, run what its policy forbids.
import { kept, nothing } from "./checks/privacy.mjs";
import { expect, mounted, test } from "./fixtures.mjs";
import { Certificate, Figure } from "./pages.mjs";

test("using everything keeps nothing but the theme", async ({ page, context }) => {
    await page.goto("./remittances");
    const figure = new Figure(page, "remittances");
    await figure.ready();
    await figure.unit("pct_gdp").click();
    await figure.tab("table").click();
    await figure.cells.first().getByRole("button").click();
    await new Certificate(page).close.click();
    await figure.download();
    await page.locator("#language").click();
    await expect(page.locator("html")).toHaveAttribute("lang", "uk");
    expect(await kept(page)).toEqual(nothing);
    await page.locator("[data-action=theme]").click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    expect(await kept(page)).toEqual({ ...nothing, local: { theme: "dark" } });
    expect(await context.cookies()).toEqual([]);
    await page.reload();
    await mounted(page);
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await page.locator("[data-action=theme]").click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
    expect(await kept(page)).toEqual({ ...nothing, local: { theme: "light" } });
});

test("the theme follows the system until the reader chooses", async ({ page }) => {
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto("./about");
    await mounted(page);
    const light = await ground();
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(ground).not.toBe(light);
    await page.locator("[data-action=theme]").click(); // the other one than on screen
    await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
    await expect.poll(ground).toBe(light);
});

test("the policy forbids what it says", async ({ page, allow }) => {
    allow(/Content Security Policy|Refused to|violates/);
    await page.goto("./about");
    await mounted(page);
    const refused = await page.evaluate(async () => {
        const told = [];
        document.addEventListener("securitypolicyviolation", ({ violatedDirective }) => told.push(violatedDirective));
        const script = document.createElement("script");
        script.textContent = "window.ran = true";
        document.body.append(script);
        await fetch("https://example.org/").catch(() => {});
        // Later, because the browser lets the test's own code evaluate.
        const evaluated = await new Promise((resolve) =>
            setTimeout(() => {
                try {
                    resolve(new Function("return true")());
                } catch {
                    resolve(false);
                }
            }),
        );
        return { ran: window.ran ?? false, evaluated, told };
    });
    expect(refused).toMatchObject({ ran: false, evaluated: false });
    expect(refused.told).toEqual(expect.arrayContaining(["script-src-elem", "connect-src"]));
});
