//! The guard: what may not be joined, added or drawn is not, on the published rows and for every series that a view could name.
//!
//! The oracle is the package's JSON read as JSON: nothing here asks `view::guard` whether `view::trend` was right.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{folder, package};
use diaspora_impact::charts::option::{Look, height, option};
use diaspora_impact::charts::palette::Theme;
use diaspora_impact::model::catalog::{Series, SeriesIx, ViewDef};
use diaspora_impact::model::dataset::{Dataset, Fact};
use diaspora_impact::model::date::{Date, PartialDate, Period};
use diaspora_impact::model::lang::{Bilingual, Lang};
use diaspora_impact::model::words::{Basis, Control, Dimension, Nature, Topic, ViewKind};
use diaspora_impact::state::view_state::{Annotations, Relative, Scale, Sort, Tab, TimeRange, ViewState};
use diaspora_impact::text::Text;
use diaspora_impact::view::certificate::certificate;
use diaspora_impact::view::guard::{Refusal, may_add, may_follow, may_join, may_share, one_line};
use diaspora_impact::view::spec::{Axis, ChartKind, Figure, Point};
use diaspora_impact::view::{self, download};
use proptest::collection::vec;
use proptest::option as maybe;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

const EN: Text = Text { lang: Lang::En };

// ---------------------------------------------------------------------------------------------------------------- oracle

/// One row as published.
#[derive(Debug)]
struct Published {
    /// series, place, counterpart, sector: one line may hold only one of each.
    what: [String; 4],
    start: String,
    end: String,
    value: Option<f64>,
    current: bool,
}

impl Published {
    /// Dates are `YYYY-MM-DD`, so they compare as text.
    fn day(&self) -> &str {
        if self.end.is_empty() { &self.start } else { &self.end }
    }

    fn calendar_year(&self) -> Option<i32> {
        let (from, to) = (self.start.split_once('-')?, self.end.split_once('-')?);
        (from.0 == to.0 && from.1 == "01-01" && to.1 == "12-31").then(|| from.0.parse().ok())?
    }
}

fn json(name: &str) -> Vec<Value> {
    serde_json::from_slice(&std::fs::read(folder().join(format!("{name}.json"))).unwrap()).unwrap()
}

fn text_of(row: &Value, field: &str) -> String {
    row[field].as_str().unwrap_or_default().to_owned()
}

/// Rows by what, start and end.
type Rows = BTreeMap<([String; 4], String, String), Vec<Published>>;

fn published() -> &'static Rows {
    static ROWS: OnceLock<Rows> = OnceLock::new();
    ROWS.get_or_init(|| {
        let mut rows = Rows::new();
        for name in ["people", "remittances", "context", "funding"] {
            for row in json(&format!("observations-{name}")) {
                let what = ["series", "place", "counterpart", "sector"].map(|field| text_of(&row, field));
                let (start, end) = (text_of(&row, "period_start"), text_of(&row, "period_end"));
                let key = (what.clone(), start.clone(), end.clone());
                rows.entry(key).or_default().push(Published {
                    what,
                    start,
                    end,
                    value: row["value"].as_f64(),
                    current: row["standing"] == "current",
                });
            }
        }
        rows
    })
}

/// Series, day, and the place or `None` for all.
fn breaks() -> &'static [(String, String, Option<String>)] {
    static BREAKS: OnceLock<Vec<(String, String, Option<String>)>> = OnceLock::new();
    BREAKS.get_or_init(|| {
        json("breaks").iter().map(|row| (text_of(row, "series"), text_of(row, "on"), row["place"].as_str().map(str::to_owned))).collect()
    })
}

/// The current row as published that a fact of the app stands for.
#[track_caller]
fn current_row(fact: Option<Fact>) -> &'static Published {
    let Some(Fact::Observation { topic, row }) = fact else { panic!("{fact:?} is no observation") };
    let dataset = &package().dataset;
    let row = dataset.row(topic, row).expect("a fact is a row");
    assert!(row.is_current(), "{row:?} is not current");
    let catalog = &dataset.catalog;
    let place = |ix| catalog.places.get(ix).unwrap().code.clone();
    let what = [
        catalog.series.get(row.series()).unwrap().id.clone(),
        place(row.place()),
        row.counterpart().map(place).unwrap_or_default(),
        row.sector().map(|ix| catalog.sectors.get(ix).unwrap().id.clone()).unwrap_or_default(),
    ];
    let day = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let same = published().get(&(what, day(row.period().start), day(row.period().end))).expect("a row of the app is a published row");
    let current: Vec<&Published> = same.iter().filter(|row| row.current).collect();
    assert_eq!(current.len(), 1, "one current row for {same:?}");
    current[0]
}

