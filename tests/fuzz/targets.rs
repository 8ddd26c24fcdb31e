//! What takes any bytes, and what must be true of the answer. `tests/fuzz.rs` replays and changes the corpus; `long.rs` beside this file
//! is the long run.

use diaspora_impact::data::build::{self, Tables};
use diaspora_impact::data::contract::contract;
use diaspora_impact::data::package::{Package, load, observations_resource};
use diaspora_impact::data::stream::Stream;
use diaspora_impact::data::{community, deck, descriptor, record, seal};
use diaspora_impact::model::dataset::Dataset;
use diaspora_impact::model::lang::Lang;
use diaspora_impact::model::words::Topic;
use diaspora_impact::state::route;
use diaspora_impact::state::url;
use diaspora_impact::state::view_state::ViewState;
use diaspora_impact::text::Text;
use diaspora_impact::tool::mapping::Mapping;
use diaspora_impact::tool::{saved, table};
use diaspora_impact::view::{self, talk};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

pub const TARGETS: [&str; 7] = ["package", "address", "figure", "deck", "csv", "mapping", "answer"];
pub const TEXT: Text = Text { lang: Lang::Uk };

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

pub fn corpus(target: &str) -> PathBuf {
    folder().join("fuzz/corpus").join(target)
}

/// The base package, sealed: without its places and series no row would pass.
pub fn package() -> &'static Package {
    static PACKAGE: OnceLock<Package> = OnceLock::new();
    PACKAGE.get_or_init(|| {
        let read = |file: &str| std::fs::read(folder().join("fixtures/data/base").join(file)).map_err(|error| error.to_string());
        let head = serde_json::from_slice(&read(descriptor::FILE).unwrap()).unwrap();
        let sealed = seal::seal(head, &[], &read).unwrap();
        load(&|file| if file == descriptor::FILE { Ok(sealed.text.clone().into_bytes()) } else { read(file) }, &[])
    })
}

fn wide() -> &'static Mapping {
    static WIDE: OnceLock<Mapping> = OnceLock::new();
    WIDE.get_or_init(|| {
        let toml = std::fs::read_to_string(corpus("mapping").join("wide.toml")).unwrap();
        Mapping::read("wide.toml", &toml, TEXT).unwrap()
    })
}

pub fn target(name: &str, bytes: &[u8]) {
    match name {
        "package" => one_file(bytes),
        "address" => address(&String::from_utf8_lossy(bytes)),
        "figure" => {
            let pairs = url::query_pairs(&String::from_utf8_lossy(bytes));
            for def in &package().dataset.catalog.views {
                let (state, _) = view::state_from(def, &url::pairs_for(&pairs, &def.id, true));
                view::figure(&package().dataset, def, &state, TEXT);
            }
        }
        "deck" => {
            let (talk, issues) = deck::read("decks/x.json", bytes, &tables());
            assert!(talk.is_some() || !issues.is_empty());
            talk.iter().for_each(|deck| drop(talk::judge_deck(package(), deck)));
        }
        "csv" => {
            for mapping in [&Mapping::default(), wide()] {
                let rows = table::read(bytes, mapping, package(), TEXT);
                let is_told = |row: &table::Read| row.row["value"].is_number() != row.row["missing"].is_string();
                assert!(rows.as_ref().map_or_else(|reasons| !reasons.is_empty(), |rows| rows.iter().all(is_told)), "{rows:?}");
            }
        }
        "mapping" => {
            if let Ok(mapping) = Mapping::read("x.toml", &String::from_utf8_lossy(bytes), TEXT) {
                let _ = table::read(b"place,2022,2023\nUKR,1,\"2,5\"\n", &mapping, package(), TEXT);
            }
        }
        "answer" => {
            let mapping = Mapping::default();
            let asked = saved::Asked { series: "cost", source: "dataset", mapping: &mapping, package: package() };
            let files = [("x.json".to_owned(), bytes.to_vec())];
            for answer in
                [saved::worldbank(&files, &asked, TEXT), saved::unhcr(&files, "refugees", false, &asked, TEXT)].into_iter().flatten()
            {
                assert!(answer.rows.iter().all(|one| one.row["value"].is_number() || one.row["value"].is_null()), "{answer:?}");
            }
        }
        other => panic!("no target {other}"),
    }
}

