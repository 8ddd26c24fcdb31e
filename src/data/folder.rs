//! A package's folder on the host: sealing what is in it.

use super::deck::FOLDER;
use super::descriptor::FILE;
use super::seal;
use std::path::Path;

/// Ids of the talks in a package's folder, in order.
pub fn decks(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder.join(FOLDER)).into_iter().flatten().flatten();
    let mut decks: Vec<String> = entries.filter_map(|one| Some(one.file_name().to_str()?.strip_suffix(".json")?.to_owned())).collect();
    decks.sort();
    decks
}

/// Writes `datapackage.json` anew from the files beside it, and says the package's version.
pub fn seal(folder: &Path) -> Result<String, String> {
    let at = |file: &str, error: std::io::Error| format!("{}: {error}", folder.join(file).display());
    let path = folder.join(FILE);
    let package = match std::fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| format!("{}: {error}", path.display()))?,
        Err(error) => return Err(format!("{}; start from a copy of another package's descriptor", at(FILE, error))),
    };
    let read = |file: &str| std::fs::read(folder.join(file)).map_err(|error| at(file, error));
    let sealed = seal::seal(package, &decks(folder), &read)?;
    std::fs::write(&path, sealed.text).map_err(|error| at(FILE, error))?;
    Ok(sealed.version)
}
