//! Values over time, one line a place; a line stops at a break and at a gap.

use super::guard::{self, Refusal};
use super::parts::{Context, fact, sort_choices, switch};
use super::spec::*;
use crate::model::catalog::{PlaceIx, SectorIx, SeriesIx};
use crate::model::date::{Date, PartialDate, Period};
use crate::model::observations::{Cell, Row};
use crate::model::order::{distinct, sort_by_key};
use crate::model::words::{Control, PlaceKind, Topic};
use crate::state::view_state::{Annotations, Param, Relative, Scale};
use crate::text::format;

/// The rows that one line may hold: of one series, place, counterpart and sector, oldest first.
struct Track<'a> {
    series: SeriesIx,
    place: PlaceIx,
    counterpart: Option<PlaceIx>,
    sector: Option<SectorIx>,
    rows: Vec<(Topic, Row<'a>)>,
    /// What sets this line apart from the others.
    name: String,
    tone: Tone,
    /// Every value of the chart is of a year or of its last day, so years are its positions.
    by_year: bool,
}

impl<'a> Track<'a> {
    fn holds(&self, row: &Row) -> bool {
        row.place() == self.place && row.series() == self.series && row.counterpart() == self.counterpart && row.sector() == self.sector
    }

    /// Found by halving, because rows are in the order of their last days.
    fn row_of(&self, period: Period) -> Option<(Topic, Row<'a>)> {
        let from = self.rows.partition_point(|(_, row)| row.period().as_of() < period.as_of());
        self.rows.iter().skip(from).copied().find(|(_, row)| row.period() == period)
    }
}

