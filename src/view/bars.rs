//! Bars side by side: totals by date, measures, units or places in panels of their own, and ranks. Nothing here is ever added up;
//! a rank that is drawn as a flow too is handed to `flow`.

use super::flow;
use super::guard::{self, Refusal};
use super::parts::{Context, fact, sort_choices, switch};
use super::spec::*;
use crate::model::catalog::{PlaceIx, Series, SeriesIx, Unit};
use crate::model::date::Period;
use crate::model::observations::Row;
use crate::model::order::{distinct, sort_by, sort_by_key};
use crate::model::words::{Basis, Control, Dimension, PlaceKind, Standing, Topic, ViewKind};
use crate::state::view_state::{Param, Sort, TimeRange};
use crate::text::{format, letters};
use std::cmp::Ordering;

/// What stands together in one panel.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum By {
    /// Totals along the way of one scope; panels share their axis.
    Scope,
    Measure,
    Unit,
    /// A place, and a panel for each unit there.
    Place,
}

/// One bar: its label, its row, how it is marked.
pub(super) struct Bar<'a> {
    pub label: String,
    pub topic: Topic,
    pub row: Row<'a>,
    pub mark: Mark,
}

struct Group<'a> {
    id: String,
    title: String,
    unit: &'a Unit,
    bars: Vec<Bar<'a>>,
}

impl Bar<'_> {
    fn value(&self) -> Option<f64> {
        self.row.cell().value()
    }
}

/// A bar is filled or hollow; other marks have no form of their own here.
fn bar_mark(c: &Context, series: SeriesIx) -> Mark {
    if c.mark(series) == Mark::Hollow { Mark::Hollow } else { Mark::Solid }
}

fn largest(bars: &[Bar]) -> f64 {
    bars.iter().filter_map(Bar::value).fold(0.0, f64::max)
}

/// The upper end of the widest range, where a source gives one: the axis holds it, the bar stops at the lower end.
fn upper_end(bars: &[Bar]) -> Option<f64> {
    bars.iter().filter_map(|bar| bar.row.value_max()).fold(None, |end, max| Some(f64::max(end.unwrap_or(max), max)))
}

/// Bars of one panel; `end` fixes the end of the axis where panels are compared.
fn panel(c: &Context, id: &str, title: Option<String>, unit: &Unit, bars: &[Bar], end: Option<f64>, tone: Tone) -> Panel {
    let points = bars.iter().enumerate().map(|(i, bar)| {
        let at = (bar.value().unwrap_or(0.0), i as f64);
        let mut point = c.point(bar.topic, bar.row, at, bar.mark, bar.label.replace('\n', ", "));
        point.label = c.bare(bar.row);
        if bar.value().is_none() {
            point.at = None;
        }
        point
    });
    let series = SeriesSpec {
        id: id.to_owned(),
        name: title.clone().unwrap_or_default(),
        line: false,
        mark: Mark::Solid,
        tone,
        end_label: false,
        point_labels: true,
        points: points.collect(),
    };
    let end = upper_end(bars).map(|max| max.max(largest(bars)).max(end.unwrap_or(0.0))).or(end);
    // Where there is no bar, its place says why.
    let label = |bar: &Bar| match bar.value() {
        Some(_) => bar.label.clone(),
        None => format!("{}: {}", bar.label, c.full(bar.row)),
    };
    let hollow = |is_wanted: bool| move |bar: &Bar| bar.mark == Mark::Hollow && is_target(c, bar.row.series()) == is_wanted;
    let key = [
        (Mark::Hatched, "key.part", bars.iter().any(|bar| bar.mark == Mark::Hatched)),
        (Mark::Hollow, "key.target", bars.iter().any(hollow(true))),
        (Mark::Hollow, "key.model", bars.iter().any(hollow(false))),
        (Mark::Solid, "key.range", upper_end(bars).is_some()),
    ];
    Panel {
        id: id.to_owned(),
        title,
        chart: ChartSpec {
            kind: ChartKind::Rows,
            x: c.value_axis(unit, end.unwrap_or_else(|| largest(bars)), end, false),
            y: Axis::Labels(bars.iter().map(label).collect()),
            series: vec![series],
            rules: Vec::new(),
            key: key.into_iter().filter(|(.., is_there)| *is_there).map(|(mark, key, _)| (mark, c.t(key))).collect(),
            room: [0; 2],
        },
    }
}

