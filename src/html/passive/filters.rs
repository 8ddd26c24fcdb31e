//! Choices that hide cards, and the words a card answers to. `ui::filter` carries them out and keeps them in the address.

use super::{Markup, Site};
use crate::model::catalog::PlaceIx;
use crate::model::dataset::Dataset;
use crate::model::date::PartialDate;
use crate::model::order::sort_by_key;
use crate::state::route::Page;
use crate::view::collation_key;
use maud::html;

/// A year that a source does not give.
pub const UNDATED: &str = "undated";

/// A word in the address and its name.
pub type Choice = (String, String);

/// One choice: `name` in the address, the key of its words, what can be chosen.
pub struct Filter {
    pub name: &'static str,
    pub key: &'static str,
    pub choices: Vec<Choice>,
}

/// `total` cards stand below.
pub fn filters(site: &Site, page: &Page, total: usize, filters: &[Filter]) -> Markup {
    html! {
        div.controls.filters role="group" aria-label=(site.t("filter.label")) {
            @for filter in filters {
                label.field {
                    span { (site.t(filter.key)) }
                    select id={ "filter-" (filter.name) } data-filter=(filter.name) {
                        option value="" { (site.t("filter.all")) }
                        @for (value, name) in &filter.choices { option value=(value) { (name) } }
                    }
                }
            }
            p.filter-count role="status" data-total=(total) { (count(site, total, total)) }
        }
        div.notice data-filter-ignored hidden { p {} }
        div.empty data-filter-empty hidden {
            p { (site.t("filter.empty")) }
            p { a href=(site.href(page)) { (site.t("filter.clear")) } }
        }
    }
}

/// `12 of 25`.
fn count(site: &Site, shown: usize, total: usize) -> String {
    site.text.t("filter.count", &[("n", &shown.to_string()), ("total", &total.to_string())])
}

/// Each choice once, by name.
pub fn choices(site: &Site, all: impl Iterator<Item = Choice>) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for choice in all {
        if !choices.contains(&choice) {
            choices.push(choice);
        }
    }
    sort_by_key(&mut choices, |(_, name)| collation_key(name, site.text.lang));
    choices
}

/// The years of dates, newest first; last the one for none.
pub fn years(site: &Site, dates: impl Iterator<Item = Option<PartialDate>>) -> Vec<Choice> {
    let mut years: Vec<Option<i16>> = dates.map(|date| date.map(|date| date.year)).collect();
    sort_by_key(&mut years, |&year| std::cmp::Reverse(year));
    years.dedup();
    let choice = |year: &Option<i16>| match year {
        Some(year) => (year.to_string(), year.to_string()),
        None => (UNDATED.to_owned(), site.t("filter.undated")),
    };
    years.iter().map(choice).collect()
}

/// The word of a date.
pub fn year(date: Option<PartialDate>) -> String {
    date.map_or_else(|| UNDATED.to_owned(), |date| date.year.to_string())
}

/// A place and the country that it lies in: who asks for the country finds its parts.
pub fn place_and_whole(dataset: &Dataset, place: PlaceIx) -> Vec<PlaceIx> {
    let places = &dataset.catalog.places;
    let whole = places.get(place).and_then(|place| places.find(place.parent.as_deref()?));
    std::iter::once(place).chain(whole).collect()
}

/// A choice of a place.
pub fn place(site: &Site, dataset: &Dataset, place: PlaceIx) -> Option<Choice> {
    dataset.catalog.places.get(place).map(|place| (place.code.clone(), place.name.get(site.text.lang).to_owned()))
}

/// What a card answers to: codes, with spaces between.
pub fn words(choices: &[Choice]) -> String {
    choices.iter().map(|(value, _)| value.as_str()).collect::<Vec<_>>().join(" ")
}
