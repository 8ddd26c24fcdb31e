//! `src/text/format.rs` prints what the browser's `Intl` prints.

use diaspora_impact::model::date::{Date, PartialDate};
use diaspora_impact::model::lang::Lang;
use diaspora_impact::text::format;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(module = "/tests/web/intl.js")]
extern "C" {
    fn number(value: f64, decimals: u32, tag: &str) -> String;
    fn date(year: i32, month: u32, day: u32, tag: &str) -> String;
    fn month(year: i32, month: u32, tag: &str) -> String;
    fn plural(value: f64, tag: &str) -> String;
}

/// No reader mistakes a British date. Ours binds the Ukrainian «р.» to its year, so that no line ends between them.
const DATES: [(Lang, &str); 2] = [(Lang::En, "en-GB"), (Lang::Uk, "uk-UA")];
const NUMBERS: [(Lang, &str); 2] = [(Lang::En, "en-US"), (Lang::Uk, "uk-UA")];

/// Compares many values and shows the first differences of all.
struct Differences(Vec<String>);

impl Differences {
    fn check(&mut self, what: impl FnOnce() -> String, ours: String, theirs: String) {
        if ours != theirs {
            self.0.push(format!("{}: ours {ours:?}, Intl {theirs:?}", what()));
        }
    }

    #[track_caller]
    fn none(self) {
        let shown: Vec<&str> = self.0.iter().take(20).map(String::as_str).collect();
        assert!(self.0.is_empty(), "{} differences\n{}", self.0.len(), shown.join("\n"));
    }
}

/// Every size and ending, without a random generator: the same values each time.
fn values() -> Vec<f64> {
    let mut values = vec![
        0.0, -0.0, 0.5, 1.5, 2.5, 0.05, 0.125, 0.375, 1.005, 2.675, 1.255, 8.345, 0.0005, 0.0004, -0.04, -0.5, 999.995, 999.9995, 9999.5,
        99_999.5,
    ];
    values.extend([
        8.25895,
        0.01347,
        463_000.0,
        1327.0,
        14_967_000_000.0,
        905_976_152_196.263_3,
        4_503_599_627_370_495.5,
        9e15,
        1e-9,
        0.1 + 0.2,
    ]);
    for power in 0..16 {
        let ten = 10f64.powi(power);
        values.extend([ten, ten - 1.0, ten + 1.0, ten * 1.5, -ten, ten + 0.5, ten / 7.0]);
    }
    // Prices and shares with one to four decimals, all endings.
    values.extend((0..4000).map(|n| f64::from(n) / 1000.0));
    values.extend((0..2000).map(|n| f64::from(n * 7919) / 10_000.0));
    values.extend((0..2000).map(|n| f64::from(n) * 1_234_567.89));
    values
}

#[wasm_bindgen_test]
fn numbers_are_those_of_intl() {
    let mut differences = Differences(Vec::new());
    for (lang, tag) in NUMBERS {
        for value in values() {
            for decimals in 0..=3 {
                differences.check(
                    || format!("{value} with {decimals} decimals in {tag}"),
                    format::number(value, decimals, lang),
                    number(value, decimals as u32, tag),
                );
            }
        }
    }
    differences.none();
}

#[wasm_bindgen_test]
fn exact_numbers_are_those_of_intl() {
    let mut differences = Differences(Vec::new());
    for (lang, tag) in NUMBERS {
        for value in values() {
            differences.check(|| format!("{value} in {tag}"), format::exact(value, lang), number(value, 20, tag));
        }
    }
    differences.none();
}

fn plain(date: String) -> String {
    date.replace('\u{a0}', " ")
}

#[wasm_bindgen_test]
fn dates_are_those_of_intl() {
    let mut differences = Differences(Vec::new());
    for (lang, tag) in DATES {
        for year in [1, 99, 999, 1900, 1996, 1999, 2000, 2022, 2023, 2024, 2026, 2100, 9999] {
            for m in 1..=12 {
                for day in 1..=31 {
                    let Some(d) = Date::new(year, m, day) else { continue };
                    differences.check(
                        || format!("{d} in {tag}"),
                        plain(format::date(d, lang)),
                        date(i32::from(year), m.into(), day.into(), tag),
                    );
                }
                let partial = PartialDate { year, month: Some(m), day: None };
                differences.check(
                    || format!("{partial} in {tag}"),
                    plain(format::partial_date(partial, lang)),
                    month(i32::from(year), m.into(), tag),
                );
            }
        }
    }
    differences.none();
}

#[wasm_bindgen_test]
fn plurals_are_those_of_intl() {
    let mut differences = Differences(Vec::new());
    for (lang, tag) in NUMBERS {
        let wholes =
            (0..1200).map(f64::from).chain([463_000.0, 1_000_001.0, 1_000_011.0, 1_000_022.0, 14_967_000_000.0, -1.0, -2.0, -11.0, -22.0]);
        for value in wholes.chain([0.1, 0.5, 1.5, 2.1, 8.25895, -1.5]) {
            differences.check(|| format!("{value} in {tag}"), format::plural(value, lang).key().to_owned(), plural(value, tag));
        }
    }
    differences.none();
}
