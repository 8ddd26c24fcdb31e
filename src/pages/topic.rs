//! `/people`, `/remittances`, `/partners`, `/context`, `/funding`: all views of one topic.

use super::{figures, views};
use crate::app_state::locale::Here;
use crate::html::pages;
use crate::model::words::Topic;
use crate::ui::part::part;
use crate::ui::plot::charts_soon;
use leptos::prelude::*;

#[component]
pub fn TopicPage(topic: Topic) -> impl IntoView {
    let here = Here::expect();
    // A chart opens the page: its library comes beside the catalogue and not after it.
    charts_soon();
    view! {
        {part(move || pages::topic(&here.site(), topic))}
        {views(false, Box::new(move |def| def.topic == topic), Box::new(figures))}
    }
}
