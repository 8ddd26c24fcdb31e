// What specs know of the site: its addresses, its package, its words, and the parts of a page that they touch.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "./fixtures.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const readJson = (path) => JSON.parse(readFileSync(`${root}/${path}`, "utf8"));

// The package, as published.

export const descriptor = readJson("public/data/datapackage.json");
export const files = descriptor.resources.map(({ name }) => name);
export const rows = (name) => readJson(`public/data/${name}.json`);
export const text = (name) => readFileSync(`${root}/public/data/${name}.json`, "utf8");
export const views = rows("views");
export const view = (id) => views.find((one) => one.id === id);
const placeByCode = new Map(rows("places").map((place) => [place.code, place]));
const seriesById = new Map(rows("series").map((series) => [series.id, series]));

/** Kinds of view that show agreements, organisations or events; the numbers of all others are observations. */
export const recordKinds = ["timeline", "counts", "network", "organisations", "events"];
export const observationViews = views.filter(({ kind }) => !recordKinds.includes(kind));

const observationsOf = (topic) => `observations-${topic}`;

/** The files that a view cannot do without, said again in our own words: `src/view.rs` must agree. */
export function needs({ kind, topic, series, marks }) {
    if (["timeline", "counts", "network"].includes(kind)) return ["sources", "places", "sectors", "agreements"];
    if (kind === "organisations") return ["sources", "places", "units", "organisations", "organisation-figures"];
    if (kind === "events") return ["sources", "places", "sectors", "agreements", "events"];
    const topics = new Set([topic, ...[...series, ...marks].map((id) => seriesById.get(id).topic)]);
    return ["sources", "places", "units", "series", "breaks", "sectors", ...[...topics].map(observationsOf)];
}

/** The files that a headline cannot do without. */
export function headlineNeeds(headline) {
    if (headline.kind === "agreements") return ["sources", "places", "sectors", "agreements"];
    const topics = [headline.series, headline.rival_series].filter(Boolean).map((id) => observationsOf(seriesById.get(id).topic));
    return ["sources", "places", "units", "series", ...new Set(topics)];
}

/** All published rows of a view's series, whatever their topic. */
export const rowsOf = ({ series, marks }) =>
    [...new Set([...series, ...marks].map((id) => seriesById.get(id).topic))]
        .flatMap((topic) => rows(observationsOf(topic)))
        .filter((row) => [...series, ...marks].includes(row.series));

/** The rows that stand in a table of their own, with the reason why no chart draws them. */
export const notDrawn = (def) => rowsOf(def).filter((row) => row.standing !== "current");

/** The published rows that a view shows before the reader changes anything. */
export function shownAtFirst(def) {
    const { kind, series, marks, controls, defaults } = def;
    const all = rowsOf(def).filter((row) => row.standing === "current");
    const chosen = new URLSearchParams(defaults ?? "");
    const places = chosen.get("place")?.split("~");
    const unit = chosen.get("unit") ?? seriesById.get(series[0]).unit;
    if (kind === "trend") {
        const asked = chosen.get("series")?.split("~") ?? series;
        const [since, until] = chosen.get("time")?.split("..") ?? [""];
        const isIn = (day) => day >= since && (!until || day.slice(0, until.length) <= until);
        const isAsked = (row) => asked.includes(row.series) || marks.includes(row.series);
        return all.filter(
            (row) => places.includes(row.place) && seriesById.get(row.series).unit === unit && isAsked(row) && isIn(row.period_end ?? row.period_start),
        );
    }
    const newestPeriod = (rows) => {
        const years = rows.filter(isYear);
        const newest = (years.length > 0 ? years : rows).map(({ period_end }) => period_end).sort().at(-1);
        return (row) => row.period_end === newest && (years.length === 0 || isYear(row));
    };
    if (["ranking", "flows"].includes(kind) && controls.includes("time")) {
        const own = all.filter((row) => row.series === series.find((id) => seriesById.get(id).unit === unit));
        return own.filter(newestPeriod(own.filter((row) => !isGroup(row.counterpart ?? row.place))));
    }
    if (kind === "units" && controls.includes("time")) return all.filter(newestPeriod(all));
    if (kind === "tiles") {
        const newest = all.filter(({ place }) => place.startsWith("UA-")).map(({ period_end }) => period_end).sort().at(-1);
        return all.filter((row) => row.period_end === newest);
    }
    return places ? all.filter((row) => places.includes(row.place)) : all;
}

