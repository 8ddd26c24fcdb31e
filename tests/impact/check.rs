//! `impact check`.

use crate::bench::{command, edit, files, package, run, serve};
use crate::snapshots;
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::sync::mpsc;
use std::time::Duration;

fn broken(name: &str) -> std::path::PathBuf {
    package(name, |folder| {
        edit(folder, "places", |rows| {
            rows.push(json!({"code": "MARS", "kind": "planet", "name_en": "Mars", "name_uk": "Марс"}));
        });
        edit(folder, "observations-people", |rows| {
            rows[0]["value"] = json!(-5);
            rows[1]["source"] = json!("nowhere");
            rows[1]["colour"] = json!("red");
        });
    })
}

#[test]
fn a_sound_package_ends_with_0() {
    package("check-sound", |_| {});
    snapshots("check-sound", &["check", "check-sound"]);
    assert_eq!(run(&["check", "check-sound/datapackage.json"]).code, 0);
}

#[test]
fn progress_is_shown_to_people_who_wait_and_changes_no_answer() {
    package("check-progress", |_| {});
    let (plain, asked) = (run(&["check", "check-progress", "--json"]), run(&["check", "check-progress", "--json", "--progress"]));
    assert_eq!((plain.code, plain.err.as_str()), (0, ""), "nobody waits for a small package");
    assert_eq!((asked.code, asked.json()), (0, plain.json()));
    let lines: Vec<&str> = asked.err.split('\r').collect();
    assert!(lines.iter().any(|line| line.contains("observations-people.json")), "{lines:?}");
    assert!(lines.last().unwrap().contains("[========================] 100%"), "{lines:?}");
    let parts: Vec<u32> = lines.iter().filter_map(|line| line.split('%').next()?.rsplit(' ').next()?.parse().ok()).collect();
    assert!(parts.len() > 10 && parts.is_sorted(), "{parts:?}");
}

#[test]
fn every_issue_is_told_with_place_value_reason_and_remedy() {
    let folder = broken("check-broken");
    std::fs::write(folder.join("sectors.json"), "[").unwrap(); // after sealing
    std::fs::write(folder.join("left-over.json"), "[]").unwrap();
    snapshots("check-broken", &["check", "check-broken"]);
}

#[test]
fn programs_get_json() {
    broken("check-json");
    let ran = run(&["check", "check-json", "--json"]);
    let answer = ran.json();
    assert_eq!((ran.code, &answer["sound"], answer["version"].as_str().map(str::len)), (1, &json!(false), Some(12)));
    let issues = answer["issues"].as_array().unwrap();
    let negative = issues.iter().find(|issue| issue["code"] == "negative-count").unwrap();
    assert_eq!((&negative["file"], &negative["row"], &negative["field"]), (&json!("observations-people.json"), &json!(1), &json!("value")));
    assert_eq!(negative["found"], "-5");
    let ran = run(&["--json", "check", "check-nowhere"]);
    assert_eq!(ran.code, 2);
    assert!(ran.json()["error"].as_str().unwrap().contains("check-nowhere"));
}

#[test]
fn what_is_no_package_ends_with_2() {
    let folder = crate::bench::empty("check-no-package");
    std::fs::write(folder.join("places.json"), "[]").unwrap();
    let check = |typed: &str, expected: &str| {
        let ran = run(&["check", typed]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{typed}");
        assert!(ran.err.contains(expected), "{typed}: {}", ran.err);
    };
    check("check-no-package", "its datapackage.json cannot be read");
    check("check-no-package/places.json", "is no package");
    check("check-is-not-there", "does not exist");
    check("https://example.org/data/?v=1", "“?”");
    check("https://example.org/data/places.json", "is no package");
}

#[test]
fn a_package_on_the_web_is_checked_like_one_on_the_disk() {
    let folder = broken("check-web");
    let on_disk = run(&["check", "check-web", "--json"]).json();
    let mut served = files(&folder, "/data/");
    let host = serve(served.clone());
    for address in [format!("{host}/data"), format!("{host}/data/"), format!("{host}/data/datapackage.json")] {
        let ran = run(&["check", &address, "--json"]);
        assert_eq!((ran.code, &ran.json()["issues"]), (1, &on_disk["issues"]), "{address}");
    }
    served.remove("/data/places.json");
    let ran = run(&["check", &format!("{}/data/", serve(served))]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("places.json: ") && ran.out.contains("the server answered 404"), "{}", ran.out);
    let ran = run(&["check", &format!("{host}/elsewhere/")]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("There is no package") && ran.err.contains("404"), "{}", ran.err);
}

#[test]
#[allow(clippy::disallowed_methods)] // a thread: no browser runs this
fn watching_checks_again_after_a_change() {
    let folder = package("check-watch", |_| {});
    let mut program = command().args(["check", "--watch"]).arg(&folder).stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(program.stdout.take().unwrap()).lines();
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| tell.send(line)));
    // The limit only ends a test that would hang for ever.
    let until = |end: &str| -> String {
        let mut seen = String::new();
        while !seen.contains(end) {
            seen.push_str(&told.recv_timeout(Duration::from_secs(60)).unwrap_or_else(|_| panic!("no {end:?} after {seen:?}")));
        }
        seen
    };
    assert!(until("Waiting for changes").contains("is sound"));
    std::fs::write(folder.join("places.json"), "[").unwrap();
    let again = until("Waiting for changes");
    program.kill().unwrap();
    program.wait().unwrap();
    assert!(again.contains("not-json"), "{again}");
    let ran = run(&["check", "--watch", "https://example.org/"]);
    assert_eq!((ran.code, ran.err.trim_end()), (2, "Only a folder on this machine can be watched."));
}
