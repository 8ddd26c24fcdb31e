//! Published figures of one topic: columns, dictionary-encoded, sorted and indexed once.

use super::bytes::{Reader, Writer};
use super::catalog::{PlaceIx, SectorIx, SeriesIx, SourceIx};
use super::date::{Date, PartialDate, Period};
use super::keys::Texts;
use super::lang::Bilingual;
use super::words::{Missing, Qualifier, Rough, Standing};
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

/// Columns of one topic. Rows are sorted by series, place, counterpart, sector, end, start, standing. A million rows are 48 MB.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observations {
    /// A number for each row: 0 for nothing, otherwise a position or an enum's place plus one, or a date's number.
    columns: [Vec<u32>; COLUMNS],
    /// 0 where there is no value: `CELL` says why.
    values: Vec<f64>,
    // Rare columns are sparse.
    value_max: Sparse<f64>,
    more_sources: Sparse<Vec<SourceIx>>,
    /// Positions in `texts`.
    notes: Sparse<u32>,
    /// Each distinct note once.
    texts: Vec<Bilingual>,
    by_series: Sparse<Range<u32>>,
}

// The first seven are the order of rows.
const SERIES: usize = 0;
const PLACE: usize = 1;
const COUNTERPART: usize = 2;
const SECTOR: usize = 3;
const END: usize = 4;
const START: usize = 5;
const STANDING: usize = 6;
const VINTAGE: usize = 7;
const SOURCE: usize = 8;
/// The qualifier of a value, or `REASON` and why there is none; `COMPUTED` besides, and how rough the dates are, by `ROUGH`.
const CELL: usize = 9;
const COLUMNS: usize = 10;
const REASON: u32 = 32;
const COMPUTED: u32 = 64;
const ROUGH: u32 = 128;

/// A map that is filled in ascending order of its keys: a list and a binary search, a tenth of a `BTreeMap`'s code.
#[derive(Clone, Debug, PartialEq)]
struct Sparse<V>(Vec<(u32, V)>);

impl<V> Default for Sparse<V> {
    fn default() -> Self {
        Sparse(Vec::new())
    }
}

impl<V> Sparse<V> {
    fn get(&self, key: u32) -> Option<&V> {
        let at = self.0.binary_search_by(|(known, _)| known.cmp(&key)).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    /// Keys changed to others, and in order again.
    fn renumbered(&mut self, number: &dyn Fn(u32) -> u32) {
        self.0.iter_mut().for_each(|(key, _)| *key = number(*key));
        super::order::sort_by_key(&mut self.0, |(key, _)| *key);
    }
}

/// Rows on their way into columns.
#[derive(Debug, Default)]
pub struct Builder {
    table: Observations,
    texts: Texts,
}

impl Builder {
    pub fn with_capacity(rows: usize) -> Builder {
        let mut builder = Builder::default();
        builder.table.columns.iter_mut().for_each(|column| column.reserve_exact(rows));
        builder.table.values.reserve_exact(rows);
        builder
    }

    pub fn push(&mut self, row: Observation) {
        let table = &mut self.table;
        let number = table.len() as u32;
        let (cell, value) = match row.cell {
            Cell::Value { value, qualifier } => (qualifier as u32, value),
            Cell::Missing(reason) => (REASON | reason as u32, 0.0),
        };
        let date = |date: Option<Date>| date.map_or(0, Date::number);
        let cells = [
            u32::from(row.series.0),
            u32::from(row.place.0),
            row.counterpart.map_or(0, |place| u32::from(place.0) + 1),
            row.sector.map_or(0, |sector| u32::from(sector.0) + 1),
            date(row.period.end),
            date(row.period.start),
            row.standing as u32,
            row.vintage.map_or(0, PartialDate::number),
            u32::from(row.source.0),
            cell | if row.computed { COMPUTED } else { 0 } | row.period.rough.map_or(0, |rough| (rough as u32 + 1) * ROUGH),
        ];
        table.columns.iter_mut().zip(cells).for_each(|(column, cell)| column.push(cell));
        table.values.push(value);
        if let Some(max) = row.value_max {
            table.value_max.0.push((number, max));
        }
        if !row.more_sources.is_empty() {
            table.more_sources.0.push((number, row.more_sources));
        }
        if let Some(note) = row.note {
            let (text, known) = self.texts.add(&[note.en.as_str(), &note.uk].join("\0"));
            table.notes.0.push((number, text));
            if !known {
                table.texts.push(note);
            }
        }
    }

