// For every reader: axe on each page, language and theme; the keyboard alone; small and large screens; calm screens; steady pages.
import { accessible, sticksOut, tooSmall } from "./checks/access.mjs";
import { expect, mounted, test } from "./fixtures.mjs";
import { Certificate, Figure, Finder, address, languages, settled, switchOff, t, view, viewsOn } from "./pages.mjs";

const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 800 };

for (const [lang, viewport] of [["en", desk], ["uk", phone]]) {
    test.describe(`${lang}, ${viewport.width} px: axe finds nothing`, () => {
        test.use({ viewport });
        const opened = (what, search, act) =>
            test(`with ${what}`, async ({ page }) => {
                test.slow();
                const [id] = search.split("?");
                await page.goto(address(lang, `view/${search}`));
                const figure = new Figure(page, id);
                await expect(figure.root).toHaveAttribute("data-state", /static|ready|empty/);
                await act(page, figure);
                await accessible(page);
            });
        opened("a certificate open", "remittances", async (page, figure) => {
            await figure.ready();
            await figure.hits.first().press("ArrowRight");
            await figure.hits.first().press("Enter");
            await expect(new Certificate(page).value).toBeVisible();
        });
        opened("an agreement open", "agreements?tab=table", async (page, figure) => {
            await figure.table.locator("button.cell").first().click();
            await expect(new Certificate(page).value).toBeVisible();
        });
        opened("the place picker open", "remittances", async (page, figure) => {
            await figure.picker.locator("summary").click();
            await expect(figure.option("UKR")).toBeVisible();
        });
        opened("nothing found in the picker", "remittances", async (page, figure) => {
            await figure.picker.locator("summary").click();
            await figure.picker.getByRole("searchbox").fill("xyz");
            await expect(figure.picker.locator(".picker-none")).toBeVisible();
        });
        opened("a tip shown", "remittances", async (page, figure) => {
            await figure.ready();
            await figure.hits.first().press("ArrowRight");
            await expect(figure.tip).toBeVisible();
        });
        opened("search open", "remittances", async (page, figure) => {
            await figure.ready();
            const finder = new Finder(page);
            await finder.button.click();
            await finder.field.fill("bank");
            await expect(finder.active).toBeVisible();
        });
        opened("nothing found in search", "displacement", async (page, figure) => {
            await figure.ready();
            const finder = new Finder(page);
            await finder.button.click();
            await finder.field.fill("qwzxv");
            await expect(finder.status).toContainText("qwzxv");
        });
        opened("the shortcuts open", "agreements", async (page, figure) => {
            await figure.ready();
            const finder = new Finder(page);
            await finder.keys.click();
            await expect(finder.active).toBeVisible();
        });
        test("with the catalogue open", async ({ page }) => {
            test.slow();
            await page.goto(address(lang, "data#series-dtm-idps"));
            await settled(page, "data");
            await page.locator("main .entry").filter({ hasText: t(lang, "resource.agreements") }).first().locator("summary").click();
            await expect(page.locator('[data-series="dtm-idps"] dl')).toBeVisible();
            await accessible(page);
        });
        opened("a notice", "remittances?time=x&place=XXX", async (page, figure) => expect(figure.notice).toBeVisible());
        opened("nothing to draw", "remittances?time=1950..1960", async (page, figure) => expect(figure.root.locator(".empty")).toBeVisible());

        test("with files missing", async ({ page, allow }) => {
            allow(/status of 404/);
            for (const name of ["observations-remittances", "headlines"]) await switchOff(page, name);
            await page.goto(address(lang, ""));
            await new Figure(page, "remittances").in("error");
            await expect(page.locator(".headlines .failure")).toBeVisible();
            await accessible(page);
        });

        test("while loading", async ({ page, allow }) => {
            allow(/preloaded/); // what is not answered is not used
            await page.route("**/data/{observations-*,headlines}.json", () => {}); // never answered
            for (const route of ["", "view/remittances", "data"]) {
                await page.goto(address(lang, route));
                await mounted(page);
                await accessible(page);
            }
            await page.unrouteAll({ behavior: "ignoreErrors" });
        });

        test("when the data do not come and the static page stays", async ({ page, allow }) => {
            allow(/status of 404|preloaded/);
            await page.route("**/data/datapackage.json", (route) => route.fulfill({ status: 404, body: "gone" }));
            for (const route of ["", "view/remittances"]) {
                await page.goto(address(lang, route));
                await expect(page.locator("#stands")).toBeVisible();
                await accessible(page);
            }
        });

        test("when the app cannot start and the static page stays", async ({ page, allow }) => {
            allow(/status of 404|preloaded/); // what nobody asks for any more was asked for early
            await page.route("**/words/*.json", (route) => route.fulfill({ status: 404, body: "gone" }));
            for (const route of ["", "remittances"]) {
                await page.goto(address(lang, route));
                await expect(page.locator("#failure")).toBeVisible();
                await expect(page.locator("#boot table").first()).toBeVisible();
                await accessible(page);
            }
        });

        test("when the app has stopped", async ({ page }) => {
            await page.goto(address(lang, "about"));
            await mounted(page);
            await page.evaluate(() => document.dispatchEvent(new CustomEvent("impact:failed")));
            await expect(page.locator("#failure")).toBeVisible();
            await accessible(page);
        });
    });
}