/** Those of them that are drawn: a ranking draws no groups and the largest fifteen, tiles are regions only, a flow puts the small together. */
export function drawnAtFirst(def) {
    const valued = shownAtFirst(def).filter(({ value }) => value !== null);
    if (def.kind === "tiles") return valued.filter(({ place }) => place.startsWith("UA-"));
    if (def.kind === "flows") return [...inFlow(valued), ...inFlow(valued)]; // as bands and as bars
    if (def.kind !== "ranking") return valued;
    return valued
        .filter((row) => !isGroup(row.counterpart ?? row.place))
        .sort((a, b) => b.value - a.value)
        .slice(0, 15);
}

/** What a flow draws of published rows: the ten largest, and our sum of the others. */
export function inFlow(rows) {
    const bySize = [...rows].sort((a, b) => b.value - a.value);
    const others = bySize.slice(10);
    return [...bySize.slice(0, 10), { value: others.reduce((sum, { value }) => sum + value, 0), qualifier: others[0].qualifier }];
}

export const isGroup = (code) => placeByCode.get(code).kind === "group";
const isYear = ({ period_start, period_end }) =>
    period_start?.endsWith("-01-01") && period_end?.endsWith("-12-31") && period_start.slice(0, 4) === period_end.slice(0, 4);

// Languages and addresses.

export const languages = ["en", "uk"];
const words = Object.fromEntries(
    languages.map((lang) => [lang, Object.assign({}, ...["app", "words", "issue", "search", "static", "offline", "edit", "impact"].map((area) => readJson(`locales/${lang}/${area}.json`)))]),
);

/** A message of the site; a key that does not exist is an error of the spec. */
export function t(lang, key, args = {}) {
    const message = words[lang][key];
    if (message === undefined) throw new Error(`locales/${lang} has no ${key}`);
    return message.replace(/\{(\w+)\}/g, (whole, name) => args[name] ?? whole);
}

/** A message whose form depends on a number. */
export function plural(lang, key, n) {
    return t(lang, `${key}.${new Intl.PluralRules(lang).select(n)}`, { n: new Intl.NumberFormat(lang).format(n) });
}

/** A row's text in a language. */
export const of = (row, field, lang) => row[`${field}_${lang}`];
/** As pages of a language name it. */
export const publisher = (source, lang) => (lang === "uk" && source.publisher_uk) || source.publisher;

/** Route to the key of its name; `views` beside it. */
export const menu = {
    "": "page.overview",
    people: "page.people",
    remittances: "page.remittances",
    partners: "page.partners",
    context: "page.context",
    funding: "page.funding",
    stories: "page.stories",
    opportunities: "page.opportunities",
    data: "page.data",
    about: "page.about",
};
export const viewRoutes = views.map(({ id }) => `view/${id}`);
export const routes = [...Object.keys(menu), ...viewRoutes];
/** Pages of agreements: one paper, one record without names, one announcement. */
export const agreementRoutes = ["partners/M001", "partners/M020", "partners/M028"];

/** Address relative to the site's root: `./uk/people`. */
export const address = (lang, route) => `./${lang === "uk" ? "uk/" : ""}${route}`;

/** What a page shows of views, in order. */
export function viewsOn(route) {
    if (route === "") return views.filter(({ featured }) => featured);
    if (route.startsWith("view/")) return [view(route.slice("view/".length))];
    return views.filter(({ topic }) => topic === route);
}

// Parts of a page.

/** The app is up, and every figure on the page is drawn. */
export async function settled(page, route) {
    await expect(page.locator("main h1")).toBeVisible();
    for (const { id } of viewsOn(route)) await new Figure(page, id).ready();
    if (route === "") await expect(page.locator("[data-headline]")).toHaveCount(rows("headlines").length);
    if (route === "data") await expect(page.locator("main [data-resource] td:nth-child(2)").filter({ hasText: /\d/ })).toHaveCount(files.length);
}

