// What of the built site is kept for use without a network. The worker (web/sw.js) and the build (script/worker.mjs) both read it.

/** Embeds and what belongs to them: a frame on somebody else's page keeps nothing, and the worker never answers for it. */
export const OUTSIDE = /^(uk\/)?o?embed(\/|$)|^embed\.js$|^frame-\w+\.css$|^data\/v\//;

/** A chart on the static page. Without a network its place is blank for a moment. */
export const PICTURE = /^charts\/[\w-]+\.svg$/;

/** What reads large tables. */
export const LARGE = /^bulk\//;

/** All pages in one file. */
export const PAGES = "pages.json";

/** Files that no page needs, each with the reason why it is not kept. */
export const NOT_KEPT = [
    [/^sw\.js$/, "the worker, which the browser keeps by itself"],
    [/^pages\.json$/, "pages, each of which is kept by itself"],
    [/^_headers$|\.br$|^(?!data\/).*\.gz$/, "for hosts"],
    [LARGE, "reads large tables: kept where the package has one"],
    [/^(uk\/)?view\/[^/]+\.(csv|json|zip|bib|ris)$/, "to take away: as large as all else together"],
    [/^parts\//, "what a page shows of the package, which is kept as a whole"],
    [/^present\/[^/]+\.html$/, "talks as one file: to take away"],
    [/^sbom\.json$/, "what the site is made of, for those who check it"],
    [/^data\/catalog\.jsonld$/, "for catalogues and search engines"],
    [/^cards\/|^robots\.txt$|^sitemap\.xml$/, "for other sites and search engines"],
    [PICTURE, "stands only until the chart itself is drawn"],
];

/** A page is asked for by its folder, as hosts serve it. */
export const addressOf = (file) => file.replace(/(^|\/)index\.html$/, "$1");

export const isPage = (path) => path === "" || path.endsWith("/") || path.endsWith(".html");

/** A page, naming another version as its own. */
export const ofVersion = (html, version) => html.replace(/(<meta name="version" content=")[^"]*/, (_, start) => start + version);
