//! Checked rows to the model, and the rules of honesty that a single row cannot break alone.
//!
//! References are checked once, for every resource alike, by [`check_references`]; here a row that refers to nothing is left out.

use super::contract::{Contract, Kind, contract};
use super::issue::{Code, Issue};
use super::record::{Checked, Record};
use crate::model::agreement::Agreement;
use crate::model::catalog::{
    Break, Catalog, Headline, Keyed, Place, PlaceIx, Sector, SectorIx, Series, SeriesIx, Source, SourceIx, Table, Unit, ViewDef,
};
use crate::model::date::{Date, PartialDate, Period};
use crate::model::decimal::decimal;
use crate::model::keys::{Index, hash};
use crate::model::lang::Bilingual;
use crate::model::observations::{Builder, Cell, Observation, Observations};
use crate::model::words::*;
use std::sync::Arc;

/// The checked tables of a package by resource name, as far as they are loaded: a list, because a score of names needs no map.
#[derive(Default)]
pub struct Tables<'a>(Vec<(&'a str, &'a Checked)>);

impl<'a> Tables<'a> {
    pub fn get(&self, name: &str) -> Option<&'a Checked> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, checked)| *checked)
    }
}

impl<'a> FromIterator<(&'a str, &'a Checked)> for Tables<'a> {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a Checked)>>(tables: I) -> Self {
        Tables(tables.into_iter().collect())
    }
}

/// Every key and key list of `name` against the loaded targets. A target that is not loaded, or broken as a whole, is not judged.
pub fn check_references(name: &str, tables: &Tables) -> Vec<Issue> {
    let (Some(contract), Some(checked)) = (contract(name), tables.get(name)) else { return Vec::new() };
    check_references_of(contract, checked, tables)
}

/// The same of rows that are no resource of their own.
pub fn check_references_of(contract: &Contract, checked: &Checked, tables: &Tables) -> Vec<Issue> {
    let mut issues = Vec::new();
    for field in contract.fields {
        let (Kind::Key(target) | Kind::Keys(target)) = field.kind else { continue };
        let Some(target_table) = tables.get(target).filter(|checked| checked.complete) else { continue };
        // Each distinct text is looked for once.
        let mut known: Vec<Option<bool>> = vec![None; checked.texts() + 1];
        let column = checked.column(field.name).unwrap_or_default();
        for row in checked.passed() {
            let code = column.get(*row as usize - 1).copied().unwrap_or(0);
            let is_sound = |key: &str| target_table.has(key);
            let record = checked.record(*row);
            let keys = || record.text(field.name).into_iter().chain(record.list(field.name));
            if code == 0 || *known[code as usize].get_or_insert_with(|| keys().all(is_sound)) {
                continue;
            }
            for key in keys().filter(|key| !is_sound(key)) {
                issues.push(Issue::new(&checked.file, Code::UnknownReference).row(*row).field(field.name).found(key).expected(target));
            }
        }
    }
    issues
}

/// The catalogue from whatever of its tables is loaded; figures name the tables they cannot do without.
pub fn catalog(tables: &Tables) -> (Catalog, Vec<Issue>) {
    let records = |name: &str| tables.get(name).map(Checked::records).unwrap_or_default();
    let mut issues = Vec::new();
    let mut catalog = Catalog {
        sources: table(records("sources"), source),
        places: table(records("places"), place),
        sectors: table(records("sectors"), |r| Some(Sector { id: r.string("id"), name: r.bilingual("name")? })),
        units: table(records("units"), unit),
        ..Catalog::default()
    };
    catalog.series = table(records("series"), |r| series(r, &catalog.units));
    catalog.breaks = records("breaks").into_iter().filter_map(|r| break_(r, &catalog)).collect();
    catalog.views = records("views").into_iter().filter_map(|r| view(r, &catalog)).collect();
    if let Some(checked) = tables.get("series") {
        for record in checked.records() {
            check_series(&checked.file, record, &catalog, &mut issues);
        }
    }
    if let Some(checked) = tables.get("views") {
        for record in checked.records() {
            if record.text("kind").and_then(ViewKind::parse).is_some_and(ViewKind::draws_records) {
                continue;
            }
            if record.list("series").next().is_none() {
                issues.push(Issue::new(&checked.file, Code::ViewWithoutSeries).row(record.row).field("series"));
            }
        }
    }
    (catalog, issues)
}

