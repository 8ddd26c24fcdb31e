// Charts on other people's pages: tests/e2e/hosts/ are those pages, served from another site than ours.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { serve } from "../../script/gzip-server.mjs";
import { accessible, fits as fitsScreens } from "./checks/access.mjs";
import { offenders } from "./checks/language.mjs";
import { kept, nothing } from "./checks/privacy.mjs";
import { expect, test } from "./fixtures.mjs";
import { address, descriptor, languages, of, rows, t, view, views } from "./pages.mjs";

// The other site: another name, so that browsers keep the two apart.
const pages = new Map();
const server = createServer(({ url }, response) => {
    response.setHeader("content-type", "text/html;charset=utf-8");
    response.end(pages.get(url));
});
test.beforeAll(() => new Promise((done) => server.listen(0, "127.0.0.1", done)));
test.afterAll(() => server.close());
const host = (name) => `http://${name}:${server.address().port}`;
// Of no origin: the strictest that a host can ask for.
const SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads";
const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const hostFile = (name) => readFileSync(fileURLToPath(new URL(`hosts/${name}.html`, import.meta.url)), "utf8");

/** Opens a page of another site. What frames say to it is kept in `heard`. */
async function visit(page, baseURL, allow, file, { route = "embed/remittances", attributes = "", sandbox = SANDBOX, element = "", frames, name = "localhost" } = {}) {
    allow(new RegExp(`request to another origin: ${host(name)}`));
    const src = new URL(route, baseURL).href.replaceAll("&", "&amp;");
    const frame = (src) => `<iframe src="${src}" title="Chart" loading="lazy"${sandbox === null ? "" : ` sandbox="${sandbox}"`} width="100%" height="860" frameborder="0" ${attributes}></iframe>`;
    const values = { src, title: "Chart", site: baseURL, origin: new URL(baseURL).origin, frame: frame(src), element, frames: (frames ?? []).map((route) => frame(new URL(route, baseURL).href)).join("\n") };
    const body = hostFile(file).replace(/\{\{(\w+)\}\}/g, (_, key) => values[key]);
    const path = `/${file}-${pages.size}`;
    pages.set(path, body);
    await page.addInitScript(() => {
        if (window !== top) return;
        window.heard = [];
        addEventListener("message", ({ data }) => window.heard.push(data));
    });
    await page.goto(host(name) + path);
}

/** The figure in a frame, drawn. */
async function ready(page, id = "remittances", at = 0) {
    const frame = page.locator("iframe").nth(at).contentFrame();
    await page.locator("iframe").nth(at).scrollIntoViewIfNeeded();
    const figure = frame.locator(`#app figure[data-view="${id}"]`);
    await expect(figure).toBeAttached({ timeout: 15_000 });
    await figure.locator(".plot").first().scrollIntoViewIfNeeded();
    await expect(figure).toHaveAttribute("data-state", "ready", { timeout: 15_000 });
    return { frame, figure };
}

const heights = (page) => page.evaluate(() => window.heard.filter((data) => data?.source === "diaspora-impact" && data.type === "height").map(({ height }) => height));
const contentHeight = (frame) => frame.locator("body").evaluate((body) => Math.ceil(body.getBoundingClientRect().height));
/** The host's frame is as high as what it holds. */
const fits = async (page, frame) => expect.poll(async () => (await page.locator("iframe").first().evaluate(({ clientHeight }) => clientHeight)) - (await contentHeight(frame))).toBe(0);

for (const lang of languages) {
    test(`${lang}: one line shows the chart in a sandbox, in its language and without script of the host`, async ({ page, baseURL, allow }) => {
        await visit(page, baseURL, allow, "plain", { route: address(lang, "embed/remittances") });
        const { frame, figure } = await ready(page);
        await expect(frame.locator("html")).toHaveAttribute("lang", lang);
        await expect(figure.locator(".figure-title")).toHaveText(of(view("remittances"), "title", lang));
        await expect(figure.locator(".source-line")).toBeVisible();
        await expect(frame.getByRole("link", { name: t(lang, "embed.full-view") })).toBeVisible();
        await expect(frame.locator(".site-header, .site-footer, .takeaway, .compare")).toHaveCount(0);
        await figure.locator("[data-tab=table]").click();
        await expect(figure.locator("table").first()).toBeVisible();
    });
}

