// The worker that answers without a network. It keeps one whole version of the site, every file checked by its hash, and answers
// all pages and files from it: what a reader sees never mixes two versions. The next version is fetched beside it and waits until
// no page is open, or until the reader asks for it (web/offline.js). script/worker.mjs writes VERSION and FILES (address to hash).
/* global VERSION, FILES */
import { OUTSIDE, PAGES, PICTURE, addressOf, isPage, ofVersion } from "./kept.mjs";

const files = new Map(Object.entries(FILES));
const site = registration.scope;
// Several sites may share an origin, one below another: each knows its own by the path.
const ours = `impact ${new URL(site).pathname} `;
const name = ours + VERSION;

addEventListener("install", (event) => event.waitUntil(fill()));
addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
addEventListener("message", (event) => event.waitUntil(hear(event)));
addEventListener("fetch", (event) => {
    const { request } = event;
    const path = pathOf(request.url);
    if (request.method !== "GET" || path === undefined || OUTSIDE.test(path)) return;
    if (request.mode !== "navigate") {
        if (files.has(path)) event.respondWith(forPage(event, path));
        else if (PICTURE.test(path)) event.respondWith(fetch(request).catch(() => new Response()));
    } else if (files.has(path)) {
        event.respondWith(kept(path, request));
    } else if (!/\.[^/]*$/.test(path)) {
        // A page that this version does not know may be new, or not ours: the network decides.
        event.respondWith(fetch(request).catch(() => notFound(event)));
    }
});

/** All or nothing: one file that is not as published, and there is no new version. */
async function fill() {
    const cache = await caches.open(name);
    // The host may go back to a version that is still in use: nothing to do, and nothing to lose.
    if ((await cache.keys()).length === files.size) return;
    const left = [...files];
    const next = async () => {
        for (let file = left.shift(); file; file = left.shift()) await keep(cache, ...file);
    };
    try {
        await Promise.all([next(), next(), next(), next()]); // the reader's own requests go between
    } catch (error) {
        left.length = 0;
        await caches.delete(name);
        throw error;
    }
}

async function keep(cache, path, hash) {
    const address = site + path;
    const had = await caches.match(address);
    if (had) {
        // The same but for the version that it names: it need not come again.
        const body = isPage(path) ? new TextEncoder().encode(ofVersion(await had.text(), VERSION)) : await had.arrayBuffer();
        if ((await sha256(body)) === hash) return cache.put(address, new Response(body, { headers: had.headers }));
    }
    const answer = isPage(path) ? await unpacked(path) : await fetch(address, { cache: "no-cache", priority: "low" });
    const body = await answer.arrayBuffer();
    if ((await sha256(body)) !== hash) throw new Error(`${address} is not the file of version ${VERSION}.`);
    // Made anew: a browser opens no page with an answer that was redirected, and these speak of the way that it came.
    const headers = new Headers(answer.headers);
    for (const header of ["content-encoding", "content-length", "vary", "etag", "last-modified"]) headers.delete(header);
    return cache.put(address, new Response(body, { headers }));
}

let pack;
/** A page out of the file of all, asked for once: they have so much in common that together they are packed to a fifth of what they are alone. */
async function unpacked(path) {
    pack ??= fetch(site + PAGES, { cache: "no-cache", priority: "low" }).then(async (answer) => ({ ...(await answer.json()), headers: answer.headers }));
    const { common, pages, headers } = await pack;
    const page = new Response(pages[path].map((part) => (typeof part === "number" ? common[part] : part)).join(""), { headers });
    page.headers.set("content-type", "text/html; charset=utf-8");
    return page;
}

async function sha256(body) {
    const hash = await crypto.subtle.digest("SHA-256", body);
    return btoa(String.fromCharCode(...new Uint8Array(hash)));
}

async function forgetOthers() {
    const others = (await caches.keys()).filter((other) => other.startsWith(ours) && other !== name);
    await Promise.all(others.map((other) => caches.delete(other)));
}

/** Address below the site, pages as folders; undefined for what is elsewhere. */
function pathOf(url) {
    if (!url.startsWith(site)) return undefined;
    const path = addressOf(new URL(url).pathname.slice(new URL(site).pathname.length));
    return files.has(`${path}/`) ? `${path}/` : path;
}

async function kept(path, request) {
    // A browser short of space may have thrown the copy away, always as a whole.
    return (await caches.match(site + path, { cacheName: name })) ?? fetch(request);
}

// Pages that were answered with our 404.html.
const lost = new Set();

async function notFound({ resultingClientId }) {
    const page = await caches.match(`${site}404.html`, { cacheName: name });
    if (!page) return Response.error();
    lost.add(resultingClientId);
    return new Response(page.body, { status: 404, headers: page.headers });
}

/** A page that came from the network (an embed, a page of a newer version) has its files from there too. */
async function forPage({ clientId, request }, path) {
    const page = clientId && !lost.has(clientId) && (await clients.get(clientId));
    return page && !files.has(pathOf(page.url)) ? fetch(request) : kept(path, request);
}

async function hear({ data, source }) {
    // Each tab and window of the site; a frame goes with the page that holds it.
    const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
    const counts = ({ frameType, url }) => frameType !== "nested" && pathOf(url) !== undefined && !OUTSIDE.test(pathOf(url));
    const others = open.filter((client) => client.id !== source.id && counts(client)).length;
    if (data === "take" && others === 0) await skipWaiting();
    else if (data === "take") source.postMessage({ others });
    // The first visit: the page came from the network. It belongs to this version if it says so.
    else if (data === VERSION && others === 0) await clients.claim();
}
