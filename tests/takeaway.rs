//! What is taken away of a view: its files, citations and what catalogues read, as the build writes them.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{folder, package};
use diaspora_impact::data::fragment::Raw;
use diaspora_impact::data::package::load;
use diaspora_impact::html::Site;
use diaspora_impact::html::takeaway::{self, FILES, Published, Takeaway};
use diaspora_impact::model::lang::Lang;
use diaspora_impact::model::words::ViewKind;
use diaspora_impact::state::defaults;
use diaspora_impact::text::Text;
use diaspora_impact::view;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::sync::OnceLock;

fn inflated(bytes: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    flate2::read::DeflateDecoder::new(bytes).read_to_end(&mut content).unwrap();
    content
}

fn raw() -> &'static Raw {
    static RAW: OnceLock<Raw> = OnceLock::new();
    RAW.get_or_init(|| Raw::load(&package().descriptor, &|path| std::fs::read(folder().join(path)).map_err(|error| error.to_string())))
}

/// Runs `check` on each view in each language, as published at `origin`.
fn each(origin: &str, check: &dyn Fn(&Takeaway, &str)) {
    for lang in Lang::ALL {
        let site = Site { text: Text::new(lang), base: "/sub/".into() };
        let all = Published { site: &site, package: package(), raw: raw(), origin, kept: &[] };
        for def in &package().dataset.catalog.views {
            check(&all.view(def), &format!("{} {}", lang.tag(), def.id));
        }
    }
}

fn text(view: &Takeaway, end: &str) -> String {
    String::from_utf8(view.file(end).unwrap()).unwrap()
}

/// Rows of a published file.
fn published(name: &str) -> Vec<Value> {
    serde_json::from_slice(&std::fs::read(folder().join(format!("{name}.json"))).unwrap()).unwrap()
}

/// The entries of an archive, read as any other program would: from the directory at its end, each with size and checksum.
fn unzip(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let number = |at: usize, length: usize| bytes[at..at + length].iter().rev().fold(0usize, |sum, byte| sum << 8 | usize::from(*byte));
    let crc = |bytes: &[u8]| {
        !bytes
            .iter()
            .fold(!0u32, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| crc >> 1 ^ (0xedb8_8320 & (crc & 1).wrapping_neg())))
    };
    let end = bytes.len() - 22;
    assert_eq!(number(end, 4), 0x0605_4b50);
    let (count, mut at) = (number(end + 10, 2), number(end + 16, 4));
    let mut entries = BTreeMap::new();
    for _ in 0..count {
        assert_eq!(number(at, 4), 0x0201_4b50);
        let (packed, whole, name, start) = (number(at + 20, 4), number(at + 24, 4), number(at + 28, 2), number(at + 42, 4));
        let name = String::from_utf8(bytes[at + 46..at + 46 + name].to_vec()).unwrap();
        assert_eq!(bytes[at + 6..at + 30], bytes[start + 4..start + 28], "{name}: both headers agree");
        let content = start + 30 + name.len();
        let content = inflated(&bytes[content..content + packed]);
        assert_eq!((content.len(), crc(&content) as usize), (whole, number(at + 16, 4)), "{name}");
        at += 46 + name.len();
        assert!(entries.insert(name, content).is_none());
    }
    assert_eq!(at, end);
    entries
}

#[test]
fn files_are_the_same_whenever_they_are_made() {
    each("", &|view, name| {
        for end in FILES {
            let once = view.file(end).unwrap();
            assert!(!once.is_empty() && once == view.file(end).unwrap(), "{name}.{end}");
        }
    });
    each("", &|view, name| assert!(view.file("exe").is_err(), "{name}"));
}

#[test]
fn everything_behind_a_view_is_there() {
    each("", &|view, name| {
        let def = view.def;
        let count = |name: &str| published(name).len();
        let expected = match def.kind {
            ViewKind::Organisations => {
                let figures = published("organisation-figures");
                let has_none = |row: &&Value| !figures.iter().any(|figure| figure["organisation"] == row["id"]);
                figures.len() + published("organisations").iter().filter(has_none).count()
            }
            ViewKind::Events => count("events") + count("agreements"),
            kind if kind.draws_records() => count("agreements"),
            _ => {
                let catalog = &package().dataset.catalog;
                let series: Vec<_> = def.series.iter().chain(&def.marks).filter_map(|&ix| catalog.series.get(ix)).collect();
                let ids: BTreeSet<&str> = series.iter().map(|series| series.id.as_str()).collect();
                let topics: BTreeSet<&str> = series.iter().map(|series| series.topic.id()).collect();
                let rows = topics.iter().flat_map(|topic| published(&format!("observations-{topic}")));
                rows.filter(|row| ids.contains(row["series"].as_str().unwrap())).count()
            }
        };
        let json: Value = serde_json::from_str(&text(view, "json")).unwrap();
        let rows = json["rows"].as_array().unwrap();
        assert!(expected > 0 && rows.len() == expected, "{name}: {} of {expected}", rows.len());
        let csv = text(view, "csv");
        assert_eq!(csv.starts_with('\u{feff}'), name.starts_with("uk"), "{name}: only Ukrainian files bear the mark");
        assert_eq!(csv.matches("\r\n").count(), expected + 1, "{name}");
        assert!(csv.trim_start_matches('\u{feff}').starts_with(['s', 'i', 'o', 'r']), "{name}: the first column names the row");
        let shown = view::figure(&package().dataset, def, &view::default_state(def), Text::new(Lang::En)).facts;
        assert!(shown.iter().all(|fact| view.behind.facts.contains(fact) || fact.token().starts_with("count.")), "{name}");
        for row in rows {
            assert!(row["value"].is_null() || row["value"].is_number(), "{name}: {row}");
            assert!(row["source_publisher"].is_string() && row["licence"].is_string(), "{name}: {row}");
        }
        for part in ["citation", "limits", "licences", "series", "sources", "date", "version"] {
            assert!(!json[part].is_null(), "{name}: {part}");
        }
    });
}

