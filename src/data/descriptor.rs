//! `datapackage.json`: the list of resources with their files, hashes and schemas.

use super::contract::{CONTRACTS, LARGE_BYTES, max_bytes, may_be_large};
use super::given::Given;
use super::issue::{Code, Issue};
use super::record::{not_json, text_of};
use sha2::{Digest, Sha256};

pub const FILE: &str = "datapackage.json";
/// Names the package that this one is a part of (`data::fragment`): it lists only resources that have rows.
pub const PART_OF: &str = "part_of";

/// One resource as the descriptor lists it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub name: String,
    /// Relative to the descriptor.
    pub path: String,
    /// Lower-case hex SHA-256 of the file.
    pub sha256: String,
    pub bytes: usize,
}

#[derive(Clone, Debug, Default)]
pub struct Descriptor {
    pub title: String,
    /// The package's version, as published.
    pub version: String,
    /// When the package was put together, as published: `2026-11-21T00:00:00Z`.
    pub created: String,
    /// As published; no name twice.
    pub entries: Vec<Entry>,
}

impl Descriptor {
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }
}

fn text(value: &Given, key: &str) -> String {
    value.get(key).and_then(Given::text).unwrap_or_default().to_owned()
}

/// Reads the descriptor; resources that it lists wrongly are left out with an issue.
pub fn read(bytes: &[u8]) -> (Descriptor, Vec<Issue>) {
    let mut issues = Vec::new();
    let mut descriptor = Descriptor::default();
    let json = match text_of(FILE, bytes) {
        Ok(json) => json,
        Err(issue) => return (descriptor, vec![issue]),
    };
    let value: Given = match serde_json::from_str(json) {
        Ok(value) => value,
        Err(error) => return (descriptor, vec![not_json(FILE, &error)]),
    };
    descriptor.title = text(&value, "title");
    descriptor.version = text(&value, "version");
    descriptor.created = text(&value, "created");
    let Some(resources) = value.get("resources").and_then(Given::items) else {
        issues.push(Issue::new(FILE, Code::MissingField).field("resources"));
        return (descriptor, issues);
    };
    let mut listed = Vec::new();
    for (row, resource) in (1u32..).zip(resources) {
        let entry = Entry::read(resource);
        for (field, missing) in [
            ("name", entry.name.is_empty()),
            ("path", entry.path.is_empty()),
            ("hash", entry.sha256.is_empty()),
            ("size_bytes", entry.bytes == 0),
        ] {
            if missing {
                issues.push(Issue::new(FILE, Code::MissingField).row(row).field(field));
            }
        }
        listed.push(entry.name.clone());
        if !is_plain_path(&entry.path) {
            issues.push(Issue::new(FILE, Code::UnsafePath).row(row).field("path").found(entry.path));
            continue;
        }
        if entry.name.is_empty() || entry.path.is_empty() {
            continue;
        }
        if descriptor.entry(&entry.name).is_some() {
            issues.push(Issue::new(FILE, Code::DuplicateResource).row(row).field("name").found(entry.name));
            continue;
        }
        descriptor.entries.push(entry);
    }
    for contract in CONTRACTS {
        if !listed.iter().any(|name| name == contract.name) && value.get(PART_OF).is_none() {
            issues.push(Issue::new(FILE, Code::MissingResource).found(contract.name));
        }
    }
    #[cfg(not(target_arch = "wasm32"))]
    issues.extend(check_schemas(json));
    (descriptor, issues)
}

/// The published schema is for other readers; the app reads rows by the contract itself, so only the host tools compare.
#[cfg(not(target_arch = "wasm32"))]
fn check_schemas(json: &str) -> Vec<Issue> {
    let package: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
    let resources = package["resources"].as_array().map_or(&[][..], Vec::as_slice);
    let names: Vec<&str> = resources.iter().filter_map(|one| one["name"].as_str()).collect();
    let is_listed = |name: &str| package.get(PART_OF).is_none() || names.contains(&name);
    let judge = |(row, resource): (u32, &serde_json::Value)| {
        let name = resource["name"].as_str()?;
        let schema = super::contract::contract(name)?.schema_among(&is_listed);
        let is_safe = resource["path"].as_str().is_none_or(is_plain_path);
        (is_safe && resource["schema"] != schema).then(|| Issue::new(FILE, Code::SchemaMismatch).row(row).field("schema").found(name))
    };
    (1u32..).zip(resources).filter_map(judge).collect()
}

/// A file beside or below the descriptor: no scheme, no root, no way up.
pub fn is_plain_path(path: &str) -> bool {
    path.split('/').all(|part| !part.is_empty() && part != "." && part != "..") && !path.contains([':', '\\', '?', '#', '%'])
}

impl Entry {
    pub(super) fn read(value: &Given) -> Entry {
        Entry {
            name: text(value, "name"),
            path: text(value, "path"),
            sha256: text(value, "hash").strip_prefix("sha256:").unwrap_or_default().to_owned(),
            bytes: match value.get("size_bytes") {
                Some(Given::Number(bytes)) if bytes.fract() == 0.0 => *bytes as usize,
                _ => 0,
            },
        }
    }

    /// Whether `bytes` are the very file that the descriptor speaks of.
    pub fn verify(&self, bytes: &[u8]) -> Vec<Issue> {
        let limit = max_bytes(&self.name);
        if bytes.len() > limit {
            return vec![Issue::new(&self.path, Code::TooLarge).found(bytes.len().to_string()).expected(limit.to_string())];
        }
        self.compare(bytes.len(), sha256_hex(bytes))
    }

    /// The same of a file of so many bytes with this hash.
    pub fn compare(&self, bytes: usize, hash: String) -> Vec<Issue> {
        let mut issues = Vec::new();
        if self.bytes != bytes {
            issues.push(Issue::new(&self.path, Code::SizeMismatch).found(bytes.to_string()).expected(self.bytes.to_string()));
        }
        if hash != self.sha256 {
            issues.push(Issue::new(&self.path, Code::HashMismatch).found(hash).expected(self.sha256.as_str()));
        }
        issues
    }

    /// Whether the file is packed by gzip.
    pub fn is_packed(&self) -> bool {
        self.path.ends_with(".gz")
    }

    /// Whether a browser reads it beside the page: what is packed, and observations, which alone may be many.
    pub fn is_large(&self) -> bool {
        self.is_packed() || (may_be_large(&self.name) && self.bytes > LARGE_BYTES)
    }
}

pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(Sha256::new_with_prefix(bytes))
}

pub fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
