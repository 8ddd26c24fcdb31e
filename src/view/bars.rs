//! Bars side by side: totals by date, kinds of help by unit, senders by rank and as a flow. Nothing is added up but the small
//! senders of a flow, where the series says that it may be; that sum is marked as ours.

use super::guard::{self, Refusal};
use super::parts::{Context, fact, switch};
use super::spec::*;
use crate::model::catalog::{Series, SeriesIx, Unit};
use crate::model::dataset::{Dataset, Fact};
use crate::model::date::Period;
use crate::model::observations::{Cell, Row};
use crate::model::order::{sort_by, sort_by_key};
use crate::model::words::{Basis, Control, Dimension, PlaceKind, Qualifier, Topic, ViewKind};
use crate::state::view_state::{Sort, TimeRange};
use crate::text::{format, letters};

/// One bar: its label, its row, how it is marked.
struct Bar<'a> {
    label: String,
    topic: Topic,
    row: Row<'a>,
    mark: Mark,
}

/// A bar is filled or hollow; other marks have no form of their own here.
fn bar_mark(c: &Context, series: SeriesIx) -> Mark {
    if c.mark(series) == Mark::Hollow { Mark::Hollow } else { Mark::Solid }
}

/// Bars of one panel; `largest` fixes the end of the axis where panels are compared.
fn panel(c: &Context, id: &str, title: Option<String>, unit: &Unit, bars: &[Bar], largest: Option<f64>, tone: Tone) -> Panel {
    let values = bars.iter().filter_map(|bar| bar.row.cell().value());
    let max = values.fold(0.0, f64::max);
    let points = bars.iter().enumerate().map(|(i, bar)| {
        let at = (bar.row.cell().value().unwrap_or(0.0), i as f64);
        let mut point = c.point(bar.topic, bar.row, at, bar.mark, bar.label.replace('\n', ", "));
        point.label = c.bare(bar.row);
        if bar.row.cell().value().is_none() {
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
    Panel {
        id: id.to_owned(),
        title,
        chart: ChartSpec {
            kind: ChartKind::Rows,
            x: c.value_axis(unit, largest.unwrap_or(max), largest, false),
            y: Axis::Labels(bars.iter().map(|bar| bar.label.clone()).collect()),
            series: vec![series],
            rules: Vec::new(),
            key: [(Mark::Hatched, "key.part"), (Mark::Hollow, "key.model")]
                .into_iter()
                .filter(|(mark, _)| bars.iter().any(|bar| bar.mark == *mark))
                .map(|(mark, key)| (mark, c.t(key)))
                .collect(),
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

/// Totals along the way, one panel a scope; a part stands under its whole, hatched, and is not added to it.
pub(super) fn milestones(c: &Context) -> Figure {
    let mut figure = c.blank_figure();
    let catalog = &c.dataset.catalog;
    let parent = |ix: SeriesIx| {
        catalog
            .series
            .get(ix)
            .and_then(|s| s.subset_of.as_deref())
            .and_then(|id| catalog.series.find(id))
            .filter(|p| c.def.series.contains(p))
    };
    let mut groups: Vec<(SeriesIx, Vec<Bar>)> = Vec::new();
    for &scope in c.def.series.iter().filter(|&&ix| parent(ix).is_none()) {
        let mut bars: Vec<Bar> = c.current(scope).map(|(topic, row)| Bar { label: as_of(c, row), topic, row, mark: Mark::Solid }).collect();
        sort_by_key(&mut bars, |bar| bar.row.period().as_of());
        for &part in c.def.series.iter().filter(|&&ix| parent(ix) == Some(scope)) {
            bars.extend(c.current(part).map(|(topic, row)| Bar {
                label: c.text.t("bar.part", &[("name", c.series_name(part)), ("date", &as_of(c, row))]),
                topic,
                row,
                mark: Mark::Hatched,
            }));
        }
        if !bars.is_empty() {
            groups.push((scope, bars));
        }
    }
    if groups.is_empty() {
        figure.empty = Some(c.t("empty.no-data"));
        return figure;
    }
    let largest = groups.iter().flat_map(|(_, bars)| bars).filter_map(|bar| bar.row.cell().value()).fold(0.0, f64::max);
    let mut rows = Vec::new();
    for (position, (scope, bars)) in groups.iter().enumerate() {
        let Some(unit) = c.unit(*scope) else { continue };
        let id = catalog.series.get(*scope).map_or("", |s| s.id.as_str());
        let tone = if position == 0 { Tone::Accent } else { Tone::Category(position as u8 - 1) };
        figure.panels.push(panel(c, id, Some(c.series_name(*scope).to_owned()), unit, bars, Some(largest), tone));
        for bar in bars {
            figure.facts.push(fact(bar.topic, bar.row));
            rows.push((
                as_of(c, bar.row),
                vec![
                    c.table_cell(bar.topic, bar.row),
                    TableCell::text(c.series_name(bar.row.series())),
                    TableCell::text(c.place(bar.row.place())),
                ],
            ));
        }
    }
    figure.table = table(c, c.t("column.as-of"), rows, &["column.value", "column.series", "column.place"]);
    figure.summary = groups
        .iter()
        .flat_map(|(scope, bars)| {
            let newest = bars.iter().rev().find(|bar| bar.mark == Mark::Solid);
            let parts = bars.iter().filter(|bar| bar.mark == Mark::Hatched);
            let sentence = |key: &str, bar: &Bar| {
                let series = if bar.mark == Mark::Hatched { bar.row.series() } else { *scope };
                c.text.t(key, &[("name", c.series_name(series)), ("value", &c.short(bar.row)), ("date", &as_of(c, bar.row))])
            };
            newest
                .map(|bar| sentence("summary.total", bar))
                .into_iter()
                .chain(parts.map(|bar| sentence("summary.part", bar)))
                .collect::<Vec<_>>()
        })
        .collect::<Vec<_>>()
        .join(" ");
    let series: Vec<&Series> = c.def.series.iter().filter_map(|&ix| catalog.series.get(ix)).collect();
    if let Err(refusal) = guard::may_add(&series, Dimension::Place) {
        figure.limits.insert(0, c.refuse(refusal));
    }
    c.document(&mut figure, &c.def.series);
    figure
}

fn as_of(c: &Context, row: Row) -> String {
    row.period().as_of().map_or_else(|| c.t("period.unknown"), |day| format::date(day, c.text.lang))
}

/// One panel a unit, in the order of the view's series; a total is refused.
pub(super) fn units(c: &Context) -> Figure {
    let mut figure = c.blank_figure();
    let catalog = &c.dataset.catalog;
    let mut units: Vec<&Unit> = Vec::new();
    for unit in c.def.series.iter().filter_map(|&series| c.unit(series)) {
        if !units.iter().any(|known| known.id == unit.id) {
            units.push(unit);
        }
    }
    let mut rows = Vec::new();
    let mut sentences = Vec::new();
    const NAMED: usize = 3;
    // Where periods of many lengths overlap, one is shown at a time.
    let period = if c.has(Control::Time) {
        let periods = c.def.series.iter().flat_map(|&series| c.current(series)).map(|(_, row)| row.period()).collect();
        chosen_period(c, periods, &mut figure)
    } else {
        None
    };
    let mut shown: Vec<SeriesIx> = Vec::new();
    let mut has_sectors = false;
    for unit in units {
        let of_unit = c.def.series.iter().copied().filter(|&series| c.unit(series).is_some_and(|u| u.id == unit.id));
        let published: Vec<(Topic, Row)> =
            of_unit.flat_map(|series| c.current(series)).filter(|(_, row)| period.is_none_or(|period| row.period() == period)).collect();
        let has_row_of = |whole: Option<SeriesIx>| whole.is_some_and(|whole| published.iter().any(|(_, row)| row.series() == whole));
        let mark = |row: Row| {
            let whole = c.dataset.catalog.series.get(row.series()).and_then(|s| catalog.series.find(s.subset_of.as_deref()?));
            if has_row_of(whole) { Mark::Hatched } else { bar_mark(c, row.series()) }
        };
        let mut bars: Vec<Bar> =
            published.iter().map(|&(topic, row)| Bar { label: what_where_when(c, row), topic, row, mark: mark(row) }).collect();
        for (_, row) in &published {
            has_sectors |= row.sector().is_some();
            if !shown.contains(&row.series()) {
                shown.push(row.series());
            }
        }
        if period.is_none() {
            sort_by(&mut bars, |a, b| largest_first(a.row, b.row));
        } // otherwise in the view's order, where a part stands under its whole
        let Some(largest) = bars.iter().min_by(|a, b| largest_first(a.row, b.row)) else { continue };
        let sentence = c.text.t("summary.largest", &[("value", &c.short(largest.row)), ("what", &largest.label.replace('\n', ", "))]);
        sentences.push(letters::sentence_case(&sentence));
        figure.panels.push(panel(c, &unit.id, Some(letters::sentence_case(unit.axis.get(c.text.lang))), unit, &bars, None, Tone::Accent));
        for bar in &bars {
            figure.facts.push(fact(bar.topic, bar.row));
            let what = bar.row.sector().map_or_else(|| c.series_name(bar.row.series()), |ix| c.sector(ix));
            rows.push((
                what.to_owned(),
                vec![
                    c.table_cell(bar.topic, bar.row),
                    TableCell::text(c.place(bar.row.place())),
                    TableCell::text(c.period(bar.row.period())),
                ],
            ));
        }
    }
    if figure.panels.is_empty() {
        figure.empty = Some(c.t("empty.no-data"));
        return figure;
    }
    let series = c.series(&shown);
    sentences.truncate(NAMED);
    let refused = match guard::may_add(&series, Dimension::Sector) {
        // What differs here is the measure, not the kind of help.
        Err(Refusal::NotAdditive(_)) if !has_sectors => guard::one_line(&series),
        other => other,
    };
    if let Err(refusal) = refused {
        figure.limits.insert(0, c.refuse(refusal));
        sentences.push(c.t(&format!("refusal.{}", refusal.id())));
    }
    figure.summary = sentences.join(" ");
    let first = if has_sectors { "column.sector" } else { "column.series" };
    figure.table = table(c, c.t(first), rows, &["column.value", "column.place", "column.period"]);
    c.document(&mut figure, &c.def.series);
    figure
}

fn what_where_when(c: &Context, row: Row) -> String {
    let what = row.sector().map_or_else(|| c.series_name(row.series()), |ix| c.sector(ix));
    let is_country = c.dataset.catalog.places.get(row.place()).is_some_and(|place| place.kind == PlaceKind::Country);
    let when = format::period_short(row.period(), c.text.lang).unwrap_or_else(|| c.t("period.unknown"));
    if is_country { format!("{what}\n{when}") } else { format!("{what}\n{}, {when}", c.place(row.place())) }
}

/// The published period that the address names; without one the newest complete year, since half a year beside a whole one would
/// mislead. Offers them all as a control.
fn chosen_period(c: &Context, mut periods: Vec<Period>, figure: &mut Figure) -> Option<Period> {
    sort_by_key(&mut periods, |p| std::cmp::Reverse((p.end, p.start.map(std::cmp::Reverse))));
    periods.dedup();
    let asked = c.state.time;
    let found = periods.iter().copied().find(|&period| matches(asked, period));
    if found.is_none() && asked != TimeRange::default() {
        figure.ignored.push(c.not_in_view("time", &time_param(asked)));
    }
    let period = found.or_else(|| periods.iter().copied().find(|p| p.calendar_year().is_some())).or_else(|| periods.first().copied());
    if periods.len() > 1 {
        figure.controls.push(ControlSpec::Period(
            periods.iter().map(|&p| Choice { value: period_param(p), label: c.period(p), chosen: Some(p) == period, tone: None }).collect(),
        ));
    }
    period
}

/// Counterparts of one period by value. Groups contain some of the countries, so they stand in the table only.
/// Kind `flows` draws the same numbers as a flow too, where they may be added up.
pub(super) fn ranking(c: &Context) -> Figure {
    let mut figure = c.blank_figure();
    let unit = c.chosen_unit(&mut figure);
    let of_unit = |unit: &Unit| c.def.series.iter().copied().find(|&series| c.unit(series).is_some_and(|u| u.id == unit.id));
    let Some((series, unit)) = unit.and_then(|unit| Some((of_unit(unit)?, unit))) else {
        figure.empty = Some(c.t("empty.no-data"));
        return figure;
    };
    let is_group =
        |row: &Row| row.counterpart().and_then(|ix| c.dataset.catalog.places.get(ix)).is_none_or(|place| place.kind == PlaceKind::Group);
    figure.controls.extend(c.unit_control(unit));
    let periods = c.current(series).filter(|(_, row)| !is_group(row)).map(|(_, row)| row.period()).collect();
    let Some(period) = chosen_period(c, periods, &mut figure) else {
        figure.empty = Some(c.t("empty.no-data"));
        return figure;
    };
    figure.controls.push(switch(c, "sort", &Sort::ALL, c.state.sort, Sort::id));
    let name = |row: Row| row.counterpart().map_or("", |ix| c.place(ix));
    let mut rows: Vec<(Topic, Row)> = c.current(series).filter(|(_, row)| row.period() == period).collect();
    sort_by(&mut rows, |(_, a), (_, b)| largest_first(*a, *b));
    let is_flow = c.def.kind == ViewKind::Flows;
    // In a flow the smallest come last, for they are put together.
    if c.state.sort == Sort::Name && !is_flow {
        sort_by_key(&mut rows, |&(_, row)| super::parts::collation_key(name(row), c.text.lang));
    }
    let bars: Vec<Bar> = rows
        .iter()
        .filter(|(_, row)| !is_group(row))
        .map(|&(topic, row)| Bar { label: name(row).to_owned(), topic, row, mark: bar_mark(c, series) })
        .collect();
    let series_def = c.series(&[series]);
    let is_model = series_def.iter().any(|s| s.basis == Basis::Model);
    let mut title = c.period(period);
    if is_model {
        title = format!("{title} · {}", c.t("basis.model"));
    }
    let mut rank = panel(c, "ranking", Some(title), unit, &bars, None, Tone::Accent);
    let refusal = guard::may_add(&series_def, Dimension::Counterpart).err();
    if is_flow && refusal.is_none() {
        put_together(c, &mut rank.chart, &bars, unit);
        figure.panels.push(Panel { id: "flows".to_owned(), title: rank.title.clone(), chart: flow(c, &rank.chart, &bars) });
    }
    figure.panels.push(rank);
    figure.facts = rows.iter().map(|&(topic, row)| fact(topic, row)).collect();
    let table_rows = rows.iter().map(|&(topic, row)| {
        let kind = c.t(if is_group(&row) { "place-kind.group" } else { "place-kind.country" });
        (name(row).to_owned(), vec![c.table_cell(topic, row), TableCell::text(kind), TableCell::text(c.period(row.period()))])
    });
    figure.table = table(c, c.t("column.counterpart"), table_rows.collect(), &["column.value", "column.kind", "column.period"]);
    let listed: Vec<String> = bars.iter().take(3).map(|bar| format!("{} — {}", bar.label, c.short(bar.row))).collect();
    let key = if is_model { "summary.ranking-model" } else { "summary.ranking" };
    figure.summary = c.text.t(key, &[("period", &c.period(period)), ("list", &listed.join("; "))]);
    if !is_flow || refusal.is_some() {
        figure.limits.insert(0, c.refuse(refusal.unwrap_or(Refusal::WholeUnknown)));
    }
    c.document(&mut figure, &c.def.series);
    figure
}

/// Senders that a flow names; the others are put together.
const NAMED_SENDERS: usize = 10;

/// A row and all smaller ones beside it: of its series, place, sector and period.
pub(super) fn rest(dataset: &Dataset, topic: Topic, first: u32) -> Vec<Row<'_>> {
    let Some(first) = dataset.row(topic, first) else { return Vec::new() };
    let is_beside = |row: &Row| {
        let has_kind = |kind: PlaceKind| row.counterpart().and_then(|ix| dataset.catalog.places.get(ix)).is_some_and(|p| p.kind == kind);
        row.is_current()
            && row.place() == first.place()
            && row.sector() == first.sector()
            && row.period() == first.period()
            && !has_kind(PlaceKind::Group)
    };
    let mut rows: Vec<Row> = dataset.rows(first.series()).map(|(_, row)| row).filter(is_beside).collect();
    sort_by(&mut rows, |a, b| largest_first(*a, *b));
    rows.into_iter().skip_while(|row| row.row != first.row).collect()
}

/// Our sum of a row and of all smaller ones beside it, and how many they are; none where the guard refuses.
pub(super) fn sum_of_rest(dataset: &Dataset, topic: Topic, first: u32) -> Option<(f64, Qualifier, usize)> {
    let rows = rest(dataset, topic, first);
    let series: Vec<&Series> = dataset.catalog.series.get(rows.first()?.series()).into_iter().collect();
    guard::may_add(&series, Dimension::Counterpart).ok()?;
    let mut total = 0.0;
    let mut wording = None;
    for row in &rows {
        // A sender without a number would be a hole in the sum.
        let Cell::Value { value, qualifier } = row.cell() else { return None };
        total += value;
        wording = Some(if wording.is_none_or(|w| w == qualifier) { qualifier } else { Qualifier::About });
    }
    Some((total, wording?, rows.len()))
}

/// Puts the small senders of a rank into one bar, which says that it is our sum and of how many.
fn put_together(c: &Context, chart: &mut ChartSpec, bars: &[Bar], unit: &Unit) {
    let Some(first) = bars.get(NAMED_SENDERS).filter(|_| bars.len() > NAMED_SENDERS + 1) else { return };
    let (Some((total, qualifier, count)), Some(series)) = (sum_of_rest(c.dataset, first.topic, first.row.row), chart.series.first_mut())
    else {
        return;
    };
    let label = c.text.plural("flow.rest", count as u64, &[]);
    series.points.truncate(NAMED_SENDERS);
    series.points.push(Point {
        at: Some((total, NAMED_SENDERS as f64)),
        mark: Mark::Hatched,
        value: c.text.qualified(&c.text.full(total, unit), qualifier),
        label: c.text.qualified(&format::compact(total, c.text.lang), qualifier),
        place_time: label.clone(),
        number: Some(total),
        qualifier: Some(qualifier),
        fact: Some(Fact::Rest { topic: first.topic, row: first.row.row }),
    });
    chart.key.push((Mark::Hatched, c.t("key.sum")));
    if let Axis::Labels(labels) = &mut chart.y {
        labels.truncate(NAMED_SENDERS);
        labels.push(label);
    }
}

/// The same points as bands into one receiver.
fn flow(c: &Context, rank: &ChartSpec, bars: &[Bar]) -> ChartSpec {
    let receiver = bars.first().map_or("", |bar| c.place(bar.row.place()));
    ChartSpec { kind: ChartKind::Flow, x: Axis::Labels(vec![receiver.to_owned()]), ..rank.clone() }
}

fn largest_first(a: Row, b: Row) -> std::cmp::Ordering {
    b.cell().value().partial_cmp(&a.cell().value()).unwrap_or(std::cmp::Ordering::Equal)
}

pub(super) fn matches(range: TimeRange, period: Period) -> bool {
    let (Some(from), Some(to)) = (range.from, range.to) else { return false };
    Some(from.first_day()) == period.start && Some(to.last_day()) == period.end
}

/// The shortest `time` parameter that names exactly this period.
pub(super) fn period_param(period: Period) -> String {
    match (period.calendar_year(), period.start, period.end) {
        (Some(year), ..) => year.to_string(),
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
