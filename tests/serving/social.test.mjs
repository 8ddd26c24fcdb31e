// What other sites are told: heads of pages, cards of shared links, the list of all pages. With what the build is given of the real
// package, for a made-up address: node --test tests/serving/*.test.mjs
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { bounds, card, draw } from "../../script/cards.mjs";
import { cardOf, frameTags, pathOf, robots, sitemap, tags } from "../../script/social.mjs";

const site = "https://example.org/sub/";
const folder = mkdtempSync(join(tmpdir(), "twin-"));
after(() => rmSync(folder, { recursive: true }));
const twin = ["run", "--locked", "--offline", "--quiet", "--bin", "twin", "--", "public/data", "/sub/", folder, "versions", "https://example.org"];
const pages = JSON.parse(execFileSync("cargo", twin, { maxBuffer: 200_000_000 })).filter(({ foot }) => !foot);
const withCard = pages.filter(({ card }) => card);

/** A text as a reader sees it, whatever its spaces. */
const plain = (text) => text.replace(/<[^>]*>/g, " ").replaceAll("&amp;", "&").replaceAll("&lt;", "<").replace(/\s+/g, " ");

test("views, talks and main pages have a card in both languages, whose words are whole and whose numbers have a source", async () => {
    assert.ok(withCard.length > 80, `${withCard.length} cards`);
    assert.equal(withCard.length % 2, 0);
    let [charts, numbers, sentences] = [0, 0, 0];
    for (const { route, lang, card: says } of withCard) {
        const svg = draw(says, lang, "example.org");
        const { left, right, bottom } = await bounds(svg);
        assert.ok(left > 50 && right < 1150 && bottom < 615, `${lang} ${route}: from ${left} to ${right}, down to ${bottom}`);
        const text = plain(svg);
        const has = (part) => assert.ok(text.includes(plain(part).trim()), `${lang} ${route}: "${part}" is not in "${text}"`);
        has(says.title);
        if (says.source) has(says.source);
        if (says.chart) {
            charts += 1;
            for (const { words } of says.chart.legend) has(words);
        } else if (says.numbers?.length > 0) {
            for (const { value, meaning, caution, source } of says.numbers) {
                numbers += 1;
                for (const part of [value, meaning, caution ?? "", source]) has(part);
                assert.ok(source, `${lang} ${route}: ${value} has no source`);
            }
        } else {
            sentences += 1;
            has(says.text.split(/(?<=[.!?…]) +/)[0]);
        }
    }
    assert.ok(charts > 20 && numbers > 10 && sentences > 20, `${charts} charts, ${numbers} numbers, ${sentences} sentences`);
});

test("a card is a PNG of the size that is told, the same each time", async () => {
    const { card: says, lang } = withCard.find(({ route, lang }) => route === "view/remittances" && lang === "uk");
    const png = Buffer.from(await card(says, lang, "example.org"));
    assert.deepEqual([png.toString("latin1", 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)], ["PNG", 1200, 630]);
    assert.ok(Buffer.from(await card(says, lang, "example.org")).equals(png));
    assert.ok(!Buffer.from(await card({ ...says, title: "–" }, lang, "example.org")).equals(png));
});

test("a page's head names its picture and its twin by whole addresses, or not at all", () => {
    for (const { route, lang, title, description } of pages) {
        const head = tags({ site, route, lang, title, description });
        const address = site + pathOf(route, lang);
        assert.ok(head.includes(`<meta property="og:image" content="${site}${cardOf(route, lang)}">`), head);
        assert.ok(head.includes(`<link rel="canonical" href="${address}">`) && head.includes(`hreflang="${lang}" href="${address}"`), head);
        // The card that is named is made.
        assert.ok(withCard.some((one) => cardOf(one.route, one.lang) === cardOf(route, lang)), `${route}: no ${cardOf(route, lang)}`);
        const without = tags({ site: "", route, lang, title, description });
        assert.doesNotMatch(without, /og:image|og:url|canonical|hreflang/);
        assert.match(without, /og:title/);
    }
    assert.match(frameTags({ site, page: `${site}view/remittances` }), /rel="canonical" href="https:[^"]*view\/remittances"/);
    assert.equal(frameTags({ site: "", page: "/view/remittances" }), "");
    assert.match(tags({ site, route: "", lang: "en", title: '<"&', description: "" }), /og:title" content="&lt;&quot;&amp;"/);
});

test("the list of pages has each in both languages, and nothing else", () => {
    const routes = [...new Set(pages.map(({ route }) => route))];
    const xml = sitemap(site, routes);
    const listed = [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => address);
    assert.deepEqual(listed.toSorted(), pages.map(({ route, lang }) => site + pathOf(route, lang)).toSorted());
    assert.equal(xml.match(/<xhtml:link /g).length, 2 * listed.length);
    assert.equal(robots(site), `User-agent: *\nAllow: /\n\nSitemap: ${site}sitemap.xml\n`);
    assert.doesNotMatch(robots(""), /Sitemap/);
});