/** The first number in a text, as the language writes it. */
export function numberIn(lang, shown) {
    const [written] = shown.match(lang === "uk" ? /\d(\s?\d)*(,\d+)?/ : /\d[\d,]*(\.\d+)?/);
    return Number(lang === "uk" ? written.replace(/\s/g, "").replace(",", ".") : written.replaceAll(",", ""));
}

export class Figure {
    constructor(page, id) {
        this.page = page;
        this.id = id;
        this.root = page.locator(`figure[data-view="${id}"]`);
        this.plots = this.root.locator(".plot");
        this.hits = this.root.locator(".plot-hit");
        this.tip = this.root.locator(".tip");
        this.summary = this.root.locator(".summary");
        this.table = this.root.locator("table").first(); // a second one holds what is kept and not drawn
        this.cells = this.table.locator("td[data-value]");
        this.tiles = this.root.locator(".tile");
        this.failure = this.root.locator(".failure");
        this.notice = this.root.locator(".notice");
        this.retry = this.failure.getByRole("button");
        this.csv = this.file("csv");
        this.copyLink = this.root.locator("[data-action=copy-link]");
        this.picker = this.root.locator(".picker details");
    }

    /** What is shown, as a file. */
    file(format) {
        return this.root.locator(`a[download][data-format=${format}]`);
    }

    tab(name) {
        return this.root.locator(`[role=tab][data-tab=${name}]`);
    }

    chip(code) {
        return this.root.locator(`.chips [data-place=${code}]`);
    }

    option(code) {
        return this.root.locator(`.picker-list input[data-place=${code}]`);
    }

    unit(id) {
        return this.root.locator(`[data-unit=${id}]`);
    }

    control(name) {
        return this.root.locator(`select[data-control=${name}]`);
    }

    kind(id) {
        return this.root.locator(`[data-counterpart=${id}]`);
    }

    async in(state) {
        await expect(this.root).toHaveAttribute("data-state", state);
    }

    /** Charts are drawn when they come near the screen. */
    async ready() {
        await expect(this.page.locator("#boot")).toHaveCount(0); // the static twin has no plots
        await expect(this.root).toHaveAttribute("data-state", /static|ready/);
        for (const plot of await this.plots.all()) await plot.scrollIntoViewIfNeeded();
        await this.in("ready");
    }

    /** Everything that the tip says about the point it stands at. */
    async point() {
        return this.tip.evaluate((tip) => ({
            at: ["--x", "--y"].map((part) => tip.closest(".plot-spot").style.getPropertyValue(part)).join(" "),
            value: tip.dataset.value === undefined ? null : Number(tip.dataset.value),
            qualifier: tip.dataset.qualifier ?? null,
            shown: tip.querySelector("strong").textContent,
            what: tip.querySelector("span").textContent,
        }));
    }

    /** Every point of one chart, walked with the arrow keys as a reader without a mouse does; `visit` looks at each. */
    async walk(hit, visit = async () => {}) {
        const found = new Map();
        let here;
        /** Presses a key; tells whether the point is another one, and whether it was never seen. */
        const step = async (name) => {
            await this.page.keyboard.press(name); // wherever the focus is: losing it on the way is a failure
            const point = await this.point();
            const key = `${point.at} ${point.shown} ${point.what}`;
            const outcome = { moved: key !== here, isNew: !found.has(key) };
            here = key;
            found.set(key, point);
            if (outcome.isNew) await visit(point);
            return outcome;
        };
        await hit.focus();
        await step("ArrowRight");
        do {
            await step("Home");
            while ((await step("ArrowRight")).moved);
        } while ((await step("ArrowUp")).isNew);
        await expect(hit).toBeFocused();
        await this.page.keyboard.press("Escape");
        await expect(this.tip).toHaveCount(0);
        return [...found.values()];
    }

    /** What the chart says of each point, or the tiles of each region; `visit` looks at each point. */
    async points(visit) {
        const all = await this.tiles.evaluateAll((tiles) =>
            tiles
                .filter((tile) => tile.dataset.value !== undefined)
                .map((tile) => {
                    const [what, shown] = tile.dataset.label.split(": ");
                    return { what, shown, value: Number(tile.dataset.value), qualifier: tile.dataset.qualifier };
                }),
        );
        for (const hit of await this.hits.all()) all.push(...(await this.walk(hit, visit)));
        return all;
    }

