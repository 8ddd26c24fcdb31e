//! `cargo run --bin seal -- public/data`: writes `datapackage.json` anew from the files beside it: schemas from the
//! contract, sizes, hashes and the package's version (the hash of all of them); and beside it the JSON Schema of a talk. Run it after
//! every change of the data.

use diaspora_impact::data::{deck_schema, folder};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(name) = std::env::args().nth(1) else {
        eprintln!("usage: seal <folder of datapackage.json>");
        return ExitCode::from(2);
    };
    match seal(Path::new(&name)) {
        Ok(version) => {
            println!("sealed {name}: version {version}");
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn seal(folder: &Path) -> Result<String, String> {
    let version = folder::seal(folder)?;
    let schema = folder.join(deck_schema::FILE);
    std::fs::write(&schema, deck_schema::text()).map_err(|error| format!("{}: {error}", schema.display()))?;
    Ok(version)
}
