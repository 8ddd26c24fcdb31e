//! A view's part of the package as a package of its own: its row, the rows that it shows, all that these refer to, nothing else;
//! and the same of all views of a page.
//!
//! Rows stay byte for byte as published. Judges nothing: a row that fails a check fails it here too.

use super::contract::{CONTRACTS, Kind, contract};
use super::descriptor::{Descriptor, FILE, PART_OF, sha256_hex};
use super::form;
use super::package;
use super::seal;
use crate::model::catalog::SeriesIx;
use crate::model::dataset::Dataset;
use crate::model::lang::Lang;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Folder of the rows, below the descriptor.
const FOLDER: &str = "data";
/// Tables that only describe others: their rows come where they are referred to.
const DESCRIBING: [&str; 6] = ["sources", "places", "sectors", "units", "series", "breaks"];

/// A package's files as they are published.
#[derive(Debug, Default)]
pub struct Raw {
    pub descriptor: Map<String, Value>,
    tables: Vec<Rows>,
    /// Resource and first part of a row's key, to its place.
    by_key: BTreeMap<(&'static str, String), (usize, usize)>,
}

/// One resource, row by row: as published, and as read.
type Rows = Vec<(String, Value)>;

/// A file's name and bytes, and whether it has rows.
type File = (String, Vec<u8>, bool);

/// A file beside the rows.
#[derive(Debug)]
pub struct Table<'a> {
    pub name: &'a str,
    pub path: &'a str,
    pub bytes: &'a [u8],
    pub schema: Value,
}

impl Raw {
    /// What cannot be read is empty: `package::load` has said so.
    pub fn load(descriptor: &Descriptor, read: &dyn Fn(&str) -> Result<Vec<u8>, String>) -> Raw {
        let json = |path: &str| read(path).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        let plain = |name: &str, path: &str| {
            let bytes = read(path).ok()?;
            let text = String::from_utf8(form::unpacked(name, path, &bytes).ok()?.into_owned()).ok()?;
            Some(form::keyed(&text).into_owned())
        };
        let mut raw = Raw { descriptor: serde_json::from_str(&json(FILE)).unwrap_or_default(), ..Raw::default() };
        for (table, contract) in CONTRACTS.iter().enumerate() {
            let text = descriptor.entry(contract.name).and_then(|entry| plain(contract.name, &entry.path)).unwrap_or_default();
            let rows: Vec<&RawValue> = serde_json::from_str(&text).unwrap_or_default();
            let rows: Rows = rows.iter().map(|row| (row.get().to_owned(), serde_json::from_str(row.get()).unwrap_or_default())).collect();
            for (row, (_, value)) in rows.iter().enumerate() {
                let key = contract.primary_key.first().and_then(|key| value.get(*key)).and_then(Value::as_str);
                raw.by_key.entry((contract.name, key.unwrap_or_default().to_owned())).or_insert((table, row));
            }
            raw.tables.push(rows);
        }
        raw
    }

    /// A text of the descriptor.
    pub fn text(&self, key: &str) -> &str {
        self.descriptor.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// Every row that views stand on: `needs` are the resources that they read, headline figures among them.
    fn behind(&self, views: &[&str], needs: &[&str]) -> BTreeSet<(usize, usize)> {
        let mut open: Vec<(usize, usize)> =
            views.iter().filter_map(|view| self.by_key.get(&("views", (*view).to_owned())).copied()).collect();
        if let Some(headlines) = CONTRACTS.iter().position(|contract| contract.name == "headlines" && needs.contains(&contract.name)) {
            open.extend(self.rows_where(headlines, &|_| true));
        }
        let own: Vec<&str> = open.iter().flat_map(|&at| self.named(at, &["series", "marks", "rival_series"])).collect();
        for (table, contract) in CONTRACTS.iter().enumerate() {
            if needs.contains(&contract.name) && !DESCRIBING.contains(&contract.name) {
                let is_behind = |row: &Value| row.get("series").and_then(Value::as_str).is_none_or(|id| own.contains(&id));
                open.extend(self.rows_where(table, &is_behind));
            }
        }
        let mut kept = BTreeSet::new();
        while let Some(at) = open.pop() {
            if !kept.insert(at) {
                continue;
            }
            let contract = &CONTRACTS[at.0];
            for field in contract.fields {
                if let Kind::Key(target) | Kind::Keys(target) = field.kind {
                    let found = |key: &&str| self.by_key.get(&(target, (*key).to_owned())).copied();
                    open.extend(self.named(at, &[field.name]).iter().filter_map(found));
                }
            }
            if contract.name == "series"
                && let Some(breaks) = CONTRACTS.iter().position(|contract| contract.name == "breaks")
            {
                let id = self.named(at, &["id"]);
                open.extend(
                    self.rows_where(breaks, &|row| row.get("series").and_then(Value::as_str).is_some_and(|series| id.contains(&series))),
                );
            }
        }
        kept
    }

    fn rows_where(&self, table: usize, fits: &dyn Fn(&Value) -> bool) -> Vec<(usize, usize)> {
        let rows = self.tables.get(table).into_iter().flatten().enumerate();
        rows.filter(|(_, (_, row))| fits(row)).map(|(i, _)| (table, i)).collect()
    }

    /// What the fields of a row hold, one text or several.
    fn named(&self, (table, row): (usize, usize), fields: &[&str]) -> Vec<&str> {
        let Some((_, row)) = self.tables.get(table).and_then(|rows| rows.get(row)) else { return Vec::new() };
        let values = fields.iter().filter_map(|field| row.get(*field));
        values.flat_map(|value| value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)).filter_map(Value::as_str).collect()
    }

