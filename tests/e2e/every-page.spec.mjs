// What holds for every page and every figure, in both languages. Each is opened once, because opening is what takes the time:
// all checks run, also after one that fails.
import { WIDTHS, accessible, fits, sticksOut, tipFits, tooSmall } from "./checks/access.mjs";
import { certificatesSpeak, offenders, tipsSpeak } from "./checks/language.mjs";
import { holdsPublishedNumbers } from "./checks/numbers.mjs";
import { saysWhere } from "./checks/place.mjs";
import { asksAndKeepsNothing, watchPolicy } from "./checks/privacy.mjs";
import { savesWhatIsShown } from "./checks/takeaway.mjs";
import { saysWhatWasServed } from "./checks/twin.mjs";
import { expect, test } from "./fixtures.mjs";
import { Figure, address, agreementRoutes, languages, observationViews, routes, settled, view } from "./pages.mjs";

/** Runs every check; what fails is told together. */
async function all(checks) {
    const failures = [];
    for (const [name, check] of Object.entries(checks)) await test.step(name, check).catch((error) => failures.push(`${name}: ${error.message}`));
    expect(failures.join("\n\n")).toBe("");
}

const desk = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

/** What holds for a figure that has its page to itself. */
function ofFigure(page, def, lang) {
    const figure = new Figure(page, def.id);
    const opened = async (name) => {
        await figure.tab(name).click();
        await expect(figure.tab(name)).toHaveAttribute("aria-selected", "true");
    };
    return {
        "files hold what is shown": async () => {
            await page.setViewportSize(desk);
            await figure.ready();
            await savesWhatIsShown(page, figure, def, lang);
        },
        "tips fit the narrowest phone, numbers are the published ones": async () => {
            await page.emulateMedia({ reducedMotion: "reduce" }); // a tip is where it belongs at once
            await page.setViewportSize({ width: WIDTHS[0], height: 800 });
            await figure.ready();
            const out = [];
            const points = await figure.points(tipFits(figure, out));
            expect(out).toEqual([]);
            if (observationViews.includes(def)) await holdsPublishedNumbers(figure, def, lang, points);
        },
        "tips speak one language": () => tipsSpeak(page, figure, lang),
        "table and sources fit it too": async () => {
            for (const name of ["table", "sources"]) {
                await opened(name);
                await expect.poll(() => sticksOut(page)).toEqual([]);
                expect(await tooSmall(page)).toEqual([]);
            }
        },
        "certificates speak one language": async () => {
            await opened("table");
            await certificatesSpeak(page, figure, lang);
        },
        "table and sources are accessible": async () => {
            await page.setViewportSize(lang === "en" ? desk : phone);
            for (const name of ["table", "sources"]) {
                await opened(name);
                await accessible(page);
            }
        },
    };
}

for (const lang of languages) {
    for (const route of [...routes, ...agreementRoutes]) {
        test(`${lang} /${route}`, async ({ page, request, requests, baseURL }) => {
            test.setTimeout(180_000);
            const served = await request.get(address(lang, route));
            expect(served.status()).toBe(200);
            await watchPolicy(page);
            await page.goto(address(lang, route));
            await settled(page, route);
            const html = await served.text();
            await all({
                "says what was served": () => saysWhatWasServed(page, html),
                "says where the reader is": () => saysWhere(page, lang, route),
                "asks nobody else and keeps nothing": () => asksAndKeepsNothing(page, requests, baseURL),
                "speaks one language": async () => expect(await offenders(page, lang)).toEqual([]),
                "is accessible": () => accessible(page),
                "fits every screen": () => fits(page),
                ...(route.startsWith("view/") ? ofFigure(page, view(route.slice("view/".length)), lang) : {}),
            });
        });
    }
}
