//! The editor of talks: what it takes, shows and finds, without a browser. `tests/e2e/editor.spec.mjs` presses its buttons.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use diaspora_impact::data::issue::Code;
use diaspora_impact::data::package::load_folder;
use diaspora_impact::html::editor::{Desk, Part, refused};
use diaspora_impact::model::deck::FigureRef;
use diaspora_impact::model::lang::Lang;
use diaspora_impact::model::observations::Cell;
use diaspora_impact::text::Text;
use diaspora_impact::view::{editing, talk};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn desk() -> Desk {
    Desk::new(load_folder(&root().join("public/data")), "/")
}

fn talks() -> Vec<Value> {
    let files = std::fs::read_dir(root().join("public/data/decks")).unwrap();
    files.map(|file| serde_json::from_str(&std::fs::read_to_string(file.unwrap().path()).unwrap()).unwrap()).collect()
}

/// A talk with all that can be wrong with its slides.
fn broken() -> Value {
    let patch = std::fs::read_to_string(root().join("tests/fixtures/data/deck-rules/patch.json")).unwrap();
    serde_json::from_str::<Value>(&patch).unwrap()[0]["json"].take()
}

fn take(desk: &mut Desk, deck: &Value) {
    desk.take(deck.to_string().as_bytes()).unwrap();
}

fn shown(desk: &Desk, part: Part, lang: Lang, at: usize) -> String {
    desk.part(part, lang, at).into_string()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Everything that a talk holds, beside its slides' own texts.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(all) => all.iter().flat_map(texts).collect(),
        Value::Object(map) => map.values().flat_map(texts).collect(),
        Value::Number(number) => vec![number.to_string()],
        _ => Vec::new(),
    }
}

fn values_of<'a>(markup: &'a str, attribute: &str) -> Vec<&'a str> {
    let parts = markup.split(&format!(" {attribute}=\"")).skip(1).collect::<Vec<_>>();
    parts.into_iter().filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_package_s_talks_are_sound_and_all_of_them_can_be_seen() {
    let mut desk = desk();
    for deck in talks() {
        take(&mut desk, &deck);
        assert_eq!(desk.issues(), [], "{}", deck["id"]);
        for lang in Lang::ALL {
            let head = shown(&desk, Part::Head, lang, 0);
            for field in ["title_en", "title_uk", "lead_en", "lead_uk", "id"] {
                assert!(head.contains(&escaped(deck[field].as_str().unwrap())), "{field}");
            }
            for (at, slide) in deck["slides"].as_array().unwrap().iter().enumerate() {
                let form = shown(&desk, Part::Form, lang, at);
                for text in texts(slide) {
                    assert!(form.contains(&escaped(&text)), "slide {}: {text} is not in the form", at + 1);
                }
                let headline = &slide[format!("headline_{}", lang.tag())];
                assert!(shown(&desk, Part::Preview, lang, at).contains(&escaped(headline.as_str().unwrap())));
                assert!(shown(&desk, Part::List, lang, at).contains(&escaped(headline.as_str().unwrap())));
            }
            let whole = desk.charts(lang, None);
            let each: Vec<Value> = (0..deck["slides"].as_array().unwrap().len())
                .flat_map(|at| desk.charts(lang, Some(at)).as_array().unwrap().clone())
                .collect();
            assert_eq!(whole, Value::from(each));
        }
    }
}

