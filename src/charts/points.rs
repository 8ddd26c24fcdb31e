//! Where drawn points are, and which one the pointer or a key means. Pure geometry.

use super::flow::{self, Band};
use crate::view::spec::{ChartKind, ChartSpec, Point};

/// Address of a point in a spec.
pub type PointIx = (usize, usize);

/// A drawn point in pixels of the chart's box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    pub ix: PointIx,
    pub x: f64,
    pub y: f64,
    /// What belongs to the point in a flow.
    pub band: Option<Band>,
}

/// Chart coordinates of a point's middle; stacked columns stand on those before them.
pub fn middle(spec: &ChartSpec, (series, i): PointIx) -> Option<(f64, f64)> {
    let (x, y) = spec.series.get(series)?.points.get(i)?.at?;
    if spec.kind != ChartKind::Columns {
        return Some((x, y));
    }
    let below: f64 = spec.series.iter().take(series).filter_map(|s| s.points.get(i)?.at).map(|(_, y)| y).sum();
    Some((x, below + y / 2.0))
}

/// All points where they were drawn. `pixel` leads from chart coordinates in a series to the box.
pub fn placed(
    spec: &ChartSpec,
    (width, height): (f64, f64),
    mut pixel: impl FnMut(usize, (f64, f64)) -> Option<(f64, f64)>,
) -> Vec<Placed> {
    if spec.kind == ChartKind::Flow {
        let placed = |(i, band): (usize, Band)| Placed { ix: (0, i), x: band.from.0, y: band.from.1, band: Some(band) };
        return flow::bands(spec, width, height).into_iter().map(placed).collect();
    }
    let all = spec.series.iter().enumerate().flat_map(|(s, series)| (0..series.points.len()).map(move |i| (s, i)));
    all.filter_map(|ix| pixel(ix.0, middle(spec, ix)?).map(|(x, y)| Placed { ix, x, y, band: None })).collect()
}

pub fn point(spec: &ChartSpec, (series, i): PointIx) -> Option<&Point> {
    spec.series.get(series)?.points.get(i).filter(|point| point.at.is_some())
}

/// The point that the pointer means; bars are as wide as their row or column, dots and lines need the pointer near.
pub fn nearest(kind: ChartKind, placed: &[Placed], x: f64, y: f64) -> Option<PointIx> {
    let distance = |p: &Placed| match kind {
        ChartKind::Rows => (p.y - y).abs(),
        ChartKind::Columns => (p.x - x).abs() * 1000.0 + (p.y - y).abs(),
        ChartKind::Lines | ChartKind::Dots => (p.x - x).hypot(p.y - y),
        ChartKind::Flow => p.band.map_or(f64::MAX, |band| band.distance(x, y)),
    };
    let best = placed.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
    let near = match kind {
        ChartKind::Rows => (best.y - y).abs() <= 30.0,
        ChartKind::Columns => (best.x - x).abs() <= 30.0,
        ChartKind::Lines | ChartKind::Dots => distance(best) <= 48.0,
        ChartKind::Flow => distance(best) <= 10.0,
    };
    near.then_some(best.ix)
}

/// Where a key leads from a point: along the series with left and right, to another series with up and down;
/// bars have one order, whichever arrow is used.
pub fn step(kind: ChartKind, placed: &[Placed], from: Option<PointIx>, key: &str) -> Option<PointIx> {
    let Some(here) = from.and_then(|ix| placed.iter().find(|p| p.ix == ix)) else {
        return match key {
            "End" => placed.last().map(|p| p.ix),
            // Lines are most often asked about their newest value.
            _ if kind == ChartKind::Lines => placed.iter().rfind(|p| p.ix.0 == 0).map(|p| p.ix),
            _ => placed.first().map(|p| p.ix),
        };
    };
    let same = |p: &&Placed| p.ix.0 == here.ix.0;
    let single_order = matches!(kind, ChartKind::Rows | ChartKind::Flow);
    match key {
        "Home" => placed.iter().find(same).map(|p| p.ix),
        "End" => placed.iter().rfind(same).map(|p| p.ix),
        "ArrowRight" | "ArrowDown" if single_order => placed.iter().find(|p| p.ix > here.ix).map(|p| p.ix),
        "ArrowLeft" | "ArrowUp" if single_order => placed.iter().rfind(|p| p.ix < here.ix).map(|p| p.ix),
        "ArrowRight" => placed.iter().filter(same).find(|p| p.ix > here.ix).map(|p| p.ix),
        "ArrowLeft" => placed.iter().filter(same).rfind(|p| p.ix < here.ix).map(|p| p.ix),
        "ArrowUp" | "ArrowDown" => other_series(placed, here, key == "ArrowUp"),
        _ => None,
    }
}

/// The nearest point of the next series in order, by horizontal distance.
fn other_series(placed: &[Placed], here: &Placed, up: bool) -> Option<PointIx> {
    let mut series: Vec<usize> = placed.iter().map(|p| p.ix.0).collect();
    series.dedup();
    let position = series.iter().position(|&s| s == here.ix.0)?;
    let next = if up { series.get(position + 1) } else { position.checked_sub(1).and_then(|i| series.get(i)) }?;
    placed.iter().filter(|p| p.ix.0 == *next).min_by(|a, b| (a.x - here.x).abs().total_cmp(&(b.x - here.x).abs())).map(|p| p.ix)
}