/// Whether one line may lead from a row to the next.
fn joinable(a: &Published, b: &Published) -> Result<(), String> {
    let fail = |why: &str| Err(format!("{why}: {:?} {}..{} to {:?} {}..{}", a.what, a.start, a.end, b.what, b.start, b.end));
    let [series, place, ..] = &a.what;
    if a.what != b.what {
        return fail("two different things in one line");
    }
    if a.day() > b.day() {
        return fail("backwards");
    }
    if breaks()
        .iter()
        .any(|(of, on, at)| of == series && at.as_ref().is_none_or(|at| at == place) && a.day() < on.as_str() && b.day() >= on.as_str())
    {
        return fail("across a break");
    }
    match (a.calendar_year(), b.calendar_year()) {
        (Some(x), Some(y)) if y != x + 1 => return fail("over a missing year"),
        (Some(_), None) | (None, Some(_)) => return fail("a year and a part of a year"),
        _ => {}
    }
    if is_of_a_period(series) {
        if [&a.start, &a.end, &b.start, &b.end].into_iter().any(String::is_empty) {
            return fail("from a period without an end to another");
        }
        let lengths = (days(&a.end) - days(&a.start), days(&b.end) - days(&b.start));
        if days(&b.start) != days(&a.end) + 1 || (lengths.0 - lengths.1).abs() > 3 {
            return fail("not neighbours of one length");
        }
    }
    let unknown = published()
        .values()
        .flatten()
        .any(|row| row.current && row.value.is_none() && row.what == a.what && a.day() < row.day() && row.day() < b.day());
    if unknown { fail("over a missing value") } else { Ok(()) }
}

/// Day number of `YYYY-MM-DD`.
fn days(date: &str) -> i32 {
    Date::parse(date).unwrap().days()
}

/// Series whose value belongs to a period: an amount over it, or a price in it.
fn is_of_a_period(series: &str) -> bool {
    static OF_PERIODS: OnceLock<BTreeSet<String>> = OnceLock::new();
    let all =
        || json("series").iter().filter(|row| row["nature"] == "flow" || row["nature"] == "price").map(|row| text_of(row, "id")).collect();
    OF_PERIODS.get_or_init(all).contains(series)
}

/// Everything that must be true of a drawn line chart, and of the table beside it.
#[track_caller]
fn check_trend(figure: &Figure) {
    for panel in &figure.panels {
        let (min, max) = match panel.chart.x {
            Axis::Years { min, max } => (min, max),
            _ => panic!("years, please"),
        };
        for series in &panel.chart.series {
            let mut before: Option<(&Point, &Published)> = None;
            for point in &series.points {
                let Some((x, y)) = point.at else {
                    before = None;
                    continue;
                };
                let row = current_row(point.fact);
                assert_eq!((Some(y), point.number), (row.value, row.value), "a number as published: {row:?}");
                assert!(min <= x && x <= max, "{x} is outside of {min}..{max}: {row:?}");
                if let Some((earlier, from)) = before.filter(|_| series.line) {
                    joinable(from, row).unwrap_or_else(|why| panic!("{}: {why}", series.id));
                    assert!(earlier.at.unwrap().0 <= x, "{}: the line turns back at {row:?}", series.id);
                }
                before = Some((point, row));
            }
        }
    }
    for cell in figure.table.rows.iter().flatten().filter(|cell| cell.fact.is_some()) {
        let row = current_row(cell.fact);
        assert_eq!(cell.number, row.value, "{row:?}");
        assert!(row.value.is_some() || !cell.text.contains(|c: char| c.is_ascii_digit()), "a missing value reads {:?}", cell.text);
    }
    // Kept and not drawn: each says why, and none is among those above.
    let others: Vec<Fact> = figure.others.iter().flat_map(|table| table.rows.iter().flatten()).filter_map(|cell| cell.fact).collect();
    for &fact in &others {
        let Fact::Observation { topic, row } = fact else { panic!("{fact:?} is no observation") };
        assert!(!package().dataset.row(topic, row).unwrap().is_current(), "{fact:?} is current");
    }
    let (kept, shown): (Vec<Fact>, Vec<Fact>) = figure.facts.iter().partition(|fact| others.contains(fact));
    assert_eq!(kept, others, "the download holds what is kept too");
    shown.iter().for_each(|&fact| assert!(!current_row(Some(fact)).what[0].is_empty()));
}

// ------------------------------------------------------------------------------------------- views over all of the package

/// A trend that no package has: any series, any marks.
fn trend_of(series: Vec<SeriesIx>, marks: Vec<SeriesIx>) -> ViewDef {
    ViewDef {
        id: "synthetic".to_owned(),
        topic: Topic::Context,
        kind: ViewKind::Trend,
        title: Bilingual::default(),
        lead: Bilingual::default(),
        series,
        marks,
        controls: vec![Control::Place, Control::Unit, Control::Time],
        defaults: String::new(),
        notes: None,
        featured: false,
    }
}

fn series_ids() -> Vec<SeriesIx> {
    let series = &package().dataset.catalog.series;
    series.iter().map(|row| series.find(&row.id).unwrap()).collect()
}

fn series(id: &str) -> (SeriesIx, &'static Series) {
    let table = &package().dataset.catalog.series;
    (table.find(id).unwrap(), table.by_key(id).unwrap())
}

