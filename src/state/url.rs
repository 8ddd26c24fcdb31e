//! View state to query string and back, in Our World in Data's grammar.
//!
//! Each parameter parses to valid, invalid (with its reason) or missing. Unknown names are not ours and are left alone.
//! On a page with several figures, plain names speak to the leading figure and `<view>.<name>` to any of them.

use super::url_migrate;
use super::view_state::{Annotations, Relative, Scale, Sort, Tab, TimeRange, ViewState};
use crate::model::date::PartialDate;

/// Query pairs, decoded.
pub type Pairs = Vec<(String, String)>;

/// What one parameter turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parsed<T> {
    Valid(T),
    Invalid { raw: String, reason: Reason },
    Missing,
}

/// Why a parameter is ignored; the words are `param.<id>` in `locales/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    NotOneOf,
    NotAnId,
    TooMany,
    NotATime,
    TimeOutOfOrder,
    NotAnAmount,
    /// Well formed, but the view has nothing by this name.
    NotInView,
}

impl Reason {
    pub const ALL: [Reason; 7] = [
        Reason::NotOneOf,
        Reason::NotAnId,
        Reason::TooMany,
        Reason::NotATime,
        Reason::TimeOutOfOrder,
        Reason::NotAnAmount,
        Reason::NotInView,
    ];

    pub fn id(self) -> &'static str {
        match self {
            Reason::NotOneOf => "not-one-of",
            Reason::NotAnId => "not-an-id",
            Reason::TooMany => "too-many",
            Reason::NotATime => "not-a-time",
            Reason::TimeOutOfOrder => "time-out-of-order",
            Reason::NotAnAmount => "not-an-amount",
            Reason::NotInView => "not-in-view",
        }
    }
}

/// A parameter that was ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadParam {
    pub name: String,
    pub raw: String,
    pub reason: Reason,
}

/// More than anybody compares in one chart.
const MAX_ITEMS: usize = 40;

/// What a page of one view is to show beside its own: the id of a view, if there is such a one.
pub fn compared(pairs: &[(String, String)]) -> Option<&str> {
    pairs.iter().rev().find(|(name, value)| name == COMPARED && !value.is_empty()).map(|(_, value)| value.as_str())
}

/// Name of that parameter.
pub const COMPARED: &str = "with";

/// More than a family sends at once.
pub const MAX_AMOUNT: u32 = 100_000;

/// Values of `theme`, a parameter that speaks to the whole page.
pub const THEMES: &[&str] = &["light", "dark", "auto"];

/// The page's theme as the address names it.
pub fn theme(pairs: &[(String, String)]) -> Parsed<&'static str> {
    let raw = pairs.iter().rev().find(|(name, _)| name == "theme").map(|(_, value)| value.as_str());
    word(raw, THEMES, |theme| theme)
}

const NAMES: [&str; 15] = [
    "tab",
    "place",
    "counterpart",
    "sector",
    "series",
    "unit",
    "time",
    "scale",
    "relative",
    "sort",
    "annotations",
    "qualifier",
    "basis",
    "amount",
    "at",
];

/// Reads a view's parameters over its defaults.
pub fn parse(pairs: &[(String, String)], defaults: &ViewState) -> (ViewState, Vec<BadParam>) {
    let pairs = url_migrate::migrate(pairs);
    let mut state = defaults.clone();
    let mut bad = Vec::new();
    // The last of repeated parameters wins, as it does in forms.
    let raw = |name: &str| pairs.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let mut take = |name: &str, outcome: Result<(), (String, Reason)>| {
        if let Err((raw, reason)) = outcome {
            bad.push(BadParam { name: name.to_owned(), raw, reason });
        }
    };
    take("tab", set(&mut state.tab, word(raw("tab"), &Tab::ALL, Tab::id)));
    take("place", set(&mut state.place, ids(raw("place"))));
    take("counterpart", set(&mut state.counterpart, ids(raw("counterpart"))));
    take("sector", set(&mut state.sector, ids(raw("sector"))));
    take("series", set(&mut state.series, ids(raw("series"))));
    take("unit", set(&mut state.unit, id(raw("unit"))));
    take("time", set(&mut state.time, time(raw("time"))));
    take("scale", set(&mut state.scale, word(raw("scale"), &Scale::ALL, Scale::id)));
    take("relative", set(&mut state.relative, word(raw("relative"), &Relative::ALL, Relative::id)));
    take("sort", set(&mut state.sort, word(raw("sort"), &Sort::ALL, Sort::id)));
    take("annotations", set(&mut state.annotations, word(raw("annotations"), &Annotations::ALL, Annotations::id)));
    take("qualifier", set(&mut state.qualifier, ids(raw("qualifier"))));
    take("basis", set(&mut state.basis, ids(raw("basis"))));
    take("amount", set(&mut state.amount, amount(raw("amount"))));
    take("at", set(&mut state.at, time(raw("at"))));
    (state, bad)
}

