//! `impact`, run as a publisher runs it: what it prints in both languages, its exit codes, what it leaves on the disk.
//!
//! After a wanted change, `INSTA_UPDATE=always cargo test --test impact` writes `tests/impact/snapshots/` anew: read the difference
//! before you keep it.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

#[path = "impact/bench.rs"]
mod bench;
#[path = "impact/check.rs"]
mod check;
#[path = "impact/diff.rs"]
mod diff;
#[path = "impact/import.rs"]
mod import;
#[path = "impact/online.rs"]
mod online;
#[path = "impact/publish.rs"]
mod publish;
#[path = "impact/sheet.rs"]
mod sheet;

use bench::run;
use diaspora_impact::model::lang::Lang;

/// Compares with `tests/impact/snapshots/<name>.snap`.
#[track_caller]
fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("impact/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// What a command line answers, in both languages.
#[track_caller]
fn snapshots(name: &str, args: &[&str]) {
    for lang in Lang::ALL {
        let ran = run(&[&["--lang", lang.tag()], args].concat());
        snapshot(&format!("{name}.{}", lang.tag()), &ran.shown());
    }
}

#[test]
fn help_is_in_both_languages() {
    snapshots("help", &["--help"]);
    for command in ["check", "diff", "import"] {
        snapshots(&format!("help-{command}"), &[command, "--help"]);
    }
}

#[test]
fn what_is_not_understood_is_said_and_ends_with_2() {
    let check = |args: &[&str], expected: &str| {
        let ran = run(args);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.trim_end()), (2, "", expected), "{args:?}");
    };
    check(&[], "Say what to do, for example: impact check public/data. See impact --help.");
    check(&["chek"], "There is no command “chek”. See impact --help.");
    check(&["check"], "Still missing: <package>. See impact --help.");
    check(&["check", "x", "--wacth"], "“--wacth” is not known here. See impact --help.");
    check(&["--lang", "fr", "check", "x"], "“fr” does not fit --lang <en|uk>. See impact --help.");
    check(&["check", "x", "--lang"], "--lang <en|uk> needs a value. See impact --help.");
    check(&["--lang=uk", "chek"], "Команди «chek» немає. Довідка: impact --help.");
}

#[test]
fn the_language_is_that_of_the_system_unless_another_is_asked_for() {
    let check = |env: &[(&str, &str)], args: &[&str], is_ukrainian: bool| {
        let out = bench::command().envs(env.iter().copied()).args(args).arg("--help").output().unwrap().stdout;
        assert_eq!(String::from_utf8(out).unwrap().contains("Як викликати"), is_ukrainian, "{env:?} {args:?}");
    };
    check(&[], &[], false);
    check(&[("LANG", "uk_UA.UTF-8")], &[], true);
    check(&[("LANG", "uk_UA.UTF-8"), ("LC_ALL", "C.UTF-8")], &[], false);
    check(&[("LANG", "uk_UA.UTF-8")], &["--lang", "en"], false);
    check(&[("LANG", "de_DE.UTF-8")], &["--lang", "uk"], true);
}
