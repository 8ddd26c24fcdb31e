//! What differs between two packages, in words: for `impact diff` and for the page of changes. Nothing of it is in the app.
//!
//! Judges nothing; knows no markup.

use super::changes::{Broken, Changes, Figure, Happened, Revision, RowChange, changes};
use crate::data::package::Package;
use crate::model::date::Period;
use crate::model::observations::Cell;
use crate::model::words::Rough;
use crate::text::{Text, format};
use serde_json::{Value, json};

pub struct Difference<'a> {
    pub old: &'a Package,
    pub new: &'a Package,
    pub changes: Changes,
    pub text: Text,
}

/// One kind of change: the first cell of a row says what it is about.
pub struct Section {
    pub title: String,
    pub heads: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl<'a> Difference<'a> {
    /// Both packages as `view::judge` leaves them.
    pub fn new(old: &'a Package, new: &'a Package, text: Text) -> Difference<'a> {
        Difference { changes: changes(old, new), old, new, text }
    }

    /// For programs: ids and numbers as published, `names` of the two packages.
    pub fn json(&self, names: &[String; 2]) -> Value {
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
        let [old, new] = names;
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

    /// What has changed, without the kinds of which nothing has.
    pub fn sections(&self) -> Vec<Section> {
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
                let change = one.percent().map(|change| self.text.t("impact.percent", &[("n", &signed(change, self.text))]));
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
        let period = format::period(Period { rough: figure.rough, ..key.period }, lang).unwrap_or_else(|| self.t("period.unknown"));
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
                ("date_precision", figure.rough.map_or("", Rough::id).to_owned()),
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

/// With its sign, and as many decimals as it takes not to say that nothing has changed.
fn signed(change: f64, text: Text) -> String {
    let decimals = (1..9).find(|&places| (change * 10f64.powi(places)).abs() >= 0.5).unwrap_or(9);
    let written = format::number(change, decimals as usize, text.lang);
    if change > 0.0 { format!("+{written}") } else { written }
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
        "date_precision": figure.rough.map(Rough::id),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lang::Lang;

    #[test]
    fn a_small_change_is_a_change() {
        let check = |change: f64, expected: &str| assert_eq!(signed(change, Text::new(Lang::En)), expected);
        check(3.33, "+3.3");
        check(-12.0, "-12");
        check(0.0467, "+0.05");
        check(-0.000_04, "-0.00004");
        check(0.0, "0");
    }
}
