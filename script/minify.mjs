// JavaScript as small as it gets after gzip: what esbuild has bundled, once more. A tenth of ECharts, a thirtieth of our own. Warnings of
// the code that wasm-bindgen writes go: what a wrong type for WebAssembly does stands in README.md.
import { minify, version } from "@swc/core";

/** For names made of a file's content before it is made smaller: another minifier, another name. */
export const minifier = version;

export async function smaller(text, isModule = true) {
    const { code } = await minify(text, { module: isModule, ecma: 2022, compress: { passes: 3, toplevel: isModule, ecma: 2022, pure_funcs: ["console.warn"] }, mangle: { toplevel: isModule }, format: { comments: false } });
    return code;
}