test("a choice in the sandbox is told to the host and goes along to the full chart", async ({ page, baseURL, allow }) => {
    await visit(page, baseURL, allow, "plain");
    const { frame, figure } = await ready(page);
    await figure.locator("[data-unit=pct_gdp]").click();
    await expect(figure.locator("[data-unit=pct_gdp]")).toHaveAttribute("aria-pressed", "true");
    await figure.locator("[data-tab=table]").click();
    await expect(figure).toHaveAttribute("data-open", "table");
    await expect.poll(() => page.evaluate(() => window.heard.findLast((data) => data?.type === "state"))).toMatchObject({ source: "diaspora-impact", view: "remittances", query: "tab=table&unit=pct_gdp" });
    await expect(frame.locator(".embed-link a")).toHaveAttribute("href", /\/view\/remittances\?tab=table&unit=pct_gdp$/);
    expect(await page.evaluate(() => history.length)).toBeLessThan(4); // the host's Back does not lead through the chart's choices
    const [full] = await Promise.all([page.waitForEvent("popup"), frame.locator(".embed-link a").click()]);
    await expect(full.locator("#app figure[data-view=remittances]")).toHaveAttribute("data-open", "table");
});

test("the address's choices are shown", async ({ page, baseURL, allow }) => {
    await visit(page, baseURL, allow, "plain", { route: "embed/remittances?tab=table&place=UKR~PHL" });
    const frame = page.locator("iframe").contentFrame();
    await expect(frame.locator("#app figure")).toHaveAttribute("data-open", "table");
    await expect(frame.locator(".chips [data-place=PHL]")).toBeVisible();
});

test("no choice is offered whose rows a frame does not bring", async ({ page, baseURL, allow }) => {
    await visit(page, baseURL, allow, "plain", { route: "embed/remittances" });
    const { figure } = await ready(page);
    await figure.locator(".options > summary").press("Enter");
    await expect(figure.locator('[data-set="annotations=off"]')).toBeVisible();
    await expect(figure.locator('[data-set="annotations=events"]')).toBeHidden();
});

test("the height is the content's, whatever the frame's", async ({ page, baseURL, allow }) => {
    await visit(page, baseURL, allow, "plain");
    const { frame } = await ready(page);
    await expect.poll(async () => (await heights(page)).at(-1)).toBe(await contentHeight(frame));
    const before = await heights(page);
    for (const height of [100, 300, 700, 1200, 2000]) {
        await page.locator("iframe").evaluate((iframe, height) => { iframe.style.height = `${height}px`; }, height);
        await expect.poll(() => frame.locator("html").evaluate(() => innerHeight)).toBe(height);
        await frame.locator("html").evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    }
    expect(await heights(page)).toEqual(before);
});

test("fifty new widths: at most two messages each, and back to the first height", async ({ page, baseURL, allow }) => {
    test.slow();
    await visit(page, baseURL, allow, "script");
    const { frame } = await ready(page);
    await fits(page, frame);
    const first = (await heights(page)).at(-1);
    const to = async (width) => {
        const before = (await heights(page)).length;
        await page.locator("#column").evaluate((column, width) => { column.style.width = width; }, width);
        await expect.poll(() => frame.locator("html").evaluate(() => `${innerWidth}px`)).toBe(width);
        await frame.locator("html").evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))));
        await fits(page, frame);
        expect((await heights(page)).length - before, width).toBeLessThanOrEqual(2);
    };
    const start = await frame.locator("html").evaluate(() => `${innerWidth}px`);
    for (let i = 0; i < 50; i += 1) await to(`${320 + ((i * 137) % 800)}px`);
    await to("320px");
    expect((await heights(page)).at(-1)).toBeGreaterThan(first);
    await to(start);
    expect((await heights(page)).at(-1)).toBe(first);
});

test("frames do not mix, and strangers are not heard", async ({ page, baseURL, allow }) => {
    await visit(page, baseURL, allow, "ten", { frames: ["embed/remittances", "embed/people-reached"] });
    await ready(page, "remittances", 0);
    await ready(page, "people-reached", 1);
    const sizes = () => page.locator("iframe[src]").evaluateAll((all) => all.map(({ style }) => style.height));
    const [one, other] = [await contentHeight(page.locator("iframe").nth(0).contentFrame()), await contentHeight(page.locator("iframe").nth(1).contentFrame())];
    await expect.poll(sizes).toEqual([`${one}px`, `${other}px`]);
    expect(one).not.toBe(other);
    // A frame of the host's own and the host itself say the same words; an advertisement asks the chart.
    const before = (await heights(page)).length;
    await page.evaluate(async () => {
        const words = (height) => JSON.stringify({ source: "diaspora-impact", type: "height", view: "remittances", height });
        const heard = new Promise((done) => addEventListener("message", ({ data }) => data === "said" && done()));
        const stranger = document.createElement("iframe");
        stranger.srcdoc = `<script>parent.postMessage(${words(77)}, "*"); parent.frames[0].postMessage({ source: "diaspora-impact", type: "ask" }, "*"); parent.postMessage("said", "*")<\/script>`;
        document.body.append(stranger);
        postMessage(JSON.parse(words(78)), "*");
        for (const noise of [null, 7, "height", { source: "diaspora-impact" }, { source: { toString: null } }]) postMessage(noise, "*");
        await heard;
    });
    // What the chart would have answered comes before the answer to a question that it does hear.
    await page.evaluate(() => document.querySelector("iframe").contentWindow.postMessage({ source: "diaspora-impact", type: "ask" }, "*"));
    await expect.poll(async () => (await heights(page)).length).toBe(before + 3); // 77, 78 and one answer
    expect(await sizes()).toEqual([`${one}px`, `${other}px`]);
});

