// A talk on a stage: keys, the source of what is shown, the live chart, the speaker's window, reading, printing, and what goes wrong.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { accessible, sticksOut, tooSmall } from "./checks/access.mjs";
import { expect, test } from "./fixtures.mjs";
import { address, languages, rows, t } from "./pages.mjs";
import { Stage, deck, decks, letters, onView, pagesOf, picturesIn, route, textOf } from "./talks.mjs";

test("the list of talks has no slide to go to", async ({ page }) => {
    await page.goto("./present/");
    await page.keyboard.press("PageDown"); // an error would fail the test
    await page.mouse.wheel(0, 100);
    await expect(page).toHaveURL(/present\/$/);
});

for (const lang of languages) {
    for (const { id, title_en, title_uk, slides } of decks) {
        test(`${lang} ${id}: every slide by keys, drawn and said`, async ({ page }) => {
            const stage = await new Stage(page).open(id, lang);
            await expect(page).toHaveTitle(new RegExp(lang === "uk" ? title_uk : title_en));
            for (const [at, slide] of slides.entries()) {
                await stage.is(at + 1);
                const headline = slide[`headline_${lang}`];
                await expect(stage.shown.getByRole("heading", { name: headline })).toBeVisible();
                await expect(stage.status).toHaveText(t(lang, "present.status", { n: at + 1, all: slides.length, title: headline }));
                for (const plot of await stage.shown.locator(".slide-plot").all()) {
                    await expect(plot.locator("svg")).toBeVisible();
                    expect(await plot.locator("svg path").count()).toBeGreaterThan(4);
                }
                await expect(stage.shown.locator(".callout")).toHaveText((slide.callouts ?? []).map((one) => one[`text_${lang}`]));
                await expect(stage.shown.locator(".slide-missing")).toHaveCount(0);
                await stage.press(["PageDown", "ArrowRight", "Space"][at % 3]);
            }
            await stage.is(slides.length); // the last one stays
            await stage.press("Home");
            await stage.is(1);
            await stage.press("End", "PageUp");
            await stage.is(slides.length - 1);
            await stage.press("3", "Enter");
            await stage.is(3);
        });
    }
}

test("a huge number is the package's, with its wording and its certificate", async ({ page }) => {
    for (const { id, slides } of decks) {
        for (const [at, slide] of slides.entries()) {
            if (slide.kind !== "headline") continue;
            const topics = ["people", "remittances", "context", "funding"].flatMap((topic) => rows(`observations-${topic}`));
            const row = topics.find((one) => one.series === slide.series && one.place === slide.place && one.period_end === slide.period_end && one.standing === "current");
            const stage = await new Stage(page).open(id, "en", `#${at + 1}`);
            await expect(stage.shown.locator(".slide-number")).toHaveAttribute("data-value", `${row.value}`);
            if (row.qualifier !== "exact") await expect(stage.shown.locator(".slide-number")).toContainText(t("en", `qualifier.${row.qualifier}`, { number: "" }).trim());
            await stage.press("c");
            const source = rows("sources").find((one) => one.id === row.source);
            await expect(stage.dialog.locator(`[data-source="${row.source}"]`)).toContainText(source.publisher);
            await stage.press("Escape");
        }
    }
});

test("one key shows who says so, one the overview, one the keys; Esc leads back", async ({ page }) => {
    const stage = await new Stage(page).open(deck.id, "en", `#${onView}`);
    await stage.press("c");
    await expect(stage.dialog.getByRole("heading", { name: t("en", "present.source") })).toBeVisible();
    await expect(stage.dialog.locator(".source").first()).toBeVisible();
    await stage.press("Escape", "o");
    await expect(stage.dialog.getByRole("listitem")).toHaveCount(deck.slides.length);
    await expect(stage.dialog.locator(`[data-to="${onView - 1}"]`)).toBeFocused();
    await stage.dialog.locator("[data-to='1']").click();
    await stage.is(2);
    await stage.press("?");
    await expect(stage.dialog.locator("dd")).toContainText([t("en", "present.next")]);
    await stage.press("?");
    await expect(stage.dialog).toHaveCount(0);
    await stage.press("b");
    await expect(page.locator("html")).toHaveAttribute("data-black", "");
    await stage.press("b");
    await expect(page.locator("html")).not.toHaveAttribute("data-black", "");
});

