//! What the system and readers of formats say, in the reader's language: their own sentences are English.

use crate::text::Text;
use std::io::{Error, ErrorKind};
use std::path::Path;

/// Why a file or folder could not be read or written.
pub fn reason(error: &Error, text: Text) -> String {
    let key = match error.kind() {
        ErrorKind::NotFound => "impact.system.not-found",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "impact.system.denied",
        ErrorKind::AlreadyExists => "impact.system.exists",
        ErrorKind::IsADirectory => "impact.system.is-folder",
        ErrorKind::NotADirectory => "impact.system.no-folder",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "impact.system.full",
        ErrorKind::CrossesDevices => "impact.system.other-disk",
        _ => {
            let code = error.raw_os_error().map_or_else(|| error.kind().to_string(), |code| code.to_string());
            return text.t("impact.system.other", &[("code", &code)]);
        }
    };
    text.t(key, &[])
}

/// The same with the name of the file or folder.
pub fn at(path: &Path, text: Text) -> impl Fn(Error) -> String {
    move |error| format!("{}: {}", path.display(), reason(&error, text))
}

/// A file that is not there.
pub fn missing(path: &Path, text: Text) -> String {
    at(path, text)(ErrorKind::NotFound.into())
}

/// Where a file stops being JSON, or what we can read of it.
pub fn json(path: &Path, error: &serde_json::Error, text: Text) -> String {
    let place = format!("{}:{}", error.line(), error.column());
    text.t("impact.not-json", &[("name", &path.display().to_string()), ("at", &place)])
}

/// Why a CSV file cannot be read: lines as an editor counts them.
pub fn csv(error: &csv::Error, text: Text) -> String {
    let line = error.position().map_or(0, csv::Position::line).to_string();
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            text.t("impact.csv-length", &[("line", &line), ("found", &len.to_string()), ("expected", &expected_len.to_string())])
        }
        csv::ErrorKind::Utf8 { .. } => text.t("impact.csv-utf8", &[("line", &line)]),
        csv::ErrorKind::Io(error) => reason(error, text),
        _ => text.t("impact.csv-line", &[("line", &line)]),
    }
}
