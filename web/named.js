// What a page's head names, and the code that comes when it is asked for. Part of the app's file.
export const page = document.documentElement;
export const named = (name) => document.querySelector(`meta[name=${name}]`)?.content.split(" ") ?? [];

let failures = 0;
/** A browser may remember that a module did not come: the next try has another address. */
export const code = (name) => import(new URL(named(name)[0] + (failures ? `?again=${failures}` : ""), document.baseURI)).catch((error) => {
    failures += 1;
    throw error;
});
