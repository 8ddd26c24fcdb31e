//! `impact import`: CSV of others, saved answers of two interfaces, and our own CSV back again.

use crate::bench::{command, empty, files, package, rows, run, scratch};
use crate::common;
use crate::{snapshot, snapshots};
use diaspora_impact::data::contract::contract;
use diaspora_impact::data::package::{Package, load_folder};
use diaspora_impact::model::dataset::Fact;
use diaspora_impact::model::decimal::decimal;
use diaspora_impact::model::lang::Lang;
use diaspora_impact::text::Text;
use diaspora_impact::tool::mapping::Mapping;
use diaspora_impact::tool::merge::{Counts, Tables, merge};
use diaspora_impact::tool::{normal, saved, table};
use diaspora_impact::view::behind::behind;
use diaspora_impact::view::download;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const TEXT: Text = Text { lang: Lang::En };

fn write(name: &str, text: &str) {
    std::fs::write(scratch().join(name), text).unwrap();
}

const TIDY: &str = "Country,Year,People\nUkraine,2024,\"3,200,000\"\nПольща,2024,\"12,000\"\nUkraine,2025,..\n";
const TIDY_MAP: &str = r#"
[set]
series = "reached"
qualifier = "rounded"
source = "report"
vintage = "2025-02"

[columns]
place = "Country"
period = "Year"
value = "People"

[numbers]
thousands = ","

[missing]
".." = "not_published"
"#;

#[test]
fn a_tidy_file_becomes_rows_of_a_new_folder() {
    let folder = package("import-tidy", |_| {});
    let before = files(&folder, "");
    write("tidy.csv", TIDY);
    write("tidy.toml", TIDY_MAP);
    let _ = std::fs::remove_dir_all(scratch().join("import-tidy-out"));
    let args = ["import", "csv", "tidy.csv", "--map", "tidy.toml", "--into", "import-tidy", "--out", "import-tidy-out"];
    for lang in ["en", "uk"] {
        let _ = std::fs::remove_dir_all(scratch().join("import-tidy-out"));
        snapshot(&format!("import-tidy.{lang}"), &run(&[&["--lang", lang], &args[..]].concat()).shown());
    }
    assert_eq!(files(&folder, ""), before, "the package itself has changed");
    let all = rows(&scratch().join("import-tidy-out"), "observations-people");
    let new = &all[all.len() - 3];
    assert_eq!((&new["place"], &new["period_start"], &new["value"]), (&json!("UKR"), &json!("2024-01-01"), &json!(3_200_000)));
    let ran = run(&args);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("exists already"), "{}", ran.err);
    let ran = run(&["import", "csv", "tidy.csv", "--map", "tidy.toml", "--into", "import-tidy-out", "--json"]);
    assert_eq!((ran.code, &ran.json()["folder"], &ran.json()["counts"]["unchanged"]), (0, &Value::Null, &json!(3)));
}

#[test]
fn without_another_name_the_folder_has_the_new_version_in_its_name() {
    empty("import-beside");
    let folder = package("import-beside/data", |_| {});
    write("import-beside/tidy.csv", TIDY);
    write("import-beside/tidy.toml", TIDY_MAP);
    let mut program = command();
    program.current_dir(&folder).args(["import", "csv", "../tidy.csv", "--map", "../tidy.toml", "--into", "datapackage.json", "--json"]);
    let answer: Value = serde_json::from_slice(&program.output().unwrap().stdout).unwrap();
    let version = answer["diff"]["new"]["version"].as_str().unwrap();
    assert!(scratch().join(format!("import-beside/data-{version}/datapackage.json")).is_file(), "{}", answer["folder"]);
    assert_eq!(std::fs::read_dir(scratch().join("import-beside")).unwrap().count(), 4, "something is left behind");
}

/// What a file gives, or what is wrong with it.
#[track_caller]
fn read(csv: &str, toml: &str) -> Result<Vec<Map<String, Value>>, Vec<String>> {
    let mapping = Mapping::read("mapping.toml", toml, TEXT).map_err(|reason| vec![reason])?;
    let package = load_folder(&base());
    table::read(csv.as_bytes(), &mapping, &package, TEXT).map(|all| all.into_iter().map(|one| one.row).collect())
}

