//! Root of the app: shared state, then the page that the address asks for.

use super::layout::Layout;
use crate::app_state::locale::Here;
use crate::app_state::prefs::Prefs;
use crate::app_state::store::Store;
use crate::app_state::url_sync::Address;
use crate::io::browser;
use crate::pages::about::About;
use crate::pages::data::DataPage;
use crate::pages::not_found::NotFound;
use crate::pages::overview::Overview;
use crate::pages::topic::TopicPage;
use crate::pages::view::ViewPage;
use crate::state::route::Page;
use crate::ui::certificate::OpenCertificate;
use leptos::prelude::*;
use leptos_router::components::Router;
use leptos_router::hooks::use_location;

#[component]
pub fn App() -> impl IntoView {
    let base = browser::base_path();
    view! {
        <Router base=base.trim_end_matches('/').to_owned()>
            <Site />
        </Router>
    }
}

#[component]
fn Site() -> impl IntoView {
    let here = Here::provide();
    let address = Address::provide();
    Prefs::provide(address);
    OpenCertificate::provide();
    let store = Store::provide(here.file("config.json"));
    Effect::new(move |_| browser::set_root("lang", Some(here.lang.get().tag())));
    Effect::new(move |_| {
        here.lang.track();
        let name = match here.page.get() {
            Some(Page::View(id)) => match store.catalog().view(&id) {
                Some(def) => def.title.get(here.lang.get()).to_owned(),
                None if store.is_ready(&["views"]) => here.t("not-found.title"),
                None => here.t("page.view"),
            },
            Some(page) => here.t(&page.title_key()),
            None => here.t("not-found.title"),
        };
        browser::set_title(&here.text().t("page.window-title", &[("page", &name)]));
    });
    // A new page starts at its heading, for readers who do not see it change, or where the link points.
    let fragment = use_location().hash;
    Effect::new(move |before: Option<Option<Page>>| {
        let page = here.page.get();
        let fragment = fragment.get_untracked();
        let target = fragment.trim_start_matches('#').to_owned();
        if !target.is_empty() {
            request_animation_frame(move || browser::focus_id(&target));
        } else if before.is_some_and(|before| before != page) {
            request_animation_frame(|| browser::focus_id("page-title"));
        }
        page
    });
    Effect::new(move |before: Option<()>| {
        here.lang.track();
        if before.is_some() {
            request_animation_frame(|| browser::focus_id("language"));
        }
    });
    let page = move || match here.page.get() {
        Some(Page::Overview) => view! { <Overview /> }.into_any(),
        Some(Page::Topic(topic)) => view! { <TopicPage topic /> }.into_any(),
        Some(Page::Data) => view! { <DataPage /> }.into_any(),
        Some(Page::About) => view! { <About /> }.into_any(),
        Some(Page::View(id)) => view! { <ViewPage id /> }.into_any(),
        None => view! { <NotFound /> }.into_any(),
    };
    // Words are read once, when a page is built; a new language builds all of it anew.
    move || {
        here.lang.track();
        view! { <Layout>{page}</Layout> }
    }
}
