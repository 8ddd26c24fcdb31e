//! Promises that this project makes by name: no signatory is invented for December 2024, no announcement counts as signed, the
//! 463,000 of USA for IOM are never added to anything, and a wording class travels with its number.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{folder, package};
use diaspora_impact::charts::option::{Look, option};
use diaspora_impact::model::agreement::Agreement;
use diaspora_impact::model::catalog::ViewDef;
use diaspora_impact::model::dataset::Fact;
use diaspora_impact::model::lang::Lang;
use diaspora_impact::model::observations::{Cell, Row};
use diaspora_impact::model::words::{CounterpartType, Form, Qualifier};
use diaspora_impact::state::view_state::{TimeRange, ViewState};
use diaspora_impact::text::Text;
use diaspora_impact::text::letters;
use diaspora_impact::view::certificate::certificate;
use diaspora_impact::view::headline::{HeadlineSpec, headline};
use diaspora_impact::view::spec::{Figure, Mark, Point, Tone};
use diaspora_impact::view::{self, download};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const USA_FOR_IOM: f64 = 463_000.0;

fn json(name: &str) -> Vec<Value> {
    serde_json::from_slice(&std::fs::read(folder().join(format!("{name}.json"))).unwrap()).unwrap()
}

fn view_of(id: &str) -> &'static ViewDef {
    package().dataset.catalog.view(id).unwrap()
}

fn figure_with(id: &str, state: &ViewState, lang: Lang) -> Figure {
    view::figure(&package().dataset, view_of(id), state, Text::new(lang))
}

fn figure(id: &str, lang: Lang) -> Figure {
    figure_with(id, &view::default_state(view_of(id)), lang)
}

/// Every view in every language, as it opens.
fn figures() -> Vec<(Lang, Figure)> {
    let views = &package().dataset.catalog.views;
    Lang::ALL.into_iter().flat_map(|lang| views.iter().map(move |def| (lang, figure(&def.id, lang)))).collect()
}

fn points(figure: &Figure) -> impl Iterator<Item = &Point> {
    figure.panels.iter().flat_map(|panel| &panel.chart.series).flat_map(|series| &series.points).filter(|point| point.at.is_some())
}

fn agreement(id: &str) -> (Fact, &'static Agreement) {
    let i = package().dataset.agreements().iter().position(|a| a.id == id).unwrap();
    (Fact::Agreement(i as u32), &package().dataset.agreements()[i])
}

/// With all its partners and all of time.
fn all_of(counterpart: &[CounterpartType]) -> ViewState {
    ViewState { counterpart: counterpart.iter().map(|kind| kind.id().to_owned()).collect(), ..ViewState::default() }
}

// ------------------------------------------------------------------------------------------------------- December 2024

/// Full names and abbreviations of every organisation in the package.
fn organisations() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for row in json("organisations") {
        for field in ["name_en", "name_uk"] {
            for name in row[field].as_str().unwrap().split(['(', ')']).map(str::trim).filter(|name| name.chars().count() >= 3) {
                names.insert(name.to_owned());
            }
        }
    }
    names
}

#[track_caller]
fn names_nobody(text: &str) {
    for name in organisations() {
        // As a word: an abbreviation may be part of another word.
        let found = text.match_indices(name.as_str()).any(|(at, _)| {
            let around = [text[..at].chars().next_back(), text[at + name.len()..].chars().next()];
            !around.into_iter().flatten().any(char::is_alphanumeric)
        });
        assert!(!found, "{name} in: {text}");
    }
}

