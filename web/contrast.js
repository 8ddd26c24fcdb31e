// A host's colour that can be read on our ground: contrast as WCAG 2.2 defines it, and the nearest shade that has enough.

/** The harder of the two grounds of each theme (style.css, --paper and --sunken). */
export const GROUNDS = { light: "#f4f6f8", dark: "#1a222b" };
const ENOUGH = 4.5; // text, WCAG 1.4.3

/** Three numbers, or undefined for what is no colour: nothing else ever reaches a style. */
export function parse(text) {
    const [, digits] = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(text) ?? [];
    return digits && (digits.length === 3 ? [...digits].map((digit) => digit + digit) : digits.match(/../g)).map((pair) => parseInt(pair, 16));
}

export const print = (colour) => `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;

function luminance(colour) {
    const [r, g, b] = colour.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(one, other) {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
}

/** The colour itself where it is readable in the theme, otherwise step by step towards black or white. */
export function readable(colour, theme) {
    const ground = parse(GROUNDS[theme]);
    const end = theme === "light" ? 0 : 255;
    for (let step = 0; ; step += 1) {
        const shade = colour.map((part) => Math.round(part + ((end - part) * step) / 20));
        if (contrast(shade, ground) >= ENOUGH || step === 20) return shade;
    }
}
