//! `/view/<view>`: one chart, full page.

use super::views;
use crate::app_state::locale::Here;
use crate::html::pages;
use crate::state::route::Page;
use crate::ui::figure::Figure;
use crate::ui::part::{kept, part};
use crate::ui::plot::preload_library;
use leptos::prelude::*;

#[component]
pub fn ViewPage(id: String) -> impl IntoView {
    let here = Here::expect();
    preload_library();
    views(
        true,
        move |def| def.id == id,
        move |defs| match defs.into_iter().next() {
            Some(def) => {
                let topic = def.topic;
                let address = here.href(&Page::View(def.id.clone()));
                view! {
                    <Figure def leading=true alone=true />
                    {kept(address, ".takeaway")}
                    {part(move || pages::onward(&here.site(), topic))}
                }
                .into_any()
            }
            None => part(move || pages::not_found(&here.site())),
        },
    )
}
