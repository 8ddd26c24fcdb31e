//! `/view/<view>`: one chart, full page, and another one beside it on demand. `/embed/<view>`: the chart alone.

use super::views;
use crate::app_state::locale::Here;
use crate::app_state::reactive::{Derived, Held};
use crate::app_state::store::Store;
use crate::app_state::url_sync::Address;
use crate::html::{pages, takeaway};
use crate::state::route::Page;
use crate::state::url::Parsed;
use crate::ui::figure::Figure;
use crate::ui::part::{attribute, changing, part, written};
use crate::ui::plot::charts_soon;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn ViewPage(id: String) -> impl IntoView {
    let here = Here::expect();
    let store = Store::expect();
    let address = Address::expect();
    charts_soon();
    views(
        true,
        move |def| def.id == id,
        move |defs| match defs.into_iter().next() {
            Some(def) => {
                let topic = def.topic;
                let id = Held::new(def.id.clone());
                // Asked for by the reader, so the page may grow.
                let asked = Derived::new(move || match address.compared() {
                    Parsed::Valid(other) => Some(other),
                    Parsed::Invalid { raw, .. } => Some(raw),
                    Parsed::Missing => None,
                });
                let other = Derived::new(move || asked.get().filter(|asked| store.catalog().view(asked).is_some()));
                let choice = move || {
                    let catalog = store.catalog();
                    pages::compare(&here.site(), &catalog.views, &id.with(String::clone), asked.get().as_deref())
                };
                let beside = move || {
                    let catalog = untrack(|| store.catalog());
                    match other.get().and_then(|other| catalog.view(&other).cloned()) {
                        Some(def) => view! { <Figure def=Arc::new(def) leading=false /> }.into_any(),
                        None => ().into_any(),
                    }
                };
                let around = move || {
                    if here.is_bare() {
                        return ().into_any();
                    }
                    view! {
                        {part(choice)}
                        {written(takeaway::NAME, Page::View(id.with(String::clone)))}
                        {part(move || pages::onward(&here.site(), topic))}
                    }
                    .into_any()
                };
                let pair: NodeRef<leptos::html::Div> = NodeRef::new();
                attribute(pair, "data-pair", move || other.with(Option::is_some).to_string());
                view! {
                    <div class="compared" node_ref=pair>
                        <Figure def leading=true alone=true />
                        {changing(beside)}
                    </div>
                    {around()}
                }
                .into_any()
            }
            None => part(move || pages::not_found(&here.site())),
        },
    )
}
