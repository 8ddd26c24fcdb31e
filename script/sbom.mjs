// What the site that readers get is made of, as a bill of materials in CycloneDX 1.6 (https://cyclonedx.org): the crates that the app is
// compiled from and the npm packages whose code is served, each with licence and hash. Not what builds or tests it, nor macros, which only
// write code. Called by script/finish.mjs; the same dependencies give the same bytes.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

export async function sbom() {
    const { crates, root } = await fromCargo();
    const all = [...crates, await std(), ...(await fromNpm())].sort((a, b) => (a.ref < b.ref ? -1 : 1));
    const components = all.map(({ ref, name, version, licence, hash }) => ({ type: "library", "bom-ref": ref, name, version, hashes: hash && [hash], licenses: [{ expression: licence.replaceAll("/", " OR ") }], purl: ref }));
    const listed = new Set(all.map(({ ref }) => ref));
    const dependencies = [root, ...all].map(({ ref, on }) => ({ ref, dependsOn: [...new Set(on)].filter((one) => listed.has(one)).sort() }));
    dependencies[0].dependsOn = [...new Set([...dependencies[0].dependsOn, ...all.filter(({ isOwn }) => isOwn).map(({ ref }) => ref)])].sort();
    const serial = createHash("sha256").update(JSON.stringify([components, dependencies])).digest("hex");
    return {
        bomFormat: "CycloneDX",
        specVersion: "1.6",
        // Made of the content, not of chance: RFC 9562, version 8.
        serialNumber: `urn:uuid:${serial.slice(0, 8)}-${serial.slice(8, 12)}-8${serial.slice(13, 16)}-a${serial.slice(17, 20)}-${serial.slice(20, 32)}`,
        version: 1,
        metadata: { component: { type: "application", "bom-ref": root.ref, name: root.name, version: root.version, licenses: [{ expression: root.licence }] } },
        components,
        dependencies,
    };
}

/** What the app depends on in the browser, and what that depends on. */
async function fromCargo() {
    const { RUSTC_BOOTSTRAP, CARGO_UNSTABLE_BUILD_STD, CARGO_UNSTABLE_BUILD_STD_FEATURES, ...env } = process.env;
    const args = ["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", "wasm32-unknown-unknown"];
    const { packages, resolve } = JSON.parse((await promisify(execFile)("cargo", args, { env, maxBuffer: 100_000_000 })).stdout);
    const lock = await readFile("Cargo.lock", "utf8");
    const sums = new Map([...lock.matchAll(/name = "([^"]+)"\nversion = "([^"]+)"\nsource = "[^"]+"\nchecksum = "([^"]+)"/g)].map(([, name, version, sum]) => [`${name}@${version}`, sum]));
    const packageOf = new Map(packages.map((one) => [one.id, one]));
    const nodeOf = new Map(resolve.nodes.map((node) => [node.id, node]));
    const isMacro = (id) => packageOf.get(id).targets.some(({ kind }) => kind.includes("proc-macro"));
    const refOf = ({ name, version }) => `pkg:cargo/${name}@${version}`;
    const onOf = (id) => nodeOf.get(id).deps.filter(({ dep_kinds, pkg }) => dep_kinds.some(({ kind }) => kind === null) && !isMacro(pkg)).map(({ pkg }) => pkg);
    const found = new Set();
    const waiting = [resolve.root];
    while (waiting.length) {
        const id = waiting.pop();
        if (found.has(id)) continue;
        found.add(id);
        waiting.push(...onOf(id));
    }
    const entry = (id) => {
        const { name, version, license: licence } = packageOf.get(id);
        const sum = sums.get(`${name}@${version}`);
        return { ref: refOf({ name, version }), name, version, licence, hash: sum && { alg: "SHA-256", content: sum }, on: onOf(id).map((one) => refOf(packageOf.get(one))) };
    };
    const [root, ...crates] = [...found].map(entry);
    return { root, crates };
}

/** Compiled with the app (script/build). */
async function std() {
    const [, version] = (await readFile("rust-toolchain.toml", "utf8")).match(/^channel *= *"(.+)"/m);
    return { ref: `pkg:generic/rust-std@${version}`, name: "rust-std", version, licence: "MIT OR Apache-2.0", on: [], isOwn: true };
}

/** The packages that are no tools of ours, with their own. */
async function fromNpm() {
    const { packages } = JSON.parse(await readFile("package-lock.json", "utf8"));
    const nameOf = (path) => path.split("node_modules/").at(-1);
    const refOf = (name) => `pkg:npm/${name.replace("@", "%40")}@${packages[`node_modules/${name}`].version}`;
    return Object.entries(packages)
        .filter(([path, { dev }]) => path && !dev)
        .map(([path, { version, license, integrity, dependencies = {} }]) => {
            const [alg, sum] = integrity.split("-");
            const name = nameOf(path);
            const hash = { alg: alg.replace("sha", "SHA-"), content: Buffer.from(sum, "base64").toString("hex") };
            return { ref: refOf(name), name, version, licence: license, hash, on: Object.keys(dependencies).map(refOf), isOwn: Object.hasOwn(packages[""].dependencies, name) };
        });
}
