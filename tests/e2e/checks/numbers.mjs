// The chart, the table and the download show the numbers of the package: all of them, and no others.
import { expect } from "../fixtures.mjs";
import { drawnAtFirst, notDrawn, numberIn, shownAtFirst, t } from "../pages.mjs";

export const sorted = (list) => list.map((one) => JSON.stringify(one)).sort();
const numberAndWording = (list) => sorted(list.map(({ value, qualifier }) => [value, qualifier]));
/** The word that a source puts before a number, as it is printed. */
const wording = (lang, qualifier) => t(lang, `qualifier.${qualifier}`).replace("{number}", "").trim();

/** Of one figure of observations; `points` are its points, walked. */
export async function holdsPublishedNumbers(figure, def, lang, points) {
    const expected = shownAtFirst(def);
    const published = expected.filter(({ value }) => value !== null);

    const table = await figure.tableValues();
    expect(published.length).toBeGreaterThan(0);
    expect(numberAndWording(table)).toEqual(numberAndWording(published));
    expect(numberAndWording(points)).toEqual(numberAndWording(drawnAtFirst(def)));

    const csv = await figure.download();
    const keys = ["series", "place", "counterpart", "sector", "period_start", "period_end", "value", "value_max", "qualifier", "source"];
    const asWritten = (row) => keys.map((key) => (key === "source" ? row.source.split("; ")[0] : String(row[key] ?? "")));
    expect(sorted(csv.map(asWritten))).toEqual(sorted([...expected, ...notDrawn(def)].map(asWritten)));
    for (const row of csv) {
        for (const column of ["series_name", "place_name", "unit", "source_publisher", "source_title", "licence"]) expect(row[column], column).not.toBe("");
    }

    // The words that a source uses are printed with each number.
    for (const { shown, value, qualifier } of [...table, ...points]) {
        expect(shown).toContain(wording(lang, qualifier));
        expect(numberIn(lang, shown)).toBe(value);
    }
}
