//! A number's birth certificate: what stands in its dialog.

use super::{Markup, Site, sources};
use crate::model::decimal::decimal;
use crate::view::certificate::Certificate;
use maud::html;

pub fn certificate(site: &Site, certificate: Option<&Certificate>) -> Markup {
    html! {
        div.certificate-body {
            div.certificate-head {
                p.eyebrow id="certificate-title" { (site.t("certificate.title")) }
                button.button.quiet type="button" data-action="close" { (site.t("action.close")) }
            }
            @if let Some(c) = certificate {
                h2.certificate-value data-value=[c.number.map(decimal)] data-qualifier=[c.qualifier.map(|q| q.id())] { (c.value) }
                p.certificate-of { (c.title) }
                dl {
                    @for line in &c.lines {
                        dt { (line.term) }
                        dd { (line.text) }
                    }
                }
                @if let Some(page) = &c.page {
                    p.certificate-page { a.button href=(site.href(page)) { (site.t("certificate.page")) } }
                }
                h3 { (site.t("sources.heading")) }
                (sources::citations(site, &c.sources))
            }
        }
    }
}
