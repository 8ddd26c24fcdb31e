// A site whose every text attacks (tests/hostile/): on every page, in every tip, table, certificate, file, frame, talk and card the texts
// stand as they are written. Nothing runs, the policy has nothing to refuse, nobody else is asked.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { draw } from "../../script/cards.mjs";
import { serve } from "../../script/gzip-server.mjs";
import { addresses, attacks } from "../hostile/attacks.mjs";
import { test as base, expect, mounted } from "./fixtures.mjs";
import { Certificate, Figure, Finder, address, languages, menu, settled, views } from "./pages.mjs";

const dist = fileURLToPath(new URL("../../target/web/dist-hostile", import.meta.url));
const files = existsSync(dist) ? readdirSync(dist, { recursive: true }) : [];
const read = (file) => readFileSync(join(dist, file), "utf8");
const decks = files.filter((file) => /^data\/decks\/.*\.json$/.test(file)).map((file) => JSON.parse(read(file)));

const test = base.extend({
    site: [async ({}, use) => {
        expect(files.length, "build it: node tests/hostile/make.mjs && cargo run --bin seal -- target/hostile && script/build --data target/hostile --dist target/web/dist-hostile").toBeGreaterThan(0);
        const server = await serve(dist);
        await use(server.origin);
        server.close();
    }, { scope: "worker" }],
    baseURL: async ({ site }, use) => use(site),
    /** What ran: must stay empty. */
    ran: [async ({ context }, use) => {
        const ran = [];
        await context.exposeFunction("hook", (what) => ran.push(`hook ${what}`));
        context.on("dialog", (dialog) => dialog.dismiss().then(() => ran.push(`dialog ${dialog.message()}`)));
        context.on("page", (page) => page.on("framenavigated", (frame) => /^(javascript|data):/.test(frame.url()) && ran.push(frame.url())));
        await context.addInitScript(() => {
            document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => globalThis.hook?.(`refused ${violatedDirective} ${blockedURI}`));
        });
        await use(ran);
        expect(ran).toEqual([]);
    }, { auto: true }],
});

/** Everything in a document that could run, lead or load where only an attack would have put it. */
const suspects = async (root) => {
    const found = [];
    // The page's own style sheet and start script, which its policy names by their hashes.
    const policy = document.querySelector("meta[http-equiv=Content-Security-Policy]")?.content ?? "";
    const isOurs = async ({ parentElement, textContent }) => {
        const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(textContent));
        return parentElement === document.head && policy.includes(`'sha256-${btoa(String.fromCharCode(...new Uint8Array(hash)))}'`);
    };
    const home = root.ownerDocument?.baseURI ?? root.baseURI;
    for (const one of root.querySelectorAll("*")) {
        const say = (what) => found.push(`${one.localName} ${what}`);
        for (const { name, value } of one.attributes) {
            if (/^on/.test(name) || ["srcdoc", "formaction", "ping", "background"].includes(name)) say(`${name}="${value}"`);
            if (["href", "src", "action", "data", "xlink:href"].includes(name) && /^\s*(javascript|vbscript|data:(?!image\/(svg|png)))/i.test(value)) say(`${name}="${value}"`);
            if (["href", "src"].includes(name) && URL.canParse(value, home) && /evil\.example$/.test(new URL(value, home).hostname)) say(`${name}="${value}"`);
        }
        if (/^(object|embed|base|math|marquee|video|audio|template|mglyph|mtext|set|animate|foreignobject|x|xmp|keygen|portal)$/i.test(one.localName) && !one.closest("head")) say("element");
        if (one.localName === "meta" && /refresh/i.test(one.httpEquiv)) say("refresh");
        if (one.localName === "script" && !(one.src && new URL(one.src).origin === location.origin) && !/^application\/(ld\+)?json$/.test(one.type) && !(await isOurs(one))) say(one.textContent);
        if (one.localName === "style" && !one.closest("svg") && !(await isOurs(one))) say(one.textContent.slice(0, 80));
        if (one.localName === "img" && one.getAttribute("src") === "x") say("src=x");
    }
    return found;
};

/** The page is made of attacks, and none of them is more than words. */
async function isInert(page, least = 1) {
    expect(await page.locator("html").evaluate(suspects)).toEqual([]);
    expect((await page.locator("html").evaluate((page) => page.textContent)).split("hook(").length).toBeGreaterThan(least);
}

