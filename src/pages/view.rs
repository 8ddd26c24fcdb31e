//! `/view/<view>`: one chart, full page.

use super::not_found::NotFound;
use crate::app_state::locale::Here;
use crate::app_state::store::Store;
use crate::model::words::Topic;
use crate::state::route::Page;
use crate::ui::figure::Figure;
use crate::ui::plot::preload_library;
use crate::ui::problems::LoadFailure;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn ViewPage(id: String) -> impl IntoView {
    let here = Here::expect();
    let store = Store::expect();
    preload_library();
    const NEEDS: [&str; 3] = ["views", "series", "units"];
    Effect::new(move |_| store.request(&NEEDS));
    let id = StoredValue::new(id);
    let settled = Memo::new(move |_| store.is_ready(&["views"]) && (store.is_ready(&NEEDS) || !store.failures(&NEEDS).is_empty()));
    let failures = Memo::new(move |_| store.failures(&["views"]));
    move || {
        let failed = failures.get();
        if !failed.is_empty() {
            return view! {
                <h1 id="page-title">{here.t("page.view")}</h1>
                <LoadFailure failures=failed names=NEEDS.to_vec() />
            }
            .into_any();
        }
        if !settled.get() {
            return view! {
                <div class="figure page-skeleton" aria-busy="true">
                    <h1 class="visually-hidden">{here.t("loading")}</h1>
                    <div class="skeleton" aria-hidden="true"></div>
                </div>
            }
            .into_any();
        }
        let catalog = untrack(|| store.catalog());
        match id.with_value(|id| catalog.view(id).cloned()) {
            Some(def) => {
                let page = match def.topic {
                    Topic::People | Topic::Remittances | Topic::Partners => Page::Topic(def.topic),
                    Topic::Context | Topic::Funding => Page::Overview,
                };
                view! {
                    <Figure def=Arc::new(def) leading=true alone=true />
                    <p class="onward">
                        <a href=here.href(&page)>{here.t("view.all")}</a>
                    </p>
                }
                .into_any()
            }
            None => view! { <NotFound /> }.into_any(),
        }
    }
}
