//! The address: what is printed reads back the same, what is broken is named and harmless, what is not ours stays, and old
//! links open for ever (`tests/fixtures/urls.txt`).

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::package;
use diaspora_impact::model::date::{Date, PartialDate};
use diaspora_impact::state::url::{MAX_AMOUNT, Pairs, is_param, pairs_for, parse, print, query_pairs, query_string, replace_for};
use diaspora_impact::state::view_state::{Annotations, Relative, Scale, Sort, Tab, TimeRange, ViewState};
use diaspora_impact::view;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

// ------------------------------------------------------------------------------------------------------------ generators

/// An id as the package's contract allows it.
fn id() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec!["UKR", "X-UKR-REG", "usd", "local_government"]).prop_map(str::to_owned),
        "[A-Za-z0-9][A-Za-z0-9_-]{0,6}",
        "[A-Za-z0-9][A-Za-z0-9_-]{63}"
    ]
}

/// Ids without repeats, at most 40: what `ViewState` promises and the address takes. A list may be empty.
fn ids() -> impl Strategy<Value = Vec<String>> {
    prop_oneof![20 => vec(id(), 0..4), 1 => vec(id(), 0..41)].prop_map(|mut ids| {
        let all = ids.clone();
        let mut i = 0;
        ids.retain(|id| {
            i += 1;
            !all[..i - 1].contains(id)
        });
        ids
    })
}

/// A date that exists, known to the year, the month or the day.
fn partial_date() -> impl Strategy<Value = PartialDate> {
    let year = prop_oneof![1996..2027_i16, 1..=9999_i16];
    (year, option::of((1..=12_u8, option::of(1..=31_u8)))).prop_filter_map("such a day", |(year, rest)| {
        let month = rest.map(|(month, _)| month);
        let day = rest.and_then(|(_, day)| day);
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).map(|_| PartialDate { year, month, day })
    })
}

/// Open or closed, in order: `TimeRange` has no other.
fn time_range() -> impl Strategy<Value = TimeRange> {
    let single = partial_date().prop_map(TimeRange::single);
    let range = (option::of(partial_date()), option::of(partial_date())).prop_map(|(from, to)| match (from, to) {
        (Some(a), Some(b)) if a.first_day() > b.last_day() => TimeRange { from: to, to: from },
        _ => TimeRange { from, to },
    });
    prop_oneof![single, range]
}

prop_compose! {
    fn view_state()(
        tab in select(Tab::ALL.to_vec()),
        (place, counterpart, sector, series) in (ids(), ids(), ids(), ids()).boxed(), // boxed: the whole is too large for a test's stack
        (qualifier, basis) in (ids(), ids()).boxed(),
        unit in prop_oneof![Just(String::new()), id()],
        time in time_range().boxed(),
        (scale, relative) in (select(Scale::ALL.to_vec()), select(Relative::ALL.to_vec())),
        (sort, annotations) in (select(Sort::ALL.to_vec()), select(Annotations::ALL.to_vec())),
        (amount, at) in (prop_oneof![Just(0), 1..=MAX_AMOUNT], time_range()).boxed(),
    ) -> ViewState {
        ViewState { tab, place, counterpart, sector, series, unit, time, scale, relative, sort, annotations, qualifier, basis, amount, at }
    }
}

/// Names of ours, old and new, with and without a view, and strangers'.
fn name() -> impl Strategy<Value = String> {
    let ours = select(vec![
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
        "with",
        "amount",
        "at",
        "country",
        "yScale",
    ]);
    let prefix = select(vec!["", "a.", "b.", "remittances.", ".", "a.b."]);
    prop_oneof![
        4 => (prefix, ours).prop_map(|(prefix, name)| format!("{prefix}{name}")),
        1 => select(vec!["utm_source", "fbclid", "theme", "a.utm_source", "Place", ""]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

/// Values near what is valid, and anything at all.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec![
            "",
            "UKR~MDA",
            "~",
            "UKR~~UKR",
            "2000..2024",
            "..",
            "2024",
            "2024-13",
            "200",
            "0",
            "...",
            "log",
            "table",
            "usd",
            "Київ",
            "%",
            "%zz",
            "🇺🇦"
        ])
        .prop_map(str::to_owned),
        "[A-Z0-9.~-]{0,12}",
        any::<String>(),
    ]
}

fn pairs() -> impl Strategy<Value = Pairs> {
    vec((name(), value()), 0..12)
}

/// A query as a stranger may type it: valid, nearly valid, or noise.
fn query() -> impl Strategy<Value = String> {
    prop_oneof![pairs().prop_map(|pairs| query_string(&pairs)), "[?&=%+~.a-f0-9]{0,40}", any::<String>()]
}

