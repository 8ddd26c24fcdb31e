//! Rows of one resource, checked field by field against its contract and kept in columns, each distinct text once. Rows are read one
//! by one: no tree of the whole file is built.

use super::contract::{Contract, Field, Kind};
use super::given::Given;
use super::issue::{Code, Issue, is_unsafe_char};
use crate::model::date::{Date, PartialDate};
use crate::model::decimal::decimal;
use crate::model::keys::{Index, Texts, hash};
use crate::model::lang::Bilingual;
use crate::model::observations::Observations;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::sync::Arc;

/// One row whose fields all have the contract's types. Accessors take the field's name; an absent or null field is `None`.
#[derive(Clone, Copy, Debug)]
pub struct Record<'t> {
    /// 1-based position in the file.
    pub row: u32,
    table: &'t Checked,
}

impl<'t> Record<'t> {
    fn cell(self, name: &str) -> Option<(Kind, u32)> {
        let (at, field) = self.table.contract?.fields.iter().enumerate().find(|(_, field)| field.name == name)?;
        let code = *self.table.columns.get(at)?.get(self.row as usize - 1)?;
        Some((field.kind, code.checked_sub(1)?))
    }

    pub fn text(self, field: &str) -> Option<&'t str> {
        match self.cell(field)? {
            (Kind::Words(_) | Kind::Keys(_) | Kind::Bool | Kind::Number | Kind::Integer, _) => None,
            (_, code) => Some(self.table.texts.get(code)),
        }
    }

    /// A required text: the contract has made sure that it is there.
    pub fn string(self, field: &str) -> String {
        self.text(field).unwrap_or_default().to_owned()
    }

    /// An optional field, or the one that stands for it.
    pub fn either(self, field: &'static str, other: &'static str) -> &'static str {
        if self.text(field).is_some() { field } else { other }
    }

    pub fn number(self, field: &str) -> Option<f64> {
        match self.cell(field)? {
            (Kind::Number | Kind::Integer, code) => self.table.numbers.get(code as usize).copied(),
            _ => None,
        }
    }

    pub fn flag(self, field: &str) -> bool {
        matches!(self.cell(field), Some((Kind::Bool, 1)))
    }

    pub fn date(self, field: &str) -> Option<Date> {
        Date::parse(self.text(field)?)
    }

    pub fn partial_date(self, field: &str) -> Option<PartialDate> {
        PartialDate::parse(self.text(field)?)
    }

    pub fn list(self, field: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        let list = match self.cell(field) {
            Some((Kind::Words(_) | Kind::Keys(_), code)) => self.table.texts.get(code),
            _ => "",
        };
        list.split(LIST).filter(|item| !item.is_empty())
    }

    /// `<stem>_en` and `<stem>_uk` together.
    pub fn bilingual(self, stem: &str) -> Option<Bilingual> {
        Some(Bilingual { en: self.text(&format!("{stem}_en"))?.to_owned(), uk: self.text(&format!("{stem}_uk"))?.to_owned() })
    }

    /// A field as its reader would name it.
    pub fn plain(self, field: &str) -> Option<String> {
        Some(match self.cell(field)? {
            (Kind::Bool, code) => (code == 1).to_string(),
            (Kind::Number | Kind::Integer, _) => decimal(self.number(field)?),
            (Kind::Words(_) | Kind::Keys(_), _) => format!("[{}]", self.list(field).collect::<Vec<_>>().join(", ")),
            (_, code) => self.table.texts.get(code).to_owned(),
        })
    }
}

/// Stands between the items of a list that is kept as one text: no key and no word has it.
const LIST: char = ' ';

/// Rows that passed, and everything that did not. A row with any issue is left out; the others stand.
#[derive(Debug, Default)]
pub struct Checked {
    /// The file's path in the package.
    pub file: String,
    pub issues: Vec<Issue>,
    /// How many rows the file holds, good or bad.
    pub rows: u32,
    /// Observations that were read beside the page: then there are no records.
    pub ready: Option<Arc<Observations>>,
    /// Whether the file could be read to its end. If not, nothing of it is used, and references to it are not judged.
    pub complete: bool,
    contract: Option<&'static Contract>,
    /// Where rows are lists: the place in the contract of each of their values.
    head: Option<Vec<usize>>,
    /// Texts that a field has had and that fit it.
    fits: Vec<Vec<bool>>,
    /// By field of the contract, for each row of the file: 0 where nothing is given; else one more than the number of a text or list
    /// in `texts`, than the place in `numbers`, or than 0 for no and 1 for yes.
    columns: Vec<Vec<u32>>,
    texts: Texts,
    numbers: Vec<f64>,
    /// Rows without an issue, in order.
    passed: Vec<u32>,
    /// Rows, good or bad, by primary key; the first that has each.
    keys: Index,
}

