// A talk as one file: from the disk, without a server; and what script/pack makes of it.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { accessible } from "./checks/access.mjs";
import { expect, test } from "./fixtures.mjs";
import { languages, t } from "./pages.mjs";
import { Stage, deck, decks, letters, onView, pagesOf, textOf } from "./talks.mjs";

for (const lang of languages) {
    const other = languages.find((one) => one !== lang);
    test(`${lang}: as one file from the talk's page, it runs without a server: second window, live chart, the other language`, async ({ page, browser }) => {
        test.slow();
        // What the button gives is what it says.
        await new Stage(page).open(deck.id, lang, "?read");
        const button = page.locator(".talk-head .talk-pack");
        const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
        expect(download.suggestedFilename()).toBe(`${deck.id}-${lang}.html`);
        const file = fileURLToPath(new URL(`../../target/e2e-packs/${download.suggestedFilename()}`, import.meta.url));
        await download.saveAs(file);
        const size = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(readFileSync(file).length / 1e6);
        await expect(button).toHaveText(t(lang, "present.pack", { size }));

        const context = await browser.newContext({ offline: true });
        const problems = [];
        context.on("console", (message) => message.type() === "error" && problems.push(message.text()));
        context.on("weberror", (error) => problems.push(`${error.error()}`));
        context.on("request", (request) => /^(file|blob|data):/.test(request.url()) || problems.push(request.url()));
        const copy = await context.newPage();
        await copy.goto(`${pathToFileURL(file)}#${onView}`);
        const stage = new Stage(copy);
        await stage.ready();
        await stage.is(onView);
        const heading = (tag) => stage.shown.getByRole("heading", { name: deck.slides[onView - 1][`headline_${tag}`] });
        await expect(heading(lang)).toBeVisible();
        await expect(stage.shown.locator(".slide-plot svg").first()).toBeVisible();
        const [window] = await Promise.all([copy.waitForEvent("popup"), stage.press("s")]);
        const now = window.locator(".speaker-now .slide");
        await expect(now).toHaveAttribute("id", `s${onView}`);
        await stage.press("PageDown");
        await expect(now).toHaveAttribute("id", `s${onView + 1}`);
        await window.keyboard.press("PageUp");
        await stage.is(onView);
        // Either may be loaded again.
        await window.reload();
        await expect(now).toHaveAttribute("id", `s${onView}`);
        await copy.reload();
        await stage.ready();
        await window.keyboard.press("PageDown");
        await stage.is(onView + 1);
        await stage.press("PageUp");
        await expect(now).toHaveAttribute("id", `s${onView}`);
        // The live chart, with its controls.
        await stage.press("d");
        const live = copy.locator(`.stage-live figure[data-view="${deck.slides[onView - 1].view}"]`);
        await expect(live.locator(".slide-plot svg").first()).toBeVisible();
        await live.locator("[data-tab=table]").click();
        await expect(live.locator("td[data-value]").first()).toBeVisible();
        await live.locator("[data-tab=table]").press("ArrowLeft");
        await expect(live.locator(".slide-plot svg").first()).toBeVisible();
        await live.locator(".plot-hit").first().focus();
        await copy.keyboard.press("Home");
        await copy.keyboard.press("Enter");
        await expect(copy.locator("dialog.certificate .source, dialog.certificate [data-source]").first()).toBeVisible();
        await copy.keyboard.press("Escape");
        await copy.keyboard.press("Escape");
        await expect(copy.locator("#stage-explore")).toBeHidden();
        await stage.is(onView);
        // The other language, also for a window that is opened then, and after a reload.
        await stage.press("l");
        await stage.ready();
        await expect(copy.locator("html")).toHaveAttribute("lang", other);
        await expect(heading(other)).toBeVisible();
        await expect(stage.shown.locator(".slide-plot svg").first()).toBeVisible();
        await copy.reload();
        await stage.ready();
        await expect(heading(other)).toBeVisible();
        // It does not know where the site is: it was built without an origin.
        await stage.press("q");
        await expect(copy.locator("#stage-note")).toHaveText(t(other, "present.no-code"));
        await stage.press("c");
        await expect(stage.dialog.locator(".source").first()).toBeVisible();
        expect(problems).toEqual([]);
        await context.close();
    });
}

