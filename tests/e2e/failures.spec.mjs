// Files that do not come, come late, come broken or come from someone else: what needs them says so, everything else works.
import { expect, mounted, test } from "./fixtures.mjs";
import { Certificate, Figure, address, fileGlob, files, headlineNeeds, languages, needs, plural, publish, rows, settled, shownAtFirst, switchOff, t, text, view, viewsOn } from "./pages.mjs";

test.beforeEach(({ allow }) => allow(/Failed to load resource|net::ERR/));

const REMITTANCES = "observations-remittances";
const file = `${REMITTANCES}.json`;
const whole = text(REMITTANCES);
const answer = (body, contentType = "application/json") => (route) => route.fulfill({ contentType, body });

/** The figure says which file failed and why, offers to try again, and the rest of the page stands. */
async function saysWhy(page, lang, id, name, sentence) {
    const figure = new Figure(page, id);
    await figure.in("error");
    await expect(figure.failure).toHaveAttribute("role", "alert");
    await expect(figure.failure.locator(".failure-title")).toHaveText(t(lang, "failure.title"));
    await expect(figure.failure.locator("li")).toHaveText([typeof sentence === "string" ? `${name}: ${sentence}` : sentence]);
    await expect(figure.failure.locator("code")).toHaveText(name);
    await expect(figure.retry).toHaveText(t(lang, "action.retry"));
    return figure;
}

const start = (phrase) => new RegExp(`${file}: ${phrase.replace(/[.*+?^$()[\]\\]/g, "\\$&").replace(/\{\w+\}/g, "[\\s\\S]*")}`);

for (const lang of languages) {
    test.describe(`${lang}: a file`, () => {
        const ways = {
            "that is missing": [(route) => route.fulfill({ status: 404, body: "gone" }), t(lang, "load.status", { status: 404 })],
            "that the server cannot give": [(route) => route.fulfill({ status: 500, body: "oops" }), t(lang, "load.status", { status: 500 })],
            "that never arrives": [(route) => route.abort("timedout"), t(lang, "load.network")],
            "whose connection breaks": [(route) => route.abort("connectionreset"), t(lang, "load.network")],
            "cut in the middle": [answer(whole.slice(0, whole.length / 2)), start(t(lang, "issue.not-json"))],
            "that is empty": [answer(""), start(t(lang, "issue.not-json"))],
            "that is a page of HTML": [answer("<!doctype html><title>Welcome to the hotel</title>", "text/html"), start(t(lang, "issue.not-json"))],
            "that is an object and not a list": [answer('{"rows": []}'), start(t(lang, "issue.not-array"))],
            "whose bytes are no text": [answer(Buffer.from([0x5b, 0xff, 0xfe, 0x5d])), start(t(lang, "issue.not-utf8"))],
            "with one changed digit": [answer(whole.replace("14967000000", "14967000001")), start(t(lang, "issue.hash-mismatch"))],
            "longer than published": [answer(`${whole}\n`), start(t(lang, "issue.hash-mismatch"))],
            "far larger than published": [answer(`[${" ".repeat(4_000_000)}]`), t(lang, "load.too-large")],
        };
        for (const [what, [give, sentence]] of Object.entries(ways)) {
            test(what, async ({ page }) => {
                await page.route(fileGlob(REMITTANCES), give);
                await page.goto(address(lang, ""));
                const figure = await saysWhy(page, lang, "remittances", file, sentence);
                // Everything that does not need the file is there.
                for (const { id } of viewsOn("").filter((def) => !needs(def).includes(REMITTANCES))) await new Figure(page, id).ready();
                await expect(page.locator("[data-headline]")).toHaveCount(rows("headlines").filter((one) => !headlineNeeds(one).includes(REMITTANCES)).length);
                await expect(page.locator(".cards .failure")).toHaveCount(1);
                await expect(page.locator(".cards .failure code").first()).toHaveText(file);
                // The file is mended, and asked for again.
                await page.unroute(fileGlob(REMITTANCES));
                await figure.retry.click();
                await figure.ready();
                await expect(figure.cells).toHaveCount(shownAtFirst(view("remittances")).length);
                await expect(page.locator("[data-headline]")).toHaveCount(rows("headlines").length);
                await expect(page.locator(".failure")).toHaveCount(0);
            });
        }
    });
}

