// Every file of the package, broken in every way that we know of: whatever does not need it stands, the message names file and reason,
// *Try again* mends it once the server does, nothing of it runs, and memory stays bounded. failures.spec.mjs has what each part of a
// page says; here is the whole product, several files at a time.
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import sirv from "sirv";
import { expect, mounted, test } from "./fixtures.mjs";
import { Figure, address, descriptor, fileGlob, files, needs, rows, t, text, viewsOn } from "./pages.mjs";

test.beforeEach(({ allow }) => allow(/Failed to load resource|net::ERR/));

// Without those of the first group there is no chart; the other two leave each other's charts whole.
const groups = {
    "what all charts need": ["views", "sources", "places", "sectors", "units"],
    "series and people": ["series", "breaks", "observations-people", "observations-context", "stories", "facts", "headlines"],
    "money, partners and events": ["observations-remittances", "observations-funding", "agreements", "organisations", "organisation-figures", "events", "opportunities"],
};
const languageOf = { "series and people": "uk" };

const start = (sentence) => new RegExp(`^${sentence.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^$()[\]\\|]/g, "\\$&")).join("[\\s\\S]*")}$`);
const bytes = (body, contentType = "application/json", headers = {}) => (route) => route.fulfill({ status: 200, contentType, headers, body });
const status = (code) => (route) => route.fulfill({ status: code, contentType: "text/plain", body: "gone" });
/** The first text of a file, as something else. */
const first = (name, value) => text(name).replace(/: "[^"]*"/, () => `: ${value}`);

/** A whole file: how the server gives it, and why it is refused. */
const faults = {
    "404": [() => status(404), "load.status", { status: 404 }],
    "403": [() => status(403), "load.status", { status: 403 }],
    "500 for good": [() => status(500), "load.status", { status: 500 }],
    "a broken connection": [() => (route) => route.abort("connectionreset"), "load.network"],
    "cut in the middle": [(name) => bytes(text(name).slice(0, text(name).length / 2)), "issue.not-json"],
    "HTML instead of JSON": [() => bytes("<!doctype html><title>Log in</title><script>hook('html')</script>", "text/html"), "issue.not-json"],
    "nothing at all": [() => bytes(""), "issue.not-json"],
    "a wrong hash": [(name) => bytes(text(name).replace(/: "[^"]/, (start) => `${start.slice(0, -1)}${start.endsWith("x") ? "y" : "x"}`)), "issue.hash-mismatch"],
    "an object instead of a list": [() => bytes('{"rows": []}'), "issue.not-array"],
    "1 GB announced": [(name) => bytes(text(name), "application/json", { "content-length": String(2 ** 30) }), "load.too-large"],
    "far more than listed": [(name) => bytes(text(name) + " ".repeat(Math.max(64 * 1024, text(name).length * 2))), "load.too-large"],
    "invalid UTF-8": [(name) => bytes(Buffer.concat([Buffer.from(text(name).slice(0, 9)), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from(text(name).slice(9))])), "issue.not-utf8"],
    "UTF-16": [() => bytes(Buffer.from('\ufeff[{"id": "x"}]', "utf16le")), "issue.not-utf8"],
    "a byte order mark that nobody listed": [(name) => bytes(`\ufeff${text(name)}`), "issue.hash-mismatch"],
    "NaN": [(name) => bytes(first(name, "NaN")), "issue.not-json"],
    "Infinity": [(name) => bytes(first(name, "-Infinity")), "issue.not-json"],
    "a number beyond JSON": [(name) => bytes(first(name, "1e999")), "issue.not-json"],
    "sixty thousand brackets": [() => bytes("[".repeat(60_000)), "issue.not-json"],
    "a script instead of data": [() => bytes("hook('script')", "text/javascript"), "issue.not-json"],
};

/** Everything that would be the work of a file's content; every page of these tests is watched. */
async function watch(page) {
    const ran = [];
    await page.exposeFunction("hook", (what) => ran.push(what));
    page.on("dialog", (dialog) => dialog.dismiss().then(() => ran.push(dialog.message())));
    await page.addInitScript(() => {
        WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
            construct(Instance, args) {
                const made = new Instance(...args);
                globalThis.wasmBytes = () => Object.values(made.exports).filter((one) => one instanceof WebAssembly.Memory).reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
                return made;
            },
        });
    });
    return ran;
}

