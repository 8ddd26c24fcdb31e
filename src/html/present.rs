//! A talk as the build writes it: every slide as text and table, and beside them the options of its charts. `web/present.js` makes a
//! stage of it; without it the page reads from top to bottom. Nothing of this is in the app.

use super::takeaway::Published;
use super::{Markup, Site, figure, plot, sources, table};
use crate::charts::option::{self, ChartOption, Look, Tick};
use crate::charts::palette::Theme;
use crate::data::package::Package;
use crate::data::record::is_web_address;
use crate::model::dataset::Fact;
use crate::model::decimal::decimal;
use crate::model::deck::{Deck, FigureRef, Slide};
use crate::model::observations::Cell;
use crate::model::words::SlideKind;
use crate::state::route::Page;
use crate::view::certificate::{self, Certificate};
use crate::view::spec::{ChartKind, Figure, Limit, Panel, TableSpec};
use crate::view::talk::{Shown, point, row, shown, shown_in_order};
use maud::html;
use serde_json::{Value, json};

/// Where talks stand below the language.
pub const ROUTE: &str = "present";

pub fn route(deck: &Deck) -> String {
    format!("{ROUTE}/{}", deck.id)
}

/// What `web/present.js` draws: for each chart of each slide, in order of the page, its options and what is said at its points.
pub fn charts(all: &Published, deck: &Deck) -> Value {
    charts_of(all, &deck.slides)
}

/// The same of some slides.
pub(super) fn charts_of(all: &Published, slides: &[Slide]) -> Value {
    let dataset = &all.package.dataset;
    let mut charts = Vec::new();
    for (slide, shown) in slides.iter().zip(shown_in_order(all.site.text, all.package, slides)) {
        for one in shown {
            for panel in &one.spec.panels {
                let says = slide.callouts.iter().filter_map(|callout| {
                    let (series, (x, y)) = point(dataset, panel, &callout.figure)?;
                    Some(json!({"series": series, "at": [x, y], "text": callout.text.get(all.site.text.lang)}))
                });
                charts.push(chart(&one.def.id, panel, says.collect()));
            }
        }
    }
    Value::from(charts)
}

/// One chart as `web/slides.js` draws it.
pub(super) fn chart(view: &str, panel: &Panel, callouts: Vec<Value>) -> Value {
    let drawn = |theme, narrow| option::option(&panel.chart, Look { theme, narrow, still: false });
    let looks = |narrow| {
        let height = option::height(&panel.chart, narrow);
        json!({"height": height, "light": drawn(Theme::Light, narrow).json, "dark": drawn(Theme::Dark, narrow).json})
    };
    json!({
        "same": format!("{view} {}", panel.id),
        "flow": panel.chart.kind == ChartKind::Flow,
        "ticks": ticks(&drawn(Theme::Light, false)),
        "callouts": callouts,
        "wide": looks(false),
        "narrow": looks(true),
    })
}

/// Axes whose ticks are written by a function: what the number is divided by, or that it is a year.
pub(super) fn ticks(option: &ChartOption) -> Value {
    let one = |(axis, tick): &(&str, Tick)| match tick {
        Tick::Number(divisor) => ((*axis).to_owned(), json!(divisor)),
        Tick::Year => ((*axis).to_owned(), json!("year")),
    };
    option.ticks.iter().map(one).collect::<serde_json::Map<_, _>>().into()
}

/// A page of the site, or somebody else's. After `/`, another slash would begin the name of a host.
fn href(site: &Site, link: &str) -> String {
    if is_web_address(link) { link.to_owned() } else { format!("{}{}", site.href(&Page::Overview), link.trim_start_matches(['/', '\\'])) }
}

fn view_href(site: &Site, one: &Shown) -> String {
    let page = site.href(&Page::View(one.def.id.clone()));
    if one.query.is_empty() { page } else { format!("{page}?{}", one.query) }
}

/// The list of talks.
pub fn list(all: &Published) -> Markup {
    let site = all.site;
    let lang = site.text.lang;
    html! {
        main.talks id="main" tabindex="-1" {
            h1 { (site.t("present.talks")) }
            p.lead { (site.t("present.talks-lead")) }
            ul.cards {
                @for deck in &all.package.decks {
                    li.card {
                        h2 { a href=(href(site, &route(deck))) { (deck.title(lang)) } }
                        p { (deck.lead.get(lang)) }
                        p.muted { (length(site, deck)) " · " a href=(href(site, &super::editor::route(deck))) aria-label={ (site.t("present.edit")) ": " (deck.title(lang)) } { (site.t("present.edit")) } }
                    }
                }
            }
            p { a href=(site.href(&Page::Overview)) { (site.t("present.home")) } }
        }
    }
}