test("WordPress gives the height by its own script, with ours stripped", async ({ page, baseURL, allow }) => {
    await visit(page, baseURL, allow, "wordpress");
    const { frame } = await ready(page);
    const height = Math.min(1000, await contentHeight(frame));
    await expect(page.locator("iframe")).toHaveAttribute("height", String(height));
});

test.describe("where the reader has no JavaScript", () => {
    test.use({ javaScriptEnabled: false });
    test("the table and the sources stand, and the way to the full chart", async ({ page, baseURL, allow }) => {
        await visit(page, baseURL, allow, "plain");
        const frame = page.locator("iframe").contentFrame();
        await expect(frame.getByRole("heading", { level: 1 })).toHaveText(view("remittances").title_en);
        await expect(frame.locator(`td[data-value="${published().value}"]`).first()).toBeVisible();
        await expect(frame.locator(".plot img")).toBeVisible();
        await expect(frame.locator(".plot img")).toHaveJSProperty("naturalHeight", 420);
        await expect(frame.locator(".source-line")).toBeVisible();
        await expect(frame.getByRole("link", { name: t("en", "embed.full-view") })).toBeVisible();
    });
});

test("the chart's picture stands before the app has come, and what comes is as high", async ({ page, baseURL, allow }) => {
    let come;
    const held = new Promise((done) => { come = done; });
    await page.route("**/*.wasm", async (route) => {
        await held;
        await route.fallback();
    });
    await visit(page, baseURL, allow, "script", { route: "embed/remittances?theme=light" });
    const frame = page.locator("iframe").contentFrame();
    const picture = frame.locator("#boot .plot img");
    await expect(picture).toBeVisible();
    await expect(picture).toHaveJSProperty("naturalHeight", 420); // it is sound
    await expect(frame.locator("#boot figure")).toHaveAttribute("data-state", "static");
    await fits(page, frame);
    const before = await contentHeight(frame);
    const { height, width } = await picture.boundingBox();
    come();
    const { figure } = await ready(page);
    const chart = await figure.locator(".plot-canvas").boundingBox();
    expect({ height: chart.height, width: Math.round(chart.width) }).toEqual({ height, width: Math.round(width) });
    expect(await contentHeight(frame)).toBe(before);
    await expect(figure.locator(".plot img")).toBeHidden();
});

test("a host with a strict policy shows the chart", async ({ page, baseURL, allow }) => {
    await visit(page, baseURL, allow, "strict");
    const { figure } = await ready(page);
    await expect(figure.locator(".source-line")).toBeVisible();
});

test("a page from right to left and a host's own borders", async ({ page, baseURL, allow }) => {
    await visit(page, baseURL, allow, "rtl");
    const { frame } = await ready(page);
    await fits(page, frame);
    await expect(frame.locator("html")).toHaveCSS("direction", "ltr");
});

test("a dark host's element is dark, tells height and state, and shows what its attributes say", async ({ page, baseURL, allow }) => {
    await page.emulateMedia({ colorScheme: "dark" });
    await visit(page, baseURL, allow, "dark", { element: '<impact-chart view="remittances" lang="uk" theme="auto" place="UKR~POL"><a href="#">Chart</a></impact-chart>' });
    const { frame, figure } = await ready(page);
    await expect(frame.locator("html")).toHaveAttribute("lang", "uk");
    await expect(frame.locator("html")).toHaveCSS("color-scheme", "dark");
    await expect(figure.locator(".chips [data-place=POL]")).toBeVisible();
    await expect(page.locator("impact-chart > a")).toBeHidden();
    await fits(page, frame);
    await expect(page.locator("iframe")).toHaveAttribute("title", /\S/);
    const told = page.evaluate(() => new Promise((done) => document.querySelector("impact-chart").addEventListener("state", ({ detail }) => done(detail), { once: true })));
    await figure.locator("[data-tab=sources]").click();
    expect(await told).toEqual({ view: "remittances", query: expect.stringContaining("tab=sources") });
    const grown = page.evaluate(() => new Promise((done) => document.querySelector("impact-chart").addEventListener("height", ({ detail }) => detail.view === "people-reached" && done(detail))));
    await page.evaluate(() => { document.querySelector("impact-chart").setAttribute("view", "people-reached"); });
    expect(await grown).toMatchObject({ view: "people-reached" });
});