pub(super) fn figure<'a>(c: &Context<'a>) -> Figure {
    let mut figure = c.blank_figure();
    let Some(unit) = c.chosen_unit(&mut figure) else {
        figure.empty = Some(c.t("empty.no-data"));
        return figure;
    };
    let of_unit = |all: &[SeriesIx]| distinct(&mut all.iter().copied().filter(|&s| c.unit(s).is_some_and(|u| u.id == unit.id)));
    let (all_series, marks) = (of_unit(&c.def.series), of_unit(&c.def.marks));
    // A measure in the view's other unit is known, and waits for that unit.
    let mut main = of_unit(&c.chosen(Param::Series, &c.def.series, &mut figure, |&ix| c.series_id(ix)));
    if main.is_empty() {
        main.clone_from(&all_series);
    }

    let rows = |series: &[SeriesIx]| -> Vec<(Topic, Row)> { series.iter().flat_map(|&s| c.current(s)).collect() };
    let known_rows = rows(&all_series);
    let known = Known::new(c, &known_rows);
    let places = chosen_places(c, &known.places, &mut figure);
    let senders = c.chosen(Param::Counterpart, &known.counterparts, &mut figure, |&ix| c.place_code(ix));
    let sectors = c.chosen(Param::Sector, &known.sectors, &mut figure, |&ix| c.sector_id(ix));

    // Each list of ids stands in its own order, so the order of lines is the reader's.
    let tracks_of = |all: &[SeriesIx], all_rows: &[(Topic, Row<'a>)]| {
        let mut tracks: Vec<Track> = Vec::new();
        for &series in all {
            for &place in &places {
                for counterpart in [None].into_iter().chain(senders.iter().copied().map(Some)) {
                    for sector in [None].into_iter().chain(sectors.iter().copied().map(Some)) {
                        let mut track = Track {
                            series,
                            place,
                            counterpart,
                            sector,
                            rows: Vec::new(),
                            name: String::new(),
                            tone: Tone::Accent,
                            by_year: false,
                        };
                        track.rows = all_rows.iter().copied().filter(|(_, row)| track.holds(row)).collect();
                        if !track.rows.is_empty() {
                            track.rows.retain(|(_, row)| row.period().as_of().is_some_and(|day| c.state.time.contains(day)));
                            sort_by_key(&mut track.rows, |(_, row)| row.period().as_of());
                            tracks.push(track);
                        }
                    }
                }
            }
        }
        tracks
    };
    let mut tracks = tracks_of(&main, &known_rows);
    let mut mark_tracks = tracks_of(&marks, &rows(&marks));
    mark_tracks.retain(|track| !track.rows.is_empty());
    let mut names = Names { series: main.len() > 1, counterpart: senders.len() > 1, sector: sectors.len() > 1, place: places.len() > 1 };
    for track in &mut tracks {
        track.name = names.of(c, track);
        track.tone = known.tone(c, track, &all_series);
    }
    // A mark is always named by its measure; the place is said by the line that it stands beside.
    (names.series, names.place) = (true, false);
    for track in &mut mark_tracks {
        track.name = names.of(c, track);
        // Several sources of marks differ from each other and from the lines.
        let position = marks.iter().position(|&ix| ix == track.series).unwrap_or(0);
        track.tone = if marks.len() > 1 && senders.len() < 2 {
            Tone::Category((all_series.len() + position) as u8)
        } else {
            known.tone(c, track, &all_series)
        };
    }

    let mut controls = Vec::new();
    controls.extend(c.unit_control(unit));
    let mut pick = |control: Control, param: Param, choices: Vec<Choice>, groups: Vec<(String, usize)>| {
        if c.has(control) && choices.len() > 1 {
            controls.push(ControlSpec::Pick { param, choices, groups });
        }
    };
    // A chip is coloured where it stands for one colour of line only.
    let toned = |is_of: &dyn Fn(&Track) -> bool| {
        let mut tones = tracks.iter().filter(|track| is_of(track)).map(|track| track.tone);
        tones.next().filter(|&first| tones.all(|tone| tone == first))
    };
    let choice = |value: &str, label: &str, chosen: bool, tone: Option<Tone>| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        chosen,
        tone: tone.filter(|_| chosen),
    };
    let series_choices =
        all_series.iter().map(|&ix| choice(c.series_id(ix), c.series_name(ix), main.contains(&ix), toned(&|t| t.series == ix)));
    pick(Control::Series, Param::Series, series_choices.collect(), Vec::new());
    let sorted = |mut choices: Vec<Choice>| {
        sort_choices(&mut choices, c.text.lang);
        choices
    };
    // Countries, then regions, then groups of countries, each by the alphabet.
    let grouped = |all: &[PlaceIx], choice: &dyn Fn(PlaceIx) -> Choice| {
        let of = |kind: PlaceKind| sorted(all.iter().filter(|&&ix| c.place_kind(ix) == Some(kind)).map(|&ix| choice(ix)).collect());
        let lists: Vec<(PlaceKind, Vec<Choice>)> =
            PlaceKind::ALL.iter().map(|&kind| (kind, of(kind))).filter(|(_, list)| !list.is_empty()).collect();
        let headings = lists.iter().map(|(kind, list)| (c.t(&format!("place-kinds.{}", kind.id())), list.len()));
        let groups = if lists.len() > 1 { headings.collect() } else { Vec::new() };
        (lists.into_iter().flat_map(|(_, list)| list).collect::<Vec<_>>(), groups)
    };
    let (choices, groups) =
        grouped(&known.places, &|ix| choice(c.place_code(ix), c.place(ix), places.contains(&ix), toned(&|t| t.place == ix)));
    pick(Control::Place, Param::Place, choices, groups);
    let sender = |ix: PlaceIx| choice(c.place_code(ix), c.place(ix), senders.contains(&ix), toned(&|t| t.counterpart == Some(ix)));
    let (choices, groups) = grouped(&known.counterparts, &sender);
    pick(Control::Counterpart, Param::Counterpart, choices, groups);
    let sector_choices =
        known.sectors.iter().map(|&ix| choice(c.sector_id(ix), c.sector(ix), sectors.contains(&ix), toned(&|t| t.sector == Some(ix))));
    pick(Control::Sector, Param::Sector, sorted(sector_choices.collect()), Vec::new());
    if c.has(Control::Time) {
        let main_rows = known_rows.iter().filter(|(_, row)| main.contains(&row.series()));
        controls.extend(years_control(c, main_rows.filter_map(|(_, row)| row.period().as_of()).map(Date::year)));
    }
    figure.controls = controls;

    if c.state.unit == super::parts::PER_PERSON {
        figure.limits.insert(0, c.refuse(Refusal::NoDenominator));
    }
    let of_year = |period: Period| period.calendar_year().is_some() || (period.start == period.end && period.is_to_year_end());
    let by_year = tracks.iter().chain(&mark_tracks).flat_map(|track| &track.rows).all(|(_, row)| of_year(row.period()));
    tracks.iter_mut().chain(&mut mark_tracks).for_each(|track| track.by_year = by_year);
    let all_rows = || tracks.iter().chain(&mark_tracks).flat_map(|track| track.rows.iter());
    figure.facts = all_rows().map(|&(topic, row)| fact(topic, row)).collect();
    c.document(&mut figure, &main.iter().chain(&marks).copied().collect::<Vec<_>>());
    figure.table = table(c, &tracks, &mark_tracks);
    if all_rows().next().is_none() {
        figure.empty = Some(c.t(if places.is_empty() { "empty.no-place" } else { "empty.no-time" }));
        return figure;
    }
    figure.summary = summary(c, &tracks, &mark_tracks);
    if c.has(Control::Amount) {
        figure.cost = super::cost::calculator(c, &mut figure.ignored);
    }

    let values = || all_rows().filter_map(|(_, row)| row.cell().value());
    let largest = values().fold(0.0, f64::max);
    let (mut rules, limits) = rules(c, &tracks);
    figure.limits.splice(0..0, limits);
    let x = years_axis(all_rows().filter_map(|(_, row)| position(row.period(), by_year)));
    if let Err(refusal) = guard::one_line(&c.series(&main)) {
        figure.limits.insert(0, c.refuse(refusal));
    }
    if !rules.is_empty() {
        figure.controls.push(switch(c, "annotations", &Annotations::ALL, c.state.annotations, Annotations::id));
    }
    match c.state.annotations {
        Annotations::On => {}
        Annotations::Events => meetings(c, &x, shift(&tracks), &mut rules, &mut figure),
        Annotations::Off => rules.clear(),
    }
    let is_relative = c.state.relative == Relative::First;
    if tracks.iter().any(|track| track.rows.len() > 1) {
        figure.controls.push(switch(c, "relative", &Relative::ALL, c.state.relative, Relative::id));
    }
    // A change may be negative, so its axis is linear.
    let may_log = values().all(|value| value > 0.0);
    let is_log = c.state.scale == Scale::Log && !is_relative;
    if !is_relative && may_log {
        figure.controls.push(switch(c, "scale", &Scale::ALL, c.state.scale, Scale::id));
    } else if is_log {
        figure.limits.insert(0, c.refuse(Refusal::LogOfZero));
    }
    let y = if is_relative {
        Axis::Number { title: c.t("axis.relative"), divisor: 1.0, max: None, log: false }
    } else {
        c.value_axis(unit, largest, None, is_log && may_log)
    };
    let mut series: Vec<SeriesSpec> = Vec::new();
    for track in &tracks {
        let base = if is_relative { base(c, track, &mut figure) } else { None };
        series.push(line(c, track, is_relative, base));
    }
    if !is_relative {
        let marks: Vec<SeriesSpec> = mark_tracks.iter().map(|track| dots(c, track)).collect();
        // A mark after a line's end would stand in its name, which the reader's choices say too.
        if c.has(Control::Series) || c.has(Control::Place) {
            let end = |one: &SeriesSpec| one.points.iter().filter_map(|point| point.at).fold(f64::MIN, |end, (x, _)| end.max(x));
            let last = marks.iter().map(end).fold(f64::MIN, f64::max);
            series.iter_mut().for_each(|line| line.end_label = end(line) >= last);
        }
        series.extend(marks);
    }
    figure.panels = vec![Panel {
        id: unit.id.clone(),
        title: None,
        chart: ChartSpec { kind: ChartKind::Lines, x, y, series, rules, key: Vec::new(), room: [0; 2] },
    }];
    figure
}

