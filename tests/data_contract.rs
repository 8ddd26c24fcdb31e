//! The published package, and what validation says about broken ones.
//!
//! A case is a folder `tests/fixtures/data/<case>/`: `patch.json` changes the sound package in `base/`, `expect.txt` lists *all*
//! issues as `file:row:field: code` and, last, the rows that stay usable. After a wanted change of either,
//! `UPDATE_EXPECT=1 cargo test --test data_contract` writes every `expect.txt` anew: read the difference before you keep it.
//!
//! Each step of a patch names a `file` and one change of it:
//! - `"row": n, "set": {…}, "drop": […]`, `"row": n, "be": value`, `"copy": n, "set": {…}`, `"add": row`: one row, counted from 1;
//!   `"long": {field: bytes}` with any of these: a text of so many;
//! - `"at": "/json/pointer", "be": value`: one place of the descriptor;
//! - `"lists": true`: rows as a head and lists of values; `"pack": true`: packed by gzip, in a file whose name ends so;
//! - `"text": …`, `"prefix": hex`, `"cut": bytes to keep`, `"pad": total bytes`, `"delete": true`: the file as a whole.
//!
//! Steps marked `"sealed": true` come after the descriptor is written, so that size and hash no longer fit.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use diaspora_impact::data::contract::{CONTRACTS, contract};
use diaspora_impact::data::issue::{Code, Issue};
use diaspora_impact::data::package::{self, Package, load_folder};
use diaspora_impact::data::{descriptor, form, record, seal, stream};
use diaspora_impact::model::lang::Lang;
use diaspora_impact::model::words::*;
use diaspora_impact::state::defaults;
use diaspora_impact::text::Text;
use diaspora_impact::view::talk;
use proptest::prelude::*;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

type Files = BTreeMap<String, Vec<u8>>;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/data")
}

fn base() -> Files {
    let folder = fixtures().join("base");
    let entries = std::fs::read_dir(&folder).unwrap();
    entries
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()))
        .collect()
}

fn sealed(mut files: Files) -> Files {
    let head: Map<String, Value> = serde_json::from_slice(&files[descriptor::FILE]).unwrap();
    let talk = |file: &String| file.strip_prefix("decks/").and_then(|file| file.strip_suffix(".json")).map(str::to_owned);
    let talks: Vec<String> = files.keys().filter_map(talk).collect();
    let sealed =
        seal::seal(head, &talks, &|file| files.get(file).cloned().ok_or_else(|| format!("{file} is not in the base package"))).unwrap();
    files.insert(descriptor::FILE.to_owned(), sealed.text.into_bytes());
    files
}

fn load(files: &Files) -> Package {
    let names: Vec<String> = files.keys().cloned().collect();
    let mut package = package::load(&|path| files.get(path).cloned().ok_or_else(|| "no such file".to_owned()), &names);
    judge_defaults(&mut package);
    package
}

fn judge_defaults(package: &mut Package) {
    let issues = [defaults::check(package), talk::judge(package)].concat();
    package.issues.extend(issues);
    package.issues.sort();
}

struct Case {
    name: String,
    folder: PathBuf,
    files: Files,
    package: Package,
}

fn cases() -> Vec<Case> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(fixtures()).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let case = |folder: PathBuf| {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let patch = std::fs::read(folder.join("patch.json")).unwrap_or_else(|error| panic!("{name}/patch.json: {error}"));
        let steps: Vec<Map<String, Value>> = serde_json::from_slice(&patch).unwrap_or_else(|error| panic!("{name}/patch.json: {error}"));
        let is_late = |step: &Map<String, Value>| step.contains_key("sealed");
        let mut files = base();
        steps.iter().filter(|step| !is_late(step)).for_each(|step| apply(&name, step, &mut files));
        files = sealed(files);
        steps.iter().filter(|step| is_late(step)).for_each(|step| apply(&name, step, &mut files));
        Case { package: load(&files), name, folder, files }
    };
    folders.into_iter().filter(|folder| !folder.ends_with("base")).map(case).collect()
}

