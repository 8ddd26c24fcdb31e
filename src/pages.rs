//! Pages compose figures and markup. Does not fetch, does not build options.

use crate::app_state::reactive::{Derived, effect};
use leptos::prelude::*;
use std::sync::Arc;

pub mod data;
pub mod overview;
pub mod topic;
pub mod view;

use crate::app_state::locale::Here;
use crate::app_state::store::Store;
use crate::html::problems;
use crate::model::catalog::ViewDef;
use crate::ui::part::{changing, part};

/// A view names series, so these tables must be there before it means anything.
const NEEDS: [&str; 3] = ["views", "series", "units"];

/// What `render` makes of the views that `pick` accepts, in published order, once the catalogue is loaded; a failed catalogue says so.
fn views(
    // Only one view, which is the page's heading.
    alone: bool,
    // One type for all pages: each closure type of its own would be compiled anew.
    pick: Box<dyn Fn(&ViewDef) -> bool + Send + Sync>,
    render: Box<dyn Fn(Vec<Arc<ViewDef>>) -> AnyView + Send + Sync>,
) -> AnyView {
    let store = Store::expect();
    let here = Here::expect();
    effect(move || store.request(&NEEDS));
    let ids = Derived::new(move || {
        // Series may have failed for good: then the figures themselves say so.
        let settled = store.is_ready(&["views"]) && (store.is_ready(&NEEDS) || !store.failures(&NEEDS).is_empty());
        settled.then(|| store.catalog().views.iter().filter(|def| pick(def)).map(|def| def.id.clone()).collect::<Vec<_>>())
    });
    let waiting = move || {
        let failed = store.failed(&["views"], here.text());
        if !failed.is_empty() {
            problems::without_views(&here.site(), alone, &failed, &NEEDS)
        } else if ids.with(Option::is_none) {
            problems::page_loading(&here.site(), alone)
        } else {
            Default::default()
        }
    };
    let found = move || {
        let catalog = untrack(|| store.catalog());
        ids.get().map_or_else(
            || ().into_any(),
            |ids| render(ids.iter().filter_map(|id| catalog.view(id)).map(|def| Arc::new(def.clone())).collect()),
        )
    };
    view! {
        {part(waiting)}
        {changing(found)}
    }
    .into_any()
}

/// Figures one below the other; the first leads the page.
fn figures(defs: Vec<Arc<ViewDef>>) -> AnyView {
    use crate::ui::figure::Figure;
    defs.into_iter().enumerate().map(|(i, def)| view! { <Figure def leading=i == 0 /> }.into_any()).collect_view().into_any()
}
