// /embed: writes the code for a chart from what is chosen, and shows the frame as it will be. web/patch.js loads it when the page stands.
import { parse, print, readable } from "./contrast.js";

const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads";
const OWN = ["theme", "font", "accent", "minHeight", "hide", "version"];
const SIZES = new URL("embed/sizes.json", document.baseURI);

customElements.define("embed-builder", class extends HTMLElement {
    #query = ""; // what the reader chose in the preview
    #height = 1000; // of a column, until the preview tells its own
    #frame = document.createElement("iframe");
    #heard = (event) => this.#hear(event);

    connectedCallback() {
        const view = new URLSearchParams(location.search).get("view");
        const select = this.#field("view");
        if ([...select.options].some(({ value }) => value === view)) select.value = view;
        addEventListener("message", this.#heard);
        this.addEventListener("input", ({ target }) => {
            if (target.name === "view") this.#query = "";
            this.#update();
        });
        this.addEventListener("click", ({ target }) => {
            const width = target.closest("[data-width]")?.dataset.width;
            if (width) this.#resize(width);
        });
        this.#frame.sandbox = SANDBOX.replace("allow-same-origin ", ""); // here it would be of our own origin
        this.querySelector(".builder-preview").append(this.#frame);
        this.#resize(innerWidth < 700 ? "360" : "640");
        this.#update();
    }

    disconnectedCallback() {
        removeEventListener("message", this.#heard);
    }

    #hear({ source, data }) {
        if (source !== this.#frame.contentWindow || data?.source !== "diaspora-impact") return;
        if (data.type === "height") {
            this.#frame.style.height = `${data.height + 2}px`; // with its border
            if (this.#frame.style.width === "640px") this.#height = data.height;
            this.#write();
        } else if (data.type === "state") {
            this.#query = data.query;
            this.#write();
        }
    }

    #resize(width) {
        this.#frame.style.width = `${width}px`;
        for (const button of this.querySelectorAll("[data-width]")) button.ariaPressed = String(button.dataset.width === width);
    }

    #field = (name) => this.querySelector(`[name="${name}"]`);

    /** What the address holds beside the view's own choices; what every frame has anyway is left out. */
    #parameters() {
        const parameters = new URLSearchParams(this.#query);
        const value = (name) => this.#field(name).value;
        if (value("theme") !== "auto") parameters.set("theme", value("theme"));
        if (value("font") !== "sans") parameters.set("font", value("font"));
        const accent = parse(value("accent"));
        if (accent) parameters.set("accent", print(accent).slice(1));
        if (value("minHeight") && this.#field("minHeight").validity.valid) parameters.set("minHeight", value("minHeight"));
        const hidden = [...this.querySelectorAll("[name=hide]:checked")].map((box) => box.value);
        if (hidden.length) parameters.set("hide", hidden.join());
        if (value("data") === "frozen") parameters.set("version", this.dataset.version);
        return parameters;
    }

    #address(parameters = this.#parameters()) {
        const language = this.#field("lang").value === "uk" ? "uk/" : "";
        const query = String(parameters).replaceAll("%7E", "~").replaceAll("%2C", ",");
        return new URL(`${language}embed/${this.#field("view").value}${query && `?${query}`}`, document.baseURI).href;
    }

    #update() {
        // What was chosen in the preview goes with it.
        const address = this.#address();
        if (this.#frame.src !== address) this.#frame.src = address;
        this.#frame.title = this.#title();
        this.#judge();
        this.#write();
        this.#weigh();
    }

    #title = () => this.#field("view").selectedOptions[0].text;

    /** Whether the colour can be read, and what becomes of it if not. */
    #judge() {
        const typed = this.#field("accent").value.trim();
        const said = this.querySelector("#accent-said");
        const colour = parse(typed);
        const [light, dark] = colour ? ["light", "dark"].map((theme) => print(readable(colour, theme))) : [];
        const kind = !colour ? "refused" : light === print(colour) && dark === light ? "fits" : "adjusted";
        const words = { colour: typed, light, dark };
        said.textContent = typed && said.dataset[kind].replace(/\{(\w+)\}/g, (_, name) => words[name]);
        this.#field("accent").ariaInvalid = String(Boolean(typed) && !colour);
    }

    #write() {
        const attributes = (list) => list.map(([name, value]) => ` ${name}="${value.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")}"`).join("");
        const script = `<script async src="${new URL("embed.js", document.baseURI).href}"></script>`;
        const parameters = this.#parameters();
        const frame = `<iframe${attributes([
            ["src", this.#address(parameters)],
            ["title", this.#title()],
            ["loading", "lazy"],
            ["sandbox", SANDBOX],
            ["width", "100%"],
            ["height", String(this.#height)],
            ["style", `border:0;width:100%;height:auto;aspect-ratio:4/3;min-height:${this.#height}px`],
        ])}></iframe>`;
        const own = [...parameters].map(([name, value]) => [name === "minHeight" ? "min-height" : name, value]);
        const full = this.#address([...parameters].filter(([name]) => !OWN.includes(name))).replace(/embed\/(?=[^/]*$)/, "view/");
        const element = `<impact-chart${attributes([["view", this.#field("view").value], ["lang", this.#field("lang").value], ...own])}><a${attributes([["href", full]])}>${this.#title().replaceAll("<", "&lt;")}</a></impact-chart>`;
        const way = this.#field("way").value;
        this.querySelector(".builder-code code").textContent = { frame, script: `${frame}\n${script}`, element: `${element}\n${script}` }[way];
    }

    /** What the build measured. */
    async #weigh() {
        const view = this.#field("view").value;
        const sizes = await (this.sizes ??= fetch(SIZES).then((answer) => answer.json())).catch(() => ({}));
        const place = this.querySelector(".builder-weight");
        const weight = sizes[this.#field("lang").value]?.[view];
        if (view !== this.#field("view").value) return; // another one since
        place.hidden = !weight;
        if (weight) place.textContent = place.dataset.weight.replace("{size}", Math.round(weight.bytes / 1000)).replace("{files}", weight.files);
    }
});
