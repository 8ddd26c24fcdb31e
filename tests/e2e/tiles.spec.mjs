// Regions as tiles: every one is there, named, within reach of mouse and keyboard, and opens its source.
import { expect, test } from "./fixtures.mjs";
import { Certificate, Figure, address, languages, of, rows, t } from "./pages.mjs";

const regions = rows("places").filter(({ kind }) => kind === "oblast");
const VIEWS = ["idps-by-oblast", "reached-all-partners"];

async function open(page, lang, id, query = "") {
    await page.goto(address(lang, `view/${id}${query}`));
    const figure = new Figure(page, id);
    await figure.ready();
    return figure;
}

const tile = (figure, code) => figure.root.locator(`[data-region=${code}]`);

for (const lang of languages) {
    for (const id of VIEWS) {
        test(`${lang} ${id}: 27 regions; what is missing is hatched and says why`, async ({ page }) => {
            const figure = await open(page, lang, id);
            await expect(figure.tiles).toHaveCount(27);
            for (const region of regions) await expect(tile(figure, region.code)).toHaveAccessibleName(new RegExp(`^${of(region, "name", lang)}: `));
            for (const code of ["UA-43", "UA-40"]) {
                await expect(tile(figure, code)).toHaveAccessibleName(new RegExp(`: ${t(lang, "missing.not_published")}$`));
                await expect(tile(figure, code)).not.toHaveAttribute("data-shade");
                await expect(tile(figure, code)).not.toHaveAttribute("data-value");
            }
            await expect(figure.root.locator(".legend")).toContainText(t(lang, "missing.not_published"));
        });
    }
}

test("a tile opens the certificate of its number, by mouse and by keyboard", async ({ page }) => {
    const figure = await open(page, "en", "idps-by-oblast");
    const certificate = new Certificate(page);
    await tile(figure, "UA-63").click();
    await expect(certificate.root).toBeVisible();
    await expect(certificate.value).toHaveText("516,930 people");
    await expect(certificate.line(t("en", "certificate.place"))).toHaveText("Kharkiv oblast");
    await page.keyboard.press("Escape");
    await expect(certificate.root).toBeHidden();

    await tile(figure, "UA-43").focus();
    await page.keyboard.press("Enter");
    await expect(certificate.value).toHaveText(t("en", "missing.not_published"));
    await expect(certificate.root).toContainText("This is not zero.");
    await page.keyboard.press("Escape");
    await expect(tile(figure, "UA-43")).toBeFocused();
});

test("a certificate opened at once after another shows its own number", async ({ page }) => {
    const figure = await open(page, "en", "idps-by-oblast");
    const certificate = new Certificate(page);
    await tile(figure, "UA-63").click();
    await expect(certificate.value).toHaveText("516,930 people");
    // Closing is told after what is pressed in the same moment.
    const closed = page.evaluate(() => new Promise((done) => document.querySelector("dialog.certificate").addEventListener("close", () => setTimeout(done))));
    await tile(figure, "UA-43").evaluate((tile) => {
        document.querySelector("dialog.certificate").close();
        tile.click();
    });
    await closed;
    await expect(certificate.root).toBeVisible();
    await expect(certificate.value).toHaveText(t("en", "missing.not_published"));
});

test("arrow keys walk the regions, which are one tab stop", async ({ page }) => {
    const figure = await open(page, "en", "idps-by-oblast");
    await expect(figure.root.locator(".tile[tabindex='0']")).toHaveCount(1);
    await figure.root.locator(".tile[tabindex='0']").focus();
    const here = () => page.evaluate(() => document.activeElement.dataset.region);
    expect(await here()).toBe("UA-07");
    for (const [name, expected] of [
        ["ArrowRight", "UA-56"],
        ["ArrowDown", "UA-61"],
        ["ArrowDown", "UA-26"],
        ["ArrowUp", "UA-61"],
        ["ArrowLeft", "UA-46"],
        ["End", "UA-40"],
        ["ArrowUp", "UA-43"],
        ["ArrowUp", "UA-65"],
        ["Home", "UA-07"],
    ]) {
        await page.keyboard.press(name);
        expect(await here(), name).toBe(expected);
    }
    // All 27 are reached.
    const seen = new Set([await here()]);
    for (let steps = 0; steps < 26; steps += 1) {
        await page.keyboard.press("ArrowRight");
        seen.add(await here());
    }
    expect(seen.size).toBe(27);
});

test("another period changes tiles, table and address", async ({ page }) => {
    const figure = await open(page, "en", "idps-by-oblast");
    await expect(tile(figure, "UA-74")).toHaveAttribute("data-value", "68392");
    await figure.control("period").selectOption("2024-10-22");
    await expect(page).toHaveURL(/\?time=2024-10-22/);
    await expect(tile(figure, "UA-74")).not.toHaveAttribute("data-value");
    await expect(tile(figure, "UA-74")).toHaveAccessibleName(`Chernihiv oblast: ${t("en", "missing.not_found")}`);
    await expect(tile(figure, "UA-63")).toHaveAttribute("data-value", "517872");
    await page.reload();
    await figure.ready();
    await expect(figure.control("period")).toHaveValue("2024-10-22");
});

test.describe("without JavaScript", () => {
    test.use({ javaScriptEnabled: false });
    test("the numbers stand in the tiles", async ({ page }) => {
        await page.goto(address("uk", "view/idps-by-oblast"));
        await expect(page.locator(".tile")).toHaveCount(27);
        await expect(page.locator("[data-region=UA-63]")).toContainText("517");
    });
});

for (const width of [320, 360, 390, 1440]) {
    test.describe(`at ${width} px`, () => {
        test.use({ viewport: { width, height: 800 }, isMobile: width < 600 }); // phones have no room for a scroll bar
        for (const lang of languages) test(`${lang}: names in tiles are readable, and broken at syllables only`, async ({ page }) => {
            const figure = await open(page, lang, "idps-by-oblast");
            expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
            const wrong = await figure.root.locator(".tile-name").evaluateAll((names, least) =>
                names.flatMap((name) => {
                    const tile = name.closest(".tile");
                    const cut = tile.scrollWidth > tile.clientWidth || tile.scrollHeight > tile.clientHeight ? [`${name.textContent} is cut`] : [];
                    const small = Number.parseFloat(getComputedStyle(name).fontSize) < least ? [`${name.textContent} is small`] : [];
                    // Letters of a syllable stand on one line; where a hyphen is drawn, a letter has a second place.
                    const line = (at) => {
                        const range = document.createRange();
                        range.setStart(name.firstChild, at);
                        range.setEnd(name.firstChild, at + 1);
                        return [...range.getClientRects()].at(-1).top;
                    };
                    const letters = [...name.textContent];
                    const isLetter = (i) => /\p{L}/u.test(letters[i] ?? "");
                    const parted = letters.flatMap((letter, i) =>
                        isLetter(i) && isLetter(i - 1) && line(i) !== line(i - 1) ? [`${name.textContent} is parted before ${letter}`] : [],
                    );
                    return [...cut, ...small, ...parted];
                }), width < 390 ? 11 : 11.9);
            expect(wrong).toEqual([]);
        });
    });
}