fn length(site: &Site, deck: &Deck) -> String {
    let slides = site.text.plural("present.slides", deck.slides.len() as u64, &[]);
    format!("{slides} · {}", site.text.plural("present.minutes", u64::from(deck.minutes), &[]))
}

/// Everything of one talk.
pub fn deck(all: &Published, deck: &Deck) -> Markup {
    let site = all.site;
    let lang = site.text.lang;
    let other = site.text.lang.other();
    let in_other = format!("{}{}", Page::Overview.href(&site.base, other), route(deck));
    html! {
        header.talk-head {
            h1 { (deck.title(lang)) }
            p.lead { (deck.lead.get(lang)) }
            p.muted { (length(site, deck)) " · " (site.text.t("data.version", &[("version", all.version())])) }
            p {
                a href=(in_other) hreflang=(other.tag()) lang=(other.tag()) { (site.t("nav.other-language")) }
                " · "
                a href=(href(site, ROUTE)) { (site.t("present.talks")) }
                " · "
                (packed(site, deck))
                " · "
                a.talk-edit href=(href(site, &super::editor::route(deck))) { (site.t("present.edit")) }
            }
        }
        main.slides id="main" tabindex="-1" data-minutes=(deck.minutes) data-deck=(deck.id) {
            @for (i, one) in deck.slides.iter().enumerate() { (slide(all, deck, i, one)) }
            @if deck.slides.is_empty() { (missing(all, deck, None)) }
        }
        (tools(all, deck, &in_other))
    }
}

/// One slide, counted from 0.
pub(super) fn slide(all: &Published, deck: &Deck, i: usize, slide: &Slide) -> Markup {
    let (site, package) = (all.site, all.package);
    let lang = site.text.lang;
    let shown = shown(site.text, package, slide);
    let number = slide.figure.as_ref().and_then(|named| huge(site, package, named));
    let story = slide.story.as_deref().and_then(|id| package.told.stories.iter().find(|story| story.id == id));
    let headline = match slide.headline.get(lang) {
        "" => site.text.t("edit.slide", &[("n", &(i + 1).to_string())]),
        words => words.to_owned(),
    };
    let mut lines: Vec<String> = shown.iter().map(|one| figure::source_line(site, &one.spec.sources)).collect();
    lines.extend(number.iter().map(|(_, certificate)| figure::source_line(site, &certificate.sources)));
    lines.dedup();
    let name = format!("s{}", i + 1);
    let explore = shown.first().map(|one| view_href(site, one));
    html! {
        section.slide id=(name) data-kind=(slide.kind.id()) data-explore=[explore] aria-labelledby={ (name) "-title" } tabindex="-1" {
            h2.slide-headline id={ (name) "-title" } { (headline) }
            @if let Some((spec, _)) = &number {
                p.slide-number data-value=(decimal(spec.1)) { (spec.0) }
            }
            @if let Some(text) = &slide.text { p.slide-text { (text.get(lang)) } }
            @if !shown.is_empty() {
                div.slide-views data-several[shown.len() > 1] {
                    @for (part, one) in shown.iter().enumerate() { (figure_of(site, one, shown.len() > 1, &format!("{}.{}", i + 1, part + 1))) }
                }
            }
            @if let Some(story) = story {
                blockquote.slide-story {
                    p { (story.fact.get(lang)) }
                    footer { (story.first_name.get(lang)) " · " a href=(story.url) rel="external noopener noreferrer" { (super::passive::publisher(&package.dataset, &story.sources, lang)) } }
                }
            }
            @if let Some(link) = &slide.link {
                p.slide-link { a.button href=(href(site, link)) { (if slide.kind == SlideKind::Action { site.t("present.open") } else { link.clone() }) } }
            }
            (missing(all, deck, Some(i)))
            footer.slide-foot {
                span.slide-source {
                    @for line in &lines { span { (line) } }
                }
                span.slide-count { (i + 1) " / " (deck.slides.len()) }
            }
            @if !shown.is_empty() || number.is_some() {
                details.slide-says {
                    summary { (site.t("present.source")) }
                    div {
                        @for one in &shown { (says(site, one)) }
                        @if let Some((_, certificate)) = &number { (born(site, certificate)) }
                    }
                }
            }
            details.slide-notes {
                summary { (site.t("present.notes")) }
                div { p { (slide.notes.get(lang)) } }
            }
        }
    }
}