test("the language changes in place, full screen and slide stay", async ({ page }) => {
    const stage = await new Stage(page).open(deck.id, "en", `#${onView}`);
    await page.evaluate(() => { window.isSame = true; });
    await stage.press("l");
    await expect(page.locator("html")).toHaveAttribute("lang", "uk");
    await stage.ready();
    await stage.is(onView);
    await expect(stage.shown.getByRole("heading", { name: deck.slides[onView - 1].headline_uk })).toBeVisible();
    await expect(stage.shown.locator(".slide-plot svg").first()).toBeVisible();
    expect(await page.evaluate(() => window.isSame)).toBe(true);
    await expect(page).toHaveURL(/\/uk\/present\//);
    await stage.press("PageDown");
    await stage.is(onView + 1);
});

test("the live chart opens with its controls, and Esc returns to the same slide", async ({ page }) => {
    const { id, slides } = decks.find(({ slides }) => slides.some(({ view }) => view === "remittances"));
    const onView = slides.findIndex(({ view, state }) => view === "remittances" && state) + 1;
    const stage = await new Stage(page).open(id, "en", `#${onView}`);
    await expect(stage.shown.locator(".callout").first()).toBeVisible();
    const before = await stage.shown.evaluate((slide) => slide.outerHTML);
    await stage.press("d");
    const live = page.frameLocator("#stage-explore iframe");
    // In the slide's state, and what is chosen there stays there.
    await expect(live.locator("select[data-control=from]")).toHaveValue(new URLSearchParams(slides[onView - 1].state).get("time").split(".")[0]);
    await live.locator("[data-unit=pct_gdp]").click();
    await expect(live.locator("[data-unit=pct_gdp]")).toHaveAttribute("aria-pressed", "true");
    await live.locator("h1").first().press("Escape");
    await expect(page.locator("#stage-explore")).toBeHidden();
    await stage.is(onView);
    await expect(stage.shown).toBeFocused();
    expect(await stage.shown.evaluate((slide) => slide.outerHTML)).toBe(before);
    await stage.press("PageDown");
    await stage.is(onView + 1);
});

test("Ukrainian letters on the same keys", async ({ page }) => {
    const stage = await new Stage(page).open(deck.id, "uk");
    await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "щ", code: "KeyO", bubbles: true })));
    await expect(stage.dialog.getByRole("listitem")).toHaveCount(deck.slides.length);
});

test("a slide beyond the end is the last, nonsense the first; an address that changes leads there", async ({ page }) => {
    const stage = await new Stage(page).open(deck.id, "en", "#999");
    await stage.is(deck.slides.length);
    const note = page.locator("#stage-note");
    await expect(note).toHaveText(t("en", "present.no-slide"));
    await page.evaluate(() => { location.hash = "#2"; });
    await stage.is(2);
    await note.evaluate((note) => note.replaceChildren());
    await stage.press("9", "9", "Enter");
    await stage.is(deck.slides.length);
    await expect(note).toHaveText(t("en", "present.no-slide"));
    await page.goto("about:blank");
    await stage.open(deck.id, "en", "#xyz");
    await stage.is(1);
    await expect(note).toBeHidden();
});

