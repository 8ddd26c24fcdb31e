//! Talks: slides that refer to views, figures and stories of the package.

use super::lang::{Bilingual, Lang};
use super::words::SlideKind;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deck {
    /// The file's name, and the talk's in addresses.
    pub id: String,
    /// Path in the package: its issues name it.
    pub file: String,
    pub title: Bilingual,
    pub lead: Bilingual,
    /// How long the talk is planned to last.
    pub minutes: u32,
    pub slides: Vec<Slide>,
}

impl Deck {
    /// Its title, or its name where a broken file has none.
    pub fn title(&self, lang: Lang) -> &str {
        Some(self.title.get(lang)).filter(|title| !title.is_empty()).unwrap_or(&self.id)
    }
}

/// One slide, with whatever of it could be read: a talk runs on, and the slide says what is missing.
#[derive(Clone, Debug, PartialEq)]
pub struct Slide {
    pub kind: SlideKind,
    pub headline: Bilingual,
    pub text: Option<Bilingual>,
    pub notes: Bilingual,
    /// Views with their states as queries: one, or two to compare.
    pub views: Vec<(String, String)>,
    /// The one huge number.
    pub figure: Option<FigureRef>,
    pub callouts: Vec<Callout>,
    pub story: Option<String>,
    /// A page of ours without leading slash, or a web address.
    pub link: Option<String>,
}

/// Words at one point of a slide's chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Callout {
    /// Its place in the file's list: one that could not be read is not here.
    pub number: u32,
    pub figure: FigureRef,
    pub text: Bilingual,
}

/// Names one current observation by ids; day as `YYYY-MM-DD`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FigureRef {
    pub series: String,
    pub place: String,
    pub counterpart: Option<String>,
    pub period_end: String,
}
