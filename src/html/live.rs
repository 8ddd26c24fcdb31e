//! One view with its controls without the app: for talks in one file, which have no site to load it from. The browser keeps the query
//! (`web/live.js`) and asks for this anew with each choice. Not in the app.

use super::{Markup, Site, figure, present};
use crate::data::package::Package;
use crate::state::url;
use crate::view;
use crate::view::spec::{Figure, TableSpec};
use maud::html;
use serde_json::Value;

/// A view after a choice.
#[derive(Debug)]
pub struct Live {
    /// Its state, in the address's grammar.
    pub query: String,
    pub markup: Markup,
    /// What `web/slides.js` draws.
    pub charts: Value,
}

/// `choice` is what a control says in `data-set`; nothing at first. `None` if there is no such view.
pub fn live(site: &Site, package: &Package, view: &str, query: &str, choice: &str) -> Option<Live> {
    let def = package.dataset.catalog.view(view)?;
    let (state, bad) = view::state_from(def, &url::query_pairs(query));
    let (state, worse) = url::parse(&url::query_pairs(choice), &state);
    let spec = without_buttons(view::figure(&package.dataset, def, &state, site.text));
    let notices: Vec<String> =
        bad.iter().chain(&worse).map(|bad| view::ignored_sentence(bad, site.text)).chain(spec.ignored.clone()).collect();
    let markup = html! {
        figure.figure data-view=(spec.view) data-kind=(def.kind.id()) data-state="ready" data-open=(state.tab.id()) aria-labelledby=(figure::id(view, "title")) {
            (figure::head(site, def, true, &notices))
            (figure::above(site, &spec))
            (figure::tabs(site, &spec, state.tab))
            div.tab-panel.chart-panel role="tabpanel" id=(figure::id(view, "chart")) aria-labelledby=(figure::id(view, "tab-chart")) {
                (present::picture(site, &spec))
            }
            (figure::tables(site, &spec))
            ul.limits { @for limit in &spec.limits { li { (limit.sentence) } } }
            figcaption.source-line { (figure::source_line(site, &spec.sources)) }
        }
    };
    let charts = spec.panels.iter().map(|panel| present::chart(view, panel, Vec::new())).collect();
    Some(Live { query: url::query_string(&url::print(&state, &view::default_state(def))), markup, charts: Value::Array(charts) })
}

/// What opens a certificate in the app is text here.
fn without_buttons(spec: Figure) -> Figure {
    let plain = |mut table: TableSpec| {
        table.rows.iter_mut().flatten().for_each(|cell| cell.fact = None);
        table
    };
    let cost = spec.cost.map(|mut cost| {
        cost.share.fact = None;
        cost
    });
    Figure { table: plain(spec.table), others: spec.others.map(plain), replaced: Vec::new(), cost, ..spec }
}
