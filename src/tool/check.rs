//! `impact check`: all issues of a package by file, each with its place, the offending value, what it means and how to mend it.

use crate::data::descriptor;
use crate::data::issue::{Code, Issue};
use crate::data::package::Package;
use crate::text::Text;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// For people.
pub fn report(package: &Package, name: &str, text: Text) -> String {
    let mut out = String::new();
    for (file, issues) in by_file(&package.issues) {
        let count = text.plural("impact.issues", issues.len() as u64, &[]);
        out.push_str(&format!("{file}: {count}\n"));
        for issue in issues {
            out.push_str(&one(issue, text));
        }
        out.push('\n');
    }
    out.push_str(&summary(package, name, text));
    out.push('\n');
    out
}

/// For machines: the same, with stable names.
pub fn json(package: &Package, name: &str, text: Text) -> Value {
    let issue = |issue: &Issue| {
        json!({
            "file": issue.file,
            "row": issue.row,
            "field": issue.field,
            "code": issue.code.id(),
            "found": issue.found,
            "expected": issue.expected,
            "message": text.issue(issue),
            "why": text.t(why(issue), &[]),
        })
    };
    json!({
        "package": name,
        "version": package.descriptor.version,
        "resources": package.rows.len(),
        "rows": rows(package),
        "sound": package.issues.is_empty(),
        "issues": package.issues.iter().map(issue).collect::<Vec<_>>(),
    })
}

fn by_file(issues: &[Issue]) -> BTreeMap<&str, Vec<&Issue>> {
    let mut files: BTreeMap<&str, Vec<&Issue>> = BTreeMap::new();
    for issue in issues {
        files.entry(issue.file.as_str()).or_default().push(issue);
    }
    files
}

fn one(issue: &Issue, text: Text) -> String {
    let row = issue.row.map(|row| text.t("impact.row", &[("n", &row.to_string())]));
    let at: Vec<String> = row.into_iter().chain(issue.field.clone()).collect();
    let at = if at.is_empty() { text.t("impact.whole-file", &[]) } else { at.join(", ") };
    let mut out = format!("\n  {at} [{}]\n", issue.code.id());
    let mut line = |label: &str, what: &str| out.push_str(&format!("    {}: {what}\n", text.t(label, &[])));
    if !issue.found.is_empty() {
        line("impact.found", &issue.found);
    }
    line("impact.mend", &text.issue(issue));
    line("impact.why", &text.t(why(issue), &[]));
    out
}

fn summary(package: &Package, name: &str, text: Text) -> String {
    let resources = text.plural("impact.resources", package.rows.len() as u64, &[]);
    let rows = text.plural("impact.rows", u64::from(rows(package)), &[]);
    let args = [("name", name), ("resources", resources.as_str()), ("rows", &rows)];
    if package.issues.is_empty() {
        return text.t("impact.sound", &args);
    }
    let issues = text.plural("impact.issues", package.issues.len() as u64, &[]);
    let files = text.plural("impact.files", by_file(&package.issues).len() as u64, &[]);
    text.t("impact.unsound", &[&args[..], &[("issues", &issues), ("files", &files)]].concat())
}

fn rows(package: &Package) -> u32 {
    package.rows.values().sum()
}

/// What an issue does to those who read the site.
fn why(issue: &Issue) -> &'static str {
    use Code::*;
    let is_talk = issue.file.starts_with("decks/");
    match issue.code {
        NotReadable | NotJson | NotUtf8 | NotArray | NotGzip | TooLarge => "impact.why-unread",
        HashMismatch | SizeMismatch => "impact.why-not-the-file",
        MissingResource | DuplicateResource | UnsafePath | UnlistedFile => "impact.why-unlisted",
        SchemaMismatch => "impact.why-schema",
        // A talk runs on, whatever is wrong with a slide.
        _ if is_talk => "impact.why-slide",
        _ if issue.file == descriptor::FILE => "impact.why-unlisted",
        NotObject | WrongLength | UnknownField | MissingField | WrongType | EmptyText | LongText | ControlCharacter | UnknownWord
        | BadPattern | BadDate | BadUrl | BadNumber | OneLanguage | DuplicateKey => "impact.why-row",
        DuplicateField => "impact.why-twice",
        UnknownReference => "impact.why-reference",
        DatesOutOfOrder
        | ValueAndMissing
        | NoValueNoReason
        | ValueWithoutQualifier
        | RangeOutOfOrder
        | NegativeCount
        | ShareOutOfRange
        | SeveralCurrent
        | WrongTopic
        | ComputedWithoutNote
        | AdditiveStockOverPeriod
        | SubsetUnitDiffers
        | UnsignedWithSignatories
        | PrecisionWithoutDate
        | PrecisionMismatch => "impact.why-honesty",
        ViewWithoutSeries | ViewBadDefaults | ViewEmptyAtFirst | HeadlineWithoutFigure | SlideWithoutFigure | SlideBadState => {
            "impact.why-shown"
        }
    }
}
