// The static page that stands before the app says what the app says.
import { expect } from "../fixtures.mjs";

/** `html` is the page as it was served. */
export async function saysWhatWasServed(page, html) {
    const [before, after] = await page.evaluate((html) => {
        const texts = (root, selector) => [...root.querySelectorAll(selector)].map((element) => element.textContent);
        const said = (root) => ({
            words: texts(root, "header, h1, h2, h3, .lead, .card, .summary, .controls, .tabs, .limits, .definition, .source, .source-line, .actions, .paths, .prose, footer"),
            cells: [...root.querySelectorAll("th, td")].map((cell) => [cell.textContent, cell.dataset.value, cell.dataset.qualifier]),
            links: [...root.querySelectorAll("a[href]")].map((link) => link.getAttribute("href").replace(/\/(?=[?#]|$)/, "")),
            facts: [...root.querySelectorAll("[data-fact]")].map((element) => element.dataset.fact),
        });
        const page = new DOMParser().parseFromString(html, "text/html");
        return [
            { title: page.title, ...said(page.querySelector("#boot")) },
            { title: document.title, ...said(document.querySelector("#app")) },
        ];
    }, html);
    // Of a page's own part of the package rows are named by their places in it.
    const [, part] = html.match(/<meta name="part" content="([^"]+)">/) ?? [];
    if (part) {
        const address = await page.evaluate((part) => new URL(part, document.baseURI).href, part);
        const { places } = await (await page.request.get(address)).json(); // not as the page, which asks for nothing twice
        const inPart = (topic, row) => places[topic].map(([from, to, count]) => (row >= from && row < from + count ? to + row - from : undefined)).find((found) => found !== undefined);
        before.facts = before.facts.map((fact) => fact.replace(/(\w+)\.(\d+)$/, (token, topic, row) => (topic in places ? `${topic}.${inPart(topic, Number(row))}` : token)));
    }
    expect(before.words.length).toBeGreaterThan(3);
    expect(before).toEqual(after);
}
