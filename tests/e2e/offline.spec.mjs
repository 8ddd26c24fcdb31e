// Without a network: one visit keeps the whole site, of one version, and nothing else. Each test has a server of its own, which can
// stop, fail, and serve another version.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { writeWorker } from "../../script/worker.mjs";
import { accessible, fits } from "./checks/access.mjs";
import { kept, nothing } from "./checks/privacy.mjs";
import { expect, test as base } from "./fixtures.mjs";
import { Certificate, Figure, Finder, address, agreementRoutes, descriptor, languages, menu, of, routes, settled, t, view } from "./pages.mjs";
import { Stage } from "./talks.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A built site on a port of its own. */
class Server {
    constructor(port, path) {
        this.port = port;
        this.path = path;
        this.url = `http://127.0.0.1:${port}${path}`;
    }

    async start(dir) {
        const args = ["script/static-server.mjs", "--dir", dir, "--port", String(this.port), "--base", this.path];
        this.process = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
        await once(this.process.stdout, "data");
    }

    async stop() {
        if (!this.process) return;
        const ended = once(this.process, "exit");
        this.process.kill();
        await ended;
        this.process = undefined;
    }
}

async function freePort() {
    const probe = createServer().listen(0, "127.0.0.1");
    await once(probe, "listening");
    const { port } = probe.address();
    probe.close();
    await once(probe, "close");
    return port;
}

const test = base.extend({
    site: [{ dir: "dist", path: "/" }, { option: true }],
    server: async ({ site }, use) => {
        const server = new Server(await freePort(), site.path);
        await server.start(site.dir);
        await use(server);
        await server.stop();
    },
    baseURL: async ({ server }, use) => use(server.url),
    /** A copy of the site that a test may change; `publish` makes it a version. */
    next: async ({ site, server }, use, { testId }) => {
        const dir = join(root, "target/e2e-offline", testId);
        rmSync(dir, { recursive: true, force: true });
        // Without the packed forms, which would go on holding what was there before.
        cpSync(join(root, site.dir), dir, { recursive: true, filter: (name) => !/\.(br|gz)$/.test(name) });
        const file = (name) => join(dir, name);
        await use({
            dir,
            file,
            change: (name, from, to) => {
                const text = readFileSync(file(name), "utf8");
                expect(text).toContain(from);
                writeFileSync(file(name), text.replaceAll(from, to));
            },
            publish: () => writeWorker(dir),
        });
        await server.stop();
        rmSync(dir, { recursive: true, force: true });
    },
});
test.use({ serviceWorkers: "allow" });
// A visit takes the whole site, twice where a version follows.
test.beforeEach(() => test.setTimeout(120_000));

/** All that the worker in `dist` promises to keep. */
function listed(dir) {
    const code = readFileSync(join(root, dir, "sw.js"), "utf8");
    return Object.fromEntries([...code.matchAll(/"([^"]*)":"([\w+/]{43}=)"/g)].map(([, path, hash]) => [path, hash]));
}

const versionOf = (page) => page.evaluate(() => document.querySelector("meta[name=version]").content);

/** The worker answers for this page: all is kept. */
const isKept = (page) => page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated", undefined, { timeout: 60_000 });

/** The page's own script has done what it does after all else: the module is the one that runs, not another. */
const asked = (page) => page.evaluate(async () => void (await import(new URL(document.querySelector("meta[name=offline]").content, document.baseURI))));

/** A first visit, until it is kept. */
async function visit(page, route = "./") {
    await page.goto(route);
    await isKept(page);
}

/** Asks for the next version, and waits until the browser is done with it: a worker that waits, or one that is thrown away. */
const updated = (page) =>
    page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        const found = new Promise((resolve) => registration.addEventListener("updatefound", () => resolve(registration.installing), { once: true }));
        await registration.update();
        const worker = registration.waiting ?? (await found);
        while (worker.state === "installing") await new Promise((resolve) => worker.addEventListener("statechange", resolve, { once: true }));
        return worker.state;
    });

const newer = (page) => page.locator("#newer");

