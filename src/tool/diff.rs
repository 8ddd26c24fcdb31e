//! `impact diff`: what differs between two packages, as text, Markdown or JSON.

use crate::data::package::Package;
use crate::model::observations::Cell;
use crate::text::{Text, format};
use crate::view::changes::{Broken, Changes, Figure, Happened, Revision, RowChange, changes};
use serde_json::{Value, json};

/// Two packages and their names, as the reader typed them.
pub struct Compared<'a> {
    pub old: &'a Package,
    pub new: &'a Package,
    pub names: [String; 2],
    pub changes: Changes,
    text: Text,
}

/// One part of the report: the first cell of a row says what it is about.
struct Section {
    title: String,
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl<'a> Compared<'a> {
    pub fn new(old: &'a Package, new: &'a Package, names: [String; 2], text: Text) -> Compared<'a> {
        Compared { changes: changes(old, new), old, new, names, text }
    }

    /// For a terminal.
    pub fn text(&self) -> String {
        let mut out = self.head().join("\n") + "\n";
        for section in self.sections() {
            out.push_str(&format!("\n{} ({})\n", section.title, section.rows.len()));
            for row in &section.rows {
                let mut cells = row.iter().zip(&section.heads);
                if let Some((what, _)) = cells.next() {
                    out.push_str(&format!("  {what}\n"));
                }
                for (cell, head) in cells.filter(|(cell, _)| !cell.is_empty()) {
                    out.push_str(&format!("    {head}: {cell}\n"));
                }
            }
        }
        out
    }

    /// For a page, a message or a pull request.
    pub fn markdown(&self) -> String {
        let mut out = format!("{}\n", self.head().iter().map(|line| escape(line)).collect::<Vec<_>>().join("\n\n"));
        for section in self.sections() {
            let line = |cells: &[String]| format!("| {} |\n", cells.iter().map(|cell| escape(cell)).collect::<Vec<_>>().join(" | "));
            out.push_str(&format!("\n## {} ({})\n\n{}", escape(&section.title), section.rows.len(), line(&section.heads)));
            out.push_str(&format!("|{}\n", "---|".repeat(section.heads.len())));
            section.rows.iter().for_each(|row| out.push_str(&line(row)));
        }
        out
    }

    /// For programs: ids and numbers as published.
    pub fn json(&self) -> Value {
        let Changes { added, withdrawn, revised, documented, restated, rows, broken, .. } = &self.changes;
        let figures = |all: &[Figure]| all.iter().map(figure_json).collect::<Vec<_>>();
        let pairs = |all: &[Revision]| {
            let pair = |one: &Revision| json!({"old": figure_json(&one.old), "new": figure_json(&one.new), "percent": one.percent()});
            all.iter().map(pair).collect::<Vec<_>>()
        };
        let field = |(name, old, new): &(&str, String, String)| json!({"field": name, "old": old, "new": new});
        let row = |row: &RowChange| {
            json!({
                "resource": row.resource,
                "key": row.key,
                "happened": happened(row.happened),
                "fields": row.fields.iter().map(field).collect::<Vec<_>>(),
            })
        };
        let [old, new] = &self.names;
        json!({
            "old": {"package": old, "version": self.changes.old_version, "issues": self.old.issues.len()},
            "new": {"package": new, "version": self.changes.new_version, "issues": self.new.issues.len()},
            "same": self.changes.is_empty(),
            "figures": {
                "added": figures(added),
                "withdrawn": figures(withdrawn),
                "revised": pairs(revised),
                "documented": pairs(documented),
                "restated": pairs(restated),
            },
            "rows": rows.iter().map(row).collect::<Vec<_>>(),
            "broken": broken.iter().map(broken_json).collect::<Vec<_>>(),
        })
    }

    fn t(&self, key: &str) -> String {
        self.text.t(key, &[])
    }

    fn head(&self) -> Vec<String> {
        let [old, new] = &self.names;
        let args = [("old", old.as_str()), ("new", new), ("before", &self.changes.old_version), ("now", &self.changes.new_version)];
        let mut lines = vec![self.text.t("impact.diff-of", &args)];
        for (package, name) in [(self.old, old), (self.new, new)] {
            if !package.issues.is_empty() {
                let issues = self.text.plural("impact.issues", package.issues.len() as u64, &[]);
                lines.push(self.text.t("impact.diff-unsound", &[("name", name), ("issues", &issues)]));
            }
        }
        if self.changes.is_empty() {
            lines.push(self.t("impact.diff-none"));
        }
        lines
    }

