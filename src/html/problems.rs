//! What went wrong and what to do about it: a file that did not come, an address that asks for what is not there.

use super::{Markup, Site};
use maud::html;

/// A file that did not come, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Failed {
    /// Its name without `.json`.
    pub file: &'static str,
    pub sentence: String,
}

/// Room for what is on its way.
pub fn loading(site: &Site) -> Markup {
    html! {
        div.skeleton aria-hidden="true" {}
        p.visually-hidden { (site.t("loading")) }
    }
}

/// A whole figure on its way; on a page of its own it is the heading too.
pub fn page_loading(site: &Site, alone: bool) -> Markup {
    html! {
        div.figure.page-skeleton aria-busy="true" {
            @if alone { h1.visually-hidden { (site.t("loading")) } }
            (loading(site))
        }
    }
}

/// Room for a page that is a file on its way. Its heading has the id that all such pages give theirs: focus stays on it.
pub fn passive_loading(site: &Site, name: &str) -> Markup {
    html! {
        header.hero { h1 id="page-title" tabindex="-1" { (name) } }
        div.page-skeleton aria-busy="true" { (loading(site)) }
    }
}

/// A page whose file did not come, with *Try again* and the way to the file itself.
pub fn passive_failure(site: &Site, name: &str, sentence: &str, file: &str) -> Markup {
    html! {
        header.hero { h1 id="page-title" tabindex="-1" { (name) } }
        div.failure role="alert" {
            p.failure-title { (site.t("failure.page")) }
            p { (sentence) }
            button.button type="button" data-action="retry-page" { (site.t("action.retry")) }
            " "
            a.button.quiet href=(file) rel="external" { (site.t("failure.page-link")) }
        }
    }
}

/// Files that failed, why, and *Try again*; `names` are what to ask for again. `rest` is the key of a sentence about all else.
pub fn failure_beside(site: &Site, failed: &[Failed], names: &[&str], rest: &str) -> Markup {
    html! {
        div.failure role="alert" {
            p.failure-title { (site.t("failure.title")) }
            ul {
                @for one in failed {
                    li { code { (one.file) ".json" } ": " (one.sentence) }
                }
            }
            p { (site.t(rest)) }
            button.button type="button" data-retry=(names.join(" ")) { (site.t("action.retry")) }
        }
    }
}

/// The same where everything else works.
pub fn failure(site: &Site, failed: &[Failed], names: &[&str]) -> Markup {
    failure_beside(site, failed, names, "failure.rest-works")
}

/// In a figure, above what the static page that was opened has of its view (`web/place.js` puts it there).
pub fn figure_failure(site: &Site, failed: &[Failed], names: &[&str], view: &str) -> Markup {
    html! {
        (failure(site, failed, names))
        div data-published=(view) hidden { p { (site.t("failure.published")) } }
    }
}

/// Beside the static page, which stands in the app's place; empty as long as nothing failed.
pub fn without_app(site: &Site, failed: &[Failed], names: &[&str]) -> Markup {
    if failed.is_empty() { Markup::default() } else { failure_beside(site, failed, names, "failure.stands") }
}

/// In place of a page's figures, when the list of views did not come; on a page of one figure it has the heading too.
pub fn without_views(site: &Site, alone: bool, failed: &[Failed], names: &[&str]) -> Markup {
    html! {
        @if alone { h1 id="page-title" tabindex="-1" { (site.t("page.view")) } }
        (failure(site, failed, names))
    }
}

/// In place of a part of a page that was not there to be had. The link is the browser's own: it loads the page with that part in it.
pub fn unwritten(site: &Site, address: &str) -> Markup {
    html! {
        div.failure role="alert" {
            p.failure-title { (site.t("failure.part")) }
            a.button href=(address) rel="external" { (site.t("action.retry")) }
        }
    }
}

/// Sentences that can be dismissed, such as parameters that were ignored.
pub fn notices(site: &Site, sentences: &[String]) -> Markup {
    html! {
        @if !sentences.is_empty() {
            div.notice role="status" {
                ul {
                    @for sentence in sentences { li { (sentence) } }
                }
                button.button.quiet type="button" data-action="dismiss" { (site.t("action.dismiss")) }
            }
        }
    }
}
