//! Calendar dates as the sources give them: whole, or only to the month or year.

use super::words::Rough;
use std::fmt;

/// A day of the Gregorian calendar, year 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    year: i16,
    month: u8,
    day: u8,
}

impl Date {
    /// Before anything published.
    pub const MIN: Date = Date { year: 1, month: 1, day: 1 };

    pub fn new(year: i16, month: u8, day: u8) -> Option<Date> {
        ((1..=9999).contains(&year) && (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month)).then_some(Date {
            year,
            month,
            day,
        })
    }

    /// Reads exactly `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Date> {
        match PartialDate::parse(text)? {
            PartialDate { year, month: Some(month), day: Some(day) } => Date::new(year, month, day),
            _ => None,
        }
    }

    pub fn year(self) -> i16 {
        self.year
    }

    pub fn month(self) -> u8 {
        self.month
    }

    pub fn day(self) -> u8 {
        self.day
    }

    /// In order of time, and never 0.
    pub fn number(self) -> u32 {
        PartialDate { year: self.year, month: Some(self.month), day: Some(self.day) }.number()
    }

    /// Days since 1970-01-01 (negative before), by Howard Hinnant's `days_from_civil`.
    pub fn days(self) -> i32 {
        let y = i32::from(self.year) - i32::from(self.month <= 2);
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let month_from_march = (i32::from(self.month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + i32::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// Position on a time axis in years: 2023-01-01 is 2023.0, 2023-12-31 is just under 2024.
    pub fn year_fraction(self) -> f64 {
        let start = Date { year: self.year, month: 1, day: 1 };
        let length = if is_leap(self.year) { 366.0 } else { 365.0 };
        f64::from(self.year) + f64::from(self.days() - start.days()) / length
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A date known to the year, the month or the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    pub year: i16,
    pub month: Option<u8>,
    pub day: Option<u8>,
}

impl PartialDate {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<PartialDate> {
        let digits = |part: &str, width: usize| -> Option<i16> {
            (part.len() == width && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
        };
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = match parts.next() {
            Some(part) => Some(u8::try_from(digits(part, 2)?).ok()?),
            None => None,
        };
        let day = match parts.next() {
            Some(part) => Some(u8::try_from(digits(part, 2)?).ok()?),
            None => None,
        };
        let date = PartialDate { year, month, day };
        (parts.next().is_none() && Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_some()).then_some(date)
    }

    /// In order of time, where a date that is less well known comes first; never 0. For columns.
    pub fn number(self) -> u32 {
        u32::from(self.year.unsigned_abs()) << 9 | u32::from(self.month.unwrap_or(0)) << 5 | u32::from(self.day.unwrap_or(0))
    }

    /// The date with this number; none has 0.
    pub fn some(number: u32) -> Option<PartialDate> {
        let part = |bits: u32| (bits > 0).then_some(bits as u8);
        (number > 0).then_some(PartialDate { year: (number >> 9) as i16, month: part(number >> 5 & 15), day: part(number & 31) })
    }

    /// The first day that this date can mean.
    pub fn first_day(self) -> Date {
        Date { year: self.year, month: self.month.unwrap_or(1), day: self.day.unwrap_or(1) }
    }

    /// The last day that this date can mean.
    pub fn last_day(self) -> Date {
        let month = self.month.unwrap_or(12);
        Date { year: self.year, month, day: self.day.unwrap_or_else(|| days_in_month(self.year, month)) }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// The time a figure is about; an end that the source does not give is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    pub start: Option<Date>,
    pub end: Option<Date>,
    /// Where no more is known than month or year, the days are the first and the last that they can mean.
    pub rough: Option<Rough>,
}

impl Period {
    /// Where a figure stands on a time axis: its last known day.
    pub fn as_of(self) -> Option<Date> {
        self.end.or(self.start)
    }

    /// Whether its last day is the last of a year.
    pub fn is_to_year_end(self) -> bool {
        self.end.is_some_and(|end| (end.month, end.day) == (12, 31))
    }

    /// The year, when the period is exactly one calendar year.
    pub fn calendar_year(self) -> Option<i16> {
        let (start, end) = (self.start?, self.end?);
        (start.year == end.year && (start.month, start.day) == (1, 1) && (end.month, end.day) == (12, 31)).then_some(start.year)
    }
}

fn is_leap(year: i16) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn days_in_month(year: i16, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_dates_read_and_print() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(PartialDate::parse(text).map(|d| d.to_string()).as_deref(), expected, "{text}");
        };
        for text in ["2023", "2023-05", "2023-05-31", "2024-02-29", "0001-01-01", "9999-12-31"] {
            check(text, Some(text));
        }
        for text in [
            "",
            "23",
            "2023-",
            "2023-5",
            "2023-13",
            "2023-02-29",
            "2023-00",
            "2023-01-00",
            "0000",
            "2023-01-01-01",
            "２０２３",
            "-2023",
            "2023-1a",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn days_agree_with_known_dates() {
        for (text, days) in
            [("1970-01-01", 0), ("2000-03-01", 11_017), ("2022-02-24", 19_047), ("1969-12-31", -1), ("0001-01-01", -719_162)]
        {
            assert_eq!(Date::parse(text).map(Date::days), Some(days), "{text}");
        }
    }

    #[test]
    fn a_calendar_year_is_recognised() {
        let period = |a: &str, b: &str| Period { start: Date::parse(a), end: Date::parse(b), rough: None };
        assert_eq!(period("2023-01-01", "2023-12-31").calendar_year(), Some(2023));
        assert_eq!(period("2022-02-24", "2023-03-31").calendar_year(), None);
        assert_eq!(period("2023-01-01", "").calendar_year(), None);
    }
}
