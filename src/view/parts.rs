//! What several views share: labels, citations, definitions, table cells.

use super::guard::Refusal;
use super::spec::{Axis, Choice, Citation, Column, ControlSpec, Definition, Figure, Limit, Mark, Point, TableCell, TableSpec};
use crate::model::catalog::{PlaceIx, SectorIx, Series, SeriesIx, SourceIx, Unit, ViewDef};
use crate::model::dataset::{Dataset, Fact};
use crate::model::date::Period;
use crate::model::lang::Lang;
use crate::model::observations::{Cell, Row};
use crate::model::order::{distinct, sort_by_key};
use crate::model::words::{Basis, Control, PlaceKind, Qualifier, Topic, UnitKind};
use crate::state::url::{BadParam, Reason};
use crate::state::view_state::{Param, ViewState};
use crate::text::{Text, format};

/// A unit that the address may ask for and no package of ours can give.
pub(super) const PER_PERSON: &str = "per_capita";

/// What every derivation reads.
pub(super) struct Context<'a> {
    pub dataset: &'a Dataset,
    pub def: &'a ViewDef,
    pub state: &'a ViewState,
    pub text: Text,
}

impl<'a> Context<'a> {
    pub fn t(&self, key: &str) -> String {
        self.text.t(key, &[])
    }

