// Where the reader is: heading, title, language, menu.
import { expect } from "../fixtures.mjs";
import { menu, of, rows, t, view } from "../pages.mjs";

export const heading = (lang, route) => {
    if (route === "") return t(lang, "overview.title");
    if (route.startsWith("partners/")) return of(rows("agreements").find(({ id }) => `partners/${id}` === route), "counterpart", lang);
    return route in menu ? t(lang, menu[route]) : of(view(route.slice("view/".length)), "title", lang);
};

/** The page at `route` says so. */
export async function saysWhere(page, lang, route) {
    await expect(page.locator("html")).toHaveAttribute("lang", lang);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText([heading(lang, route)]);
    const name = route in menu ? t(lang, menu[route]) : heading(lang, route);
    // A paper's window says kind and date too: some partners signed several.
    const title = route.startsWith("partners/") ? new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")} – .+`) : t(lang, "page.window-title", { page: name });
    await expect(page).toHaveTitle(title);
    const current = page.locator("header nav [aria-current]");
    if (route in menu) {
        await expect(current).toHaveText([t(lang, menu[route])]);
        await expect(current).toHaveAttribute("aria-current", "page");
    }
    if (route.startsWith("view/")) await expect(page.locator("figure[data-view]")).toHaveCount(1);
}
