//! Values over time, one line a place; a line stops at a break and at a gap.

use super::guard::{self, Refusal};
use super::parts::{Context, fact, sort_choices};
use super::spec::*;
use crate::model::catalog::{PlaceIx, SeriesIx, Unit};
use crate::model::date::{Date, PartialDate, Period};
use crate::model::observations::{Cell, Row};
use crate::model::order::sort_by_key;
use crate::model::words::{Control, PlaceKind, Topic};
use crate::text::format;

/// One place's rows of one series, oldest first.
struct Track<'a> {
    series: SeriesIx,
    place: PlaceIx,
    rows: Vec<(Topic, Row<'a>)>,
}

pub(super) fn figure(c: &Context) -> Figure {
    let mut figure = c.blank_figure();
    let Some(unit) = chosen_unit(c, &mut figure) else {
        figure.empty = Some(c.t("empty.no-data"));
        return figure;
    };
    let of_unit =
        |all: &[SeriesIx]| -> Vec<SeriesIx> { all.iter().copied().filter(|&s| c.unit(s).is_some_and(|u| u.id == unit.id)).collect() };
    let (main, marks) = (of_unit(&c.def.series), of_unit(&c.def.marks));

    let known = known_places(c, &main);
    let places = chosen_places(c, &known, &mut figure);
    let tracks: Vec<Track> = main.iter().flat_map(|&series| places.iter().map(move |&place| track(c, series, place))).collect();
    let mark_tracks: Vec<Track> = marks.iter().flat_map(|&series| places.iter().map(move |&place| track(c, series, place))).collect();
    figure.controls = controls(c, unit, &known, &places, &main);

    let all_rows = || tracks.iter().chain(&mark_tracks).flat_map(|track| track.rows.iter());
    figure.facts = all_rows().map(|&(topic, row)| fact(topic, row)).collect();
    c.document(&mut figure, &main.iter().chain(&marks).copied().collect::<Vec<_>>());
    figure.table = table(c, &tracks, &mark_tracks);
    if all_rows().next().is_none() {
        figure.empty = Some(c.t(if places.is_empty() { "empty.no-place" } else { "empty.no-time" }));
        return figure;
    }
    figure.summary = summary(c, &tracks, &mark_tracks);

    let largest = all_rows().filter_map(|(_, row)| row.cell().value()).fold(0.0, f64::max);
    let (rules, limits) = rules(c, &tracks);
    figure.limits.splice(0..0, limits);
    let x = years_axis(all_rows().filter_map(|(_, row)| position(row.period())));
    let mut series: Vec<SeriesSpec> = tracks.iter().map(|track| line(c, track, &known, main.len() > 1)).collect();
    series.extend(mark_tracks.iter().filter(|t| !t.rows.is_empty()).map(|track| quotes(c, track, &known)));
    figure.panels = vec![Panel {
        id: unit.id.clone(),
        title: None,
        chart: ChartSpec {
            kind: ChartKind::Lines,
            x,
            y: c.value_axis(unit, largest, None, c.state.scale == crate::state::view_state::Scale::Log),
            series,
            rules,
            key: Vec::new(),
        },
    }];
    figure
}

/// The unit asked for, if the view has it; otherwise its first.
fn chosen_unit<'a>(c: &Context<'a>, figure: &mut Figure) -> Option<&'a Unit> {
    let units = c.def.series.iter().filter_map(|&series| c.unit(series));
    let found = units.clone().find(|unit| unit.id == c.state.unit);
    if found.is_none() && !c.state.unit.is_empty() {
        figure.ignored.push(c.not_in_view("unit", &c.state.unit));
    }
    let fallback = super::default_state(c.def).unit;
    found.or_else(|| units.clone().find(|unit| unit.id == fallback)).or_else(|| units.clone().next())
}

/// Places that have current rows, in alphabetical order, groups last.
fn known_places(c: &Context, series: &[SeriesIx]) -> Vec<PlaceIx> {
    let mut known: Vec<PlaceIx> = Vec::new();
    for &series in series {
        for (_, row) in c.dataset.rows(series).filter(|(_, row)| row.is_current()) {
            if !known.contains(&row.place()) {
                known.push(row.place());
            }
        }
    }
    sort_by_key(&mut known, |&place| (is_group(c, place), super::parts::collation_key(c.place(place), c.text.lang)));
    known
}