    pub fn place(&self, ix: PlaceIx) -> &'a str {
        self.dataset.catalog.places.get(ix).map_or("", |place| place.name.get(self.text.lang))
    }

    pub fn place_code(&self, ix: PlaceIx) -> &'a str {
        self.dataset.catalog.places.get(ix).map_or("", |place| place.code.as_str())
    }

    pub fn place_kind(&self, ix: PlaceIx) -> Option<PlaceKind> {
        self.dataset.catalog.places.get(ix).map(|place| place.kind)
    }

    pub fn sector(&self, ix: SectorIx) -> &'a str {
        self.dataset.catalog.sectors.get(ix).map_or("", |sector| sector.name.get(self.text.lang))
    }

    pub fn series_name(&self, ix: SeriesIx) -> &'a str {
        self.dataset.catalog.series.get(ix).map_or("", |series| series.name.get(self.text.lang))
    }

    pub fn series_id(&self, ix: SeriesIx) -> &'a str {
        self.dataset.catalog.series.get(ix).map_or("", |series| series.id.as_str())
    }

    pub fn sector_id(&self, ix: SectorIx) -> &'a str {
        self.dataset.catalog.sectors.get(ix).map_or("", |sector| sector.id.as_str())
    }

    /// Those of `known` that the address names, in its order; when it names none of them those of the view's defaults, else all. Other names
    /// are reported.
    pub fn chosen<T: Copy>(&self, param: Param, known: &[T], figure: &mut Figure, id: impl Fn(&T) -> &'a str) -> Vec<T> {
        let mut chosen = Vec::new();
        let asked = self.state.list(param);
        let defaults = super::default_state(self.def);
        for names in [asked, defaults.list(param)] {
            if asked.is_empty() || !chosen.is_empty() {
                break;
            }
            for name in names {
                match known.iter().find(|one| id(one) == name) {
                    Some(&one) => chosen.push(one),
                    None => figure.ignored.push(self.not_in_view(param.id(), name)),
                }
            }
        }
        if chosen.is_empty() { known.to_vec() } else { chosen }
    }

    /// Current rows of a series that the filters of wording and basis let through.
    pub fn current(&self, series: SeriesIx) -> std::vec::IntoIter<(Topic, Row<'a>)> {
        let has = |list: &[String], id: &str| list.iter().any(|one| one == id);
        let basis = |ix| self.dataset.catalog.series.get(ix).map_or("", |series| series.basis.id());
        let wording = |row: &Row| match row.cell() {
            Cell::Value { qualifier, .. } if row.is_current() => qualifier.id(),
            _ => "",
        };
        // What the view does not offer, and what none of its rows has, filters nothing.
        let all = || self.def.series.iter().copied();
        let by_basis = self.has(Control::Basis) && all().any(|ix| has(&self.state.basis, basis(ix)));
        let by_wording = self.has(Control::Qualifier)
            && !self.state.qualifier.is_empty()
            && all().any(|ix| self.dataset.rows(ix).any(|(_, row)| has(&self.state.qualifier, wording(&row))));
        let may_come = !by_basis || has(&self.state.basis, basis(series));
        let mut rows: Vec<(Topic, Row)> = self.dataset.rows(series).collect();
        rows.retain(|(_, row)| may_come && row.is_current() && (!by_wording || has(&self.state.qualifier, wording(row))));
        rows.into_iter()
    }

    /// The series' own row of the catalogue, as the guard judges it.
    pub fn series(&self, all: &[SeriesIx]) -> Vec<&'a Series> {
        all.iter().filter_map(|&ix| self.dataset.catalog.series.get(ix)).collect()
    }

    /// How a figure is marked: what a model says or a plan hopes for was never observed.
    pub fn mark(&self, series: SeriesIx) -> Mark {
        match self.dataset.catalog.series.get(series).map(|s| s.basis) {
            Some(Basis::Model | Basis::Target) => Mark::Hollow,
            Some(Basis::Quote) => Mark::Quote,
            _ => Mark::Solid,
        }
    }

    /// The unit asked for, if the view has it; otherwise its first.
    pub fn chosen_unit(&self, figure: &mut Figure) -> Option<&'a Unit> {
        let units = self.def.series.iter().filter_map(|&series| self.unit(series));
        let found = units.clone().find(|unit| unit.id == self.state.unit);
        if found.is_none() && !self.state.unit.is_empty() && self.state.unit != PER_PERSON {
            figure.ignored.push(self.not_in_view("unit", &self.state.unit));
        }
        let fallback = super::default_state(self.def).unit;
        found.or_else(|| units.clone().find(|unit| unit.id == fallback)).or_else(|| units.clone().next())
    }

    /// The view's units as a control; none where there is nothing to choose.
    pub fn unit_control(&self, unit: &Unit) -> Option<ControlSpec> {
        let mut choices: Vec<Choice> = Vec::new();
        for one in self.def.series.iter().filter_map(|&series| self.unit(series)) {
            if !choices.iter().any(|choice| choice.value == one.id) {
                let label = one.axis.get(self.text.lang).to_owned();
                choices.push(Choice { value: one.id.clone(), label, chosen: one.id == unit.id, tone: None });
            }
        }
        self.has(Control::Unit).then_some(ControlSpec::Switch { param: "unit", choices })
    }

    /// Whether the view offers a control.
    pub fn has(&self, control: Control) -> bool {
        self.def.controls.contains(&control)
    }

    pub fn unit(&self, series: SeriesIx) -> Option<&'a Unit> {
        self.dataset.catalog.unit_of(series)
    }

    pub fn period(&self, period: Period) -> String {
        format::period(period, self.text.lang).unwrap_or_else(|| self.t("period.unknown"))
    }

    /// Title, lead, notes: what does not depend on rows.
    pub fn blank_figure(&self) -> Figure {
        let lang = self.text.lang;
        Figure {
            view: self.def.id.clone(),
            title: self.def.title.get(lang).to_owned(),
            lead: self.def.lead.get(lang).to_owned(),
            limits: self
                .def
                .notes
                .iter()
                .flat_map(|notes| notes.get(lang).lines())
                .map(|line| Limit { refusal: None, sentence: line.to_owned() })
                .collect(),
            ..Figure::default()
        }
    }

    /// A parameter that is well formed but names nothing here.
    pub fn not_in_view(&self, name: &str, raw: &str) -> String {
        ignored_sentence(&BadParam { name: name.to_owned(), raw: raw.to_owned(), reason: Reason::NotInView }, self.text)
    }

    pub fn refuse(&self, refusal: Refusal) -> Limit {
        Limit { refusal: Some(refusal), sentence: self.text.t(&format!("refusal.{}", refusal.id()), &[]) }
    }

    /// Value as text in full, with wording and unit; a sum of ours says so.
    pub fn full(&self, row: Row) -> String {
        let Some(unit) = self.unit(row.series()) else { return String::new() };
        let text = match (row.cell(), row.value_max()) {
            (Cell::Value { value, qualifier }, max) => self.text.full(value, max, unit, qualifier),
            (cell, _) => self.text.cell(cell, unit),
        };
        if row.computed() { self.text.t("value.computed", &[("value", &text)]) } else { text }
    }

    /// Value as text for reading, with wording and unit.
    pub fn short(&self, row: Row) -> String {
        let Some(unit) = self.unit(row.series()) else { return String::new() };
        match row.cell() {
            Cell::Value { value, qualifier } => self.text.short(value, row.value_max(), unit, qualifier),
            cell @ Cell::Missing(_) => self.text.cell(cell, unit),
        }
    }

    /// Value beside a mark: a count goes without its noun, which the panel's title holds.
    pub fn label(&self, row: Row) -> String {
        match self.unit(row.series()) {
            Some(unit) if unit.kind == UnitKind::Count => self.bare(row),
            _ => self.short(row),
        }
    }

    /// Value beside a bar, where the axis names the unit: an amount goes without its currency too, so that it fits on a phone.
    pub fn bare(&self, row: Row) -> String {
        match (row.cell(), self.unit(row.series())) {
            (Cell::Value { value, qualifier }, Some(unit)) if unit.kind != UnitKind::Share => {
                let written = |value| format::compact(value, self.text.lang);
                let range = row.value_max().map(|max| format!("{}\u{a0}– {}", written(value), written(max)));
                self.text.qualified(&range.unwrap_or_else(|| written(value)), qualifier)
            }
            _ => self.short(row),
        }
    }

    pub fn table_cell(&self, topic: Topic, row: Row) -> TableCell {
        let (number, qualifier) = match row.cell() {
            Cell::Value { value, qualifier } => (Some(value), Some(qualifier)),
            Cell::Missing(_) => (None, None),
        };
        TableCell { text: self.full(row), number, qualifier, fact: Some(fact(topic, row)), page: None }
    }

    /// A drawn point at chart coordinates.
    pub fn point(&self, topic: Topic, row: Row, at: (f64, f64), mark: Mark, place_time: String) -> Point {
        let cell = self.table_cell(topic, row);
        Point {
            at: Some(at),
            mark,
            value: self.full(row),
            label: self.label(row),
            place_time,
            number: cell.number,
            qualifier: cell.qualifier,
            fact: cell.fact,
        }
    }

    /// A table of the view; the columns are named by their keys.
    pub fn table_of(&self, columns: &[&str], rows: Vec<Vec<TableCell>>) -> TableSpec {
        TableSpec {
            caption: self.def.title.get(self.text.lang).to_owned(),
            columns: columns.iter().map(|key| Column { title: self.t(key), numeric: *key == "column.value" }).collect(),
            rows,
        }
    }

    /// Definitions of the given series and citations of all sources behind the figure's facts.
    pub fn document(&self, figure: &mut Figure, series: &[SeriesIx]) {
        figure.definitions = series.iter().filter_map(|&ix| self.definition(ix)).collect();
        self.cite(figure);
    }

    /// Citations of all sources behind the figure's facts.
    fn cite(&self, figure: &mut Figure) {
        let sources: Vec<SourceIx> = distinct(&mut figure.facts.iter().flat_map(|&fact| sources_of(self.dataset, fact)));
        figure.sources = sources.iter().filter_map(|&ix| citation(self.dataset, ix, self.text)).collect();
    }

    fn definition(&self, ix: SeriesIx) -> Option<Definition> {
        let series = self.dataset.catalog.series.get(ix)?;
        let lang = self.text.lang;
        Some(Definition {
            id: series.id.clone(),
            name: series.name.get(lang).to_owned(),
            definition: series.definition.get(lang).to_owned(),
            scope: series.scope.get(lang).to_owned(),
            silent: series.silent.get(lang).to_owned(),
            basis: self.t(&format!("basis.{}", series.basis.id())),
            licence: self.t(&format!("licence.{}", series.licence.id())),
        })
    }

    /// A value axis for `unit` whose ticks stay short: the title carries the scale ("billion US dollars"), after which the noun is counted.
    pub fn value_axis(&self, unit: &Unit, largest: f64, max: Option<f64>, log: bool) -> Axis {
        let scaled = |key: &str, divisor: f64| (self.text.t(key, &[("unit", self.text.counted(unit))]), divisor);
        let (title, divisor) = match largest.abs() {
            x if x >= 1e9 => scaled("axis.billion", 1e9),
            x if x >= 1e6 => scaled("axis.million", 1e6),
            x if x >= 2e4 => scaled("axis.thousand", 1e3),
            _ => (unit.axis.get(self.text.lang).to_owned(), 1.0),
        };
        Axis::Number { title, divisor, max, log }
    }
}

