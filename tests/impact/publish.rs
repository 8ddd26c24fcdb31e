//! `impact init`, `views add` and `publish`, and the tutorial of README.md, line by line.

use crate::bench::{edit, empty, files, package, rows, run, scratch};
use crate::{common, snapshot, snapshots};
use diaspora_impact::data::form;
use serde_json::json;
use std::path::Path;
use std::process::Command;

#[test]
fn a_new_package_is_sound_and_explained() {
    for lang in ["en", "uk"] {
        let _ = std::fs::remove_dir_all(scratch().join("init-new"));
        let ran = run(&["init", "init-new", "--title", "Our figures", "--lang", lang]);
        snapshot(&format!("init.{lang}"), &ran.shown());
        let readme = std::fs::read_to_string(scratch().join("init-new/README.md")).unwrap();
        snapshot(&format!("init-readme.{lang}"), &readme);
    }
    assert_eq!(run(&["check", "init-new"]).code, 0);
    let ran = run(&["init", "init-new"]);
    assert_eq!((ran.code, ran.err.contains("is not empty")), (2, true), "{}", ran.err);
}

fn add(package: &str, id: &str, series: &str) -> crate::bench::Ran {
    let words = ["--title-en", "Cost", "--title-uk", "Вартість", "--lead-en", "What it costs.", "--lead-uk", "Скільки це коштує."];
    let rest = ["--topic", "remittances", "--kind", "trend", "--place", "UKR", "--controls", "time", "--series", series, "--id", id];
    run(&[&["views", "add", package], &words[..], &rest[..]].concat())
}

#[test]
fn a_view_is_added_only_if_nothing_is_wrong_with_it() {
    let folder = package("views-add", |_| {});
    let before = files(&folder, "");
    let ran = add("views-add", "cost", "nowhere");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("[unknown-reference]") && ran.out.ends_with("Nothing was written.\n"), "{}", ran.out);
    assert_eq!(files(&folder, ""), before);
    let ran = add("views-add", "cost", "cost");
    assert_eq!((ran.code, ran.out.as_str()), (0, "The view “cost” is in the package: /view/cost.\n"), "{}", ran.err);
    assert_eq!(run(&["check", "views-add"]).code, 0);
    assert_eq!(rows(&folder, "views")[1]["defaults"], "place=UKR");
    let ran = add("views-add", "cost", "cost");
    assert!(ran.code == 1 && ran.out.contains("[duplicate-key]"), "{}", ran.out);
}

