//! Everything behind a view, drawn or not and whatever the reader has chosen: what is taken away as files.
//!
//! Words and facts only; the files themselves are made in `html::takeaway`.

use super::guard::Refusal;
use super::parts::{Context, fact, sources_of};
use super::spec::{Citation, Definition};
use crate::model::catalog::{PlaceIx, SeriesIx, ViewDef};
use crate::model::dataset::{Dataset, Fact};
use crate::model::date::{Date, PartialDate};
use crate::model::words::Licence;
use crate::state::view_state::ViewState;
use crate::text::{Text, format};
use std::collections::BTreeSet;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Behind {
    pub facts: Vec<Fact>,
    pub definitions: Vec<Definition>,
    pub sources: Vec<Citation>,
    /// Publishers of the sources, each once, in the order of their figures: as files cite them, and as the page's language names them.
    pub publishers: Vec<String>,
    pub named: Vec<String>,
    /// Of series and sources, each once.
    pub licences: Vec<Licence>,
    /// What the view does not show or say, breaks of method included.
    pub limits: Vec<String>,
    pub first_day: Option<Date>,
    pub last_day: Option<Date>,
    /// Where the figures are of, each name once.
    pub places: Vec<String>,
}

pub fn behind(dataset: &Dataset, def: &ViewDef, text: Text) -> Behind {
    let state = super::default_state(def);
    let c = Context { dataset, def, state: &state, text };
    let catalog = &dataset.catalog;
    let series: Vec<SeriesIx> = def.series.iter().chain(&def.marks).copied().collect();
    let mut figure = c.blank_figure();
    let mut facts: BTreeSet<Fact> = BTreeSet::new();
    let mut add = |fact: Fact| {
        if facts.insert(fact) {
            figure.facts.push(fact)
        }
    };
    series.iter().flat_map(|&ix| dataset.rows(ix)).for_each(|(topic, row)| add(fact(topic, row)));
    // What is no figure of a series, such as records: all that the view shows when nothing is chosen, and what it counts.
    super::figure(dataset, def, &ViewState::default(), text).facts.into_iter().for_each(&mut add);
    if super::needs(catalog, def).contains(&"agreements") {
        (0..dataset.agreements().len() as u32).map(Fact::Agreement).for_each(&mut add);
    }
    figure.facts.retain(|fact| !matches!(fact, Fact::AgreementCount { .. } | Fact::Rest { .. })); // what is counted here has no row
    c.document(&mut figure, &series);
    let mut all = Behind::default();
    for ix in series.iter().filter_map(|&ix| catalog.series.get(ix)) {
        push(&mut all.licences, ix.licence);
    }
    for &fact in &figure.facts {
        for source in sources_of(dataset, fact).into_iter().filter_map(|ix| catalog.sources.get(ix)) {
            push(&mut all.publishers, source.publisher.en.clone());
            push(&mut all.named, source.publisher.get(text.lang).to_owned());
            push(&mut all.licences, source.licence);
        }
        let (place, days) = match fact {
            Fact::Observation { topic, row } => dataset
                .row(topic, row)
                .map_or((None, [None, None]), |row| (Some(row.place()), [row.period().start.or(row.period().end), row.period().end])),
            Fact::Agreement(i) => dataset.agreements().get(i as usize).map_or((None, [None, None]), |a| {
                (a.place, [a.signed_on.map(|day| day.first_day()), a.signed_on.map(|day| day.last_day())])
            }),
            Fact::Organisation(i) => (dataset.community.organisations.get(i as usize).and_then(|o| o.place), [None, None]),
            Fact::OrganisationFigure(i) => dataset.community.figures.get(i as usize).map_or((None, [None, None]), |f| {
                (None, [f.period_start.or(f.as_of).map(PartialDate::first_day), f.as_of.map(PartialDate::last_day)])
            }),
            Fact::Event(i) => dataset.community.events.get(i as usize).map_or((None, [None, None]), |e| {
                (e.place, [e.starts_on.map(PartialDate::first_day), e.ends_on.or(e.starts_on).map(PartialDate::last_day)])
            }),
            Fact::AgreementCount { .. } | Fact::Rest { .. } => (None, [None, None]),
        };
        if let Some(name) = place.map(|ix: PlaceIx| c.place(ix)) {
            push(&mut all.places, name.to_owned());
        }
        all.first_day = [all.first_day, days[0]].into_iter().flatten().min();
        all.last_day = [all.last_day, days[1]].into_iter().flatten().max();
    }
    let limits = super::figure(dataset, def, &state, text).limits;
    // The figure tells of breaks where it draws a line; here all of them are told.
    all.limits.extend(limits.into_iter().filter(|limit| limit.refusal != Some(Refusal::Break)).map(|limit| limit.sentence));
    for change in catalog.breaks.iter().filter(|change| series.contains(&change.series)) {
        let name = c.series_name(change.series);
        let what = change.place.map_or_else(|| name.to_owned(), |place| format!("{name}, {}", c.place(place)));
        let args = [("what", what.as_str()), ("when", &format::date(change.on, text.lang)), ("reason", change.reason.get(text.lang))];
        all.limits.push(text.t("take.break", &args));
    }
    // A file cites publishers as they call themselves.
    for source in &mut figure.sources {
        if let Some(known) = catalog.sources.by_key(&source.id) {
            source.publisher.clone_from(&known.publisher.en);
        }
    }
    Behind { facts: figure.facts, definitions: figure.definitions, sources: figure.sources, ..all }
}

fn push<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}