/// Codes of all places that a series has current rows for.
fn places_of(ix: SeriesIx) -> Vec<String> {
    let dataset = &package().dataset;
    let places: BTreeSet<_> = dataset.rows(ix).filter(|(_, row)| row.is_current()).map(|(_, row)| row.place()).collect();
    places.into_iter().map(|place| dataset.catalog.places.get(place).unwrap().code.clone()).collect()
}

/// All series, all places, all time: every line of the package, and no published number is lost on the way.
#[test]
fn no_line_of_the_package_crosses_a_break_or_a_gap() {
    let dataset = &package().dataset;
    let (mut lines, mut segments) = (0, 0);
    for ix in series_ids() {
        let def = trend_of(vec![ix], Vec::new());
        let figure = view::figure(dataset, &def, &ViewState { place: places_of(ix), ..ViewState::default() }, EN);
        check_trend(&figure);
        let points = || figure.panels.iter().flat_map(|panel| &panel.chart.series).flat_map(|series| &series.points);
        let drawn: Vec<&Published> = points().filter(|point| point.at.is_some()).map(|point| current_row(point.fact)).collect();
        let id = &dataset.catalog.series.get(ix).unwrap().id;
        let to_draw =
            published().values().flatten().filter(|row| row.current && &row.what[0] == id && row.value.is_some() && !row.day().is_empty());
        assert_eq!(drawn.len(), to_draw.count(), "{id}: every current value that has a day is drawn once");
        lines += figure.panels.iter().map(|panel| panel.chart.series.len()).sum::<usize>();
        for series in figure.panels.iter().flat_map(|panel| &panel.chart.series) {
            segments += series.points.windows(2).filter(|pair| pair[0].at.is_some() && pair[1].at.is_some()).count();
        }
    }
    // The check is not empty: there are hundreds of lines and of joined pairs.
    assert!(lines > 200 && segments > 700, "{lines} lines, {segments} segments");
}

/// Every break that lies within its series' current rows stops every line there.
#[test]
fn every_published_break_is_a_gap_with_a_rule_and_a_sentence() {
    let dataset = &package().dataset;
    let mut seen = 0;
    for (id, on, place) in breaks() {
        let (ix, _) = series(id);
        for code in place.as_ref().map_or_else(|| places_of(ix), |place| vec![place.clone()]) {
            let rows: Vec<&Published> =
                published().values().flatten().filter(|row| row.current && &row.what[0] == id && row.what[1] == code).collect();
            let (before, after) = (rows.iter().any(|row| row.day() < on.as_str()), rows.iter().any(|row| row.day() >= on.as_str()));
            if !(before && after) {
                continue;
            }
            seen += 1;
            let figure = view::figure(
                dataset,
                &trend_of(vec![ix], Vec::new()),
                &ViewState { place: vec![code.clone()], ..ViewState::default() },
                EN,
            );
            assert!(figure.panels[0].chart.rules.iter().any(|rule| rule.is_break), "{id} {code} {on}: a rule");
            assert!(figure.limits.iter().any(|limit| limit.refusal == Some(Refusal::Break)), "{id} {code} {on}: a sentence");
        }
    }
    assert!(seen >= 12, "{seen} breaks lie within published rows");
}

fn limits_only_in(figure: &Figure, other: &Figure) -> String {
    figure.limits.iter().filter(|limit| !other.limits.contains(limit)).map(|limit| limit.sentence.clone()).collect()
}

/// A line that no word stands at is said in words, and what a chart shows does not depend on it.
#[test]
fn meetings_are_lines_and_names_and_nothing_else() {
    let dataset = &package().dataset;
    let mut lines = 0;
    for def in dataset.catalog.views.iter().filter(|def| def.kind == ViewKind::Trend) {
        for lang in Lang::ALL {
            let plain = view::default_state(def);
            let asked = ViewState { annotations: Annotations::Events, ..plain.clone() };
            let [whole, asked] = [plain, asked].map(|state| view::figure(dataset, def, &state, Text::new(lang)));
            assert_eq!(whole.table, asked.table, "{}", def.id);
            for (plain, panel) in whole.panels.iter().zip(&asked.panels) {
                assert_eq!(plain.chart.series, panel.chart.series, "{}", def.id);
                let Axis::Years { min, max } = panel.chart.x else { panic!("{}: a trend without years", def.id) };
                let marked: Vec<f64> = panel.chart.rules.iter().filter(|rule| rule.label.is_empty()).map(|rule| rule.at).collect();
                assert!(marked.iter().all(|at| (min..=max).contains(at)), "{}: {marked:?} outside {min} to {max}", def.id);
                assert_eq!(panel.chart.rules.len() - marked.len(), plain.chart.rules.len(), "{}: breaks stay", def.id);
                let sentence = &limits_only_in(&asked, &whole);
                let named = dataset.community.events.iter().filter(|event| sentence.contains(event.title.get(lang))).count();
                assert_eq!(named, marked.len(), "{}: {sentence}", def.id);
                lines += marked.len();
            }
        }
    }
    assert!(lines > 40, "{lines}");
}

fn any_partial_date() -> impl Strategy<Value = PartialDate> {
    (1990..2028_i16, maybe::of((1..=12_u8, maybe::of(1..=28_u8)))).prop_map(|(year, rest)| PartialDate {
        year,
        month: rest.map(|(month, _)| month),
        day: rest.and_then(|(_, day)| day),
    })
}

