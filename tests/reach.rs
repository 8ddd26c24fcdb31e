//! Every published figure can be seen: each row of a topic is among the facts of some view, in a state that the view's own controls
//! lead to.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::package;
use diaspora_impact::model::catalog::ViewDef;
use diaspora_impact::model::dataset::{Dataset, Fact};
use diaspora_impact::model::lang::Lang;
use diaspora_impact::model::words::Topic;
use diaspora_impact::state::url;
use diaspora_impact::state::view_state::{Param, ViewState};
use diaspora_impact::text::Text;
use diaspora_impact::view;
use diaspora_impact::view::spec::{Choice, ControlSpec, Figure};
use std::collections::BTreeSet;

/// Topics that are shown in full.
const TOPICS: &[Topic] = &[Topic::People, Topic::Remittances, Topic::Context, Topic::Funding];

fn figure(dataset: &Dataset, def: &ViewDef, state: &ViewState) -> Figure {
    view::figure(dataset, def, state, Text::new(Lang::En))
}

fn chosen(state: &ViewState, name: &str, value: &str) -> ViewState {
    let (next, bad) = url::parse(&[(name.to_owned(), value.to_owned())], state);
    assert!(bad.is_empty(), "{name}={value}");
    next
}

/// States one step away: each choice of a control that takes one, everything of a list, all years.
fn steps(figure: &Figure, state: &ViewState) -> Vec<ViewState> {
    let each = |name: &str, choices: &[Choice]| choices.iter().map(|choice| chosen(state, name, &choice.value)).collect::<Vec<_>>();
    let all = |param: Param, choices: &[Choice]| {
        // Forty is what the address holds.
        let ids: Vec<&str> = choices.iter().map(|choice| choice.value.as_str()).collect();
        ids.chunks(40).map(|ids| chosen(state, param.id(), &ids.join("~"))).collect::<Vec<_>>()
    };
    figure
        .controls
        .iter()
        .flat_map(|control| match control {
            ControlSpec::Switch { param: "unit", choices } => each("unit", choices),
            ControlSpec::Switch { .. } => Vec::new(),
            ControlSpec::Period(choices) => each("time", choices),
            ControlSpec::Counterparts(choices) => each("counterpart", choices),
            ControlSpec::Years { .. } => vec![chosen(state, "time", "..")],
            ControlSpec::Pick { param, choices, .. } => all(*param, choices),
        })
        .collect()
}

/// All facts of a view within reach.
fn reachable(dataset: &Dataset, def: &ViewDef) -> BTreeSet<Fact> {
    let mut states = vec![view::default_state(def)];
    let mut facts = BTreeSet::new();
    let mut at = 0;
    while let Some(state) = states.get(at).cloned() {
        at += 1;
        let figure = figure(dataset, def, &state);
        facts.extend(figure.facts.iter().copied());
        for next in steps(&figure, &state) {
            if !states.contains(&next) {
                states.push(next);
            }
        }
        assert!(states.len() < 5_000, "{}: choices without end", def.id);
    }
    facts
}

/// Rows of a topic that no view of these shows, named by series, place, sender and period.
fn unseen(topic: Topic, views: &[&ViewDef]) -> Vec<String> {
    let dataset = &package().dataset;
    let catalog = &dataset.catalog;
    let seen: BTreeSet<Fact> = views.iter().flat_map(|def| reachable(dataset, def)).collect();
    let (_, table) = dataset.observations.iter().find(|(loaded, _)| *loaded == topic).unwrap();
    let missed = table.iter().filter(|row| !seen.contains(&Fact::Observation { topic, row: row.row }));
    let place = |ix| catalog.places.get(ix).map_or("", |place| place.code.as_str());
    missed
        .map(|row| {
            let series = &catalog.series.get(row.series()).unwrap().id;
            format!("{series} {} {} {:?}", place(row.place()), row.counterpart().map_or("", place), row.period())
        })
        .collect()
}

#[test]
fn every_row_is_shown_by_some_view() {
    let views = &package().dataset.catalog.views;
    for &topic in TOPICS {
        let unseen = unseen(topic, &views.iter().collect::<Vec<_>>());
        assert!(unseen.is_empty(), "{} rows of {} are in no view:\n{}", unseen.len(), topic.id(), unseen.join("\n"));
    }
    // The check bites: without the view that shows them, the model's 63 rows are missed, and nothing else.
    let others: Vec<&ViewDef> = views.iter().filter(|def| def.id != "remittances-model").collect();
    let missed = unseen(Topic::Remittances, &others);
    assert_eq!(missed.len(), 63);
    assert!(missed.iter().all(|row| row.starts_with("wb-bilateral-matrix-2018")));
}
