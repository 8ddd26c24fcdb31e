//! What stands beside and over a chart: its title, what its marks mean, and what is said of a point.

use super::{Markup, Site, tone};
use crate::model::decimal::decimal;
use crate::view::spec::{ChartKind, ChartSpec, Mark, Panel, Point, SeriesSpec};
use maud::html;

/// What one of several charts shows.
pub fn title(panel: &Panel) -> Markup {
    html! { @if let Some(title) = &panel.title { p.panel-title { (title) } } }
}

/// The meaning of colours and marks, where they are not named beside the lines.
pub fn legend(chart: &ChartSpec) -> Markup {
    let is_bar = matches!(chart.kind, ChartKind::Rows | ChartKind::Flow);
    let is_dot = matches!(chart.kind, ChartKind::Dots | ChartKind::Lines);
    html! {
        ul.legend {
            @for s in chart.series.iter().filter(|s| in_legend(chart.kind, s)) {
                li { span.swatch data-mark=(mark(s.mark)) data-tone=(tone(s.tone)) data-dot[is_dot && !s.line] {} (s.name) }
            }
            @for (key, words) in &chart.key {
                li { span.swatch data-mark=(mark(*key)) data-bar[is_bar] data-dot[is_dot] {} (words) }
            }
        }
    }
}

pub(super) fn in_legend(kind: ChartKind, series: &SeriesSpec) -> bool {
    match kind {
        ChartKind::Columns => true,
        ChartKind::Lines => series.mark != Mark::Solid || !series.line,
        ChartKind::Dots => series.end_label,
        ChartKind::Rows | ChartKind::Flow => false,
    }
}

/// Lines that no legend names, where no choice of places beside them does (on a slide, without JavaScript): those named at their ends
/// only where there is no room for that.
pub fn lines(chart: &ChartSpec) -> Markup {
    let named = |name: &str| chart.series.iter().any(|s| in_legend(chart.kind, s) && s.name == name);
    let is_line = |s: &&SeriesSpec| chart.kind == ChartKind::Lines && !in_legend(chart.kind, s) && !named(&s.name);
    html! {
        ul.legend.line-names {
            @for s in chart.series.iter().filter(is_line) {
                li data-at-end[s.end_label] { span.swatch data-mark=(mark(s.mark)) data-tone=(tone(s.tone)) {} (s.name) }
            }
        }
    }
}

/// What the colours of dots mean, where the choice that says it beside them is not there (on a slide).
pub fn dots(chart: &ChartSpec) -> Markup {
    let is_dot = |s: &&SeriesSpec| chart.kind == ChartKind::Dots && !in_legend(chart.kind, s);
    html! {
        ul.legend {
            @for s in chart.series.iter().filter(is_dot) { li { span.swatch data-mark=(mark(s.mark)) data-tone=(tone(s.tone)) data-dot {} (s.name) } }
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
