//! `impact import xlsx`: files that two other programs have made (`tests/fixtures/sheets/make.py`).

use crate::bench::{Ran, package, rows, run, scratch};
use crate::snapshot;
use diaspora_impact::data::package::load_folder;
use diaspora_impact::data::zip::zip;
use diaspora_impact::model::lang::Lang;
use diaspora_impact::text::Text;
use diaspora_impact::tool::mapping::Mapping;
use diaspora_impact::tool::sheet::{self, Part};
use diaspora_impact::tool::table;
use std::path::{Path, PathBuf};

const TEXT: Text = Text { lang: Lang::En };
const SET: &str = "[set]\nseries = \"cost\"\nqualifier = \"exact\"\nsource = \"dataset\"\nvintage = \"2026-11\"\n";

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sheets").join(name)
}

/// Place, first and last day and value of each row, and what is told beside them; or what is wrong.
type Told = Result<(Vec<[String; 4]>, Vec<String>), Vec<String>>;

fn read(name: &str, part: Part, toml: &str) -> Told {
    let mapping = Mapping::read("mapping.toml", &format!("{SET}{toml}"), TEXT).unwrap();
    let (cells, notes) = sheet::read(&std::fs::read(file(name)).unwrap(), part, &mapping, TEXT)?;
    static BASE: std::sync::OnceLock<PathBuf> = std::sync::OnceLock::new();
    let all = table::rows(cells, &mapping, &load_folder(BASE.get_or_init(|| package("sheet-base", |_| {}))), TEXT)?;
    let cell = |row: &table::Read, field: &str| row.row[field].to_string().replace('"', "");
    Ok((all.iter().map(|row| ["place", "period_start", "period_end", "value"].map(|field| cell(row, field))).collect(), notes))
}

#[track_caller]
fn gives(told: Told, expected: &[[&str; 4]]) -> Vec<String> {
    let (rows, notes) = told.unwrap();
    assert_eq!(rows, expected);
    notes
}

#[track_caller]
fn refuses(told: Told, expected: &[&str]) {
    let told = told.unwrap_err();
    let as_expected = told.len() == expected.len() && told.iter().zip(expected).all(|(told, part)| told.contains(part));
    assert!(as_expected, "expected {expected:?}, got {told:#?}");
}

const WIDE: &str = "[columns]\nplace = \"Країна\"\n[wide]\nfield = \"period\"\n[missing]\n\"..\" = \"not_published\"\n";
const SHOWN: Part = Part { sheet: Some("Показники"), header: Some(3) };

#[test]
fn values_are_taken_as_they_are_stored() {
    let all = |sum: &str, long: &str| {
        [
            ["UKR", "2021", "5"],
            ["UKR", "2022", "5.25"],
            ["UKR", "2023", sum],
            ["POL", "2021", "12"],
            ["POL", "2022", "null"],
            ["POL", "2023", long],
        ]
        .map(|[place, year, value]| [place.to_owned(), format!("{year}-01-01"), format!("{year}-12-31"), value.to_owned()])
    };
    let (rows, notes) = read("figures.xlsx", SHOWN, WIDE).unwrap();
    assert_eq!(rows, all("0.30000000000000004", "90.59761521962633"));
    let told = "2 numbers have more digits than a spreadsheet shows (D4 0.30000000000000004, D5 90.59761521962633).";
    assert!(notes.len() == 1 && notes[0].starts_with(told), "{notes:?}");
    // As the sheet shows it, also where the mapping speaks of commas: that is how texts are written.
    let shown = read("figures.xlsx", SHOWN, &format!("{WIDE}[numbers]\ndigits = 15\ndecimal = \",\"\nthousands = \".\"\n")).unwrap();
    assert_eq!(shown, (all("0.3", "90.5976152196263").to_vec(), vec![]));
}