fn table<'t, T: Keyed>(records: Vec<Record<'t>>, row: impl Fn(Record<'t>) -> Option<T>) -> Table<T> {
    Table::new(records.into_iter().filter_map(row).collect())
}

fn source(r: Record) -> Option<Source> {
    Some(Source {
        id: r.string("id"),
        publisher: Bilingual { en: r.string("publisher"), uk: r.string(r.either("publisher_uk", "publisher")) },
        title: r.string("title"),
        url: r.text("url").map(str::to_owned),
        published_on: r.partial_date("published_on"),
        kind: SourceKind::parse(r.text("kind")?)?,
        licence: Licence::parse(r.text("licence")?)?,
        note: r.bilingual("note"),
    })
}

fn place(r: Record) -> Option<Place> {
    Some(Place {
        code: r.string("code"),
        kind: PlaceKind::parse(r.text("kind")?)?,
        parent: r.text("parent").map(str::to_owned),
        name: r.bilingual("name")?,
    })
}

fn unit(r: Record) -> Option<Unit> {
    Some(Unit {
        id: r.string("id"),
        kind: UnitKind::parse(r.text("kind")?)?,
        currency: r.text("currency").map(str::to_owned),
        en: [r.string("one_en"), r.string("other_en")],
        uk: [
            r.string("one_uk"),
            r.string("few_uk"),
            r.string("many_uk"),
            r.string("other_uk"),
            r.string(r.either("accusative_uk", "one_uk")),
        ],
        axis: r.bilingual("axis")?,
    })
}

fn series(r: Record, units: &Table<Unit>) -> Option<Series> {
    let nature = Nature::parse(r.text("nature")?)?;
    // Whatever the row claims, only a flow may be added up over time (`check_series` names the row).
    let may_add = |dimension: &Dimension| *dimension != Dimension::Period || nature == Nature::Flow;
    Some(Series {
        id: r.string("id"),
        topic: Topic::parse(r.text("topic")?)?,
        name: r.bilingual("name")?,
        definition: r.bilingual("definition")?,
        scope: r.bilingual("scope")?,
        silent: r.bilingual("silent")?,
        unit: units.find(r.text("unit")?)?,
        nature,
        basis: Basis::parse(r.text("basis")?)?,
        additive_over: r.list("additive_over").filter_map(Dimension::parse).filter(may_add).collect(),
        subset_of: r.text("subset_of").map(str::to_owned),
        licence: Licence::parse(r.text("licence")?)?,
    })
}

/// What a series may claim about adding up.
fn check_series(file: &str, record: Record, catalog: &Catalog, issues: &mut Vec<Issue>) {
    let nature = record.text("nature").and_then(Nature::parse);
    if nature != Some(Nature::Flow) && record.list("additive_over").any(|d| d == Dimension::Period.id()) {
        issues.push(
            Issue::new(file, Code::AdditiveStockOverPeriod).row(record.row).field("additive_over").found(nature.map_or("", Nature::id)),
        );
    }
    if let Some(parent) = record.text("subset_of").and_then(|id| catalog.series.by_key(id)) {
        let unit = catalog.units.get(parent.unit).map_or("", |unit| unit.id.as_str());
        if record.text("unit") != Some(unit) || Some(parent.id.as_str()) == record.text("id") {
            issues.push(
                Issue::new(file, Code::SubsetUnitDiffers).row(record.row).field("subset_of").found(parent.id.as_str()).expected(unit),
            );
        }
    }
}

