// Large tables are read by code that comes when a package has one (web/bulk.js). script/finish.mjs bundles this with the app; BULK is that
// code's address.
/* global BULK */
globalThis.impactBulk = (...asked) => import(new URL(BULK, document.baseURI)).then(({ load }) => load(...asked));
