// The thinnest path through everything: the site loads, once, from itself, under its content security policy.
import { expect, mounted, test } from "./fixtures.mjs";
import { viewRoutes } from "./pages.mjs";

test("the page mounts with one wasm request", async ({ page, requests }) => {
    await page.goto("./");
    await mounted(page);
    await page.waitForLoadState("networkidle");
    expect(requests.filter((url) => url.endsWith(".wasm"))).toHaveLength(1);
    expect(new Set(requests).size).toBe(requests.length);
});

for (const [path, lang] of [["people", "en"], ["uk/remittances", "uk"], ["uk/", "uk"], ["about/", "en"]]) {
    test(`deep link ${path}`, async ({ page }) => {
        const response = await page.goto(`./${path}`);
        expect(response.status()).toBe(200);
        await mounted(page);
        await expect(page.locator("html")).toHaveAttribute("lang", lang);
    });
}

test("an unknown address is a page with status 404", async ({ page, allow }) => {
    allow(/status of 404/);
    const response = await page.goto("./uk/no-such-page");
    expect(response.status()).toBe(404);
    await mounted(page);
    await expect(page.locator("html")).toHaveAttribute("lang", "uk");
});

test("the page says in its HTML which language it is in", async ({ request }) => {
    for (const [path, lang] of [["./", "en"], ["./uk/people/", "uk"]]) {
        const html = await (await request.get(path)).text();
        expect(html).toContain(`<html lang="${lang}">`);
        expect(html).not.toContain("data-uk");
    }
});

test("of inline code the page's own style sheet and start script run, and the policy refuses all other", async ({ page, request, allow }) => {
    allow(/Content Security Policy|Refused to/i);
    for (const route of ["./", ...viewRoutes.slice(0, 1)]) {
        const html = await (await request.get(route)).text();
        expect(html.match(/<script(?![^>]*\s(src=|type="application\/ld\+json"))/g)).toHaveLength(1); // data is no script
        expect(html.match(/<style/g)).toHaveLength(1);
        expect(html).not.toMatch(/\sstyle=/);
        expect(html).toMatch(/script-src 'self' 'sha256-[\w+/]{43}=' 'wasm-unsafe-eval'; style-src 'self' 'sha256-[\w+/]{43}=';/);
        await page.goto(route);
        const came = await page.evaluate(async () => {
            const refused = [];
            document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => refused.push(effectiveDirective));
            for (const [name, text] of [["script", "window.strange = true"], ["style", "body { display: none }"]]) document.head.append(Object.assign(document.createElement(name), { textContent: text }));
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            return { refused, strange: window.strange, body: getComputedStyle(document.body).display };
        });
        expect(came).toEqual({ refused: ["script-src-elem", "style-src-elem"], strange: undefined, body: "flex" });
    }
});

test("the ECharts bundle draws SVG under the policy", async ({ page, requests }) => {
    await page.goto("./");
    await mounted(page);
    const drawn = await page.evaluate(async () => {
        const echarts = await import(new URL(document.querySelector("meta[name=chart-library]").content, document.baseURI));
        const box = document.createElement("div");
        box.style.width = "400px";
        box.style.height = "300px";
        document.body.append(box);
        const chart = echarts.init(box, null, {});
        const finished = new Promise((resolve) => chart.on("finished", resolve));
        chart.setOption({
            aria: { enabled: true, decal: { show: true } },
            xAxis: { type: "category", data: ["2022", "2023"] },
            yAxis: {},
            series: [
                { type: "bar", data: [1, 2], label: { show: true } },
                { type: "line", data: [2, 1], markLine: { data: [{ xAxis: "2023" }] } },
                { type: "scatter", data: [[0, 1]] },
            ],
        });
        await finished;
        const svg = box.querySelector("svg");
        const result = { paths: svg.querySelectorAll("path").length, texts: svg.querySelectorAll("text").length, position: getComputedStyle(svg).position };
        chart.dispose();
        return { ...result, left: echarts.getInstanceByDom(box) === undefined && box.querySelector("svg") === null };
    });
    expect(drawn.paths).toBeGreaterThan(5);
    expect(drawn.texts).toBeGreaterThan(3);
    expect(drawn.position).toBe("absolute"); // ECharts' style arrived despite the policy
    expect(drawn.left).toBe(true);
    expect(requests.filter((url) => url.includes("/echarts/echarts-"))).toHaveLength(1);
});

test.describe("when the app cannot start", () => {
    for (const [what, pattern] of [["wasm", "**/*.wasm"], ["script", "**/app-*.js"]]) {
        test(`without its ${what}, the page says so and offers to reload`, async ({ page, allow }) => {
            allow(/./); // the browser complains in many words, rightly
            await page.route(pattern, (route) => route.abort());
            await page.goto("./uk/");
            await expect(page.locator("#failure")).toBeVisible();
            await expect(page.locator("#failure [data-reload]").first()).toHaveAttribute("href", page.url());
            await page.unroute(pattern);
            await page.locator("#failure [data-reload]").last().click();
            await mounted(page);
        });
    }
});

test("the app can say that it stopped", async ({ page }) => {
    await page.goto("./");
    await mounted(page);
    await page.evaluate(() => document.dispatchEvent(new CustomEvent("impact:failed")));
    await expect(page.locator("#failure")).toBeVisible();
});

test("a stored theme is there before the app, and forbidden storage is no failure", async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem("theme", "dark"));
    await page.goto("./");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } }));
    await page.reload();
    await mounted(page);
});

test.describe("without JavaScript", () => {
    test.use({ javaScriptEnabled: false });
    test("the page says what is missing, in its language; an unknown one in both", async ({ page, allow }) => {
        allow(/status of 404/);
        for (const [path, shown] of [["./", ["en"]], ["./uk/people", ["uk"]], ["./no-such-page", ["en", "uk"]]]) {
            await page.goto(path);
            await expect(page.locator("noscript p").filter({ visible: true })).toHaveCount(shown.length);
            for (const lang of shown) await expect(page.locator(`noscript p[lang=${lang}]`)).toBeVisible();
        }
    });

    for (const [path, number] of [["./remittances", "USD 14,967,000,000"], ["./uk/remittances", "14\u00a0967\u00a0000\u00a0000\u00a0доларів США"]]) {
        test(`${path}: numbers and sources stand open, links lead on, nothing is offered that does not work`, async ({ page }) => {
            await page.goto(path);
            await expect(page.locator('td[data-value="14967000000"]').first()).toHaveText(number);
            await expect(page.locator(".source").first()).toBeVisible();
            for (const idle of [".tabs", ".controls", ".cost-fields", ".actions", ".chart-panel:not(:has(.plot))", "[data-action]"]) await expect(page.locator(idle).first()).toBeHidden();
            await expect(page.locator(".chart-panel img").first()).toBeVisible();
            // Each line has its name: at its end, or below where that has no room.
            const names = page.locator("[data-view=remittances] .line-names li");
            expect(await names.filter({ visible: true }).count()).toBe(0);
            await page.setViewportSize({ width: 390, height: 844 });
            expect(await names.filter({ visible: true }).count()).toBe(4);
            await page.locator("header nav a").nth(1).click();
            await expect(page).toHaveURL(/people\/?$/);
            await expect(page.locator("main h1")).toBeVisible();
        });
    }
});