pub(super) fn fact(topic: Topic, row: Row) -> Fact {
    Fact::Observation { topic, row: row.row }
}

/// Published values of the figure's series that are kept and not drawn: superseded, rival, doubtful. Said, and never joined to the others.
pub(super) fn others(c: &Context, figure: &mut Figure) {
    let series = c.def.series.iter().chain(&c.def.marks).copied();
    let rows: Vec<(Topic, Row)> = series.flat_map(|ix| c.dataset.rows(ix)).filter(|(_, row)| !row.is_current()).collect();
    if rows.is_empty() {
        return;
    }
    figure.facts.extend(rows.iter().map(|&(topic, row)| fact(topic, row)));
    let columns = ["column.series", "column.value", "column.place", "column.period", "column.standing", "column.source"];
    let cells = rows.iter().map(|&(topic, row)| {
        let publisher = c.dataset.catalog.sources.get(row.source()).map_or("", |source| source.publisher.get(c.text.lang));
        vec![
            TableCell::text(c.series_name(row.series())),
            c.table_cell(topic, row),
            TableCell::text(
                row.counterpart()
                    .map_or_else(|| c.place(row.place()).to_owned(), |sender| format!("{} ← {}", c.place(row.place()), c.place(sender))),
            ),
            TableCell::text(c.period(row.period())),
            TableCell::text(c.t(&format!("standing.{}", row.standing().id()))),
            TableCell::text(publisher),
        ]
    });
    figure.others = Some(TableSpec {
        caption: c.text.t("table.others", &[("title", c.def.title.get(c.text.lang))]),
        columns: columns.iter().map(|key| Column { title: c.t(key), numeric: *key == "column.value" }).collect(),
        rows: cells.collect(),
    });
    let drawn = figure.definitions.iter().map(|d| d.id.clone()).collect::<Vec<_>>();
    let missing = c.def.series.iter().chain(&c.def.marks).copied().filter(|&ix| !drawn.iter().any(|id| id == c.series_id(ix)));
    figure
        .definitions
        .extend(missing.filter(|&ix| rows.iter().any(|(_, row)| row.series() == ix)).filter_map(|ix| c.definition(ix)).collect::<Vec<_>>());
    c.cite(figure);
}

