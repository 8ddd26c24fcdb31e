//! Signed papers between IOM and its partners.

use super::catalog::{PlaceIx, SectorIx, SourceIx};
use super::date::PartialDate;
use super::lang::Bilingual;
use super::words::{AgreementStatus, Confidence, CounterpartType, DatePrecision, Form, Instrument, Pillar};

/// One signed paper, one statement about several, or an announcement (see [`Form`]).
#[derive(Clone, Debug)]
pub struct Agreement {
    pub id: String,
    pub counterpart: Bilingual,
    pub counterpart_type: CounterpartType,
    pub place: Option<PlaceIx>,
    pub city: Option<Bilingual>,
    pub instrument: Instrument,
    pub form: Form,
    /// How many papers the source says; `None` when it does not.
    pub papers: Option<u32>,
    pub signed_on: Option<PartialDate>,
    pub date_precision: DatePrecision,
    pub date_basis: Option<Bilingual>,
    pub signatories: Option<Bilingual>,
    pub topics: Vec<SectorIx>,
    /// Why the diaspora is concerned, where the source says so.
    pub diaspora: Option<Bilingual>,
    pub pillar: Option<Pillar>,
    pub says: Bilingual,
    pub silent: Option<Bilingual>,
    pub followed: Option<Bilingual>,
    pub status: AgreementStatus,
    pub confidence: Confidence,
    pub source: SourceIx,
    pub more_sources: Vec<SourceIx>,
}

impl Agreement {
    /// Announcements are partnerships made public without a signed paper: never counted as signed.
    pub fn is_signed(&self) -> bool {
        self.form != Form::Announcement
    }
}
