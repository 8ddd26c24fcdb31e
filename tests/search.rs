//! The index for searching: complete, in both languages, and every address leads somewhere.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{package, static_page};
use diaspora_impact::html::{Site, passive};
use diaspora_impact::model::lang::Lang;
use diaspora_impact::state::route::{Page, language_of};
use diaspora_impact::state::url;
use diaspora_impact::text::Text;
use diaspora_impact::view::search::{Entry, Kind, PlaceAddresses, entries, place_addresses};
use diaspora_impact::view::{figure, state_from};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

fn places() -> &'static PlaceAddresses {
    static PLACES: OnceLock<PlaceAddresses> = OnceLock::new();
    PLACES.get_or_init(|| place_addresses(package()))
}

fn index(lang: Lang) -> Vec<Entry> {
    entries(package(), places(), Text::new(lang))
}

/// All pages that are built, by their path.
fn pages() -> BTreeMap<String, Page> {
    passive::pages(package()).into_iter().map(|page| (page.path(), page)).collect()
}

#[test]
fn everything_that_has_a_page_is_in_the_index_of_both_languages() {
    let catalog = &package().dataset.catalog;
    for lang in Lang::ALL {
        let index = index(lang);
        let check = |kind: Kind, expected: Vec<String>| {
            let found: Vec<String> = index.iter().filter(|entry| entry.kind == kind).map(|entry| entry.title.clone()).collect();
            assert_eq!(found, expected, "{}: {}", lang.tag(), kind.id());
            assert!(!found.iter().any(String::is_empty));
        };
        let record = |name: &str, field: &str| -> Vec<String> {
            package().tables[name].records().iter().map(|record| record.bilingual(field).unwrap().get(lang).to_owned()).collect()
        };
        let with_rows = |code: &str| {
            let ix = catalog.places.find(code).unwrap();
            catalog.series.iter().any(|series| package().dataset.places_of(catalog.series.find(&series.id).unwrap()).contains(&ix))
        };
        let menu = Page::MENU.iter().map(Page::title_key);
        check(Kind::Page, menu.chain(["changes.title".to_owned()]).map(|key| Text::new(lang).t(&key, &[])).collect());
        check(Kind::View, catalog.views.iter().map(|def| def.title.get(lang).to_owned()).collect());
        check(Kind::Series, catalog.series.iter().map(|series| series.name.get(lang).to_owned()).collect());
        check(
            Kind::Place,
            catalog.places.iter().filter(|place| with_rows(&place.code)).map(|place| place.name.get(lang).to_owned()).collect(),
        );
        check(Kind::Agreement, record("agreements", "counterpart"));
        let views: BTreeSet<&str> = catalog.views.iter().map(|def| def.kind.id()).collect();
        let pages = pages();
        for (kind, name, field, has_home) in [
            (Kind::Organisation, "organisations", "name", views.contains("organisations")),
            (Kind::Event, "events", "title", views.contains("events")),
            (Kind::Story, "stories", "title", pages.contains_key("stories")),
            (Kind::Opportunity, "opportunities", "title", pages.contains_key("opportunities")),
        ] {
            check(kind, if has_home { record(name, field) } else { Vec::new() });
        }
        assert!(index.iter().filter(|entry| entry.kind == Kind::Definition).count() > 10, "{}", lang.tag());
    }
}

#[test]
fn every_address_leads_to_what_it_promises() {
    let dataset = &package().dataset;
    for lang in Lang::ALL {
        let site = Site { text: Text::new(lang), base: "/".into() };
        let pages = pages();
        let mut markup: BTreeMap<String, String> = BTreeMap::new();
        for entry in index(lang) {
            let (address, fragment) = entry.address.split_once('#').unwrap_or((&entry.address, ""));
            let (path, query) = address.split_once('?').unwrap_or((address, ""));
            let path = format!("/{path}");
            let (language, route) = language_of(&path, "/");
            let page = pages.get(route).unwrap_or_else(|| panic!("{}: {} is no page", entry.title, entry.address));
            assert_eq!(language, lang, "{}", entry.address);
            if !fragment.is_empty() {
                let markup = markup.entry(route.to_owned()).or_insert_with(|| static_page(&site, package(), page, "2026-11-21"));
                assert!(markup.contains(&format!(" id=\"{fragment}\"")), "{} is not on the page", entry.address);
            }
            if query.is_empty() {
                continue;
            }
            let Page::View(id) = page else { panic!("{}: only charts have choices", entry.address) };
            let def = dataset.catalog.view(id).unwrap();
            let (state, bad) = state_from(def, &url::query_pairs(query));
            let figure = figure(dataset, def, &state, site.text);
            assert!(bad.is_empty() && figure.ignored.is_empty(), "{}: {bad:?} {:?}", entry.address, figure.ignored);
            assert!(figure.empty.is_none(), "{}: {:?}", entry.address, figure.empty);
        }
    }
}

#[test]
fn a_place_leads_to_a_chart_on_which_it_can_be_chosen() {
    let check = |code: &str, expected: Option<&str>| {
        let address = places().get(code).map(|(page, more)| page.path() + more);
        assert_eq!(address.as_deref(), expected, "{code}");
    };
    check("MDA", Some("view/remittances?place=MDA"));
    check("X-NOBODY", None);
    // No remittances received there are published.
    assert!(places()["UA-05"].0 != Page::View("remittances".to_owned()));
}

#[test]
fn a_series_is_found_by_its_places() {
    let index = index(Lang::Uk);
    let series = |id: &str| index.iter().find(|entry| entry.address.ends_with(&format!("#series-{id}"))).unwrap();
    let names = |id: &str| -> Vec<&str> { series(id).places.iter().map(|&at| index[at].title.as_str()).collect() };
    assert!(names("wdi-remittances-usd").contains(&"Молдова"));
    assert!(names("nbu-remittances-by-country").contains(&"Польща"), "a sender is a place too");
}
