//! The birth certificate dialog. One for the whole app; any number opens it.

use super::part::part_at;
use crate::app_state::locale::Here;
use crate::app_state::reactive::{self, Held, State, effect};
use crate::app_state::store::Store;
use crate::html;
use crate::model::dataset::Fact;
use crate::model::words::Topic;
use crate::view::certificate::certificate;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlDialogElement, HtmlDivElement};

/// Which fact's certificate is open.
#[derive(Clone, Copy)]
pub struct OpenCertificate(State<Option<Fact>>);

impl OpenCertificate {
    pub fn provide() -> OpenCertificate {
        let open = OpenCertificate(State::new(None));
        reactive::share(open)
    }

    pub fn expect() -> OpenCertificate {
        reactive::shared_handle()
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
    let inside: NodeRef<leptos::html::Div> = NodeRef::new();
    let of = |inside: Option<HtmlDivElement>| inside?.parent_element()?.dyn_into::<HtmlDialogElement>().ok();
    let content = move || {
        let shown = open.0.get().and_then(|fact| certificate(&store.dataset(Topic::ALL), fact, here.text()));
        html::certificate::certificate(&here.site(), shown.as_ref())
    };
    // Closing does not rise to the window, where `actions` listens. It is told late: the next certificate may be open by then.
    let closed = Held::new(Closure::<dyn Fn()>::new(move || {
        if !of(inside.get_untracked()).is_some_and(|dialog| dialog.open()) {
            open.0.set(None);
        }
    }));
    effect(move || {
        if let Some(dialog) = of(inside.get()) {
            closed.with(|closed| dialog.set_onclose(Some(closed.as_ref().unchecked_ref())));
        }
    });
    effect(move || match (of(inside.get()), open.0.with(Option::is_some)) {
        (Some(dialog), true) => {
            if !dialog.open() {
                let _ = dialog.show_modal();
            }
            dialog.set_scroll_top(0);
        }
        (Some(dialog), false) => dialog.close(),
        _ => {}
    });
    // Another page, or another package: the place that names the row is another's.
    effect(move || {
        here.page.track();
        store.track_package();
        open.0.set(None);
    });
    view! {
        <dialog class="certificate" aria-labelledby="certificate-title">
            {part_at(inside, content)}
        </dialog>
    }
}
