// The editor of talks: by keys alone, from an address, with a file that is broken, without storage, without a network, and for everybody.
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { accessible, fits, tooSmall } from "./checks/access.mjs";
import { expect, test } from "./fixtures.mjs";
import { address, languages, t } from "./pages.mjs";

const folder = fileURLToPath(new URL("../../public/data/decks", import.meta.url));
const [file] = readdirSync(folder).sort();
const source = readFileSync(`${folder}/${file}`, "utf8");
const deck = JSON.parse(source);
const fixture = (name) => readFileSync(fileURLToPath(new URL(`../fixtures/data/deck-rules/${name}`, import.meta.url)), "utf8");
const broken = JSON.parse(fixture("patch.json"))[0].json;
const onView = deck.slides.findIndex(({ kind }) => kind === "view");

class Editor {
    constructor(page) {
        this.page = page;
        this.main = page.locator("main.editor");
        this.list = page.locator(".edit-list > li");
        this.form = page.locator("#edit-form");
        this.preview = page.locator("#edit-preview");
        this.state = page.locator("#edit-state");
        this.said = page.locator("#edit-said");
        this.findings = page.locator(".edit-findings > li");
    }

    async open(lang = "en", rest = "") {
        this.lang = lang;
        await this.page.goto(address(lang, `present/${deck.id}/edit/`) + rest);
        await this.ready();
        return this;
    }

    ready() {
        return expect(this.main).toHaveAttribute("data-state", "ready", { timeout: 20_000 });
    }

    t(key, args) {
        return t(this.lang, `edit.${key}`, args);
    }

    act(name) {
        return this.page.locator(`.edit-bar [data-do=${name}]`);
    }

    field(name) {
        return this.page.locator(`[id="f-${name}"]`);
    }

    async pick(number) {
        await this.list.nth(number - 1).locator(".edit-pick").click();
        await expect(this.page.locator("#edit-form-title")).toHaveText(this.t("slide", { n: number }));
    }

    /** What *Download the file* gives. */
    async file() {
        const [download] = await Promise.all([this.page.waitForEvent("download"), this.act("download").click()]);
        return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
    }

    async import(text) {
        await this.act("import").click();
        await this.page.locator("#edit-text").fill(text);
        await this.page.locator("#edit-import [data-do=read]").click();
    }

    stored() {
        return this.page.evaluate(() => Object.entries(localStorage));
    }
}

/** The element with focus is this one. */
const focused = (locator) => expect(locator).toBeFocused();

test("by keys alone: retitle, write notes, reorder, add, remove, undo, and the file says so", async ({ page }) => {
    const editor = await new Editor(page).open();
    await expect(editor.state).toHaveText(editor.t("state-published"));
    expect(await editor.stored()).toEqual([]);
    const key = (...keys) => keys.reduce((done, one) => done.then(() => page.keyboard.press(one)), Promise.resolve());
    // From the top of the page to the second slide, by Tab.
    const second = editor.list.nth(1).locator(".edit-pick");
    for (let presses = 0; presses < 60 && !(await second.evaluate((one) => one === document.activeElement)); presses += 1) await key("Tab");
    await focused(second);
    await key("Enter");
    await expect(page.locator("#edit-form-title")).toHaveText(editor.t("slide", { n: 2 }));
    await editor.field("headline_en").focus();
    await key("ControlOrMeta+a");
    await page.keyboard.type("A new headline");
    await expect(editor.preview.locator(".slide-headline")).toHaveText("A new headline");
    await expect(editor.list.nth(1)).toContainText("A new headline");
    await expect(editor.state).toHaveText(editor.t("state-saved"));
    await editor.field("notes_uk").focus();
    await key("ControlOrMeta+End");
    await page.keyboard.type(" Ще речення.");
    // One step down, one up, with focus where it was.
    await editor.list.nth(1).locator("[data-do=down]").focus();
    await key("Enter");
    await expect(editor.list.nth(2)).toContainText("A new headline");
    await focused(editor.list.nth(2).locator("[data-do=down]"));
    await expect(editor.said).toHaveText(editor.t("said-moved", { from: 2, to: 3 }));
    await editor.list.nth(2).locator("[data-do=up]").focus();
    await key("Space");
    await expect(editor.list.nth(1)).toContainText("A new headline");
    await editor.page.locator(".edit-add [data-kind=text]").focus();
    await key("Enter");
    await focused(editor.field("headline_en"));
    await expect(editor.list).toHaveCount(deck.slides.length + 1);
    await expect(editor.findings).not.toHaveCount(0);
    for (const name of ["headline_en", "headline_uk", "text_en", "text_uk", "notes_en", "notes_uk"]) {
        await editor.field(name).focus();
        await page.keyboard.type(`New ${name}`);
    }
    await expect(editor.findings).toHaveCount(0);
    const { name, text } = await editor.file();
    const expected = structuredClone(deck);
    expected.slides[1].headline_en = "A new headline";
    expected.slides[1].notes_uk += " Ще речення.";
    expected.slides.splice(2, 0, { kind: "text", ...Object.fromEntries(["headline_en", "headline_uk", "notes_en", "notes_uk", "text_en", "text_uk"].map((field) => [field, `New ${field}`])) });
    expect(name).toBe(file);
    expect(JSON.parse(text)).toEqual(expected);
    // Everything back, and forth again.
    await editor.act("undo").focus();
    while (await editor.act("undo").isEnabled()) await editor.act("undo").press("Enter");
    await expect(editor.state).toHaveText(editor.t("state-published"));
    expect((await editor.file()).text).toBe(source);
    await editor.act("redo").focus();
    while (await editor.act("redo").isEnabled()) await editor.act("redo").press("Enter");
    expect((await editor.file()).text).toBe(text);
    // The third slide is the new one.
    await editor.pick(3);
    await editor.form.locator("[data-do=remove]").press("Enter");
    await expect(editor.list).toHaveCount(deck.slides.length);
    await focused(editor.list.nth(2).locator(".edit-pick"));
    await editor.list.nth(2).locator(".edit-pick").press("ControlOrMeta+z");
    await expect(editor.list).toHaveCount(deck.slides.length + 1);
});

