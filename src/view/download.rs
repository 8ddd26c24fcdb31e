//! Facts as rows: one fact a row, with wording, source and note beside each number. CSV is made here; JSON from the same cells.
//!
//! Column names are part of the contract with readers' scripts and are the same in both languages.

use super::parts::sources_of;
use crate::model::catalog::PlaceIx;
use crate::model::community::Organisation;
use crate::model::dataset::{Dataset, Fact};
use crate::model::date::PartialDate;
use crate::model::decimal::decimal;
use crate::model::lang::{Bilingual, Lang};
use crate::model::observations::{Cell, Row};
use crate::model::words::Rough;

const OBSERVATION_COLUMNS: &str = "series,series_name,place,place_name,counterpart,counterpart_name,sector,sector_name,period_start,period_end,value,value_max,unit,qualifier,missing,standing,computed,vintage,source,source_publisher,source_title,source_url,licence,note,date_precision";
const AGREEMENT_COLUMNS: &str = "id,counterpart,counterpart_type,instrument,form,papers,signed_on,date_precision,place,topics,says,does_not_say,status,confidence,source,source_publisher,source_title,source_url,licence,note";

const ORGANISATION_COLUMNS: &str = "organisation,organisation_name,kind,place,figure,value,value_max,unit,qualifier,standing,basis,period_start,as_of,source,source_publisher,source_title,source_url,licence,note";
const EVENT_COLUMNS: &str =
    "record,id,name,starts_on,ends_on,date_precision,place,says,confidence,source,source_publisher,source_title,source_url,licence,note";

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
    for cells in rows(dataset, facts, lang) {
        out.push_str(&cells.iter().map(|cell| escape(cell)).collect::<Vec<_>>().join(","));
        out.push_str("\r\n");
    }
    out
}

/// Names of the columns, with commas between them. A view's first fact says what its rows are.
pub fn columns(facts: &[Fact]) -> &'static str {
    match facts.first() {
        Some(Fact::Agreement(_) | Fact::AgreementCount { .. }) => AGREEMENT_COLUMNS,
        Some(Fact::Organisation(_) | Fact::OrganisationFigure(_)) => ORGANISATION_COLUMNS,
        Some(Fact::Event(_)) => EVENT_COLUMNS,
        Some(Fact::Observation { .. } | Fact::Rest { .. }) | None => OBSERVATION_COLUMNS,
    }
}

/// Cells of each fact in the order of the columns; what was only counted or added up here has none.
pub fn rows(dataset: &Dataset, facts: &[Fact], lang: Lang) -> Vec<Vec<String>> {
    // Events bring the agreements of their time.
    let with_events = matches!(facts.first(), Some(Fact::Event(_)));
    let cells = |&fact: &Fact| match fact {
        Fact::Observation { topic, row } => dataset.row(topic, row).map(|row| observation(dataset, fact, row, lang)),
        Fact::Agreement(i) if with_events => dated_agreement(dataset, i, lang),
        Fact::Agreement(i) => agreement(dataset, i, lang),
        Fact::Organisation(i) => organisation(dataset, fact, i, lang),
        Fact::OrganisationFigure(i) => organisation_figure(dataset, fact, i, lang),
        Fact::Event(i) => event(dataset, fact, i, lang),
        Fact::AgreementCount { .. } | Fact::Rest { .. } => None,
    };
    facts.iter().filter_map(cells).collect()
}

