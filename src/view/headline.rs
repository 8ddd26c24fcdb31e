//! The headline figures of the overview: number, wording, one line of meaning, one line of source.

use super::parts::{citation, sources_of};
use crate::model::catalog::Headline;
use crate::model::dataset::{Dataset, Fact};
use crate::model::observations::{Cell, Row};
use crate::model::words::{HeadlineKind, Qualifier, Topic};
use crate::text::{Text, format};

#[derive(Clone, Debug, PartialEq)]
pub struct HeadlineSpec {
    pub id: String,
    /// With wording and unit, for reading: `over USD 15.7 billion`.
    pub value: String,
    pub number: f64,
    pub qualifier: Option<Qualifier>,
    pub meaning: String,
    /// Another publisher's figure for the same thing.
    pub rival: Option<String>,
    pub caution: Option<String>,
    pub source: String,
    /// Opens the certificate; a count of agreements has none of its own.
    pub fact: Option<Fact>,
    pub view: Option<String>,
}

/// The resources that a headline cannot do without.
pub fn needs(dataset: &Dataset, headline: &Headline) -> Vec<&'static str> {
    match headline.kind {
        HeadlineKind::Agreements => vec!["sources", "places", "sectors", "agreements"],
        HeadlineKind::Observation => {
            let topic = |series| dataset.catalog.series.get(series).and_then(|s| crate::data::package::observations_resource(s.topic));
            let mut names = vec!["sources", "places", "units", "series"];
            names.extend([headline.series, headline.rival_series].into_iter().flatten().filter_map(topic));
            names.dedup(); // both may lie in one file
            names
        }
    }
}

/// `None` when the figure that it names is not in the package.
pub fn headline(dataset: &Dataset, headline: &Headline, text: Text) -> Option<HeadlineSpec> {
    let lang = text.lang;
    let both = |part: &Option<crate::model::lang::Bilingual>| part.as_ref().map(|p| p.get(lang).to_owned());
    let mut spec = HeadlineSpec {
        id: headline.id.clone(),
        value: String::new(),
        number: 0.0,
        qualifier: None,
        meaning: headline.meaning.get(lang).to_owned(),
        rival: None,
        caution: both(&headline.caution),
        source: String::new(),
        fact: None,
        view: headline.view.clone(),
    };
    match headline.kind {
        HeadlineKind::Agreements => {
            let (count, _) = super::agreements::signed_records(dataset.agreements());
            spec.number = count as f64;
            spec.value = format::number(count as f64, 0, lang);
            spec.source = text.t("headline.counted", &[]);
        }
        HeadlineKind::Observation => {
            let place = headline.place?;
            let day = headline.period_end?;
            // The whole: one corridor or one kind of help is not what the card says.
            let is_meant = |row: &Row| {
                row.is_current()
                    && row.place() == place
                    && row.period().end == Some(day)
                    && row.counterpart().is_none()
                    && row.sector().is_none()
            };
            let (topic, row) = dataset.rows(headline.series?).find(|(_, row)| is_meant(row))?;
            let Cell::Value { value, qualifier } = row.cell() else { return None };
            let fact = Fact::Observation { topic, row: row.row };
            spec.number = value;
            spec.qualifier = Some(qualifier);
            spec.value = short(dataset, row, text);
            spec.source = source_line(dataset, fact, text);
            spec.fact = Some(fact);
            spec.rival = headline.rival_series.and_then(|series| {
                let (topic, row): (Topic, Row) = dataset.rows(series).find(|(_, row)| is_meant(row))?;
                let source = source_line(dataset, Fact::Observation { topic, row: row.row }, text);
                Some(text.t("headline.rival", &[("value", &short(dataset, row, text)), ("source", &source)]))
            });
        }
    }
    Some(spec)
}

fn short(dataset: &Dataset, row: Row, text: Text) -> String {
    match (row.cell(), dataset.catalog.unit_of(row.series())) {
        (Cell::Value { value, qualifier }, Some(unit)) => text.short(value, row.value_max(), unit, qualifier),
        _ => String::new(),
    }
}

fn source_line(dataset: &Dataset, fact: Fact, text: Text) -> String {
    let Some(source) = sources_of(dataset, fact).first().and_then(|&ix| citation(dataset, ix, text)) else { return String::new() };
    match source.published {
        Some(published) => format!("{}, {published}", source.publisher),
        None => source.publisher,
    }
}