#[test]
fn which_sheet_and_which_row_is_never_guessed() {
    let part = |sheet, header| Part { sheet, header };
    refuses(read("figures.xlsx", Part::default(), WIDE), &["--sheet with one of Показники, Notes, Old"]);
    refuses(read("figures.xlsx", part(Some("Sheet1"), None), WIDE), &["no worksheet “Sheet1”. It has: Показники, Notes, Old"]);
    refuses(read("figures.xlsx", part(Some("Показники"), Some(2)), WIDE), &["The row 2 of the worksheet “Показники” is empty"]);
    refuses(
        read("figures.xlsx", part(Some("Показники"), None), WIDE),
        &["no column “Країна”. It has: Частка, за роками.", "No column’s heading", "Nothing says the place"],
    );
    refuses(read("figures.xlsx", part(Some("Old"), None), WIDE), &["is empty"]);
    refuses(sheet::read(b"PK\x03\x04 no book", Part::default(), &Mapping::default(), TEXT).map(|_| (vec![], vec![])), &["cannot be read"]);
}

#[test]
fn what_dates_and_percentages_mean_is_asked_for() {
    let read = |toml: &str| read("months.xlsx", Part::default(), toml);
    let unclear = "All dates are first days of a month (B2 2023-01-01, B3 2023-02-01)";
    refuses(read(""), &[unclear]);
    refuses(read("[dates]\nare = \"month\"\n"), &["line 2: “7%” is a share of a hundred", "line 3: “12.5%”"]);
    let percent = "[numbers]\npercent = 100\n[dates]\nare = ";
    gives(read(&format!("{percent}\"month\"")), &[["UKR", "2023-01-01", "2023-01-31", "7"], ["UKR", "2023-02-01", "2023-02-28", "12.5"]]);
    gives(read(&format!("{percent}\"day\"")), &[["UKR", "2023-01-01", "2023-01-01", "7"], ["UKR", "2023-02-01", "2023-02-01", "12.5"]]);
    let whole = "[numbers]\npercent = 1\n[dates]\nare = ";
    gives(
        read(&format!("{whole}\"quarter\"")),
        &[["UKR", "2023-01-01", "2023-03-31", "0.07"], ["UKR", "2023-01-01", "2023-03-31", "0.125"]],
    );
    gives(read(&format!("{whole}\"year\"")), &[["UKR", "2023-01-01", "2023-12-31", "0.07"], ["UKR", "2023-01-01", "2023-12-31", "0.125"]]);
    let told = Mapping::read("m.toml", "[dates]\nare = \"week\"\n", TEXT).unwrap_err();
    assert!(told.contains("are = “week” is not known"), "{told}");
}

#[test]
fn both_calendars_of_spreadsheets_are_read() {
    let told = read("calendar.xlsx", Part::default(), "");
    refuses(told, &["line 3: “2024-02-29T12:30:00” is no period"]);
    let told = read("calendar.xlsx", Part::default(), "[dates]\nare = \"month\"\n");
    gives(told, &[["UKR", "2024-02-01", "2024-02-29", "1"], ["UKR", "2024-02-01", "2024-02-29", "2"]]);
}

#[test]
fn what_is_no_value_is_told_with_its_row() {
    let errors = [
        "line 2: The cell holds the error #DIV/0!",
        "line 3: The cell holds the error #N/A",
        "line 5: “много” is no number",
        "line 6: The cell of the value is empty",
    ];
    refuses(read("errors.xlsx", Part::default(), ""), &errors);
    let known = "[missing]\n\"#DIV/0!\" = \"skip\"\n\"#N/A\" = \"not_published\"\n\"много\" = \"not_found\"\n\"\" = \"skip\"\n";
    let rows = [["UKR", "2022", "null"], ["UKR", "2023", "2"], ["UKR", "2024", "null"]]
        .map(|[place, year, value]| [place.to_owned(), format!("{year}-01-01"), format!("{year}-12-31"), value.to_owned()]);
    assert_eq!(read("errors.xlsx", Part::default(), known).unwrap().0, rows);
    refuses(read("unsaved.xlsx", Part::default(), ""), &["line 2: The cell holds the formula =1+1, but no value was saved"]);
    refuses(read("merged.xlsx", Part::default(), ""), &["The cells A3:A4 are merged"]);
}

fn import(name: &str, lang: &str, map: &str, more: &[&str]) -> Ran {
    let _ = std::fs::remove_dir_all(scratch().join("sheet-out"));
    let path = file(name);
    let args = ["--lang", lang, "import", "xlsx", path.to_str().unwrap(), "--into", "sheet", "--out", "sheet-out", "--map", map];
    run(&[&args[..], more].concat())
}

