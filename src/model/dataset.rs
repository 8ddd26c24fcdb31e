//! The part of a package that is loaded: the catalogue and the tables that a view asked for.

use super::agreement::Agreement;
use super::catalog::{Catalog, PlaceIx};
use super::community::Community;
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
    /// Our sum of a row and of all smaller ones beside it: `view::flow::rest` lists them.
    Rest {
        topic: Topic,
        row: u32,
    },
    /// Position in the agreements table.
    Agreement(u32),
    /// Positions in the tables of the community.
    Organisation(u32),
    OrganisationFigure(u32),
    Event(u32),
    /// How many records of a signature fall on a year (`None`: undated) and a kind of partner.
    AgreementCount {
        year: Option<i16>,
        counterpart_type: CounterpartType,
        form: Form,
    },
}

impl Fact {
    /// As markup names it: `remittances.12`, `rest.remittances.12`, `agreement.3`, `count.2019.government.memorandum`.
    pub fn token(self) -> String {
        match self {
            Fact::Observation { topic, row } => format!("{}.{row}", topic.id()),
            Fact::Rest { topic, row } => format!("rest.{}.{row}", topic.id()),
            Fact::Agreement(row) => format!("agreement.{row}"),
            Fact::Organisation(row) => format!("organisation.{row}"),
            Fact::OrganisationFigure(row) => format!("figure.{row}"),
            Fact::Event(row) => format!("event.{row}"),
            Fact::AgreementCount { year, counterpart_type, form } => {
                let year = year.map(|year| year.to_string()).unwrap_or_default();
                ["count", &year, counterpart_type.id(), form.id()].join(".")
            }
        }
    }

    /// `None` if nothing is named so.
    pub fn parse(token: &str) -> Option<Fact> {
        let mut parts = token.split('.');
        let kind = parts.next()?;
        let second = parts.next()?;
        let fact = match kind {
            "rest" => Fact::Rest { topic: Topic::parse(second)?, row: parts.next()?.parse().ok()? },
            "agreement" => Fact::Agreement(second.parse().ok()?),
            "organisation" => Fact::Organisation(second.parse().ok()?),
            "figure" => Fact::OrganisationFigure(second.parse().ok()?),
            "event" => Fact::Event(second.parse().ok()?),
            "count" => Fact::AgreementCount {
                year: if second.is_empty() { None } else { Some(second.parse().ok()?) },
                counterpart_type: CounterpartType::parse(parts.next()?)?,
                form: Form::parse(parts.next()?)?,
            },
            topic => Fact::Observation { topic: Topic::parse(topic)?, row: second.parse().ok()? },
        };
        parts.next().is_none().then_some(fact)
    }
}

/// Immutable; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    pub catalog: Arc<Catalog>,
    /// Each loaded topic once.
    pub observations: Vec<(Topic, Arc<Observations>)>,
    pub agreements: Option<Arc<Vec<Agreement>>>,
    pub community: Arc<Community>,
}

impl Dataset {
    /// Rows of a series, if its topic is loaded. A list and no chain of adapters, which every reader would compile anew.
    pub fn rows(&self, series: super::catalog::SeriesIx) -> std::vec::IntoIter<(Topic, Row<'_>)> {
        let mut rows = Vec::new();
        if let Some(topic) = self.catalog.series.get(series).map(|s| s.topic)
            && let Some(table) = self.table(topic)
        {
            rows.extend(table.of_series(series).map(|row| (topic, row)));
        }
        rows.into_iter()
    }

    /// Places of a series' rows, receiving and sending, each once.
    pub fn places_of(&self, series: super::catalog::SeriesIx) -> Vec<PlaceIx> {
        let topic = self.catalog.series.get(series).map(|s| s.topic);
        topic.and_then(|topic| self.table(topic)).map(|table| table.places_of(series)).unwrap_or_default()
    }

    /// Whether the rows of a series are about more than one sector, or about one and about all.
    pub fn has_sectors(&self, series: super::catalog::SeriesIx) -> bool {
        let topic = self.catalog.series.get(series).map(|s| s.topic);
        topic.and_then(|topic| self.table(topic)).is_some_and(|table| table.has_sectors(series))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_found_by_its_token() {
        let check = |token: &str, expected: Option<Fact>| {
            assert_eq!(Fact::parse(token), expected, "{token}");
            if let Some(fact) = expected {
                assert_eq!(fact.token(), token);
            }
        };
        check("remittances.12", Some(Fact::Observation { topic: Topic::Remittances, row: 12 }));
        check("agreement.3", Some(Fact::Agreement(3)));
        check("rest.remittances.12", Some(Fact::Rest { topic: Topic::Remittances, row: 12 }));
        check("organisation.4", Some(Fact::Organisation(4)));
        check("figure.5", Some(Fact::OrganisationFigure(5)));
        check("event.6", Some(Fact::Event(6)));
        for (year, name) in [(Some(2019), "2019"), (None, "")] {
            let fact = Fact::AgreementCount { year, counterpart_type: CounterpartType::Government, form: Form::Paper };
            check(&format!("count.{name}.government.{}", Form::Paper.id()), Some(fact));
        }
        for bad in [
            "",
            "agreement",
            "agreement.x",
            "agreement.1.2",
            "moon.1",
            "count.2019.martians.paper",
            "remittances.-1",
            "rest.remittances",
            "rest.moon.1",
        ] {
            check(bad, None);
        }
    }
}