fn break_(r: Record, catalog: &Catalog) -> Option<Break> {
    Some(Break {
        series: catalog.series.find(r.text("series")?)?,
        on: r.date("on")?,
        place: match r.text("place") {
            Some(code) => Some(catalog.places.find(code)?),
            None => None,
        },
        reason: r.bilingual("reason")?,
    })
}

fn view(r: Record, catalog: &Catalog) -> Option<ViewDef> {
    let series = |field: &str| -> Vec<SeriesIx> { r.list(field).filter_map(|id| catalog.series.find(id)).collect() };
    Some(ViewDef {
        id: r.string("id"),
        topic: Topic::parse(r.text("topic")?)?,
        kind: ViewKind::parse(r.text("kind")?)?,
        title: r.bilingual("title")?,
        lead: r.bilingual("lead")?,
        series: series("series"),
        marks: series("marks"),
        controls: r.list("controls").filter_map(Control::parse).collect(),
        defaults: r.string("defaults"),
        notes: r.bilingual("notes"),
        featured: r.flag("featured"),
    })
}

/// Headlines name a figure by series, place and end of period; whether it exists is judged where it is shown.
pub fn headlines(checked: &Checked, catalog: &Catalog) -> (Vec<Headline>, Vec<Issue>) {
    let mut issues = Vec::new();
    let headlines = checked
        .records()
        .into_iter()
        .filter_map(|r| {
            let kind = HeadlineKind::parse(r.text("kind")?)?;
            let headline = Headline {
                id: r.string("id"),
                kind,
                series: r.text("series").and_then(|id| catalog.series.find(id)),
                place: r.text("place").and_then(|code| catalog.places.find(code)),
                period_end: r.date("period_end"),
                rival_series: r.text("rival_series").and_then(|id| catalog.series.find(id)),
                meaning: r.bilingual("meaning")?,
                caution: r.bilingual("caution"),
                view: r.text("view").map(str::to_owned),
            };
            let unnamed = ["series", "place", "period_end"].into_iter().find(|field| r.text(field).is_none());
            if kind == HeadlineKind::Observation
                && let Some(field) = unnamed
            {
                issues.push(Issue::new(&checked.file, Code::HeadlineWithoutFigure).row(r.row).field(field));
            }
            // A name that nothing answers to is an unknown reference. Without the table nobody knows: then the row stays, and its
            // card names the file that is not there.
            let found = (headline.series.is_some() || catalog.series.is_empty())
                && (headline.place.is_some() || catalog.places.is_empty())
                && headline.period_end.is_some();
            (kind != HeadlineKind::Observation || found).then_some(headline)
        })
        .collect();
    (headlines, issues)
}

/// The fields of an observation that name something or are a date, and the number of what they mean.
type Means = fn(&Catalog, &str) -> Option<u32>;
const MEANS: [(&str, Means); 12] = [
    ("series", |catalog, id| catalog.series.find(id).map(|ix| ix.0.into())),
    ("place", place_number),
    ("counterpart", place_number),
    ("sector", |catalog, id| catalog.sectors.find(id).map(|ix| ix.0.into())),
    ("period_start", date_number),
    ("period_end", date_number),
    ("qualifier", |_, id| Qualifier::parse(id).map(|word| word as u32)),
    ("missing", |_, id| Missing::parse(id).map(|word| word as u32)),
    ("standing", |_, id| Standing::parse(id).map(|word| word as u32)),
    ("vintage", |_, text| PartialDate::parse(text).map(PartialDate::number)),
    ("source", |catalog, id| catalog.sources.find(id).map(|ix| ix.0.into())),
    ("date_precision", |_, id| Rough::parse(id).map(|word| word as u32)),
];
/// What makes two rows speak of the same thing: the first so many of these fields.
const SAME: usize = 6;

fn place_number(catalog: &Catalog, code: &str) -> Option<u32> {
    catalog.places.find(code).map(|ix| ix.0.into())
}