test("an element comes, goes, moves and changes fifty times and leaves nothing behind", async ({ page, baseURL, allow }) => {
    await visit(page, baseURL, allow, "dark", { element: '<section></section><div style="height: 6000px"></div><aside></aside>' });
    await expect.poll(() => page.evaluate(() => Boolean(customElements.get("impact-chart")))).toBe(true);
    const devtools = await page.context().newCDPSession(page);
    const counters = async () => {
        await devtools.send("HeapProfiler.collectGarbage");
        const { jsEventListeners, documents } = await devtools.send("Memory.getDOMCounters");
        return { jsEventListeners, documents };
    };
    // Far below the screen, so that the frames load nothing.
    const rounds = (n) => page.evaluate(async (n) => {
        for (let i = 0; i < n; i += 1) {
            const element = document.createElement("impact-chart");
            element.setAttribute("view", "remittances");
            document.querySelector("aside").append(element);
            element.setAttribute("theme", "dark");
            element.setAttribute("place", "UKR~POL");
            await null;
            const { src } = element.querySelector("iframe");
            if (!src.endsWith("/embed/remittances?place=UKR~POL&theme=dark")) throw new Error(src);
            document.querySelector("aside").before(element);
            if (element.querySelectorAll("iframe").length !== 1) throw new Error("a frame more");
            element.removeAttribute("theme");
            await null;
            element.remove();
        }
    }, n);
    await rounds(2);
    const before = await counters();
    await rounds(50);
    await expect.poll(counters).toEqual(before);
});

test("theme, colour, type, height and what is left out are the host's; the publishers stay", async ({ page, baseURL, allow }) => {
    await visit(page, baseURL, allow, "script", { route: "embed/remittances?theme=dark&accent=7a1f5c&font=serif&hide=title,tabs,source-link&minHeight=1900" });
    const { frame, figure } = await ready(page);
    await expect(frame.locator("html")).toHaveCSS("color-scheme", "dark");
    await expect(figure.locator(".lead")).toHaveCSS("font-family", /^Georgia/);
    await expect(figure.locator(".tabs")).toBeHidden();
    await expect(frame.locator(".embed-link")).toBeHidden();
    await expect(figure.locator(".source-line")).toBeVisible();
    await expect(figure).toHaveAccessibleName(view("remittances").title_en); // hidden for the eye alone
    expect((await figure.locator(".figure-title").boundingBox()).width).toBeLessThanOrEqual(1);
    await expect.poll(async () => (await heights(page)).at(-1)).toBe(1900);
    const accent = await frame.locator("html").evaluate((root) => getComputedStyle(root).getPropertyValue("--accent"));
    expect(accent).not.toBe("#7a1f5c"); // too dark for this ground
    expect(await contrastOf(page, accent, "dark")).toBeGreaterThanOrEqual(4.5);
    // What tells the lines apart stays as it is, in the chart and beside it.
    await expect(figure.locator(".plot-canvas path[stroke='#6cb0ff']").first()).toHaveCSS("stroke", "rgb(108, 176, 255)");
    await expect(figure.locator("[data-tone=accent]").first()).toHaveCSS("color", "rgb(108, 176, 255)");
});

