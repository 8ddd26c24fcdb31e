// What the site is made of, as the build lists it: node --test tests/serving/*.test.mjs
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { sbom } from "../../script/sbom.mjs";

const [dist = "dist"] = process.env.SERVING?.split(" ") ?? [];
const list = JSON.parse(readFileSync(join(dist, "sbom.json"), "utf8"));
const names = new Set(list.components.map(({ name }) => name));

test("sbom.json is CycloneDX, each part once with licence, hash and an address that packages have", () => {
    assert.deepEqual([list.bomFormat, list.specVersion, list.version], ["CycloneDX", "1.6", 1]);
    assert.match(list.serialNumber, /^urn:uuid:[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
    const refs = list.components.map((one) => one["bom-ref"]);
    assert.equal(new Set(refs).size, refs.length);
    for (const { name, type, version, purl, licenses, hashes } of list.components) {
        assert.equal(type, "library");
        assert.match(purl, /^pkg:(cargo|npm|generic)\/[^@]+@[^@]+$/);
        assert.ok(purl.endsWith(`@${version}`) && /^[\w.() -]+$/.test(licenses[0].expression), name);
        if (!purl.startsWith("pkg:generic")) assert.match(`${hashes[0].alg} ${hashes[0].content}`, /^(SHA-256 [0-9a-f]{64}|SHA-512 [0-9a-f]{128})$/, name);
    }
    const known = new Set([...refs, list.metadata.component["bom-ref"]]);
    for (const { ref, dependsOn } of list.dependencies) assert.ok([ref, ...dependsOn].every((one) => known.has(one)), ref);
});

test("sbom.json has what readers get and nothing that only builds or tests it", () => {
    for (const name of ["leptos", "charming", "serde_json", "rust-std", ...Object.keys(JSON.parse(readFileSync("package.json", "utf8")).dependencies)]) assert.ok(names.has(name), name);
    for (const name of ["clap", "calamine", "ureq", "insta", "proptest", "serde_derive", "esbuild", "@playwright/test"]) assert.ok(!names.has(name), name);
});

test("sbom.json names the versions that are locked now, and is the same when made again", async () => {
    assert.deepEqual(JSON.parse(JSON.stringify(await sbom())), list); // as a file, which knows no undefined
});