test("a draft comes back after a reload, in the other language too, and leaves with the published talk", async ({ page }) => {
    const editor = await new Editor(page).open();
    await editor.field("headline_uk").fill("Новий заголовок");
    await expect(editor.state).toHaveText(editor.t("state-saved"));
    await page.reload();
    await editor.ready();
    await expect(editor.field("headline_uk")).toHaveValue("Новий заголовок");
    await page.locator("#edit-other").click();
    await editor.ready();
    editor.lang = "uk";
    await expect(editor.list.first()).toContainText("Новий заголовок");
    await expect(editor.state).toHaveText(editor.t("state-saved"));
    await editor.act("reset").click();
    await expect(editor.state).toHaveText(editor.t("state-published"));
    expect(await editor.stored()).toEqual([]);
    await editor.act("undo").click();
    await expect(editor.field("headline_uk")).toHaveValue("Новий заголовок");
});

for (const lang of languages) {
    test(`${lang}: a slide from an address, two to compare, and a wrong one says why`, async ({ page }) => {
        const editor = await new Editor(page).open(lang);
        const paste = page.locator("#edit-paste input");
        const refuse = async (typed, reason) => {
            await paste.fill(typed);
            await paste.press("Enter");
            await expect(page.locator("#e-address")).toContainText(reason);
            await expect(paste).toHaveAttribute("aria-invalid", "true");
            await expect(paste).toHaveValue(typed);
            await expect(editor.list).toHaveCount(deck.slides.length);
        };
        await refuse("https://example.org/people", editor.t("not-a-view", { found: "https://example.org/people" }));
        await refuse("/view/gone", editor.t("no-such-view", { found: "gone" }));
        await refuse("/view/remittances?time=never", t(lang, "param.not-a-time", { name: "time", raw: "never" }));
        await paste.fill("https://example.org/uk/view/remittances?tab=table&time=2010..2020");
        await paste.press("Enter");
        await focused(editor.field("headline_en"));
        await expect(editor.field("state")).toHaveValue("view/remittances?time=2010..2020");
        await expect(editor.preview.locator(".slide-plot svg").first()).toBeVisible();
        await paste.fill("/view/remittances?with=appeals");
        await paste.press("Enter");
        await expect(editor.preview.locator(".slide-view")).toHaveCount(2);
        // The same in a slide that is there: a wrong address changes nothing and stays to be mended.
        await editor.field("state").fill("view/remittances?time=2020..2010");
        await editor.field("state").press("Tab");
        await expect(page.locator("#e-f-state")).toContainText(t(lang, "param.time-out-of-order", { name: "time", raw: "2020..2010" }));
        await expect(editor.field("state")).toHaveValue("view/remittances?time=2020..2010");
        const { slides } = JSON.parse((await editor.file()).text);
        expect(slides.slice(1, 3)).toEqual([
            { kind: "view", headline_en: "", headline_uk: "", notes_en: "", notes_uk: "", view: "remittances", state: "time=2010..2020" },
            { kind: "compare", headline_en: "", headline_uk: "", notes_en: "", notes_uk: "", view: "remittances", with: "appeals" },
        ]);
    });

    test(`${lang}: a broken file is taken whole, all of its findings are listed, and each leads to its field`, async ({ page }) => {
        const editor = await new Editor(page).open(lang);
        await editor.import(JSON.stringify({ ...broken, "odd.~name": 1 }));
        await expect(editor.said).toHaveText(editor.t("said-imported"));
        const expected = fixture("expect.txt").split("\n").filter((line) => line.startsWith("decks/"));
        // The file's own name is not asked here; what is in the package and not in the fixture's is more.
        expect(await editor.findings.count()).toBeGreaterThanOrEqual(expected.length - 1);
        for (const code of ["unknown-word", "missing-field", "unknown-reference", "one-language", "unknown-field", "not-object", "wrong-type", "slide-without-figure"]) {
            const [start] = t(lang, `issue.${code}`).split("{").map((part) => part.replace(/^.*\}/, "")).filter((part) => part.length > 6);
            await expect(editor.findings.filter({ hasText: start.trim() }).first()).toBeVisible();
        }
        for (const at of [0, 3, 6]) {
            const finding = editor.findings.filter({ has: page.locator(`[data-at="${at}"]`) }).first();
            await finding.locator("[data-do=go]").click();
            await expect(page.locator("#edit-form-title")).toHaveText(editor.t("slide", { n: at + 1 }));
            expect(await page.evaluate(() => document.activeElement.closest("#edit-form") !== null)).toBe(true);
        }
        expect(JSON.parse((await editor.file()).text)).toEqual({ ...broken, "odd.~name": 1 });
        // What the format does not have can be taken out.
        await page.locator(".edit-head summary").click();
        await page.getByRole("button", { name: editor.t("drop", { field: "odd.~name" }) }).click();
        expect(JSON.parse((await editor.file()).text)).toEqual(broken);
        await editor.act("undo").click();
        await editor.act("undo").click();
        await expect(editor.findings).toHaveCount(0);
        expect((await editor.file()).text).toBe(source);
    });
}

