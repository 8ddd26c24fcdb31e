//! What stands around every page: header, footer, the certificate dialog.

use crate::app_state::locale::Here;
use crate::app_state::url_sync::Address;
use crate::html::Markup;
use crate::html::layout::{self, Place};
use crate::ui::certificate::CertificateDialog;
use crate::ui::part::part;
use leptos::prelude::*;

#[component]
pub fn Layout(children: Children) -> impl IntoView {
    let here = Here::expect();
    let address = Address::expect();
    let is_bare = here.is_bare();
    let header = move || {
        if is_bare {
            return Markup::default();
        }
        here.page.with(|page| {
            let place = Place { page: page.as_ref(), path: &address.path(), query: &address.query() };
            layout::header(&here.site(), &place)
        })
    };
    view! {
        {part(header)}
        <main id="main" tabindex="-1">
            {children()}
        </main>
        {part(move || if is_bare { Markup::default() } else { layout::footer(&here.site()) })}
        <CertificateDialog />
    }
}
