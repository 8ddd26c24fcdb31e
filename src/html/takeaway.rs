//! Taking a view away, made once at the build: the files behind it, how to cite it, snippets, and what catalogues read of it.
//!
//! Everything behind a view is here, drawn or not; what is shown at the moment is the app's (`ui::actions`, `web/picture.js`).
//! Nothing of this is in the app: it keeps or fetches the section that the static page has.

mod files;
mod linked;
mod section;

use super::Site;
use super::embed::Kept;
use crate::data::fragment::Raw;
use crate::data::package::Package;
use crate::model::catalog::ViewDef;
use crate::model::date::{Date, PartialDate};
use crate::state::route::Page;
use crate::text::format;
use crate::view::behind::{Behind, behind};

pub use linked::{CATALOGUE, catalogue, dataset};
pub use section::section;

/// What is served of every view, by the end of its address.
pub const FILES: [&str; 5] = ["csv", "json", "zip", "bib", "ris"];

/// The whole package in one language, and where the site will stand.
pub struct Published<'a> {
    pub site: &'a Site,
    pub package: &'a Package,
    pub raw: &'a Raw,
    /// Scheme and host without a slash at the end; empty while it is not known: then addresses begin at the root.
    pub origin: &'a str,
    /// The packages that were published, the present one last; none where nobody asks for them.
    pub kept: &'a [Kept],
}

/// One view of it.
pub struct Takeaway<'a> {
    pub all: &'a Published<'a>,
    pub def: &'a ViewDef,
    pub behind: Behind,
}

impl<'a> Published<'a> {
    pub fn view(&'a self, def: &'a ViewDef) -> Takeaway<'a> {
        Takeaway { all: self, def, behind: behind(&self.package.dataset, def, self.site.text) }
    }

    pub(super) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// When the package was made.
    fn date(&self) -> Option<PartialDate> {
        PartialDate::parse(self.raw.text("created").split('T').next().unwrap_or_default())
    }

    /// What ended before this day has ended: the package's own date, so that a build never depends on the day it is made. What has
    /// ended since is marked by the reader's browser.
    pub fn today(&self) -> Date {
        self.date().map_or(Date::MIN, PartialDate::first_day)
    }

    fn date_in_words(&self) -> String {
        self.date().map(|date| format::partial_date(date, self.site.text.lang)).unwrap_or_default()
    }

    pub(super) fn version(&self) -> &str {
        &self.package.descriptor.version
    }
}

impl Takeaway<'_> {
    fn site(&self) -> &Site {
        self.all.site
    }

    fn title(&self) -> &str {
        self.def.title.get(self.site().text.lang)
    }

    fn lead(&self) -> &str {
        self.def.lead.get(self.site().text.lang)
    }

    /// Path of the view's page.
    fn page(&self) -> String {
        self.site().href(&Page::View(self.def.id.clone()))
    }

    /// Path of one of the view's files: `/view/remittances.csv`.
    fn path(&self, end: &str) -> String {
        format!("{}.{end}", self.page())
    }

    /// Original publishers first, then what is cited, then who collected it and when; the address follows it.
    fn citation(&self) -> String {
        let args = [
            ("publishers", self.behind.named.join("; ")),
            ("title", format::within_quotes(self.title(), self.site().text.lang)),
            ("site", self.site().t("site.name")),
            ("date", self.all.date_in_words()),
            ("version", self.all.version().to_owned()),
        ];
        self.site().text.t("take.citation", &args.each_ref().map(|(name, value)| (*name, value.as_str())))
    }
}
