//! The static pages: what a reader sees before the app runs, and without JavaScript.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{folder, package};
use diaspora_impact::data::fragment::Raw;
use diaspora_impact::data::package::{Package, load};
use diaspora_impact::html::takeaway::Published;
use diaspora_impact::html::{Site, problems, twin};
use diaspora_impact::model::dataset::Fact;
use diaspora_impact::model::lang::Lang;
use diaspora_impact::model::words::Topic;
use diaspora_impact::state::route::Page;
use diaspora_impact::state::url;
use diaspora_impact::state::view_state::ViewState;
use diaspora_impact::text::Text;
use diaspora_impact::view::certificate::certificate;
use std::collections::BTreeSet;

fn site(lang: Lang) -> Site {
    Site { text: Text::new(lang), base: "/sub/".into() }
}

/// One page of a package, as the build writes it.
fn page(site: &Site, package: &Package, page: &Page) -> String {
    let published = Published { site, package, raw: &Raw::default(), origin: "" };
    twin::page(&published, "/sub/data/", page).into_string()
}

/// Every page in every language.
fn pages() -> Vec<(Lang, Page, String)> {
    let views = package().dataset.catalog.views.iter().map(|def| Page::View(def.id.clone()));
    let pages: Vec<Page> = Page::MENU.into_iter().chain(views).collect();
    let markup = |lang, one: &Page| page(&site(lang), package(), one);
    Lang::ALL.into_iter().flat_map(|lang| pages.iter().map(move |page| (lang, page.clone(), markup(lang, page)))).collect()
}

/// Values of an attribute, in order.
fn values<'m>(markup: &'m str, name: &str) -> Vec<&'m str> {
    let start = format!(" {name}=\"");
    markup.split(&start).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn what_markup_offers_can_be_carried_out() {
    let dataset = &package().dataset;
    let (mut facts, mut choices) = (0, 0);
    for (lang, page, markup) in pages() {
        let place = format!("{}, {page:?}", lang.tag());
        for token in values(&markup, "data-fact") {
            let fact = Fact::parse(token).unwrap_or_else(|| panic!("{place}: {token}"));
            assert!(certificate(dataset, fact, Text::new(lang)).is_some(), "{place}: {token} has no certificate");
            facts += 1;
        }
        for choice in values(&markup, "data-set") {
            let (name, value) = choice.split_once('=').unwrap();
            let (_, bad) = url::parse(&[(name.to_owned(), value.to_owned())], &ViewState::default());
            assert!(url::is_param(name) && bad.is_empty(), "{place}: {choice}");
            choices += 1;
        }
    }
    assert!(facts > 500 && choices > 500, "{facts} facts, {choices} choices");
}

#[test]
fn pages_keep_to_the_content_security_policy_and_to_one_name_for_one_thing() {
    for (lang, page, markup) in pages() {
        let place = format!("{}, {page:?}", lang.tag());
        for refused in ["<script", " style=", " onclick=", "javascript:", "<iframe", "<img"] {
            assert!(!markup.contains(refused), "{place}: {refused}");
        }
        let ids = values(&markup, "id");
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "{place}: an id twice");
        for name in ["aria-labelledby", "aria-describedby", "aria-controls"] {
            for id in values(&markup, name) {
                assert!(unique.contains(&id), "{place}: {name} names {id}, which is not there");
            }
        }
        for address in values(&markup, "href").into_iter().filter(|address| address.starts_with('/')) {
            assert!(address.starts_with("/sub/"), "{place}: {address} leaves the base");
            let leads_on = !address.starts_with("/sub/data/") && !address.contains('#');
            let has_language = address.starts_with("/sub/uk/") == (lang == Lang::Uk);
            let is_switch =
                markup.contains(&format!("id=\"language\" hreflang=\"{0}\" lang=\"{0}\" href=\"{address}\"", lang.other().tag()));
            assert!(!leads_on || has_language || is_switch, "{place}: {address} is in the other language");
        }
        assert_eq!(markup.matches("<h1").count(), 1, "{place}");
    }
}

#[test]
fn numbers_stand_without_the_app() {
    let check = |lang, one: Page, expected: &[&str]| {
        let markup = page(&site(lang), package(), &one).replace('\u{a0}', " ");
        for part in expected {
            assert!(markup.contains(part), "{}, {one:?}: {part}", lang.tag());
        }
    };
    let remittances = Page::Topic(Topic::Remittances);
    check(Lang::En, remittances.clone(), &["data-value=\"14967000000\"", "USD 14,967,000,000", "data-value=\"18060000000\""]);
    check(Lang::Uk, remittances, &["data-value=\"14967000000\"", "14 967 000 000 доларів США"]);
    check(Lang::En, Page::Overview, &["data-headline=\"remittances\"", "data-qualifier=\"over\""]);
}

/// A package's text is never markup.
#[test]
fn texts_are_escaped() {
    let hostile = "<img src=x onerror=alert(1)> \"'&".to_owned();
    let markup = problems::notices(&site(Lang::En), std::slice::from_ref(&hostile)).into_string();
    assert!(markup.contains("&lt;img src=x onerror=alert(1)&gt; &quot;'&amp;") && !markup.contains("<img"), "{markup}");
}

/// Rows that fail a check are counted where they are missed and listed on `/data`, as in the app.
#[test]
fn rows_that_fail_are_counted() {
    const FILE: &str = "observations-remittances.json";
    let broken =
        std::fs::read_to_string(folder().join(FILE)).unwrap().replacen("\"qualifier\": \"exact\"", "\"qualifier\": \"perhaps\"", 2);
    let read = |path: &str| {
        if path == FILE { Ok(broken.clone().into_bytes()) } else { std::fs::read(folder().join(path)).map_err(|e| e.to_string()) }
    };
    let package = load(&read, &[]);
    assert_eq!(package.issues.iter().filter(|issue| issue.row.is_some()).count(), 2);
    let english = site(Lang::En);
    let says = |one: Page, words: &str| page(&english, &package, &one).contains(words);
    let counted = english.text.plural("issues.in-figure", 2, &[]);
    assert!(says(Page::View("remittances".to_owned()), &counted));
    assert!(!says(Page::View("agreements".to_owned()), &counted));
    assert!(says(Page::Data, "<code>observations-remittances.json, "));
}