/// Filters of wording and basis, where the view offers them and its rows differ in them.
pub(super) fn filters(c: &Context, figure: &mut Figure) {
    let series = || c.def.series.iter().copied();
    let mut bases: Vec<Basis> = series().filter_map(|ix| c.dataset.catalog.series.get(ix)).map(|series| series.basis).collect();
    let wording = |(_, row): (Topic, Row)| match row.cell() {
        Cell::Value { qualifier, .. } if row.is_current() => Some(qualifier),
        _ => None,
    };
    let mut wordings: Vec<Qualifier> = distinct(&mut series().flat_map(|ix| c.dataset.rows(ix)).filter_map(wording));
    sort_by_key(&mut bases, |basis| basis.id());
    sort_by_key(&mut wordings, |wording| wording.id());
    bases.dedup();
    let ids = |ids: Vec<&'static str>, names: &str| -> Vec<(&'static str, String)> {
        ids.into_iter().map(|id| (id, c.t(&format!("{names}.{id}")))).collect()
    };
    filter(c, figure, Control::Basis, Param::Basis, ids(bases.iter().map(|basis| basis.id()).collect(), "basis"));
    filter(c, figure, Control::Qualifier, Param::Qualifier, ids(wordings.iter().map(|wording| wording.id()).collect(), "qualifier-name"));
    if figure.empty.is_some() && !(c.state.qualifier.is_empty() && c.state.basis.is_empty()) {
        figure.empty = Some(c.t("empty.filtered"));
    }
}

