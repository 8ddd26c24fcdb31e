//! The static pages: what a reader sees before the app runs, and without JavaScript.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{folder, package, static_page};
use diaspora_impact::data::fragment::Raw;
use diaspora_impact::data::package::{Package, load, load_folder};
use diaspora_impact::html::takeaway::Published;
use diaspora_impact::html::{Site, passive, picture, present, problems};
use diaspora_impact::model::dataset::Fact;
use diaspora_impact::model::decimal::decimal;
use diaspora_impact::model::lang::Lang;
use diaspora_impact::model::words::Topic;
use diaspora_impact::state::route::Page;
use diaspora_impact::state::url;
use diaspora_impact::state::view_state::ViewState;
use diaspora_impact::text::Text;
use diaspora_impact::view::certificate::certificate;
use diaspora_impact::view::spec::{ChartKind, Mark};
use diaspora_impact::view::{self, talk};
use std::collections::BTreeSet;

fn site(lang: Lang) -> Site {
    Site { text: Text::new(lang), base: "/sub/".into() }
}

/// One page of a package, as the build writes it.
fn page(site: &Site, package: &Package, page: &Page) -> String {
    static_page(site, package, page, "2026-11-21")
}

/// Every page in every language.
fn pages() -> Vec<(Lang, Page, String)> {
    let pages = passive::pages(package());
    let markup = |lang, one: &Page| page(&site(lang), package(), one);
    Lang::ALL.into_iter().flat_map(|lang| pages.iter().map(move |page| (lang, page.clone(), markup(lang, page)))).collect()
}

/// Values of an attribute, in order.
fn values<'m>(markup: &'m str, name: &str) -> Vec<&'m str> {
    let start = format!(" {name}=\"");
    markup.split(&start).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn a_slide_says_what_is_missing_and_the_talk_runs() {
    for lang in Lang::ALL {
        let site = site(lang);
        let mut package = load_folder(&folder());
        let deck = &mut package.decks[0];
        let number = deck.slides.iter().position(|slide| slide.figure.is_some()).unwrap();
        deck.slides[number].figure.as_mut().unwrap().series = "gone".to_owned();
        package.issues = talk::judge(&package);
        let [issue] = package.issues.as_slice() else { panic!("one finding, not {:?}", package.issues) };
        let sentence = site.text.issue(issue);
        let published = Published { site: &site, package: &package, raw: &Raw::default(), origin: "", kept: &[] };
        let markup = present::deck(&published, &package.decks[0]).into_string();
        let slides: Vec<&str> = markup.split("<section class=\"slide\"").skip(1).collect();
        assert_eq!(slides.len(), package.decks[0].slides.len(), "{}: every slide is there", lang.tag());
        for (i, slide) in slides.iter().enumerate() {
            assert_eq!(slide.contains("slide-missing"), i == number, "{} {}", lang.tag(), i + 1);
        }
        assert!(slides[number].contains(&maud::html! { (sentence) }.into_string()), "{}: {}", lang.tag(), slides[number]);
    }
}

#[test]
fn a_talk_that_cannot_be_read_keeps_its_address_and_says_why() {
    let sound = load_folder(&folder()).decks.remove(0);
    let nameless = br#"{"id": "../x", "minutes": 5, "slides": [{"kind": "view", "view": "remittances"}]}"#.to_vec();
    for (bytes, slides) in [(Some(b"{\"id\": ".to_vec()), 0), (Some(b"[]".to_vec()), 0), (None, 0), (Some(nameless), 1)] {
        let read = |path: &str| {
            if path == sound.file {
                bytes.clone().ok_or_else(|| "gone".to_owned())
            } else {
                std::fs::read(folder().join(path)).map_err(|error| error.to_string())
            }
        };
        let package = load(&read, &[]);
        let deck = package.decks.iter().find(|deck| deck.file == sound.file).expect("the talk is listed");
        assert_eq!((&deck.id, deck.slides.len()), (&sound.id, slides));
        for lang in Lang::ALL {
            let site = site(lang);
            let published = Published { site: &site, package: &package, raw: &Raw::default(), origin: "", kept: &[] };
            let markup = present::deck(&published, deck).into_string();
            let said: Vec<_> = package.issues.iter().filter(|issue| issue.file == deck.file).map(|issue| site.text.issue(issue)).collect();
            assert!(!said.is_empty());
            for sentence in said {
                assert!(markup.contains(&maud::html! { (sentence) }.into_string()), "{sentence}: {markup}");
            }
            assert!(markup.contains(&format!("<h1>{}</h1>", sound.id)) && !markup.contains("id=\"s1-title\"></h2>"), "{markup}");
        }
    }
}

