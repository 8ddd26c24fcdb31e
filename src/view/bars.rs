//! Bars side by side: totals by date, kinds of help by unit, senders by rank. Nothing here is ever added up.

use super::guard::{self, Refusal};
use super::parts::{Context, fact, switch};
use super::spec::*;
use crate::model::catalog::{Series, SeriesIx, Unit};
use crate::model::date::Period;
use crate::model::observations::Row;
use crate::model::order::{sort_by, sort_by_key};
use crate::model::words::{Dimension, PlaceKind, Topic};
use crate::state::view_state::{Sort, TimeRange};
use crate::text::{format, letters};

/// One bar: its label, its row, how it is marked.
struct Bar<'a> {
    label: String,
    topic: Topic,
    row: Row<'a>,
    mark: Mark,
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
            key: if bars.iter().any(|bar| bar.mark == Mark::Hatched) { vec![(Mark::Hatched, c.t("key.part"))] } else { Vec::new() },
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
    for unit in units {
        let of_unit = c.def.series.iter().copied().filter(|&series| c.unit(series).is_some_and(|u| u.id == unit.id));
        let mut bars: Vec<Bar> = of_unit
            .flat_map(|series| c.current(series))
            .map(|(topic, row)| Bar { label: what_where_when(c, row), topic, row, mark: Mark::Solid })
            .collect();
        sort_by(&mut bars, |a, b| largest_first(a.row, b.row));
        let Some(largest) = bars.first() else { continue };
        let sentence = c.text.t("summary.largest", &[("value", &c.short(largest.row)), ("what", &largest.label.replace('\n', ", "))]);
        sentences.push(letters::sentence_case(&sentence));
        figure.panels.push(panel(c, &unit.id, Some(letters::sentence_case(unit.axis.get(c.text.lang))), unit, &bars, None, Tone::Accent));
        for bar in &bars {
            figure.facts.push(fact(bar.topic, bar.row));
            let sector = bar.row.sector().map_or("", |ix| c.sector(ix));
            rows.push((
                sector.to_owned(),
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
    let series: Vec<&Series> = c.def.series.iter().filter_map(|&ix| catalog.series.get(ix)).collect();
    sentences.truncate(NAMED);
    if let Err(refusal) = guard::may_add(&series, Dimension::Sector) {
        figure.limits.insert(0, c.refuse(refusal));
        sentences.push(c.t(&format!("refusal.{}", refusal.id())));
    }
    figure.summary = sentences.join(" ");
    figure.table = table(c, c.t("column.sector"), rows, &["column.value", "column.place", "column.period"]);
    c.document(&mut figure, &c.def.series);
    figure
}

fn what_where_when(c: &Context, row: Row) -> String {
    let what = row.sector().map_or_else(|| c.series_name(row.series()), |ix| c.sector(ix));
    let is_country = c.dataset.catalog.places.get(row.place()).is_some_and(|place| place.kind == PlaceKind::Country);
    let when = format::period_short(row.period(), c.text.lang).unwrap_or_else(|| c.t("period.unknown"));
    if is_country { format!("{what}\n{when}") } else { format!("{what}\n{}, {when}", c.place(row.place())) }
}

/// Counterparts of one period by value. Groups contain some of the countries, so they stand in the table only.
pub(super) fn ranking(c: &Context) -> Figure {
    let mut figure = c.blank_figure();
    let Some((&series, unit)) = c.def.series.first().and_then(|series| Some((series, c.unit(*series)?))) else {
        figure.empty = Some(c.t("empty.no-data"));
        return figure;
    };
    let is_group =
        |row: &Row| row.counterpart().and_then(|ix| c.dataset.catalog.places.get(ix)).is_none_or(|place| place.kind == PlaceKind::Group);
    let mut periods: Vec<Period> = c.current(series).filter(|(_, row)| !is_group(row)).map(|(_, row)| row.period()).collect();
    sort_by_key(&mut periods, |p| std::cmp::Reverse((p.end, p.start.map(std::cmp::Reverse))));
    periods.dedup();
    let asked = c.state.time;
    let found = periods.iter().copied().find(|&period| matches(asked, period));
    if found.is_none() && asked != TimeRange::default() {
        figure.ignored.push(c.not_in_view("time", &time_param(asked)));
    }
    // The newest complete year first: half a year beside a whole one would mislead.
    let Some(period) = found.or_else(|| periods.iter().copied().find(|p| p.calendar_year().is_some())).or_else(|| periods.first().copied())
    else {
        figure.empty = Some(c.t("empty.no-data"));
        return figure;
    };
    figure.controls.push(ControlSpec::Period(
        periods.iter().map(|&p| Choice { value: period_param(p), label: c.period(p), chosen: p == period, tone: None }).collect(),
    ));
    figure.controls.push(switch(c, "sort", &Sort::ALL, c.state.sort, Sort::id));
    let name = |row: Row| row.counterpart().map_or("", |ix| c.place(ix));
    let mut rows: Vec<(Topic, Row)> = c.current(series).filter(|(_, row)| row.period() == period).collect();
    sort_by(&mut rows, |(_, a), (_, b)| largest_first(*a, *b));
    if c.state.sort == Sort::Name {
        sort_by_key(&mut rows, |&(_, row)| super::parts::collation_key(name(row), c.text.lang));
    }
    let bars: Vec<Bar> = rows
        .iter()
        .filter(|(_, row)| !is_group(row))
        .map(|&(topic, row)| Bar { label: name(row).to_owned(), topic, row, mark: Mark::Solid })
        .collect();
    figure.panels.push(panel(c, "ranking", Some(c.period(period)), unit, &bars, None, Tone::Accent));
    figure.facts = rows.iter().map(|&(topic, row)| fact(topic, row)).collect();
    let table_rows = rows.iter().map(|&(topic, row)| {
        let kind = c.t(if is_group(&row) { "place-kind.group" } else { "place-kind.country" });
        (name(row).to_owned(), vec![c.table_cell(topic, row), TableCell::text(kind), TableCell::text(c.period(row.period()))])
    });
    figure.table = table(c, c.t("column.counterpart"), table_rows.collect(), &["column.value", "column.kind", "column.period"]);
    let listed: Vec<String> = bars.iter().take(3).map(|bar| format!("{} — {}", bar.label, c.short(bar.row))).collect();
    figure.summary = c.text.t("summary.ranking", &[("period", &c.period(period)), ("list", &listed.join("; "))]);
    let series_def: Vec<&Series> = c.dataset.catalog.series.get(series).into_iter().collect();
    let refusal = guard::may_add(&series_def, Dimension::Counterpart).err().unwrap_or(Refusal::WholeUnknown);
    figure.limits.insert(0, c.refuse(refusal));
    c.document(&mut figure, &c.def.series);
    figure
}

fn largest_first(a: Row, b: Row) -> std::cmp::Ordering {
    b.cell().value().partial_cmp(&a.cell().value()).unwrap_or(std::cmp::Ordering::Equal)
}

fn matches(range: TimeRange, period: Period) -> bool {
    let (Some(from), Some(to)) = (range.from, range.to) else { return false };
    Some(from.first_day()) == period.start && Some(to.last_day()) == period.end
}

/// The shortest `time` parameter that names exactly this period.
fn period_param(period: Period) -> String {
    match (period.calendar_year(), period.start, period.end) {
        (Some(year), ..) => year.to_string(),
        (None, Some(start), Some(end)) => format!("{start}..{end}"),
        (None, start, end) => {
            format!("{}..{}", start.map(|d| d.to_string()).unwrap_or_default(), end.map(|d| d.to_string()).unwrap_or_default())
        }
    }
}

fn time_param(range: TimeRange) -> String {
    let end = |date: Option<crate::model::date::PartialDate>| date.map(|d| d.to_string()).unwrap_or_default();
    format!("{}..{}", end(range.from), end(range.to))
}