test("the worker lists every file of the site with its hash, but those that are named", async ({ site }) => {
    const kinds = [
        /^sw\.js$/, // itself
        /^_headers$|\.(br|gz)$/, // for the host
        /^bulk\//, // reads large tables, of which there is none
        /^present\/[\w-]+\.html$/, // talks as one file: to take away
        /^pages\.json$/, // pages, each of which is listed
        /^parts\//, // what pages show of the package, which is listed
        /^(uk\/)?view\/[\w-]+\.(csv|json|zip|bib|ris)$/, // to take away
        /^data\/catalog\.jsonld$/, // for catalogues
        /^cards\/|^robots\.txt$|^sitemap\.xml$/, // for other sites and search engines
        /^sbom\.json$/, // for those who check what the site is made of
        /^charts\/[\w-]+\.svg$/, // stands until the chart is drawn
        /^(uk\/)?(embed|oembed)\/|^embed\.js$|^frame-\w+\.css$|^data\/v\//, // for other sites
    ];
    const files = readdirSync(join(root, site.dir), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(join(root, site.dir), join(entry.parentPath ?? entry.path, entry.name)));
    const expected = files
        .filter((file) => !kinds.some((kind) => kind.test(file)))
        .map((file) => [file.replace(/(^|\/)index\.html$/, "$1"), createHash("sha256").update(readFileSync(join(root, site.dir, file))).digest("base64")]);
    expect(expected.length).toBeGreaterThan(150);
    expect(listed(site.dir)).toEqual(Object.fromEntries(expected));
});

test("a talk runs in both languages with the server stopped", async ({ page, server }) => {
    await visit(page);
    await server.stop();
    for (const lang of languages) {
        for (const file of readdirSync(join(root, "public/data/decks"))) {
            const { slides } = JSON.parse(readFileSync(join(root, "public/data/decks", file), "utf8"));
            await page.goto(address(lang, `present/${file.replace(".json", "")}/`));
            await page.locator(".slides[data-state=ready]").waitFor();
            for (const [at, { kind }] of slides.entries()) {
                const slide = page.locator(`#s${at + 1}[data-shown]`);
                await expect(slide).toBeVisible();
                if (kind === "view") await expect(slide.locator(".slide-plot svg").first()).toBeVisible();
                await page.keyboard.press("PageDown");
            }
        }
    }
});

test("the same site gives the same worker, another one another version", async ({ site, next }) => {
    const worker = () => readFileSync(next.file("sw.js"), "utf8");
    const [built, before] = [worker(), await next.publish()];
    expect(worker()).toBe(built);
    next.change("config.json", "}", " }");
    expect(await next.publish()).not.toBe(before);
    expect(Object.keys(listed(site.dir))).toEqual(Object.keys(listed(relative(root, next.dir))));
});

