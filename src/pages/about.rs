//! `/about`: what this is, how to read it, what it does not know.

use crate::app_state::locale::Here;
use crate::model::words::{Basis, Qualifier};
use leptos::prelude::*;

#[component]
pub fn About() -> impl IntoView {
    let here = Here::expect();
    let section = move |key: &'static str| {
        view! {
            <section>
                <h2>{here.t(&format!("about.{key}-title"))}</h2>
                {here.t(&format!("about.{key}")).lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view()}
            </section>
        }
    };
    let words = move |prefix: &'static str, ids: &'static [&'static str]| {
        let items = ids.iter().map(|id| view! { <li>{here.t(&format!("{prefix}.{id}"))}</li> }).collect_view();
        view! { <ul>{items}</ul> }
    };
    let bases = Basis::IDS
        .iter()
        .map(|id| {
            view! {
                <dt>{here.t(&format!("basis.{id}"))}</dt>
                <dd>{here.t(&format!("basis-why.{id}"))}</dd>
            }
        })
        .collect_view();
    view! {
        <header class="hero">
            <h1 id="page-title" tabindex="-1">
                {here.t("page.about")}
            </h1>
            <p class="lead">{here.t("about.lead")}</p>
        </header>
        <div class="prose">
            {section("truth")} {section("wording")} {words("qualifier-name", Qualifier::IDS)} {section("basis")} <dl>{bases}</dl>
            {section("unknown")} {section("privacy")} {section("licence")}
        </div>
    }
}