/** Said again in our own words: WCAG 2.2, relative luminance. */
const contrastOf = async (_page, accent, theme) => {
    const light = (hex) => hex.match(/[0-9a-f]{2}/gi).map((pair) => parseInt(pair, 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const [low, high] = [light(accent), light(theme === "dark" ? "#1a222b" : "#f4f6f8")].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
};

for (const bad of ["accent=javascript:alert(1)", "accent=red;background:url(//example.org)", "accent=%3Cimg%20src=x%3E", "font=comic", "hide=source-line", "minHeight=1e9", "theme=loud"]) {
    test(`what is not understood is left out and said: ${bad}`, async ({ page, baseURL, allow }) => {
        await visit(page, baseURL, allow, "plain", { route: `embed/remittances?${bad}` });
        const { frame, figure } = await ready(page);
        await expect(frame.locator(".embed-note")).toContainText(decodeURIComponent(bad).slice(0, 30));
        await expect(frame.locator(".embed-note img")).toHaveCount(0);
        await expect(figure.locator(".source-line")).toBeVisible();
        expect(await frame.locator("html").getAttribute("style")).toBeNull();
    });
}

test("a bad choice of the view's own is told in the figure", async ({ page, baseURL, allow }) => {
    await visit(page, baseURL, allow, "plain", { route: "embed/remittances?tab=map" });
    const { figure } = await ready(page);
    await expect(figure.locator(".notice")).toContainText("map");
});

test("an unknown view is said to be unknown, with ways on that leave the frame", async ({ page, baseURL, allow }) => {
    allow(/status of 404/);
    await visit(page, baseURL, allow, "script", { route: "embed/no-such-view" });
    const frame = page.locator("iframe").contentFrame();
    await expect(frame.getByRole("heading", { level: 1 })).toHaveText(t("en", "not-found.title"));
    await expect(frame.locator(".site-header, .site-footer")).toHaveCount(0);
    const [full] = await Promise.all([page.waitForEvent("popup"), frame.locator("main li a").first().click()]);
    await expect(full.locator("main h1")).toBeVisible();
});

for (const version of ["000000000000", "../../config", "__proto__", ""]) {
    test(`figures that are not kept: the title, the reason, the way to the newest, and none that pass for them: "${version}"`, async ({ page, baseURL, allow, requests }) => {
        await visit(page, baseURL, allow, "script", { route: `embed/remittances?version=${version}` });
        const frame = page.locator("iframe").contentFrame();
        await expect(frame.locator(".embed-note")).toHaveText(t("en", "embed.missing"));
        await expect(frame.getByRole("link", { name: t("en", "embed.full-view") })).toBeVisible();
        await page.waitForLoadState("networkidle");
        await expect(frame.getByRole("heading", { level: 1 })).toHaveText(view("remittances").title_en);
        await expect(frame.locator("[data-value]:visible, .skeleton:visible, .plot:visible")).toHaveCount(0);
        await expect.poll(async () => (await heights(page)).at(-1)).toBeLessThan(400);
        expect(requests.filter((url) => url.includes("/data/"))).toEqual([]);
    });
}

test("without WebAssembly the tables stand, and the way to the full chart", async ({ page, baseURL, allow }) => {
    allow(/wasm|ERR_FAILED/);
    await page.route("**/*.wasm", (route) => route.abort());
    await visit(page, baseURL, allow, "script");
    const frame = page.locator("iframe").contentFrame();
    await expect(frame.locator("#failure")).toBeVisible();
    await expect(frame.getByRole("heading", { name: view("remittances").title_en })).toBeVisible();
    await expect(frame.locator("table").first()).toBeVisible();
    await expect(frame.getByRole("link", { name: t("en", "embed.full-view") })).toBeVisible();
    await fits(page, frame);
});

test("a package that does not come is told, and comes when asked again", async ({ page, baseURL, allow }) => {
    allow(/ERR_INTERNET_DISCONNECTED/);
    let isOff = true;
    await page.route("**/data/v/**", (route) => (isOff ? route.abort("internetdisconnected") : route.fallback()));
    await visit(page, baseURL, allow, "script");
    const frame = page.locator("iframe").contentFrame();
    const alert = frame.locator("#stands").getByRole("alert");
    await expect(alert).toContainText(t("en", "load.network"), { timeout: 15_000 });
    // What was published with the frame stands meanwhile.
    await expect(frame.locator("figure .plot picture")).toBeVisible();
    await fits(page, frame);
    await expect(frame.getByRole("link", { name: t("en", "embed.full-view") })).toBeVisible();
    isOff = false;
    await alert.getByRole("button").click();
    await ready(page);
});

test("a frame that may store keeps nothing, and one that may not does not mind", async ({ page, baseURL, allow, context }) => {
    await context.addInitScript(() => {
        if (window === top || !location.search.includes("blocked")) return;
        for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
            Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } });
        }
        Object.defineProperty(document, "cookie", { get() { throw new DOMException("blocked", "SecurityError"); } });
    });
    // On a page of the same name: browsers block what a third party stores by themselves.
    await visit(page, baseURL, allow, "ten", { name: "127.0.0.1", sandbox: null, frames: ["embed/remittances", "embed/remittances?blocked=1"] });
    for (const at of [0, 1]) {
        const { figure } = await ready(page, "remittances", at);
        await figure.locator("[data-tab=table]").click();
        await figure.locator("td button").first().click();
        await expect(page.locator("iframe").nth(at).contentFrame().locator("dialog.certificate")).toBeVisible();
    }
    expect(await kept(page.frames().find((frame) => frame.url().endsWith("embed/remittances")))).toEqual(nothing);
    expect(await context.cookies()).toEqual([]);
});