fn apply(case: &str, step: &Map<String, Value>, files: &mut Files) {
    let file = step["file"].as_str().unwrap().to_owned();
    let bytes = files.entry(file.clone()).or_default();
    let size = |key: &str| step[key].as_u64().unwrap() as usize;
    if let Some(text) = step.get("text") {
        *bytes = text.as_str().unwrap().as_bytes().to_vec();
    } else if let Some(json) = step.get("json") {
        *bytes = json.to_string().into_bytes();
    } else if let Some(prefix) = step.get("prefix") {
        let hex = prefix.as_str().unwrap();
        let prefix = (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap());
        bytes.splice(0..0, prefix);
    } else if step.contains_key("cut") {
        bytes.truncate(size("cut"));
    } else if step.contains_key("pad") {
        bytes.resize(size("pad"), b' ');
    } else if step.contains_key("lists") {
        let contract = contract(file.trim_end_matches(".json")).unwrap();
        *bytes = form::listed(contract, std::str::from_utf8(bytes).unwrap()).unwrap().into_bytes();
    } else if step.contains_key("pack") {
        let bytes = form::packed(bytes).unwrap();
        files.remove(&file);
        files.insert(format!("{file}.gz"), bytes);
    } else if step.contains_key("delete") {
        files.remove(&file);
    } else if let Some(pointer) = step.get("at") {
        let mut value: Value = serde_json::from_slice(bytes).unwrap();
        *value.pointer_mut(pointer.as_str().unwrap()).unwrap() = step["be"].clone();
        *bytes = value.to_string().into_bytes();
    } else {
        let mut rows: Vec<Value> = serde_json::from_slice(bytes).unwrap();
        let row = if let Some(row) = step.get("add") {
            rows.push(row.clone());
            rows.len()
        } else if step.contains_key("copy") {
            rows.push(rows[size("copy") - 1].clone());
            rows.len()
        } else if step.contains_key("row") {
            size("row")
        } else {
            panic!("{case}/patch.json: a step for {file} says no change")
        };
        if let Some(value) = step.get("be") {
            rows[row - 1] = value.clone();
        }
        for (field, value) in step.get("set").and_then(Value::as_object).into_iter().flatten() {
            rows[row - 1][field] = value.clone();
        }
        for (field, bytes) in step.get("long").and_then(Value::as_object).into_iter().flatten() {
            rows[row - 1][field] = "a".repeat(bytes.as_u64().unwrap() as usize).into();
        }
        for field in step.get("drop").and_then(Value::as_array).into_iter().flatten() {
            rows[row - 1].as_object_mut().unwrap().remove(field.as_str().unwrap());
        }
        *bytes = serde_json::to_vec(&rows).unwrap();
    }
}

fn line(issue: &Issue) -> String {
    let row = issue.row.map(|row| row.to_string()).unwrap_or_default();
    format!("{}:{row}:{}: {}", issue.file, issue.field.as_deref().unwrap_or_default(), issue.code.id())
}

/// What stays usable, table by table.
fn kept(package: &Package) -> String {
    let catalog = &package.dataset.catalog;
    let mut counts = vec![
        ("sources", catalog.sources.len()),
        ("places", catalog.places.len()),
        ("sectors", catalog.sectors.len()),
        ("units", catalog.units.len()),
        ("series", catalog.series.len()),
        ("breaks", catalog.breaks.len()),
    ];
    let observations = package.dataset.observations.iter().map(|(topic, table)| (topic.id(), table.len()));
    counts.extend(observations.filter(|(topic, _)| matches!(*topic, "people" | "remittances")));
    counts.push(("agreements", package.dataset.agreements().len()));
    counts.push(("headlines", package.headlines.len()));
    counts.push(("views", catalog.views.len()));
    format!("kept: {}", counts.iter().map(|(name, n)| format!("{name} {n}")).collect::<Vec<_>>().join(", "))
}

#[test]
fn the_published_package_has_no_issues() {
    let mut package = load_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("public/data"));
    judge_defaults(&mut package);
    let lines: Vec<String> = package.issues.iter().map(|issue| format!("{}: {}", line(issue), Text::new(Lang::En).issue(issue))).collect();
    assert!(lines.is_empty(), "public/data has {} issues:\n{}", lines.len(), lines.join("\n"));
    assert_eq!(package.rows.len(), CONTRACTS.len(), "some resources of public/data were not read");
    let figures: usize = package.dataset.observations.iter().map(|(_, table)| table.len()).sum();
    assert!(figures > 2000, "public/data lost most of its figures: {figures} are left");
}

