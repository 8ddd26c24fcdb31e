// Compares two builds file by file: node script/reproduce.mjs <one> <other> [--two-bases]
// With --two-bases, what the address path stands in is left out: its bytes, and the hashes made of them, must differ.
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

const [one, other, twoBases] = process.argv.slice(2);
const list = (dist) =>
    readdirSync(dist, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(dist, join(entry.parentPath ?? entry.path, entry.name)))
        .sort();
// Data, words, charts, code and files to take away, but not what names addresses.
const isFree = (file) => !twoBases || /^(data\/[^/]+\.json|(words|search|echarts|charts)\/.*|sbom\.json|.*\.(wasm|css|csv))(\.br|\.gz)?$/.test(file);

const [ours, theirs] = [one, other].map((dist) => list(dist).filter(isFree));
const differing = ours.filter((file) => theirs.includes(file) && !readFileSync(join(one, file)).equals(readFileSync(join(other, file))));
const lonely = [...ours.filter((file) => !theirs.includes(file)), ...theirs.filter((file) => !ours.includes(file))];
for (const file of differing) console.log(`differs: ${file}`);
for (const file of lonely) console.log(`only in one: ${file}`);
console.log(`${ours.length} files, ${differing.length} differ, ${lonely.length} are only in one of ${one} and ${other}`);
if (ours.length < 100 || differing.length + lonely.length > 0) process.exit(1);
