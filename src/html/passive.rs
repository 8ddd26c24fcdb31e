//! Pages without figures that react: what stands in their `<main>`. Made once, when the site is built, and written as files; the
//! app shows what a file holds (`ui::passive`) and carries no code for it. Nothing that the app calls may call this.

pub mod about;
pub mod agreement;
pub mod builder;
pub mod changes;
pub mod filters;
pub mod opportunities;
pub mod stories;

use super::takeaway::Published;
use super::{Markup, Site, sources};
use crate::data::package::Package;
use crate::model::catalog::{PlaceIx, SourceIx};
use crate::model::dataset::Dataset;
use crate::model::date::Date;
use crate::model::lang::{Bilingual, Lang};
use crate::state::route::Page;
use crate::view;
use maud::html;

/// What stands in `<main>`; nothing for a page that is not passive. What ended before `today` has ended.
pub fn content(all: &Published, page: &Page, today: Date) -> Markup {
    let (site, package) = (all.site, all.package);
    match page {
        Page::Builder => builder::builder(all),
        Page::Changes => changes::changes(all),
        Page::About => about::about(site, package),
        Page::Stories => stories::stories(site, package),
        Page::Opportunities => opportunities::opportunities(site, package, today),
        Page::Agreement(id) => agreement::agreement(site, package, id),
        Page::Overview | Page::Topic(_) | Page::Data | Page::View(_) => Markup::default(),
    }
}

/// All addresses of the site, in the order of the menu, of the views and of the agreements.
pub fn pages(package: &Package) -> Vec<Page> {
    let views = package.dataset.catalog.views.iter().map(|def| Page::View(def.id.clone()));
    let agreements = package.dataset.agreements().iter().map(|a| Page::Agreement(a.id.clone()));
    Page::MENU.into_iter().chain([Page::Builder, Page::Changes]).chain(views).chain(agreements).collect()
}

/// A page's name in the window's title, and what a search engine says of it.
pub fn title_and_description(site: &Site, package: &Package, page: &Page) -> (String, String) {
    let lang = site.text.lang;
    let dataset = &package.dataset;
    match page {
        Page::View(id) => {
            dataset.catalog.view(id).map(|def| (def.title.get(lang).to_owned(), def.lead.get(lang).to_owned())).unwrap_or_default()
        }
        Page::Agreement(id) => agreement::title_and_description(site, dataset, id).unwrap_or_default(),
        Page::Overview => (site.t("page.overview"), site.t("overview.lead")),
        Page::Topic(topic) => (site.t(&page.title_key()), site.t(&format!("lead.{}", topic.id()))),
        Page::Data => (site.t("page.data"), site.t("data.lead")),
        Page::About => (site.t("page.about"), site.t("about.lead")),
        Page::Builder => (site.t("page.embed"), site.t("embed.lead")),
        Page::Changes => (site.t("changes.title"), site.t("changes.about")),
        Page::Stories => (site.t("page.stories"), site.t("stories.lead")),
        Page::Opportunities => (site.t("page.opportunities"), site.t("opportunities.lead")),
    }
}

fn text<'t>(site: &Site, part: &'t Option<Bilingual>) -> Option<&'t str> {
    part.as_ref().map(|part| part.get(site.text.lang))
}

fn cite(site: &Site, dataset: &Dataset, all: &[SourceIx]) -> Markup {
    let citations: Vec<_> = all.iter().filter_map(|&ix| view::citation(dataset, ix, site.text)).collect();
    sources::citations(site, &citations)
}

pub(super) fn publisher<'d>(dataset: &'d Dataset, sources: &[SourceIx], lang: Lang) -> &'d str {
    sources.first().and_then(|&ix| dataset.catalog.sources.get(ix)).map_or("", |source| source.publisher.get(lang))
}

/// Town and country, as far as they are known.
fn located(site: &Site, dataset: &Dataset, place: Option<PlaceIx>, city: &Option<Bilingual>) -> Option<String> {
    let country = place.and_then(|ix| dataset.catalog.places.get(ix)).map(|place| place.name.get(site.text.lang));
    let parts: Vec<&str> = text(site, city).into_iter().chain(country).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// What was looked for and not found, where a reader would look for it: one line each.
fn not_found(site: &Site, lines: &str) -> Markup {
    html! {
        section.not-found {
            h2 { (site.t("about.unknown-title")) }
            ul.limits { @for line in site.t(lines).lines() { li { (line) } } }
        }
    }
}
