//! Root of the app: shared state, then the page that the address asks for.

use super::layout::Layout;
use crate::app_state::locale::Here;
use crate::app_state::passive::Again;
use crate::app_state::prefs::Prefs;
use crate::app_state::reactive::{Held, State, effect};
use crate::app_state::store::Store;
use crate::app_state::url_sync::Address;
use crate::html::{pages, problems};
use crate::io::{browser, patch};
use crate::pages::data::DataPage;
use crate::pages::overview::Overview;
use crate::pages::topic::TopicPage;
use crate::pages::view::ViewPage;
use crate::state::route::Page;
use crate::ui::actions;
use crate::ui::certificate::OpenCertificate;
use crate::ui::part::{changing, part};
use crate::ui::passive::PassivePage;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::time::Duration;
use web_sys::HtmlElement;

const VIEWS: [&str; 1] = ["views"];

/// Builds the app beside the static page, which stays until the app has something to show.
pub fn start() {
    let place = patch::new_place();
    leptos::mount::mount_to(place.clone(), move || view! { <App place /> }).forget();
}

#[component]
fn App(
    /// Where it is built.
    place: HtmlElement,
) -> impl IntoView {
    let address = Address::provide();
    let here = Here::provide(address);
    Prefs::provide(address);
    OpenCertificate::provide();
    Again::provide();
    let store = Store::provide();
    actions::listen();
    effect(move || browser::set_root("lang", Some(here.lang.get().tag())));
    effect(move || {
        here.lang.track();
        let name = match here.page.get() {
            Some(Page::View(id)) => match store.catalog().view(&id) {
                Some(def) => def.title.get(here.lang.get()).to_owned(),
                None if store.is_ready(&["views"]) => here.t("not-found.title"),
                None => here.t("page.view"),
            },
            Some(page) if page.is_passive() => return, // its file holds its title
            Some(page) => here.t(&page.title_key()),
            None => here.t("not-found.title"),
        };
        browser::set_title(&here.text().t("page.window-title", &[("page", &name)]));
    });
    // On the page once its files are there or have failed, and after a while with what is there. Without the list of views it has no
    // figure to show, but the static page has.
    const PATIENCE: Duration = Duration::from_secs(4);
    let is_on_page = State::new(false);
    let is_late = State::new(false);
    set_timeout(move || is_late.set(true), PATIENCE);
    let lacks_views = move || {
        let has_figures = matches!(here.page.get(), Some(Page::Overview | Page::Topic(_) | Page::View(_)));
        has_figures && !store.is_ready(&VIEWS)
    };
    let changes = Held::new(Cell::new(0_u32));
    effect(move || {
        let count = changes.with(|changes| changes.replace(changes.get() + 1) + 1);
        if store.is_idle() || (is_late.get() && !lacks_views()) {
            let place = place.clone();
            // What came may ask for more: its figures are made by then.
            spawn_local(async move {
                patch::rest().await;
                if changes.with(Cell::get) == count && !is_on_page.get_untracked() {
                    let lacks =
                        untrack(|| lacks_views().then(|| problems::without_app(&here.site(), &store.failed(&VIEWS, here.text()), &VIEWS)));
                    is_on_page.set(patch::take_place(&place, lacks));
                }
            });
        }
    });
    let mut is_first = true;
    effect(move || {
        here.page.track();
        if !is_first {
            store.renew();
        }
        is_first = false;
    });
    // A new page starts at its heading, for readers who do not see it change, or where the link points.
    let mut is_first = true;
    let is_due = Held::new(Cell::new(false));
    effect(move || {
        here.page.track();
        if !is_on_page.get() {
            return;
        }
        let target = address.fragment();
        if !target.is_empty() {
            focus_soon(format!("#{target}"));
        } else if !is_first {
            focus_soon("main h1".to_owned());
            is_due.with(|is_due| is_due.set(true));
        }
        is_first = false;
    });
    // A heading that waited for its file comes later, when the focus has nowhere to be.
    effect(move || {
        if store.is_idle() && is_due.with(Cell::get) && browser::has_no_focus() {
            focus_soon("main h1".to_owned());
        } else if store.is_idle() {
            is_due.with(|is_due| is_due.set(false));
        }
    });
    let mut is_first = true;
    effect(move || {
        here.lang.track();
        if !is_first {
            focus_soon("#language".to_owned());
        }
        is_first = false;
    });
    let page = move || match here.page.get() {
        Some(Page::Overview) => view! { <Overview /> }.into_any(),
        Some(Page::Topic(topic)) => view! { <TopicPage topic /> }.into_any(),
        Some(Page::Data) => view! { <DataPage /> }.into_any(),
        Some(Page::View(id)) => view! { <ViewPage id /> }.into_any(),
        Some(page) => view! { <PassivePage page /> }.into_any(),
        None => part(move || pages::not_found(&here.site())),
    };
    // Words are read once, when a page is built; a new language builds all of it anew.
    changing(move || {
        here.lang.track();
        view! { <Layout>{changing(page)}</Layout> }.into_any()
    })
}

/// Once what has changed is on the page.
fn focus_soon(selector: String) {
    request_animation_frame(move || browser::focus_first(&selector));
}