test("a headline that needs a file twice names it once", async ({ page }) => {
    await switchOff(page, REMITTANCES);
    await page.goto("./");
    await expect(page.locator(".cards .failure code")).toHaveText([file]);
});

test("a server that fails once is asked again, unseen", async ({ page }) => {
    let asked = 0;
    await page.route(fileGlob(REMITTANCES), (route) => {
        asked += 1;
        return asked === 1 ? route.fulfill({ status: 500, body: "oops" }) : route.fallback();
    });
    await page.goto("./view/remittances");
    await new Figure(page, "remittances").ready();
    expect(asked).toBe(2);
    await expect(page.locator(".failure")).toHaveCount(0);
});

test("a missing file is not asked for again and again", async ({ page, requests }) => {
    await switchOff(page, REMITTANCES);
    await page.goto("./view/remittances");
    const figure = new Figure(page, "remittances");
    await figure.in("error");
    expect(requests.filter((url) => url.endsWith(file))).toHaveLength(1);
    await figure.retry.click();
    await expect.poll(() => requests.filter((url) => url.endsWith(file)).length).toBe(2);
    await figure.in("error");
});

for (const lang of languages) {
    test(`${lang}: a figure whose file did not come shows what was published with the page`, async ({ page }) => {
        await switchOff(page, REMITTANCES);
        await page.goto(address(lang, "view/remittances"));
        const figure = await saysWhy(page, lang, "remittances", file, t(lang, "load.status", { status: 404 }));
        await expect(figure.root.locator("[data-published] > p").first()).toHaveText(t(lang, "failure.published"));
        await expect(figure.summary).toBeVisible();
        await expect(figure.root.getByRole("img").or(figure.root.locator("picture img")).first()).toBeVisible();
        await expect(figure.plots.locator("picture")).toHaveCount(1);
        const shown = (list) => list.map(({ value }) => value).sort((a, b) => a - b);
        expect(shown(await figure.tableValues())).toEqual(shown(shownAtFirst(view("remittances"))));
        await expect(figure.cells.first()).toBeVisible();
        await expect(figure.root.locator("[data-fact], .table-hint"), "no source can be asked for").toHaveCount(0);
        // Another figure, in the other language or on another page, has none.
        await page.locator("#language").click();
        await expect(page.locator("html")).toHaveAttribute("lang", lang === "en" ? "uk" : "en");
        await expect(figure.failure).toContainText(t(lang === "en" ? "uk" : "en", "failure.rest-works"));
        await expect(figure.root.locator("[data-published]")).toBeHidden();
        await expect(figure.cells).toHaveCount(0);
        await page.unroute(fileGlob(REMITTANCES));
        await figure.retry.click();
        await figure.ready();
        await expect(figure.summary).toHaveCount(1);
    });
}

test("what is on its way takes nothing away that stands", async ({ page }) => {
    await page.clock.install();
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route(fileGlob("datapackage"), async (route) => {
        await held;
        await route.fallback();
    });
    const asked = page.waitForRequest(fileGlob("datapackage"));
    const gone = page.goto("./view/remittances");
    await asked;
    await page.clock.fastForward(5_000);
    const figure = new Figure(page, "remittances");
    await figure.in("static");
    await expect(figure.cells).toHaveCount(shownAtFirst(view("remittances")).length);
    release();
    await gone;
    await page.clock.runFor(2_000);
    await figure.ready();
});

test("a file that is on its way holds its figure's place, and nothing else's", async ({ page }) => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route(fileGlob(REMITTANCES), async (route) => {
        await held;
        await route.fallback();
    });
    await page.goto("./");
    const figure = new Figure(page, "remittances");
    for (const { id } of viewsOn("").filter((def) => !needs(def).includes(REMITTANCES))) await new Figure(page, id).ready();
    await figure.in("loading");
    await expect(figure.root).toHaveAttribute("aria-busy", "true");
    await expect(figure.root).toContainText(t("en", "loading"));
    release();
    await figure.ready();
    await expect(figure.root).toHaveAttribute("aria-busy", "false");
});

