//! Where a package lies: a folder, its descriptor, or a web address of either.
//!
//! Reads only. Does not list files on the web, where nobody can.

use super::web::{PATIENCE, Web};
use crate::data::contract::MAX_LARGE_BYTES;
use crate::data::descriptor::FILE;
use crate::data::issue::Code;
use crate::data::package::{self, Package, load_folder_telling};
use crate::data::record::is_web_address;
use crate::text::Text;
use crate::view;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where a package's files are.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    Folder(PathBuf),
    /// Of the folder, with a slash at its end.
    Web(String),
}

impl Origin {
    /// What was typed: the name of a folder, of a descriptor, or an address. The error is a sentence.
    pub fn parse(typed: &str, text: Text) -> Result<Origin, String> {
        let wrong = |key: &str| Err(text.t(key, &[("name", typed)]));
        if is_web_address(typed) {
            if typed.contains(['?', '#']) {
                return wrong("impact.address-with-query");
            }
            let folder = typed.strip_suffix(FILE).unwrap_or(typed);
            if folder.ends_with(".json") {
                return wrong("impact.not-a-package");
            }
            return Ok(Origin::Web(format!("{}/", folder.trim_end_matches('/'))));
        }
        let path = Path::new(typed);
        if path.is_dir() {
            return Ok(Origin::Folder(path.to_owned()));
        }
        if !path.exists() {
            return wrong("impact.not-found");
        }
        match (path.file_name().and_then(|name| name.to_str()), path.parent()) {
            (Some(FILE), Some(parent)) => Ok(Origin::Folder(if parent.as_os_str().is_empty() { ".".into() } else { parent.to_owned() })),
            _ => wrong("impact.not-a-package"),
        }
    }

    /// The whole package with all its issues. The error is a sentence: there is no package at all.
    pub fn load(&self, text: Text) -> Result<Package, String> {
        self.load_telling(&|_| (), text)
    }

    /// The same; `tell` hears the name of each file before it is read.
    pub fn load_telling(&self, tell: &dyn Fn(&str), text: Text) -> Result<Package, String> {
        let mut package = match self {
            Origin::Folder(folder) => load_folder_telling(folder, tell),
            Origin::Web(base) => load_web(base, tell, text),
        };
        if let Some(issue) = package.issues.iter().find(|issue| issue.file == FILE && issue.code == Code::NotReadable) {
            return Err(text.t("impact.no-descriptor", &[("name", &self.name()), ("reason", &issue.found)]));
        }
        view::judge(&mut package);
        Ok(package)
    }

    /// As a reader would write it.
    pub fn name(&self) -> String {
        match self {
            Origin::Folder(path) => path.display().to_string(),
            Origin::Web(base) => base.clone(),
        }
    }
}

fn load_web(base: &str, tell: &dyn Fn(&str), text: Text) -> Package {
    let web = Web::new(PATIENCE, text);
    // Each file is asked for once: two answers for one file could differ.
    let answers: RefCell<BTreeMap<String, Result<Vec<u8>, String>>> = RefCell::default();
    let fetch = |path: &str| {
        tell(path);
        web.get(&format!("{base}{path}"), MAX_LARGE_BYTES as u64)
    };
    let read = |path: &str| answers.borrow_mut().entry(path.to_owned()).or_insert_with(|| fetch(path)).clone();
    package::load(&read, &[])
}
