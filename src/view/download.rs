//! Facts as rows: one fact a row, with wording, source and note beside each number. CSV is made here; JSON from the same cells.
//!
//! Column names are part of the contract with readers' scripts and are the same in both languages.

use super::parts::sources_of;
use crate::model::dataset::{Dataset, Fact};
use crate::model::decimal::decimal;
use crate::model::lang::Lang;
use crate::model::observations::{Cell, Row};

const OBSERVATION_COLUMNS: &str = "series,series_name,place,place_name,counterpart,counterpart_name,sector,sector_name,period_start,period_end,value,value_max,unit,qualifier,missing,standing,computed,vintage,source,source_publisher,source_title,source_url,licence,note";
const AGREEMENT_COLUMNS: &str = "id,counterpart,counterpart_type,instrument,form,papers,signed_on,date_precision,place,topics,says,does_not_say,status,confidence,source,source_publisher,source_title,source_url,licence,note";

/// Text cells that a spreadsheet would run as a formula get an apostrophe in front; numbers stay numbers.
pub fn escape(cell: &str) -> String {
    let risky = !is_number(cell) && cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if risky { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

/// As we write numbers: digits, one point, a minus in front. A float parser would cost 10 kB of tables.
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    digits.starts_with(|c: char| c.is_ascii_digit()) && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// Tells Excel that a file is UTF-8: without it, it reads Cyrillic letters as other letters. English files go without, because
/// many a script takes the mark for a part of the first column's name.
pub const MARK: &str = "\u{feff}";

/// RFC 4180, UTF-8, one header row; Ukrainian with [`MARK`].
pub fn csv(dataset: &Dataset, facts: &[Fact], lang: Lang) -> String {
    let mut out = String::from(if lang == Lang::Uk { MARK } else { "" });
    out.push_str(columns(facts));
    out.push_str("\r\n");
    for cells in facts.iter().filter_map(|&fact| cells(dataset, fact, lang)) {
        out.push_str(&cells.iter().map(|cell| escape(cell)).collect::<Vec<_>>().join(","));
        out.push_str("\r\n");
    }
    out
}

/// Names of the columns, with commas between them.
pub fn columns(facts: &[Fact]) -> &'static str {
    let agreements = facts.iter().any(|fact| matches!(fact, Fact::Agreement(_)));
    if agreements { AGREEMENT_COLUMNS } else { OBSERVATION_COLUMNS }
}

/// One fact's cells in the order of the columns; `None` for what was only counted here.
pub fn cells(dataset: &Dataset, fact: Fact, lang: Lang) -> Option<Vec<String>> {
    match fact {
        Fact::Observation { topic, row } => dataset.row(topic, row).map(|row| observation(dataset, fact, row, lang)),
        Fact::Agreement(i) => agreement(dataset, i, lang),
        Fact::AgreementCount { .. } => None,
    }
}

fn source_cells(dataset: &Dataset, fact: Fact) -> Vec<String> {
    let sources: Vec<_> = sources_of(dataset, fact).into_iter().filter_map(|ix| dataset.catalog.sources.get(ix)).collect();
    let ids = sources.iter().map(|s| s.id.as_str()).collect::<Vec<_>>().join("; ");
    match sources.first() {
        Some(main) => {
            vec![ids, main.publisher.clone(), main.title.clone(), main.url.clone().unwrap_or_default(), main.licence.id().to_owned()]
        }
        None => vec![String::new(); 5],
    }
}

fn observation(dataset: &Dataset, fact: Fact, row: Row, lang: Lang) -> Vec<String> {
    let catalog = &dataset.catalog;
    let series = catalog.series.get(row.series());
    let place = |ix| catalog.places.get(ix).map_or_else(Default::default, |p| (p.code.clone(), p.name.get(lang).to_owned()));
    let (place_code, place_name) = place(row.place());
    let (counterpart_code, counterpart_name) = row.counterpart().map(place).unwrap_or_default();
    let sector = row.sector().and_then(|ix| catalog.sectors.get(ix));
    let date = |date: Option<crate::model::date::Date>| date.map(|d| d.to_string()).unwrap_or_default();
    let (value, qualifier, missing) = match row.cell() {
        Cell::Value { value, qualifier } => (decimal(value), qualifier.id(), ""),
        Cell::Missing(reason) => (String::new(), "", reason.id()),
    };
    let mut cells = vec![
        series.map_or_else(String::new, |s| s.id.clone()),
        series.map_or_else(String::new, |s| s.name.get(lang).to_owned()),
        place_code,
        place_name,
        counterpart_code,
        counterpart_name,
        sector.map_or_else(String::new, |s| s.id.clone()),
        sector.map_or_else(String::new, |s| s.name.get(lang).to_owned()),
        date(row.period().start),
        date(row.period().end),
        value,
        row.value_max().map(decimal).unwrap_or_default(),
        series.and_then(|s| catalog.units.get(s.unit)).map_or_else(String::new, |u| u.id.clone()),
        qualifier.to_owned(),
        missing.to_owned(),
        row.standing().id().to_owned(),
        row.computed().to_string(),
        row.vintage().map(|v| v.to_string()).unwrap_or_default(),
    ];
    cells.extend(source_cells(dataset, fact));
    cells.push(row.note().map_or_else(String::new, |note| note.get(lang).to_owned()));
    cells
}

fn agreement(dataset: &Dataset, i: u32, lang: Lang) -> Option<Vec<String>> {
    let a = dataset.agreements().get(i as usize)?;
    let catalog = &dataset.catalog;
    let both = |part: &Option<crate::model::lang::Bilingual>| part.as_ref().map_or_else(String::new, |p| p.get(lang).to_owned());
    let mut cells = vec![
        a.id.clone(),
        a.counterpart.get(lang).to_owned(),
        a.counterpart_type.id().to_owned(),
        a.instrument.id().to_owned(),
        a.form.id().to_owned(),
        a.papers.map(|n| n.to_string()).unwrap_or_default(),
        a.signed_on.map(|date| date.to_string()).unwrap_or_default(),
        a.date_precision.id().to_owned(),
        a.place.and_then(|ix| catalog.places.get(ix)).map_or_else(String::new, |p| p.code.clone()),
        a.topics.iter().filter_map(|&ix| catalog.sectors.get(ix)).map(|s| s.id.as_str()).collect::<Vec<_>>().join("; "),
        a.says.get(lang).to_owned(),
        both(&a.silent),
        a.status.id().to_owned(),
        a.confidence.id().to_owned(),
    ];
    cells.extend(source_cells(dataset, Fact::Agreement(i)));
    cells.push(both(&a.date_basis));
    Some(cells)
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn cells_are_safe_in_a_spreadsheet() {
        for (cell, expected) in [
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("say \"so\"", "\"say \"\"so\"\"\""),
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-12", "-12"),
            ("-cmd", "'-cmd"),
            ("+380", "'+380"),
            ("+a,b", "\"'+a,b\""),
            ("two\nlines", "\"two\nlines\""),
        ] {
            assert_eq!(escape(cell), expected);
        }
    }
}
