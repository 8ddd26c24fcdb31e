// The page every spec gets: it fails the test on console errors, refused content, uncaught exceptions and requests to another
// origin, unless the test says allow(/…/) about exactly that.
import { test as base, expect } from "@playwright/test";

// Warnings that mean something is loaded twice, or not at all.
const telling = /preload|integrity|Content Security Policy|Refused to/i;

export const test = base.extend({
    allow: async ({}, use) => {
        const patterns = [];
        await use(Object.assign((pattern) => patterns.push(pattern), { patterns }));
    },
    /** The reader does something at once, and the app starts; without, it waits until something is done or for five seconds. */
    acts: [true, { option: true }],
    /** Addresses of all requests, in order. */
    requests: async ({}, use) => use([]),
    context: async ({ context, allow, requests, baseURL, acts }, use) => {
        if (acts) await context.addInitScript(() => addEventListener("DOMContentLoaded", () => dispatchEvent(new Event("pointermove"))));
        const problems = [];
        const report = (text) => problems.push(text);
        const home = new URL(baseURL).origin;
        context.on("console", (message) => {
            if (message.type() === "error" || telling.test(message.text())) {
                report(`console ${message.type()}: ${message.text()} (${message.location().url})`);
            }
        });
        context.on("weberror", (error) => report(`uncaught: ${error.error()}`));
        context.on("request", (request) => {
            const { origin, protocol } = new URL(request.url());
            requests.push(request.url());
            if (origin !== home && !["data:", "blob:"].includes(protocol)) report(`request to another origin: ${request.url()}`);
        });
        const route = context.route.bind(context);
        context.route = (pattern, ...rest) => apart(route, pattern, rest);
        await use(context);
        expect(problems.filter((text) => !allow.patterns.some((pattern) => pattern.test(text)))).toEqual([]);
    },
    /** Goes on when the app has taken the static page's place, or has failed: before, links and buttons are a plain page's. */
    page: async ({ page, javaScriptEnabled, acts }, use) => {
        const route = page.route.bind(page);
        page.route = (pattern, ...rest) => apart(route, pattern, rest);
        const over = page.locator("html[data-failed], body:not(:has(#boot)), #stands .failure");
        for (const way of ["goto", "reload"]) {
            const go = page[way].bind(page);
            page[way] = async (...args) => {
                const response = await go(...args);
                if (acts && javaScriptEnabled !== false) await over.waitFor({ state: "attached", timeout: 6_000 }).catch(() => {});
                return response;
            };
        }
        await use(page);
    },
});

/** A page brings its own part of the package in one file and asks for no other. Where a test has its own answer to one of the package's files,
 * the part is none: the page asks for the files one by one. */
async function apart(route, pattern, rest) {
    if (/data\/|config/.test(String(pattern).replaceAll("\\", ""))) await route("**/parts/*.json", (request) => request.fulfill({ body: "" }));
    return route(pattern, ...rest);
}

export { expect };

/** The app has taken over from the static page. */
export async function mounted(page) {
    await expect(page.locator("#boot")).toHaveCount(0);
    await expect(page.locator("main")).toBeVisible();
    await expect(page.locator("#failure")).toBeHidden();
}