#[test]
fn a_broken_talk_is_taken_whole_and_every_finding_leads_to_its_field() {
    let mut desk = desk();
    let deck = broken();
    take(&mut desk, &deck);
    assert!(desk.issues().len() > 15, "{:?}", desk.issues());
    for lang in Lang::ALL {
        let (findings, text) = (shown(&desk, Part::Findings, lang, 0), Text::new(lang));
        for issue in desk.issues() {
            assert!(findings.contains(&escaped(&text.issue(issue))), "{issue:?}");
            let Some(row) = issue.row else { continue };
            assert!(findings.contains(&format!("data-at=\"{}\"", row - 1)), "{issue:?}");
            let form = shown(&desk, Part::Form, lang, row as usize - 1);
            assert!(form.contains(&escaped(&text.issue(issue))), "{issue:?} is not beside its field:\n{form}");
        }
        for (at, slide) in deck["slides"].as_array().unwrap().iter().enumerate() {
            let form = shown(&desk, Part::Form, lang, at);
            let ids = values_of(&form, "id");
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "ids are not each once: {ids:?}");
            for text in texts(slide) {
                assert!(form.contains(&escaped(&text)), "slide {}: {text} is not in the form", at + 1);
            }
        }
    }
}

#[test]
fn what_is_no_talk_is_refused_and_the_draft_stays() {
    let mut desk = desk();
    let deck = &talks()[0];
    take(&mut desk, deck);
    let before = shown(&desk, Part::Form, Lang::En, 2);
    let check = |desk: &mut Desk, bytes: &[u8], code: Code| {
        let issues = desk.take(bytes).unwrap_err();
        assert_eq!(issues.iter().map(|issue| issue.code).collect::<Vec<_>>(), [code]);
        for lang in Lang::ALL {
            assert!(refused(&issues, lang).into_string().contains(&escaped(&Text::new(lang).issue(&issues[0]))));
        }
    };
    check(&mut desk, b"{\"id\": ", Code::NotJson);
    check(&mut desk, b"", Code::NotJson);
    check(&mut desk, b"[1, 2]", Code::NotObject);
    check(&mut desk, b"\xff\xfe", Code::NotUtf8);
    let mut large = deck.clone();
    large["lead_en"] = "x".repeat(8 * 1024 * 1024).into();
    check(&mut desk, large.to_string().as_bytes(), Code::TooLarge);
    assert_eq!(shown(&desk, Part::Form, Lang::En, 2), before);
    // With a byte order mark, as some editors save it, it is the same talk.
    desk.take(format!("\u{feff}{deck}").as_bytes()).unwrap();
    assert_eq!(desk.issues(), []);
}

#[test]
fn a_talk_without_slides_can_be_mended() {
    let mut desk = desk();
    for slides in [json!([]), json!("none"), Value::Null] {
        let mut deck = talks()[0].clone();
        deck["slides"] = slides;
        take(&mut desk, &deck);
        assert_eq!(
            desk.issues().iter().map(|issue| (issue.code, issue.field.as_deref())).collect::<Vec<_>>(),
            [(Code::MissingField, Some("slides"))]
        );
        for part in Part::ALL {
            shown(&desk, part, Lang::Uk, 0);
        }
    }
}

#[test]
fn an_address_of_a_view_becomes_a_slide() {
    let desk = desk();
    let check = |address: &str, expected: &[(&str, &str)]| {
        let views = desk.pasted(address, Lang::En).unwrap_or_else(|reasons| panic!("{address}: {reasons:?}"));
        assert_eq!(views.iter().map(|(view, state)| (view.as_str(), state.as_str())).collect::<Vec<_>>(), expected, "{address}");
    };
    check("view/remittances", &[("remittances", "")]);
    check("https://example.org/sub/uk/view/remittances/?tab=table&theme=dark&utm_source=x#chart", &[("remittances", "")]);
    check(
        " /view/agreements?counterpart=government~diaspora&time=2023..2024 ",
        &[("agreements", "counterpart=government~diaspora&time=2023..2024")],
    );
    check("/embed/remittances?unit=pct_gdp&accent=7a1f5c", &[("remittances", "unit=pct_gdp")]);
    check(
        "/view/remittances?with=appeals&appeals.place=X-UKR-REG&unit=pct_gdp",
        &[("remittances", "unit=pct_gdp"), ("appeals", "place=X-UKR-REG")],
    );
    // The old name of a parameter still leads there.
    check("/view/remittances?country=UKR~MDA", &[("remittances", "place=UKR~MDA")]);
}

