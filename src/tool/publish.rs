//! `impact publish`: a package as others find it: checked, in normal form, sealed, with every earlier version beside it.
//!
//! Earlier versions lie under `v/<version>/`, as on a built site. They are never changed and never removed.

use super::{normal, told};
use crate::data::contract::{CONTRACTS, contract};
use crate::data::deck;
use crate::data::descriptor::FILE;
use crate::data::issue::{Code, Issue};
use crate::data::package::{self, Package};
use crate::data::record::text_of;
use crate::data::{descriptor, folder, form, seal, twice};
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
pub fn prepare(from: &Path, allowed: &[Code], text: Text) -> Result<Ready, String> {
    let Whole { mut files, mut head, unlisted } = whole(from, text)?;
    for contract in CONTRACTS {
        // What cannot be read stays as it is: the check says so.
        if let Ok((file, bytes)) = form::find(contract.name, |name| files.get(name).cloned().ok_or(()))
            && let Some(text) = objects(contract.name, &file, &bytes)
            && let Ok(rows) = serde_json::from_str::<Vec<Map<String, Value>>>(&text)
        {
            files.remove(&file);
            let (file, bytes) = normal::file(contract, &text, &rows);
            files.insert(file, bytes);
        }
    }
    head.remove(ALLOWED);
    let decks = folder::decks(from);
    let judged = |head: Map<String, Value>| {
        let mut ready = sealed(files.clone(), head, &decks, text)?;
        ready.package.issues.extend(unlisted.iter().map(|file| Issue::new(file, Code::UnlistedFile)));
        Ok::<_, String>(ready)
    };
    let found = judged(head.clone())?;
    let codes: BTreeSet<&str> =
        found.package.issues.iter().map(|issue| issue.code).filter(|code| allowed.contains(code)).map(Code::id).collect();
    if codes.is_empty() {
        return Ok(found);
    }
    head.insert(ALLOWED.to_owned(), codes.into_iter().collect::<Vec<_>>().into());
    judged(head)
}

/// A package's files, each table under the name that publishing gives it.
#[derive(Debug)]
pub struct Whole {
    pub files: Files,
    pub head: Map<String, Value>,
    /// Where a table has two files: the one that the descriptor does not list. It is not among `files`.
    pub unlisted: Vec<String>,
}

/// Reads a package as its descriptor lists it. The error says which file is missing or cannot be read.
pub fn whole(from: &Path, text: Text) -> Result<Whole, String> {
    let mut files = read(from, text)?;
    let path = from.join(FILE);
    let head = files.get(FILE).ok_or_else(|| told::missing(&path, text))?;
    let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head);
    let head: Map<String, Value> = serde_json::from_slice(head).map_err(|error| told::json(&path, &error, text))?;
    let mut unlisted = Vec::new();
    for contract in CONTRACTS {
        let plain = format!("{}.json", contract.name);
        let packed = format!("{plain}{}", form::PACKED);
        let path = form::listed_as(&head, contract.name);
        // A package may keep its tables in folders.
        let below = |path: &str| descriptor::is_plain_path(path).then(|| std::fs::read(from.join(path)).ok())?;
        let bytes = path.and_then(|path| files.remove(path).or_else(|| below(path)));
        if let (Some(path), Some(bytes)) = (path, bytes) {
            unlisted.extend([&plain, &packed].into_iter().filter(|name| files.remove(*name).is_some()).cloned());
            files.insert(if path.ends_with(form::PACKED) { packed } else { plain }, bytes);
        } else if !files.contains_key(&plain) && !files.contains_key(&packed) {
            return Err(told::missing(&from.join(plain), text));
        }
    }
    Ok(Whole { files, head, unlisted })
}

/// A table's rows as objects. `None` where these would hide what is wrong with the file, such as a field that is there twice.
pub fn objects(table: &str, file: &str, bytes: &[u8]) -> Option<String> {
    let bytes = form::unpacked(table, file, bytes).ok()?;
    let text = text_of(file, &bytes).ok()?;
    let objects = form::keyed(text);
    let is_head_alone = text.contains('"') && !objects.contains('"');
    (!is_head_alone && twice::fields(file, objects.as_bytes()).is_empty()).then(|| objects.into_owned())
}

/// The same of files that are in memory, such as a package with one row more.
pub fn sealed(mut files: Files, head: Map<String, Value>, decks: &[String], text: Text) -> Result<Ready, String> {
    let sealed = seal::seal(head, decks, &|path| files.get(path).cloned().ok_or_else(|| told::missing(Path::new(path), text)))?;
    files.insert(FILE.to_owned(), sealed.text.into_bytes());
    let names: Vec<String> = files.keys().cloned().collect();
    let mut package = package::load(&|path| files.get(path).cloned().ok_or_else(|| path.to_owned()), &names);
    view::judge(&mut package);
    Ok(Ready { files, version: sealed.version, package })
}

/// All files of a package's folder and its talks; not what else lies below.
pub fn read(from: &Path, text: Text) -> Result<Files, String> {
    let mut files = Files::new();
    for (folder, before) in [(from.to_owned(), String::new()), (from.join(deck::FOLDER), format!("{}/", deck::FOLDER))] {
        let at = told::at(&folder, text);
        if !folder.exists() && !before.is_empty() {
            continue;
        }
        for entry in std::fs::read_dir(&folder).map_err(&at)? {
            let path = entry.map_err(&at)?.path();
            if let (true, Some(name)) = (path.is_file(), path.file_name().and_then(|name| name.to_str())) {
                files.insert(format!("{before}{name}"), std::fs::read(&path).map_err(told::at(&path, text))?);
            }
        }
    }
    Ok(files)
}