fn table(c: &Context, label: String, rows: Vec<(String, Vec<TableCell>)>, columns: &[&str]) -> TableSpec {
    let mut titles = vec![Column { title: label, numeric: false }];
    titles.extend(columns.iter().enumerate().map(|(i, key)| Column { title: c.t(key), numeric: i == 0 }));
    let rows = rows.into_iter().map(|(label, mut cells)| {
        cells.insert(0, TableCell::text(label));
        cells
    });
    TableSpec { caption: c.def.title.get(c.text.lang).to_owned(), columns: titles, rows: rows.collect() }
}

/// Panels of bars. A part stands under its whole, hatched, and is not added to it; a target is hollow.
pub(super) fn panels(c: &Context, by: By) -> Figure {
    let mut figure = c.blank_figure();
    let mut rows: Vec<(Topic, Row)> = c.def.series.iter().flat_map(|&ix| c.current(ix)).collect();
    let all = c.def.series.iter().flat_map(|&ix| c.dataset.rows(ix));
    let known = distinct(&mut all.map(|(_, row)| row.place()));
    let places = c.chosen(Param::Place, &known, &mut figure, |&ix| c.place_code(ix));
    place_control(c, Param::Place, &known, &mut figure);
    rows.retain(|(_, row)| places.contains(&row.place()));
    // Where periods of many lengths overlap, one is shown at a time.
    let period = if by == By::Unit && c.has(Control::Time) { choose_period(c, &rows, &mut figure) } else { None };
    rows.retain(|(_, row)| period.is_none_or(|period| row.period() == period));
    let groups = groups(c, by, &rows, &places, period.is_some());
    if groups.is_empty() {
        figure.empty = Some(c.t("empty.no-data"));
        return figure;
    }
    let end = (by == By::Scope).then(|| groups.iter().map(|group| largest(&group.bars)).fold(0.0, f64::max));
    for (position, group) in groups.iter().enumerate() {
        let tone = if by != By::Scope || position == 0 { Tone::Accent } else { Tone::Category(position as u8 - 1) };
        figure.panels.push(panel(c, &group.id, Some(group.title.clone()), group.unit, &group.bars, end, tone));
        figure.facts.extend(group.bars.iter().map(|bar| fact(bar.topic, bar.row)));
    }
    if end.is_some() && groups.len() > 1 {
        let mut room = [0; 2];
        for bar in groups.iter().flat_map(|group| &group.bars) {
            for (room, text) in room.iter_mut().zip([&bar.label, &c.bare(bar.row)]) {
                *room = text.chars().count().max(*room);
            }
        }
        figure.panels.iter_mut().for_each(|panel| panel.chart.room = room);
    }
    let table_rows = groups.iter().flat_map(|group| &group.bars).map(|bar| {
        let (first, third) = match by {
            By::Scope => (as_of(c, bar.row), c.series_name(bar.row.series()).to_owned()),
            _ => (full_name(c, by, bar.row), c.period(bar.row.period())),
        };
        let place = TableCell::text(c.place(bar.row.place()));
        let mut cells = vec![c.table_cell(bar.topic, bar.row), place, TableCell::text(third)];
        if by == By::Scope {
            cells.swap(1, 2);
        }
        (first, cells)
    });
    let of_sectors = by == By::Unit && rows.iter().all(|(_, row)| row.sector().is_some());
    let (first, columns) = match by {
        By::Scope => ("column.as-of", ["column.value", "column.series", "column.place"]),
        _ if of_sectors => ("column.sector", ["column.value", "column.place", "column.period"]),
        _ => ("column.series", ["column.value", "column.place", "column.period"]),
    };
    figure.table = table(c, c.t(first), table_rows.collect(), &columns);
    figure.summary = summary(c, by, &groups);
    for refusal in refusals(c, by, &rows).into_iter().rev() {
        if by == By::Unit {
            figure.summary = format!("{} {}", figure.summary, c.refuse(refusal).sentence);
        }
        figure.limits.insert(0, c.refuse(refusal));
    }
    if by == By::Place {
        replaced(c, &places, &mut figure);
    }
    c.document(&mut figure, &c.def.series);
    figure
}

