// What a reader takes away: each file is opened and looked into, as the program would that it is for.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { asText, behind, save } from "./checks/takeaway.mjs";
import { expect, test } from "./fixtures.mjs";
import { Figure, address, languages, of, rows, t, view, views } from "./pages.mjs";

const run = promisify(execFile);

for (const lang of languages) {
    test(`${lang}: everything behind each view is served, with its type`, async ({ request }) => {
        const types = { csv: "text/csv;charset=utf-8", json: /^application\/json/, zip: /^application\/zip/, bib: /bibtex/, ris: /research-info/ };
        for (const def of views) {
            for (const [end, type] of Object.entries(types)) {
                const response = await request.get(address(lang, `view/${def.id}.${end}`));
                expect(response.status(), `${def.id}.${end}`).toBe(200);
                expect(response.headers()["content-type"]).toMatch(type);
            }
            const csv = await (await request.get(address(lang, `view/${def.id}.csv`))).text();
            expect(csv.startsWith("\ufeff")).toBe(lang === "uk");
            expect(csv.replace("\ufeff", "").split(",")[0]).toBe(behind(def).column);
            const json = await (await request.get(address(lang, `view/${def.id}.json`))).json();
            expect(json.rows).toHaveLength(behind(def).count);
        }
    });

    test(`${lang}: the page offers files, citation and code, with the address of this site`, async ({ page, context, baseURL }) => {
        await context.grantPermissions(["clipboard-read", "clipboard-write"]);
        await page.goto(address(lang, "view/remittances"));
        await new Figure(page, "remittances").ready();
        const section = page.locator("main .takeaway");
        const path = new URL(address(lang, "view/remittances"), baseURL).href;
        for (const end of ["csv", "json", "zip", "bib", "ris"]) {
            const link = section.locator(`a[download][data-format=${end}]`);
            expect(await link.evaluate((one) => one.href)).toBe(`${path}.${end}`);
            expect((await save(page, link, `remittances.${end}`)).length).toBeGreaterThan(200);
        }
        await section.locator(".copyable button").first().click();
        await expect(section.locator(".action-status").first()).toHaveText(t(lang, "action.text-copied"));
        const citation = await page.evaluate(() => navigator.clipboard.readText());
        expect(citation).toMatch({ en: /^World Bank; IOM Ukraine: /, uk: /^Світовий банк; МОМ в Україні: / }[lang]);
        expect(citation.endsWith(` ${path}`)).toBe(true);
    });

    test(`${lang}: the Python that is offered reads the served file`, async ({ page }) => {
        for (const id of ["remittances", "agreements"]) {
            await page.goto(address(lang, `view/${id}`));
            const code = await page.locator("main [data-snippet=python]").textContent();
            const { stdout } = await run("python3", ["-c", `${code}\nimport json\nprint(json.dumps(rows))`]);
            const read = JSON.parse(stdout.trim().split("\n").at(-1));
            const served = await (await page.request.get(address(lang, `view/${id}.json`))).json();
            expect(asText(read)).toEqual(asText(served.rows));
        }
        // The others name the same file.
        for (const name of ["pandas", "r", "sheets", "excel"]) {
            await expect(page.locator(`main [data-snippet=${name}]`)).toContainText(new URL(`${page.url()}.csv`).href);
        }
    });
}

test("the section comes with each view, also when the app leads there", async ({ page }) => {
    await page.goto("./remittances");
    const figure = new Figure(page, "remittances");
    await figure.ready();
    await expect(page.locator(".takeaway")).toHaveCount(0);
    await figure.root.locator("h2 a").click();
    await expect(page.locator(".takeaway .citation")).toContainText(of(view("remittances"), "title", "en"));
    await expect(page.locator(".takeaway [data-path]").first()).toContainText(new URL("./view/remittances", page.url()).origin);
    await page.locator("#language").click();
    await expect(page.locator(".takeaway .citation")).toContainText(of(view("remittances"), "title", "uk"));
});

test("a picture that cannot be made is said, and may be tried again", async ({ page, allow }) => {
    allow(/Failed to load resource|net::ERR_FAILED/);
    await page.goto("./view/displacement");
    const figure = new Figure(page, "displacement");
    await figure.ready();
    await page.route("**/picture-*.js*", (route) => route.abort());
    await figure.file("png").click();
    await expect(figure.root.locator(".action-status")).toHaveText(t("en", "action.take-failed"));
    await page.unroute("**/picture-*.js*");
    await save(page, figure.file("png"), "displacement.png");
    await expect(figure.root.locator(".action-status")).toHaveText("");
});

test("pictures are made in the reader's theme and width", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("./view/remittances?theme=dark");
    const figure = new Figure(page, "remittances");
    await figure.ready();
    const svg = (await save(page, figure.file("svg"), "remittances.svg")).toString();
    const paper = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--paper").trim());
    expect(svg).toContain(`<rect width="100%" height="100%" fill="${paper}"`);
    for (const name of await figure.root.locator(".chips .chip").allTextContents()) expect(svg).toContain(name.replace("×", "").trim()); // lines have no names on a phone
});

test("search engines find a dataset on each view's page, and the catalogue", async ({ request }) => {
    for (const lang of languages) {
        for (const def of views) {
            const html = await (await request.get(address(lang, `view/${def.id}`))).text();
            const [, json] = html.match(/<script type="application\/ld\+json">([^<]*)<\/script>/);
            const data = JSON.parse(json);
            expect(data).toMatchObject({ "@type": "Dataset", name: of(def, "title", lang), inLanguage: lang });
            for (const { contentUrl } of data.distribution) expect((await request.get(contentUrl)).status(), contentUrl).toBe(200);
        }
    }
    const response = await request.get("./data/catalog.jsonld");
    expect(response.headers()["content-type"]).toBe("application/ld+json");
    const datasets = (await response.json())["dcat:dataset"];
    expect(datasets.map((one) => one["dct:identifier"])).toEqual(expect.arrayContaining(views.map(({ id }) => id)));
    for (const address of datasets.flatMap((one) => one["dcat:distribution"].map((file) => file["dcat:downloadURL"]["@id"]))) {
        expect((await request.get(address)).status(), address).toBe(200);
    }
});

test("a cell that a spreadsheet would run is harmless in CSV and itself in JSON", async ({ page }) => {
    await page.goto("./view/displacement");
    await new Figure(page, "displacement").ready();
    const code = await page.evaluate(() => new URL(document.querySelector("meta[name=picture]").content, document.baseURI).href);
    const saved = page.waitForEvent("download");
    await page.evaluate(async (code) => {
        const { take } = await import(code);
        const csv = 'series,value,note\r\nx,-12,"\'=1+1, ""so"""\r\ny,,"two\nlines"\r\n';
        await take(document.querySelector("a[data-format=json]"), csv, "https://example.org/");
    }, code);
    expect(JSON.parse(readFileSync(await (await saved).path(), "utf8")).rows).toEqual([
        { series: "x", value: -12, note: '=1+1, "so"' },
        { series: "y", value: null, note: "two\nlines" },
    ]);
});
