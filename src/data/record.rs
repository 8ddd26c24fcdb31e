//! Rows of one resource, checked field by field against its contract. Rows are streamed: no tree of the whole file is built.

use super::contract::{Contract, Field, Kind};
use super::issue::{Code, Issue, is_unsafe_char};
use crate::model::date::{Date, PartialDate};
use crate::model::decimal::decimal;
use crate::model::keys::Keys;
use crate::model::lang::Bilingual;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// One row whose fields all have the contract's types. Accessors take the field's name; an absent or null field is `None`.
#[derive(Debug)]
pub struct Record {
    /// 1-based position in the file.
    pub row: u32,
    map: Map<String, Value>,
}

impl Record {
    /// A field as it was read.
    pub fn value(&self, field: &str) -> Option<&Value> {
        self.map.get(field)
    }

    pub fn text(&self, field: &str) -> Option<&str> {
        self.map.get(field)?.as_str()
    }

    /// A required text: the contract has made sure that it is there.
    pub fn string(&self, field: &str) -> String {
        self.text(field).unwrap_or_default().to_owned()
    }

    /// An optional field, or the one that stands for it.
    pub fn either(&self, field: &'static str, other: &'static str) -> &'static str {
        if self.text(field).is_some() { field } else { other }
    }

    pub fn number(&self, field: &str) -> Option<f64> {
        self.map.get(field)?.as_f64()
    }

    pub fn flag(&self, field: &str) -> bool {
        self.map.get(field).and_then(Value::as_bool).unwrap_or(false)
    }

    pub fn date(&self, field: &str) -> Option<Date> {
        Date::parse(self.text(field)?)
    }

    pub fn partial_date(&self, field: &str) -> Option<PartialDate> {
        PartialDate::parse(self.text(field)?)
    }

    pub fn list(&self, field: &str) -> impl Iterator<Item = &str> {
        self.map.get(field).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
    }

    /// `<stem>_en` and `<stem>_uk` together.
    pub fn bilingual(&self, stem: &str) -> Option<Bilingual> {
        Some(Bilingual { en: self.text(&format!("{stem}_en"))?.to_owned(), uk: self.text(&format!("{stem}_uk"))?.to_owned() })
    }
}

/// Rows that passed, and everything that did not. A row with any issue is left out; the others stand.
#[derive(Debug, Default)]
pub struct Checked {
    /// The file's path in the package.
    pub file: String,
    pub records: Vec<Record>,
    pub issues: Vec<Issue>,
    /// How many rows the file holds, good or bad.
    pub rows: u32,
    /// Whether the file could be read to its end. If not, nothing of it is used, and references to it are not judged.
    pub complete: bool,
    /// Primary keys of all rows, good or bad, with the first row that has each.
    seen: Keys,
}

impl Checked {
    /// Whether a row that passed has this primary key.
    pub fn has(&self, key: &str) -> bool {
        self.seen.get(key).is_some_and(|row| self.records.binary_search_by(|record| record.row.cmp(&row)).is_ok())
    }
}

/// Reads `bytes` as a JSON array of objects that follow `contract`.
pub fn check(file: &str, bytes: &[u8], contract: &Contract) -> Checked {
    let mut checked = Checked { file: file.to_owned(), ..Checked::default() };
    let text = match text_of(file, bytes) {
        Ok(text) => text,
        Err(issue) => {
            checked.issues.push(issue);
            return checked;
        }
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let visitor = Rows {
        visit: &mut |value: Value| {
            checked.rows += 1;
            check_row(value, contract, &mut checked);
        },
    };
    let outcome = deserializer.deserialize_seq(visitor).and_then(|()| deserializer.end());
    if let Err(error) = outcome {
        checked.issues.push(if error.is_data() { Issue::new(file, Code::NotArray) } else { not_json(file, &error) });
        // A file that breaks off half-way is not half true: nothing of it is used.
        checked.records.clear();
    } else {
        checked.complete = true;
    }
    checked
}

/// The same of values that are read already.
pub fn check_rows(file: &str, rows: Vec<Value>, contract: &Contract) -> Checked {
    let mut checked = Checked { file: file.to_owned(), complete: true, ..Checked::default() };
    for row in rows {
        checked.rows += 1;
        check_row(row, contract, &mut checked);
    }
    checked
}

/// The bytes as text. A byte order mark is allowed and left out: editors add it unasked.
pub fn text_of<'b>(file: &str, bytes: &'b [u8]) -> Result<&'b str, Issue> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => Err(Issue::new(file, Code::NotUtf8).found(error.valid_up_to().to_string())),
    }
}

/// Where reading stopped: its own sentence would be in English whatever the reader's language.
pub fn not_json(file: &str, error: &serde_json::Error) -> Issue {
    Issue::new(file, Code::NotJson).found(format!("{}:{}", error.line(), error.column()))
}

/// A reader's memory has an end, and no reader's list is longer; host tools tell everything.
const MAX_TOLD: usize = if cfg!(target_arch = "wasm32") { 10_000 } else { u32::MAX as usize };

struct Rows<'f> {
    visit: &'f mut dyn FnMut(Value),
}

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("an array of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(value) = seq.next_element::<Value>()? {
            (self.visit)(value);
        }
        Ok(())
    }
}

