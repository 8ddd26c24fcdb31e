//! Every published figure is within reach: each row of these topics is among the facts of a view in a state that its own controls lead to.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::package;
use diaspora_impact::model::catalog::ViewDef;
use diaspora_impact::model::dataset::Fact;
use diaspora_impact::model::lang::Lang;
use diaspora_impact::model::words::Topic;
use diaspora_impact::state::url;
use diaspora_impact::state::view_state::ViewState;
use diaspora_impact::text::Text;
use diaspora_impact::view;
use diaspora_impact::view::spec::{Choice, ControlSpec};
use std::collections::BTreeSet;

const TOPICS: [Topic; 3] = [Topic::People, Topic::Context, Topic::Funding];

fn with(state: &ViewState, name: &str, value: &str) -> ViewState {
    let (next, bad) = url::parse(&[(name.to_owned(), value.to_owned())], state);
    assert!(bad.is_empty(), "{name}={value}: {bad:?}");
    next
}

/// What a reader comes to: one unit or period after the other, and with each of them everything that the pickers offer, one by one.
fn reached(def: &ViewDef) -> BTreeSet<Fact> {
    let dataset = &package().dataset;
    let figure = |state: &ViewState| view::figure(dataset, def, state, Text::new(Lang::En));
    let first = view::default_state(def);
    let mut states = vec![first.clone()];
    for control in figure(&first).controls {
        let (name, choices) = match control {
            ControlSpec::Unit(choices) => ("unit", choices),
            ControlSpec::Period(choices) => ("time", choices),
            _ => continue,
        };
        states.extend(choices.iter().map(|choice| with(&first, name, &choice.value)));
    }
    let mut facts = BTreeSet::new();
    for state in states {
        let start = figure(&state);
        facts.extend(start.facts);
        let picks: Vec<(&str, Vec<Choice>)> = start
            .controls
            .into_iter()
            .filter_map(|control| match control {
                ControlSpec::Pick { param, choices } => Some((param.id(), choices)),
                _ => None,
            })
            .collect();
        for (i, (name, choices)) in picks.iter().enumerate() {
            for choice in choices {
                let chosen = with(&state, name, &choice.value);
                facts.extend(figure(&chosen).facts);
                // A second picker may depend on the first: places of a measure.
                for (other, values) in picks.iter().skip(i + 1) {
                    values.iter().for_each(|value| facts.extend(figure(&with(&chosen, other, &value.value)).facts));
                }
            }
        }
    }
    facts
}

#[test]
fn every_figure_is_reachable_from_some_view() {
    let dataset = &package().dataset;
    let facts: BTreeSet<Fact> = dataset.catalog.views.iter().filter(|def| TOPICS.contains(&def.topic)).flat_map(reached).collect();
    let mut rows = 0;
    for (topic, table) in dataset.observations.iter().filter(|(topic, _)| TOPICS.contains(topic)) {
        for row in table.iter() {
            rows += 1;
            let series = &dataset.catalog.series.get(row.series()).unwrap().id;
            let place = &dataset.catalog.places.get(row.place()).unwrap().code;
            let fact = Fact::Observation { topic: *topic, row: row.row };
            assert!(facts.contains(&fact), "no view leads to {series} at {place}, {:?}", row.period());
        }
    }
    assert!(rows > 1000, "{rows} rows");
}
