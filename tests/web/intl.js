// The browser's own formats: what src/text/format.rs promises to equal.
export function number(value, decimals, tag) {
    // Ours never writes "-0".
    return new Intl.NumberFormat(tag, { maximumFractionDigits: decimals, signDisplay: "negative" }).format(value);
}

export function date(year, month, day, tag) {
    return new Intl.DateTimeFormat(tag, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(utc(year, month, day));
}

export function month(year, month, tag) {
    return new Intl.DateTimeFormat(tag, { month: "long", year: "numeric", timeZone: "UTC" }).format(utc(year, month, 1));
}

export function plural(value, tag) {
    return new Intl.PluralRules(tag).select(value);
}

// Date.UTC takes the years 0 to 99 for 1900 to 1999.
function utc(year, month, day) {
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    return date;
}
