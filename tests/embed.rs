//! Charts for other sites, as the build writes them: one file holds what a view needs, of the version that is asked for.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{folder, package};
use diaspora_impact::data::fragment::{self, Raw};
use diaspora_impact::data::issue::Code;
use diaspora_impact::data::package::{Package, load};
use diaspora_impact::html::embed::{self, Kept};
use diaspora_impact::html::takeaway::Published;
use diaspora_impact::html::{Site, twin};
use diaspora_impact::model::lang::Lang;
use diaspora_impact::model::words::Topic;
use diaspora_impact::state::route::Page;
use diaspora_impact::text::Text;
use diaspora_impact::view::{default_state, figure, needs};
use serde_json::{Map, Value};

type Read<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>, String>;

fn published(path: &str) -> Result<Vec<u8>, String> {
    std::fs::read(folder().join(path)).map_err(|error| error.to_string())
}

fn kept(read: Read) -> Kept {
    let package = load(read, &[]);
    let raw = Raw::load(&package.descriptor, read);
    Kept { package, raw }
}

/// The package that an embed reads from its one file.
fn unbundled(kept: &Kept, view: &str, lang: Lang) -> Package {
    opened(&kept.bundle(view, lang).expect("the package has the view").unwrap())
}

fn opened(files: &Map<String, Value>) -> Package {
    let read = |path: &str| files.get(path).and_then(|text| text.as_str()).map(|text| text.as_bytes().to_vec()).ok_or(path.to_owned());
    load(&read, &[])
}

#[test]
fn one_file_shows_what_the_whole_package_shows() {
    let now = kept(&published);
    for def in &package().dataset.catalog.views {
        for lang in Lang::ALL {
            let part = unbundled(&now, &def.id, lang);
            // The app reads rows by the contract and needs no schema.
            let issues: Vec<_> =
                part.issues.iter().filter(|issue| ![Code::SchemaMismatch, Code::MissingResource].contains(&issue.code)).collect();
            assert!(issues.is_empty(), "{}: {issues:?}", def.id);
            assert_eq!(part.dataset.catalog.views.len(), 1, "{}", def.id);
            let own = part.dataset.catalog.view(&def.id).unwrap();
            let shown = |package: &Package, def| {
                let spec = figure(&package.dataset, def, &default_state(def), Text::new(lang));
                let cells: Vec<Vec<String>> =
                    spec.table.rows.iter().map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect();
                (spec.title.clone(), spec.summary.clone(), spec.panels.len(), cells)
            };
            assert_eq!(shown(&part, own), shown(package(), def), "{} {}", lang.tag(), def.id);
            // What is only in the other language is not loaded.
            assert_eq!(own.title.get(lang.other()), own.title.get(lang), "{}", def.id);
        }
    }
}

/// Numbers are pressed on the static page, and the app finds them in a part of the package: both must name the same rows.
#[test]
fn a_part_gives_the_same_markup_with_its_rows_renamed() {
    let now = kept(&published);
    let check = |what: &str, files: &Map<String, Value>, lang: Lang| {
        let site = Site { text: Text::new(lang), base: "/".into() };
        let part = opened(files);
        let places = fragment::places(&now.package.dataset, files).unwrap();
        let shown = |package: &Package, view: &str| {
            let all = Published { site: &site, package, raw: &now.raw, origin: "", kept: &[] };
            embed::figure(&all, package.dataset.catalog.view(view).unwrap()).into_string()
        };
        for def in &part.dataset.catalog.views {
            let (whole, own) = (shown(&now.package, &def.id), shown(&part, &def.id));
            assert!(fragment::renamed(&whole, &places) == own, "{what}: {} in {}", def.id, lang.tag());
        }
        places
    };
    let catalog = &now.package.dataset.catalog;
    for lang in Lang::ALL {
        for def in &catalog.views {
            check("embed", &now.bundle(&def.id, lang).unwrap().unwrap(), lang);
        }
        for topic in Topic::ALL {
            let views: Vec<_> = catalog.views.iter().filter(|def| def.topic == *topic).collect();
            let ids: Vec<&str> = views.iter().map(|def| &*def.id).collect();
            let names: Vec<&str> = views.iter().flat_map(|def| needs(catalog, def)).collect();
            let files = now.raw.page(&ids, &names).unwrap();
            assert_eq!(opened(&files).dataset.catalog.views.len(), views.len());
            check(topic.id(), &files, lang);
        }
    }
    // Some stand elsewhere: the test would see a wrong name.
    let places = check("remittances", &now.bundle("remittances", Lang::En).unwrap().unwrap(), Lang::En);
    assert!(places["remittances"].iter().any(|(whole, part, _)| whole != part), "{places:?}");
}

