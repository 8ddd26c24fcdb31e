//! What a reader sees, as text under review: each view's figure and chart options in both languages and themes, the headline
//! figures, eight certificates, and the CSV of four views.
//!
//! After a wanted change, `INSTA_UPDATE=always cargo test --test options` writes `tests/options/snapshots/` anew: read the
//! difference before you keep it. A no-break space is written `·`, a line break `⏎`.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "options/render.rs"]
mod render;

use common::package;
use diaspora_impact::charts::option::{Look, option};
use diaspora_impact::charts::palette::Theme;
use diaspora_impact::model::dataset::{Dataset, Fact};
use diaspora_impact::model::lang::Lang;
use diaspora_impact::text::Text;
use diaspora_impact::view::certificate::certificate;
use diaspora_impact::view::spec::{Axis, ChartKind, ChartSpec, Mark, Point};
use diaspora_impact::view::{self, download, headline};
use serde_json::Value;

/// Compares with `tests/options/snapshots/<name>.snap`.
#[track_caller]
fn check(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("options/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn every_view_in_both_languages_and_themes() {
    let dataset = &package().dataset;
    let published = std::fs::read(common::folder().join("views.json")).unwrap();
    let published: Vec<serde_json::Value> = serde_json::from_slice(&published).unwrap();
    assert_eq!(dataset.catalog.views.len(), published.len(), "a view of the package is left out");
    for def in &dataset.catalog.views {
        for lang in Lang::ALL {
            let figure = view::figure(dataset, def, &view::default_state(def), Text::new(lang));
            check(&format!("{}.{}", def.id, lang.tag()), &format!("{}\n{}", render::figure(&figure), render::options(&figure)));
        }
    }
}

/// On a line of very many points only those have a dot that the line does not show, or not as what they are.
#[test]
fn dots_that_would_touch_are_not_drawn() {
    let def = package().dataset.catalog.view("remittances").unwrap();
    let panel = view::figure(&package().dataset, def, &view::default_state(def), Text::new(Lang::En)).panels.remove(0);
    let mut chart = panel.chart;
    let dots = |chart: &ChartSpec| {
        let option = option(chart, Look::default()).json;
        let data = option["series"][0]["data"].as_array().unwrap().clone();
        let kept: Vec<usize> = data.iter().enumerate().filter(|(_, item)| item["symbol"] == "circle").map(|(at, _)| at).collect();
        (option["series"][0]["symbol"].as_str().unwrap().to_owned(), kept)
    };
    assert_eq!(dots(&chart), ("circle".to_owned(), vec![]));
    let point = chart.series[0].points.iter().find(|point| point.at.is_some()).unwrap().clone();
    chart.series[0].points =
        (0..200).map(|at| Point { at: (![9, 11].contains(&at)).then_some((f64::from(at), 1.0)), ..point.clone() }).collect();
    chart.series[0].points[50].mark = Mark::Hollow;
    assert_eq!(dots(&chart), ("none".to_owned(), vec![10, 50, 199]));
}

/// Labels are broken into lines by us: ECharts would part words and numbers.
#[test]
fn labels_beside_bars_fit_on_a_phone() {
    const FITS: usize = 22; // characters beside the longest bar of a chart 358 px wide, seen in Chromium
    let dataset = &package().dataset;
    for def in &dataset.catalog.views {
        for lang in Lang::ALL {
            for panel in view::figure(dataset, def, &view::default_state(def), Text::new(lang)).panels {
                if panel.chart.kind != ChartKind::Rows {
                    continue;
                }
                let look = Look { theme: Theme::Light, narrow: true, still: true };
                let option = option(&panel.chart, look).json;
                let drawn = option["series"].as_array().unwrap().iter().flat_map(|series| series["data"].as_array().unwrap());
                for (item, point) in drawn.zip(panel.chart.series.iter().flat_map(|series| &series.points)) {
                    let Some(label) = item["label"]["formatter"].as_str() else { continue };
                    let place = format!("{}, {}: {label:?}", def.id, lang.tag());
                    // Lines end between words only: no number is parted and nothing is lost.
                    assert_eq!(label.replace('\n', " "), point.label, "{place}");
                    assert!(label.lines().all(|line| line.chars().count() <= FITS), "{place}");
                }
            }
        }
    }
}

/// ECharts' own line height lets the lines of a broken label overlap.
#[test]
fn lines_of_a_label_stand_apart() {
    fn walk(value: &Value, seen: &mut usize) {
        match value {
            Value::Object(map) => {
                let is_broken = map.get("formatter").and_then(Value::as_str).is_some_and(|words| words.contains('\n'));
                if is_broken || map.get("overflow").is_some_and(|how| how == "break") {
                    let size = map.get("fontSize").and_then(Value::as_f64).unwrap_or(12.0);
                    assert!(map.get("lineHeight").and_then(Value::as_f64).is_some_and(|height| height > size), "{value}");
                    *seen += 1;
                }
                map.values().for_each(|value| walk(value, seen));
            }
            Value::Array(items) => items.iter().for_each(|value| walk(value, seen)),
            _ => {}
        }
    }
    let dataset = &package().dataset;
    let mut seen = 0;
    for def in &dataset.catalog.views {
        for panel in view::figure(dataset, def, &view::default_state(def), Text::new(Lang::En)).panels {
            for narrow in [false, true] {
                walk(&option(&panel.chart, Look { theme: Theme::Light, narrow, still: true }).json, &mut seen);
            }
        }
    }
    assert!(seen > 10, "{seen} labels may be broken");
}

/// Names of lines and of bars are broken between words too, and stay whole: no line begins with a comma.
#[test]
fn names_are_broken_between_words() {
    let dataset = &package().dataset;
    let mut broken = 0;
    let mut check = |drawn: &str, name: &str, place: &str| {
        assert_eq!(drawn.replace('\n', " "), name.replace('\n', " "), "{place}");
        assert!(drawn.lines().all(|line| line.starts_with(|first: char| !first.is_whitespace() && first != ',')), "{place}: {drawn:?}");
        broken += usize::from(drawn != name);
    };
    for def in &dataset.catalog.views {
        for lang in Lang::ALL {
            for panel in view::figure(dataset, def, &view::default_state(def), Text::new(lang)).panels {
                let place = format!("{}, {}", def.id, lang.tag());
                for narrow in [false, true] {
                    let option = option(&panel.chart, Look { theme: Theme::Light, narrow, still: true }).json;
                    for (drawn, series) in option["series"].as_array().unwrap().iter().zip(&panel.chart.series) {
                        if let Some(name) = drawn["endLabel"]["formatter"].as_str() {
                            check(name, &series.name, &place);
                        }
                    }
                    if let (ChartKind::Rows, Axis::Labels(labels)) = (panel.chart.kind, &panel.chart.y) {
                        let drawn = option["yAxis"]["data"].as_array().or_else(|| option["yAxis"][0]["data"].as_array()).unwrap();
                        assert_eq!(drawn.len(), labels.len(), "{place}");
                        drawn.iter().zip(labels).for_each(|(drawn, label)| check(drawn.as_str().unwrap(), label, &place));
                    }
                }
            }
        }
    }
    assert!(broken > 10, "{broken} names were too long for one line");
}

/// No axis names its own crooked ends: 2014, 2016, 2019, 2022.
#[test]
fn years_on_an_axis_are_round_and_in_even_steps() {
    let dataset = &package().dataset;
    let mut seen = 0;
    let mut check = |chart: &ChartSpec, narrow: bool, place: &str| {
        let Axis::Years { min, max } = chart.x else { return };
        let json = option(chart, Look { theme: Theme::Light, narrow, still: true }).json;
        let years: Vec<f64> = serde_json::from_value(json["xAxis"][0]["axisLabel"]["customValues"].clone()).expect(place);
        assert_eq!(json["xAxis"][0]["axisTick"]["customValues"], json["xAxis"][0]["axisLabel"]["customValues"], "{place}");
        let steps: Vec<f64> = years.windows(2).map(|two| two[1] - two[0]).collect();
        assert!(steps.windows(2).all(|two| two[0] == two[1]), "{place}: {years:?}");
        let step = steps.first().copied().unwrap_or(1.0);
        assert!([1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0].contains(&step), "{place}: {years:?}");
        assert!(years.iter().all(|year| year % step == 0.0 && (min..=max).contains(year)), "{place}: {years:?}");
        assert!((1..=if narrow { 8 } else { 11 }).contains(&years.len()), "{place}: {years:?}");
        seen += 1;
    };
    for def in &dataset.catalog.views {
        for panel in view::figure(dataset, def, &view::default_state(def), Text::new(Lang::En)).panels {
            for narrow in [false, true] {
                check(&panel.chart, narrow, &def.id);
                if !matches!(panel.chart.x, Axis::Years { .. }) {
                    continue;
                }
                for (since, until) in [(2009.0, 2024.0), (2023.0, 2023.5), (1804.0, 2026.0), (2022.9, 2024.2)] {
                    let chart = ChartSpec { x: Axis::Years { min: since, max: until }, ..panel.chart.clone() };
                    check(&chart, narrow, &format!("{}, {since} to {until}", def.id));
                }
            }
        }
    }
    assert!(seen > 50, "{seen} axes of years");
}

/// The current observation of a series at a place whose period ends on that day.
#[track_caller]
fn observation(dataset: &Dataset, series: &str, place: &str, end: &str) -> Fact {
    let (series, place) = (dataset.catalog.series.find(series).unwrap(), dataset.catalog.places.find(place).unwrap());
    let mut rows = dataset
        .rows(series)
        .filter(|(_, row)| row.is_current() && row.place() == place && row.period().end.is_some_and(|day| day.to_string() == end));
    let (topic, row) = rows.next().unwrap();
    Fact::Observation { topic, row: row.row }
}

#[test]
fn headlines_and_certificates() {
    let package = package();
    let dataset = &package.dataset;
    let facts = [
        observation(dataset, "iom-remittances-quote-usd", "UKR", "2023-12-31"),
        observation(dataset, "wdi-remittances-usd", "UKR", "2023-12-31"),
        observation(dataset, "usa-for-iom-reached", "X-UNSTATED", "2023-09-30"),
        observation(dataset, "registered-idps", "UA-43", "2025-06-05"),
        Fact::Agreement(dataset.agreements().iter().position(|a| a.id == "M020").unwrap() as u32),
        Fact::Organisation(0),
        Fact::OrganisationFigure(24),
        Fact::Event(0),
    ];
    for lang in Lang::ALL {
        let text = Text::new(lang);
        let headlines = package.headlines.iter().map(|h| render::headline(&headline::headline(dataset, h, text).unwrap()));
        let certificates = facts.iter().map(|&fact| render::certificate(&certificate(dataset, fact, text).unwrap()));
        check(&format!("certificates.{}", lang.tag()), &headlines.chain(certificates).collect::<Vec<_>>().join("\n"));
    }
}

#[test]
fn downloads() {
    let dataset = &package().dataset;
    for (view, lang) in [("people-reached", Lang::Uk), ("agreements", Lang::En), ("organisations", Lang::En), ("events", Lang::Uk)] {
        let def = dataset.catalog.view(view).unwrap();
        let figure = view::figure(dataset, def, &view::default_state(def), Text::new(lang));
        let csv = download::csv(dataset, &figure.facts, lang);
        assert!(csv.lines().count() > 1 && csv.split("\r\n").count() == csv.lines().count() + 1, "every line ends with CRLF");
        check(&format!("{view}.{}.csv", lang.tag()), &csv.replace("\r\n", "\n"));
    }
}