test("embeds, and what belongs to them, are neither kept nor answered for", async ({ page, server, next, allow }) => {
    allow(/status of 404|ERR_CONNECTION_REFUSED/);
    const names = ["embed/remittances/index.html", "uk/embed/remittances/index.html", "oembed/remittances.json", "uk/oembed/remittances.json", "data/v/1/places.json"];
    for (const name of names) cpSync(next.file("about/index.html"), next.file(name), { recursive: true });
    cpSync(next.file("config.json"), next.file("embed.js"));
    await next.publish();
    expect(Object.keys(listed(relative(root, next.dir))).filter((path) => /^(uk\/)?o?embed[/.]|^data\/v\//.test(path))).toEqual([]);
    await server.stop();
    await server.start(next.dir);
    // A frame's own visit starts nothing.
    await page.goto("./embed/remittances/");
    await page.waitForLoadState("networkidle");
    expect(await page.locator("script[src*=offline-]").count()).toBe(0);
    await visit(page);
    const answeredBy = async (name) => page.evaluate(async (name) => (await fetch(new URL(name, document.baseURI))).status, name);
    expect(await answeredBy("oembed/remittances.json")).toBe(200);
    await server.stop();
    expect(await answeredBy("config.json")).toBe(200);
    for (const name of ["oembed/remittances.json", "uk/oembed/remittances.json", "data/v/1/places.json", "embed.js"]) await expect(answeredBy(name), name).rejects.toThrow("Failed to fetch");
    for (const name of ["embed/remittances/", "uk/embed/remittances/"]) await expect(page.goto(`./${name}`), name).rejects.toThrow("ERR_CONNECTION_REFUSED");
});

for (const site of [{ dir: "dist", path: "/" }, { dir: "target/web/dist-base", path: "/sub/path/" }]) {
    test.describe(`below ${site.path}`, () => {
        test.use({ site });

        test("what is kept are the site's own files and nothing about the reader", async ({ page, context, baseURL }) => {
            await visit(page);
            const { caches: names, workers, ...rest } = await kept(page);
            expect(rest).toEqual({ cookies: "", local: {}, session: {}, databases: 0 });
            expect({ names: names.length, workers }).toEqual({ names: 1, workers: 1 });
            expect(names[0]).toBe(`impact ${site.path} ${await versionOf(page)}`);
            const inside = await page.evaluate(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url), names[0]);
            expect(inside.sort()).toEqual(Object.keys(listed(site.dir)).map((path) => baseURL + path).sort());
            expect(await context.cookies()).toEqual([]);
            // What the reader does adds nothing to it: not an address, not a choice.
            await page.goto("./view/remittances?tab=table");
            await new Figure(page, "remittances").cells.first().getByRole("button").click();
            await new Certificate(page).close.click();
            await page.locator("[data-action=theme]").click();
            await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
            expect(await kept(page)).toEqual({ ...nothing, local: { theme: "dark" }, caches: names, workers });
            expect(await page.evaluate(async (name) => (await (await caches.open(name)).keys()).length, names[0])).toBe(inside.length);
            // And the page about the site says so.
            for (const lang of languages) {
                await page.goto(address(lang, "about"));
                await expect(page.locator("main")).toContainText(t(lang, "about.privacy"));
            }
        });

        for (const lang of languages) {
            test(`${lang}: one visit, and all pages and figures are there without a network`, async ({ page, server, allow }) => {
                test.setTimeout(300_000);
                allow(/ERR_CONNECTION_REFUSED/);
                await visit(page, address(lang, ""));
                await server.stop();
                // Without leaving the page that came from the network: the other language, and a page that is a file.
                await page.locator("#language").click();
                await expect(page.locator("html")).toHaveAttribute("lang", lang === "en" ? "uk" : "en");
                await page.locator("#language").click();
                await expect(page.locator("html")).toHaveAttribute("lang", lang);
                await page.locator("header nav").getByRole("link", { name: t(lang, menu.stories) }).click();
                await expect(page.locator("#app [data-filtered] > li").first()).toBeVisible();
                // Below a base path the figures are the same ones; the pages show that all addresses are right.
                for (const route of site.path === "/" ? [...routes, ...agreementRoutes] : Object.keys(menu)) {
                    const response = await page.goto(address(lang, route));
                    expect([response.status(), response.fromServiceWorker()], route).toEqual([200, true]);
                    await settled(page, route);
                    await expect(page.locator("html")).toHaveAttribute("lang", lang);
                    await expect(page.locator("#failure:visible, .failure:visible"), route).toHaveCount(0);
                }
            });
        }

        test("a certificate, search, a shared choice and a picture without a network", async ({ page, server, allow }) => {
            allow(/ERR_CONNECTION_REFUSED/);
            await visit(page, "./about");
            await server.stop();
            await page.goto("./view/remittances?unit=pct_gdp&utm=x");
            const figure = new Figure(page, "remittances");
            await figure.ready();
            await expect(figure.unit("pct_gdp")).toHaveAttribute("aria-pressed", "true");
            await figure.tab("table").click();
            await figure.cells.first().getByRole("button").click();
            const certificate = new Certificate(page);
            await expect(certificate.sources.first()).toBeVisible();
            await certificate.close.click();
            await figure.tab("chart").click();
            const [picture] = await Promise.all([page.waitForEvent("download"), figure.file("svg").click()]);
            expect(readFileSync(await picture.path(), "utf8")).toContain("<svg");
            await page.keyboard.press("/");
            const finder = new Finder(page);
            await finder.field.fill(t("en", "page.funding"));
            await finder.options.first().click();
            await expect(page.getByRole("heading", { level: 1 })).toHaveText([t("en", "page.funding")]);
        });
    });
}

test("a talk is edited and its draft presented without a network", async ({ page, server, allow }) => {
    allow(/ERR_CONNECTION_REFUSED/);
    await visit(page, "./about");
    await server.stop();
    const talk = descriptor.decks[0].name;
    await page.goto(`./uk/present/${talk}/edit/`);
    await expect(page.locator("main.editor")).toHaveAttribute("data-state", "ready", { timeout: 20_000 });
    await page.locator("#f-headline_uk").fill("Без мережі");
    await expect(page.locator("#edit-state")).toHaveText(t("uk", "edit.state-saved"));
    await page.locator(".edit-bar [data-do=present]").click();
    await expect(page.locator(".slide[data-shown] .slide-headline")).toHaveText("Без мережі");
    await expect(page.locator(".stage-draft")).toBeVisible();
});

for (const { name: talk } of descriptor.decks) {
    test(`${talk} runs without a network: every slide in both languages, its source, the live chart and the speaker's window`, async ({ page, server, allow }) => {
        allow(/ERR_CONNECTION_REFUSED/);
        const { slides } = JSON.parse(readFileSync(join(root, "public/data/decks", `${talk}.json`), "utf8"));
        await visit(page, "./about");
        await server.stop();
        await page.goto(`./present/${talk}/`);
        const stage = new Stage(page);
        const { shown } = stage;
        await stage.ready();
        for (const lang of languages) {
            await expect(page.locator("html")).toHaveAttribute("lang", lang);
            for (const [at, slide] of slides.entries()) {
                await expect(shown).toHaveAttribute("id", `s${at + 1}`);
                await expect(shown.locator(".slide-headline")).toHaveText(slide[`headline_${lang}`]);
                for (const plot of await shown.locator(".slide-plot").all()) await expect(plot.locator("svg")).toBeVisible();
                await page.keyboard.press("PageDown");
            }
            await stage.press("l");
            await expect(page.locator("html")).not.toHaveAttribute("lang", lang);
            await stage.ready();
            await stage.press("Home");
        }
        const at = slides.findIndex(({ kind }) => kind === "view") + 1;
        for (const key of [`${at}`, "Enter", "c"]) await page.keyboard.press(key);
        await expect(page.locator("dialog[open] .source").first()).toBeVisible();
        await page.keyboard.press("Escape");
        await page.keyboard.press("d");
        await expect(page.frameLocator("#stage-explore iframe").locator("figure[data-view] .plot svg").first()).toBeVisible();
        await page.locator("#stage-explore [data-do=close]").click();
        const [speaker] = await Promise.all([page.waitForEvent("popup"), page.keyboard.press("s")]);
        await expect(speaker.locator(".speaker-now .slide")).toHaveAttribute("id", `s${at}`);
    });
}

test("a talk goes on while a newer version waits: nothing is shown, nothing is forced, a reload stays", async ({ page, context, server, next }) => {
    const talk = descriptor.decks[0].name;
    await visit(page, `./present/${talk}/`);
    const before = await versionOf(page);
    const stage = new Stage(page);
    const { shown } = stage;
    await stage.ready();
    await page.keyboard.press("PageDown");
    const { headline_en: old } = JSON.parse(readFileSync(next.file(`data/decks/${talk}.json`), "utf8")).slides[2];
    for (const name of ["", "uk/"]) next.change(`${name}present/${talk}/index.html`, "<body>", "<body> ");
    next.change(`present/${talk}/index.html`, old, "NEWS");
    const after = await next.publish();
    await server.stop();
    await server.start(next.dir);
    expect(await updated(page)).toBe("installed");
    await expect(newer(page)).toBeAttached();
    await expect(newer(page)).toBeHidden();
    await page.keyboard.press("PageDown");
    await expect(shown.locator(".slide-headline")).toHaveText(old);
    await page.keyboard.press("l");
    await stage.ready();
    await expect(page.locator("html")).toHaveAttribute("lang", "uk");
    await page.keyboard.press("l");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await stage.ready();
    await page.reload();
    await stage.ready();
    await expect(shown).toHaveAttribute("id", "s3");
    await expect(shown.locator(".slide-headline")).toHaveText(old);
    expect(await versionOf(page)).toBe(before);
    // On another page it is offered, and waits for the talk to end.
    const other = await context.newPage();
    await other.goto("./about");
    await newer(other).getByRole("button", { name: t("en", "offline.take") }).click();
    await expect(newer(other).getByRole("status")).toHaveText(t("en", "offline.others"));
    expect(await versionOf(page)).toBe(before);
    await page.close();
    const loaded = other.waitForEvent("load");
    await newer(other).getByRole("button", { name: t("en", "offline.take") }).click();
    await loaded;
    await other.goto(`./present/${talk}/#3`);
    await expect(new Stage(other).shown.locator(".slide-headline")).toHaveText("NEWS");
    expect(await versionOf(other)).toBe(after);
});

test("an address that nobody knows: the network decides, and without it our own page says so", async ({ page, server, next, allow }) => {
    allow(/status of 404|ERR_CONNECTION_REFUSED/);
    await visit(page);
    const response = await page.goto("./uk/no-such-page");
    expect(response.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText([t("uk", "not-found.title")]);
    await server.stop();
    const kept = await page.goto("./no-such-page");
    expect([kept.status(), kept.fromServiceWorker()]).toEqual([404, true]);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText([t("en", "not-found.title")]);
    // Of a newer version comes a page that this one does not know, with its own files and none of ours.
    cpSync(next.file("about/index.html"), next.file("novelty/index.html"), { recursive: true });
    next.change("config.json", "{", '{ "novel": true,');
    await next.publish();
    await server.start(next.dir);
    await page.goto("./novelty/");
    const config = () => page.evaluate(async () => (await fetch(new URL("config.json", document.baseURI))).text());
    expect(await config()).toContain("novel");
    await page.goto("./about");
    expect(await config()).not.toContain("novel");
});

test("a file to take away comes from the network only", async ({ page, server, request }) => {
    await visit(page);
    const fetched = await page.evaluate(async () => (await fetch(new URL("view/remittances.csv", document.baseURI))).text());
    expect(fetched).toBe(await (await request.get("./view/remittances.csv")).text());
    await server.stop();
    await expect(page.goto("./view/remittances.csv")).rejects.toThrow("ERR_CONNECTION_REFUSED");
});

for (const lang of languages) {
    test(`${lang}: a newer version is offered, and shown when the reader says so`, async ({ page, context, server, next }) => {
        const old = t(lang, "about.lead");
        for (const name of ["about/index.html", "uk/about/index.html"]) next.change(name, t(name.startsWith("uk") ? "uk" : "en", "about.lead"), "NEWS");
        await visit(page, address(lang, "about"));
        const before = await versionOf(page);
        const after = await next.publish();
        await server.stop();
        await server.start(next.dir);
        expect(await updated(page)).toBe("installed");
        await expect(newer(page).getByRole("status")).toHaveText(t(lang, "offline.ready"));
        await accessible(page);
        await fits(page);
        // It says the same in the other language, and nothing has changed yet, also not on a page that is opened now.
        await page.locator("#language").click();
        const other = lang === "en" ? "uk" : "en";
        await expect(newer(page).getByRole("status")).toHaveText(t(other, "offline.ready"));
        await page.locator("#language").click();
        await expect(page.locator("main")).toContainText(old);
        const second = await context.newPage();
        await second.goto(address(lang, "about"));
        await expect(second.locator("main")).toContainText(old);
        expect(await versionOf(second)).toBe(before);
        // Two pages: one may be in the middle of a talk.
        await newer(page).getByRole("button", { name: t(lang, "offline.take") }).click();
        await expect(newer(page).getByRole("status")).toHaveText(t(lang, "offline.others"));
        expect(await versionOf(page)).toBe(before);
        await second.close();
        const loaded = page.waitForEvent("load");
        await newer(page).getByRole("button", { name: t(lang, "offline.take") }).click();
        await loaded;
        await expect(page.locator("main")).toContainText("NEWS");
        expect(await versionOf(page)).toBe(after);
        await expect(newer(page)).toHaveCount(0);
        expect((await kept(page)).caches).toEqual([`impact / ${after}`]);
        await server.stop();
        await page.goto(address(lang, "view/remittances"));
        await new Figure(page, "remittances").ready();
        expect(await versionOf(page)).toBe(after);
    });
}

test("who does not want it now is left alone, and has it once all pages are closed", async ({ page, server, next }) => {
    await visit(page, "./about");
    next.change("about/index.html", t("en", "about.lead"), "NEWS");
    const after = await next.publish();
    await server.stop();
    await server.start(next.dir);
    expect(await updated(page)).toBe("installed");
    await newer(page).getByRole("button", { name: t("en", "offline.later") }).click();
    await expect(newer(page)).toHaveCount(0);
    await page.locator("header nav").getByRole("link", { name: t("en", menu.people) }).click();
    await expect(newer(page)).toHaveCount(0);
    await page.goto("about:blank"); // the last page is closed
    await expect
        .poll(async () => {
            await page.goto("./about");
            const version = await versionOf(page);
            await page.goto("about:blank");
            return version;
        })
        .toBe(after);
});

test("only what has changed is fetched for a newer version", async ({ page, server, next }) => {
    await visit(page, "./about");
    next.change("uk/about/index.html", t("uk", "about.lead"), "НОВЕ");
    await next.publish();
    // All else is gone from the server: it can only come from the copy.
    for (const name of Object.keys(listed("dist"))) if (!["uk/about/", "404.html", ""].includes(name)) rmSync(next.file(name.endsWith("/") ? `${name}index.html` : name));
    await server.stop();
    await server.start(next.dir);
    expect(await updated(page)).toBe("installed");
});

const failures = {
    "a file is missing": (next) => rmSync(next.file("data/places.json")),
    "a file is not the one that was published": (next) => next.change("data/places.json", "Ukraine", "Elsewhere"),
    "a page is not the one that was published": (next) => next.change("pages.json", t("uk", "page.people"), "Щось інше"),
    "the file of pages is cut off": (next) => writeFileSync(next.file("pages.json"), readFileSync(next.file("pages.json"), "utf8").slice(0, -1)),
};
for (const [name, harm] of Object.entries(failures)) {
    test(`an update in which ${name} is thrown away, and the old version works on`, async ({ page, server, next, allow }) => {
        allow(/ERR_CONNECTION_REFUSED|is not the file of version|status of 404|Unterminated|JSON/);
        await visit(page, "./about");
        const before = await versionOf(page);
        // New in all these files, so that none can come from the copy.
        next.change("data/places.json", "[", "[ ");
        next.change("uk/people/index.html", "<body>", "<body> ");
        await next.publish();
        harm(next);
        await server.stop();
        await server.start(next.dir);
        expect(await updated(page)).toBe("redundant");
        expect((await kept(page)).caches).toEqual([`impact / ${before}`]);
        await expect(newer(page)).toHaveCount(0);
        await server.stop();
        for (const lang of languages) {
            await page.goto(address(lang, "view/remittances"));
            await new Figure(page, "remittances").ready();
            expect(await versionOf(page)).toBe(before);
            await expect(page.getByRole("heading", { level: 1 })).toHaveText([of(view("remittances"), "title", lang)]);
        }
    });
}

test("a first visit that fails leaves nothing behind, and the site works", async ({ page, server, next, allow }) => {
    allow(/is not the file of version|status of 404/);
    rmSync(next.file("pages.json"));
    await server.stop();
    await server.start(next.dir);
    await page.addInitScript(() => {
        const { serviceWorker } = navigator;
        const register = serviceWorker.register.bind(serviceWorker);
        serviceWorker.register = async (...args) => {
            const registration = await register(...args);
            window.worker = registration.installing;
            return registration;
        };
    });
    await page.goto("./people");
    await settled(page, "people");
    await asked(page);
    await page.waitForFunction(() => window.worker.state === "redundant");
    await expect.poll(() => kept(page)).toEqual(nothing);
    await new Figure(page, "people-reached").ready();
});

test("who saves data is not sent the whole site", async ({ page }) => {
    await page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));
    await page.goto("./");
    await asked(page);
    expect(await kept(page)).toEqual(nothing);
});

