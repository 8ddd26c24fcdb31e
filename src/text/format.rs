//! Numbers and dates as `Intl` prints them for `en-US` and `uk-UA`, in pure Rust so that the host prints the same.

use crate::model::date::{Date, PartialDate, Period};
use crate::model::decimal::decimal;
use crate::model::lang::Lang;
use crate::model::words::Rough;

/// CLDR plural categories used by English and Ukrainian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plural {
    One,
    Few,
    Many,
    Other,
}

impl Plural {
    pub fn key(self) -> &'static str {
        match self {
            Plural::One => "one",
            Plural::Few => "few",
            Plural::Many => "many",
            Plural::Other => "other",
        }
    }
}

/// The CLDR cardinal rule.
pub fn plural(n: f64, lang: Lang) -> Plural {
    match lang {
        Lang::En if n.abs() == 1.0 => Plural::One,
        Lang::En => Plural::Other,
        Lang::Uk if n.fract() != 0.0 => Plural::Other,
        // Published numbers are far below the largest whole number.
        Lang::Uk => match (n.abs() as u64 % 10, n.abs() as u64 % 100) {
            (_, 11..=14) => Plural::Many,
            (1, _) => Plural::One,
            (2..=4, _) => Plural::Few,
            _ => Plural::Many,
        },
    }
}

/// Grouped by thousands, at most `decimals` digits after the point, trailing zeros dropped; half rounds away from zero.
pub fn number(value: f64, decimals: usize, lang: Lang) -> String {
    let text = round(&decimal(value.abs()), decimals);
    let is_zero = text.bytes().all(|b| matches!(b, b'0' | b'.'));
    group(&text, value < 0.0 && !is_zero, lang)
}

/// The shortest decimal that reads back as the value decides ties, as in `Intl`: 1.005 becomes 1.01, although 64 bits hold a
/// little less.
fn round(text: &str, decimals: usize) -> String {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let Some((kept, rest)) = fraction.split_at_checked(decimals) else { return text.to_owned() };
    let mut carry = rest.starts_with(|digit: char| digit >= '5');
    let mut digits: Vec<char> = whole.chars().chain(kept.chars()).collect();
    for digit in digits.iter_mut().rev() {
        if !carry {
            break;
        }
        carry = *digit == '9';
        *digit = if carry { '0' } else { char::from(*digit as u8 + 1) };
    }
    let mut out: String = carry.then_some('1').into_iter().chain(digits).collect();
    if decimals > 0 {
        out.insert(out.len() - decimals, '.');
    }
    out
}

/// Every digit that was published.
pub fn exact(value: f64, lang: Lang) -> String {
    group(&decimal(value.abs()), value < 0.0, lang)
}

