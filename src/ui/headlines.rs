//! The headline figures of the overview, each with a state of its own.

use super::part::part;
use crate::app_state::locale::Here;
use crate::app_state::reactive::effect;
use crate::app_state::store::Store;
use crate::html::headlines::{self, Card};
use crate::model::words::Topic;
use crate::view::headline::{self, headline};
use leptos::prelude::*;

#[component]
pub fn Headlines() -> impl IntoView {
    let here = Here::expect();
    let store = Store::expect();
    const LIST: [&str; 1] = ["headlines"];
    // The rows alone say what else they need; these two are needed by almost all, so nobody waits for the rows first.
    effect(move || {
        store.request(&["headlines", "series", "units"]);
        let catalog = store.dataset(&[]);
        store.headlines().iter().for_each(|def| store.request(&headline::needs(&catalog, def)));
    });
    let cards = move || {
        let dataset = store.dataset(Topic::ALL);
        let card = |def| {
            let names = headline::needs(&dataset, def);
            let failed = store.failed(&names, here.text());
            if !failed.is_empty() {
                return Card::Failed(failed, names);
            }
            if !store.is_ready(&names) {
                return Card::Loading;
            }
            headline(&dataset, def, here.text()).map_or_else(|| Card::Missing(def.id.clone()), Card::Ready)
        };
        match (store.is_ready(&LIST), store.failed(&LIST, here.text()).is_empty()) {
            (true, _) => store.headlines().iter().map(card).collect(),
            // While the list is on its way, room for five.
            (false, true) => vec![Card::Loading; 5],
            (false, false) => Vec::new(),
        }
    };
    part(move || headlines::headlines(&here.site(), &store.failed(&LIST, here.text()), &cards()))
}