test("the site can be installed: a manifest and icons for each language", async ({ page, request, baseURL }) => {
    for (const [lang, start] of [["en", ""], ["uk", "uk/"]]) {
        await page.goto(address(lang, "people"));
        const manifestAt = await page.locator("link[rel=manifest]").evaluate((link) => link.href);
        const answer = await request.get(manifestAt);
        expect(answer.headers()["content-type"]).toContain("application/manifest+json");
        const manifest = await answer.json();
        expect(manifest.lang).toBe(lang);
        expect(new URL(manifest.start_url, manifestAt).href).toBe(baseURL + start);
        expect(new URL(manifest.scope, manifestAt).href).toBe(baseURL);
        await page.goto(address(lang, ""));
        expect(await page.title()).toContain(manifest.short_name);
        for (const { src, type, sizes } of manifest.icons) {
            const icon = await request.get(new URL(src, manifestAt).href);
            expect([icon.status(), icon.headers()["content-type"]]).toEqual([200, type]);
            if (type !== "image/png") continue;
            const bytes = await icon.body();
            expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, src).toBe(sizes);
        }
    }
    const problems = await (await page.context().newCDPSession(page)).send("Page.getInstallabilityErrors").then(({ installabilityErrors }) => installabilityErrors.map(({ errorId }) => errorId));
    expect(problems.filter((id) => id !== "in-incognito")).toEqual([]);
});
