//! Rows as we publish them: one a line, fields in the order of the contract, so that two versions can be compared line by line.
//!
//! Numbers stay digit for digit as they were written. The app reads numbers of 16 digits and more quickly, not always to the last binary
//! digit; where a zero at the end helps it, which changes no number, it gets one. A large table is a head and lists of values, packed.

use crate::data::contract::{Contract, LARGE_BYTES, may_be_large};
use crate::data::form;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The text of a table. `before` is the text that its rows were read from; a row may have changed since, and others may follow.
/// An absent field is written as `null`; one that the contract does not know stays, for a check to find.
pub fn table(contract: &Contract, before: &str, rows: &[Map<String, Value>]) -> String {
    if rows.is_empty() {
        return "[]\n".to_owned();
    }
    let written: Vec<BTreeMap<String, Box<RawValue>>> = serde_json::from_str(before).unwrap_or_default();
    let lines: Vec<String> = rows.iter().enumerate().map(|(at, row)| line(contract, row, written.get(at))).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

/// A table's file and its bytes: where it is large, a head and lists of values, packed.
pub fn file(contract: &Contract, before: &str, rows: &[Map<String, Value>]) -> (String, Vec<u8>) {
    let text = table(contract, before, rows);
    let name = format!("{}.json", contract.name);
    if may_be_large(contract.name)
        && text.len() > LARGE_BYTES
        && let Some(packed) = form::listed(contract, &text).and_then(|lists| form::packed(lists.as_bytes()).ok())
    {
        return (name + form::PACKED, packed);
    }
    (name, text.into_bytes())
}

fn line(contract: &Contract, row: &Map<String, Value>, written: Option<&BTreeMap<String, Box<RawValue>>>) -> String {
    let known = contract.fields.iter().map(|field| (field.name, row.get(field.name).unwrap_or(&Value::Null)));
    let others = row.iter().filter(|(name, _)| contract.field(name).is_none()).map(|(name, value)| (name.as_str(), value));
    let text = |name: &str, value: &Value| {
        let as_before = written.and_then(|fields| fields.get(name)).map(|raw| raw.get());
        let is_same = |raw: &&str| value.is_number() && serde_json::from_str::<Value>(raw).is_ok_and(|before| before == *value);
        let written = as_before.filter(is_same).map_or_else(|| spaced(value), str::to_owned);
        if value.is_number() { for_quick_readers(written) } else { written }
    };
    let fields: Vec<String> = known.chain(others).map(|(name, value)| format!("{}: {}", Value::from(name), text(name, value))).collect();
    format!("{{{}}}", fields.join(", "))
}

/// A number with as many zeros after its last decimal as a quick reader needs; as it is where none help.
fn for_quick_readers(written: String) -> String {
    let Ok(exact) = written.parse::<f64>() else { return written };
    let zeros = ["", "0", "00", "000"].into_iter().find(|zeros| quick(&format!("{written}{zeros}")) == Some(exact));
    zeros.map_or_else(|| written.clone(), |zeros| format!("{written}{zeros}"))
}

/// As the app reads it: all digits as one whole number of 64 bits, divided by a power of ten. `None` where nothing is divided.
pub fn quick(written: &str) -> Option<f64> {
    let (whole, fraction) = written.trim_start_matches('-').split_once('.')?;
    let digits: u64 = format!("{whole}{fraction}").parse().ok()?;
    let value = digits as f64 / 10f64.powi(i32::try_from(fraction.len()).ok().filter(|places| *places <= 22)?);
    Some(if written.starts_with('-') { -value } else { value })
}

fn spaced(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(spaced).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::contract::CONTRACTS;

    fn rows(text: &str) -> Vec<Map<String, Value>> {
        serde_json::from_str(text).unwrap()
    }

    /// Ours are written so: publishing them again changes no byte.
    #[test]
    fn the_published_tables_are_in_normal_form() {
        for contract in CONTRACTS {
            let path = format!("{}/public/data/{}.json", env!("CARGO_MANIFEST_DIR"), contract.name);
            let text = std::fs::read_to_string(path).unwrap();
            assert!(table(contract, &text, &rows(&text)) == text, "{} is not in normal form", contract.name);
        }
    }

    /// What a reader sees is then the number that was published, although the app has no exact reader of numbers.
    #[test]
    fn the_app_reads_every_published_number_exactly() {
        let (mut all, mut long) = (0, 0);
        for contract in CONTRACTS {
            let path = format!("{}/public/data/{}.json", env!("CARGO_MANIFEST_DIR"), contract.name);
            let text = std::fs::read_to_string(path).unwrap();
            let rows: Vec<BTreeMap<String, Box<RawValue>>> = serde_json::from_str(&text).unwrap();
            for raw in rows.iter().flat_map(BTreeMap::values).map(|raw| raw.get()).filter(|raw| raw.parse::<f64>().is_ok()) {
                let Some(read) = quick(raw) else { continue };
                assert_eq!(Ok(read), raw.parse(), "{}: {raw}", contract.name);
                all += 1;
                long += usize::from(raw.len() > 16);
            }
        }
        assert!(all > 500 && long > 20, "{all} with decimals, {long} of them long");
    }

    #[test]
    fn a_zero_more_changes_no_number() {
        let check = |written: &str, expected: &str| assert_eq!(for_quick_readers(written.to_owned()), expected);
        assert_ne!(quick("90.59761521962633"), "90.59761521962633".parse().ok());
        check("90.59761521962633", "90.597615219626330");
        check("0.30000000000000004", "0.30000000000000004");
        check("905976152196.26331", "905976152196.26331");
        check("13.1240", "13.1240");
        check("-2", "-2");
        check("1e-7", "1e-7");
    }

    #[test]
    fn no_digit_is_lost() {
        let contract = &CONTRACTS[1];
        let before = r#"[{"name_en": "A \"b\"", "code": "X", "parent": 905976152196.2633, "kind": 13.1240, "colour": {"a": [1, 2]}}]"#;
        let mut changed = rows(before);
        let expected =
            r#"{"code": "X", "kind": 13.1240, "parent": 905976152196.26330, "name_en": "A \"b\"", "name_uk": null, "colour": {"a":[1,2]}}"#;
        assert_eq!(table(contract, before, &changed), format!("[\n{expected}\n]\n"));
        changed[0].insert("kind".to_owned(), 2.5.into());
        assert!(table(contract, before, &changed).contains(r#""kind": 2.5, "parent": 905976152196.26330"#));
        assert_eq!(table(contract, before, &[]), "[]\n");
    }
}
