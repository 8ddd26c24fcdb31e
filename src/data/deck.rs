//! `decks/<id>.json`: the talks of a package. The descriptor lists them under `decks`, since a talk is no table.

use super::build::{Tables, check_references_of};
use super::contract::{CALLOUT, Contract, DECK, SLIDE};
use super::descriptor::{self, Entry};
use super::issue::{Code, Issue};
use super::record::{self, Checked, text_of};
use crate::model::deck::{Deck, FigureRef, Slide};
use crate::model::lang::Bilingual;
use crate::model::words::SlideKind;
use serde_json::{Map, Value};

/// Where talks lie in a package.
pub const FOLDER: &str = "decks";
/// What a callout says and points at.
const CALLOUTS: &str = "callouts";

/// The talks that a descriptor lists, with their findings. A descriptor that cannot be read is a finding elsewhere.
pub fn listed(bytes: &[u8]) -> (Vec<Entry>, Vec<Issue>) {
    let value: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let mut issues = Vec::new();
    let mut entries = Vec::new();
    for (row, one) in (1u32..).zip(value.get(FOLDER).and_then(Value::as_array).into_iter().flatten()) {
        let entry = Entry::read(one);
        if descriptor::is_plain_path(&entry.path) {
            entries.push(entry);
        } else {
            issues.push(Issue::new(descriptor::FILE, Code::UnsafePath).row(row).field("decks").found(entry.path));
        }
    }
    (entries, issues)
}

/// Reads one talk. What is wrong with a slide is told with the slide's number as the row; `None` only if nothing can be read.
pub fn read(file: &str, bytes: &[u8], tables: &Tables) -> (Option<Deck>, Vec<Issue>) {
    let text = match text_of(file, bytes) {
        Ok(text) => text,
        Err(issue) => return (None, vec![issue]),
    };
    let mut head: Map<String, Value> = match serde_json::from_str(text) {
        Ok(Value::Object(map)) => map,
        Ok(other) => return (None, vec![Issue::new(file, Code::NotObject).found(record::plain(&other))]),
        Err(error) => return (None, vec![record::not_json(file, &error)]),
    };
    let slides = match head.remove("slides") {
        Some(Value::Array(slides)) => slides,
        _ => return (None, vec![Issue::new(file, Code::MissingField).field("slides")]),
    };
    let mut issues: Vec<Issue> = record::check_rows(file, vec![Value::from(head.clone())], &DECK).issues;
    issues.iter_mut().for_each(|issue| issue.row = None);
    let name = file.rsplit('/').next().unwrap_or_default().trim_end_matches(".json");
    let id = string(&head, "id");
    if id != name {
        issues.push(Issue::new(file, Code::BadPattern).field("id").found(id.as_str()).expected(name));
    }

    let mut rows = Vec::new();
    let mut callouts = Vec::new();
    for (i, slide) in slides.iter().enumerate() {
        let mut slide = slide.clone();
        if let Some(map) = slide.as_object_mut() {
            map.insert("number".to_owned(), (i + 1).into());
            for (at, callout) in map.remove(CALLOUTS).and_then(|all| all.as_array().cloned()).unwrap_or_default().into_iter().enumerate() {
                let mut callout = callout;
                if let Some(map) = callout.as_object_mut() {
                    map.insert("number".to_owned(), (at + 1).into());
                }
                callouts.push((i as u32 + 1, callout));
            }
        }
        rows.push(slide);
    }
    judge(&record::check_rows(file, rows, &SLIDE), &SLIDE, tables, &mut issues);
    for (row, callout) in callouts {
        let mut found = Vec::new();
        judge(&record::check_rows(file, vec![callout], &CALLOUT), &CALLOUT, tables, &mut found);
        issues.extend(found.into_iter().map(|issue| issue.row(row)));
    }
    let deck = Deck {
        id,
        file: file.to_owned(),
        title: bilingual(&head, "title").unwrap_or_default(),
        lead: bilingual(&head, "lead").unwrap_or_default(),
        minutes: head.get("minutes").and_then(Value::as_u64).unwrap_or(0) as u32,
        slides: slides.iter().map(|value| value.as_object().cloned().unwrap_or_default()).map(|map| slide(&map)).collect(),
    };
    for (row, slide) in (1u32..).zip(&deck.slides) {
        for field in lacking(slide) {
            issues.push(Issue::new(file, Code::MissingField).row(row).field(field));
        }
    }
    if deck.slides.is_empty() {
        issues.push(Issue::new(file, Code::MissingField).field("slides"));
    }
    (Some(deck), issues)
}

fn judge(checked: &Checked, contract: &Contract, tables: &Tables, issues: &mut Vec<Issue>) {
    issues.extend(checked.issues.iter().cloned());
    issues.extend(check_references_of(contract, checked, tables));
}

/// What a slide of its kind cannot do without.
fn lacking(slide: &Slide) -> Vec<&'static str> {
    let needed: &[(&str, bool)] = match slide.kind {
        SlideKind::Headline => &[("series", slide.figure.is_some())],
        SlideKind::View => &[("view", !slide.views.is_empty())],
        SlideKind::Compare => &[("view", !slide.views.is_empty()), ("with", slide.views.len() > 1)],
        SlideKind::Story => &[("story", slide.story.is_some())],
        SlideKind::Text => &[("text_en", slide.text.is_some())],
        SlideKind::Action => &[("link", slide.link.is_some())],
    };
    needed.iter().filter(|(_, there)| !there).map(|(field, _)| *field).collect()
}

fn slide(map: &Map<String, Value>) -> Slide {
    let view = |id: &str, state: &str| Some((optional(map, id)?, string(map, state)));
    let callout = |value: &Value| Some((figure(value.as_object()?)?, bilingual(value.as_object()?, "text")?));
    Slide {
        kind: SlideKind::parse(&string(map, "kind")).unwrap_or(SlideKind::Text),
        headline: bilingual(map, "headline").unwrap_or_default(),
        text: bilingual(map, "text"),
        notes: bilingual(map, "notes").unwrap_or_default(),
        views: [view("view", "state"), view("with", "with_state")].into_iter().flatten().collect(),
        figure: figure(map),
        callouts: map.get(CALLOUTS).and_then(Value::as_array).into_iter().flatten().filter_map(callout).collect(),
        story: optional(map, "story"),
        link: optional(map, "link"),
    }
}

fn figure(map: &Map<String, Value>) -> Option<FigureRef> {
    Some(FigureRef {
        series: optional(map, "series")?,
        place: string(map, "place"),
        counterpart: optional(map, "counterpart"),
        period_end: string(map, "period_end"),
    })
}

/// In the language that is there, if one is missing: that is a finding, and no reason to show nothing.
fn bilingual(map: &Map<String, Value>, stem: &str) -> Option<Bilingual> {
    let (en, uk) = (optional(map, &format!("{stem}_en")), optional(map, &format!("{stem}_uk")));
    Some(Bilingual { en: en.clone().or_else(|| uk.clone())?, uk: uk.or(en)? })
}

fn optional(map: &Map<String, Value>, field: &str) -> Option<String> {
    map.get(field).and_then(Value::as_str).map(str::to_owned)
}

fn string(map: &Map<String, Value>, field: &str) -> String {
    optional(map, field).unwrap_or_default()
}