impl Checked {
    pub fn new(file: &str, contract: &'static Contract) -> Checked {
        Checked {
            file: file.to_owned(),
            complete: true,
            contract: Some(contract),
            columns: contract.fields.iter().map(|_| Vec::new()).collect(),
            fits: contract.fields.iter().map(|_| Vec::new()).collect(),
            ..Checked::default()
        }
    }

    /// Observations that were read beside the page.
    pub fn ready(file: &str, rows: u32, issues: Vec<Issue>, observations: Observations) -> Checked {
        Checked { file: file.to_owned(), rows, issues, complete: true, ready: Some(Arc::new(observations)), ..Checked::default() }
    }

    /// Rows that passed.
    pub fn records(&self) -> Vec<Record<'_>> {
        self.passed.iter().map(|&row| Record { row, table: self }).collect()
    }

    /// How many rows passed.
    pub fn len(&self) -> usize {
        self.passed.len()
    }

    pub fn is_empty(&self) -> bool {
        self.passed.is_empty()
    }

    /// Whether a row that passed has this primary key of one field.
    pub fn has(&self, key: &str) -> bool {
        let Some(code) = self.texts.find(key).map(|number| number + 1) else { return false };
        let at = self.contract.map_or(&[][..], |contract| contract.primary_key);
        let Some(column) = at.first().and_then(|name| self.column(name)) else { return false };
        let row = self.keys.find(hash([code].into_iter()), &|row| column.get(row as usize) == Some(&code));
        row.is_some_and(|row| self.passed.binary_search(&(row + 1)).is_ok())
    }

    /// Rows that passed, by number: for what goes through columns.
    pub fn passed(&self) -> &[u32] {
        &self.passed
    }

    pub fn record(&self, row: u32) -> Record<'_> {
        Record { row, table: self }
    }

    /// What only reading needs. Keys are not known any more.
    pub fn forget(&mut self) {
        self.keys = Index::default();
        self.fits = Vec::new();
    }

    /// The number behind a code; none behind 0.
    pub fn number(&self, code: u32) -> Option<f64> {
        self.numbers.get((code as usize).checked_sub(1)?).copied()
    }

    /// The codes of a field, for each row of the file.
    pub fn column(&self, name: &str) -> Option<&[u32]> {
        let at = self.contract?.fields.iter().position(|field| field.name == name)?;
        self.columns.get(at).map(Vec::as_slice)
    }

    /// The text behind a code that is not 0.
    pub fn text(&self, code: u32) -> &str {
        self.texts.get(code - 1)
    }

    /// How many distinct texts there are.
    pub fn texts(&self) -> usize {
        self.texts.len()
    }

    /// A file that breaks off half-way is not half true: nothing of it is used.
    pub(super) fn fail(&mut self, issue: Issue) {
        self.issues.push(issue);
        self.passed.clear();
        self.complete = false;
        self.contract = None;
    }

    /// Whether rows are lists, and their head is read.
    pub(super) fn has_head(&self) -> bool {
        self.head.is_some()
    }

    /// The first of all rows, if it holds the names of the fields and the others only values.
    fn read_head(&mut self, contract: &'static Contract, names: &[Given]) {
        let issue = |code, name: &str| Issue::new("", code).field(name).found(name);
        let mut head: Vec<usize> = Vec::new();
        let mut wrong = Vec::new();
        for name in names {
            let at = name.text().and_then(|name| contract.fields.iter().position(|field| field.name == name));
            match at.filter(|at| !head.contains(at)) {
                Some(at) => head.push(at),
                None => wrong.push(issue(Code::UnknownField, &name.plain())),
            }
        }
        let lacking = contract.fields.iter().enumerate().find(|(at, field)| field.required && !head.contains(at));
        wrong.extend(lacking.map(|(_, field)| issue(Code::MissingField, field.name)));
        self.head = Some(head);
        for issue in wrong {
            self.fail(Issue { file: self.file.clone(), ..issue });
        }
    }

    /// Judges the next row and keeps it.
    pub fn add(&mut self, row: &Given) {
        let Some(contract) = self.contract else { return };
        if let (Given::List(names), 0, None) = (row, self.rows, &self.head) {
            return self.read_head(contract, names);
        }
        self.rows += 1;
        let Checked { file, issues, rows, head, fits, columns, texts, numbers, passed, keys, .. } = self;
        let (file, number) = (file.as_str(), *rows);
        let before = issues.len();
        let mut given: Vec<Option<&Given>> = vec![None; contract.fields.len()];
        let is_given = |value: &&Given| !matches!(value, Given::Null);
        let mut is_row = true;
        match (row, head) {
            (Given::Object(pairs), _) => {
                for (name, value) in pairs {
                    match contract.fields.iter().position(|field| field.name == name) {
                        Some(at) => given[at] = Some(value).filter(is_given),
                        None => issues.push(Issue::new(file, Code::UnknownField).row(number).field(name).found(name.as_ref())),
                    }
                }
            }
            (Given::List(values), Some(head)) if values.len() == head.len() => {
                head.iter().zip(values).for_each(|(at, value)| given[*at] = Some(value).filter(is_given))
            }
            (other, head) => {
                is_row = false;
                issues.push(
                    match (other, head) {
                        (Given::List(values), Some(head)) => {
                            Issue::new(file, Code::WrongLength).found(values.len().to_string()).expected(head.len().to_string())
                        }
                        (other, _) => Issue::new(file, Code::NotObject).found(other.plain()),
                    }
                    .row(number),
                );
            }
        }
        for (at, (field, value)) in contract.fields.iter().zip(&given).enumerate() {
            let code = value.map_or(0, |value| code(field.kind, value, texts, numbers));
            columns[at].push(code);
            let found = match value {
                None if field.required && is_row => Some((Code::MissingField, String::new())),
                None => None,
                // Most texts come again and again, and fit as they did before.
                Some(Given::Text(_)) if fits[at].get(code as usize) == Some(&true) => None,
                Some(value) => {
                    let found = check_value(field, value);
                    if found.is_none() && matches!(value, Given::Text(_)) {
                        let known = fits[at].len().max(code as usize + 1);
                        fits[at].resize(known, false);
                        fits[at][code as usize] = true;
                    }
                    found
                }
            };
            if let Some((code, expected)) = found {
                let found = value.map(Given::plain).unwrap_or_default();
                issues.push(Issue::new(file, code).row(number).field(field.name).found(found).expected(expected));
            }
        }
        if is_row {
            judge_languages(contract, &given, &mut |field| issues.push(Issue::new(file, Code::OneLanguage).row(number).field(field)));
        }
        if is_row {
            let at = || contract.primary_key.iter().filter_map(|name| contract.fields.iter().position(|field| field.name == *name));
            let cell = |row: u32, at: usize| columns.get(at).and_then(|column| column.get(row as usize)).copied().unwrap_or(0);
            let (this, hash) = (number - 1, hash(at().map(|at| cell(number - 1, at))));
            match keys.find(hash, &|other| at().all(|at| cell(other, at) == cell(this, at))) {
                None => keys.insert(hash, this),
                Some(first) => {
                    let key = at().map(|at| given[at].map_or_else(|| "null".to_owned(), Given::plain)).collect::<Vec<_>>().join(", ");
                    let field = contract.primary_key.join(", ");
                    let first = (first + 1).to_string();
                    issues.push(Issue::new(file, Code::DuplicateKey).row(number).field(&field).found(key).expected(first));
                }
            }
        }
        if issues.len() == before {
            passed.push(number);
        } else if before >= MAX_TOLD {
            issues.truncate(before);
        }
    }
}

