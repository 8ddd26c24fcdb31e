//! A table of others to rows of observations: tidy or wide, with or without a row of HXL tags. Here CSV is read; `sheet` reads xlsx.
//!
//! Guesses no number, no wording and no reason for a gap: what neither the file nor the mapping says is an error with its line.

use super::mapping::{Mapping, SKIP, json_number, period};
use super::told;
use crate::data::package::Package;
use crate::text::Text;
use serde_json::{Map, Value};

/// Fields of an observation that a file may give, `period` for both ends, and `note` in whatever language the file is in.
const FIELDS: [&str; 20] = [
    "series",
    "place",
    "counterpart",
    "sector",
    "period",
    "period_start",
    "period_end",
    "date_precision",
    "value",
    "value_max",
    "qualifier",
    "missing",
    "standing",
    "computed",
    "vintage",
    "source",
    "more_sources",
    "note",
    "note_en",
    "note_uk",
];
/// Columns that HXL names for everybody: field and tag.
const TAGGED: [(&str, &str); 6] = [
    ("place", "#country+code"),
    ("place", "#adm1+code"),
    ("period", "#date+year"),
    ("period", "#date"),
    ("value", "#indicator+value+num"),
    ("value", "#value"),
];
/// What stands in a cell whose formula failed.
const ERRORS: [&str; 11] =
    ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DATA!", "#GETTING_DATA", "#SPILL!", "#CALC!"];

/// One row of observations as the file gives it: only the fields that it knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    pub row: Map<String, Value>,
    /// A note whose language the file does not say.
    pub note: Option<String>,
    /// Of the file, for messages.
    pub line: u64,
}

/// A row, and a note whose language the file does not say.
type Row = (Map<String, Value>, Option<String>);

/// A table as its file holds it: every cell as text, every row with its line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cells {
    pub headings: Vec<String>,
    pub records: Vec<(u64, Vec<String>)>,
}

/// Reads a CSV file. The error is a sentence for each thing that is wrong.
pub fn read(bytes: &[u8], mapping: &Mapping, package: &Package, text: Text) -> Result<Vec<Read>, Vec<String>> {
    rows(csv_cells(bytes, text).map_err(|reason| vec![reason])?, mapping, package, text)
}

fn csv_cells(bytes: &[u8], text: Text) -> Result<Cells, String> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(bytes)).from_reader(bytes);
    let broken = |error: csv::Error| text.t("impact.bad-csv", &[("reason", &told::csv(&error, text))]);
    let headings = reader.headers().map_err(broken)?.iter().map(|cell| cell.trim().to_owned()).collect();
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(0, |position| position.line());
        records.push((line, record.iter().map(|cell| cell.trim().to_owned()).collect()));
    }
    Ok(Cells { headings, records })
}

/// Reads a table, whatever file it comes from.
pub fn rows(cells: Cells, mapping: &Mapping, package: &Package, text: Text) -> Result<Vec<Read>, Vec<String>> {
    let Cells { headings, mut records } = cells;
    let tags = if is_tags(&headings) {
        headings.clone()
    } else if records.first().is_some_and(|(_, cells)| is_tags(cells)) {
        records.remove(0).1
    } else {
        Vec::new()
    };
    let table = Table { headings, tags, mapping, package, text };
    let columns = table.columns()?;
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    for (line, cells) in &records {
        for &(heading, value) in &columns.values {
            let key = heading.map(|heading| (columns.wide_field.as_str(), heading));
            match table.row(cells, &columns, key, value) {
                Ok(Some((row, note))) => rows.push(Read { row, note, line: *line }),
                Ok(None) => {}
                Err(reason) => wrong.push(text.t("impact.bad-line", &[("line", &line.to_string()), ("reason", &reason)])),
            }
        }
    }
    if wrong.is_empty() { Ok(rows) } else { Err(wrong) }
}

/// The mark that parts the most cells of the first line.
fn delimiter(bytes: &[u8]) -> u8 {
    let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |mark: u8| line.iter().filter(|&&byte| byte == mark).count();
    *[b'\t', b';', b','].iter().max_by_key(|&&mark| count(mark)).unwrap_or(&b',')
}

/// HXL: the cells that are filled begin with `#`.
fn is_tags(cells: &[String]) -> bool {
    let mut filled = cells.iter().filter(|cell| !cell.is_empty()).peekable();
    filled.peek().is_some() && filled.all(|cell| cell.starts_with('#'))
}

/// A tag's attributes may come in any order: `#country+code+v_iso3` has `#country+code`.
fn has_tag(cell: &str, asked: &str) -> bool {
    let cell = cell.replace(' ', "").to_lowercase();
    let parts: Vec<&str> = cell.split('+').collect();
    let mut asked = asked.split('+');
    asked.next() == parts.first().copied() && asked.all(|attribute| parts[1..].contains(&attribute))
}

