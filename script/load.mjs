// Called by script/load: node script/load.mjs [dist]. wrk asks for what visits ask for, in turn, as fast as the host answers.
import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hosts, serve } from "./hosts.mjs";

const [dist = "dist", seconds = "10"] = process.argv.slice(2);
const top = (pattern) => readdirSync(dist).find((name) => pattern.test(name));
const kinds = {
    "a visit": ["/", top(/^app-.*\.js$/), top(/\.wasm$/), `parts/${readdirSync(join(dist, "parts")).find((name) => /^overview-.*\.json$/.test(name))}`, "config.json", "data/datapackage.json", "data/observations-remittances.json", "people", "uk/view/remittances"],
    "pages only": ["/", "people", "remittances", "uk/partners", "view/remittances", "embed/remittances"],
};

for (const [i, host] of hosts.entries()) {
    const { origin, stop } = await serve(host, { dist, port: 41750 + i });
    for (const [kind, paths] of Object.entries(kinds)) {
        const script = join("target/hosts", "load.lua");
        const list = paths.map((path) => JSON.stringify(path.replace(/^\/?/, "/"))).join(", ");
        writeFileSync(script, `local paths, i = { ${list} }, 0\nwrk.headers["Accept-Encoding"] = "gzip, br"\nrequest = function() i = i % #paths + 1; return wrk.format("GET", paths[i]) end\n`);
        const said = execFileSync("wrk", ["-t2", "-c64", `-d${seconds}s`, "--latency", "-s", script, origin], { encoding: "utf8" });
        const [rate, mb, slow] = [/Requests\/sec:\s+([\d.]+)/, /Transfer\/sec:\s+(\S+)/, /^\s+99%\s+(\S+)/m].map((pattern) => pattern.exec(said)?.[1]);
        const failed = said.match(/Non-2xx.*|Socket errors.*/g) ?? [];
        console.log(`${host.padEnd(6)} ${kind.padEnd(11)} ${String(Math.round(rate)).padStart(7)} requests/s, ${mb}/s, 99 % within ${slow}, ${failed.length > 0 ? failed.join("; ") : "no error"}`);
        if (failed.length > 0) process.exitCode = 1;
    }
    await stop();
}