fn filter(c: &Context, figure: &mut Figure, control: Control, param: Param, known: Vec<(&'static str, String)>) {
    for asked in c.state.list(param) {
        if !known.iter().any(|(id, _)| id == asked) {
            figure.ignored.push(c.not_in_view(param.id(), asked));
        }
    }
    if !c.def.controls.contains(&control) || known.len() < 2 {
        return;
    }
    let asked = c.state.list(param);
    let choices = known.into_iter().map(|(id, label)| Choice {
        value: id.to_owned(),
        label,
        chosen: asked.is_empty() || asked.iter().any(|one| one == id),
        tone: None,
    });
    figure.controls.push(ControlSpec::Pick { param, choices: choices.collect(), groups: Vec::new() });
}

/// One of the words of a parameter, each with its name `choice.<param>-<id>`.
pub(super) fn switch<T: Copy + PartialEq>(
    c: &Context,
    param: &'static str,
    all: &[T],
    chosen: T,
    id: fn(T) -> &'static str,
) -> ControlSpec {
    let choice = |&one: &T| Choice {
        value: id(one).to_owned(),
        label: c.t(&format!("choice.{param}-{}", id(one))),
        chosen: one == chosen,
        tone: None,
    };
    ControlSpec::Switch { param, choices: all.iter().map(choice).collect() }
}

/// All sources of a fact, the main one first.
pub(super) fn sources_of(dataset: &Dataset, fact: Fact) -> Vec<SourceIx> {
    let with_more = |source: SourceIx, more: &[SourceIx]| std::iter::once(source).chain(more.iter().copied()).collect();
    match fact {
        Fact::Observation { topic, row } => {
            dataset.row(topic, row).map_or_else(Vec::new, |row| with_more(row.source(), row.more_sources()))
        }
        Fact::Rest { topic, row } => {
            super::flow::rest(dataset, topic, row).into_iter().flat_map(|row| with_more(row.source(), row.more_sources())).collect()
        }
        Fact::Agreement(i) => dataset.agreements().get(i as usize).map_or_else(Vec::new, |a| with_more(a.source, &a.more_sources)),
        Fact::Organisation(i) => dataset.community.organisations.get(i as usize).map_or_else(Vec::new, |o| o.sources.clone()),
        Fact::OrganisationFigure(i) => dataset.community.figures.get(i as usize).map_or_else(Vec::new, |f| f.sources.clone()),
        Fact::Event(i) => dataset.community.events.get(i as usize).map_or_else(Vec::new, |event| event.sources.clone()),
        Fact::AgreementCount { .. } => {
            super::agreements::counted(dataset, fact).into_iter().flat_map(|i| sources_of(dataset, Fact::Agreement(i))).collect()
        }
    }
}

/// A source as it is cited; `None` if it is not known.
pub fn citation(dataset: &Dataset, ix: SourceIx, text: Text) -> Option<Citation> {
    let source = dataset.catalog.sources.get(ix)?;
    Some(Citation {
        id: source.id.clone(),
        publisher: source.publisher.get(text.lang).to_owned(),
        title: source.title.clone(),
        url: source.url.clone(),
        published: source.published_on.map(|date| format::partial_date(date, text.lang)),
        licence: text.t(&format!("licence.{}", source.licence.id()), &[]),
        note: source.note.as_ref().map(|note| note.get(text.lang).to_owned()),
    })
}

/// Why a parameter of the address was ignored.
pub fn ignored_sentence(bad: &BadParam, text: Text) -> String {
    let raw: String = bad.raw.chars().take(60).collect();
    text.t(&format!("param.{}", bad.reason.id()), &[("name", &bad.name), ("raw", &raw)])
}

/// Choices in the alphabetical order of the language.
pub(super) fn sort_choices(choices: &mut Vec<Choice>, lang: Lang) {
    sort_by_key(choices, |choice| collation_key(&choice.label, lang));
}

/// Sort key: Ukrainian letters in the order of their alphabet (code points misplace ґ, є, і, ї), case ignored.
pub fn collation_key(text: &str, lang: Lang) -> Vec<u32> {
    const ALPHABET: &str = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя";
    text.chars()
        .map(crate::text::letters::lower)
        .map(|c| match (lang, ALPHABET.chars().position(|letter| letter == c)) {
            (Lang::Uk, Some(position)) => 0x400 + position as u32,
            _ => u32::from(c),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ukrainian_names_sort_by_their_alphabet() {
        let mut names = ["Японія", "Ізраїль", "Йорданія", "Грузія", "Ґабон", "Іспанія", "Естонія", "Єгипет", "Данія"];
        names.sort_by_cached_key(|name| collation_key(name, Lang::Uk));
        assert_eq!(names, ["Грузія", "Ґабон", "Данія", "Естонія", "Єгипет", "Ізраїль", "Іспанія", "Йорданія", "Японія"]);
    }
}
