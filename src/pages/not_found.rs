//! An address that we do not have: said plainly, with ways on.

use crate::app_state::locale::Here;
use crate::state::route::Page;
use leptos::prelude::*;

#[component]
pub fn NotFound() -> impl IntoView {
    let here = Here::expect();
    let links = Page::MENU
        .into_iter()
        .map(|page| {
            let name = page.title_key();
            view! {
                <li>
                    <a href=here.href(&page)>{here.t(&name)}</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <header class="hero" data-page="not-found">
            <h1 id="page-title" tabindex="-1">
                {here.t("not-found.title")}
            </h1>
            <p class="lead">{here.t("not-found.lead")}</p>
        </header>
        <ul>{links}</ul>
    }
}
