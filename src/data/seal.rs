//! The derived part of a descriptor: schemas from the contract, sizes, hashes and the version. Does not touch the disk.

use super::contract::CONTRACTS;
use super::deck;
use super::deck_schema;
use super::descriptor::sha256_hex;
use super::form;
use serde_json::{Map, Value, json};

/// A descriptor written anew, and the package's version.
#[derive(Debug)]
pub struct Sealed {
    pub text: String,
    pub version: String,
}

/// Title, description, licences and contributors of `package` are the publisher's own and stay; everything else is derived
/// from the files that `read` returns. `decks`: ids of the talks.
pub fn seal(mut package: Map<String, Value>, decks: &[String], read: &dyn Fn(&str) -> Result<Vec<u8>, String>) -> Result<Sealed, String> {
    let mut resources = Vec::new();
    let mut hashes = String::new();
    for contract in CONTRACTS {
        let (file, bytes) = form::find(contract.name, read)?;
        let hash = sha256_hex(&bytes);
        hashes.push_str(&hash);
        let mut resource = json!({
            "name": contract.name,
            "path": file,
            "type": "table",
            "format": "json",
            "mediatype": "application/json",
            "encoding": "utf-8",
            "hash": format!("sha256:{hash}"),
            "size_bytes": bytes.len(),
            "schema": contract.table_schema(),
        });
        if resource["path"].as_str().is_some_and(|path| path.ends_with(form::PACKED)) {
            resource["compression"] = "gz".into();
        }
        resources.push(resource);
    }
    let mut talks = Vec::new();
    for id in decks {
        let path = format!("{}/{id}.json", deck::FOLDER);
        let bytes = read(&path)?;
        let hash = sha256_hex(&bytes);
        hashes.push_str(&hash);
        talks.push(
            json!({"name": id, "path": path, "hash": format!("sha256:{hash}"), "size_bytes": bytes.len(), "jsonSchema": deck_schema::FILE}),
        );
    }
    package.remove(deck::FOLDER);
    if !talks.is_empty() {
        package.insert(deck::FOLDER.into(), talks.into());
    }
    let version: String = sha256_hex(hashes.as_bytes()).chars().take(12).collect();
    package.insert("version".into(), version.clone().into());
    package.insert("resources".into(), resources.into());
    let mut text = serde_json::to_string_pretty(&package).map_err(|error| error.to_string())?;
    text.push('\n');
    Ok(Sealed { text, version })
}
