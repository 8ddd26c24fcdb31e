// Runs before anything is painted: language, theme, and the failure screen. No dependency, and as old a JavaScript as will do,
// because it must also speak when the app cannot.
(function () {
    "use strict";
    var page = document.documentElement;
    var base = new URL(document.baseURI).pathname;
    var route = location.pathname.slice(base.length);
    page.lang = /^uk(\/|$)/.test(route) ? "uk" : "en";

    // Absent means: as the system says. Storage may be forbidden, which throws.
    try {
        var theme = localStorage.getItem("theme");
        if (theme === "light" || theme === "dark") page.setAttribute("data-theme", theme);
    } catch (ignored) { /* the system's theme it is */ }

    var failed = false;
    function show() {
        if (document.readyState === "loading") {
            document.addEventListener("DOMContentLoaded", show);
            return;
        }
        var failure = document.getElementById("failure");
        if (!failure || !failed) return;
        var boot = document.getElementById("boot");
        if (boot) boot.hidden = true;
        failure.hidden = false;
        page.setAttribute("data-failed", ""); // lets the style sheet set a dead app aside
        failure.querySelectorAll("[data-reload]").forEach(function (link) {
            link.href = location.href;
            link.onclick = function (event) {
                event.preventDefault();
                location.reload();
            };
        });
        failure.scrollIntoView();
    }
    function fail() {
        failed = true;
        show();
    }
    // Before the app is on screen, any failure of our own scripts is fatal. Afterwards only the app itself may say so.
    function failWhileStarting() {
        if (!document.body || document.getElementById("boot")) fail();
    }

    // Capture: a script that does not load tells only itself, and the app may tell only the document.
    addEventListener("error", function (event) {
        var ours = event.target === window
            ? !event.filename || event.filename.indexOf(location.origin) === 0 // not a browser extension
            : event.target.tagName === "SCRIPT";
        if (ours) failWhileStarting();
    }, true);
    addEventListener("unhandledrejection", failWhileStarting);
    addEventListener("impact:failed", fail, true);

    if (typeof WebAssembly !== "object" || !("noModule" in document.createElement("script"))) fail();
})();
