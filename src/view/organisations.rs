//! Organisations and the numbers that are published about them: side by side, never ranked and never added up, because each has a
//! date, a currency and a meaning of its own.

use super::parts::Context;
use super::spec::*;
use crate::model::community::OrganisationFigure;
use crate::model::dataset::{Dataset, Fact};
use crate::model::words::{FigureBasis, Standing};
use crate::text::{Text, format};

const COLUMNS: [&str; 6] = ["column.organisation", "column.figure", "column.value", "column.period", "column.said-by", "column.source"];

type Numbered<'a> = (u32, &'a OrganisationFigure);

pub(super) fn figure(c: &Context) -> Figure {
    let mut figure = c.blank_figure();
    let lang = c.text.lang;
    let community = &c.dataset.community;
    if community.organisations.is_empty() {
        figure.empty = Some(c.t("empty.no-data"));
        return figure;
    }
    let of = |organisation: u32, is_current: bool| -> Vec<Numbered> {
        let fits = |f: &OrganisationFigure| f.organisation == organisation && (f.standing == Standing::Current) == is_current;
        (0u32..).zip(&community.figures).filter(|(_, f)| fits(f)).collect()
    };
    let (mut rows, mut others) = (Vec::new(), Vec::new());
    for (i, organisation) in (0u32..).zip(&community.organisations) {
        let current = of(i, true);
        let fact = Fact::Organisation(i);
        figure.facts.push(fact);
        let name = || TableCell { fact: Some(fact), ..TableCell::text(organisation.name.get(lang)) };
        for one in &current {
            rows.push(row(c, name(), *one, None));
        }
        if current.is_empty() {
            let mut cells = vec![name(), TableCell::text(c.t("organisations.no-figure"))];
            cells.resize(COLUMNS.len(), TableCell::text(c.t("cell.none")));
            rows.push(cells);
        }
        for one in of(i, false) {
            others.push(row(c, name(), one, Some(one.1.standing)));
        }
        figure.facts.extend(current.iter().map(|&(i, _)| Fact::OrganisationFigure(i)));
        figure.branches.push(Branch {
            title: organisation.name.get(lang).to_owned(),
            fact: Some(fact),
            note: organisation.iom_relation.as_ref().map(|text| text.get(lang).to_owned()),
            nodes: current.iter().map(|&one| node(c, one)).collect(),
            heading: None,
        });
    }
    let told: usize = community.figures.iter().filter(|f| f.standing == Standing::Current).count();
    figure.summary = c.text.t(
        "summary.organisations",
        &[
            ("organisations", &c.text.plural("count.organisations", community.organisations.len() as u64, &[])),
            ("figures", &c.text.plural("count.figures", told as u64, &[])),
        ],
    );
    figure.table = c.table_of(&COLUMNS, rows);
    if !others.is_empty() {
        let mut columns = COLUMNS.to_vec();
        columns.push("column.standing");
        figure.facts.extend(
            (0u32..).zip(&community.figures).filter(|(_, f)| f.standing != Standing::Current).map(|(i, _)| Fact::OrganisationFigure(i)),
        );
        figure.others = Some(TableSpec {
            caption: c.text.t("table.others", &[("title", c.def.title.get(c.text.lang))]),
            ..c.table_of(&columns, others)
        });
    }
    figure.key = FigureBasis::ALL
        .iter()
        .filter(|&&basis| community.figures.iter().any(|f| f.standing == Standing::Current && f.basis == basis))
        .map(|&basis| (mark(basis), c.t(&format!("figure-basis.{}", basis.id()))))
        .collect();
    c.document(&mut figure, &[]);
    figure
}

fn mark(basis: FigureBasis) -> Mark {
    match basis {
        FigureBasis::Own => Mark::Quote,
        FigureBasis::Press => Mark::Hollow,
        FigureBasis::Secondary => Mark::Hatched,
    }
}

/// The value with its wording and unit; both ends of a range.
pub(super) fn value(dataset: &Dataset, figure: &OrganisationFigure, text: Text) -> String {
    let Some(unit) = dataset.catalog.units.get(figure.unit) else { return String::new() };
    text.full(figure.value, figure.value_max, unit, figure.qualifier)
}

/// Since when and until when, each as precisely as the source says.
pub(super) fn period(figure: &OrganisationFigure, text: Text) -> String {
    let written = |date| format::partial_date(date, text.lang);
    match (figure.period_start, figure.as_of) {
        (Some(start), Some(end)) if start.first_day() == end.first_day() => written(end),
        (Some(start), Some(end)) => format!("{} – {}", written(start), written(end)),
        (Some(start), None) => text.t("period.since", &[("date", &written(start))]),
        (None, Some(end)) => written(end),
        (None, None) => text.t("period.unknown", &[]),
    }
}

fn node(c: &Context, (i, f): Numbered) -> Node {
    Node {
        text: value(c.dataset, f, c.text),
        detail: format!("{}, {}", f.name.get(c.text.lang), period(f, c.text)),
        mark: mark(f.basis),
        tone: Tone::Accent,
        fact: Fact::OrganisationFigure(i),
    }
}

fn row(c: &Context, name: TableCell, (i, f): Numbered, standing: Option<Standing>) -> Vec<TableCell> {
    let number = TableCell {
        number: Some(f.value),
        qualifier: Some(f.qualifier),
        fact: Some(Fact::OrganisationFigure(i)),
        ..TableCell::text(value(c.dataset, f, c.text))
    };
    let publisher = f.sources.first().and_then(|&ix| c.dataset.catalog.sources.get(ix)).map_or("", |s| s.publisher.get(c.text.lang));
    let mut cells = vec![
        name,
        TableCell::text(f.name.get(c.text.lang)),
        number,
        TableCell::text(period(f, c.text)),
        TableCell::text(c.t(&format!("figure-basis.{}", f.basis.id()))),
        TableCell::text(publisher),
    ];
    cells.extend(standing.map(|standing| TableCell::text(c.t(&format!("standing.{}", standing.id())))));
    cells
}
