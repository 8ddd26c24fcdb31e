//! Header with navigation, language and theme; footer.

use super::{Markup, Site};
use crate::state::route::Page;
use maud::html;

/// What the header says of the present address.
pub struct Place<'a> {
    /// `None` for an address that we do not have.
    pub page: Option<&'a Page>,
    pub path: &'a str,
    /// Without `?`.
    pub query: &'a str,
}

pub fn header(site: &Site, place: &Place<'_>) -> Markup {
    let query = if place.query.is_empty() { String::new() } else { format!("?{}", place.query) };
    let other = site.text.lang.other();
    let in_other = place.page.unwrap_or(&Page::Overview).href(&site.base, other);
    html! {
        header.site-header {
            // A bare `#main` would be read from `<base>` and leave the page.
            a.skip id="skip" href={ (place.path) (query) "#main" } rel="external" { (site.t("nav.skip")) }
            div.site-header-inner {
                a.brand href=(site.href(&Page::Overview)) {
                    span.brand-mark aria-hidden="true" {}
                    (site.t("site.name"))
                }
                nav aria-label=(site.t("nav.label")) {
                    ul {
                        @for page in &Page::MENU {
                            li { a href=(site.href(page)) aria-current=[(place.page == Some(page)).then_some("page")] { (site.t(&page.title_key())) } }
                        }
                    }
                }
                div.site-tools {
                    button.button.quiet type="button" data-action="search" data-failed=(site.t("nav.search-failed")) {
                        span.find-mark aria-hidden="true" {}
                        span { (site.t("nav.search")) }
                    }
                    a.button.quiet id="language" hreflang=(other.tag()) lang=(other.tag()) href={ (in_other) (query) } { (site.t("nav.other-language")) }
                    // The style sheet shows the one that is not on: the page stands before anybody knows which that is.
                    button.button.quiet type="button" data-action="theme" {
                        span.to-dark { (site.t("nav.theme-dark")) }
                        span.to-light { (site.t("nav.theme-light")) }
                    }
                }
            }
        }
    }
}

pub fn footer(site: &Site) -> Markup {
    html! {
        footer.site-footer {
            p { (site.t("footer.about")) }
            p { (site.t("footer.privacy")) " " a href={ (site.href(&Page::Overview)) "present" } rel="external" { (site.t("footer.talks")) } }
            button.button.quiet type="button" data-action="keys" { (site.t("nav.keys")) }
        }
    }
}
