//! The catalogue: everything that describes observations (sources, places, units, series, breaks, views).

use super::date::{Date, PartialDate};
use super::keys::Texts;
use super::lang::Bilingual;
use super::words::{Basis, Control, Dimension, HeadlineKind, Licence, Nature, PlaceKind, SourceKind, Topic, UnitKind, ViewKind};

/// Position of a row in one table of the catalogue; only `Table::find` makes one.
macro_rules! index {
    ($($(#[$doc:meta])* $name:ident),+) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub(crate) u16);
        impl Index for $name {
            fn new(i: u16) -> Self { $name(i) }
            fn get(self) -> usize { usize::from(self.0) }
        }
    )+ };
}

/// A typed row number of a [`Table`].
pub trait Index: Copy {
    fn new(i: u16) -> Self;
    fn get(self) -> usize;
}

index!(SourceIx, PlaceIx, SectorIx, UnitIx, SeriesIx);

/// A row that has an id of its own.
pub trait Keyed {
    type Ix: Index;
    fn key(&self) -> &str;
}

/// Rows in published order, found by id.
#[derive(Clone, Debug)]
pub struct Table<T> {
    rows: Vec<T>,
    by_key: Texts,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table { rows: Vec::new(), by_key: Texts::default() }
    }
}

impl<T: Keyed> Table<T> {
    /// A key that comes again names the first row that has it. Rows past 65,535 are not reachable (the size limit of a resource
    /// stops far earlier).
    pub fn new(rows: Vec<T>) -> Table<T> {
        let mut table = Table { rows: Vec::with_capacity(rows.len()), by_key: Texts::default() };
        for row in rows.into_iter().take(usize::from(u16::MAX)) {
            if !table.by_key.add(row.key()).1 {
                table.rows.push(row);
            }
        }
        table
    }

    pub fn find(&self, key: &str) -> Option<T::Ix> {
        self.by_key.find(key).map(|i| T::Ix::new(i as u16))
    }

    pub fn by_key(&self, key: &str) -> Option<&T> {
        self.find(key).and_then(|ix| self.get(ix))
    }

    pub fn get(&self, ix: T::Ix) -> Option<&T> {
        self.rows.get(ix.get())
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = &T> {
        self.rows.iter()
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

macro_rules! keyed {
    ($($row:ident.$field:ident -> $ix:ident),+ $(,)?) => { $(
        impl Keyed for $row {
            type Ix = $ix;
            fn key(&self) -> &str { &self.$field }
        }
    )+ };
}

keyed!(Source.id -> SourceIx, Place.code -> PlaceIx, Sector.id -> SectorIx, Unit.id -> UnitIx, Series.id -> SeriesIx);

/// A document or data set that a figure comes from. `title` and `publisher` stay as published: they are a citation.
#[derive(Clone, Debug)]
pub struct Source {
    pub id: String,
    /// As it calls itself (`en`), and as Ukrainian pages name it.
    pub publisher: Bilingual,
    pub title: String,
    pub url: Option<String>,
    pub published_on: Option<PartialDate>,
    pub kind: SourceKind,
    pub licence: Licence,
    pub note: Option<Bilingual>,
}

#[derive(Clone, Debug)]
pub struct Place {
    pub code: String,
    pub kind: PlaceKind,
    pub parent: Option<String>,
    pub name: Bilingual,
}

/// A kind of help, or a field of cooperation.
#[derive(Clone, Debug)]
pub struct Sector {
    pub id: String,
    pub name: Bilingual,
}

/// What is counted. The noun forms follow a number: `one`/`other` in English,
/// `one`/`few`/`many`/`other` in Ukrainian, and there the accusative of `one`.
#[derive(Clone, Debug)]
pub struct Unit {
    pub id: String,
    pub kind: UnitKind,
    /// ISO 4217, for money.
    pub currency: Option<String>,
    pub en: [String; 2],
    pub uk: [String; 5],
    pub axis: Bilingual,
}

/// One comparable measure.
#[derive(Clone, Debug)]
pub struct Series {
    pub id: String,
    pub topic: Topic,
    pub name: Bilingual,
    pub definition: Bilingual,
    pub scope: Bilingual,
    /// What the figure does not say.
    pub silent: Bilingual,
    pub unit: UnitIx,
    pub nature: Nature,
    pub basis: Basis,
    pub additive_over: Vec<Dimension>,
    /// The series of which this one is a part: never added to it.
    pub subset_of: Option<String>,
    pub licence: Licence,
}

/// From `on`, a series is not comparable with itself before it (everywhere, or at one place).
#[derive(Clone, Debug)]
pub struct Break {
    pub series: SeriesIx,
    pub on: Date,
    pub place: Option<PlaceIx>,
    pub reason: Bilingual,
}

/// One chart with its words. A page draws the views of its topic in published order.
#[derive(Clone, Debug)]
pub struct ViewDef {
    pub id: String,
    pub topic: Topic,
    pub kind: ViewKind,
    pub title: Bilingual,
    pub lead: Bilingual,
    pub series: Vec<SeriesIx>,
    /// Series drawn as marked points beside the main ones (quotes, targets), never joined to them.
    pub marks: Vec<SeriesIx>,
    pub controls: Vec<Control>,
    /// View state before the reader changes anything, as a query string (`place=UKR~MDA&time=2000..2024`).
    pub defaults: String,
    /// Limits that a reader must know; one per line.
    pub notes: Option<Bilingual>,
    /// The leading chart of its topic on the overview.
    pub featured: bool,
}

/// One figure of the overview.
#[derive(Clone, Debug)]
pub struct Headline {
    pub id: String,
    pub kind: HeadlineKind,
    pub series: Option<SeriesIx>,
    pub place: Option<PlaceIx>,
    pub period_end: Option<Date>,
    /// A figure of another publisher or definition for the same thing, shown beside.
    pub rival_series: Option<SeriesIx>,
    pub meaning: Bilingual,
    /// What the reader must not do with it ("part of, not added").
    pub caution: Option<Bilingual>,
    pub view: Option<String>,
}

/// All describing tables, validated and indexed once.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    pub sources: Table<Source>,
    pub places: Table<Place>,
    pub sectors: Table<Sector>,
    pub units: Table<Unit>,
    pub series: Table<Series>,
    pub breaks: Vec<Break>,
    pub views: Vec<ViewDef>,
}

impl Catalog {
    pub fn view(&self, id: &str) -> Option<&ViewDef> {
        self.views.iter().find(|view| view.id == id)
    }

    pub fn unit_of(&self, series: SeriesIx) -> Option<&Unit> {
        self.units.get(self.series.get(series)?.unit)
    }

    /// Breaks of a series at a place, by date.
    pub fn breaks_of(&self, series: SeriesIx, place: PlaceIx) -> Vec<&Break> {
        let mut breaks: Vec<&Break> = self.breaks.iter().filter(|b| b.series == series && b.place.is_none_or(|p| p == place)).collect();
        super::order::sort_by_key(&mut breaks, |b| b.on);
        breaks
    }
}
