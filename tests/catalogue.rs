//! The catalogue on `/data`: what it says of files and series agrees with the files themselves, read here without the model.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{folder, package};
use diaspora_impact::data::contract::CONTRACTS;
use diaspora_impact::data::inventory::{Holding, of_resource, of_series};
use diaspora_impact::html::{Site, catalogue::catalogue};
use diaspora_impact::model::date::{Date, PartialDate, Period};
use diaspora_impact::model::lang::Lang;
use diaspora_impact::model::words::Licence;
use diaspora_impact::text::Text;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn rows(name: &str) -> Vec<Value> {
    serde_json::from_slice(&std::fs::read(folder().join(format!("{name}.json"))).unwrap()).unwrap()
}

fn by_id(name: &str) -> BTreeMap<String, Value> {
    rows(name).into_iter().map(|row| (row["id"].as_str().unwrap().to_owned(), row)).collect()
}

/// Rows of figures summed up in the plainest way.
fn counted(figures: &[Value], series: &BTreeMap<String, Value>, sources: &BTreeMap<String, Value>) -> Holding {
    let text = |row: &Value, field: &str| row[field].as_str().map(str::to_owned);
    let days: BTreeSet<String> = figures.iter().flat_map(|row| [text(row, "period_start"), text(row, "period_end")]).flatten().collect();
    let published = |row: &Value| {
        let mut documents = vec![row["source"].as_str().unwrap()];
        documents.extend(row["more_sources"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()));
        text(row, "vintage").or_else(|| documents.iter().filter_map(|id| text(&sources[*id], "published_on")).max())
    };
    let licences: BTreeSet<Licence> =
        figures.iter().map(|row| Licence::parse(series[row["series"].as_str().unwrap()]["licence"].as_str().unwrap()).unwrap()).collect();
    Holding {
        rows: figures.len(),
        period: Period {
            start: days.first().and_then(|day| Date::parse(day)),
            end: days.last().and_then(|day| Date::parse(day)),
            rough: None,
        },
        newest: figures.iter().filter_map(published).max().and_then(|date| PartialDate::parse(&date)),
        licences: licences.into_iter().collect(),
    }
}

#[test]
fn figures_are_summed_up_as_they_are() {
    let (series, sources) = (by_id("series"), by_id("sources"));
    for topic in ["people", "remittances", "context", "funding"] {
        let name = format!("observations-{topic}");
        let figures = rows(&name);
        assert_eq!(of_resource(package(), &name), counted(&figures, &series, &sources), "{name}");
        for id in series.iter().filter(|(_, row)| row["topic"] == topic).map(|(id, _)| id) {
            let own: Vec<Value> = figures.iter().filter(|row| row["series"] == id.as_str()).cloned().collect();
            let ix = package().dataset.catalog.series.find(id).unwrap();
            assert_eq!(of_series(package(), ix), counted(&own, &series, &sources), "{id}");
        }
    }
}

#[test]
fn other_tables_say_what_they_hold() {
    let check = |name: &str, dated: bool, licensed: bool| {
        let holding = of_resource(package(), name);
        assert_eq!(holding.rows, rows(name).len(), "{name}");
        assert_eq!((holding.period.start.is_some(), !holding.licences.is_empty()), (dated, licensed), "{name}: {holding:?}");
    };
    for name in ["agreements", "events", "stories", "organisation-figures", "facts"] {
        check(name, true, true);
    }
    for name in ["sources", "organisations", "series"] {
        check(name, false, true);
    }
    for name in ["places", "sectors", "units", "views"] {
        check(name, false, false);
    }
}

#[test]
fn every_file_field_and_series_is_explained_in_both_languages() {
    for lang in Lang::ALL {
        let site = Site { text: Text::new(lang), base: "/sub/".into() };
        let markup = catalogue(&site, package(), "/sub/data/").into_string();
        let place = lang.tag();
        for contract in CONTRACTS {
            assert!(markup.contains(&format!("data-resource=\"{}\"", contract.name)), "{place}: {}", contract.name);
            assert!(markup.contains(&format!("href=\"/sub/data/{}.json\"", contract.name)), "{place}: {}", contract.name);
            for field in contract.fields {
                assert!(markup.contains(&format!("<code>{}</code>", field.name)), "{place}: {}.{}", contract.name, field.name);
            }
        }
        for series in package().dataset.catalog.series.iter() {
            assert!(markup.contains(&format!("id=\"series-{}\"", series.id)), "{place}: {}", series.id);
        }
        // An unknown key shows itself.
        let is_key = |word: &str| {
            let (area, name) = word.split_once('.').unwrap_or_default();
            !area.is_empty() && !name.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'.' | b'-' | b'_'))
        };
        let words = markup.split(['<', '>', ' ']).filter(|word| is_key(word) && !word.contains(".json"));
        assert_eq!(words.collect::<Vec<_>>(), Vec::<&str>::new(), "{place}");
    }
}