const MB = 1024 * 1024;
/** What the page has taken: the app's own memory, and JavaScript's. */
async function staysSmall(page, most = 64 * MB) {
    const [wasm, heap] = await page.evaluate(() => [globalThis.wasmBytes(), performance.memory.usedJSHeapSize]);
    expect(wasm).toBeGreaterThan(MB);
    expect(wasm).toBeLessThan(most);
    expect(heap).toBeLessThan(96 * MB);
}

/** Within the app, as a link of the menu leads: what is loaded stays loaded. */
async function go(page, lang, route) {
    await page.locator(`#app header a[href="/${lang === "uk" ? "uk/" : ""}${route}"]`).first().click();
    await expect(page.locator("main h1").first()).toBeVisible();
}

const works = /static|ready/;
/** Figures stand, but for those that need one of `broken`, which name it; tells how many stand. */
async function othersWork(page, route, broken, says) {
    let standing = 0;
    for (const def of viewsOn(route)) {
        const figure = new Figure(page, def.id);
        const lacking = needs(def).filter((name) => broken.includes(name));
        if (lacking.length === 0) {
            await expect(figure.root).toHaveAttribute("data-state", works);
            await expect(figure.root.locator(".failure[role=alert]")).toHaveCount(0); // rows that are left out are no failure
            standing += 1;
        } else {
            await figure.in("error");
            await expect(figure.failure.locator("li")).toHaveText(lacking.map(says));
        }
    }
    return standing;
}

/** Try again, wherever it is offered, until `mended` is what the page says: what has come may show what else is missing. */
async function tryAgain(page, mended) {
    const buttons = page.locator("#app .failure [data-retry]");
    await expect(async () => {
        if (await buttons.count()) await buttons.first().click({ timeout: 500 });
        expect(await page.locator(mended.of).allTextContents()).toEqual(mended.says);
        expect(await buttons.count()).toBe(0);
    }).toPass({ timeout: 15_000 });
}
const noIssue = (lang) => ({ of: ".issues p", says: [t(lang, "issues.none")] });
const allHeadlines = { of: "[data-headline]", says: rows("headlines").map(() => expect.stringMatching(/\d/)) };

test("every file is in a group", () => {
    expect(Object.values(groups).flat().sort()).toEqual([...files].sort());
});

for (const [what, [give, key, args]] of Object.entries(faults)) {
    for (const [group, broken] of Object.entries(groups)) {
        const lang = languageOf[group] ?? "en";
        test(`${what}: ${group}`, async ({ page }) => {
            const ran = await watch(page);
            for (const name of broken) await page.route(fileGlob(name), give(name));
            await page.goto(address(lang, "data"));
            await mounted(page);
            // The page of all files: one sentence for each, with its name and its reason, in order.
            const failure = page.locator("main .failure");
            const sentence = t(lang, key, args);
            const says = (name) => new RegExp(`^${name}\\.json: ${start(sentence).source.slice(1)}`);
            await expect(failure.locator("li")).toHaveText(files.filter((name) => broken.includes(name)).map(says));
            await expect(page.locator(".issues p")).toHaveText(t(lang, "issues.some-unread"));
            await staysSmall(page);

            await go(page, lang, "");
            if (broken.includes("views")) {
                await expect(page.locator("main .failure code").getByText("views.json").first()).toBeVisible();
            } else {
                expect(await othersWork(page, "", broken, says)).toBeGreaterThan(0);
                await expect(page.locator(".cards .failure, .headlines .failure").first()).toBeVisible();
            }
            // The server is mended, and each place that offers it is asked to try again.
            for (const name of broken) await page.unroute(fileGlob(name));
            await tryAgain(page, allHeadlines);
            expect(await othersWork(page, "", [])).toBe(viewsOn("").length);
            await go(page, lang, "data");
            await tryAgain(page, noIssue(lang));
            expect(ran).toEqual([]);
        });
    }
}

