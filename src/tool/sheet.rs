//! A worksheet of an xlsx file to cells as text, which `table` reads like those of a CSV file.
//!
//! A cell is taken as it is stored: its format hides digits and none comes back. Where a format changes what a number means (a share, a
//! date that stands for its month), the mapping must say so. Runs no formula: the value that was saved with it counts.

use super::mapping::Mapping;
use super::table::Cells;
use crate::text::Text;
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

/// More than any table of published figures; a file that unpacks to more would only fill the memory.
const MAX_CELLS: usize = 5_000_000;
/// What every spreadsheet program shows at most of a number.
const SHOWN_DIGITS: usize = 15;

/// Which part of the file is the table.
#[derive(Clone, Copy, Debug, Default)]
pub struct Part<'a> {
    /// Without it, the only worksheet that is not hidden.
    pub sheet: Option<&'a str>,
    /// Number of the row of headings; without it, the first row that is not empty.
    pub header: Option<u32>,
}

/// Row and column, from 0.
type At = (u32, u32);

/// Reads the worksheet; also says what a reader of it would not see. The error is a sentence for each thing that is wrong.
pub fn read(bytes: &[u8], part: Part, mapping: &Mapping, text: Text) -> Result<(Cells, Vec<String>), Vec<String>> {
    let broken = |error: XlsxError| vec![text.t("impact.bad-xlsx", &[("reason", &error.to_string())])];
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let sheet = chosen(&book, part.sheet, text).map_err(|reason| vec![reason])?;
    let mut found = Found { mapping, text: BTreeMap::new(), dates: BTreeMap::new(), hidden: Vec::new() };
    let formulas = formulas(&mut book, &sheet).map_err(broken)?;
    let mut reader = book.worksheet_cells_reader(&sheet).map_err(broken)?;
    let mut count = 0;
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(broken)? {
        let format = reader.styles().get(style).and_then(|style| style.number_format.as_ref());
        let is_percent = format.is_some_and(|format| has_percent(&format.format_code));
        found.add(cell.get_position(), cell.get_value(), is_percent);
        count += 1;
        if count > MAX_CELLS {
            return Err(vec![text.t("impact.too-many-cells", &[("n", &MAX_CELLS.to_string())])]);
        }
    }
    drop(reader);
    found.uncomputed(formulas);
    let first = found.text.first_key_value().map(|((row, _), _)| *row);
    let header = part.header.map(|number| number.saturating_sub(1)).or(first).unwrap_or_default();
    let mut wrong = Vec::new();
    if !found.text.keys().any(|(row, _)| *row == header) {
        wrong.push(text.t("impact.no-header", &[("sheet", &sheet), ("row", &(header + 1).to_string())]));
    }
    for region in book.merge_cells_by_sheet_name(&sheet).map_err(broken)? {
        let (start, end) = (region.start, region.end);
        if end.0 > header && start.0 != end.0 {
            wrong.push(text.t("impact.merged", &[("cells", &format!("{}:{}", address(start), address(end)))]));
        }
    }
    wrong.extend(found.unclear_dates(header, text));
    // One cell in the last column makes every row as wide.
    if found.area() > MAX_CELLS {
        wrong.push(text.t("impact.too-many-cells", &[("n", &MAX_CELLS.to_string())]));
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let told = found.told(text);
    Ok((found.cells(header), told))
}

fn chosen(book: &Xlsx<Cursor<&[u8]>>, asked: Option<&str>, text: Text) -> Result<String, String> {
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let (mut shown, mut all) = (Vec::new(), Vec::new());
    for sheet in sheets {
        all.push(sheet.name.as_str());
        if sheet.visible == SheetVisible::Visible {
            shown.push(sheet.name.as_str());
        }
    }
    match (asked, shown.as_slice()) {
        (Some(name), _) if all.contains(&name) => Ok(name.to_owned()),
        (Some(name), _) => Err(text.t("impact.no-sheet", &[("name", name), ("known", &all.join(", "))])),
        (None, [only]) => Ok((*only).to_owned()),
        (None, _) => Err(text.t("impact.several-sheets", &[("known", &all.join(", "))])),
    }
}

/// Where formulas are. One whose value was never saved looks empty otherwise.
fn formulas(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<BTreeMap<At, String>, XlsxError> {
    let mut reader = book.worksheet_cells_reader(sheet)?;
    let mut all = BTreeMap::new();
    while let (Some(cell), true) = (reader.next_formula()?, all.len() <= MAX_CELLS) {
        if !cell.get_value().is_empty() {
            all.insert(cell.get_position(), cell.get_value().clone());
        }
    }
    Ok(all)
}

/// A format that shows a hundredfold and a `%`; one in quotes or after a backslash is only a letter.
fn has_percent(format: &str) -> bool {
    let mut quoted = false;
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => quoted = !quoted,
            '\\' | '_' | '*' => drop(chars.next()),
            '%' if !quoted => return true,
            _ => {}
        }
    }
    false
}

struct Found<'a> {
    mapping: &'a Mapping,
    text: BTreeMap<At, String>,
    /// Cells with dates: whether each is the first day of a month.
    dates: BTreeMap<At, bool>,
    /// Numbers with more digits than a spreadsheet shows.
    hidden: Vec<(At, String)>,
}

