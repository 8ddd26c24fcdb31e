//! Bands from senders to one receiver. The layout is fixed here, in ECharts' own measures, so that pointer and keys know where
//! each band lies: ECharts tells nobody.

use super::json::{json, words};
use super::option::{ChartOption, FONT_SIZE, Look, base, height, mark_style};
use super::palette::Palette;
use crate::model::decimal::decimal;
use crate::view::spec::{Axis, ChartSpec, Mark, Point};

const TOP: f64 = 8.0;
const SIDE: f64 = 4.0;
const NODE_WIDTH: f64 = 14.0;
/// Room for a label between bands that are thinner than their text.
const GAP: f64 = 16.0;

/// One band in pixels of the chart's box: its middle at the sender and at the receiver, and half its width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    pub from: (f64, f64),
    pub to: (f64, f64),
    pub half: f64,
}

impl Band {
    /// How far a place is above or below the band; within it, zero.
    pub fn distance(&self, x: f64, y: f64) -> f64 {
        let along = ((x - self.from.0) / (self.to.0 - self.from.0).max(1.0)).clamp(0.0, 1.0);
        let middle = self.from.1 + bend(along) * (self.to.1 - self.from.1);
        ((y - middle).abs() - self.half).max(0.0)
    }
}

/// Height of ECharts' curve (a cubic with both handles half way) at a share of its length.
fn bend(along: f64) -> f64 {
    let mut t = along;
    for _ in 0..4 {
        t -= (t * (1.5 - t * (1.5 - t)) - along) / (1.5 - t * (3.0 - 3.0 * t));
    }
    t * t * (3.0 - 2.0 * t)
}

fn values(spec: &ChartSpec) -> impl Iterator<Item = (usize, f64)> + '_ {
    let points = spec.series.iter().flat_map(|series| &series.points).enumerate();
    points.filter_map(|(i, point)| Some((i, point.at?.0.max(0.0))))
}

/// Pixels for one unit of value, and how far the receiver stands below the first sender: in the middle.
fn scale(spec: &ChartSpec, height: f64) -> (f64, f64) {
    let gaps = values(spec).count().saturating_sub(1) as f64 * GAP;
    let total: f64 = values(spec).map(|(_, value)| value).sum();
    (if total > 0.0 { (height - 2.0 * TOP - gaps).max(0.0) / total } else { 0.0 }, gaps / 2.0)
}

/// Each band with the position of its point.
pub fn bands(spec: &ChartSpec, width: f64, height: f64) -> Vec<(usize, Band)> {
    let (scale, offset) = scale(spec, height);
    let (mut left, mut right) = (TOP, TOP + offset);
    let band = |(i, value): (usize, f64)| {
        let thick = value * scale;
        let band =
            Band { from: (SIDE + NODE_WIDTH, left + thick / 2.0), to: (width - SIDE - NODE_WIDTH, right + thick / 2.0), half: thick / 2.0 };
        left += thick + GAP;
        right += thick;
        (i, band)
    };
    values(spec).map(band).collect()
}

pub fn option(spec: &ChartSpec, palette: &Palette, look: Look) -> ChartOption {
    let text = |axis: &Axis, i: usize| match axis {
        Axis::Labels(labels) => labels.get(i).cloned().unwrap_or_default(),
        _ => String::new(),
    };
    let (id, colour, points) = match spec.series.first() {
        Some(series) => (series.id.as_str(), palette.tone(series.tone), series.points.as_slice()),
        None => ("", palette.accent, &[] as &[Point]),
    };
    let height = f64::from(height(spec, look.narrow)) - 2.0 * TOP;
    let node = |name: &str, mark: Mark, side: &str, said: String| {
        json!({
            "name": name,
            "itemStyle": (mark_style(spec.kind, mark, colour, palette).unwrap_or_else(|| json!({"color": colour}))),
            // A thin band would strike the words through: it begins behind them.
            "label": {
                "position": side, "formatter": (words(&said)), "color": (palette.ink), "fontSize": FONT_SIZE,
                "backgroundColor": (palette.paper), "padding": [1, 3],
            },
        })
    };
    const RECEIVER: &str = "to"; // senders are numbers
    let mut nodes = Vec::new();
    let mut links = Vec::new();
    for ((i, value), point) in values(spec).filter_map(|at| Some((at, points.get(at.0)?))) {
        let name = decimal(i as f64);
        nodes.push(node(&name, point.mark, "right", format!("{}  {}", text(&spec.y, i), point.label)));
        links.push(json!({"source": name, "target": RECEIVER, "value": value}));
    }
    let mut receiver = node(RECEIVER, Mark::Solid, "left", text(&spec.x, 0));
    receiver["localY"] = (scale(spec, height + 2.0 * TOP).1 / height).into();
    nodes.push(receiver);
    let mut series = json!({
        "type": "sankey", "id": id, "data": nodes, "links": links, "draggable": false, "silent": true,
        "lineStyle": {"color": colour, "opacity": 0.25},
    });
    let measures = [
        ("left", SIDE),
        ("right", SIDE),
        ("top", TOP),
        ("bottom", TOP),
        ("nodeWidth", NODE_WIDTH),
        ("nodeGap", GAP),
        ("layoutIterations", 0.0),
    ];
    for (name, value) in measures {
        series[name] = value.into();
    }
    ChartOption { json: base(vec![series], palette, look), ticks: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bend_is_that_of_the_curve() {
        for i in 0..=20 {
            let t = f64::from(i) / 20.0;
            let (x, y) = (t * (1.5 - t * (1.5 - t)), t * t * (3.0 - 2.0 * t));
            assert!((bend(x) - y).abs() < 1e-6, "at {t}: {} and not {y}", bend(x));
        }
    }

    #[test]
    fn a_place_belongs_to_the_band_that_it_lies_in() {
        let band = Band { from: (10.0, 50.0), to: (110.0, 150.0), half: 20.0 };
        for (x, y, distance) in
            [(10.0, 50.0, 0.0), (0.0, 69.0, 0.0), (10.0, 75.0, 5.0), (60.0, 100.0, 0.0), (110.0, 125.0, 5.0), (500.0, 150.0, 0.0)]
        {
            assert!((band.distance(x, y) - distance).abs() < 1e-6, "{x}, {y}: {}", band.distance(x, y));
        }
    }
}
