//! What sending money costs: the fee for an amount at a published share, and what two percentage points less would leave.
//!
//! Knows no prices of today and no exchange rates; a cost that was published for one amount is not adapted to another.

use super::bars::{matches, period_param, time_param};
use super::parts::Context;
use super::spec::{Choice, TableCell};
use crate::model::catalog::PlaceIx;
use crate::model::observations::Row;
use crate::model::order::{distinct, sort_by_key};
use crate::model::words::Topic;
use crate::state::view_state::TimeRange;
use crate::text::format;

/// The amount that the published costs are about, in US dollars.
pub const PUBLISHED_FOR: u32 = 200;

/// How much less the reader is asked to imagine, in percentage points.
const LESS: f64 = 2.0;

/// The calculator with its present choices and its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct CostSpec {
    pub amount: u32,
    pub max: u32,
    /// Sending countries, or all together; values are lists of the address.
    pub senders: Vec<Choice>,
    /// Published periods of the sender, newest first.
    pub periods: Vec<Choice>,
    /// The fee and what would be left, in words.
    pub answer: String,
    /// The source's own cost, which opens its certificate.
    pub share: TableCell,
    /// The measure that the cost comes from.
    pub series: String,
    /// What keeps the answer from being taken for more than it is.
    pub caution: String,
}

/// The fee for `amount` at `share` per cent, rounded to cents.
pub fn fee(amount: u32, share: f64) -> f64 {
    (f64::from(amount) * share).round() / 100.0
}

/// What a cost lower by two percentage points would leave: never more than the whole fee.
pub fn left(amount: u32, share: f64) -> f64 {
    fee(amount, share.clamp(0.0, LESS))
}

/// Rows of the view that have a value; for one sender and period the view's first measure stands, others are never mixed in.
fn rows<'a>(c: &Context<'a>) -> Vec<(Topic, Row<'a>)> {
    let mut rows: Vec<(Topic, Row)> = Vec::new();
    for (topic, row) in c.def.series.iter().chain(&c.def.marks).flat_map(|&series| c.dataset.rows(series)) {
        let is_known = |(_, known): &(Topic, Row)| known.counterpart() == row.counterpart() && known.period() == row.period();
        if row.is_current() && row.cell().value().is_some() && !rows.iter().any(is_known) {
            rows.push((topic, row));
        }
    }
    sort_by_key(&mut rows, |(_, row)| std::cmp::Reverse((row.period().end, row.period().start)));
    rows
}

/// `None` where nothing is published. Choices that are not there are reported to `ignored`.
pub(super) fn calculator(c: &Context, ignored: &mut Vec<String>) -> Option<CostSpec> {
    let all = rows(c);
    let mut senders: Vec<PlaceIx> = distinct(&mut all.iter().filter_map(|(_, row)| row.counterpart()));
    sort_by_key(&mut senders, |&ix| c.place_code(ix));
    // The first sender of the address; names of nobody are reported by the chart.
    let sender = c.state.counterpart.iter().find_map(|code| senders.iter().copied().find(|&ix| c.place_code(ix) == code));
    let own: Vec<(Topic, Row)> = all.iter().copied().filter(|(_, row)| row.counterpart() == sender).collect();
    let asked = c.state.at;
    let found = own.iter().copied().find(|(_, row)| matches(asked, row.period()));
    if found.is_none() && asked != TimeRange::default() {
        ignored.push(c.not_in_view("at", &time_param(asked)));
    }
    let (topic, row) = found.or_else(|| own.first().copied())?;
    let share = row.cell().value()?;
    let amount = if c.state.amount == 0 { PUBLISHED_FOR } else { c.state.amount };
    let money = |value: f64| format::number(value, 2, c.text.lang);
    let key = if share < LESS { "cost.answer-free" } else { "cost.answer" };
    let answer =
        c.text.t(key, &[("amount", &money(f64::from(amount))), ("fee", &money(fee(amount, share))), ("left", &money(left(amount, share)))]);
    let mut caution = c.t("cost.average");
    if amount != PUBLISHED_FOR {
        caution = format!("{} {caution}", c.text.t("cost.other-amount", &[("published", &money(f64::from(PUBLISHED_FOR)))]));
    }
    let choice = |value: String, label: String, chosen: bool| Choice { value, label, chosen, tone: None };
    let mut corridors: Vec<Choice> =
        senders.iter().map(|&ix| choice(first_of(c, ix, &senders), c.place(ix).to_owned(), sender == Some(ix))).collect();
    super::parts::sort_choices(&mut corridors, c.text.lang);
    if all.iter().any(|(_, row)| row.counterpart().is_none()) {
        corridors.insert(0, choice(String::new(), c.t("cost.all-senders"), sender.is_none()));
    }
    Some(CostSpec {
        amount,
        max: crate::state::url::MAX_AMOUNT,
        senders: corridors,
        periods: own.iter().map(|(_, one)| choice(period_param(one.period()), c.period(one.period()), one.row == row.row)).collect(),
        answer,
        share: c.table_cell(topic, row),
        series: c.series_name(row.series()).to_owned(),
        caution,
    })
}

/// The senders that stay chosen, with this one before them: the calculator takes the first, the chart draws them all.
fn first_of(c: &Context, sender: PlaceIx, all: &[PlaceIx]) -> String {
    let code = c.place_code(sender);
    let chosen: Vec<&str> =
        c.state.counterpart.iter().map(String::as_str).filter(|one| all.iter().any(|&ix| c.place_code(ix) == *one)).collect();
    let others = if chosen.is_empty() { all.iter().map(|&ix| c.place_code(ix)).collect() } else { chosen };
    [code].into_iter().chain(others.into_iter().filter(|one| *one != code)).collect::<Vec<_>>().join("~")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fee_is_a_share_of_the_amount() {
        let check =
            |amount, share, expected: (f64, f64)| assert_eq!((fee(amount, share), left(amount, share)), expected, "{amount} at {share}%");
        check(200, 6.5, (13.0, 4.0));
        check(200, 3.3, (6.6, 4.0));
        check(200, 3.40881, (6.82, 4.0)); // to the cent
        check(1, 5.0, (0.05, 0.02));
        check(100_000, 12.2073, (12_207.3, 2_000.0));
        // Below two per cent there is no more to leave than the fee.
        check(200, 2.0, (4.0, 4.0));
        check(200, 0.7175, (1.44, 1.44));
        check(200, 0.0, (0.0, 0.0));
        check(200, -1.0, (-2.0, 0.0)); // a subsidy has nothing to lower
    }
}
