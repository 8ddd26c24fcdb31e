//! The published package, loaded once for all tests of a file.

use diaspora_impact::data::package::{Package, load_folder};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("public/data")
}

pub fn package() -> &'static Package {
    static PACKAGE: OnceLock<Package> = OnceLock::new();
    PACKAGE.get_or_init(|| {
        let package = load_folder(&folder());
        assert!(package.issues.is_empty(), "the package is not sound; run `cargo run --bin validate -- public/data`");
        package
    })
}
