// JavaScript as small as it gets after gzip: what esbuild has bundled, once more. A tenth of ECharts, a thirtieth of our own.
import { minify, version } from "@swc/core";

/** For names made of a file's content before it is made smaller: another minifier, another name. */
export const minifier = version;

export async function smaller(text, isModule = true) {
    const { code } = await minify(text, { module: isModule, ecma: 2022, compress: { passes: 3, toplevel: isModule, ecma: 2022 }, mangle: { toplevel: isModule }, format: { comments: false } });
    return code;
}