#[test]
fn a_copy_of_a_talk_knows_where_the_site_is_if_the_build_does() {
    let package = load_folder(&folder());
    let deck = &package.decks[0];
    for lang in Lang::ALL {
        let site = site(lang);
        let made = |origin| {
            let published = Published { site: &site, package: &package, raw: &Raw::default(), origin, kept: &[] };
            present::deck(&published, deck).into_string()
        };
        assert_eq!(values(&made(""), "data-site"), [""; 0]);
        let own = format!("https://example.org{}present/{}/", site.href(&Page::Overview), deck.id);
        assert_eq!(values(&made("https://example.org"), "data-site"), [own]);
    }
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
            let pairs = url::query_pairs(&choice.replace("&amp;", "&"));
            let (_, bad) = url::parse(&pairs, &ViewState::default());
            assert!(!pairs.is_empty() && pairs.iter().all(|(name, _)| url::is_param(name)) && bad.is_empty(), "{place}: {choice}");
            choices += 1;
        }
    }
    assert!(facts > 500 && choices > 500, "{facts} facts, {choices} choices");
}

#[test]
fn pages_keep_to_the_content_security_policy_and_to_one_name_for_one_thing() {
    for (lang, page, markup) in pages() {
        let place = format!("{}, {page:?}", lang.tag());
        for refused in ["<script", " style=", " onclick=", "javascript:", "<iframe"] {
            assert!(!markup.contains(refused), "{place}: {refused}");
        }
        // Only charts are pictures, and their text is the summary beside them.
        // The first comes at once.
        for (i, image) in markup.split("<img").skip(1).enumerate() {
            let start = if i == 0 { " alt=\"\" src=\"charts/" } else { " alt=\"\" loading=\"lazy\" src=\"charts/" };
            assert!(image.starts_with(start), "{place}: {image:.80}");
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

/// What a picture is painted from are the numbers of the table, which are those of the package (tests/honesty.rs), and every picture that
/// a page shows is painted.
#[test]
fn pictures_show_the_numbers_of_the_table() {
    let dataset = &package().dataset;
    let (mut files, mut numbers) = (BTreeSet::new(), 0);
    for lang in Lang::ALL {
        let site = site(lang);
        for def in &dataset.catalog.views {
            let spec = view::figure(dataset, def, &view::default_state(def), site.text);
            let pictures = picture::pictures(&site, def, &spec);
            let markup = page(&site, package(), &Page::View(def.id.clone()));
            let table: BTreeSet<&str> = values(&markup, "data-value").into_iter().collect();
            let all = pictures["pictures"].as_array().unwrap();
            assert_eq!(all.is_empty(), spec.panels.is_empty(), "{}", def.id);
            for one in all {
                let file = one["file"].as_str().unwrap();
                assert!(markup.contains(file), "{}, {}: nothing shows {file}", lang.tag(), def.id);
                files.insert(file.to_owned());
                let index: usize = file.trim_start_matches(&format!("charts/{}-", def.id)).split('-').next().unwrap().parse().unwrap();
                let chart = &spec.panels[index - 1].chart;
                let painted = one["drawing"]["option"]["series"].as_array().unwrap();
                for (series, painted) in chart.series.iter().zip(painted) {
                    let items = painted.get("links").or_else(|| painted.get("data")).unwrap().as_array().unwrap();
                    let said: Vec<f64> = items.iter().flat_map(|item| leaves(&item["value"])).collect();
                    for point in series.points.iter().filter(|point| point.at.is_some()) {
                        let Some(number) = point.number else { continue };
                        // A sum of ours, hatched, stands for rows that are all in the table.
                        assert!(
                            point.mark == Mark::Hatched || table.contains(decimal(number).as_str()),
                            "{file}: {number} is not in the table"
                        );
                        // A dot stands on a time axis: its number is its place.
                        assert!(chart.kind == ChartKind::Dots || said.contains(&number), "{file}: {number} is not painted");
                        numbers += 1;
                    }
                }
            }
        }
    }
    for (lang, page, markup) in pages() {
        for src in values(&markup, "src").into_iter().chain(values(&markup, "srcset")) {
            assert!(files.contains(src), "{}, {page:?}: {src} is not painted", lang.tag());
        }
    }
    assert!(files.len() > 150 && numbers > 1_000, "{} files, {numbers} numbers", files.len());
}

/// The numbers in a value, which is one or a list.
fn leaves(value: &serde_json::Value) -> Vec<f64> {
    match value {
        serde_json::Value::Array(all) => all.iter().flat_map(leaves).collect(),
        one => one.as_f64().into_iter().collect(),
    }
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

/// Text as markup writes it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// No row is published and shown nowhere.
#[test]
fn every_row_of_the_community_stands_on_some_page() {
    let all = pages();
    let read = |name: &str| -> Vec<serde_json::Value> {
        serde_json::from_slice(&std::fs::read(folder().join(format!("{name}.json"))).unwrap()).unwrap()
    };
    let mut rows = 0;
    for (resource, field) in [
        ("agreements", "says"),
        ("organisations", "name"),
        ("organisation-figures", "name"),
        ("events", "title"),
        ("stories", "title"),
        ("opportunities", "title"),
        ("facts", "text"),
    ] {
        for row in read(resource) {
            for lang in Lang::ALL {
                let text = escaped(row[format!("{field}_{}", lang.tag())].as_str().unwrap());
                let is_shown = all.iter().any(|(shown, _, markup)| *shown == lang && markup.contains(&text));
                assert!(is_shown, "{resource} {} is on no page in {}: {text}", row["id"], lang.tag());
            }
            rows += 1;
        }
    }
    assert!(rows > 190, "{rows}");
}

#[test]
fn every_agreement_has_a_page_that_says_what_is_known_and_what_is_not() {
    for (lang, page, markup) in pages() {
        let Page::Agreement(id) = &page else { continue };
        let text = Text::new(lang);
        let a = package().dataset.agreements().iter().find(|a| a.id == *id).unwrap();
        let place = format!("{}, {id}", lang.tag());
        let date = if a.is_signed() { "certificate.date" } else { "certificate.announced" };
        for key in ["certificate.says", "certificate.silent", "certificate.followed", date, "certificate.signatories"] {
            assert!(markup.contains(&escaped(&text.t(key, &[]))), "{place}: {key}");
        }
        let names = |key: &str| markup.contains(&escaped(&text.t(key, &[])));
        assert_eq!(names("agreement-page.signatories-none"), a.signatories.is_none() && a.is_signed(), "{place}");
        assert_eq!(names("certificate.followed-none"), a.followed.is_none(), "{place}");
        let (title, description) = passive::title_and_description(&site(lang), package(), &page);
        assert!(title.starts_with(a.counterpart.get(lang)) && description == a.says.get(lang), "{place}");
    }
    // One record, no name.
    let markup = page(&site(Lang::En), package(), &Page::Agreement("M020".to_owned()));
    let article = markup.split("<article").nth(1).unwrap().split("</dl>").next().unwrap();
    for name in ["World Congress", "United Help", "Razom", "Nova Ukraine"] {
        assert!(!article.contains(name), "{name}");
    }
}

#[test]
fn what_has_ended_says_so_and_stands_last() {
    let cards = |today: &str| {
        let markup = static_page(&site(Lang::En), package(), &Page::Opportunities, today);
        let cards: Vec<(String, bool)> = markup
            .split("<li class=\"card")
            .skip(1)
            .map(|card| (values(card, "id")[0].to_owned(), card.split('>').next().unwrap().contains(" data-ended")))
            .collect();
        assert_eq!(cards.len(), package().told.opportunities.len(), "none is dropped");
        cards
    };
    let now = cards("2026-11-21");
    let first_ended = now.iter().position(|(_, ended)| *ended).unwrap();
    assert!(now[first_ended..].iter().all(|(_, ended)| *ended) && now.len() - first_ended == 5, "{now:?}");
    // P20 runs to the end of February 2026.
    let ended = |today: &str| cards(today).iter().any(|(id, ended)| id == "P20" && *ended);
    assert!(!ended("2026-02-28") && ended("2026-03-01"));
}

/// Each choice of a filter has a card, and each word of a card is a choice: nothing that is offered leads nowhere.
#[test]
fn filters_offer_what_there_is() {
    for (lang, page, markup) in pages().into_iter().filter(|(_, page, _)| matches!(page, Page::Stories | Page::Opportunities)) {
        for name in ["topic", "place", "time"] {
            let select = markup.split(&format!("data-filter=\"{name}\"")).nth(1).unwrap().split("</select>").next().unwrap();
            let offered: BTreeSet<&str> = values(select, "value").into_iter().filter(|value| !value.is_empty()).collect();
            let list = markup.split("data-filtered").nth(1).unwrap();
            let answers: BTreeSet<&str> = values(list, &format!("data-{name}"))
                .into_iter()
                .flat_map(|words| words.split(' '))
                .filter(|word| !word.is_empty())
                .collect();
            assert!(offered.len() > 2, "{page:?}");
            assert_eq!(offered, answers, "{}, {page:?}, {name}", lang.tag());
        }
    }
}

/// Care for the people: no full names, each with its publisher and a figure.
#[test]
fn stories_lead_to_publisher_and_figure() {
    for story in &package().told.stories {
        assert!(!story.first_name.en.contains(' ') && !story.first_name.uk.contains(' '), "{}", story.id);
        assert!(story.view.as_deref().is_some_and(|id| package().dataset.catalog.view(id).is_some()), "{}", story.id);
        assert!(!["T22", "T23", "T24"].contains(&story.id.as_str()));
    }
}
