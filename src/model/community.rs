//! The community around the figures: organisations and what they publish, events, stories, opportunities, statements.

use super::catalog::{PlaceIx, SectorIx, SourceIx, UnitIx};
use super::date::PartialDate;
use super::lang::Bilingual;
use super::words::{
    Confidence, DatePrecision, DiasporaPart, EventMode, FigureBasis, OpportunityKind, OrganisationKind, Qualifier, Standing,
};

/// An organisation of the diaspora, or one that works with it.
#[derive(Clone, Debug)]
pub struct Organisation {
    pub id: String,
    pub name: Bilingual,
    pub place: Option<PlaceIx>,
    pub city: Option<Bilingual>,
    pub founded: Option<u32>,
    pub kind: OrganisationKind,
    pub focus: Option<Bilingual>,
    /// What sources say of its ties with IOM; never that it signed what no source says it signed.
    pub iom_relation: Option<Bilingual>,
    pub note: Option<Bilingual>,
    pub sources: Vec<SourceIx>,
}

/// A number that an organisation, or somebody about it, has published.
#[derive(Clone, Debug)]
pub struct OrganisationFigure {
    /// Position in the list of organisations.
    pub organisation: u32,
    pub name: Bilingual,
    pub value: f64,
    /// Upper end, where the source gives a range.
    pub value_max: Option<f64>,
    pub unit: UnitIx,
    pub qualifier: Qualifier,
    pub standing: Standing,
    pub period_start: Option<PartialDate>,
    pub as_of: Option<PartialDate>,
    pub basis: FigureBasis,
    pub note: Option<Bilingual>,
    pub sources: Vec<SourceIx>,
}

#[derive(Clone, Debug)]
pub struct Event {
    pub title: Bilingual,
    pub starts_on: Option<PartialDate>,
    pub ends_on: Option<PartialDate>,
    pub date_precision: DatePrecision,
    pub date_basis: Option<Bilingual>,
    pub id: String,
    pub place: Option<PlaceIx>,
    pub city: Option<Bilingual>,
    pub mode: Option<EventMode>,
    pub organisers: Option<Bilingual>,
    pub purpose: Bilingual,
    /// Whether the event was about a diaspora.
    pub diaspora: DiasporaPart,
    pub confidence: Confidence,
    pub sources: Vec<SourceIx>,
}

/// What happened to one person, told by a publisher. First names only.
#[derive(Clone, Debug)]
pub struct Story {
    pub id: String,
    pub title: Bilingual,
    pub first_name: Bilingual,
    pub name_note: Option<Bilingual>,
    pub place: Option<PlaceIx>,
    pub city: Option<Bilingual>,
    pub told_on: Option<PartialDate>,
    pub date_precision: DatePrecision,
    pub fact: Bilingual,
    pub programme: Option<Bilingual>,
    pub sector: Option<SectorIx>,
    /// The view whose figures it illustrates.
    pub view: Option<String>,
    pub url: String,
    pub sources: Vec<SourceIx>,
}

#[derive(Clone, Debug)]
pub struct Opportunity {
    pub id: String,
    pub title: Bilingual,
    pub kind: OpportunityKind,
    pub provider: Bilingual,
    pub target: Option<Bilingual>,
    pub scope: Option<Bilingual>,
    /// Where it can be used, as far as places are named.
    pub places: Vec<PlaceIx>,
    pub what: Bilingual,
    pub published_on: Option<PartialDate>,
    pub ends_on: Option<PartialDate>,
    pub status: Option<Bilingual>,
    pub url: Option<String>,
    pub iom_role: Option<Bilingual>,
    pub sources: Vec<SourceIx>,
}

/// One sentence that a source supports and no figure holds.
#[derive(Clone, Debug)]
pub struct Statement {
    pub id: String,
    pub text: Bilingual,
    pub as_of: Option<PartialDate>,
    pub sources: Vec<SourceIx>,
}

/// What views draw of it.
#[derive(Clone, Debug, Default)]
pub struct Community {
    pub organisations: Vec<Organisation>,
    pub figures: Vec<OrganisationFigure>,
    pub events: Vec<Event>,
}

/// What pages tell of it.
#[derive(Clone, Debug, Default)]
pub struct Told {
    pub stories: Vec<Story>,
    pub opportunities: Vec<Opportunity>,
    pub statements: Vec<Statement>,
}