/// The row from which a line's change is counted: the first since the last break, if it is above zero.
fn base<'a>(c: &Context, track: &Track<'a>, figure: &mut Figure) -> Option<Row<'a>> {
    let since = comparable(c, track);
    let first = since.iter().copied().find(|row| row.cell().value().is_some_and(|value| value > 0.0))?;
    if since.len() < track.rows.len() {
        let sentence = c.text.t("refusal.relative-over-break", &[("name", &track.name), ("when", &c.period(first.period()))]);
        figure.limits.insert(0, Limit { refusal: Some(Refusal::RelativeOverBreak), sentence });
    }
    Some(first)
}

/// The rows that may be compared with the newest one: those since the last break.
fn comparable<'a>(c: &Context, track: &Track<'a>) -> Vec<Row<'a>> {
    let breaks = c.dataset.catalog.breaks_of(track.series, track.place);
    let newest = track.rows.iter().rev().find(|(_, row)| row.cell().value().is_some()).and_then(|(_, row)| row.period().as_of());
    let is_comparable = |row: &Row| match (row.period().as_of(), newest) {
        (Some(a), Some(b)) => guard::crosses(a, b, &breaks).is_none(),
        _ => false,
    };
    track.rows.iter().map(|&(_, row)| row).filter(is_comparable).collect()
}

