//! `/embed/<view>`: one chart alone. What stands around it is static (`html::embed`), what its frame does is `web/frame.js`.

use super::views;
use crate::app_state::locale::Here;
use crate::html::pages;
use crate::ui::figure::Figure;
use crate::ui::part::part;
use crate::ui::plot::preload_library;
use leptos::prelude::*;

pub fn embed(id: String) -> AnyView {
    let here = Here::expect();
    preload_library();
    views(
        true,
        move |def| def.id == id,
        move |defs| match defs.into_iter().next() {
            Some(def) => view! { <Figure def leading=true alone=true /> }.into_any(),
            None => part(move || pages::not_found(&here.site())),
        },
    )
}