prop_compose! {
    /// Also ranges that end before they begin.
    fn any_time()(from in maybe::of(any_partial_date()), to in maybe::of(any_partial_date())) -> TimeRange {
        TimeRange { from, to }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_line_of_any_view_crosses_a_break_or_a_gap(
        main in vec(any::<Index>(), 1..4),
        marks in vec(any::<Index>(), 0..3),
        time in any_time(),
        chosen in vec(any::<bool>(), 1..6),
        log: bool,
    ) {
        let all = series_ids();
        let pick = |indices: &[Index]| indices.iter().map(|index| *index.get(&all)).collect::<Vec<_>>();
        let (main, marks) = (pick(&main), pick(&marks));
        let places = main.iter().flat_map(|&ix| places_of(ix)).collect::<BTreeSet<_>>();
        let place = places.into_iter().zip(chosen.iter().cycle()).filter(|(_, chosen)| **chosen).map(|(place, _)| place).collect();
        let scale = if log { Scale::Log } else { Scale::Linear };
        let state = ViewState { place, time, scale, ..ViewState::default() };
        check_trend(&view::figure(&package().dataset, &trend_of(main, marks), &state, EN));
    }
}

// -------------------------------------------------------------------------------------------- each refusal on real rows

#[test]
fn only_declared_dimensions_are_added_up() {
    let raw = json("series");
    for row in &raw {
        let id = text_of(row, "id");
        let declared: Vec<&str> =
            row["additive_over"].as_array().map_or_else(Vec::new, |list| list.iter().filter_map(Value::as_str).collect());
        for &dimension in Dimension::ALL {
            let expected = if declared.contains(&dimension.id()) { Ok(()) } else { Err(Refusal::NotAdditive(dimension)) };
            let (_, series) = series(&id);
            assert_eq!(may_add(&[series], dimension), expected, "{id} over {}", dimension.id());
            assert_eq!(may_add(&[series, series], dimension), expected, "{id} twice over {}", dimension.id());
        }
    }
    assert_eq!(may_add(&[], Dimension::Period), Ok(()));
    // By name, what a reader would be tempted to add.
    for (id, dimension) in [
        ("iom-reached-ukraine", Dimension::Period),
        ("iom-sector-people", Dimension::Sector),
        ("wdi-remittances-gdp", Dimension::Place),
        ("dtm-idps", Dimension::Period),
    ] {
        assert_eq!(may_add(&[series(id).1], dimension), Err(Refusal::NotAdditive(dimension)), "{id}");
    }
}

#[test]
fn a_part_is_never_added_to_its_whole() {
    let mut pairs = 0;
    for part in package().dataset.catalog.series.iter() {
        let Some(whole) = part.subset_of.as_deref().map(|id| series(id).1).filter(|whole| whole.unit == part.unit) else { continue };
        pairs += 1;
        for &dimension in Dimension::ALL {
            assert_eq!(may_add(&[whole, part], dimension), Err(Refusal::SubsetNotAdded), "{} in {}", part.id, whole.id);
            assert_eq!(may_add(&[part, whole], dimension), Err(Refusal::SubsetNotAdded), "{} in {}", part.id, whole.id);
        }
    }
    assert!(pairs > 10);
    let (region, part) = (series("iom-reached-region").1, series("usa-for-iom-reached").1);
    assert_eq!(may_add(&[region, part], Dimension::Place), Err(Refusal::SubsetNotAdded));
    assert!(may_add(&[series("iom-reached-ukraine").1, part], Dimension::Place).is_err());
    assert_eq!(refusals("people-reached"), [Refusal::SubsetNotAdded]);
}

#[test]
fn different_units_have_no_total() {
    let def = package().dataset.catalog.view("people-by-sector").unwrap();
    let all: Vec<&Series> = def.series.iter().map(|&ix| package().dataset.catalog.series.get(ix).unwrap()).collect();
    for &dimension in Dimension::ALL {
        assert_eq!(may_add(&all, dimension), Err(Refusal::UnitsDiffer));
        assert_eq!(may_add(&[series("wdi-remittances-usd").1, series("wdi-remittances-gdp").1], dimension), Err(Refusal::UnitsDiffer));
    }
    assert_eq!(refusals("people-by-sector"), [Refusal::UnitsDiffer]);
}

/// What a view refuses at first sight; each refusal comes with a sentence in both languages.
fn refusals(view: &str) -> Vec<Refusal> {
    let dataset = &package().dataset;
    let def = dataset.catalog.view(view).unwrap();
    let [en, uk] = Lang::ALL.map(|lang| {
        let figure = view::figure(dataset, def, &view::default_state(def), Text::new(lang));
        let refused: Vec<(Refusal, String)> =
            figure.limits.into_iter().filter_map(|limit| Some((limit.refusal?, limit.sentence))).collect();
        for (refusal, sentence) in &refused {
            assert!(sentence.contains(' ') && !sentence.contains("refusal.") && !sentence.contains('{'), "{refusal:?} reads {sentence:?}");
        }
        refused.into_iter().map(|(refusal, _)| refusal).collect::<Vec<_>>()
    });
    assert_eq!(en, uk);
    en
}

#[test]
fn shares_of_an_unknown_whole_are_refused() {
    let refused = refusals("remittances-sources");
    assert!(matches!(refused[..], [Refusal::WholeUnknown | Refusal::NotAdditive(Dimension::Counterpart)]), "{refused:?}");
}

#[test]
fn percentages_of_what_overlaps_are_refused() {
    // Targets and appeals replace one another: there is no whole to be a percentage of.
    for id in ["iom-target-people", "iom-appeal-required"] {
        assert_eq!(may_share(&[series(id).1], Dimension::Period, true), Err(Refusal::ShareOverlaps), "{id}");
    }
    for view in ["targets-and-results", "appeals"] {
        assert!(refusals(view).contains(&Refusal::ShareOverlaps), "{view}");
    }
    // Countries of one date may be added up; without a published whole a share of it is still refused.
    let yearend = series("unhcr-refugees-yearend").1;
    assert_eq!(may_share(&[yearend], Dimension::Place, true), Ok(()));
    assert_eq!(may_share(&[yearend], Dimension::Place, false), Err(Refusal::WholeUnknown));
    assert_eq!(may_share(&[yearend], Dimension::Period, true), Err(Refusal::ShareOverlaps));
    assert_eq!(refusals("refugees-by-country"), []);
}

#[test]
fn sums_over_what_overlaps_are_refused_where_a_reader_would_make_them() {
    for (view, refusal) in [
        ("people-by-country", Refusal::NotAdditive(Dimension::Sector)),
        ("people-by-country", Refusal::UnitsDiffer),
        ("services-and-people", Refusal::UnitsDiffer),
        ("idps-registered", Refusal::SubsetNotAdded),
        ("idps-by-oblast", Refusal::NotAdditive(Dimension::Place)),
        ("reached-all-partners", Refusal::NotAdditive(Dimension::Place)),
        ("refugees-august-2022", Refusal::NotAdditive(Dimension::Place)),
        ("temporary-protection", Refusal::NotAdditive(Dimension::Place)),
        ("diaspora-population", Refusal::NotAdditive(Dimension::Place)),
        ("donors", Refusal::UnitsDiffer),
        ("refugees-by-year", Refusal::Break),
        ("interagency-funding", Refusal::Break),
    ] {
        assert!(refusals(view).contains(&refusal), "{view}: {:?}", refusals(view));
    }
}

fn period(start: &str, end: &str) -> Period {
    Period { start: Date::parse(start), end: Date::parse(end), rough: None }
}

fn year(year: i16) -> Period {
    Period { start: Date::new(year, 1, 1), end: Date::new(year, 12, 31), rough: None }
}

/// Whether a series may be joined at a place, by the guard and by what is drawn.
#[track_caller]
fn check_join(id: &str, place: &str, earlier: Period, later: Period, joined: bool) {
    let dataset = &package().dataset;
    let (ix, _) = series(id);
    let breaks = dataset.catalog.breaks_of(ix, dataset.catalog.places.find(place).unwrap());
    assert_eq!(may_join(earlier, later, &breaks), if joined { Ok(()) } else { Err(Refusal::Break) }, "guard: {id} {place}");

    let figure =
        view::figure(dataset, &trend_of(vec![ix], Vec::new()), &ViewState { place: vec![place.to_owned()], ..ViewState::default() }, EN);
    let points = &figure.panels[0].chart.series[0].points;
    let at = |period: Period| {
        let is_it = |point: &Point| matches!(point.fact, Some(Fact::Observation { topic, row }) if dataset.row(topic, row).is_some_and(|row| row.period() == period));
        points.iter().position(is_it).unwrap_or_else(|| panic!("{id} {place} {period:?} is drawn"))
    };
    let (a, b) = (at(earlier), at(later));
    assert!(a < b);
    assert_eq!(points[a..=b].iter().all(|point| point.at.is_some()), joined, "drawn: {id} {place}");
}

#[test]
fn lines_stop_at_the_known_breaks() {
    // DTM: round 12 to 13, then round 14 counts from another population figure.
    let (r12, r13) = (period("2023-01-16", "2023-01-23"), period("2023-05-11", "2023-05-23"));
    let (r14, r15) = (period("2023-09-03", "2023-09-25"), period("2023-11-27", "2023-12-27"));
    check_join("dtm-idps", "UKR", r12, r13, true);
    check_join("dtm-idps", "UKR", r13, r14, false);
    check_join("dtm-idps", "UKR", r14, r15, true);
    // Displaced and returned people are two measures.
    assert_eq!(refusals("displacement"), [Refusal::TwoDefinitions, Refusal::Break]);
    // World Bank: the National Bank of Ukraine recalculated from 2015 on; nobody else did.
    for id in ["wdi-remittances-usd", "wdi-remittances-gdp"] {
        check_join(id, "UKR", year(2013), year(2014), true);
        check_join(id, "UKR", year(2014), year(2015), false);
        check_join(id, "UKR", year(2015), year(2016), true);
        check_join(id, "POL", year(2014), year(2015), true);
    }
    assert_eq!(refusals("remittances"), [Refusal::Break]);
    // UNHCR: Russia all but leaves the count in 2024, and the world with it.
    let end_of = |y: i16| {
        let dataset = &package().dataset;
        let (ix, rus) = (series("unhcr-refugees-yearend").0, dataset.catalog.places.find("RUS").unwrap());
        dataset
            .rows(ix)
            .map(|(_, row)| (row.place(), row.period()))
            .find(|(place, p)| *place == rus && p.as_of().map(Date::year) == Some(y))
            .unwrap()
            .1
    };
    for (place, joined) in [("RUS", false), ("X-WLD", false), ("POL", true)] {
        check_join("unhcr-refugees-yearend", place, end_of(2022), end_of(2023), true);
        check_join("unhcr-refugees-yearend", place, end_of(2023), end_of(2024), joined);
    }
}

#[test]
fn a_missing_year_is_not_bridged() {
    assert_eq!(may_join(year(2019), year(2020), &[]), Ok(()));
    assert_eq!(may_join(year(2019), year(2021), &[]), Err(Refusal::Break));
    assert_eq!(may_join(year(2019), period("2020-01-01", "2020-06-30"), &[]), Err(Refusal::Break), "half a year is not a year");
    assert_eq!(may_join(period("2020-04-01", "2020-04-30"), period("2020-06-01", "2020-06-30"), &[]), Ok(()));
    assert_eq!(may_join(Period::default(), year(2020), &[]), Err(Refusal::Break), "nobody knows when");
}

/// The rows for which there is a reason and no number.
#[test]
fn a_missing_value_is_a_gap_with_a_reason() {
    let dataset = &package().dataset;
    let missing: Vec<&Published> = published().values().flatten().filter(|row| row.value.is_none()).collect();
    assert!(missing.len() >= 10);
    for row in missing {
        let (ix, _) = series(&row.what[0]);
        let facts: Vec<Fact> = dataset
            .rows(ix)
            .filter(|(_, r)| r.cell().value().is_none() && dataset.catalog.places.get(r.place()).unwrap().code == row.what[1])
            .map(|(topic, r)| Fact::Observation { topic, row: r.row })
            .collect();
        assert!(!facts.is_empty());
        let figure =
            view::figure(dataset, &trend_of(vec![ix], Vec::new()), &ViewState { place: places_of(ix), ..ViewState::default() }, EN);
        for fact in facts {
            let points = || figure.panels.iter().flat_map(|panel| &panel.chart.series).flat_map(|series| &series.points);
            assert!(points().all(|point| point.fact != Some(fact) || point.at.is_none()), "{row:?} is drawn");
            for lang in Lang::ALL {
                let certificate = certificate(dataset, fact, Text::new(lang)).unwrap();
                assert_eq!((certificate.number, certificate.qualifier), (None, None));
                assert!(!certificate.value.contains('0'), "{}", certificate.value);
            }
        }
        let csv = download::csv(dataset, &figure.facts, Lang::En);
        assert!(!csv.contains(",0,,"), "{csv}");
    }
}

/// What stands in one line is one measure at one place; a view of several says that it does not mix them.
#[test]
fn two_definitions_never_share_a_line() {
    let (wdi, nbu) = (series("wdi-remittances-usd").1, series("nbu-remittances-annual-usd").1);
    let old = series("wdi-remittances-usd-2023-05").1;
    assert_eq!(one_line(&[]), Ok(()));
    assert_eq!(one_line(&[wdi]), Ok(()));
    assert_eq!(one_line(&[wdi, wdi]), Ok(()));
    for pair in [[wdi, nbu], [nbu, wdi], [wdi, old]] {
        assert_eq!(one_line(&pair), Err(Refusal::TwoDefinitions), "{} and {}", pair[0].id, pair[1].id);
    }
    for view in ["remittances-definitions", "remittances-vintages"] {
        assert_eq!(refusals(view).first(), Some(&Refusal::TwoDefinitions), "{view}");
    }
    // Alone, a measure has nothing to be mixed with.
    let dataset = &package().dataset;
    let def = dataset.catalog.view("remittances-definitions").unwrap();
    let state = ViewState { series: vec![wdi.id.clone()], ..view::default_state(def) };
    assert!(view::figure(dataset, def, &state, EN).limits.iter().all(|limit| limit.refusal != Some(Refusal::TwoDefinitions)));
}

#[test]
fn amounts_lead_to_their_neighbours_only() {
    let check = |nature: Nature, earlier: Period, later: Period, joined: bool| {
        let expected = if joined { Ok(()) } else { Err(Refusal::Break) };
        assert_eq!(may_follow(nature, earlier, later), expected, "{nature:?}: {earlier:?} to {later:?}");
    };
    let month = |m: u8, last: u8| period(&format!("2020-{m:02}-01"), &format!("2020-{m:02}-{last}"));
    for nature in [Nature::Flow, Nature::Price] {
        check(nature, month(1, 31), month(2, 29), true);
        check(nature, year(2019), year(2020), true);
        check(nature, month(3, 31), month(6, 30), false);
        check(nature, month(3, 31), period("2020-04-01", "2020-06-30"), false);
        check(nature, period("2020-01-01", "2020-04-30"), period("2020-01-01", "2020-05-31"), false);
        check(nature, period("", "2020-04-30"), month(5, 31), false);
    }
    // A count at a moment may be asked for on any day.
    for nature in [Nature::Stock, Nature::Cumulative, Nature::Share] {
        check(nature, month(3, 31), month(6, 30), true);
    }
    // As drawn, on real rows: months that were found, and the hole between them.
    let drawn = |earlier: Period, later: Period| {
        let (ix, _) = series("nbu-remittances-monthly");
        let state = ViewState { place: vec!["UKR".to_owned()], ..ViewState::default() };
        let figure = view::figure(&package().dataset, &trend_of(vec![ix], Vec::new()), &state, EN);
        let points = &figure.panels[0].chart.series[0].points;
        let at = |wanted: Period| {
            let is_it = |point: &Point| current_row_of(point).is_some_and(|row| row.start == wanted.start.unwrap().to_string());
            points.iter().position(is_it).unwrap()
        };
        points[at(earlier)..=at(later)].iter().all(|point| point.at.is_some())
    };
    assert!(drawn(month(1, 31), month(5, 31)));
    assert!(!drawn(month(6, 30), month(9, 30)));
}

fn current_row_of(point: &Point) -> Option<&'static Published> {
    point.at.map(|_| current_row(point.fact))
}

