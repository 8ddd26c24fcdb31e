//! Fields that a row has twice: JSON allows them, and programs differ in which one they take. Host only: the app takes the last one, as
//! browsers do. Says nothing of files that are no list of rows.

use super::issue::{Code, Issue};
use super::record::text_of;
use serde::Deserializer;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::BTreeSet;

pub fn fields(file: &str, bytes: &[u8]) -> Vec<Issue> {
    let rows: Vec<&RawValue> = text_of(file, bytes).ok().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let mut issues = Vec::new();
    // Rows count from the first after a head.
    let first = u32::from(!rows.first().is_some_and(|row| row.get().starts_with('[')));
    for (number, row) in (first..).zip(rows) {
        let twice = serde_json::Deserializer::from_str(row.get()).deserialize_map(Names).unwrap_or_default();
        issues.extend(twice.into_iter().map(|name| Issue::new(file, Code::DuplicateField).row(number).field(&name).found(name)));
    }
    issues
}

struct Names;

impl<'de> Visitor<'de> for Names {
    type Value = BTreeSet<String>;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut seen, mut twice) = (BTreeSet::new(), BTreeSet::new());
        while let Some((name, IgnoredAny)) = map.next_entry::<String, _>()? {
            if !seen.insert(name.clone()) {
                twice.insert(name);
            }
        }
        Ok(twice)
    }
}
