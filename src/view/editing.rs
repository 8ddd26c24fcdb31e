//! What an author of a talk can choose from: views by their address, figures by their words. For the editor of talks only.

use super::talk::{point, shown};
use crate::data::package::Package;
use crate::model::deck::{FigureRef, Slide};
use crate::model::observations::{Cell, Row};
use crate::state::url::{self, Pairs};
use crate::state::view_state::ViewState;
use crate::text::{Text, format};

/// Something to choose: as the file names it, and as its reader does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

/// The views of an address of ours with their states, one or two to compare; or sentences that say why it names none. Scheme, host and
/// folder are not judged: an address of the published site is right on a copy of it too.
pub fn pasted(package: &Package, address: &str, text: Text) -> Result<Vec<(String, String)>, Vec<String>> {
    let address = address.trim().split('#').next().unwrap_or_default();
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let [.., "view" | "embed", id] = parts.as_slice() else {
        return Err(vec![text.t("edit.not-a-view", &[("found", &clipped(address))])]);
    };
    let pairs = url::query_pairs(query);
    let mut views = vec![view(package, id, &url::pairs_for(&pairs, id, true), text)?];
    if let Some(other) = url::compared(&pairs) {
        views.push(view(package, other, &url::pairs_for(&pairs, other, false), text)?);
    }
    Ok(views)
}

/// One view and its state, as a deck writes them.
fn view(package: &Package, id: &str, pairs: &Pairs, text: Text) -> Result<(String, String), Vec<String>> {
    let Some(def) = package.dataset.catalog.view(id) else { return Err(vec![text.t("edit.no-such-view", &[("found", &clipped(id))])]) };
    let (state, bad) = super::state_from(def, pairs);
    let figure = super::figure(&package.dataset, def, &state, text);
    let reasons: Vec<String> = bad.iter().map(|bad| super::ignored_sentence(bad, text)).chain(figure.ignored).chain(figure.empty).collect();
    if !reasons.is_empty() {
        return Err(reasons);
    }
    let defaults = super::default_state(def);
    // A slide shows the chart, whatever tab was open.
    let state = ViewState { tab: defaults.tab, ..state };
    Ok((id.to_owned(), url::query_string(&url::print(&state, &defaults))))
}

fn clipped(text: &str) -> String {
    text.chars().take(80).collect()
}

/// Views by their titles, in the file's order.
pub fn views(package: &Package, text: Text) -> Vec<Choice> {
    let views = package.dataset.catalog.views.iter();
    views.map(|def| Choice { value: def.id.clone(), label: def.title.get(text.lang).to_owned() }).collect()
}

/// Series that have a figure to show, by their names.
pub fn series(package: &Package, text: Text) -> Vec<Choice> {
    let dataset = &package.dataset;
    let named =
        dataset.catalog.series.iter().filter(|series| {
            dataset.catalog.series.find(&series.id).is_some_and(|ix| dataset.rows(ix).any(|(_, row)| can_stand_alone(row)))
        });
    named.map(|series| Choice { value: series.id.clone(), label: series.name.get(text.lang).to_owned() }).collect()
}

pub fn stories(package: &Package, text: Text) -> Vec<Choice> {
    let stories = package.told.stories.iter();
    stories
        .map(|story| Choice {
            value: story.id.clone(),
            label: format!("{} · {}", story.first_name.get(text.lang), story.title.get(text.lang)),
        })
        .collect()
}

/// The figures of a series that a slide can show as one number.
pub fn figures(package: &Package, series: &str, text: Text) -> Vec<Choice> {
    let dataset = &package.dataset;
    let Some(ix) = dataset.catalog.series.find(series) else { return Vec::new() };
    dataset.rows(ix).filter(|(_, row)| can_stand_alone(*row)).filter_map(|(_, row)| choice(package, row, text)).collect()
}

/// The figures that a slide's charts draw: words can be put to them.
pub fn points(package: &Package, slide: &Slide, text: Text) -> Vec<Choice> {
    let dataset = &package.dataset;
    let all = shown(text, package, slide);
    let mut choices: Vec<Choice> = Vec::new();
    for panel in all.iter().flat_map(|one| &one.spec.panels) {
        for named in panel.chart.series.iter().flat_map(|series| &series.points).filter_map(|point| point.fact) {
            let crate::model::dataset::Fact::Observation { topic, row } = named else { continue };
            let Some(row) = dataset.row(topic, row).filter(|row| can_stand_alone(*row)) else { continue };
            let is_drawn = reference(package, row).is_some_and(|figure| point(dataset, panel, &figure).is_some());
            if let Some(choice) = choice(package, row, text).filter(|choice| is_drawn && !choices.contains(choice)) {
                choices.push(choice);
            }
        }
    }
    choices
}

/// Current, with a value, and named by what a deck can say: no sector, an end of its period.
fn can_stand_alone(row: Row) -> bool {
    row.is_current() && row.sector().is_none() && row.period().end.is_some() && matches!(row.cell(), Cell::Value { .. })
}

fn reference(package: &Package, row: Row) -> Option<FigureRef> {
    let catalog = &package.dataset.catalog;
    Some(FigureRef {
        series: catalog.series.get(row.series())?.id.clone(),
        place: catalog.places.get(row.place())?.code.clone(),
        counterpart: row.counterpart().and_then(|ix| Some(catalog.places.get(ix)?.code.clone())),
        period_end: row.period().end?.to_string(),
    })
}

fn choice(package: &Package, row: Row, text: Text) -> Option<Choice> {
    let catalog = &package.dataset.catalog;
    let name = |ix| catalog.places.get(ix).map(|place| place.name.get(text.lang).to_owned());
    let Cell::Value { value, qualifier } = row.cell() else { return None };
    let words = [
        name(row.place()),
        row.counterpart().and_then(name),
        format::period(row.period(), text.lang),
        Some(text.short(value, row.value_max(), catalog.unit_of(row.series())?, qualifier)),
    ];
    Some(Choice { value: token(&reference(package, row)?), label: words.into_iter().flatten().collect::<Vec<_>>().join(" · ") })
}

/// A figure as the value of a choice: `series|place|counterpart|period_end`.
pub fn token(figure: &FigureRef) -> String {
    [&*figure.series, &*figure.place, figure.counterpart.as_deref().unwrap_or_default(), &*figure.period_end].join("|")
}
