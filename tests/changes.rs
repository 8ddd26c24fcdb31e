//! `/data/changes`: what a reader is told of earlier versions, the same as by `impact diff`.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{folder, package};
use diaspora_impact::data::fragment::Raw;
use diaspora_impact::data::package::load;
use diaspora_impact::html::embed::Kept;
use diaspora_impact::html::passive::changes;
use diaspora_impact::html::takeaway::Published;
use diaspora_impact::html::{Site, twin};
use diaspora_impact::model::lang::Lang;
use diaspora_impact::state::route::Page;
use diaspora_impact::text::Text;
use diaspora_impact::view;
use diaspora_impact::view::difference::Difference;
use serde_json::{Value, json};

const FIGURES: &str = "observations-remittances.json";

/// The published package as it was under another version: `change` sees the rows of each table.
fn kept(version: &str, change: impl Fn(&str, &mut Vec<Value>)) -> Kept {
    let read = |path: &str| -> Result<Vec<u8>, String> {
        let bytes = std::fs::read(folder().join(path)).map_err(|error| error.to_string())?;
        if path == "datapackage.json" {
            let text = String::from_utf8(bytes).unwrap();
            let own = format!("\"version\": \"{}\"", package().descriptor.version);
            return Ok(text.replace(&own, &format!("\"version\": \"{version}\"")).into_bytes());
        }
        let mut rows: Value = serde_json::from_slice(&bytes).unwrap();
        if let Value::Array(rows) = &mut rows {
            change(path, rows);
        }
        Ok(serde_json::to_vec(&rows).unwrap())
    };
    let mut package = load(&read, &[]);
    let raw = Raw::load(&package.descriptor, &read);
    // Changed without sealing: that is not what these tests are about.
    package.issues.clear();
    view::judge(&mut package);
    Kept { package, raw }
}

fn now() -> Kept {
    kept(&package().descriptor.version, |_, _| ())
}

fn page(lang: Lang, kept: &[Kept]) -> String {
    let site = Site { text: Text::new(lang), base: "/sub/".into() };
    let now = kept.last().unwrap();
    let all = Published { site: &site, package: &now.package, raw: &now.raw, origin: "", kept };
    twin::page(&all, "/sub/data/", &Page::Changes).into_string()
}

fn escaped(text: &str) -> String {
    maud::html! { (text) }.into_string()
}

#[test]
fn one_version_has_nothing_to_be_compared_with() {
    let version = package().descriptor.version.clone();
    let shown = page(Lang::En, &[now()]);
    assert!(
        shown.contains(&format!("There is one version so far: {version} of 21 November 2026.")) && !shown.contains("data-since"),
        "{shown}"
    );
    assert!(page(Lang::Uk, &[now()]).contains(&format!("Поки що є одна версія: {version}, 21 листопада 2026")));
}

#[test]
fn each_earlier_version_is_compared_with_the_present_one_as_by_the_tool() {
    let old = kept("aaaaaaaaaaaa", |path, rows| match path {
        FIGURES => {
            let first = rows.iter().position(|row| row["standing"] == "current" && row["value"].is_number()).unwrap();
            rows[first]["value"] = json!(1);
            rows.remove(first + 1);
            let mut gone = rows[first].clone();
            gone["period_start"] = json!("1900-01-01");
            gone["period_end"] = json!("1900-12-31");
            rows.push(gone);
        }
        "series.json" => rows[0]["definition_en"] = json!("<script>alert(1)</script>"),
        "views.json" => {
            let mut gone = rows[0].clone();
            gone["id"] = json!("once-there");
            rows.push(gone);
        }
        _ => {}
    });
    let oldest = kept("bbbbbbbbbbbb", |path, rows| {
        if path == FIGURES {
            rows.clear();
        }
    });
    let all = [oldest, old, now()];
    for lang in Lang::ALL {
        let text = Text::new(lang);
        let shown = page(lang, &all);
        let parts: Vec<&str> = shown.split("data-since=\"").skip(1).collect();
        assert!(parts.len() == 2 && parts[0].starts_with("aaaaaaaaaaaa") && parts[1].starts_with("bbbbbbbbbbbb"), "the newest comes first");
        let difference = Difference::new(&all[1].package, &all[2].package, text);
        let sections = difference.sections();
        for key in ["added", "withdrawn", "revised", "definitions", "rows", "broken"] {
            assert!(sections.iter().any(|section| section.title == text.t(&format!("impact.diff-{key}"), &[])), "{key}");
        }
        for section in &sections {
            assert!(parts[0].contains(&format!("<h3>{}</h3>", escaped(&section.title))), "{}", section.title);
            for cell in section.rows.iter().flatten() {
                assert!(parts[0].contains(&format!(">{}</t", escaped(cell))), "{cell}");
            }
        }
        assert!(parts[0].contains("/view/once-there") && !shown.contains("<script>alert"));
        assert!(parts[0].contains("href=\"/sub/data/v/aaaaaaaaaaaa/changes.json\""));
        // Of a long list the first rows stand here, and how many more the file has.
        let added = Difference::new(&all[0].package, &all[2].package, text).changes.added.len();
        assert_eq!(parts[1].matches("<th scope=\"row\">").count(), 10 * parts[1].matches("<h3>").count());
        assert!(added > 1000 && parts[1].contains(&text.plural("changes.more", added as u64 - 10, &[])), "{added}");
    }
    let site = Site { text: Text::new(Lang::En), base: "/".into() };
    let file = changes::file(&all[1], &all[2], &site);
    assert_eq!(changes::path(&all[1]), "data/v/aaaaaaaaaaaa/changes.json");
    assert_eq!(
        (file["old"]["version"].as_str(), file["figures"]["revised"].as_array().map(Vec::len)),
        (Some("aaaaaaaaaaaa"), Some(1)),
        "{file:#}"
    );
    assert_eq!(
        (file["old"]["package"].as_str(), &file["broken"][0]["path"]),
        (Some("data/v/aaaaaaaaaaaa/datapackage.json"), &json!("view/once-there"))
    );
}
