//! Markup of all that is read or pressed, as text: one pure function for each part, the same on the host and in the browser.
//!
//! Every text is escaped by maud. What a control does stands in its attributes, and `ui::actions` carries it out:
//! `data-set="name=value"` (a choice of the figure around it), `data-fact` (opens a certificate), `data-retry` (names of files),
//! `data-action`. Does not know signals, the DOM or ECharts.

pub mod branches;
pub mod card;
pub mod catalogue;
pub mod certificate;
pub mod controls;
pub mod cost;
pub mod editor;
pub mod embed;
pub mod figure;
pub mod headlines;
pub mod layout;
pub mod live;
pub mod pages;
pub mod passive;
pub mod picture;
pub mod plot;
pub mod present;
pub mod problems;
pub mod sources;
pub mod table;
pub mod takeaway;
pub mod tiles;
pub mod twin;

pub use maud::Markup;

use crate::state::route::Page;
use crate::text::Text;
use crate::view::spec::Tone;
use std::sync::Arc;

/// Language and place of the site that markup is made for.
#[derive(Clone, Debug)]
pub struct Site {
    pub text: Text,
    /// Path of the site's root; starts and ends with `/`.
    pub base: Arc<str>,
}

impl Site {
    /// One message.
    pub fn t(&self, key: &str) -> String {
        self.text.t(key, &[])
    }

    /// Address of a page in the language.
    pub fn href(&self, page: &Page) -> String {
        page.href(&self.base, self.text.lang)
    }

    /// Address of a file below the root.
    pub fn file(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}

/// Name of a tone in `src/shell/style.css`.
fn tone(tone: Tone) -> String {
    match tone {
        Tone::Accent => "accent".to_owned(),
        Tone::Category(i) => format!("{}", i % crate::charts::palette::CATEGORIES),
    }
}
