//! Checked rows of organisations, events, stories, opportunities and statements to the model. A row that refers to nothing is left
//! out; `build::check_references` names it.

use super::build::Tables;
use super::record::{Checked, Record};
use crate::model::catalog::{Catalog, PlaceIx, SourceIx};
use crate::model::community::{Community, Event, Opportunity, Organisation, OrganisationFigure, Statement, Story, Told};
use crate::model::words::*;

fn records<'t>(tables: &Tables<'t>, name: &str) -> Vec<Record<'t>> {
    tables.get(name).map(Checked::records).unwrap_or_default()
}

/// Whatever of these tables is loaded, for views. Figures need their organisations.
pub fn community(tables: &Tables, catalog: &Catalog) -> Community {
    let organisations: Vec<Organisation> = records(tables, "organisations").into_iter().filter_map(|r| organisation(r, catalog)).collect();
    let figures = records(tables, "organisation-figures").into_iter().filter_map(|r| figure(r, &organisations, catalog)).collect();
    let events = records(tables, "events").into_iter().filter_map(|r| event(r, catalog)).collect();
    Community { organisations, figures, events }
}

/// The same for pages.
pub fn told(tables: &Tables, catalog: &Catalog) -> Told {
    Told {
        stories: records(tables, "stories").into_iter().filter_map(|r| story(r, catalog)).collect(),
        opportunities: records(tables, "opportunities").into_iter().filter_map(|r| opportunity(r, catalog)).collect(),
        statements: records(tables, "facts").into_iter().filter_map(|r| statement(r, catalog)).collect(),
    }
}

/// The main source first. `None` if it is not known.
fn sources(r: Record, catalog: &Catalog) -> Option<Vec<SourceIx>> {
    let mut sources = vec![catalog.sources.find(r.text("source")?)?];
    sources.extend(r.list("more_sources").filter_map(|id| catalog.sources.find(id)));
    Some(sources)
}

fn place(r: Record, catalog: &Catalog) -> Option<PlaceIx> {
    catalog.places.find(r.text("place")?)
}

fn organisation(r: Record, catalog: &Catalog) -> Option<Organisation> {
    Some(Organisation {
        id: r.string("id"),
        name: r.bilingual("name")?,
        place: place(r, catalog),
        city: r.bilingual("city"),
        founded: r.number("founded").map(|year| year as u32),
        kind: OrganisationKind::parse(r.text("kind")?)?,
        focus: r.bilingual("focus"),
        iom_relation: r.bilingual("iom_relation"),
        note: r.bilingual("note"),
        sources: sources(r, catalog)?,
    })
}

fn figure(r: Record, organisations: &[Organisation], catalog: &Catalog) -> Option<OrganisationFigure> {
    let organisation = r.text("organisation")?;
    Some(OrganisationFigure {
        organisation: organisations.iter().position(|o| o.id == organisation)? as u32,
        name: r.bilingual("name")?,
        value: r.number("value")?,
        value_max: r.number("value_max"),
        unit: catalog.units.find(r.text("unit")?)?,
        qualifier: Qualifier::parse(r.text("qualifier")?)?,
        standing: Standing::parse(r.text("standing")?)?,
        period_start: r.partial_date("period_start"),
        as_of: r.partial_date("as_of"),
        basis: FigureBasis::parse(r.text("basis")?)?,
        note: r.bilingual("note"),
        sources: sources(r, catalog)?,
    })
}

fn event(r: Record, catalog: &Catalog) -> Option<Event> {
    Some(Event {
        id: r.string("id"),
        title: r.bilingual("title")?,
        starts_on: r.partial_date("starts_on"),
        ends_on: r.partial_date("ends_on"),
        date_precision: DatePrecision::parse(r.text("date_precision")?)?,
        date_basis: r.bilingual("date_basis"),
        place: place(r, catalog),
        city: r.bilingual("city"),
        mode: r.text("mode").and_then(EventMode::parse),
        organisers: r.bilingual("organisers"),
        purpose: r.bilingual("purpose")?,
        diaspora: DiasporaPart::parse(r.text("diaspora")?)?,
        confidence: Confidence::parse(r.text("confidence")?)?,
        sources: sources(r, catalog)?,
    })
}

fn story(r: Record, catalog: &Catalog) -> Option<Story> {
    Some(Story {
        id: r.string("id"),
        title: r.bilingual("title")?,
        first_name: r.bilingual("first_name")?,
        name_note: r.bilingual("name_note"),
        place: place(r, catalog),
        city: r.bilingual("city"),
        told_on: r.partial_date("told_on"),
        date_precision: DatePrecision::parse(r.text("date_precision")?)?,
        fact: r.bilingual("fact")?,
        programme: r.bilingual("programme"),
        sector: r.text("sector").and_then(|id| catalog.sectors.find(id)),
        view: r.text("view").map(str::to_owned),
        url: r.string("url"),
        sources: sources(r, catalog)?,
    })
}

fn opportunity(r: Record, catalog: &Catalog) -> Option<Opportunity> {
    Some(Opportunity {
        id: r.string("id"),
        title: r.bilingual("title")?,
        kind: OpportunityKind::parse(r.text("kind")?)?,
        provider: r.bilingual("provider")?,
        target: r.bilingual("target"),
        scope: r.bilingual("scope"),
        places: r.list("places").filter_map(|code| catalog.places.find(code)).collect(),
        what: r.bilingual("what")?,
        published_on: r.partial_date("published_on"),
        ends_on: r.partial_date("ends_on"),
        status: r.bilingual("status"),
        url: r.text("url").map(str::to_owned),
        iom_role: r.bilingual("iom_role"),
        sources: sources(r, catalog)?,
    })
}

fn statement(r: Record, catalog: &Catalog) -> Option<Statement> {
    Some(Statement { id: r.string("id"), text: r.bilingual("text")?, as_of: r.partial_date("as_of"), sources: sources(r, catalog)? })
}
