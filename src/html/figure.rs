//! One view as readers meet it, in parts: what stands above its chart, the chart's own words, table, sources, what stands below.

use super::{Markup, Site, branches, controls, cost, problems, sources, table, tiles};
use crate::model::catalog::ViewDef;
use crate::state::route::Page;
use crate::state::view_state::Tab;
use crate::view::spec::{Citation, Figure};
use maud::html;

/// What is shown, as a file: rows, then pictures (`ui::actions`).
const FORMATS: [(&str, &str); 4] = [("csv", "CSV"), ("json", "JSON"), ("png", "PNG"), ("svg", "SVG")];

/// Id of a part of a figure.
pub fn id(view: &str, part: &str) -> String {
    format!("{view}-{part}")
}

/// Title, lead and notices. `alone`: the title is the page's heading.
pub fn head(site: &Site, def: &ViewDef, alone: bool, notices: &[String]) -> Markup {
    let title = def.title.get(site.text.lang);
    html! {
        @if alone {
            h1.figure-title id=(id(&def.id, "title")) tabindex="-1" { (title) }
        } @else {
            h2.figure-title id=(id(&def.id, "title")) { a href=(site.href(&Page::View(def.id.clone()))) { (title) } }
        }
        p.lead { (def.lead.get(site.text.lang)) }
        (problems::notices(site, notices))
    }
}

/// Summary and controls.
pub fn above(site: &Site, spec: &Figure) -> Markup {
    html! {
        p.summary id=(id(&spec.view, "summary")) aria-live="polite" { (spec.summary) }
        (controls::controls(site, &spec.view, &spec.controls))
        @if let Some(cost) = &spec.cost { (cost::calculator(site, &spec.view, cost)) }
    }
}

/// Chart, table or sources: apart from the controls, which a change of it leaves as they are.
pub fn tabs(site: &Site, spec: &Figure, open: Tab) -> Markup {
    html! {
        div.tabs role="tablist" aria-label=(site.t("tab.list")) {
            @for tab in Tab::ALL {
                button type="button" role="tab" id=(tab_id(spec, tab)) data-tab=(tab.id()) aria-selected=(tab == open)
                    aria-controls=(id(&spec.view, tab.id())) tabindex=(if tab == open { "0" } else { "-1" }) data-set={ "tab=" (tab.id()) }
                { (site.t(&format!("tab.{}", tab.id()))) }
            }
        }
    }
}

fn tab_id(spec: &Figure, tab: Tab) -> String {
    id(&spec.view, &format!("tab-{}", tab.id()))
}

/// What a chart panel holds beside a chart, or instead of one.
pub fn instead_of_chart(site: &Site, spec: &Figure, failed: bool) -> Markup {
    html! {
        @if let Some(sentence) = &spec.empty { p.empty { (sentence) } }
        (branches::branches(site, &spec.key, &spec.branches))
        @if failed { p.failure role="alert" { (site.t("failure.chart")) " " button.button type="button" data-reload { (site.t("action.retry")) } } }
        @if let Some(spec) = &spec.tiles { (tiles::tiles(site, spec)) }
    }
}

/// The panels of table and sources.
pub fn tables(site: &Site, spec: &Figure) -> Markup {
    let panel = |tab: Tab, content: Markup| {
        html! {
            div.tab-panel role="tabpanel" id=(id(&spec.view, tab.id())) data-panel=(tab.id()) aria-labelledby=(tab_id(spec, tab)) { (content) }
        }
    };
    html! {
        (panel(Tab::Table, html! {
            (table::table(site, &spec.table, &id(&spec.view, "summary")))
            @if let Some(others) = &spec.others {
                p.others-lead { (site.t("table.others-lead")) }
                (table::table(site, others, &id(&spec.view, "summary")))
            }
        }))
        (panel(Tab::Sources, sources::tab(site, &spec.definitions, &spec.sources)))
    }
}

/// What is not shown and why, publishers, download and link. Rows that failed checks are counted, never silently dropped.
pub fn below(site: &Site, spec: &Figure, bad_rows: usize) -> Markup {
    html! {
        @if bad_rows > 0 {
            p.failure role="status" {
                (site.text.plural("issues.in-figure", bad_rows as u64, &[]))
                " "
                a href={ (site.href(&Page::Data)) "#issues" } { (site.t("issues.list")) }
            }
        }
        @if !spec.replaced.is_empty() {
            ul.replaced aria-label=(site.t("replaced.label")) {
                @for one in &spec.replaced {
                    li { button.cell type="button" data-fact=(one.fact.token()) { s { (one.value) } } " " (one.sentence) }
                }
            }
        }
        ul.limits aria-label=(site.t("limits.label")) {
            @for limit in &spec.limits {
                li data-refusal=[limit.refusal.map(|r| r.id())] { (limit.sentence) }
            }
        }
        figcaption.source-line { (source_line(site, &spec.sources)) }
        div.actions {
            span aria-hidden="true" { (site.t("action.take")) }
            // A figure without a chart has no picture.
            @for (format, name) in FORMATS.into_iter().take(if spec.panels.is_empty() { 2 } else { 4 }) {
                a.button href="#" download={ (spec.view) "." (format) } data-format=(format)
                    aria-label=(site.text.t("action.take-as", &[("format", name)]))
                { (name) }
            }
            button.button type="button" data-action="copy-link" { (site.t("action.copy-link")) }
            span.action-status role="status" {}
        }
    }
}

/// Publishers of sources, each once; three are named.
pub(super) fn source_line(site: &Site, sources: &[Citation]) -> String {
    const NAMED: usize = 3;
    let mut publishers: Vec<&str> = Vec::new();
    for citation in sources {
        if !publishers.contains(&citation.publisher.as_str()) {
            publishers.push(&citation.publisher);
        }
    }
    if publishers.is_empty() {
        return String::new();
    }
    let more = publishers.len().saturating_sub(NAMED);
    publishers.truncate(NAMED);
    let names = publishers.join("; ");
    if more == 0 {
        site.text.plural("source.line", publishers.len() as u64, &[("names", &names)])
    } else {
        site.text.plural("source.line-more", more as u64, &[("names", &names)])
    }
}
