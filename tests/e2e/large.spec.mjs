// Tables that are read beside the page, by a worker: packed, as lists of values, and large. The numbers are those of the table as it is
// published here; what goes wrong is told as with any other file; a reader may give it up.
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { expect, mounted, test } from "./fixtures.mjs";
import { Figure, descriptor, files, t, text } from "./pages.mjs";

// The pages were built for the table as it is, and ask for it early.
test.beforeEach(({ allow }) => allow(/Failed to load resource|net::ERR|was preloaded using link preload but not used/));

const TABLE = "observations-remittances";
const VIEW = "remittances";
const words = (lang, key) => t(lang, key);

/** Rows as a head and lists of values. */
function lists(rows) {
    const head = Object.keys(rows[0]);
    return `[\n${[head, ...rows.map((row) => head.map((name) => row[name]))].map((row) => JSON.stringify(row)).join(",\n")}\n]\n`;
}
const plain = () => JSON.parse(text(TABLE));
const packed = (content) => gzipSync(Buffer.from(content));

/** The package with this file in the place of the table; `answer` says what the server does with a request for it. */
async function serve(page, file, content, answer = (route) => route.fulfill({ body: content, contentType: "application/gzip" })) {
    const package_ = structuredClone(descriptor);
    const entry = package_.resources.find(({ name }) => name === TABLE);
    Object.assign(entry, { path: file, size_bytes: content.length, hash: `sha256:${createHash("sha256").update(content).digest("hex")}` });
    const asked = [];
    await page.context().route("**/data/datapackage.json", (route) => route.fulfill({ json: package_ }));
    await page.context().route(`**/data/${file}`, (route) => {
        asked.push(route.request().url());
        return answer(route);
    });
    return asked;
}

const says = (key, args = {}) => Object.entries(args).reduce((sentence, [name, value]) => sentence.replace(`{${name}}`, value), words("en", key));
const numbers = (figure) => figure.root.locator("td[data-value]").evaluateAll((cells) => cells.map(({ dataset, textContent }) => [dataset.value, dataset.qualifier, textContent]));

/** What the page says of a table as it is published. */
async function published(browser, baseURL, address) {
    const page = await (await browser.newContext({ baseURL, locale: "en-GB", serviceWorkers: "block" })).newPage();
    await page.goto(`${address}?tab=chart`); // asks for a choice, and so for the app at once
    const figure = new Figure(page, VIEW);
    await figure.in("ready");
    const found = await numbers(figure);
    await page.context().close();
    expect(found.length).toBeGreaterThan(20);
    return found;
}

for (const [name, file, content, lang] of [
    ["packed lists", `${TABLE}.json.gz`, () => packed(lists(plain())), ""],
    ["packed objects", `${TABLE}.json.gz`, () => packed(text(TABLE)), "uk/"],
    ["lists that are long", `${TABLE}.json`, () => Buffer.from(lists(plain()).replaceAll(",\n", `,${" ".repeat(2_000)}\n`)), ""],
]) {
    test(`${name} show the numbers of the published table`, async ({ page, browser, baseURL }) => {
        const address = `./${lang}view/${VIEW}`;
        const expected = await published(browser, baseURL, address);
        const asked = await serve(page, file, content());
        const workers = [];
        page.on("worker", (worker) => workers.push(worker.url()));
        await page.goto(address);
        const figure = new Figure(page, VIEW);
        await figure.in("ready");
        expect(await numbers(figure)).toEqual(expected);
        expect(asked).toHaveLength(1);
        expect(workers).toEqual([expect.stringMatching(/\/bulk\/worker-\w+\.js$/)]);
        await expect(page.locator("#reading")).toHaveCount(0);
        // The certificate of a number knows its row.
        await figure.root.locator("[role=tab][data-tab=table]").click();
        await figure.root.locator("td[data-value] [data-fact]").first().click();
        await expect(page.locator("dialog.certificate")).toBeVisible();
    });
}

test("a package of packed tables only is the same package", async ({ page, browser, baseURL }) => {
    const address = `./view/${VIEW}`;
    const expected = await published(browser, baseURL, address);
    const all = new Map(files.map((name) => [`${name}.json.gz`, packed(text(name))]));
    const resources = descriptor.resources.map((entry) => {
        const content = all.get(`${entry.name}.json.gz`);
        return { ...entry, path: `${entry.name}.json.gz`, size_bytes: content.length, hash: `sha256:${createHash("sha256").update(content).digest("hex")}` };
    });
    let broken = "";
    await page.context().route("**/data/datapackage.json", (route) => route.fulfill({ json: { ...descriptor, resources } }));
    await page.context().route("**/data/*.json.gz", (route) => {
        const name = route.request().url().split("/").at(-1);
        return name === broken ? route.fulfill({ body: packed("[]") }) : route.fulfill({ body: all.get(name) });
    });
    await page.goto(address);
    const figure = new Figure(page, VIEW);
    await figure.in("ready");
    expect(await numbers(figure)).toEqual(expected);
    // One that is not as published fails what needs it, and is named.
    broken = "places.json.gz";
    await page.reload();
    await figure.in("error");
    await expect(figure.failure).toContainText("places.json");
    await expect(figure.failure).toContainText(says("issue.hash-mismatch").split("{")[0]);
    broken = "";
    await figure.failure.locator("[data-retry]").click();
    await figure.in("ready");
});

