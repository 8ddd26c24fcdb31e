//! `/`: five numbers, one leading chart a topic, a way onward for each kind of reader.

use super::{figures, views};
use crate::app_state::locale::Here;
use crate::html::pages;
use crate::ui::headlines::Headlines;
use crate::ui::part::part;
use leptos::prelude::*;

#[component]
pub fn Overview() -> impl IntoView {
    let here = Here::expect();
    view! {
        {part(move || pages::overview(&here.site()))}
        <Headlines />
        {views(false, Box::new(|def| def.featured), Box::new(figures))}
        {part(move || pages::paths(&here.site()))}
    }
}