#[test]
fn nobody_is_named_as_signatory_of_december_2024() {
    let dataset = &package().dataset;
    let (fact, m020) = agreement("M020");
    assert!(organisations().len() > 40);
    assert!(m020.signatories.is_none() && m020.papers.is_none());
    for lang in Lang::ALL {
        let text = Text::new(lang);
        let certificate = certificate(dataset, fact, text).unwrap();
        assert!(certificate.lines.iter().all(|line| line.term != text.t("certificate.signatories", &[])));
        // The certificate does say who is not known, where others say who signed.
        assert!(certificate.lines.iter().any(|line| line.term == text.t("certificate.silent", &[])));
        names_nobody(&format!("{} {}", certificate.title, certificate.value));
        certificate.lines.iter().for_each(|line| names_nobody(&line.text));

        for id in ["agreements", "agreements-by-year", "agreements-network"] {
            let figure = figure_with(id, &all_of(&[CounterpartType::Diaspora]), lang);
            points(&figure).for_each(|point| names_nobody(&format!("{} {} {}", point.value, point.label, point.place_time)));
            figure.table.rows.iter().flatten().for_each(|cell| names_nobody(&cell.text));
            names_nobody(&format!("{:?}", figure.branches));
            names_nobody(&figure.summary);
            figure.limits.iter().for_each(|limit| names_nobody(&limit.sentence));
            figure.panels.iter().for_each(|panel| names_nobody(&option(&panel.chart, Look::default()).json.to_string()));
        }
        // A source is cited by its publisher, whoever that is; nothing before it names anybody.
        let csv = download::csv(dataset, &[fact], lang);
        let row = csv.lines().nth(1).unwrap();
        names_nobody(row.split(",iom-ukraine-2024-12").next().unwrap());
    }
    // Elsewhere names are found, so not finding any means something.
    assert!(std::panic::catch_unwind(|| names_nobody("signed by the UWC and others")).is_err());
}

#[test]
fn the_memorandums_of_december_2024_are_one() {
    let (fact, m020) = agreement("M020");
    assert_eq!((m020.form, m020.counterpart_type), (Form::SeveralPapers, CounterpartType::Diaspora));
    let diaspora = package().dataset.agreements().iter().filter(|a| a.counterpart_type == CounterpartType::Diaspora);
    assert_eq!(diaspora.count(), 1);
    for lang in Lang::ALL {
        let state = all_of(&[CounterpartType::Diaspora]);
        let timeline = figure_with("agreements", &state, lang);
        let drawn: Vec<&Point> = points(&timeline).collect();
        assert_eq!(drawn.len(), 1);
        assert_eq!((drawn[0].fact, drawn[0].mark), (Some(fact), Mark::Hatched));

        let counts = figure_with("agreements-by-year", &state, lang);
        let drawn: Vec<&Point> = points(&counts).collect();
        assert_eq!(drawn.len(), 1);
        let expected = Fact::AgreementCount { year: Some(2024), counterpart_type: CounterpartType::Diaspora, form: Form::SeveralPapers };
        assert_eq!((drawn[0].fact, drawn[0].number, drawn[0].mark), (Some(expected), Some(1.0), Mark::Hatched));
        assert!(drawn[0].value.starts_with("1 "), "one record: {}", drawn[0].value);
    }
}

// ------------------------------------------------------------------------------------------------------- announcements

