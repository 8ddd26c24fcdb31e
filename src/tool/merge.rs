//! New rows of observations beside those that are there: nothing is overwritten, what was current becomes superseded.

use super::table::Read;
use crate::data::package::observations_resource;
use crate::model::words::Topic;
use crate::text::Text;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

pub type Rows = Vec<Map<String, Value>>;

/// A package's tables of rows, by resource.
pub type Tables = BTreeMap<String, Rows>;

/// What became of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    pub added: u64,
    /// The value that was there is now superseded.
    pub revised: u64,
    /// The same value in another document.
    pub confirmed: u64,
    /// Another publisher's value beside the one that stays current.
    pub rivals: u64,
    pub unchanged: u64,
}

/// What two rows must share to speak of the same thing.
const SUBJECT: [&str; 6] = ["series", "place", "counterpart", "sector", "period_start", "period_end"];
/// What makes them say the same about it.
const SAID: [&str; 4] = ["value", "value_max", "qualifier", "missing"];

/// The `vintage` of a figure of which nobody says when it was published.
const UNKNOWN: &str = "unknown";

/// Puts rows into their topics' tables. The error is a sentence for each row that cannot be put there; then `tables` are as they were
/// or in part changed, and must not be used.
pub fn merge(tables: &mut Tables, read: Vec<Read>, text: Text) -> Result<Counts, Vec<String>> {
    let text_of = |row: &Map<String, Value>, field: &str| row.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    let column = |tables: &Tables, table: &str, field: &str| -> BTreeMap<String, String> {
        tables.get(table).into_iter().flatten().map(|row| (text_of(row, "id"), text_of(row, field))).collect()
    };
    let topics = column(tables, "series", "topic");
    let publishers = column(tables, "sources", "publisher");
    let known = tables.iter().map(|(name, rows)| (name.clone(), rows.len())).collect();
    let mut merging = Merging { text, publishers, counts: Counts::default(), index: BTreeMap::new(), known };
    for (name, rows) in tables.iter().filter(|(name, _)| name.starts_with("observations-")) {
        for (at, row) in rows.iter().enumerate() {
            merging.index.entry((name.clone(), subject(row))).or_default().push(at);
        }
    }
    let mut wrong = Vec::new();
    for one in read {
        let topic = topics.get(&text_of(&one.row, "series")).and_then(|topic| Topic::parse(topic));
        let put = match topic.and_then(observations_resource) {
            Some(table) => merging.put(table, tables.entry(table.to_owned()).or_default(), &one),
            None => Err(text.t("impact.no-topic", &[("series", &text_of(&one.row, "series"))])),
        };
        if let Err(reason) = put {
            wrong.push(text.t("impact.bad-line", &[("line", &one.line.to_string()), ("reason", &reason)]));
        }
    }
    if wrong.is_empty() { Ok(merging.counts) } else { Err(wrong) }
}

struct Merging {
    text: Text,
    /// Publisher of each source.
    publishers: BTreeMap<String, String>,
    counts: Counts,
    /// Rows about one subject: table and subject to places.
    index: BTreeMap<(String, String), Vec<usize>>,
    /// How many rows each table had before.
    known: BTreeMap<String, usize>,
}

