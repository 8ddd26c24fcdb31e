//! Pages compose parts. Does not fetch, does not build options.

use leptos::prelude::*;
use std::sync::Arc;

pub mod about;
pub mod data;
pub mod not_found;
pub mod overview;
pub mod topic;
pub mod view;

use crate::app_state::store::Store;
use crate::model::catalog::ViewDef;
use crate::ui::problems::{LoadFailure, Loading};

/// The views that `pick` accepts, in published order, once the catalogue is loaded; a failed catalogue says so.
#[component]
pub fn Views<P, F, V>(
    /// Which views belong here.
    pick: P,
    /// One view; the flag tells the page's first.
    render: F,
) -> impl IntoView
where
    P: Fn(&ViewDef) -> bool + Send + Sync + Copy + 'static,
    F: Fn(Arc<ViewDef>, bool) -> V + Send + Sync + Copy + 'static,
    V: IntoView + 'static,
{
    let store = Store::expect();
    // A view names series, so both tables must be there before it means anything.
    const NEEDS: [&str; 3] = ["views", "series", "units"];
    Effect::new(move |_| store.request(&NEEDS));
    let failures = Memo::new(move |_| store.failures(&["views"]));
    let ids = Memo::new(move |_| {
        // Series may have failed for good: then the figures themselves say so.
        let settled = store.is_ready(&["views"]) && (store.is_ready(&NEEDS) || !store.failures(&NEEDS).is_empty());
        settled.then(|| store.catalog().views.iter().filter(|def| pick(def)).map(|def| def.id.clone()).collect::<Vec<_>>())
    });
    move || {
        let failed = failures.get();
        if !failed.is_empty() {
            return view! { <LoadFailure failures=failed names=NEEDS.to_vec() /> }.into_any();
        }
        let Some(ids) = ids.get() else {
            return view! {
                <div class="figure page-skeleton" aria-busy="true">
                    <Loading />
                </div>
            }
            .into_any();
        };
        let catalog = untrack(|| store.catalog());
        ids.iter()
            .enumerate()
            .filter_map(|(i, id)| catalog.view(id).map(|def| render(Arc::new(def.clone()), i == 0)))
            .collect_view()
            .into_any()
    }
}
