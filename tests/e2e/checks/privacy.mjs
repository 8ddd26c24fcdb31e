// What a page asks for and keeps.
import { expect } from "../fixtures.mjs";

/** Everything that a browser can keep for a site. */
export const kept = (page) =>
    page.evaluate(async () => ({
        cookies: document.cookie,
        local: Object.fromEntries(Object.entries(localStorage)),
        session: Object.fromEntries(Object.entries(sessionStorage)),
        databases: (await indexedDB.databases()).length,
        caches: await caches.keys(),
        workers: (await navigator.serviceWorker.getRegistrations()).length,
    }));
/** The configuration blocks the worker; what it keeps is the site's own files and nothing else: offline.spec.mjs. */
export const nothing = { cookies: "", local: {}, session: {}, databases: 0, caches: [], workers: 0 };


/** Before the page opens: what its policy refuses is noted. */
export const watchPolicy = (page) =>
    page.addInitScript(() => {
        window.refused = [];
        document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => window.refused.push(`${violatedDirective} ${blockedURI}`));
    });

/** Asks nobody else, asks nothing twice, keeps nothing and breaks no rule. */
export async function asksAndKeepsNothing(page, requests, baseURL) {
    const home = new URL("/", baseURL).href;
    await page.waitForLoadState("networkidle");
    const foreign = requests.filter((url) => !url.startsWith(home) && !/^(data|blob):/.test(url));
    expect(foreign).toEqual([]);
    expect(requests.filter((url) => url.endsWith(".wasm"))).toHaveLength(1);
    expect(requests.filter((url, i) => requests.indexOf(url) !== i)).toEqual([]); // nothing is fetched twice
    expect(await page.evaluate(() => window.refused)).toEqual([]);
    expect(await kept(page)).toEqual(nothing);
    expect(await page.context().cookies()).toEqual([]);
    // Links to sources tell them nothing about the reader.
    const links = page.locator(`a[href^="http"]:not([href^="${home}"])`);
    for (const rel of await links.evaluateAll((all) => all.map((link) => link.rel))) expect(rel.split(" ")).toEqual(expect.arrayContaining(["noopener", "noreferrer"]));
    expect(await page.locator("iframe, img[src^=http], link[href^=http], script[src^=http]").evaluateAll((all) => all.map((one) => one.src ?? one.href).filter((url) => !url.startsWith(origin)))).toEqual([]);
}
