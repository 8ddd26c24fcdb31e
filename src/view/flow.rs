//! A rank of senders as bands into one receiver. The small senders are put together, where the guard lets them be added up, and that
//! sum is marked as ours. Does not choose what is shown.

use super::bars::{Bar, largest_first};
use super::guard;
use super::parts::Context;
use super::spec::*;
use crate::model::catalog::{Series, Unit};
use crate::model::dataset::{Dataset, Fact};
use crate::model::observations::{Cell, Row};
use crate::model::order::sort_by;
use crate::model::words::{Dimension, PlaceKind, Qualifier, Topic};
use crate::text::format;

/// Senders that a flow names; the others are put together.
const NAMED_SENDERS: usize = 10;

/// A row and all smaller ones beside it: of its series, place, sector and period.
pub(super) fn rest(dataset: &Dataset, topic: Topic, first: u32) -> Vec<Row<'_>> {
    let Some(first) = dataset.row(topic, first) else { return Vec::new() };
    let is_beside = |row: &Row| {
        let has_kind = |kind: PlaceKind| row.counterpart().and_then(|ix| dataset.catalog.places.get(ix)).is_some_and(|p| p.kind == kind);
        row.is_current()
            && row.place() == first.place()
            && row.sector() == first.sector()
            && row.period() == first.period()
            && !has_kind(PlaceKind::Group)
    };
    let mut rows: Vec<Row> = dataset.rows(first.series()).map(|(_, row)| row).filter(is_beside).collect();
    sort_by(&mut rows, |a, b| largest_first(*a, *b));
    rows.into_iter().skip_while(|row| row.row != first.row).collect()
}

/// Our sum of a row and of all smaller ones beside it, and how many they are; none where the guard refuses.
pub(super) fn sum_of_rest(dataset: &Dataset, topic: Topic, first: u32) -> Option<(f64, Qualifier, usize)> {
    let rows = rest(dataset, topic, first);
    let series: Vec<&Series> = dataset.catalog.series.get(rows.first()?.series()).into_iter().collect();
    guard::may_add(&series, Dimension::Counterpart).ok()?;
    let mut total = 0.0;
    let mut wording = None;
    for row in &rows {
        // A sender without a number would be a hole in the sum.
        let Cell::Value { value, qualifier } = row.cell() else { return None };
        total += value;
        wording = Some(if wording.is_none_or(|w| w == qualifier) { qualifier } else { Qualifier::About });
    }
    Some((total, wording?, rows.len()))
}

/// Puts the small senders of a rank into one bar, which says that it is our sum and of how many.
pub(super) fn put_together(c: &Context, chart: &mut ChartSpec, bars: &[Bar], unit: &Unit) {
    let Some(first) = bars.get(NAMED_SENDERS).filter(|_| bars.len() > NAMED_SENDERS + 1) else { return };
    let (Some((total, qualifier, count)), Some(series)) = (sum_of_rest(c.dataset, first.topic, first.row.row), chart.series.first_mut())
    else {
        return;
    };
    let label = c.text.plural("flow.rest", count as u64, &[]);
    series.points.truncate(NAMED_SENDERS);
    series.points.push(Point {
        at: Some((total, NAMED_SENDERS as f64)),
        mark: Mark::Hatched,
        value: c.text.full(total, None, unit, qualifier),
        label: c.text.qualified(&format::compact(total, c.text.lang), qualifier),
        place_time: label.clone(),
        number: Some(total),
        qualifier: Some(qualifier),
        fact: Some(Fact::Rest { topic: first.topic, row: first.row.row }),
    });
    chart.key.push((Mark::Hatched, c.t("key.sum")));
    if let Axis::Labels(labels) = &mut chart.y {
        labels.truncate(NAMED_SENDERS);
        labels.push(label);
    }
}

/// The same points as bands into one receiver.
pub(super) fn flow(c: &Context, rank: &ChartSpec, bars: &[Bar]) -> ChartSpec {
    let receiver = bars.first().map_or("", |bar| c.place(bar.row.place()));
    ChartSpec { kind: ChartKind::Flow, x: Axis::Labels(vec![receiver.to_owned()]), ..rank.clone() }
}