fn is_group(c: &Context, place: PlaceIx) -> bool {
    c.dataset.catalog.places.get(place).is_some_and(|p| p.kind == PlaceKind::Group)
}

fn chosen_places(c: &Context, known: &[PlaceIx], figure: &mut Figure) -> Vec<PlaceIx> {
    let mut places = Vec::new();
    for code in &c.state.place {
        match known.iter().find(|&&place| c.place_code(place) == code) {
            Some(&place) => places.push(place),
            None => figure.ignored.push(c.not_in_view("place", code)),
        }
    }
    if places.is_empty() && !c.state.place.is_empty() {
        let defaults = super::default_state(c.def).place;
        places = known.iter().copied().filter(|&place| defaults.iter().any(|code| code == c.place_code(place))).collect();
    }
    places
}

fn track<'a>(c: &Context<'a>, series: SeriesIx, place: PlaceIx) -> Track<'a> {
    let mut rows: Vec<(Topic, Row)> = c
        .dataset
        .rows(series)
        .filter(|(_, row)| row.place() == place && row.is_current() && row.period().as_of().is_some_and(|day| c.state.time.contains(day)))
        .collect();
    sort_by_key(&mut rows, |(_, row)| row.period().as_of());
    Track { series, place, rows }
}

/// Where a period stands on the axis: a calendar year at its number, anything else at its last day.
fn position(period: Period) -> Option<f64> {
    match period.calendar_year() {
        Some(year) => Some(f64::from(year)),
        None => period.as_of().map(Date::year_fraction),
    }
}

/// Yearly values stand on the year's number, so a day within the year stands half a year before its fraction.
fn position_of_day(day: Date, yearly: bool) -> f64 {
    day.year_fraction() - if yearly { 0.5 } else { 0.0 }
}

fn years_axis(positions: impl Iterator<Item = f64>) -> Axis {
    let (min, max) = positions.fold((f64::MAX, f64::MIN), |(min, max), x| (min.min(x), max.max(x)));
    let pad = if max - min < 1.0 { 0.5 } else { 0.0 };
    Axis::Years { min: (min - pad).floor().min(min), max: if max.fract() == 0.0 { max + pad } else { max.ceil() } }
}

/// The colour of a place never depends on what else is chosen, nor on the language.
fn tone(c: &Context, place: PlaceIx, known: &[PlaceIx]) -> Tone {
    let first_default = super::default_state(c.def).place.first().cloned().unwrap_or_default();
    if c.place_code(place) == first_default {
        return Tone::Accent;
    }
    // By code: the same in every language.
    let before = |code: &str| code != first_default && code < c.place_code(place);
    Tone::Category(known.iter().filter(|&&p| before(c.place_code(p))).count() as u8)
}

fn line(c: &Context, track: &Track, known: &[PlaceIx], name_series: bool) -> SeriesSpec {
    let breaks = c.dataset.catalog.breaks_of(track.series, track.place);
    let mut points: Vec<Point> = Vec::new();
    let mut previous: Option<Row> = None;
    for &(topic, row) in &track.rows {
        // Rows of one place may still be about several senders or kinds of help: points then, and no line.
        let is_same = |earlier: Row| (earlier.counterpart(), earlier.sector()) == (row.counterpart(), row.sector());
        let joined = previous.is_none_or(|earlier| is_same(earlier) && guard::may_join(earlier.period(), row.period(), &breaks).is_ok());
        if !joined {
            points.push(Point::gap());
        }
        match (position(row.period()), row.cell()) {
            (Some(x), Cell::Value { value, .. }) => {
                let place_time = format!("{}, {}", c.place(track.place), c.period(row.period()));
                points.push(c.point(topic, row, (x, value), Mark::Solid, place_time));
            }
            _ => points.push(Point::gap()),
        }
        previous = Some(row);
    }
    let name = if name_series { c.series_name(track.series) } else { c.place(track.place) };
    SeriesSpec {
        id: series_id(c, track),
        name: name.to_owned(),
        line: true,
        mark: Mark::Solid,
        tone: tone(c, track.place, known),
        end_label: true,
        point_labels: false,
        points,
    }
}

