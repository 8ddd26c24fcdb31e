//! Header with navigation, language and theme; footer; the certificate dialog.

use crate::app_state::locale::Here;
use crate::app_state::prefs::Prefs;
use crate::app_state::url_sync::Address;
use crate::charts::palette::Theme;
use crate::state::route::Page;
use crate::ui::certificate::CertificateDialog;
use leptos::prelude::*;

#[component]
pub fn Layout(children: Children) -> impl IntoView {
    view! {
        <Header />
        <main id="main" tabindex="-1">
            {children()}
        </main>
        <Footer />
        <CertificateDialog />
    }
}

#[component]
fn Header() -> impl IntoView {
    let here = Here::expect();
    let prefs = Prefs::expect();
    let address = Address::expect();
    let links = Page::MENU
        .into_iter()
        .map(|page| {
            let name = page.title_key();
            let href = {
                let page = page.clone();
                here.href(&page)
            };
            let current = move || here.page.with(|now| now.as_ref() == Some(&page)).then_some("page");
            view! {
                <li>
                    <a href=href aria-current=current>
                        {here.t(&name)}
                    </a>
                </li>
            }
        })
        .collect_view();
    let other = here.text().lang.other().tag();
    view! {
        <header class="site-header">
            <a class="skip" href=move || address.with_fragment("main") rel="external">
                {here.t("nav.skip")}
            </a>
            <div class="site-header-inner">
                <a class="brand" href=here.href(&Page::Overview)>
                    <span class="brand-mark" aria-hidden="true"></span>
                    {here.t("site.name")}
                </a>
                <nav aria-label=here.t("nav.label")>
                    <ul>{links}</ul>
                </nav>
                <div class="site-tools">
                    <a class="button quiet" id="language" hreflang=other lang=other href=move || here.href_other(&address.query())>
                        {here.t("nav.other-language")}
                    </a>
                    <button type="button" class="button quiet" data-action="theme" on:click=move |_| prefs.toggle()>
                        {move || here.t(if prefs.theme() == Theme::Dark { "nav.theme-light" } else { "nav.theme-dark" })}
                    </button>
                </div>
            </div>
        </header>
    }
}

#[component]
fn Footer() -> impl IntoView {
    let here = Here::expect();
    view! {
        <footer class="site-footer">
            <p>{here.t("footer.about")}</p>
            <p>{here.t("footer.privacy")}</p>
        </footer>
    }
}
