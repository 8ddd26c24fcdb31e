//! `/embed/<view>`: one chart alone. What stands around it is static (`html::embed`), what its frame does is `web/frame.js`.

use super::views;
use crate::ui::figure::Figure;
use crate::ui::plot::preload_library;
use leptos::prelude::*;

pub fn embed(id: String) -> AnyView {
    preload_library();
    views(
        true,
        move |def| def.id == id,
        |defs| defs.into_iter().map(|def| view! { <Figure def leading=true alone=true /> }).collect_view().into_any(),
    )
}
