//! Large tables in a worker: one file of the package, read in pieces beside the page and handed to it as columns. Compiled to WebAssembly of
//! its own by `script/finish.mjs` and loaded by `web/bulk.js` where a package has such a file. Nothing of it is in the app.

#[cfg(target_arch = "wasm32")]
mod engine {
    use diaspora_impact::data::build::{self, Tables};
    use diaspora_impact::data::contract::{contract, max_bytes};
    use diaspora_impact::data::descriptor::{self, Descriptor, Entry, hex};
    use diaspora_impact::data::form;
    use diaspora_impact::data::handed;
    use diaspora_impact::data::issue::{Code, Issue};
    use diaspora_impact::data::package::observations_resource;
    use diaspora_impact::data::record::{self, Checked};
    use diaspora_impact::data::stream::Stream;
    use diaspora_impact::model::catalog::Catalog;
    use diaspora_impact::model::group::{By, Group, group};
    use diaspora_impact::model::observations::{Observations, Row};
    use diaspora_impact::model::order::sort_by_key;
    use diaspora_impact::model::words::Topic;
    use serde_json::json;
    use sha2::{Digest, Sha256};
    use std::cell::RefCell;
    use std::sync::Arc;
    use wasm_bindgen::prelude::wasm_bindgen;

    /// No reader's list of findings is longer.
    const MAX_TOLD: usize = 10_000;
    /// What observations refer to.
    const CATALOG: [&str; 5] = ["sources", "places", "sectors", "units", "series"];

    struct Reading {
        descriptor: Descriptor,
        entry: Entry,
        catalog: Vec<(String, Checked)>,
        /// `None` for what holds no observations: then the page reads its text.
        topic: Option<Topic>,
        text: Vec<u8>,
        stream: Stream,
        hash: Sha256,
        bytes: usize,
        unpacked: usize,
        failed: Option<Issue>,
    }

    thread_local! {
        static REFUSED: RefCell<Option<Issue>> = const { RefCell::new(None) };
        static READING: RefCell<Option<Reading>> = const { RefCell::new(None) };
        static TABLE: RefCell<(Catalog, Arc<Observations>)> = RefCell::default();
    }

    /// Begins with a resource of the package that has this descriptor, and must have this version. Says which files it needs, and how
    /// large its own may be; nothing, if `end` has to say why not.
    #[wasm_bindgen]
    pub fn begin(descriptor: &[u8], resource: &str, version: &str) -> String {
        let (descriptor, issues) = descriptor::read(descriptor);
        let refuse = |issue: Issue| {
            REFUSED.set(Some(issue));
            String::new()
        };
        // Positions in another catalogue would name other places.
        if descriptor.version != version {
            return refuse(Issue::new(descriptor::FILE, Code::HashMismatch).found(descriptor.version).expected(version));
        }
        let (Some(entry), Some(contract)) = (descriptor.entry(resource).cloned(), contract(resource)) else {
            let missing = Issue::new(descriptor::FILE, Code::MissingResource).found(resource);
            return refuse(issues.into_iter().next().unwrap_or(missing));
        };
        let topic = Topic::ALL.iter().copied().find(|topic| observations_resource(*topic) == Some(resource));
        let needed = if topic.is_some() { &CATALOG[..] } else { &[] };
        let catalog: Vec<_> = needed.iter().filter_map(|name| descriptor.entry(name).map(|entry| (name, &entry.path))).collect();
        let limit = max_bytes(resource).min(entry.bytes.saturating_mul(2));
        let answer = json!({"path": entry.path, "packed": entry.is_packed(), "bytes": entry.bytes, "limit": limit, "catalog": catalog});
        let stream = Stream::new(&entry.path, contract);
        READING.set(Some(Reading {
            descriptor,
            entry,
            catalog: Vec::new(),
            topic,
            text: Vec::new(),
            stream,
            hash: Sha256::new(),
            bytes: 0,
            unpacked: 0,
            failed: None,
        }));
        answer.to_string()
    }

    /// A file of the catalogue.
    #[wasm_bindgen]
    pub fn table(resource: &str, bytes: &[u8]) {
        READING.with_borrow_mut(|reading| {
            if let (Some(reading), Some(contract)) = (reading, contract(resource)) {
                let Some(entry) = reading.descriptor.entry(resource) else { return };
                let failed = match form::unpacked(resource, &entry.path, bytes) {
                    Ok(plain) => {
                        reading.catalog.push((resource.to_owned(), record::check(&entry.path, &plain, contract)));
                        entry.verify(bytes).pop()
                    }
                    Err(issue) => Some(issue),
                };
                reading.failed = reading.failed.take().or(failed);
            }
        });
    }