#[test]
fn an_announcement_is_never_counted_as_signed() {
    let raw = json("agreements");
    let signed = |of: &dyn Fn(&Value) -> bool| raw.iter().filter(|row| row["form"] != "announcement" && of(row)).count();
    let (announced, _) = agreement("M028");
    assert_eq!(raw.len() - signed(&|_| true), 1, "M028 is the one announcement");

    let headlines: Vec<HeadlineSpec> =
        package().headlines.iter().map(|h| headline(&package().dataset, h, Text::new(Lang::En)).unwrap()).collect();
    assert_eq!(headlines.iter().find(|h| h.id == "agreements").unwrap().number, signed(&|_| true) as f64);

    // All kinds together (an empty list means that too), and each alone.
    let choices = [Vec::new(), CounterpartType::ALL.to_vec()].into_iter().chain(CounterpartType::ALL.iter().map(|&kind| vec![kind]));
    for kinds in choices {
        let is_chosen = |row: &Value| kinds.is_empty() || kinds.iter().any(|kind| row["counterpart_type"] == kind.id());
        for lang in Lang::ALL {
            let counts = figure_with("agreements-by-year", &all_of(&kinds), lang);
            let sum: f64 = points(&counts).filter_map(|point| point.number).sum();
            assert_eq!(sum, signed(&is_chosen) as f64, "{kinds:?}");
            assert!(!counts.facts.contains(&announced));
            for fact in points(&counts).filter_map(|point| point.fact) {
                let certificate = certificate(&package().dataset, fact, Text::new(lang)).unwrap();
                assert!(certificate.lines.iter().all(|line| !line.text.contains("Airbnb")));
            }

            let timeline = figure_with("agreements", &all_of(&kinds), lang);
            assert_eq!(points(&timeline).count(), signed(&|row| is_chosen(row) && !row["signed_on"].is_null()), "{kinds:?}");
            assert!(points(&timeline).all(|point| point.fact != Some(announced)));
        }
    }
    // It is listed, and says what it is.
    let timeline = figure_with("agreements", &all_of(&[]), Lang::En);
    let row = timeline.table.rows.iter().find(|row| row[0].fact == Some(announced)).unwrap();
    assert!(row.iter().any(|cell| cell.text.contains("no signed paper")));
    assert_eq!(points(&timeline).count(), signed(&|row| !row["signed_on"].is_null()));
}

/// A dot stands within what its date can mean: stacked dots may not slide to their neighbours' day.
#[test]
fn dots_stand_at_their_own_dates() {
    let figure = figure_with("agreements", &all_of(&[]), Lang::En);
    for point in points(&figure) {
        let Some(Fact::Agreement(i)) = point.fact else { panic!("a dot is an agreement") };
        let agreement = &package().dataset.agreements()[i as usize];
        let date = agreement.signed_on.unwrap();
        let (x, _) = point.at.unwrap();
        let (from, to) = (date.first_day().year_fraction(), date.last_day().year_fraction());
        assert!((from..=to).contains(&x), "{} of {date} stands at {x}, not in {from}..{to}", agreement.id);
    }
    let mut places: Vec<(u64, u64)> = points(&figure).filter_map(|point| point.at).map(|(x, y)| (x.to_bits(), y.to_bits())).collect();
    places.sort_unstable();
    let all = places.len();
    places.dedup();
    assert_eq!(places.len(), all, "no dot hides another");
}

// ------------------------------------------------------------------------------------------------------------- 463,000

/// Every number that is drawn, written or opened is one that somebody published, a count of our own records, or a sum that its
/// certificate calls ours.
#[test]
fn no_shown_number_is_a_secret_sum_of_published_ones() {
    let dataset = &package().dataset;
    let published = |fact: Option<Fact>| match fact {
        Some(Fact::Observation { topic, row }) => dataset.row(topic, row).unwrap().cell().value(),
        Some(Fact::OrganisationFigure(i)) => Some(dataset.community.figures[i as usize].value),
        Some(fact @ (Fact::AgreementCount { .. } | Fact::Rest { .. })) => certificate(dataset, fact, Text::new(Lang::En)).unwrap().number,
        _ => None,
    };
    let (mut shown, mut part) = (BTreeSet::new(), 0);
    for (_, figure) in figures() {
        let numbers = points(&figure)
            .map(|point| (point.number, point.fact))
            .chain(figure.table.rows.iter().flatten().map(|cell| (cell.number, cell.fact)));
        for (number, fact) in numbers {
            assert_eq!(number, published(fact), "{}: {fact:?}", figure.view);
            shown.extend(number.map(f64::to_bits));
            part += usize::from(number == Some(USA_FOR_IOM));
        }
    }
    for h in package().headlines.iter().filter_map(|h| headline(dataset, h, Text::new(Lang::En))) {
        assert_eq!(published(h.fact).unwrap_or(h.number), h.number);
        shown.insert(h.number.to_bits());
    }
    assert_eq!(part, 6, "463,000 is a bar and a cell of one view, and a cell of the organisations, in two languages");
    // Sums of 463,000 and any other number of people reached.
    let people: Vec<f64> = dataset
        .rows(dataset.catalog.series.find("iom-reached-ukraine").unwrap())
        .chain(dataset.rows(dataset.catalog.series.find("iom-reached-region").unwrap()))
        .filter_map(|(_, row)| row.cell().value())
        .collect();
    assert!(people.len() >= 6);
    for other in people {
        assert!(!shown.contains(&(USA_FOR_IOM + other).to_bits()), "{} is a sum", USA_FOR_IOM + other);
        for lang in Lang::ALL {
            let sums = [other + USA_FOR_IOM, other - USA_FOR_IOM].map(|sum| diaspora_impact::text::format::exact(sum, lang));
            let compact = diaspora_impact::text::format::compact(other + USA_FOR_IOM, lang);
            let figure = figure("people-reached", lang);
            let text = format!("{figure:?}");
            assert!(
                !text.contains(&sums[0]) && !text.contains(&sums[1]) && !text.contains(&compact),
                "{sums:?} or {compact} in people-reached"
            );
        }
    }
}

