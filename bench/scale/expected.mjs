// Whether an answer is the right one. The generator counted while it wrote; here the same is counted of what somebody found in the file.
// Values are whole numbers, and no sum comes near 2^53: equal means equal, in whatever order they were added.

/** Of ids and days, from 1 to 97: a value that stands at another place changes the sum. */
export function weight(...parts) {
    let hash = 7;
    for (const part of parts) for (let i = 0; i < part.length; i++) hash = (hash * 31 + part.charCodeAt(i)) % 999_983;
    return 1 + (hash % 97);
}

/** Names what differs; nothing if all is right. `filtered`: rows `{place, period_end, value}`; `grouped`: `{groups, count, sum}`, with each group or without. */
export function wrong(expected, { rows, filtered, grouped }) {
    const found = [];
    const same = (what, is, should) => { if (is !== should) found.push(`${what}: ${is} instead of ${should}`); };
    same("rows", rows, expected.rows);
    const { filter, group } = expected;
    same("filtered rows", filtered.length, filter.rows);
    const values = filtered.filter(({ value }) => value !== null);
    same("filtered values", values.length, filter.values);
    same("their sum", values.reduce((sum, { value }) => sum + value, 0), filter.sum);
    same("their sum by place and day", values.reduce((sum, { place, period_end, value }) => sum + value * weight(place, period_end), 0), filter.weighted);
    if (filtered.some(({ place }) => !filter.places.includes(place))) found.push("filtered rows: another place");
    if (filtered.some(({ period_end }, i) => i > 0 && period_end < filtered[i - 1].period_end)) found.push("filtered rows: not in order");
    same("groups", grouped.groups, group.groups);
    same("values in groups", grouped.count, group.count);
    same("sum of groups", grouped.sum, group.sum);
    if (grouped.each) same("sum by group", grouped.each.reduce((sum, { series, place, year, count, sum: of }) => sum + (count + of) * weight(series, place, String(year)), 0), group.weighted);
    return found;
}
