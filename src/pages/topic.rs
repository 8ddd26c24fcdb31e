//! `/people`, `/remittances`, `/partners`, `/context`, `/funding`: all views of one topic.

use super::{figures, views};
use crate::app_state::locale::Here;
use crate::app_state::reactive::effect;
use crate::app_state::store::Store;
use crate::html::pages;
use crate::model::words::{Topic, ViewKind};
use crate::ui::part::part;
use crate::ui::plot::charts_soon;
use crate::view;
use leptos::prelude::*;

#[component]
pub fn TopicPage(topic: Topic) -> impl IntoView {
    let here = Here::expect();
    let store = Store::expect();
    // A chart opens the page: its library and its files come beside the catalogue and not after it.
    charts_soon();
    let kind = if topic == Topic::Partners { ViewKind::Timeline } else { ViewKind::Trend };
    effect(move || store.request(&view::needs_of(kind, &[topic])));
    view! {
        {part(move || pages::topic(&here.site(), topic))}
        {views(false, move |def| def.topic == topic, figures)}
    }
}
