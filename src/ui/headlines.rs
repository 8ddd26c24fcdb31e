//! The headline figures of the overview: number, meaning, source, in that order of size.

use super::certificate::OpenCertificate;
use super::problems::LoadFailure;
use crate::app_state::locale::Here;
use crate::app_state::store::Store;
use crate::model::decimal::decimal;
use crate::model::words::Topic;
use crate::state::route::Page;
use crate::view::headline::{self, HeadlineSpec};
use leptos::prelude::*;

/// State of one card.
#[derive(Clone, PartialEq)]
enum Card {
    Loading,
    Failed(Vec<&'static str>),
    Missing(String),
    Ready(HeadlineSpec),
}

#[component]
pub fn Headlines() -> impl IntoView {
    let here = Here::expect();
    let store = Store::expect();
    const LIST: [&str; 1] = ["headlines"];
    // The rows alone say what else they need; these two are needed by almost all, so nobody waits for the rows first.
    Effect::new(move |_| store.request(&["headlines", "series", "units"]));
    let needs = Memo::new(move |_| {
        let dataset = store.dataset(&[]);
        store.headlines().iter().map(|h| headline::needs(&dataset, h)).collect::<Vec<_>>()
    });
    Effect::new(move |_| needs.with(|all| all.iter().for_each(|names| store.request(names))));
    let list_failed = Memo::new(move |_| store.failures(&LIST));
    // While the list is on its way, room for five.
    let count = Memo::new(move |_| match (store.is_ready(&LIST), list_failed.with(Vec::is_empty)) {
        (true, _) => store.headlines().len(),
        (false, true) => 5,
        (false, false) => 0,
    });
    let card = move |i: usize| {
        Memo::new(move |_| {
            let names = needs.with(|all| all.get(i).cloned().unwrap_or_default());
            if !store.failures(&names).is_empty() {
                return Card::Failed(names);
            }
            if !store.is_ready(&names) {
                return Card::Loading;
            }
            let headlines = store.headlines();
            let Some(def) = headlines.get(i) else { return Card::Loading };
            match headline::headline(&store.dataset(Topic::ALL), def, here.text()) {
                Some(spec) => Card::Ready(spec),
                None => Card::Missing(def.id.clone()),
            }
        })
    };
    view! {
        <section class="headlines" aria-labelledby="headlines-title">
            <h2 class="visually-hidden" id="headlines-title">
                {here.t("headline.section")}
            </h2>
            {move || {
                let failed = list_failed.get();
                (!failed.is_empty()).then(|| view! { <LoadFailure failures=failed names=LIST.to_vec() /> })
            }}
            <ul class="cards">
                // A plain list: its length changes once, when the rows come.
                {move || {
                    (0..count.get())
                        .map(|i| {
                            let card = card(i);
                            move || match card.get() {
                                Card::Loading => {
                                    view! {
                                        <li class="card">
                                            <div class="skeleton card-skeleton" aria-hidden="true"></div>
                                        </li>
                                    }
                                        .into_any()
                                }
                                Card::Failed(names) => {
                                    let failures = store.failures(&names);
                                    view! {
                                        <li class="card">
                                            <LoadFailure failures names />
                                        </li>
                                    }
                                        .into_any()
                                }
                                Card::Missing(id) => {
                                    view! {
                                        <li class="card">
                                            <p class="failure">{here.text().t("headline.missing", &[("id", &id)])}</p>
                                        </li>
                                    }
                                        .into_any()
                                }
                                Card::Ready(spec) => view! { <Headline spec /> }.into_any(),
                            }
                        })
                        .collect_view()
                }}
            </ul>
        </section>
    }
}

#[component]
fn Headline(spec: HeadlineSpec) -> impl IntoView {
    let here = Here::expect();
    let open = OpenCertificate::expect();
    let number = decimal(spec.number);
    let qualifier = spec.qualifier.map(|q| q.id());
    let value = spec.value;
    let shown = match spec.fact {
        Some(fact) => view! {
            <button type="button" class="card-number" data-value=number data-qualifier=qualifier on:click=move |_| open.show(fact)>
                {value}
                <span class="visually-hidden">{here.t("headline.open")}</span>
            </button>
        }
        .into_any(),
        None => view! {
            <p class="card-number" data-value=number>
                {value}
            </p>
        }
        .into_any(),
    };
    let more = spec.view.map(|view| {
        let href = here.href(&Page::View(view));
        view! {
            <a class="card-more" href=href>
                {here.t("headline.more")}
                <span class="visually-hidden">": " {spec.meaning.clone()}</span>
            </a>
        }
    });
    view! {
        <li class="card" data-headline=spec.id>
            {shown}
            <p class="card-meaning">{spec.meaning.clone()}</p>
            {spec.rival.map(|rival| view! { <p class="card-rival">{rival}</p> })}
            {spec.caution.map(|caution| view! { <p class="card-caution">{caution}</p> })}
            <p class="card-source">{spec.source}</p>
            {more}
        </li>
    }
}
