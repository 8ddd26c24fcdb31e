// The part of ECharts that readers load (script/bundle.mjs leaves out what none of our charts uses) draws as the whole of it does.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as whole from "echarts";
import { paint } from "../../script/pictures.mjs";

test("every chart, in every form, is the same picture with ours and with all of ECharts", () => {
    const folder = mkdtempSync(join(tmpdir(), "charts-"));
    const text = execFileSync("cargo", ["run", "--locked", "--offline", "--quiet", "--bin", "twin", "--", "public/data", "/", folder, "versions"], { maxBuffer: 100_000_000 });
    rmSync(folder, { recursive: true });
    let all = 0;
    for (const { lang, pictures } of JSON.parse(text)) {
        for (const { file, drawing } of pictures?.pictures ?? []) {
            assert.equal(paint(drawing, lang), paint(drawing, lang, whole), file);
            all += 1;
        }
    }
    assert.ok(all > 400, `${all} pictures`);
});