/// The row that `checked.rows` has just counted.
fn check_row(value: Value, contract: &Contract, checked: &mut Checked) {
    let Checked { file, records, issues, rows, seen, .. } = checked;
    let (file, row) = (file.as_str(), *rows);
    let before = issues.len();
    let map = match value {
        Value::Object(map) => map,
        other => {
            if before < MAX_TOLD {
                issues.push(Issue::new(file, Code::NotObject).row(row).found(plain(&other)));
            }
            return;
        }
    };
    for name in map.keys() {
        if contract.field(name).is_none() {
            issues.push(Issue::new(file, Code::UnknownField).row(row).field(name).found(name.as_str()));
        }
    }
    for field in contract.fields {
        match map.get(field.name) {
            None | Some(Value::Null) if field.required => {
                issues.push(Issue::new(file, Code::MissingField).row(row).field(field.name));
            }
            None | Some(Value::Null) => {}
            Some(value) => {
                if let Some((code, expected)) = check_value(field, value) {
                    let found = plain(value);
                    issues.push(Issue::new(file, code).row(row).field(field.name).found(found).expected(expected));
                }
            }
        }
    }
    let present = |name: &str| map.get(name).is_some_and(|v| !v.is_null());
    for field in contract.fields {
        if let Some(stem) = field.name.strip_suffix("_en") {
            let twin = format!("{stem}_uk");
            if !field.required && contract.field(&twin).is_some() && present(field.name) != present(&twin) {
                let lacking = if present(field.name) { twin } else { field.name.to_owned() };
                issues.push(Issue::new(file, Code::OneLanguage).row(row).field(&lacking));
            }
        }
    }
    let key =
        contract.primary_key.iter().map(|name| map.get(*name).map_or_else(|| "null".to_owned(), plain)).collect::<Vec<_>>().join(", ");
    if let Some(first) = seen.insert(key.clone(), row) {
        issues.push(
            Issue::new(file, Code::DuplicateKey).row(row).field(&contract.primary_key.join(", ")).found(key).expected(first.to_string()),
        );
    }
    if issues.len() == before {
        records.push(Record { row, map });
    } else if before >= MAX_TOLD {
        issues.truncate(before);
    }
}

/// A value as its reader would name it. Not JSON's own writer: it brings number tables that nothing else in the app needs.
pub fn plain(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.as_f64().map(decimal).unwrap_or_default(),
        Value::String(text) => text.clone(),
        Value::Array(items) => format!("[{}]", items.iter().map(plain).collect::<Vec<_>>().join(", ")),
        Value::Object(_) => "{…}".to_owned(),
    }
}

/// More than anybody reads at one place of a page; a megabyte of it would stand in every chart, table and list.
const MAX_TEXT_BYTES: usize = 10_000;

/// Whole numbers up to here are exact in 64-bit floating point, here and in every reader's spreadsheet.
pub(super) const MAX_NUMBER: f64 = 9e15;

/// `None` when the value fits; otherwise the code and what would fit.
fn check_value(field: &Field, value: &Value) -> Option<(Code, String)> {
    let wrong = |expected: &str| Some((Code::WrongType, expected.to_owned()));
    match field.kind {
        Kind::Bool => value.as_bool().map_or_else(|| wrong("boolean"), |_| None),
        Kind::Number => match value.as_f64() {
            Some(number) if number.abs() <= MAX_NUMBER => None,
            Some(_) => Some((Code::BadNumber, decimal(MAX_NUMBER))),
            None => wrong("number"),
        },
        Kind::Integer => match value.as_f64() {
            Some(number) if number.fract() != 0.0 => wrong("integer"),
            Some(number) if number.abs() <= MAX_NUMBER => None,
            Some(_) => Some((Code::BadNumber, decimal(MAX_NUMBER))),
            None => wrong("integer"),
        },
        Kind::Words(words) => check_list(value, |word| (!words.contains(&word)).then(|| (Code::UnknownWord, words.join(", ")))),
        Kind::Keys(_) => check_list(value, |key| (!is_id(key)).then(|| (Code::BadPattern, "A-Z a-z 0-9 _ -".to_owned()))),
        _ => {
            let Some(text) = value.as_str() else { return wrong("string") };
            check_text(field.kind, text)
        }
    }
}

fn check_list(value: &Value, item: impl Fn(&str) -> Option<(Code, String)>) -> Option<(Code, String)> {
    let Some(list) = value.as_array() else { return Some((Code::WrongType, "array".to_owned())) };
    list.iter().find_map(|entry| match entry.as_str() {
        Some(text) => item(text),
        None => Some((Code::WrongType, "array of string".to_owned())),
    })
}

fn check_text(kind: Kind, text: &str) -> Option<(Code, String)> {
    if text.len() > MAX_TEXT_BYTES {
        return Some((Code::LongText, decimal(MAX_TEXT_BYTES as f64)));
    }
    if text.trim().is_empty() || text.trim() != text {
        return Some((Code::EmptyText, String::new()));
    }
    if text.chars().any(is_unsafe_char) {
        return Some((Code::ControlCharacter, String::new()));
    }
    match kind {
        Kind::Id | Kind::Key(_) => (!is_id(text)).then(|| (Code::BadPattern, "A-Z a-z 0-9 _ -".to_owned())),
        Kind::Word(words) => (!words.contains(&text)).then(|| (Code::UnknownWord, words.join(", "))),
        Kind::Date => Date::parse(text).is_none().then(|| (Code::BadDate, "YYYY-MM-DD".to_owned())),
        Kind::PartialDate => PartialDate::parse(text).is_none().then(|| (Code::BadDate, "YYYY, YYYY-MM, YYYY-MM-DD".to_owned())),
        Kind::Url => (!is_web_address(text)).then(|| (Code::BadUrl, "https://".to_owned())),
        _ => None,
    }
}

pub fn is_id(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_alphanumeric()) && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// Only http and https: nothing that a browser would run.
pub fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !text.contains([' ', '"', '<', '>', '\\', '`', '\n']))
}