for (const [how, isThere] of [["by channel", true], ["by messages, where there is no channel", false]]) {
    test(`the speaker's window follows and leads, ${how}, and survives a reload`, async ({ page, context }) => {
        if (!isThere) await context.addInitScript(() => { delete globalThis.BroadcastChannel; });
        const stage = await new Stage(page).open(deck.id, "en", "#2");
        const [window] = await Promise.all([page.waitForEvent("popup"), stage.press("s")]);
        const speaker = new Stage(window);
        await speaker.ready();
        const now = window.locator(".speaker-now .slide");
        await expect(now).toHaveAttribute("id", "s2");
        await expect(window.locator(".speaker-next .slide")).toHaveAttribute("id", "s3");
        await expect(window.locator(".speaker-notes")).toContainText(deck.slides[1].notes_en);
        await stage.press("PageDown");
        await expect(now).toHaveAttribute("id", "s3");
        await expect(window.locator(".speaker-timer")).toContainText(`${deck.minutes}`);
        await speaker.press("PageDown");
        await stage.is(4);
        await window.reload();
        await speaker.ready();
        await expect(now).toHaveAttribute("id", "s4");
        await page.reload();
        await stage.ready();
        await stage.is(4);
        // Each leads the other again.
        await speaker.press("PageUp");
        await stage.is(3);
        await stage.press("PageUp");
        await expect(now).toHaveAttribute("id", "s2");
        await expect(window.locator(".speaker-timer")).toHaveText(/^\d+:[0-5]\d /);
        await expect(window.locator(".speaker-clock")).toHaveText(/\d:\d\d/);
        // What the speaker asks for, the audience sees, until it is closed or the talk goes on.
        await speaker.press("3", "Enter", "c");
        await expect(stage.dialog.getByRole("heading", { name: t("en", "present.source") })).toBeVisible();
        await expect(speaker.dialog).toBeVisible();
        await speaker.press("Escape");
        for (const one of [stage, speaker]) await expect(one.dialog).toHaveCount(0);
        await speaker.press("d");
        await expect(page.locator("#stage-explore iframe")).toBeVisible();
        await expect(window.locator("#stage-explore")).toBeHidden();
        await speaker.press("PageDown");
        await expect(page.locator("#stage-explore")).toBeHidden();
        await stage.is(4);
        await speaker.press("b");
        await expect(page.locator("html")).toHaveAttribute("data-black", "");
    });
}

test("messages from strangers move nothing", async ({ page }) => {
    const stage = await new Stage(page).open(deck.id, "en", "#2");
    await page.evaluate(() => {
        dispatchEvent(new MessageEvent("message", { data: { talk: true, n: 5 }, origin: "https://example.org" }));
        dispatchEvent(new MessageEvent("message", { data: "5", origin: location.origin }));
    });
    await stage.press("PageDown");
    await stage.is(3);
});

test("a second window that is blocked, and full screen that is refused, are said", async ({ page }) => {
    const stage = await new Stage(page).open(deck.id, "en");
    await page.evaluate(() => {
        window.open = () => null;
        document.documentElement.requestFullscreen = () => Promise.reject(new Error("no"));
    });
    await stage.press("s");
    await expect(page.locator("#stage-note")).toHaveText(t("en", "present.no-window"));
    await stage.press("f");
    await expect(page.locator("#stage-note")).toHaveText(t("en", "present.no-full"));
});

test("without its charts' file the tables stand open and the talk runs", async ({ page, allow }) => {
    allow(/Failed to load resource/);
    await page.route(/present\/.*\.json$/, (route) => route.fulfill({ status: 500 }));
    const stage = await new Stage(page).open(deck.id, "en", `#${onView}`);
    await expect(stage.shown.locator("table")).toBeVisible();
    await expect(page.locator("#stage-note")).toHaveText(t("en", "failure.chart"));
    await stage.press("PageDown");
    await stage.is(onView + 1);
});

test("a kiosk goes round 1,000 steps without stopping or growing", async ({ page, context }) => {
    test.setTimeout(300_000);
    const devtools = await context.newCDPSession(page);
    const heap = async () => {
        await devtools.send("HeapProfiler.collectGarbage");
        return (await devtools.send("Runtime.getHeapUsage")).usedSize;
    };
    await page.addInitScript(() => {
        window.steps = 0;
        const replace = history.replaceState;
        history.replaceState = function (...all) {
            window.steps += 1;
            return replace.apply(this, all);
        };
    });
    await page.emulateMedia({ reducedMotion: "reduce" });
    await new Stage(page).open(deck.id, "en", "?kiosk=0.01");
    await page.waitForFunction(() => window.steps > 50, undefined, { timeout: 60_000 });
    const before = await heap();
    await page.waitForFunction(() => window.steps > 1_000, undefined, { timeout: 240_000 });
    expect((await heap()) / before).toBeLessThan(1.1);
});

