//! What differs between two packages: figures, what describes them, other rows, and what no longer leads anywhere.
//!
//! Judges nothing and has no words. Same packages, same answer in the same order, whatever the order of their rows.

use super::headline::headline;
use crate::data::contract::{CONTRACTS, Contract};
use crate::data::issue::{Code, Issue};
use crate::data::package::Package;
use crate::data::record::{Checked, Record};
use crate::model::catalog::ViewDef;
use crate::model::dataset::Dataset;
use crate::model::date::{PartialDate, Period};
use crate::model::lang::{Bilingual, Lang};
use crate::model::observations::Cell;
use crate::model::order::sort_by_key;
use crate::model::words::{Rough, Standing};
use crate::text::Text;
use std::collections::BTreeMap;

/// Where a talk's changes are listed: a talk is no table.
pub const DECKS: &str = "decks";

/// The tables whose rows a view shows one by one.
const RECORDS: &[&str] = &["agreements", "organisations", "organisation-figures", "events"];

/// What a figure is about. Two rows with one key speak of the same thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub series: String,
    pub place: String,
    pub counterpart: Option<String>,
    pub sector: Option<String>,
    pub period: Period,
}

/// One published figure, with ids instead of positions: they mean the same in both packages.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub key: Key,
    pub standing: Standing,
    pub cell: Cell,
    pub value_max: Option<f64>,
    pub unit: String,
    pub source: String,
    pub more_sources: Vec<String>,
    pub computed: bool,
    pub vintage: Option<PartialDate>,
    pub rough: Option<Rough>,
    pub note: Option<Bilingual>,
}

impl Figure {
    /// Whether both say the same number in the same words.
    fn says_the_same(&self, other: &Figure) -> bool {
        (self.cell, self.value_max, &self.unit) == (other.cell, other.value_max, &other.unit)
    }

    fn is_kept_as(&self, other: &Figure) -> bool {
        self.key == other.key && self.source == other.source && self.standing != other.standing && self.says_the_same(other)
    }
}

/// One figure before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    pub old: Figure,
    pub new: Figure,
}

impl Revision {
    /// Change in percent of the old value; `None` where it would mean nothing.
    pub fn percent(&self) -> Option<f64> {
        let (old, new) = (self.old.cell.value()?, self.new.cell.value()?);
        let is_plain = self.old.unit == self.new.unit && self.old.value_max.is_none() && self.new.value_max.is_none();
        (is_plain && old != 0.0).then(|| (new - old) / old.abs() * 100.0)
    }
}

/// What happened to a row that is no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happened {
    Added,
    Changed,
    Withdrawn,
}

/// A row of another table, or a talk.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowChange {
    pub resource: &'static str,
    pub key: String,
    pub happened: Happened,
    /// Name, old and new value of each field that differs.
    pub fields: Vec<(&'static str, String, String)>,
}

/// What led somewhere in the old package and does not in the new one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Broken {
    /// A page that others may have linked to: `view/remittances`.
    Address(String),
    /// A headline whose figure is gone.
    Headline(String),
    /// A view that shows nothing any more.
    View(String),
    /// A reference of a row or slide.
    Link(Issue),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    pub old_version: String,
    pub new_version: String,
    pub added: Vec<Figure>,
    pub withdrawn: Vec<Figure>,
    /// Another value, wording, range or unit.
    pub revised: Vec<Revision>,
    /// The same value from another source, or with another note, date of publication or mark.
    pub documented: Vec<Revision>,
    /// The same value with another standing, such as one that is now superseded.
    pub restated: Vec<Revision>,
    pub rows: Vec<RowChange>,
    pub broken: Vec<Broken>,
}

impl Changes {
    /// Whether a reader of either package would find nothing else in the other one.
    pub fn is_empty(&self) -> bool {
        let figures = self.added.len() + self.withdrawn.len() + self.revised.len() + self.documented.len() + self.restated.len();
        figures + self.rows.len() + self.broken.len() == 0
    }
}

/// Both packages as `view::judge` leaves them.
pub fn changes(old: &Package, new: &Package) -> Changes {
    let mut changes =
        Changes { old_version: old.descriptor.version.clone(), new_version: new.descriptor.version.clone(), ..Changes::default() };
    compare_figures(figures(&old.dataset), figures(&new.dataset), &mut changes);
    for contract in CONTRACTS.iter().filter(|contract| !contract.name.starts_with("observations-")) {
        compare_rows(contract, old, new, &mut changes.rows);
    }
    compare_decks(old, new, &mut changes.rows);
    changes.rows.sort();
    changes.broken = broken(old, new, &changes.rows);
    changes
}