    /// The same rows for an embed, which loads them as one file: the name of each to its text. Tables without rows are there, for the
    /// app asks for them; schemas are not, for it reads rows by the contract. An embed speaks one language: its texts stand in the place
    /// of the other's too, where gzip finds them again.
    pub fn bundle(&self, view: &str, needs: &[&str], lang: Lang) -> Result<Map<String, Value>, String> {
        self.files(&[view], needs, &|row| in_one_language(row, lang))
    }

    /// The same of all views of a page, in both languages: its reader may go from one to the other.
    pub fn page(&self, views: &[&str], needs: &[&str]) -> Result<Map<String, Value>, String> {
        self.files(views, needs, &str::to_owned)
    }

    fn files(&self, views: &[&str], needs: &[&str], write: &dyn Fn(&str) -> String) -> Result<Map<String, Value>, String> {
        let (mut package, files) = self.cut(views, needs, Map::new(), write)?;
        // The list of views means nothing without series and units.
        let is_needed = |name: &str| needs.contains(&name) || ["views", "series", "units"].contains(&name);
        if let Some(resources) = package.get_mut("resources").and_then(Value::as_array_mut) {
            resources.retain(|resource| resource["name"].as_str().is_some_and(is_needed));
            for resource in resources.iter_mut().filter_map(Value::as_object_mut) {
                resource.retain(|key, _| ["name", "path", "hash", "size_bytes"].contains(&&**key));
            }
        }
        let mut bundle = Map::from_iter([(FILE.to_owned(), Value::from(Value::from(package).to_string()))]);
        for (file, bytes, _) in files.into_iter().filter(|(file, ..)| is_needed(file.trim_end_matches(".json"))) {
            bundle.insert(file, String::from_utf8(bytes).map_err(|error| error.to_string())?.into());
        }
        Ok(bundle)
    }

    /// Descriptor and files of a view's own package, each row as `write` has it; of each file, whether it has rows.
    fn cut(
        &self,
        views: &[&str],
        needs: &[&str],
        about: Map<String, Value>,
        write: &dyn Fn(&str) -> String,
    ) -> Result<(Map<String, Value>, Vec<File>), String> {
        let kept = self.behind(views, needs);
        let mut package = self.descriptor.clone();
        package.insert(PART_OF.to_owned(), self.text("name").into());
        package.extend(about);
        let mut files = Vec::new();
        for (at, contract) in CONTRACTS.iter().enumerate() {
            let rows = self.tables.get(at).into_iter().flatten().enumerate().filter(|(row, _)| kept.contains(&(at, *row)));
            let rows: Vec<String> = rows.map(|(_, (text, _))| write(text)).collect();
            files.push((format!("{}.json", contract.name), format!("[\n{}\n]\n", rows.join(",\n")).into_bytes(), !rows.is_empty()));
        }
        let read =
            |name: &str| files.iter().find(|(file, ..)| file == name).map(|(_, bytes, _)| bytes.clone()).ok_or_else(|| name.to_owned());
        let sealed = seal::seal(package, &[], &read)?;
        Ok((serde_json::from_str(&sealed.text).map_err(|error| error.to_string())?, files))
    }

