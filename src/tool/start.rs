//! `impact init` and `impact views add`: the first package of a newcomer, and its first chart.

use super::publish::{Files, Whole, objects, sealed, whole, write};
use super::{check, normal, told};
use crate::data::contract::{CONTRACTS, contract};
use crate::data::descriptor::FILE;
use crate::data::package::Package;
use crate::data::{folder, form};
use crate::text::Text;
use serde_json::{Map, Value, json};
use std::path::Path;

/// Tables that every package needs filled, with the names that we use ourselves.
const GIVEN: [(&str, &str); 3] = [
    ("places", include_str!("../../public/data/places.json")),
    ("sectors", include_str!("../../public/data/sectors.json")),
    ("units", include_str!("../../public/data/units.json")),
];

/// Writes a sound package without figures into a new folder. The error is a sentence.
pub fn init(to: &Path, title: &str, text: Text) -> Result<(), String> {
    let name = to.display().to_string();
    if std::fs::read_dir(to).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(text.t("impact.not-empty", &[("name", &name)]));
    }
    let mut files = Files::new();
    for contract in CONTRACTS {
        let given = GIVEN.iter().find(|(name, _)| *name == contract.name).map_or("[]\n", |(_, rows)| rows);
        files.insert(format!("{}.json", contract.name), given.as_bytes().to_vec());
    }
    let id = to.file_name().map_or_else(|| "package".to_owned(), |name| name.to_string_lossy().to_lowercase());
    let id: String = id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let head = json!({"name": id, "title": title, "licenses": [{"name": "CC-BY-4.0"}]});
    let ready = sealed(files, head.as_object().cloned().unwrap_or_default(), &[], text)?;
    std::fs::create_dir_all(to).map_err(told::at(to, text))?;
    let readme = ("README.md".to_owned(), readme(title, text).into_bytes());
    for (file, bytes) in ready.files.into_iter().chain([readme]) {
        write(&to.join(&file), &bytes, text)?;
    }
    Ok(())
}

/// JSON knows no comments: what each file is for stands beside them.
fn readme(title: &str, text: Text) -> String {
    let t = |key: &str| text.t(key, &[]);
    let mut out = format!("# {title}\n\n{}\n\n", t("impact.readme-lead"));
    out.push_str(&format!(
        "| {} | {} | {} |\n|---|---|---|\n",
        t("impact.readme-file"),
        t("impact.readme-holds"),
        t("impact.readme-needs")
    ));
    out.push_str(&format!("| `{FILE}` | {} | |\n", t("impact.readme-descriptor")));
    for contract in CONTRACTS {
        let needed: Vec<String> = contract.fields.iter().filter(|field| field.required).map(|field| format!("`{}`", field.name)).collect();
        out.push_str(&format!("| `{}.json` | {} | {} |\n", contract.name, t(&format!("resource.{}", contract.name)), needed.join(" ")));
    }
    out.push_str(&format!("\n{}\n", t("impact.readme-next")));
    out
}

/// What became of a new view.
#[derive(Debug)]
pub enum Added {
    /// It stands in `views.json`, and the package is sealed.
    Done,
    /// It would bring issues, so nothing is written: a text for people, and the package as it would be.
    Refused(String, Box<Package>),
}

/// Adds a row to `views.json`. The error is a sentence.
pub fn add_view(folder: &Path, row: Map<String, Value>, text: Text) -> Result<Added, String> {
    const TABLE: &str = "views";
    let file = format!("{TABLE}.json");
    let Whole { mut files, head, unlisted } = whole(folder, text)?;
    if let Some(name) = unlisted.first() {
        return Err(text.t("impact.unsound-table", &[("name", &folder.join(name).display().to_string())]));
    }
    let (name, bytes) = form::find(TABLE, |name| files.get(name).cloned().ok_or_else(|| name.to_owned()))?;
    let at = |name: &str| folder.join(name).display().to_string();
    let Some(table) = objects(TABLE, &name, &bytes) else { return Err(text.t("impact.unsound-table", &[("name", &at(&name))])) };
    let mut rows: Vec<Map<String, Value>> = serde_json::from_str(&table).map_err(|error| told::json(&folder.join(&name), &error, text))?;
    files.remove(&name);
    let decks = folder::decks(folder);
    let listed = head.clone();
    let Some(contract) = contract(TABLE) else { return Err(file) };
    files.insert(file.clone(), normal::table(contract, &table, &rows).into_bytes());
    let before = sealed(files.clone(), head.clone(), &decks, text)?.package.issues;
    rows.push(row);
    files.insert(file.clone(), normal::table(contract, &table, &rows).into_bytes());
    let mut ready = sealed(files, head, &decks, text)?;
    ready.package.issues.retain(|issue| !before.contains(issue));
    if !ready.package.issues.is_empty() {
        let report = check::report(&ready.package, &folder.display().to_string(), text);
        return Ok(Added::Refused(report, Box::new(ready.package)));
    }
    for (name, bytes) in ready.files.iter().filter(|(name, bytes)| !std::fs::read(folder.join(name)).is_ok_and(|old| old == **bytes)) {
        write(&folder.join(name), bytes, text)?;
    }
    // Where a table was packed or had a name of its own, its rows stand in the file that is listed now.
    for old in CONTRACTS.iter().filter_map(|contract| form::listed_as(&listed, contract.name)).filter(|old| !ready.files.contains_key(*old))
    {
        std::fs::remove_file(folder.join(old)).map_err(told::at(&folder.join(old), text))?;
    }
    Ok(Added::Done)
}