test("where no worker may start, the page reads the table itself", async ({ page, browser, baseURL }) => {
    const address = `./view/${VIEW}`;
    const expected = await published(browser, baseURL, address);
    await serve(page, `${TABLE}.json.gz`, packed(lists(plain())));
    await page.addInitScript(() => {
        globalThis.Worker = class { constructor() { throw new DOMException("no", "SecurityError"); } };
    });
    await page.goto(address);
    const figure = new Figure(page, VIEW);
    await figure.in("ready");
    expect(await numbers(figure)).toEqual(expected);
});

const whole = packed(lists(plain()));
const other = packed(lists(plain().map((row, at) => (at === 5 ? { ...row, value: 12 } : row))));
for (const [name, given, sentence] of [
    ["no gzip", Buffer.from(text(TABLE)).subarray(0, 9_000), says("issue.not-gzip")],
    ["a packed file that is cut", whole.subarray(0, whole.length - 200), says("issue.not-gzip")],
    ["another file", other, says("issue.hash-mismatch").split("{")[0]],
    ["no JSON inside", packed("<!doctype html>"), says("issue.not-json", { found: "1:1" })],
    ["no list inside", packed('{"rows": []}'), says("issue.not-array")],
    ["an unknown field in the head", packed('[["series", "moon"], ["a", 1]]'), says("issue.unknown-field", { found: "moon" })],
    ["far more than listed", Buffer.concat([whole, Buffer.alloc(whole.length * 2)]), says("load.too-large")],
    ["a row without end", () => gzipSync(Buffer.concat([Buffer.from("["), Buffer.alloc(400 * 1024 * 1024, " ")]), { level: 1 }), says("issue.too-large").split("{")[0]],
    ["404", 404, says("load.status", { status: 404 })],
    ["a broken connection", "connectionreset", says("load.network")],
]) {
    test(`${name}: the message says so, and trying again mends it`, async ({ page }) => {
        let broken = true;
        const body = typeof given === "function" ? given() : given;
        const listed = typeof given === "function" ? body : whole;
        await serve(page, `${TABLE}.json.gz`, listed, (route) => {
            if (!broken) return route.fulfill({ body: whole });
            if (typeof body === "string") return route.abort(body);
            return typeof body === "number" ? route.fulfill({ status: body }) : route.fulfill({ body });
        });
        await page.goto(`./view/${VIEW}`);
        const figure = new Figure(page, VIEW);
        await expect(figure.root).toHaveAttribute("data-state", "error", { timeout: 20_000 });
        await expect(figure.failure.locator("li")).toContainText(`${TABLE}.json`);
        await expect(figure.failure.locator("li")).toContainText(sentence);
        if (listed !== whole) return; // what is listed stays as it is
        broken = false;
        await figure.failure.locator("[data-retry]").click();
        await figure.in("ready");
    });
}

test("rows that fail are left out and counted; the others stand", async ({ page }) => {
    const rows = plain();
    const content = packed(lists([{ ...rows[0], place: "MOON" }, { ...rows[1], value: "many" }, ...rows.slice(2)]));
    await serve(page, `${TABLE}.json.gz`, content);
    await page.goto("./data");
    await expect(page.locator(".issues")).toContainText(`${TABLE}.json.gz`);
    await expect(page.locator(".issues")).toContainText("MOON");
    await expect(page.locator(".issues")).toContainText("many");
});

test("a package that changed while the page was open is not mixed with the one before", async ({ page }) => {
    await serve(page, `${TABLE}.json.gz`, whole);
    let version = descriptor.version;
    await page.context().route("**/data/datapackage.json", async (route) => {
        const package_ = structuredClone(descriptor);
        const entry = package_.resources.find(({ name }) => name === TABLE);
        Object.assign(entry, { path: `${TABLE}.json.gz`, size_bytes: whole.length, hash: `sha256:${createHash("sha256").update(whole).digest("hex")}` });
        const answer = { ...package_, version };
        version = "0123456789ab";
        await route.fulfill({ json: answer });
    });
    await page.goto(`./view/${VIEW}`);
    const figure = new Figure(page, VIEW);
    await figure.in("error");
    await expect(figure.failure.locator("li")).toContainText(says("issue.hash-mismatch").split("{")[0]);
});

for (const lang of ["en", "uk"]) {
    test(`while a table comes, a line says how much is here, and the reader may stop: ${lang}`, async ({ page }) => {
        let send;
        const held = new Promise((resolve) => { send = resolve; });
        await serve(page, `${TABLE}.json.gz`, whole, async (route) => {
            await held;
            await route.fulfill({ body: whole }).catch(() => {}); // the page has given it up
        });
        await page.goto(`./${lang === "uk" ? "uk/" : ""}view/${VIEW}`);
        const line = page.locator("#reading");
        await expect(line).toContainText(/ 0\u00a0?%/);
        await expect(line.getByRole("progressbar")).toHaveAccessibleName(/%/);
        await line.getByRole("button").click();
        await expect(line).toHaveCount(0);
        const figure = new Figure(page, VIEW);
        await figure.in("error");
        await expect(figure.failure.locator("li")).toContainText(words(lang, "load.stopped"));
        send();
        await figure.failure.locator("[data-retry]").click();
        await figure.in("ready");
        await mounted(page);
    });
}
