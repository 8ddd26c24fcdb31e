//! How texts of ours are written, in the package, its talks and the interface: numbers that stay together and look alike, case and
//! gender after them, nothing said twice.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{folder, package};
use diaspora_impact::model::community::OrganisationFigure;
use diaspora_impact::model::dataset::Fact;
use diaspora_impact::model::lang::Lang;
use diaspora_impact::text::Text;
use diaspora_impact::view::certificate::certificate;
use diaspora_impact::view::spec::Axis;
use diaspora_impact::view::{self, behind};
use serde_json::Value;
use std::path::Path;

const CURRENCIES: [&str; 7] = ["USD", "EUR", "GBP", "PLN", "CAD", "AUD", "UAH"];
const SCALES: [&str; 12] = ["million", "billion", "trillion", "млн", "млрд", "трлн", "тис.", "тисяч", "мільйон", "мільярд", "євро", "грн"];

/// Texts of one file with their language; where it stands is said by the text itself.
fn collect(value: &Value, lang: Option<Lang>, texts: &mut Vec<(Lang, String)>) {
    match (value, lang) {
        (Value::Object(map), _) => map.iter().for_each(|(name, value)| {
            let own = Lang::ALL.into_iter().find(|lang| name.ends_with(&format!("_{}", lang.tag())));
            collect(value, own.or(lang), texts);
        }),
        (Value::Array(items), _) => items.iter().for_each(|item| collect(item, lang, texts)),
        (Value::String(text), Some(lang)) => texts.push((lang, text.clone())),
        _ => {}
    }
}

fn texts() -> Vec<(Lang, String)> {
    let mut texts = Vec::new();
    let mut read = |folder: &Path, lang: Option<Lang>| {
        for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = file.file_name().unwrap().to_str().unwrap();
            if name.ends_with(".json") && !name.ends_with(".schema.json") && name != "datapackage.json" {
                collect(&serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap(), lang, &mut texts);
            }
        }
    };
    read(&folder(), None);
    read(&folder().join("decks"), None);
    for lang in Lang::ALL {
        read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(lang.tag()), Some(lang));
    }
    assert!(texts.len() > 3000, "{} texts are read", texts.len());
    texts
}

/// What is wrong with the numbers of a text: a space at which they break, or another form than our formatter's.
fn crooked(text: &str, lang: Lang) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let digits = |from: usize| chars[from.min(chars.len())..].iter().take_while(|c| c.is_ascii_digit()).count();
    let before = |at: usize, what: &str| chars[..at].iter().rev().copied().take(what.chars().count()).eq(what.chars().rev());
    let after = |at: usize, what: &str| chars[at.min(chars.len())..].iter().copied().take(what.chars().count()).eq(what.chars());
    let told = |at: usize, why: &str| {
        Some(format!("{why}: …{}…", chars[at.saturating_sub(20)..(at + 20).min(chars.len())].iter().collect::<String>()))
    };
    let mut depth = 0;
    for (at, &c) in chars.iter().enumerate() {
        depth += i32::from(matches!(c, '«' | '“')) - i32::from(matches!(c, '»' | '”'));
        let is_number = |at: usize| at > 0 && (chars[at - 1].is_ascii_digit() || chars[at - 1] == '}');
        if c == ' ' && is_number(at) && chars[at - 1] != '}' && digits(at + 1) == 3 && !before(at, "ISO 3166") {
            let group = chars[..at].iter().rev().take_while(|c| c.is_ascii_digit()).count();
            if group <= 3 {
                return told(at, "a number breaks");
            }
        }
        if c == ' ' && is_number(at) && SCALES.iter().any(|scale| after(at + 1, scale)) {
            return told(at, "a number breaks from its unit");
        }
        if c == ' ' && CURRENCIES.iter().any(|code| before(at, code)) && (digits(at + 1) > 0 || after(at + 1, "{")) {
            return told(at, "a currency breaks from its amount");
        }
        if lang == Lang::Uk && c == '%' && (is_number(at) || (at > 0 && chars[at - 1] == ' ' && is_number(at - 1))) {
            return told(at, "a no-break space belongs before %");
        }
        let starts = c.is_ascii_digit() && !is_number(at) && digits(at) == 4;
        let joined = |at: usize| chars.get(at).is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '-' | '–' | '/' | '\u{a0}'));
        if lang == Lang::Uk && starts && depth == 0 && !(at > 0 && joined(at - 1)) && !before(at, "ISO ") {
            let number: u32 = chars[at..at + 4].iter().collect::<String>().parse().unwrap();
            if !(1800..=2100).contains(&number) {
                return told(at, "thousands are not set apart");
            }
        }
        if c == '\'' && at > 0 && chars[at - 1].is_alphabetic() && chars.get(at + 1).is_some_and(|c| c.is_alphabetic()) {
            return told(at, "a straight apostrophe");
        }
    }
    None
}

