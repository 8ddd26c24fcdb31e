//! Signed papers on a time axis, and how many records of a signature each year holds.

use super::parts::{Context, sort_choices};
use super::spec::*;
use super::trend::years_control;
use crate::model::agreement::Agreement;
use crate::model::dataset::{Dataset, Fact};
use crate::model::date::PartialDate;
use crate::model::order::sort_by_key;
use crate::model::words::{Control, CounterpartType, DatePrecision, Form};
use crate::state::route::Page;
use crate::text::{Text, format};

/// Width of a stack of dots on the time axis, in years: dots nearer than this stand on each other.
const STACK_YEARS: f64 = 0.34;

/// Records that a count stands for, by position.
pub(super) fn counted(dataset: &Dataset, fact: Fact) -> Vec<u32> {
    let Fact::AgreementCount { year, counterpart_type, form } = fact else { return Vec::new() };
    let fits = |a: &Agreement| a.counterpart_type == counterpart_type && a.form == form && a.signed_on.map(|date| date.year) == year;
    (0u32..).zip(dataset.agreements()).filter(|(_, a)| fits(a)).map(|(i, _)| i).collect()
}

/// Kinds of counterpart asked for; all of them when none is.
pub(super) fn chosen_types(c: &Context, figure: &mut Figure) -> Vec<CounterpartType> {
    let mut chosen = Vec::new();
    for id in &c.state.counterpart {
        match CounterpartType::parse(id) {
            Some(kind) => chosen.push(kind),
            None => figure.ignored.push(c.not_in_view("counterpart", id)),
        }
    }
    if chosen.is_empty() { CounterpartType::ALL.to_vec() } else { chosen }
}

pub(super) fn type_name(c: &Context, kind: CounterpartType) -> String {
    c.t(&format!("counterpart-type.{}", kind.id()))
}

pub(super) fn tone(kind: CounterpartType) -> Tone {
    match CounterpartType::ALL.iter().position(|&k| k == kind) {
        Some(0) | None => Tone::Accent,
        Some(i) => Tone::Category(i as u8 - 1),
    }
}

pub(super) fn controls(c: &Context, chosen: &[CounterpartType]) -> Vec<ControlSpec> {
    let agreements = c.dataset.agreements();
    let mut controls = Vec::new();
    if c.def.controls.contains(&Control::Counterpart) {
        let all = c.state.counterpart.is_empty();
        let present = CounterpartType::ALL.iter().filter(|kind| agreements.iter().any(|a| a.counterpart_type == **kind));
        let mut choices: Vec<Choice> = present
            .map(|&kind| Choice {
                value: kind.id().to_owned(),
                label: type_name(c, kind),
                chosen: !all && chosen.contains(&kind),
                tone: Some(tone(kind)),
            })
            .collect();
        sort_choices(&mut choices, c.text.lang);
        controls.push(ControlSpec::Counterparts(choices));
    }
    if c.def.controls.contains(&Control::Time) {
        controls.extend(years_control(c, agreements.iter().filter_map(|a| a.signed_on).map(|date| date.year)));
    }
    controls
}

fn mark(a: &Agreement) -> Mark {
    match (a.form, a.date_precision) {
        (Form::SeveralPapers, _) if a.papers.is_none() => Mark::Hatched,
        (_, DatePrecision::Day) => Mark::Solid,
        _ => Mark::Hollow,
    }
}

/// The date with its precision in words: `December 2024 (known to the month)`.
pub fn dated(a: &Agreement, text: Text) -> String {
    let precision = || text.t(&format!("precision.{}", a.date_precision.id()), &[]);
    match (a.signed_on, a.date_precision) {
        (None, _) => precision(),
        (Some(date), DatePrecision::Day) => format::partial_date(date, text.lang),
        (Some(date), _) => format!("{} ({})", format::partial_date(date, text.lang), precision()),
    }
}

