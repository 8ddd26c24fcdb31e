//! Words, numbers and dates in the reader's language, the same on the host and in the browser.
//!
//! Messages live in `locales/*.json`; the browser fetches those of one language (`script/finish.mjs` joins them).
//! Numbers and dates follow `Intl`, and a browser test compares them with it.
//! Does not know signals, the DOM or a chart.

pub mod format;
pub mod letters;

use crate::data::issue::Issue;
use crate::model::catalog::Unit;
use crate::model::lang::Lang;
use crate::model::observations::Cell;
use crate::model::words::{Qualifier, UnitKind};
use std::sync::OnceLock;

/// One language's messages and formats. Cheap to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    pub lang: Lang,
}

type Messages = serde_json::Map<String, serde_json::Value>;

static MESSAGES: [OnceLock<Messages>; 2] = [OnceLock::new(), OnceLock::new()];

fn place(lang: Lang) -> &'static OnceLock<Messages> {
    &MESSAGES[usize::from(lang == Lang::Uk)]
}

/// Host tools carry all words: `app` the interface, `words` the package's controlled words, `issue` findings of validation,
/// `static` what only the build writes, `edit` what the editor of talks says and `impact` what only that tool does, so that the app's
/// readers do not load them (`search` and `offline` belong to scripts in `web/`).
/// `tests/tidy.rs` reads every file; an unreadable one shows keys instead of words.
#[cfg(not(target_arch = "wasm32"))]
fn messages(lang: Lang) -> Option<&'static Messages> {
    const FILES: [[&str; 6]; 2] = [
        [
            include_str!("../locales/en/app.json"),
            include_str!("../locales/en/words.json"),
            include_str!("../locales/en/issue.json"),
            include_str!("../locales/en/static.json"),
            include_str!("../locales/en/impact.json"),
            include_str!("../locales/en/edit.json"),
        ],
        [
            include_str!("../locales/uk/app.json"),
            include_str!("../locales/uk/words.json"),
            include_str!("../locales/uk/issue.json"),
            include_str!("../locales/uk/static.json"),
            include_str!("../locales/uk/impact.json"),
            include_str!("../locales/uk/edit.json"),
        ],
    ];
    let read = |json: &&str| serde_json::from_str::<Messages>(json).unwrap_or_default();
    Some(place(lang).get_or_init(|| FILES[usize::from(lang == Lang::Uk)].iter().flat_map(read).collect()))
}

/// The browser has the words that were installed.
#[cfg(target_arch = "wasm32")]
fn messages(lang: Lang) -> Option<&'static Messages> {
    place(lang).get()
}

/// Whether [`install`] has been given this language.
pub fn is_installed(lang: Lang) -> bool {
    place(lang).get().is_some()
}

/// Takes the words of one language, a JSON object of texts; `false` if it is none. A second file for a language is ignored.
pub fn install(lang: Lang, json: &[u8]) -> bool {
    // As text, like all JSON here: reading bytes would be compiled beside it.
    match serde_json::from_str(std::str::from_utf8(json).unwrap_or_default()) {
        Ok(serde_json::Value::Object(messages)) => {
            let _ = place(lang).set(messages);
            true
        }
        _ => false,
    }
}

fn message(lang: Lang, key: &str) -> Option<&'static str> {
    messages(lang)?.get(key)?.as_str()
}

impl Text {
    pub fn new(lang: Lang) -> Text {
        Text { lang }
    }

    /// The message `key` with `{name}` replaced; an unknown key shows itself.
    pub fn t(self, key: &str, args: &[(&str, &str)]) -> String {
        let Some(message) = message(self.lang, key) else { return key.to_owned() };
        format::one_full_stop(fill(message, args))
    }

    pub fn has(self, key: &str) -> bool {
        message(self.lang, key).is_some()
    }

