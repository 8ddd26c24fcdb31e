//! Figures counted by several dimensions at once.

use super::keys::{Index, hash};
use super::observations::{Observations, Row};

/// What rows may be told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Series,
    Place,
    Counterpart,
    /// Of the end of the period, or of its start.
    Year,
}

/// The rows that are alike in all that was asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// Any of them.
    pub row: u32,
    pub count: u32,
    /// Without a value.
    pub missing: u32,
    /// Of the values that there are. Whether it means anything, only `view::guard` can say.
    pub sum: f64,
}

/// As many places as a table of all combinations may have; with more of them groups are found by hash.
const MOST_PLACES: usize = 1 << 22;

/// Groups in the order in which their first rows come.
pub fn group(table: &Observations, by: &[By]) -> Vec<Group> {
    let ranges: Vec<(u32, u32)> = by
        .iter()
        .map(|by| {
            table.iter().map(|row| number(row, *by)).fold((u32::MAX, 0), |(least, most), number| (least.min(number), most.max(number)))
        })
        .collect();
    let size = ranges.iter().try_fold(1usize, |size, (least, most)| size.checked_mul((most.saturating_sub(*least) + 1) as usize));
    let mut groups = Groups { table, by, groups: Vec::new() };
    match size.filter(|size| *size <= MOST_PLACES) {
        Some(size) => {
            let mut places = vec![0u32; size];
            for row in table.iter() {
                let at = by
                    .iter()
                    .zip(&ranges)
                    .fold(0, |at, (by, (least, most))| at * (most - least + 1) as usize + (number(row, *by) - least) as usize);
                if places[at] == 0 {
                    places[at] = groups.begin(row) + 1;
                }
                groups.add(places[at] - 1, row);
            }
        }
        None => {
            let mut index = Index::default();
            for row in table.iter() {
                let hash = hash(by.iter().map(|by| number(row, *by)));
                let known = index.find(hash, &|group| groups.holds(group, row));
                let group = known.unwrap_or_else(|| groups.begin(row));
                if known.is_none() {
                    index.insert(hash, group);
                }
                groups.add(group, row);
            }
        }
    }
    groups.groups
}

struct Groups<'t> {
    table: &'t Observations,
    by: &'t [By],
    groups: Vec<Group>,
}

impl Groups<'_> {
    fn begin(&mut self, row: Row) -> u32 {
        self.groups.push(Group { row: row.row, ..Group::default() });
        self.groups.len() as u32 - 1
    }

    fn holds(&self, group: u32, row: Row) -> bool {
        let first = self.groups.get(group as usize).and_then(|group| self.table.row(group.row));
        first.is_some_and(|first| self.by.iter().all(|by| number(first, *by) == number(row, *by)))
    }

    fn add(&mut self, group: u32, row: Row) {
        let Some(group) = self.groups.get_mut(group as usize) else { return };
        group.count += 1;
        match row.cell().value() {
            Some(value) => group.sum += value,
            None => group.missing += 1,
        }
    }
}

fn number(row: Row, by: By) -> u32 {
    match by {
        By::Series => row.series().0.into(),
        By::Place => row.place().0.into(),
        By::Counterpart => row.counterpart().map_or(0, |place| u32::from(place.0) + 1),
        By::Year => row.period().as_of().map_or(0, |date| date.year().unsigned_abs().into()),
    }
}
