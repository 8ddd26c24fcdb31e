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
    expect(before.words.length).toBeGreaterThan(3);
    expect(before).toEqual(after);
}
