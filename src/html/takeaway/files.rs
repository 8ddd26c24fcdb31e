//! The files of one view: rows as CSV and JSON, an archive that explains itself, citations for reference managers.

use super::{FILES, Takeaway};
use crate::data::fragment::Table;
use crate::data::zip::zip;
use crate::view::{self, download};
use serde_json::{Map, Value, json};

/// Columns that hold numbers, truth values and days; the others hold text.
const NUMBERS: [&str; 3] = ["value", "value_max", "papers"];
const TRUTHS: [&str; 1] = ["computed"];
const DAYS: [&str; 2] = ["period_start", "period_end"];

impl Takeaway<'_> {
    /// The file that `end` (one of [`FILES`]) names.
    pub fn file(&self, end: &str) -> Result<Vec<u8>, String> {
        match end {
            "csv" => Ok(self.csv().into_bytes()),
            "json" => Ok(self.json().into_bytes()),
            "bib" => Ok(self.bibtex().into_bytes()),
            "ris" => Ok(self.ris().into_bytes()),
            "zip" => Ok(zip(&self.archive()?)),
            _ => Err(format!("{end}: {FILES:?}")),
        }
    }

    fn csv(&self) -> String {
        download::csv(&self.all.package.dataset, &self.behind.facts, self.site().text.lang)
    }

    fn columns(&self) -> Vec<&'static str> {
        download::columns(&self.behind.facts).split(',').collect()
    }

    fn json(&self) -> String {
        let columns = self.columns();
        let row = |cells: Vec<String>| object(columns.iter().zip(cells).map(|(name, cell)| (*name, value(name, &cell))));
        let rows: Vec<String> =
            download::rows(&self.all.package.dataset, &self.behind.facts, self.site().text.lang).into_iter().map(row).collect();
        let definitions = self.behind.definitions.iter().map(|d| {
            json!({ "id": d.id, "name": d.name, "definition": d.definition, "scope": d.scope, "does_not_say": d.silent, "basis": d.basis, "licence": d.licence })
        });
        let sources = self.behind.sources.iter().map(|s| {
            json!({ "id": s.id, "publisher": s.publisher, "title": s.title, "url": s.url, "published": s.published, "licence": s.licence, "note": s.note })
        });
        let licences = self.behind.licences.iter().map(|licence| json!({ "code": licence.id(), "meaning": self.licence(licence.id()) }));
        let text = |text: &str| json!(text).to_string();
        let mut out = object([
            ("view", text(&self.def.id)),
            ("title", text(self.title())),
            ("lead", text(self.lead())),
            ("language", text(self.site().text.lang.tag())),
            ("address", text(&self.all.address(&self.page()))),
            ("citation", text(&self.full_citation())),
            ("date", text(self.all.raw.text("created"))),
            ("version", text(self.all.version())),
            ("licences", list(licences)),
            ("limits", json!(self.behind.limits).to_string()),
            ("series", list(definitions)),
            ("sources", list(sources)),
            ("rows", format!("[\n{}\n]", rows.join(",\n"))),
        ]);
        out.push('\n');
        out
    }

    fn full_citation(&self) -> String {
        format!("{} {}", self.citation(), self.all.address(&self.page()))
    }

    fn licence(&self, id: &str) -> String {
        format!("{}. {}", self.site().t(&format!("licence.{id}")), self.site().t(&format!("licence-why.{id}")))
    }

    pub(super) fn bibtex(&self) -> String {
        let authors: Vec<String> = self.behind.publishers.iter().map(|name| format!("{{{}}}", escaped(name))).collect();
        let mut fields = vec![("author", authors.join(" and ")), ("title", format!("{{{}}}", escaped(self.title())))];
        if let Some(date) = self.all.date() {
            fields.push(("year", date.first_day().year().to_string()));
        }
        fields.push(("howpublished", escaped(&self.collected())));
        if !self.all.origin.is_empty() {
            fields.push(("url", self.all.address(&self.page())));
        }
        let fields: Vec<String> = fields.iter().map(|(name, value)| format!("  {name} = {{{value}}}")).collect();
        format!("@misc{{diaspora-impact-{},\n{}\n}}\n", self.def.id, fields.join(",\n"))
    }

    pub(super) fn ris(&self) -> String {
        let mut lines = vec![("TY", "DATA".to_owned())];
        lines.extend(self.behind.publishers.iter().map(|name| ("AU", name.clone())));
        lines.push(("TI", self.title().to_owned()));
        if let Some(date) = self.all.date().map(|date| date.first_day()) {
            lines.push(("PY", date.year().to_string()));
            lines.push(("DA", date.to_string().replace('-', "/")));
        }
        lines.push(("PB", self.site().t("site.name")));
        lines.push(("N1", self.collected()));
        lines.push(("LA", self.site().text.lang.tag().to_owned()));
        if !self.all.origin.is_empty() {
            lines.push(("UR", self.all.address(&self.page())));
        }
        lines.push(("ER", String::new()));
        // A line of a text must not become a line of the file: it could name any field.
        lines.iter().map(|(tag, value)| format!("{tag}  - {}\r\n", value.replace('\n', " "))).collect()
    }

    fn collected(&self) -> String {
        let (site, date) = (self.site().t("site.name"), self.all.date_in_words());
        self.site().text.t("take.collected", &[("site", &site), ("date", &date), ("version", self.all.version())])
    }

    /// Rows, their description for machines and for people, and citations.
    fn archive(&self) -> Result<Vec<(String, Vec<u8>)>, String> {
        let csv = self.csv().into_bytes();
        let path = format!("{}.csv", self.def.id);
        let table = Table { name: "rows", path: &path, bytes: &csv, schema: self.schema() };
        let package =
            self.all.raw.fragment(&self.def.id, &view::needs(&self.all.package.dataset.catalog, self.def), self.about(), &table)?;
        let mut entries = vec![("README.md".to_owned(), self.readme().into_bytes()), (path.clone(), csv)];
        for end in ["bib", "ris"] {
            entries.push((format!("{}.{end}", self.def.id), self.file(end)?));
        }
        entries.extend(package);
        Ok(entries)
    }

    /// What the fragment's descriptor says of itself.
    fn about(&self) -> Map<String, Value> {
        let name = format!("{}-{}", self.all.raw.text("name"), self.def.id);
        let source = |s: &view::spec::Citation| {
            let mut source = Map::from_iter([("title".to_owned(), json!(format!("{}: {}", s.publisher, s.title)))]);
            source.extend(s.url.as_ref().map(|url| ("path".to_owned(), json!(url))));
            Value::from(source)
        };
        let sources: Vec<Value> = self.behind.sources.iter().map(source).collect();
        let about =
            [("name", json!(name)), ("title", json!(self.title())), ("description", json!(self.lead())), ("sources", sources.into())];
        about.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
    }

    fn schema(&self) -> Value {
        let field = |name: &&str| {
            let kind = match *name {
                name if NUMBERS.contains(&name) => "number",
                name if TRUTHS.contains(&name) => "boolean",
                name if DAYS.contains(&name) => "date",
                _ => "string",
            };
            json!({ "name": name, "type": kind, "description": self.column(name) })
        };
        json!({ "fields": self.columns().iter().map(field).collect::<Vec<_>>(), "missingValues": [""] })
    }

    /// What a column holds. Some names mean something else where each row is an agreement.
    fn column(&self, name: &str) -> String {
        let own = format!("agreement-column.{name}");
        let is_agreement = self.columns().contains(&"instrument");
        let key = if is_agreement && self.site().text.has(&own) { own } else { format!("file-column.{name}") };
        self.site().t(&key)
    }

    fn readme(&self) -> String {
        let t = |key: &str| self.site().t(key);
        let list = |items: Vec<String>| items.iter().map(|item| format!("- {}\n", item.replace('\n', " "))).collect::<String>();
        let part = |key: &str, body: String| format!("## {}\n\n{}\n", t(key), body.trim_end());
        let id = &self.def.id;
        let files = [
            (format!("{id}.csv"), "csv"),
            ("datapackage.json".to_owned(), "package"),
            ("data/".to_owned(), "data"),
            (format!("{id}.bib, {id}.ris"), "references"),
        ];
        let files = files.iter().map(|(name, key)| format!("`{name}`: {}", t(&format!("take.holds-{key}")))).collect();
        let definitions = self.behind.definitions.iter().map(|d| {
            let lines = [
                ("certificate.definition", &d.definition),
                ("certificate.scope", &d.scope),
                ("certificate.silent", &d.silent),
                ("certificate.basis", &d.basis),
                ("certificate.licence", &d.licence),
            ];
            let lines = lines.iter().map(|(key, text)| format!("{}: {text}", t(key))).collect();
            format!("### {} (`{}`)\n\n{}\n", d.name, d.id, list(lines))
        });
        let definitions: String = definitions.collect();
        let sources = self.behind.sources.iter().map(|s| {
            let parts = [Some(s.title.clone()), s.published.clone(), Some(s.licence.clone()), s.url.clone(), s.note.clone()];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            format!("{} (`{}`): {}", s.publisher, s.id, parts.join(" · "))
        });
        let licences = self.behind.licences.iter().map(|licence| format!("`{}`: {}", licence.id(), self.licence(licence.id())));
        let mut parts = vec![
            format!("# {}\n\n{}\n\n<{}>\n", self.title(), self.lead(), self.all.address(&self.page())),
            part("take.cite", format!("{}\n\n> {}\n", t("take.cite-first"), self.full_citation())),
            part("take.files", list(files)),
            part("limits.label", list(self.behind.limits.clone())),
        ];
        if !definitions.is_empty() {
            parts.push(part("take.definitions", definitions));
        }
        parts.push(part("take.columns", list(self.columns().iter().map(|name| format!("`{name}`: {}", self.column(name))).collect())));
        parts.push(part("take.licences", format!("{}\n{}", list(licences.collect()), t("take.licence-own"))));
        parts.push(part("sources.heading", list(sources.collect())));
        parts.join("\n")
    }
}

