//! The birth certificate of one number: what was published, by whom, when, and what it does not say.

use super::parts::{citation, sources_of};
use super::spec::Citation;
use crate::model::agreement::Agreement;
use crate::model::catalog::PlaceIx;
use crate::model::community::{Event, Organisation, OrganisationFigure};
use crate::model::dataset::{Dataset, Fact};
use crate::model::lang::Bilingual;
use crate::model::observations::{Cell, Row};
use crate::model::order::distinct;
use crate::model::words::{Qualifier, Standing, Topic};
use crate::state::route::Page;
use crate::text::{Text, format};

#[derive(Clone, Debug, PartialEq)]
pub struct Certificate {
    /// What the number is about.
    pub title: String,
    /// The number with wording and unit, or the counterpart's name.
    pub value: String,
    pub number: Option<f64>,
    pub qualifier: Option<Qualifier>,
    pub lines: Vec<Line>,
    pub sources: Vec<Citation>,
    /// A page of its own.
    pub page: Option<Page>,
}

/// A term and its description.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Names the term in `locales/`, after `certificate.`.
    pub key: &'static str,
    pub term: String,
    pub text: String,
}

/// `None` when the fact is not in the dataset (any more).
pub fn certificate(dataset: &Dataset, fact: Fact, text: Text) -> Option<Certificate> {
    let mut certificate = match fact {
        Fact::Observation { topic, row } => observation(dataset, dataset.row(topic, row)?, text)?,
        Fact::Rest { topic, row } => rest(dataset, topic, row, text)?,
        Fact::Agreement(i) => agreement(dataset, dataset.agreements().get(i as usize)?, text),
        Fact::AgreementCount { .. } => count(dataset, fact, text),
        Fact::Organisation(i) => organisation(dataset, dataset.community.organisations.get(i as usize)?, text),
        Fact::OrganisationFigure(i) => organisation_figure(dataset, dataset.community.figures.get(i as usize)?, text),
        Fact::Event(i) => event(dataset, dataset.community.events.get(i as usize)?, text),
    };
    certificate.sources =
        distinct(&mut sources_of(dataset, fact).into_iter()).into_iter().filter_map(|source| citation(dataset, source, text)).collect();
    Some(certificate)
}

/// Collects lines, leaving out what is not known.
struct Lines {
    text: Text,
    lines: Vec<Line>,
}

impl Lines {
    fn add(&mut self, key: &'static str, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.lines.push(Line { key, term: self.text.t(&format!("certificate.{key}"), &[]), text: value });
        }
    }

    fn word(&mut self, key: &'static str, word: &str) {
        self.add(key, self.text.t(word, &[]));
    }
}

fn observation(dataset: &Dataset, row: Row, text: Text) -> Option<Certificate> {
    let catalog = &dataset.catalog;
    let series = catalog.series.get(row.series())?;
    let unit = catalog.units.get(series.unit)?;
    let lang = text.lang;
    let place = catalog.places.get(row.place()).map_or("", |p| p.name.get(lang));
    let (value, number, qualifier) = match row.cell() {
        Cell::Value { value, qualifier } => (text.cell(row.cell(), unit), Some(value), Some(qualifier)),
        Cell::Missing(_) => (text.cell(row.cell(), unit), None, None),
    };
    let mut lines = Lines { text, lines: Vec::new() };
    // No source prints a sum of ours.
    if let Some(qualifier) = qualifier.filter(|_| !row.computed()) {
        lines.word("wording", &format!("qualifier-name.{}", qualifier.id()));
    }
    if let Cell::Missing(reason) = row.cell() {
        lines.word("why-missing", &format!("missing-why.{}", reason.id()));
    }
    if let Some(max) = row.value_max() {
        lines.add("range", text.full(max, None, unit, Qualifier::Exact));
    }
    if row.computed() {
        lines.word("computed", "certificate.computed-text");
    }
    lines.add("place", place);
    if let Some(counterpart) = row.counterpart().and_then(|ix| catalog.places.get(ix)) {
        lines.add("counterpart", counterpart.name.get(lang));
    }
    if let Some(sector) = row.sector().and_then(|ix| catalog.sectors.get(ix)) {
        lines.add("sector", sector.name.get(lang));
    }
    lines.add("period", format::period(row.period(), lang).unwrap_or_else(|| text.t("period.unknown", &[])));
    if let Some(note) = row.note() {
        lines.add("note", note.get(lang));
    }
    lines.add("definition", series.definition.get(lang));
    lines.add("scope", series.scope.get(lang));
    lines.add("silent", series.silent.get(lang));
    lines.add(
        "basis",
        format!("{}. {}", text.t(&format!("basis.{}", series.basis.id()), &[]), text.t(&format!("basis-why.{}", series.basis.id()), &[])),
    );
    if !row.is_current() {
        lines.word("standing", &format!("standing-why.{}", row.standing().id()));
    }
    if let Some(whole) = series.subset_of.as_deref().and_then(|id| catalog.series.by_key(id)) {
        lines.add("part-of", whole.name.get(lang));
    }
    if let Some(vintage) = row.vintage() {
        lines.add("vintage", format::partial_date(vintage, lang));
    }
    lines.add("licence", text.t(&format!("licence-why.{}", series.licence.id()), &[]));
    Some(Certificate {
        title: series.name.get(lang).to_owned(),
        value,
        number,
        qualifier,
        lines: lines.lines,
        sources: Vec::new(),
        page: None,
    })
}