/// Of the numbers behind a view of the old dataset, how many the new one has no more or says otherwise, and how many there are.
pub fn changed(old: &Dataset, def: &ViewDef, new: &Dataset) -> (u64, u64) {
    let ids: Vec<&str> =
        def.series.iter().chain(&def.marks).filter_map(|&ix| old.catalog.series.get(ix)).map(|series| series.id.as_str()).collect();
    let current = |dataset| {
        let mut all = some_figures(dataset, &|series| ids.contains(&series));
        all.retain(|figure| figure.standing == Standing::Current);
        all
    };
    let now: BTreeMap<Key, Figure> = current(new).into_iter().map(|figure| (figure.key.clone(), figure)).collect();
    let before: Vec<Figure> = current(old).into_iter().filter(|figure| figure.cell.value().is_some()).collect();
    let is_changed = |figure: &&Figure| !now.get(&figure.key).is_some_and(|after| figure.says_the_same(after));
    (before.iter().filter(is_changed).count() as u64, before.len() as u64)
}

/// Of the records behind a view of the old package that draws them, how many the new one has no more or says otherwise in any field,
/// and how many there are.
pub fn changed_records(old: &Package, def: &ViewDef, new: &Package) -> (u64, u64) {
    let names = super::needs_of(def.kind, &[]);
    let (mut rows, mut count) = (Vec::new(), 0);
    for contract in CONTRACTS.iter().filter(|contract| RECORDS.contains(&contract.name) && names.contains(&contract.name)) {
        count += compare_rows(contract, old, new, &mut rows);
    }
    rows.retain(|row| row.happened != Happened::Added);
    (rows.len() as u64, count)
}

/// All figures of a package, sorted.
pub fn figures(dataset: &Dataset) -> Vec<Figure> {
    some_figures(dataset, &|_| true)
}

fn some_figures(dataset: &Dataset, fits: &dyn Fn(&str) -> bool) -> Vec<Figure> {
    let catalog = &dataset.catalog;
    let place = |ix| catalog.places.get(ix).map(|place| place.code.clone());
    let source = |ix| catalog.sources.get(ix).map_or_else(String::new, |source| source.id.clone());
    let mut all: Vec<Figure> = Vec::new();
    for row in dataset.observations.iter().flat_map(|(_, table)| table.iter()) {
        if !catalog.series.get(row.series()).is_some_and(|series| fits(&series.id)) {
            continue;
        }
        all.push(Figure {
            key: Key {
                series: catalog.series.get(row.series()).map_or_else(String::new, |series| series.id.clone()),
                place: place(row.place()).unwrap_or_default(),
                counterpart: row.counterpart().and_then(place),
                sector: row.sector().and_then(|ix| catalog.sectors.get(ix)).map(|sector| sector.id.clone()),
                // A day that is no longer claimed makes it no other figure.
                period: Period { rough: None, ..row.period() },
            },
            standing: row.standing(),
            cell: row.cell(),
            value_max: row.value_max(),
            unit: catalog.unit_of(row.series()).map_or_else(String::new, |unit| unit.id.clone()),
            source: source(row.source()),
            more_sources: row.more_sources().iter().map(|&ix| source(ix)).collect(),
            computed: row.computed(),
            vintage: row.vintage(),
            rough: row.period().rough,
            note: row.note().cloned(),
        });
    }
    sort_by_key(&mut all, |figure| (figure.key.clone(), figure.standing, figure.source.clone()));
    all
}

/// Which rows of the two packages are one figure: the current ones with the same key; of the others, those with the same standing
/// and source too.
fn identity(figure: &Figure) -> (Key, Option<(Standing, String)>) {
    let other = (figure.standing != Standing::Current).then(|| (figure.standing, figure.source.clone()));
    (figure.key.clone(), other)
}

fn compare_figures(old: Vec<Figure>, new: Vec<Figure>, changes: &mut Changes) {
    let by_identity: BTreeMap<_, usize> = new.iter().enumerate().map(|(i, figure)| (identity(figure), i)).collect();
    let (mut found_in_new, mut found_in_old) = (vec![false; old.len()], vec![false; new.len()]);
    // Figures that another one has taken the place of: they may live on with another standing.
    let (mut replaced, mut replacing) = (vec![false; old.len()], vec![false; new.len()]);
    for (i, before) in old.iter().enumerate() {
        let Some(&j) = by_identity.get(&identity(before)) else { continue };
        let Some(after) = new.get(j) else { continue };
        (found_in_new[i], found_in_old[j]) = (true, true);
        let revision = || Revision { old: before.clone(), new: after.clone() };
        if !before.says_the_same(after) {
            changes.revised.push(revision());
        } else if before != after {
            changes.documented.push(revision());
        }
        let is_another = !before.says_the_same(after) || before.source != after.source;
        (replaced[i], replacing[j]) = (is_another, is_another);
    }
    for (i, before) in old.iter().enumerate() {
        // Of two that were both replaced, neither became the other.
        let may_be = |j: usize| if found_in_new[i] { replaced[i] && !found_in_old[j] } else { !found_in_old[j] || replacing[j] };
        if let Some((j, after)) = new.iter().enumerate().find(|(j, after)| may_be(*j) && before.is_kept_as(after)) {
            (found_in_new[i], replaced[i], found_in_old[j], replacing[j]) = (true, false, true, false);
            changes.restated.push(Revision { old: before.clone(), new: after.clone() });
        }
    }
    let rest = |all: Vec<Figure>, found: Vec<bool>| all.into_iter().zip(found).filter(|(_, found)| !found).map(|(one, _)| one).collect();
    changes.withdrawn = rest(old, found_in_new);
    changes.added = rest(new, found_in_old);
}

