//! `/view/<view>`: one chart, full page.

use super::views;
use crate::app_state::locale::Here;
use crate::html::pages;
use crate::ui::figure::Figure;
use crate::ui::part::part;
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
                view! {
                    <Figure def leading=true alone=true />
                    {part(move || pages::onward(&here.site(), topic))}
                }
                .into_any()
            }
            None => part(move || pages::not_found(&here.site())),
        },
    )
}
