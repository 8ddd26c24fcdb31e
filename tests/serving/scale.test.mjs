// The large packages that script/bench measures with: sound, the same bytes each time, and in every form the rows that were counted.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { wrong } from "../../bench/scale/expected.mjs";

const folder = mkdtempSync(join(tmpdir(), "scale-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function make(name, ...options) {
    const out = join(folder, name);
    execFileSync("node", ["bench/scale/make.mjs", out, "--rows", "3000", ...options]);
    const expected = JSON.parse(readFileSync(`${out}.expected.json`, "utf8"));
    return { out, expected, bytes: readFileSync(join(out, expected.file)) };
}

function answer(rows, { filter: { series, places } }) {
    const groups = new Map();
    for (const { series, place, period_end, value } of rows) {
        const group = { series, place, year: period_end.slice(0, 4) };
        const key = Object.values(group).join();
        const of = groups.get(key) ?? groups.set(key, { ...group, count: 0, sum: 0 }).get(key);
        if (value !== null) [of.count, of.sum] = [of.count + 1, of.sum + value];
    }
    const each = [...groups.values()];
    const total = (field) => each.reduce((sum, group) => sum + group[field], 0);
    const filtered = rows.filter((row) => row.series === series && places.includes(row.place)).sort((a, b) => (a.period_end < b.period_end ? -1 : 1));
    return { rows: rows.length, filtered, grouped: { groups: each.length, count: total("count"), sum: total("sum"), each } };
}

test("each form holds the rows that were counted, and another seed others", () => {
    const keyed = make("keyed");
    const rows = JSON.parse(keyed.bytes);
    assert.deepEqual(wrong(keyed.expected, answer(rows, keyed.expected)), []);
    const listed = make("rows", "--form", "rows", "--gzip");
    const [names, ...lists] = JSON.parse(gunzipSync(listed.bytes));
    assert.deepEqual(lists.map((list) => Object.fromEntries(names.map((name, i) => [name, list[i]]))), rows);
    assert.ok(make("again", "--form", "rows", "--gzip").bytes.equals(listed.bytes));
    assert.ok(!make("other", "--seed", "8").bytes.equals(keyed.bytes));
});

test("a wrong answer is found", () => {
    const { bytes, expected } = make("wrong");
    const spoil = (change) => {
        const rows = JSON.parse(bytes);
        change(rows);
        return wrong(expected, answer(rows, expected)).join("; ");
    };
    const at = (rows) => rows.findIndex(({ series, place, value }) => series === expected.filter.series && place === expected.filter.places[0] && value !== null);
    assert.match(spoil((rows) => rows.pop()), /^rows: 2999 instead of 3000/);
    assert.match(spoil((rows) => { rows[at(rows)].value++; }), /their sum: .*sum of groups/);
    // The same sum, at other days.
    assert.match(spoil((rows) => { const i = at(rows); [rows[i].value, rows[i + 1].value] = [rows[i].value + 5, rows[i + 1].value - 5]; }), /^their sum by place and day/);
    const right = answer(JSON.parse(bytes), expected);
    right.filtered.reverse();
    assert.deepEqual(wrong(expected, right), ["filtered rows: not in order"]);
});

test("the package is sound", () => {
    const { out } = make("sound");
    const cargo = (bin) => execFileSync("cargo", ["run", "--locked", "--offline", "--quiet", "--bin", bin, "--", out], { encoding: "utf8" });
    cargo("seal");
    assert.match(cargo("validate"), /, 0 issues/);
});
