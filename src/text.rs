//! Words, numbers and dates in the reader's language, the same on the host and in the browser.
//!
//! Messages live in `locales/*.json`; the browser fetches those of one language (`script/finish.mjs` joins them).
//! Numbers and dates follow `Intl`, and a browser test compares them with it.
//! Does not know signals, the DOM or a chart.

pub mod format;
pub mod letters;

use crate::data::given::Given;
use crate::data::issue::Issue;
use crate::model::catalog::Unit;
use crate::model::keys::Texts;
use crate::model::lang::Lang;
use crate::model::observations::Cell;
use crate::model::words::{Qualifier, UnitKind};
use std::sync::OnceLock;

/// One language's messages and formats. Cheap to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    pub lang: Lang,
}

/// Messages by key.
#[derive(Debug, Default)]
struct Messages {
    keys: Texts,
    words: Vec<String>,
}

impl Messages {
    /// Adds those of a JSON object of texts; `false` if it is none.
    fn read(&mut self, json: &str) -> bool {
        let Ok(Given::Object(pairs)) = serde_json::from_str(json) else { return false };
        for (key, message) in &pairs {
            if let Some(message) = message.text()
                && !self.keys.add(key).1
            {
                self.words.push(message.to_owned());
            }
        }
        true
    }
}

static MESSAGES: [OnceLock<Messages>; 2] = [OnceLock::new(), OnceLock::new()];

fn place(lang: Lang) -> &'static OnceLock<Messages> {
    &MESSAGES[usize::from(lang == Lang::Uk)]
}

/// Host tools carry all words: `app` the interface, `words` the package's controlled words, `issue` findings of validation,
/// `static` what only the build writes, `edit` what the editor of talks says and `impact` what only that tool does, so that the app's
/// readers do not load them (`search`, `offline` and `bulk` belong to scripts in `web/`).
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
    Some(place(lang).get_or_init(|| {
        let mut messages = Messages::default();
        FILES[usize::from(lang == Lang::Uk)].iter().for_each(|json| _ = messages.read(json));
        messages
    }))
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
    let mut messages = Messages::default();
    // As text, like all JSON here: reading bytes would be compiled beside it.
    let is_read = messages.read(std::str::from_utf8(json).unwrap_or_default());
    if is_read {
        let _ = place(lang).set(messages);
    }
    is_read
}

