//! The forms in which a table may lie in a package: JSON objects, or a head and lists of values, and either packed by gzip.
//! The app has nothing of this: large tables come to it unpacked (`bin/bulk.rs`), and `record` reads both forms.

use super::contract::{Contract, max_bytes};
use super::issue::{Code, Issue};
use flate2::bufread::GzDecoder;
use flate2::{Compression, GzBuilder};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Read, Write};

/// The end of a packed file's name.
pub const PACKED: &str = ".gz";

/// The file of a table, as `read` finds it: packed if it is not there as it is.
pub fn find<E>(table: &str, read: impl Fn(&str) -> Result<Vec<u8>, E>) -> Result<(String, Vec<u8>), E> {
    let plain = format!("{table}.json");
    let packed = format!("{plain}{PACKED}");
    match read(&plain) {
        Ok(bytes) => Ok((plain, bytes)),
        Err(error) => read(&packed).map(|bytes| (packed, bytes)).map_err(|_| error),
    }
}

/// Under which path a descriptor lists a table.
pub fn listed_as<'h>(head: &'h Map<String, Value>, table: &str) -> Option<&'h str> {
    let all = head.get("resources")?.as_array()?;
    all.iter().find(|one| one.get("name").and_then(Value::as_str) == Some(table))?.get("path")?.as_str()
}

/// The bytes of a table's file without packing.
pub fn unpacked<'b>(table: &str, file: &str, bytes: &'b [u8]) -> Result<Cow<'b, [u8]>, Issue> {
    if !file.ends_with(PACKED) {
        return Ok(Cow::Borrowed(bytes));
    }
    let (mut out, limit) = (Vec::new(), max_bytes(table));
    let mut decoder = GzDecoder::new(bytes);
    let read = decoder.by_ref().take(limit as u64 + 1).read_to_end(&mut out);
    match read {
        Err(_) => Err(Issue::new(file, Code::NotGzip)),
        // A browser refuses what stands behind: another packed file, or anything.
        Ok(_) if out.len() <= limit && !decoder.get_ref().is_empty() => Err(Issue::new(file, Code::NotGzip)),
        // A small file may unpack to more than any memory holds.
        Ok(_) if out.len() > limit => Err(Issue::new(file, Code::TooLarge).found(format!("> {limit}")).expected(limit.to_string())),
        Ok(_) => Ok(Cow::Owned(out)),
    }
}

/// Whether a packed file holds what a listed one beside it does, as on a built site: hosts send it, nothing reads it.
pub fn is_copy(file: &str, is_listed: impl Fn(&str) -> bool, read: &dyn Fn(&str) -> Result<Vec<u8>, String>) -> bool {
    let Some(plain) = file.strip_suffix(PACKED).filter(|plain| is_listed(plain)) else { return false };
    let table = plain.strip_suffix(".json").unwrap_or(plain);
    matches!((read(plain), read(file)), (Ok(one), Ok(other)) if unpacked(table, file, &other).is_ok_and(|other| other == one))
}

/// Packed; the same bytes give the same file.
pub fn packed(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut writer = GzBuilder::new().write(Vec::new(), Compression::best());
    writer.write_all(bytes)?;
    writer.finish()
}