/// What a slide lacks; the first one, or the page where there is none, says it of the whole talk too.
fn missing(all: &Published, deck: &Deck, slide: Option<usize>) -> Markup {
    let is_here = |row: Option<u32>| match (row, slide) {
        (Some(row), Some(i)) => row as usize == i + 1,
        (None, i) => i.is_none_or(|i| i == 0),
        (Some(_), None) => false,
    };
    let mut sentences = all.package.issues.iter().filter(|issue| issue.file == deck.file && is_here(issue.row)).peekable();
    html! {
        @if sentences.peek().is_some() {
            ul.slide-missing {
                @for issue in sentences {
                    li { @if let Some(field) = &issue.field { (super::editor::label(all.site, field)) ": " } (all.site.text.issue(issue)) }
                }
            }
        }
    }
}

/// The number with its wording, and its certificate.
fn huge(site: &Site, package: &Package, named: &FigureRef) -> Option<((String, f64), Certificate)> {
    let dataset = &package.dataset;
    let (topic, row) = row(dataset, named)?;
    let Cell::Value { value, qualifier } = row.cell() else { return None };
    let unit = dataset.catalog.unit_of(row.series())?;
    let words = site.text.short(value, row.value_max(), unit, qualifier);
    Some(((words, value), certificate::certificate(dataset, Fact::Observation { topic, row: row.row }, site.text)?))
}

/// The number of a slide with its wording, and who says so.
pub(super) fn number(site: &Site, package: &Package, named: &FigureRef) -> Option<(String, String)> {
    let ((words, _), certificate) = huge(site, package, named)?;
    Some((words, figure::source_line(site, &certificate.sources)))
}

/// One view: its charts to be drawn, or what stands for a chart; the sentence; the table.
fn figure_of(site: &Site, one: &Shown, several: bool, number: &str) -> Markup {
    let spec = &one.spec;
    // A talk may show one view in several states: each table has a name of its own. Nothing opens a certificate here.
    let mut table = TableSpec { caption: format!("{number}. {}", spec.table.caption), ..spec.table.clone() };
    table.rows.iter_mut().flatten().for_each(|cell| cell.fact = None);
    html! {
        div.slide-view data-view=(spec.view) {
            @if several { p.panel-title { (spec.title) } }
            p.slide-summary { (spec.summary) }
            details.slide-table {
                summary { (site.t("tab.table")) }
                (table::table(site, &table, ""))
            }
            (picture(site, spec))
        }
    }
}

/// Room for charts, or what stands for one.
pub(super) fn picture(site: &Site, spec: &Figure) -> Markup {
    html! {
        @if !spec.panels.is_empty() {
            div.slide-charts {
                @for panel in &spec.panels {
                    div.slide-chart {
                        (plot::title(panel))
                        div.slide-plot aria-hidden="true" {}
                        div.slide-legends {
                            (plot::lines(&panel.chart))
                            (plot::dots(&panel.chart))
                            (plot::legend(&panel.chart))
                        }
                    }
                }
            }
        }
        // Drawn with buttons that nothing hears: on a slide it is a picture, as a chart is, and the table is its text.
        div inert aria-hidden="true" { (figure::instead_of_chart(site, spec, false)) }
    }
}

/// Who says so, what exactly, and what is not shown.
fn says(site: &Site, one: &Shown) -> Markup {
    html! {
        section {
            h3 { (one.spec.title) }
            // Who asked is answered first.
            (sources::citations(site, &one.spec.sources))
            (limits(&one.spec.limits))
            (sources::definitions(site, &one.spec.definitions))
        }
    }
}

fn limits(limits: &[Limit]) -> Markup {
    html! { @if !limits.is_empty() { ul.limits { @for limit in limits { li { (limit.sentence) } } } } }
}

fn born(site: &Site, certificate: &Certificate) -> Markup {
    html! {
        section {
            h3 { (certificate.value) }
            p { (certificate.title) }
            (sources::citations(site, &certificate.sources))
            dl { @for line in &certificate.lines { dt { (line.term) } dd { (line.text) } } }
        }
    }
}

/// The talk as one file, which `script/pack.mjs` writes beside its page and whose size it says here.
fn packed(site: &Site, deck: &Deck) -> Markup {
    let file = format!("{}-{}.html", deck.id, site.text.lang.tag());
    html! { a.button.quiet.talk-pack href=(site.file(&format!("{ROUTE}/{file}"))) download=(file) { (site.t("present.pack")) } }
}

