//! The JSON Schema of talks: current, sound by the standard, and of one mind with our own reader. boon, a third party, judges.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use diaspora_impact::data::build::Tables;
use diaspora_impact::data::issue::{Code, Issue};
use diaspora_impact::data::{deck, deck_schema};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

struct Judge(Schemas, SchemaIndex);

impl Judge {
    /// Fails if the schema itself breaks the rules of draft 2020-12.
    fn new() -> Judge {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.set_default_draft(Draft::V2020_12);
        compiler.enable_format_assertions();
        compiler.add_resource("deck.json", deck_schema::schema()).unwrap();
        let index = compiler.compile("deck.json", &mut schemas).unwrap_or_else(|error| panic!("{error:#}"));
        Judge(schemas, index)
    }

    fn says(&self, deck: &Value) -> Result<(), String> {
        self.0.validate(deck, self.1).map_err(|error| format!("{error:#}"))
    }
}

/// What our reader says of the form of a talk. No tables: what refers to nothing is not of the form.
fn found(deck: &Value) -> Vec<Issue> {
    let name = deck.get("id").and_then(Value::as_str).unwrap_or_default();
    deck::read(&format!("decks/{name}.json"), deck.to_string().as_bytes(), &Tables::default()).1
}

#[track_caller]
fn agree(judge: &Judge, deck: &Value) {
    let (schema, ours) = (judge.says(deck), found(deck));
    assert_eq!(schema.is_ok(), ours.is_empty(), "schema: {schema:?}\nreader: {ours:?}\n{deck:#}");
}

/// Talks of the package, and those of the cases of `tests/data_contract.rs`.
fn decks() -> Vec<Value> {
    let folder = root().join("public/data/decks");
    let files = std::fs::read_dir(folder).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let mut decks: Vec<Value> = files.map(|text| serde_json::from_str(&text).unwrap()).collect();
    for case in ["deck-broken", "deck-rules", "deck-sound"] {
        let patch = std::fs::read_to_string(root().join("tests/fixtures/data").join(case).join("patch.json")).unwrap();
        let steps: Vec<Value> = serde_json::from_str(&patch).unwrap();
        decks.extend(steps.into_iter().filter_map(|mut step| step.get_mut("json").map(Value::take)).filter(|json| json.is_object()));
    }
    decks
}

#[test]
fn the_published_file_is_what_the_contract_says() {
    let published = std::fs::read_to_string(root().join("public/data").join(deck_schema::FILE)).unwrap_or_default();
    assert_eq!(published, deck_schema::text(), "run cargo run --bin seal -- public/data");
}

#[test]
fn talks_and_cases_are_judged_alike() {
    let judge = Judge::new();
    let decks = decks();
    decks.iter().for_each(|deck| agree(&judge, deck));
    assert!(decks.iter().filter(|deck| judge.says(deck).is_ok()).count() > 2 && decks.iter().any(|deck| judge.says(deck).is_err()));
}

#[test]
fn each_rule_bites() {
    let judge = Judge::new();
    let text = |words: &str| json!({"kind": "text", "headline_en": "A", "headline_uk": "А", "text_en": words, "text_uk": "Т", "notes_en": "N", "notes_uk": "Н"});
    let deck = |slides: Vec<Value>| json!({"id": "a", "title_en": "A", "title_uk": "А", "lead_en": "A", "lead_uk": "А", "minutes": 5, "slides": slides});
    let with = |field: &str, value: Value| {
        let mut slide = text("Words");
        slide[field] = value;
        deck(vec![slide])
    };
    let callout = json!({"series": "s", "place": "P", "period_end": "2024-12-31", "text_en": "W", "text_uk": "С"});
    let sound = [
        deck(vec![text("Words")]),
        with("state", Value::Null),
        with("callouts", Value::Null),
        with("callouts", json!([callout])),
        with("text_en", "a\nb".into()),
    ];
    let wrong = [
        deck(vec![]),
        with("text_uk", Value::Null),
        with("text_en", " a".into()),
        with("text_en", "".into()),
        with("text_en", "a\u{202e}b".into()),
        with("kind", "view".into()),
        with("kind", "headline".into()),
        with("kind", "song".into()),
        with("view", "no id".into()),
        with("period_end", "2024".into()),
        with("number", 1.into()),
        with("extra", 1.into()),
        with("callouts", "words".into()),
        with("callouts", json!([{}])),
        with("callouts", json!(["words"])),
    ];
    for deck in &sound {
        assert_eq!(judge.says(deck), Ok(()), "{deck}");
    }
    for deck in &wrong {
        assert!(judge.says(deck).is_err(), "{deck}");
    }
    sound.iter().chain(&wrong).for_each(|deck| agree(&judge, deck));
    // Only our reader knows the file's name.
    assert_eq!(
        deck::read("decks/b.json", sound[0].to_string().as_bytes(), &Tables::default()).1.first().map(|issue| issue.code),
        Some(Code::BadPattern)
    );
}

fn odd_value() -> impl Strategy<Value = Value> {
    const TEXTS: &[&str] = &[
        "",
        " ",
        "a ",
        "a\nb",
        "\u{7}",
        "2024-02-30",
        "2024-12-31",
        "view",
        "headline",
        "compare",
        "story",
        "action",
        "UKR",
        "no id",
        "-x",
        "слово",
    ];
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e17..1e17f64).prop_map(Value::from),
        prop::sample::select(TEXTS).prop_map(Value::from),
        Just(json!([])),
        Just(json!([{}, 1])),
        Just(json!({"a": 1})),
    ]
}

const FIELDS: &[&str] = &[
    "id",
    "title_en",
    "minutes",
    "kind",
    "headline_uk",
    "text_en",
    "text_uk",
    "view",
    "with",
    "state",
    "series",
    "place",
    "period_end",
    "story",
    "link",
    "callouts",
    "number",
    "slides",
];

#[test]
fn changed_talks_are_judged_alike() {
    let judge = Judge::new();
    let sound: Vec<Value> = decks().into_iter().filter(|deck| found(deck).is_empty()).collect();
    let change = (any::<prop::sample::Index>(), prop::sample::select(FIELDS), prop::option::of(odd_value()));
    let strategy = (prop::sample::select(sound), prop::collection::vec(change, 1..4));
    let mut runner = TestRunner::new(Config { cases: 512, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&strategy, |(mut deck, changes)| {
        for (at, field, value) in changes {
            let is_head = deck.get(field).is_some();
            let slides = deck.get("slides").and_then(Value::as_array).map_or(0, Vec::len);
            let map: Option<&mut Map<String, Value>> = match (is_head, slides) {
                (true, _) => deck.as_object_mut(),
                (false, 0) => None,
                (false, n) => deck["slides"][at.index(n)].as_object_mut(),
            };
            match (map, value) {
                (Some(map), Some(value)) => drop(map.insert(field.to_owned(), value)),
                (Some(map), None) => drop(map.remove(field)),
                _ => {}
            }
        }
        agree(&judge, &deck);
        Ok(())
    });
    outcome.unwrap();
}
