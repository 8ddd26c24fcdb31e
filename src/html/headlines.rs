//! The headline figures of the overview: number, meaning, source, in that order of size.

use super::problems::{Failed, failure};
use super::{Markup, Site};
use crate::model::decimal::decimal;
use crate::state::route::Page;
use crate::view::headline::HeadlineSpec;
use maud::html;

/// State of one card.
#[derive(Clone, Debug, PartialEq)]
pub enum Card {
    Loading,
    /// What did not come, and what to ask for again.
    Failed(Vec<Failed>, Vec<&'static str>),
    /// The figure that this headline names is not in the package.
    Missing(String),
    Ready(HeadlineSpec),
}

/// All cards; `failed` if their list did not come.
pub fn headlines(site: &Site, failed: &[Failed], cards: &[Card]) -> Markup {
    html! {
        section.headlines aria-labelledby="headlines-title" {
            h2.visually-hidden id="headlines-title" { (site.t("headline.section")) }
            @if !failed.is_empty() { (failure(site, failed, &["headlines"])) }
            ul.cards {
                @for card in cards {
                    @match card {
                        Card::Loading => li.card { div.skeleton.card-skeleton aria-hidden="true" {} },
                        Card::Failed(failed, names) => li.card { (failure(site, failed, names)) },
                        Card::Missing(id) => li.card { p.failure { (site.text.t("headline.missing", &[("id", id)])) } },
                        Card::Ready(spec) => (ready(site, spec)),
                    }
                }
            }
        }
    }
}

fn ready(site: &Site, spec: &HeadlineSpec) -> Markup {
    let number = decimal(spec.number);
    html! {
        li.card data-headline=(spec.id) {
            @if let Some(fact) = spec.fact {
                button.card-number type="button" data-value=(number) data-qualifier=[spec.qualifier.map(|q| q.id())] data-fact=(fact.token()) {
                    (spec.value)
                    span.visually-hidden { (site.t("headline.open")) }
                }
            } @else {
                p.card-number data-value=(number) { (spec.value) }
            }
            p.card-meaning { (spec.meaning) }
            @if let Some(rival) = &spec.rival { p.card-rival { (rival) } }
            @if let Some(caution) = &spec.caution { p.card-caution { (caution) } }
            p.card-source { (spec.source) }
            @if let Some(view) = &spec.view {
                a.card-more href=(site.href(&Page::View(view.clone()))) {
                    (site.t("headline.more"))
                    span.visually-hidden { "— " (spec.meaning) }
                }
            }
        }
    }
}