/// What a column keeps of a value. What does not fit its field is kept as a text, so that a key stays a key.
fn code(kind: Kind, value: &Given, texts: &mut Texts, numbers: &mut Vec<f64>) -> u32 {
    let mut text = |text: &str| texts.add(text).0 + 1;
    match (kind, value) {
        (Kind::Bool, Given::Flag(flag)) => 1 + u32::from(*flag),
        (Kind::Bool, _) => 0,
        (Kind::Number | Kind::Integer, Given::Number(number)) => {
            numbers.push(*number);
            numbers.len() as u32
        }
        (Kind::Number | Kind::Integer, _) => 0,
        (_, Given::Text(given)) => text(given),
        (Kind::Words(_) | Kind::Keys(_), Given::List(items)) => {
            text(&items.iter().map(Given::plain).collect::<Vec<_>>().join(LIST.encode_utf8(&mut [0; 4])))
        }
        (_, other) => text(&other.plain()),
    }
}

/// Reads `bytes` as a JSON array of rows that follow `contract`: objects, or a list of names and then lists of values.
pub fn check(file: &str, bytes: &[u8], contract: &'static Contract) -> Checked {
    let mut checked = Checked::new(file, contract);
    let text = match text_of(file, bytes) {
        Ok(text) => text,
        Err(issue) => {
            checked.fail(issue);
            return checked;
        }
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let outcome = deserializer.deserialize_any(Rows(&mut checked)).and_then(|is_array| deserializer.end().map(|()| is_array));
    match outcome {
        Ok(true) => {}
        Ok(false) => checked.fail(Issue::new(file, Code::NotArray)),
        Err(error) => checked.fail(not_json(file, &error)),
    }
    checked
}

/// The same of values that are read already.
pub fn check_rows(file: &str, rows: &[Value], contract: &'static Contract) -> Checked {
    let mut checked = Checked::new(file, contract);
    rows.iter().filter_map(|row| Given::deserialize(row).ok()).for_each(|row| checked.add(&row));
    checked
}

/// As its reader would name it.
pub fn plain(value: &Value) -> String {
    Given::deserialize(value).map(|value| value.plain()).unwrap_or_default()
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

/// Hands over the rows of an array; whether it was one. What is none is read all the same: serde's own complaint, and the words for
/// it, would be code that nobody reads.
struct Rows<'t>(&'t mut Checked);

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("an array of objects")
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_bool<E>(self, _: bool) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_i64<E>(self, _: i64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_u64<E>(self, _: u64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_f64<E>(self, _: f64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_str<E>(self, _: &str) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<bool, A::Error> {
        while let Some(row) = rows.next_element::<Given>()? {
            self.0.add(&row);
        }
        Ok(true)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        while map.next_entry::<Given, Given>()?.is_some() {}
        Ok(false)
    }
}

/// Names the language that an optional text of a row lacks.
fn judge_languages(contract: &Contract, given: &[Option<&Given>], tell: &mut dyn FnMut(&str)) {
    let (mut before, mut is_given) = ("", false);
    for (field, value) in contract.fields.iter().zip(given) {
        // The contract has the two languages of a text side by side.
        if let (Some(stem), Some(twin)) = (before.strip_suffix("_en"), field.name.strip_suffix("_uk"))
            && stem == twin
            && !field.required
            && is_given != value.is_some()
        {
            tell(if is_given { field.name } else { before });
        }
        (before, is_given) = (field.name, value.is_some());
    }
}

/// More than anybody reads at one place of a page; a megabyte of it would stand in every chart, table and list.
const MAX_TEXT_BYTES: usize = 10_000;

/// Whole numbers up to here are exact in 64-bit floating point, here and in every reader's spreadsheet.
pub(super) const MAX_NUMBER: f64 = 9e15;

/// `None` when the value fits; otherwise the code and what would fit.
fn check_value(field: &Field, value: &Given) -> Option<(Code, String)> {
    let wrong = |expected: &str| Some((Code::WrongType, expected.to_owned()));
    match field.kind {
        Kind::Bool => {
            if matches!(value, Given::Flag(_)) {
                None
            } else {
                wrong("boolean")
            }
        }
        Kind::Number | Kind::Integer => match value {
            Given::Number(number) if field.kind == Kind::Integer && number.fract() != 0.0 => wrong("integer"),
            Given::Number(number) if number.abs() <= MAX_NUMBER => None,
            Given::Number(_) => Some((Code::BadNumber, decimal(MAX_NUMBER))),
            _ => wrong(if field.kind == Kind::Integer { "integer" } else { "number" }),
        },
        Kind::Words(words) => check_list(value, |word| (!words.contains(&word)).then(|| (Code::UnknownWord, words.join(", ")))),
        Kind::Keys(_) => check_list(value, |key| (!is_id(key)).then(|| (Code::BadPattern, "A-Z a-z 0-9 _ -".to_owned()))),
        _ => {
            let Given::Text(text) = value else { return wrong("string") };
            check_text(field.kind, text)
        }
    }
}

fn check_list(value: &Given, item: impl Fn(&str) -> Option<(Code, String)>) -> Option<(Code, String)> {
    let Given::List(list) = value else { return Some((Code::WrongType, "array".to_owned())) };
    list.iter().find_map(|entry| match entry {
        Given::Text(text) => item(text),
        _ => Some((Code::WrongType, "array of string".to_owned())),
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