    /// Sorted and indexed.
    pub fn build(self) -> Observations {
        let mut table = self.table;
        let key = |row: usize| [SERIES, PLACE, COUNTERPART, SECTOR, END, START, STANDING].map(|c| table.columns[c][row]);
        let order = super::order::positions(table.len(), &|a, b| key(a).cmp(&key(b)));
        if order.iter().enumerate().any(|(to, from)| to != *from as usize) {
            for column in &mut table.columns {
                *column = order.iter().map(|&from| column[from as usize]).collect();
            }
            table.values = order.iter().map(|&from| table.values[from as usize]).collect();
            let mut places = vec![0; order.len()];
            order.iter().enumerate().for_each(|(to, from)| places[*from as usize] = to as u32);
            let number = |row: u32| places[row as usize];
            table.value_max.renumbered(&number);
            table.more_sources.renumbered(&number);
            table.notes.renumbered(&number);
        }
        table.index();
        table
    }
}

impl Observations {
    /// Where the rows of each series are.
    fn index(&mut self) {
        for (i, &series) in (0u32..).zip(&self.columns[SERIES]) {
            match self.by_series.0.last_mut() {
                Some((known, rows)) if *known == series => rows.end = i + 1,
                _ => self.by_series.0.push((series, i..i + 1)),
            }
        }
    }

    /// How many bytes `write` will write.
    pub fn size(&self) -> usize {
        let sources: usize = self.more_sources.0.iter().map(|(_, sources)| 8 + 4 * sources.len()).sum();
        let texts: usize = self.texts.iter().map(|text| 8 + text.en.len() + text.uk.len()).sum();
        self.len() * (COLUMNS * 4 + 8) + self.value_max.0.len() * 12 + sources + self.notes.0.len() * 8 + texts + 20
    }

    /// As bytes, to be handed from a worker to the page without being read again.
    pub fn write(&self, to: &mut Writer) {
        to.number(self.len() as u32);
        self.columns.iter().flatten().for_each(|cell| to.number(*cell));
        self.values.iter().for_each(|value| to.value(*value));
        to.number(self.value_max.0.len() as u32);
        for (row, max) in &self.value_max.0 {
            to.number(*row);
            to.value(*max);
        }
        to.number(self.more_sources.0.len() as u32);
        for (row, sources) in &self.more_sources.0 {
            to.number(*row);
            to.number(sources.len() as u32);
            sources.iter().for_each(|source| to.number(source.0.into()));
        }
        to.number(self.notes.0.len() as u32);
        for (row, text) in &self.notes.0 {
            to.number(*row);
            to.number(*text);
        }
        to.number(self.texts.len() as u32);
        for text in &self.texts {
            to.text(&text.en);
            to.text(&text.uk);
        }
    }

    /// What [`Observations::write`] wrote; `None` for anything else.
    pub fn read(from: &mut Reader) -> Option<Observations> {
        let rows = from.number()? as usize;
        let mut table = Observations::default();
        for column in &mut table.columns {
            *column = from.numbers(rows)?;
        }
        for _ in 0..rows {
            table.values.push(from.value()?);
        }
        for _ in 0..from.number()? {
            table.value_max.0.push((from.number()?, from.value()?));
        }
        for _ in 0..from.number()? {
            let (row, count) = (from.number()?, from.number()?);
            table.more_sources.0.push((row, from.numbers(count as usize)?.into_iter().map(|source| SourceIx(source as u16)).collect()));
        }
        for _ in 0..from.number()? {
            table.notes.0.push((from.number()?, from.number()?));
        }
        for _ in 0..from.number()? {
            table.texts.push(Bilingual { en: from.text()?, uk: from.text()? });
        }
        table.index();
        Some(table)
    }

