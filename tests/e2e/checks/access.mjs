// For every reader: axe, targets for a finger, nothing beyond the edge of the screen.
import AxeBuilder from "@axe-core/playwright";
import { expect } from "../fixtures.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** The rules that see colours; all others see the same markup in either theme. */
const COLOURS = ["color-contrast", "link-in-text-block"];
const themes = { light: (axe) => axe.withTags(TAGS), dark: (axe) => axe.withRules(COLOURS) };

/** No finding in either theme. Legacy mode only means: no frames, which the site has none of. */
export async function accessible(page) {
    for (const [colorScheme, chosen] of Object.entries(themes)) {
        await page.emulateMedia({ colorScheme });
        // What passes is not described: that took a third of the time.
        const { violations } = await chosen(new AxeBuilder({ page }).options({ resultTypes: ["violations"] })).setLegacyMode().analyze();
        const found = violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${colorScheme} ${id} (${help}) ${target}: ${failureSummary}`));
        expect(found).toEqual([]);
    }
}

/** Interactive elements under 24 px; links within a sentence are excepted, as WCAG 2.5.8 does. */
export const tooSmall = (page) =>
    page.evaluate(() => {
        const found = [];
        for (const element of document.querySelectorAll("a[href], button, select, input, summary, [role=tab], [tabindex='0']")) {
            const target = element.matches("input") ? (element.closest("label") ?? element) : element;
            const box = target.getBoundingClientRect();
            const visible = target.checkVisibility({ visibilityProperty: true }) && box.width > 0 && box.bottom + scrollY > 0;
            const inSentence = getComputedStyle(target).display === "inline" && target.parentElement.textContent.trim() !== target.textContent.trim();
            if (visible && !inSentence && (box.width < 24 || box.height < 24)) {
                found.push(`${element.tagName} ${element.className} “${element.textContent.trim().slice(0, 40)}” ${Math.round(box.width)}×${Math.round(box.height)}`);
            }
        }
        return found;
    });


export const WIDTHS = [320, 390, 768, 1440, 3840];

/** What is wider than the window; boxes that scroll by themselves are meant to. */
export const sticksOut = (page) =>
    page.evaluate(() => {
        const root = document.documentElement;
        if (root.scrollWidth <= root.clientWidth) return [];
        const scrolls = (element) => element.closest(".table-scroll, .plot-canvas");
        const wide = [...document.querySelectorAll("body *")].filter((element) => !scrolls(element) && element.getBoundingClientRect().right > root.clientWidth + 0.5);
        return wide.map((element) => `${element.tagName} ${element.className} ${element.textContent.slice(0, 40)}`);
    });

/** Nothing sticks out at any width, and everything can be hit with a finger. */
export async function fits(page) {
    for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        await expect.poll(() => sticksOut(page), { message: `at ${width} px` }).toEqual([]);
        if (width === 390 || width === 1440) expect(await tooSmall(page), `at ${width} px`).toEqual([]);
    }
}

/** Visits a point of a chart on the narrowest phone: its tip stays on the screen and readable. */
export const tipFits = (figure, out) => async ({ what }) => {
    const { x, width, height } = await figure.tip.boundingBox();
    if (x < 0 || x + width > WIDTHS[0] || width < 160 || height > 160) out.push(`${what}: ${Math.round(x)} to ${Math.round(x + width)}, ${Math.round(height)} high`);
};