#[test]
fn an_address_that_is_wrong_says_why_in_the_reader_s_language() {
    let desk = desk();
    let check = |address: &str, key: &str| {
        for lang in Lang::ALL {
            let reasons = desk.pasted(address, lang).expect_err(address);
            let start = Text::new(lang).t(key, &[]);
            let start = start.split('{').find(|part| part.chars().count() > 4).unwrap_or_default().to_owned();
            let start = start.split_once('}').map_or(start.clone(), |(_, rest)| rest.to_owned());
            assert!(reasons[0].contains(&start), "{address}: {reasons:?} has not “{start}”");
        }
    };
    for address in ["", "remittances", "https://example.org/people", "javascript:alert(1)", "/view/", "/present/remittances"] {
        check(address, "edit.not-a-view");
    }
    check("/view/gone", "edit.no-such-view");
    check("/view/remittances?with=gone", "edit.no-such-view");
    check("/view/remittances?time=never", "param.not-a-time");
    check("/view/remittances?place=NOWHERE", "param.not-in-view");
    check("/view/remittances?with=a%20b", "edit.no-such-view");
}

#[test]
fn every_choice_of_a_figure_is_one_that_a_slide_can_show() {
    let package = load_folder(&root().join("public/data"));
    let text = Text::new(Lang::Uk);
    let series = editing::series(&package, text);
    assert!(series.len() > 50);
    for one in &series {
        let figures = editing::figures(&package, &one.value, text);
        assert!(!figures.is_empty(), "{}", one.value);
        for figure in figures {
            let parts: Vec<&str> = figure.value.split('|').collect();
            let [series, place, counterpart, period_end] = parts[..] else { panic!("{}", figure.value) };
            let named = FigureRef {
                series: series.to_owned(),
                place: place.to_owned(),
                counterpart: Some(counterpart.to_owned()).filter(|code| !code.is_empty()),
                period_end: period_end.to_owned(),
            };
            assert!(matches!(talk::row(&package.dataset, &named).map(|(_, row)| row.cell()), Some(Cell::Value { .. })), "{}", figure.value);
        }
    }
}

#[test]
fn markup_in_a_draft_is_text() {
    let mut desk = desk();
    let mut deck = talks()[0].clone();
    deck["slides"][0]["headline_en"] = "<img src=x onerror=alert(1)>".into();
    deck["slides"][0]["<b>"] = "</textarea><script>".into();
    deck["<i>"] = json!({"a": "<script>"});
    take(&mut desk, &deck);
    for part in Part::ALL {
        let markup = shown(&desk, part, Lang::En, 0);
        assert!(!markup.contains("<img") && !markup.contains("<script") && !markup.contains("<b>") && !markup.contains("<i>"), "{part:?}");
    }
}

#[test]
fn a_view_with_its_controls_follows_each_choice() {
    let mut desk = desk();
    let package = load_folder(&root().join("public/data"));
    for def in &package.dataset.catalog.views {
        let (first, plots) = desk.live(&def.id, "", "", Lang::Uk).unwrap();
        assert_eq!((first.query.as_str(), plots.len()), ("", first.charts.as_array().unwrap().len()), "{}", def.id);
        let markup = first.markup.into_string();
        assert!(markup.contains(def.title.get(Lang::Uk)) && !markup.contains("data-format="), "{}", def.id);
        // Each number opens its certificate, as it does in the app.
        let facts = values_of(&markup, "data-fact");
        assert!(!facts.is_empty(), "{}", def.id);
        for fact in facts {
            assert!(desk.certificate(fact, Lang::Uk).into_string().contains("certificate-value"), "{} {fact}", def.id);
        }
        let choices: BTreeSet<&str> = values_of(&markup, "data-set").into_iter().collect();
        assert!(choices.contains("tab=table"));
        for choice in choices.iter().step_by(choices.len() / 8 + 1) {
            let next = desk.live(&def.id, "", choice, Lang::Uk).unwrap().0;
            let again = desk.live(&def.id, &next.query, "", Lang::Uk).unwrap().0;
            assert_eq!((&again.query, again.charts), (&next.query, next.charts), "{} {choice}", def.id);
        }
    }
    assert!(desk.live("gone", "", "", Lang::En).is_none());
}