    pub fn len(&self) -> usize {
        self.values.len()
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// One row; `None` past the end.
    pub fn row(&self, row: u32) -> Option<Row<'_>> {
        ((row as usize) < self.len()).then_some(Row { table: self, row })
    }

    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.len() as u32).map(|row| Row { table: self, row })
    }

    fn range(&self, series: SeriesIx) -> Range<u32> {
        self.by_series.get(u32::from(series.0)).cloned().unwrap_or(0..0)
    }

    /// All rows of a series, in sorted order.
    pub fn of_series(&self, series: SeriesIx) -> impl Iterator<Item = Row<'_>> {
        self.range(series).map(|row| Row { table: self, row })
    }

    /// Places of a series' rows, receiving and sending, in the order in which they come.
    pub fn places_of(&self, series: SeriesIx) -> Vec<PlaceIx> {
        let mut places = Vec::new();
        let mut before = [0; 2]; // most rows have those of the row before
        for row in self.range(series) {
            let now = [self.columns[PLACE][row as usize] + 1, self.columns[COUNTERPART][row as usize]];
            for (now, before) in now.into_iter().zip(&mut before) {
                if now != *before && now > 0 && !places.contains(&PlaceIx(now as u16 - 1)) {
                    places.push(PlaceIx(now as u16 - 1));
                }
                *before = now;
            }
        }
        places
    }

    /// Whether a series' rows are about more than one sector, or about one and about all.
    pub fn has_sectors(&self, series: SeriesIx) -> bool {
        let rows = self.range(series);
        let sectors = self.columns[SECTOR].get(rows.start as usize..rows.end as usize).unwrap_or_default();
        sectors.iter().any(|sector| Some(sector) != sectors.first())
    }

    /// Those at one place: found by halving, because places are in order.
    pub fn at_place(&self, series: SeriesIx, place: PlaceIx) -> impl Iterator<Item = Row<'_>> {
        let rows = self.range(series);
        let places = self.columns[PLACE].get(rows.start as usize..rows.end as usize).unwrap_or_default();
        let until = |place: u32| rows.start + places.partition_point(|known| *known < place) as u32;
        (until(place.0.into())..until(u32::from(place.0) + 1)).map(|row| Row { table: self, row })
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

    fn cell_of(self, column: usize) -> u32 {
        self.table.columns[column].get(self.at()).copied().unwrap_or(0)
    }

    pub fn series(self) -> SeriesIx {
        SeriesIx(self.cell_of(SERIES) as u16)
    }

    pub fn place(self) -> PlaceIx {
        PlaceIx(self.cell_of(PLACE) as u16)
    }

    pub fn counterpart(self) -> Option<PlaceIx> {
        self.cell_of(COUNTERPART).checked_sub(1).map(|place| PlaceIx(place as u16))
    }

    pub fn sector(self) -> Option<SectorIx> {
        self.cell_of(SECTOR).checked_sub(1).map(|sector| SectorIx(sector as u16))
    }

    pub fn period(self) -> Period {
        let date = |column| PartialDate::some(self.cell_of(column)).map(PartialDate::first_day);
        let rough = (self.cell_of(CELL) / ROUGH).checked_sub(1).and_then(|rough| Rough::ALL.get(rough as usize).copied());
        Period { start: date(START), end: date(END), rough }
    }

    pub fn cell(self) -> Cell {
        let code = self.cell_of(CELL) % COMPUTED;
        match code.checked_sub(REASON) {
            Some(reason) => Cell::Missing(Missing::ALL.get(reason as usize).copied().unwrap_or(Missing::NotFound)),
            None => Cell::Value {
                value: self.table.values.get(self.at()).copied().unwrap_or(0.0),
                qualifier: Qualifier::ALL.get(code as usize).copied().unwrap_or(Qualifier::Exact),
            },
        }
    }

    pub fn standing(self) -> Standing {
        Standing::ALL.get(self.cell_of(STANDING) as usize).copied().unwrap_or(Standing::Weak)
    }

    pub fn vintage(self) -> Option<PartialDate> {
        PartialDate::some(self.cell_of(VINTAGE))
    }

    pub fn source(self) -> SourceIx {
        SourceIx(self.cell_of(SOURCE) as u16)
    }

    pub fn value_max(self) -> Option<f64> {
        self.table.value_max.get(self.row).copied()
    }

    pub fn computed(self) -> bool {
        self.cell_of(CELL) & COMPUTED != 0
    }

    pub fn more_sources(self) -> &'a [SourceIx] {
        self.table.more_sources.get(self.row).map_or(&[], Vec::as_slice)
    }

    pub fn note(self) -> Option<&'a Bilingual> {
        self.table.texts.get(*self.table.notes.get(self.row)? as usize)
    }

    pub fn is_current(self) -> bool {
        self.standing() == Standing::Current
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(series: u16, place: u16, year: i16, value: f64) -> Observation {
        Observation {
            series: SeriesIx(series),
            place: PlaceIx(place),
            counterpart: (place == 1).then_some(PlaceIx(0)),
            sector: (place == 2).then_some(SectorIx(0)),
            period: Period {
                start: Date::new(year, 1, 1),
                end: (year > 2000).then(|| Date::new(year, 12, 31)).flatten(),
                rough: [None, Some(Rough::Month), Some(Rough::Year)][usize::from(place)],
            },
            cell: if value < 0.0 { Cell::Missing(Missing::Suppressed) } else { Cell::Value { value, qualifier: Qualifier::Over } },
            value_max: (value > 5.0).then_some(value + 1.0),
            standing: Standing::Rival,
            computed: value > 6.0,
            vintage: PartialDate::parse("2024-02"),
            source: SourceIx(3),
            more_sources: if value > 4.0 { vec![SourceIx(1), SourceIx(2)] } else { Vec::new() },
            note: (value > 3.0).then(|| Bilingual { en: "note".into(), uk: format!("примітка {}", value as i64 % 2) }),
        }
    }

    fn table() -> Observations {
        let mut builder = Builder::default();
        for (i, value) in [7.0, 1.0, -1.0, 4.5, 9.0, 5.5].into_iter().enumerate() {
            builder.push(row(2 - i as u16 % 3, i as u16 % 3, 1999 + i as i16 % 4, value));
        }
        builder.build()
    }

    #[test]
    fn rows_come_out_of_columns_as_they_went_in_and_in_order() {
        let table = table();
        let told: Vec<String> = table
            .iter()
            .map(|row| {
                format!(
                    "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {} {:?} {:?} {:?}",
                    row.series(),
                    row.place(),
                    row.counterpart(),
                    row.sector(),
                    row.period(),
                    row.cell(),
                    row.value_max(),
                    row.standing(),
                    row.vintage(),
                    row.computed(),
                    row.source(),
                    row.more_sources(),
                    row.note(),
                )
            })
            .collect();
        let expected: Vec<String> =
            [(0, 2, 2001, -1.0), (0, 2, 2000, 5.5), (1, 1, 2000, 1.0), (1, 1, 1999, 9.0), (2, 0, 1999, 7.0), (2, 0, 2002, 4.5)]
                .map(|(series, place, year, value)| row(series, place, year, value))
                .map(|row| {
                    format!(
                        "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {} {:?} {:?} {:?}",
                        row.series,
                        row.place,
                        row.counterpart,
                        row.sector,
                        row.period,
                        row.cell,
                        row.value_max,
                        row.standing,
                        row.vintage,
                        row.computed,
                        row.source,
                        row.more_sources,
                        row.note.as_ref(),
                    )
                })
                .into();
        let sorted = |mut all: Vec<String>| {
            all.sort();
            all
        };
        assert_eq!(sorted(told.clone()), sorted(expected));
        let keys: Vec<_> = table.iter().map(|row| (row.series(), row.place(), row.period().end)).collect();
        assert!(keys.is_sorted(), "{keys:?}");
        assert_eq!(table.of_series(SeriesIx(1)).count(), 2);
        assert_eq!(table.texts.len(), 2, "each note is kept once");
    }

    #[test]
    fn bytes_are_read_as_they_were_written_and_nothing_else_is() {
        let check = |table: Observations| {
            let mut writer = Writer::default();
            table.write(&mut writer);
            let bytes = writer.0;
            assert_eq!(bytes.len(), table.size());
            assert!((0..bytes.len()).all(|length| Observations::read(&mut Reader(&bytes[..length])).is_none()));
            assert_eq!(Observations::read(&mut Reader(&bytes)), Some(table));
        };
        check(table());
        check(Observations::default());
    }
}