fn series_id(c: &Context, track: &Track) -> String {
    let series = c.dataset.catalog.series.get(track.series).map_or("", |s| s.id.as_str());
    format!("{series}:{}", c.place_code(track.place))
}

fn quotes(c: &Context, track: &Track, known: &[PlaceIx]) -> SeriesSpec {
    let points = track.rows.iter().filter_map(|&(topic, row)| {
        let at = (position(row.period())?, row.cell().value()?);
        let place_time = format!("{}, {}", c.series_name(track.series), c.period(row.period()));
        Some(c.point(topic, row, at, Mark::Quote, place_time))
    });
    SeriesSpec {
        id: series_id(c, track),
        name: c.series_name(track.series).to_owned(),
        line: false,
        mark: Mark::Quote,
        tone: tone(c, track.place, known),
        end_label: false,
        point_labels: true,
        points: points.collect(),
    }
}

/// Vertical rules at breaks and at 24 February 2022, and the sentences that go with the breaks.
fn rules(c: &Context, tracks: &[Track]) -> (Vec<Rule>, Vec<Limit>) {
    let mut rules: Vec<Rule> = Vec::new();
    let mut limits: Vec<Limit> = Vec::new();
    let mut drawn: Vec<Date> = Vec::new();
    for track in tracks {
        let yearly = track.rows.iter().all(|(_, row)| row.period().calendar_year().is_some());
        let days: Vec<Date> = track.rows.iter().filter_map(|(_, row)| row.period().as_of()).collect();
        for brk in c.dataset.catalog.breaks_of(track.series, track.place) {
            let inside = days.iter().any(|&day| day < brk.on) && days.iter().any(|&day| day >= brk.on);
            if inside && !drawn.contains(&brk.on) {
                drawn.push(brk.on);
                rules.push(Rule { at: position_of_day(brk.on, yearly), label: c.t("rule.break"), is_break: true });
                let when = format::partial_date(PartialDate { year: brk.on.year(), month: Some(brk.on.month()), day: None }, c.text.lang);
                let sentence =
                    c.text.t("refusal.break", &[("place", c.place(track.place)), ("when", &when), ("reason", brk.reason.get(c.text.lang))]);
                limits.push(Limit { refusal: Some(Refusal::Break), sentence });
            }
        }
    }
    let yearly = tracks.iter().flat_map(|t| &t.rows).all(|(_, row)| row.period().calendar_year().is_some());
    let days = || tracks.iter().flat_map(|t| &t.rows).filter_map(|(_, row)| row.period().as_of());
    if let Some(invasion) = Date::new(2022, 2, 24)
        && days().any(|day| day < invasion)
        && days().any(|day| day >= invasion)
    {
        rules.push(Rule { at: position_of_day(invasion, yearly), label: c.t("rule.invasion"), is_break: false });
    }
    (rules, limits)
}

fn controls(c: &Context, unit: &Unit, known: &[PlaceIx], places: &[PlaceIx], main: &[SeriesIx]) -> Vec<ControlSpec> {
    let lang = c.text.lang;
    let has = |control: Control| c.def.controls.contains(&control);
    let mut controls = Vec::new();
    if has(Control::Unit) {
        let mut choices: Vec<Choice> = Vec::new();
        for unit_of in c.def.series.iter().filter_map(|&series| c.unit(series)) {
            if !choices.iter().any(|choice| choice.value == unit_of.id) {
                choices.push(Choice {
                    value: unit_of.id.clone(),
                    label: unit_of.axis.get(lang).to_owned(),
                    chosen: unit_of.id == unit.id,
                    tone: None,
                });
            }
        }
        controls.push(ControlSpec::Unit(choices));
    }
    if has(Control::Place) {
        let mut choices: Vec<Choice> = known
            .iter()
            .map(|&place| Choice {
                value: c.place_code(place).to_owned(),
                label: c.place(place).to_owned(),
                chosen: places.contains(&place),
                tone: Some(tone(c, place, known)),
            })
            .collect();
        sort_choices(&mut choices, lang);
        controls.push(ControlSpec::Places(choices));
    }
    if has(Control::Time) {
        let years = main
            .iter()
            .flat_map(|&series| c.dataset.rows(series))
            .filter(|(_, row)| row.is_current())
            .filter_map(|(_, row)| row.period().as_of())
            .map(Date::year);
        if let Some(control) = years_control(c, years) {
            controls.push(control);
        }
    }
    controls
}