fn date_number(_: &Catalog, text: &str) -> Option<u32> {
    Date::parse(text).map(Date::number)
}

/// Those columns, read as numbers: each distinct text is asked about once.
struct Numbers<'t> {
    table: &'t Checked,
    catalog: &'t Catalog,
    columns: Vec<&'t [u32]>,
    /// Value, upper end, whether it is computed, more sources, note: read as they are, and mostly empty.
    own: [&'t [u32]; 5],
    /// For each column by code: 0 not asked yet, otherwise `NOTHING` or `NUMBER` and what it means.
    known: Vec<Vec<u32>>,
}

const NOTHING: u32 = 1;
const NUMBER: u32 = 2;

impl<'t> Numbers<'t> {
    fn new(table: &'t Checked, catalog: &'t Catalog) -> Numbers<'t> {
        let columns: Vec<_> = MEANS.iter().map(|(field, _)| table.column(field).unwrap_or_default()).collect();
        let known = columns.iter().map(|_| vec![0; table.texts() + 1]).collect();
        let own = ["value", "value_max", "computed", "more_sources", "note_en"].map(|field| table.column(field).unwrap_or_default());
        Numbers { table, catalog, columns, own, known }
    }

    fn code(&self, column: usize, row: u32) -> u32 {
        self.columns[column].get(row as usize - 1).copied().unwrap_or(0)
    }

    fn own(&self, row: u32) -> [u32; 5] {
        self.own.map(|column| column.get(row as usize - 1).copied().unwrap_or(0))
    }

    /// `None` where nothing is given, `Some(None)` where what is given means nothing.
    fn row(&mut self, row: u32) -> [Option<Option<u32>>; MEANS.len()] {
        let mut found = [None; MEANS.len()];
        for (column, found) in found.iter_mut().enumerate() {
            let code = self.code(column, row);
            if code == 0 {
                continue;
            }
            let known = &mut self.known[column][code as usize];
            if *known == 0 {
                *known = MEANS[column].1(self.catalog, self.table.text(code)).map_or(NOTHING, |number| number + NUMBER);
            }
            *found = Some(known.checked_sub(NUMBER));
        }
        found
    }
}

/// The observations of one topic. Rows that break a rule of honesty are left out and named.
#[inline(never)]
pub fn observations(checked: &Checked, topic: Topic, catalog: &Catalog) -> (Arc<Observations>, Vec<Issue>) {
    let mut issues = Vec::new();
    if let Some(ready) = &checked.ready {
        return (Arc::clone(ready), issues);
    }
    let mut rows = Builder::with_capacity(checked.len());
    let mut numbers = Numbers::new(checked, catalog);
    let mut current = Index::default();
    for row in checked.passed() {
        let record = checked.record(*row);
        let before = issues.len();
        let issue = |code: Code, field: &str| Issue::new(&checked.file, code).row(record.row).field(field);
        let Some((observation, series, unit)) =
            observation(record, checked, numbers.own(*row), numbers.row(*row), catalog, &mut issues, &issue)
        else {
            continue;
        };
        if series.topic != topic {
            issues.push(issue(Code::WrongTopic, "series").found(series.topic.id()).expected(topic.id()));
        }
        if let (Some(start), Some(end)) = (observation.period.start, observation.period.end)
            && start > end
        {
            issues.push(issue(Code::DatesOutOfOrder, "period_end").found(end.to_string()).expected(start.to_string()));
        }
        if let Some(value) = observation.cell.value() {
            if value < 0.0 && unit.kind != UnitKind::Share {
                issues.push(issue(Code::NegativeCount, "value").found(decimal(value)));
            }
            if series.nature == Nature::Share && value > 100.0 {
                issues.push(issue(Code::ShareOutOfRange, "value").found(decimal(value)));
            }
            if let Some(max) = observation.value_max
                && max <= value
            {
                issues.push(issue(Code::RangeOutOfOrder, "value_max").found(decimal(max)).expected(decimal(value)));
            }
        }
        if observation.computed && observation.note.is_none() {
            issues.push(issue(Code::ComputedWithoutNote, "note_en"));
        }
        if observation.standing == Standing::Current {
            let same = |other: u32| (0..SAME).all(|column| numbers.code(column, other) == numbers.code(column, record.row));
            let hash = hash((0..SAME).map(|column| numbers.code(column, record.row)));
            match current.find(hash, &same) {
                None => current.insert(hash, record.row),
                Some(first) => issues.push(issue(Code::SeveralCurrent, "standing").found(series.id.as_str()).expected(first.to_string())),
            }
        }
        if issues.len() == before {
            rows.push(observation);
        }
    }
    (Arc::new(rows.build()), issues)
}