/// The series of the view of which this one is a part.
fn whole(c: &Context, ix: SeriesIx) -> Option<SeriesIx> {
    let series = &c.dataset.catalog.series;
    series.find(series.get(ix)?.subset_of.as_deref()?).filter(|whole| c.def.series.contains(whole))
}

fn is_target(c: &Context, ix: SeriesIx) -> bool {
    c.dataset.catalog.series.get(ix).is_some_and(|series| series.basis == Basis::Target)
}

/// `in_order`: bars stand in the view's order, where a part comes after its whole.
fn groups<'a>(c: &Context<'a>, by: By, rows: &[(Topic, Row<'a>)], places: &[PlaceIx], in_order: bool) -> Vec<Group<'a>> {
    let mut rows = rows.to_vec();
    if by == By::Place {
        sort_by_key(&mut rows, |(_, row)| places.iter().position(|&place| place == row.place()));
    }
    let several_units = distinct(&mut rows.iter().filter_map(|(_, row)| c.unit(row.series())).map(|unit| unit.id.as_str())).len() > 1;
    let is_one_place = distinct(&mut rows.iter().map(|(_, row)| row.place())).len() == 1;
    let mut groups: Vec<Group> = Vec::new();
    for &(topic, row) in &rows {
        let Some(unit) = c.unit(row.series()) else { continue };
        let head = whole(c, row.series()).filter(|&ix| c.unit(ix).is_some_and(|u| u.id == unit.id)).unwrap_or(row.series());
        let (id, title) = match by {
            By::Scope | By::Measure => (c.series_id(head).to_owned(), c.series_name(head).to_owned()),
            By::Unit => (unit.id.clone(), letters::sentence_case(unit.axis.get(c.text.lang))),
            By::Place if several_units => {
                (format!("{}-{}", c.place_code(row.place()), unit.id), format!("{}: {}", c.place(row.place()), unit.axis.get(c.text.lang)))
            }
            By::Place => (c.place_code(row.place()).to_owned(), c.place(row.place()).to_owned()),
        };
        let mark = match () {
            _ if whole(c, row.series()).is_some_and(|whole| rows.iter().any(|(_, row)| row.series() == whole)) => Mark::Hatched,
            _ => bar_mark(c, row.series()),
        };
        let bar = Bar { label: String::new(), topic, row, mark };
        match groups.iter_mut().find(|group| group.id == id) {
            Some(group) => group.bars.push(bar),
            None => groups.push(Group { id, title, unit, bars: vec![bar] }),
        }
    }
    for group in &mut groups {
        if !in_order {
            arrange(by, &mut group.bars);
        }
        let labels: Vec<String> = group.bars.iter().map(|bar| label(c, by, group, bar, is_one_place)).collect();
        group.bars.iter_mut().zip(labels).for_each(|(bar, label)| bar.label = label);
    }
    groups
}

/// Totals and requests in the order of time, parts after their whole; what is compared, largest first.
fn arrange(by: By, bars: &mut Vec<Bar>) {
    match by {
        By::Unit => sort_by(bars, |a, b| largest_first(a.row, b.row)),
        By::Place => sort_by(bars, |a, b| {
            let key = |bar: &Bar| (bar.row.period().as_of(), bar.row.sector().is_some());
            key(a).cmp(&key(b)).then_with(|| largest_first(a.row, b.row))
        }),
        By::Scope | By::Measure => {
            sort_by_key(bars, |bar| (bar.mark == Mark::Hatched, bar.row.period().as_of()));
            let of_place: Vec<(PlaceIx, f64)> = bars.iter().map(|bar| (bar.row.place(), bar.value().unwrap_or(0.0))).collect();
            let largest =
                |bar: &Bar| of_place.iter().filter(|(place, _)| *place == bar.row.place()).map(|(_, value)| *value).fold(0.0, f64::max);
            sort_by(bars, |a, b| (a.mark == Mark::Hatched).cmp(&(b.mark == Mark::Hatched)).then(largest(b).total_cmp(&largest(a))));
        }
    }
}

/// What, where and when: as much of it as tells the bar from the others of its panel.
fn label(c: &Context, by: By, group: &Group, bar: &Bar, is_one_place: bool) -> String {
    let row = bar.row;
    let when = match by {
        By::Scope => as_of(c, row),
        _ => format::period_short(row.period(), c.text.lang).unwrap_or_else(|| c.t("period.unknown")),
    };
    let is_named = matches!(by, By::Scope | By::Measure);
    let is_part = |bar: &&Bar| is_named && bar.mark == Mark::Hatched;
    if is_part(&bar) {
        return c.text.t("bar.part", &[("name", c.series_name(row.series())), ("date", &when)]);
    }
    // Within a view of one country its name says nothing.
    let is_country = |place: PlaceIx| c.dataset.catalog.places.get(place).is_some_and(|p| p.kind == PlaceKind::Country);
    let mut places = group.bars.iter().filter(|other| !is_part(other)).map(|other| other.row.place());
    let is_implied = match by {
        By::Place => true,
        By::Measure => is_one_place,
        By::Scope => places.all(|place| place == row.place()),
        By::Unit => is_country(row.place()) && places.filter(|&place| is_country(place)).all(|place| place == row.place()),
    };
    let what = if is_named { with_sender(c, row, row.sector().map(|ix| c.sector(ix))) } else { what(c, by, row) };
    let place = if is_implied { "" } else { c.place(row.place()) };
    let place_time = [place, &when].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    if what.is_empty() { place_time } else { format!("{what}\n{place_time}") }
}

/// The kind of help, where a measure has several; else the measure. In a panel of one unit, the kind of help alone.
fn what(c: &Context, by: By, row: Row) -> String {
    let varies = |_: &_| by == By::Unit || c.dataset.has_sectors(row.series());
    let what = row.sector().filter(varies).map_or_else(|| c.series_name(row.series()), |ix| c.sector(ix));
    with_sender(c, row, Some(what))
}

/// The same where no panel says the measure.
fn full_name(c: &Context, by: By, row: Row) -> String {
    let (what, series) = (what(c, by, row), c.series_name(row.series()));
    if by == By::Unit || what == series { what } else { format!("{series}: {what}") }
}

fn with_sender(c: &Context, row: Row, what: Option<&str>) -> String {
    let parts = [row.counterpart().map(|ix| c.place(ix)), what].into_iter().flatten();
    parts.collect::<Vec<_>>().join(": ")
}

fn as_of(c: &Context, row: Row) -> String {
    format::as_of(row.period(), c.text.lang).unwrap_or_else(|| c.t("period.unknown"))
}

/// A few sentences: more would be a table read aloud.
fn summary(c: &Context, by: By, groups: &[Group]) -> String {
    let sentence = |key: &str, bar: &Bar| {
        let name = if by == By::Scope { c.series_name(bar.row.series()).to_owned() } else { full_name(c, by, bar.row) };
        let (date, period) = (as_of(c, bar.row), c.period(bar.row.period()));
        let place = c.place(bar.row.place());
        c.text.t(key, &[("name", &name), ("place", place), ("value", &c.short(bar.row)), ("date", &date), ("period", &period)])
    };
    let is_valued = |bar: &&Bar| bar.mark == Mark::Solid && bar.value().is_some();
    let (mut sentences, mut told): (Vec<String>, Vec<PlaceIx>) = (Vec::new(), Vec::new());
    for group in groups {
        let solid = || group.bars.iter().filter(is_valued);
        match by {
            By::Unit => {
                let largest = group.bars.iter().min_by(|a, b| largest_first(a.row, b.row)).map(|bar| {
                    letters::sentence_case(
                        &c.text.t("summary.largest", &[("value", &c.short(bar.row)), ("what", &bar.label.replace('\n', ", "))]),
                    )
                });
                sentences.extend(largest);
            }
            By::Place => {
                let is_new = group.bars.first().is_some_and(|bar| !told.contains(&bar.row.place()));
                let largest = solid().max_by(|a, b| largest_first(b.row, a.row)).filter(|_| is_new);
                told.extend(largest.map(|bar| bar.row.place()));
                sentences.extend(largest.map(|bar| sentence("summary.at", bar)));
            }
            By::Scope | By::Measure => {
                // The newest of the largest place, then the parts.
                let place = solid().next().map(|bar| bar.row.place());
                let several = solid().any(|bar| Some(bar.row.place()) != place);
                let newest = solid().rfind(|bar| Some(bar.row.place()) == place);
                let key = match by {
                    By::Scope => "summary.total",
                    _ if several => "summary.at",
                    _ => "summary.quote",
                };
                sentences.extend(newest.map(|bar| sentence(key, bar)));
                let parts = group.bars.iter().filter(|bar| bar.mark == Mark::Hatched && by == By::Scope);
                let list = parts.map(|bar| sentence("summary.part", bar)).collect::<Vec<_>>().join("; ");
                if !list.is_empty() {
                    sentences.push(c.text.t("summary.parts", &[("list", &list)]));
                }
            }
        }
    }
    sentences.truncate(match by {
        By::Unit => 3,
        By::Measure | By::Place => 5,
        By::Scope => usize::MAX,
    });
    sentences.join(" ")
}

/// Totals and percentages that a reader would be tempted to make of what is shown.
fn refusals(c: &Context, by: By, rows: &[(Topic, Row)]) -> Vec<Refusal> {
    let series = |ixs: &[SeriesIx]| -> Vec<&Series> { ixs.iter().filter_map(|&ix| c.dataset.catalog.series.get(ix)).collect() };
    let dimension = if matches!(by, By::Unit | By::Place) { Dimension::Sector } else { Dimension::Place };
    let shown = series(&distinct(&mut rows.iter().map(|(_, row)| row.series())));
    let mut refused: Vec<Refusal> = match guard::may_add(&shown, dimension) {
        // What differs here is the measure, not the kind of help.
        Err(Refusal::NotAdditive(_)) if by == By::Unit && rows.iter().all(|(_, row)| row.sector().is_none()) => guard::one_line(&shown),
        other => other,
    }
    .err()
    .into_iter()
    .collect();
    if by == By::Place {
        for &ix in &c.def.series {
            let sectors = distinct(&mut rows.iter().filter(|(_, row)| row.series() == ix).map(|(_, row)| row.sector()));
            if sectors.len() > 1 && !is_target(c, ix) {
                refused.extend(guard::may_add(&series(&[ix]), Dimension::Sector).err());
            }
        }
    }
    let targets: Vec<SeriesIx> = c.def.series.iter().copied().filter(|&ix| is_target(c, ix)).collect();
    if !targets.is_empty() && targets.len() < c.def.series.len() {
        refused.extend(guard::may_share(&series(&targets), Dimension::Period, true).err());
    }
    distinct(&mut refused.into_iter())
}

/// Requests that a later one replaced: said beside those that stand, where a reader might still quote them.
fn replaced(c: &Context, places: &[PlaceIx], figure: &mut Figure) {
    let rows = c.def.series.iter().flat_map(|&ix| c.dataset.rows(ix));
    for (topic, row) in rows.filter(|(_, row)| row.standing() == Standing::Superseded && places.contains(&row.place())) {
        let parts = format!("{} ({})", c.place(row.place()), c.period(row.period()));
        let note = row.note().map_or_else(|| c.t("standing.superseded"), |note| note.get(c.text.lang).to_owned());
        figure.replaced.push(Replaced { value: c.full(row), sentence: format!("{parts}. {note}"), fact: fact(topic, row) });
    }
}

/// A picker of places or senders, where the view offers one.
fn place_control(c: &Context, param: Param, known: &[PlaceIx], figure: &mut Figure) {
    let control = if param == Param::Place { Control::Place } else { Control::Counterpart };
    if !c.def.controls.contains(&control) || known.len() < 2 {
        return;
    }
    let asked = c.state.list(param);
    let mut choices: Vec<Choice> = known
        .iter()
        .map(|&ix| Choice {
            value: c.place_code(ix).to_owned(),
            label: c.place(ix).to_owned(),
            chosen: asked.iter().any(|code| code == c.place_code(ix)),
            tone: None,
        })
        .collect();
    sort_choices(&mut choices, c.text.lang);
    figure.controls.push(ControlSpec::Pick { param, choices, groups: Vec::new() });
}

/// The published period that the address names, else the newest complete year, else the newest; with its control.
pub(super) fn choose_period(c: &Context, rows: &[(Topic, Row)], figure: &mut Figure) -> Option<Period> {
    let mut periods: Vec<Period> = rows.iter().map(|(_, row)| row.period()).collect();
    sort_by_key(&mut periods, |p| std::cmp::Reverse((p.end, p.start.map(std::cmp::Reverse))));
    periods.dedup();
    let asked = c.state.time;
    let found = periods.iter().copied().find(|&period| matches(asked, period));
    if found.is_none() && asked != TimeRange::default() {
        figure.ignored.push(c.not_in_view("time", &time_param(asked)));
    }
    // Half a year beside a whole one would mislead.
    let period = found.or_else(|| periods.iter().copied().find(|p| p.calendar_year().is_some())).or_else(|| periods.first().copied())?;
    if periods.len() > 1 {
        figure.controls.push(ControlSpec::Period(
            periods.iter().map(|&p| Choice { value: period_param(p), label: c.period(p), chosen: p == period, tone: None }).collect(),
        ));
    }
    Some(period)
}

/// Senders, or places where rows name no sender, by value: of one period where the view lets the reader choose it, else the newest
/// value of each. Groups contain some of the countries, so they stand in the table only. Kind `flows` draws the same numbers as a flow
/// too, where they may be added up.
pub(super) fn ranking(c: &Context) -> Figure {
    const DRAWN: usize = 15;
    let mut figure = c.blank_figure();
    let unit = c.chosen_unit(&mut figure);
    let of_unit = |unit: &Unit| c.def.series.iter().copied().find(|&series| c.unit(series).is_some_and(|u| u.id == unit.id));
    let Some((series, unit)) = unit.and_then(|unit| Some((of_unit(unit)?, unit))) else {
        figure.empty = Some(c.t("empty.no-data"));
        return figure;
    };
    figure.controls.extend(c.unit_control(unit));
    let all: Vec<(Topic, Row)> = c.current(series).collect();
    let by_sender = all.iter().any(|(_, row)| row.counterpart().is_some());
    let param = if by_sender { Param::Counterpart } else { Param::Place };
    let entity = |row: &Row| if by_sender { row.counterpart() } else { Some(row.place()) };
    let is_group =
        |row: &Row| entity(row).and_then(|ix| c.dataset.catalog.places.get(ix)).is_none_or(|place| place.kind == PlaceKind::Group);
    let single: Vec<(Topic, Row)> = all.iter().copied().filter(|(_, row)| !is_group(row)).collect();
    let has_periods = c.has(Control::Time);
    let period = if has_periods { choose_period(c, &single, &mut figure) } else { None };
    if single.is_empty() {
        figure.empty = Some(c.t("empty.no-data"));
        return figure;
    }
    let is_newest = |row: &Row| !all.iter().any(|(_, other)| entity(other) == entity(row) && other.period().as_of() > row.period().as_of());
    let is_shown = |row: &Row| if has_periods { Some(row.period()) == period } else { is_newest(row) };
    let mut rows: Vec<(Topic, Row)> = all.iter().copied().filter(|(_, row)| is_shown(row)).collect();
    let known = distinct(&mut single.iter().filter_map(|(_, row)| entity(row)));
    place_control(c, param, &known, &mut figure);
    if !c.state.list(param).is_empty() {
        let chosen = c.chosen(param, &known, &mut figure, |&ix| c.place_code(ix));
        rows.retain(|(_, row)| is_group(row) || entity(row).is_some_and(|ix| chosen.contains(&ix)));
    }
    let name = |row: &Row| entity(row).map_or("", |ix| c.place(ix));
    sort_by(&mut rows, |(_, a), (_, b)| largest_first(*a, *b));
    let mut drawn: Vec<(Topic, Row)> = rows.iter().copied().filter(|(_, row)| !is_group(row)).collect();
    let count = drawn.len();
    if count == 0 {
        figure.empty = Some(c.t("empty.no-choice"));
    }
    let series_def = c.series(&[series]);
    let dimension = if by_sender { Dimension::Counterpart } else { Dimension::Place };
    let refusal = guard::may_add(&series_def, dimension).err();
    let is_flow = c.def.kind == ViewKind::Flows && refusal.is_none();
    // In a flow the smallest come last, for they are put together.
    if !is_flow {
        figure.controls.push(switch(c, "sort", &Sort::ALL, c.state.sort, Sort::id));
        drawn.truncate(DRAWN);
    }
    if c.state.sort == Sort::Name && !is_flow {
        for list in [&mut rows, &mut drawn] {
            sort_by_key(list, |(_, row)| super::parts::collation_key(name(row), c.text.lang));
        }
    }
    let label = |row: &Row| if has_periods { name(row).to_owned() } else { format!("{}\n{}", name(row), as_of(c, *row)) };
    let bars: Vec<Bar> = drawn.iter().map(|&(topic, row)| Bar { label: label(&row), topic, row, mark: bar_mark(c, series) }).collect();
    let when = period.map_or_else(|| c.t("period.each-newest"), |period| c.period(period));
    let is_model = series_def.iter().any(|s| s.basis == Basis::Model);
    if count > 0 {
        let mut title = letters::sentence_case(&when);
        if is_model {
            title = format!("{title} · {}", c.t("basis.model"));
        }
        let mut rank = panel(c, "ranking", Some(title), unit, &bars, None, Tone::Accent);
        if is_flow {
            flow::put_together(c, &mut rank.chart, &bars, unit);
            figure.panels.push(Panel { id: "flows".to_owned(), title: rank.title.clone(), chart: flow::flow(c, &rank.chart, &bars) });
        }
        figure.panels.push(rank);
    }
    figure.facts = rows.iter().map(|&(topic, row)| fact(topic, row)).collect();
    let table_rows = rows.iter().map(|&(topic, row)| {
        let kind = c.t(if is_group(&row) { "place-kind.group" } else { "place-kind.country" });
        (name(&row).to_owned(), vec![c.table_cell(topic, row), TableCell::text(kind), TableCell::text(c.period(row.period()))])
    });
    let first = if by_sender { "column.counterpart" } else { "column.place" };
    figure.table = table(c, c.t(first), table_rows.collect(), &["column.value", "column.kind", "column.period"]);
    let mut largest: Vec<&Bar> = bars.iter().collect();
    sort_by(&mut largest, |a, b| largest_first(a.row, b.row));
    let listed: Vec<String> = largest.iter().take(3).map(|bar| format!("{} — {}", name(&bar.row), c.short(bar.row))).collect();
    let key = match (by_sender, is_model) {
        (_, true) => "summary.ranking-model",
        (true, _) => "summary.ranking",
        _ => "summary.ranking-places",
    };
    figure.summary = c.text.t(key, &[("period", &when), ("list", &listed.join("; "))]);
    if count > DRAWN && !is_flow {
        let (drawn, all) = (DRAWN.to_string(), count.to_string());
        let sentence = c.text.t("limits.largest-drawn", &[("drawn", &drawn), ("all", &all)]);
        figure.limits.insert(0, Limit { refusal: None, sentence });
    }
    let has_whole = !by_sender && rows.iter().any(|(_, row)| is_group(row));
    if !is_flow && let Some(refusal) = refusal.or(guard::may_share(&series_def, dimension, has_whole).err()) {
        figure.limits.insert(0, c.refuse(refusal));
    }
    c.document(&mut figure, &c.def.series);
    figure
}

pub(super) fn largest_first(a: Row, b: Row) -> Ordering {
    b.cell().value().partial_cmp(&a.cell().value()).unwrap_or(Ordering::Equal)
}

pub(super) fn matches(range: TimeRange, period: Period) -> bool {
    let (Some(from), Some(to)) = (range.from, range.to) else { return false };
    Some(from.first_day()) == period.start && Some(to.last_day()) == period.end
}

/// The shortest `time` parameter that names exactly this period.
pub(super) fn period_param(period: Period) -> String {
    match (period.calendar_year(), period.start, period.end) {
        (Some(year), ..) => year.to_string(),
        (None, Some(start), Some(end)) if start == end => start.to_string(),
        (None, Some(start), Some(end)) => format!("{start}..{end}"),
        (None, start, end) => {
            format!("{}..{}", start.map(|d| d.to_string()).unwrap_or_default(), end.map(|d| d.to_string()).unwrap_or_default())
        }
    }
}

pub(super) fn time_param(range: TimeRange) -> String {
    let end = |date: Option<crate::model::date::PartialDate>| date.map(|d| d.to_string()).unwrap_or_default();
    format!("{}..{}", end(range.from), end(range.to))
}