test("a finger's swipe leads on and back, and shows no control; a tap does", async ({ browser, baseURL }) => {
    const context = await browser.newContext({ baseURL, hasTouch: true, viewport: { width: 390, height: 844 }, serviceWorkers: "block" });
    const page = await context.newPage();
    const stage = await new Stage(page).open(deck.id, "en");
    const devtools = await context.newCDPSession(page);
    const touch = (type, ...points) => devtools.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y]) => ({ x, y })) });
    const swipe = async (from, to) => {
        await touch("touchStart", [from, 300]);
        for (let step = 1; step <= 8; step += 1) await touch("touchMove", [from + ((to - from) * step) / 8, 300 + step]);
        await touch("touchEnd");
    };
    await swipe(300, 100);
    await stage.is(2);
    await swipe(100, 300);
    await stage.is(1);
    await expect(page.locator("html")).toHaveAttribute("data-idle", "");
    await touch("touchStart", [200, 300]);
    await touch("touchEnd");
    await expect(page.locator("html")).not.toHaveAttribute("data-idle", "");
    await stage.is(1);
    await context.close();
});

test("no control is on screen until the mouse moves, and none 3 s after", async ({ page }) => {
    await page.clock.install();
    await new Stage(page).open(deck.id, "en");
    const [tools, all] = [page.locator(".stage-tools"), page.locator("html")];
    const hidden = async () => {
        await expect(tools).toHaveCSS("opacity", "0");
        await expect(all).toHaveCSS("cursor", "none");
    };
    await hidden();
    // A mouse that lies still while the slide changes under it is none that moves.
    await page.evaluate(() => {
        for (let time = 0; time < 3; time += 1) dispatchEvent(new PointerEvent("pointermove", { pointerType: "mouse", screenX: 9, screenY: 9 }));
    });
    await hidden();
    await page.mouse.move(200, 200);
    await expect(tools).toHaveCSS("opacity", "1");
    await expect(all).not.toHaveCSS("cursor", "none");
    await page.clock.runFor(2_900);
    await expect(tools).toHaveCSS("opacity", "1");
    await page.clock.runFor(200);
    await hidden();
});

test("full screen by a key; Esc closes what lies over the slide first, then leaves it", async ({ page }) => {
    await page.addInitScript(() => {
        window.locked = [];
        Object.defineProperty(navigator, "keyboard", { value: { lock: async (keys) => window.locked.push(...keys) } });
    });
    const stage = await new Stage(page).open(deck.id, "en", `#${onView}`);
    const isFull = () => page.evaluate(() => document.fullscreenElement === document.documentElement);
    await stage.press("f");
    await expect.poll(isFull).toBe(true);
    await expect.poll(() => page.evaluate(() => window.locked)).toEqual(["Escape"]);
    await stage.press("c");
    await expect(stage.dialog).toBeVisible();
    await stage.press("Escape");
    await expect(stage.dialog).toHaveCount(0);
    expect(await isFull()).toBe(true);
    await stage.press("PageDown");
    await stage.is(onView + 1);
    await stage.press("Escape");
    await expect.poll(isFull).toBe(false);
});

test("a kiosk goes on by itself after the seconds that its address says, and round", async ({ page }) => {
    await page.clock.install();
    const stage = await new Stage(page).open(deck.id, "en", `?kiosk=20#${deck.slides.length - 1}`);
    await page.clock.runFor(19_000);
    await stage.is(deck.slides.length - 1);
    await page.clock.runFor(1_500);
    await stage.is(deck.slides.length);
    await page.clock.runFor(20_500);
    await stage.is(1);
});

/** Puts a talk into this browser as its draft. */
const asDraft = (page, talk) => page.addInitScript(([id, text]) => localStorage.setItem(`talk ${location.pathname.replace(/(uk\/)?present.*/, "")}${id}`, text), [deck.id, JSON.stringify(talk)]);