#[test]
fn the_part_is_drawn_as_a_part() {
    for lang in Lang::ALL {
        let figure = figure("people-reached", lang);
        let part: Vec<&Point> = points(&figure).filter(|point| point.number == Some(USA_FOR_IOM)).collect();
        assert_eq!(part.len(), 1);
        assert_eq!((part[0].mark, part[0].qualifier), (Mark::Hatched, Some(Qualifier::Over)));
        // Nothing is stacked on it: each bar has a row of its own.
        let panel = figure
            .panels
            .iter()
            .find(|panel| panel.chart.series.iter().any(|s| s.points.iter().any(|p| p.number == Some(USA_FOR_IOM))))
            .unwrap();
        let rows: BTreeSet<u64> =
            panel.chart.series.iter().flat_map(|s| &s.points).filter_map(|p| p.at).map(|(_, y)| y.to_bits()).collect();
        assert_eq!(rows.len(), panel.chart.series.iter().map(|s| s.points.len()).sum::<usize>());
        assert!(!option(&panel.chart, Look::default()).json.to_string().contains("\"stack\""));
    }
}

// ------------------------------------------------------------------------------------------------------------ qualifiers

/// What stands before and after the number: `over {number}`, `{number} (rounded)`.
fn wording(qualifier: Qualifier, lang: Lang) -> (String, String) {
    let message = Text::new(lang).t(&format!("qualifier.{}", qualifier.id()), &[("number", "|")]);
    let (before, after) = message.split_once('|').unwrap();
    (before.to_owned(), after.to_owned())
}

#[test]
fn the_words_differ_and_are_the_known_ones() {
    let words = |lang| Qualifier::ALL.iter().map(|&q| wording(q, lang)).map(|(a, b)| format!("{a}{b}")).collect::<Vec<_>>();
    assert_eq!(words(Lang::En), ["", "about ", "over ", "nearly ", "at least ", " (rounded)", "up to "]);
    assert_eq!(words(Lang::Uk), ["", "близько ", "понад ", "майже ", "щонайменше ", " (округлено)", "щонайбільше "]);
}