#[test]
fn an_archive_explains_itself_and_is_a_sound_package() {
    each("https://example.org", &|view, name| {
        let id = &view.def.id;
        let entries = unzip(&view.file("zip").unwrap());
        for end in ["csv", "bib", "ris"] {
            assert!(entries[&format!("{id}.{end}")] == view.file(end).unwrap(), "{name}.{end}");
        }
        let readme = String::from_utf8(entries["README.md"].clone()).unwrap();
        assert!(readme.contains(&format!("<https://example.org/sub/{}view/{id}>", if name.starts_with("uk") { "uk/" } else { "" })));
        for publisher in &view.behind.publishers {
            assert!(readme.contains(publisher), "{name}: {publisher}");
        }
        for definition in &view.behind.definitions {
            assert!(readme.contains(&definition.definition) && readme.contains(&definition.silent), "{name}: {}", definition.id);
        }
        for sentence in &view.behind.limits {
            assert!(readme.contains(sentence), "{name}: {sentence}");
        }
        for licence in &view.behind.licences {
            assert!(readme.contains(&format!("`{}`: ", licence.id())), "{name}: {}", licence.id());
        }
        assert!(!readme.contains("-column."), "{name}: each column is explained");
        let read = |path: &str| entries.get(path).cloned().ok_or_else(|| path.to_owned());
        let mut fragment = load(&read, &[]);
        fragment.issues.extend(defaults::check(&fragment));
        assert!(fragment.issues.is_empty(), "{name}: {:?}", fragment.issues);
        assert_eq!(fragment.dataset.catalog.views.len(), 1, "{name}");
        // The same chart can be drawn from it alone.
        let draw = |dataset| view::figure(dataset, view.def, &view::default_state(view.def), Text::new(Lang::En)).summary;
        let def = fragment.dataset.catalog.views.first().unwrap();
        let alone = view::figure(&fragment.dataset, def, &view::default_state(def), Text::new(Lang::En)).summary;
        assert_eq!(alone, draw(&package().dataset), "{name}");
        let descriptor: Value = serde_json::from_slice(&entries["datapackage.json"]).unwrap();
        assert_eq!(descriptor["part_of"], "diaspora-impact");
        assert_eq!(entries.len(), descriptor["resources"].as_array().unwrap().len() + 4, "{name}: no file that nothing names");
    });
}

/// A part lists only what has rows; a whole package lists everything.
#[test]
fn only_a_part_may_leave_resources_out() {
    each("", &|view, name| {
        let mut entries = unzip(&view.file("zip").unwrap());
        let whole = String::from_utf8(entries["datapackage.json"].clone()).unwrap().replace("\"part_of\"", "\"part\"");
        entries.insert("datapackage.json".to_owned(), whole.into_bytes());
        let issues = load(&|path| entries.get(path).cloned().ok_or_else(|| path.to_owned()), &[]).issues;
        assert!(issues.iter().any(|issue| issue.code.id() == "missing-resource"), "{name}");
    });
}

