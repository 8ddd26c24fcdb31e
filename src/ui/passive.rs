//! A page whose content is a file: shown as it is, with its filters at work.

use super::filter;
use crate::app_state::locale::Here;
use crate::app_state::passive::{Passive, load};
use crate::app_state::reactive::effect;
use crate::app_state::url_sync::Address;
use crate::html::{pages, problems};
use crate::io::{browser, patch};
use crate::state::route::Page;
use leptos::prelude::*;

#[component]
pub fn PassivePage(page: Page) -> impl IntoView {
    let here = Here::expect();
    let address = Address::expect();
    let file = format!("{}/", here.href(&page));
    let name = here.t(&page.title_key());
    let content = load(file.clone(), here.text());
    let frame: NodeRef<leptos::html::Div> = NodeRef::new();
    let mut shown = None; // a change of the address alone changes nothing but the filters
    effect(move || {
        let (Some(frame), now) = (frame.get(), content.get()) else { return };
        let title = |name: &str| browser::set_title(&here.text().t("page.window-title", &[("page", name)]));
        if shown.as_ref() != Some(&now) {
            let site = here.site();
            match &now {
                Passive::Loading => patch::patch(&frame, &problems::passive_loading(&site, &name)),
                Passive::Ready(content) => {
                    content.show(&frame);
                    browser::set_title(&content.title);
                    if !address.fragment().is_empty() {
                        browser::focus_first(&format!("#{}", address.fragment()));
                    }
                }
                Passive::Missing => {
                    patch::patch(&frame, &pages::not_found(&site));
                    title(&site.t("not-found.title"));
                }
                Passive::Failed(sentence) => {
                    patch::patch(&frame, &problems::passive_failure(&site, &name, sentence, &file));
                    title(&name);
                }
            }
            shown = Some(now);
        }
        filter::apply(&frame, address, here.text());
    });
    view! { <div class="part" node_ref=frame></div> }
}