/// Writes what differs from the defaults, in a stable order.
pub fn print(state: &ViewState, defaults: &ViewState) -> Pairs {
    let mut pairs = Pairs::new();
    let mut put = |name: &str, differs: bool, value: String| {
        if differs {
            pairs.push((name.to_owned(), value));
        }
    };
    put("tab", state.tab != defaults.tab, state.tab.id().to_owned());
    put("place", state.place != defaults.place, state.place.join("~"));
    put("counterpart", state.counterpart != defaults.counterpart, state.counterpart.join("~"));
    put("sector", state.sector != defaults.sector, state.sector.join("~"));
    put("series", state.series != defaults.series, state.series.join("~"));
    put("unit", state.unit != defaults.unit, state.unit.clone());
    put("time", state.time != defaults.time, print_time(state.time));
    put("scale", state.scale != defaults.scale, state.scale.id().to_owned());
    put("relative", state.relative != defaults.relative, state.relative.id().to_owned());
    put("sort", state.sort != defaults.sort, state.sort.id().to_owned());
    put("annotations", state.annotations != defaults.annotations, state.annotations.id().to_owned());
    put("qualifier", state.qualifier != defaults.qualifier, state.qualifier.join("~"));
    put("basis", state.basis != defaults.basis, state.basis.join("~"));
    put("amount", state.amount != defaults.amount, if state.amount == 0 { String::new() } else { state.amount.to_string() });
    put("at", state.at != defaults.at, print_time(state.at));
    pairs
}

/// The pairs that speak to `view`, names without prefix. `leading`: plain names speak to it too.
pub fn pairs_for(pairs: &[(String, String)], view: &str, leading: bool) -> Pairs {
    let mut own: Pairs = Vec::new();
    for (name, value) in pairs {
        if leading && !name.contains('.') {
            own.push((name.clone(), value.clone()));
        } else if let Some((prefix, rest)) = name.split_once('.')
            && prefix == view
        {
            own.push((rest.to_owned(), value.clone()));
        }
    }
    own
}

/// `pairs` with `view`'s own parameters replaced by `own`; everything else stays as it was.
pub fn replace_for(pairs: &[(String, String)], view: &str, leading: bool, own: &Pairs) -> Pairs {
    let is_own = |name: &str| match name.split_once('.') {
        Some((prefix, rest)) => prefix == view && is_param(rest),
        None => leading && is_param(name),
    };
    let mut out: Pairs = pairs.iter().filter(|(name, _)| !is_own(name)).cloned().collect();
    for (name, value) in own {
        let name = if leading { name.clone() } else { format!("{view}.{name}") };
        out.push((name, value.clone()));
    }
    out
}

/// Whether a name is ours, today or in an old link.
pub fn is_param(name: &str) -> bool {
    NAMES.contains(&name) || url_migrate::OLD_NAMES.iter().any(|(old, _)| *old == name)
}

/// `a=1&b=2` from pairs; `~`, `.` and `,` stay readable.
pub fn query_string(pairs: &[(String, String)]) -> String {
    pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
}

/// Pairs from `a=1&b=2`, with or without `?`; broken escapes stay as they are.
pub fn query_pairs(query: &str) -> Pairs {
    let query = query.strip_prefix('?').unwrap_or(query);
    query
        .split('&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decode(name), decode(value))
        })
        .collect()
}

fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b',' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while let Some(&byte) = bytes.get(i) {
        // Rust would read a sign as part of the number.
        let hex = text.get(i + 1..i + 3).filter(|hex| byte == b'%' && hex.bytes().all(|b| b.is_ascii_hexdigit()));
        let escaped = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (byte, escaped) {
            (_, Some(value)) => {
                out.push(value);
                i += 3;
                continue;
            }
            (b'+', _) => out.push(b' '),
            _ => out.push(byte),
        }
        i += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn set<T>(slot: &mut T, parsed: Parsed<T>) -> Result<(), (String, Reason)> {
    match parsed {
        Parsed::Valid(value) => {
            *slot = value;
            Ok(())
        }
        Parsed::Invalid { raw, reason } => Err((raw, reason)),
        Parsed::Missing => Ok(()),
    }
}

fn word<T: Copy>(raw: Option<&str>, all: &[T], id: impl Fn(T) -> &'static str) -> Parsed<T> {
    let Some(raw) = raw else { return Parsed::Missing };
    match all.iter().find(|&&word| id(word) == raw) {
        Some(&word) => Parsed::Valid(word),
        None => Parsed::Invalid { raw: raw.to_owned(), reason: Reason::NotOneOf },
    }
}

fn id(raw: Option<&str>) -> Parsed<String> {
    let Some(raw) = raw else { return Parsed::Missing };
    if raw.is_empty() || is_item(raw) {
        Parsed::Valid(raw.to_owned())
    } else {
        Parsed::Invalid { raw: raw.to_owned(), reason: Reason::NotAnId }
    }
}

fn ids(raw: Option<&str>) -> Parsed<Vec<String>> {
    let Some(raw) = raw else { return Parsed::Missing };
    let mut items: Vec<String> = Vec::new();
    for item in raw.split('~').filter(|item| !item.is_empty()) {
        if !is_item(item) {
            return Parsed::Invalid { raw: raw.to_owned(), reason: Reason::NotAnId };
        }
        if !items.iter().any(|known| known == item) {
            items.push(item.to_owned());
        }
    }
    if items.len() > MAX_ITEMS {
        return Parsed::Invalid { raw: raw.chars().take(60).collect(), reason: Reason::TooMany };
    }
    Parsed::Valid(items)
}

/// Ids of this package: short, plain ASCII.
fn is_item(text: &str) -> bool {
    text.len() <= 64
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// Whole units from 1 on; empty takes a choice back.
fn amount(raw: Option<&str>) -> Parsed<u32> {
    let Some(raw) = raw else { return Parsed::Missing };
    let digits = raw.bytes().all(|b| b.is_ascii_digit());
    match raw.parse() {
        Ok(amount) if digits && (1..=MAX_AMOUNT).contains(&amount) => Parsed::Valid(amount),
        _ if raw.is_empty() => Parsed::Valid(0),
        _ => Parsed::Invalid { raw: raw.to_owned(), reason: Reason::NotAnAmount },
    }
}

fn time(raw: Option<&str>) -> Parsed<TimeRange> {
    let Some(raw) = raw else { return Parsed::Missing };
    let invalid = |reason| Parsed::Invalid { raw: raw.to_owned(), reason };
    let end = |text: &str| -> Option<Option<PartialDate>> { if text.is_empty() { Some(None) } else { PartialDate::parse(text).map(Some) } };
    let range = match raw.split_once("..") {
        Some((from, to)) => match (end(from), end(to)) {
            (Some(from), Some(to)) => TimeRange { from, to },
            _ => return invalid(Reason::NotATime),
        },
        None => match PartialDate::parse(raw) {
            Some(at) => TimeRange::single(at),
            None => return invalid(Reason::NotATime),
        },
    };
    match (range.from, range.to) {
        (Some(from), Some(to)) if from.first_day() > to.last_day() => invalid(Reason::TimeOutOfOrder),
        _ => Parsed::Valid(range),
    }
}

fn print_time(range: TimeRange) -> String {
    let end = |date: Option<PartialDate>| date.map(|d| d.to_string()).unwrap_or_default();
    if range.from.is_some() && range.from == range.to { end(range.from) } else { format!("{}..{}", end(range.from), end(range.to)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_text(query: &str) -> (ViewState, Vec<BadParam>) {
        parse(&query_pairs(query), &ViewState::default())
    }

    #[test]
    fn bad_parameters_are_named_and_ignored() {
        let check = |query: &str, name: &str, reason: Reason| {
            let (state, bad) = parse_text(query);
            assert_eq!(state, ViewState::default(), "{query}");
            assert_eq!(bad.iter().map(|b| (b.name.as_str(), b.reason)).collect::<Vec<_>>(), [(name, reason)], "{query}");
        };
        check("tab=map", "tab", Reason::NotOneOf);
        check("place=UKR~<script>", "place", Reason::NotAnId);
        check("place=УКР", "place", Reason::NotAnId);
        check("unit=a%20b", "unit", Reason::NotAnId);
        check("time=yesterday", "time", Reason::NotATime);
        check("time=2000...2024", "time", Reason::NotATime);
        check("time=2024..2000", "time", Reason::TimeOutOfOrder);
        check("scale=LOG", "scale", Reason::NotOneOf);
        for amount in ["0", "-5", "+5", "1.5", "1e3", "200 USD", "100001", "99999999999"] {
            check(&query_string(&[("amount".to_owned(), amount.to_owned())]), "amount", Reason::NotAnAmount);
        }
        check("at=now", "at", Reason::NotATime);
        check(&format!("place={}", (0..41).map(|i| format!("p{i}")).collect::<Vec<_>>().join("~")), "place", Reason::TooMany);
    }

    #[test]
    fn a_theme_is_one_of_three() {
        assert_eq!(theme(&query_pairs("theme=dark")), Parsed::Valid("dark"));
        assert_eq!(theme(&query_pairs("tab=table")), Parsed::Missing);
        assert!(matches!(theme(&query_pairs("theme=sepia")), Parsed::Invalid { reason: Reason::NotOneOf, .. }));
    }

    #[test]
    fn strangers_parameters_are_not_judged() {
        let (state, bad) = parse_text("utm_source=x&fbclid=%ZZ&tab=table");
        assert_eq!((state.tab, bad.len()), (Tab::Table, 0));
    }

    #[test]
    fn figures_of_one_page_keep_apart() {
        let pairs = query_pairs("place=UKR&b.time=2019&utm=1");
        assert_eq!(pairs_for(&pairs, "a", true), [("place".into(), "UKR".into()), ("utm".into(), "1".into())]);
        assert_eq!(pairs_for(&pairs, "b", false), [("time".into(), "2019".into())]);
        let changed = replace_for(&pairs, "b", false, &vec![("tab".into(), "table".into())]);
        assert_eq!(query_string(&changed), "place=UKR&utm=1&b.tab=table");
    }
}
