//! The part of a package that is loaded: the catalogue and the tables that a view asked for.

use super::agreement::Agreement;
use super::catalog::Catalog;
use super::observations::{Observations, Row};
use super::words::{CounterpartType, Form, Topic};
use std::sync::Arc;

/// Names one published fact, wherever it is shown; opens its birth certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fact {
    Observation {
        topic: Topic,
        row: u32,
    },
    /// Position in the agreements table.
    Agreement(u32),
    /// How many records of a signature fall on a year (`None`: undated) and a kind of partner.
    AgreementCount {
        year: Option<i16>,
        counterpart_type: CounterpartType,
        form: Form,
    },
}

/// Immutable; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    pub catalog: Arc<Catalog>,
    /// Each loaded topic once.
    pub observations: Vec<(Topic, Arc<Observations>)>,
    pub agreements: Option<Arc<Vec<Agreement>>>,
}

impl Dataset {
    /// Rows of a series, if its topic is loaded.
    pub fn rows(&self, series: super::catalog::SeriesIx) -> impl Iterator<Item = (Topic, Row<'_>)> {
        let topic = self.catalog.series.get(series).map(|s| s.topic);
        topic
            .and_then(|topic| Some((topic, self.table(topic)?)))
            .into_iter()
            .flat_map(move |(topic, table)| table.of_series(series).map(move |row| (topic, row)))
    }

    fn table(&self, topic: Topic) -> Option<&Observations> {
        self.observations.iter().find(|(loaded, _)| *loaded == topic).map(|(_, table)| &**table)
    }

    pub fn row(&self, topic: Topic, row: u32) -> Option<Row<'_>> {
        self.table(topic)?.row(row)
    }

    pub fn agreements(&self) -> &[Agreement] {
        self.agreements.as_deref().map_or(&[], Vec::as_slice)
    }
}