fn optional(part: &Option<Bilingual>, text: Text) -> String {
    part.as_ref().map_or_else(String::new, |part| part.get(text.lang).to_owned())
}

/// Town and country, as far as they are known.
pub(super) fn located(dataset: &Dataset, place: Option<PlaceIx>, city: &Option<Bilingual>, text: Text) -> String {
    let country = place.and_then(|ix| dataset.catalog.places.get(ix)).map(|place| place.name.get(text.lang));
    city.as_ref().map(|city| city.get(text.lang)).into_iter().chain(country).collect::<Vec<_>>().join(", ")
}

/// Our sum of small senders: what is true of each of them, and the list.
fn rest(dataset: &Dataset, topic: Topic, first: u32, text: Text) -> Option<Certificate> {
    let (total, qualifier, _) = super::flow::sum_of_rest(dataset, topic, first)?;
    let row = dataset.row(topic, first)?;
    let unit = dataset.catalog.unit_of(row.series())?;
    let mut certificate = observation(dataset, row, text)?;
    certificate.value = text.full(total, None, unit, qualifier);
    (certificate.number, certificate.qualifier) = (Some(total), Some(qualifier));
    let of_one = ["certificate.counterpart", "certificate.note"].map(|key| text.t(key, &[]));
    certificate.lines.retain(|line| !of_one.contains(&line.term));
    let mut lines = Lines { text, lines: Vec::new() };
    lines.word("computed", "certificate.computed-text");
    for part in super::flow::rest(dataset, topic, first) {
        let name = part.counterpart().and_then(|ix| dataset.catalog.places.get(ix)).map_or("", |p| p.name.get(text.lang));
        lines.lines.push(Line { key: "", term: name.to_owned(), text: text.cell(part.cell(), unit) });
    }
    certificate.lines.splice(0..0, lines.lines);
    Some(certificate)
}

fn agreement(dataset: &Dataset, a: &Agreement, text: Text) -> Certificate {
    let catalog = &dataset.catalog;
    let lang = text.lang;
    let both = |part: &Option<Bilingual>| optional(part, text);
    let mut lines = Lines { text, lines: Vec::new() };
    lines.add(if a.is_signed() { "date" } else { "announced" }, super::agreements::dated(a, text));
    lines.add("date-basis", both(&a.date_basis));
    lines.word("form", &format!("form.{}", a.form.id()));
    lines.word("counterpart-type", &format!("counterpart-type.{}", a.counterpart_type.id()));
    lines.add("place", located(dataset, a.place, &a.city, text));
    lines.add("signatories", both(&a.signatories));
    lines.add("topics", a.topics.iter().filter_map(|&ix| catalog.sectors.get(ix)).map(|s| s.name.get(lang)).collect::<Vec<_>>().join("; "));
    lines.add("says", a.says.get(lang));
    lines.add("silent", both(&a.silent));
    lines.add("followed", if a.followed.is_some() { both(&a.followed) } else { text.t("certificate.followed-none", &[]) });
    lines.add("diaspora", both(&a.diaspora));
    if let Some(pillar) = a.pillar {
        lines.word("pillar", &format!("pillar.{}", pillar.id()));
    }
    lines.word("status", &format!("status.{}", a.status.id()));
    lines.word("confidence", &format!("confidence.{}", a.confidence.id()));
    Certificate {
        title: text.t(&format!("instrument.{}", a.instrument.id()), &[]),
        value: a.counterpart.get(lang).to_owned(),
        number: None,
        qualifier: None,
        lines: lines.lines,
        sources: Vec::new(),
        page: Some(Page::Agreement(a.id.clone())),
    }
}