test("what is no talk is refused in words, and draft and text stay", async ({ page }) => {
    const editor = await new Editor(page).open("uk");
    await editor.import('{"id": ');
    const said = page.locator("#edit-refused");
    await expect(said).toHaveText(t("uk", "issue.not-json", { found: "1:7" }));
    await expect(page.locator("#edit-text")).toHaveValue('{"id": ');
    await page.locator("#edit-file").setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from([0xff, 0xfe]) });
    await page.locator("#edit-import [data-do=read]").click();
    await expect(said).toHaveText(t("uk", "issue.not-utf8", { found: "0" }));
    await page.locator("#edit-import [data-do=close]").click();
    await expect(editor.state).toHaveText(editor.t("state-published"));
    expect((await editor.file()).text).toBe(source);
});

test("what is exported and opened again is the same talk", async ({ page }) => {
    const editor = await new Editor(page).open();
    await editor.pick(onView + 1);
    await editor.field("text_en").fill("Changed");
    await editor.field("kind").selectOption("headline");
    await editor.field("series").selectOption("iom-reached-ukraine");
    await editor.field("place").selectOption({ index: 1 });
    await expect(editor.preview.locator(".slide-number")).toBeVisible();
    await expect(editor.findings).toHaveCount(0);
    const first = await editor.file();
    await editor.act("reset").click();
    await page.locator(".edit-bar [data-do=import]").click();
    await page.locator("#edit-file").setInputFiles({ name: first.name, mimeType: "application/json", buffer: Buffer.from(first.text) });
    await page.locator("#edit-import [data-do=read]").click();
    await expect(editor.said).toHaveText(editor.t("said-imported"));
    expect((await editor.file()).text).toBe(first.text);
});

test("by mouse a slide is dragged; words are put to a point of its chart", async ({ page }) => {
    const editor = await new Editor(page).open();
    await editor.list.nth(0).dragTo(editor.list.nth(2));
    await expect(editor.list.nth(2)).toContainText(deck.slides[0].headline_en);
    await editor.act("undo").click();
    await editor.pick(onView + 1);
    await editor.form.locator("#add-callout").click();
    await focused(editor.field("callouts.1.place"));
    await editor.field("callouts.1.place").selectOption({ index: 1 });
    await editor.field("callouts.1.text_en").fill("Here");
    await editor.field("callouts.1.text_uk").fill("Тут");
    await expect(editor.findings).toHaveCount(0);
    await expect(editor.preview.locator(".callout")).toHaveText("Here");
    await editor.form.getByRole("button", { name: editor.t("remove-callout", { n: 1 }) }).click();
    await expect(editor.preview.locator(".callout")).toHaveCount(0);
    await expect(editor.state).toHaveText(editor.t("state-published"));
});

