//! `/data`: every published file, and every row that failed a check.

use crate::app_state::locale::Here;
use crate::app_state::reactive::effect;
use crate::app_state::store::{Load, Store};
use crate::data::contract::CONTRACTS;
use crate::html::{Markup, pages, problems};
use crate::ui::part::part;
use leptos::prelude::*;

#[component]
pub fn DataPage() -> impl IntoView {
    let here = Here::expect();
    let store = Store::expect();
    let names: Vec<&'static str> = CONTRACTS.iter().map(|contract| contract.name).collect();
    let names = StoredValue::new(names);
    effect(move || names.with_value(|names| store.request(names)));
    let head = move || match store.descriptor() {
        Load::Ready(descriptor) => pages::data(&here.site(), Some(&descriptor.0.0.version)),
        _ => pages::data(&here.site(), None),
    };
    let problem = move || {
        names.with_value(|names| {
            let failed = store.failed(names, here.text());
            if failed.is_empty() { Markup::default() } else { problems::failure(&here.site(), &failed, names) }
        })
    };
    // All at once: nothing moves while files arrive.
    let body = move || match store.descriptor() {
        Load::Ready(descriptor) => {
            let (issues, all_read) = names.with_value(|names| (store.issues(names), store.is_ready(names)));
            let (published, folder) = &*descriptor.0;
            pages::published(&here.site(), folder, published, &|name| store.rows(name), &issues, all_read)
        }
        Load::Failed(_) => Markup::default(),
        Load::Idle | Load::Loading => problems::page_loading(&here.site(), false),
    };
    view! {
        {part(head)}
        {part(problem)}
        {part(body)}
    }
}