    /// The files of a view's own package, the descriptor first. `about` goes over what the whole package says of itself.
    pub fn fragment(
        &self,
        view: &str,
        needs: &[&str],
        about: Map<String, Value>,
        table: &Table<'_>,
    ) -> Result<Vec<(String, Vec<u8>)>, String> {
        let (mut package, mut files) = self.cut(&[view], needs, about, &str::to_owned)?;
        // Others cannot read a table without rows: it is not listed.
        files.retain(|(.., has_rows)| *has_rows);
        let is_listed = |name: &str| files.iter().any(|(file, ..)| file.strip_suffix(".json") == Some(name));
        if let Some(resources) = package.get_mut("resources").and_then(Value::as_array_mut) {
            resources.retain(|resource| resource.get("name").and_then(Value::as_str).is_some_and(is_listed));
            for (resource, (file, ..)) in resources.iter_mut().zip(&files) {
                resource["path"] = format!("{FOLDER}/{file}").into();
                if let Some(contract) = file.strip_suffix(".json").and_then(contract) {
                    resource["schema"] = contract.schema_among(&is_listed);
                }
            }
            resources.push(json!({
                "name": table.name,
                "path": table.path,
                "type": "table",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "hash": format!("sha256:{}", sha256_hex(table.bytes)),
                "size_bytes": table.bytes.len(),
                "schema": table.schema,
            }));
        }
        let mut text = serde_json::to_string_pretty(&package).map_err(|error| error.to_string())?;
        text.push('\n');
        let mut all = vec![(FILE.to_owned(), text.into_bytes())];
        all.extend(files.into_iter().map(|(name, bytes, _)| (format!("{FOLDER}/{name}"), bytes)));
        Ok(all)
    }
}

/// Rows of the whole and of a part of it, by topic: where some begin in the one, where in the other, and how many they are. Rows are named
/// by their place (`Fact`), and a part has fewer before them.
pub type Places = BTreeMap<&'static str, Vec<(u32, u32, u32)>>;

/// Where the rows of `files`, a part of what `whole` holds, have their places. Fails where a series of it has other rows.
pub fn places(whole: &Dataset, files: &Map<String, Value>) -> Result<Places, String> {
    let names: Vec<String> = files.keys().cloned().collect();
    let read = |path: &str| files.get(path).and_then(Value::as_str).map(|text| text.as_bytes().to_vec()).ok_or_else(|| path.to_owned());
    let part = package::load(&read, &names).dataset;
    let mut places = Places::new();
    for (ix, series) in (0_u16..).map(SeriesIx).zip(part.catalog.series.iter()) {
        let own: Vec<u32> = part.rows(ix).map(|(_, row)| row.row).collect();
        let theirs = whole.catalog.series.find(&series.id).into_iter().flat_map(|ix| whole.rows(ix)).map(|(_, row)| row.row);
        let theirs: Vec<u32> = theirs.collect();
        if own.is_empty() {
            continue; // only described
        }
        if own.len() != theirs.len() {
            return Err(format!("{}: {} rows in the package and {} in a part of it", series.id, theirs.len(), own.len()));
        }
        let known = places.entry(series.topic.id()).or_default();
        for (&from, &to) in theirs.iter().zip(&own) {
            match known.last_mut() {
                Some((first, other, count)) if *first + *count == from && *other + *count == to => *count += 1,
                _ => known.push((from, to, 1)),
            }
        }
    }
    Ok(places)
}

/// Markup of the whole with the rows named as in a part of it: of an embed, whose app never has the whole. That of a page may: there
/// `web/boot.js` does the same when the part has come.
pub fn renamed(markup: &str, places: &Places) -> String {
    const FACT: &str = "data-fact=\"";
    let mut parts = markup.split(FACT);
    let mut all = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (token, rest) = part.split_once('"').unwrap_or((part, ""));
        let (head, row) = token.rsplit_once('.').unwrap_or((token, ""));
        let topic = head.strip_prefix("rest.").unwrap_or(head);
        let row: Option<u32> = row.parse().ok();
        let found = row.and_then(|row| {
            let ranges = places.get(topic)?;
            let (first, other, _) = ranges.iter().find(|(first, _, count)| (*first..first + count).contains(&row))?;
            Some(row - first + other)
        });
        let token = found.map_or_else(|| token.to_owned(), |row| format!("{head}.{row}"));
        all.push_str(&[FACT, &token, "\"", rest].concat());
    }
    all
}

/// A row whose texts are in one language only. Values stay as they are written: a number is not read.
fn in_one_language(row: &str, lang: Lang) -> String {
    let Ok(mut fields) = serde_json::from_str::<BTreeMap<String, &RawValue>>(row) else { return row.to_owned() };
    let (kept, other) = (format!("_{}", lang.tag()), format!("_{}", lang.other().tag()));
    let names: Vec<String> = fields.keys().filter_map(|name| name.strip_suffix(&other)).map(str::to_owned).collect();
    for name in names {
        if let Some(text) = fields.get(&format!("{name}{kept}")).copied() {
            fields.insert(format!("{name}{other}"), text);
        } else if fields.contains_key(&name) {
            fields.remove(&format!("{name}{other}")); // stands beside an original, which is enough here
        }
    }
    serde_json::to_string(&fields).unwrap_or_else(|_| row.to_owned())
}
