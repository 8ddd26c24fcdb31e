//! `cargo run --bin seal -- public/data`: writes `datapackage.json` anew from the files beside it: schemas from the
//! contract, sizes, hashes and the package's version (the hash of all of them). Run it after every change of the data.

use diaspora_impact::data::contract::CONTRACTS;
use diaspora_impact::data::descriptor::{FILE, sha256_hex};
use serde_json::{Map, Value, json};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("usage: seal <folder of datapackage.json>");
        return ExitCode::from(2);
    };
    match seal(Path::new(&folder)) {
        Ok(version) => {
            println!("sealed {folder}: version {version}");
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn seal(folder: &Path) -> Result<String, String> {
    let path = folder.join(FILE);
    // Title, description, licences and contributors are the publisher's own; everything else is derived.
    let mut package: Map<String, Value> = match std::fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?,
        Err(error) => return Err(format!("{}: {error}; start from a copy of another package's descriptor", path.display())),
    };
    let mut resources = Vec::new();
    let mut hashes = String::new();
    for contract in CONTRACTS {
        let file = format!("{}.json", contract.name);
        let bytes = std::fs::read(folder.join(&file)).map_err(|error| format!("{}: {error}", folder.join(&file).display()))?;
        let hash = sha256_hex(&bytes);
        hashes.push_str(&hash);
        resources.push(json!({
            "name": contract.name,
            "path": file,
            "type": "table",
            "format": "json",
            "mediatype": "application/json",
            "encoding": "utf-8",
            "hash": format!("sha256:{hash}"),
            "size_bytes": bytes.len(),
            "schema": contract.table_schema(),
        }));
    }
    let version: String = sha256_hex(hashes.as_bytes()).chars().take(12).collect();
    package.insert("version".into(), version.clone().into());
    package.insert("resources".into(), resources.into());
    let mut text = serde_json::to_string_pretty(&package).map_err(|error| error.to_string())?;
    text.push('\n');
    std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(version)
}