    fn sections(&self) -> Vec<Section> {
        let Changes { added, withdrawn, revised, documented, restated, rows, .. } = &self.changes;
        let figures = |key: &str, package: &Package, all: &[Figure]| {
            let row = |one: &Figure| vec![self.subject(package, one), self.value(package, one), self.source(package, one)];
            self.section(key, &["figure", "value", "source"], all.iter().map(row).collect())
        };
        let pairs = |key: &str, heads: &[&str], all: &[Revision], cells: &dyn Fn(&Revision) -> Vec<String>| {
            let row = |one: &Revision| [vec![self.subject(self.new, &one.new)], cells(one)].concat();
            self.section(key, heads, all.iter().map(row).collect())
        };
        let tables = |key: &str, fits: &dyn Fn(&str) -> bool| {
            let rows = rows.iter().filter(|row| fits(row.resource)).flat_map(|row| self.row(row)).collect();
            self.section(key, &["row", "what", "before", "now"], rows)
        };
        let describes = |name: &str| ["series", "breaks", "units"].contains(&name);
        let all = vec![
            figures("impact.diff-added", self.new, added),
            figures("impact.diff-withdrawn", self.old, withdrawn),
            pairs("impact.diff-revised", &["figure", "before", "now", "change", "source"], revised, &|one| {
                let change = one.percent().map(|change| self.text.t("impact.percent", &[("n", &format::signed(change, self.text.lang))]));
                let values = [self.value(self.old, &one.old), self.value(self.new, &one.new)];
                [&values[..], &[change.unwrap_or_default(), self.sources(one)]].concat()
            }),
            pairs("impact.diff-documented", &["figure", "value", "what"], documented, &|one| {
                vec![self.value(self.new, &one.new), self.documents(one)]
            }),
            pairs("impact.diff-restated", &["figure", "value", "source", "before", "now"], restated, &|one| {
                let standing = |figure: &Figure| self.t(&format!("standing.{}", figure.standing.id()));
                let what = [self.value(self.new, &one.new), self.source(self.new, &one.new)];
                [&what[..], &[standing(&one.old), standing(&one.new)]].concat()
            }),
            tables("impact.diff-definitions", &describes),
            tables("impact.diff-sources", &|name| name == "sources"),
            tables("impact.diff-rows", &|name| !describes(name) && name != "sources"),
            self.section("impact.diff-broken", &["link"], self.changes.broken.iter().map(|one| vec![self.broken(one)]).collect()),
        ];
        all.into_iter().filter(|section| !section.rows.is_empty()).collect()
    }

    fn section(&self, title: &str, heads: &[&str], rows: Vec<Vec<String>>) -> Section {
        Section { title: self.t(title), heads: heads.iter().map(|head| self.t(&format!("impact.head-{head}"))).collect(), rows }
    }

