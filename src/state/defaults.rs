//! What a package says a view shows at first. Written in the address's grammar, so it is judged by the address's parser.
//! Does not know which choices a view makes of it.

use super::url;
use super::view_state::ViewState;
use crate::data::issue::{Code, Issue};
use crate::data::package::{Package, observations_resource};
use crate::model::catalog::{Catalog, SeriesIx, ViewDef};
use crate::model::words::ViewKind;

/// Every part of every view's defaults that would be ignored, and every trend that they leave empty.
pub fn check(package: &Package) -> Vec<Issue> {
    let catalog = &package.dataset.catalog;
    let file = package.descriptor.entry("views").map_or("views.json", |entry| entry.path.as_str());
    let mut issues = Vec::new();
    for (row, def) in package.view_rows.iter().filter_map(|(row, id)| Some((*row, catalog.view(id)?))) {
        let issue = |code: Code| Issue::new(file, code).row(row).field("defaults");
        issues.extend(unknown(&def.defaults, catalog).into_iter().map(|found| issue(Code::ViewBadDefaults).found(found)));
        if def.kind == ViewKind::Trend && !def.series.is_empty() && is_judged(package, def) && !draws(package, def) {
            issues.push(issue(Code::ViewEmptyAtFirst));
        }
    }
    issues
}

/// Whether all tables are there of which a trend is made. One that is broken as a whole is an issue of its own.
fn is_judged(package: &Package, def: &ViewDef) -> bool {
    let whole = |name: &str| {
        let entry = package.descriptor.entry(name);
        entry.is_some_and(|entry| !package.issues.iter().any(|issue| issue.row.is_none() && issue.file == entry.path))
    };
    let topics = def.series.iter().filter_map(|&series| package.dataset.catalog.series.get(series)).map(|series| series.topic);
    ["sources", "places", "units", "series"].into_iter().chain(topics.filter_map(observations_resource)).all(whole)
}

/// Whether a trend's defaults leave at least one figure: of its unit, at a place that they name, within their time.
fn draws(package: &Package, def: &ViewDef) -> bool {
    let catalog = &package.dataset.catalog;
    let (state, _) = url::parse(&url::query_pairs(&def.defaults), &ViewState::default());
    let unit = |series: &SeriesIx| catalog.unit_of(*series).map(|unit| unit.id.as_str());
    let is_asked_for = |series: &&SeriesIx| unit(series) == Some(state.unit.as_str());
    let shown = def.series.iter().find(is_asked_for).or(def.series.first()).and_then(unit);
    let places: Vec<_> = state.place.iter().filter_map(|code| catalog.places.find(code)).collect();
    let mut rows = def.series.iter().filter(|series| unit(series) == shown).flat_map(|&series| package.dataset.rows(series));
    rows.any(|(_, row)| {
        row.is_current() && places.contains(&row.place()) && row.period().as_of().is_some_and(|day| state.time.contains(day))
    })
}

/// `name=value` of each part that nothing understands.
fn unknown(defaults: &str, catalog: &Catalog) -> Vec<String> {
    let pairs = url::query_pairs(defaults);
    let mut found: Vec<String> =
        pairs.iter().filter(|(name, _)| !url::is_param(name)).map(|(name, value)| format!("{name}={value}")).collect();
    let (state, bad) = url::parse(&pairs, &ViewState::default());
    found.extend(bad.into_iter().map(|param| format!("{}={}", param.name, param.raw)));
    // An empty table is one that is not loaded.
    let strangers = |known: bool, name: &str, ids: &[String], is_known: &dyn Fn(&str) -> bool| -> Vec<String> {
        ids.iter().filter(|id| known && !id.is_empty() && !is_known(id)).map(|id| format!("{name}={id}")).collect()
    };
    found.extend(strangers(!catalog.places.is_empty(), "place", &state.place, &|code| catalog.places.find(code).is_some()));
    found.extend(strangers(!catalog.sectors.is_empty(), "sector", &state.sector, &|id| catalog.sectors.find(id).is_some()));
    found.extend(strangers(!catalog.series.is_empty(), "series", &state.series, &|id| catalog.series.find(id).is_some()));
    found.extend(strangers(!catalog.units.is_empty(), "unit", &[state.unit], &|id| catalog.units.find(id).is_some()));
    found
}