test("the watch sees what runs, what the policy refuses and what a page should not hold", async ({ page, ran, allow }) => {
    allow(/Content Security Policy|Refused|violates|net::ERR|404/);
    await page.goto("./about");
    await mounted(page);
    await page.evaluate(() => hook("seen"));
    await page.evaluate((markup) => document.querySelector("main").insertAdjacentHTML("beforeend", markup), `<img src=x onerror=hook(1)><a href="javascript:hook(2)">x</a>`);
    await expect.poll(() => ran.join()).toMatch(/hook seen.*refused script-src-attr/);
    expect((await page.locator("html").evaluate(suspects)).sort()).toEqual([`a href="javascript:hook(2)"`, `img onerror="hook(1)"`, "img src=x"]);
    ran.length = 0;
});

// Every page as it stands before the app, with scripts allowed and ours kept away.
const pages = files.filter((file) => /\.html$/.test(file) && !/^present\/[^/]+\.html$/.test(file)).sort();
const PARTS = 4;
for (let part = 0; part < PARTS; part += 1) {
    test(`every page as it was built, part ${part + 1} of ${PARTS}`, async ({ context, baseURL, allow }) => {
        test.setTimeout(120_000);
        allow(/net::ERR_FAILED|status of 404|preload/);
        const page = await context.newPage();
        await page.route(/\/(app|present|editor|frame|offline|builder)-[^/]*\.(js|wasm)$/, (route) => route.abort());
        const own = pages.filter((_, at) => at % PARTS === part);
        expect(own.length).toBeGreaterThan(20);
        for (const file of own) {
            await page.goto(new URL(file, baseURL).href, { waitUntil: "load" });
            expect(await page.locator("html").evaluate(suspects), file).toEqual([]);
            // Attributes too: descriptions, labels, data of pictures.
            if (/view\/|partners\/|present\/\w|embed\/\w/.test(file) && !file.includes("/edit/")) expect(await page.locator("html").evaluate((page) => page.outerHTML), file).toContain("hook(");
        }
        await page.close();
    });
}

/** A figure, all that is in it and all that comes out of it. */
async function everythingOf(page, def) {
    const figure = new Figure(page, def.id);
    await figure.ready();
    const lists = figure.root.locator("details");
    await lists.evaluateAll((all) => all.forEach((one) => (one.open = true)));
    await isInert(page);
    await lists.evaluateAll((all) => all.forEach((one) => (one.open = false)));
    if ((await figure.hits.count()) > 0) {
        let seen = 0;
        await figure.hits.first().focus();
        for (const key of ["Home", "ArrowRight", "ArrowRight", "ArrowUp", "End", "ArrowLeft"]) {
            await page.keyboard.press(key);
            seen += await figure.tip.count();
            expect(await page.locator("html").evaluate(suspects)).toEqual([]);
        }
        expect(seen).toBeGreaterThan(0);
        await page.keyboard.press("Enter"); // the certificate, where a point is a published figure
        await isInert(page);
        await page.keyboard.press("Escape");
    }
    for (const name of ["sources", "table"]) {
        await figure.tab(name).click();
        await expect(figure.tab(name)).toHaveAttribute("aria-selected", "true");
        await isInert(page);
    }
    const cell = figure.root.locator("td button").first();
    if (await cell.count()) {
        await cell.click();
        await expect(new Certificate(page).root).toBeVisible();
        await isInert(page);
        await page.keyboard.press("Escape");
    }
    const formats = [];
    for (const link of await figure.root.locator("a[download][data-format]:visible").all()) {
        const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
        const body = readFileSync(await download.path());
        formats.push(download.suggestedFilename().split(".").at(-1));
        sound(formats.at(-1), body, download.suggestedFilename());
        if (formats.at(-1) === "svg") expect(await page.evaluate(drawn, body.toString())).toEqual({ broken: 0, unsafe: [] });
    }
    expect(formats).toContain("csv");
}

/** An SVG as a program reads it. */
function drawn(svg) {
    const picture = new DOMParser().parseFromString(svg, "image/svg+xml");
    const unsafe = [...picture.querySelectorAll("*")].filter((one) => /^(script|foreignObject|a|animate|set|use|iframe|img)$/.test(one.localName) || [...one.attributes].some(({ name, value }) => /^on/.test(name) || /javascript:|evil\.example/.test(value)));
    return { broken: picture.querySelectorAll("parsererror").length, unsafe: unsafe.map((one) => one.outerHTML.slice(0, 200)) };
}

