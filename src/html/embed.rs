//! One chart for other people's pages, as the build writes it: the bare figure, what stands below it, oEmbed. The app draws the
//! figure anew (`pages::view`); all else is static, and `web/frame.js` keeps it true. Nothing of this is in the app.

use super::takeaway::Published;
use super::{Markup, twin};
use crate::data::fragment::Raw;
use crate::data::package::Package;
use crate::model::catalog::ViewDef;
use crate::model::date::PartialDate;
use crate::model::lang::Lang;
use crate::state::route::Page;
use crate::text::format;
use crate::view;
use crate::view::changes::{changed, changed_records};
use maud::html;
use serde_json::{Map, Value, json};

/// What oEmbed asks for in pixels: a column of text, and the greatest height that WordPress gives.
const SIZE: (u32, u32) = (640, 1000);

/// A package as it was published once, or is now.
pub struct Kept {
    pub package: Package,
    pub raw: Raw,
}

impl Kept {
    pub fn version(&self) -> &str {
        &self.package.descriptor.version
    }

    /// When it was published, as its descriptor says.
    pub fn created(&self) -> &str {
        self.raw.text("created")
    }

    /// The rows of one view as one file, in one language; `None` if the package had no such view.
    pub fn bundle(&self, view: &str, lang: Lang) -> Option<Result<Map<String, Value>, String>> {
        let catalog = &self.package.dataset.catalog;
        let def = catalog.view(view)?;
        Some(self.raw.bundle(view, &view::needs(catalog, def), lang))
    }
}

/// Path of that file below the site's root.
pub fn bundle_path(version: &str, view: &str, lang: Lang) -> String {
    format!("data/v/{version}/embed/{}/{view}.json", lang.tag())
}

/// The figure, and nothing around it.
pub fn figure(all: &Published, def: &ViewDef) -> Markup {
    html! { main id="main" tabindex="-1" { (twin::one(all.site, all.package, def, twin::Shape::Alone)) } }
}

/// What the frame must tell, in words for `web/frame.js`, and the way to the full view. It stands beside the app.
pub fn foot(all: &Published, def: &ViewDef, kept: &[Kept]) -> Markup {
    let site = all.site;
    // What is to be said of each: nothing of the present one.
    let told = |old: &Kept| {
        let own = old.package.dataset.catalog.view(&def.id)?;
        let is_present = old.version() == all.version();
        Some((old.version().to_owned(), if is_present { String::new() } else { frozen(all, old, own) }.into()))
    };
    let versions: Map<String, Value> = kept.iter().filter_map(told).collect();
    html! {
        footer.embed-foot data-view=(def.id) data-version=(all.version()) data-versions=(Value::from(versions)) {
            p.embed-note role="status" hidden data-missing=(site.t("embed.missing"))
                data-ignored=(site.t("embed.ignored")) {}
            p.embed-link { a href=(site.href(&Page::View(def.id.clone()))) target="_blank" rel="external" { (site.t("embed.full-view")) } }
        }
    }
}

/// What a reader of an earlier version must know: when it was published, and how many of its numbers or records are others now.
fn frozen(all: &Published, old: &Kept, def: &ViewDef) -> String {
    let text = all.site.text;
    let date = PartialDate::parse(old.created().split('T').next().unwrap_or_default());
    let date = date.map(|date| format::partial_date(date, text.lang)).unwrap_or_default();
    let frozen = text.t("embed.frozen", &[("date", &date)]);
    let (what, (changed, all)) = if def.kind.draws_records() {
        ("-records", changed_records(&old.package, def, all.package))
    } else {
        ("", changed(&old.package.dataset, def, &all.package.dataset))
    };
    let told = match (changed, all) {
        (_, 0) => return frozen,
        (0, _) => text.plural(&format!("embed.unchanged{what}"), all, &[]),
        _ => text.plural(&format!("embed.changed{what}"), all, &[("changed", &format::number(changed as f64, 0, text.lang))]),
    };
    format!("{frozen} {told}")
}

/// The code that looks right without any script.
pub fn code(all: &Published, def: &ViewDef) -> String {
    let frame = html! {
        iframe src=(address(all, &route(def))) title=(def.title.get(all.site.text.lang)) width="100%" height=(SIZE.1) frameborder="0" {}
    };
    frame.into_string()
}

/// <https://oembed.com>, section 2.3.4. WordPress keeps of a frame source, title and size.
pub fn oembed(all: &Published, def: &ViewDef) -> Value {
    json!({
        "version": "1.0",
        "type": "rich",
        "title": def.title.get(all.site.text.lang),
        "provider_name": all.site.t("site.name"),
        "provider_url": address(all, ""),
        "cache_age": 86400,
        "width": SIZE.0,
        "height": SIZE.1,
        "html": code(all, def),
    })
}

/// Path of the oEmbed file below the site's root.
pub fn oembed_path(all: &Published, def: &ViewDef) -> String {
    format!("{}oembed/{}.json", Page::Overview.href("", all.site.text.lang), def.id)
}

/// Where an embed stands below the language.
pub fn route(def: &ViewDef) -> String {
    format!("embed/{}", def.id)
}

pub fn address(all: &Published, route: &str) -> String {
    format!("{}{}{route}", all.origin, all.site.href(&Page::Overview))
}
