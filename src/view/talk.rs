//! What the slides of a talk show, derived as on any page, and what is wrong with them. For `html::present`, `validate` and the editor; not in the app.

use super::spec::{Axis, ChartKind, ChartSpec, Figure, Panel};
use crate::data::deck;
use crate::data::issue::{Code, Issue};
use crate::data::package::Package;
use crate::model::catalog::ViewDef;
use crate::model::dataset::{Dataset, Fact};
use crate::model::date::Date;
use crate::model::deck::{Deck, FigureRef, Slide};
use crate::model::lang::Lang;
use crate::model::observations::{Cell, Row};
use crate::model::words::Topic;
use crate::state::url;
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet};

/// One view of a slide as it is derived.
pub struct Shown<'a> {
    pub def: &'a ViewDef,
    /// Its state, as the deck writes it.
    pub query: &'a str,
    /// The deck's field that holds the state.
    pub field: &'static str,
    pub spec: Figure,
}

/// The views that a slide shows, those that are in the package.
pub fn shown<'a>(text: Text, package: &'a Package, slide: &'a Slide) -> Vec<Shown<'a>> {
    let views = slide.views.iter().zip(["state", "with_state"]);
    let shown = views.filter_map(|((id, query), field)| {
        let def = package.dataset.catalog.view(id)?;
        let (state, _) = super::state_from(def, &url::query_pairs(query));
        Some(Shown { def, query, field, spec: super::figure(&package.dataset, def, &state, text) })
    });
    let mut shown: Vec<Shown> = shown.collect();
    if shown.len() > 1 {
        even(shown.iter_mut().flat_map(|one| &mut one.spec.panels).map(|panel| &mut panel.chart).collect());
    }
    shown
}

/// What all slides show. States of one view in a row keep one scale: what moves is the number, not the axis.
pub fn shown_in_order<'a>(text: Text, package: &'a Package, slides: &'a [Slide]) -> Vec<Vec<Shown<'a>>> {
    let mut all: Vec<Vec<Shown>> = slides.iter().map(|slide| shown(text, package, slide)).collect();
    for run in all.chunk_by_mut(|one, next| matches!((&one[..], &next[..]), ([one], [next]) if one.def.id == next.def.id)) {
        let ids: BTreeSet<String> = panels(run).map(|panel| panel.id.clone()).collect();
        for id in ids {
            even(panels(run).filter(|panel| panel.id == id).map(|panel| &mut panel.chart).collect());
        }
    }
    all
}

fn panels<'r>(run: &'r mut [Vec<Shown<'_>>]) -> impl Iterator<Item = &'r mut Panel> {
    run.iter_mut().flatten().flat_map(|one| &mut one.spec.panels)
}

/// Charts to compare have one scale where they have one unit: the longer bar is the larger number, whichever chart it is in.
fn even(mut charts: Vec<&mut ChartSpec>) {
    let mut ends: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for chart in charts.iter().filter(|chart| matches!(chart.kind, ChartKind::Rows | ChartKind::Lines)) {
        let is_rows = chart.kind == ChartKind::Rows;
        let points = chart.series.iter().flat_map(|series| &series.points).filter_map(|point| point.at);
        let largest = points.map(|(x, y)| if is_rows { x } else { y }).fold(0.0, f64::max);
        if let Axis::Number { title, max, .. } = if is_rows { &chart.x } else { &chart.y } {
            ends.entry(title.clone()).or_default().push(max.unwrap_or(largest).max(largest));
        }
    }
    for chart in &mut charts {
        let axis = match chart.kind {
            ChartKind::Rows => &mut chart.x,
            ChartKind::Lines => &mut chart.y,
            _ => continue,
        };
        let Axis::Number { title, max, log: false, .. } = axis else { continue };
        let Some(ends) = ends.get(title) else { continue };
        let largest = ends.iter().copied().fold(0.0, f64::max);
        // Alike by themselves: they stay as on any page.
        if ends.iter().any(|end| *end < largest) {
            *max = Some(largest);
        }
    }
}

/// The current row that a slide names.
pub fn row<'a>(dataset: &'a Dataset, named: &FigureRef) -> Option<(Topic, Row<'a>)> {
    let catalog = &dataset.catalog;
    let (series, place) = (catalog.series.find(&named.series)?, catalog.places.find(&named.place)?);
    let counterpart = match &named.counterpart {
        Some(code) => Some(catalog.places.find(code)?),
        None => None,
    };
    let day = Date::parse(&named.period_end)?;
    dataset.rows(series).find(|(_, row)| {
        row.is_current()
            && row.place() == place
            && row.counterpart() == counterpart
            && row.sector().is_none()
            && row.period().end == Some(day)
    })
}

/// What is wrong with talks beyond the form of their files: figures that are not there, states that a view does not know.
pub fn judge(package: &Package) -> Vec<Issue> {
    package.decks.iter().flat_map(|deck| judge_deck(package, deck)).collect()
}

/// The same of one talk, which need not be the package's.
pub fn judge_deck(package: &Package, deck: &Deck) -> Vec<Issue> {
    let dataset = &package.dataset;
    let mut issues = Vec::new();
    for (number, slide) in (1u32..).zip(&deck.slides) {
        let issue = |code, field: &str, found: &str| Issue::new(&deck.file, code).row(number).field(field).found(found);
        let all = shown(Text::new(Lang::En), package, slide);
        // What a view shows at first is judged with the view.
        for one in all.iter().filter(|one| !one.query.is_empty()) {
            let (_, bad) = super::state_from(one.def, &url::query_pairs(one.query));
            if !bad.is_empty() || !one.spec.ignored.is_empty() || one.spec.empty.is_some() {
                issues.push(issue(Code::SlideBadState, one.field, one.query).expected(one.def.id.as_str()));
            }
        }
        if let Some(named) = &slide.figure
            && !matches!(row(dataset, named).map(|(_, row)| row.cell()), Some(Cell::Value { .. }))
        {
            issues.push(issue(Code::SlideWithoutFigure, "series", &named.series));
        }
        for callout in &slide.callouts {
            let panels = all.iter().flat_map(|one| &one.spec.panels);
            if !panels.into_iter().any(|panel| point(dataset, panel, &callout.figure).is_some()) {
                let field = deck::of_callout(callout.number, "series");
                issues.push(issue(Code::SlideWithoutFigure, &field, &callout.figure.series));
            }
        }
    }
    issues
}

/// Series and coordinates of a figure in a chart.
pub fn point(dataset: &Dataset, panel: &Panel, named: &FigureRef) -> Option<(usize, (f64, f64))> {
    let (topic, row) = row(dataset, named)?;
    let fact = Fact::Observation { topic, row: row.row };
    let mut series = panel.chart.series.iter().enumerate();
    series.find_map(|(i, series)| series.points.iter().find(|point| point.fact == Some(fact)).and_then(|point| Some((i, point.at?))))
}