test("without storage the draft is not saved, which is said, and who leaves is asked", async ({ page }) => {
    await page.addInitScript(() => {
        Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
    });
    const editor = await new Editor(page).open();
    await editor.field("headline_en").fill("Unsaved");
    await expect(editor.state).toHaveText(editor.t("state-unsaved"));
    await expect(editor.act("present")).toBeDisabled();
    const asked = page.waitForEvent("dialog");
    const leaving = page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
    await leaving;
    await expect(editor.field("headline_en")).toHaveValue("Unsaved");
    await editor.file(); // then nothing is lost
    await page.goto("about:blank");
});

test("where storage throws on reading too, the editor works", async ({ page }) => {
    await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } }));
    const editor = await new Editor(page).open();
    await editor.field("headline_en").fill("Unsaved");
    await expect(editor.state).toHaveText(editor.t("state-unsaved"));
    await editor.file();
});

for (const lang of languages) {
    test(`${lang}: two windows: a change elsewhere is told, either draft is taken, and none is lost`, async ({ page, context }) => {
        const editor = await new Editor(page).open(lang);
        const other = await new Editor(await context.newPage()).open(lang);
        const name = (one) => one.field(`headline_${lang}`);
        const [take, keep] = ["take", "keep"].map((act) => page.locator(`[data-do=${act}]`));
        await expect(keep).toBeHidden();
        await name(other).fill("Theirs");
        await expect(editor.state).toHaveText(editor.t("state-changed"));
        await take.click();
        await expect(name(editor)).toHaveValue("Theirs");
        await expect(editor.state).toHaveText(editor.t("state-saved"));
        await expect(take).toBeHidden();
        await expect(other.state).toHaveText(editor.t("state-saved"));
        // Both have changed: what is typed here goes over nothing.
        await name(other).fill("Theirs again");
        await expect(keep).toBeVisible();
        await name(editor).fill("Mine");
        await expect(editor.state).toHaveText(editor.t("state-changed"));
        await expect(editor.act("present")).toBeDisabled();
        expect((await editor.stored())[0][1]).toContain("Theirs again");
        await accessible(page);
        await keep.click();
        await expect(editor.said).toHaveText(editor.t("said-kept"));
        await expect(editor.state).toHaveText(editor.t("state-saved"));
        expect((await editor.stored())[0][1]).toContain("Mine");
        await expect(other.state).toHaveText(editor.t("state-changed"));
        // The other one is a step back, this one a step forth.
        await editor.act("undo").click();
        await expect(name(editor)).toHaveValue("Theirs again");
        await expect(other.state).toHaveText(editor.t("state-saved")); // both are the same again
        await editor.act("redo").click();
        await expect(name(editor)).toHaveValue("Mine");
        await other.page.locator("[data-do=take]").click();
        await expect(name(other)).toHaveValue("Mine");
        await other.act("undo").click();
        await expect(name(other)).toHaveValue("Theirs again");
        // One that was closed meanwhile left its draft in storage, and it is asked for too.
        await expect(editor.state).toHaveText(editor.t("state-changed"));
        await other.page.close();
        await name(editor).fill("Mine in the end");
        await keep.click();
        await page.reload();
        await editor.ready();
        await expect(name(editor)).toHaveValue("Mine in the end");
    });
}

test("who leaves before the choice between two drafts is asked; whoever changed nothing is not", async ({ page, context }) => {
    const editor = await new Editor(page).open();
    const other = await new Editor(await context.newPage()).open();
    await other.field("headline_en").fill("Theirs");
    await expect(editor.state).toHaveText(editor.t("state-changed"));
    expect(await page.evaluate(() => dispatchEvent(new Event("beforeunload", { cancelable: true })))).toBe(true);
    await editor.field("headline_en").fill("Mine");
    expect(await page.evaluate(() => dispatchEvent(new Event("beforeunload", { cancelable: true })))).toBe(false);
    await editor.file();
    expect(await page.evaluate(() => dispatchEvent(new Event("beforeunload", { cancelable: true })))).toBe(true);
});

test("a published file that is no talk is told, and can be written anew", async ({ page }) => {
    await page.route(new RegExp(`decks/${deck.id}\\.json$`), (route) => route.fulfill({ body: '{"id": ', contentType: "application/json" }));
    const editor = await new Editor(page).open();
    await expect(page.locator("#edit-note")).toHaveText(t("en", "issue.not-json", { found: "1:7" }));
    await expect(page.locator("#edit-note")).toBeVisible();
    await expect(editor.findings).not.toHaveCount(0);
    await editor.import(source);
    await expect(editor.findings).toHaveCount(0);
    expect(JSON.parse((await editor.file()).text)).toEqual(deck);
});