#[test]
fn each_case_has_exactly_the_expected_issues() {
    let mut failures = Vec::new();
    for case in cases() {
        let mut actual: Vec<String> = case.package.issues.iter().map(line).collect();
        actual.push(kept(&case.package));
        let actual = actual.join("\n") + "\n";
        let path = case.folder.join("expect.txt");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, &actual).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if actual != expected {
            failures.push(format!("tests/fixtures/data/{}/expect.txt\n--- expected\n{expected}--- actual\n{actual}", case.name));
        }
    }
    assert!(failures.is_empty(), "{}\nIf the new outcome is right: UPDATE_EXPECT=1 cargo test --test data_contract", failures.join("\n"));
}

#[test]
fn no_stock_is_added_up_over_time_whatever_its_row_claims() {
    let case = cases().into_iter().find(|case| case.name == "series-rules").unwrap();
    let reached = case.package.dataset.catalog.series.by_key("reached").unwrap();
    assert_eq!(reached.additive_over, [Dimension::Place]);
}

#[test]
fn every_code_has_a_case() {
    let cases = cases();
    let found = |code: Code| cases.iter().any(|case| case.package.issues.iter().any(|issue| issue.code == code));
    let absent: Vec<&str> = Code::ALL.iter().filter(|&&code| !found(code)).map(|code| code.id()).collect();
    assert!(absent.is_empty(), "no folder in tests/fixtures/data provokes: {}", absent.join(", "));
}

#[test]
fn every_code_has_a_message_in_both_languages() {
    let cases = cases();
    for lang in Lang::ALL {
        let text = Text::new(lang);
        for code in Code::ALL {
            assert!(text.has(&format!("issue.{}", code.id())), "locales/{}/issue.json lacks issue.{}", lang.tag(), code.id());
        }
        for issue in cases.iter().flat_map(|case| &case.package.issues) {
            let key = format!("issue.{}", issue.code.id());
            let raw = text.t(&key, &[]);
            let says = |name: &str, value: &str| {
                !raw.contains(name) || !value.is_empty() || issue.code == Code::EmptyText || field_of_descriptor(issue)
            };
            assert!(says("{found}", &issue.found), "{key}: the message prints {{found}}, which is empty for {}", line(issue));
            assert!(says("{expected}", &issue.expected), "{key}: the message prints {{expected}}, which is empty for {}", line(issue));
            let known = ["{found}", "{expected}"].iter().fold(raw.clone(), |rest, name| rest.replace(name, ""));
            assert!(!known.contains(['{', '}']), "{key}: only {{found}} and {{expected}} are filled in: {raw}");
        }
    }
}

/// A descriptor that lists no hash has nothing to compare the file's hash with; the missing field is an issue of its own.
fn field_of_descriptor(issue: &Issue) -> bool {
    issue.code == Code::HashMismatch && issue.expected.is_empty()
}

#[test]
fn every_controlled_word_is_in_both_languages() {
    let words: &[(&str, &[&str])] = &[
        ("qualifier", Qualifier::IDS),
        ("qualifier-name", Qualifier::IDS),
        ("missing", Missing::IDS),
        ("missing-why", Missing::IDS),
        ("nature", Nature::IDS),
        ("basis", Basis::IDS),
        ("basis-why", Basis::IDS),
        ("standing", Standing::IDS),
        ("standing-why", Standing::IDS),
        ("topic", Topic::IDS),
        ("licence", Licence::IDS),
        ("licence-why", Licence::IDS),
        ("counterpart-type", CounterpartType::IDS),
        ("instrument", Instrument::IDS),
        ("form", Form::IDS),
        ("pillar", Pillar::IDS),
        ("status", AgreementStatus::IDS),
        ("precision", DatePrecision::IDS),
        ("confidence", Confidence::IDS),
        ("place-kind", PlaceKind::IDS),
        ("organisation-kind", OrganisationKind::IDS),
        ("figure-basis", FigureBasis::IDS),
        ("figure-basis-why", FigureBasis::IDS),
        ("event-mode", EventMode::IDS),
        ("event-diaspora", DiasporaPart::IDS),
        ("opportunity-kind", OpportunityKind::IDS),
    ];
    for (prefix, ids) in words {
        for key in ids.iter().map(|id| format!("{prefix}.{id}")) {
            for lang in Lang::ALL {
                assert!(Text::new(lang).has(&key), "locales/{}/words.json lacks {key}", lang.tag());
            }
        }
    }
    for lang in Lang::ALL {
        for &qualifier in Qualifier::ALL {
            let words = Text::new(lang).qualified("463,000", qualifier);
            assert!(words.contains("463,000") && !words.contains('{'), "qualifier.{} does not print its number: {words}", qualifier.id());
        }
    }
}