    /// The next bytes of the file as it lies.
    #[wasm_bindgen]
    pub fn lies(bytes: &[u8]) {
        READING.with_borrow_mut(|reading| {
            if let Some(reading) = reading {
                reading.hash.update(bytes);
                reading.bytes += bytes.len();
            }
        });
    }

    /// The next bytes of its content. Whether more of it is wanted; nothing, if it holds more than any file may.
    #[wasm_bindgen]
    pub fn holds(bytes: &[u8]) -> Option<bool> {
        READING.with_borrow_mut(|reading| {
            let reading = reading.as_mut()?;
            reading.unpacked += bytes.len();
            if reading.unpacked > max_bytes(&reading.entry.name) {
                return None;
            }
            if reading.topic.is_none() {
                reading.text.extend_from_slice(bytes);
                return Some(true);
            }
            reading.stream.push(bytes);
            Some(!reading.stream.has_failed())
        })
    }

    /// The file has ended, by itself or because it cannot be unpacked: all of it for `handed::read`, or the text of a table without observations.
    #[wasm_bindgen]
    pub fn end(is_gzip: bool) -> Vec<u8> {
        if let Some(issue) = REFUSED.take() {
            return handed::write(0, &[issue], &Observations::default());
        }
        let Some(reading) = READING.take() else { return Vec::new() };
        let Reading { entry, catalog, topic, text, stream, hash, bytes, failed, .. } = reading;
        let mut checked = stream.end();
        let whole = checked.issues.iter().find(|issue| issue.row.is_none() && topic.is_some()).cloned();
        let gzip = (!is_gzip).then(|| Issue::new(&entry.path, Code::NotGzip));
        if let Some(issue) = failed.or(gzip).or(whole).or_else(|| entry.compare(bytes, hex(hash)).pop()) {
            return handed::write(0, &[issue], &Observations::default());
        }
        let Some(topic) = topic else { return text };
        checked.forget();
        let mut tables: Vec<(&str, &Checked)> = catalog.iter().map(|(name, table)| (name.as_str(), table)).collect();
        let (catalog, _) = build::catalog(&tables.iter().copied().collect());
        let mut issues = std::mem::take(&mut checked.issues);
        tables.push((&entry.name, &checked));
        issues.extend(build::check_references(&entry.name, &tables.iter().copied().collect::<Tables>()));
        let (observations, found) = build::observations(&checked, topic, &catalog);
        issues.extend(found);
        issues.truncate(MAX_TOLD);
        let rows = checked.rows;
        drop(tables);
        drop(checked); // as large as what is handed over
        let handed = handed::write(rows, &issues, &observations);
        TABLE.set((catalog, observations));
        handed
    }

    /// Rows of a series at these places, separated by spaces, by day: place, last day and value, as JSON. Like `groups` for `script/bench`,
    /// which sets both against other libraries.
    #[wasm_bindgen]
    pub fn rows(series: &str, places: &str) -> String {
        TABLE.with_borrow(|(catalog, table)| {
            let Some(series) = catalog.series.find(series) else { return "[]".to_owned() };
            let mut rows: Vec<_> =
                places.split(' ').filter_map(|code| catalog.places.find(code)).flat_map(|place| table.at_place(series, place)).collect();
            sort_by_key(&mut rows, |row| row.period().as_of());
            let place = |row: &Row| catalog.places.get(row.place()).map(|place| place.code.clone());
            let day = |row: &Row| row.period().as_of().map(|date| date.to_string());
            json!(rows.iter().map(|row| (place(row), day(row), row.cell().value())).collect::<Vec<_>>()).to_string()
        })
    }

    /// How many groups of one series, place and year there are, how many values, and their sum; if asked for, each of them.
    #[wasm_bindgen]
    pub fn groups(each: bool) -> String {
        TABLE.with_borrow(|(catalog, table)| {
            let groups = group(table, &[By::Series, By::Place, By::Year]);
            let values = |group: &Group| group.count - group.missing;
            let told = |group: &Group| {
                let row = table.row(group.row)?;
                let (series, place) = (catalog.series.get(row.series())?, catalog.places.get(row.place())?);
                Some(json!([series.id, place.code, row.period().as_of()?.year(), values(group), group.sum]))
            };
            let all = if each { groups.iter().filter_map(told).collect() } else { Vec::new() };
            json!({
                "groups": groups.len(),
                "count": groups.iter().map(values).sum::<u32>(),
                "sum": groups.iter().map(|group| group.sum).sum::<f64>(),
                "each": all,
            })
            .to_string()
        })
    }
}

fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    println!("script/build compiles this for the browser.");
}
