//! `/people`, `/remittances`, `/partners`: all views of one topic.

use super::Views;
use crate::app_state::locale::Here;
use crate::model::words::Topic;
use crate::ui::figure::Figure;
use leptos::prelude::*;

#[component]
pub fn TopicPage(topic: Topic) -> impl IntoView {
    let here = Here::expect();
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