    /// `key.one`, `key.few`, `key.many` or `key.other`, chosen by `n`; `{n}` is `n` written out.
    pub fn plural(self, key: &str, n: u64, args: &[(&str, &str)]) -> String {
        let written = format::number(n as f64, 0, self.lang);
        let mut all = vec![("n", written.as_str())];
        all.extend_from_slice(args);
        let form = format::plural(n as f64, self.lang).key();
        let keyed = format!("{key}.{form}");
        self.t(if self.has(&keyed) { &keyed } else { key }, &all)
    }

    /// What is wrong with a package and how to mend it.
    pub fn issue(self, issue: &Issue) -> String {
        self.t(&format!("issue.{}", issue.code.id()), &[("found", &issue.found), ("expected", &issue.expected)])
    }

    /// `over 463,000`: a bare number with its wording, no unit.
    pub fn qualified(self, number: &str, qualifier: Qualifier) -> String {
        match qualifier {
            Qualifier::Exact => number.to_owned(),
            other => self.t(&format!("qualifier.{}", other.id()), &[("number", number)]),
        }
    }

    /// A value in full with its unit, as a table or a certificate shows it: `USD 14,967,000,000`, `8.25895% of GDP`.
    pub fn full(self, value: f64, unit: &Unit) -> String {
        self.with_unit(&format::exact(value, self.lang), value, unit, false)
    }

    /// A value rounded for reading: `USD 15.7 billion`, `8.3% of GDP`, `463,000 people`.
    pub fn short(self, value: f64, unit: &Unit) -> String {
        let number = match unit.kind {
            UnitKind::Share => format::number(value, 1, self.lang),
            UnitKind::Money | UnitKind::Count => format::compact(value, self.lang),
        };
        self.with_unit(&number, value, unit, format::is_compacted(value))
    }

    fn with_unit(self, number: &str, value: f64, unit: &Unit, compacted: bool) -> String {
        let noun = self.noun(value, unit, compacted);
        match (unit.kind, self.lang) {
            (UnitKind::Share, Lang::En) if noun.starts_with('%') => format!("{number}{noun}"),
            (UnitKind::Money, Lang::En) => format!("{} {number}", unit.currency.as_deref().unwrap_or(&noun)),
            _ => format!("{number}\u{a0}{noun}"),
        }
    }

    /// The unit's noun for `value`; after a word like «млн» Ukrainian always takes the genitive plural.
    fn noun(self, value: f64, unit: &Unit, compacted: bool) -> String {
        use format::Plural;
        let form = if compacted { Plural::Many } else { format::plural(value, self.lang) };
        match (self.lang, form) {
            (Lang::En, Plural::One) => unit.en[0].clone(),
            (Lang::En, _) => unit.en[1].clone(),
            (Lang::Uk, Plural::One) => unit.uk[0].clone(),
            (Lang::Uk, Plural::Few) => unit.uk[1].clone(),
            (Lang::Uk, Plural::Many) => unit.uk[2].clone(),
            (Lang::Uk, Plural::Other) => unit.uk[3].clone(),
        }
    }

    /// A value with its wording and unit, or the reason why there is none.
    pub fn cell(self, cell: Cell, unit: &Unit) -> String {
        match cell {
            Cell::Value { value, qualifier } => self.qualified(&self.full(value, unit), qualifier),
            Cell::Missing(reason) => self.t(&format!("missing.{}", reason.id()), &[]),
        }
    }
}

fn fill(message: &str, args: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(message.len() + 32);
    let mut rest = message;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        out.push_str(before);
        rest = after;
        let Some(close) = after.find('}') else { break };
        let name = &after[1..close];
        match args.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => out.push_str(value),
            None => out.push_str(&after[..=close]),
        }
        rest = &after[close + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once() {
        let check = |message: &str, expected: &str| assert_eq!(fill(message, &[("a", "{b}"), ("b", "2")]), expected, "{message}");
        check("{a} and {b}", "{b} and 2");
        check("{c} stays, {b}", "{c} stays, 2");
        check("half {b", "half {b");
        check("}{", "}{");
        check("", "");
    }
}