impl Merging {
    fn put(&mut self, table: &str, rows: &mut Rows, one: &Read) -> Result<(), String> {
        let mut row = one.row.clone();
        let standing = row.entry("standing").or_insert_with(|| "current".into()).as_str().unwrap_or_default().to_owned();
        row.entry("computed").or_insert(false.into());
        row.entry("more_sources").or_insert_with(|| Vec::<Value>::new().into());
        let about = self.index.get(&(table.to_owned(), subject(&row))).cloned().unwrap_or_default();
        let find = |fits: &dyn Fn(&Map<String, Value>) -> bool| about.iter().copied().find(|&at| rows.get(at).is_some_and(fits));
        let is = |row: &Map<String, Value>, field: &str, value: &Value| row.get(field).unwrap_or(&Value::Null) == value;
        let source = row.get("source").cloned().unwrap_or_default();
        // The very row, whatever its standing: seen before.
        if find(&|known| {
            is(known, "source", &source) && agrees(known, &row, &SAID) && agrees(known, &row, &["standing"]) && has_note(known, one)
        })
        .is_some()
        {
            self.counts.unchanged += 1;
            return Ok(());
        }
        let current = find(&|known| is(known, "standing", &"current".into())).filter(|_| standing == "current");
        let Some(at) = current else {
            if find(&|known| is(known, "source", &source) && is(known, "standing", &standing.as_str().into())).is_some() {
                return Err(self.text.t("impact.taken", &[("standing", &standing)]));
            }
            self.counts.added += 1;
            return self.push(table, rows, row, one);
        };
        let known = rows.get(at).cloned().unwrap_or_default();
        let known_source = known.get("source").cloned().unwrap_or_default();
        let publisher = |id: &Value| id.as_str().and_then(|id| self.publishers.get(id)).cloned();
        if known_source == source && at >= self.known.get(table).copied().unwrap_or(0) && !agrees(&known, &row, &SAID) {
            return Err(self.text.t("impact.said-twice", &[]));
        }
        // What was published before the current value is no revision of it.
        let older = is_older(&row, &known).then_some("superseded");
        let as_another = if known_source == source {
            // A note of another language or another date of publication changes no figure.
            if agrees(&known, &row, &SAID) {
                self.counts.unchanged += 1;
                return Ok(());
            }
            older
        } else if agrees(&known, &row, &SAID) {
            self.counts.confirmed += 1;
            Some("crosscheck")
        } else if publisher(&known_source) != publisher(&source) {
            self.counts.rivals += 1;
            Some("rival")
        } else {
            older
        };
        if let Some(standing) = as_another {
            self.counts.added += u64::from(standing == "superseded");
            row.insert("standing".to_owned(), standing.into());
            if find(&|known| is(known, "source", &source) && is(known, "standing", &standing.into())).is_some() {
                return Err(self.text.t("impact.taken", &[("standing", standing)]));
            }
            return self.push(table, rows, row, one);
        }
        if find(&|other| is(other, "source", &known_source) && is(other, "standing", &"superseded".into())).is_some() {
            return Err(self.text.t("impact.superseded-twice", &[("source", known_source.as_str().unwrap_or_default())]));
        }
        if let Some(known) = rows.get_mut(at) {
            known.insert("standing".to_owned(), "superseded".into());
        }
        self.counts.revised += 1;
        self.push(table, rows, row, one)
    }

    fn push(&mut self, table: &str, rows: &mut Rows, mut row: Map<String, Value>, one: &Read) -> Result<(), String> {
        match row.get("vintage").unwrap_or(&Value::Null) {
            Value::Null => return Err(self.text.t("impact.no-vintage", &[])),
            // Said, and not forgotten.
            Value::String(said) if said == UNKNOWN => drop(row.insert("vintage".to_owned(), Value::Null)),
            _ => {}
        }
        if one.note.is_some() && row.get("note_en").is_none_or(Value::is_null) {
            return Err(self.text.t("impact.note-in-one-language", &[]));
        }
        row.retain(|field, _| field != "note");
        self.index.entry((table.to_owned(), subject(&row))).or_default().push(rows.len());
        rows.push(row);
        Ok(())
    }
}

fn subject(row: &Map<String, Value>) -> String {
    SUBJECT.map(|field| row.get(field).and_then(Value::as_str).unwrap_or_default()).join(" ")
}

/// Whether a row was published before another, as far as both dates go.
fn is_older(row: &Map<String, Value>, than: &Map<String, Value>) -> bool {
    let vintage = |row: &Map<String, Value>| row.get("vintage").and_then(Value::as_str).filter(|said| *said != UNKNOWN).map(str::to_owned);
    let (Some(this), Some(other)) = (vintage(row), vintage(than)) else { return false };
    let digits = this.len().min(other.len());
    this.get(..digits) < other.get(..digits)
}

/// Whether two rows hold the same. A number is the same however it is written.
fn agrees(a: &Map<String, Value>, b: &Map<String, Value>, fields: &[&str]) -> bool {
    let value = |row: &Map<String, Value>, field: &str| row.get(field).cloned().unwrap_or_default();
    fields.iter().all(|field| match (value(a, field), value(b, field)) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (a, b) => a == b,
    })
}

/// Whether a known row bears the note of the file, in whatever language; a file without notes says nothing about them.
fn has_note(known: &Map<String, Value>, one: &Read) -> bool {
    let is_note = |note: &String| ["note_en", "note_uk"].iter().any(|field| known.get(*field).and_then(Value::as_str) == Some(note));
    one.note.as_ref().is_none_or(is_note)
}
