//! Published figures of one topic: columns, dictionary-encoded, sorted and indexed once.

use super::catalog::{PlaceIx, SectorIx, SeriesIx, SourceIx};
use super::date::{PartialDate, Period};
use super::lang::Bilingual;
use super::words::{Missing, Qualifier, Standing};
use std::ops::Range;

/// A published number with its wording, or the reason why there is none. Never `0` or `NaN` for a gap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    Value { value: f64, qualifier: Qualifier },
    Missing(Missing),
}

impl Cell {
    pub fn value(self) -> Option<f64> {
        match self {
            Cell::Value { value, .. } => Some(value),
            Cell::Missing(_) => None,
        }
    }
}

/// One published figure before it is put into columns.
#[derive(Clone, Debug)]
pub struct Observation {
    pub series: SeriesIx,
    pub place: PlaceIx,
    pub counterpart: Option<PlaceIx>,
    pub sector: Option<SectorIx>,
    pub period: Period,
    pub cell: Cell,
    /// Upper end, where the source gives a range.
    pub value_max: Option<f64>,
    pub standing: Standing,
    /// Our sum of published parts; the note says of which.
    pub computed: bool,
    /// When this value was published.
    pub vintage: Option<PartialDate>,
    pub source: SourceIx,
    pub more_sources: Vec<SourceIx>,
    pub note: Option<Bilingual>,
}

/// Columns of one topic. Rows are sorted by series, place, counterpart, sector, end, start, standing.
#[derive(Clone, Debug, Default)]
pub struct Observations {
    series: Vec<SeriesIx>,
    place: Vec<PlaceIx>,
    counterpart: Vec<Option<PlaceIx>>,
    sector: Vec<Option<SectorIx>>,
    period: Vec<Period>,
    cell: Vec<Cell>,
    standing: Vec<Standing>,
    vintage: Vec<Option<PartialDate>>,
    source: Vec<SourceIx>,
    // Rare columns are sparse.
    value_max: Sparse<u32, f64>,
    computed: Vec<u32>,
    more_sources: Sparse<u32, Vec<SourceIx>>,
    notes: Sparse<u32, Bilingual>,
    by_series: Sparse<SeriesIx, Range<u32>>,
}

/// A map that is filled in ascending order of its keys: a list and a binary search, a tenth of a `BTreeMap`'s code.
#[derive(Clone, Debug)]
struct Sparse<K, V>(Vec<(K, V)>);

impl<K, V> Default for Sparse<K, V> {
    fn default() -> Self {
        Sparse(Vec::new())
    }
}

impl<K: Ord, V> Sparse<K, V> {
    fn get(&self, key: &K) -> Option<&V> {
        let at = self.0.binary_search_by(|(known, _)| known.cmp(key)).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }
}

impl Observations {
    pub fn new(mut rows: Vec<Observation>) -> Observations {
        super::order::sort_by_key(&mut rows, |o| (o.series, o.place, o.counterpart, o.sector, o.period.end, o.period.start, o.standing));
        let mut table = Observations::default();
        for (i, row) in (0u32..).zip(rows) {
            match table.by_series.0.last_mut() {
                Some((series, rows)) if *series == row.series => rows.end = i + 1,
                _ => table.by_series.0.push((row.series, i..i + 1)),
            }
            table.series.push(row.series);
            table.place.push(row.place);
            table.counterpart.push(row.counterpart);
            table.sector.push(row.sector);
            table.period.push(row.period);
            table.cell.push(row.cell);
            table.standing.push(row.standing);
            table.vintage.push(row.vintage);
            table.source.push(row.source);
            if let Some(max) = row.value_max {
                table.value_max.0.push((i, max));
            }
            if row.computed {
                table.computed.push(i);
            }
            if !row.more_sources.is_empty() {
                table.more_sources.0.push((i, row.more_sources));
            }
            if let Some(note) = row.note {
                table.notes.0.push((i, note));
            }
        }
        table
    }

    pub fn len(&self) -> usize {
        self.series.len()
    }

    pub fn is_empty(&self) -> bool {
        self.series.is_empty()
    }

    /// One row; `None` past the end.
    pub fn row(&self, row: u32) -> Option<Row<'_>> {
        ((row as usize) < self.len()).then_some(Row { table: self, row })
    }

    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.len() as u32).map(|row| Row { table: self, row })
    }

    /// All rows of a series, in sorted order.
    pub fn of_series(&self, series: SeriesIx) -> impl Iterator<Item = Row<'_>> {
        self.by_series.get(&series).cloned().unwrap_or(0..0).map(|row| Row { table: self, row })
    }
}

/// One figure, read from the columns.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    table: &'a Observations,
    pub row: u32,
}

/// Its number and value: the whole table would be nobody's help.
impl std::fmt::Debug for Row<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row").field("row", &self.row).field("period", &self.period()).field("cell", &self.cell()).finish()
    }
}

impl<'a> Row<'a> {
    fn at(self) -> usize {
        self.row as usize
    }

    pub fn series(self) -> SeriesIx {
        self.table.series[self.at()]
    }

    pub fn place(self) -> PlaceIx {
        self.table.place[self.at()]
    }

    pub fn counterpart(self) -> Option<PlaceIx> {
        self.table.counterpart[self.at()]
    }

    pub fn sector(self) -> Option<SectorIx> {
        self.table.sector[self.at()]
    }

    pub fn period(self) -> Period {
        self.table.period[self.at()]
    }

    pub fn cell(self) -> Cell {
        self.table.cell[self.at()]
    }

    pub fn standing(self) -> Standing {
        self.table.standing[self.at()]
    }

    pub fn vintage(self) -> Option<PartialDate> {
        self.table.vintage[self.at()]
    }

    pub fn source(self) -> SourceIx {
        self.table.source[self.at()]
    }

    pub fn value_max(self) -> Option<f64> {
        self.table.value_max.get(&self.row).copied()
    }

    pub fn computed(self) -> bool {
        self.table.computed.contains(&self.row)
    }

    pub fn more_sources(self) -> &'a [SourceIx] {
        self.table.more_sources.get(&self.row).map_or(&[], Vec::as_slice)
    }

    pub fn note(self) -> Option<&'a Bilingual> {
        self.table.notes.get(&self.row)
    }

    pub fn is_current(self) -> bool {
        self.standing() == Standing::Current
    }
}
