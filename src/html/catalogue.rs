//! The catalogue on `/data`: what each file holds, field by field, and every series with its definition. The build writes it
//! (`html::twin`), the app shows it as written (`ui::part::written`): it does not contain these words. No findings of checks here.

use super::{Markup, Site};
use crate::data::contract::{CONTRACTS, Contract, Field, Kind, contract};
use crate::data::inventory::{self, Holding};
use crate::data::package::Package;
use crate::model::catalog::{Series, SeriesIx};
use crate::model::date::{PartialDate, Period};
use crate::model::words::{Licence, Topic};
use crate::state::route::Page;
use crate::text::{Text, format};
use maud::html;

/// What `ui::part::written` asks for.
pub const NAME: &str = "catalogue";

/// `folder` is the address of the package's folder.
pub fn catalogue(site: &Site, package: &Package, folder: &str) -> Markup {
    html! {
        div data-written=(NAME) {
            (files(site, package, folder))
            (fields(site, package))
            (series(site, package))
        }
    }
}

/// Id of a series' entry.
pub fn series_id(series: &str) -> String {
    format!("series-{series}")
}

fn files(site: &Site, package: &Package, folder: &str) -> Markup {
    let lang = site.text.lang;
    let created = package.descriptor.created.get(..10).and_then(PartialDate::parse);
    html! {
        section.catalogue-part {
            h2 id="files" { (site.t("data.catalogue")) }
            p { (site.t("catalogue.files-lead")) }
            p.onward { a href=(site.href(&Page::Changes)) { (site.t("changes.title")) } }
            @if let Some(created) = created {
                p { (site.text.t("catalogue.fresh", &[("date", &format::partial_date(created, lang))])) }
            }
            div.table-scroll.catalogue tabindex="0" role="region" aria-label=(site.t("data.catalogue")) {
                table {
                    thead {
                        tr {
                            th scope="col" { (site.t("data.resource")) }
                            th.numeric scope="col" { (site.t("data.rows")) }
                            th scope="col" { (site.t("catalogue.period")) }
                            th scope="col" { (site.t("data.licences")) }
                        }
                    }
                    tbody {
                        @for one in CONTRACTS.iter().filter_map(|contract| package.descriptor.entry(contract.name)) {
                            @let holding = inventory::of_resource(package, &one.name);
                            tr data-resource=(one.name) {
                                th scope="row" {
                                    (site.t(&format!("resource.{}", one.name)))
                                    span.catalogue-file {
                                        a href={ (folder) (one.path) } download data-format="json" { (one.path) }
                                        " "
                                        (site.text.t("data.kilobytes", &[("n", &format::number(one.bytes as f64 / 1000.0, 0, lang))]))
                                    }
                                }
                                td.numeric { (format::number(holding.rows as f64, 0, lang)) }
                                td { (time(site, &holding)) }
                                td { (terms(site, &holding)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The period that rows cover, and when the newest of them was published.
fn time(site: &Site, holding: &Holding) -> Markup {
    let covered = covered(holding.period, site.text);
    html! {
        @if let Some(covered) = &covered { (covered) }
        @if let Some(newest) = holding.newest { span.catalogue-newest { (newest_of(site, newest)) } }
        @if covered.is_none() && holding.newest.is_none() { (site.t("cell.none")) }
    }
}

fn newest_of(site: &Site, newest: PartialDate) -> String {
    site.text.t("catalogue.newest", &[("date", &format::partial_date(newest, site.text.lang))])
}

/// Years where the ends are those of years: `1996–2024`.
fn covered(period: Period, text: Text) -> Option<String> {
    match (period.start, period.end) {
        (Some(start), Some(end))
            if start.year() != end.year() && (start.month(), start.day(), end.month(), end.day()) == (1, 1, 12, 31) =>
        {
            Some(format!("{}–{}", start.year(), end.year()))
        }
        _ => format::period_short(period, text.lang),
    }
}

fn terms(site: &Site, holding: &Holding) -> Markup {
    html! {
        @if holding.licences.is_empty() {
            (site.t("catalogue.own-terms"))
        } @else {
            @for (i, licence) in holding.licences.iter().enumerate() { @if i > 0 { ", " } code { (licence.id()) } }
        }
    }
}

fn licence_name(site: &Site, licence: Licence) -> String {
    site.t(&format!("licence.{}", licence.id()))
}

fn fields(site: &Site, package: &Package) -> Markup {
    html! {
        section.catalogue-part aria-labelledby="fields" {
            h2 id="fields" { (site.t("catalogue.fields")) }
            p { (site.t("catalogue.fields-lead")) }
            @for contract in CONTRACTS.iter().filter(|contract| package.descriptor.entry(contract.name).is_some()) {
                @match same_fields(contract) {
                    // The tables of figures have one schema: it stands at the first of them.
                    Some(first) if first.name != contract.name => {}
                    same => (schema(site, contract, same.is_some())),
                }
            }
        }
    }
}

/// The first contract with the very fields of this one, for tables of figures.
fn same_fields(one: &Contract) -> Option<&'static Contract> {
    let is_figures = |name: &str| name.starts_with("observations-");
    is_figures(one.name).then(|| CONTRACTS.iter().find(|other| is_figures(other.name)))?
}

fn schema(site: &Site, contract: &Contract, is_figures: bool) -> Markup {
    let group = if is_figures { "observations" } else { contract.name };
    let name = if is_figures { site.t("catalogue.figures") } else { site.t(&format!("resource.{}", contract.name)) };
    html! {
        details.entry {
            summary { (name) }
            p { (site.text.t("catalogue.key", &[("fields", &contract.primary_key.join(", "))])) }
            div.table-scroll.catalogue tabindex="0" role="region" aria-label=(name) {
                table {
                    thead {
                        tr { @for column in ["field", "type", "meaning"] { th scope="col" { (site.t(&format!("catalogue.{column}"))) } } }
                    }
                    tbody {
                        @for (field, stem) in contract.fields.iter().filter_map(|field| Some((field, stem(contract, field.name)?))) {
                            tr {
                                th scope="row" {
                                    code { (field.name) }
                                    @if field.name.ends_with("_en") { ", " code { (format!("{stem}_uk")) } }
                                }
                                td {
                                    (kind(site, field))
                                    @if !field.required { span.catalogue-newest { (site.t("catalogue.optional")) } }
                                }
                                td { (meaning(site, group, stem)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A field's name without its language. Pairs stand together: `None` for the second of one.
fn stem<'n>(contract: &Contract, name: &'n str) -> Option<&'n str> {
    match name.strip_suffix("_uk") {
        Some(stem) if contract.field(stem).is_some() => Some(name), // beside the original, not one of a pair
        Some(stem) => contract.field(&format!("{stem}_en")).is_none().then_some(stem),
        None => Some(name.strip_suffix("_en").unwrap_or(name)),
    }
}

/// `field.<name>.<resource>` where a name means something of its own there, otherwise `field.<name>`.
fn meaning(site: &Site, resource: &str, stem: &str) -> String {
    let own = format!("field.{stem}.{resource}");
    if site.text.has(&own) { site.t(&own) } else { site.t(&format!("field.{stem}")) }
}

fn kind(site: &Site, field: &Field) -> Markup {
    let (key, words, target) = match field.kind {
        Kind::Id => ("id", None, None),
        Kind::Text => ("text", None, None),
        Kind::Number => ("number", None, None),
        Kind::Integer => ("integer", None, None),
        Kind::Bool => ("boolean", None, None),
        Kind::Date => ("date", None, None),
        Kind::PartialDate => ("partial-date", None, None),
        Kind::Url => ("url", None, None),
        Kind::Word(words) => ("word", Some(words), None),
        Kind::Words(words) => ("words", Some(words), None),
        Kind::Key(target) => ("key", None, contract(target)),
        Kind::Keys(target) => ("keys", None, contract(target)),
    };
    html! {
        (site.t(&format!("type.{key}")))
        @if let Some(words) = words { ": " code { (words.join(", ")) } }
        @if let Some(target) = target { " " code { (target.name) } }
    }
}

fn series(site: &Site, package: &Package) -> Markup {
    let catalog = &package.dataset.catalog;
    html! {
        section.catalogue-part aria-labelledby="series" {
            h2 id="series" { (site.t("resource.series")) }
            p { (site.t("catalogue.series-lead")) }
            div.series-search {
                label for="series-filter" { (site.t("catalogue.filter")) }
                input type="search" id="series-filter" autocomplete="off" spellcheck="false";
                p id="series-found" role="status" {}
            }
            @for &topic in Topic::ALL {
                @let own: Vec<&Series> = catalog.series.iter().filter(|series| series.topic == topic).collect();
                @if !own.is_empty() {
                    details.entry.topic {
                        summary {
                            (site.t(&format!("topic.{}", topic.id())))
                            span.entry-line { (site.text.plural("catalogue.series-count", own.len() as u64, &[])) }
                        }
                        @for series in own {
                            @if let Some(ix) = catalog.series.find(&series.id) { (entry(site, package, series, ix)) }
                        }
                    }
                }
            }
        }
    }
}

fn entry(site: &Site, package: &Package, series: &Series, ix: SeriesIx) -> Markup {
    let lang = site.text.lang;
    let catalog = &package.dataset.catalog;
    let holding = inventory::of_series(package, ix);
    let unit = catalog.units.get(series.unit).map_or("", |unit| unit.axis.get(lang));
    let count = |key: &str, n: usize| site.text.plural(key, n as u64, &[]);
    let covered = covered(holding.period, site.text);
    let views = catalog.views.iter().filter(|def| def.series.contains(&ix) || def.marks.contains(&ix));
    let views: Vec<Markup> = views.map(|def| html! { a href=(site.href(&Page::View(def.id.clone()))) { (def.title.get(lang)) } }).collect();
    let whole = series.subset_of.as_deref().and_then(|id| catalog.series.by_key(id));
    let word = |key: &str| site.t(key);
    html! {
        details.entry data-series=(series.id) {
            // Focus comes here from a link: what is closed cannot take it.
            summary id=(series_id(&series.id)) {
                (series.name.get(lang))
                span.entry-line {
                    (unit) " · " (word(&format!("basis.{}", series.basis.id())))
                    @if let Some(covered) = &covered { " · " (covered) }
                }
            }
            dl {
                dt { (word("certificate.definition")) } dd { (series.definition.get(lang)) }
                dt { (word("certificate.scope")) } dd { (series.scope.get(lang)) }
                dt { (word("certificate.silent")) } dd { (series.silent.get(lang)) }
                dt { (word("catalogue.nature")) } dd { (word(&format!("nature.{}", series.nature.id()))) }
                @if let Some(whole) = whole { dt { (word("certificate.part-of")) } dd { (whole.name.get(lang)) } }
                dt { (word("data.rows")) }
                dd {
                    (count("catalogue.rows", holding.rows)) ", " (count("catalogue.places", package.dataset.places_of(ix).len()))
                    @if let Some(newest) = holding.newest { " · " (newest_of(site, newest)) }
                }
                dt { (word("certificate.licence")) } dd { (licence_name(site, series.licence)) }
                dt { (word("catalogue.shown-in")) }
                dd {
                    @if views.is_empty() { (word("catalogue.no-view")) }
                    @for (i, view) in views.iter().enumerate() { @if i > 0 { "; " } (view) }
                }
                dt { (word("catalogue.id")) } dd { code { (series.id) } }
            }
        }
    }
}