impl Found<'_> {
    fn add(&mut self, at: At, value: &DataRef, is_percent: bool) {
        let text = match value {
            DataRef::Empty => String::new(),
            DataRef::Int(number) => self.number(at, *number as f64, is_percent),
            DataRef::Float(number) => self.number(at, *number, is_percent),
            DataRef::String(text) => text.trim().to_owned(),
            DataRef::SharedString(text) => text.trim().to_owned(),
            DataRef::Bool(flag) => flag.to_string(),
            DataRef::DateTime(moment) if moment.is_duration() => format!("P{}D", moment.as_f64()),
            DataRef::DateTime(moment) => self.date(at, moment),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.trim_end_matches("T00:00:00").to_owned(),
            DataRef::Error(error) => error.to_string(),
        };
        if !text.is_empty() {
            self.text.insert(at, text);
        }
    }

    /// Formulas that no program has computed. One that computes computes all: then an empty cell is what its formula says.
    fn uncomputed(&mut self, formulas: BTreeMap<At, String>) {
        if !formulas.keys().any(|at| self.text.contains_key(at)) {
            self.text.extend(formulas.into_iter().map(|(at, formula)| (at, format!("={formula}"))));
        }
    }

    /// As `Mapping::number` reads it.
    fn number(&mut self, at: At, stored: f64, is_percent: bool) -> String {
        let numbers = &self.mapping.numbers;
        let as_shown: f64 = format!("{stored:.*e}", SHOWN_DIGITS - 1).parse().unwrap_or(stored);
        let taken = match numbers.digits {
            Some(digits) => format!("{stored:.*e}", usize::from(digits.clamp(1, 17)) - 1).parse().unwrap_or(stored),
            None => stored,
        };
        if taken != as_shown && numbers.digits.is_none() {
            self.hidden.push((at, taken.to_string()));
        }
        // The hundredfold of the decimal that is stored, not of the nearest binary number: 0.07 is 7%.
        let taken = if is_percent { format!("{taken}e2").parse().unwrap_or(taken) } else { taken };
        let end = if is_percent { "%" } else { "" };
        format!("{}{end}", taken.to_string().replace('.', &numbers.decimal))
    }

    fn date(&mut self, at: At, moment: &ExcelDateTime) -> String {
        let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
        let has_time = (hour, minute, second, milli) != (0, 0, 0, 0);
        self.dates.insert(at, day == 1 && !has_time);
        match self.mapping.dates.as_ref().map(|dates| dates.are.as_str()) {
            Some("month") => format!("{year:04}-{month:02}"),
            Some("quarter") => format!("{year:04}-Q{}", month.div_ceil(3)),
            Some("year") => format!("{year:04}"),
            _ if has_time => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
            _ => format!("{year:04}-{month:02}-{day:02}"),
        }
    }

    /// Columns, or a row of headings, whose dates are all firsts of months: often the months themselves are meant.
    fn unclear_dates(&self, header: u32, text: Text) -> Vec<String> {
        if self.mapping.dates.is_some() {
            return Vec::new();
        }
        let mut groups: BTreeMap<Option<u32>, Vec<(&At, bool)>> = BTreeMap::new();
        for (at, is_first) in self.dates.iter().filter(|((row, _), _)| *row >= header) {
            groups.entry((at.0 > header).then_some(at.1)).or_default().push((at, *is_first));
        }
        let unclear = groups.into_values().filter(|group| group.iter().all(|(_, is_first)| *is_first));
        let cells = |group: Vec<(&At, bool)>| {
            let named: Vec<String> = group.iter().take(3).map(|(at, _)| format!("{} {}", address(**at), self.text[at])).collect();
            text.t("impact.dates-unclear", &[("cells", &named.join(", "))])
        };
        unclear.map(cells).collect()
    }

    /// What a publisher who looks at the sheet does not see.
    fn told(&self, text: Text) -> Vec<String> {
        let named: Vec<String> = self.hidden.iter().take(3).map(|(at, number)| format!("{} {number}", address(*at))).collect();
        let count = self.hidden.len() as u64;
        if count == 0 { Vec::new() } else { vec![text.plural("impact.hidden-digits", count, &[("cells", &named.join(", "))])] }
    }

    fn width(&self) -> u32 {
        self.text.keys().map(|(_, column)| column.saturating_add(1)).max().unwrap_or_default()
    }

    fn area(&self) -> usize {
        let rows: BTreeSet<u32> = self.text.keys().map(|(row, _)| *row).collect();
        rows.len().saturating_mul(self.width() as usize)
    }

    fn cells(mut self, header: u32) -> Cells {
        let width = self.width();
        let rows: BTreeSet<u32> = self.text.keys().map(|(row, _)| *row).filter(|row| *row > header).collect();
        let mut row = |row: u32| (0..width).map(|column| self.text.remove(&(row, column)).unwrap_or_default()).collect();
        let headings = row(header);
        Cells { headings, records: rows.into_iter().map(|at| (u64::from(at) + 1, row(at))).collect() }
    }
}

/// As spreadsheets name a cell: `B7`.
fn address((row, column): At) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_called_what_spreadsheets_call_them() {
        for (at, expected) in [((0, 0), "A1"), ((6, 1), "B7"), ((9, 25), "Z10"), ((0, 26), "AA1"), ((0, 701), "ZZ1"), ((0, 702), "AAA1")] {
            assert_eq!(address(at), expected);
        }
    }

    #[test]
    fn a_percent_sign_in_quotes_changes_no_number() {
        let check = |format: &str, expected: bool| assert_eq!(has_percent(format), expected, "{format}");
        check("0%", true);
        check("0.00%;[Red]-0.00%", true);
        check("General", false);
        check("0\"%\"", false);
        check("0\\%", false);
        check("\"of all: \"0.0%", true);
    }
}