for (const lang of languages) {
    test(`${lang}: the draft is presented with its charts, in both languages, to the speaker too, and is called a draft`, async ({ page }) => {
        const editor = await new Editor(page).open(lang);
        await editor.pick(onView + 1);
        await editor.field("headline_en").fill("Draft headline");
        await editor.field("headline_uk").fill("Чернетковий заголовок");
        await expect(editor.state).toHaveText(editor.t("state-saved"));
        await editor.act("present").click();
        const ready = (window) => window.locator(".slides[data-state=ready]").waitFor({ state: "attached" });
        await ready(page);
        const shown = page.locator(".slide[data-shown]");
        await expect(shown).toHaveAttribute("id", `s${onView + 1}`);
        const name = (tag) => (tag === "en" ? "Draft headline" : "Чернетковий заголовок");
        await expect(shown.getByRole("heading", { name: name(lang) })).toBeVisible();
        await expect(shown.locator(".slide-plot svg").first()).toBeVisible();
        await expect(page.locator(".stage-draft")).toHaveText(t(lang, "edit.draft"));
        const [window] = await Promise.all([page.waitForEvent("popup"), page.keyboard.press("s")]);
        await ready(window);
        await expect(window.locator(".speaker-now .slide-headline")).toHaveText(name(lang));
        const other = lang === "en" ? "uk" : "en";
        await page.keyboard.press("l");
        await expect(page.locator("html")).toHaveAttribute("lang", other);
        await ready(page);
        await expect(shown.getByRole("heading", { name: name(other) })).toBeVisible();
        await page.keyboard.press("PageDown");
        await expect(page.locator(".slide[data-shown]")).toHaveAttribute("id", `s${onView + 2}`);
    });
}

test("a talk without a draft says so and shows what is published", async ({ page }) => {
    await page.goto(address("en", `present/${deck.id}/?draft`));
    await page.locator(".slides[data-state=ready]").waitFor({ state: "attached" });
    await expect(page.locator("#stage-note")).toHaveText(t("en", "edit.no-draft"));
    await expect(page.locator(".stage-draft")).toBeHidden();
});

test("an engine or a file that does not come is told; a stored draft stays", async ({ page, allow }) => {
    allow(/Failed to load resource|datapackage|500/);
    await page.goto(address("en", `present/${deck.id}/`));
    await page.evaluate((key) => localStorage.setItem(key, "{}"), `talk ${new URL(page.url()).pathname.replace(/present.*/, "")}${deck.id}`);
    await page.route(/editor\/engine.*\.wasm$/, (route) => route.fulfill({ status: 500 }));
    await page.goto(address("en", `present/${deck.id}/edit/`));
    await expect(page.locator("#edit-note")).toHaveText(t("en", "edit.failed"));
    await expect(page.locator("#edit-work")).toBeHidden();
    expect(await page.evaluate(() => Object.values(localStorage))).toEqual(["{}"]);
});

test.describe("without JavaScript", () => {
    test.use({ javaScriptEnabled: false });
    test("the file of the talk is named", async ({ page, request }) => {
        await page.goto(address("en", `present/${deck.id}/edit/`));
        const link = page.locator("noscript a, main a").first();
        expect(await (await request.get(await link.getAttribute("href"))).json()).toEqual(deck);
        const schema = await page.getByRole("link", { name: t("en", "edit.schema") }).getAttribute("href");
        expect((await (await request.get(schema)).json()).$schema).toContain("2020-12");
    });
});

for (const lang of languages) {
    for (const width of [390, 1440]) {
        test.describe(`${lang}, ${width} px: axe finds nothing`, () => {
            test.use({ viewport: { width, height: 900 } });
            for (const [what, make] of [["a sound talk", (editor) => editor.pick(onView + 1)], ["a broken one", (editor) => editor.import(JSON.stringify(broken))], ["the import", (editor) => editor.act("import").click()]]) {
                test(`in ${what}`, async ({ page }) => {
                    test.slow();
                    const editor = await new Editor(page).open(lang);
                    await page.locator(".edit-head summary").click();
                    await make(editor);
                    await accessible(page);
                    expect(await tooSmall(page)).toEqual([]);
                });
            }
        });
    }
    test(`${lang}: nothing sticks out at any width`, async ({ page }) => {
        const editor = await new Editor(page).open(lang);
        await page.locator(".edit-head summary").click();
        await editor.pick(onView + 1);
        await fits(page);
    });
}