#[test]
fn what_is_published_stays_under_its_version() {
    let folder = package("publish-from", |_| {});
    empty("publish-to");
    let first = run(&["publish", "publish-from", "--to", "publish-to", "--json"]).json();
    let version = |answer: &serde_json::Value| answer["version"].as_str().unwrap().to_owned();
    let to = scratch().join("publish-to");
    let kept = |version: &str| files(&to.join("v").join(version), "");
    assert_eq!(files(&to, ""), kept(&version(&first)));
    let as_first = kept(&version(&first));

    // Not sealed: publishing seals. The order of fields and the spaces are not what matters.
    edit(&folder, "observations-people", |rows| rows[1]["value"] = json!(3_100_000));
    let second = run(&["publish", "publish-from", "--to", "publish-to"]);
    snapshot("publish.en", &second.shown());
    assert_eq!(kept(&version(&first)), as_first, "an earlier version has changed");
    assert_eq!(run(&["check", "publish-to"]).code, 0);
    let again = run(&["publish", "publish-from", "--to", "publish-to", "--json"]).json();
    let versions: Vec<&str> = again["versions"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    assert!(versions.len() == 2 && versions.contains(&version(&first).as_str()) && versions.contains(&version(&again).as_str()));
    let as_second = kept(&version(&again));
    assert_eq!(files(&to, ""), as_second);

    // The site tells of both, and keeps charts of the earlier one.
    let site = empty("publish-site");
    let twin =
        Command::new(env!("CARGO_BIN_EXE_twin")).args([to.to_str().unwrap(), "/", site.to_str().unwrap(), "nothing"]).output().unwrap();
    let pages: serde_json::Value = serde_json::from_slice(&twin.stdout).unwrap();
    let changes = pages.as_array().unwrap().iter().find(|page| page["route"] == "data/changes").unwrap();
    let since = format!("data-since=\"{}\"", version(&first));
    assert!(changes["markup"].as_str().unwrap().contains(&since), "{changes}");
    assert!(site.join("data/v").join(version(&first)).join("changes.json").exists());

    // Another title is no other version: what is cited under it stays as it was.
    let head = std::fs::read_to_string(folder.join("datapackage.json")).unwrap();
    std::fs::write(folder.join("datapackage.json"), head.replace("The smallest sound package", "Another title")).unwrap();
    assert_eq!(run(&["publish", "publish-from", "--to", "publish-to"]).code, 0);
    assert_eq!(kept(&version(&again)), as_second, "a version that was published has changed");
    assert_ne!(files(&to, ""), as_second);
}

#[test]
fn what_was_put_there_by_hand_is_kept_too() {
    let by_hand = package("publish-by-hand", |_| {});
    let before = files(&by_hand, "");
    let version = run(&["check", "publish-by-hand", "--json"]).json()["version"].as_str().unwrap().to_owned();
    package("publish-newer", |folder| edit(folder, "observations-people", |rows| rows[1]["value"] = json!(3_100_000)));
    assert_eq!(run(&["publish", "publish-newer", "--to", "publish-by-hand"]).code, 0);
    assert_eq!(files(&by_hand.join("v").join(version), ""), before);
}

/// Ours is in normal form: no byte changes, no digit of a number either.
#[test]
fn publishing_our_own_package_changes_nothing() {
    empty("publish-own");
    let own = common::folder();
    let ran = run(&["publish", own.to_str().unwrap(), "--to", "publish-own"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    for (folder, published) in [(own.clone(), "publish-own"), (own.join("decks"), "publish-own/decks")] {
        let (before, after) = (files(&folder, ""), files(&scratch().join(published), ""));
        // By name: the bytes would be a long message.
        let changed: Vec<&String> = before.keys().filter(|name| before.get(*name) != after.get(*name)).collect();
        assert!(changed.is_empty() && before.len() == after.len(), "{changed:?}");
    }
}

#[test]
fn an_unsound_package_is_published_only_by_someone_who_says_so() {
    package("publish-bad", |folder| edit(folder, "observations-people", |rows| rows[0]["value"] = json!(-5)));
    let _ = std::fs::remove_dir_all(scratch().join("publish-bad-to"));
    snapshots("publish-refused", &["publish", "publish-bad", "--to", "publish-bad-to"]);
    assert!(!scratch().join("publish-bad-to").exists());
    let ran = run(&["publish", "publish-bad", "--to", "publish-bad-to", "--allow", "negative-count", "--allow", "bad-date"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    let descriptor = std::fs::read(scratch().join("publish-bad-to/datapackage.json")).unwrap();
    let descriptor: serde_json::Value = serde_json::from_slice(&descriptor).unwrap();
    assert_eq!(descriptor["allowed_issues"], json!(["negative-count"]));
    let check = |args: &[&str], expected: &str| {
        let ran = run(&[&["publish", "publish-bad"], args].concat());
        assert_eq!((ran.code, ran.err.contains(expected)), (2, true), "{}", ran.err);
    };
    check(&["--to", "publish-bad-to", "--allow", "typo"], "no issue called “typo”");
    for own in ["publish-bad", "publish-bad/decks", "publish-bad/v", "publish-bad-to/../publish-bad/"] {
        check(&["--to", own], "the package’s own folder");
    }
}

fn packed(folder: &Path, table: &str) -> Vec<u8> {
    form::packed(&std::fs::read(folder.join(format!("{table}.json"))).unwrap()).unwrap()
}

/// Other forms and names of tables are published under ours; where a table has two files, the descriptor says which counts.
#[test]
fn the_descriptor_says_which_file_is_a_table() {
    let plain = package("publish-forms", |_| {});
    let folder = package("publish-forms-other", |folder| {
        for table in ["places", "views"] {
            std::fs::write(folder.join(format!("{table}.json.gz")), packed(folder, table)).unwrap();
            std::fs::remove_file(folder.join(format!("{table}.json"))).unwrap();
        }
    });
    let head = std::fs::read_to_string(folder.join("datapackage.json")).unwrap();
    std::fs::write(folder.join("datapackage.json"), head.replace("\"sectors.json\"", "\"tables/kinds.json\"")).unwrap();
    std::fs::create_dir(folder.join("tables")).unwrap();
    std::fs::rename(folder.join("sectors.json"), folder.join("tables/kinds.json")).unwrap();
    assert_eq!(run(&["check", "publish-forms-other"]).code, 0);
    for (from, to) in [("publish-forms", "publish-forms-to"), ("publish-forms-other", "publish-forms-other-to")] {
        let _ = std::fs::remove_dir_all(scratch().join(to));
        assert_eq!(run(&["publish", from, "--to", to]).code, 0);
    }
    assert_eq!(files(&scratch().join("publish-forms-to"), ""), files(&scratch().join("publish-forms-other-to"), ""));
    // A view is added to a packed table, too.
    assert_eq!(add("publish-forms-other", "cost", "cost").code, 0);
    assert_eq!(run(&["check", "publish-forms-other"]).code, 0);
    assert_eq!(rows(&folder, "views").len(), rows(&plain, "views").len() + 1);

    let two = package("publish-two", |folder| {
        std::fs::write(folder.join("places.json.gz"), packed(folder, "places")).unwrap();
        std::fs::remove_file(folder.join("places.json")).unwrap();
    });
    std::fs::write(two.join("places.json"), "[]").unwrap();
    let ran = run(&["publish", "publish-two", "--to", "publish-two-to"]);
    assert!(ran.code == 1 && ran.out.contains("places.json: 1 issue") && ran.out.contains("[unlisted-file]"), "{}", ran.out);
    let ran = add("publish-two", "cost", "cost");
    assert!(ran.code == 2 && ran.err.contains("places.json cannot be rewritten"), "{}", ran.err);
    assert_eq!(std::fs::read(two.join("places.json")).unwrap(), b"[]");
}

#[test]
fn what_rewriting_would_hide_is_refused() {
    let check = |name: &str, table: &str, text: &str, code: &str| {
        let folder = package(name, |folder| std::fs::write(folder.join(format!("{table}.json")), text).unwrap());
        let before = files(&folder, "");
        let ran = run(&["publish", name, "--to", &format!("{name}-to")]);
        assert!(ran.code == 1 && ran.out.contains(code), "{}", ran.out);
        assert_eq!(files(&folder, ""), before);
    };
    let sectors = std::fs::read_to_string(common::folder().join("sectors.json")).unwrap();
    check("publish-twice", "sectors", &sectors.replacen("\"name_en\":", "\"name_en\": \"First\", \"name_en\":", 1), "[duplicate-field]");
    check("publish-head", "opportunities", "[[\"id\", \"bogus\"]]", "[unknown-field]");
    check("publish-twice-head", "sectors", "[[\"id\", \"name_en\", \"name_uk\", \"name_en\"], [\"a\", \"A\", \"А\", \"B\"]]", "[");
}

/// The system's own words are English, and so are those of readers of formats.
#[test]
fn what_cannot_be_read_is_told_in_the_readers_language() {
    let folder = package("publish-told", |_| {});
    std::fs::remove_file(folder.join("places.json")).unwrap();
    let publish = |more: &[&str]| run(&[&["--lang", "uk"], &["publish", "publish-told", "--to", "publish-told-to"][..], more].concat());
    let ran = publish(&[]);
    assert!(ran.code == 2 && ran.err.ends_with("places.json: такого файлу чи теки немає\n"), "{}", ran.err);
    assert!(publish(&["--json"]).json()["error"].as_str().unwrap().contains("такого файлу"));
    std::fs::write(folder.join("datapackage.json"), "{,").unwrap();
    assert!(publish(&[]).err.contains("datapackage.json не є JSON: рядок і стовпець 1:2"), "{}", publish(&[]).err);
    // A table that cannot be read looks withdrawn: the exit code says that this is no difference to count on.
    package("publish-sound", |_| {});
    package("publish-unsound", |folder| std::fs::write(folder.join("series.json"), "[{").unwrap());
    let compared = |other: &str| run(&["diff", "publish-sound", other]).code;
    assert_eq!((compared("publish-sound"), compared("publish-unsound")), (0, 1));
    // Also a command line that is not understood.
    let usage = run(&["--json", "--lang", "uk", "publsh"]);
    assert!(usage.code == 2 && usage.err.is_empty() && usage.json()["error"].is_string(), "{usage:?}");
}

/// Nothing that lies in the folder of a site goes or changes without a word.
#[test]
fn the_folder_published_to_keeps_what_is_not_ours() {
    package("publish-there", |_| {});
    let there = empty("publish-there-to");
    std::fs::write(there.join("places.json"), "[{\"precious\": 1}]").unwrap();
    let ran = run(&["publish", "publish-there", "--to", "publish-there-to"]);
    assert!(ran.code == 2 && ran.err.contains("places.json is there already"), "{}", ran.err);
    assert_eq!(files(&there, "").len(), 1);
    std::fs::remove_file(there.join("places.json")).unwrap();
    let publish = || run(&["publish", "publish-there", "--to", "publish-there-to", "--json"]);
    let version = publish().json()["version"].as_str().unwrap().to_owned();
    // A note of the publisher, and a table that a broken disk has lost.
    std::fs::write(there.join("decks-notes.json"), "{}").unwrap();
    std::fs::remove_file(there.join("places.json")).unwrap();
    std::fs::write(there.join("v/.DS_Store"), "").unwrap();
    let again = publish();
    assert_eq!((again.code, again.json()["versions"].as_array().unwrap().len()), (0, 1), "{}", again.err);
    assert!(there.join("decks-notes.json").exists() && there.join("places.json").exists());
    // Changed by hand after sealing: kept, but not under the version that it no longer is.
    let _ = std::fs::remove_dir_all(there.join("v"));
    edit(&there, "places", |rows| rows[0]["name_en"] = json!("By hand"));
    assert_eq!(publish().code, 0);
    assert_eq!(run(&["check", &format!("publish-there-to/v/{version}")]).code, 0);
    assert_eq!(std::fs::read_dir(there.join("v")).unwrap().count(), 2);
}

#[test]
fn a_view_is_not_added_where_there_is_no_package() {
    let folder = package("views-broken", |_| {});
    for text in [Some("{\"name\": \"mine\",}"), None] {
        match text {
            Some(text) => std::fs::write(folder.join("datapackage.json"), text).unwrap(),
            None => std::fs::remove_file(folder.join("datapackage.json")).unwrap(),
        }
        let before = files(&folder, "");
        let ran = add("views-broken", "cost", "cost");
        assert!(ran.code == 2 && ran.err.contains("datapackage.json"), "{}", ran.err);
        assert_eq!(files(&folder, ""), before);
    }
}

#[test]
fn a_withdrawn_talk_is_withdrawn() {
    let folder = package("publish-talk", |_| {});
    empty("publish-talk-to");
    let deck = json!({"id": "talk", "minutes": 1, "title_en": "T", "title_uk": "Д", "lead_en": "L", "lead_uk": "В", "slides": [
        {"kind": "text", "headline_en": "H", "headline_uk": "З", "notes_en": "N", "notes_uk": "Н", "text_en": "T", "text_uk": "Т"}
    ]});
    std::fs::create_dir(folder.join("decks")).unwrap();
    std::fs::write(folder.join("decks/talk.json"), deck.to_string()).unwrap();
    let publish = || run(&["publish", "publish-talk", "--to", "publish-talk-to"]).code;
    assert_eq!((publish(), scratch().join("publish-talk-to/decks/talk.json").exists()), (0, true));
    std::fs::remove_dir_all(folder.join("decks")).unwrap();
    assert_eq!((publish(), scratch().join("publish-talk-to/decks/talk.json").exists()), (0, false));
    assert_eq!(run(&["check", "publish-talk-to"]).code, 0);
}

#[test]
fn help_of_the_other_commands_is_in_both_languages() {
    for command in ["init", "publish"] {
        snapshots(&format!("help-{command}"), &[command, "--help"]);
    }
    snapshots("help-views-add", &["views", "add", "--help"]);
}

/// A newcomer copies these lines. All of them are run, up to the site.
#[test]
fn the_tutorial_works_as_it_is_written() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let section = readme.split("### From a CSV file to a page").nth(1).unwrap().split("\n## ").next().unwrap();
    let blocks: Vec<&str> = section.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    let (last, steps) = blocks.split_last().unwrap();
    assert!(steps.len() >= 4 && last.contains("script/serve"), "{blocks:#?}");
    let folder = empty("tutorial");
    let program = Path::new(env!("CARGO_BIN_EXE_impact")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let shell = |script: &str| {
        let out =
            Command::new("bash").args(["-euc", script]).current_dir(&folder).env("PATH", &path).env("LANG", "C.UTF-8").output().unwrap();
        assert!(out.status.success(), "{script}\n{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    };
    let told: Vec<String> = steps.iter().map(|step| shell(step)).collect();
    assert!(told.last().unwrap().contains("is sound"), "{told:#?}");
    // The last block puts the package in the place of ours and serves it; the site reads what the tutorial has made.
    let package = last.lines().find_map(|line| line.strip_prefix("impact publish ")).unwrap().split(' ').next().unwrap();
    assert_eq!(run(&["check", folder.join(package).to_str().unwrap()]).code, 0);
    let views = rows(&folder.join(package), "views");
    assert_eq!(views.len(), 1);
}
