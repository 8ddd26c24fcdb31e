//! Bands from senders to one receiver. The layout is fixed here, in ECharts' own measures, so that pointer and keys know where
//! each band lies: ECharts tells nobody.

use super::option::{ChartOption, FONT, FONT_SIZE, Look};
use super::palette::Palette;
use crate::view::spec::{Axis, ChartSpec, Mark};
use serde_json::{Value, json};

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
    let (Axis::Labels(senders), Axis::Labels(receivers)) = (&spec.y, &spec.x) else {
        return ChartOption { json: json!({"series": []}), ticks: Vec::new() };
    };
    let Some(series) = spec.series.first() else { return ChartOption { json: json!({"series": []}), ticks: Vec::new() } };
    let colour = palette.tone(series.tone);
    let receiver = receivers.first().map_or("", String::as_str);
    let height = f64::from(super::option::height(spec, look.narrow));
    let (_, offset) = scale(spec, height);
    let label = |position: &str, text: String| json!({"show": true, "position": position, "formatter": text, "color": palette.ink, "fontSize": FONT_SIZE});
    let mut nodes = Vec::new();
    let mut links = Vec::new();
    for (i, value) in values(spec) {
        let (Some(point), Some(name)) = (series.points.get(i), senders.get(i)) else { continue };
        let id = i.to_string();
        let style = match point.mark {
            Mark::Solid => json!({"color": colour}),
            Mark::Hatched => json!({"color": palette.muted, "borderColor": palette.muted}),
            _ => json!({"color": palette.paper, "borderColor": colour, "borderWidth": 1.5, "borderType": [4, 3]}),
        };
        let band = if point.mark == Mark::Hatched { palette.muted } else { colour };
        nodes.push(json!({"name": id, "itemStyle": style, "label": label("right", format!("{name}  {}", point.label))}));
        links.push(json!({"source": id, "target": receiver, "value": value, "lineStyle": {"color": band}}));
    }
    nodes.push(json!({
        "name": receiver, "localY": offset / (height - 2.0 * TOP), "itemStyle": {"color": colour}, "label": label("left", receiver.to_owned()),
    }));
    let json: Value = json!({
        "animation": !look.still,
        "animationDuration": 250,
        "animationDurationUpdate": 250,
        "textStyle": {"fontFamily": FONT, "fontSize": FONT_SIZE, "color": palette.ink},
        "series": [{
            "type": "sankey", "id": series.id, "name": series.name,
            "left": SIDE, "right": SIDE, "top": TOP, "bottom": TOP,
            "nodeWidth": NODE_WIDTH, "nodeGap": GAP, "layoutIterations": 0, "draggable": false, "silent": true,
            "lineStyle": {"opacity": 0.28, "curveness": 0.5},
            "emphasis": {"disabled": true},
            "data": nodes, "links": links,
        }],
    });
    ChartOption { json, ticks: Vec::new() }
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
