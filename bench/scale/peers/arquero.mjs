// arquero as its documentation uses it: on the page's own thread, a table made of columns, and its expressions.
import { op, table } from "arquero";
import { columns } from "../file.mjs";

let observations;

export async function load(url) {
    const { length, columns: all } = await columns(url);
    observations = table(all);
    return { rows: length };
}

export const filter = (series, places) => observations
    .params({ series, places })
    .filter((row, $) => row.series === $.series && op.includes($.places, row.place))
    .orderby("period_end")
    .select("place", "period_end", "value")
    .objects();

export function group() {
    const grouped = observations
        .groupby("series", "place", { year: (row) => op.slice(row.period_end, 0, 4) })
        .rollup({ count: (row) => op.valid(row.value), sum: (row) => op.sum(row.value) ?? 0 });
    const total = (field) => grouped.array(field).reduce((sum, value) => sum + value, 0);
    return { groups: grouped.numRows(), count: total("count"), sum: total("sum"), each: () => grouped.objects() };
}