/// Rows as objects, whichever form they have; values stay as they are written.
pub fn keyed(json: &str) -> Cow<'_, str> {
    let rows: Vec<&RawValue> = serde_json::from_str(json).unwrap_or_default();
    let names: Option<Vec<String>> = rows.first().and_then(|head| serde_json::from_str(head.get()).ok());
    let Some(names) = names.filter(|names| !names.is_empty()) else { return Cow::Borrowed(json) };
    let row = |row: &&RawValue| match serde_json::from_str::<Vec<&RawValue>>(row.get()) {
        Ok(values) if values.len() == names.len() => {
            let pairs = names.iter().zip(values).map(|(name, value)| format!("{}: {}", Value::from(name.as_str()), value.get()));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
        _ => row.get().to_owned(),
    };
    let rows: Vec<String> = rows.iter().skip(1).map(row).collect();
    Cow::Owned(if rows.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", rows.join(",\n")) })
}

/// Objects as a head and lists of values, a third of the size; `None` if a row is no object or has a field that the contract does not know.
pub fn listed(contract: &Contract, keyed: &str) -> Option<String> {
    let rows: Vec<BTreeMap<&str, &RawValue>> = serde_json::from_str(keyed).ok()?;
    let line = |row: &BTreeMap<&str, &RawValue>| {
        row.keys().all(|name| contract.field(name).is_some()).then(|| {
            let values = contract.fields.iter().map(|field| row.get(field.name).map_or("null", |value| value.get()));
            format!("[{}]", values.collect::<Vec<_>>().join(", "))
        })
    };
    let names = contract.fields.iter().map(|field| format!("{:?}", field.name));
    let mut lines = vec![format!("[{}]", names.collect::<Vec<_>>().join(", "))];
    for row in &rows {
        lines.push(line(row)?);
    }
    Some(format!("[\n{}\n]\n", lines.join(",\n")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::contract::contract;

    #[test]
    fn each_form_says_the_same() {
        let sectors = contract("sectors").unwrap();
        let objects = "[\n{\"id\": \"a\", \"name_en\": \"A, \\\"b\\\"\", \"name_uk\": \"Б\"}\n]\n";
        let lists = "[\n[\"id\", \"name_en\", \"name_uk\"],\n[\"a\", \"A, \\\"b\\\"\", \"Б\"]\n]\n";
        assert_eq!(listed(sectors, objects).unwrap(), lists);
        assert_eq!(keyed(lists), objects);
        assert_eq!(keyed(objects), objects);
        assert_eq!(keyed("[[\"id\", \"name_en\", \"name_uk\"]]"), "[]\n");
        assert_eq!(listed(sectors, "[{\"moon\": 1}]"), None);
        let file = packed(objects.as_bytes()).unwrap();
        assert_eq!(unpacked("sectors", "sectors.json.gz", &file).unwrap(), objects.as_bytes());
        assert_eq!(file, packed(objects.as_bytes()).unwrap());
        assert_eq!(unpacked("sectors", "sectors.json.gz", &[&file[..], &file].concat()).unwrap_err().code, Code::NotGzip);
        assert_eq!(unpacked("sectors", "sectors.json.gz", &[&file[..], b"\n"].concat()).unwrap_err().code, Code::NotGzip);
        let large = packed(&vec![b' '; max_bytes("sectors") + 1]).unwrap();
        assert_eq!(unpacked("sectors", "sectors.json.gz", &large).unwrap_err().code, Code::TooLarge);
        assert!(unpacked("observations-people", "observations-people.json.gz", &large).is_ok());
        assert_eq!(unpacked("sectors", "sectors.json.gz", objects.as_bytes()).unwrap_err().code, Code::NotGzip);
        assert_eq!(unpacked("sectors", "sectors.json.gz", &file[..file.len() - 9]).unwrap_err().code, Code::NotGzip);
    }

    #[test]
    fn a_packed_copy_is_known_by_what_it_holds() {
        let [rows, others] = [b"[]\n".to_vec(), b"[{}]\n".to_vec()];
        let check = |file: &str, listed: &str, copy: Vec<u8>, expected: bool| {
            let read = |path: &str| if path.ends_with(PACKED) { Ok(copy.clone()) } else { Ok(rows.clone()) };
            assert_eq!(is_copy(file, |path| path == listed, &read), expected, "{file} beside {listed}");
        };
        check("sectors.json.gz", "sectors.json", packed(&rows).unwrap(), true);
        check("decks/one.json.gz", "decks/one.json", packed(&rows).unwrap(), true);
        check("sectors.json.gz", "sectors.json", packed(&others).unwrap(), false);
        check("sectors.json.gz", "sectors.json", rows.clone(), false);
        check("sectors.json.gz", "places.json", packed(&rows).unwrap(), false);
        check("sectors.json", "sectors.json.gz", packed(&rows).unwrap(), false);
    }
}