fn count(dataset: &Dataset, fact: Fact, text: Text) -> Certificate {
    let records = super::agreements::counted(dataset, fact);
    let mut lines = Lines { text, lines: Vec::new() };
    lines.word("computed", "certificate.counted-text");
    for &i in &records {
        if let Some(a) = dataset.agreements().get(i as usize) {
            lines.lines.push(Line { key: "", term: super::agreements::dated(a, text), text: a.counterpart.get(text.lang).to_owned() });
        }
    }
    let title = match fact {
        Fact::AgreementCount { counterpart_type, .. } => text.t(&format!("counterpart-type.{}", counterpart_type.id()), &[]),
        _ => String::new(),
    };
    Certificate {
        title,
        value: text.plural("count.records", records.len() as u64, &[]),
        number: Some(records.len() as f64),
        qualifier: None,
        lines: lines.lines,
        sources: Vec::new(),
        page: None,
    }
}

fn organisation(dataset: &Dataset, o: &Organisation, text: Text) -> Certificate {
    let mut lines = Lines { text, lines: Vec::new() };
    lines.word("organisation-kind", &format!("organisation-kind.{}", o.kind.id()));
    lines.add("place", located(dataset, o.place, &o.city, text));
    lines.add("founded", o.founded.map(|year| year.to_string()).unwrap_or_default());
    lines.add("focus", optional(&o.focus, text));
    lines.add("iom-relation", optional(&o.iom_relation, text));
    lines.add("note", optional(&o.note, text));
    Certificate {
        title: text.t("certificate.organisation", &[]),
        value: o.name.get(text.lang).to_owned(),
        number: None,
        qualifier: None,
        lines: lines.lines,
        sources: Vec::new(),
        page: None,
    }
}

fn organisation_figure(dataset: &Dataset, f: &OrganisationFigure, text: Text) -> Certificate {
    let organisation = dataset.community.organisations.get(f.organisation as usize);
    let mut lines = Lines { text, lines: Vec::new() };
    lines.word("wording", &format!("qualifier-name.{}", f.qualifier.id()));
    lines.add("organisation", organisation.map_or("", |o| o.name.get(text.lang)));
    lines.add("period", super::organisations::period(f, text));
    lines.add("note", optional(&f.note, text));
    lines.word("basis", &format!("figure-basis-why.{}", f.basis.id()));
    if f.standing != Standing::Current {
        lines.word("standing", &format!("standing-why.{}", f.standing.id()));
    }
    Certificate {
        title: f.name.get(text.lang).to_owned(),
        value: super::organisations::value(dataset, f, text),
        number: Some(f.value),
        qualifier: Some(f.qualifier),
        lines: lines.lines,
        sources: Vec::new(),
        page: None,
    }
}

fn event(dataset: &Dataset, event: &Event, text: Text) -> Certificate {
    let mut lines = Lines { text, lines: Vec::new() };
    lines.add("event-date", super::events::dated(event, text));
    lines.add("date-basis", optional(&event.date_basis, text));
    lines.add("place", located(dataset, event.place, &event.city, text));
    if let Some(mode) = event.mode {
        lines.word("event-mode", &format!("event-mode.{}", mode.id()));
    }
    lines.add("organisers", optional(&event.organisers, text));
    lines.add("purpose", event.purpose.get(text.lang));
    lines.word("event-diaspora", &format!("event-diaspora.{}", event.diaspora.id()));
    lines.word("confidence", &format!("confidence.{}", event.confidence.id()));
    Certificate {
        title: text.t("certificate.event", &[]),
        value: event.title.get(text.lang).to_owned(),
        number: None,
        qualifier: None,
        lines: lines.lines,
        sources: Vec::new(),
        page: None,
    }
}