test("500, then 200: every file is asked again, unseen", async ({ page, allow }) => {
    allow(/preload/);
    const asked = {};
    await page.route("**/data/*.json", (route) => {
        const name = route.request().url().split("/").at(-1);
        asked[name] = (asked[name] ?? 0) + 1;
        return asked[name] === 1 ? route.fulfill({ status: 500, body: "oops" }) : route.fallback();
    });
    await page.goto("./data");
    await expect(page.locator(".issues p")).toHaveText(t("en", "issues.none"));
    await expect(page.locator(".failure")).toHaveCount(0);
    const names = [...files, "datapackage"].map((name) => `${name}.json`);
    for (const name of names) expect(asked[name], name).toBeGreaterThan(1);
});

for (const [group, broken] of Object.entries(groups)) {
    test(`too slow: ${group}`, async ({ page }) => {
        const lang = languageOf[group] ?? "en";
        await page.clock.install();
        const held = [];
        for (const name of broken) {
            await page.route(fileGlob(name), (route) => {
                held.push(name);
                return new Promise(() => {}); // no answer, and no end
            });
        }
        await page.goto(address(lang, "data"));
        // Three times fifteen seconds, by the page's own clock.
        for (const tries of [1, 2, 3]) {
            await expect.poll(() => held.length).toBe(tries * broken.length);
            await page.clock.fastForward(15_001);
            if (tries < 3) await page.clock.runFor(2_000); // the pause before the next
        }
        const says = (name) => `${name}.json: ${t(lang, "load.timeout")}`;
        await expect(page.locator("main .failure li")).toHaveText(files.filter((name) => broken.includes(name)).map(says));
        await go(page, lang, "");
        if (!broken.includes("views")) expect(await othersWork(page, "", broken, says)).toBeGreaterThan(0);
        await page.unrouteAll({ behavior: "ignoreErrors" });
        await tryAgain(page, allHeadlines);
        expect(await othersWork(page, "", [])).toBe(viewsOn("").length);
    });
}

// A server of our own gives what an interception cannot: bytes without an end, and connections that break under way.
const site = fileURLToPath(new URL("../../dist", import.meta.url));
const wire = test.extend({
    server: async ({}, use) => {
        const files = sirv(site, { dev: true });
        const own = { odd: new Map(), asked: 0, open: 0, sent: 0 };
        const server = createServer((request, response) => {
            const give = own.odd.get(request.url);
            if (!give) return files(request, response);
            own.asked += 1;
            own.open += 1;
            response.once("close", () => { own.open -= 1; });
            give(response);
        });
        await new Promise((done) => server.listen(0, "127.0.0.1", done));
        own.address = `http://127.0.0.1:${server.address().port}/`;
        await use(own);
        server.closeAllConnections();
        server.close();
    },
    baseURL: async ({ server }, use) => use(server.address),
});
const endless = (own, announced) => (response) => {
    response.writeHead(200, { "content-type": "application/json", ...(announced && { "content-length": announced }) });
    const chunk = Buffer.alloc(64 * 1024, " ");
    const more = () => {
        while (!response.destroyed && own.sent < 2 ** 30) {
            own.sent += chunk.length;
            if (!response.write(chunk)) return response.once("drain", more);
        }
        response.end();
    };
    more();
};
for (const [what, give, key, asked] of [
    ["1 GB announced and sent", (own) => endless(own, 2 ** 30), "load.too-large", 1],
    ["1 GB sent, and nothing announced", (own) => endless(own), "load.too-large", 1],
    ["half a file, then the line is cut", () => (response) => {
        response.writeHead(200, { "content-length": Buffer.byteLength(text("stories")) });
        response.write(text("stories").slice(0, 5_000), () => response.destroy());
    }, "load.network", 3],
]) {
    for (const isEarly of [false, true]) {
        wire(`on the wire: ${what}${isEarly ? ", to a page that asks for it early" : ""}`, async ({ page, server }) => {
            await watch(page);
            server.odd.set("/data/stories.json", give(server));
            await page.goto(isEarly ? "./data" : "./about");
            await mounted(page);
            if (!isEarly) await page.locator("#app .site-header nav a[href$='/data']").click();
            await expect(page.locator("main .failure li")).toHaveText([`stories.json: ${t("en", key)}`]);
            expect(server.asked).toBe(asked);
            await expect.poll(() => server.open).toBe(0); // nothing goes on coming
            // What the system's own buffers took. What is asked for early the browser reads until the app is there to refuse it.
            if (!isEarly) expect(server.sent).toBeLessThan(16 * MB);
            await staysSmall(page);
            server.odd.clear();
            await tryAgain(page, noIssue("en"));
        });
    }
}