/// Whether a folder is the package's own, which it reads: itself, that of its talks, that of its versions.
pub fn is_its_own(from: &Path, to: &Path) -> bool {
    // The last folder may not be there yet.
    let whole = |path: &Path| {
        let above = path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
        path.canonicalize().or_else(|_| Ok::<_, std::io::Error>(above.canonicalize()?.join(path.file_name().unwrap_or_default()))).ok()
    };
    let Some(to) = whole(to) else { return false };
    let own = [from.to_owned(), from.join(deck::FOLDER), from.join(VERSIONS)];
    own.iter().filter_map(|own| whole(own)).any(|own| own == to)
}

/// Writes the package to a folder. What was published there before is kept under its version. Says which versions are there.
pub fn publish(ready: &Ready, to: &Path, text: Text) -> Result<Vec<String>, String> {
    let before = if to.exists() { read(to, text)? } else { Files::new() };
    if before.contains_key(FILE) {
        let version = version_of(&before);
        if version.is_empty() {
            return Err(text.t("impact.no-version", &[("name", &to.display().to_string())]));
        }
        keep_before(&before, to, &version, text)?;
    } else if let Some(name) = ready.files.iter().find_map(|(name, bytes)| before.get(name).filter(|old| *old != bytes).map(|_| name)) {
        // No package of ours lies there: whose file that is nobody knows.
        return Err(text.t("impact.not-ours", &[("name", &to.join(name).display().to_string())]));
    }
    keep(&ready.files, to, &ready.version, text)?;
    // The descriptor last: until then readers find the old one, whose hashes tell that something is being changed.
    let last = |name: &str| name == FILE;
    for (name, bytes) in ready.files.iter().filter(|(name, _)| !last(name)).chain(ready.files.iter().filter(|(name, _)| last(name))) {
        write(&to.join(name), bytes, text)?;
    }
    // What is withdrawn, such as a talk, would be a file that nothing lists. Only now: an interrupted publishing can be repeated.
    for name in before.keys().filter(|name| is_listed(name) && !ready.files.contains_key(*name)) {
        std::fs::remove_file(to.join(name)).map_err(told::at(&to.join(name), text))?;
    }
    let kept = std::fs::read_dir(to.join(VERSIONS)).into_iter().flatten().flatten();
    let kept = kept.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.') && entry.path().join(FILE).is_file());
    let mut kept: Vec<String> = kept.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    kept.sort();
    Ok(kept)
}

/// Tables and talks: what else lies beside them is the publisher's own.
fn is_listed(name: &str) -> bool {
    name.trim_end_matches(form::PACKED)
        .strip_suffix(".json")
        .is_some_and(|name| contract(name).is_some() || name.starts_with(&format!("{}/", deck::FOLDER)))
}

/// What was published before stays under its version. Where it was changed by hand since, the version is no longer that one: under its own.
fn keep_before(before: &Files, to: &Path, version: &str, text: Text) -> Result<(), String> {
    let head = before.get(FILE).map_or(&[][..], Vec::as_slice);
    let (descriptor, _) = descriptor::read(head);
    let mut entries = CONTRACTS.iter().filter_map(|contract| descriptor.entry(contract.name));
    if entries.all(|entry| before.get(&entry.path).is_some_and(|bytes| entry.verify(bytes).is_empty())) {
        return keep(before, to, version, text);
    }
    let head: Map<String, Value> = serde_json::from_slice(head).unwrap_or_default();
    match sealed(before.clone(), head, &folder::decks(to), text) {
        Ok(changed) => keep(&changed.files, to, &changed.version, text),
        // A table is gone: what is left is no version, and would stand in the place of the whole one for ever.
        Err(_) => Ok(()),
    }
}

fn version_of(files: &Files) -> String {
    let head: Value = files.get(FILE).and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or_default();
    let version = head.get("version").and_then(Value::as_str).unwrap_or_default();
    // It becomes a folder's name.
    if version.bytes().all(|byte| byte.is_ascii_alphanumeric()) { version.to_owned() } else { String::new() }
}

/// A version that is there stays as it is: those who cite it count on that.
fn keep(files: &Files, to: &Path, version: &str, text: Text) -> Result<(), String> {
    let folder = to.join(VERSIONS).join(version);
    if folder.exists() {
        return Ok(());
    }
    let aside = to.join(VERSIONS).join(format!(".{version}.partial"));
    let _ = std::fs::remove_dir_all(&aside); // left behind by an interrupted publishing
    for (name, bytes) in files {
        write(&aside.join(name), bytes, text)?;
    }
    std::fs::rename(&aside, &folder).map_err(told::at(&folder, text))
}

/// Writes a file, and the folders that it lies in.
pub fn write(path: &Path, bytes: &[u8], text: Text) -> Result<(), String> {
    let at = told::at(path, text);
    path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(&at)?;
    std::fs::write(path, bytes).map_err(at)
}
