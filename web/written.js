// A part of a page that only the build writes: from the document that was opened, or from the page's own file. Offered to the app
// as one function (src/io/patch.rs). What an address points to may be closed in a list: it is opened.
const kept = new Map();

/** Which other view stands beside this one, as the address has it. */
function follow(root) {
    const choice = root.querySelector(".compare select");
    if (!choice) return;
    choice.value = new URLSearchParams(location.search).get("with");
    if (choice.selectedIndex < 0) choice.selectedIndex = 0;
}
addEventListener("popstate", () => follow(document));

globalThis.impactWritten = async (place, name, address) => {
    const selector = `[data-written="${name}"]`;
    const opened = document.querySelector(`#boot ${selector}`);
    if (opened) {
        reveal();
        kept.set(address, opened);
    } else if (!kept.has(address)) {
        const answer = await fetch(address, { signal: AbortSignal.timeout(20_000) });
        const part = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(selector);
        if (!part) throw new Error(`${address} has no ${selector}`);
        kept.set(address, part);
    }
    place.replaceChildren(kept.get(address).cloneNode(true));
    follow(place);
    // Addresses in it begin at the root: only the browser knows where the site stands.
    for (const path of place.querySelectorAll("[data-path]")) path.textContent = location.origin + path.textContent;
    if (!opened) reveal();
};

function reveal() {
    const target = document.getElementById(location.hash.slice(1));
    for (let list = target?.closest("details"); list; list = list.parentElement.closest("details")) {
        list.hidden = false; // by a filter
        list.open = true;
    }
    target?.focus();
    target?.scrollIntoView(); // what had the focus before may have been pushed away
}
addEventListener("hashchange", reveal);