for (const [motion, isMoving] of [["no-preference", true], ["reduce", false]]) {
    test(`between two states of one view ${isMoving ? "the points move and the axes stay" : "nothing moves where motion is reduced"}`, async ({ page }) => {
        await page.emulateMedia({ reducedMotion: motion });
        const one = (state) => ({ kind: "view", headline_en: state, headline_uk: state, notes_en: "N", notes_uk: "Н", view: "remittances-sources", state });
        // One has a text, one has none; the largest share is not the same.
        await asDraft(page, { ...deck, slides: [{ ...one("unit=percent&time=2015"), text_en: "Words", text_uk: "Слова" }, one("unit=percent&time=2021")] });
        const at = 1;
        const stage = await new Stage(page).open(deck.id, "en", "?draft");
        // The next one stands drawn in the state of this one.
        await expect(page.locator(`#s${at + 1} .slide-plot svg`)).toBeAttached();
        const ticks = () => stage.shown.locator("svg text").evaluateAll((all) => all.filter((one) => /^[\d.,]+$/.test(one.textContent)).map((one) => `${one.textContent} ${one.getAttribute("transform")}`).sort());
        const before = await ticks();
        expect(before.length).toBeGreaterThan(3);
        await page.evaluate((next) => {
            window.frames = [];
            const look = () => {
                window.frames.push([...document.querySelectorAll(`#s${next} svg path`)].map((path) => path.getAttribute("d")).join());
                window.watch = requestAnimationFrame(look);
            };
            look();
        }, at + 1);
        await stage.press("PageDown");
        await stage.is(at + 1);
        // Until it stands still.
        await page.waitForFunction(() => window.frames.length > 90 && new Set(window.frames.slice(-20)).size === 1);
        const pictures = await page.evaluate(() => {
            cancelAnimationFrame(window.watch);
            return new Set(window.frames).size;
        });
        if (isMoving) expect(pictures).toBeGreaterThan(2);
        else expect(pictures).toBeLessThanOrEqual(2); // as prepared, and as it is
        expect(await ticks()).toEqual(before);
    });
}

test("frozen for the day: what is published meanwhile changes no slide, and what is newer says so", async ({ page, allow }) => {
    allow(/Failed to load resource/);
    const view = deck.slides[onView - 1][`headline_uk`];
    const stage = await new Stage(page).open(deck.id, "en");
    await page.waitForFunction((lang) => performance.getEntriesByType("resource").some(({ name }) => name.includes(`present/`) && name.includes(`-${lang}-`)), "uk");
    // A newer site: every page names another version, and the files of the old one are gone.
    await page.route(/present\/|data\//, async (route) => {
        if (/\.json/.test(route.request().url())) return route.fulfill({ status: 404 });
        const response = await route.fetch();
        return route.fulfill({ response, body: (await response.text()).replace(/(name="version" content=")[^"]*/, "$1newer").replaceAll(view, "Змінено") });
    });
    for (let slide = 1; slide < onView; slide += 1) await stage.press("PageDown");
    await stage.press("l");
    await expect(page.locator("html")).toHaveAttribute("lang", "uk");
    await stage.ready();
    await expect(stage.shown.getByRole("heading", { name: view })).toBeVisible();
    await expect(stage.shown.locator(".slide-plot svg").first()).toBeVisible();
    await stage.press("l");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await expect(stage.shown.locator(".slide-plot svg").first()).toBeVisible();
});

