// What changed between two versions, on /data/changes and beside frozen charts. The build's own tool writes what is shown here: it gets
// an earlier version in a folder, as `script/build --origin` keeps it.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "../../script/gzip-server.mjs";
import { accessible } from "./checks/access.mjs";
import { expect, test } from "./fixtures.mjs";
import { address, descriptor, languages, rows, t, view } from "./pages.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const FILE = "observations-remittances.json";
const own = rows("observations-remittances").find(({ series, place, period_end, standing }) => series === view("remittances").series[0] && place === "UKR" && period_end === "2023-12-31" && standing === "current");

// The worker keeps what the build wrote; here other bytes are served.
test.use({ serviceWorkers: "block" });

let site;
let old;
let folder;
test.beforeAll(async () => {
    test.setTimeout(120_000);
    folder = mkdtempSync(join(tmpdir(), "changes-"));
    const cargo = (bin, ...args) => execFileSync("cargo", ["run", "--locked", "--offline", "--quiet", "--bin", bin, "--", ...args], { cwd: root, maxBuffer: 100_000_000, encoding: "utf8" });
    cpSync(join(root, "public/data"), join(folder, "before"), { recursive: true });
    const text = readFileSync(join(folder, "before", FILE), "utf8");
    writeFileSync(join(folder, "before", FILE), text.replace(`"value": ${own.value}`, `"value": ${own.value - 7e6}`));
    const agreements = rows("agreements");
    agreements[0].says_en = "Something else.";
    writeFileSync(join(folder, "before/agreements.json"), JSON.stringify(agreements));
    cargo("seal", join(folder, "before"));
    old = JSON.parse(readFileSync(join(folder, "before/datapackage.json"), "utf8")).version;
    cpSync(join(folder, "before"), join(folder, "versions", old), { recursive: true });
    const made = JSON.parse(cargo("twin", "public/data", "/", join(folder, "dist"), join(folder, "versions")));
    const partOf = (route, lang) => made.find((one) => one.route === route && one.lang === lang);
    // The built site with what these pages are when there was an earlier version.
    site = await serve(join(root, "dist"), (url) => url.replace(`/data/v/${old}/`, `/data/v/${descriptor.version}/`), (url, bytes) => {
        if (url.startsWith(`/data/v/${old}/`)) return readFileSync(join(folder, "dist", url));
        const [, uk, route] = /^\/(uk\/)?([^?#]*?)\/?(?:\?.*)?$/.exec(url);
        const page = partOf(route, uk ? "uk" : "en");
        if (page?.foot) return bytes.toString().replace(/<footer class="embed-foot"[\s\S]*?<\/footer>/, () => page.foot);
        if (route === "data/changes") return bytes.toString().replace(/<div id="boot">[\s\S]*?<\/main>/, (whole) => whole.slice(0, whole.indexOf("<main")) + /<main[\s\S]*?<\/main>/.exec(page.markup)[0]);
        return bytes;
    });
});
test.afterAll(() => {
    site?.close();
    rmSync(folder, { recursive: true, force: true });
});

for (const lang of languages) {
    test(`${lang}: from the catalogue to what changed, with the value before and after`, async ({ page, allow }) => {
        allow(new RegExp(`request to another origin: ${site.origin}`));
        await page.goto(new URL(address(lang, "data"), site.origin).href);
        await expect(page.locator("#app main h1")).toHaveText(t(lang, "page.data"));
        await page.locator("#app main").getByRole("link", { name: t(lang, "changes.title") }).click();
        await expect(page.locator("#app main h1")).toHaveText(t(lang, "changes.title"));
        await expect(page).toHaveURL(/\/data\/changes$/);
        await expect(page).toHaveTitle(new RegExp(`^${t(lang, "changes.title")}`));
        const since = page.locator(`#app [data-since="${old}"]`);
        await expect(since.getByRole("heading", { level: 3 })).toHaveText(["revised", "rows"].map((kind) => t(lang, `impact.diff-${kind}`)));
        const row = since.getByRole("row").nth(1);
        await expect(row).toContainText("2023");
        await expect(row).toContainText(/14[,.\s]?96\d/);
        await expect(row).toContainText(lang === "en" ? "World Bank" : "Світовий банк");
        await expect(since.getByRole("link", { name: t(lang, "changes.file") })).toHaveAttribute("href", `/data/v/${old}/changes.json`);
        await accessible(page);
        // The way back, and the other language, are the app's own.
        await page.locator("#language").click();
        await expect(page.locator("#app main h1")).toHaveText(t(lang === "en" ? "uk" : "en", "changes.title"));
        await page.goBack();
        await page.locator("#app main").getByRole("link", { name: t(lang, "changes.back") }).click();
        await expect(page.locator("#app main h1")).toHaveText(t(lang, "page.data"));
    });

    test(`${lang}: one version says so`, async ({ page }) => {
        await page.goto(address(lang, "data/changes"));
        await expect(page.locator("#app main h1")).toHaveText(t(lang, "changes.title"));
        await expect(page.locator("#app main")).toContainText(descriptor.version);
        await expect(page.locator("#app [data-since]")).toHaveCount(0);
        await accessible(page);
    });

    test(`${lang}: a frozen chart says how many of its numbers changed, a live one nothing`, async ({ page, allow }) => {
        allow(new RegExp(`request to another origin: ${site.origin}`));
        await page.goto(new URL(`${address(lang, "embed/remittances")}?version=${old}`, site.origin).href);
        const note = page.locator(".embed-note");
        await expect(note).toBeVisible();
        await expect(note).toContainText(lang === "en" ? /\b1 of the [\d,]+ numbers/ : /Із [\d\s]+ \S+, на .* змінилося 1\./);
        await expect(page.locator(`#app [data-value="${own.value - 7e6}"]`).first()).toBeAttached();
        await page.goto(new URL(`${address(lang, "embed/agreements")}?version=${old}`, site.origin).href);
        await expect(note).toContainText(lang === "en" ? `1 of the ${rows("agreements").length} records` : /Із \d+ запис\S+, на .* змінилося 1\./);
        await page.goto(new URL(address(lang, "embed/remittances"), site.origin).href);
        await expect(page.locator(`#app [data-value="${own.value}"]`).first()).toBeAttached();
        await expect(note).toBeHidden();
    });
}

test.describe("where the reader has no JavaScript", () => {
    test.use({ javaScriptEnabled: false });
    test("the changes stand", async ({ page, allow }) => {
        allow(new RegExp(`request to another origin: ${site.origin}`));
        await page.goto(new URL("data/changes", site.origin).href);
        await expect(page.locator(`[data-since="${old}"] table`).first()).toBeVisible();
    });
});
