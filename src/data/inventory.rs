//! What a table or a series holds, for the catalogue on `/data`: how many rows, the period that they cover, when the newest of
//! them was published, and under which terms. Only host tools ask. Does not judge rows and makes no promise about new ones.

use super::package::Package;
use super::record::{Checked, Record};
use crate::model::catalog::{SeriesIx, Source, SourceIx};
use crate::model::date::{Date, PartialDate, Period};
use crate::model::words::Licence;

/// Fields that say what time a row is about.
const COVERED: [&str; 7] = ["period_start", "period_end", "signed_on", "starts_on", "ends_on", "told_on", "as_of"];

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Holding {
    pub rows: usize,
    /// From the first day that a row speaks of to the last.
    pub period: Period,
    /// The newest publication, of those whose date is known.
    pub newest: Option<PartialDate>,
    /// In the order of the vocabulary; empty for our own tables.
    pub licences: Vec<Licence>,
}

impl Holding {
    fn cover(&mut self, first: Option<Date>, last: Option<Date>) {
        let Period { start, end, .. } = &mut self.period;
        for day in [first, last].into_iter().flatten() {
            *start = Some(start.map_or(day, |known| known.min(day)));
            *end = Some(end.map_or(day, |known| known.max(day)));
        }
    }

    fn publish(&mut self, on: Option<PartialDate>) {
        self.newest = self.newest.max(on);
    }

    fn allow(&mut self, licence: Option<Licence>) {
        self.licences.extend(licence.filter(|licence| !self.licences.contains(licence)));
        self.licences.sort();
    }
}

/// All sound rows of a resource.
pub fn of_resource(package: &Package, name: &str) -> Holding {
    let mut holding = Holding::default();
    for record in package.tables.get(name).into_iter().flat_map(Checked::records) {
        add(package, record, &mut holding);
    }
    holding
}

fn add(package: &Package, record: Record, holding: &mut Holding) {
    let catalog = &package.dataset.catalog;
    let sources = || record.text("source").into_iter().chain(record.list("more_sources")).filter_map(|id| catalog.sources.by_key(id));
    holding.rows += 1;
    for date in COVERED.iter().filter_map(|field| record.partial_date(field)) {
        holding.cover(Some(date.first_day()), Some(date.last_day()));
    }
    holding.publish(published(record.partial_date("vintage").or(record.partial_date("published_on")), sources()));
    if let Some(own) = record.text("licence") {
        holding.allow(Licence::parse(own));
    } else if let (Some(series), true) = (record.text("series").and_then(|id| catalog.series.by_key(id)), record.text("source").is_some()) {
        holding.allow(Some(series.licence));
    } else {
        sources().for_each(|source| holding.allow(Some(source.licence)));
    }
}

/// A row's own date of publication, or the newest of its documents'.
fn published<'a>(own: Option<PartialDate>, sources: impl Iterator<Item = &'a Source>) -> Option<PartialDate> {
    own.or_else(|| sources.filter_map(|source| source.published_on).max())
}

/// All rows of a series, current or not.
pub fn of_series(package: &Package, ix: SeriesIx) -> Holding {
    let catalog = &package.dataset.catalog;
    let mut holding = Holding::default();
    for (_, row) in package.dataset.rows(ix) {
        let sources = std::iter::once(row.source()).chain(row.more_sources().iter().copied());
        holding.rows += 1;
        holding.cover(row.period().start, row.period().end);
        holding.publish(published(row.vintage(), sources.filter_map(|ix: SourceIx| catalog.sources.get(ix))));
    }
    holding.allow(catalog.series.get(ix).map(|series| series.licence));
    holding
}