#[test]
fn a_part_without_one_of_the_rows_is_refused() {
    let now = kept(&published);
    let mut files = now.bundle("people-reached", Lang::En).unwrap().unwrap();
    let rows: Vec<Value> = serde_json::from_str(files["observations-people.json"].as_str().unwrap()).unwrap();
    files["observations-people.json"] = Value::from(rows.into_iter().skip(1).collect::<Vec<_>>()).to_string().into();
    let refused = fragment::places(&now.package.dataset, &files).unwrap_err();
    assert!(refused.contains("rows in the package and"), "{refused}");
}

#[test]
fn an_old_version_keeps_its_numbers() {
    const FILE: &str = "observations-remittances.json";
    let text = String::from_utf8(published(FILE).unwrap()).unwrap();
    assert!(text.contains("14967000000"));
    let older = text.replace("14967000000", "14960000000");
    let read = |path: &str| if path == FILE { Ok(older.clone().into_bytes()) } else { published(path) };
    let old = kept(&read);
    let bundle = |kept: &Kept| serde_json::Value::from(kept.bundle("remittances", Lang::En).unwrap().unwrap()).to_string();
    assert!(bundle(&old).contains("14960000000") && !bundle(&old).contains("14967000000"));
    assert!(!bundle(&kept(&published)).contains("14960000000"));
    assert!(old.bundle("no-such-view", Lang::En).is_none());
}

/// The published package under another version, with one of its files changed.
fn older(file: &'static str, change: impl Fn(&str) -> String) -> Kept {
    let version = format!("\"version\": \"{}\"", package().descriptor.version);
    kept(&|path| {
        let text = String::from_utf8(published(path)?).unwrap();
        let text = if path == "datapackage.json" { text.replace(&version, "\"version\": \"aaaaaaaaaaaa\"") } else { text };
        Ok(if path == file { change(&text) } else { text }.into_bytes())
    })
}