/// Says how many rows the old package has.
fn compare_rows(contract: &'static Contract, old: &Package, new: &Package, rows: &mut Vec<RowChange>) -> u64 {
    let records = |package: &'_ Package| -> BTreeMap<String, BTreeMap<&'static str, String>> {
        let records = package.tables.get(contract.name).into_iter().flat_map(Checked::records);
        records.map(|record| (key(contract, record), fields(contract, record))).collect()
    };
    let (before, mut after) = (records(old), records(new));
    let count = before.len() as u64;
    let change = |key: String, happened, fields| RowChange { resource: contract.name, key, happened, fields };
    for (key, old) in before {
        let Some(new) = after.remove(&key) else {
            rows.push(change(key, Happened::Withdrawn, Vec::new()));
            continue;
        };
        let value = |row: &BTreeMap<&str, String>, name: &str| row.get(name).cloned().unwrap_or_default();
        let fields = contract.fields.iter().map(|field| (field.name, value(&old, field.name), value(&new, field.name)));
        let fields: Vec<_> = fields.filter(|(_, old, new)| old != new).collect();
        if !fields.is_empty() {
            rows.push(change(key, Happened::Changed, fields));
        }
    }
    rows.extend(after.into_keys().map(|key| change(key, Happened::Added, Vec::new())));
    count
}

fn key(contract: &Contract, record: Record) -> String {
    contract.primary_key.iter().filter_map(|name| record.plain(name)).collect::<Vec<_>>().join(" ")
}

/// An absent field says the same as one that is null.
fn fields(contract: &Contract, record: Record) -> BTreeMap<&'static str, String> {
    contract.fields.iter().filter_map(|field| Some((field.name, record.plain(field.name)?))).collect()
}

fn compare_decks(old: &Package, new: &Package, rows: &mut Vec<RowChange>) {
    let mut tell = |key: &str, happened| rows.push(RowChange { resource: DECKS, key: key.to_owned(), happened, fields: Vec::new() });
    for deck in &old.decks {
        match new.decks.iter().find(|other| other.id == deck.id) {
            None => tell(&deck.id, Happened::Withdrawn),
            Some(other) if other != deck => tell(&deck.id, Happened::Changed),
            Some(_) => {}
        }
    }
    let is_new = |id: &str| !old.decks.iter().any(|deck| deck.id == id);
    new.decks.iter().filter(|deck| is_new(&deck.id)).for_each(|deck| tell(&deck.id, Happened::Added));
}

fn broken(old: &Package, new: &Package, rows: &[RowChange]) -> Vec<Broken> {
    let mut broken = Vec::new();
    for row in rows.iter().filter(|row| row.happened == Happened::Withdrawn) {
        let folder = match row.resource {
            "views" => "view",
            "agreements" => "partners",
            DECKS => "present",
            _ => continue,
        };
        broken.push(Broken::Address(format!("{folder}/{}", row.key)));
    }
    let text = Text::new(Lang::En); // for what is shown, not for how it is said
    let has_row = |id: &str| {
        let mut rows = new.tables.get("headlines").into_iter().flat_map(Checked::records);
        rows.any(|record| record.text("id") == Some(id))
    };
    let shows = |package: &Package, id: &str| {
        let mut all = package.headlines.iter().filter(|one| one.id == id);
        all.any(|one| headline(&package.dataset, one, text).is_some())
    };
    for one in old.headlines.iter().filter(|one| shows(old, &one.id)) {
        if has_row(&one.id) && !shows(new, &one.id) {
            broken.push(Broken::Headline(one.id.clone()));
        }
    }
    let is_empty = |package: &Package, id: &str| {
        let def = package.dataset.catalog.view(id)?;
        Some(super::figure(&package.dataset, def, &super::default_state(def), text).empty.is_some())
    };
    for def in &old.dataset.catalog.views {
        if is_empty(old, &def.id) == Some(false) && is_empty(new, &def.id) == Some(true) {
            broken.push(Broken::View(def.id.clone()));
        }
    }
    // A row's number changes with the rows before it.
    let is_same =
        |a: &Issue, b: &Issue| (&a.file, &a.field, a.code, &a.found, &a.expected) == (&b.file, &b.field, b.code, &b.found, &b.expected);
    let was_there = |issue: &Issue| old.issues.iter().any(|before| is_same(before, issue));
    broken.extend(new.issues.iter().filter(|issue| is_link(issue.code) && !was_there(issue)).cloned().map(Broken::Link));
    broken.sort();
    broken
}

fn is_link(code: Code) -> bool {
    use Code::{
        HeadlineWithoutFigure, SlideBadState, SlideWithoutFigure, UnknownReference, ViewBadDefaults, ViewEmptyAtFirst, ViewWithoutSeries,
    };
    matches!(
        code,
        UnknownReference
            | HeadlineWithoutFigure
            | SlideBadState
            | SlideWithoutFigure
            | ViewBadDefaults
            | ViewEmptyAtFirst
            | ViewWithoutSeries
    )
}
