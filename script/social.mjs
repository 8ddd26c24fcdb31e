// What other sites and machines are told of the built site: what a shared link looks like, and which pages there are. Pure functions,
// called by script/finish.mjs. Whole addresses only: without --origin there is nothing to say but titles.

const LOCALES = { en: "en_GB", uk: "uk_UA" };

/** Path of a page below the site's root. */
export const pathOf = (route, lang) => [lang === "uk" ? "uk" : "", route].filter(Boolean).join("/") + (route === "" && lang === "uk" ? "/" : "");

/** Where the picture of a shared link stands; an agreement has that of all agreements, an editor that of its talk. */
export const cardOf = (route, lang) => `cards/${lang}/${(route || "overview").replace(/^partners\/.*/, "partners").replace(/\/edit$/, "").replaceAll("/", "-")}.png`;

/** Lines for a page's head. `site` is origin and base; empty without an origin. */
export function tags({ site, route, lang, title, description }) {
    const lines = [["og:title", title], ["og:description", description], ["og:type", "website"], ["og:locale", LOCALES[lang]]];
    if (site) lines.push(["og:url", site + pathOf(route, lang)], ["og:image", site + cardOf(route, lang)], ["og:image:width", "1200"], ["og:image:height", "630"], ["og:image:alt", title]);
    const links = site
        ? [`<link rel="canonical" href="${site}${pathOf(route, lang)}">`, ...["en", "uk"].map((tag) => `<link rel="alternate" hreflang="${tag}" href="${site}${pathOf(route, tag)}">`), `<link rel="alternate" hreflang="x-default" href="${site}${pathOf(route, "en")}">`]
        : [];
    const metas = [...lines.map(([name, content]) => `<meta property="${name}" content="${attribute(content)}">`), `<meta name="twitter:card" content="${site ? "summary_large_image" : "summary"}">`];
    return [...links, ...metas].map((line) => `${line}\n`).join("");
}

/** For a frame's head: to search engines it is the page of its view, and not one of its own. */
export const frameTags = ({ site, page }) => (site ? `<link rel="canonical" href="${page}">\n` : "");

/** https://www.sitemaps.org/protocol.html: every page with its twin in the other language. */
export function sitemap(site, routes) {
    const links = (route) => ["en", "uk"].map((lang) => `    <xhtml:link rel="alternate" hreflang="${lang}" href="${attribute(site + pathOf(route, lang))}"/>\n`).join("");
    const urls = routes.flatMap((route) => ["en", "uk"].map((lang) => `  <url>\n    <loc>${attribute(site + pathOf(route, lang))}</loc>\n${links(route)}  </url>\n`));
    return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${urls.join("")}</urlset>\n`;
}

/** Everybody may read everything. Read at the root of a host only: below a base path it says where the list of pages is. */
export const robots = (site) => `User-agent: *\nAllow: /\n${site ? `\nSitemap: ${site}sitemap.xml\n` : ""}`;

const attribute = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