/// What the current rows of the view's series are about, in an order that depends neither on choices nor on the language.
struct Known {
    places: Vec<PlaceIx>,
    counterparts: Vec<PlaceIx>,
    sectors: Vec<SectorIx>,
}

impl Known {
    fn new(c: &Context, rows: &[(Topic, Row)]) -> Known {
        let mut known = Known {
            places: distinct(&mut rows.iter().map(|(_, row)| row.place())),
            counterparts: distinct(&mut rows.iter().filter_map(|(_, row)| row.counterpart())),
            sectors: distinct(&mut rows.iter().filter_map(|(_, row)| row.sector())),
        };
        sort_by_key(&mut known.places, |&ix| (is_group(c, ix), c.place_code(ix)));
        sort_by_key(&mut known.counterparts, |&ix| (is_group(c, ix), c.place_code(ix)));
        sort_by_key(&mut known.sectors, |&ix| c.sector_id(ix));
        known
    }

    /// The colour of a line never depends on what else is chosen, nor on the language. What varies most in the view decides.
    fn tone(&self, c: &Context, track: &Track, series: &[SeriesIx]) -> Tone {
        let at = |i: usize| if i == 0 { Tone::Accent } else { Tone::Category((i - 1) as u8) };
        // The defaults come before all others: what is seen first has as many colours as there are.
        let place = || {
            let first = super::default_state(c.def).place;
            let among = |ix: PlaceIx| first.iter().position(|code| code == c.place_code(ix));
            among(track.place).unwrap_or_else(|| {
                first.len() + self.places.iter().take_while(|&&ix| ix != track.place).filter(|&&ix| among(ix).is_none()).count()
            })
        };
        if self.counterparts.len() > 1 {
            match track.counterpart {
                Some(sender) => at(self.counterparts.iter().position(|&ix| ix == sender).unwrap_or(0)),
                None => at(self.counterparts.len() + series.iter().position(|&ix| ix == track.series).unwrap_or(0)),
            }
        } else if let Some(sector) = track.sector.filter(|_| self.sectors.len() > 1) {
            at(self.sectors.iter().position(|&ix| ix == sector).unwrap_or(0))
        } else if series.len() > 1 && series.contains(&track.series) {
            at(series.iter().position(|&ix| ix == track.series).unwrap_or(0) + series.len() * place())
        } else {
            at(place())
        }
    }
}

/// Which parts of a line's identity tell it from the others on the chart.
struct Names {
    series: bool,
    counterpart: bool,
    sector: bool,
    place: bool,
}

impl Names {
    fn of(&self, c: &Context, track: &Track) -> String {
        let parts = [
            self.series.then(|| c.series_name(track.series)),
            track.counterpart.filter(|_| self.counterpart).map(|ix| c.place(ix)),
            track.sector.filter(|_| self.sector).map(|ix| c.sector(ix)),
            self.place.then(|| c.place(track.place)),
        ];
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        if parts.is_empty() { c.place(track.place).to_owned() } else { parts.join(", ") }
    }
}