/** A file that is taken away does nothing in the program that opens it. */
function sound(end, body, name) {
    const text = body.toString();
    if (end === "json" || end === "jsonld") JSON.parse(text);
    if (end === "csv") {
        const cells = [];
        text.replace(/^\ufeff/, "").replace(/(^|,|\r\n)("(?:[^"]|"")*"|[^",\r\n]*)/g, (_, before, cell) => cells.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
        expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell) && !/^-?[\d.]+$/.test(cell)), name).toEqual([]);
    }
    if (end === "ris") for (const line of text.replace(/\r\n$/, "").split("\r\n")) expect(line, name).toMatch(/^[A-Z][A-Z0-9]  - [^\n]*$/);
    if (end === "ris") expect(text.match(/^(TY|ER)  - /gm), name).toHaveLength(2);
    // Braces are what BibTeX reads by; a backslash before one is a letter.
    if (end === "bib") expect([...text.replace(/\\[{}]/g, "")].reduce((depth, letter) => (depth < 0 ? -1 : depth + (letter === "{") - (letter === "}")), 0), name).toBe(0);
}

const oneOfEach = views.filter(({ kind }, at) => views.findIndex((one) => one.kind === kind) === at);
for (const def of oneOfEach) {
    const lang = oneOfEach.indexOf(def) % 2 ? "uk" : "en";
    test(`${lang} ${def.kind}: chart, tips, certificates, table, sources and files`, async ({ page }) => {
        test.setTimeout(90_000);
        await page.goto(address(lang, `view/${def.id}`));
        await mounted(page);
        await everythingOf(page, def);
    });
}

test("what stands of a figure whose file did not come, and of a page without its list of figures", async ({ page, allow }) => {
    test.setTimeout(90_000);
    allow(/status of 404/);
    const gone = (route) => route.fulfill({ status: 404, body: "" });
    for (const name of ["observations-*", "agreements", "organisations", "events"]) await page.route(`**/data/${name}.json`, gone);
    for (const { id } of oneOfEach) {
        await page.goto(`./view/${id}`);
        const figure = new Figure(page, id);
        await figure.in("error");
        await expect(figure.summary).toBeVisible();
        await isInert(page);
    }
    await page.route("**/data/views.json", gone);
    await page.goto("./remittances");
    await expect(page.locator("#stands .failure")).toBeVisible();
    await isInert(page);
});

