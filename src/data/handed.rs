//! What the reader of large tables (`src/bin/bulk.rs`) hands to the page.

use super::given::Given;
use super::issue::{Code, Issue};
use super::record::Checked;
use crate::model::observations::Observations;

/// A table from what is told of it and its columns, or why there is none. `None` if this is nothing that the reader writes.
pub fn read(told: &str, columns: &[u8]) -> Option<Result<Checked, Issue>> {
    let told: Given = serde_json::from_str(told).ok()?;
    if let Some(failed) = told.get("failed") {
        return Some(Err(issue(failed)?));
    }
    let Some(Given::Number(rows)) = told.get("rows") else { return None };
    let issues = told.get("issues")?.items()?.iter().filter_map(issue).collect();
    Some(Ok(Checked::ready(told.get("file")?.text()?, *rows as u32, issues, Observations::from_bytes(columns)?)))
}

fn issue(told: &Given) -> Option<Issue> {
    let [file, code, row, field, found, expected] = told.items()? else { return None };
    let code = code.text()?;
    Some(Issue {
        file: file.text()?.to_owned(),
        row: if let Given::Number(row) = row { Some(*row as u32) } else { None },
        field: field.text().map(str::to_owned),
        code: Code::ALL.iter().copied().find(|known| known.id() == code)?,
        found: found.text()?.to_owned(),
        expected: expected.text()?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_reader_tells_is_understood() {
        let columns = Observations::default().to_bytes();
        let issue = Issue::new("x.json", Code::BadDate).row(7).field("period_end").found("2023").expected("YYYY-MM-DD");
        let told = r#"["x.json", "bad-date", 7, "period_end", "2023", "YYYY-MM-DD"]"#;
        let table = read(&format!(r#"{{"file": "x.json", "rows": 9, "issues": [{told}]}}"#), &columns).unwrap().unwrap();
        assert_eq!((table.rows, table.issues, table.complete), (9, vec![issue.clone()], true));
        assert_eq!(read(&format!(r#"{{"failed": {told}}}"#), &[]).unwrap().unwrap_err(), issue);
        for nothing in ["", "{}", r#"{"failed": null}"#, r#"{"file": "x.json", "rows": 9}"#] {
            assert!(read(nothing, &columns).is_none(), "{nothing}");
        }
        assert!(read(r#"{"file": "x.json", "rows": 9, "issues": []}"#, b"\x01\0\0\0").is_none());
    }
}
