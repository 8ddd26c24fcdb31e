// Every link of ours leads somewhere, and no address breaks a page.
import { expect, test } from "./fixtures.mjs";
import { languages, views } from "./pages.mjs";

test("every internal link of the static pages, followed in both languages, is a page or a file", async ({ request, baseURL }) => {
    test.setTimeout(180_000);
    const root = new URL(baseURL);
    const seen = new Set();
    const broken = [];
    let open = languages.map((lang) => new URL(lang === "uk" ? "uk/" : "", root).href);
    open.forEach((address) => seen.add(address));
    while (open.length > 0) {
        const next = [];
        for (const address of open) {
            const answer = await request.get(address);
            if (answer.status() !== 200) {
                broken.push(`${answer.status()} ${address}`);
                continue;
            }
            if (!answer.headers()["content-type"]?.startsWith("text/html")) continue;
            const html = await answer.text();
            // Addresses in the page are read from its <base>.
            for (const [, href] of html.matchAll(/<a [^>]*href="([^"]+)"/g)) {
                const link = new URL(href.replaceAll("&amp;", "&"), root);
                link.hash = "";
                link.search = "";
                if (link.origin !== root.origin || seen.has(link.href)) continue;
                seen.add(link.href);
                next.push(link.href);
            }
        }
        open = next;
    }
    expect(broken).toEqual([]);
    expect(seen.size).toBeGreaterThan(2 * views.length);
});

/** The same random addresses each time: a failure can be repeated (mulberry32). */
function random(seed) {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}

const NAMES = ["tab", "place", "counterpart", "sector", "series", "unit", "time", "scale", "relative", "sort", "annotations", "qualifier", "basis", "amount", "at", "with", "theme", "topic", "x"];
const VALUES = ["", "UKR", "UKR~POL", "~~~", "chart", "table", "sources", "usd", "pct_gdp", "per_capita", "log", "first", "off", "name", "2019", "2000..2024", "..2015", "2024..2000", "9999", "-1", "1e308", "NaN", "report~model", "exact", "displacement", "<script>alert(1)</script>", "javascript:alert(1)", "__proto__", "constructor", "%E0%A4%A", "‮", "Україна", "a".repeat(2_000), "'\";--", "../../etc/passwd", "100000000000"];
const ROUTES = ["", "people", "remittances", "partners", "context", "funding", "stories", "opportunities", "data", "about", "nowhere", "view/", "partners/M020", "partners/M999", "view/__proto__", ...views.map(({ id }) => `view/${id}`)];

const ADDRESSES = 500;
const PARTS = 10;
for (let part = 0; part < PARTS; part++) {
    test(`random addresses, part ${part + 1} of ${PARTS}: a page with a heading, no error`, async ({ page, allow }) => {
        test.setTimeout(180_000);
        allow(/status of 404/); // an address that we do not have
        const next = random(part + 1);
        const one = (list) => list[Math.floor(next() * list.length)];
        await page.goto("./");
        for (let i = 0; i < ADDRESSES / PARTS; i++) {
            const pairs = Array.from({ length: Math.floor(next() * 5) }, () => {
                const prefix = next() < 0.2 ? `${one(views).id}.` : "";
                const value = one(VALUES);
                return `${prefix}${one(NAMES)}=${next() < 0.5 ? encodeURIComponent(value) : value.replace(/[#&]/g, "")}`;
            });
            const address = `${one(["", "uk/"])}${one(ROUTES)}${pairs.length > 0 ? `?${pairs.join("&")}` : ""}`;
            // Within the app, as a link would: the whole page is loaded anew only now and then.
            if (i % 10 === 0) await page.goto(`./${address}`);
            else {
                await page.evaluate((address) => {
                    history.pushState(null, "", address);
                    dispatchEvent(new PopStateEvent("popstate"));
                }, address);
            }
            await expect(page.locator("main h1").first(), address).toBeVisible();
            await expect(page.locator("#failure"), address).toBeHidden();
            await expect.poll(async () => (await page.locator("main").innerText()).length, address).toBeGreaterThan(40);
        }
    });
}