/// A cell as JSON writes it: numbers and truth values bare and to the last digit as in CSV, nothing as `null`.
fn value(column: &str, cell: &str) -> String {
    if cell.is_empty() {
        Value::Null.to_string()
    } else if NUMBERS.contains(&column) || TRUTHS.contains(&column) {
        cell.to_owned()
    } else {
        json!(cell).to_string()
    }
}

/// A JSON object with its keys in this order, which serde_json's own does not keep.
fn object<'k>(fields: impl IntoIterator<Item = (&'k str, String)>) -> String {
    let fields: Vec<String> = fields.into_iter().map(|(name, value)| format!("{}:{value}", json!(name))).collect();
    format!("{{{}}}", fields.join(","))
}

fn list(items: impl Iterator<Item = Value>) -> String {
    Value::from(items.collect::<Vec<_>>()).to_string()
}

/// Text for BibTeX: the characters that TeX takes for commands.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tex_reads_a_name_as_it_is() {
        assert_eq!(
            escaped("R&D {50%} #1_$ \\~^ Київ"),
            "R\\&D \\{50\\%\\} \\#1\\_\\$ \\textbackslash{}\\textasciitilde{}\\textasciicircum{} Київ"
        );
    }

    #[test]
    fn a_cell_keeps_its_kind() {
        let check = |column: &str, cell: &str, expected: &str| assert_eq!(value(column, cell), expected, "{column} {cell}");
        check("value", "14967000000", "14967000000");
        check("value", "905976152196.2633", "905976152196.2633");
        check("computed", "false", "false");
        check("value", "", "null");
        check("vintage", "2024", "\"2024\"");
        check("note", "=1+1, \"so\"", "\"=1+1, \\\"so\\\"\"");
    }
}
