// Drives Debian's Chromium through the built site. Run by script/test; alone, after script/build:
//   npx playwright test --config tests/e2e
import { defineConfig } from "@playwright/test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
// Each project is one built site on one port, both away from what people usually run.
const sites = [
    { name: "root", dir: "dist", base: "/", port: 41730 },
    { name: "base", dir: "target/web/dist-base", base: "/sub/path/", port: 41731 },
];

export default defineConfig({
    testDir: ".",
    outputDir: `${root}/target/e2e`,
    workers: 2,
    retries: 0, // a test that passes the second time hides a bug
    fullyParallel: true,
    forbidOnly: true,
    timeout: 30_000,
    reporter: [["dot"]],
    use: {
        browserName: "chromium",
        locale: "en-GB",
        timezoneId: "Europe/Kyiv",
        screenshot: "only-on-failure",
        launchOptions: {
            executablePath: "/usr/bin/chromium-headless-shell", // the same engine without windows: a quarter faster
            args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        },
    },
    // Specs navigate relatively ("./people"), so that the same spec can run under both. Only base.* and smoke.* need to.
    projects: sites.map(({ name, base, port }) => ({
        name,
        testMatch: name === "base" ? /(smoke|base)\.spec\.mjs$/ : /\.spec\.mjs$/,
        testIgnore: name === "base" ? [] : /base\.spec\.mjs$/,
        use: { baseURL: `http://127.0.0.1:${port}${base}` },
    })),
    webServer: sites.map(({ dir, base, port }) => ({
        command: `node script/static-server.mjs --dir ${dir} --port ${port} --base ${base}`,
        cwd: root,
        url: `http://127.0.0.1:${port}${base}`,
        reuseExistingServer: false, // never test what someone else happens to serve
        stdout: "ignore",
    })),
});