/// The sum of a published row and of all smaller ones of its series, place and period, where the package says that it may be made.
#[track_caller]
fn allowed_sum(topic: Topic, row: u32) -> f64 {
    let first = current_row(Some(Fact::Observation { topic, row }));
    let [id, place, _, sector] = &first.what;
    let additive = json("series").into_iter().find(|row| &text_of(row, "id") == id).unwrap()["additive_over"].clone();
    assert!(additive.as_array().is_some_and(|list| list.iter().any(|word| word == "counterpart")), "{id} may not be added up");
    let is_beside = |row: &&Published| {
        row.current
            && [&row.what[0], &row.what[1], &row.what[3]] == [id, place, sector]
            && (&row.start, &row.end) == (&first.start, &first.end)
    };
    let all: Vec<f64> = published().values().flatten().filter(is_beside).map(|row| row.value.unwrap()).collect();
    // Of equal values some may stand before and some after: the named ones are the largest ten.
    let mut sorted = all.clone();
    sorted.sort_by(|a, b| b.total_cmp(a));
    assert_eq!(sorted[10], first.value.unwrap(), "{id}: ten senders are named");
    sorted[10..].iter().sum()
}

#[test]
fn small_senders_are_put_together_only_where_the_package_allows_it() {
    let dataset = &package().dataset;
    let model = dataset.catalog.view("remittances-model").unwrap();
    let rests = |def: &ViewDef| {
        let figure = view::figure(dataset, def, &view::default_state(def), EN);
        let kinds: Vec<ChartKind> = figure.panels.iter().map(|panel| panel.chart.kind).collect();
        let points = figure.panels.iter().flat_map(|panel| &panel.chart.series).flat_map(|series| &series.points);
        let rests: Vec<Point> = points.filter(|point| matches!(point.fact, Some(Fact::Rest { .. }))).cloned().collect();
        (kinds, rests, figure)
    };
    let (kinds, sums, figure) = rests(model);
    assert_eq!(kinds, [ChartKind::Flow, ChartKind::Rows]);
    assert_eq!(sums.len(), 2);
    for point in &sums {
        let Some(Fact::Rest { topic, row }) = point.fact else { unreachable!() };
        assert_eq!(point.number, Some(allowed_sum(topic, row)));
        assert!(point.place_time.contains("53") && point.place_time.contains("our sum"), "{}", point.place_time);
        let certificate = certificate(dataset, point.fact.unwrap(), EN).unwrap();
        assert_eq!(certificate.number, point.number);
        assert!(certificate.lines[0].text.contains("Our sum"), "{:?}", certificate.lines[0]);
        // Each part with its own number, then what is true of the series.
        assert_eq!(certificate.lines.iter().filter(|line| line.text.starts_with("USD")).count(), 53);
    }
    assert_eq!(figure.table.rows.len(), 63, "all senders stand in the table");
    assert!(figure.limits.iter().all(|limit| limit.refusal.is_none()));

    // Records by country overlap with groups and are not all published: the same view of them is a rank, and says why.
    for id in ["nbu-remittances-by-country", "nbu-source-share"] {
        let (ix, one) = series(id);
        assert!(one.additive_over.is_empty());
        let (kinds, sums, figure) = rests(&ViewDef { series: vec![ix], ..model.clone() });
        assert_eq!((kinds, sums.len()), (vec![ChartKind::Rows], 0), "{id}");
        assert!(figure.limits.iter().any(|limit| limit.refusal == Some(Refusal::NotAdditive(Dimension::Counterpart))), "{id}");
    }
}