for (const lang of languages) {
    test(`${lang}: axe finds nothing in a frame, nothing wider than a phone`, async ({ page }) => {
        test.slow();
        await page.setViewportSize({ width: 360, height: 800 });
        for (const route of ["embed/remittances", "embed/agreements", "embed/idps-by-oblast?tab=table"]) {
            await page.goto(address(lang, route));
            await expect(page.locator("#app figure")).toHaveAttribute("data-state", /static|ready/);
            await accessible(page);
            expect(await page.evaluate(() => document.documentElement.scrollWidth), route).toBeLessThanOrEqual(360);
        }
    });
}

test("what the site's style sheet leaves out for frames, no frame shows", async ({ page, allow }) => {
    test.slow();
    const css = readFileSync(fileURLToPath(new URL("../../src/shell/style.css", import.meta.url)), "utf8");
    const left = css.match(/\/\* Not in embeds[\s\S]*?\/\* End of it\. \*\//g).join("\n");
    const shown = (where) => page.evaluate(([css, where]) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        const rules = (list) => [...list].flatMap((rule) => (rule.selectorText ? [rule.selectorText] : []).concat(rule.cssRules ? rules(rule.cssRules) : []));
        const all = rules(sheet.cssRules).flatMap((text) => text.split(/,(?![^(]*\))/)).map((text) => text.trim());
        if (all.length < 100) throw new Error(`${all.length} selectors`);
        // In no state: not only in the one that the element is in now.
        return all.map((text) => text.replace(/::?(before|after|hover|focus|focus-visible|focus-within|active|checked|disabled|backdrop|marker)\b/g, "")).filter((text) => document.querySelector(text)).map((text) => `${where}: ${text}`);
    }, [left, where]);
    const found = [];
    for (const { id, kind } of views) {
        await page.goto(`./embed/${id}`);
        const figure = page.locator("#app figure[data-view]");
        await expect(figure).toHaveAttribute("data-state", /static|ready/);
        found.push(...(await shown(`${id} ${kind}`)));
    }
    // All that opens: choices, sources, a certificate; and what stands there when rows do not come.
    await page.goto("./embed/remittances");
    const figure = page.locator("#app figure[data-view]");
    await figure.locator(".picker summary").first().click();
    await figure.locator(".options > summary").press("Enter");
    await figure.locator("[data-tab=sources]").click();
    found.push(...(await shown("sources")));
    await figure.locator("[data-tab=table]").click();
    await figure.locator("td button").first().click();
    await expect(page.locator("dialog.certificate")).toBeVisible();
    found.push(...(await shown("certificate")));
    await page.goto("./embed/remittances?tab=map&time=1900..1901");
    await expect(page.locator("#app .notice").first()).toBeVisible();
    await expect(page.locator("#app .empty").first()).toBeVisible();
    found.push(...(await shown("bad choices")));
    allow(/ERR_FAILED/);
    await page.route("**/data/v/**", (route) => route.abort());
    await page.goto("./embed/people-reached");
    await expect(page.locator("#stands .failure")).toBeVisible({ timeout: 15_000 });
    found.push(...(await shown("failure")));
    await page.route("**/*.wasm", (route) => route.abort());
    await page.goto("./embed/people-reached");
    await expect(page.locator("#failure")).toBeVisible();
    found.push(...(await shown("stopped")));
    expect(found).toEqual([]);
});

// Frozen and live.

/** What the build says of a version that is no longer the present one; changes.spec.mjs has it from the build. */
const FROZEN = "As published then; newer figures exist.";

/** The site after newer figures were published: its page knows a version more, whose value of 2023 differs. */
function movedOn(value) {
    const newer = "ffffffffffff";
    return serve(dist, (url) => url.replace(newer, descriptor.version), (url, bytes) => {
        if (url.startsWith("/embed/remittances")) {
            return bytes.toString().replace(` data-version="${descriptor.version}"`, ` data-version="${newer}"`).replace(`&quot;${descriptor.version}&quot;:&quot;&quot;`, `&quot;${newer}&quot;:&quot;&quot;,&quot;${descriptor.version}&quot;:&quot;${FROZEN}&quot;`);
        }
        if (!url.includes(newer)) return bytes;
        const files = JSON.parse(bytes);
        const name = "observations-remittances.json";
        files[name] = JSON.stringify(JSON.parse(files[name]).map((row) => (row.value === published().value ? { ...row, value } : row)));
        const sealed = JSON.parse(files["datapackage.json"]);
        const entry = sealed.resources.find(({ path }) => path === name);
        entry.hash = `sha256:${createHash("sha256").update(files[name]).digest("hex")}`;
        entry.size_bytes = Buffer.byteLength(files[name]);
        return JSON.stringify({ ...files, "datapackage.json": JSON.stringify(sealed) });
    });
}
const published = () => rows("observations-remittances").find(({ series, place, period_end, standing }) => series === view("remittances").series[0] && place === "UKR" && period_end === "2023-12-31" && standing === "current");

