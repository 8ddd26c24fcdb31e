//! `/view/<view>`: one chart, full page, and another one beside it on demand. `/embed/<view>`: the chart alone.

use super::views;
use crate::app_state::locale::Here;
use crate::app_state::reactive::{Derived, Held, effect};
use crate::app_state::store::Store;
use crate::app_state::url_sync::Address;
use crate::html::{Markup, pages, problems};
use crate::state::route::Page;
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
        Box::new(move |def| def.id == id),
        Box::new(move |defs| match defs.into_iter().next() {
            Some(def) => {
                let id = Held::new(def.id.clone());
                // Asked for by the reader, so the page may grow.
                let asked = Derived::new(move || address.compared().filter(|asked| id.with(|id| id != asked)));
                let other = Derived::new(move || asked.get().filter(|asked| store.catalog().view(asked).is_some()));
                effect(move || {
                    if asked.get().is_some() {
                        store.widen();
                    }
                });
                // A page's own part of the package has its view only: whether there is another is not known yet.
                let unknown = move || {
                    let Some(asked) = asked.get().filter(|_| other.get().is_none()) else { return Markup::default() };
                    let failed = store.failed(&[], here.text());
                    if !failed.is_empty() {
                        problems::failure(&here.site(), &failed, &[])
                    } else if store.catalog().views.len() > 1 {
                        pages::unknown(&here.site(), &asked)
                    } else {
                        Markup::default()
                    }
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
                        {part(unknown)}
                        {written(pages::BELOW, Page::View(id.with(String::clone)))}
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
        }),
    )
}
