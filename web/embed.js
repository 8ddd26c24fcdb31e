// For pages of other sites: gives frames of Diaspora Impact their height, and defines <impact-chart>. The address of this file and what
// it promises (README.md, "Embed") stay. No dependency, no global, nothing stored; heard is only what our own frames say.
(() => {
    const NAME = "impact-chart";
    const SOURCE = "diaspora-impact";
    if (customElements.get(NAME)) return; // pasted more than once
    const script = document.currentScript ?? document.querySelector('script[src$="/embed.js"]');
    const site = new URL(".", script.src).href;
    const isOurs = ({ src }) => src.startsWith(site) && /^(uk\/)?embed\//.test(src.slice(site.length));
    /** Frames in elements, which may stand in a shadow tree where no query finds them. */
    const inElements = new Set();
    const frames = () => [...inElements, ...document.querySelectorAll("iframe")].filter(isOurs);

    addEventListener("message", ({ source, data }) => {
        if (data?.source !== SOURCE) return;
        const frame = frames().find(({ contentWindow }) => contentWindow && contentWindow === source);
        if (!frame) return;
        const { type, view, height, query, title } = data;
        const element = frame.parentNode?.localName === NAME ? frame.parentNode : frame;
        if (type === "height" && height > 0 && height < 20000) {
            Object.assign(frame.style, { height: `${Math.ceil(height)}px`, minHeight: "0", aspectRatio: "auto", boxSizing: "content-box" });
            element.shown?.();
            element.dispatchEvent(new CustomEvent("height", { detail: { view, height } }));
        } else if (type === "state") {
            if (!frame.title) frame.title = String(title);
            element.dispatchEvent(new CustomEvent("state", { detail: { view, query } }));
        }
    });
    // Those that spoke before this file was there.
    for (const { contentWindow } of frames()) contentWindow?.postMessage({ source: SOURCE, type: "ask" }, "*");

    // Attributes of the element are the parameters of the address; `min-height` is written as HTML writes it.
    const PARAMETERS = "tab place counterpart sector series qualifier basis unit time scale relative sort annotations amount at theme accent font hide min-height version".split(" ");
    customElements.define(NAME, class extends HTMLElement {
        static observedAttributes = ["view", "lang", "title", ...PARAMETERS];
        #frame;
        #isDue = false;

        connectedCallback() {
            if (!this.#frame) {
                this.#frame = document.createElement("iframe");
                this.#frame.loading = "lazy";
                this.#frame.sandbox = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads";
                Object.assign(this.#frame.style, { display: "block", width: "100%", border: "0", height: "auto", aspectRatio: "4 / 3", minHeight: "900px" });
                this.style.display = "block";
            }
            inElements.add(this.#frame);
            this.#show();
            if (this.#frame.parentNode !== this) this.append(this.#frame);
        }

        disconnectedCallback() {
            inElements.delete(this.#frame);
        }

        attributeChangedCallback() {
            if (!this.#frame || this.#isDue) return;
            this.#isDue = true; // several at once load one page
            queueMicrotask(() => {
                this.#isDue = false;
                this.#show();
            });
        }

        /** What stands in the element for readers without script goes when the chart is there. */
        shown() {
            for (const child of this.children) if (child !== this.#frame) child.hidden = true;
        }

        #show() {
            const query = new URLSearchParams();
            for (const name of PARAMETERS) if (this.hasAttribute(name)) query.set(name.replace("-h", "H"), this.getAttribute(name));
            const search = String(query).replaceAll("%7E", "~").replaceAll("%2C", ",");
            const language = this.lang === "uk" ? "uk/" : "";
            const src = `${site}${language}embed/${encodeURIComponent(this.getAttribute("view") || "-")}${search && `?${search}`}`;
            if (this.#frame.src !== src) this.#frame.src = src;
            this.#frame.title = this.title;
        }
    });
})();