/// Reads everything that came through, in both languages, as pages and validators do.
fn read_all(package: &Package) {
    let catalog = &package.dataset.catalog;
    for lang in Lang::ALL {
        let text = Text::new(lang);
        for issue in &package.issues {
            let message = text.issue(issue);
            assert!(message.chars().count() < 1200 && !message.starts_with("issue."), "{message}");
            assert!(!message.contains(['\u{1b}', '\u{202e}']), "an issue repeats a character that hides or reorders text: {message:?}");
        }
        for row in package.dataset.observations.iter().flat_map(|(_, table)| table.iter()) {
            let unit = catalog.unit_of(row.series()).expect("a kept row has a series with a unit");
            assert!(!text.cell(row.cell(), unit).is_empty());
            assert!(row.cell().value().is_none_or(f64::is_finite));
            assert!(catalog.sources.get(row.source()).is_some() && catalog.places.get(row.place()).is_some());
        }
    }
}

#[test]
fn whatever_a_case_keeps_can_be_read() {
    cases().iter().for_each(|case| read_all(&case.package));
}

/// Values that publishers and attackers write where something else belongs.
fn odd_value() -> impl Strategy<Value = Value> {
    let texts = prop_oneof![
        Just(""),
        Just(" "),
        Just("2023-02-30"),
        Just("9999-12-31"),
        Just("0001"),
        Just("UKR"),
        Just("reached"),
        Just("none"),
        Just("share"),
        Just("current"),
        Just("__proto__"),
        Just("{found}{"),
        Just("=1+1"),
        Just("\u{1b}[2J\u{202e}"),
        Just("place=~~&time=..&%zz=%"),
        Just("javascript:alert(1)"),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        texts.prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            inner.prop_map(|value| serde_json::json!({ "id": value }))
        ]
    })
}

/// A change of a file's bytes: where (as a share of its length), how many bytes go, what comes instead.
fn edit() -> impl Strategy<Value = (f64, usize, Vec<u8>)> {
    let tokens = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..8),
        Just(b"null".to_vec()),
        Just(b"\",\"".to_vec()),
        Just(b"]".to_vec()),
        Just(b"[[[[".to_vec()),
        Just(b"{\"".to_vec()),
        Just(b"-1e308".to_vec()),
        Just(b"\\ud800".to_vec()),
        Just("\u{feff}".as_bytes().to_vec()),
    ];
    (0.0..1.0f64, 0usize..40, tokens)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for contract in CONTRACTS {
            let checked = record::check("x.json", &bytes, contract);
            prop_assert!(checked.complete || !checked.issues.is_empty());
        }
        let (_, issues) = descriptor::read(&bytes);
        prop_assert!(!issues.is_empty());
    }

    #[test]
    fn mutated_bytes_never_panic(file in any::<prop::sample::Index>(), edits in prop::collection::vec(edit(), 1..4), before_sealing in any::<bool>()) {
        let mut files = base();
        let names: Vec<String> = files.keys().cloned().collect();
        let name = file.get(&names);
        let edit = |files: &mut Files| {
            let bytes = files.get_mut(name).expect("a file of the base package");
            for (at, gone, come) in &edits {
                let start = (*at * bytes.len() as f64) as usize;
                let end = (start + gone).min(bytes.len());
                bytes.splice(start..end, come.iter().copied());
            }
        };
        if before_sealing && name != descriptor::FILE {
            edit(&mut files);
            files = sealed(files);
        } else {
            files = sealed(files);
            edit(&mut files);
        }
        read_all(&load(&files));
    }

    #[test]
    fn mutated_fields_never_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>(), odd_value()), 1..4)) {
        let mut files = base();
        for (contract, row, field, value) in changes {
            let contract = contract.get(CONTRACTS);
            let bytes = files.get_mut(&format!("{}.json", contract.name)).expect("a file of the base package");
            let mut rows: Vec<Value> = serde_json::from_slice(bytes).expect("rows");
            if rows.is_empty() {
                continue;
            }
            let row = row.index(rows.len());
            rows[row][field.get(contract.fields).name] = value;
            *bytes = serde_json::to_vec(&rows).expect("JSON");
        }
        let package = load(&sealed(files));
        read_all(&package);
    }

    #[test]
    fn mutated_descriptors_never_panic(resource in 0usize..19, field in any::<prop::sample::Index>(), value in odd_value()) {
        let mut files = sealed(base());
        let mut package: Value = serde_json::from_slice(&files[descriptor::FILE]).expect("JSON");
        let field = field.get(&["name", "path", "hash", "size_bytes", "schema", "type"]);
        package["resources"][resource][*field] = value;
        files.insert(descriptor::FILE.to_owned(), package.to_string().into_bytes());
        read_all(&load(&files));
    }
}

