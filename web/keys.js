// The buttons and keys that lead to search and shortcuts. What they do is in web/search.js, which comes when it is first asked for.
import { code, page } from "./named.js";

// Readers who speak to their computer, or hit keys by chance, can switch single keys off (web/search.js). Storage may be forbidden.
if ("embed" in page.dataset) page.dataset.keys = "off"; // keys are the host's
else try {
    if (localStorage.getItem("keys") === "off") page.dataset.keys = "off";
} catch { /* they are on */ }

async function ask(what, argument, isAsked = true) {
    const search = await code("search").catch(() => {});
    const button = document.querySelector("#app [data-action=search]");
    button?.parentElement.parentElement.querySelector("[role=alert]")?.remove();
    if (search) {
        search[what](argument);
    } else if (button && isAsked) {
        const alert = document.createElement("p");
        alert.setAttribute("role", "alert");
        alert.textContent = button.dataset.failed;
        button.parentElement.after(alert);
    }
}

addEventListener("click", ({ target }) => {
    const action = target.closest?.("#app [data-action]")?.dataset.action;
    if (action === "search" || action === "keys") ask("open", action);
});

addEventListener("input", ({ target }) => {
    if (target.id === "series-filter") ask("filter", target);
});

/** What is typed between asking for the palette and its field. */
let typed;
function fill() {
    const [text, field] = [typed, document.getElementById("finder-field")];
    typed = undefined;
    if (!text || !field) return;
    field.value += text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
}

addEventListener("keydown", (event) => {
    const { key, target } = event;
    const isPlain = key.length === 1 && (key !== " " || typed !== undefined) && !event.repeat && !event.defaultPrevented && !event.isComposing
        && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!isPlain || page.dataset.keys === "off" || document.querySelector("dialog[open]")) return;
    if (target.closest?.("input, textarea, select, [contenteditable]")) return;
    // What is typed while the palette is on its way is meant for its field, and no shortcut. None comes where the app has failed.
    if ("failed" in page.dataset) return;
    if (typed !== undefined) {
        event.preventDefault();
        typed += key;
        return;
    }
    const opens = key === "/" || key === "?";
    if (key === "/") event.preventDefault(); // Firefox has a search of its own on it
    if (opens) typed = "";
    const press = async () => {
        await ask("press", event, opens);
        if (opens) setTimeout(fill); // its button opens it
    };
    if (document.getElementById("boot")) addEventListener("impact:there", press, { once: true });
    else press();
});
