//! Who is tied to what: partners of the agreements by way of working and by topic. Each partner is a node that opens its certificate.
//! Does not place nodes: they stand in fixed columns, as text, and fit any screen.

use super::agreements::{chosen_types, controls, dated, page_cell, tone, type_name};
use super::parts::{Context, sort_choices};
use super::spec::*;
use crate::model::agreement::Agreement;
use crate::model::catalog::SectorIx;
use crate::model::dataset::Fact;
use crate::model::order::sort_by_key;
use crate::model::words::{Control, Form, Pillar};
use crate::state::view_state::Param;

type Numbered<'a> = (u32, &'a Agreement);

pub(super) fn figure(c: &Context) -> Figure {
    let mut figure = c.blank_figure();
    let types = chosen_types(c, &mut figure);
    figure.controls = controls(c, &types);
    let all = || (0u32..).zip(c.dataset.agreements());
    let mut sectors: Vec<SectorIx> = all().flat_map(|(_, a)| a.topics.iter().copied()).collect();
    sort_by_key(&mut sectors, |&ix| ix);
    sectors.dedup();
    if c.def.controls.contains(&Control::Sector) {
        let choice = |&ix: &SectorIx| Choice {
            value: c.sector_id(ix).to_owned(),
            label: c.sector(ix).to_owned(),
            chosen: c.state.sector.iter().any(|id| id == c.sector_id(ix)),
            tone: None,
        };
        let mut choices: Vec<Choice> = sectors.iter().map(choice).collect();
        sort_choices(&mut choices, c.text.lang);
        figure.controls.push(ControlSpec::Pick { param: Param::Sector, choices, groups: Vec::new() });
    }
    let wanted = c.chosen(Param::Sector, &sectors, &mut figure, |&ix| c.sector_id(ix));
    let is_whole = wanted.len() == sectors.len();
    let fits = |a: &Agreement| types.contains(&a.counterpart_type) && (is_whole || a.topics.iter().any(|ix| wanted.contains(ix)));
    let shown: Vec<Numbered> = all().filter(|(_, a)| fits(a)).collect();
    figure.facts = shown.iter().map(|&(i, _)| Fact::Agreement(i)).collect();
    c.document(&mut figure, &[]);
    figure.table = table(c, &shown);
    if shown.is_empty() {
        figure.empty = Some(c.t("empty.no-counterpart"));
        return figure;
    }

    let branch = |title: String, of: &dyn Fn(&Agreement) -> bool| Branch {
        title,
        nodes: shown.iter().filter(|(_, a)| of(a)).map(|&one| node(c, one)).collect(),
        ..Branch::default()
    };
    let headed = |key: &str, mut branches: Vec<Branch>| {
        if let Some(first) = branches.first_mut() {
            first.heading = Some(c.t(key));
        }
        branches
    };
    let pillar = |&pillar: &Pillar| {
        let mut branch = branch(c.t(&format!("pillar.{}", pillar.id())), &|a| a.pillar == Some(pillar));
        branch.note = branch.nodes.is_empty().then(|| c.t("network.none"));
        branch
    };
    let mut topics: Vec<Branch> = wanted.iter().map(|&ix| branch(c.sector(ix).to_owned(), &|a| a.topics.contains(&ix))).collect();
    topics.retain(|branch| !branch.nodes.is_empty());
    sort_by_key(&mut topics, |branch| std::cmp::Reverse(branch.nodes.len()));
    let largest: Vec<String> = topics.iter().take(3).map(|branch| format!("{} ({})", branch.title, branch.nodes.len())).collect();
    let unnamed = branch(c.t("network.no-topic"), &|a| a.topics.is_empty());
    topics.extend((!unnamed.nodes.is_empty()).then_some(unnamed));
    let total = c.text.plural("count.records", shown.len() as u64, &[]);
    figure.summary = c.text.t("summary.network", &[("total", &total), ("list", &largest.join(", "))]);
    figure.branches = headed("network.pillars", Pillar::ALL.iter().map(pillar).collect());
    figure.branches.extend(headed("network.topics", topics));
    figure.key = [Form::Paper, Form::SeveralPapers, Form::Announcement]
        .into_iter()
        .filter(|&form| shown.iter().any(|(_, a)| a.form == form))
        .map(|form| (mark(form), c.t(&format!("form.{}", form.id()))))
        .collect();
    figure
}

fn mark(form: Form) -> Mark {
    match form {
        Form::Paper => Mark::Solid,
        Form::SeveralPapers => Mark::Hatched,
        Form::Announcement => Mark::Hollow,
    }
}

fn node(c: &Context, (i, a): Numbered) -> Node {
    Node {
        text: a.counterpart.get(c.text.lang).to_owned(),
        detail: format!("{}, {}", c.t(&format!("instrument.{}", a.instrument.id())), dated(a, c.text)),
        mark: mark(a.form),
        tone: tone(a.counterpart_type),
        fact: Fact::Agreement(i),
    }
}

fn table(c: &Context, shown: &[Numbered]) -> TableSpec {
    let columns = ["column.counterpart-name", "column.kind", "column.topics", "column.pillar", "column.page"];
    let rows = shown.iter().map(|&(i, a)| {
        let topics: Vec<&str> = a.topics.iter().map(|&ix| c.sector(ix)).collect();
        vec![
            TableCell { fact: Some(Fact::Agreement(i)), ..TableCell::text(a.counterpart.get(c.text.lang)) },
            TableCell::text(type_name(c, a.counterpart_type)),
            TableCell::text(topics.join("; ")),
            TableCell::text(a.pillar.map_or_else(|| c.t("cell.none"), |pillar| c.t(&format!("pillar.{}", pillar.id())))),
            page_cell(a),
        ]
    });
    c.table_of(&columns, rows.collect())
}