// ------------------------------------------------------------------------------------------------------- nothing panics

/// Ids of the package and anything else.
fn any_id() -> impl Strategy<Value = String> {
    let catalog = &package().dataset.catalog;
    let mut ids: Vec<String> = catalog.series.iter().map(|s| s.id.clone()).collect();
    ids.extend(catalog.places.iter().map(|p| p.code.clone()));
    ids.extend(catalog.units.iter().map(|u| u.id.clone()));
    ids.extend(catalog.sectors.iter().map(|s| s.id.clone()));
    ids.extend(["government", "local_government", "diaspora", "development_bank", "private_sector", "alliance"].map(str::to_owned));
    prop_oneof![8 => select(ids), 1 => any::<String>(), 1 => Just(String::new())]
}

prop_compose! {
    /// More than the address lets through: repeats, garbage, times out of order.
    fn any_state()(
        tab in select(Tab::ALL.to_vec()),
        lists in [vec(any_id(), 0..6), vec(any_id(), 0..6), vec(any_id(), 0..3), vec(any_id(), 0..3)],
        unit in any_id(),
        time in any_time(),
        year in maybe::of(2008..2027_i16),
        log: bool,
        by_name: bool,
        (annotations, relative) in (select(Annotations::ALL.to_vec()), any::<bool>()),
        (qualifier, basis) in (vec(any_id(), 0..2), vec(select(Basis::IDS.to_vec()).prop_map(str::to_owned), 0..3)),
        (amount, at) in (0..200_000_u32, any_time()),
    ) -> ViewState {
        let [place, counterpart, sector, series] = lists;
        let time = year.map_or(time, |year| TimeRange::single(PartialDate { year, month: None, day: None }));
        let (scale, sort) = (if log { Scale::Log } else { Scale::Linear }, if by_name { Sort::Name } else { Sort::Value });
        let relative = if relative { Relative::First } else { Relative::No };
        ViewState { tab, place, counterpart, sector, series, unit, time, scale, relative, sort, annotations, qualifier, basis, amount, at }
    }
}