test("a page of a newer version is not mixed into a talk: the other language, and the live chart says it", async ({ page, allow }) => {
    allow(/Failed to load resource/);
    const newer = async (route) => {
        const response = await route.fetch();
        return route.fulfill({ response, body: (await response.text()).replace(/(name="version" content=")[^"]*/, "$1newer") });
    };
    await page.route(/\/uk\/present\/|\/view\//, newer);
    const stage = await new Stage(page).open(deck.id, "en", `#${onView}`);
    await stage.press("l");
    await expect(page.locator("#stage-note")).toHaveText(t("en", "present.no-language"));
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await stage.press("d");
    await expect(page.locator("#stage-note")).toHaveText(t("en", "present.newer"));
});

for (const lang of languages) {
    test(`${lang}: a broken talk runs: each slide says what is missing, and the overview marks it`, async ({ page }) => {
        const patch = JSON.parse(readFileSync(fileURLToPath(new URL("../fixtures/data/deck-rules/patch.json", import.meta.url)), "utf8"));
        const broken = { ...patch[0].json, id: deck.id };
        await asDraft(page, { ...broken, slides: [...broken.slides, deck.slides[onView - 1]] });
        const stage = await new Stage(page).open(deck.id, lang, "?draft");
        const count = broken.slides.length + 1;
        for (let at = 1; at <= count; at += 1) {
            await stage.is(at);
            await expect(stage.shown.locator(".slide-headline")).not.toBeEmpty();
            if (at === count) {
                await expect(stage.shown.locator(".slide-missing")).toHaveCount(0);
                await expect(stage.shown.locator(".slide-plot svg").first()).toBeVisible();
            } else {
                await expect(stage.shown.locator(".slide-missing li").first()).toBeVisible();
            }
            await stage.press("PageDown");
        }
        // A text in one language stands in the other too.
        await expect(page.locator("#s8 .slide-text")).toHaveText(broken.slides[7].text_en);
        await stage.press("o");
        await expect(stage.dialog.locator("[data-missing]")).toHaveCount(count - 1);
        const said = await page.locator("#s3 .slide-missing li").first().textContent();
        await expect(stage.dialog.locator("[data-to='2'] small").first()).toHaveText(said);
        await accessible(page);
    });
}

test("where storage is refused a talk runs as ever", async ({ page }) => {
    await page.addInitScript(() => {
        for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get: () => { throw new DOMException("no", "SecurityError"); } });
    });
    const stage = await new Stage(page).open(deck.id, "uk", `?draft#${onView}`);
    await expect(page.locator("#stage-note")).toHaveText(t("uk", "edit.no-draft"));
    await expect(stage.shown.locator(".slide-plot svg").first()).toBeVisible();
    await stage.press("PageDown", "l");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await stage.is(onView + 1);
});

test("no control on a slide is dead: what opens a certificate in the app is text here", async ({ page }) => {
    for (const { id } of decks) {
        await new Stage(page).open(id, "uk", "?read");
        await expect(page.locator(".slides [data-fact]:not([inert] *)")).toHaveCount(0);
        await expect(page.locator(".slides .table-hint")).toHaveCount(0);
        await page.goto("about:blank");
    }
});

test("a code leads a phone to the same slide in its own language, sentence and table first", async ({ page, browser }) => {
    const stage = await new Stage(page).open(deck.id, "en", `#${onView}`);
    await stage.press("q");
    const link = await page.locator(".stage-code-address").textContent();
    await expect(page.locator(".stage-code svg")).toHaveAttribute("aria-label", link);
    // On a phone that speaks the other language, and on one that speaks neither.
    for (const [locale, lang] of [["uk-UA", "uk"], ["de-DE", "en"]]) {
        const context = await browser.newContext({ locale, hasTouch: true, viewport: { width: 390, height: 844 }, serviceWorkers: "block" });
        const phone = await context.newPage();
        await phone.goto(link);
        await expect(phone.locator("html")).toHaveAttribute("lang", lang);
        await phone.locator(".slides[data-state=ready]").waitFor({ state: "attached" });
        const slide = phone.locator(`#s${onView}`);
        await expect(slide.getByRole("heading", { name: deck.slides[onView - 1][`headline_${lang}`] })).toBeVisible();
        await expect(slide.locator(".slide-summary")).toBeInViewport();
        await expect(slide.locator("td[data-value]").first()).toBeVisible();
        const [sentence, table, chart] = await Promise.all([".slide-summary", "table", ".slide-plot"].map(async (part) => (await slide.locator(part).first().boundingBox()).y));
        expect(sentence < table && table < chart).toBe(true);
        expect(await sticksOut(phone)).toEqual([]);
        await context.close();
    }
});

test.describe("without JavaScript", () => {
    test.use({ javaScriptEnabled: false });
    test("a talk reads from top to bottom", async ({ page }) => {
        await page.goto(route(deck.id));
        await expect(page.locator(".slide")).toHaveCount(deck.slides.length);
        for (const slide of await page.locator(".slide").all()) await expect(slide.getByRole("heading").first()).toBeVisible();
        await expect(page.locator(".slide-summary").first()).toBeVisible();
        await expect(page.locator(".stage-tools")).toBeHidden();
    });
});

