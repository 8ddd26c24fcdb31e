//! What stands below a view's figure: its files, how to cite it, and code that reads it.
//!
//! Addresses begin at the root while the site's own is not known: `data-path` marks them, and `web/written.js` puts the origin
//! of the page before them.

use super::{FILES, Takeaway};
use crate::html::Markup;
use crate::state::route::Page;
use maud::html;

/// Code that reads the rows, by the key of its name; `{address}` stands for the CSV.
const SNIPPETS: [(&str, &str); 5] = [
    ("pandas", include_str!("pandas.py")),
    ("python", include_str!("plain.py")),
    ("r", include_str!("rows.R")),
    ("sheets", include_str!("sheets.txt")),
    ("excel", include_str!("excel.pq")),
];

pub fn section(view: &Takeaway) -> Markup {
    let site = view.site();
    let rows = view.behind.facts.len() as u64;
    html! {
        section.takeaway aria-labelledby="takeaway" {
            h2 id="takeaway" { (site.t("take.title")) }
            p { (site.text.plural("take.rows", rows, &[])) }
            ul.takeaway-files {
                @for end in FILES.iter().take(3) {
                    li {
                        a.button href=(view.path(end)) download data-format=(end) { (end.to_uppercase()) }
                        span { (site.t(&format!("take.file-{end}"))) }
                    }
                }
            }
            p.takeaway-references {
                a href={ (site.href(&Page::Builder)) "?view=" (view.def.id) } rel="external" { (site.t("take.embed")) }
            }
            h3 { (site.t("take.cite")) }
            p { (site.t("take.cite-first")) }
            (copyable(view, html! { p.citation data-copied { (view.citation()) " " (address(view, &view.page())) } }))
            p.takeaway-references {
                @for (end, name) in [("bib", "take.bibtex"), ("ris", "take.ris")] {
                    a href=(view.path(end)) download data-format=(end) { (site.t(name)) }
                }
            }
            h3 { (site.t("take.code")) }
            p { (site.t("take.code-lead")) }
            @for (name, code) in SNIPPETS {
                details {
                    summary { (site.t(&format!("take.code-{name}"))) }
                    (copyable(view, html! { pre data-copied data-snippet=(name) { code { (completed(view, code.trim_end())) } } }))
                }
            }
        }
    }
}

/// A text with a button that copies it, and room to say so.
fn copyable(view: &Takeaway, text: Markup) -> Markup {
    html! {
        div.copyable {
            (text)
            button.button type="button" data-action="copy" { (view.site().t("take.copy")) }
            span.action-status role="status" {}
        }
    }
}

fn address(view: &Takeaway, path: &str) -> Markup {
    html! { span data-path[view.all.origin.is_empty()] { (view.all.address(path)) } }
}

fn completed(view: &Takeaway, code: &str) -> Markup {
    let path = view.path("csv");
    html! {
        @for (i, part) in code.split("{address}").enumerate() {
            @if i > 0 { (address(view, &path)) }
            (part)
        }
    }
}