// ------------------------------------------------------------------------------------------------------------ properties

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_reads_back(state in view_state(), defaults in view_state()) {
        let printed = print(&state, &defaults);
        prop_assert_eq!(parse(&printed, &defaults), (state.clone(), Vec::new()));
        // The same through the address bar.
        prop_assert_eq!(parse(&query_pairs(&query_string(&printed)), &defaults), (state, Vec::new()));
    }

    #[test]
    fn defaults_are_not_printed(state in view_state()) {
        prop_assert_eq!(print(&state, &state), Pairs::new());
    }

    #[test]
    fn every_query_opens(query in query(), defaults in view_state()) {
        let (state, bad) = parse(&query_pairs(&query), &defaults);
        prop_assert_eq!(parse(&print(&state, &defaults), &defaults), (state, Vec::new()));
        // One finding a parameter at most, all of them ours.
        let mut names: Vec<&str> = bad.iter().map(|bad| bad.name.as_str()).collect();
        names.dedup();
        prop_assert!(names.len() == bad.len() && names.iter().all(|name| is_param(name)), "{:?}", bad);
    }

    #[test]
    fn a_bad_parameter_leaves_its_default(raw in "[^A-Za-z0-9~]{1,20}", defaults in view_state()) {
        let pairs = vec![("place".to_owned(), raw.clone()), ("tab".to_owned(), raw.clone()), ("scale".to_owned(), raw)];
        let (state, bad) = parse(&pairs, &defaults);
        prop_assert_eq!(state, defaults);
        prop_assert_eq!(bad.len(), 3);
    }

    #[test]
    fn any_text_survives_the_address_bar(pairs in vec((any::<String>(), any::<String>()), 0..8)) {
        let query = query_string(&pairs);
        prop_assert!(query.bytes().all(|b| b.is_ascii_graphic() && !b"#\"<>".contains(&b)), "{}", query);
        prop_assert_eq!(query_pairs(&query), pairs.clone());
        prop_assert_eq!(query_pairs(&format!("?{query}")), pairs);
    }

    #[test]
    fn a_change_of_one_view_touches_no_other(
        pairs in pairs(),
        view in select(vec!["a", "b", "remittances"]),
        leading: bool,
        state in view_state(),
        defaults in view_state(),
    ) {
        let changed = replace_for(&pairs, view, leading, &print(&state, &defaults));
        // Written out again on purpose: prefix and name as the address's grammar gives them.
        let own = |name: &str| match name.split_once('.') {
            Some((prefix, rest)) => prefix == view && is_param(rest),
            None => leading && is_param(name),
        };
        let others = |pairs: &[(String, String)]| -> Pairs { pairs.iter().filter(|(name, _)| !own(name)).cloned().collect() };
        prop_assert_eq!(others(&changed), others(&pairs));
        prop_assert_eq!(parse(&pairs_for(&changed, view, leading), &defaults), (state, Vec::new()));
        for other in ["a", "b", "remittances"].into_iter().filter(|other| *other != view) {
            prop_assert_eq!(pairs_for(&changed, other, false), pairs_for(&pairs, other, false));
        }
    }
}

#[test]
fn broken_escapes_stay_as_they_are() {
    let check = |query: &str, name: &str, value: &str| assert_eq!(query_pairs(query), [(name.to_owned(), value.to_owned())], "{query}");
    check("a=%D0%9A%D0%B8%D1%97%D0%B2", "a", "Київ");
    check("?a=b=c", "a", "b=c");
    check("a", "a", "");
    check("=b", "", "b");
    check("a+b=c%20d", "a b", "c d");
    check("a=%", "a", "%");
    check("a=%4", "a", "%4");
    check("a=%zz", "a", "%zz");
    check("a=%+1", "a", "% 1");
    check("a=%-1", "a", "%-1");
    check("a=%é1", "a", "%é1");
    check("a=%FF", "a", "\u{fffd}");
    assert_eq!(query_pairs("&&?&"), [("?".to_owned(), String::new())]);
    assert_eq!(query_pairs(""), Pairs::new());
}

// ------------------------------------------------------------------------------------------------------------- old links

/// Every choice that is not empty, in words of this test: `print` may change its grammar, an old link may not change its meaning.
fn describe(state: &ViewState) -> String {
    let end = |date: Option<PartialDate>| date.map_or_else(|| "…".to_owned(), |date| date.to_string());
    let mut parts = vec![state.tab.id().to_owned()];
    let lists = [("places", &state.place), ("partners", &state.counterpart), ("sectors", &state.sector), ("series", &state.series)];
    parts.extend(lists.iter().filter(|(_, ids)| !ids.is_empty()).map(|(name, ids)| format!("{name} {}", ids.join(" "))));
    if !state.unit.is_empty() {
        parts.push(format!("in {}", state.unit));
    }
    if state.time != TimeRange::default() {
        parts.push(format!("{} to {}", end(state.time.from), end(state.time.to)));
    }
    if state.scale == Scale::Log {
        parts.push("logarithmic".to_owned());
    }
    if state.sort == Sort::Name {
        parts.push("by name".to_owned());
    }
    if state.amount != 0 {
        parts.push(format!("amount {}", state.amount));
    }
    if state.at != TimeRange::default() {
        parts.push(format!("at {} to {}", end(state.at.from), end(state.at.to)));
    }
    parts.join("; ")
}

#[test]
fn old_links_open_as_they_did() {
    let links = include_str!("fixtures/urls.txt");
    let mut opened = 0;
    for (i, line) in (1..).zip(links.lines()).filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let parts: Vec<&str> = line.split(" | ").collect();
        let [address, view, expected] = parts[..] else { panic!("tests/fixtures/urls.txt:{i}: three parts, please") };
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let def = package()
            .dataset
            .catalog
            .view(view)
            .unwrap_or_else(|| panic!("tests/fixtures/urls.txt:{i}: views keep their ids; {view} is gone"));
        // Plain names speak to the leading figure: the only one of its own page, the topic's first on a topic page.
        let leads = path.trim_start_matches("/uk").trim_start_matches("/view/") == view
            || package()
                .dataset
                .catalog
                .views
                .iter()
                .find(|v| path.trim_start_matches("/uk") == format!("/{}", v.topic.id()))
                .is_some_and(|v| v.id == view);
        let (state, bad) = view::state_from(def, &pairs_for(&query_pairs(query), view, leads));
        assert_eq!((describe(&state).as_str(), bad), (expected, Vec::new()), "tests/fixtures/urls.txt:{i}: {address}");
        opened += 1;
    }
    assert!(opened >= 20, "the list is read");
}
