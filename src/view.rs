//! Dataset, view and state to what is shown: chart, table, sentence, sources — or a refusal with its reason.
//!
//! Pure; the guard of the rules of honesty lives here. Does not know ECharts, colours or the DOM.

pub mod guard;
pub mod spec;

pub mod agreements;
pub mod bars;
pub mod certificate;
pub mod download;
pub mod headline;
pub mod search;
pub mod trend;

mod parts;
pub use parts::ignored_sentence;

use crate::model::catalog::ViewDef;
use crate::model::dataset::Dataset;
use crate::model::words::{Topic, ViewKind};
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

/// Derives one figure. Never fails: what cannot be shown is said in the figure.
pub fn figure(dataset: &Dataset, def: &ViewDef, state: &ViewState, text: Text) -> Figure {
    let context = parts::Context { dataset, def, state, text };
    let mut figure = match def.kind {
        ViewKind::Trend => trend::figure(&context),
        ViewKind::Milestones => bars::milestones(&context),
        ViewKind::Units => bars::units(&context),
        ViewKind::Ranking => bars::ranking(&context),
        ViewKind::Timeline => agreements::timeline(&context),
        ViewKind::Counts => agreements::counts(&context),
    };
    parts::others(&context, &mut figure);
    figure
}

/// Topics whose rows a view reads.
pub fn topics(def: &ViewDef) -> &[Topic] {
    match def.kind {
        ViewKind::Timeline | ViewKind::Counts => &[Topic::Partners],
        _ => std::slice::from_ref(&def.topic),
    }
}

/// The resources that a view cannot do without, beside `views` itself.
pub fn needs(kind: ViewKind, topic: Topic) -> Vec<&'static str> {
    let mut names = vec!["sources", "places"];
    match kind {
        ViewKind::Timeline | ViewKind::Counts => names.extend(["sectors", "agreements"]),
        _ => {
            names.extend(["units", "series", "breaks"]);
            if kind == ViewKind::Units {
                names.push("sectors");
            }
            names.extend(crate::data::package::observations_resource(topic));
        }
    }
    names
}
