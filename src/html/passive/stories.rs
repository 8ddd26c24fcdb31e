//! `/stories`: one card a story. First names only, no health, no children by name; each leads to its publisher and to the figure
//! that it illustrates.

use super::super::pages::hero;
use super::filters::{self, Choice, Filter};
use super::{Markup, Site, located, publisher, text};
use crate::data::package::Package;
use crate::model::community::Story;
use crate::model::dataset::Dataset;
use crate::model::words::DatePrecision;
use crate::state::route::Page;
use crate::text::format;
use maud::html;

pub fn stories(site: &Site, package: &Package) -> Markup {
    let dataset = &package.dataset;
    let stories = &package.told.stories;
    let all = [
        Filter {
            name: "topic",
            key: "filter.topic",
            choices: filters::choices(site, stories.iter().filter_map(|s| topic(site, dataset, s))),
        },
        Filter {
            name: "place",
            key: "filter.place",
            choices: filters::choices(site, stories.iter().flat_map(|s| places(site, dataset, s))),
        },
        Filter { name: "time", key: "filter.told", choices: filters::years(site, stories.iter().map(|s| s.told_on)) },
    ];
    html! {
        (hero(&site.t("page.stories"), &site.t("stories.lead"), Markup::default()))
        (filters::filters(site, &Page::Stories, stories.len(), &all))
        ul.told data-filtered {
            @for story in stories { (card(site, dataset, story)) }
        }
    }
}

fn topic(site: &Site, dataset: &Dataset, story: &Story) -> Option<Choice> {
    let sector = dataset.catalog.sectors.get(story.sector?)?;
    Some((sector.id.clone(), sector.name.get(site.text.lang).to_owned()))
}

fn places(site: &Site, dataset: &Dataset, story: &Story) -> Vec<Choice> {
    let all = story.place.map(|ix| filters::place_and_whole(dataset, ix)).unwrap_or_default();
    all.into_iter().filter_map(|ix| filters::place(site, dataset, ix)).collect()
}

fn card(site: &Site, dataset: &Dataset, story: &Story) -> Markup {
    let lang = site.text.lang;
    let topic = topic(site, dataset, story);
    let title = story.title.get(lang);
    let who = match text(site, &story.name_note) {
        Some(note) => format!("{} ({note})", story.first_name.get(lang)),
        None => story.first_name.get(lang).to_owned(),
    };
    let told = match story.told_on {
        None => site.t("story.undated"),
        Some(date) if story.date_precision == DatePrecision::Approximate => {
            format!("{} ({})", format::partial_date(date, lang), site.t("precision.approximate"))
        }
        Some(date) => format::partial_date(date, lang),
    };
    let figure = story.view.as_deref().and_then(|id| dataset.catalog.view(id));
    html! {
        li.card.told-card id=(story.id) data-topic=(topic.iter().map(|(id, _)| id.as_str()).collect::<String>())
            data-place=(filters::words(&places(site, dataset, story))) data-time=(filters::year(story.told_on))
        {
            @if let Some((_, name)) = &topic { p.eyebrow { (name) } }
            h2 { (title) }
            p.told-who {
                (who)
                @if let Some(place) = located(site, dataset, story.place, &story.city) { " · " (place) }
                " · " (told)
            }
            p { (story.fact.get(lang)) }
            @if let Some(programme) = text(site, &story.programme) { p.muted { (site.text.t("story.programme", &[("name", programme)])) } }
            p.told-links {
                a href=(story.url) rel="external noopener noreferrer" {
                    (site.text.t("story.read", &[("publisher", publisher(dataset, &story.sources, site.text.lang))]))
                    span.visually-hidden { "— " (title) }
                }
                @if let Some(figure) = figure {
                    a href=(site.href(&Page::View(figure.id.clone()))) {
                        (site.text.t("story.figure", &[("name", figure.title.get(lang))]))
                        span.visually-hidden { " (" (title) ")" }
                    }
                }
            }
        }
    }
}