/// By name, so that a change of the template is seen.
#[test]
fn summaries_carry_the_words_of_their_sources() {
    let check = |view: &str, state: &ViewState, en: &[&str], uk: &[&str]| {
        for (lang, expected) in [(Lang::En, en), (Lang::Uk, uk)] {
            let summary = figure_with(view, state, lang).summary.replace('\u{a0}', " ");
            for part in expected {
                assert!(summary.contains(part), "{view}: {part:?} is not in {summary:?}");
            }
        }
    };
    let default = |view: &str| view::default_state(view_of(view));
    check(
        "people-reached",
        &default("people-reached"),
        &["nearly 3 million people", "about 6.5 million people", "over 463,000 people"],
        &["майже 3 млн осіб", "близько 6,5 млн осіб", "понад 463 000 осіб"],
    );
    check("remittances", &default("remittances"), &["over USD 15.7 billion"], &["понад 15,7 млрд доларів США"]);
    let gdp = ViewState { unit: "pct_gdp".to_owned(), ..default("remittances") };
    check("remittances", &gdp, &["nearly 8.5% of GDP"], &["майже 8,5"]);
    check("displacement", &default("displacement"), &["over 5.1 million people"], &["понад 5,1 млн осіб"]);
    check(
        "people-by-sector",
        &default("people-by-sector"),
        &["Over 51,000 people", "Over 140,000 families"],
        &["Понад 51 000 осіб", "Понад 140 000"],
    );
}

/// A number that its source softens never stands bare: in the sentence, the chart, the table, the certificate.
#[test]
fn a_softened_number_never_stands_bare() {
    let dataset = &package().dataset;
    let mut softened = 0;
    for (lang, figure) in figures() {
        let text = Text::new(lang);
        let carries = |words: &str, qualifier: Option<Qualifier>, number: Option<f64>| {
            let Some(qualifier) = qualifier else { return };
            let (before, after) = wording(qualifier, lang);
            assert!(words.starts_with(&before) && words.ends_with(&after), "{}: {qualifier:?} {number:?} reads {words:?}", figure.view);
        };
        for point in points(&figure) {
            carries(&point.value, point.qualifier, point.number);
            if !point.label.is_empty() {
                carries(&point.label, point.qualifier, point.number);
            }
        }
        figure.table.rows.iter().flatten().for_each(|cell| carries(&cell.text, cell.qualifier, cell.number));
        for &fact in &figure.facts {
            let Fact::Observation { topic, row } = fact else { continue };
            let row = dataset.row(topic, row).unwrap();
            let Cell::Value { value, qualifier } = row.cell() else { continue };
            carries(&certificate(dataset, fact, text).unwrap().value, Some(qualifier), Some(value));
            if qualifier == Qualifier::Exact {
                continue;
            }
            softened += 1;
            let bare_of = |row: Row, value: f64, qualifier: Qualifier| {
                let (before, after) = wording(qualifier, lang);
                let words = text.short(value, None, dataset.catalog.unit_of(row.series()).unwrap(), qualifier);
                words.strip_prefix(&before).and_then(|words| words.strip_suffix(&after)).unwrap().to_owned()
            };
            let bare = bare_of(row, value, qualifier);
            // Two publishers may print the same number in other words: then the sentence may hold either.
            let words: Vec<(String, String)> = figure
                .facts
                .iter()
                .filter_map(|&other| match other {
                    Fact::Observation { topic, row } => dataset.row(topic, row),
                    _ => None,
                })
                .filter_map(|row| match row.cell() {
                    Cell::Value { value, qualifier } => (bare_of(row, value, qualifier) == bare).then(|| wording(qualifier, lang)),
                    Cell::Missing(_) => None,
                })
                .collect();
            for (at, _) in figure.summary.match_indices(&bare) {
                let (head, tail) = (&figure.summary[..at], &figure.summary[at + bare.len()..]);
                if head.ends_with(|c: char| c.is_ascii_digit()) {
                    continue;
                }
                let carried = |(before, after): &(String, String)| {
                    let capital = letters::sentence_case(before);
                    let begins = head == capital || head.ends_with(&format!(". {capital}"));
                    (head.ends_with(before.as_str()) || begins) && tail.starts_with(after.as_str())
                };
                assert!(words.iter().any(carried), "{bare:?} stands bare in {:?}", figure.summary);
            }
        }
    }
    assert!(softened > 40, "{softened} softened numbers are shown");
}

