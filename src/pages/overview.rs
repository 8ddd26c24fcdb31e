//! `/`: five numbers, one leading chart a topic, a way onward for each kind of reader.

use super::Views;
use crate::app_state::locale::Here;
use crate::model::words::Topic;
use crate::state::route::Page;
use crate::ui::figure::Figure;
use crate::ui::headlines::Headlines;
use leptos::prelude::*;

#[component]
pub fn Overview() -> impl IntoView {
    let here = Here::expect();
    let path = move |key: &'static str, page: Page| {
        let href = here.href(&page);
        view! {
            <li>
                <h3>{here.t(&format!("path.{key}"))}</h3>
                <p>{here.t(&format!("path.{key}-text"))}</p>
                <a href=href>{here.t(&format!("path.{key}-link"))}</a>
            </li>
        }
    };
    view! {
        <header class="hero">
            <h1 id="page-title" tabindex="-1">
                {here.t("overview.title")}
            </h1>
            <p class="lead">{here.t("overview.lead")}</p>
        </header>
        <Headlines />
        <Views pick=|def| def.featured render=|def, leading| view! { <Figure def leading /> } />
        <section class="paths" aria-labelledby="paths-title">
            <h2 id="paths-title">{here.t("path.title")}</h2>
            <ul>
                {path("visitor", Page::Topic(Topic::Remittances))} {path("partner", Page::Topic(Topic::Partners))}
                {path("analyst", Page::Data)}
            </ul>
        </section>
    }
}
