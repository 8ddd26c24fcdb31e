//! `/partners/<id>`: one agreement. What the source says, what it does not say, what followed, and who says so; made from the
//! agreement's certificate, so that page and certificate cannot differ.

use super::super::pages::hero;
use super::super::sources;
use super::{Markup, Site};
use crate::data::package::Package;
use crate::model::agreement::Agreement;
use crate::model::dataset::{Dataset, Fact};
use crate::model::words::{Form, Topic};
use crate::state::route::Page;
use crate::view::certificate::certificate;
use maud::html;

fn find<'d>(dataset: &'d Dataset, id: &str) -> Option<(u32, &'d Agreement)> {
    (0u32..).zip(dataset.agreements()).find(|(_, a)| a.id == id)
}

/// `Ministry of Economy of Ukraine – cooperation agreement, 10 April 2024`, and what the source says.
pub fn title_and_description(site: &Site, dataset: &Dataset, id: &str) -> Option<(String, String)> {
    let (_, a) = find(dataset, id)?;
    let lang = site.text.lang;
    Some((format!("{} – {}", a.counterpart.get(lang), what(site, a)), a.says.get(lang).to_owned()))
}

/// Instrument and date with its precision.
fn what(site: &Site, a: &Agreement) -> String {
    format!("{}, {}", site.t(&format!("instrument.{}", a.instrument.id())), crate::view::agreements::dated(a, site.text))
}

pub fn agreement(site: &Site, package: &Package, id: &str) -> Markup {
    let dataset = &package.dataset;
    let lang = site.text.lang;
    let Some((i, a)) = find(dataset, id) else { return Markup::default() };
    let Some(certificate) = certificate(dataset, Fact::Agreement(i), site.text) else { return Markup::default() };
    let said = |key: &str| certificate.lines.iter().find(|line| line.key == key).map(|line| line.text.as_str());
    let section = |key: &str, none: &str| {
        html! {
            section {
                h2 { (site.t(&format!("certificate.{key}"))) }
                @if let Some(text) = said(key) { p { (text) } } @else { p.muted { (site.t(none)) } }
            }
        }
    };
    let beside = |position: Option<u32>| position.and_then(|i| dataset.agreements().get(i as usize));
    let neighbour = |key: &str, a: Option<&Agreement>| {
        html! {
            @if let Some(a) = a {
                a.neighbour href=(site.href(&Page::Agreement(a.id.clone()))) {
                    span.muted { (site.t(key)) }
                    " "
                    (a.counterpart.get(lang))
                }
            }
        }
    };
    let caution = match a.form {
        Form::Paper => None,
        Form::SeveralPapers if a.papers.is_some() => None,
        Form::SeveralPapers => Some("agreement-page.several"),
        Form::Announcement => Some("agreement-page.announcement"),
    };
    html! {
        // The heading stands where that of the waiting page stands, so focus stays on it.
        (hero(a.counterpart.get(lang), &what(site, a), Markup::default()))
        article.agreement data-agreement=(a.id) {
            @if let Some(caution) = caution { p.caution { (site.t(caution)) } }
            div.prose {
                (section("says", "cell.none"))
                (section("silent", "agreement-page.silent-none"))
                (section("followed", "certificate.followed-none"))
                section {
                    h2 { (site.t("agreement-page.record")) }
                    dl {
                        // Named where others are named: an empty line would be read as forgotten.
                        @if said("signatories").is_none() {
                            dt { (site.t("certificate.signatories")) }
                            dd.muted { (site.t(if a.form == Form::Announcement { "agreement-page.unsigned" } else { "agreement-page.signatories-none" })) }
                        }
                        @for line in certificate.lines.iter().filter(|line| !["says", "silent", "followed"].contains(&line.key)) {
                            dt { (line.term) }
                            dd { (line.text) }
                        }
                        dt { (site.t("agreement-page.id")) }
                        dd { (a.id) }
                    }
                }
                section {
                    h2 { (site.t("sources.heading")) }
                    (sources::citations(site, &certificate.sources))
                }
            }
        }
        nav.neighbours aria-label=(site.t("agreement-page.neighbours")) {
            (neighbour("agreement-page.previous", beside(i.checked_sub(1))))
            (neighbour("agreement-page.next", beside(i.checked_add(1))))
        }
        p.onward { a href=(site.href(&Page::Topic(Topic::Partners))) { (site.t("agreement-page.all")) } }
    }
}