pub(super) fn timeline(c: &Context) -> Figure {
    let mut figure = c.blank_figure();
    let lang = c.text.lang;
    let types = chosen_types(c, &mut figure);
    figure.controls = controls(c, &types);
    let of_type: Vec<(u32, &Agreement)> =
        (0u32..).zip(c.dataset.agreements()).filter(|(_, a)| types.contains(&a.counterpart_type)).collect();
    let mut shown: Vec<(u32, &Agreement)> = of_type
        .iter()
        .copied()
        .filter(|(_, a)| a.signed_on.is_none_or(|date| c.state.time.contains(date.first_day()) || c.state.time.contains(date.last_day())))
        .collect();
    sort_by_key(&mut shown, |(_, a)| std::cmp::Reverse(a.signed_on.map(|date| date.first_day())));

    figure.facts = shown.iter().map(|&(i, _)| Fact::Agreement(i)).collect();
    figure.table = table(c, &shown);
    c.document(&mut figure, &[]);

    let mut drawn: Vec<(u32, &Agreement)> = shown.iter().copied().filter(|(_, a)| a.is_signed() && a.signed_on.is_some()).collect();
    sort_by_key(&mut drawn, |(_, a)| (a.signed_on.map(|date| date.first_day()), a.counterpart_type));
    let dots = agreement_dots(c, &types, &drawn);
    let undated: Vec<&str> =
        shown.iter().filter(|(_, a)| a.is_signed() && a.signed_on.is_none()).map(|(_, a)| a.counterpart.get(lang)).collect();
    if !undated.is_empty() {
        figure.limits.insert(0, Limit { refusal: None, sentence: c.text.t("limit.undated", &[("list", &undated.join("; "))]) });
    }
    if drawn.is_empty() {
        figure.empty = Some(c.t(if of_type.is_empty() { "empty.no-counterpart" } else { "empty.no-time" }));
        return figure;
    }
    let years = drawn.iter().filter_map(|(_, a)| a.signed_on).map(|date| date.year);
    let (min, max) = years.fold((i16::MAX, i16::MIN), |(min, max), year| (min.min(year), max.max(year)));
    figure.summary = c.text.plural("summary.agreements", drawn.len() as u64, &[("from", &min.to_string()), ("to", &max.to_string())]);
    figure.panels.push(dots.panel(c, "timeline", None, (min, max), &KEY));
    figure
}

/// What the marks of agreements mean.
pub(super) const KEY: [(Mark, &str); 3] = [(Mark::Solid, "key.day"), (Mark::Hollow, "key.month"), (Mark::Hatched, "key.several")];

/// Points on a time axis; what falls near to each other stands on each other.
#[derive(Default)]
pub(super) struct Dots {
    series: Vec<SeriesSpec>,
    stacks: Vec<(f64, f64)>,
}

impl Dots {
    /// `named`: where no control says what its colour means.
    pub fn series(&mut self, id: &str, name: String, tone: Tone, named: bool) {
        self.series.push(SeriesSpec {
            id: id.to_owned(),
            name,
            line: false,
            mark: Mark::Solid,
            tone,
            end_label: named,
            point_labels: false,
            points: Vec::new(),
        });
    }

    /// Adds a point in the middle of what its dates can mean. Dates must come in order.
    pub fn add(&mut self, series: &str, from: PartialDate, to: PartialDate, point: Point) {
        let x = (from.first_day().year_fraction() + to.last_day().year_fraction()) / 2.0;
        // Dots stand on each other to be seen apart; each keeps its own date.
        let height = match self.stacks.last_mut() {
            Some((start, height)) if x - *start < STACK_YEARS => {
                *height += 1.0;
                *height
            }
            _ => {
                self.stacks.push((x, 1.0));
                1.0
            }
        };
        if let Some(series) = self.series.iter_mut().find(|s| s.id == series) {
            series.points.push(Point { at: Some((x, height)), ..point });
        }
    }