// ------------------------------------------------------------------------------------------------------------- sound files, odd rows

/** Serves changed files, sealed: sizes and hashes in the descriptor fit them. */
async function publishAll(page, bodies) {
    const sealed = structuredClone(descriptor);
    for (const [name, body] of Object.entries(bodies)) {
        const entry = sealed.resources.find((resource) => resource.name === name);
        entry.hash = `sha256:${createHash("sha256").update(body).digest("hex")}`;
        entry.size_bytes = Buffer.byteLength(body);
        await page.route(fileGlob(name), bytes(body));
    }
    await page.route(fileGlob("datapackage"), bytes(JSON.stringify(sealed)));
}

const schema = (name) => descriptor.resources.find((resource) => resource.name === name).schema;
const fieldsOf = (name, is) => schema(name).fields.filter(is).map((field) => field.name).filter((field) => field !== "defaults");
const isText = ({ name, type, constraints = {} }) => type === "string" && !constraints.enum && !constraints.pattern && /_(en|uk)$|^(title|publisher)$/.test(name);
const isNumber = ({ type }) => ["number", "integer"].includes(type);
const isDay = ({ type, constraints = {} }) => type === "date" || constraints.pattern?.startsWith("^[0-9]{4}(");

/** One more row of a table, like its last sound one: nothing refers to it, and nothing else is as it was without it. */
function another(name, key = "one-more") {
    const isWhole = (row) => [undefined, null, "day"].includes(row.date_precision) && row.missing == null;
    const row = structuredClone(rows(name).findLast(isWhole));
    if ("standing" in row && "series" in row) Object.assign(row, { standing: "weak", period_start: "1991-01-01", period_end: "1991-12-31" });
    else if ("on" in row) row.on = "1991-01-01";
    else row[schema(name).primaryKey.includes("code") ? "code" : "id"] = key;
    if ("featured" in row) row.featured = false;
    return row;
}

/** The file with one more row; `write` may be text that no JSON writer would give. */
const withRow = (name, row) => text(name).trimEnd().replace(/\]$/, `,\n${typeof row === "string" ? row : JSON.stringify(row)}\n]`);
const set = (is, value) => (name) => {
    const row = another(name);
    const [field] = fieldsOf(name, is);
    return field && [{ ...row, [field]: value, ...(is === isText && { [field.replace("_en", "_uk")]: value }) }, field];
};
/** Drawn, so that axes must reach it. */
const inTheFarFuture = (name) => {
    const row = another(name);
    const days = fieldsOf(name, isDay).filter((field) => row[field]);
    return days.length > 0 && [{ ...row, ...Object.fromEntries(days.map((field) => [field, "9999-12-31"])), ...(row.standing && { standing: "current" }) }];
};

