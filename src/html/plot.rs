//! What stands beside and over a chart: its title, what its marks mean, and what is said of a point.

use super::{Markup, Site, tone};
use crate::model::decimal::decimal;
use crate::view::spec::{ChartKind, ChartSpec, Mark, Panel, Point};
use maud::html;

/// What one of several charts shows.
pub fn title(panel: &Panel) -> Markup {
    html! { @if let Some(title) = &panel.title { p.panel-title { (title) } } }
}

/// The meaning of colours and marks, where they are not named beside the lines.
pub fn legend(chart: &ChartSpec) -> Markup {
    let named = chart.kind == ChartKind::Columns;
    let beside = chart.kind == ChartKind::Lines;
    let is_bar = matches!(chart.kind, ChartKind::Rows | ChartKind::Flow);
    html! {
        ul.legend {
            @for s in chart.series.iter().filter(|s| named || (beside && (s.mark != Mark::Solid || !s.line)) || (chart.kind == ChartKind::Dots && s.end_label)) {
                li { span.swatch data-mark=(mark(s.mark)) data-tone=(tone(s.tone)) {} (s.name) }
            }
            @for (key, words) in &chart.key {
                li { span.swatch data-mark=(mark(*key)) data-bar[is_bar] {} (words) }
            }
        }
    }
}

/// The mark at a point and what is said there; the flag tells that the words stand to its left.
pub fn tip(site: &Site, shown: Option<(&Point, bool)>) -> Markup {
    html! {
        @if let Some((point, to_left)) = shown {
            div.marker {}
            div.tip.to-left[to_left] data-value=[point.number.map(decimal)] data-qualifier=[point.qualifier.map(|q| q.id())] {
                strong { (point.value) }
                span { (point.place_time) }
                span.tip-hint { (site.t("plot.tip-hint")) }
            }
        }
    }
}

/// What is read aloud of the point that the keyboard stands on.
pub fn spoken(point: Option<&Point>) -> Markup {
    html! {
        p.visually-hidden aria-live="polite" {
            @if let Some(point) = point { (point.place_time) ": " (point.value) }
        }
    }
}

/// Name of a mark in `src/shell/style.css`.
pub fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Solid => "solid",
        Mark::Hatched => "hatched",
        Mark::Hollow => "hollow",
        Mark::Quote => "quote",
    }
}