test("a live chart shows the newest figures, a frozen one its own, and says that there are newer", async ({ page, allow }) => {
    const { value } = published();
    const { origin: root, close } = await movedOn(value + 1e9);
    allow(new RegExp(`request to another origin: ${root}`));
    await visit(page, root, allow, "ten", { frames: ["embed/remittances", `embed/remittances?version=${descriptor.version}`] });
    const [live, frozen] = [await ready(page, "remittances", 0), await ready(page, "remittances", 1)];
    await expect(live.figure.locator(`[data-value="${value + 1e9}"]`).first()).toBeAttached();
    await expect(live.figure.locator(`[data-value="${value}"]`)).toHaveCount(0);
    await expect(live.frame.locator(".embed-note")).toBeHidden();
    await expect(frozen.figure.locator(`[data-value="${value}"]`).first()).toBeAttached();
    await expect(frozen.figure.locator(`[data-value="${value + 1e9}"]`)).toHaveCount(0);
    await expect(frozen.frame.locator(".embed-note")).toHaveText(FROZEN);
    close();
});

test("a frozen chart whose figures do not come shows no newer ones instead", async ({ page, allow }) => {
    allow(/ERR_FAILED/);
    const { origin: root, close } = await movedOn(published().value + 1e9);
    allow(new RegExp(`request to another origin: ${root}`));
    await page.route("**/data/v/**", (route) => route.abort());
    await visit(page, root, allow, "ten", { frames: [`embed/remittances?version=${descriptor.version}`] });
    const frame = page.locator("iframe").contentFrame();
    await expect(frame.locator("#app .failure")).toBeVisible({ timeout: 15_000 });
    await expect(frame.locator("[data-value], picture")).toHaveCount(0);
    await expect(frame.locator(".embed-note")).toHaveText(FROZEN);
    close();
});

// oEmbed, https://oembed.com.

for (const lang of languages) {
    test(`${lang}: every view's page names its oEmbed, which has all that is required`, async ({ request, baseURL }) => {
        for (const def of views) {
            const html = await (await request.get(new URL(`${address(lang, `view/${def.id}`)}/`, baseURL).href)).text();
            const [, href] = html.match(/<link rel="alternate" type="application\/json\+oembed" href="([^"]+)" title="[^"]+">/);
            const answer = await request.get(new URL(href, baseURL).href);
            expect(answer.headers()["content-type"]).toMatch(/^application\/json/);
            const oembed = await answer.json();
            expect(oembed).toMatchObject({ version: "1.0", type: "rich", title: of(def, "title", lang), provider_name: "Diaspora Impact", width: expect.any(Number), height: expect.any(Number) });
            // What WordPress leaves of it: a frame with source, title and size, and no script.
            const [, src] = oembed.html.match(/^<iframe src="([^"]+)" title="[^"]+" width="100%" height="\d+" frameborder="0"><\/iframe>$/);
            expect((await request.get(new URL(src, baseURL).href)).status(), src).toBe(200);
        }
    });
}

// What it costs.

test("one chart needs at most twelve files, and those that the builder counts", async ({ page, baseURL, allow, requests, request }) => {
    await visit(page, baseURL, allow, "plain");
    await ready(page);
    const own = requests.filter((url) => url.startsWith(baseURL));
    expect(new Set(own).size).toBe(own.length);
    expect(own.length).toBeLessThanOrEqual(12);
    const sizes = await (await request.get(new URL("embed/sizes.json", baseURL).href)).json();
    expect(own).toHaveLength(sizes.en.remittances.files);
});