/// The package with all, some or none of its tables loaded.
fn any_dataset() -> impl Strategy<Value = Dataset> {
    (any::<bool>(), vec(any::<bool>(), 5)).prop_map(|(complete, loaded)| {
        let mut dataset = package().dataset.clone();
        if !complete {
            let mut keep = loaded.iter().cycle();
            dataset.observations.retain(|_| *keep.next().unwrap());
            dataset.agreements = dataset.agreements.filter(|_| loaded[4]);
            if loaded[0] {
                dataset.community = Arc::default();
            }
        }
        dataset
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_view_survives_every_state(dataset in any_dataset(), state in any_state(), kind in maybe::of(select(ViewKind::ALL.to_vec())), uk: bool) {
        let lang = if uk { Lang::Uk } else { Lang::En };
        let text = Text::new(lang);
        for def in &dataset.catalog.views {
            // Also a kind that does not fit: a package may say anything.
            let def = ViewDef { kind: kind.unwrap_or(def.kind), ..def.clone() };
            let figure = view::figure(&dataset, &def, &state, text);
            let is_drawn = figure.tiles.is_some() || !figure.branches.is_empty() || figure.panels.iter().any(|panel| !panel.chart.series.is_empty());
            prop_assert!(figure.empty.is_some() != is_drawn, "{}: a chart, or why there is none", def.id);
            for tile in figure.tiles.iter().flat_map(|tiles| tiles.rows.iter().flatten().flatten()) {
                prop_assert_eq!(tile.number, tile.fact.and_then(|fact| current_row(Some(fact)).value));
                prop_assert_eq!(tile.number.is_some(), tile.shade.is_some(), "a missing value is hatched: {}", tile.label);
            }
            for panel in &figure.panels {
                for (theme, narrow) in [(Theme::Light, true), (Theme::Dark, false)] {
                    option(&panel.chart, Look { theme, narrow, still: true });
                    prop_assert!(height(&panel.chart, narrow) >= 40);
                }
                for point in panel.chart.series.iter().flat_map(|series| &series.points) {
                    prop_assert!(point.at.is_none_or(|(x, y)| x.is_finite() && y.is_finite()));
                    // Bars and bands: the value lies along x, and is a published one, or our sum where sums are allowed.
                    if let (ChartKind::Rows | ChartKind::Flow, Some((x, _)), Some(fact)) = (panel.chart.kind, point.at, point.fact) {
                        let value = match fact {
                            Fact::Rest { topic, row } => Some(allowed_sum(topic, row)),
                            _ => current_row(point.fact).value,
                        };
                        prop_assert_eq!((Some(x), point.number), (value, value));
                    }
                }
            }
            prop_assert!(figure.table.rows.iter().all(|row| row.len() == figure.table.columns.len()), "{}: a whole table", def.id);
            for &fact in &figure.facts {
                prop_assert!(certificate(&dataset, fact, text).is_some());
            }
            download::csv(&dataset, &figure.facts, lang);
        }
    }
}