/// What the stage can do, in the order of its help. `web/present.js` does it; the keys stand in `locales/`.
const ACTS: [&str; 14] =
    ["next", "back", "first", "last", "overview", "source", "explore", "speaker", "full", "black", "language", "code", "read", "help"];

/// What the stage needs beside the slides. Hidden until the script has made a stage.
fn tools(all: &Published, deck: &Deck, in_other: &str) -> Markup {
    let site = all.site;
    // Where a copy in one file finds the site, if the build knows that.
    let own = (!all.origin.is_empty()).then(|| all.address(&format!("{}/", href(site, &route(deck)))));
    let word = |name: &str| site.t(&format!("present.{name}"));
    let key = |name: &str| site.t(&format!("present.key-{name}"));
    // The other language is named in its own words.
    let tongue = |name: &str| (name == "language").then(|| site.text.lang.other().tag());
    let dialog = |name: &str, content: Markup| {
        html! {
            dialog.stage-dialog id={ "stage-" (name) } aria-labelledby={ "stage-" (name) "-title" } {
                div.stage-dialog-head {
                    h2 id={ "stage-" (name) "-title" } { (word(name)) }
                    button.button.quiet type="button" data-do="close" { (site.t("action.close")) }
                }
                (content)
            }
        }
    };
    html! {
        nav.stage-tools hidden aria-label=(word("tools")) data-other=(in_other) data-site=[own] {
            @for name in ACTS.into_iter().filter(|name| !["first", "last"].contains(name)) {
                button.button.quiet type="button" data-do=(name) lang=[tongue(name)] title={ (word(name)) " (" (key(name)) ")" } { (word(name)) }
            }
            (packed(site, deck))
        }
        p.visually-hidden id="stage-status" role="status" data-words=(word("status")) {}
        p.stage-note id="stage-note" role="status" hidden data-no-full=(word("no-full")) data-no-window=(word("no-window")) data-no-language=(word("no-language")) data-no-slide=(word("no-slide")) data-newer=(word("newer")) data-no-chart=(site.t("failure.chart")) data-no-draft=(site.t("edit.no-draft")) data-no-code=(word("no-code")) {}
        p.stage-draft hidden { (site.t("edit.draft")) }
        (dialog("help", html! {
            dl.stage-keys {
                @for name in ACTS.into_iter().chain(["jump"]) { dt { kbd { (key(name)) } } dd lang=[tongue(name)] { (word(name)) } }
            }
        }))
        (dialog("overview", html! { ol.stage-list {} }))
        (dialog("source", html! { div.stage-says tabindex="0" role="region" aria-label=(word("source")) {} }))
        (dialog("code", html! { div.stage-code {} p.stage-code-address {} }))
        div.stage-explore id="stage-explore" role="region" aria-label=(word("explore")) hidden data-name=(word("explore")) {}
        section.speaker id="speaker" hidden aria-label=(word("speaker")) {
            div.speaker-now { h2 { (word("now")) } div.speaker-slide {} }
            div.speaker-next { h2 { (word("after")) } div.speaker-slide {} }
            div.speaker-notes { h2 id="speaker-notes" { (word("notes")) } div tabindex="0" role="region" aria-labelledby="speaker-notes" {} }
            p.speaker-time {
                span.speaker-timer role="timer" data-of=(word("of")) {}
                button.button.quiet type="button" data-do="restart" { (word("restart")) }
                span.speaker-clock {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lang::Lang;
    use crate::text::Text;

    #[test]
    fn what_is_no_web_address_is_a_page_of_ours() {
        let check = |link: &str, lang: Lang, expected: &str| {
            assert_eq!(href(&Site { text: Text::new(lang), base: "/".into() }, link), expected, "{link}");
        };
        check("view/remittances?tab=table", Lang::En, "/view/remittances?tab=table");
        check("/partners", Lang::Uk, "/uk/partners");
        check("https://example.org/a", Lang::Uk, "https://example.org/a");
        check("http://example.org/a", Lang::En, "http://example.org/a");
        for (link, expected) in
            [("//evil.example/", "/evil.example/"), ("\\/\\evil.example", "/evil.example"), ("javascript:alert(1)", "/javascript:alert(1)")]
        {
            check(link, Lang::En, expected);
        }
    }
}
