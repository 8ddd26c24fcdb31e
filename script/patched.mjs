// Plugins of esbuild for parts of libraries that are not bundled as they are.
import { readFile } from "node:fs/promises";

/** In `file` of node_modules each text of `changes` becomes the one behind it. A new version without one of them stops here. */
function patched(file, changes) {
    return {
        name: `patched ${file}`,
        setup({ onLoad, onEnd }) {
            let seen = false;
            onLoad({ filter: new RegExp(`node_modules/${file.replaceAll(".", "\\.")}$`) }, async ({ path }) => {
                seen = true;
                let contents = await readFile(path, "utf8");
                for (const [what, instead] of changes) {
                    if (!contents.includes(what)) return { errors: [{ text: `${file} has no "${what}": adapt script/patched.mjs` }] };
                    contents = contents.replaceAll(what, instead);
                }
                return { contents, loader: "js" };
            });
            onEnd(({ errors }) => {
                if (!seen && errors.length === 0) return { errors: [{ text: `${file} is not in the bundle: adapt script/patched.mjs` }] };
            });
        },
    };
}

// ECharts keeps widths of texts by the texts themselves: one that is called "__proto__" would be taken for an entry and be written to, and
// with it every object of the page.
export const ownKeysOnly = patched("zrender/lib/core/LRU.js", [["this._map = {};", "this._map = Object.create(null);"]]);

// We give it elements only, and change what is in them: what it does with texts, and with the element itself, is cut. 0.4 kB less.
export const contentOnly = patched("morphdom/dist/morphdom-esm.js", [
    ["typeof toNode === 'string'", "false"],
    ["options.childrenOnly === true", "true"],
    ["!!doc && 'content' in doc.createElement('template')", "false"],
    ["!!doc && doc.createRange && 'createContextualFragment' in doc.createRange()", "false"],
]);