#[test]
fn citations_name_the_publishers_first() {
    each("https://example.org", &|view, name| {
        let publishers = &view.behind.publishers;
        let bib = text(view, "bib");
        let depth = bib.replace("\\{", "").replace("\\}", "").chars().fold(0i32, |depth, c| {
            assert!(depth >= 0, "{name}: {bib}");
            depth + i32::from(c == '{') - i32::from(c == '}')
        });
        assert_eq!(depth, 0, "{name}: {bib}");
        assert!(bib.starts_with("@misc{diaspora-impact-") && bib.ends_with("\n}\n"), "{name}: {bib}");
        let fields: Vec<(&str, &str)> = bib.lines().filter_map(|line| line.trim().trim_end_matches(',').split_once(" = ")).collect();
        assert_eq!(
            fields.iter().map(|(field, _)| *field).collect::<Vec<_>>(),
            ["author", "title", "year", "howpublished", "url"],
            "{name}"
        );
        assert!(fields.iter().all(|(_, value)| value.starts_with('{') && value.ends_with('}')), "{name}: {bib}");
        assert_eq!(fields[0].1.matches("} and {").count() + 1, publishers.len(), "{name}");
        assert_eq!(fields[2].1, "{2026}");

        let ris = text(view, "ris");
        let lines: Vec<(&str, &str)> = ris.split_terminator("\r\n").map(|line| line.split_once("  - ").unwrap()).collect();
        assert!(lines.iter().all(|(tag, _)| tag.len() == 2 && tag.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())), "{ris}");
        assert_eq!((lines.first().unwrap(), lines.last().unwrap()), (&("TY", "DATA"), &("ER", "")), "{name}");
        let authors: Vec<&str> = lines.iter().filter(|(tag, _)| *tag == "AU").map(|(_, value)| *value).collect();
        assert_eq!(authors, publishers.iter().map(String::as_str).collect::<Vec<_>>(), "{name}");
        assert!(ris.contains("UR  - https://example.org/sub/") && bib.contains("url = {https://example.org/sub/"), "{name}");
        assert!(ris.contains("DA  - 2026/11/21"), "{name}");

        let section = takeaway::section(view).into_string();
        let first = maud::html! { p.citation data-copied { (view.behind.named.join("; ")) } }.into_string();
        assert!(section.contains(first.trim_end_matches("</p>")), "{name}: the publishers come first");
    });
    each("", &|view, name| {
        assert!(!text(view, "bib").contains("url = ") && !text(view, "ris").contains("UR  - "), "{name}: no address that leads nowhere");
    });
}

#[test]
fn snippets_name_the_served_file() {
    let addresses = |origin: &'static str, marked: bool| {
        each(origin, &|view, name| {
            let section = takeaway::section(view).into_string();
            let language = if name.starts_with("uk") { "uk/" } else { "" };
            let path = format!("{origin}/sub/{language}view/{}.csv", view.def.id);
            let mark = if marked { " data-path" } else { "" };
            assert_eq!(section.matches(&format!("<span{mark}>{path}</span>")).count(), 5, "{name}: one in each snippet");
            assert!(!section.contains("{address}"), "{name}");
        });
    };
    addresses("", true);
    addresses("https://example.org", false);
}

#[test]
fn search_engines_read_a_whole_dataset() {
    let check = |origin: &'static str| {
        each(origin, &|view, name| {
            let data = takeaway::dataset(view);
            assert_eq!((&data["@context"], &data["@type"]), (&"https://schema.org".into(), &"Dataset".into()), "{name}");
            let length = data["description"].as_str().unwrap().chars().count();
            assert!((50..5000).contains(&length), "{name}: a description of {length} characters");
            for list in ["license", "creator", "distribution", "isBasedOn", "spatialCoverage"] {
                assert!(!data[list].as_array().unwrap().is_empty(), "{name}: {list}");
            }
            let names: Vec<&str> = data["creator"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
            assert_eq!(names, view.behind.publishers.iter().map(String::as_str).collect::<Vec<_>>(), "{name}");
            let (from, to) = data["temporalCoverage"].as_str().unwrap().split_once('/').unwrap();
            assert!(from <= to && from.len() == 10 && to.len() == 10, "{name}: {from} {to}");
            let ours = [&data["url"]].into_iter().chain(data["distribution"].as_array().unwrap().iter().map(|file| &file["contentUrl"]));
            for address in ours {
                assert!(address.as_str().unwrap().starts_with(&format!("{origin}/sub/")), "{name}: {address}");
            }
        });
    };
    check("");
    check("https://example.org");
}

#[test]
fn the_catalogue_lists_every_resource_and_view() {
    let sites = Lang::ALL.map(|lang| Site { text: Text::new(lang), base: "/sub/".into() });
    let languages =
        sites.each_ref().map(|site| Published { site, package: package(), raw: raw(), origin: "https://example.org", kept: &[] });
    let catalogue = takeaway::catalogue(&languages);
    assert_eq!(catalogue["@type"], "dcat:Catalog");
    let datasets = catalogue["dcat:dataset"].as_array().unwrap();
    let found: BTreeSet<&str> = datasets.iter().map(|one| one["dct:identifier"].as_str().unwrap()).collect();
    let views = package().dataset.catalog.views.iter().map(|def| def.id.as_str());
    let expected: BTreeSet<&str> = package().descriptor.entries.iter().map(|entry| entry.name.as_str()).chain(views).collect();
    // A view may bear the name of a resource: both are there.
    assert_eq!((found, datasets.len()), (expected, package().descriptor.entries.len() + package().dataset.catalog.views.len()));
    for one in datasets {
        let tags: Vec<&str> = one["dct:title"].as_array().unwrap().iter().map(|title| title["@language"].as_str().unwrap()).collect();
        assert_eq!(tags, ["en", "uk"], "{one}");
        for file in one["dcat:distribution"].as_array().unwrap() {
            assert!(file["dcat:downloadURL"]["@id"].as_str().unwrap().starts_with("https://example.org/sub/"), "{file}");
            assert!(file["dcat:mediaType"]["@id"].as_str().unwrap().contains('/'), "{file}");
        }
        assert!(!one["dcat:distribution"].as_array().unwrap().is_empty() && !one["dct:license"].is_null(), "{one}");
    }
}