test.describe("rows that fail a check", () => {
    const of = ({ series, place, period_end }, year) => series === "wdi-remittances-usd" && place === "UKR" && period_end === `${year}-12-31`;
    const broken = rows(REMITTANCES).map((row) => {
        if (of(row, 2022)) return { ...row, source: undefined };
        if (of(row, 2020)) return { ...row, confidence_level: "high" };
        if (of(row, 2018)) return { ...row, value: "about 14 billion" };
        return row;
    });
    const body = JSON.stringify(broken);
    const number = (year) => broken.findIndex((row) => of(row, year)) + 1;

    for (const lang of languages) {
        test(`${lang}: are counted, listed and not drawn; all others are`, async ({ page }) => {
            await publish(page, REMITTANCES, body);
            await page.goto(address(lang, "remittances"));
            const figure = new Figure(page, "remittances");
            await figure.ready();
            const status = figure.root.locator(".failure[role=status]");
            await expect(status).toContainText(plural(lang, "issues.in-figure", 3));
            const bad = ["2018", "2020", "2022"];
            const sound = shownAtFirst(view("remittances")).filter((row) => !bad.some((year) => of(row, year)));
            const values = (list) => list.map(({ value }) => value).sort((a, b) => a - b);
            expect(values(await figure.tableValues())).toEqual(values(sound));
            expect(values(await figure.points())).toEqual(values(sound));
            expect((await figure.download()).map(({ value }) => Number(value)).sort((a, b) => a - b)).toEqual(values(sound));

            await status.getByRole("link", { name: t(lang, "issues.list") }).click();
            await expect(page.getByRole("heading", { level: 1 })).toHaveText(t(lang, "page.data"));
            await expect(page).toHaveURL(/\/data#issues$/);
            const issue = (key) => t(lang, `issue.${key}`).replace(/\{.*/, "");
            const row = (year) => `${file}, ${t(lang, "issues.row", { row: number(year) })}, `;
            const list = page.locator(".issues li");
            await expect(list).toHaveCount(3);
            await expect(list.filter({ hasText: `${row(2018)}value` })).toContainText(t(lang, "issue.wrong-type", { found: "“about 14 billion”", expected: "number" }).slice(-25));
            await expect(list.filter({ hasText: `${row(2020)}confidence_level` })).toContainText(issue("unknown-field"));
            await expect(list.filter({ hasText: `${row(2022)}source` })).toContainText(issue("missing-field"));
            await expect(page.locator("#issues")).toBeInViewport();
        });
    }

    test("a value that is missing says why and leaves a gap", async ({ page }) => {
        const changed = rows(REMITTANCES).map((row) => (of(row, 2022) ? { ...row, value: null, qualifier: null, missing: "not_published" } : row));
        await publish(page, REMITTANCES, JSON.stringify(changed));
        await page.goto("./view/remittances?place=UKR");
        const figure = new Figure(page, "remittances");
        await figure.ready();
        await expect(figure.root.locator(".failure")).toHaveCount(0);
        expect((await figure.points()).map(({ what }) => what)).not.toContain("Ukraine, 2022");
        await figure.tab("table").click();
        const cell = figure.table.locator("tr").filter({ has: page.getByRole("rowheader", { name: "2022", exact: true }) }).locator("td").first();
        await expect(cell).toHaveText(t("en", "missing.not_published"));
        await expect(cell).not.toHaveAttribute("data-value");
        await cell.getByRole("button").click();
        await expect(new Certificate(page).line(t("en", "certificate.why-missing"))).toHaveText(t("en", "missing-why.not_published"));
    });
});

/** Where nothing says which figures there are, the static page stands with all its numbers, and beside it what is missing. */
async function standsAsPublished(page, lang, route, name) {
    const line = page.locator("#stands .failure");
    await expect(line).toBeInViewport();
    await expect(line).toHaveAttribute("role", "alert");
    await expect(line.locator("code")).toHaveText(name);
    await expect(line).toContainText(t(lang, "failure.stands"));
    await expect(page.locator(".failure")).toHaveCount(1);
    for (const def of viewsOn(route)) {
        const figure = new Figure(page, def.id);
        await figure.in("static");
        await expect(figure.root.locator(".tab-panel").first()).toBeVisible();
    }
    await expect(new Figure(page, "remittances").cells).toHaveCount(shownAtFirst(view("remittances")).length);
    if (route === "") await expect(page.locator("[data-headline]")).toHaveCount(rows("headlines").length);
}

test.describe("any one file switched off breaks what needs it and nothing else", () => {
    for (const name of files) {
        test(name, async ({ page }) => {
            await switchOff(page, name);
            for (const route of ["", "remittances"]) {
                await page.goto(`./${route}`);
                if (name === "views") {
                    await standsAsPublished(page, "en", route, "views.json");
                    continue;
                } else {
                    await mounted(page);
                    for (const def of viewsOn(route)) {
                        const figure = new Figure(page, def.id);
                        if (!needs(def).includes(name)) {
                            await figure.ready();
                            await expect(figure.failure).toHaveCount(0);
                        } else {
                            await saysWhy(page, "en", def.id, `${name}.json`, t("en", "load.status", { status: 404 }));
                        }
                    }
                }
                if (route !== "") continue;
                // A headline stands as long as its own files are there; no headline goes without a word.
                const sound = rows("headlines").filter((one) => name !== "headlines" && !headlineNeeds(one).includes(name));
                await expect(page.locator("[data-headline]")).toHaveCount(sound.length);
                for (const { id } of sound) await expect(page.locator(`[data-headline="${id}"] .card-number`)).toBeVisible();
                const failed = name === "headlines" ? page.locator(".headlines > .failure") : page.locator(".cards .failure");
                await expect(failed).toHaveCount(name === "headlines" ? 1 : rows("headlines").length - sound.length);
                for (const failure of await failed.all()) {
                    await expect(failure.locator("code")).toHaveText(`${name}.json`);
                    await expect(failure.getByRole("button")).toHaveText(t("en", "action.retry"));
                }
            }
            // The file comes back, and one click mends all that it broke here.
            if (name !== "views" && !viewsOn("remittances").some((def) => needs(def).includes(name))) return;
            await page.unroute(fileGlob(name));
            await page.locator(".failure button").first().click();
            await settled(page, "remittances");
            await expect(page.locator(".failure")).toHaveCount(0);
        });
    }
});

for (const [name, glob] of [["config.json", "**/config.json"], ["datapackage.json", fileGlob("datapackage")]]) {
    for (const lang of languages) {
        test(`${lang}: without ${name} the page says so and recovers`, async ({ page }) => {
            await page.route(glob, (route) => route.fulfill({ status: 404, body: "gone" }));
            await page.goto(address(lang, ""));
            await expect(page.getByRole("heading", { level: 1 })).toHaveText(t(lang, "overview.title"));
            const failures = page.locator(".failure");
            const retry = failures.getByRole("button", { name: t(lang, "action.retry") });
            await standsAsPublished(page, lang, "", name);
            await expect(failures).toContainText(t(lang, "load.status", { status: 404 }));
            // Trying in vain says so again.
            const asked = page.waitForResponse(glob);
            await retry.click();
            await asked;
            await standsAsPublished(page, lang, "", name);
            await expect(retry).toBeFocused();
            await page.unroute(glob);
            await retry.click();
            await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
            for (const { id } of viewsOn("")) await new Figure(page, id).ready();
            await expect(page.locator("[data-headline]")).toHaveCount(rows("headlines").length);
            await expect(failures).toHaveCount(0);
        });
    }
}

test.describe("a descriptor or a configuration that cannot be trusted", () => {
    const other = (change) => {
        const copy = JSON.parse(text("datapackage"));
        change(copy.resources.find(({ name }) => name === REMITTANCES));
        return JSON.stringify(copy);
    };
    const config = "config.json";
    const descriptor = "datapackage.json";
    const missing = (field) => `${field} — ${t("en", "issue.missing-field")}`;
    for (const [what, file, body, sentence] of [
        ["that is HTML", config, "<html></html>", "issue.not-json"],
        ["that is a list", config, "[]", missing("package")],
        ["that names the package by a number", config, '{"package": 1}', missing("package")],
        ["that points elsewhere", config, '{"package": "https://example.org/datapackage.json"}', "issue.unsafe-path"],
        ["that points upwards", config, '{"package": "../../secret/datapackage.json"}', "issue.unsafe-path"],
        ["cut in the middle", descriptor, text("datapackage").slice(0, 5000), "issue.not-json"],
        ["whose bytes are no text", descriptor, Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), "issue.not-utf8"],
        ["that is a list", descriptor, "[]", missing("resources")],
        ["without a list of resources", descriptor, '{"resources": {}}', missing("resources")],
        ["that lists nothing", descriptor, '{"resources": []}', "issue.missing-resource"],
    ]) {
        test(`${file} ${what}`, async ({ page }) => {
            const glob = file === config ? "**/config.json" : fileGlob("datapackage");
            await page.route(glob, answer(body));
            await page.goto("./");
            const failures = page.locator(".failure");
            await expect(failures.first()).toBeVisible();
            // Whatever needs the package says the same, and why: the headlines, and the figures in their place.
            const pattern = sentence.startsWith("issue.") ? t("en", sentence).replace(/\{.*/, "") : sentence;
            for (const failure of await failures.all()) {
                await expect(failure.locator("li")).toContainText(`${file}: ${pattern}`);
                await expect(failure.getByRole("button")).toHaveText(t("en", "action.retry"));
            }
            await expect(page.locator("figure[data-state=ready]")).toHaveCount(0);
            await page.unroute(glob);
            await failures.first().getByRole("button").click();
            await new Figure(page, "remittances").ready();
            await expect(failures).toHaveCount(0);
        });
    }

    test("a resource that lies elsewhere is not fetched", async ({ page, requests }) => {
        await page.route(fileGlob("datapackage"), answer(other((entry) => (entry.path = "https://example.org/x.json"))));
        await page.goto("./remittances");
        await new Figure(page, "remittances").in("error");
        expect(requests.filter((url) => url.includes("example.org"))).toEqual([]);
    });

    test("a resource that is not listed is said to be so", async ({ page }) => {
        await page.route(fileGlob("datapackage"), answer(other((entry) => (entry.name = "something-else"))));
        await page.goto("./");
        await saysWhy(page, "en", "remittances", file, t("en", "load.unlisted"));
        await new Figure(page, "agreements").ready();
    });
});

for (const lang of languages) {
    test(`${lang}: without the chart library the table and the sources still work`, async ({ page }) => {
        await page.route("**/echarts/echarts-*.js*", (route) => route.abort());
        await page.goto(address(lang, "view/remittances"));
        const figure = new Figure(page, "remittances");
        await figure.in("error");
        await expect(figure.failure).toContainText(t(lang, "failure.chart"));
        await expect(figure.failure).toHaveAttribute("role", "alert");
        await figure.tab("table").click();
        await expect(figure.cells).toHaveCount(shownAtFirst(view("remittances")).length);
        await figure.cells.first().getByRole("button").click();
        await expect(new Certificate(page).value).toBeVisible();
        await page.keyboard.press("Escape");
        expect((await figure.download()).length).toBeGreaterThan(100);
        await figure.tab("sources").click();
        await expect(figure.root.locator(".source").first()).toBeVisible();
        // Opening the chart asks for it anew, once; while that fails, the button stands.
        const asked = page.waitForEvent("requestfailed");
        await figure.tab("chart").click();
        await asked;
        await page.unroute("**/echarts/echarts-*.js*");
        await figure.failure.getByRole("button", { name: t(lang, "action.retry") }).click();
        await figure.ready();
    });

    test(`${lang}: a chart that could not come is there when its tab is opened again and it can`, async ({ page }) => {
        await page.route("**/echarts/echarts-*.js*", (route) => route.abort());
        await page.goto(address(lang, "view/remittances"));
        const figure = new Figure(page, "remittances");
        await figure.in("error");
        await figure.tab("table").click();
        await page.unroute("**/echarts/echarts-*.js*");
        await figure.tab("chart").click();
        await figure.ready();
        await expect(figure.failure).toHaveCount(0);
    });

    test(`${lang}: without the page's words the failure screen stands, and reloading mends it`, async ({ page }) => {
        for (const broken of [(route) => route.fulfill({ status: 404, body: "gone" }), (route) => route.abort("connectionreset"), answer("[1]")]) {
            await page.route(`**/words/${lang}-*.json`, broken);
            await page.goto(address(lang, "remittances?place=UKR"));
            const failure = page.locator("#failure");
            await expect(failure.locator(`[lang=${lang}]`).getByRole("heading", { level: 1 })).toBeVisible();
            // The static page holds its numbers still.
            await expect(page.locator('#boot td[data-value="14967000000"]').first()).toBeVisible();
            await expect(page.locator("#boot .tabs").first()).toBeHidden();
            await page.unroute(`**/words/${lang}-*.json`);
            await failure.locator(`[lang=${lang}] [data-reload]`).click();
            await new Figure(page, "remittances").ready();
        }
    });

    test(`${lang}: when the app stops, the page says so and offers to reload`, async ({ page }) => {
        await page.goto(address(lang, "remittances?place=UKR"));
        await mounted(page);
        await page.evaluate(() => document.dispatchEvent(new CustomEvent("impact:failed")));
        const failure = page.locator("#failure");
        await expect(failure).toBeVisible();
        await expect(failure.locator(`[lang=${lang}]`).getByRole("heading", { level: 1 })).toBeVisible();
        await expect(page.locator("main")).toBeHidden();
        await failure.locator(`[lang=${lang}] [data-reload]`).click();
        await mounted(page);
        await expect(page).toHaveURL(/place=UKR$/);
        await new Figure(page, "remittances").ready();
    });
}

for (const [what, prepare] of [
    ["a host that sends WebAssembly as another type", (page) => page.route("**/*.wasm", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, headers: { ...response.headers(), "content-type": "application/octet-stream" } });
    })],
    ["a browser that compiles nothing on its way", (page) => page.addInitScript(() => { delete WebAssembly.compileStreaming; })],
]) {
    test(`${what} gets the app too`, async ({ page }) => {
        await prepare(page);
        await page.goto("./view/remittances");
        await mounted(page);
        await new Figure(page, "remittances").ready();
    });
}