#[test]
fn a_spreadsheet_becomes_rows_of_a_new_folder() {
    package("sheet", |_| {});
    std::fs::write(scratch().join("sheet.toml"), format!("{SET}{WIDE}")).unwrap();
    std::fs::write(scratch().join("sheet-errors.toml"), SET).unwrap();
    for lang in ["en", "uk"] {
        snapshot(
            &format!("import-xlsx.{lang}"),
            &import("figures.xlsx", lang, "sheet.toml", &["--sheet", "Показники", "--header-row", "3"]).shown(),
        );
        let all = rows(&scratch().join("sheet-out"), "observations-remittances");
        assert!(all.iter().any(|row| row["value"] == 90.59761521962633), "{all:#?}");
        snapshot(&format!("import-xlsx-errors.{lang}"), &import("errors.xlsx", lang, "sheet-errors.toml", &[]).shown());
        snapshot(&format!("help-import-xlsx.{lang}"), &run(&["--lang", lang, "import", "xlsx", "--help"]).shown());
    }
    let answer = import("figures.xlsx", "en", "sheet.toml", &["--sheet", "Показники", "--header-row", "3", "--json"]).json();
    assert_eq!((answer["counts"]["added"].as_u64(), answer["notes"].as_array().map(Vec::len)), (Some(6), Some(1)), "{answer:#}");
}

/// The smallest file that spreadsheet programs open, with these cells.
fn book(cells: &str) -> Vec<u8> {
    let part = |name: &str, text: String| (name.to_owned(), format!("<?xml version=\"1.0\"?>{text}").into_bytes());
    let of = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    let link = |to: &str, kind: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{to}\"/></Relationships>"
        )
    };
    zip(&[
        part("_rels/.rels", link("xl/workbook.xml", "officeDocument")),
        part("xl/workbook.xml", format!("<workbook {of}><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>")),
        part("xl/_rels/workbook.xml.rels", link("worksheets/sheet1.xml", "worksheet")),
        part("xl/worksheets/sheet1.xml", format!("<worksheet {of}><sheetData>{cells}</sheetData></worksheet>")),
    ])
}

/// A file of others may hold anything; a cell in the last corner must not ask for all between.
#[test]
fn odd_files_are_refused_or_read_and_nothing_panics() {
    let told =
        |bytes: &[u8]| sheet::read(bytes, Part::default(), &Mapping::default(), TEXT).map(|(cells, _)| (cells.headings, cells.records));
    let head = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>place</t></is></c></row>";
    let plain = told(&book(&format!("{head}<row r=\"3\"><c r=\"A3\"><v>1e3</v></c></row>"))).unwrap();
    assert_eq!(plain, (vec!["place".to_owned()], vec![(3, vec!["1000".to_owned()])]));
    for cells in [
        "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>",
        "<row r=\"2\"><c r=\"A0\"><v>1</v></c></row>",
        "<row r=\"0\"><c><v>1</v></c></row>",
        "<row r=\"-1\"><c r=\"\"><v>1</v></c></row>",
        "<row r=\"99999999999\"><c r=\"ZZZZZZZ9999999999\"><v>1</v></c></row>",
        "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>7</v></c><c r=\"B2\" t=\"s\"><v>-1</v></c></row>",
        "<row r=\"2\"><c r=\"A2\" s=\"99\"><v>1</v></c></row>",
        "<row r=\"2\"><c r=\"A2\"><v>NaN</v></c><c r=\"B2\"><v>1e999</v></c><c r=\"C2\"><v>many</v></c></row>",
        "<row r=\"2\"><c r=\"A2\" t=\"e\"><v>#WHAT?</v></c></row>",
        "<row r=\"2\"><c r=\"A2\" t=\"d\"><v>0000-99-99</v></c></row>",
        "<row r=\"2\"><c r=\"A2\"><f t=\"shared\" si=\"9\"/></c></row>",
        "<row r=\"2\"><c r=\"A2\"><v>1",
        "</sheetData>",
        "&what;",
    ] {
        let _ = told(&book(&format!("{head}{cells}")));
    }
    let whole = std::fs::read(file("errors.xlsx")).unwrap();
    for at in 0..whole.len() {
        let _ = told(&whole[..at]);
        let mut other = whole.clone();
        other[at] ^= 0x55;
        let _ = told(&other);
    }
}
