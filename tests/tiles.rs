//! The tile grid: all 27 regions of Ukraine, each once, named as in the package, where a neighbour expects them.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::package;
use diaspora_impact::model::lang::Lang;
use diaspora_impact::model::words::PlaceKind;
use diaspora_impact::state::view_state::ViewState;
use diaspora_impact::text::Text;
use diaspora_impact::view;
use diaspora_impact::view::spec::{Figure, Tile};
use std::collections::{BTreeMap, BTreeSet};

const VIEWS: [&str; 2] = ["idps-by-oblast", "reached-all-partners"];

fn figure(id: &str, lang: Lang) -> Figure {
    let dataset = &package().dataset;
    view::figure(dataset, dataset.catalog.view(id).unwrap(), &ViewState::default(), Text::new(lang))
}

fn tiles(figure: &Figure) -> Vec<(usize, usize, &Tile)> {
    let rows = figure.tiles.as_ref().unwrap().rows.iter().enumerate();
    rows.flat_map(|(y, row)| row.iter().enumerate().filter_map(move |(x, tile)| Some((x, y, tile.as_ref()?)))).collect()
}

#[test]
fn twenty_seven_regions_each_once_and_named_as_in_the_package() {
    let regions: BTreeMap<&str, _> =
        package().dataset.catalog.places.iter().filter(|p| p.kind == PlaceKind::Oblast).map(|p| (p.code.as_str(), p)).collect();
    assert_eq!(regions.len(), 27);
    for view in VIEWS {
        for lang in Lang::ALL {
            let figure = figure(view, lang);
            let tiles = tiles(&figure);
            let codes: BTreeSet<&str> = tiles.iter().map(|(_, _, tile)| tile.code.as_str()).collect();
            assert_eq!(tiles.len(), 27, "each once");
            assert_eq!(codes, regions.keys().copied().collect());
            let mut names = BTreeSet::new();
            for (_, _, tile) in tiles {
                let full = regions[tile.code.as_str()].name.get(lang);
                // What stands in the tile is a part of the name; read aloud it is the whole.
                let short = tile.name.replace('\u{ad}', "");
                assert!(full.split([' ', '\u{a0}']).collect::<Vec<_>>().join(" ").contains(&short), "{short:?} is not in {full:?}");
                assert!(tile.label.starts_with(&format!("{full}: ")), "{:?}", tile.label);
                assert!(names.insert(short), "{} twice", tile.name);
            }
        }
    }
}

/// Every tile lies beside at least one region with which it shares a border; the pairs are read from a map of Ukraine.
#[test]
fn neighbours_are_plausible() {
    const BORDERS: &str = "05: 18 32 35 51 68 71 77|07: 46 56|09: 14 63|12: 14 23 35 48 53 63 65|14: 09 12 23 63|18: 05 32 56 68|\
        21: 26 46|23: 12 14 65|26: 21 46 61 77|30: 32|32: 05 18 30 53 71 74|35: 05 12 48 51 53 71|40: 43|43: 40 65|46: 07 21 26 56 61|\
        48: 12 35 51 65|51: 05 35 48|53: 12 32 35 59 63 71 74|56: 07 18 46 61 68|59: 53 63 74|61: 26 46 56 68 77|63: 09 12 14 53 59|\
        65: 12 23 43 48|68: 05 18 56 61 77|71: 05 32 35 53|74: 32 53 59|77: 05 26 61 68";
    let borders: BTreeMap<&str, Vec<&str>> =
        BORDERS.split('|').map(|line| line.trim().split_once(": ").unwrap()).map(|(of, with)| (of, with.split(' ').collect())).collect();
    for (of, with) in &borders {
        assert!(with.iter().all(|other| borders[other].contains(of)), "borders have two sides: {of}");
    }
    let figure = figure(VIEWS[0], Lang::En);
    let tiles = tiles(&figure);
    let (mut beside, mut share) = (0, 0);
    for (x, y, tile) in &tiles {
        let code = tile.code.strip_prefix("UA-").unwrap();
        let near = tiles.iter().filter(|(a, b, _)| x.abs_diff(*a) + y.abs_diff(*b) == 1).map(|(_, _, other)| &other.code[3..]);
        let near: Vec<&str> = near.collect();
        let shared = near.iter().filter(|other| borders[code].contains(other)).count();
        assert!(shared > 0, "{code} has none of its neighbours beside it");
        (beside, share) = (beside + near.len(), share + shared);
    }
    assert!(share * 4 > beside * 3, "{share} of {beside} tiles side by side share a border");
    let at = |code: &str| tiles.iter().find(|(_, _, tile)| tile.code == code).map(|(x, y, _)| (*x, *y)).unwrap();
    let (crimea, sevastopol, kherson) = (at("UA-43"), at("UA-40"), at("UA-65"));
    assert!(kherson.1 < crimea.1 && crimea.1 <= sevastopol.1, "Crimea lies south of Kherson");
    assert!(at("UA-07").0 < at("UA-74").0 && at("UA-74").0 < at("UA-09").0, "Volyn, Chernihiv, Luhansk from west to east");
}

/// The reason stands where the number would; a hatched tile is neither zero nor empty.
#[test]
fn what_is_missing_says_why() {
    for view in VIEWS {
        for lang in Lang::ALL {
            let figure = figure(view, lang);
            let reason = Text::new(lang).t("missing.not_published", &[]);
            let missing: Vec<&Tile> = tiles(&figure).into_iter().map(|(_, _, tile)| tile).filter(|tile| tile.shade.is_none()).collect();
            assert_eq!(missing.iter().map(|tile| tile.code.as_str()).collect::<Vec<_>>(), ["UA-43", "UA-40"], "{view}");
            for tile in missing {
                assert!(tile.text == reason && tile.label.ends_with(&reason) && tile.number.is_none() && tile.fact.is_some());
            }
            assert_eq!(figure.tiles.as_ref().unwrap().reasons, [reason]);
        }
    }
}
