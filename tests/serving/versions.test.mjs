// What a site publishes is kept for good: only whole, only as sealed, and never changed (script/keep-version.mjs).
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";

test("a sealed package is kept once; one that was changed since is refused and leaves nothing", () => {
    const cwd = mkdtempSync(join(tmpdir(), "versions-"));
    try {
        cpSync("public/data", join(cwd, "data"), { recursive: true });
        const keep = (script = resolve("script/keep-version.mjs")) => spawnSync("node", [script, "data"], { cwd, encoding: "utf8" });
        const { version } = JSON.parse(readFileSync("public/data/datapackage.json", "utf8"));
        const table = join(cwd, "data/places.json");
        const before = readFileSync(table);
        appendFileSync(table, "\n");
        const refused = keep();
        assert.equal(refused.status, 1);
        assert.match(refused.stderr, /places\.json is not as it was sealed.*seal -- data/);
        assert.ok(!existsSync(join(cwd, "versions")));
        cpSync("public/data/places.json", table);
        assert.equal(keep().status, 0);
        assert.deepEqual(readFileSync(join(cwd, "versions", version, "places.json")), before);
        appendFileSync(join(cwd, "versions", version, "LICENSES.md"), "as it was kept");
        assert.equal(keep().status, 0);
        assert.match(readFileSync(join(cwd, "versions", version, "LICENSES.md"), "utf8"), /as it was kept$/);
    } finally {
        rmSync(cwd, { recursive: true });
    }
});