test("in one file the live chart follows its controls, and says what they lead to", async ({ browser }) => {
    const { id, slides } = decks.find(({ id }) => id === "what-the-diaspora-sends-home");
    const context = await browser.newContext({ offline: true });
    const page = await context.newPage();
    const at = slides.findIndex(({ view }) => view === "remittances") + 1;
    await page.goto(`${pathToFileURL(fileURLToPath(new URL(`../../dist/present/${id}-en.html`, import.meta.url)))}#${at}`);
    await new Stage(page).ready();
    await page.keyboard.press("d");
    const live = page.locator(".stage-live");
    const summary = live.locator(".summary");
    const before = await summary.textContent();
    await live.locator("[data-unit=pct_gdp]").click();
    await expect(live.locator("[data-unit=pct_gdp]")).toHaveAttribute("aria-pressed", "true");
    await expect(summary).not.toHaveText(before);
    await live.locator(".picker summary").first().click();
    await live.locator(".picker input[type=search]").first().fill("mold");
    await live.locator(".picker-list input[data-place=MDA]").check();
    await expect(live.locator(".chip[data-place=MDA]")).toBeVisible();
    await page.keyboard.press("Escape"); // closes the list, then the chart
    await expect(live).toBeVisible();
    await accessible(page);
    // A point by mouse and by keys, and its certificate.
    const hit = live.locator(".plot-hit").first();
    const dialog = live.locator("dialog[open]");
    await hit.focus();
    await page.keyboard.press("ArrowRight"); // the newest of the first line
    const tip = live.locator(".tip");
    const value = await tip.getAttribute("data-value");
    await expect(live.locator(".plot-said [aria-live]")).toContainText(await tip.locator("strong").textContent());
    await page.keyboard.press("ArrowLeft");
    await expect(tip).not.toHaveAttribute("data-value", value);
    await page.keyboard.press("ArrowRight");
    const marked = await live.locator(".marker").boundingBox();
    await page.keyboard.press("Enter");
    await expect(dialog.locator(".certificate-value")).toHaveAttribute("data-value", value);
    await expect(dialog.locator("[data-source]").first()).toBeVisible();
    await accessible(page);
    await page.keyboard.press("Escape"); // the certificate alone
    await expect(dialog).toHaveCount(0);
    await expect(live).toBeVisible();
    await page.mouse.move(0, 0);
    await live.getByRole("tab", { selected: true }).focus();
    await expect(tip).toHaveCount(0);
    await page.mouse.move(marked.x + 8, marked.y + 8);
    await expect(tip).toHaveAttribute("data-value", value);
    await page.mouse.click(marked.x + 8, marked.y + 8);
    await expect(dialog.locator(".certificate-value")).toHaveAttribute("data-value", value);
    await dialog.locator("[data-action=close]").click();
    // A number in the table too.
    await live.locator("[data-tab=table]").click();
    const cell = live.locator("td[data-value] button.cell").first();
    await cell.click();
    await expect(dialog.locator(".certificate-value")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(cell).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(cell).not.toBeFocused();
    await expect(live.locator("button.cell:focus")).toHaveCount(1);
    await live.locator("[data-tab=chart]").click();
    // Years, by hand and by the clock up to the last.
    const until = live.locator("select[data-control=to]");
    const last = await until.inputValue();
    await live.locator("[data-play=back]").click();
    await expect(until).toHaveValue(`${Number(last) - 1}`);
    await live.locator("[data-play-speed]").selectOption("0.5");
    await live.locator("[data-play=run]").click();
    await expect(live.locator("figure")).toHaveAttribute("data-playing", "");
    await expect(until).toHaveValue(last);
    await expect(live.locator("figure")).not.toHaveAttribute("data-playing", "");
    await expect(live.locator("[data-play-speed]")).toHaveValue("0.5");
    await live.locator("[data-play=run]").click(); // from the start again
    await expect(until).not.toHaveValue(last);
    await live.locator("[data-play=run]").click();
    await expect(live.locator("figure")).not.toHaveAttribute("data-playing", "");
    await page.keyboard.press("Escape");
    await expect(live).toBeHidden();
    await context.close();
});

test("script/pack takes a talk out of the site, and knows what there is", async () => {
    const folder = fileURLToPath(new URL("../../target/e2e-packs/taken", import.meta.url));
    const make = (...args) => promisify(execFile)(process.execPath, ["script/pack.mjs", ...args, "--out", folder], { cwd: fileURLToPath(new URL("../..", import.meta.url)) });
    await make(deck.id, "--lang", "uk", "--pdf");
    expect(readFileSync(`${folder}/${deck.id}-uk.html`, "utf8")).toContain('<html lang="uk">');
    const pdf = readFileSync(`${folder}/${deck.id}-uk.pdf`);
    expect(pagesOf(pdf)).toBe(deck.slides.length);
    expect(await textOf(pdf, "packed")).toContain(letters(deck.slides[onView - 1].headline_uk));
    await expect(make("no-such-talk")).rejects.toThrow(/Talks: /);
});