fn message(lang: Lang, key: &str) -> Option<&'static str> {
    let messages = messages(lang)?;
    messages.words.get(messages.keys.find(key)? as usize).map(String::as_str)
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

    /// A value in full with its wording and unit, as a table or a certificate shows it: `over USD 14,967,000,000`, `8.25895% of GDP`.
    /// `max` is the upper end where a range is published.
    pub fn full(self, value: f64, max: Option<f64>, unit: &Unit, qualifier: Qualifier) -> String {
        self.worded(value, max, unit, qualifier, false)
    }

    /// The same rounded for reading: `nearly USD 15.7 billion`, `8.3% of GDP`, `463,000 people`.
    pub fn short(self, value: f64, max: Option<f64>, unit: &Unit, qualifier: Qualifier) -> String {
        self.worded(value, max, unit, qualifier, true)
    }

    fn worded(self, value: f64, max: Option<f64>, unit: &Unit, qualifier: Qualifier, short: bool) -> String {
        let written = |value: f64| match (short, unit.kind) {
            (false, _) => format::exact(value, self.lang),
            (_, UnitKind::Share) => format::number(value, 1, self.lang),
            _ => format::compact(value, self.lang),
        };
        let (last, mut number) = (max.unwrap_or(value), written(value));
        if max.is_some() {
            number = format!("{number}\u{a0}– {}", written(last));
        }
        let noun = self.noun(last, unit, short && format::is_compacted(last), qualifier);
        let with_unit = match (unit.kind, self.lang) {
            (UnitKind::Share, Lang::En) if noun.starts_with('%') => number + noun,
            (UnitKind::Money, Lang::En) => format!("{}\u{a0}{number}", unit.currency.as_deref().unwrap_or(noun)),
            _ => format!("{number}\u{a0}{noun}"),
        };
        self.qualified(&with_unit, qualifier)
    }

    /// The unit's noun after a word of scale: `million people`, «млн осіб».
    pub fn counted(self, unit: &Unit) -> &str {
        self.noun(0.0, unit, true, Qualifier::Exact)
    }

    /// The unit's noun for `value`. Ukrainian: after a word like «млн» always the genitive plural, after «близько» the genitive,
    /// after «понад» the accusative, which differs from the nominative after 1 only.
    fn noun(self, value: f64, unit: &Unit, compacted: bool, qualifier: Qualifier) -> &str {
        use format::Plural;
        let form = if compacted { Plural::Many } else { format::plural(value, self.lang) };
        match (self.lang, form, qualifier) {
            (Lang::En, Plural::One, _) => &unit.en[0],
            (Lang::En, ..) => &unit.en[1],
            (Lang::Uk, Plural::One, Qualifier::Over) => &unit.uk[4],
            (Lang::Uk, Plural::One, Qualifier::About) | (_, Plural::Other, _) => &unit.uk[3],
            (Lang::Uk, Plural::Many, _) | (_, _, Qualifier::About) => &unit.uk[2],
            (Lang::Uk, Plural::Few, _) => &unit.uk[1],
            (Lang::Uk, Plural::One, _) => &unit.uk[0],
        }
    }

    /// A value with its wording and unit, or the reason why there is none.
    pub fn cell(self, cell: Cell, unit: &Unit) -> String {
        match cell {
            Cell::Value { value, qualifier } => self.full(value, None, unit, qualifier),
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
    fn the_noun_follows_number_and_wording() {
        let noun = |kind, uk: [&str; 5], en: [&str; 2], currency: Option<&str>| Unit {
            id: String::new(),
            kind,
            currency: currency.map(str::to_owned),
            en: en.map(str::to_owned),
            uk: uk.map(str::to_owned),
            axis: crate::model::lang::Bilingual { en: en[1].to_owned(), uk: uk[1].to_owned() },
        };
        let tonnes = noun(UnitKind::Count, ["тонна", "тонни", "тонн", "тонни", "тонну"], ["tonne", "tonnes"], None);
        let full = |value, qualifier| Text::new(Lang::Uk).full(value, None, &tonnes, qualifier).replace('\u{a0}', " ");
        assert_eq!(full(141.0, Qualifier::Exact), "141 тонна");
        assert_eq!(full(141.0, Qualifier::Over), "понад 141 тонну");
        assert_eq!(full(141.0, Qualifier::About), "близько 141 тонни");
        assert_eq!(full(141.0, Qualifier::Nearly), "майже 141 тонна");
        assert_eq!(full(142.0, Qualifier::Over), "понад 142 тонни");
        assert_eq!(full(142.0, Qualifier::About), "близько 142 тонн");
        assert_eq!(full(145.0, Qualifier::About), "близько 145 тонн");
        assert_eq!(full(1.5, Qualifier::About), "близько 1,5 тонни");
        assert_eq!(Text::new(Lang::Uk).counted(&tonnes), "тонн");
        assert_eq!(Text::new(Lang::Uk).short(1.5e6, None, &tonnes, Qualifier::About), "близько 1,5\u{a0}млн\u{a0}тонн");
        assert_eq!(Text::new(Lang::En).full(1.0, None, &tonnes, Qualifier::Over), "over 1\u{a0}tonne");
        let dollars = noun(UnitKind::Money, ["долар", "долари", "доларів", "долара", "долар"], ["dollar", "dollars"], Some("USD"));
        let range = |lang: Lang| Text::new(lang).full(5.0, Some(21.0), &dollars, Qualifier::Over);
        assert_eq!(range(Lang::En), "over USD\u{a0}5\u{a0}– 21");
        assert_eq!(range(Lang::Uk), "понад 5\u{a0}– 21\u{a0}долар");
        assert_eq!(Text::new(Lang::En).short(8.69e9, None, &dollars, Qualifier::Exact), "USD\u{a0}8.69\u{a0}billion");
    }

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