/// The same at every year and for every place that the remittances' control offers.
#[test]
fn summaries_keep_their_words_at_every_choice() {
    let def = view_of("remittances");
    let mut quotes = 0;
    for lang in Lang::ALL {
        for year in 1996..=2024 {
            let at = diaspora_impact::model::date::PartialDate { year, month: None, day: None };
            let state = ViewState { time: TimeRange::single(at), place: vec!["UKR".to_owned()], ..view::default_state(def) };
            let figure = figure_with("remittances", &state, lang);
            let quoted = points(&figure).filter(|point| point.mark == Mark::Quote);
            for point in quoted {
                quotes += 1;
                assert!(figure.summary.contains(&point.label), "{year}: {} is not in {}", point.label, figure.summary);
            }
        }
    }
    assert_eq!(quotes, 4, "of 2020 and 2023, in two languages");
}

// --------------------------------------------------------------------------------------------------------------- colours

/// Whoever switches the language, or chooses another place, finds each place in its colour.
#[test]
fn a_place_keeps_its_colour() {
    let mut seen: BTreeMap<String, Tone> = BTreeMap::new();
    for lang in Lang::ALL {
        for place in [&["UKR", "POL", "MDA", "GEO"][..], &["PHL", "MDA"], &["WLD", "VEN", "PER", "ECU"]] {
            let state =
                ViewState { place: place.iter().map(|code| (*code).to_owned()).collect(), ..view::default_state(view_of("remittances")) };
            let figure = figure_with("remittances", &state, lang);
            let lines: Vec<_> = figure.panels[0].chart.series.iter().filter(|series| series.line).collect();
            assert_eq!(lines.len(), place.len());
            for line in lines {
                assert_eq!(*seen.entry(line.id.clone()).or_insert(line.tone), line.tone, "{} in {}", line.id, lang.tag());
            }
        }
    }
    assert_eq!(seen.len(), 9);
}

/// No source prints a sum of ours: neither number nor certificate claims its wording.
#[test]
fn a_sum_of_ours_says_so() {
    let (dataset, mut sums) = (&package().dataset, 0);
    for (topic, table) in &dataset.observations {
        for row in table.iter().filter(|row| row.computed()) {
            let certificate = certificate(dataset, Fact::Observation { topic: *topic, row: row.row }, Text::new(Lang::En)).unwrap();
            let has = |key: &str| certificate.lines.iter().any(|line| line.key == key);
            assert_eq!((has("computed"), has("wording")), (true, false), "{}", certificate.title);
            sums += 1;
        }
    }
    assert!(sums > 200);
}

#[test]
fn a_figure_with_a_sum_of_ours_says_so_in_words() {
    let (dataset, mut with_sums) = (&package().dataset, 0);
    for (lang, figure) in figures() {
        let is_ours =
            |fact: &Fact| matches!(*fact, Fact::Observation { topic, row } if dataset.row(topic, row).is_some_and(|row| row.computed()));
        let has_sum = figure.facts.iter().any(is_ours);
        with_sums += usize::from(has_sum);
        assert_eq!(figure.summary.contains(&Text::new(lang).t("summary.computed", &[])), has_sum, "{}: {}", figure.view, figure.summary);
    }
    assert!(with_sums > 2, "{with_sums}");
}

/// One corridor is not the whole.
#[test]
fn a_headline_never_names_a_part() {
    let package = package();
    let mut named = package.headlines.iter().find(|one| one.series.is_some()).unwrap().clone();
    let mut rows = package.dataset.observations.iter().flat_map(|(topic, table)| table.iter().map(move |row| (topic, row)));
    let (_, row) = rows
        .find(|(_, row)| {
            let whole = package.dataset.rows(row.series()).any(|(_, other)| other.counterpart().is_none());
            row.is_current() && row.counterpart().is_some() && row.cell().value().is_some() && !whole
        })
        .unwrap();
    assert!(headline(&package.dataset, &named, Text::new(Lang::En)).is_some());
    (named.series, named.place, named.period_end) = (Some(row.series()), Some(row.place()), row.period().end);
    assert!(headline(&package.dataset, &named, Text::new(Lang::En)).is_none());
}
