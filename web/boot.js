// Runs before anything is painted: language, theme, the failure screen, and choices made before the app is there.
// No dependency, and as old a JavaScript as will do, because it must also speak when the app cannot.
(function () {
    "use strict";
    var page = document.documentElement;
    var base = new URL(document.baseURI).pathname;
    var route = location.pathname.slice(base.length);
    page.lang = /^uk(\/|$)/.test(route) ? "uk" : "en";
    // Also where the host answers with 404.html: a frame on another site shows no header and keeps nothing.
    if (/^(uk\/)?embed\/./.test(route)) page.setAttribute("data-embed", "");

    // Absent means: as the system says. Storage may be forbidden, which throws.
    if (!page.hasAttribute("data-embed")) try {
        var theme = localStorage.getItem("theme");
        if (theme === "light" || theme === "dark") page.setAttribute("data-theme", theme);
    } catch (ignored) { /* the system's theme it is */ }

    // A link with filters shows what fits, and not all cards first (style.css); the app filters.
    if (/[?&](topic|place|time)=/.test(location.search)) page.setAttribute("data-filtering", "");

    var failed = false;
    function show() {
        if (document.readyState === "loading") {
            document.addEventListener("DOMContentLoaded", show);
            return;
        }
        var failure = document.getElementById("failure");
        if (!failure || !failed || !failure.hidden) return;
        var boot = document.getElementById("boot");
        if (boot && !boot.hasAttribute("role")) {
            // The static page still holds its words and tables: they stand open, as without JavaScript.
            var sheet = document.createElement("link");
            sheet.rel = "stylesheet";
            sheet.href = "noscript.css";
            document.head.appendChild(sheet);
            failure.removeAttribute("role");
        } else if (boot) {
            boot.hidden = true;
        }
        failure.hidden = false;
        page.setAttribute("data-failed", ""); // lets the style sheet set a dead app aside
        failure.querySelectorAll("[data-reload]").forEach(function (link) {
            link.href = location.href;
            link.onclick = function (event) {
                event.preventDefault();
                location.reload();
            };
        });
        if (!page.hasAttribute("data-embed")) failure.scrollIntoView(); // it would move the host's page
    }
    function fail() {
        failed = true;
        show();
    }
    // Before the app is on screen, any failure of our own scripts is fatal. Afterwards only what ends the app is: its own word,
    // or a trap, in which every panic ends.
    function judge(event, error, ours) {
        var trap = typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError;
        if (!trap && !(ours && (!document.body || document.getElementById("boot")))) return;
        fail();
        if (page.hasAttribute("data-embed")) event.preventDefault(); // told on the page; the console is the host's
    }

    // Capture: a script that does not load tells only itself, and the app may tell only the document.
    addEventListener("error", function (event) {
        var ours = event.target === window
            ? !event.filename || event.filename.indexOf(location.origin) === 0 // not a browser extension
            : event.target.tagName === "SCRIPT" && event.target !== spare;
        judge(event, event.error, ours);
    }, true);
    addEventListener("unhandledrejection", function (event) { judge(event, event.reason, true); });
    addEventListener("impact:failed", fail, true);

    // The static page is enough to read: the app starts when the reader first does something (web/early.js).
    var ACTS = ["pointermove", "pointerdown", "wheel", "scroll", "keydown", "focusin"];
    function meant(event) {
        if (event.type === "pointermove" && event.movementX === 0 && event.movementY === 0) return; // the page came under a pointer that rests
        ACTS.forEach(function (act) { removeEventListener(act, meant, true); });
        window.impactMeant = true;
        dispatchEvent(new Event("impact:meant"));
    }
    ACTS.forEach(function (act) { addEventListener(act, meant, { capture: true, passive: true }); });

    // A number or a button that only the app can answer and that was pressed before: the last, unless something else was pressed since.
    var asked;
    function again() {
        var element = asked && document.querySelector("#app " + sameIn(asked.closest("figure[data-view]"), asked, asked.hasAttribute("data-fact") ? "data-fact" : "data-action"));
        if (!element) return;
        asked = undefined;
        element.focus();
        element.click();
    }
    function sameIn(figure, element, name) {
        return (figure ? 'figure[data-view="' + figure.getAttribute("data-view") + '"] ' : "") + "[" + name + '="' + element.getAttribute(name) + '"]';
    }

    // Rows are named by their places, which are others where the page brings its own part of the package: [here, there, how many] by topic.
    addEventListener("impact:part", function (event) {
        document.querySelectorAll("#boot [data-fact]").forEach(function (element) {
            element.setAttribute("data-fact", element.getAttribute("data-fact").replace(/(\w+)\.(\d+)$/, function (token, topic, row) {
                var found = ((event.detail || {})[topic] || []).filter(function (some) { return row >= some[0] && row < some[0] + some[2]; })[0];
                return found ? topic + "." + (row - found[0] + found[1]) : token;
            }));
        });
    });

    // A tab or a unit chosen on the static page is kept in the address, where the app will find it; a tab opens at once.
    // What leads from one choice to the next is not offered there (style.css).
    addEventListener("click", function (event) {
        var chosen = event.target.closest && event.target.closest("#boot [data-set]");
        var drawn = event.target.closest && event.target.closest("#app .controls") && event.target.closest("figure");
        if (drawn) drawn.querySelectorAll("picture").forEach(function (picture) { picture.remove(); });
        var figure = chosen && chosen.closest("figure[data-view]");
        var skip = event.target.closest && event.target.closest("#boot .skip");
        if (skip) { // its address is that of the page as published, without what was chosen since
            event.preventDefault();
            document.getElementById("main").focus();
        }
        asked = event.target.closest && event.target.closest("#boot [data-fact], #boot [data-action]");
        if (event.target.closest && event.target.closest("#app [data-reload]")) location.reload(); // what was chosen stands in the address
        if (!figure) return;
        var choice = chosen.getAttribute("data-set").split("=");
        var address = new URL(location.href);
        address.searchParams.delete(figure.getAttribute("data-view") + "." + choice[0]); // the last one counts
        address.searchParams.append(figure.getAttribute("data-view") + "." + choice[0], choice[1]);
        history.replaceState(null, "", address.href);
        dispatchEvent(new Event("popstate")); // to an app that is nearly there
        if (choice[0] === "tab") {
            figure.setAttribute("data-open", choice[1]);
            figure.querySelectorAll("[role=tab]").forEach(function (tab) {
                tab.setAttribute("aria-selected", String(tab === chosen));
            });
        }
    });

    // Browsers leave what they focus half hidden if half of it is seen.
    addEventListener("focusin", function (event) {
        if (event.target.closest(".table-scroll .cell")) event.target.scrollIntoView({ block: "nearest", inline: "nearest" });
    });

    // A chart's picture stays in its place until the app has drawn the chart, unless the reader chooses something else before.
    addEventListener("DOMContentLoaded", function () {
        var boot = document.getElementById("boot");
        new MutationObserver(function (_, watch) {
            if (!boot || document.contains(boot)) return; // a talk has none
            watch.disconnect();
            dispatchEvent(new Event("impact:there"));
            again();
            if (asked) new MutationObserver(function (_, later) { // its figure may come later
                again();
                if (!asked) later.disconnect();
            }).observe(document.body, { childList: true, subtree: true });
            // The picture shows the view as published. How an embed looks is no choice of what it shows.
            if (location.search.replace(/[?&](accent|font|hide|minHeight|theme)=[^&]*/g, "")) return;
            boot.querySelectorAll("figure").forEach(function (figure) {
                var plots = document.querySelectorAll('#app figure[data-view="' + figure.getAttribute("data-view") + '"]:not([data-state=error]) .plot');
                figure.querySelectorAll("picture").forEach(function (picture, i) { if (plots[i]) plots[i].appendChild(picture); });
            });
        }).observe(document.body, { childList: true });
    });

    // Use without a network comes after all that a reader waits for (web/offline.js). Not in embeds and frames, which keep nothing,
    // nor from a disk. Without it the site works as before.
    var spare;
    addEventListener("load", function () {
        var named = document.querySelector("meta[name=offline]");
        if (!named || window !== top || /^(uk\/)?embed(\/|$)/.test(route) || !/^http/.test(location.protocol)) return;
        spare = document.createElement("script");
        spare.type = "module";
        spare.src = named.content;
        document.head.appendChild(spare);
    });

    if (typeof WebAssembly !== "object" || !("noModule" in document.createElement("script"))) fail();
})();
