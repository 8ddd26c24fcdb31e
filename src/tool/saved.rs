//! Saved answers of two public interfaces to rows of observations: the World Bank's indicators and UNHCR's population data.
//!
//! Does not fetch: `online` does, and hands on what could as well be a file.

use super::mapping::{Mapping, json_number, period};
use super::table::Read;
use crate::data::package::Package;
use crate::text::Text;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What the publisher says about the answers.
#[derive(Debug)]
pub struct Asked<'a> {
    pub series: &'a str,
    pub source: &'a str,
    pub mapping: &'a Mapping,
    pub package: &'a Package,
}

/// Rows, what was left out of the files, and what a publisher should know of them, a sentence each.
#[derive(Debug, Default, PartialEq)]
pub struct Answer {
    pub rows: Vec<Read>,
    pub left_out: Vec<String>,
    pub notes: Vec<String>,
}

/// All pages of one answer, in any order. The error is a sentence.
pub fn worldbank(files: &[(String, Vec<u8>)], asked: &Asked, text: Text) -> Result<Answer, String> {
    let mut pages = Pages::default();
    let mut updated = None;
    let mut indicators = BTreeSet::new();
    let mut by_place: BTreeMap<String, BTreeMap<String, (Value, u64)>> = BTreeMap::new();
    let mut strangers = BTreeSet::new();
    for (name, bytes) in files {
        let answer = parse(name, bytes, text)?;
        let (head, rows) = match answer.as_array().map(Vec::as_slice) {
            Some([head, rows]) if head.is_object() && (rows.is_array() || rows.is_null()) => {
                (head, rows.as_array().map(Vec::as_slice).unwrap_or_default())
            }
            Some([only]) if only.get("message").is_some() => return Err(refused(name, only, text)),
            _ => return Err(text.t("impact.not-an-answer", &[("name", name)])),
        };
        pages.add(head.get("page"), head.get("pages"));
        let release = head.get("lastupdated").and_then(Value::as_str).map(str::to_owned);
        // Pages of two releases together would be an answer that nobody has published.
        if updated.is_some() && release.is_some() && release != updated {
            return Err(text.t("impact.other-release", &[("name", name)]));
        }
        updated = release.or(updated);
        for (at, row) in (1u64..).zip(rows) {
            indicators.insert(row.pointer("/indicator/id").and_then(Value::as_str).unwrap_or_default().to_owned());
            // Groups of countries have no ISO code; they go by the short one, or by name.
            let names =
                ["/countryiso3code", "/country/id", "/country/value"].map(|at| row.pointer(at).and_then(Value::as_str).unwrap_or_default());
            let code = names.iter().filter(|name| !name.is_empty()).find_map(|name| asked.mapping.code("place", name, asked.package));
            let Some(code) = code else {
                strangers.insert(names[2].to_owned());
                continue;
            };
            let date = row.get("date").and_then(Value::as_str).unwrap_or_default().to_owned();
            let value = match row.get("value") {
                None | Some(Value::Null) => Value::Null,
                Some(found) => number(found).map(json_number).ok_or_else(|| {
                    text.t("impact.not-a-saved-number", &[("name", name), ("row", &at.to_string()), ("cell", &found.to_string())])
                })?,
            };
            let before = by_place.entry(code).or_default().insert(date, (value.clone(), at));
            // Of several indicators that is no wonder, and told below.
            if indicators.len() == 1 && before.is_some_and(|(before, _)| before != value) {
                return Err(text.t("impact.saved-twice", &[("name", name), ("row", &at.to_string())]));
            }
        }
    }
    pages.check(text)?;
    if indicators.len() > 1 {
        let names: Vec<&str> = indicators.iter().map(String::as_str).collect();
        return Err(text.t("impact.several-indicators", &[("names", &names.join(", "))]));
    }
    let mut answer = Answer::default();
    let mut empty = 0u64;
    for (code, values) in &by_place {
        let filled: Vec<&String> = values.iter().filter(|(_, (value, _))| value.is_number()).map(|(date, _)| date).collect();
        let is_gap = |date: &String| filled.first().is_some_and(|first| date > *first) && filled.last().is_some_and(|last| date < *last);
        for (date, (value, line)) in values {
            if value.is_null() && !is_gap(date) {
                empty += 1;
                continue;
            }
            answer.rows.push(read(asked, code, date, value, updated.as_deref(), *line, text)?);
        }
    }
    answer.tell(empty, &strangers, text);
    Ok(answer)
}

/// Numbers come as numbers or as text.
fn number(found: &Value) -> Option<f64> {
    found.as_f64().or_else(|| found.as_str().and_then(|cell| cell.parse().ok())).filter(|number| number.is_finite())
}

