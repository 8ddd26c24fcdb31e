//! `cargo run --bin seal -- public/data`: writes `datapackage.json` anew from the files beside it: schemas from the
//! contract, sizes, hashes and the package's version (the hash of all of them). Run it after every change of the data.

use diaspora_impact::data::folder;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(name) = std::env::args().nth(1) else {
        eprintln!("usage: seal <folder of datapackage.json>");
        return ExitCode::from(2);
    };
    match folder::seal(Path::new(&name)) {
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
