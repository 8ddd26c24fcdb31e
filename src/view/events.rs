//! Events on a time axis, and below them, on the same axis, the agreements.

use super::agreements::{Dots, KEY, agreement_dots};
use super::certificate::located;
use super::parts::Context;
use super::spec::*;
use super::trend::years_control;
use crate::model::community::Event;
use crate::model::dataset::Fact;
use crate::model::date::{PartialDate, Period};
use crate::model::order::sort_by_key;
use crate::model::words::{Control, CounterpartType, DatePrecision, DiasporaPart};
use crate::text::{Text, format};

/// The days of an event with their precision in words.
pub(super) fn dated(event: &Event, text: Text) -> String {
    let lang = text.lang;
    let precision = || text.t(&format!("precision.{}", event.date_precision.id()), &[]);
    let Some(start) = event.starts_on else { return precision() };
    let days = match event.ends_on {
        Some(end) => {
            format::period(Period { start: Some(start.first_day()), end: Some(end.last_day()), rough: None }, lang).unwrap_or_default()
        }
        None => format::partial_date(start, lang),
    };
    if event.date_precision == DatePrecision::Day { days } else { format!("{days} ({})", precision()) }
}

fn tone(diaspora: DiasporaPart) -> Tone {
    match diaspora {
        DiasporaPart::Yes => Tone::Accent,
        DiasporaPart::Partly => Tone::Category(0),
        DiasporaPart::No => Tone::Category(5),
    }
}

/// From the first day to the last that the dates can mean.
fn span(event: &Event) -> Option<(PartialDate, PartialDate)> {
    event.starts_on.map(|start| (start, event.ends_on.unwrap_or(start)))
}

pub(super) fn figure(c: &Context) -> Figure {
    let mut figure = c.blank_figure();
    let lang = c.text.lang;
    let events = &c.dataset.community.events;
    let agreements = c.dataset.agreements();
    if c.def.controls.contains(&Control::Time) {
        let years = events.iter().filter_map(|event| event.starts_on).chain(agreements.iter().filter_map(|a| a.signed_on));
        figure.controls.extend(years_control(c, years.map(|date| date.year)));
    }
    let in_time = |date: PartialDate| c.state.time.contains(date.first_day()) || c.state.time.contains(date.last_day());
    let mut shown: Vec<(u32, &Event)> =
        (0u32..).zip(events).filter(|(_, event)| span(event).is_none_or(|(start, end)| in_time(start) || in_time(end))).collect();
    sort_by_key(&mut shown, |(_, event)| std::cmp::Reverse(event.starts_on.map(|date| date.first_day())));
    figure.facts = shown.iter().map(|&(i, _)| Fact::Event(i)).collect();
    figure.table = table(c, &shown);

    let mut dots = Dots::default();
    let mut drawn: Vec<(u32, &Event)> = shown.iter().copied().filter(|(_, event)| event.starts_on.is_some()).collect();
    sort_by_key(&mut drawn, |(_, event)| event.starts_on.map(|date| date.first_day()));
    for &part in DiasporaPart::ALL {
        dots.series(part.id(), c.t(&format!("event-diaspora.{}", part.id())), tone(part), true);
    }
    for &(i, event) in &drawn {
        let Some((start, end)) = span(event) else { continue };
        let point = Point {
            mark: if event.date_precision == DatePrecision::Day { Mark::Solid } else { Mark::Hollow },
            value: event.title.get(lang).to_owned(),
            place_time: [located(c.dataset, event.place, &event.city, c.text), dated(event, c.text)]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", "),
            fact: Some(Fact::Event(i)),
            ..Point::gap()
        };
        dots.add(event.diaspora.id(), start, end, point);
    }
    let undated: Vec<&str> = shown.iter().filter(|(_, event)| event.starts_on.is_none()).map(|(_, event)| event.title.get(lang)).collect();
    if !undated.is_empty() {
        figure.limits.insert(0, Limit { refusal: None, sentence: c.text.t("limit.undated", &[("list", &undated.join("; "))]) });
    }
    if drawn.is_empty() {
        figure.empty = Some(c.t(if events.is_empty() { "empty.no-data" } else { "empty.no-time" }));
        c.document(&mut figure, &[]);
        return figure;
    }
    let mut signed: Vec<_> = (0u32..).zip(agreements).filter(|(_, a)| a.is_signed() && a.signed_on.is_some_and(in_time)).collect();
    sort_by_key(&mut signed, |(_, a)| (a.signed_on.map(|date| date.first_day()), a.counterpart_type));
    figure.facts.extend(signed.iter().map(|&(i, _)| Fact::Agreement(i)));
    let signed_dots = agreement_dots(c, CounterpartType::ALL, &signed);
    let span = |years: &mut dyn Iterator<Item = PartialDate>| {
        years.map(|date| date.year).fold((i16::MAX, i16::MIN), |(min, max), year| (min.min(year), max.max(year)))
    };
    let (first, last) = span(&mut drawn.iter().filter_map(|(_, event)| event.starts_on));
    let signatures = span(&mut signed.iter().filter_map(|(_, a)| a.signed_on));
    let (min, max) = (first.min(signatures.0), last.max(signatures.1));
    figure.summary = c.text.plural("summary.events", drawn.len() as u64, &[("from", &first.to_string()), ("to", &last.to_string())]);
    let key = [(Mark::Solid, "key.event-day"), (Mark::Hollow, "key.month")];
    figure.panels.push(dots.panel(c, "events", Some(c.t("panel.events")), (min, max), &key));
    if !signed.is_empty() {
        figure.panels.push(signed_dots.panel(c, "agreements", Some(c.t("panel.agreements")), (min, max), &KEY));
    }
    c.document(&mut figure, &[]);
    figure
}

fn table(c: &Context, shown: &[(u32, &Event)]) -> TableSpec {
    let lang = c.text.lang;
    let columns = ["column.event", "column.date", "column.place", "column.organisers", "column.purpose", "column.diaspora"];
    let rows = shown.iter().map(|&(i, event)| {
        vec![
            TableCell { fact: Some(Fact::Event(i)), ..TableCell::text(event.title.get(lang)) },
            TableCell::text(dated(event, c.text)),
            TableCell::text(located(c.dataset, event.place, &event.city, c.text)),
            TableCell::text(event.organisers.as_ref().map_or("", |text| text.get(lang))),
            TableCell::text(event.purpose.get(lang)),
            TableCell::text(c.t(&format!("event-diaspora.{}", event.diaspora.id()))),
        ]
    });
    c.table_of(&columns, rows.collect())
}
