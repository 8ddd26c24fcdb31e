//! What pages say beside their figures.

use super::{Markup, Site};
use crate::data::issue::Issue;
use crate::model::catalog::ViewDef;
use crate::model::words::Topic;
use crate::state::route::Page;
use crate::state::url::COMPARED;
use maud::html;

pub(super) fn hero(title: &str, lead: &str, more: Markup) -> Markup {
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
    let more = html! {
        @if topic == Topic::Partners {
            p { a href={ (site.href(&Page::About)) "#statements" } { (site.t("about.statements-title")) } }
        }
    };
    hero(&site.t(&format!("page.{}", topic.id())), &site.t(&format!("lead.{}", topic.id())), more)
}

/// Names what stands below a view's figure for the app, which takes it from the static page: it need not know other views.
pub const BELOW: &str = "below";

/// Which other view to show beside `id`; `web/written.js` keeps it as the address has it.
pub fn compare(site: &Site, views: &[ViewDef], id: &str) -> Markup {
    let lang = site.text.lang;
    html! {
        div.compare {
            label.field {
                span { (site.t("compare.label")) }
                select data-filter=(COMPARED) {
                    option value="" { (site.t("compare.none")) }
                    @for def in views.iter().filter(|def| def.id != id) {
                        option value=(def.id) { (def.title.get(lang)) }
                    }
                }
            }
        }
    }
}

/// The address asks for a view beside this one that we do not have.
pub fn unknown(site: &Site, asked: &str) -> Markup {
    html! { p.notice role="status" { (site.text.t("compare.unknown", &[("id", &asked.chars().take(60).collect::<String>())])) } }
}

/// From one chart to all of its topic.
pub fn onward(site: &Site, topic: Topic) -> Markup {
    html! { p.onward { a href=(site.href(&Page::Topic(topic))) { (site.t("view.all")) } } }
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
            a href=(site.file("data/catalog.jsonld")) rel="external" { "catalog.jsonld" }
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