    pub fn panel(mut self, c: &Context, id: &str, title: Option<String>, (min, max): (i16, i16), key: &[(Mark, &str)]) -> Panel {
        self.series.retain(|s| !s.points.is_empty());
        let highest = self.stacks.iter().map(|(_, height)| *height).fold(1.0, f64::max);
        Panel {
            id: id.to_owned(),
            title,
            chart: ChartSpec {
                kind: ChartKind::Dots,
                room: [0; 2],
                x: Axis::Years { min: f64::from(min), max: f64::from(max) + 1.0 },
                y: Axis::Blank { max: highest + 1.0 },
                key: key
                    .iter()
                    .filter(|(mark, _)| self.series.iter().flat_map(|s| &s.points).any(|point| point.mark == *mark))
                    .map(|(mark, key)| (*mark, c.t(key)))
                    .collect(),
                series: self.series,
                rules: Vec::new(),
            },
        }
    }
}

/// Signed and dated agreements, in order of date, by kind of partner.
pub(super) fn agreement_dots(c: &Context, types: &[CounterpartType], drawn: &[(u32, &Agreement)]) -> Dots {
    let mut dots = Dots::default();
    for &kind in types {
        // Where no control doubles as the legend, colours need one.
        dots.series(kind.id(), type_name(c, kind), tone(kind), !c.def.controls.contains(&Control::Counterpart));
    }
    for &(i, a) in drawn {
        let Some(date) = a.signed_on else { continue };
        let point = Point {
            mark: mark(a),
            value: a.counterpart.get(c.text.lang).to_owned(),
            place_time: format!("{}, {}", c.t(&format!("instrument.{}", a.instrument.id())), dated(a, c.text)),
            fact: Some(Fact::Agreement(i)),
            ..Point::gap()
        };
        dots.add(a.counterpart_type.id(), date, date, point);
    }
    dots
}

/// Leads to the agreement's own page.
pub(super) fn page_cell(a: &Agreement) -> TableCell {
    TableCell { page: Some(Page::Agreement(a.id.clone())), ..TableCell::text(a.id.as_str()) }
}

fn table(c: &Context, shown: &[(u32, &Agreement)]) -> TableSpec {
    let lang = c.text.lang;
    let columns =
        ["column.counterpart-name", "column.date", "column.instrument", "column.kind", "column.form", "column.says", "column.page"];
    let rows = shown.iter().map(|&(i, a)| {
        vec![
            TableCell { fact: Some(Fact::Agreement(i)), ..TableCell::text(a.counterpart.get(lang)) },
            TableCell::text(dated(a, c.text)),
            TableCell::text(c.t(&format!("instrument.{}", a.instrument.id()))),
            TableCell::text(type_name(c, a.counterpart_type)),
            TableCell::text(c.t(&format!("form.{}", a.form.id()))),
            TableCell::text(a.says.get(lang)),
            page_cell(a),
        ]
    });
    c.table_of(&columns, rows.collect())
}