/** More than any page has. */
const STOPS = 400;

test.describe("keyboard alone", () => {
    test("the skip link comes first, shows itself and leads to the content", async ({ page }) => {
        await page.goto("./remittances");
        await mounted(page);
        // Without a figure there is nothing in the content to go on to.
        await new Figure(page, "remittances").ready();
        await page.keyboard.press("Tab");
        const skip = page.locator(".skip");
        await expect(skip).toBeFocused();
        await expect(skip).toBeInViewport({ ratio: 1 });
        await page.keyboard.press("Enter");
        await expect(page.locator("#main")).toBeFocused();
        await page.keyboard.press("Tab");
        expect(await page.evaluate(() => document.querySelector("main").contains(document.activeElement))).toBe(true);
        await expect(page).toHaveURL(/\/remittances#main$/);
    });

    test("the skip link keeps the focus when the app comes", async ({ page }) => {
        await page.goto("./people");
        await page.keyboard.press("Tab"); // starts the app
        await expect(page.locator("#boot .skip, #app .skip")).toBeFocused();
        await mounted(page);
        await expect(page.locator("#app .skip")).toBeFocused();
    });

    test("tabs: one stop, arrows, Home and End", async ({ page }) => {
        await page.goto("./view/remittances");
        const figure = new Figure(page, "remittances");
        await figure.ready();
        await figure.tab("chart").focus();
        for (const [key, name] of [["ArrowRight", "table"], ["ArrowRight", "sources"], ["ArrowRight", "chart"], ["ArrowLeft", "sources"], ["Home", "chart"], ["End", "sources"], ["ArrowLeft", "table"]]) {
            await page.keyboard.press(key);
            await expect(figure.tab(name)).toBeFocused();
            await expect(figure.tab(name)).toHaveAttribute("aria-selected", "true");
            await expect(figure.root.locator("[role=tab][tabindex='0']")).toHaveCount(1);
            await expect(figure.root.getByRole("tabpanel")).toHaveCount(1);
            await expect(figure.root.getByRole("tabpanel")).toHaveAttribute("aria-labelledby", await figure.tab(name).getAttribute("id"));
        }
    });

    for (const route of ["remittances", "people", "partners"]) {
        test(`every stop of /${route} is seen, and the way leads out again; a chart is one stop`, async ({ page }) => {
            test.slow();
            await page.goto(address("en", route));
            await settled(page, route);
            await page.evaluate(() => scrollTo(0, 0));
            const stops = [];
            for (let i = 0; i < STOPS; i += 1) {
                await page.keyboard.press("Tab");
                const stop = await page.evaluate(() => {
                    const element = document.activeElement;
                    if (element === document.body) return null;
                    const { outlineStyle, outlineWidth } = getComputedStyle(element);
                    const box = element.getBoundingClientRect();
                    return {
                        name: element.id || element.className || element.textContent,
                        figure: element.closest("figure")?.dataset.view,
                        plot: element.classList.contains("plot-hit"),
                        marked: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
                        seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
                    };
                });
                if (stop === null) break;
                stops.push(stop);
            }
            expect(stops.length).toBeLessThan(STOPS);
            expect(stops.filter(({ marked, seen }) => !marked || !seen)).toEqual([]);
            for (const { id } of viewsOn(route)) {
                expect(stops.filter(({ figure, plot }) => figure === id && plot)).toHaveLength(await new Figure(page, id).hits.count());
            }
        });
    }

    test("no list without items is read", async ({ page }) => {
        for (const route of ["", "present/from-roundtable-to-recovery?read", "present/from-roundtable-to-recovery/edit"]) {
            await page.goto(address("en", route));
            await expect(page.getByRole("heading").first()).toBeVisible();
            await page.waitForFunction(() => document.querySelector("#boot") === null);
            expect(await page.evaluate(() => [...document.querySelectorAll("ul, ol")].filter((list) => list.children.length === 0 && list.checkVisibility()).map((list) => list.className || list.id))).toEqual([]);
        }
    });

    test("on a stage the other language is named in its own words, and marked as such", async ({ page }) => {
        for (const [lang, other] of [["en", "uk"], ["uk", "en"]]) {
            await page.goto(address(lang, "present/from-roundtable-to-recovery"));
            await expect(page.locator("[data-do=language]")).toHaveAttribute("lang", other);
        }
    });

    test("the cell that arrow keys come to is seen whole", async ({ page }) => {
        await page.setViewportSize({ width: 390, height: 844 });
        await page.goto(address("uk", "view/remittances?tab=table"));
        const figure = new Figure(page, "remittances");
        await figure.cells.first().locator("button").focus();
        for (const key of ["ArrowRight", "ArrowRight", "ArrowLeft", "ArrowDown", "End", "ArrowUp", "Home"]) {
            await page.keyboard.press(key);
            const [cell, box] = await page.evaluate(() => [document.activeElement, document.activeElement.closest(".table-scroll")].map((one) => one.getBoundingClientRect().toJSON()));
            expect.soft(cell.left, key).toBeGreaterThanOrEqual(box.left);
            expect.soft(cell.right, key).toBeLessThanOrEqual(box.right);
            expect.soft(cell.bottom, key).toBeLessThanOrEqual(box.bottom);
        }
    });

    test("a chart says what it shows, and each point as the reader comes to it", async ({ page }) => {
        await page.goto("./view/displacement");
        const figure = new Figure(page, "displacement");
        await figure.ready();
        const hit = figure.hits.first();
        await expect(hit).toHaveAccessibleName(`${view("displacement").title_en}. ${t("en", "plot.keys")}`);
        await hit.focus();
        await page.keyboard.press("ArrowRight");
        const spoken = figure.root.locator(".plot [aria-live]");
        const { what, shown } = await figure.point();
        await expect(spoken).toHaveText(`${what}: ${shown}`);
        await page.keyboard.press("Escape");
        await expect(spoken).toHaveText("");
    });

    test("the focus is not lost when a choice redraws the controls", async ({ page }) => {
        await page.goto("./view/remittances");
        const figure = new Figure(page, "remittances");
        await figure.ready();
        await figure.unit("pct_gdp").focus();
        await page.keyboard.press("Enter");
        await expect(figure.unit("pct_gdp")).toHaveAttribute("aria-pressed", "true");
        await expect(figure.unit("pct_gdp")).toBeFocused();
        await figure.control("from").focus();
        await page.keyboard.press("ArrowDown");
        await expect(page).toHaveURL(/time=/);
        await expect(figure.control("from")).toBeFocused();
        // The chip that was pressed is gone: focus stays among the chips and the picker.
        await figure.chip("MDA").focus();
        await page.keyboard.press("Enter");
        await expect(figure.chip("MDA")).toHaveCount(0);
        expect(await page.evaluate(() => document.activeElement.closest(".picker") !== null)).toBe(true);
    });
});

test.describe("motion", () => {
    const moving = (page) =>
        page.evaluate(async () => {
            const echarts = await import(new URL(document.querySelector("meta[name=chart-library]").content, document.baseURI));
            const { animation, animationDuration, animationDurationUpdate } = echarts.getInstanceByDom(document.querySelector(".plot-canvas")).getOption();
            const styles = [...document.querySelectorAll(".tip, .marker")].map((element) => getComputedStyle(element).transitionDuration);
            return { animation, longest: Math.max(animationDuration, animationDurationUpdate), styles, running: document.getAnimations().length };
        });
    const pointed = async (page) => {
        await page.goto("./view/remittances");
        const figure = new Figure(page, "remittances");
        await figure.ready();
        await figure.hits.first().press("ArrowRight");
        await figure.hits.first().press("ArrowLeft");
    };

    test("none where it is not wanted", async ({ page }) => {
        await page.emulateMedia({ reducedMotion: "reduce" });
        await pointed(page);
        expect(await moving(page)).toMatchObject({ animation: false, styles: ["0s", "0s"], running: 0 });
    });

    test("under 300 ms elsewhere", async ({ page }) => {
        await page.emulateMedia({ reducedMotion: "no-preference" });
        await pointed(page);
        const { animation, longest, styles } = await moving(page);
        if (animation) expect(longest).toBeLessThan(300);
        for (const style of styles) expect(Math.max(...style.split(",").map(parseFloat))).toBeLessThan(0.3);
    });

    test("a change of the wish is obeyed at once", async ({ page }) => {
        await page.emulateMedia({ reducedMotion: "no-preference" });
        await pointed(page);
        await page.emulateMedia({ reducedMotion: "reduce" });
        await expect.poll(() => moving(page).then(({ animation }) => animation)).toBe(false);
    });
});

for (const lang of languages) {
    test(`${lang} at 320 px: picker and certificate fit`, async ({ page }) => {
        await page.setViewportSize({ width: 320, height: 640 });
        await page.goto(address(lang, "view/remittances"));
        const figure = new Figure(page, "remittances");
        await figure.ready();
        await figure.picker.locator("summary").click();
        const panel = await figure.root.locator(".picker-panel").boundingBox();
        expect(panel.x).toBeGreaterThanOrEqual(0);
        expect(panel.x + panel.width).toBeLessThanOrEqual(320);
        expect(await sticksOut(page)).toEqual([]);
        expect(await tooSmall(page)).toEqual([]);
        await page.keyboard.press("Escape");
        await figure.hits.first().press("ArrowRight");
        await figure.hits.first().press("Enter");
        const dialog = new Certificate(page).root;
        const box = await dialog.boundingBox();
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(320);
        expect(box.height).toBeLessThanOrEqual(640);
        expect(await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
        expect(await tooSmall(page)).toEqual([]);
    });
}

test.describe("nothing jumps while figures load", () => {
    const LATE_MS = 400;
    for (const lang of languages) {
        for (const route of ["", "remittances", "people", "partners", "data"]) {
            for (const width of [390, 1440]) {
                test(`${lang} /${route} at ${width} px`, async ({ page }) => {
                    test.slow();
                    await page.setViewportSize({ width, height: 844 });
                    await page.addInitScript(() => {
                        window.shifts = [];
                        new PerformanceObserver((list) => {
                            for (const { value, hadRecentInput, sources } of list.getEntries()) {
                                if (!hadRecentInput) window.shifts.push({ value, what: sources.map(({ node }) => node?.className || node?.nodeName).join(", ") });
                            }
                        }).observe({ type: "layout-shift", buffered: true });
                    });
                    await page.route("**/data/*.json", async (answer) => {
                        await new Promise((resolve) => setTimeout(resolve, LATE_MS));
                        await answer.fallback();
                    });
                    const steady = async (when) => {
                        // Two frames: what has changed is painted, and told.
                        const shifts = await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(window.shifts)))));
                        const sum = shifts.reduce((all, { value }) => all + value, 0);
                        expect(sum, `${when}: ${JSON.stringify(shifts)}`).toBeLessThanOrEqual(0.02);
                    };
                    await page.goto(address(lang, route));
                    await expect(page.locator("main h1")).toBeVisible();
                    for (const { id } of viewsOn(route)) await expect(page.locator(`figure[data-view="${id}"]`)).toHaveAttribute("data-state", /static|ready/);
                    await page.waitForLoadState("networkidle");
                    await steady("while loading");
                    await settled(page, route);
                    await steady("while scrolling to the end");
                });
            }
        }
    }
});
