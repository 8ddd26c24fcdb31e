//! `/data`: every published file, and every row that failed a check.

use crate::app_state::locale::Here;
use crate::app_state::store::{Load, Store};
use crate::data::contract::CONTRACTS;
use crate::text::format;
use crate::ui::problems::{LoadFailure, Loading};
use leptos::prelude::*;

#[component]
pub fn DataPage() -> impl IntoView {
    let here = Here::expect();
    let store = Store::expect();
    let names = every_resource();
    Effect::new({
        let names = names.clone();
        move |_| store.request(&names)
    });
    let names = StoredValue::new(names);
    let failures = Memo::new(move |_| names.with_value(|names| store.failures(names)));
    let described = Memo::new(move |_| match store.descriptor() {
        Load::Ready(_) => Some(true),
        Load::Failed(_) => Some(false),
        Load::Idle | Load::Loading => None,
    });
    let version = move || match store.descriptor() {
        Load::Ready(descriptor) => here.text().t("data.version", &[("version", &descriptor.0.version)]),
        _ => String::new(),
    };
    view! {
        <header class="hero">
            <h1 id="page-title" tabindex="-1">
                {here.t("page.data")}
            </h1>
            <p class="lead">{here.t("data.lead")}</p>
            <p>
                <a href=here.file("data/datapackage.json") rel="external">
                    "datapackage.json"
                </a>
                " · "
                <a href=here.file("data/LICENSES.md") rel="external">
                    {here.t("data.licences")}
                </a>
                " · "
                <span>{version}</span>
            </p>
        </header>
        {move || {
            let failed = failures.get();
            (!failed.is_empty()).then(|| view! { <LoadFailure failures=failed names=names.get_value() /> })
        }}
        // All at once: nothing moves while files arrive.
        {move || match described.get() {
            Some(true) => {
                view! {
                    <Catalogue />
                    <Findings />
                }
                    .into_any()
            }
            Some(false) => ().into_any(),
            None => {
                view! {
                    <div class="figure page-skeleton" aria-busy="true">
                        <Loading />
                    </div>
                }
                    .into_any()
            }
        }}
    }
}

fn every_resource() -> Vec<&'static str> {
    CONTRACTS.iter().map(|contract| contract.name).collect()
}

/// The published files with their sizes and rows.
#[component]
fn Catalogue() -> impl IntoView {
    let here = Here::expect();
    let store = Store::expect();
    let rows = move || {
        let Load::Ready(descriptor) = store.descriptor() else { return Vec::new() };
        let lang = here.text().lang;
        let known = CONTRACTS.iter().filter_map(|contract| descriptor.0.entries.get(contract.name));
        known
            .map(|entry| {
                let count = store.rows(&entry.name).map(|n| format::number(f64::from(n), 0, lang)).unwrap_or_default();
                let size = here.text().t("data.kilobytes", &[("n", &format::number(entry.bytes as f64 / 1000.0, 0, lang))]);
                view! {
                    <tr>
                        <th scope="row">{here.t(&format!("resource.{}", entry.name))}</th>
                        <td class="numeric">{count}</td>
                        <td class="numeric">{size}</td>
                        <td>
                            <a href=format!("{}{}", descriptor.1, entry.path) download data-format="json">
                                {entry.path.clone()}
                            </a>
                        </td>
                    </tr>
                }
            })
            .collect::<Vec<_>>()
    };
    view! {
        <div class="table-scroll catalogue" tabindex="0" role="region" aria-label=here.t("data.catalogue")>
            <table>
                <caption>{here.t("data.catalogue")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{here.t("data.resource")}</th>
                        <th scope="col" class="numeric">
                            {here.t("data.rows")}
                        </th>
                        <th scope="col" class="numeric">
                            {here.t("data.size")}
                        </th>
                        <th scope="col">{here.t("data.file")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// Every row that failed a check, in all files.
#[component]
fn Findings() -> impl IntoView {
    let here = Here::expect();
    let store = Store::expect();
    let issues = Memo::new(move |_| store.issues(&every_resource()));
    let all_in = Memo::new(move |_| store.is_ready(&every_resource()));
    view! {
        <section class="issues" aria-labelledby="issues">
            <h2 id="issues" tabindex="-1">
                {here.t("issues.title")}
            </h2>
            {move || {
                let found = issues.get();
                if found.is_empty() {
                    let key = if all_in.get() { "issues.none" } else { "issues.some-unread" };
                    return view! { <p>{here.t(key)}</p> }.into_any();
                }
                let text = here.text();
                let items = found
                    .into_iter()
                    .map(|issue| {
                        let row = issue.row.map(|row| text.t("issues.row", &[("row", &row.to_string())]));
                        let place = [Some(issue.file.clone()), row, issue.field.clone()]
                            .into_iter()
                            .flatten()
                            .collect::<Vec<_>>()
                            .join(", ");
                        view! {
                            <li>
                                <code>{place}</code>
                                " — "
                                {text.issue(&issue)}
                            </li>
                        }
                    })
                    .collect_view();
                view! { <ul>{items}</ul> }.into_any()
            }}
        </section>
    }
}