    /** Arrow keys until the tip speaks of `what`. */
    async pointAt(what) {
        await this.hits.first().focus();
        await this.page.keyboard.press("Escape"); // wherever it stood: the newest point comes first
        await this.page.keyboard.press("ArrowRight");
        for (let steps = 0; steps < 60; steps += 1) {
            if ((await this.point()).what === what) return this.point();
            await this.page.keyboard.press("ArrowLeft");
        }
        throw new Error(`the arrow keys did not reach ${what}`);
    }

    /** The table's numbers with the titles of their column and row. */
    async tableValues() {
        return this.table.evaluate((table) => {
            const titles = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent);
            return [...table.querySelectorAll("td[data-value]")].map((cell) => ({
                column: titles[cell.cellIndex],
                row: cell.parentElement.querySelector("th").textContent,
                value: Number(cell.dataset.value),
                qualifier: cell.dataset.qualifier ?? null,
                shown: cell.textContent,
            }));
        });
    }

    async download() {
        const [download] = await Promise.all([this.page.waitForEvent("download"), this.csv.click()]);
        expect(download.suggestedFilename()).toBe(`${this.id}.csv`);
        return readCsv(readFileSync(await download.path(), "utf8"));
    }
}

/** RFC 4180 to objects. */
function readCsv(csv) {
    const table = [[""]];
    let quoted = false;
    csv = csv.replace(/^\ufeff/, ""); // Excel's mark, in Ukrainian
    for (let i = 0; i < csv.length; i += 1) {
        const c = csv[i];
        const line = table.at(-1);
        if (quoted && c === '"' && csv[i + 1] === '"') line[line.length - 1] += csv[(i += 1)];
        else if (c === '"') quoted = !quoted;
        else if (!quoted && c === ",") line.push("");
        else if (!quoted && c === "\r" && csv[i + 1] === "\n") table.push([""]), (i += 1);
        else line[line.length - 1] += c;
    }
    expect(table.pop()).toEqual([""]); // the last line ends as all others do
    const [names, ...lines] = table;
    return lines.map((line) => {
        expect(line).toHaveLength(names.length);
        return Object.fromEntries(names.map((name, i) => [name, line[i]]));
    });
}

export class Certificate {
    constructor(page) {
        this.page = page;
        this.root = page.locator("dialog.certificate");
        this.value = this.root.locator(".certificate-value");
        this.title = this.root.locator(".certificate-of");
        this.sources = this.root.locator(".source");
        this.close = this.root.locator(".certificate-head button");
    }

    /** What stands beside a term. */
    line(term) {
        return this.root.locator("dt").getByText(term, { exact: true }).locator("xpath=following-sibling::dd[1]");
    }
}

/** The dialog of search and shortcuts. */
export class Finder {
    constructor(page) {
        this.page = page;
        this.root = page.locator("dialog.finder");
        this.field = this.root.getByRole("combobox");
        this.options = this.root.getByRole("option");
        this.active = this.root.locator("[role=option][aria-selected=true]");
        this.status = this.root.getByRole("status");
        this.alert = this.root.getByRole("alert");
        this.button = page.locator("#app [data-action=search]");
        this.keys = page.locator("#app [data-action=keys]");
    }

    /** Options of one kind. */
    group(name) {
        return this.root.getByRole("group", { name, exact: true }).getByRole("option");
    }
}

// Answers that stand in for a server's.

/** A resource's file, wherever the site's root is. */
export const fileGlob = (name) => `**/data/${name}.json`;

/** Makes a file unavailable, at once and for good. */
export async function switchOff(page, name) {
    await page.route(fileGlob(name), (route) => route.fulfill({ status: 404, contentType: "text/plain", body: "gone" }));
}

/** Serves `body` as resource `name`, sealed: size and hash in the descriptor fit it. */
export async function publish(page, name, body) {
    const sealed = structuredClone(descriptor);
    const entry = sealed.resources.find((resource) => resource.name === name);
    entry.hash = `sha256:${createHash("sha256").update(body).digest("hex")}`;
    entry.size_bytes = Buffer.byteLength(body);
    await page.route(fileGlob(name), (route) => route.fulfill({ contentType: "application/json", body }));
    await page.route(fileGlob("datapackage"), (route) => route.fulfill({ contentType: "application/json", body: JSON.stringify(sealed) }));
}
