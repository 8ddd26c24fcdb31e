//! `decks/<id>.json`: the talks of a package. The descriptor lists them under `decks`, since a talk is no table.

use super::build::{Tables, check_references_of};
use super::contract::{CALLOUT, Contract, DECK, SLIDE};
use super::descriptor::{self, Entry};
use super::given::Given;
use super::issue::{Code, Issue};
use super::record::{self, Checked, text_of};
use crate::model::deck::{Callout, Deck, FigureRef, Slide};
use crate::model::lang::Bilingual;
use crate::model::words::SlideKind;
use serde_json::{Map, Value};

/// Where talks lie in a package.
pub const FOLDER: &str = "decks";
/// What a callout says and points at.
pub(super) const CALLOUTS: &str = "callouts";
/// The key of a slide and of a callout: its place in the list, and no field of the file.
pub(super) const NUMBER: &str = "number";

/// The talks that a descriptor lists, with their findings. A descriptor that cannot be read is a finding elsewhere.
pub fn listed(bytes: &[u8]) -> (Vec<Entry>, Vec<Issue>) {
    let value: Given = std::str::from_utf8(bytes).ok().and_then(|json| serde_json::from_str(json).ok()).unwrap_or(Given::Null);
    let mut issues = Vec::new();
    let mut entries = Vec::new();
    for (row, one) in (1u32..).zip(value.get(FOLDER).and_then(Given::items).into_iter().flatten()) {
        let entry = Entry::read(one);
        if descriptor::is_plain_path(&entry.path) {
            entries.push(entry);
        } else {
            issues.push(Issue::new(descriptor::FILE, Code::UnsafePath).row(row).field("decks").found(entry.path));
        }
    }
    (entries, issues)
}

/// The name of a talk's file without its end: the talk's address, whatever the file says.
fn name(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or_default().trim_end_matches(".json")
}

/// In the place of a talk that cannot be read: its address stays, and says why.
pub fn unread(file: &str) -> Deck {
    Deck { id: name(file).to_owned(), file: file.to_owned(), ..Deck::default() }
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
        _ => Vec::new(),
    };
    let mut issues: Vec<Issue> = record::check_rows(file, &[Value::from(head.clone())], &DECK).issues;
    issues.iter_mut().for_each(|issue| issue.row = None);
    let name = name(file);
    let id = string(&head, "id");
    if id != name {
        issues.push(Issue::new(file, Code::BadPattern).field("id").found(id.as_str()).expected(name));
    }

    let mut rows = Vec::new();
    let mut callouts = Vec::new();
    for (number, slide) in (1u32..).zip(&slides) {
        let mut slide = slide.clone();
        let said = match slide.as_object_mut().and_then(|map| map.remove(CALLOUTS)) {
            Some(Value::Array(all)) => all,
            None | Some(Value::Null) => Vec::new(),
            Some(other) => {
                issues.push(Issue::new(file, Code::WrongType).row(number).field(CALLOUTS).found(record::plain(&other)).expected("array"));
                Vec::new()
            }
        };
        rows.push(numbered(slide, number, || issues.push(Issue::new(file, Code::UnknownField).row(number).field(NUMBER).found(NUMBER))));
        for (at, callout) in (1u32..).zip(said) {
            let issue = || Issue::new(file, Code::UnknownField).row(number).field(&of_callout(at, NUMBER)).found(NUMBER);
            callouts.push((number, at, numbered(callout, at, || issues.push(issue()))));
        }
    }
    judge(&record::check_rows(file, &rows, &SLIDE), &SLIDE, tables, &mut issues);
    for (row, at, callout) in callouts {
        let mut found = Vec::new();
        judge(&record::check_rows(file, &[callout], &CALLOUT), &CALLOUT, tables, &mut found);
        issues.extend(found.into_iter().map(|issue| {
            let field = of_callout(at, issue.field.as_deref().unwrap_or_default());
            issue.row(row).field(&field)
        }));
    }
    let maps: Vec<Map<String, Value>> =
        slides.into_iter().map(|value| if let Value::Object(map) = value { map } else { Map::new() }).collect();
    for (row, map) in (1u32..).zip(&maps) {
        issues.extend(lacking(map).map(|field| Issue::new(file, Code::MissingField).row(row).field(field)));
    }
    if maps.is_empty() {
        issues.push(Issue::new(file, Code::MissingField).field("slides"));
    }
    let deck = Deck {
        title: bilingual(&head, "title").unwrap_or_default(),
        lead: bilingual(&head, "lead").unwrap_or_default(),
        minutes: head.get("minutes").and_then(Value::as_u64).unwrap_or(0) as u32,
        slides: maps.iter().map(slide).collect(),
        ..unread(file)
    };
    (Some(deck), issues)
}

/// With its place in the list as its key; `refuse` hears of a file that has a field of that name.
fn numbered(mut value: Value, at: u32, refuse: impl FnOnce()) -> Value {
    if let Some(map) = value.as_object_mut()
        && map.insert(NUMBER.to_owned(), at.into()).is_some()
    {
        refuse();
    }
    value
}

/// How a finding names a field of a callout: `callouts.2.text_uk`.
pub fn of_callout(at: u32, field: &str) -> String {
    format!("{CALLOUTS}.{at}.{field}")
}

fn judge(checked: &Checked, contract: &Contract, tables: &Tables, issues: &mut Vec<Issue>) {
    issues.extend(checked.issues.iter().cloned());
    issues.extend(check_references_of(contract, checked, tables));
}

/// What a slide of a kind cannot do without. A text in one language is there: that the other lacks is told by itself.
pub fn needed(kind: SlideKind) -> &'static [&'static str] {
    match kind {
        SlideKind::Headline => &["series", "place", "period_end"],
        SlideKind::View => &["view"],
        SlideKind::Compare => &["view", "with"],
        SlideKind::Story => &["story"],
        SlideKind::Text => &["text_en"],
        SlideKind::Action => &["link"],
    }
}

fn lacking(map: &Map<String, Value>) -> impl Iterator<Item = &'static str> {
    let given = |field: &str| map.get(field).is_some_and(|value| !value.is_null());
    needed(kind(map)).iter().copied().filter(move |field| !(given(field) || *field == "text_en" && given("text_uk")))
}

fn kind(map: &Map<String, Value>) -> SlideKind {
    SlideKind::parse(&string(map, "kind")).unwrap_or(SlideKind::Text)
}

fn slide(map: &Map<String, Value>) -> Slide {
    let view = |id: &str, state: &str| Some((optional(map, id)?, string(map, state)));
    let callout = |(number, value): (u32, &Value)| {
        let map = value.as_object()?;
        Some(Callout { number, figure: figure(map)?, text: bilingual(map, "text")? })
    };
    let callouts = map.get(CALLOUTS).and_then(Value::as_array).into_iter().flatten();
    Slide {
        kind: kind(map),
        headline: bilingual(map, "headline").unwrap_or_default(),
        text: bilingual(map, "text"),
        notes: bilingual(map, "notes").unwrap_or_default(),
        views: [view("view", "state"), view("with", "with_state")].into_iter().flatten().collect(),
        figure: figure(map),
        callouts: (1u32..).zip(callouts).filter_map(callout).collect(),
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