/// The base package sealed, once for all tests.
fn base() -> std::path::PathBuf {
    static ONCE: std::sync::OnceLock<std::path::PathBuf> = std::sync::OnceLock::new();
    ONCE.get_or_init(|| package("import-base", |_| {})).clone()
}

#[test]
fn wide_files_and_tags_are_understood() {
    #[track_caller]
    fn check(csv: &str, toml: &str, expected: &[[&str; 4]]) {
        let all = read(csv, toml).unwrap();
        let cell =
            |row: &Map<String, Value>, field: &str| row.get(field).map(|value| value.to_string().replace('"', "")).unwrap_or_default();
        let told: Vec<[String; 4]> =
            all.iter().map(|row| ["place", "period_start", "period_end", "value"].map(|field| cell(row, field))).collect();
        assert_eq!(told, expected, "{csv}");
    }
    let set = "[set]\nseries = \"cost\"\nqualifier = \"exact\"\nsource = \"dataset\"\n";
    check(
        "Place;2022;2023;remark\nUKR;5,5;..\nPOL;1.000,25;7\n"
            .replace("remark\nUKR;5,5;..", "remark\nUKR;5,5;..;a")
            .replace(";7\n", ";7;b\n")
            .as_str(),
        &format!(
            "{set}[columns]\nplace = \"Place\"\n[wide]\nfield = \"period\"\n[numbers]\ndecimal = \",\"\nthousands = \".\"\n[missing]\n\"..\" = \"skip\""
        ),
        &[
            ["UKR", "2022-01-01", "2022-12-31", "5.5"],
            ["POL", "2022-01-01", "2022-12-31", "1000.25"],
            ["POL", "2023-01-01", "2023-12-31", "7"],
        ],
    );
    check(
        "year,Ukraine,Poland\n2022-Q1,1,2\n",
        &format!("{set}[columns]\nperiod = \"year\"\n[wide]\nfield = \"place\"\ncolumns = [\"Ukraine\", \"Poland\"]"),
        &[["UKR", "2022-01-01", "2022-03-31", "1"], ["POL", "2022-01-01", "2022-03-31", "2"]],
    );
    // The tags say all that the headings do not.
    check(
        "Pays,Année,Frais\n#country +v_iso3 +code,#date +year,#indicator +num +value\nUKR,2023,4.5\n",
        set,
        &[["UKR", "2023-01-01", "2023-12-31", "4.5"]],
    );
    check(
        "Pays,Année,Frais\n#country+name,#date,#affected\nUkraine,2023,4.5\n",
        &format!("{set}[columns]\nplace = \"#country+name\"\nvalue = \"#affected\""),
        &[["UKR", "2023-01-01", "2023-12-31", "4.5"]],
    );
    check("place\tperiod\tvalue\nUKR\t2023-05-31\t1\n", set, &[["UKR", "2023-05-31", "2023-05-31", "1"]]);
    check(
        "where,period,value\nKyiv oblast,2023,1\n",
        &format!("{set}[columns]\nplace = \"where\"\n[codes.place]\n\"Kyiv oblast\" = \"X-ALL\""),
        &[["X-ALL", "2023-01-01", "2023-12-31", "1"]],
    );
}

