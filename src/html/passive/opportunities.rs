//! `/opportunities`: one card each. What has ended says so and stands last; it is never dropped. The browser says it again of what
//! has ended since the site was built (`ui::filter`).

use super::super::pages::hero;
use super::filters::{self, Choice, Filter};
use super::{Markup, Site, cite, not_found, text};
use crate::data::package::Package;
use crate::model::community::Opportunity;
use crate::model::dataset::Dataset;
use crate::model::date::Date;
use crate::model::order::sort_by_key;
use crate::state::route::Page;
use crate::text::format;
use maud::html;

pub fn opportunities(site: &Site, package: &Package, today: Date) -> Markup {
    let dataset = &package.dataset;
    let mut all: Vec<&Opportunity> = package.told.opportunities.iter().collect();
    sort_by_key(&mut all, |o| has_ended(o, today));
    let filters = [
        Filter { name: "topic", key: "filter.kind", choices: filters::choices(site, all.iter().map(|o| kind(site, o))) },
        Filter { name: "place", key: "filter.place", choices: filters::choices(site, all.iter().flat_map(|o| places(site, dataset, o))) },
        Filter { name: "time", key: "filter.published", choices: filters::years(site, all.iter().map(|o| o.published_on)) },
    ];
    html! {
        (hero(&site.t("page.opportunities"), &site.t("opportunities.lead"), Markup::default()))
        (filters::filters(site, &Page::Opportunities, all.len(), &filters))
        ul.told data-filtered {
            @for o in &all { (card(site, dataset, o, has_ended(o, today))) }
        }
        (not_found(site, "opportunities.unknown"))
    }
}

fn has_ended(o: &Opportunity, today: Date) -> bool {
    o.ends_on.is_some_and(|end| end.last_day() < today)
}

fn kind(site: &Site, o: &Opportunity) -> Choice {
    (o.kind.id().to_owned(), site.t(&format!("opportunity-kind.{}", o.kind.id())))
}

fn places(site: &Site, dataset: &Dataset, o: &Opportunity) -> Vec<Choice> {
    let all = o.places.iter().flat_map(|&ix| filters::place_and_whole(dataset, ix));
    all.filter_map(|ix| filters::place(site, dataset, ix)).collect()
}

fn card(site: &Site, dataset: &Dataset, o: &Opportunity, has_ended: bool) -> Markup {
    let lang = site.text.lang;
    let (kind, kind_name) = kind(site, o);
    let title = o.title.get(lang);
    let date = |date| format::partial_date(date, lang);
    let lines = [
        ("opportunity.target", text(site, &o.target)),
        ("opportunity.scope", text(site, &o.scope)),
        ("opportunity.status", text(site, &o.status)),
        ("opportunity.iom", text(site, &o.iom_role)),
    ];
    html! {
        li.card.told-card id=(o.id) data-topic=(kind) data-place=(filters::words(&places(site, dataset, o)))
            data-time=(filters::year(o.published_on)) data-ends=[o.ends_on.map(|end| end.last_day().to_string())] data-ended[has_ended]
        {
            p.eyebrow { (kind_name) }
            h2 { (title) }
            @if let Some(end) = o.ends_on {
                p.ended hidden[!has_ended] { (site.text.t("opportunity.ended", &[("date", &date(end))])) }
                p.ends hidden[has_ended] { (site.text.t("opportunity.ends", &[("date", &date(end))])) }
            }
            p.told-who { (o.provider.get(lang)) }
            p { (o.what.get(lang)) }
            dl.told-lines {
                @for (key, line) in lines {
                    @if let Some(line) = line {
                        dt { (site.t(key)) }
                        dd { (line) }
                    }
                }
                dt { (site.t("opportunity.published")) }
                dd { (o.published_on.map_or_else(|| site.t("filter.undated"), date)) }
            }
            @if let Some(url) = &o.url {
                p.told-links {
                    a href=(url) rel="external noopener noreferrer" {
                        (site.t("opportunity.open"))
                        span.visually-hidden { "— " (title) }
                    }
                }
            }
            details {
                summary { (site.t("sources.heading")) span.visually-hidden { "— " (title) } }
                (cite(site, dataset, &o.sources))
            }
        }
    }
}