/// Everything that a reading keeps, as one text.
fn told(checked: &record::Checked, fields: &[&str]) -> String {
    let rows = checked.records().into_iter().map(|row| (row.row, fields.iter().map(|field| row.plain(field)).collect::<Vec<_>>()));
    format!("{} rows, complete: {}, {:?}\n{:#?}", checked.rows, checked.complete, checked.issues, rows.collect::<Vec<_>>())
}

#[test]
fn a_file_that_comes_in_pieces_is_read_as_one_that_comes_whole() {
    let mut files = 0;
    let mut check = |bytes: &[u8], resource: &str| {
        let contract = contract(resource).unwrap();
        let fields: Vec<&str> = contract.fields.iter().map(|field| field.name).collect();
        let mut whole = record::check("x.json", bytes, contract);
        for size in [1, 2, 3, 7, 100, 4096, usize::MAX] {
            let mut stream = stream::Stream::new("x.json", contract);
            bytes.chunks(size).for_each(|piece| stream.push(piece));
            let mut pieces = stream.end();
            if !whole.complete {
                // Nothing of it is used, so what was wrong with the rows before does not matter.
                [&mut pieces, &mut whole].into_iter().for_each(|one| {
                    one.issues.retain(|issue| issue.row.is_none());
                    one.rows = 0;
                });
            }
            // Of several reasons why a whole file cannot be read, pieces meet the first: a list is none at its first byte.
            if let ([one], [other]) = (&mut pieces.issues[..], &whole.issues[..])
                && matches!((one.code, other.code), (Code::NotArray, Code::NotJson) | (Code::NotJson, Code::NotUtf8))
            {
                *one = other.clone();
            }
            assert_eq!(
                told(&pieces, &fields),
                told(&whole, &fields),
                "{resource} in pieces of {size}: {:.200}",
                String::from_utf8_lossy(bytes)
            );
        }
        files += 1;
    };
    for case in cases() {
        for (name, bytes) in &case.files {
            if let Some(resource) = name.strip_suffix(".json").filter(|name| contract(name).is_some()) {
                check(bytes, resource);
            }
        }
    }
    for text in [
        "",
        " ",
        "[",
        "]",
        "[]",
        " [ ] ",
        "[],",
        "[]x",
        "[,]",
        "[{},]",
        "[{}",
        "[{}}]",
        "[\"a",
        "[1 2]",
        "[\"]\", \"\\\"\", \"\\\\\"]",
        "{}",
        "true",
        "nul",
        "<html>",
        "[[]]",
        "[[\"id\"]]",
        "[[\"id\",\"name_en\",\"name_uk\"],[\"a\",\"b\",\"c\"]]",
        "[{\"id\": \"\\u0061\", \"name_en\": \"b]\", \"name_uk\": \"c,\"}]",
        "[\n {\"id\": \"a\"\n  \"name_en\": 1}\n]",
        "[{\"id\":\"a\",\"name_en\":\"a\",\"name_uk\":\"б\"},\n\n null]",
    ] {
        check(text.as_bytes(), "sectors");
        check(&[b"\xef\xbb\xbf", text.as_bytes()].concat(), "sectors");
    }
    check(b"[{\"id\": \"a\xff\"}]", "sectors");
    check(b"\xff[]", "sectors");
    for bytes in [&b"\x0c\xbb\xbf[]"[..], b"\x0c[]", b"[\x0c]", b"[]\x0c", b" \xef\xbb\xbf[]"] {
        check(bytes, "sectors");
    }
    assert!(files > 1000, "only {files} files were read");
}
