//! What readers can search for: pages, charts, places, series, definitions, agreements and the rest of the package, each with one
//! line about it and its address. Written once, by `bin/search.rs`. Does not find anything: that is `web/find.js`.

use crate::data::package::Package;
use crate::data::record::{Checked, Record};
use crate::model::catalog::{PlaceIx, ViewDef};
use crate::model::dataset::Fact;
use crate::model::lang::Bilingual;
use crate::model::words::{Basis, Control, Qualifier};
use crate::state::route::Page;
use crate::state::view_state::Param;
use crate::text::Text;
use std::collections::BTreeMap;

/// What an entry is; its name is `find.kind-<id>` in `locales/*/search.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Page,
    View,
    Place,
    Series,
    Definition,
    Agreement,
    Organisation,
    Event,
    Story,
    Opportunity,
}

impl Kind {
    pub const ALL: [Kind; 10] = [
        Kind::Page,
        Kind::View,
        Kind::Place,
        Kind::Series,
        Kind::Definition,
        Kind::Agreement,
        Kind::Organisation,
        Kind::Event,
        Kind::Story,
        Kind::Opportunity,
    ];

    pub fn id(self) -> &'static str {
        match self {
            Kind::Page => "page",
            Kind::View => "view",
            Kind::Place => "place",
            Kind::Series => "series",
            Kind::Definition => "definition",
            Kind::Agreement => "agreement",
            Kind::Organisation => "organisation",
            Kind::Event => "event",
            Kind::Story => "story",
            Kind::Opportunity => "opportunity",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub kind: Kind,
    pub title: String,
    pub context: String,
    /// Below the site's root, language included.
    pub address: String,
    /// More words by which it is found.
    pub words: String,
    /// Entries of places by whose titles it is found.
    pub places: Vec<usize>,
}

/// Page and query of each place that has rows, by its code.
pub type PlaceAddresses = BTreeMap<String, (Page, String)>;

/// All entries of one language, in the order of `Kind`.
pub fn entries(package: &Package, places: &PlaceAddresses, text: Text) -> Vec<Entry> {
    let mut index = Index { text, entries: Vec::new() };
    index.pages();
    index.views(package);
    index.places(package, places);
    index.series(package);
    index.definitions();
    index.records(package);
    index.entries
}

/// Where a place is shown: a chart on which it can be chosen, the leading ones first; otherwise a chart that shows it; otherwise the
/// first series that has values for it.
pub fn place_addresses(package: &Package) -> PlaceAddresses {
    let catalog = &package.dataset.catalog;
    let at_first: Vec<(&ViewDef, Vec<PlaceIx>)> = catalog.views.iter().map(|def| (def, shown(package, def, ""))).collect();
    let featured = catalog.views.iter().filter(|def| def.featured).chain(catalog.views.iter().filter(|def| !def.featured));
    let offers: Vec<(&ViewDef, Param)> = [(Control::Place, Param::Place), (Control::Counterpart, Param::Counterpart)]
        .into_iter()
        .flat_map(|(control, param)| featured.clone().filter(move |def| def.controls.contains(&control)).map(move |def| (def, param)))
        .collect();
    let mut addresses = PlaceAddresses::new();
    for place in catalog.places.iter() {
        let Some(ix) = catalog.places.find(&place.code) else { continue };
        let has_rows = |def: &ViewDef| def.series.iter().any(|&series| package.dataset.places_of(series).contains(&ix));
        let offered = offers.iter().find_map(|&(def, param)| {
            let query = format!("{}={}", param.id(), place.code);
            (has_rows(def) && shown(package, def, &query).contains(&ix)).then(|| (Page::View(def.id.clone()), format!("?{query}")))
        });
        let shown = || {
            let (def, _) = at_first.iter().find(|(_, places)| places.contains(&ix))?;
            Some((Page::View(def.id.clone()), String::new()))
        };
        let listed = || {
            let series = catalog
                .series
                .iter()
                .find(|series| catalog.series.find(&series.id).is_some_and(|series| package.dataset.places_of(series).contains(&ix)))?;
            Some((Page::Data, series_fragment(&series.id)))
        };
        if let Some(address) = offered.or_else(shown).or_else(listed) {
            addresses.insert(place.code.clone(), address);
        }
    }
    addresses
}

/// Places of the facts that a view shows for a query.
fn shown(package: &Package, def: &ViewDef, query: &str) -> Vec<PlaceIx> {
    let dataset = &package.dataset;
    let (state, _) = super::state_from(def, &crate::state::url::query_pairs(query));
    let facts = super::figure(dataset, def, &state, Text::new(crate::model::lang::Lang::En)).facts;
    let place = |fact: &Fact| match *fact {
        Fact::Observation { topic, row } => dataset.row(topic, row).map(|row| [Some(row.place()), row.counterpart()]),
        _ => None,
    };
    facts.iter().filter_map(place).flatten().flatten().collect()
}

/// As `html::catalogue` names a series' entry.
fn series_fragment(id: &str) -> String {
    format!("#series-{id}")
}

struct Index {
    text: Text,
    entries: Vec<Entry>,
}

impl Index {
    fn t(&self, key: &str) -> String {
        self.text.t(key, &[])
    }