#[test]
fn numbers_stay_together_and_look_alike() {
    for (bad, lang) in [
        ("допомогу надали 36 700 людям", Lang::Uk),
        ("це 15,7 млрд доларів", Lang::Uk),
        ("майже 69% усіх", Lang::Uk),
        ("майже 69 % усіх", Lang::Uk),
        ("падає до 6894 осіб", Lang::Uk),
        ("sent USD 8 home", Lang::En),
        ("sent 8.7 billion home", Lang::En),
        ("costs about USD {fee} of it", Lang::En),
        ("the ministry's reply", Lang::En),
    ] {
        assert!(crooked(bad, lang).is_some(), "{bad}");
    }
    for good in ["у 2024 році", "ISO 3166 або", "надруковано «1\u{a0}мільйон 8890»", "6\u{a0}894 осіб, 69\u{a0}%", "раунд 7. 16 людей"]
    {
        assert_eq!(crooked(good, Lang::Uk), None, "{good}");
    }
    let found: Vec<String> = texts().iter().filter_map(|(lang, text)| crooked(text, *lang)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The period stands beside the name, so a year in both would be said twice.
#[test]
fn no_figure_of_an_organisation_says_its_year_twice() {
    let twice = |f: &OrganisationFigure| {
        let years = [f.period_start, f.as_of].into_iter().flatten().map(|date| date.year.to_string());
        years.into_iter().any(|year| f.name.en.contains(&year) || f.name.uk.contains(&year))
    };
    for figure in &package().dataset.community.figures {
        assert!(!twice(figure), "{}", figure.name.en);
    }
}

/// «млн осіб», never «млн особи».
#[test]
fn an_axis_counts_its_noun() {
    let dataset = &package().dataset;
    let mut scaled = 0;
    for def in &dataset.catalog.views {
        for panel in view::figure(dataset, def, &view::default_state(def), Text::new(Lang::Uk)).panels {
            for axis in [&panel.chart.x, &panel.chart.y] {
                if let Axis::Number { title, divisor, .. } = axis
                    && *divisor > 1.0
                {
                    scaled += 1;
                    let noun = title.split_once(' ').unwrap().1;
                    assert!(dataset.catalog.units.iter().any(|unit| unit.uk[2] == noun), "{}: {title}", def.id);
                }
            }
        }
    }
    assert!(scaled > 10, "{scaled} axes have a scale");
}

/// What was only announced is never called signed.
#[test]
fn an_announcement_has_no_date_of_signing() {
    let dataset = &package().dataset;
    let mut announced = 0;
    for (i, agreement) in (0u32..).zip(dataset.agreements()) {
        let certificate = certificate(dataset, Fact::Agreement(i), Text::new(Lang::En)).unwrap();
        let has = |key: &str| certificate.lines.iter().any(|line| line.key == key);
        assert_eq!((has("date"), has("announced")), (agreement.is_signed(), !agreement.is_signed()), "{}", agreement.id);
        announced += usize::from(!agreement.is_signed());
    }
    assert!(announced > 0);
}

/// A single value is the highest of nothing, and what all parts share is said once.
#[test]
fn summaries_say_no_more_than_there_is() {
    let dataset = &package().dataset;
    for lang in Lang::ALL {
        let text = Text::new(lang);
        let part = text.t("summary.parts", &[("list", "")]);
        let summary = |id: &str| {
            let def = dataset.catalog.view(id).unwrap();
            view::figure(dataset, def, &view::default_state(def), text).summary
        };
        let opening = part.trim_end_matches('.').trim();
        assert_eq!(summary("idps-registered").matches(opening).count(), 1, "{}", summary("idps-registered"));
        let alone = text.t("summary.trend-highest-since", &[("place", ""), ("value", ""), ("period", "")]);
        let claim = alone.rsplit(['—', ',']).next().unwrap().trim().trim_end_matches('.');
        assert!(!summary("refugees-points").contains(claim), "{}", summary("refugees-points"));
    }
}

/// Words of ours in a publisher's name are translated on Ukrainian pages; files cite it as it calls itself.
#[test]
fn publishers_are_named_in_the_readers_language() {
    const WORDS: [&str; 8] = [" on NBU", " quoting ", " citing ", " via ", "(via ", "relaying ", "reprinted ", " copy"];
    let catalog = &package().dataset.catalog;
    for source in catalog.sources.iter() {
        let name = &source.publisher.uk;
        assert!(!WORDS.iter().any(|word| name.contains(word)), "{}: {name}", source.id);
    }
    for def in &catalog.views {
        for source in behind::behind(&package().dataset, def, Text::new(Lang::Uk)).sources {
            assert_eq!(source.publisher, catalog.sources.by_key(&source.id).unwrap().publisher.en, "{}", def.id);
        }
    }
}
