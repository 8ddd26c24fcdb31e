//! A whole package at once: what the host tools and the tests load.

use super::build::{self, Tables};
use super::community;
use super::contract::{CONTRACTS, contract, max_bytes};
use super::deck;
use super::descriptor::{self, Descriptor};
use super::form;
use super::issue::{Code, Issue};
use super::record::{self, Checked};
use crate::model::catalog::Headline;
use crate::model::community::Told;
use crate::model::dataset::Dataset;
use crate::model::deck::Deck;
use crate::model::words::Topic;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything of a package that is sound, and everything that is not.
#[derive(Debug, Default)]
pub struct Package {
    pub descriptor: Descriptor,
    pub dataset: Dataset,
    pub headlines: Vec<Headline>,
    /// What only pages tell, and no view draws.
    pub told: Told,
    /// Rows by resource, good and bad.
    pub rows: BTreeMap<String, u32>,
    /// Row and id of each view; `state::defaults::check` judges what they show at first.
    pub view_rows: Vec<(u32, String)>,
    /// Every resource's sound rows as they were read: for what is written once, by name of field (catalogue, search index).
    pub tables: BTreeMap<&'static str, Checked>,
    pub decks: Vec<Deck>,
    pub issues: Vec<Issue>,
}

/// The resource that holds a topic's observations; `None` for a topic that has no such table.
pub fn observations_resource(topic: Topic) -> Option<&'static str> {
    match topic {
        Topic::People => Some("observations-people"),
        Topic::Remittances => Some("observations-remittances"),
        Topic::Context => Some("observations-context"),
        Topic::Funding => Some("observations-funding"),
        Topic::Partners => None,
    }
}

/// Loads a package through `read`, which returns the bytes of a file beside the descriptor or the reason why it cannot.
/// `files` are the package's files as found, to name those that the descriptor does not list.
pub fn load(read: &dyn Fn(&str) -> Result<Vec<u8>, String>, files: &[String]) -> Package {
    let mut package = Package::default();
    match read(descriptor::FILE) {
        Ok(bytes) => (package.descriptor, package.issues) = descriptor::read(&bytes),
        Err(reason) => {
            package.issues.push(Issue::new(descriptor::FILE, Code::NotReadable).found(reason));
            return package;
        }
    }
    let mut checked: BTreeMap<&'static str, Checked> = BTreeMap::new();
    for entry in &package.descriptor.entries {
        let bytes = match read(&entry.path) {
            Ok(bytes) => bytes,
            Err(reason) => {
                package.issues.push(Issue::new(&entry.path, Code::NotReadable).found(reason));
                continue;
            }
        };
        package.issues.extend(entry.verify(&bytes));
        if bytes.len() > max_bytes(&entry.name) {
            continue;
        }
        let bytes = match form::unpacked(&entry.name, &entry.path, &bytes) {
            Ok(plain) => plain,
            Err(issue) => {
                package.issues.push(issue);
                continue;
            }
        };
        if let Some(contract) = contract(&entry.name) {
            let mut table = record::check(&entry.path, &bytes, contract);
            package.issues.append(&mut table.issues);
            #[cfg(not(target_arch = "wasm32"))]
            package.issues.extend(super::twice::fields(&entry.path, &bytes));
            package.rows.insert(entry.name.clone(), table.rows);
            checked.insert(contract.name, table);
        }
    }
    let tables: Tables = checked.iter().map(|(name, table)| (*name, table)).collect();
    for contract in CONTRACTS {
        package.issues.extend(build::check_references(contract.name, &tables));
        if let Some(table) = tables.get(contract.name) {
            package.issues.extend(build::check_date_pairs(contract.name, table));
        }
    }
    let (catalog, issues) = build::catalog(&tables);
    package.issues.extend(issues);
    if let Some(table) = tables.get("views") {
        package.view_rows = build::view_rows(table);
    }
    if let Some(table) = tables.get("headlines") {
        let (headlines, issues) = build::headlines(table, &catalog);
        package.headlines = headlines;
        package.issues.extend(issues);
    }
    for &topic in Topic::ALL {
        if let Some(table) = observations_resource(topic).and_then(|name| tables.get(name)) {
            let (observations, issues) = build::observations(table, topic, &catalog);
            package.dataset.observations.push((topic, observations));
            package.issues.extend(issues);
        }
    }
    if let Some(table) = tables.get("agreements") {
        let (agreements, issues) = build::agreements(table, &catalog);
        package.dataset.agreements = Some(Arc::new(agreements));
        package.issues.extend(issues);
    }
    package.told = community::told(&tables, &catalog);
    let (talks, issues) = deck::listed(&read(descriptor::FILE).unwrap_or_default());
    package.issues.extend(issues);
    for entry in &talks {
        match read(&entry.path) {
            Ok(bytes) => {
                package.issues.extend(entry.verify(&bytes));
                let (deck, issues) = deck::read(&entry.path, &bytes, &tables);
                package.decks.push(deck.unwrap_or_else(|| deck::unread(&entry.path)));
                package.issues.extend(issues);
            }
            Err(reason) => {
                package.decks.push(deck::unread(&entry.path));
                package.issues.push(Issue::new(&entry.path, Code::NotReadable).found(reason));
            }
        }
    }
    package.dataset.community = Arc::new(community::community(&tables, &catalog));
    package.dataset.catalog = Arc::new(catalog);
    package.tables = checked;
    let listed =
        |file: &String| file == descriptor::FILE || package.descriptor.entries.iter().chain(&talks).any(|entry| &entry.path == file);
    // A descriptor that lists nothing is one finding, not one for each file.
    let judged = if package.descriptor.entries.is_empty() { &[] } else { files };
    let is_ours = |plain: &str| plain.ends_with(".json") && !plain.ends_with(".schema.json");
    let unlisted: Vec<Issue> = judged
        .iter()
        .filter(|file| is_ours(file.trim_end_matches(form::PACKED)) && !listed(file))
        .filter(|file| !form::is_copy(file, |plain| listed(&plain.to_owned()), read))
        .map(|file| Issue::new(file, Code::UnlistedFile))
        .collect();
    package.issues.extend(unlisted);
    crate::model::order::sort_by(&mut package.issues, Ord::cmp);
    package.issues.dedup();
    package
}

/// Loads a package from a folder of the host. Compiles for wasm32 too, where it finds nothing: cargo builds every binary for a
/// browser test.
pub fn load_folder(folder: &std::path::Path) -> Package {
    load_folder_telling(folder, &|_| ())
}

/// The same; `tell` hears the name of each file before it is read.
pub fn load_folder_telling(folder: &std::path::Path, tell: &dyn Fn(&str)) -> Package {
    let names = |folder: &std::path::Path, before: &str| -> Vec<String> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.filter_map(|entry| Some(format!("{before}{}", entry.file_name().to_str()?))).collect()
    };
    let files = [names(folder, ""), names(&folder.join(deck::FOLDER), "decks/")].concat();
    let read = |path: &str| {
        tell(path);
        std::fs::read(folder.join(path)).map_err(|error| error.to_string())
    };
    load(&read, &files)
}