pub(super) fn years_control(c: &Context, years: impl Iterator<Item = i16>) -> Option<ControlSpec> {
    let (min, max) = years.fold((i16::MAX, i16::MIN), |(min, max), year| (min.min(year), max.max(year)));
    if min > max {
        return None;
    }
    let from = c.state.time.from.map_or(min, |date| date.year).clamp(min, max);
    let to = c.state.time.to.map_or(max, |date| date.year).clamp(from, max);
    Some(ControlSpec::Years { min, max, from, to })
}

/// Newest period first; one column a line or a kind of mark.
fn table(c: &Context, tracks: &[Track], marks: &[Track]) -> TableSpec {
    let columns: Vec<&Track> = tracks.iter().chain(marks.iter().filter(|t| !t.rows.is_empty())).collect();
    let mut periods: Vec<Period> = columns.iter().flat_map(|t| t.rows.iter().map(|(_, row)| row.period())).collect();
    sort_by_key(&mut periods, |p| std::cmp::Reverse((p.as_of(), p.start)));
    periods.dedup();
    let mut titles = vec![Column { title: c.t("column.period"), numeric: false }];
    titles.extend(columns.iter().map(|track| {
        let is_mark = c.def.marks.contains(&track.series);
        Column { title: if is_mark { c.series_name(track.series) } else { c.place(track.place) }.to_owned(), numeric: true }
    }));
    let rows = periods.iter().map(|&period| {
        let mut cells = vec![TableCell::text(c.period(period))];
        cells.extend(columns.iter().map(|track| match track.rows.iter().find(|(_, row)| row.period() == period) {
            Some(&(topic, row)) => c.table_cell(topic, row),
            None => TableCell::text(c.t("cell.none")),
        }));
        cells
    });
    TableSpec { caption: c.def.title.get(c.text.lang).to_owned(), columns: titles, rows: rows.collect() }
}

/// Newest value of each line with the peak it may honestly be compared with: the one since the last break.
fn summary(c: &Context, tracks: &[Track], marks: &[Track]) -> String {
    let mut sentences: Vec<String> = Vec::new();
    for track in tracks {
        let Some(&(_, newest)) = track.rows.iter().rev().find(|(_, row)| row.cell().value().is_some()) else { continue };
        let breaks = c.dataset.catalog.breaks_of(track.series, track.place);
        let since: Vec<Row> = track
            .rows
            .iter()
            .map(|&(_, row)| row)
            .filter(|row| match (row.period().as_of(), newest.period().as_of()) {
                (Some(a), Some(b)) => guard::crosses(a, b, &breaks).is_none(),
                _ => false,
            })
            .collect();
        let peak = since
            .iter()
            .copied()
            .filter(|row| row.cell().value().is_some())
            .max_by(|a, b| a.cell().value().partial_cmp(&b.cell().value()).unwrap_or(std::cmp::Ordering::Equal));
        let (value, period) = (c.short(newest), c.period(newest.period()));
        let mut args = vec![("place", c.place(track.place)), ("value", value.as_str()), ("period", period.as_str())];
        let cut = since.len() < track.rows.len();
        let (peak_value, peak_period) = peak.map_or_else(Default::default, |row| (c.short(row), c.period(row.period())));
        let key = match peak {
            Some(row) if row.row == newest.row && cut => "summary.trend-highest-since",
            Some(row) if row.row == newest.row => "summary.trend-highest",
            Some(_) if cut => "summary.trend-since",
            Some(_) => "summary.trend",
            None => "summary.trend-highest",
        };
        args.extend([("peak", peak_value.as_str()), ("peak_period", peak_period.as_str())]);
        sentences.push(c.text.t(key, &args));
    }
    for track in marks {
        if let Some(&(_, row)) = track.rows.last() {
            let (value, period) = (c.short(row), c.period(row.period()));
            sentences.push(c.text.t("summary.quote", &[("name", c.series_name(track.series)), ("value", &value), ("period", &period)]));
        }
    }
    sentences.join(" ")
}
