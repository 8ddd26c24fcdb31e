//! `/embed`: the code for a chart on another site. What reacts is `web/builder.js`, which comes when this stands on a page.

use super::super::embed;
use super::super::pages::hero;
use super::super::takeaway::Published;
use super::{Markup, Site};
use crate::model::lang::Lang;
use maud::html;

/// Parameters of an embed that are not the view's own, and what each may hold where that can be listed.
const PARAMETERS: [(&str, &[&str]); 6] = [
    ("theme", &["light", "dark", "auto"]),
    ("accent", &[]),
    ("font", &["serif", "sans"]),
    ("hide", &HIDDEN),
    ("minHeight", &[]),
    ("version", &[]),
];
const WAYS: [&str; 3] = ["frame", "script", "element"];
const HIDDEN: [&str; 3] = ["title", "tabs", "source-link"];
/// Phone, column, wide: pixels of the preview.
const WIDTHS: [(&str, u32); 3] = [("phone", 360), ("column", 640), ("wide", 960)];

pub fn builder(all: &Published) -> Markup {
    let site = all.site;
    let lang = site.text.lang;
    let views = &all.package.dataset.catalog.views;
    let code = views.first().map(|def| embed::code(all, def)).unwrap_or_default();
    html! {
        (hero(&site.t("page.embed"), &site.t("embed.lead"), Markup::default()))
        embed-builder.builder data-version=(all.version()) {
            div.controls.builder-controls {
                (select(site, "view", views.iter().map(|def| (&*def.id, def.title.get(lang).to_owned())).collect()))
                (select(site, "lang", Lang::ALL.iter().map(|lang| (lang.tag(), site.t(&format!("embed.lang-{}", lang.tag())))).collect()))
                (choices(site, "theme", &["auto", "light", "dark"]))
                (choices(site, "font", &["sans", "serif"]))
                (choices(site, "data", &["live", "frozen"]))
                label.field {
                    span { (site.t("embed.accent")) }
                    input type="text" name="accent" maxlength="7" spellcheck="false" autocomplete="off" aria-describedby="accent-said";
                }
                label.field {
                    span { (site.t("embed.minHeight")) }
                    input type="number" name="minHeight" min="200" max="2000" step="10";
                }
                fieldset.field {
                    legend { (site.t("embed.hide")) }
                    @for part in HIDDEN {
                        label.builder-check { input type="checkbox" name="hide" value=(part); (site.t(&format!("embed.hide-{part}"))) }
                    }
                }
            }
            p id="accent-said" role="status" data-fits=(site.t("embed.accent-fits")) data-adjusted=(site.t("embed.accent-adjusted"))
                data-refused=(site.t("embed.accent-refused")) {}
            h2 { (site.t("embed.code-title")) }
            div.controls.builder-controls { (choices(site, "way", &WAYS)) }
            div.copyable {
                pre.builder-code tabindex="0" aria-label=(site.t("embed.code-title")) data-copied { code { (code) } }
                button.button type="button" data-action="copy" { (site.t("take.copy")) }
                span.action-status role="status" {}
            }
            p.builder-weight data-weight=(site.t("embed.weight")) {}
            h2 { (site.t("embed.preview-title")) }
            div.switch role="group" aria-label=(site.t("embed.preview-title")) {
                @for (name, width) in WIDTHS {
                    button type="button" data-width=(width) aria-pressed=(width == 640) { (site.t(&format!("embed.width-{name}"))) }
                }
            }
            div.builder-preview {}
        }
        div.prose {
            section {
                h2 { (site.t("embed.privacy-title")) }
                p { (site.t("embed.privacy")) }
            }
            section {
                h2 { (site.t("embed.parameters-title")) }
                p { (site.t("embed.parameters")) }
                dl {
                    @for (name, values) in PARAMETERS {
                        dt { code { (name) } }
                        dd {
                            @for value in values { code { (value) } " " }
                            (site.t(&format!("embed.about-{name}")))
                        }
                    }
                }
            }
        }
    }
}

fn select(site: &Site, name: &str, options: Vec<(&str, String)>) -> Markup {
    html! {
        label.field {
            span { (site.t(&format!("embed.{name}"))) }
            select name=(name) {
                @for (value, words) in options { option value=(value) selected[name == "lang" && value == site.text.lang.tag()] { (words) } }
            }
        }
    }
}

/// The words of a choice are named by it.
fn choices(site: &Site, name: &str, values: &[&str]) -> Markup {
    select(site, name, values.iter().map(|value| (*value, site.t(&format!("embed.{name}-{value}")))).collect())
}
