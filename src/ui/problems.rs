//! What went wrong and what to do about it: a file that did not come, an address that asks for what is not there.

use crate::app_state::locale::Here;
use crate::app_state::store::{Failure, Store};
use leptos::prelude::*;

/// Room for what is on its way.
#[component]
pub fn Loading() -> impl IntoView {
    view! {
        <div class="skeleton" aria-hidden="true"></div>
        <p class="visually-hidden">{Here::expect().t("loading")}</p>
    }
}

/// Files that failed, why, and *Try again*.
#[component]
pub fn LoadFailure(
    /// At least one.
    failures: Vec<Failure>,
    /// What to ask for again.
    names: Vec<&'static str>,
) -> impl IntoView {
    let here = Here::expect();
    let store = Store::expect();
    let text = here.text();
    let items = failures
        .into_iter()
        .map(|failure| {
            view! {
                <li>
                    <code>{failure.file} ".json"</code>
                    ": "
                    {failure.error.sentence(text)}
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="failure" role="alert">
            <p class="failure-title">{text.t("failure.title", &[])}</p>
            <ul>{items}</ul>
            <p>{text.t("failure.rest-works", &[])}</p>
            <button type="button" class="button" on:click=move |_| store.retry(&names)>
                {text.t("action.retry", &[])}
            </button>
        </div>
    }
}

/// Sentences that can be dismissed, such as parameters that were ignored.
#[component]
pub fn Notices(
    /// Shown while not empty; a new sentence shows the box again.
    #[prop(into)]
    sentences: Signal<Vec<String>>,
) -> impl IntoView {
    let here = Here::expect();
    let dismissed = RwSignal::new(Vec::<String>::new());
    let shown = Memo::new(move |_| {
        let all = sentences.get();
        if dismissed.with(|gone| *gone == all) { Vec::new() } else { all }
    });
    move || {
        let list = shown.get();
        (!list.is_empty()).then(|| {
            view! {
                <div class="notice" role="status">
                    <ul>{list.into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect_view()}</ul>
                    <button type="button" class="button quiet" on:click=move |_| dismissed.set(sentences.get_untracked())>
                        {here.t("action.dismiss")}
                    </button>
                </div>
            }
        })
    }
}
