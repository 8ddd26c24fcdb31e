//! Figures counted by several dimensions: the groups are those of a map of keys, whichever way they are found.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::package;
use diaspora_impact::model::group::{By, group};
use diaspora_impact::model::observations::{Builder, Row};
use std::collections::BTreeMap;

fn key(row: Row, by: &[By]) -> Vec<String> {
    let one = |by: &By| match by {
        By::Series => format!("{:?}", row.series()),
        By::Place => format!("{:?}", row.place()),
        By::Counterpart => format!("{:?}", row.counterpart()),
        By::Year => format!("{:?}", row.period().as_of().map(|date| date.year())),
    };
    by.iter().map(one).collect()
}

#[test]
fn groups_are_those_of_a_map_of_keys() {
    let all = [By::Series, By::Place, By::Counterpart, By::Year];
    for (_, table) in &package().dataset.observations {
        // The last has more combinations than a table of all of them may have places.
        for by in [&all[..1], &all[1..3], &all[..2], &[By::Series, By::Place, By::Year], &all] {
            let mut expected: BTreeMap<Vec<String>, (u32, u32, f64)> = BTreeMap::new();
            for row in table.iter() {
                let group = expected.entry(key(row, by)).or_default();
                group.0 += 1;
                group.1 += u32::from(row.cell().value().is_none());
                group.2 += row.cell().value().unwrap_or(0.0);
            }
            let found = group(table, by);
            let keyed = found.iter().map(|group| (key(table.row(group.row).unwrap(), by), (group.count, group.missing, group.sum)));
            assert_eq!(keyed.collect::<BTreeMap<_, _>>(), expected);
            assert_eq!(found.len(), expected.len());
        }
    }
    assert!(group(&Builder::default().build(), &all).is_empty());
}

#[test]
fn rows_at_a_place_are_those_of_the_series_there() {
    for (_, table) in &package().dataset.observations {
        for row in table.iter() {
            let expected: Vec<u32> =
                table.of_series(row.series()).filter(|other| other.place() == row.place()).map(|row| row.row).collect();
            let found: Vec<u32> = table.at_place(row.series(), row.place()).map(|row| row.row).collect();
            assert_eq!(found, expected);
        }
    }
}

#[test]
fn places_of_a_series_are_those_of_its_rows() {
    let dataset = &package().dataset;
    for (_, table) in &dataset.observations {
        for row in table.iter() {
            let mut expected = Vec::new();
            for place in table.of_series(row.series()).flat_map(|row| [Some(row.place()), row.counterpart()]).flatten() {
                if !expected.contains(&place) {
                    expected.push(place);
                }
            }
            assert_eq!(dataset.places_of(row.series()), expected);
        }
    }
}
