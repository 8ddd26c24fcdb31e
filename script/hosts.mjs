// Runs nginx or Caddy with the file of deploy/ as an ordinary process on this machine, for tests and measurements. The programs are
// Debian's, unpacked by script/bootstrap and not installed: no service starts.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";

/** The text with each "yours" replaced: a place that is not there exactly once has moved, and the change would be tested elsewhere. */
function settled(text, changes) {
    for (const [from, to] of changes) {
        if (text.split(from).length !== 2) throw new Error(`deploy/: "${from}" must be there exactly once.`);
        text = text.replace(from, () => to);
    }
    return text;
}

const HOSTS = {
    nginx(home, root, base, port) {
        const site = settled(readFileSync("deploy/nginx.conf", "utf8"), [
            ["listen 80;", `listen 127.0.0.1:${port};`],
            ["root /var/www/diaspora-impact;", `root ${root};`],
            ["error_page 404 /404.html;", `error_page 404 ${base}404.html;`],
        ]);
        const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${home}/${name};`);
        writeFileSync(join(home, "site.conf"), site);
        writeFileSync(join(home, "nginx.conf"), `
            ${process.getuid() === 0 ? "user root;" : ""}
            daemon off;
            worker_processes 2;
            pid ${home}/pid;
            load_module ${process.env.HOSTS}/usr/lib/nginx/modules/ngx_http_brotli_static_module.so;
            events {}
            http { access_log off; ${temporary.join(" ")} include ${home}/site.conf; }`);
        return { command: "usr/sbin/nginx", args: ["-p", home, "-c", join(home, "nginx.conf"), "-g", "error_log stderr notice;"], ready: /start worker process / };
    },
    caddy(home, root, base, port) {
        const site = settled(readFileSync("deploy/Caddyfile", "utf8"), [
            ["example.org {", `http://127.0.0.1:${port} {`],
            ["root * /var/www/diaspora-impact #", `root * ${root} #`],
            ["header /embed.js", `header ${base}embed.js`],
            ["rewrite * /404.html", `rewrite * ${base}404.html`],
        ]);
        writeFileSync(join(home, "Caddyfile"), `{\n\tadmin off\n\tauto_https off\n}\n${site}`);
        return { command: "usr/bin/caddy", args: ["run", "--config", join(home, "Caddyfile"), "--adapter", "caddyfile"], ready: /serving initial configuration/ };
    },
};
export const hosts = Object.keys(HOSTS);

/** Resolves when the host answers on 127.0.0.1. */
export async function serve(host, { dist, base = "/", port }) {
    if (!process.env.HOSTS) throw new Error("Run with: source script/bootstrap hosts");
    const home = resolve("target/hosts", `${host}-${port}`);
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home, { recursive: true });
    let root = resolve(dist);
    if (base !== "/") {
        root = join(home, "root");
        mkdirSync(dirname(join(root, base)), { recursive: true });
        symlinkSync(resolve(dist), join(root, base.slice(0, -1)));
    }
    const { command, args, ready } = HOSTS[host](home, root, base, port);
    const env = { PATH: process.env.PATH, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home };
    const child = spawn(join(process.env.HOSTS, command), args, { env, stdio: ["ignore", "ignore", "pipe"] });
    const said = [];
    await new Promise((started, failed) => {
        child.on("error", failed);
        child.on("exit", () => failed(new Error(`${host} did not start:\n${said.join("\n")}`)));
        createInterface({ input: child.stderr }).on("line", (line) => {
            said.push(line);
            if (ready.test(line)) started();
        });
    });
    return {
        origin: `http://127.0.0.1:${port}`,
        stop: async () => {
            const ended = once(child, "exit");
            child.kill();
            await ended;
        },
    };
}