// A module of two instructions: what a panic of ours ends in, without a panic of ours.
const trap = () => {
    const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 120, 0, 0, 10, 5, 1, 3, 0, 0, 11];
    return WebAssembly.instantiate(new Uint8Array(bytes)).then(({ instance }) => instance.exports.x);
};
for (const [where, stop] of [
    ["a listener", `(${trap})().then((x) => { addEventListener("stop", x); dispatchEvent(new Event("stop")); })`],
    ["a promise", `void (${trap})().then((x) => x())`],
]) {
    test(`a panic in ${where} is told by the failure screen`, async ({ page, allow }) => {
        allow(/unreachable/);
        await page.goto("./people");
        await mounted(page);
        await page.evaluate(stop);
        await expect(page.locator("#failure")).toBeVisible();
        await expect(page.locator("main")).toBeHidden();
    });
}

test("an exception of a stranger's script stops nothing", async ({ page, allow }) => {
    allow(/not ours/);
    await page.goto("./people");
    await mounted(page);
    await page.evaluate(() => { setTimeout(() => { throw new Error("not ours"); }); });
    await page.evaluate(() => new Promise((done) => setTimeout(done)));
    await expect(page.locator("#failure")).toBeHidden();
});

test("a data page without one file lists the others, and says that not all was checked", async ({ page }) => {
    await switchOff(page, "stories");
    await page.goto("./data");
    await expect(page.locator("main .failure code")).toHaveText("stories.json");
    await expect(page.locator("main [data-resource]")).toHaveCount(files.length);
    await expect(page.locator(".issues p")).toHaveText(t("en", "issues.some-unread"));
    await page.unroute(fileGlob("stories"));
    await page.locator("main .failure button").click();
    await expect(page.locator(".issues p")).toHaveText(t("en", "issues.none"));
});
