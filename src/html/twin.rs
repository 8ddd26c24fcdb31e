//! Whole pages as they stand before the app runs, and without JavaScript: the same numbers and words, charts as pictures.

use super::headlines::Card;
use super::layout::{self, Place};
use super::{Markup, Site, catalogue, figure, headlines, pages, passive, picture, takeaway};
use crate::data::package::Package;
use crate::model::catalog::ViewDef;
use crate::state::route::Page;
use crate::state::view_state::Tab;
use crate::view::{self, headline};
use maud::html;

/// Header, content and footer of one page. `folder` is the address of the package's folder.
pub fn page(all: &takeaway::Published, folder: &str, page: &Page) -> Markup {
    let (site, package, today) = (all.site, all.package, all.today());
    let path = site.href(page);
    let catalog = &package.dataset.catalog;
    let some = |pick: &dyn Fn(&&ViewDef) -> bool| {
        html! { @for (i, def) in catalog.views.iter().filter(pick).enumerate() { (one(site, package, def, if i == 0 { Shape::First } else { Shape::Among })) } }
    };
    html! {
        (layout::header(site, &Place { page: Some(page), path: &path, query: "" }))
        main id="main" tabindex="-1" {
            @match page {
                Page::Overview => {
                    (pages::overview(site))
                    (headlines::headlines(site, &[], &cards(site, package)))
                    (some(&|def| def.featured))
                    (pages::paths(site))
                }
                Page::Topic(topic) => {
                    (pages::topic(site, *topic))
                    (some(&|def| def.topic == *topic))
                }
                Page::Data => {
                    (pages::data(site, Some(&package.descriptor.version)))
                    (catalogue::catalogue(site, package, folder))
                    (pages::findings(site, &package.issues, true))
                }
                Page::Stories | Page::Opportunities | Page::About | Page::Builder | Page::Changes | Page::Agreement(_) => (passive::content(all, page, today)),
                Page::View(id) => {
                    @if let Some(def) = catalog.view(id) {
                        div.compared { (one(site, package, def, Shape::Alone)) }
                        div data-written=(pages::BELOW) {
                            (pages::compare(site, &catalog.views, id))
                            (takeaway::section(&all.view(def)))
                            (pages::onward(site, def.topic))
                        }
                    }
                }
            }
        }
        (layout::footer(site))
    }
}

/// What a figure is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// The first of several: its picture comes as early as it can.
    First,
    Among,
    /// The page's one and only, as early too; its title is the page's heading.
    Alone,
}

pub(super) fn one(site: &Site, package: &Package, def: &ViewDef, shape: Shape) -> Markup {
    let spec = view::figure(&package.dataset, def, &view::default_state(def), site.text);
    html! {
        figure.figure data-view=(def.id) data-kind=(def.kind.id()) data-state="static" data-open=(Tab::Chart.id())
            aria-labelledby=(figure::id(&def.id, "title"))
        {
            (figure::head(site, def, shape == Shape::Alone, &[]))
            (figure::above(site, &spec))
            (figure::tabs(site, &spec, Tab::Chart))
            div.tab-panel.chart-panel role="tabpanel" id=(figure::id(&def.id, "chart")) aria-labelledby=(figure::id(&def.id, "tab-chart")) {
                (figure::instead_of_chart(site, &spec, false))
                (picture::panels(site, def, &spec, shape != Shape::Among))
            }
            (figure::tables(site, &spec))
            (figure::below(site, &spec, bad_rows(package, def)))
        }
    }
}

fn cards(site: &Site, package: &Package) -> Vec<Card> {
    let card = |def| headline::headline(&package.dataset, def, site.text).map(Card::Ready);
    package.headlines.iter().filter_map(card).collect()
}

/// Rows of a view's files that failed checks.
fn bad_rows(package: &Package, def: &ViewDef) -> usize {
    let needs = view::needs(&package.dataset.catalog, def);
    let paths: Vec<&str> = needs.iter().filter_map(|name| Some(package.descriptor.entry(name)?.path.as_str())).collect();
    package.issues.iter().filter(|issue| issue.row.is_some() && paths.contains(&issue.file.as_str())).count()
}