/// Records of a signature, stacked by kind of partner; a record that stands for an unknown number of papers is hatched.
pub(super) fn counts(c: &Context) -> Figure {
    let mut figure = c.blank_figure();
    let types = chosen_types(c, &mut figure);
    figure.controls = controls(c, &types);
    let signed: Vec<&Agreement> = c.dataset.agreements().iter().filter(|a| a.is_signed() && types.contains(&a.counterpart_type)).collect();
    let dated_years = || signed.iter().filter_map(|a| a.signed_on).map(|date| date.year);
    let (min, max) = dated_years().fold((i16::MAX, i16::MIN), |(min, max), year| (min.min(year), max.max(year)));
    if signed.is_empty() {
        figure.empty = Some(c.t("empty.no-counterpart"));
        return figure;
    }
    let mut years: Vec<Option<i16>> = (min..=max).map(Some).collect();
    if signed.iter().any(|a| a.signed_on.is_none()) {
        years.push(None);
    }
    let label = |year: Option<i16>| year.map_or_else(|| c.t("label.undated"), |year| year.to_string());
    let forms = [(Form::Paper, Mark::Solid), (Form::SeveralPapers, Mark::Hatched)];
    let mut series = Vec::new();
    let mut rows: Vec<Vec<TableCell>> = years.iter().map(|&year| vec![TableCell::text(label(year))]).collect();
    let mut columns = vec![Column { title: c.t("column.year"), numeric: false }];
    for &kind in &types {
        for (form, mark) in forms {
            let count = |year: Option<i16>| {
                let fact = Fact::AgreementCount { year, counterpart_type: kind, form };
                (fact, counted(c.dataset, fact).len())
            };
            if years.iter().all(|&year| count(year).1 == 0) {
                continue;
            }
            let name = match mark {
                Mark::Hatched => c.text.t("label.several-papers", &[("kind", &type_name(c, kind))]),
                _ => type_name(c, kind),
            };
            columns.push(Column { title: name.clone(), numeric: true });
            let mut points = Vec::new();
            for ((i, &year), cells) in years.iter().enumerate().zip(&mut rows) {
                let (fact, n) = count(year);
                if n == 0 {
                    cells.push(TableCell::text(c.t("cell.none")));
                    points.push(Point::gap());
                    continue;
                }
                let number = n as f64;
                let written = format::number(number, 0, c.text.lang);
                cells.push(TableCell { text: written, number: Some(number), fact: Some(fact), ..TableCell::default() });
                figure.facts.extend(counted(c.dataset, fact).into_iter().map(Fact::Agreement));
                points.push(Point {
                    at: Some((i as f64, number)),
                    mark,
                    value: c.text.plural("count.records", n as u64, &[]),
                    label: String::new(),
                    place_time: format!("{name}, {}", label(year)),
                    number: Some(number),
                    qualifier: None,
                    fact: Some(fact),
                });
            }
            series.push(SeriesSpec {
                id: format!("{}-{}", kind.id(), form.id()),
                name,
                line: false,
                mark,
                tone: tone(kind),
                end_label: false,
                point_labels: false,
                points,
            });
        }
    }
    c.document(&mut figure, &[]);
    figure.table = TableSpec { caption: c.def.title.get(c.text.lang).to_owned(), columns, rows };
    let busiest = years.iter().copied().flatten().max_by_key(|&year| dated_years().filter(|&y| y == year).count());
    let total = c.text.plural("count.records", signed.len() as u64, &[]);
    let most = busiest.map_or(0, |year| dated_years().filter(|&y| y == year).count());
    figure.summary = c.text.t(
        "summary.counts",
        &[
            ("total", &total),
            ("year", &busiest.map(|y| y.to_string()).unwrap_or_default()),
            ("most", &c.text.plural("count.records", most as u64, &[])),
        ],
    );
    figure.panels.push(Panel {
        id: "counts".to_owned(),
        title: None,
        chart: ChartSpec {
            kind: ChartKind::Columns,
            x: Axis::Labels(years.iter().map(|&year| label(year)).collect()),
            y: Axis::Number { title: c.t("axis.records"), divisor: 1.0, max: None, log: false },
            series,
            rules: Vec::new(),
            key: Vec::new(),
            room: [0; 2],
        },
    });
    figure
}

/// How many records of a signature there are, and the years they span.
pub(super) fn signed_records(agreements: &[Agreement]) -> (usize, Option<(i16, i16)>) {
    let signed = || agreements.iter().filter(|a| a.is_signed());
    let years = signed().filter_map(|a| a.signed_on).map(|date| date.year);
    let span = years.fold(None, |span: Option<(i16, i16)>, year| Some(span.map_or((year, year), |(a, b)| (a.min(year), b.max(year)))));
    (signed().count(), span)
}