for (const lang of languages) {
    test(`${lang}: every page of the menu with the app`, async ({ page }) => {
        test.setTimeout(120_000);
        for (const route of [...Object.keys(menu), "partners/M001", "embed"]) {
            await page.goto(address(lang, route));
            await mounted(page);
            await settled(page, route);
            if (route !== "embed") await isInert(page);
            else expect(await page.locator("main").evaluate(suspects)).toEqual([]);
        }
    });

    test(`${lang}: search finds attacks, and they are names`, async ({ page }) => {
        await page.goto(address(lang, "about"));
        await mounted(page);
        const finder = new Finder(page);
        await finder.button.click();
        for (const asked of ["hook", "<script>", "onerror", "__proto__", "constructor", "javascript:"]) {
            await finder.field.fill(asked);
            if (asked === "hook") await expect(finder.options.first()).toBeVisible();
            expect(await page.locator("html").evaluate(suspects)).toEqual([]);
        }
        await finder.field.fill("hook");
        await finder.options.first().click();
        await expect(page.locator("main h1").first()).toBeVisible();
        await isInert(page);
    });

    test(`${lang}: a chart in a frame`, async ({ page }) => {
        for (const { id } of [oneOfEach[0], oneOfEach.at(-1)]) {
            await page.goto(address(lang, `embed/${id}`));
            await expect(page.locator(`#app figure[data-view="${id}"]`)).toHaveAttribute("data-state", /static|ready/);
            await isInert(page);
        }
    });

    for (const { id, slides } of decks) {
        test(`${lang} ${id}: a talk on stage, read, printed, with its list, sources, speaker's window and other language`, async ({ page }) => {
            test.setTimeout(90_000);
            const ready = (page) => page.locator(".slides[data-state=ready]").waitFor({ state: "attached" });
            await page.goto(address(lang, `present/${id}/`));
            await ready(page);
            for (let at = 0; at < slides.length; at += 1) {
                expect(await page.locator("html").evaluate(suspects)).toEqual([]);
                await page.keyboard.press("PageDown");
            }
            for (const key of ["Home", "o", "Escape", "c", "Escape", "?", "?", "l"]) {
                await page.keyboard.press(key);
                expect(await page.locator("html").evaluate(suspects)).toEqual([]);
            }
            await expect(page.locator("html")).toHaveAttribute("lang", lang === "uk" ? "en" : "uk");
            await ready(page);
            await isInert(page);
            for (const rest of ["?read", "?print=notes,sources", "?speaker#2"]) {
                await page.goto(address(lang, `present/${id}/${rest}`));
                await ready(page);
                await isInert(page);
                // A page of ours, whatever the talk calls it.
                const links = await page.locator(".slide-link a").evaluateAll((all) => all.map(({ href }) => new URL(href).hostname));
                if (rest === "?read") expect(links).toEqual(["127.0.0.1"]);
            }
        });

        test(`${lang} ${id}: its editor`, async ({ page }) => {
            await page.goto(address(lang, `present/${id}/edit/`));
            await expect(page.locator("main.editor")).toHaveAttribute("data-state", "ready", { timeout: 20_000 });
            for (const slide of await page.locator(".edit-list .edit-pick").all()) {
                await slide.click();
                expect(await page.locator("html").evaluate(suspects)).toEqual([]);
            }
            await isInert(page);
            // A file that is no talk is refused in its own words.
            await page.locator(".edit-bar [data-do=import]").click();
            await page.locator("#edit-text").fill(`{"id": "<img src=x onerror=hook('id')>", "slides": [{"kind": "<script>hook('kind')</script>", "<svg onload=hook('field')>": 1}]}`);
            await page.locator("#edit-import [data-do=read]").click();
            expect(await page.locator("html").evaluate(suspects)).toEqual([]);
        });
    }

    test(`${lang}: a talk as one file, from the disk`, async ({ page, allow }) => {
        allow(/request to another origin: file:/);
        await page.goto(`${pathToFileURL(join(dist, `present/${decks[0].id}-${lang}.html`)).href}`);
        await page.locator(".slides[data-state=ready]").waitFor({ state: "attached" });
        for (const key of ["PageDown", "PageDown", "o", "Escape", "c", "Escape", "l"]) await page.keyboard.press(key);
        await expect(page.locator("html")).toHaveAttribute("lang", lang === "uk" ? "en" : "uk");
        const found = await page.locator("body").evaluate(suspects);
        expect(found.filter((one) => !/^script /.test(one))).toEqual([]); // its own script stands in it
        expect(found.length).toBeLessThan(2);
    });
}

test("files to take away do nothing in the programs that open them", () => {
    const taken = files.filter((file) => /\.(csv|bib|ris|jsonld)$|view\/[^/]+\.json$/.test(file));
    expect(taken.length).toBeGreaterThan(4 * views.length);
    for (const file of taken) sound(file.split(".").at(-1), readFileSync(join(dist, file)), file);
    // Data in a page's head cannot end it.
    for (const file of pages) for (const [, data] of read(file).matchAll(/<script type="application\/(?:ld\+)?json"[^>]*>([\s\S]*?)<\/script>/g)) JSON.parse(data);
});

test("pictures of charts, and cards of shared links, are pictures", async ({ page }) => {
    await page.goto("about:blank"); // its policy has nothing to say of what is only read
    const pictures = files.filter((file) => /\.svg$/.test(file) && file.includes("/"));
    expect(pictures.length).toBeGreaterThan(2 * views.length);
    const cards = [...attacks, ...addresses].map((make, n) => [`card ${n}`, draw({ title: make(n), text: make(n), source: make(n), numbers: n % 3 ? [] : [{ value: make(n), meaning: make(n), caution: make(n), source: make(n) }] }, n % 2 ? "uk" : "en", "example.org")]);
    for (const [name, svg] of [...pictures.map((file) => [file, read(file)]), ...cards]) {
        expect(await page.evaluate(drawn, svg), name).toEqual({ broken: 0, unsafe: [] });
    }
});