fn observation<'c>(
    r: Record,
    table: &Checked,
    own: [u32; 5],
    numbers: [Option<Option<u32>>; MEANS.len()],
    catalog: &'c Catalog,
    issues: &mut Vec<Issue>,
    issue: &dyn Fn(Code, &str) -> Issue,
) -> Option<(Observation, &'c Series, &'c Unit)> {
    let [series, place, counterpart, sector, start, end, qualifier, missing, standing, vintage, source, rough] = numbers;
    let known = Option::flatten;
    let [value, value_max, computed, more, note] = own;
    let (value, value_max) = (table.number(value), table.number(value_max));
    let missing = known(missing).and_then(|word| Missing::ALL.get(word as usize).copied());
    let qualifier = known(qualifier).and_then(|word| Qualifier::ALL.get(word as usize).copied());
    // Value or reason, never both, never neither.
    let cell = match (value, missing, qualifier) {
        (Some(value), None, Some(qualifier)) => Some(Cell::Value { value, qualifier }),
        (None, Some(missing), None) if value_max.is_none() => Some(Cell::Missing(missing)),
        (Some(_), None, None) => {
            issues.push(issue(Code::ValueWithoutQualifier, "qualifier"));
            None
        }
        (None, None, _) => {
            issues.push(issue(Code::NoValueNoReason, "value"));
            None
        }
        (_, Some(missing), _) => {
            issues.push(issue(Code::ValueAndMissing, "missing").found(missing.id()));
            None
        }
    };
    // What is given and means nothing is an unknown reference.
    let optional = |number: Option<Option<u32>>| match number {
        Some(None) => None,
        number => Some(known(number).map(|number| number as u16)),
    };
    let date = |number| known(number).and_then(PartialDate::some);
    let day = |number| date(number).map(PartialDate::first_day);
    let series_ix = SeriesIx(known(series)? as u16);
    let series = catalog.series.get(series_ix)?;
    let observation = Observation {
        series: series_ix,
        place: PlaceIx(known(place)? as u16),
        counterpart: optional(counterpart)?.map(PlaceIx),
        sector: optional(sector)?.map(SectorIx),
        period: Period { start: day(start), end: day(end), rough: known(rough).and_then(|word| Rough::ALL.get(word as usize).copied()) },
        cell: cell?,
        value_max,
        standing: Standing::ALL.get(known(standing)? as usize).copied()?,
        computed: computed > 0 && r.flag("computed"),
        vintage: date(vintage),
        source: SourceIx(known(source)? as u16),
        more_sources: if more == 0 || table.text(more).is_empty() { Vec::new() } else { more_sources(r, catalog) },
        note: if note == 0 { None } else { r.bilingual("note") },
    };
    Some((observation, series, catalog.units.get(series.unit)?))
}

fn more_sources(r: Record, catalog: &Catalog) -> Vec<SourceIx> {
    r.list("more_sources").filter_map(|id| catalog.sources.find(id)).collect()
}

