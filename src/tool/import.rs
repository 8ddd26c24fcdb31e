//! `impact import`: rows of others into a copy of a package. The package itself stays as it is: a new folder is written.

use super::mapping::Mapping;
use super::merge::{Counts, Rows, Tables, merge};
use super::normal;
use super::table::Read;
use crate::data::contract::{CONTRACTS, contract};
use crate::data::{folder, form};
use crate::text::Text;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A folder with the package as it is after the import.
#[derive(Debug)]
pub struct Imported {
    pub counts: Counts,
    /// `None` if there was nothing new: then nothing is written.
    pub folder: Option<PathBuf>,
}

/// Merges rows into a copy of the package in `from`, at `to` or beside `from` with the new version in its name. The error is sentences.
pub fn import(from: &Path, to: Option<&Path>, mapping: &Mapping, read: Vec<Read>, text: Text) -> Result<Imported, Vec<String>> {
    if let Some(to) = to.filter(|to| to.exists()) {
        return Err(vec![text.t("impact.is-there", &[("name", &to.display().to_string())])]);
    }
    let mut tables = tables(from).map_err(|reason| vec![reason])?;
    let added = add(&mut tables, mapping, text)?;
    let before = tables.clone();
    let counts = merge(&mut tables, read, text)?;
    let changed: BTreeSet<&String> = tables.keys().filter(|name| before.get(*name) != tables.get(*name) || added.contains(*name)).collect();
    if changed.is_empty() {
        return Ok(Imported { counts, folder: None });
    }
    // Aside first, and moved into place when it is whole.
    let aside = beside(from, ".partial");
    let folder = write(from, &aside, &tables, &changed).and_then(|version| {
        let to = to.map_or_else(|| beside(from, &version), Path::to_owned);
        if to.exists() {
            return Err(text.t("impact.is-there", &[("name", &to.display().to_string())]));
        }
        std::fs::rename(&aside, &to).map_err(|error| format!("{}: {error}", to.display()))?;
        Ok(to)
    });
    let folder = folder.map_err(|reason| {
        let _ = std::fs::remove_dir_all(&aside); // ours, and of no use to anybody
        vec![reason]
    })?;
    Ok(Imported { counts, folder: Some(folder) })
}

/// `data` and `x` to `data-x`; `.` is called what the folder is called.
fn beside(folder: &Path, end: &str) -> PathBuf {
    let whole = if folder.file_name().is_none() { folder.canonicalize().ok() } else { None };
    let folder = whole.as_deref().unwrap_or(folder);
    let name = folder.file_name().map_or_else(|| "package".into(), |name| name.to_string_lossy());
    folder.with_file_name(format!("{name}-{end}"))
}

fn tables(folder: &Path) -> Result<Tables, String> {
    let read = |name: &str| -> Result<Rows, String> {
        let text = text_of(folder, name)?;
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", folder.join(format!("{name}.json")).display()))
    };
    CONTRACTS.iter().map(|contract| Ok((contract.name.to_owned(), read(contract.name)?))).collect()
}

/// A table's rows as objects, whichever form they have.
fn text_of(folder: &Path, name: &str) -> Result<String, String> {
    let (file, bytes) =
        form::find(name, |file| std::fs::read(folder.join(file)).map_err(|error| format!("{}: {error}", folder.join(file).display())))?;
    let at = |reason: &dyn std::fmt::Display| format!("{}: {reason}", folder.join(&file).display());
    let bytes = form::unpacked(name, &file, &bytes).map_err(|issue| at(&issue.code.id()))?;
    let text = std::str::from_utf8(&bytes).map_err(|error| at(&error))?;
    Ok(form::keyed(text).into_owned())
}

/// The rows of the mapping that are not there yet, by their keys; says which tables have changed.
fn add(tables: &mut Tables, mapping: &Mapping, text: Text) -> Result<BTreeSet<String>, Vec<String>> {
    let mut changed = BTreeSet::new();
    for (name, rows) in &mapping.add {
        let (Some(contract), Some(table)) = (contract(name), tables.get_mut(name)) else {
            return Err(vec![text.t("impact.no-table", &[("name", name)])]);
        };
        for row in rows {
            let is_there = table.iter().any(|known| contract.primary_key.iter().all(|key| known.get(*key) == row.get(*key)));
            if !is_there {
                table.push(row.clone());
                changed.insert(name.clone());
            }
        }
    }
    Ok(changed)
}

/// Files that did not change are copied byte for byte.
fn write(from: &Path, to: &Path, tables: &Tables, changed: &BTreeSet<&String>) -> Result<String, String> {
    let _ = std::fs::remove_dir_all(to); // left behind by an interrupted import
    copy(from, to).map_err(|error| format!("{}: {error}", to.display()))?;
    for (name, rows) in tables.iter().filter(|(name, _)| changed.contains(name)) {
        if let Some(contract) = contract(name) {
            let before = text_of(to, name)?;
            for old in [format!("{name}.json"), format!("{name}.json{}", form::PACKED)] {
                let _ = std::fs::remove_file(to.join(old)); // one of them is not there
            }
            let (file, bytes) = normal::file(contract, &before, rows);
            std::fs::write(to.join(&file), bytes).map_err(|error| format!("{}: {error}", to.join(&file).display()))?;
        }
    }
    folder::seal(to)
}

/// The descriptor, what lies beside it, and the folder of talks; not what else a publisher keeps there.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let path = entry?.path();
        let Some(name) = path.file_name() else { continue };
        if path.is_file() {
            std::fs::copy(&path, to.join(name))?;
        } else if name == crate::data::deck::FOLDER {
            copy(&path, &to.join(name))?;
        }
    }
    Ok(())
}