/// `measure` is a field of UNHCR's rows, such as `refugees`; a place is where people are, or with `of_origin` where they come from.
pub fn unhcr(files: &[(String, Vec<u8>)], measure: &str, of_origin: bool, asked: &Asked, text: Text) -> Result<Answer, String> {
    let mut pages = Pages::default();
    let mut answer = Answer::default();
    let mut strangers = BTreeSet::new();
    let mut others = BTreeSet::new();
    let mut empty = 0u64;
    for (name, bytes) in files {
        let value = parse(name, bytes, text)?;
        let Some(items) = value.get("items").and_then(Value::as_array) else {
            return Err(text.t("impact.not-an-answer", &[("name", name)]));
        };
        pages.add(value.get("page"), value.get("maxPages"));
        for (line, item) in (1u64..).zip(items) {
            let of =
                |side: &str| ["iso", "name"].map(|part| item.get(format!("{side}_{part}")).and_then(Value::as_str).unwrap_or_default());
            let (own, other) = if of_origin { (of("coo"), of("coa")) } else { (of("coa"), of("coo")) };
            others.insert(other[0].to_owned());
            let Some(found) = item.get(measure) else {
                return Err(text.t("impact.no-measure", &[("name", name), ("measure", measure)]));
            };
            // A dash is no number.
            let Some(number) = number(found) else {
                empty += 1;
                continue;
            };
            let Some(code) = own.iter().filter(|name| !name.is_empty()).find_map(|name| asked.mapping.code("place", name, asked.package))
            else {
                strangers.insert(own[1].to_owned());
                continue;
            };
            let year = item.get("year").map(|year| year.as_str().map_or_else(|| year.to_string(), str::to_owned)).unwrap_or_default();
            answer.rows.push(read(asked, &code, &year, &json_number(number), None, line, text)?);
        }
    }
    pages.check(text)?;
    if others.len() > 1 {
        // One row for each of them would be one figure several times.
        return Err(text.t("impact.several-sides", &[("names", &others.into_iter().collect::<Vec<_>>().join(", "))]));
    }
    answer.tell(empty, &strangers, text);
    Ok(answer)
}

impl Answer {
    fn tell(&mut self, empty: u64, strangers: &BTreeSet<String>, text: Text) {
        if empty > 0 {
            self.left_out.push(text.plural("impact.without-value", empty, &[]));
        }
        if !strangers.is_empty() {
            let names: Vec<&str> = strangers.iter().map(String::as_str).collect();
            self.left_out.push(text.t("impact.unknown-places", &[("names", &names.join(", "))]));
        }
    }
}

/// A long answer comes in pages, a file each.
#[derive(Default)]
struct Pages {
    seen: BTreeSet<u64>,
    all: u64,
}

impl Pages {
    fn add(&mut self, page: Option<&Value>, all: Option<&Value>) {
        let number = |value: Option<&Value>| value.and_then(|value| value.as_u64().or_else(|| value.as_str()?.parse().ok())).unwrap_or(1);
        self.seen.insert(number(page));
        self.all = self.all.max(number(all));
    }

    fn check(&self, text: Text) -> Result<(), String> {
        let absent: Vec<String> =
            (1..=self.all.min(10_000)).filter(|page| !self.seen.contains(page)).map(|page| page.to_string()).collect();
        if absent.is_empty() {
            Ok(())
        } else {
            Err(text.t("impact.pages-missing", &[("pages", &absent.join(", ")), ("all", &self.all.to_string())]))
        }
    }
}

/// What the mapping sets for all rows goes over what the answer says.
fn read(asked: &Asked, place: &str, date: &str, value: &Value, vintage: Option<&str>, line: u64, text: Text) -> Result<Read, String> {
    let days =
        period(date, asked.mapping.is_stock(asked.series, asked.package)).ok_or_else(|| text.t("impact.bad-period", &[("cell", date)]))?;
    let is_gap = value.is_null();
    let row = json!({
        "series": asked.series,
        "place": place,
        "counterpart": null,
        "sector": null,
        "period_start": days.start.map(|day| day.to_string()),
        "period_end": days.end.map(|day| day.to_string()),
        "value": value,
        "value_max": null,
        "qualifier": if is_gap { None } else { Some("exact") },
        "missing": if is_gap { Some("not_published") } else { None },
        "vintage": vintage,
        "source": asked.source,
    });
    let mut row: Map<String, Value> = row.as_object().cloned().unwrap_or_default();
    row.extend(asked.mapping.set.clone());
    Ok(Read { row, note: None, line })
}

fn parse(name: &str, bytes: &[u8], text: Text) -> Result<Value, String> {
    let at = |error: serde_json::Error| format!("{}:{}", error.line(), error.column());
    serde_json::from_slice(bytes).map_err(|error| text.t("impact.not-json", &[("name", name), ("at", &at(error))]))
}

/// The interface's own words: it answered, but not with figures.
fn refused(name: &str, answer: &Value, text: Text) -> String {
    let messages = answer.get("message").and_then(Value::as_array).into_iter().flatten();
    let values: Vec<&str> = messages.filter_map(|message| message.get("value").or_else(|| message.get("key"))?.as_str()).collect();
    text.t("impact.refused", &[("name", name), ("reason", &values.join(" "))])
}