test("ten frames of the builder's kind load the app, the words and the chart library once", async ({ page, allow }) => {
    test.slow();
    const { origin: root, hits, close } = await serve(dist);
    allow(new RegExp(`request to another origin: ${root}`));
    const frames = Array.from({ length: 10 }, (_, i) => `embed/remittances?time=2010..${2015 + i}`);
    await visit(page, root, allow, "ten", { frames, sandbox: "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads" });
    for (const at of frames.keys()) await ready(page, "remittances", at);
    const count = (pattern) => hits.filter((url) => pattern.test(url)).length;
    expect([/\.wasm$/, /\/app-.*\.js$/, /\/echarts-.*\.js$/, /\/words\//, /\.css$/, /\/embed\/remittances\?/].map(count)).toEqual([1, 1, 1, 1, 1, 10]);
    close();
});

test("frames below the fold load nothing", async ({ page, baseURL, allow, requests }) => {
    const frames = views.slice(0, 10).map(({ id }) => `embed/${id}`);
    await visit(page, baseURL, allow, "ten", { frames });
    await ready(page, views[0].id, 0);
    await page.waitForLoadState("networkidle");
    const loaded = requests.filter((url) => /\/embed\/[a-z-]+\/?$/.test(url));
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.length).toBeLessThan(4);
    await page.locator("iframe").nth(9).scrollIntoViewIfNeeded();
    await expect.poll(() => requests.some((url) => url.endsWith(frames[9]))).toBe(true);
});

// The builder.

for (const lang of languages) {
    test(`${lang}: the builder's codes work where they are pasted`, async ({ page, baseURL, allow }) => {
        test.slow();
        await page.goto(address(lang, "embed?view=people-reached"));
        const builder = page.locator("#app embed-builder");
        await expect(builder.locator("[name=view]")).toHaveValue("people-reached");
        await builder.locator("[name=theme]").selectOption("dark");
        await builder.locator("[name=data]").selectOption("frozen");
        await builder.locator("[name=accent]").fill("#7a1f5c");
        await expect(builder.locator("#accent-said")).toContainText("#7a1f5c");
        await builder.locator("[name=hide][value=tabs]").check();
        const code = builder.locator("[data-copied]");
        const codes = {};
        for (const way of ["frame", "script", "element"]) {
            await builder.locator("[name=way]").selectOption(way);
            codes[way] = await code.innerText();
        }
        expect(codes.frame).not.toContain("<script");
        expect(codes.script.split("\n")[1]).toBe(`<script async src="${baseURL}embed.js"></script>`);
        for (const way of ["frame", "element"]) {
            const other = await page.context().newPage();
            await visit(other, baseURL, allow, "dark", { element: codes[way] });
            const { frame, figure } = await ready(other, "people-reached");
            await expect(frame.locator("html")).toHaveAttribute("lang", lang);
            await expect(frame.locator("html")).toHaveCSS("color-scheme", "dark");
            await expect(figure.locator(".tabs")).toBeHidden();
            await expect(other.locator("iframe")).toHaveAttribute("title", new RegExp(`^${of(view("people-reached"), "title", lang)}`));
            await expect(other.locator("iframe")).toHaveAttribute("loading", "lazy");
            expect(other.frames().some((frame) => frame.url().includes(`version=${descriptor.version}`))).toBe(true);
            await other.close();
        }
    });

    test(`${lang}: the builder shows what it makes, refuses what is no colour and tells what it weighs`, async ({ page, request, baseURL }) => {
        test.slow();
        await page.goto(address(lang, "embed"));
        const builder = page.locator("#app embed-builder");
        await builder.locator("[name=view]").selectOption("remittances");
        const { figure } = await ready(page);
        await figure.locator("[data-unit=pct_gdp]").click();
        const code = builder.locator("[data-copied]");
        await expect(code).toContainText("unit=pct_gdp"); // what is chosen in the preview goes along
        const said = builder.locator("#accent-said");
        await builder.locator("[name=accent]").fill("javascript:1"); // cut by the field to seven letters
        await expect(said).toHaveText(t(lang, "embed.accent-refused", { colour: "javascr" }));
        await expect(code).not.toContainText("accent");
        await builder.locator("[name=accent]").fill("#767676");
        await expect(said).toHaveText(/#767676.*#[0-9a-f]{6}.*#[0-9a-f]{6}/);
        await expect(code).toContainText("accent=767676");
        const { en } = await (await request.get(new URL("embed/sizes.json", baseURL).href)).json();
        if (lang === "en") await expect(builder.locator(".builder-weight")).toHaveText(t(lang, "embed.weight", { size: Math.round(en.remittances.bytes / 1000), files: en.remittances.files }));
        for (const [name, width] of [["phone", 360], ["wide", 960]]) {
            await builder.getByRole("button", { name: t(lang, `embed.width-${name}`) }).click();
            await expect(builder.locator("iframe")).toHaveCSS("width", `${width}px`);
        }
        await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
        await builder.getByRole("button", { name: t(lang, "take.copy") }).click();
        await expect(builder.locator(".action-status")).not.toBeEmpty();
        expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await code.innerText());
        await builder.locator("iframe").evaluate((frame) => frame.remove()); // it is judged by itself
        expect(await offenders(page, lang)).toEqual([]);
        await fitsScreens(page);
        await accessible(page);
    });
}
