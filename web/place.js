// The app comes where the static page was. What that shows is not lost where the app's files do not come. Offered to the app as
// functions (src/io/patch.rs), and to web/patch.js.
import { page } from "./named.js";

const boot = document.getElementById("boot");
const { lang } = page; // of what the static page says
/** Whether it says what is asked for. A chart of an earlier version shows nothing newer. */
const fits = () => lang === page.lang && !boot.hasAttribute("role") && !("frozen" in page.dataset);

// One line at the lower edge. It goes while its button is answered, and the focus comes back to where that leads.
const line = Object.assign(document.createElement("aside"), { id: "stands" });
let tried = false;
line.onclick = ({ target }) => {
    if (!target.matches("button")) return;
    tried = true;
    line.remove();
};

globalThis.impactNewPlace = () => Object.assign(document.createElement("div"), { id: "app" });

/** `lacks`: why the app has nothing to show; empty while its files are on their way. */
globalThis.impactTakePlace = (app, lacks) => {
    if ("failed" in page.dataset) return true; // web/boot.js has told it
    line.remove();
    if (lacks !== undefined && fits()) {
        line.innerHTML = lacks;
        if (lacks) document.body.append(line);
        if (tried) line.querySelector("button")?.focus();
        return false;
    }
    const focused = boot.contains(document.activeElement) && document.activeElement;
    const name = focused && ["id", "data-set", "data-fact", "data-action", "href"].find((name) => focused.hasAttribute(name));
    boot.replaceWith(app);
    const next = name ? app.querySelector(`[${name}="${focused.getAttribute(name)}"]`) : tried && app.querySelector("h1");
    if (next) next.focus();
    return true;
};

/** Fills the places for what the static page has of a view: summary, chart and table, which cannot be asked for sources. */
export function fill(markup) {
    for (const place of fits() ? markup.querySelectorAll("[data-published]") : []) {
        const parts = boot.querySelectorAll(`[data-view="${place.dataset.published}"] :is(.summary, .chart-panel > *, [data-panel=table] > *)`);
        place.append(...[...parts].map((part) => part.cloneNode(true)));
        place.hidden = parts.length === 0;
        for (const number of place.querySelectorAll("[data-fact]")) number.replaceWith(...number.childNodes);
        for (const hint of place.querySelectorAll(".table-hint")) hint.remove();
    }
}