/// Signed papers. An announcement never has signatories, and a date never claims more precision than it has.
pub fn agreements(checked: &Checked, catalog: &Catalog) -> (Vec<Agreement>, Vec<Issue>) {
    let mut issues = Vec::new();
    let mut rows = Vec::with_capacity(checked.len());
    for record in checked.records() {
        let before = issues.len();
        let Some(agreement) = agreement(record, catalog) else { continue };
        let issue = |code: Code, field: &str| Issue::new(&checked.file, code).row(record.row).field(field);
        let unnamed = agreement.form == Form::Announcement || (agreement.form == Form::SeveralPapers && agreement.papers.is_none());
        if unnamed && agreement.signatories.is_some() {
            issues.push(issue(Code::UnsignedWithSignatories, "signatories_en").found(agreement.form.id()));
        }
        if agreement.signed_on.is_none() != (agreement.date_precision == DatePrecision::None) {
            issues.push(issue(Code::PrecisionWithoutDate, "date_precision").found(agreement.date_precision.id()));
        }
        if let Some(date) = agreement.signed_on {
            let fits = match agreement.date_precision {
                DatePrecision::Day => date.day.is_some(),
                DatePrecision::Month => date.month.is_some() && date.day.is_none(),
                DatePrecision::Year => date.month.is_none(),
                DatePrecision::Approximate | DatePrecision::None => true,
            };
            if !fits {
                issues.push(issue(Code::PrecisionMismatch, "signed_on").found(date.to_string()).expected(agreement.date_precision.id()));
            }
        }
        if issues.len() == before {
            rows.push(agreement);
        }
    }
    (rows, issues)
}

fn agreement(r: Record, catalog: &Catalog) -> Option<Agreement> {
    let required = |stem: &str| -> Option<Bilingual> { r.bilingual(stem) };
    Some(Agreement {
        id: r.string("id"),
        counterpart: required("counterpart")?,
        counterpart_type: CounterpartType::parse(r.text("counterpart_type")?)?,
        // Without the table of places the paper is still true; with it, a place that it does not know is a mistake.
        place: match r.text("place") {
            Some(code) if !catalog.places.is_empty() => Some(catalog.places.find(code)?),
            _ => None,
        },
        city: r.bilingual("city"),
        instrument: Instrument::parse(r.text("instrument")?)?,
        form: Form::parse(r.text("form")?)?,
        papers: r.number("papers").map(|n| n as u32),
        signed_on: r.partial_date("signed_on"),
        date_precision: DatePrecision::parse(r.text("date_precision")?)?,
        date_basis: r.bilingual("date_basis"),
        signatories: r.bilingual("signatories"),
        topics: r.list("topics").filter_map(|id| catalog.sectors.find(id)).collect(),
        diaspora: r.bilingual("diaspora"),
        pillar: r.text("pillar").and_then(Pillar::parse),
        says: required("says")?,
        silent: r.bilingual("silent"),
        followed: r.bilingual("followed"),
        status: AgreementStatus::parse(r.text("status")?)?,
        confidence: Confidence::parse(r.text("confidence")?)?,
        source: catalog.sources.find(r.text("source")?)?,
        more_sources: more_sources(r, catalog),
    })
}

/// Row and id of each view, for the state layer to judge its defaults.
pub fn view_rows(checked: &Checked) -> Vec<(u32, String)> {
    checked.records().iter().map(|r| (r.row, r.string("id"))).collect()
}

/// Pairs of dates in the resources that the app does not yet draw.
pub fn check_date_pairs(name: &str, checked: &Checked) -> Vec<Issue> {
    let (start, end) = match name {
        "events" => ("starts_on", "ends_on"),
        "opportunities" => ("published_on", "ends_on"),
        "organisation-figures" => ("period_start", "as_of"),
        _ => return Vec::new(),
    };
    let out_of_order =
        |r: &Record| matches!((r.partial_date(start), r.partial_date(end)), (Some(start), Some(end)) if start.first_day() > end.last_day());
    checked
        .records()
        .into_iter()
        .filter(out_of_order)
        .map(|r| Issue::new(&checked.file, Code::DatesOutOfOrder).row(r.row).field(end).found(r.string(end)).expected(r.string(start)))
        .collect()
}
