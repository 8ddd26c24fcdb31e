//! `/data/changes`: how each version that was published differs from the present one, as `impact diff` tells it.

use super::super::embed::Kept;
use super::super::pages::hero;
use super::super::takeaway::Published;
use super::{Markup, Site};
use crate::model::date::PartialDate;
use crate::state::route::Page;
use crate::text::format;
use crate::view::difference::{Difference, Section};
use maud::html;

/// How many rows of one kind stand on the page, of the newest version and of each that is older: a page has a size. The file has all.
const ROWS: (usize, usize) = (100, 10);

pub fn changes(all: &Published) -> Markup {
    let site = all.site;
    let earlier = all.kept.split_last().filter(|(_, earlier)| !earlier.is_empty());
    html! {
        (hero(&site.t("changes.title"), &site.text.t("changes.lead", &[("version", all.version())]), html! {
            p { a href=(site.href(&Page::Data)) { (site.t("changes.back")) } }
        }))
        @if let Some((now, earlier)) = earlier {
            // The newest comes first.
            @for (at, old) in earlier.iter().rev().enumerate() { (since(site, old, now, at == 0)) }
        } @else {
            p { (site.text.t("changes.one-version", &[("version", all.version()), ("date", &date(site, all.raw.text("created")))])) }
        }
    }
}

/// Path of the file with all of it, below the site's root.
pub fn path(old: &Kept) -> String {
    format!("data/v/{}/changes.json", old.version())
}

/// The same as that file.
pub fn file(old: &Kept, now: &Kept, site: &Site) -> serde_json::Value {
    let names = [format!("data/v/{}/datapackage.json", old.version()), "data/datapackage.json".to_owned()];
    Difference::new(&old.package, &now.package, site.text).json(&names)
}

fn date(site: &Site, created: &str) -> String {
    let date = PartialDate::parse(created.split('T').next().unwrap_or_default());
    date.map(|date| format::partial_date(date, site.text.lang)).unwrap_or_default()
}

fn since(site: &Site, old: &Kept, now: &Kept, is_newest: bool) -> Markup {
    let difference = Difference::new(&old.package, &now.package, site.text);
    let sections = difference.sections();
    let rows = if is_newest { ROWS.0 } else { ROWS.1 };
    let name = site.text.t("changes.since", &[("date", &date(site, old.raw.text("created"))), ("version", old.version())]);
    let id = format!("since-{}", old.version());
    let unsound = [(old, old.version()), (now, now.version())].into_iter().filter(|(kept, _)| !kept.package.issues.is_empty());
    html! {
        section.catalogue-part data-since=(old.version()) aria-labelledby=(id) {
            h2 id=(id) { (name) }
            @for (kept, version) in unsound {
                p { (site.text.t("impact.diff-unsound", &[("name", version), ("issues", &site.text.plural("impact.issues", kept.package.issues.len() as u64, &[]))])) }
            }
            @if sections.is_empty() {
                p { (site.t("impact.diff-none")) }
            } @else {
                p {
                    @for (i, section) in sections.iter().enumerate() {
                        @if i > 0 { " · " }
                        (section.title) ": " (format::number(section.rows.len() as f64, 0, site.text.lang))
                    }
                    ". "
                    a href=(site.file(&path(old))) rel="external" { (site.t("changes.file")) }
                }
                @for section in &sections { (table(site, section, &name, rows)) }
            }
        }
    }
}

fn table(site: &Site, section: &Section, since: &str, rows: usize) -> Markup {
    let left_out = section.rows.len().saturating_sub(rows) as u64;
    html! {
        h3 { (section.title) }
        div.table-scroll.catalogue tabindex="0" role="region" aria-label={ (section.title) ", " (since) } {
            table {
                thead { tr { @for head in &section.heads { th scope="col" { (head) } } } }
                tbody {
                    @for row in section.rows.iter().take(rows) {
                        tr {
                            @for (at, cell) in row.iter().enumerate() {
                                @if at == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                            }
                        }
                    }
                }
            }
        }
        @if left_out > 0 { p { (site.text.plural("changes.more", left_out, &[])) } }
    }
}
