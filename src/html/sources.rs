//! Citations and definitions: who says so, and what exactly.

use super::{Markup, Site};
use crate::view::spec::{Citation, Definition};
use maud::html;

/// Publisher, linked title, date, licence and our note of each source.
pub fn citations(site: &Site, citations: &[Citation]) -> Markup {
    html! {
        ul.sources {
            @for source in citations {
                li.source data-source=(source.id) data-licence=(source.licence) {
                    span.source-publisher { (source.publisher) }
                    " — "
                    @if let Some(url) = &source.url {
                        a href=(url) rel="external noopener noreferrer" { (source.title) }
                    } @else {
                        span { (source.title) }
                    }
                    @if let Some(date) = &source.published { span.source-date { ", " (date) } }
                    span.source-licence { (site.text.t("source.licence", &[("licence", &source.licence)])) }
                    @if let Some(note) = &source.note { span.source-note { (note) } }
                }
            }
        }
    }
}

/// The sources tab: definitions first, then every document behind the figure.
pub fn tab(site: &Site, all: &[Definition], sources: &[Citation]) -> Markup {
    html! {
        (definitions(site, all))
        p.definition-name { (site.t("sources.heading")) }
        (citations(site, sources))
    }
}

/// What is counted, and what is not said.
pub fn definitions(site: &Site, definitions: &[Definition]) -> Markup {
    html! {
        @for d in definitions {
            section.definition data-licence=(d.licence) {
                p.definition-name { (d.name) }
                dl {
                    @for (key, value) in [
                        ("certificate.definition", &d.definition),
                        ("certificate.scope", &d.scope),
                        ("certificate.silent", &d.silent),
                        ("certificate.basis", &d.basis),
                        ("certificate.licence", &d.licence),
                    ] {
                        dt { (site.t(key)) }
                        dd { (value) }
                    }
                }
            }
        }
    }
}