fn group(text: &str, negative: bool, lang: Lang) -> String {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = fraction.trim_end_matches('0');
    let (separator, point) = match lang {
        Lang::En => (',', '.'),
        Lang::Uk => ('\u{a0}', ','),
    };
    let mut out = String::with_capacity(text.len() + 8);
    if negative {
        out.push('-');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(separator);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

/// From a million on, a number is read in words: `15.7 billion`, «15,7 мільярда» would need cases, so «15,7 млрд».
pub fn is_compacted(value: f64) -> bool {
    value.abs() >= 1e6
}

/// A change in percent, its sign always written.
pub fn signed(change: f64, lang: Lang) -> String {
    let written = number(change, 1, lang);
    if change > 0.0 && written != "0" { format!("+{written}") } else { written }
}

/// For reading: exact below a million, then at most four significant digits with a word for the scale.
pub fn compact(value: f64, lang: Lang) -> String {
    if !is_compacted(value) {
        return number(value, 2, lang);
    }
    let (scale, word) = match (value.abs() >= 999.5e6, value.abs() >= 999.5e9, lang) {
        (_, true, Lang::En) => (1e12, "trillion"),
        (_, true, Lang::Uk) => (1e12, "трлн"),
        (true, _, Lang::En) => (1e9, "billion"),
        (true, _, Lang::Uk) => (1e9, "млрд"),
        (_, _, Lang::En) => (1e6, "million"),
        (_, _, Lang::Uk) => (1e6, "млн"),
    };
    let scaled = value / scale;
    let decimals = match scaled.abs() {
        x if x < 99.995 => 2,
        _ => 0,
    };
    format!("{}\u{a0}{word}", number(scaled, decimals, lang))
}

const MONTHS_EN: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
/// Genitive, as in a date.
const MONTHS_UK_OF: [&str; 12] =
    ["січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада", "грудня"];
/// Nominative, standing alone.
const MONTHS_UK: [&str; 12] =
    ["січень", "лютий", "березень", "квітень", "травень", "червень", "липень", "серпень", "вересень", "жовтень", "листопад", "грудень"];

fn month(names: &[&'static str; 12], month: u8) -> &'static str {
    names.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or("")
}

/// `24 February 2022` (as `en-GB`: no reader mistakes it), «24 лютого 2022 р.».
pub fn date(date: Date, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{} {} {}", date.day(), month(&MONTHS_EN, date.month()), date.year()),
        Lang::Uk => format!("{} {} {}\u{a0}р.", date.day(), month(&MONTHS_UK_OF, date.month()), date.year()),
    }
}

/// As much of the date as is known: `February 2022`, «лютий 2022 р.».
pub fn partial_date(partial: PartialDate, lang: Lang) -> String {
    match (partial.month, partial.day) {
        (Some(_), Some(_)) => date(partial.first_day(), lang),
        (Some(m), None) => match lang {
            Lang::En => format!("{} {}", month(&MONTHS_EN, m), partial.year),
            Lang::Uk => format!("{} {}\u{a0}р.", month(&MONTHS_UK, m), partial.year),
        },
        _ => partial.year.to_string(),
    }
}

/// As much of a day as is known where its period is rough: `24 February 2022`, `February 2022`, `2022`.
fn known(day: Date, rough: Option<Rough>) -> PartialDate {
    let month = (rough != Some(Rough::Year)).then_some(day.month());
    PartialDate { year: day.year(), month, day: rough.is_none().then_some(day.day()) }
}

/// The last known day of a period, as well as it is known.
pub fn as_of(period: Period, lang: Lang) -> Option<String> {
    let day = known(period.as_of()?, period.rough);
    let is_year = day.month.is_none() && lang == Lang::Uk;
    Some(partial_date(day, lang) + if is_year { "\u{a0}рік" } else { "" })
}

/// What is known of a period's days; of whole months the months.
fn roughness(period: Period) -> Option<Rough> {
    let is_whole = matches!((period.start, period.end), (Some(start), Some(end)) if is_whole_months(start, end));
    period.rough.or(if is_whole { Some(Rough::Month) } else { None })
}

/// `2023` for a calendar year, otherwise both ends, one year once; without an end, since when.
pub fn period(period: Period, lang: Lang) -> Option<String> {
    if let Some(year) = period.calendar_year() {
        return Some(year.to_string());
    }
    let rough = roughness(period);
    let print = |day| partial_date(known(day, rough), lang);
    match (period.start, period.end) {
        (Some(start), Some(end)) if known(start, rough).number() == known(end, rough).number() => Some(print(end)),
        (Some(start), Some(end)) if rough == Some(Rough::Year) => Some(format!("{}–{}", start.year(), end.year())),
        (Some(start), Some(end)) if rough.is_some() && start.year() == end.year() => {
            let names = if lang == Lang::En { &MONTHS_EN } else { &MONTHS_UK };
            Some(format!("{} – {}", month(names, start.month()), print(end)))
        }
        (Some(start), Some(end)) => Some(format!("{} – {}", print(start), print(end))),
        (Some(start), None) if rough == Some(Rough::Month) && lang == Lang::Uk => {
            Some(since(format!("{} {}\u{a0}р.", month(&MONTHS_UK_OF, start.month()), start.year()), lang))
        }
        (Some(start), None) => Some(since(print(start), lang)),
        (None, end) => end.map(print),
    }
}

fn since(start: String, lang: Lang) -> String {
    format!("{}\u{a0}{start}", if lang == Lang::En { "since" } else { "від" })
}

const MONTHS_EN_SHORT: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTHS_UK_SHORT: [&str; 12] = ["січ.", "лют.", "бер.", "квіт.", "трав.", "черв.", "лип.", "серп.", "вер.", "жовт.", "лист.", "груд."];

/// A period for a narrow label: `2023`, `Feb 2022 – Mar 2023`, `8–14 Nov 2022`.
pub fn period_short(period: Period, lang: Lang) -> Option<String> {
    let names = if lang == Lang::En { &MONTHS_EN_SHORT } else { &MONTHS_UK_SHORT };
    let of_month = |d: Date| format!("{} {}", month(names, d.month()), d.year());
    let rough = roughness(period);
    let short = |day: Date| if rough.is_some() { of_month(day) } else { format!("{} {}", day.day(), of_month(day)) };
    match (period.start, period.end) {
        _ if period.calendar_year().is_some() || rough == Some(Rough::Year) => self::period(period, lang),
        (Some(start), Some(end)) if known(start, rough).number() == known(end, rough).number() => Some(short(end)),
        (Some(start), Some(end)) if (start.year(), start.month()) != (end.year(), end.month()) => {
            Some(format!("{} – {}", of_month(start), of_month(end)))
        }
        (Some(start), Some(end)) => Some(format!("{}–{} {}", start.day(), end.day(), of_month(end))),
        (Some(start), None) => Some(since(of_month(start), lang)),
        (None, end) => end.map(short),
    }
}

/// A text that will stand in quotation marks, with those of the second level in it.
pub fn within_quotes(text: &str, lang: Lang) -> String {
    match lang {
        Lang::En => text.replace('“', "‘").replace('”', "’"),
        Lang::Uk => text.replace('«', "„").replace('»', "“"),
    }
}

/// A Ukrainian year ends in «р.»; at the end of a sentence one point is enough.
pub fn one_full_stop(sentence: String) -> String {
    if sentence.contains("р..") { sentence.replace("р..", "р.") } else { sentence }
}

fn is_whole_months(start: Date, end: Date) -> bool {
    let month_end = PartialDate { year: end.year(), month: Some(end.month()), day: None }.last_day();
    start.day() == 1 && end == month_end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_intl_prints_them() {
        let check = |value: f64, decimals: usize, en: &str, uk: &str| {
            assert_eq!(number(value, decimals, Lang::En), en);
            assert_eq!(number(value, decimals, Lang::Uk).replace('\u{a0}', " "), uk);
        };
        check(14_967_000_000.0, 0, "14,967,000,000", "14 967 000 000");
        check(463_000.0, 0, "463,000", "463 000");
        check(1327.0, 0, "1,327", "1 327");
        check(0.0, 2, "0", "0");
        check(-12.0, 1, "-12", "-12");
        check(-0.04, 1, "0", "0");
        check(8.25895, 1, "8.3", "8,3");
        check(0.5, 0, "1", "1");
        check(999.995, 2, "1,000", "1 000");
        check(1.005, 2, "1.01", "1,01");
        check(1.004, 2, "1", "1");
    }

    #[test]
    fn exact_numbers_keep_every_digit() {
        assert_eq!(exact(8.25895, Lang::En), "8.25895");
        assert_eq!(exact(905_976_152_196.263_3, Lang::En), "905,976,152,196.2633");
        assert_eq!(exact(0.01347, Lang::Uk), "0,01347");
    }

    #[test]
    fn large_numbers_have_a_word() {
        let check = |value: f64, en: &str, uk: &str| {
            assert_eq!(compact(value, Lang::En).replace('\u{a0}', " "), en);
            assert_eq!(compact(value, Lang::Uk).replace('\u{a0}', " "), uk);
        };
        check(15_700_000_000.0, "15.7 billion", "15,7 млрд");
        check(14_967_000_000.0, "14.97 billion", "14,97 млрд");
        check(3_000_000.0, "3 million", "3 млн");
        check(5_088_000.0, "5.09 million", "5,09 млн");
        check(999_999.0, "999,999", "999 999");
        check(999_600_000.0, "1 billion", "1 млрд");
        check(2_246_037_810.0, "2.25 billion", "2,25 млрд");
    }

    #[test]
    fn plurals_follow_cldr() {
        let check = |n: f64, expected: Plural| assert_eq!(plural(n, Lang::Uk), expected, "{n}");
        for n in [1.0, 21.0, 101.0] {
            check(n, Plural::One);
        }
        for n in [2.0, 3.0, 4.0, 22.0, 104.0] {
            check(n, Plural::Few);
        }
        for n in [0.0, 5.0, 11.0, 12.0, 14.0, 111.0, 463_000.0] {
            check(n, Plural::Many);
        }
        check(1.5, Plural::Other);
    }

    #[test]
    fn quotation_marks_are_not_doubled() {
        assert_eq!(within_quotes("«Підприємництво в русі»: Еквадор", Lang::Uk), "„Підприємництво в русі“: Еквадор");
        assert_eq!(within_quotes("“Over 15.7 billion”, again", Lang::En), "‘Over 15.7 billion’, again");
    }

    #[test]
    fn periods_say_what_is_known() {
        let check = |start: &str, end: &str, en: &str, uk: &str| {
            // A day with `~` is rough, and so is its period: two for a year.
            let rough = Rough::ALL.iter().copied().take((start.to_owned() + end).matches('~').count()).next_back();
            let day = |text: &str| Date::parse(text.trim_start_matches('~'));
            let p = Period { start: day(start), end: day(end), rough };
            assert_eq!(period(p, Lang::En).unwrap_or_default(), en);
            assert_eq!(period(p, Lang::Uk).unwrap_or_default().replace('\u{a0}', " "), uk);
        };
        check("2023-01-01", "2023-12-31", "2023", "2023");
        check("2022-02-24", "2023-03-31", "24 February 2022 – 31 March 2023", "24 лютого 2022 р. – 31 березня 2023 р.");
        check("2021-01-01", "2021-09-30", "January – September 2021", "січень – вересень 2021 р.");
        check("2020-04-01", "2020-04-30", "April 2020", "квітень 2020 р.");
        check("", "2023-09-30", "30 September 2023", "30 вересня 2023 р.");
        check("2022-04-29", "", "since\u{a0}29 April 2022", "від 29 квітня 2022 р.");
        check("", "", "", "");
        check("2022-02-24", "~2022-08-31", "February – August 2022", "лютий – серпень 2022 р.");
        check("2022-02-24", "~2023-03-15", "February 2022 – March 2023", "лютий 2022 р. – березень 2023 р.");
        check("~2022-04-30", "", "since\u{a0}April 2022", "від квітня 2022 р.");
        check("", "~2023-09-30", "September 2023", "вересень 2023 р.");
        check("2020-01-01", "~~2022-12-31", "2020–2022", "2020–2022");
        check("~~2022-04-30", "", "since\u{a0}2022", "від 2022");
        check("", "~~2006-12-31", "2006", "2006");
    }
}