    /// Series, place and period in words.
    fn subject(&self, package: &Package, figure: &Figure) -> String {
        let (catalog, lang, key) = (&package.dataset.catalog, self.text.lang, &figure.key);
        let place = |code: &String| catalog.places.by_key(code).map_or_else(|| code.clone(), |place| place.name.get(lang).to_owned());
        let series = catalog.series.by_key(&key.series).map_or_else(|| key.series.clone(), |series| series.name.get(lang).to_owned());
        let sector = key.sector.as_ref().and_then(|id| catalog.sectors.by_key(id)).map(|sector| sector.name.get(lang).to_owned());
        let period = format::period(key.period, lang).unwrap_or_else(|| self.t("period.unknown"));
        let parts = [Some(series), Some(place(&key.place)), key.counterpart.as_ref().map(place), sector, Some(period)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// As published, with its wording.
    fn value(&self, package: &Package, figure: &Figure) -> String {
        let Some(unit) = package.dataset.catalog.units.by_key(&figure.unit) else { return String::new() };
        match (figure.cell, figure.value_max) {
            (Cell::Value { value, qualifier }, max) => self.text.full(value, max, unit, qualifier),
            (cell, _) => self.text.cell(cell, unit),
        }
    }

    fn source(&self, package: &Package, figure: &Figure) -> String {
        let source = package.dataset.catalog.sources.by_key(&figure.source);
        source.map_or_else(
            || figure.source.clone(),
            |source| format!("{}, {} ({})", source.publisher.get(self.text.lang), source.title, source.id),
        )
    }

    fn sources(&self, one: &Revision) -> String {
        let new = self.source(self.new, &one.new);
        if one.old.source == one.new.source { new } else { format!("{} → {new}", self.source(self.old, &one.old)) }
    }

    /// What differs between two rows that say the same number.
    fn documents(&self, one: &Revision) -> String {
        let told = |figure: &Figure| -> Vec<(&str, String)> {
            let note = |lang| figure.note.as_ref().map_or_else(String::new, |note| note.get(lang).to_owned());
            vec![
                ("source", figure.source.clone()),
                ("more_sources", figure.more_sources.join(", ")),
                ("vintage", figure.vintage.map(|date| date.to_string()).unwrap_or_default()),
                ("computed", figure.computed.to_string()),
                ("note_en", note(crate::model::lang::Lang::En)),
                ("note_uk", note(crate::model::lang::Lang::Uk)),
            ]
        };
        let pairs = told(&one.old).into_iter().zip(told(&one.new)).filter(|(old, new)| old != new);
        pairs.map(|((name, old), (_, new))| format!("{name}: {} → {}", shown(&old), shown(&new))).collect::<Vec<_>>().join("; ")
    }

    /// A line for each field; one for a row that came or went.
    fn row(&self, row: &RowChange) -> Vec<Vec<String>> {
        let name = format!("{}: {}", row.resource, row.key);
        if row.fields.is_empty() {
            return vec![vec![name, self.t(word(row.happened)), String::new(), String::new()]];
        }
        let field = |(field, old, new): &(&str, String, String)| vec![name.clone(), (*field).to_owned(), shown(old), shown(new)];
        row.fields.iter().map(field).collect()
    }

    fn broken(&self, one: &Broken) -> String {
        match one {
            Broken::Address(path) => self.text.t("impact.broken-address", &[("path", path)]),
            Broken::Headline(id) => self.text.t("impact.broken-headline", &[("id", id)]),
            Broken::View(id) => self.text.t("impact.broken-view", &[("id", id)]),
            Broken::Link(issue) => {
                let row = issue.row.map(|row| self.text.t("impact.row", &[("n", &row.to_string())]));
                let at: Vec<String> = std::iter::once(issue.file.clone()).chain(row).chain(issue.field.clone()).collect();
                format!("{}: {}", at.join(", "), self.text.issue(issue))
            }
        }
    }
}

fn shown(value: &str) -> String {
    if value.is_empty() { "–".to_owned() } else { value.to_owned() }
}

fn happened(what: Happened) -> &'static str {
    match what {
        Happened::Added => "added",
        Happened::Changed => "changed",
        Happened::Withdrawn => "withdrawn",
    }
}

fn word(what: Happened) -> &'static str {
    match what {
        Happened::Added => "impact.added",
        Happened::Changed => "impact.changed",
        Happened::Withdrawn => "impact.withdrawn",
    }
}

/// The names are those of the package's fields.
fn figure_json(figure: &Figure) -> Value {
    let (value, qualifier, missing) = match figure.cell {
        Cell::Value { value, qualifier } => (Some(value), Some(qualifier.id()), None),
        Cell::Missing(reason) => (None, None, Some(reason.id())),
    };
    let date = |date: Option<crate::model::date::Date>| date.map(|date| date.to_string());
    json!({
        "series": figure.key.series,
        "place": figure.key.place,
        "counterpart": figure.key.counterpart,
        "sector": figure.key.sector,
        "period_start": date(figure.key.period.start),
        "period_end": date(figure.key.period.end),
        "value": value,
        "value_max": figure.value_max,
        "unit": figure.unit,
        "qualifier": qualifier,
        "missing": missing,
        "standing": figure.standing.id(),
        "computed": figure.computed,
        "vintage": figure.vintage.map(|date| date.to_string()),
        "source": figure.source,
        "more_sources": figure.more_sources,
        "note_en": figure.note.as_ref().map(|note| &note.en),
        "note_uk": figure.note.as_ref().map(|note| &note.uk),
    })
}

fn broken_json(one: &Broken) -> Value {
    match one {
        Broken::Address(path) => json!({"kind": "address", "path": path}),
        Broken::Headline(id) => json!({"kind": "headline", "id": id}),
        Broken::View(id) => json!({"kind": "view", "id": id}),
        Broken::Link(issue) => {
            json!({"kind": "link", "file": issue.file, "row": issue.row, "field": issue.field, "code": issue.code.id(), "found": issue.found})
        }
    }
}

/// A package's text is never markup, in Markdown neither.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn a_packages_text_is_no_markdown() {
        let check = |text: &str, expected: &str| assert_eq!(escape(text), expected);
        check("plain, 1.5% (so)", "plain, 1.5% (so)");
        check("<img src=x> [a](b) *c* a|b", "&lt;img src=x> \\[a\\](b) \\*c\\* a\\|b");
        check("two\nlines & `code`", "two lines &amp; \\`code\\`");
    }
}
