//! What a package says a view shows at first. Written in the address's grammar, so it is judged by the address's parser.
//! Does not know which choices a view makes of it.

use super::url;
use super::view_state::ViewState;
use crate::data::issue::{Code, Issue};
use crate::data::package::Package;
use crate::model::catalog::Catalog;

/// Every part of every view's defaults that would be ignored.
pub fn check(package: &Package) -> Vec<Issue> {
    let file = package.descriptor.entries.get("views").map_or("views.json", |entry| entry.path.as_str());
    let issues = package.view_defaults.iter().flat_map(|(row, defaults)| {
        unknown(defaults, &package.dataset.catalog)
            .into_iter()
            .map(|found| Issue::new(file, Code::ViewBadDefaults).row(*row).field("defaults").found(found))
    });
    issues.collect()
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
