//! `/people`, `/remittances`, `/partners`: all views of one topic.

use super::Views;
use crate::app_state::locale::Here;
use crate::app_state::store::Store;
use crate::model::words::{Topic, ViewKind};
use crate::ui::figure::Figure;
use crate::ui::plot::preload_library;
use crate::view;
use leptos::prelude::*;

#[component]
pub fn TopicPage(topic: Topic) -> impl IntoView {
    let here = Here::expect();
    let store = Store::expect();
    // A chart opens the page: its library and its files come beside the catalogue and not after it.
    preload_library();
    let kind = if topic == Topic::Partners { ViewKind::Timeline } else { ViewKind::Trend };
    Effect::new(move |_| store.request(&view::needs(kind, topic)));
    view! {
        <header class="hero">
            <h1 id="page-title" tabindex="-1">
                {here.t(&format!("page.{}", topic.id()))}
            </h1>
            <p class="lead">{here.t(&format!("lead.{}", topic.id()))}</p>
        </header>
        <Views pick=move |def| def.topic == topic render=|def, leading| view! { <Figure def leading /> } />
    }
}
