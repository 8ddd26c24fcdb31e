// New markup in the place of old, for talks' editor and live chart: what is the same stays, and so does what is being typed.
import morphdom from "morphdom";

/** `isKept`: elements that stay as they are, with all in them. */
export function morph(element, markup, isKept = () => false) {
    const other = element.cloneNode();
    other.innerHTML = markup;
    morphdom(element, other, {
        childrenOnly: true,
        onBeforeElUpdated(old, next) {
            if (isKept(old)) return false;
            if (old === document.activeElement && old.matches("input, textarea")) next.value = old.value;
            // An open list and a filtered one are the reader's.
            for (const name of ["open", "hidden"]) next.toggleAttribute(name, old.hasAttribute(name));
            return true;
        },
    });
}
