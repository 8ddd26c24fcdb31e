//! Whatever bytes come, nothing panics: tables, addresses, talks, CSV files, mappings and saved answers.
//!
//! The corpus in `tests/fuzz/<target>/` is replayed, and changed at random. A file that once broke something goes there and stays.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use diaspora_impact::data::build::Tables;
use diaspora_impact::data::contract::CONTRACTS;
use diaspora_impact::data::package::{Package, load};
use diaspora_impact::data::{deck, descriptor, record, seal};
use diaspora_impact::model::lang::Lang;
use diaspora_impact::state::url;
use diaspora_impact::state::view_state::ViewState;
use diaspora_impact::text::Text;
use diaspora_impact::tool::mapping::Mapping;
use diaspora_impact::tool::{saved, table};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const TEXT: Text = Text { lang: Lang::Uk };

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder().join("fuzz").join(target)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// The base package, sealed: without its places and series no row would pass.
fn package() -> &'static Package {
    static PACKAGE: OnceLock<Package> = OnceLock::new();
    PACKAGE.get_or_init(|| {
        let read = |file: &str| std::fs::read(folder().join("fixtures/data/base").join(file)).map_err(|error| error.to_string());
        let head = serde_json::from_slice(&read(descriptor::FILE).unwrap()).unwrap();
        let sealed = seal::seal(head, &[], &read).unwrap();
        load(&|file| if file == descriptor::FILE { Ok(sealed.text.clone().into_bytes()) } else { read(file) }, &[])
    })
}

fn wide() -> Mapping {
    let toml = String::from_utf8(std::fs::read(folder().join("fuzz/mapping/wide.toml")).unwrap()).unwrap();
    Mapping::read("wide.toml", &toml, TEXT).unwrap()
}

/// Each target takes any bytes; what must be true of the answer is asserted.
fn target(name: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match name {
        "table" => {
            for contract in CONTRACTS {
                let checked = record::check("x.json", bytes, contract);
                assert!(checked.complete || !checked.issues.is_empty());
            }
            descriptor::read(bytes);
        }
        "address" => {
            let (state, _) = url::parse(&url::query_pairs(&text), &ViewState::default());
            let printed = url::query_string(&url::print(&state, &ViewState::default()));
            assert_eq!(url::parse(&url::query_pairs(&printed), &ViewState::default()), (state, vec![]), "{printed}");
        }
        "deck" => {
            let (talk, issues) = deck::read("decks/x.json", bytes, &Tables::default());
            assert!(talk.is_some() || !issues.is_empty());
        }
        "csv" => {
            for mapping in [Mapping::default(), wide()] {
                let rows = table::read(bytes, &mapping, package(), TEXT);
                let is_told = |row: &table::Read| row.row["value"].is_number() != row.row["missing"].is_string();
                assert!(rows.as_ref().map_or_else(|reasons| !reasons.is_empty(), |rows| rows.iter().all(is_told)), "{rows:?}");
            }
        }
        "mapping" => {
            if let Ok(mapping) = Mapping::read("x.toml", &text, TEXT) {
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

const TARGETS: [&str; 6] = ["table", "address", "deck", "csv", "mapping", "answer"];

#[test]
fn the_corpus_breaks_nothing() {
    for name in TARGETS {
        let all = corpus(name);
        assert!(all.len() > 2, "tests/fuzz/{name} is nearly empty");
        all.iter().for_each(|bytes| target(name, bytes));
    }
    let own = std::fs::read(folder().join("fuzz/csv/own.csv")).unwrap();
    let own = table::read(&own, &Mapping::default(), package(), TEXT);
    assert!(own.is_ok_and(|rows| rows.len() == 1), "the corpus holds no file that is read to its end");
    let folders = std::fs::read_dir(folder().join("fuzz")).unwrap().count();
    assert_eq!(folders, TARGETS.len(), "a folder of tests/fuzz has no target");
}

/// A change of bytes: where (as a share of the length), how many go, what comes instead.
fn edit() -> impl Strategy<Value = (f64, usize, Vec<u8>)> {
    let tokens = ["\"", ",", ";", "\n", "#", "[", "]]", "{", "null", "-1e308", "=", "~", "..", "\u{feff}", "2023", "%"];
    let token = prop::sample::select(tokens.to_vec()).prop_map(|token| token.as_bytes().to_vec());
    (0.0..1.0f64, 0usize..12, prop_oneof![token, prop::collection::vec(any::<u8>(), 0..6)])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_bytes_break_nothing(name in prop::sample::select(TARGETS.to_vec()), file in any::<prop::sample::Index>(), edits in prop::collection::vec(edit(), 1..6)) {
        let mut bytes = file.get(&corpus(name)).clone();
        for (at, gone, come) in edits {
            let start = (at * bytes.len() as f64) as usize;
            let end = (start + gone).min(bytes.len());
            bytes.splice(start..end, come);
        }
        target(name, &bytes);
    }
}
