//! `impact publish`: a package as others find it: checked, in normal form, sealed, with every earlier version beside it.
//!
//! Earlier versions lie under `v/<version>/`, as on a built site. They are never changed and never removed.

use super::normal;
use crate::data::contract::{CONTRACTS, contract};
use crate::data::deck;
use crate::data::descriptor::FILE;
use crate::data::issue::{Code, Issue};
use crate::data::package::{self, Package};
use crate::data::record::text_of;
use crate::data::{folder, form, seal};
use crate::text::Text;
use crate::view;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Folder of the earlier versions.
const VERSIONS: &str = "v";
/// Where the descriptor names the issues that its publisher knew of.
const ALLOWED: &str = "allowed_issues";

/// A package's files by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A package that is ready to be written, and what is wrong with it.
#[derive(Debug)]
pub struct Ready {
    pub files: Files,
    pub version: String,
    pub package: Package,
}

impl Ready {
    /// Issues that nobody has allowed.
    pub fn refused(&self, allowed: &[Code]) -> Vec<&Issue> {
        self.package.issues.iter().filter(|issue| !allowed.contains(&issue.code)).collect()
    }
}

/// Reads a folder, brings its tables into normal form and seals it, without writing anything. Of `allowed`, those that occur are
/// recorded in the descriptor.
pub fn prepare(from: &Path, allowed: &[Code]) -> Result<Ready, String> {
    let mut files = read(from)?;
    for contract in CONTRACTS {
        // What cannot be read stays as it is: the check says so.
        if let Ok((file, bytes)) = form::find(contract.name, |name| files.get(name).cloned().ok_or(()))
            && let Ok(bytes) = form::unpacked(contract.name, &file, &bytes)
            && let Ok(text) = text_of(contract.name, &bytes).map(form::keyed)
            && let Ok(rows) = serde_json::from_str::<Vec<Map<String, Value>>>(&text)
        {
            files.remove(&file);
            let (file, bytes) = normal::file(contract, &text, &rows);
            files.insert(file, bytes);
        }
    }
    let mut head: Map<String, Value> = serde_json::from_slice(files.get(FILE).map_or(&[][..], Vec::as_slice))
        .map_err(|error| format!("{}: {error}", from.join(FILE).display()))?;
    head.remove(ALLOWED);
    let decks = folder::decks(from);
    let found = sealed(files.clone(), head.clone(), &decks)?;
    let codes: BTreeSet<&str> =
        found.package.issues.iter().map(|issue| issue.code).filter(|code| allowed.contains(code)).map(Code::id).collect();
    if codes.is_empty() {
        return Ok(found);
    }
    head.insert(ALLOWED.to_owned(), codes.into_iter().collect::<Vec<_>>().into());
    sealed(files, head, &decks)
}

/// The same of files that are in memory, such as a package with one row more.
pub fn sealed(mut files: Files, head: Map<String, Value>, decks: &[String]) -> Result<Ready, String> {
    let sealed = seal::seal(head, decks, &|path| files.get(path).cloned().ok_or_else(|| path.to_owned()))?;
    files.insert(FILE.to_owned(), sealed.text.into_bytes());
    let names: Vec<String> = files.keys().cloned().collect();
    let mut package = package::load(&|path| files.get(path).cloned().ok_or_else(|| path.to_owned()), &names);
    view::judge(&mut package);
    Ok(Ready { files, version: sealed.version, package })
}

/// All files of a package's folder and its talks; not what else lies below.
pub fn read(from: &Path) -> Result<Files, String> {
    let mut files = Files::new();
    for (folder, before) in [(from.to_owned(), String::new()), (from.join(deck::FOLDER), format!("{}/", deck::FOLDER))] {
        let at = |error: std::io::Error| format!("{}: {error}", folder.display());
        if !folder.exists() && !before.is_empty() {
            continue;
        }
        for entry in std::fs::read_dir(&folder).map_err(at)? {
            let path = entry.map_err(at)?.path();
            if let (true, Some(name)) = (path.is_file(), path.file_name().and_then(|name| name.to_str())) {
                files.insert(format!("{before}{name}"), std::fs::read(&path).map_err(at)?);
            }
        }
    }
    for contract in CONTRACTS {
        if form::find(contract.name, |name| files.get(name).map(|_| Vec::new()).ok_or(())).is_err() {
            let name = format!("{}.json", contract.name);
            return Err(format!("{}: {}", from.join(name).display(), std::io::ErrorKind::NotFound));
        }
    }
    Ok(files)
}

/// Writes the package to a folder. What was published there before is kept under its version. Says which versions are there.
pub fn publish(ready: &Ready, to: &Path, text: Text) -> Result<Vec<String>, String> {
    if to.join(FILE).is_file() {
        let before = read(to)?;
        let version = version_of(&before);
        if version.is_empty() {
            return Err(text.t("impact.no-version", &[("name", &to.display().to_string())]));
        }
        keep(&before, to, &version)?;
        // A talk that is withdrawn would be a file that nothing lists.
        for name in before.keys().filter(|name| is_listed(name) && !ready.files.contains_key(*name)) {
            std::fs::remove_file(to.join(name)).map_err(|error| format!("{name}: {error}"))?;
        }
    }
    keep(&ready.files, to, &ready.version)?;
    // The descriptor last: until then readers find the old one, whose hashes tell that something is being changed.
    let last = |name: &str| name == FILE;
    for (name, bytes) in ready.files.iter().filter(|(name, _)| !last(name)).chain(ready.files.iter().filter(|(name, _)| last(name))) {
        write(&to.join(name), bytes)?;
    }
    let kept = std::fs::read_dir(to.join(VERSIONS)).into_iter().flatten().flatten();
    let mut kept: Vec<String> = kept.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    kept.sort();
    Ok(kept)
}

/// Tables and talks: what else lies beside them is the publisher's own.
fn is_listed(name: &str) -> bool {
    name.trim_end_matches(form::PACKED).strip_suffix(".json").is_some_and(|name| contract(name).is_some() || name.starts_with(deck::FOLDER))
}

fn version_of(files: &Files) -> String {
    let head: Value = files.get(FILE).and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or_default();
    let version = head.get("version").and_then(Value::as_str).unwrap_or_default();
    // It becomes a folder's name.
    if version.bytes().all(|byte| byte.is_ascii_alphanumeric()) { version.to_owned() } else { String::new() }
}

/// A version that is there stays as it is: those who cite it count on that.
fn keep(files: &Files, to: &Path, version: &str) -> Result<(), String> {
    let folder = to.join(VERSIONS).join(version);
    if folder.exists() {
        return Ok(());
    }
    let aside = to.join(VERSIONS).join(format!(".{version}.partial"));
    let _ = std::fs::remove_dir_all(&aside); // left behind by an interrupted publishing
    for (name, bytes) in files {
        write(&aside.join(name), bytes)?;
    }
    std::fs::rename(&aside, &folder).map_err(|error| format!("{}: {error}", folder.display()))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let at = |error: std::io::Error| format!("{}: {error}", path.display());
    path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(at)?;
    std::fs::write(path, bytes).map_err(at)
}
