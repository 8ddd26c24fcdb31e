//! `mapping.toml`: what a publisher says about a file that others made. Here is also how cells become codes, numbers and periods.

use crate::data::package::Package;
use crate::data::record::Checked;
use crate::model::date::{Date, PartialDate, Period};
use crate::model::words::Nature;
use crate::text::Text;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The cell of [`Mapping::missing`] that leaves its row out.
pub const SKIP: &str = "skip";

/// Everything is optional: a file with the columns of our own CSV needs none.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// What is the same for every row.
    pub set: Map<String, Value>,
    /// Field to the heading of its column, or to its HXL tag.
    pub columns: BTreeMap<String, String>,
    /// For each field: what the file writes, and what the package calls it.
    pub codes: BTreeMap<String, BTreeMap<String, String>>,
    /// Cells without a number: why, or `skip`.
    pub missing: BTreeMap<String, String>,
    pub wide: Option<Wide>,
    pub numbers: Numbers,
    pub dates: Option<Dates>,
    /// Rows that the package needs first: table to rows.
    pub add: BTreeMap<String, Vec<Map<String, Value>>>,
}

/// One row holds several values, a column each.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wide {
    /// What the headings of these columns say.
    pub field: String,
    /// Their headings; without them, for periods, all that can be read as one.
    #[serde(default)]
    pub columns: Vec<String>,
}

/// How the file writes numbers.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Numbers {
    pub decimal: String,
    pub thousands: String,
    /// What 100% is in the package: 100 or 1.
    pub percent: Option<u32>,
    /// To how many digits the numbers of a spreadsheet are rounded; without it, none is lost.
    pub digits: Option<u8>,
}

/// What the dates of a spreadsheet stand for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dates {
    /// `day`, `month`, `quarter` or `year`.
    pub are: String,
}

impl Default for Numbers {
    fn default() -> Self {
        Numbers { decimal: ".".to_owned(), thousands: String::new(), percent: None, digits: None }
    }
}

impl Mapping {
    /// The error is a sentence with the line.
    pub fn read(name: &str, toml: &str, text: Text) -> Result<Mapping, String> {
        let mapping: Mapping = toml::from_str(toml).map_err(|error| {
            let line = error.span().map_or(0, |span| toml.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
            text.t("impact.bad-mapping", &[("name", name), ("line", &line.to_string()), ("reason", error.message())])
        })?;
        // Figures of a kind are no text: everything else is written in quotes, a year too.
        let is_text = |field: &str| !matches!(field, "computed" | "value_max" | "more_sources");
        if let Some((field, _)) = mapping.set.iter().find(|(field, value)| is_text(field) && !value.is_string()) {
            return Err(text.t("impact.set-is-text", &[("name", name), ("field", field)]));
        }
        match mapping.dates.as_ref().map(|dates| dates.are.as_str()) {
            None | Some("day" | "month" | "quarter" | "year") => Ok(mapping),
            Some(other) => Err(text.t("impact.dates-are-what", &[("name", name), ("found", other)])),
        }
    }

    /// What the package calls what the file writes: by the mapping, by id, or by the name in either language if only one has it.
    pub fn code(&self, field: &str, cell: &str, package: &Package) -> Option<String> {
        if let Some(code) = self.codes.get(field).and_then(|codes| codes.get(cell)) {
            return Some(code.clone());
        }
        let (table, key) = match field {
            "series" => ("series", "id"),
            "place" | "counterpart" => ("places", "code"),
            "sector" => ("sectors", "id"),
            _ => return Some(cell.to_owned()),
        };
        let added =
            self.add.get(table).into_iter().flatten().filter_map(|row| Some((text_of(row, key)?, names_of(&|name| text_of(row, name)))));
        let records = package.tables.get(table).into_iter().flat_map(Checked::records);
        let known = records.filter_map(|row| Some((row.text(key)?, names_of(&|name| row.text(name)))));
        let all: Vec<_> = known.chain(added).collect();
        if all.iter().any(|(id, _)| *id == cell) {
            return Some(cell.to_owned());
        }
        let mut named = all.iter().filter(|(_, names)| names.contains(&Some(cell)));
        let (id, _) = named.next()?;
        named.next().is_none().then(|| (*id).to_owned())
    }

    /// Whether a series is counted at a date; also of one that the mapping adds.
    pub fn is_stock(&self, series: &str, package: &Package) -> bool {
        let added = self.add.get("series").into_iter().flatten().find(|row| text_of(row, "id") == Some(series));
        let known = package.tables.get("series").into_iter().flat_map(Checked::records).find(|row| row.text("id") == Some(series));
        let nature = added.and_then(|row| text_of(row, "nature")).or_else(|| known.and_then(|row| row.text("nature")));
        nature == Some(Nature::Stock.id())
    }

    /// A number as the file writes it; spaces between digits are always fine where thousands are parted.
    pub fn number(&self, cell: &str) -> Option<f64> {
        let Numbers { decimal, thousands, percent, .. } = &self.numbers;
        let (mut digits, hundredth) = match (cell.strip_suffix('%'), percent) {
            (Some(share), Some(100)) => (share.trim_end().to_owned(), ""),
            (Some(share), Some(1)) => (share.trim_end().to_owned(), "e-2"),
            (Some(_), _) => return None,
            (None, _) => (cell.to_owned(), ""),
        };
        if !thousands.is_empty() {
            let parted = digits.replace(['\u{a0}', '\u{202f}'], thousands);
            let (whole, fraction) = parted.split_once(decimal.as_str()).unwrap_or((&parted, ""));
            let mut groups = whole.trim_start_matches(['-', '+']).split(thousands.as_str());
            let first = groups.next().unwrap_or_default();
            // `1,5` is no fifteen.
            let is_grouped = groups.clone().next().is_none() || (matches!(first.len(), 1..=3) && groups.all(|group| group.len() == 3));
            if !is_grouped || fraction.contains(thousands.as_str()) {
                return None;
            }
            digits = parted.replace(thousands.as_str(), "");
        }
        if decimal != "." && digits.contains('.') {
            return None;
        }
        let digits = digits.replace(decimal.as_str(), ".");
        let is_plain = digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
        format!("{digits}{hundredth}").parse().ok().filter(|number: &f64| is_plain && number.is_finite())
    }
}

fn text_of<'a>(row: &'a Map<String, Value>, field: &str) -> Option<&'a str> {
    row.get(field)?.as_str()
}

