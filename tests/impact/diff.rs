//! `impact diff`: what it prints, and what is true of any two packages.

use crate::bench::{edit, package, run};
use crate::{snapshot, snapshots};
use diaspora_impact::data::package::{Package, load};
use diaspora_impact::data::{descriptor, seal};
use diaspora_impact::view;
use diaspora_impact::view::changes::{Changes, Figure, Revision, changes, figures};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

#[test]
fn every_kind_of_change_is_told() {
    package("diff-old", |_| {});
    package("diff-new", |folder| {
        edit(folder, "observations-people", |rows| {
            let mut before = rows[1].clone();
            before["standing"] = json!("superseded");
            (rows[1]["value"], rows[1]["qualifier"]) = (json!(3_100_000), json!("over"));
            rows[0]["vintage"] = json!("2024-05");
            rows.remove(2); // a part of the total
            let mut later = rows[1].clone();
            (later["period_end"], later["value"]) = (json!("2024-12-31"), json!(4_000_000));
            rows.extend([before, later]);
        });
        edit(folder, "headlines", |rows| {
            rows.push(rows[0].clone());
            rows[1]["id"] = json!("another");
        });
        edit(folder, "observations-remittances", |rows| rows[0]["value_max"] = json!(7));
        edit(folder, "series", |rows| {
            rows[0]["definition_en"] = json!("What is counted now.");
            rows[0]["definition_uk"] = json!("Що рахуємо тепер.");
        });
        edit(folder, "breaks", |rows| rows.clear());
        edit(folder, "sources", |rows| rows[0]["title"] = json!("Annual report, [corrected] <b>"));
        edit(folder, "agreements", |rows| drop(rows.remove(1)));
    });
    snapshots("diff", &["diff", "diff-old", "diff-new"]);
    snapshots("diff-markdown", &["diff", "diff-old", "diff-new", "--format", "markdown"]);
    snapshot("diff-json", &run(&["diff", "diff-old", "diff-new", "--json"]).shown());
    let ran = run(&["diff", "diff-old/datapackage.json", "diff-old"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.ends_with("No difference.\n"), "{}", ran.out);
}

/// Links of views, headlines and talks, and addresses.
#[test]
fn what_leads_nowhere_any_more_is_told() {
    package("diff-linked", |folder| {
        std::fs::create_dir(folder.join("decks")).unwrap();
        let words = |stem: &str| [(format!("{stem}_en"), json!("Words")), (format!("{stem}_uk"), json!("Слова"))];
        let mut slide = serde_json::Map::from_iter([words("headline"), words("notes")].concat());
        slide.extend(
            json!({"kind": "headline", "series": "reached", "place": "UKR", "period_end": "2023-12-31"}).as_object().unwrap().clone(),
        );
        let mut deck = serde_json::Map::from_iter([words("title"), words("lead")].concat());
        deck.extend(json!({"id": "talk", "minutes": 5, "slides": [slide]}).as_object().unwrap().clone());
        std::fs::write(folder.join("decks/talk.json"), Value::from(deck).to_string()).unwrap();
    });
    let broken = |name: &str, change: &dyn Fn(&Path)| -> Vec<String> {
        let folder = package(name, |folder| {
            crate::bench::copy(&crate::bench::scratch().join("diff-linked"), folder);
            change(folder);
        });
        let ran = run(&["diff", "diff-linked", folder.to_str().unwrap()]);
        let at = ran.out.find("Broken links").map_or(ran.out.len(), |at| at);
        ran.out[at..].lines().skip(1).map(|line| line.trim().to_owned()).collect()
    };
    let check = |name: &str, change: &dyn Fn(&Path), expected: &[&str]| {
        let told = broken(name, change);
        let as_expected = told.len() == expected.len() && told.iter().zip(expected).all(|(told, start)| told.starts_with(start));
        assert!(as_expected, "{name}: expected {expected:?}, got {told:#?}");
    };
    check("diff-links-none", &|_| {}, &[]);
    check(
        "diff-links-figure",
        &|folder| edit(folder, "observations-people", |rows| drop(rows.remove(1))),
        &["The key figure “reached” names a figure that is gone", "decks/talk.json, row 1, series: No current figure"],
    );
    check(
        "diff-links-series",
        &|folder| {
            edit(folder, "series", |rows| drop(rows.remove(1)));
            edit(folder, "observations-people", |rows| drop(rows.remove(2)));
        },
        &["views.json, row 1, series: “series” has no sound row “reached-part”"],
    );
    check(
        "diff-links-view",
        &|folder| {
            edit(folder, "views", |rows| rows.clear());
            std::fs::remove_dir_all(folder.join("decks")).unwrap();
        },
        &["/present/talk has no page", "/view/reached has no page", "headlines.json, row 1, view: “views” has no sound row “reached”"],
    );
}

/// The base package with other figures, in memory.
fn with_figures(people: &[Value]) -> Package {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/data/base");
    let read = |file: &str| match file {
        "observations-people.json" => Ok(serde_json::to_vec(people).unwrap()),
        file => std::fs::read(base.join(file)).map_err(|error| error.to_string()),
    };
    let head = serde_json::from_slice(&read(descriptor::FILE).unwrap()).unwrap();
    let sealed = seal::seal(head, &[], &read).unwrap();
    let mut package = load(&|file| if file == descriptor::FILE { Ok(sealed.text.clone().into_bytes()) } else { read(file) }, &[]);
    view::judge(&mut package);
    package
}

/// Rows that differ in whatever a change can be about; few values, so that they often meet.
fn row() -> impl Strategy<Value = Value> {
    let years = prop::sample::select(vec!["2021-12-31", "2022-12-31"]);
    let standings = prop::sample::select(vec!["current", "current", "superseded", "rival"]);
    let sources = prop::sample::select(vec!["report", "dataset"]);
    let sectors = prop::option::weighted(0.3, Just("health"));
    (years, standings, sources, sectors, 1u32..4, any::<bool>()).prop_map(|(year, standing, source, sector, value, is_noted)| {
        let note = is_noted.then_some("A note.");
        json!({
            "series": "reached", "place": "UKR", "sector": sector, "period_end": year, "value": value * 1000, "qualifier": "about",
            "standing": standing, "computed": false, "source": source, "more_sources": [], "note_en": note, "note_uk": note,
        })
    })
}

/// Sound rows only: one for each primary key, one current for each subject.
fn table() -> impl Strategy<Value = Vec<Value>> {
    prop::collection::vec(row(), 0..8).prop_map(|rows| {
        let mut kept = BTreeMap::new();
        for row in rows {
            let is_current = row["standing"] == "current";
            let source = if is_current { Value::Null } else { row["source"].clone() };
            kept.entry(format!("{} {} {} {source}", row["sector"], row["period_end"], row["standing"])).or_insert(row);
        }
        kept.into_values().collect()
    })
}

fn turned(pairs: &[Revision]) -> Vec<Revision> {
    let turn = |one: &Revision| Revision { old: one.new.clone(), new: one.old.clone() };
    sorted(pairs.iter().map(turn).collect())
}

fn sorted(mut pairs: Vec<Revision>) -> Vec<Revision> {
    pairs.sort_by_key(|one| format!("{one:?}"));
    pairs
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_package_differs_from_itself_in_nothing(rows in table()) {
        let package = with_figures(&rows);
        prop_assert!(changes(&package, &package).is_empty());
        let turned: Vec<Value> = rows.into_iter().rev().collect();
        prop_assert!(changes(&package, &with_figures(&turned)).is_empty(), "the order of rows is no change");
    }

    #[test]
    fn the_way_back_turns_new_into_withdrawn(old in table(), new in table()) {
        let (old, new) = (with_figures(&old), with_figures(&new));
        let Changes { added, withdrawn, revised, documented, restated, .. } = changes(&old, &new);
        let back = changes(&new, &old);
        prop_assert_eq!(&added, &back.withdrawn);
        prop_assert_eq!(&withdrawn, &back.added);
        prop_assert_eq!(turned(&revised), sorted(back.revised));
        prop_assert_eq!(turned(&documented), sorted(back.documented));
        prop_assert_eq!(turned(&restated), sorted(back.restated));
    }

    #[test]
    fn nothing_new_is_kept_quiet(old in table(), new in table()) {
        let (old, new) = (with_figures(&old), with_figures(&new));
        let found = changes(&old, &new);
        let before = figures(&old.dataset);
        let pairs = [&found.revised, &found.documented, &found.restated];
        let told: Vec<&Figure> = found.added.iter().chain(pairs.into_iter().flatten().map(|one| &one.new)).collect();
        for figure in figures(&new.dataset) {
            prop_assert_eq!(told.contains(&&figure), !before.contains(&figure), "{:?}", figure);
        }
    }
}
