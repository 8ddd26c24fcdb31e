//! What pages say beside their figures.

use super::{Markup, Site};
use crate::data::issue::Issue;
use crate::model::words::{Basis, Qualifier, Topic};
use crate::state::route::Page;
use maud::html;

fn hero(title: &str, lead: &str, more: Markup) -> Markup {
    html! {
        header.hero {
            h1 id="page-title" tabindex="-1" { (title) }
            p.lead { (lead) }
            (more)
        }
    }
}

pub fn overview(site: &Site) -> Markup {
    hero(&site.t("overview.title"), &site.t("overview.lead"), Markup::default())
}

/// A way onward for each kind of reader.
pub fn paths(site: &Site) -> Markup {
    let paths = [("visitor", Page::Topic(Topic::Remittances)), ("partner", Page::Topic(Topic::Partners)), ("analyst", Page::Data)];
    html! {
        section.paths aria-labelledby="paths-title" {
            h2 id="paths-title" { (site.t("path.title")) }
            ul {
                @for (key, page) in &paths {
                    li {
                        h3 { (site.t(&format!("path.{key}"))) }
                        p { (site.t(&format!("path.{key}-text"))) }
                        a href=(site.href(page)) { (site.t(&format!("path.{key}-link"))) }
                    }
                }
            }
        }
    }
}

pub fn topic(site: &Site, topic: Topic) -> Markup {
    hero(&site.t(&format!("page.{}", topic.id())), &site.t(&format!("lead.{}", topic.id())), Markup::default())
}

/// From one chart to all of its topic.
pub fn onward(site: &Site, topic: Topic) -> Markup {
    html! { p.onward { a href=(site.href(&Page::Topic(topic))) { (site.t("view.all")) } } }
}

/// What this is, how to read it, what it does not know.
pub fn about(site: &Site) -> Markup {
    let section = |key: &str| {
        html! {
            section {
                h2 { (site.t(&format!("about.{key}-title"))) }
                @for line in site.t(&format!("about.{key}")).lines() { p { (line) } }
            }
        }
    };
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
            (section("unknown"))
            (section("privacy"))
            (section("licence"))
        }
    }
}

/// An address that we do not have: said plainly, with ways on.
pub fn not_found(site: &Site) -> Markup {
    html! {
        div data-page="not-found" {
            (hero(&site.t("not-found.title"), &site.t("not-found.lead"), Markup::default()))
            ul.ways-on {
                @for page in &Page::MENU { li { a href=(site.href(page)) { (site.t(&page.title_key())) } } }
            }
        }
    }
}

/// `version` of the package, once it is known.
pub fn data(site: &Site, version: Option<&str>) -> Markup {
    let more = html! {
        p {
            a href=(site.file("data/datapackage.json")) rel="external" { "datapackage.json" }
            " · "
            a href=(site.file("data/LICENSES.md")) rel="external" { (site.t("data.licences")) }
            " · "
            span { @if let Some(version) = version { (site.text.t("data.version", &[("version", version)])) } }
        }
    };
    hero(&site.t("page.data"), &site.t("data.lead"), more)
}

/// Every row that failed a check. `all_read`: no file is missing from the judgement.
pub fn findings(site: &Site, issues: &[Issue], all_read: bool) -> Markup {
    let none = if all_read { "issues.none" } else { "issues.some-unread" };
    html! {
        section.issues aria-labelledby="issues" {
            h2 id="issues" tabindex="-1" { (site.t("issues.title")) }
            @if issues.is_empty() {
                p { (site.t(none)) }
            } @else {
                ul {
                    @for issue in issues {
                        li {
                            code {
                                (issue.file)
                                @if let Some(row) = issue.row { ", " (site.text.t("issues.row", &[("row", &row.to_string())])) }
                                @if let Some(field) = &issue.field { ", " (field) }
                            }
                            " — "
                            (site.text.issue(issue))
                        }
                    }
                }
            }
        }
    }
}