fn names_of<'a>(text: &dyn Fn(&str) -> Option<&'a str>) -> [Option<&'a str>; 2] {
    [text("name_en"), text("name_uk")]
}

/// A number as JSON writes it: whole ones without a point.
pub fn json_number(value: f64) -> Value {
    let is_whole = value.fract() == 0.0 && value.abs() < 9e15;
    if is_whole { Value::from(value as i64) } else { Value::from(value) }
}

/// `2023`, `2023-05`, `2023-05-31`, `2023-Q2` and what the World Bank writes, `2023M05`, `2023Q2`. A stock is of its last day.
pub fn period(cell: &str, is_stock: bool) -> Option<Period> {
    let (first, last) = match quarter(cell) {
        Some(days) => days,
        None => {
            let date = PartialDate::parse(&cell.replacen('M', "-", 1))?;
            (date.first_day(), date.last_day())
        }
    };
    Some(Period { start: Some(if is_stock { last } else { first }), end: Some(last), rough: None })
}

fn quarter(cell: &str) -> Option<(Date, Date)> {
    let (year, number) = cell.split_once('Q')?;
    let year = PartialDate::parse(year.strip_suffix('-').unwrap_or(year)).filter(|date| date.month.is_none())?.year;
    let number: u8 = number.parse().ok().filter(|number| (1..=4).contains(number))?;
    let month = |month| PartialDate { year, month: Some(month), day: None };
    Some((Date::new(year, number * 3 - 2, 1)?, month(number * 3).last_day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_as_others_write_them() {
        let check = |cell: &str, is_stock: bool, expected: Option<(&str, &str)>| {
            let read =
                period(cell, is_stock).map(|read| [read.start, read.end].map(|day| day.map(|day| day.to_string()).unwrap_or_default()));
            assert_eq!(read, expected.map(|(start, end)| [start.to_owned(), end.to_owned()]), "{cell}");
        };
        check("2023", false, Some(("2023-01-01", "2023-12-31")));
        check("2023", true, Some(("2023-12-31", "2023-12-31")));
        check("2024-02", false, Some(("2024-02-01", "2024-02-29")));
        check("2024M02", true, Some(("2024-02-29", "2024-02-29")));
        check("2023Q2", false, Some(("2023-04-01", "2023-06-30")));
        check("2023-Q4", true, Some(("2023-12-31", "2023-12-31")));
        check("2023-05-31", false, Some(("2023-05-31", "2023-05-31")));
        for bad in [
            "",
            "2023-13",
            "2023Q5",
            "Q1",
            "23",
            "May 2023",
            "2023-02-30",
            "20230531",
            "2023MM05",
            "23Q2",
            "+2023Q2",
            "2023---Q2",
            "2023-05Q2",
        ] {
            check(bad, false, None);
        }
    }

    #[test]
    fn numbers_are_read_as_the_file_writes_them() {
        let check = |decimal: &str, thousands: &str, cell: &str, expected: Option<f64>| {
            let numbers = Numbers { decimal: decimal.to_owned(), thousands: thousands.to_owned(), ..Numbers::default() };
            assert_eq!(Mapping { numbers, ..Mapping::default() }.number(cell), expected, "{cell}");
        };
        check(".", "", "1234.5", Some(1234.5));
        check(".", ",", "1,234.5", Some(1234.5));
        check(",", ".", "1.234,5", Some(1234.5));
        check(",", " ", "1\u{a0}234,5", Some(1234.5));
        check(".", "", "-2e3", Some(-2000.0));
        check(".", "", "1,234", None);
        check(",", "", "1.5", None);
        check(".", "", "NaN", None);
        check(".", "", "inf", None);
        check(".", "", "12 people", None);
        check(".", "", "1e999", None);
        check(".", "", "", None);
        check(".", "", "12%", None);
    }

    #[test]
    fn a_percentage_is_what_the_mapping_says() {
        let check = |percent: Option<u32>, cell: &str, expected: Option<f64>| {
            let numbers = Numbers { percent, ..Numbers::default() };
            assert_eq!(Mapping { numbers, ..Mapping::default() }.number(cell), expected, "{percent:?} {cell}");
        };
        check(Some(100), "12.5%", Some(12.5));
        check(Some(100), "7 %", Some(7.0));
        check(Some(1), "7%", Some(0.07));
        check(Some(1), "2e1%", None);
        check(Some(10), "7%", None);
        check(None, "7%", None);
    }
}
