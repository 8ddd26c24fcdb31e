//! `/data`: the catalogue as the build wrote it, and every row that failed a check.

use crate::app_state::locale::Here;
use crate::app_state::reactive::{Held, effect};
use crate::app_state::store::{Load, Store};
use crate::data::contract::CONTRACTS;
use crate::html::{Markup, catalogue, pages, problems};
use crate::state::route::Page;
use crate::ui::part::{part, written};
use leptos::prelude::*;

#[component]
pub fn DataPage() -> impl IntoView {
    let here = Here::expect();
    let store = Store::expect();
    let names: Vec<&'static str> = CONTRACTS.iter().map(|contract| contract.name).collect();
    let names = Held::new(names);
    effect(move || names.with(|names| store.request(names)));
    let head = move || match store.descriptor() {
        Load::Ready(descriptor) => pages::data(&here.site(), Some(&descriptor.0.0.version)),
        _ => pages::data(&here.site(), None),
    };
    let problem = move || {
        names.with(|names| {
            let failed = store.failed(names, here.text());
            if failed.is_empty() { Markup::default() } else { problems::failure(&here.site(), &failed, names) }
        })
    };
    let findings = move || {
        let (issues, all_read) = names.with(|names| (store.issues(names), store.is_ready(names)));
        pages::findings(&here.site(), &issues, all_read)
    };
    view! {
        {part(head)}
        {part(problem)}
        {written(catalogue::NAME, Page::Data)}
        {part(findings)}
    }
}