struct Table<'a> {
    headings: Vec<String>,
    tags: Vec<String>,
    mapping: &'a Mapping,
    package: &'a Package,
    text: Text,
}

struct Columns<'a> {
    /// Field and its column.
    fields: Vec<(&'static str, usize)>,
    /// Columns of values; of a wide table with their headings.
    values: Vec<(Option<&'a str>, Option<usize>)>,
    wide_field: String,
}

impl Table<'_> {
    fn find(&self, asked: &str) -> Option<usize> {
        let named = self.headings.iter().position(|heading| heading == asked);
        let tagged = || self.tags.iter().position(|tag| has_tag(tag, asked)).filter(|_| asked.starts_with('#'));
        named.or_else(tagged)
    }

    /// Which column gives what: as the mapping says, else by its name, else by its tag.
    fn columns(&self) -> Result<Columns<'_>, Vec<String>> {
        let mapping = self.mapping;
        let mut wrong = Vec::new();
        let known = self.headings.iter().filter(|heading| !heading.is_empty()).cloned().collect::<Vec<_>>().join(", ");
        let unknown = |key: &str, name: &str| self.text.t(key, &[("name", name), ("known", &known)]);
        let mut named = mapping.columns.keys().chain(mapping.set.keys()).chain(mapping.codes.keys());
        if let Some(field) = named.find(|field| !FIELDS.contains(&field.as_str())) {
            wrong.push(self.text.t("impact.unknown-map-field", &[("name", field), ("known", &FIELDS.join(", "))]));
        }
        for column in mapping.columns.values().filter(|column| self.find(column).is_none()) {
            wrong.push(unknown("impact.no-column", column));
        }
        let mut fields: Vec<(&'static str, usize)> = Vec::new();
        for field in FIELDS {
            let mapped = mapping.columns.get(field).and_then(|column| self.find(column));
            let is_set = mapping.set.contains_key(field) || mapping.wide.as_ref().is_some_and(|wide| wide.field == field);
            let own = || self.find(field).or_else(|| TAGGED.iter().filter(|(of, _)| *of == field).find_map(|(_, tag)| self.find(tag)));
            fields.extend(mapped.or_else(|| if is_set { None } else { own() }).map(|column| (field, column)));
        }
        let has = |field: &str| mapping.set.contains_key(field) || fields.iter().any(|(known, _)| *known == field);
        let mut values = Vec::new();
        let mut wide_field = String::new();
        if let Some(wide) = &mapping.wide {
            wide_field.clone_from(&wide.field);
            let taken = |column: usize| fields.iter().any(|(_, taken)| *taken == column);
            let is_period = |heading: &str| wide.field == "period" && period(heading, false).is_some();
            let listed = self.headings.iter().enumerate().filter(|(at, heading)| {
                if wide.columns.is_empty() { !taken(*at) && is_period(heading) } else { wide.columns.contains(heading) }
            });
            values.extend(listed.map(|(at, heading)| (Some(heading.as_str()), Some(at))));
            for column in wide.columns.iter().filter(|column| !self.headings.contains(column)) {
                wrong.push(unknown("impact.no-column", column));
            }
            if values.is_empty() {
                wrong.push(unknown("impact.no-wide-column", &wide.field));
            }
        } else {
            values.push((None, fields.iter().find(|(field, _)| *field == "value").map(|(_, column)| *column)));
        }
        let used = fields.iter().map(|(_, column)| *column).chain(values.iter().filter_map(|(_, column)| *column));
        let mut doubled: Vec<&String> = used.filter_map(|column| self.headings.get(column)).collect();
        doubled.retain(|heading| !heading.is_empty() && self.headings.iter().filter(|other| other == heading).count() > 1);
        doubled.dedup();
        wrong.extend(doubled.into_iter().map(|name| self.text.t("impact.doubled-column", &[("name", name)])));
        let needed = ["series", "place", "qualifier", "source"].into_iter().filter(|field| !has(field) && *field != wide_field);
        wrong.extend(needed.map(|field| self.text.t("impact.field-not-given", &[("field", field)])));
        if mapping.wide.is_none() && !has("value") {
            wrong.push(self.text.t("impact.field-not-given", &[("field", "value")]));
        }
        if wrong.is_empty() { Ok(Columns { fields, values, wide_field }) } else { Err(wrong) }
    }

    /// One row, or nothing where the mapping says to leave it out.
    fn row(&self, cells: &[String], columns: &Columns, key: Option<(&str, &str)>, value: Option<usize>) -> Result<Option<Row>, String> {
        let mut row = Map::new();
        let mut note = None;
        let mut whole_period = None;
        let mut gap = None;
        let cell = |at: usize| cells.get(at).map_or("", String::as_str);
        let set = self.mapping.set.iter().filter_map(|(field, value)| Some((field.as_str(), value.as_str()?)));
        let given = columns.fields.iter().map(|&(field, column)| (field, cell(column)));
        for (field, cell) in set.chain(given).chain(key).filter(|(field, _)| *field != "value") {
            self.check(cell)?;
            let cell = unescaped(cell);
            match field {
                "period" => whole_period = Some(cell),
                "note" => note = Some(cell.to_owned()).filter(|note| !note.is_empty()),
                "missing" => gap = Some(cell).filter(|cell| !cell.is_empty()),
                _ if cell.is_empty() => drop(row.insert(field.to_owned(), Value::Null)),
                "value_max" => drop(row.insert(field.to_owned(), self.number(cell)?)),
                // As spreadsheets write it, too.
                "computed" => match cell.to_ascii_lowercase().as_str() {
                    said @ ("true" | "false") => drop(row.insert(field.to_owned(), (said == "true").into())),
                    _ => return Err(self.text.t("impact.not-true-or-false", &[("cell", cell)])),
                },
                "source" | "more_sources" => self.sources(&mut row, cell),
                _ => drop(row.insert(field.to_owned(), self.code(field, cell)?.into())),
            }
        }
        for (field, value) in self.mapping.set.iter().filter(|(_, value)| !value.is_string()) {
            row.insert(field.clone(), value.clone());
        }
        if let Some(cell) = whole_period {
            let series = row.get("series").and_then(Value::as_str).unwrap_or_default();
            let days = period(cell, self.mapping.is_stock(series, self.package));
            let days = days.ok_or_else(|| self.text.t("impact.bad-period", &[("cell", cell)]))?;
            for (field, day) in [("period_start", days.start), ("period_end", days.end)] {
                row.insert(field.to_owned(), day.map_or(Value::Null, |day| day.to_string().into()));
            }
        }
        let cell = value.map_or("", cell);
        if gap.is_some() && !cell.is_empty() && !self.mapping.missing.contains_key(cell) {
            return Err(self.text.t("impact.value-and-missing", &[]));
        }
        let reason = gap.filter(|_| cell.is_empty()).or_else(|| self.mapping.missing.get(cell).map(String::as_str));
        match reason {
            Some(SKIP) => return Ok(None),
            Some(reason) => {
                row.insert("missing".to_owned(), reason.into());
                row.insert("value".to_owned(), Value::Null);
                row.insert("qualifier".to_owned(), Value::Null);
            }
            None if cell.is_empty() => return Err(self.text.t("impact.empty-value", &[])),
            None => {
                row.insert("value".to_owned(), self.number(cell)?);
                row.insert("missing".to_owned(), Value::Null);
            }
        }
        Ok(Some((row, note)))
    }

    fn number(&self, cell: &str) -> Result<Value, String> {
        self.check(cell)?;
        let key = if cell.ends_with('%') { "impact.percent-of-what" } else { "impact.not-a-number" };
        self.mapping.number(cell).map(json_number).ok_or_else(|| self.text.t(key, &[("cell", cell)]))
    }

    /// What a spreadsheet could not compute, or has not computed yet, says nothing.
    fn check(&self, cell: &str) -> Result<(), String> {
        let key = match cell {
            _ if ERRORS.contains(&cell) => "impact.error-cell",
            _ if cell.starts_with('=') => "impact.formula-cell",
            _ => return Ok(()),
        };
        Err(self.text.t(key, &[("cell", cell)]))
    }

    fn code(&self, field: &str, cell: &str) -> Result<String, String> {
        let code = self.mapping.code(field, cell, self.package);
        code.ok_or_else(|| self.text.t("impact.unknown-code", &[("field", field), ("cell", cell)]))
    }

    /// Our own CSV names all sources in one cell, the main one first.
    fn sources(&self, row: &mut Map<String, Value>, cell: &str) {
        let mut ids = cell.split(';').map(str::trim).filter(|id| !id.is_empty());
        if !row.contains_key("source") {
            row.insert("source".to_owned(), ids.next().into());
        }
        let more: Vec<Value> = ids.map(Value::from).collect();
        if !more.is_empty() || !row.contains_key("more_sources") {
            row.insert("more_sources".to_owned(), more.into());
        }
    }
}

/// What `view::download` puts before a cell that a spreadsheet would run.
fn unescaped(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_their_attributes_in_any_order() {
        let check = |cell: &str, asked: &str, expected: bool| assert_eq!(has_tag(cell, asked), expected, "{cell} {asked}");
        check("#country+code", "#country+code", true);
        check("#country +v_iso3 +code", "#country+code", true);
        check("#Country+CODE", "#country+code", true);
        check("#country+name", "#country+code", false);
        check("#countryside+code", "#country+code", false);
        check("", "#country", false);
    }

    #[test]
    fn the_mark_between_cells_is_found() {
        for (line, expected) in [("a,b;c,d\n", b','), ("a;b;c,5\n1;2;3", b';'), ("a\tb\n", b'\t'), ("a\n", b',')] {
            assert_eq!(delimiter(line.as_bytes()), expected, "{line:?}");
        }
    }
}