fn tables() -> Tables<'static> {
    package().tables.iter().map(|(name, table)| (*name, table)).collect()
}

/// A file of the package: its name in the first line, then its bytes. The others are those of the base package.
fn one_file(bytes: &[u8]) {
    let mut parts = bytes.splitn(2, |&byte| byte == b'\n');
    let name = parts.next().and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default();
    let body = parts.next().unwrap_or_default();
    let Some(contract) = contract(name) else {
        descriptor::read(body);
        deck::listed(body);
        return;
    };
    let checked = record::check("x.json", body, contract);
    assert!(checked.complete || (checked.is_empty() && !checked.issues.is_empty()));
    // In pieces it is the same, or neither is used. (JSON's reader goes 128 deep, and in pieces the list itself does not count.)
    if body.iter().filter(|byte| matches!(byte, b'[' | b'{')).count() < 128 {
        let mut stream = Stream::new("x.json", contract);
        body.chunks(7).for_each(|piece| stream.push(piece));
        let pieces = stream.end();
        assert_eq!((pieces.complete, pieces.len()), (checked.complete, checked.len()));
        assert!(!checked.complete || (pieces.rows, &pieces.issues) == (checked.rows, &checked.issues));
    }
    if checked.is_empty() {
        return;
    }
    let others = package().tables.iter().filter(|(other, _)| **other != contract.name).map(|(name, table)| (*name, table));
    let tables: Tables = others.chain([(contract.name, &checked)]).collect();
    build::check_references(contract.name, &tables);
    build::check_date_pairs(contract.name, &checked);
    let dataset = dataset(&tables);
    community::told(&tables, &dataset.catalog);
    if contract.name == "headlines" {
        build::headlines(&checked, &dataset.catalog);
    }
    for (_, rows) in &dataset.observations {
        let values = rows.iter().filter_map(|row| row.cell().value());
        values.for_each(|value| assert!(value.is_finite() && value.abs() <= 9e15, "{value}"));
    }
    for def in &dataset.catalog.views {
        view::figure(&dataset, def, &view::default_state(def), TEXT);
    }
}

fn dataset(tables: &Tables) -> Dataset {
    let (catalog, _) = build::catalog(tables);
    let mut dataset = Dataset { community: Arc::new(community::community(tables, &catalog)), ..Dataset::default() };
    for &topic in Topic::ALL {
        if let Some(table) = observations_resource(topic).and_then(|name| tables.get(name)) {
            dataset.observations.push((topic, build::observations(table, topic, &catalog).0));
        }
    }
    dataset.agreements = tables.get("agreements").map(|table| Arc::new(build::agreements(table, &catalog).0));
    dataset.catalog = Arc::new(catalog);
    dataset
}

/// What stands behind a host's name: a path and a query.
fn address(text: &str) {
    let (path, query) = text.split_once('?').unwrap_or(("", text));
    let (_, rest) = route::language_of(path, "/");
    assert!(path.contains(rest));
    let pairs = url::query_pairs(query);
    let none = ViewState::default();
    let (state, _) = url::parse(&url::pairs_for(&pairs, "reached", true), &none);
    let printed = url::print(&state, &none);
    let again = |query: String| url::query_pairs(&query);
    assert_eq!(url::parse(&again(url::query_string(&printed)), &none), (state.clone(), vec![]), "{printed:?}");
    // The same in the place of what this view was asked for; what speaks to others stays.
    let replaced = again(url::query_string(&url::replace_for(&pairs, "reached", true, &printed)));
    assert_eq!(url::parse(&url::pairs_for(&replaced, "reached", true), &none).0, state, "{replaced:?}");
    url::compared(&pairs);
    url::theme(&pairs);
}
