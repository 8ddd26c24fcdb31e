//! The rules of honesty in code: what may be joined, added or compared.

use crate::model::catalog::{Break, Series};
use crate::model::date::{Date, Period};
use crate::model::words::{Dimension, Nature};

/// Why something is not drawn or computed; the sentence is `refusal.<id>` in `locales/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// Values overlap along this dimension: a sum would count some twice.
    NotAdditive(Dimension),
    /// One series is a part of another.
    SubsetNotAdded,
    /// Different units have no common total.
    UnitsDiffer,
    /// The whole is not published, so a share of it cannot be computed.
    WholeUnknown,
    /// Measures that differ in definition or release: one line never holds two of them, and nothing is computed between them.
    TwoDefinitions,
    /// The parts of the whole overlap or replace one another: a percentage of their sum means nothing.
    ShareOverlaps,
    /// The line stops where the series is no longer comparable with itself.
    Break,
    /// Change is counted from the last break on only.
    RelativeOverBreak,
    /// A value per person needs a population, which the package does not hold.
    NoDenominator,
    /// A logarithmic axis has no place for zero.
    LogOfZero,
}

impl Refusal {
    pub const ALL: [Refusal; 13] = [
        Refusal::NotAdditive(Dimension::Period),
        Refusal::NotAdditive(Dimension::Place),
        Refusal::NotAdditive(Dimension::Counterpart),
        Refusal::NotAdditive(Dimension::Sector),
        Refusal::SubsetNotAdded,
        Refusal::UnitsDiffer,
        Refusal::WholeUnknown,
        Refusal::TwoDefinitions,
        Refusal::ShareOverlaps,
        Refusal::Break,
        Refusal::RelativeOverBreak,
        Refusal::NoDenominator,
        Refusal::LogOfZero,
    ];

    pub fn id(self) -> &'static str {
        match self {
            Refusal::NotAdditive(Dimension::Period) => "not-additive-period",
            Refusal::NotAdditive(Dimension::Place) => "not-additive-place",
            Refusal::NotAdditive(Dimension::Counterpart) => "not-additive-counterpart",
            Refusal::NotAdditive(Dimension::Sector) => "not-additive-sector",
            Refusal::SubsetNotAdded => "subset-not-added",
            Refusal::UnitsDiffer => "units-differ",
            Refusal::WholeUnknown => "whole-unknown",
            Refusal::TwoDefinitions => "two-definitions",
            Refusal::ShareOverlaps => "share-overlaps",
            Refusal::Break => "break",
            Refusal::RelativeOverBreak => "relative-over-break",
            Refusal::NoDenominator => "no-denominator",
            Refusal::LogOfZero => "log-of-zero",
        }
    }
}

/// Whether the values of `parts` may be added along `dimension`.
pub fn may_add(parts: &[&Series], dimension: Dimension) -> Result<(), Refusal> {
    let Some(first) = parts.first() else { return Ok(()) };
    if parts.iter().any(|series| series.unit != first.unit) {
        return Err(Refusal::UnitsDiffer);
    }
    if parts.iter().any(|series| series.subset_of.as_ref().is_some_and(|whole| parts.iter().any(|other| &other.id == whole))) {
        return Err(Refusal::SubsetNotAdded);
    }
    if parts.iter().any(|series| !series.additive_over.contains(&dimension)) {
        return Err(Refusal::NotAdditive(dimension));
    }
    Ok(())
}

/// Whether figures of these series may stand in one line.
pub fn one_line(parts: &[&Series]) -> Result<(), Refusal> {
    let same = parts.windows(2).all(|pair| matches!(pair, [a, b] if a.id == b.id));
    if same { Ok(()) } else { Err(Refusal::TwoDefinitions) }
}

/// Whether one amount over a period, or price in it, leads to the next: only to a neighbour of the same length. A line from a
/// month to a quarter, to a period that holds it, or over months that nobody found would invent what lies between.
pub fn may_follow(nature: Nature, earlier: Period, later: Period) -> Result<(), Refusal> {
    if !matches!(nature, Nature::Flow | Nature::Price) {
        return Ok(());
    }
    const UNEVEN_DAYS: i32 = 3; // February and January, a leap year and another
    match (earlier.start, earlier.end, later.start, later.end) {
        (Some(a), Some(b), Some(c), Some(d)) => {
            let lengths = (b.days() - a.days()) - (d.days() - c.days());
            if c.days() == b.days() + 1 && lengths.abs() <= UNEVEN_DAYS { Ok(()) } else { Err(Refusal::Break) }
        }
        _ => Err(Refusal::Break),
    }
}

/// Whether anything may be given as a percentage of the sum of `parts` along `dimension`.
pub fn may_share(parts: &[&Series], dimension: Dimension, whole_is_published: bool) -> Result<(), Refusal> {
    may_add(parts, dimension).map_err(|_| Refusal::ShareOverlaps)?;
    if whole_is_published { Ok(()) } else { Err(Refusal::WholeUnknown) }
}

/// Whether one line may join a figure to the next of the same series and place.
/// It may not across a break, nor over a missing year of a yearly series, nor from a whole year to a part of one.
pub fn may_join(earlier: Period, later: Period, breaks: &[&Break]) -> Result<(), Refusal> {
    let (Some(a), Some(b)) = (earlier.as_of(), later.as_of()) else { return Err(Refusal::Break) };
    if crosses(a, b, breaks).is_some() {
        return Err(Refusal::Break);
    }
    match (earlier.calendar_year(), later.calendar_year()) {
        (Some(a), Some(b)) if b - a > 1 => Err(Refusal::Break),
        (Some(_), None) | (None, Some(_)) => Err(Refusal::Break),
        _ => Ok(()),
    }
}

/// The break between two days, if there is one.
pub fn crosses<'b>(a: Date, b: Date, breaks: &[&'b Break]) -> Option<&'b Break> {
    breaks.iter().copied().find(|brk| a < brk.on && b >= brk.on)
}
