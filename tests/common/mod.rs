//! The published package, loaded once for all tests of a file.

use diaspora_impact::data::fragment::Raw;
use diaspora_impact::data::package::{Package, load_folder};
use diaspora_impact::html::takeaway::Published;
use diaspora_impact::html::{Site, twin};
use diaspora_impact::state::route::Page;
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

/// One page of a package made on `day`, as the build writes it.
#[allow(dead_code)] // not by every file of tests
pub fn static_page(site: &Site, package: &Package, page: &Page, day: &str) -> String {
    let mut raw = Raw::default();
    raw.descriptor.insert("created".to_owned(), day.into());
    let published = Published { site, package, raw: &raw, origin: "", kept: &[] };
    twin::page(&published, &format!("{}data/", site.base), page).into_string()
}
