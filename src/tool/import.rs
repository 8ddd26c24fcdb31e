//! `impact import`: rows of others into a copy of a package. The package itself stays as it is: a new folder is written.

use super::mapping::Mapping;
use super::merge::{Counts, Rows, Tables, merge};
use super::normal;
use super::publish::{Files, Ready, Whole, objects, sealed, whole, write};
use super::table::Read;
use super::told;
use crate::data::contract::{CONTRACTS, contract};
use crate::data::{folder, form};
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet};
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
    let Whole { mut files, head, unlisted } = whole(from, text).map_err(|reason| vec![reason])?;
    if let Some(name) = unlisted.first() {
        return Err(vec![text.t("impact.unsound-table", &[("name", &from.join(name).display().to_string())])]);
    }
    let (texts, mut tables) = tables(from, &files, text).map_err(|reason| vec![reason])?;
    let added = add(&mut tables, mapping, text)?;
    let before = tables.clone();
    let counts = merge(&mut tables, read, text)?;
    let changed: BTreeSet<&String> = tables.keys().filter(|name| before.get(*name) != tables.get(*name) || added.contains(*name)).collect();
    if changed.is_empty() {
        return Ok(Imported { counts, folder: None });
    }
    // Aside first, and moved into place when it is whole.
    let aside = beside(to.unwrap_or(from), ".partial");
    for (name, (file, before)) in texts.iter().filter(|(name, _)| changed.contains(name)) {
        if let (Some(contract), Some(rows)) = (contract(name), tables.get(name)) {
            files.remove(file);
            let (file, bytes) = normal::file(contract, before, rows);
            files.insert(file, bytes);
        }
    }
    let _ = std::fs::remove_dir_all(&aside); // left behind by an interrupted import
    let folder = sealed(files, head, &folder::decks(from), text).and_then(|Ready { files, version, .. }| {
        files.iter().try_for_each(|(name, bytes)| write(&aside.join(name), bytes, text))?;
        let to = to.map_or_else(|| beside(from, &version), Path::to_owned);
        if to.exists() {
            return Err(text.t("impact.is-there", &[("name", &to.display().to_string())]));
        }
        std::fs::rename(&aside, &to).map_err(told::at(&to, text))?;
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

/// Each table's file, and its rows as text.
type Texts = BTreeMap<String, (String, String)>;

/// Each table's file, its rows as text, and as they are read.
fn tables(folder: &Path, files: &Files, text: Text) -> Result<(Texts, Tables), String> {
    let (mut texts, mut tables) = (Texts::new(), Tables::new());
    for contract in CONTRACTS {
        let (file, bytes) = form::find(contract.name, |file| files.get(file).cloned().ok_or_else(|| file.to_owned()))?;
        let objects = objects(contract.name, &file, &bytes);
        let rows = objects.as_ref().and_then(|text| serde_json::from_str::<Rows>(text).ok());
        let (Some(objects), Some(rows)) = (objects, rows) else {
            return Err(text.t("impact.unsound-table", &[("name", &folder.join(&file).display().to_string())]));
        };
        texts.insert(contract.name.to_owned(), (file, objects));
        tables.insert(contract.name.to_owned(), rows);
    }
    Ok((texts, tables))
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