fn source_cells(dataset: &Dataset, fact: Fact) -> Vec<String> {
    let sources: Vec<_> = sources_of(dataset, fact).into_iter().filter_map(|ix| dataset.catalog.sources.get(ix)).collect();
    let ids = sources.iter().map(|s| s.id.as_str()).collect::<Vec<_>>().join("; ");
    match sources.first() {
        Some(main) => {
            vec![ids, main.publisher.en.clone(), main.title.clone(), main.url.clone().unwrap_or_default(), main.licence.id().to_owned()]
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
    cells.push(row.period().rough.map_or("", Rough::id).to_owned());
    cells
}

fn agreement(dataset: &Dataset, i: u32, lang: Lang) -> Option<Vec<String>> {
    let a = dataset.agreements().get(i as usize)?;
    let catalog = &dataset.catalog;
    let both = |part: &Option<Bilingual>| optional(part, lang);
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

fn optional(part: &Option<Bilingual>, lang: Lang) -> String {
    part.as_ref().map_or_else(String::new, |part| part.get(lang).to_owned())
}

fn iso(date: Option<PartialDate>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn code(dataset: &Dataset, place: Option<PlaceIx>) -> String {
    place.and_then(|ix| dataset.catalog.places.get(ix)).map_or_else(String::new, |place| place.code.clone())
}

fn organisation_cells(dataset: &Dataset, o: &Organisation, lang: Lang) -> Vec<String> {
    vec![o.id.clone(), o.name.get(lang).to_owned(), o.kind.id().to_owned(), code(dataset, o.place)]
}

/// An organisation without figures has a row too; others are named in the rows of their figures.
fn organisation(dataset: &Dataset, fact: Fact, i: u32, lang: Lang) -> Option<Vec<String>> {
    const OF_A_FIGURE: usize = 9;
    let community = &dataset.community;
    let o = community.organisations.get(i as usize)?;
    if community.figures.iter().any(|f| f.organisation == i) {
        return None;
    }
    let mut cells = organisation_cells(dataset, o, lang);
    cells.extend(vec![String::new(); OF_A_FIGURE]);
    cells.extend(source_cells(dataset, fact));
    cells.push(optional(&o.note, lang));
    Some(cells)
}

fn organisation_figure(dataset: &Dataset, fact: Fact, i: u32, lang: Lang) -> Option<Vec<String>> {
    let f = dataset.community.figures.get(i as usize)?;
    let mut cells = organisation_cells(dataset, dataset.community.organisations.get(f.organisation as usize)?, lang);
    cells.extend([
        f.name.get(lang).to_owned(),
        decimal(f.value),
        f.value_max.map(decimal).unwrap_or_default(),
        dataset.catalog.units.get(f.unit).map_or_else(String::new, |unit| unit.id.clone()),
        f.qualifier.id().to_owned(),
        f.standing.id().to_owned(),
        f.basis.id().to_owned(),
        iso(f.period_start),
        iso(f.as_of),
    ]);
    cells.extend(source_cells(dataset, fact));
    cells.push(optional(&f.note, lang));
    Some(cells)
}

fn event(dataset: &Dataset, fact: Fact, i: u32, lang: Lang) -> Option<Vec<String>> {
    let event = dataset.community.events.get(i as usize)?;
    let mut cells = vec![
        "event".to_owned(),
        event.id.clone(),
        event.title.get(lang).to_owned(),
        iso(event.starts_on),
        iso(event.ends_on),
        event.date_precision.id().to_owned(),
        code(dataset, event.place),
        event.purpose.get(lang).to_owned(),
        event.confidence.id().to_owned(),
    ];
    cells.extend(source_cells(dataset, fact));
    cells.push(optional(&event.date_basis, lang));
    Some(cells)
}

/// An agreement in the columns of an event.
fn dated_agreement(dataset: &Dataset, i: u32, lang: Lang) -> Option<Vec<String>> {
    let a = dataset.agreements().get(i as usize)?;
    let mut cells = vec![
        "agreement".to_owned(),
        a.id.clone(),
        a.counterpart.get(lang).to_owned(),
        iso(a.signed_on),
        String::new(),
        a.date_precision.id().to_owned(),
        code(dataset, a.place),
        a.says.get(lang).to_owned(),
        a.confidence.id().to_owned(),
    ];
    cells.extend(source_cells(dataset, Fact::Agreement(i)));
    cells.push(optional(&a.date_basis, lang));
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
