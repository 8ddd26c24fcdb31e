//! A table as the reader of large ones (`src/bin/bulk.rs`) hands it to the page.

use super::issue::{Code, Issue};
use super::record::Checked;
use crate::model::bytes::{Reader, Writer};
use crate::model::observations::Observations;

/// How many rows there are, what is wrong with them or with the file, and those that are sound.
pub fn write(rows: u32, issues: &[Issue], observations: &Observations) -> Vec<u8> {
    // As much as it takes: where it grew by itself, it would take twice as much.
    let told: usize = issues.iter().map(|issue| 400 + issue.found.len() + issue.expected.len()).sum();
    let mut to = Writer(Vec::with_capacity(8 + told + observations.size()));
    to.number(rows);
    to.number(issues.len() as u32);
    for issue in issues {
        to.number(issue.code as u32);
        to.number(issue.row.unwrap_or(0));
        for text in [issue.file.as_str(), issue.field.as_deref().unwrap_or_default(), &issue.found, &issue.expected] {
            to.text(text);
        }
    }
    observations.write(&mut to);
    to.0
}

/// What [`write`] wrote; nothing of anything else.
pub fn read(file: &str, bytes: &[u8]) -> Option<Checked> {
    let mut from = Reader(bytes);
    let rows = from.number()?;
    let mut issues = Vec::new();
    for _ in 0..from.number()? {
        let (code, row) = (*Code::ALL.get(from.number()? as usize)?, from.number()?);
        let (file, field, found, expected) = (from.text()?, from.text()?, from.text()?, from.text()?);
        issues.push(Issue { file, row: (row > 0).then_some(row), field: (!field.is_empty()).then_some(field), code, found, expected });
    }
    Some(Checked::ready(file, rows, issues, Observations::read(&mut from)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_reader_tells_is_understood() {
        let issues = [
            Issue::new("x.json", Code::BadDate).row(7).field("period_end").found("2023").expected("YYYY-MM-DD"),
            Issue::new("places.json", Code::HashMismatch).found("я"),
        ];
        let bytes = write(9, &issues, &Observations::default());
        let table = read("x.json", &bytes).unwrap();
        assert_eq!((table.file.as_str(), table.rows, &table.issues[..], table.complete), ("x.json", 9, &issues[..], true));
        assert!((0..bytes.len()).all(|length| read("x.json", &bytes[..length]).is_none()));
    }
}
