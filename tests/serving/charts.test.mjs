// The part of ECharts that readers load (script/bundle.mjs leaves out what none of our charts uses) draws as the whole of it does.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as whole from "echarts";
import { Ruler, paint } from "../../script/pictures.mjs";

const ruler = new Ruler();

/** Texts of a picture that its edge would cut in the widest of our fonts. */
function cut(svg) {
    const width = Number(svg.match(/^<svg width="(\d+)/)[1]);
    return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].filter(([, attributes, text]) => {
        const of = (name) => attributes.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1];
        ruler.font = `${of("font-weight") ?? ""} ${of("font-size")}`;
        const long = ruler.measureText(text.replace(/&\w+;/g, "&")).width;
        const at = Number(of("x") ?? 0) + Number(attributes.match(/translate\(([-\d.]+)/)?.[1] ?? 0);
        const left = at - long * { start: 0, middle: 0.5, end: 1 }[of("text-anchor") ?? "start"];
        return left < -1 || left + long > width + 1;
    }).map(([, , text]) => text);
}

test("every chart, in every form, is the same picture with ours and with all of ECharts, and no label is cut", () => {
    const folder = mkdtempSync(join(tmpdir(), "charts-"));
    const text = execFileSync("cargo", ["run", "--locked", "--offline", "--quiet", "--bin", "twin", "--", "public/data", "/", folder, "versions"], { maxBuffer: 100_000_000 });
    rmSync(folder, { recursive: true });
    let all = 0;
    for (const { lang, pictures } of JSON.parse(text)) {
        for (const { file, drawing } of pictures?.pictures ?? []) {
            const svg = paint(drawing, lang);
            assert.equal(svg, paint(drawing, lang, whole), file);
            assert.deepEqual(cut(svg), [], file);
            all += 1;
        }
    }
    assert.ok(all > 400, `${all} pictures`);
});

test("a text that is called like a part of JavaScript is a text", () => {
    const data = ["__proto__", "constructor", "__proto__"];
    const option = { xAxis: [{ type: "category", data, axisLabel: { overflow: "break", width: 60, interval: 0 } }], yAxis: [{}], grid: {}, series: [{ type: "bar", data: [1, 2, 3], label: { show: true, formatter: "__proto__" } }] };
    const svg = paint({ option, ticks: {}, width: 300, height: 200 }, "en");
    assert.equal(svg.match(/>__proto__</g).length, 5);
    for (const name in {}) assert.fail(`every object has ${name} now`);
});