#[test]
fn a_frozen_chart_says_how_many_of_its_numbers_have_changed() {
    const FILE: &str = "observations-remittances.json";
    let now = kept(&published);
    #[track_caller]
    fn check(now: &Kept, lang: Lang, view: &str, old: Kept, expected: &str) {
        let site = Site { text: Text::new(lang), base: "/".into() };
        let all = Published { site: &site, package: &now.package, raw: &now.raw, origin: "", kept: &[] };
        let shown = embed::foot(&all, now.package.dataset.catalog.view(view).unwrap(), &[old]).into_string().replace('\u{a0}', " ");
        assert!(shown.contains(&format!("{{&quot;aaaaaaaaaaaa&quot;:&quot;{expected}&quot;}}")), "{expected}: {shown}");
    }
    let view = now.package.dataset.catalog.view("remittances").unwrap();
    let series: Vec<&str> =
        view.series.iter().chain(&view.marks).map(|&ix| now.package.dataset.catalog.series.get(ix).unwrap().id.as_str()).collect();
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&published(FILE).unwrap()).unwrap();
    let is_number = |row: &&serde_json::Value| {
        series.contains(&row["series"].as_str().unwrap()) && row["standing"] == "current" && !row["value"].is_null()
    };
    let (all, others) = (rows.iter().filter(is_number).count(), rows.iter().filter(is_number).filter(|row| row["place"] == "UKR").count());
    let revised = |text: &str| text.replace("\"value\": 14967000000", "\"value\": 14960000000");
    let en = "As published on 21 November 2026; newer figures exist.";
    let uk = "Як опубліковано станом на 21 листопада 2026 р.; є новіші дані.";
    check(&now, Lang::En, "remittances", older(FILE, revised), &format!("{en} 1 of the {all} numbers behind it changed since."));
    check(
        &now,
        Lang::Uk,
        "remittances",
        older(FILE, revised),
        &format!("{uk} {}", Text::new(Lang::Uk).plural("embed.changed", all as u64, &[("changed", "1")])),
    );
    check(
        &now,
        Lang::En,
        "remittances",
        older("sources.json", str::to_owned),
        &format!("{en} None of the {all} numbers behind it changed since."),
    );
    // What came later is no change of what was published: only the numbers that were there count.
    let fewer = |text: &str| {
        let rows: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
        serde_json::Value::from_iter(rows.into_iter().filter(|row| row["place"] == "UKR")).to_string()
    };
    check(&now, Lang::En, "remittances", older(FILE, fewer), &format!("{en} None of the {others} numbers behind it changed since."));
    // Behind a list of agreements are records. One that says otherwise now and one that is gone count, one that came later does not.
    let records: usize = serde_json::from_slice::<Vec<serde_json::Value>>(&published("agreements.json").unwrap()).unwrap().len();
    let others = |text: &str| {
        let mut rows: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
        let mut gone = rows[1].clone();
        gone["id"] = "once-there".into();
        rows[0]["says_uk"] = "Інше.".into();
        rows[2] = gone;
        serde_json::Value::from(rows).to_string()
    };
    for view in ["agreements", "agreements-by-year", "agreements-network"] {
        let expected = format!("{en} 2 of the {records} records behind it changed since.");
        check(&now, Lang::En, view, older("agreements.json", others), &expected);
        let expected = Text::new(Lang::Uk).plural("embed.changed-records", records as u64, &[("changed", "2")]);
        check(&now, Lang::Uk, view, older("agreements.json", others), &format!("{uk} {expected}"));
        let expected = format!("{en} None of the {records} records behind it changed since.");
        check(&now, Lang::En, view, older("sources.json", str::to_owned), &expected);
    }
    // Events stand above the agreements of their time; organisations beside what they publish.
    for (view, files) in [("events", ["events", "agreements"]), ("organisations", ["organisations", "organisation-figures"])] {
        let count = |file| serde_json::from_slice::<Vec<serde_json::Value>>(&published(&format!("{file}.json")).unwrap()).unwrap().len();
        let all: usize = files.into_iter().map(count).sum();
        for file in ["events.json", "agreements.json", "organisations.json", "organisation-figures.json"] {
            let changed = if files.contains(&file.trim_end_matches(".json")) { "1" } else { "None" };
            let expected = format!("{en} {changed} of the {all} records behind it changed since.");
            check(&now, Lang::En, view, older(file, |text| text.replacen("\"id\": \"", "\"id\": \"x-", 1)), &expected);
        }
    }
}

#[test]
fn the_foot_names_the_versions_that_have_the_view() {
    let site = Site { text: Text::new(Lang::En), base: "/sub/".into() };
    let now = kept(&published);
    let all = Published { site: &site, package: &now.package, raw: &now.raw, origin: "https://example.org", kept: &[] };
    let def = now.package.dataset.catalog.view("remittances").unwrap();
    let without = kept(&|path| if path == "views.json" { Ok(b"[]".to_vec()) } else { published(path) });
    let foot = |kept: &[Kept]| embed::foot(&all, def, kept).into_string();
    assert!(foot(&[]).contains("data-versions=\"{}\"") && foot(&[without]).contains("data-versions=\"{}\""));
    let version = now.version().to_owned();
    let shown = foot(&[kept(&published)]);
    assert!(shown.contains(&format!("{{&quot;{version}&quot;:&quot;&quot;}}")), "nothing is to be said of the present one: {shown}");
    assert!(shown.contains("href=\"/sub/view/remittances\" target=\"_blank\""), "{shown}");
    // https://oembed.com, 2.3.4: what a rich answer must have; WordPress asks for whole addresses.
    let oembed = embed::oembed(&all, def);
    for name in ["type", "version", "html", "width", "height"] {
        assert!(!oembed[name].is_null(), "{name}");
    }
    assert!(oembed["html"].as_str().unwrap().starts_with("<iframe src=\"https://example.org/sub/embed/remittances\" title=\""), "{oembed}");
    // The page of the view is not the frame's, and the frame has nothing around the figure.
    let bare = embed::figure(&all, def).into_string();
    assert!(!bare.contains("<header class=\"site-header") && bare.contains("<figcaption class=\"source-line\""));
    assert!(twin::page(&all, "/sub/data/", &Page::View(def.id.clone())).into_string().contains("/sub/embed?view=remittances"));
}
