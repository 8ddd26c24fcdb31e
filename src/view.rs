//! Dataset, view and state to what is shown: chart, table, sentence, sources — or a refusal with its reason.
//!
//! Pure; the guard of the rules of honesty lives here. Does not know ECharts, colours or the DOM.

pub mod guard;
pub mod spec;

pub mod agreements;
pub mod bars;
pub mod behind;
pub mod certificate;
pub mod changes;
pub mod cost;
pub mod difference;
pub mod download;
pub mod editing;
pub mod events;
pub mod flow;
pub mod headline;
pub mod network;
pub mod organisations;
pub mod search;
pub mod talk;
pub mod tiles;
pub mod trend;

mod parts;
pub use parts::{citation, collation_key, ignored_sentence};

use crate::data::package::Package;
use crate::model::catalog::{Catalog, ViewDef};
use crate::model::dataset::{Dataset, Fact};
use crate::model::words::{Topic, ViewKind};
use crate::state::defaults;
use crate::state::url::{self, BadParam, Pairs};
use crate::state::view_state::ViewState;
use crate::text::Text;
use spec::Figure;

/// A view's state before the reader changes anything. Errors in `defaults` are the publisher's; `defaults::check` names them.
pub fn default_state(def: &ViewDef) -> ViewState {
    url::parse(&url::query_pairs(&def.defaults), &ViewState::default()).0
}

/// The state that an address asks for, and the parameters that it got wrong.
pub fn state_from(def: &ViewDef, pairs: &Pairs) -> (ViewState, Vec<BadParam>) {
    url::parse(pairs, &default_state(def))
}

/// Adds to a loaded package's issues those that only show when it is shown: in what views show at first, and in talks.
pub fn judge(package: &mut Package) {
    let found = [defaults::check(package), talk::judge(package)].concat();
    package.issues.extend(found);
    package.issues.sort();
}

/// Derives one figure. Never fails: what cannot be shown is said in the figure.
pub fn figure(dataset: &Dataset, def: &ViewDef, state: &ViewState, text: Text) -> Figure {
    let context = parts::Context { dataset, def, state, text };
    let mut figure = match def.kind {
        ViewKind::Trend => trend::figure(&context),
        ViewKind::Milestones => bars::panels(&context, bars::By::Scope),
        ViewKind::Measures => bars::panels(&context, bars::By::Measure),
        ViewKind::Units => bars::panels(&context, bars::By::Unit),
        ViewKind::Places => bars::panels(&context, bars::By::Place),
        ViewKind::Ranking | ViewKind::Flows => bars::ranking(&context),
        ViewKind::Tiles => tiles::figure(&context),
        ViewKind::Timeline => agreements::timeline(&context),
        ViewKind::Counts => agreements::counts(&context),
        ViewKind::Network => network::figure(&context),
        ViewKind::Organisations => organisations::figure(&context),
        ViewKind::Events => events::figure(&context),
    };
    parts::filters(&context, &mut figure);
    parts::others(&context, &mut figure);
    let is_ours =
        |&fact: &Fact| matches!(fact, Fact::Observation { topic, row } if dataset.row(topic, row).is_some_and(|row| row.computed()));
    if figure.facts.iter().any(is_ours) {
        figure.summary += " ";
        figure.summary += &context.t("summary.computed");
    }
    figure
}

/// Topics whose rows a view reads: its own, and those of its series.
pub fn topics(catalog: &Catalog, def: &ViewDef) -> Vec<Topic> {
    if def.kind.draws_records() {
        return vec![Topic::Partners];
    }
    let mut topics = vec![def.topic];
    for topic in def.series.iter().chain(&def.marks).filter_map(|&ix| Some(catalog.series.get(ix)?.topic)) {
        if !topics.contains(&topic) {
            topics.push(topic);
        }
    }
    topics
}

/// The resources that a view cannot do without, beside `views` itself.
pub fn needs(catalog: &Catalog, def: &ViewDef) -> Vec<&'static str> {
    needs_of(def.kind, &topics(catalog, def))
}

/// The same of a kind of view.
pub fn needs_of(kind: ViewKind, topics: &[Topic]) -> Vec<&'static str> {
    let mut names = vec!["sources", "places"];
    match kind {
        ViewKind::Timeline | ViewKind::Counts | ViewKind::Network => names.extend(["sectors", "agreements"]),
        ViewKind::Organisations => names.extend(["units", "organisations", "organisation-figures"]),
        ViewKind::Events => names.extend(["sectors", "agreements", "events"]),
        _ => {
            // Without the sectors, rows that name one are no rows.
            names.extend(["units", "series", "breaks", "sectors"]);
            names.extend(topics.iter().filter_map(|&topic| crate::data::package::observations_resource(topic)));
        }
    }
    names
}
