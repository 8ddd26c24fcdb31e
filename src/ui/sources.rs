//! Citations and definitions: who says so, and what exactly.

use crate::app_state::locale::Here;
use crate::view::spec::{Citation, Definition};
use leptos::prelude::*;

/// One source: publisher, linked title, date, licence, our note on it.
#[component]
pub fn Source(citation: Citation) -> impl IntoView {
    let here = Here::expect();
    let text = here.text();
    let title = match citation.url {
        Some(url) => view! {
            <a href=url rel="external noopener noreferrer">
                {citation.title}
            </a>
        }
        .into_any(),
        None => view! { <span>{citation.title}</span> }.into_any(),
    };
    view! {
        <li class="source" data-source=citation.id>
            <span class="source-publisher">{citation.publisher}</span>
            " — "
            {title}
            {citation.published.map(|date| view! { <span class="source-date">", " {date}</span> })}
            <span class="source-licence">{text.t("source.licence", &[("licence", &citation.licence)])}</span>
            {citation.note.map(|note| view! { <span class="source-note">{note}</span> })}
        </li>
    }
}

/// The sources tab: definitions first, then every document behind the figure.
#[component]
pub fn Sources(definitions: Vec<Definition>, sources: Vec<Citation>) -> impl IntoView {
    let here = Here::expect();
    let text = here.text();
    let term = move |key: &str, value: String| {
        view! {
            <dt>{text.t(key, &[])}</dt>
            <dd>{value}</dd>
        }
    };
    let defined = definitions
        .into_iter()
        .map(|d| {
            view! {
                <section class="definition">
                    <p class="definition-name">{d.name}</p>
                    <dl>
                        {term("certificate.definition", d.definition)} {term("certificate.scope", d.scope)}
                        {term("certificate.silent", d.silent)} {term("certificate.basis", d.basis)} {term("certificate.licence", d.licence)}
                    </dl>
                </section>
            }
        })
        .collect_view();
    view! {
        {defined}
        <p class="definition-name">{text.t("sources.heading", &[])}</p>
        <ul class="sources">{sources.into_iter().map(|citation| view! { <Source citation /> }).collect_view()}</ul>
    }
}