#[test]
fn a_point_of_the_open_view_is_found_by_pointer_and_by_keys_and_has_a_certificate() {
    let mut desk = desk();
    let package = load_folder(&root().join("public/data"));
    let mut kinds = BTreeSet::new();
    for def in &package.dataset.catalog.views {
        let count = desk.live(&def.id, "", "", Lang::En).unwrap().1.len();
        for at in 0..count {
            let (plot, site) = desk.plot(at, Lang::En).unwrap();
            let middles = plot.middles();
            let pixels: Vec<f64> = (0..middles.as_array().unwrap().len()).flat_map(|i| [100.0 * i as f64, 50.0]).collect();
            assert_eq!(plot.nearest(&site, 100.0, 50.0), Value::Null, "{}: nothing is drawn yet", def.id);
            plot.place((800.0, 400.0), &pixels);
            let first = plot.step(&site, "Home");
            assert_eq!(plot.step(&site, "x"), first, "{}: a key that leads nowhere", def.id);
            let (fact, x, y) = (first["fact"].as_str().unwrap().to_owned(), first["x"].as_f64().unwrap(), first["y"].as_f64().unwrap());
            let pointed = plot.nearest(&site, x, y);
            assert!(pointed["tip"].as_str().unwrap().contains("<strong>") && !pointed["said"].as_str().unwrap().is_empty(), "{}", def.id);
            assert_eq!(plot.nearest(&site, -1e6, -1e6), Value::Null, "{}: far from all", def.id);
            assert!(desk.certificate(&fact, Lang::En).into_string().contains("certificate-value"), "{} {fact}", def.id);
        }
        if count > 0 {
            kinds.insert(def.kind.id());
        }
    }
    assert!(kinds.len() > 4, "{kinds:?}");
    assert!(desk.plot(99, Lang::En).is_none());
    assert!(!desk.certificate("people.x", Lang::En).into_string().contains("certificate-value"));
}

#[test]
fn states_of_one_view_share_one_scale_beside_each_other_and_one_after_the_other() {
    let mut desk = desk();
    let mut deck = talks().remove(0);
    let words = json!({"headline_en": "A", "headline_uk": "А", "notes_en": "N", "notes_uk": "Н"});
    let slide = |more: Value| {
        let mut slide = words.clone();
        slide.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        slide
    };
    let (before, after) = ("unit=percent&time=2015", "unit=percent&time=2021");
    let view = "remittances-sources";
    let text = || slide(json!({"kind": "text", "text_en": "A", "text_uk": "А"}));
    deck["slides"] = json!([
        slide(json!({"kind": "view", "view": view, "state": before})),
        slide(json!({"kind": "view", "view": view, "state": after})),
        text(),
        slide(json!({"kind": "compare", "view": view, "state": before, "with": view, "with_state": after})),
        text(),
        slide(json!({"kind": "view", "view": view, "state": before})),
    ]);
    take(&mut desk, &deck);
    assert_eq!(desk.issues(), []);
    let charts = desk.charts(Lang::En, None);
    let ends: Vec<&Value> = charts.as_array().unwrap().iter().map(|chart| &chart["wide"]["light"]["xAxis"][0]["max"]).collect();
    let [first, second, left, right, alone] = ends[..] else { panic!("{ends:?}") };
    assert!(first.is_number() && first == second && left == right && first == left, "{ends:?}");
    assert_ne!(alone, first, "one by itself has its own scale");
}
