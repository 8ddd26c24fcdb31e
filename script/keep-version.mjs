// Keeps a sealed package in versions/<version>/, where every later site finds it: node script/keep-version.mjs public/data
// What is there once is never changed. So only whole packages come there, and only as they are sealed.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rename, rm } from "node:fs/promises";
import { join, relative } from "node:path";

const [data] = process.argv.slice(2);
try {
    const { version, resources, decks = [] } = JSON.parse(await readFile(join(data, "datapackage.json"), "utf8"));
    if (!/^[0-9a-f]+$/.test(version ?? "")) throw new Error(`${data}/datapackage.json has no version`);
    for (const { path, hash } of [...resources, ...decks]) {
        const found = `sha256:${createHash("sha256").update(await readFile(join(data, path))).digest("hex")}`;
        if (found !== hash) throw new Error(`${join(data, path)} is not as it was sealed`);
    }
    const [kept, partial] = [join("versions", version), join("target", `version-${version}`)];
    if (!existsSync(kept)) {
        await rm(partial, { recursive: true, force: true }); // an interrupted copy
        await mkdir("versions", { recursive: true });
        await cp(data, partial, { recursive: true, filter: (path) => !/^v(\/|$)/.test(relative(data, path)) });
        await rename(partial, kept);
    }
} catch (error) {
    console.error(`error: ${error.message}: run cargo run --bin seal -- ${data}`);
    process.exit(1);
}