fn is_group(c: &Context, place: PlaceIx) -> bool {
    c.place_kind(place) == Some(PlaceKind::Group)
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

/// Where a period stands on the axis: a calendar year at its number, anything else at its last day.
/// The end of 2023 would stand at 2024: where all values are of years or their ends, they stand at the year.
fn position(period: Period, by_year: bool) -> Option<f64> {
    match period.calendar_year().or_else(|| period.as_of().filter(|_| by_year).map(Date::year)) {
        Some(year) => Some(f64::from(year)),
        None => period.as_of().map(Date::year_fraction),
    }
}

/// Where a day stands among yearly values, which stand on the year's number: those of a whole year for its middle, counts for its last day.
fn position_of_day(day: Date, shift: f64) -> f64 {
    day.year_fraction() - shift
}

/// Years between a day's fraction and its place on the axis of these lines.
fn shift(tracks: &[Track]) -> f64 {
    match tracks.first().filter(|track| track.by_year).and_then(|track| track.rows.first()) {
        Some((_, row)) if row.period().calendar_year().is_none() => 1.0,
        Some(_) => 0.5,
        None => 0.0,
    }
}

fn years_axis(positions: impl Iterator<Item = f64>) -> Axis {
    let (min, max) = positions.fold((f64::MAX, f64::MIN), |(min, max), x| (min.min(x), max.max(x)));
    let pad = if max - min < 1.0 { 0.5 } else { 0.0 };
    Axis::Years { min: (min - pad).floor().min(min), max: if max.fract() == 0.0 { max + pad } else { max.ceil() } }
}

/// `relative`: heights are changes since `base` in percent, and only what is comparable with it is drawn.
fn line(c: &Context, track: &Track, relative: bool, base: Option<Row>) -> SeriesSpec {
    let comparable = comparable(c, track);
    let base_value = base.and_then(|row| row.cell().value());
    let breaks = c.dataset.catalog.breaks_of(track.series, track.place);
    let mark = c.mark(track.series);
    let nature = c.dataset.catalog.series.get(track.series).map(|s| s.nature);
    let may_join = |earlier: Row, row: Row| {
        let (a, b) = (earlier.period(), row.period());
        guard::may_join(a, b, &breaks).is_ok() && nature.is_some_and(|nature| guard::may_follow(nature, a, b).is_ok())
    };
    let mut points: Vec<Point> = Vec::new();
    let mut previous: Option<Row> = None;
    for &(topic, row) in &track.rows {
        if previous.is_some_and(|earlier| !may_join(earlier, row)) {
            points.push(Point::gap());
        }
        match (position(row.period(), track.by_year), row.cell()) {
            (Some(x), Cell::Value { value, .. }) => {
                let place_time = format!("{}, {}", track.name, c.period(row.period()));
                if !relative {
                    points.push(c.point(topic, row, (x, value), mark, place_time));
                } else if let (Some(base), Some(base_value)) = (base, base_value)
                    && comparable.iter().any(|one| one.row == row.row)
                    && base.period().as_of() <= row.period().as_of()
                {
                    let change = (value / base_value - 1.0) * 100.0;
                    let mut point = c.point(topic, row, (x, change), mark, place_time);
                    let written = format::signed(change, c.text.lang);
                    let since = c.period(base.period());
                    point.value = c.text.t("relative.value", &[("change", &written), ("since", &since), ("value", &point.value)]);
                    points.push(point);
                } else {
                    points.push(Point::gap());
                }
            }
            _ => points.push(Point::gap()),
        }
        previous = Some(row);
    }
    SeriesSpec {
        id: series_id(c, track),
        name: track.name.clone(),
        line: true,
        mark,
        tone: track.tone,
        end_label: true,
        point_labels: false,
        points,
    }
}

/// Stable while the reader chooses, so that a line moves instead of being drawn anew.
fn series_id(c: &Context, track: &Track) -> String {
    let mut id = format!("{}:{}", c.series_id(track.series), c.place_code(track.place));
    for part in [track.counterpart.map(|ix| c.place_code(ix)), track.sector.map(|ix| c.sector_id(ix))].into_iter().flatten() {
        id = format!("{id}:{part}");
    }
    id
}

/// Points beside the lines and never joined: quotes, forecasts, another publisher's single values.
fn dots(c: &Context, track: &Track) -> SeriesSpec {
    let mark = c.mark(track.series);
    let points = track.rows.iter().filter_map(|&(topic, row)| {
        let at = (position(row.period(), track.by_year)?, row.cell().value()?);
        let place_time = format!("{}, {}", track.name, c.period(row.period()));
        Some(c.point(topic, row, at, mark, place_time))
    });
    SeriesSpec {
        id: series_id(c, track),
        name: track.name.clone(),
        line: false,
        mark,
        tone: track.tone,
        end_label: false,
        point_labels: mark != Mark::Solid,
        points: points.collect(),
    }
}

/// Vertical rules at breaks and at 24 February 2022, and the sentences that go with the breaks.
fn rules(c: &Context, tracks: &[Track]) -> (Vec<Rule>, Vec<Limit>) {
    let mut rules: Vec<Rule> = Vec::new();
    let mut limits: Vec<Limit> = Vec::new();
    let mut drawn: Vec<Date> = Vec::new();
    for track in tracks {
        let yearly = track.by_year || track.rows.iter().all(|(_, row)| row.period().calendar_year().is_some());
        let days: Vec<Date> = track.rows.iter().filter_map(|(_, row)| row.period().as_of()).collect();
        for brk in c.dataset.catalog.breaks_of(track.series, track.place) {
            let inside = days.iter().any(|&day| day < brk.on) && days.iter().any(|&day| day >= brk.on);
            if inside && !drawn.contains(&brk.on) {
                drawn.push(brk.on);
                rules.push(Rule { at: position_of_day(brk.on, if yearly { 0.5 } else { 0.0 }), label: c.t("rule.break"), is_break: true });
                let when = format::partial_date(PartialDate { year: brk.on.year(), month: Some(brk.on.month()), day: None }, c.text.lang);
                let sentence =
                    c.text.t("refusal.break", &[("place", &track.name), ("when", &when), ("reason", brk.reason.get(c.text.lang))]);
                limits.push(Limit { refusal: Some(Refusal::Break), sentence });
            }
        }
    }
    let days = || tracks.iter().flat_map(|t| &t.rows).filter_map(|(_, row)| row.period().as_of());
    if let Some(invasion) = Date::new(2022, 2, 24)
        && days().any(|day| day < invasion)
        && days().any(|day| day >= invasion)
    {
        rules.push(Rule { at: position_of_day(invasion, shift(tracks)), label: c.t("rule.invasion"), is_break: false });
    }
    (rules, limits)
}

/// Rules at the meetings that fall within the axis, and their names in words: on the lines there is no room for them.
fn meetings(c: &Context, x: &Axis, shift: f64, rules: &mut Vec<Rule>, figure: &mut Figure) {
    let Axis::Years { min, max } = *x else { return };
    let mut named: Vec<(Date, String)> = Vec::new();
    for event in &c.dataset.community.events {
        let Some(start) = event.starts_on else { continue };
        let at = position_of_day(start.first_day(), shift);
        if at < min || at > max {
            continue;
        }
        rules.push(Rule { at, label: String::new(), is_break: false });
        named.push((start.first_day(), format!("{}, {}", event.title.get(c.text.lang), super::events::dated(event, c.text))));
    }
    sort_by_key(&mut named, |(day, _)| *day);
    let names: Vec<String> = named.into_iter().map(|(_, name)| name).collect();
    let sentence = if names.is_empty() { c.t("limit.no-meetings") } else { c.text.t("limit.meetings", &[("list", &names.join("; "))]) };
    figure.limits.push(Limit { refusal: None, sentence });
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
    let columns: Vec<&Track> = tracks.iter().chain(marks).collect();
    let mut periods: Vec<Period> = columns.iter().flat_map(|t| t.rows.iter().map(|(_, row)| row.period())).collect();
    sort_by_key(&mut periods, |p| std::cmp::Reverse((p.as_of(), p.start)));
    periods.dedup();
    let mut titles = vec![Column { title: c.t("column.period"), numeric: false }];
    titles.extend(columns.iter().map(|track| Column { title: track.name.clone(), numeric: true }));
    let rows = periods.iter().map(|&period| {
        let mut cells = vec![TableCell::text(c.period(period))];
        cells.extend(columns.iter().map(|track| match track.row_of(period) {
            Some((topic, row)) => c.table_cell(topic, row),
            None => TableCell::text(c.t("cell.none")),
        }));
        cells
    });
    TableSpec { caption: c.def.title.get(c.text.lang).to_owned(), columns: titles, rows: rows.collect() }
}

/// Newest value of each line with the peak it may honestly be compared with: the one since the last break.
fn summary(c: &Context, tracks: &[Track], marks: &[Track]) -> String {
    // More would be a table read aloud.
    const NAMED: usize = 5;
    let mut sentences: Vec<String> = Vec::new();
    let tracks = tracks.get(..NAMED).unwrap_or(tracks);
    let shared = shared_period(tracks);
    if let Some(period) = shared {
        let list = tracks.iter().flat_map(|track| {
            let row = track.rows.iter().map(|&(_, row)| row).find(|row| row.period() == period);
            row.map(|row| format!("{} — {}", track.name, c.short(row)))
        });
        let list = list.collect::<Vec<_>>().join("; ");
        sentences.push(c.text.t("summary.shared", &[("period", &c.period(period)), ("list", &list)]));
    }
    for track in tracks {
        let Some(&(_, newest)) = track.rows.iter().rev().find(|(_, row)| row.cell().value().is_some()) else { continue };
        if shared == Some(newest.period()) {
            continue; // said above
        }
        let since = comparable(c, track);
        let peak = since
            .iter()
            .copied()
            .filter(|row| row.cell().value().is_some())
            .max_by(|a, b| a.cell().value().partial_cmp(&b.cell().value()).unwrap_or(std::cmp::Ordering::Equal));
        let (value, period) = (c.short(newest), c.period(newest.period()));
        let mut args =
            vec![("place", track.name.as_str()), ("name", track.name.as_str()), ("value", value.as_str()), ("period", period.as_str())];
        let cut = since.len() < track.rows.len();
        let is_alone = since.iter().filter(|row| row.cell().value().is_some()).count() < 2;
        let (peak_value, peak_period) = peak.map_or_else(Default::default, |row| (c.short(row), c.period(row.period())));
        let key = match peak {
            _ if is_alone => "summary.quote",
            Some(row) if row.row == newest.row && cut => "summary.trend-highest-since",
            Some(row) if row.row == newest.row => "summary.trend-highest",
            Some(_) if cut => "summary.trend-since",
            Some(_) => "summary.trend",
            None => "summary.trend-highest",
        };
        args.extend([("peak", peak_value.as_str()), ("peak_period", peak_period.as_str())]);
        sentences.push(c.text.t(key, &args));
    }
    let mut said: Option<(SeriesIx, PlaceIx)> = None;
    for track in marks {
        // Of one measure's marks for many senders, the reader's first stands for all.
        if said.replace((track.series, track.place)) == Some((track.series, track.place)) {
            continue;
        }
        if let Some(&(_, row)) = track.rows.last() {
            let (value, period) = (c.short(row), c.period(row.period()));
            sentences.push(c.text.t("summary.quote", &[("name", &track.name), ("value", &value), ("period", &period)]));
        }
    }
    sentences.join(" ")
}

/// The newest period that every line has a value for, where several measures or senders of one place stand side by side.
fn shared_period(tracks: &[Track]) -> Option<Period> {
    let (first, rest) = tracks.split_first()?;
    if rest.is_empty() || rest.iter().any(|track| track.place != first.place) {
        return None;
    }
    let has = |track: &Track, period: Period| track.rows.iter().any(|(_, row)| row.period() == period && row.cell().value().is_some());
    first.rows.iter().rev().map(|(_, row)| row.period()).find(|&period| has(first, period) && rest.iter().all(|track| has(track, period)))
}
