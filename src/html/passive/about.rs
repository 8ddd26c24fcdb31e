//! `/about`: what this is, how to read it, what sources say that no figure holds, what is not known.

use super::super::pages::hero;
use super::{Markup, Site, cite};
use crate::data::package::Package;
use crate::model::words::{Basis, Qualifier};
use crate::text::format;
use maud::html;

pub fn about(site: &Site, package: &Package) -> Markup {
    let section = |key: &str| {
        html! {
            section {
                h2 { (site.t(&format!("about.{key}-title"))) }
                @for line in site.t(&format!("about.{key}")).lines() { p { (line) } }
            }
        }
    };
    let statements = &package.told.statements;
    html! {
        (hero(&site.t("page.about"), &site.t("about.lead"), Markup::default()))
        div.prose {
            (section("truth"))
            (section("wording"))
            ul {
                @for id in Qualifier::IDS { li { (site.t(&format!("qualifier-name.{id}"))) } }
            }
            (section("basis"))
            dl {
                @for id in Basis::IDS {
                    dt { (site.t(&format!("basis.{id}"))) }
                    dd { (site.t(&format!("basis-why.{id}"))) }
                }
            }
            @if !statements.is_empty() {
                section {
                    h2 id="statements" tabindex="-1" { (site.t("about.statements-title")) }
                    p { (site.t("about.statements")) }
                    ol.statements {
                        @for statement in statements {
                            li id=(statement.id) {
                                p {
                                    (statement.text.get(site.text.lang))
                                    @if let Some(date) = statement.as_of {
                                        " " span.muted { "(" (site.text.t("statement.as-of", &[("date", &format::partial_date(date, site.text.lang))])) ")" }
                                    }
                                }
                                (cite(site, &package.dataset, &statement.sources))
                            }
                        }
                    }
                }
            }
            (section("unknown"))
            (section("privacy"))
            (section("licence"))
        }
    }
}
