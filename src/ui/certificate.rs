//! The birth certificate dialog. One for the whole app; any number opens it.

use super::sources::Source;
use crate::app_state::locale::Here;
use crate::app_state::store::Store;
use crate::model::dataset::Fact;
use crate::model::decimal::decimal;
use crate::model::words::Topic;
use crate::view::certificate::{Certificate, certificate};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// Which fact's certificate is open.
#[derive(Clone, Copy)]
pub struct OpenCertificate(RwSignal<Option<Fact>>);

impl OpenCertificate {
    pub fn provide() -> OpenCertificate {
        let open = OpenCertificate(RwSignal::new(None));
        provide_context(open);
        open
    }

    pub fn expect() -> OpenCertificate {
        expect_context()
    }

    pub fn show(self, fact: Fact) {
        self.0.set(Some(fact));
    }
}

/// A native modal dialog: the browser keeps focus inside, closes it on Escape, and gives focus back.
#[component]
pub fn CertificateDialog() -> impl IntoView {
    let here = Here::expect();
    let store = Store::expect();
    let open = OpenCertificate::expect();
    let dialog: NodeRef<html::Dialog> = NodeRef::new();
    let shown = Memo::new(move |_| {
        let fact = open.0.get()?;
        certificate(&store.dataset(Topic::ALL), fact, here.text())
    });
    Effect::new(move |_| {
        if let (Some(dialog), true) = (dialog.get(), shown.with(Option::is_some)) {
            if !dialog.open() {
                let _ = dialog.show_modal();
            }
            dialog.set_scroll_top(0);
        }
    });
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <dialog
            class="certificate"
            node_ref=dialog
            aria-labelledby="certificate-title"
            on:close=move |_| open.0.set(None)
            on:click=move |event| {
                let on_backdrop = event
                    .target()
                    .is_some_and(|target| dialog.get_untracked().is_some_and(|d| JsValue::from(target) == JsValue::from(d)));
                if on_backdrop {
                    close();
                }
            }
        >
            <div class="certificate-body">
                <div class="certificate-head">
                    <p class="eyebrow" id="certificate-title">
                        {here.t("certificate.title")}
                    </p>
                    <button type="button" class="button quiet" on:click=move |_| close()>
                        {here.t("action.close")}
                    </button>
                </div>
                {move || shown.get().map(|c| view! { <Body certificate=c /> })}
            </div>
        </dialog>
    }
}

#[component]
fn Body(certificate: Certificate) -> impl IntoView {
    let here = Here::expect();
    let c = certificate;
    let lines = c
        .lines
        .into_iter()
        .map(|line| {
            view! {
                <dt>{line.term}</dt>
                <dd>{line.text}</dd>
            }
        })
        .collect_view();
    view! {
        <h2 class="certificate-value" data-value=c.number.map(decimal) data-qualifier=c.qualifier.map(|q| q.id())>
            {c.value}
        </h2>
        <p class="certificate-of">{c.title}</p>
        <dl>{lines}</dl>
        <h3>{here.t("sources.heading")}</h3>
        <ul class="sources">{c.sources.into_iter().map(|citation| view! { <Source citation /> }).collect_view()}</ul>
    }
}
