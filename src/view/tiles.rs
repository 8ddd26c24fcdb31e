//! Regions of Ukraine as tiles where they lie, Crimea and Sevastopol as such: no map, hence no borders to draw. Nothing is added up.

use super::bars::{choose_period, largest_first};
use super::guard;
use super::parts::{Context, fact};
use super::spec::*;
use crate::model::catalog::Series;
use crate::model::observations::{Cell, Row};
use crate::model::order::{sort_by, sort_by_key};
use crate::model::words::{Dimension, PlaceKind, Qualifier, Topic};
use crate::state::view_state::Sort;
use crate::text::format;

/// From north to south and west to east, without `UA-`; `--` is no region.
pub const LAYOUT: [&str; 6] = [
    "07 56 18 30 74 59 --",
    "46 61 68 32 71 53 63",
    "21 26 77 05 35 12 09",
    "-- -- 51 48 65 23 14",
    "-- -- -- -- 43 -- --",
    "-- -- -- -- 40 -- --",
];

/// Shades of one hue; the value stands in the tile.
const SHADES: f64 = 5.0;

pub(super) fn figure(c: &Context) -> Figure {
    let mut figure = c.blank_figure();
    let Some((&series, unit)) = c.def.series.first().and_then(|series| Some((series, c.unit(*series)?))) else {
        figure.empty = Some(c.t("empty.no-data"));
        return figure;
    };
    let all: Vec<(Topic, Row)> = c.dataset.rows(series).filter(|(_, row)| row.is_current()).collect();
    let is_region = |row: &Row| c.dataset.catalog.places.get(row.place()).is_some_and(|place| place.kind == PlaceKind::Oblast);
    let regional: Vec<(Topic, Row)> = all.iter().copied().filter(|(_, row)| is_region(row)).collect();
    let Some(period) = choose_period(c, &regional, &mut figure) else {
        figure.empty = Some(c.t("empty.no-data"));
        return figure;
    };
    let mut rows: Vec<(Topic, Row)> = all.into_iter().filter(|(_, row)| row.period() == period).collect();
    sort_by(&mut rows, |(_, a), (_, b)| largest_first(*a, *b));
    let regions: Vec<(Topic, Row)> = rows.iter().copied().filter(|(_, row)| is_region(row)).collect();
    if c.state.sort == Sort::Name {
        sort_by_key(&mut rows, |(_, row)| super::parts::collation_key(c.place(row.place()), c.text.lang));
    }
    figure.facts = rows.iter().map(|&(topic, row)| fact(topic, row)).collect();

    let largest = regions.iter().filter_map(|(_, row)| row.cell().value()).fold(0.0, f64::max);
    let Axis::Number { title: counted, divisor, .. } = c.value_axis(unit, largest, None, false) else { return figure };
    let tile = |code: &str| {
        if code == "--" {
            return None;
        }
        let code = format!("UA-{code}");
        let found = regions.iter().copied().find(|(_, row)| c.place_code(row.place()) == code);
        let place = c.dataset.catalog.places.by_key(&code).map_or(code.as_str(), |place| place.name.get(c.text.lang));
        let value = found.map_or_else(|| c.t("tile.none"), |(_, row)| c.full(row));
        let mut tile = Tile {
            name: c.t(&format!("tile.{code}")),
            label: format!("{place}: {value}"),
            text: value,
            number: None,
            qualifier: None,
            shade: None,
            fact: found.map(|(topic, row)| fact(topic, row)),
            code,
        };
        if let Some(Cell::Value { value, qualifier }) = found.map(|(_, row)| row.cell()) {
            let scaled = value / divisor;
            let decimals = if scaled < 10.0 { 1 } else { 0 };
            tile.text = c.text.qualified(&format::number(scaled, decimals, c.text.lang), qualifier);
            (tile.number, tile.qualifier) = (Some(value), Some(qualifier));
            tile.shade = Some((value / largest.max(1.0) * SHADES).ceil().clamp(1.0, SHADES) as u8);
        }
        Some(tile)
    };
    let tiles: Vec<Vec<Option<Tile>>> = LAYOUT.iter().map(|row| row.split(' ').map(tile).collect()).collect();
    let mut reasons: Vec<String> = Vec::new();
    for tile in tiles.iter().flatten().flatten().filter(|tile| tile.shade.is_none()) {
        if !reasons.contains(&tile.text) {
            reasons.push(tile.text.clone());
        }
    }
    let when = c.period(period);
    figure.tiles = Some(TilesSpec {
        title: when.clone(),
        unit: counted,
        rows: tiles,
        shades: c.text.t("tiles.shades", &[("max", &c.text.short(largest, None, unit, Qualifier::Exact))]),
        reasons,
    });
    let cells = rows.iter().map(|&(topic, row)| {
        let kind = c.t(if is_region(&row) { "place-kind.oblast" } else { "place-kind.country" });
        vec![
            TableCell::text(c.place(row.place())),
            c.table_cell(topic, row),
            TableCell::text(kind),
            TableCell::text(c.period(row.period())),
        ]
    });
    let columns = ["column.place", "column.value", "column.kind", "column.period"];
    figure.table = TableSpec {
        caption: c.def.title.get(c.text.lang).to_owned(),
        columns: columns.iter().map(|key| Column { title: c.t(key), numeric: *key == "column.value" }).collect(),
        rows: cells.collect(),
    };
    let listed: Vec<String> = regions.iter().take(3).map(|(_, row)| format!("{} — {}", c.place(row.place()), c.short(*row))).collect();
    let mut sentences = vec![c.text.t("summary.ranking-places", &[("period", &when), ("list", &listed.join("; "))])];
    for (_, row) in rows.iter().filter(|(_, row)| !is_region(row)) {
        let args = [("name", c.place(row.place())), ("value", &c.short(*row)), ("period", &when)];
        sentences.push(c.text.t("summary.quote", &args));
    }
    figure.summary = sentences.join(" ");
    let series_def: Vec<&Series> = c.dataset.catalog.series.get(series).into_iter().collect();
    if let Err(refusal) = guard::may_add(&series_def, Dimension::Place) {
        figure.limits.insert(0, c.refuse(refusal));
    }
    c.document(&mut figure, &c.def.series);
    figure
}
