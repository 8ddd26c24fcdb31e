//! Whatever bytes come, nothing panics: files of a package, addresses, talks, CSV files, mappings and saved answers.
//!
//! The corpus in `tests/fuzz/corpus/<target>/` is replayed, and changed at random. A file that once broke something goes there and
//! stays. `script/fuzz` goes on for as long as one likes: `tests/fuzz/README.md`.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "fuzz/targets.rs"]
mod targets;

use diaspora_impact::tool::mapping::Mapping;
use diaspora_impact::tool::table;
use proptest::prelude::*;
use targets::{TARGETS, TEXT, package, target};

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = std::fs::read_dir(targets::corpus(target)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let inputs = |path: &std::path::PathBuf| {
        let bytes = std::fs::read(path).unwrap();
        if path.ends_with("found.bin") { found(&bytes) } else { vec![bytes] }
    };
    paths.iter().flat_map(inputs).collect()
}

/// What `script/fuzz --minimise` writes: how many bytes, the bytes, the end of a line; and the next.
fn found(mut rest: &[u8]) -> Vec<Vec<u8>> {
    let mut inputs = Vec::new();
    while !rest.is_empty() {
        let end = rest.iter().position(|&byte| byte == b'\n').unwrap();
        let size: usize = std::str::from_utf8(&rest[..end]).unwrap().parse().unwrap();
        inputs.push(rest[end + 1..][..size].to_vec());
        rest = &rest[end + size + 2..];
    }
    inputs
}

#[test]
fn the_corpus_breaks_nothing() {
    for name in TARGETS {
        let all = corpus(name);
        assert!(all.len() > 2, "tests/fuzz/corpus/{name} is nearly empty");
        all.iter().for_each(|bytes| target(name, bytes));
    }
    let own = std::fs::read(targets::corpus("csv").join("own.csv")).unwrap();
    let own = table::read(&own, &Mapping::default(), package(), TEXT);
    assert!(own.is_ok_and(|rows| rows.len() == 1), "the corpus holds no file that is read to its end");
    let folders = std::fs::read_dir(targets::corpus("")).unwrap().count();
    assert_eq!(folders, TARGETS.len(), "a folder of tests/fuzz/corpus has no target");
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
