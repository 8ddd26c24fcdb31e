// A plugin of esbuild for whatever bundles ECharts.
import { readFile } from "node:fs/promises";

// ECharts keeps widths of texts by the texts themselves: one that is called "__proto__" would be taken for an entry and be written to, and
// with it every object of the page.
export const ownKeysOnly = {
    name: "own-keys-only",
    setup({ onLoad, onEnd }) {
        let seen = false;
        onLoad({ filter: /zrender[\\/]lib[\\/]core[\\/]LRU\.js$/ }, async ({ path }) => {
            seen = true;
            const parts = (await readFile(path, "utf8")).split("this._map = {};");
            if (parts.length !== 3) return { errors: [{ text: `${path} no longer keeps its entries in this._map: adapt script/own-keys.mjs` }] };
            return { contents: parts.join("this._map = Object.create(null);"), loader: "js" };
        });
        onEnd(({ errors }) => {
            if (!seen && errors.length === 0) return { errors: [{ text: "zrender/lib/core/LRU.js is not in the bundle: adapt script/own-keys.mjs" }] };
        });
    },
};