#[test]
fn what_a_file_does_not_say_is_not_guessed() {
    #[track_caller]
    fn check(csv: &str, toml: &str, expected: &[&str]) {
        let told = read(csv, toml).unwrap_err();
        let as_expected = told.len() == expected.len() && told.iter().zip(expected).all(|(told, part)| told.contains(part));
        assert!(as_expected, "expected {expected:?}, got {told:#?}");
    }
    let set = "[set]\nseries = \"cost\"\nqualifier = \"exact\"\nsource = \"dataset\"\n";
    check("place,value\nUKR,1\n", "", &["the series of the rows", "the qualifier of the rows", "the source of the rows"]);
    check(
        "place,period,value\nUKR,2023,\nUKR,2022,1\nMars,2022,1\nUKR,once,1\nUKR,2022,many\n",
        set,
        &[
            "line 2: The cell of the value is empty",
            "line 4: “Mars” is no place of the package",
            "line 5: “once” is no period",
            "line 6: “many” is no number",
        ],
    );
    check("place,value\nUKR,1\n", &format!("{set}[columns]\nvalue = \"People\""), &["no column “People”"]);
    check("place,value\nUKR,1\n", &format!("{set}[wide]\nfield = \"period\""), &["No column’s heading can be read as period"]);
    check("place,value\nUKR,1\n", &format!("{set}colour = \"red\""), &["“colour” is no field of a figure"]);
    check("place,value\nUKR,1\n", &format!("{set}period = 2031\n"), &["“period” under [set] in quotes"]);
    check("place,value\nUKR,1\n", "[sett]\n", &["mapping.toml, line 1"]);
    check("place,value\nUKR,1\n", "[set]\nseries = \n", &["mapping.toml, line 2"]);
    check("place,value\nUKR\n", set, &["line 2 has 1 cells, the head 2"]);
    let whole = "[set]\nseries = \"cost\"\nqualifier = \"exact\"\nsource = \"dataset\"\n";
    check("place,period,value,value\nUKR,2023,1,2\n", whole, &["“value” is there twice"]);
    check("place,2023,2023\nUKR,1,2\n", &format!("{whole}[wide]\nfield = \"period\"\n"), &["“2023” is there twice"]);
    check("place,period,value,computed\nUKR,2023,1,yes\n", whole, &["“yes” says neither true nor false"]);
    check("place,period,value,missing\nUKR,2023,5,not_published\n", whole, &["a value and a reason"]);
    let parted = format!("{whole}[numbers]\nthousands = \",\"\n");
    check(
        "place,period,value\nUKR,2023,\"1,5\"\nUKR,2024,\"1,2345\"\nUKR,2025,\"1.5,000\"\n",
        &parted,
        &["“1,5” is no number", "“1,2345” is no number", "“1.5,000” is no number"],
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// From the cell of a file to the package, and to whoever reads that.
    #[test]
    fn no_number_loses_a_digit(number in -1e13f64..1e13, small in -10f64..10.0) {
        for number in [number, small] {
            let mapping = Mapping::read("m", "[set]\nseries = \"cost\"\nqualifier = \"exact\"\nsource = \"dataset\"\n", TEXT).unwrap();
            static PACKAGE: std::sync::OnceLock<Package> = std::sync::OnceLock::new();
            let package = PACKAGE.get_or_init(|| load_folder(&base()));
            let csv = format!("place,period,value\nUKR,2023,{number}\n");
            let rows: Vec<_> = table::read(csv.as_bytes(), &mapping, package, TEXT).unwrap().into_iter().map(|one| one.row).collect();
            let written = normal::table(contract("observations-remittances").unwrap(), "[]", &rows);
            let read: Vec<Value> = serde_json::from_str(&written).unwrap();
            prop_assert_eq!(read[0]["value"].as_f64(), Some(number), "{}", written);
            prop_assert_eq!(decimal(number).parse::<f64>(), Ok(number));
        }
    }
}

fn tables() -> Tables {
    let folder = base();
    let names = ["sources", "series", "observations-people", "observations-remittances"];
    let all = |name: &str| rows(&folder, name).into_iter().map(|row| row.as_object().unwrap().clone()).collect();
    names.into_iter().map(|name| (name.to_owned(), all(name))).collect()
}

/// The figure of the base package that is nearly three million, with changes.
fn figure(changes: Value) -> table::Read {
    let mut row = tables()["observations-people"][1].clone();
    row.extend(changes.as_object().unwrap().clone());
    table::Read { row, note: None, line: 7 }
}

#[test]
fn nothing_that_was_published_is_lost() {
    let counted = |changes: Value| -> (Counts, Vec<(Value, Value, Value)>) {
        let mut all = tables();
        let counts = merge(&mut all, vec![figure(changes)], TEXT).unwrap();
        let rows = all["observations-people"].iter().filter(|row| row["period_end"] == "2023-12-31" && row["sector"].is_null());
        (counts, rows.map(|row| (row["value"].clone(), row["standing"].clone(), row["source"].clone())).collect())
    };
    let known = || (json!(3_000_000), json!("current"), json!("report"));
    assert_eq!(counted(json!({})), (Counts { unchanged: 1, ..Counts::default() }, vec![known()]));
    // As a spreadsheet may write it.
    assert_eq!(counted(json!({"value": 3_000_000.0})).0, Counts { unchanged: 1, ..Counts::default() });
    let was = (json!(3_000_000), json!("superseded"), json!("report"));
    let now = (json!(3_100_000), json!("current"), json!("report"));
    assert_eq!(counted(json!({"value": 3_100_000})), (Counts { revised: 1, ..Counts::default() }, vec![was, now]));
    let older = (json!(2_900_000), json!("superseded"), json!("report"));
    let expected = (Counts { added: 1, ..Counts::default() }, vec![known(), older]);
    assert_eq!(counted(json!({"value": 2_900_000, "vintage": "1999-05"})), expected, "what was published before revises nothing");
    let again = (json!(3_000_000), json!("crosscheck"), json!("dataset"));
    assert_eq!(counted(json!({"source": "dataset"})), (Counts { confirmed: 1, ..Counts::default() }, vec![known(), again]));
    let rival = (json!(1), json!("rival"), json!("dataset"));
    assert_eq!(counted(json!({"source": "dataset", "value": 1})), (Counts { rivals: 1, ..Counts::default() }, vec![known(), rival]));
}

#[test]
fn rows_that_cannot_be_put_anywhere_are_told_with_their_line() {
    let refused = |changes: &[Value], expected: &str| {
        let told = merge(&mut tables(), changes.iter().cloned().map(figure).collect(), TEXT).unwrap_err();
        assert!(told.len() == 1 && told[0].starts_with("line 7: ") && told[0].contains(expected), "{told:#?}");
    };
    refused(&[json!({"value": 1}), json!({"value": 2})], "two values of one source");
    let mut revised = tables();
    merge(&mut revised, vec![figure(json!({"value": 1}))], TEXT).unwrap();
    let told = merge(&mut revised, vec![figure(json!({"value": 2}))], TEXT).unwrap_err();
    assert!(told[0].contains("kept as superseded already"), "{told:#?}");
    refused(&[json!({"value": 1, "vintage": null})], "when this figure was published");
    refused(&[json!({"series": "nowhere"})], "“nowhere” is not in the package");
    refused(&[json!({"source": "dataset", "value": 1}), json!({"source": "dataset", "value": 2})], "“rival” is there already");
}

/// Whatever a reader takes away of a view can be brought back: the same observations, and nothing to change.
#[test]
fn our_own_csv_gives_the_same_observations() {
    let package = common::package();
    let (mut views, mut figures) = (0, 0);
    let mut published: Tables = BTreeMap::new();
    for name in ["sources", "series", "observations-people", "observations-remittances", "observations-context", "observations-funding"] {
        let all = rows(&common::folder(), name).into_iter().map(|row| row.as_object().unwrap().clone()).collect();
        published.insert(name.to_owned(), all);
    }
    let mut by_series: BTreeMap<&str, Vec<&Map<String, Value>>> = BTreeMap::new();
    for row in published.iter().filter(|(name, _)| name.starts_with("observations-")).flat_map(|(_, rows)| rows) {
        by_series.entry(row["series"].as_str().unwrap()).or_default().push(row);
    }
    for lang in Lang::ALL {
        for def in &package.dataset.catalog.views {
            let mut facts = behind(&package.dataset, def, Text::new(lang)).facts;
            facts.retain(|fact| matches!(fact, Fact::Observation { .. }));
            if facts.is_empty() {
                continue;
            }
            let csv = download::csv(&package.dataset, &facts, lang);
            let read = table::read(csv.as_bytes(), &Mapping::default(), package, TEXT)
                .unwrap_or_else(|reasons| panic!("{}: {reasons:#?}", def.id));
            assert_eq!(read.len(), facts.len(), "{}", def.id);
            for one in &read {
                let is_it = |row: &&Map<String, Value>| -> bool {
                    let has = |(field, value): (&String, &Value)| {
                        let known = &row[field];
                        known == value || (known.is_number() && known.as_f64() == value.as_f64())
                    };
                    one.row.iter().all(has) && one.note.as_deref() == row[&format!("note_{}", lang.tag())].as_str()
                };
                let series = one.row["series"].as_str().unwrap();
                assert!(by_series[series].iter().any(is_it), "{} {}: {one:?}", def.id, lang.tag());
            }
            let mut tables = published.clone();
            let counts = merge(&mut tables, read, TEXT).unwrap();
            assert_eq!((counts, tables == published), (Counts { unchanged: facts.len() as u64, ..Counts::default() }, true), "{}", def.id);
            views += 1;
            figures += facts.len();
        }
    }
    assert!(views > 40 && figures > 3000, "{views} views, {figures} figures");
}

fn worldbank_row(iso: &str, name: &str, date: &str, value: Value) -> Value {
    json!({"indicator": {"id": "BX.TRF", "value": "Fees"}, "country": {"id": "XX", "value": name}, "countryiso3code": iso, "date": date, "value": value, "unit": "", "obs_status": "", "decimal": 0})
}

fn worldbank_page(page: u32, pages: u32, rows: &[Value]) -> String {
    json!([{"page": page, "pages": pages, "per_page": 3, "total": 6, "sourceid": "2", "lastupdated": "2026-07-13"}, rows]).to_string()
}

#[test]
fn saved_answers_of_the_world_bank_are_read() {
    package("import-worldbank", |_| {});
    let row = worldbank_row;
    let first =
        [row("UKR", "Ukraine", "2023", json!(6.5)), row("UKR", "Ukraine", "2022", Value::Null), row("UKR", "Ukraine", "2021", json!(7))];
    let second =
        [row("UKR", "Ukraine", "2020", Value::Null), row("", "All of them", "2021", json!(5)), row("KOR", "Korea, Rep.", "2021", json!(3))];
    write("wb-1.json", &worldbank_page(1, 2, &first));
    write("wb-2.json", &worldbank_page(2, 2, &second));
    write("wb.toml", "[codes.place]\n\"All of them\" = \"X-ALL\"\n");
    let of = ["--series", "cost", "--source", "dataset", "--into", "import-worldbank", "--map", "wb.toml"];
    let both = [&["import", "worldbank", "wb-2.json", "wb-1.json"], &of[..], &["--out", "import-worldbank-out"]].concat();
    for lang in ["en", "uk"] {
        let _ = std::fs::remove_dir_all(scratch().join("import-worldbank-out"));
        snapshot(&format!("import-worldbank.{lang}"), &run(&[&["--lang", lang], &both[..]].concat()).shown());
    }
    let all = rows(&scratch().join("import-worldbank-out"), "observations-remittances");
    let gap = all.iter().find(|row| row["period_end"] == "2022-12-31" && row["counterpart"].is_null()).unwrap();
    assert_eq!((&gap["value"], &gap["missing"], &gap["vintage"]), (&Value::Null, &json!("not_published"), &json!("2026-07-13")));
    // A number that 64 bits hold, and that a quick reader misses by its last digit.
    write("wb-exact.json", &worldbank_page(1, 1, &first).replace("\"value\":7}", "\"value\":90.59761521962633}"));
    let _ = std::fs::remove_dir_all(scratch().join("import-worldbank-exact"));
    run(&[&["import", "worldbank", "wb-exact.json", "--out", "import-worldbank-exact"], &of[..]].concat());
    let written = std::fs::read_to_string(scratch().join("import-worldbank-exact/observations-remittances.json")).unwrap();
    assert!(written.contains("\"value\": 90.597615219626330,"), "the last digit is lost");
    let refused = |name: &str, text: &str, expected: &str| {
        write(name, text);
        let ran = run(&[&["import", "worldbank", name], &of[..]].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains(expected), "{}", ran.err);
    };
    let twice = [row("UKR", "Ukraine", "2023", json!(6.5)), row("UKR", "Ukraine", "2023", json!(7))];
    refused("wb-twice.json", &worldbank_page(1, 1, &twice), "another value before");
    refused("wb-words.json", &worldbank_page(1, 1, &[row("UKR", "Ukraine", "2023", json!("1,234"))]), "\"1,234\" is no number");
    refused("wb-shape.json", "[1, 2]", "wb-shape.json");
    write("wb-newer.json", &worldbank_page(2, 2, &second).replace("2026-07-13", "2026-08-01"));
    let ran = run(&[&["import", "worldbank", "wb-1.json", "wb-newer.json"], &of[..]].concat());
    assert!(ran.code == 2 && ran.err.contains("of another release"), "{}", ran.err);
    refused("wb-one-page.json", &worldbank_page(1, 2, &first), "missing: 2");
    refused(
        "wb-refusal.json",
        r#"[{"message": [{"id": "120", "key": "Invalid value", "value": "The indicator was not found."}]}]"#,
        "The indicator was not found.",
    );
    refused("wb-object.json", "{}", "is no answer");
    refused("wb-cut.json", "[{", "is no JSON at line:column 1:2");
    let mut other = row("UKR", "Ukraine", "2023", json!(1));
    other["indicator"]["id"] = json!("OTHER");
    refused("wb-two.json", &worldbank_page(1, 1, &[first[0].clone(), other]), "several indicators (BX.TRF, OTHER)");
}

#[test]
fn saved_answers_of_unhcr_are_read() {
    let package = common::package();
    let item = |year: u32, asylum: &str, refugees: Value| json!({"year": year, "coo_iso": "UKR", "coo_name": "Ukraine", "coa_iso": asylum, "coa_name": asylum, "refugees": refugees, "idps": "-"});
    let page = |items: &[Value]| json!({"page": 1, "maxPages": 1, "total": [], "items": items}).to_string().into_bytes();
    let mapping = Mapping::read("m", "[set]\nvintage = \"2026-06\"\n", TEXT).unwrap();
    let asked = saved::Asked { series: "unhcr-refugees-yearend", source: "UNHCR_PSD", mapping: &mapping, package };
    let read = |items: &[Value], measure: &str, of_origin: bool| {
        saved::unhcr(&[("u.json".to_owned(), page(items))], measure, of_origin, &asked, TEXT)
    };
    let items =
        [item(2024, "POL", json!(988_000)), item(2024, "MDA", json!("120000")), item(2023, "DEU", json!("-")), item(2023, "-", json!(4))];
    let answer = read(&items, "refugees", false).unwrap();
    let told: Vec<_> =
        answer.rows.iter().map(|one| (one.row["place"].clone(), one.row["period_start"].clone(), one.row["value"].clone())).collect();
    assert_eq!(told, [(json!("POL"), json!("2024-12-31"), json!(988_000)), (json!("MDA"), json!("2024-12-31"), json!(120_000))]);
    assert_eq!(answer.rows[0].row["vintage"], "2026-06");
    assert_eq!(answer.left_out, ["1 row without a value", "places that the package does not know: -"]);
    let refused = |outcome: Result<saved::Answer, String>, expected: &str| {
        assert!(outcome.as_ref().is_err_and(|told| told.contains(expected)), "{outcome:?}")
    };
    refused(read(&items, "refugees", true), "several countries on the other side (-, DEU, MDA, POL)");
    refused(read(&items, "stateless", false), "no field “stateless”");
    refused(saved::unhcr(&[("u.json".to_owned(), b"[]".to_vec())], "refugees", false, &asked, TEXT), "is no answer");
}

#[test]
fn help_of_every_import_is_in_both_languages() {
    for what in ["csv", "worldbank", "unhcr"] {
        snapshots(&format!("help-import-{what}"), &["import", what, "--help"]);
    }
}