    /// `more` is a query or a fragment.
    fn address(&self, page: &Page, more: &str) -> String {
        page.href("", self.text.lang) + more
    }

    fn add(&mut self, kind: Kind, title: &str, context: &str, address: String) -> &mut Entry {
        let at = self.entries.len();
        self.entries.push(Entry {
            kind,
            title: title.to_owned(),
            context: context.to_owned(),
            address,
            words: String::new(),
            places: Vec::new(),
        });
        &mut self.entries[at]
    }

    fn pages(&mut self) {
        for page in Page::MENU {
            let lead = match page {
                Page::Topic(topic) => format!("lead.{}", topic.id()),
                _ => format!("{}.lead", page.title_key().trim_start_matches("page.")),
            };
            let (title, lead) = (self.t(&page.title_key()), if self.text.has(&lead) { self.t(&lead) } else { String::new() });
            let address = self.address(&page, "");
            self.add(Kind::Page, &title, &lead, address);
        }
        let address = self.address(&Page::Changes, "");
        self.add(Kind::Page, &self.t("changes.title"), &self.t("changes.about"), address);
    }

    fn views(&mut self, package: &Package) {
        let catalog = &package.dataset.catalog;
        let lang = self.text.lang;
        for def in &catalog.views {
            let series = def.series.iter().filter_map(|&ix| catalog.series.get(ix)).map(|series| series.name.get(lang));
            let words = series.collect::<Vec<_>>().join(" ");
            let address = self.address(&Page::View(def.id.clone()), "");
            self.add(Kind::View, def.title.get(lang), def.lead.get(lang), address).words = words;
        }
    }

    fn places(&mut self, package: &Package, places: &PlaceAddresses) {
        let catalog = &package.dataset.catalog;
        let lang = self.text.lang;
        for place in catalog.places.iter() {
            let Some((page, more)) = places.get(&place.code) else { continue };
            let ix = catalog.places.find(&place.code);
            let count = catalog.series.iter().filter_map(|series| catalog.series.find(&series.id));
            let count = count.filter(|&series| ix.is_some_and(|ix| package.dataset.places_of(series).contains(&ix))).count();
            let series = self.text.plural("catalogue.series-count", count as u64, &[]);
            let context = format!("{} · {series}", self.t(&format!("place-kind.{}", place.kind.id())));
            let address = self.address(page, more);
            // The other language's name and the code are known to some.
            self.add(Kind::Place, place.name.get(lang), &context, address).words = [place.name.get(lang.other()), &place.code].join(" ");
        }
    }

    fn series(&mut self, package: &Package) {
        let catalog = &package.dataset.catalog;
        let lang = self.text.lang;
        let places: BTreeMap<String, usize> = self
            .entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.kind == Kind::Place)
            .map(|(at, entry)| (entry.title.clone(), at))
            .collect();
        for series in catalog.series.iter() {
            let own = catalog.series.find(&series.id).map(|ix| package.dataset.places_of(ix)).unwrap_or_default();
            let own = own.into_iter().filter_map(|ix| places.get(catalog.places.get(ix)?.name.get(lang)).copied()).collect();
            let unit = catalog.units.get(series.unit).map_or("", |unit| unit.axis.get(lang));
            let words = [&series.id, series.scope.get(lang), unit].join(" ");
            let address = self.address(&Page::Data, &series_fragment(&series.id));
            let entry = self.add(Kind::Series, series.name.get(lang), series.definition.get(lang), address);
            (entry.words, entry.places) = (words, own);
        }
    }

