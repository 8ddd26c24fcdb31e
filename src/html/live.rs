//! One view with its controls without the app: for talks in one file, which have no site to load it from. The browser keeps the query
//! (`web/live.js`) and asks for this anew with each choice. Not in the app.

use super::{Markup, Site, figure, plot, present};
use crate::charts::points::{self, Placed, PointIx};
use crate::data::package::Package;
use crate::state::url;
use crate::view;
use crate::view::spec::{Figure, Panel};
use maud::html;
use serde_json::{Value, json};

/// A view after a choice.
#[derive(Debug)]
pub struct Live {
    /// Its state, in the address's grammar.
    pub query: String,
    pub markup: Markup,
    /// What `web/slides.js` draws.
    pub charts: Value,
    pub plots: Vec<Plot>,
}

/// `choice` is what a control says in `data-set`; nothing at first. `None` if there is no such view.
pub fn live(site: &Site, package: &Package, view: &str, query: &str, choice: &str) -> Option<Live> {
    let def = package.dataset.catalog.view(view)?;
    let (state, bad) = view::state_from(def, &url::query_pairs(query));
    let (state, worse) = url::parse(&url::query_pairs(choice), &state);
    let spec = view::figure(&package.dataset, def, &state, site.text);
    let notices: Vec<String> =
        bad.iter().chain(&worse).map(|bad| view::ignored_sentence(bad, site.text)).chain(spec.ignored.clone()).collect();
    let markup = html! {
        figure.figure data-view=(spec.view) data-kind=(def.kind.id()) data-state="ready" data-open=(state.tab.id()) aria-labelledby=(figure::id(view, "title")) {
            (figure::head(site, def, true, &notices))
            (figure::above(site, &spec))
            (figure::tabs(site, &spec, state.tab))
            div.tab-panel.chart-panel role="tabpanel" id=(figure::id(view, "chart")) aria-labelledby=(figure::id(view, "tab-chart")) {
                (charts(site, &spec))
            }
            (figure::tables(site, &spec))
            @if !spec.replaced.is_empty() {
                ul.replaced aria-label=(site.t("replaced.label")) {
                    @for one in &spec.replaced { li { button.cell type="button" data-fact=(one.fact.token()) { s { (one.value) } } " " (one.sentence) } }
                }
            }
            ul.limits aria-label=(site.t("limits.label")) { @for limit in &spec.limits { li { (limit.sentence) } } }
            figcaption.source-line { (figure::source_line(site, &spec.sources)) }
        }
    };
    let charts = spec.panels.iter().map(|panel| present::chart(view, panel, Vec::new())).collect();
    let plots = spec.panels.into_iter().map(Plot::new).collect();
    Some(Live { query: url::query_string(&url::print(&state, &view::default_state(def))), markup, charts: Value::Array(charts), plots })
}

/// Charts to be drawn, each under the layer that hears pointer and keys (`ui::plot` in the app); or what stands for a chart.
fn charts(site: &Site, spec: &Figure) -> Markup {
    let label = format!("{}. {} {}", spec.title, spec.summary, site.t("plot.keys"));
    html! {
        (figure::instead_of_chart(site, spec, false))
        @if !spec.panels.is_empty() {
            div.slide-charts {
                @for panel in &spec.panels {
                    div.slide-chart {
                        (plot::title(panel))
                        div.plot {
                            div.slide-plot aria-hidden="true" {}
                            div.plot-hit tabindex="0" role="application" aria-roledescription=(site.t("plot.role")) aria-label=(label) {}
                            div.plot-spot {}
                            div.plot-said { (plot::spoken(None)) }
                        }
                        (plot::legend(&panel.chart))
                    }
                }
            }
        }
    }
}

/// One drawn chart, and the point of it that is meant.
#[derive(Debug)]
pub struct Plot {
    panel: Panel,
    width: f64,
    placed: Vec<Placed>,
    active: Option<PointIx>,
}

impl Plot {
    fn new(panel: Panel) -> Plot {
        Plot { panel, width: 0.0, placed: Vec::new(), active: None }
    }

    /// Where its points stand in the chart's own coordinates: `[series, x, y]` each.
    pub fn middles(&self) -> Value {
        let mut middles = Vec::new();
        points::placed(&self.panel.chart, (0.0, 0.0), |series, (x, y)| {
            middles.push(json!([series, x, y]));
            None
        });
        middles.into()
    }

    /// Takes the pixels of the `middles`, two numbers each, in their order; no number where one is not drawn.
    pub fn place(&mut self, size: (f64, f64), pixels: &[f64]) {
        let mut pixels = pixels.chunks_exact(2);
        let next = |_, _| pixels.next().and_then(|at| Some((*at.first()?, *at.get(1)?))).filter(|(x, y)| x.is_finite() && y.is_finite());
        self.placed = points::placed(&self.panel.chart, size, next);
        self.width = size.0;
        self.active = None;
    }

    /// What is said of the point that a pointer means; nothing where it means none.
    pub fn nearest(&mut self, site: &Site, x: f64, y: f64) -> Value {
        self.active = points::nearest(self.panel.chart.kind, &self.placed, x, y);
        self.say(site)
    }

    /// The same of the point that a key leads to. A key that leads nowhere changes nothing.
    pub fn step(&mut self, site: &Site, key: &str) -> Value {
        self.active = points::step(self.panel.chart.kind, &self.placed, self.active, key).or(self.active);
        self.say(site)
    }

    fn say(&self, site: &Site) -> Value {
        let shown = self.active.and_then(|ix| {
            let at = self.placed.iter().find(|placed| placed.ix == ix)?;
            Some((at, points::point(&self.panel.chart, ix)?))
        });
        let Some((at, point)) = shown else { return Value::Null };
        json!({
            "x": at.x,
            "y": at.y,
            "tip": plot::tip(site, Some((point, at.x > self.width / 2.0))).into_string(),
            "said": format!("{}: {}", point.place_time, point.value),
            "fact": point.fact.map(|fact| fact.token()),
        })
    }
}