for (const lang of languages) {
    test(`${lang}: print gives one slide a page, whose words are text; notes and sources come on paper of their own`, async ({ page }) => {
        const stage = await new Stage(page).open(deck.id, lang, "?print");
        const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
        expect(pagesOf(pdf)).toBe(deck.slides.length);
        const shown = await textOf(pdf, lang);
        // Charts are drawn, not painted: their words are text, and no picture is in the file.
        const words = await page.locator("#s3 svg text, .callout").allTextContents();
        expect(words.length).toBeGreaterThan(4);
        for (const one of words) expect(shown).toContain(letters(one));
        expect(await picturesIn(lang)).toBe(0);
        for (const slide of deck.slides) for (const field of ["headline", "text"]) expect(shown).toContain(letters(slide[`${field}_${lang}`] ?? ""));
        expect(shown).not.toContain(letters(deck.slides[0][`notes_${lang}`]));
        const number = await page.locator(".slide-number").first().textContent();
        expect(shown).toContain(letters(number));
        await page.goto("about:blank");
        await stage.open(deck.id, lang, "?print=notes,sources");
        const more = await page.pdf({ preferCSSPageSize: true });
        // On paper of their own, and no slide gives room for them.
        expect(pagesOf(more)).toBeGreaterThanOrEqual(2 * deck.slides.length);
        expect(await page.locator(`#s${onView} .slide-plot`).first().evaluate((plot) => plot.clientHeight)).toBeGreaterThan(250);
        const all = await textOf(more, `${lang}-more`);
        for (const slide of deck.slides) expect(all).toContain(letters(slide[`notes_${lang}`]));
        const sources = await page.locator(".slide-more .source-publisher").allTextContents();
        expect(sources.length).toBeGreaterThan(5);
        for (const source of sources) expect(all).toContain(letters(source));
    });
}

test("the browser's own print gives all slides, and the stage comes back", async ({ page }) => {
    const stage = await new Stage(page).open(deck.id, "en", `#${onView}`);
    expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toBe(deck.slides.length);
    await stage.is(onView);
    await expect(stage.shown.locator(".slide-plot svg").first()).toBeVisible();
});

test("on a phone held upright the words of a chart can be read", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    const { id, slides } = decks.find(({ id }) => id === "what-the-diaspora-sends-home");
    const stage = await new Stage(page).open(id, "uk", `#${slides.findIndex(({ view }) => view === "remittances") + 1}`);
    const heights = await stage.shown.locator("svg text").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    expect(heights.length).toBeGreaterThan(4);
    expect(Math.min(...heights)).toBeGreaterThan(10);
    // No room at the lines' ends: their names stand below.
    const lines = stage.shown.locator(".line-names li");
    await expect(lines).not.toHaveCount(0);
    for (const line of await lines.all()) await expect(line).toBeVisible();
    await page.setViewportSize({ width: 1280, height: 720 });
    await expect(lines.first()).toBeHidden();
});

for (const [lang, viewport] of [["en", { width: 1280, height: 720 }], ["uk", { width: 1024, height: 768 }], ["uk", { width: 390, height: 844 }]]) {
    test.describe(`${lang}, ${viewport.width} × ${viewport.height}: axe finds nothing`, () => {
        test.use({ viewport });
        for (const [what, rest, key] of [["a slide with a chart", `#${onView}`], ["the overview", "", "o"], ["the source", `#${onView}`, "c"], ["reading", "?read"], ["the speaker's window", "?speaker#2"]]) {
            test(`on ${what}`, async ({ page }) => {
                test.slow();
                const stage = await new Stage(page).open(deck.id, lang, rest);
                if (key) await stage.press(key);
                await accessible(page);
                expect(await tooSmall(page)).toEqual([]);
            });
        }
        test("on the list of talks", async ({ page }) => {
            await page.goto(address(lang, "present/"));
            await expect(page.getByRole("link", { name: deck[`title_${lang}`], exact: true })).toBeVisible();
            await accessible(page);
        });
    });
}