    /// The words that `/about` explains.
    fn definitions(&mut self) {
        let address = self.address(&Page::About, "");
        for id in Basis::IDS {
            let (title, context) = (self.t(&format!("basis.{id}")), self.t(&format!("basis-why.{id}")));
            self.add(Kind::Definition, &title, &context, address.clone());
        }
        for id in Qualifier::IDS {
            let whole = self.t(&format!("qualifier-name.{id}"));
            let (title, context) =
                whole.split_once(['–', '—']).map(|(title, context)| (title.trim_end(), context.trim_start())).unwrap_or((&whole, ""));
            self.add(Kind::Definition, title, context, address.clone());
        }
    }

    /// Agreements, organisations, events, stories and opportunities, as far as there is a page that shows them.
    fn records(&mut self, package: &Package) {
        for (kind, name, title, context) in [
            (Kind::Agreement, "agreements", "counterpart", "says"),
            (Kind::Organisation, "organisations", "name", "focus"),
            (Kind::Event, "events", "title", "purpose"),
            (Kind::Story, "stories", "title", "fact"),
            (Kind::Opportunity, "opportunities", "title", "what"),
        ] {
            for record in package.tables.get(name).into_iter().flat_map(Checked::records) {
                let Some((page, more)) = home(package, kind, &record.string("id")) else { continue };
                let get = |field: &str| record.bilingual(field).unwrap_or_default().get(self.text.lang).to_owned();
                let (address, words) = (self.address(&page, &more), words(package, record, self.text, &get));
                self.add(kind, &get(title), &get(context), address).words = words;
            }
        }
    }
}

/// Page, and query or fragment, that show a record.
fn home(package: &Package, kind: Kind, id: &str) -> Option<(Page, String)> {
    let in_table = |kind: &str| {
        let def = package.dataset.catalog.views.iter().find(|def| def.kind.id() == kind)?;
        Some((Page::View(def.id.clone()), "?tab=table".to_owned()))
    };
    let on_page = |path: &str| Some((Page::MENU.into_iter().find(|page| page.path() == path)?, format!("#{id}")));
    match kind {
        Kind::Agreement => Some((Page::Agreement(id.to_owned()), String::new())),
        Kind::Organisation => in_table("organisations"),
        Kind::Event => in_table("events"),
        Kind::Story => on_page("stories"),
        Kind::Opportunity => on_page("opportunities"),
        Kind::Page | Kind::View | Kind::Place | Kind::Series | Kind::Definition => None,
    }
}

/// Place, city, kind of paper, date and topics of a record, where it has them.
fn words(package: &Package, record: Record, text: Text, get: &dyn Fn(&str) -> String) -> String {
    let catalog = &package.dataset.catalog;
    let name = |names: Option<&Bilingual>| names.map(|names| names.get(text.lang).to_owned());
    let mut words: Vec<String> = ["city", "programme", "provider", "organisers", "first_name"].iter().map(|field| get(field)).collect();
    words.extend(name(record.text("place").and_then(|code| catalog.places.by_key(code)).map(|place| &place.name)));
    if let Some(instrument) = record.text("instrument") {
        words.extend([text.t(&format!("instrument.{instrument}"), &[]), text.t("catalogue.also-agreements", &[])]);
    }
    for sector in record.list("topics").chain(record.text("sector")).filter_map(|id| catalog.sectors.by_key(id)) {
        words.extend(name(Some(&sector.name)));
    }
    let date = ["signed_on", "starts_on", "told_on", "published_on"].iter().find_map(|field| record.partial_date(field));
    words.extend(date.map(|date| date.year.to_string()));
    words.retain(|word| !word.is_empty());
    words.join(" ")
}
