//! `impact diff`: what differs between two packages, as text, Markdown or JSON.

use crate::data::package::Package;
use crate::text::Text;
use crate::view::difference::Difference;
use serde_json::Value;

/// Two packages and their names, as the reader typed them.
pub struct Compared<'a> {
    pub difference: Difference<'a>,
    pub names: [String; 2],
}

impl<'a> Compared<'a> {
    pub fn new(old: &'a Package, new: &'a Package, names: [String; 2], text: Text) -> Compared<'a> {
        Compared { difference: Difference::new(old, new, text), names }
    }

    /// For a terminal.
    pub fn text(&self) -> String {
        let mut out = self.head().join("\n") + "\n";
        for section in self.difference.sections() {
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
        for section in self.difference.sections() {
            let line = |cells: &[String]| format!("| {} |\n", cells.iter().map(|cell| escape(cell)).collect::<Vec<_>>().join(" | "));
            out.push_str(&format!("\n## {} ({})\n\n{}", escape(&section.title), section.rows.len(), line(&section.heads)));
            out.push_str(&format!("|{}\n", "---|".repeat(section.heads.len())));
            section.rows.iter().for_each(|row| out.push_str(&line(row)));
        }
        out
    }

    /// For programs.
    pub fn json(&self) -> Value {
        self.difference.json(&self.names)
    }

    fn head(&self) -> Vec<String> {
        let Difference { old: before, new: now, changes, text } = &self.difference;
        let [old, new] = &self.names;
        let args = [("old", old.as_str()), ("new", new), ("before", &changes.old_version), ("now", &changes.new_version)];
        let mut lines = vec![text.t("impact.diff-of", &args)];
        for (package, name) in [(before, old), (now, new)] {
            if !package.issues.is_empty() {
                let issues = text.plural("impact.issues", package.issues.len() as u64, &[]);
                lines.push(text.t("impact.diff-unsound", &[("name", name), ("issues", &issues)]));
            }
        }
        if changes.is_empty() {
            lines.push(text.t("impact.diff-none", &[]));
        }
        lines
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
