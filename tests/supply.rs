//! What we depend on: every licence fits ours, every crate comes from crates.io, none is there twice unnoticed. `deny.toml` says what is
//! allowed; who has `cargo deny` gets the same answers from it.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn deny() -> toml::Table {
    std::fs::read_to_string(root().join("deny.toml")).unwrap().parse().unwrap()
}

fn texts<'t>(list: &'t toml::Value, field: &str) -> Vec<&'t str> {
    let text = |one: &'t toml::Value| one.as_str().or_else(|| one.get(field)?.as_str());
    list.as_array().unwrap().iter().map(|one| text(one).unwrap()).collect()
}

fn cargo(what: &[&str]) -> Vec<u8> {
    let out =
        Command::new(env!("CARGO")).args(what).args(["--locked", "--offline", "--all-features"]).current_dir(root()).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    out.stdout
}

/// All crates, on whatever system: name, version, licence, source. What only the lock file knows is built by nothing.
fn crates() -> Vec<[String; 4]> {
    let tree = String::from_utf8(cargo(&["tree", "--target", "all", "--prefix", "none", "--format", "{p}"])).unwrap();
    let built: BTreeSet<(&str, &str)> =
        tree.lines().filter_map(|line| line.split_once(" v")).map(|(name, rest)| (name, rest.split(' ').next().unwrap())).collect();
    let all: Value = serde_json::from_slice(&cargo(&["metadata", "--format-version", "1"])).unwrap();
    let text = |one: &Value, field: &str| one[field].as_str().unwrap_or_default().to_owned();
    let all = all["packages"].as_array().unwrap().iter().map(|one| ["name", "version", "license", "source"].map(|field| text(one, field)));
    all.filter(|[name, version, ..]| built.contains(&(name.as_str(), version.as_str()))).collect()
}

/// Whether an SPDX expression can be fulfilled by licences that are allowed. `/` is how older crates write OR.
fn fits(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words: Vec<String> = spaced.split_whitespace().map(str::to_owned).collect();
    while let Some(with) = words.iter().position(|word| word == "WITH") {
        let whole = words[with - 1..=with + 1].join(" ");
        words.splice(with - 1..=with + 1, [whole]);
    }
    let mut rest = words.as_slice();
    !rest.is_empty() && any_of(&mut rest, allowed) && rest.is_empty()
}

fn any_of(rest: &mut &[String], allowed: &[&str]) -> bool {
    let mut is_fit = all_of(rest, allowed);
    while rest.first().is_some_and(|word| word == "OR") {
        *rest = &rest[1..];
        is_fit |= all_of(rest, allowed);
    }
    is_fit
}

fn all_of(rest: &mut &[String], allowed: &[&str]) -> bool {
    let mut is_fit = one_of(rest, allowed);
    while rest.first().is_some_and(|word| word == "AND") {
        *rest = &rest[1..];
        is_fit &= one_of(rest, allowed);
    }
    is_fit
}

fn one_of(rest: &mut &[String], allowed: &[&str]) -> bool {
    let Some((word, after)) = rest.split_first() else { return false };
    *rest = after;
    if word != "(" {
        return allowed.contains(&word.as_str());
    }
    let is_fit = any_of(rest, allowed);
    let is_closed = rest.first().is_some_and(|word| word == ")");
    *rest = rest.get(1..).unwrap_or_default();
    is_fit && is_closed
}

#[test]
fn licences_are_read_by_the_rules_of_spdx() {
    let allowed = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"];
    let check = |expression: &str, expected: bool| assert_eq!(fits(expression, &allowed), expected, "{expression}");
    check("MIT", true);
    check("GPL-3.0-only OR MIT", true);
    check("GPL-3.0-only/MIT", true);
    check("Apache-2.0 WITH LLVM-exception OR GPL-3.0-only", true);
    check("(MIT OR GPL-3.0-only) AND Apache-2.0", true);
    check("", false);
    check("GPL-3.0-only", false);
    check("MIT AND GPL-3.0-only", false);
    check("MIT OR Apache-2.0 AND GPL-3.0-only", true);
    check("(MIT OR Apache-2.0) AND GPL-3.0-only", false);
    check("Apache-2.0 WITH Other-exception", false);
    check("(MIT", false);
}

#[test]
fn every_crate_may_be_here() {
    let deny = deny();
    let (allowed, skipped) = (texts(&deny["licenses"]["allow"], "allow"), texts(&deny["bans"]["skip"], "crate"));
    let banned = texts(&deny["bans"]["deny"], "crate");
    let mut wrong = Vec::new();
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut used: Vec<&str> = Vec::new();
    for [name, version, licence, source] in crates() {
        if !fits(&licence, &allowed) {
            wrong.push(format!("{name} {version}: the licence {licence:?} is not allowed"));
        }
        used.extend(allowed.iter().filter(|one| licence.contains(*one)));
        // Our own has no source.
        if !source.is_empty() && source != "registry+https://github.com/rust-lang/crates.io-index" {
            wrong.push(format!("{name} {version} comes from {source}"));
        }
        if banned.contains(&name.as_str()) {
            wrong.push(format!("{name} is banned"));
        }
        versions.entry(name).or_default().push(version);
    }
    for (name, versions) in &versions {
        let counted: Vec<&String> = versions.iter().filter(|version| !skipped.contains(&format!("{name}@{version}").as_str())).collect();
        if counted.len() > 1 {
            wrong.push(format!("{name} is here in several versions: {counted:?}"));
        }
    }
    let is_here = |skip: &&&str| {
        skip.split_once('@')
            .is_some_and(|(name, version)| versions.get(name).is_some_and(|all| all.len() > 1 && all.iter().any(|one| one == version)))
    };
    wrong.extend(skipped.iter().filter(|skip| !is_here(skip)).map(|skip| format!("deny.toml: {skip} is no second version any more")));
    wrong.extend(allowed.iter().filter(|one| !used.contains(one)).map(|one| format!("deny.toml: no crate has the licence {one}")));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What is served to readers; tools that stay here may have other licences.
#[test]
fn every_npm_package_that_is_served_may_be() {
    let deny = deny();
    let allowed = texts(&deny["licenses"]["allow"], "allow");
    let lock: Value = serde_json::from_slice(&std::fs::read(root().join("package-lock.json")).unwrap()).unwrap();
    let served: Vec<_> = lock["packages"].as_object().unwrap().iter().filter(|(_, one)| one["dev"] != true).collect();
    let refused: Vec<_> =
        served.iter().filter(|(_, one)| !one["license"].as_str().is_some_and(|licence| fits(licence, &allowed))).collect();
    assert!(refused.is_empty() && served.len() > 3, "{refused:#?}");
}
