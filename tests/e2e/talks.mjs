// What specs of talks share: the talks of the package, a stage, and words on paper.
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "./fixtures.mjs";
import { address } from "./pages.mjs";

const folder = fileURLToPath(new URL("../../public/data/decks", import.meta.url));
export const decks = readdirSync(folder).map((file) => JSON.parse(readFileSync(`${folder}/${file}`, "utf8")));
export const [deck] = decks;
export const route = (id, lang = "en") => address(lang, `present/${id}/`);
export const onView = deck.slides.findIndex(({ kind }) => kind === "view") + 1;

export const pagesOf = (pdf) => pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;

export class Stage {
    constructor(page) {
        this.page = page;
        this.slides = page.locator(".slide");
        this.shown = page.locator(".slide[data-shown]");
        this.status = page.locator("#stage-status");
        this.dialog = page.locator("dialog[open]");
    }

    async open(id, lang, rest = "") {
        await this.page.goto(route(id, lang) + rest);
        await this.ready();
        return this;
    }

    ready() {
        return this.page.locator(".slides[data-state=ready]").waitFor({ state: "attached" });
    }

    async is(number) {
        await expect(this.shown).toHaveAttribute("id", `s${number}`);
        await expect.poll(() => new URL(this.page.url()).hash).toBe(`#${number}`);
    }

    async press(...keys) {
        for (const key of keys) await this.page.keyboard.press(key);
    }
}

/** The words on paper, as whoever searches in the file finds them. Where lines break is nobody's business. */
export const letters = (text) => text.normalize("NFKC").replace(/\s+/g, "");
const paper = (name) => fileURLToPath(new URL(`../../target/e2e-${name}.pdf`, import.meta.url));
export async function textOf(pdf, name) {
    mkdirSync(dirname(paper(name)), { recursive: true });
    writeFileSync(paper(name), pdf);
    const { stdout } = await promisify(execFile)("pdftotext", ["-raw", paper(name), "-"], { maxBuffer: 10_000_000 });
    return letters(stdout);
}

/** How many painted pictures are in what `textOf` has read. */
export async function picturesIn(name) {
    const { stdout } = await promisify(execFile)("pdfimages", ["-list", paper(name)]);
    return stdout.trim().split("\n").length - 2;
}
