//! `cargo run --bin seal -- public/data`: writes `datapackage.json` anew from the files beside it: schemas from the
//! contract, sizes, hashes and the package's version (the hash of all of them); and beside it the JSON Schema of a talk. Run it after
//! every change of the data.

use diaspora_impact::data::deck::FOLDER;
use diaspora_impact::data::deck_schema;
use diaspora_impact::data::descriptor::FILE;
use diaspora_impact::data::seal;
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
    let at = |file: &str, error: std::io::Error| format!("{}: {error}", folder.join(file).display());
    let path = folder.join(FILE);
    let package = match std::fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?,
        Err(error) => return Err(format!("{}; start from a copy of another package's descriptor", at(FILE, error))),
    };
    let mut decks: Vec<String> = std::fs::read_dir(folder.join(FOLDER))
        .map(|all| all.flatten().filter_map(|one| Some(one.file_name().to_str()?.strip_suffix(".json")?.to_owned())).collect())
        .unwrap_or_default();
    decks.sort();
    let sealed = seal::seal(package, &decks, &|file| std::fs::read(folder.join(file)).map_err(|error| at(file, error)))?;
    std::fs::write(&path, sealed.text).map_err(|error| at(FILE, error))?;
    std::fs::write(folder.join(deck_schema::FILE), deck_schema::text()).map_err(|error| at(deck_schema::FILE, error))?;
    Ok(sealed.version)
}