/** One row for each file, the field that is at fault and what is said of it; without a message the row is sound. */
const odd = {
    "1e308": [set(isNumber, 1e308), "issue.bad-number"],
    "1e308 where a text belongs": [set(isText, 1e308), "issue.wrong-type"],
    "a text where a number belongs": [set(isNumber, "14 billion"), "issue.wrong-type"],
    "a list where a text belongs": [set(isText, [["x"]]), "issue.wrong-type"],
    "the year 0000": [set(isDay, "0000-01-01"), "issue.bad-date"],
    "the thirtieth of February": [set(isDay, "2024-02-30"), "issue.bad-date"],
    "the year 9999": [inTheFarFuture],
    "strings with HTML": [set(isText, `"><img src=x onerror="hook('row')"><script>hook('row')</script>`)],
    "right-to-left overrides": [set(isText, "463\u202e000,01\u202c"), "issue.control-character"],
    "control characters": [set(isText, "a\u0000b"), "issue.control-character"],
    "names of a megabyte": [set(isText, "Ї".repeat(MB / 2)), "issue.long-text"],
    "the longest names": [set(isText, `${"W".repeat(9_990)} <b>`)],
    "__proto__ as a field": [(name) => [JSON.stringify(another(name)).replace("{", '{"__proto__": {"polluted": true}, "constructor": 1, '), "__proto__"], "issue.unknown-field"],
    "__proto__ as a key": [(name) => ("id" in another(name) ? [another(name, "__proto__"), "id"] : undefined), "issue.bad-pattern"],
    "keys that objects have anyway": [(name) => [another(name, "constructor")]],
    "a field twice": [(name) => [JSON.stringify(another(name)).replace(/^\{("[^"]*":[^,]*)/, (start, field) => `${start},${field}`)]],
    "a key twice": [(name) => [structuredClone(rows(name).at(-1)), schema(name).primaryKey.join(", ")], "issue.duplicate-key"],
    "a number instead of a row": [() => ["5", undefined], "issue.not-object"],
};

for (const [what, [make, key]] of Object.entries(odd)) {
    test(`a row with ${what}, in every file`, async ({ page }) => {
        const ran = await watch(page);
        const made = files.map((name) => [name, make(name)]).filter(([, row]) => row);
        expect(made.length).toBeGreaterThan(1);
        await publishAll(page, Object.fromEntries(made.map(([name, [row]]) => [name, withRow(name, row)])));
        await page.goto("./data");
        await mounted(page);
        const list = page.locator(".issues li");
        if (key) {
            for (const [name, [, field]] of made) {
                const where = `${name}.json, ${t("en", "issues.row", { row: rows(name).length + 1 })}${field ? `, ${field}` : ""}`;
                await expect(list.filter({ has: page.locator("code").getByText(where, { exact: true }) }).first(), where).toHaveText(new RegExp(start(t("en", key)).source.slice(1)));
            }
            for (const said of await list.allInnerTexts()) expect(said.length).toBeLessThan(1_500);
        } else {
            await expect(page.locator(".issues p")).toHaveText(t("en", "issues.none"));
        }
        await expect(page.locator(".failure")).toHaveCount(0);
        for (const route of ["", "people", "remittances", "partners"]) {
            await go(page, "en", route);
            expect(await othersWork(page, route, [])).toBe(viewsOn(route).length);
            await expect(page.locator("#failure")).toBeHidden();
        }
        expect(await page.evaluate(() => ({}).polluted)).toBeUndefined();
        await staysSmall(page);
        expect(ran).toEqual([]);
        // The publisher mends the package: the next visit has nothing to complain of.
        await page.unrouteAll();
        await page.goto("./data");
        await expect(page.locator(".issues p")).toHaveText(t("en", "issues.none"));
    });
}

test("a byte order mark that was sealed: every file is read without a word", async ({ page }) => {
    await publishAll(page, Object.fromEntries(files.map((name) => [name, `\ufeff${text(name)}`])));
    await page.goto("./data");
    await expect(page.locator(".issues p")).toHaveText(t("en", "issues.none"));
    await expect(page.locator(".failure")).toHaveCount(0);
});

test("JSON by any other name: every file is read whatever type the server gives it", async ({ page }) => {
    for (const name of files) await page.route(fileGlob(name), bytes(text(name), "application/octet-stream"));
    await page.goto("./data");
    await expect(page.locator(".issues p")).toHaveText(t("en", "issues.none"));
    await expect(page.locator(".failure")).toHaveCount(0);
});

test("a hundred thousand bad rows: told as far as anybody reads, and memory stays bounded", async ({ page }) => {
    test.setTimeout(90_000);
    const name = "stories";
    await watch(page);
    await publishAll(page, { [name]: `[${"0,".repeat(99_999)}0]` });
    await page.goto("./data");
    await mounted(page);
    await expect(page.locator(".issues li").first()).toHaveText(new RegExp(`^${name}\\.json`));
    expect(await page.locator(".issues li").count()).toBe(10_000);
    await staysSmall(page);
    await go(page, "en", "remittances");
    await new Figure(page, "remittances").ready();
});
