//! The parts of the editor that change with the draft: its head, its list, one slide's fields, what is wrong.

use super::super::{Markup, Site};
use crate::data::contract::{CALLOUT, DECK, SLIDE};
use crate::data::deck;
use crate::data::package::Package;
use crate::data::record::plain;
use crate::model::deck::{Deck, FigureRef};
use crate::model::lang::Lang;
use crate::model::words::SlideKind;
use crate::state::route::Page;
use crate::view::editing::{self, Choice};
use maud::html;
use serde_json::{Map, Value};

/// What each kind of slide shows beside words; whatever else a slide has is offered too, so that nothing is out of reach.
fn fields(kind: SlideKind) -> &'static [&'static str] {
    match kind {
        SlideKind::Headline => &["series"],
        SlideKind::View => &["view", "callouts"],
        SlideKind::Compare => &["view", "with", "callouts"],
        SlideKind::Story => &["story"],
        SlideKind::Text => &[],
        SlideKind::Action => &["link"],
    }
}

/// A draft as its author sees it.
pub struct Editing<'a> {
    pub site: &'a Site,
    pub package: &'a Package,
    pub deck: &'a Deck,
    pub draft: &'a Map<String, Value>,
}

/// A field's name in words, with its language; one that no form has keeps the name that it has in the file.
pub fn label(site: &Site, field: &str) -> String {
    if let Some((at, rest)) = field.strip_prefix("callouts.").and_then(|rest| rest.split_once('.')) {
        return format!("{} {at}, {}", site.t("edit.field-callouts"), label(site, rest));
    }
    let (stem, lang) = match field.rsplit_once('_') {
        Some((stem, "en")) => (stem, Some(Lang::En)),
        Some((stem, "uk")) => (stem, Some(Lang::Uk)),
        _ => (field, None),
    };
    if !site.text.has(&format!("edit.field-{stem}")) {
        return field.to_owned();
    }
    let stem = site.t(&format!("edit.field-{stem}"));
    lang.map_or_else(|| stem.clone(), |lang| format!("{stem}, {}", site.t(&format!("edit.in-{}", lang.tag()))))
}

impl Editing<'_> {
    fn t(&self, key: &str) -> String {
        self.site.t(&format!("edit.{key}"))
    }

    fn with(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.site.text.t(&format!("edit.{key}"), args)
    }

    fn found(&self, row: Option<u32>, is_asked: impl Fn(&str) -> bool) -> Vec<String> {
        let own = self.package.issues.iter().filter(|issue| issue.row == row && is_asked(issue.field.as_deref().unwrap_or_default()));
        own.map(|issue| self.site.text.issue(issue)).collect()
    }

    pub fn head(&self) -> Markup {
        let place = |name: &'static str| At { map: self.draft, row: None, before: String::new(), name };
        html! {
            (self.pair(&place("title"), 1))
            (self.pair(&place("lead"), 2))
            div.edit-row {
                (self.line(&place("minutes"), "number"))
                (self.line(&place("id"), "text"))
            }
            (self.strangers(self.draft, "", None, &|name| name == "slides" || DECK.field(name).is_some()))
        }
    }

    fn slides(&self) -> &[Value] {
        self.draft.get("slides").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    /// A slide's name for those who choose among them.
    fn name(&self, at: usize) -> String {
        let map = self.slides().get(at).and_then(Value::as_object);
        let shown = self.deck.slides.get(at).map(|slide| slide.headline.get(self.site.text.lang)).filter(|name| !name.is_empty());
        let kind = map.and_then(|map| map.get("kind")).map(plain).unwrap_or_default();
        shown.map_or_else(
            || if self.site.text.has(&format!("edit.kind-{kind}")) { self.t(&format!("kind-{kind}")) } else { kind },
            str::to_owned,
        )
    }

    pub fn list(&self, chosen: usize) -> Markup {
        let last = self.slides().len().saturating_sub(1);
        html! {
            ol.edit-list {
                @for at in 0..self.slides().len() {
                    @let n = (at + 1).to_string();
                    @let wrong = self.package.issues.iter().filter(|issue| issue.row == Some(at as u32 + 1)).count();
                    li data-at=(at) draggable="true" data-wrong[wrong > 0] data-chosen[at == chosen] {
                        button.edit-pick id={ "pick-" (at) } type="button" data-do="pick" data-at=(at) aria-current=[(at == chosen).then_some("true")] {
                            span.edit-number { (n) }
                            span { (self.name(at)) }
                            @if wrong > 0 { span.edit-wrong { (self.site.text.plural("edit.findings", wrong as u64, &[])) } }
                        }
                        @for (way, is_end, mark) in [("up", at == 0, "↑"), ("down", at == last, "↓")] {
                            button.button.quiet id={ (way) "-" (at) } type="button" data-do=(way) data-at=(at) disabled[is_end]
                                aria-label=(self.with(way, &[("n", &n)])) title=(self.with(way, &[("n", &n)])) { (mark) }
                        }
                    }
                }
            }
        }
    }

    pub fn findings(&self) -> Markup {
        let issues = &self.package.issues;
        html! {
            h2 id="edit-findings-title" tabindex="-1" { (self.site.text.plural("edit.findings", issues.len() as u64, &[])) }
            @if issues.is_empty() { p { (self.t("sound")) } }
            ul.edit-findings {
                @for issue in issues {
                    @let field = issue.field.as_deref().unwrap_or_default();
                    li {
                        @if let Some(row) = issue.row {
                            button.edit-go type="button" data-do="go" data-at=(row - 1) data-field=(field) {
                                (self.with("slide", &[("n", &row.to_string())])) @if !field.is_empty() { " · " (label(self.site, field)) }
                            }
                        } @else if !field.is_empty() && field != "slides" {
                            button.edit-go type="button" data-do="go" data-field=(field) { (self.t("whole")) " · " (label(self.site, field)) }
                        } @else {
                            strong { (self.t("whole")) }
                        }
                        " " (self.site.text.issue(issue))
                    }
                }
            }
        }
    }

    pub fn form(&self, at: usize) -> Markup {
        let Some(value) = self.slides().get(at) else { return html! { p { (self.t("no-slides")) } } };
        let n = (at + 1).to_string();
        let row = Some(at as u32 + 1);
        let empty = Map::new();
        let map = value.as_object().unwrap_or(&empty);
        let kind = map.get("kind").and_then(Value::as_str).and_then(SlideKind::parse);
        let place = |name: &'static str| At { map, row, before: format!("slides.{at}."), name };
        let is_asked = |field: &str| kind.is_some_and(|kind| fields(kind).contains(&field)) || map.get(field).is_some();
        html! {
            h2 id="edit-form-title" tabindex="-1" { (self.with("slide", &[("n", &n)])) }
            div.edit-row {
                @for act in ["copy", "remove"] {
                    button.button type="button" data-do=(act) data-at=(at) { (self.t(act)) }
                }
            }
            @if value.is_object() {
                (self.select(&place("kind"), &self.kinds(), &["kind"]))
                (self.pair(&place("headline"), 2))
                (self.pair(&place("text"), 3))
                @if is_asked("series") { (self.figure(&place("series"))) }
                @for (view, state) in [("view", "state"), ("with", "with_state")] {
                    @if is_asked(view) { (self.view(&place(view), state)) }
                }
                @if is_asked("story") { (self.select(&place("story"), &editing::stories(self.package, self.site.text), &["story"])) }
                @if is_asked("link") { (self.line(&place("link"), "text")) }
                @if is_asked("callouts") { (self.callouts(at, map)) }
                (self.pair(&place("notes"), 6))
                (self.strangers(map, &format!("slides.{at}."), row, &|name| name != "number" && (name == "callouts" || SLIDE.field(name).is_some())))
            } @else {
                (errors("slide", &self.found(row, |_| true)))
                pre { (plain(value)) }
            }
        }
    }

    fn kinds(&self) -> Vec<Choice> {
        SlideKind::ALL.iter().map(|kind| Choice { value: kind.id().to_owned(), label: self.t(&format!("kind-{}", kind.id())) }).collect()
    }

    /// A text in both languages, side by side.
    fn pair(&self, at: &At, lines: u32) -> Markup {
        html! {
            fieldset.edit-pair {
                legend { (self.t(&format!("field-{}", at.name))) }
                @for lang in Lang::ALL {
                    @let field = format!("{}_{}", at.name, lang.tag());
                    @let found = self.found(at.row, |one| one == at.field(&field));
                    @let id = at.id(&field);
                    label {
                        span { (self.t(&format!("in-{}", lang.tag()))) }
                        textarea id=(id) rows=(lines) lang=(lang.tag()) data-path=(at.path(&field)) aria-invalid=[(!found.is_empty()).then_some("true")]
                            aria-describedby={ "e-" (id) } aria-label=(label(self.site, &field)) { (at.text(&field)) }
                        (errors(&id, &found))
                    }
                }
            }
        }
    }

    fn line(&self, at: &At, kind: &str) -> Markup {
        let found = self.found(at.row, |one| one == at.field(at.name));
        let id = at.id(at.name);
        html! {
            label.edit-field {
                span { (self.t(&format!("field-{}", at.name))) }
                input id=(id) type=(kind) value=(at.text(at.name)) data-path=(at.path(at.name)) autocomplete="off" spellcheck="false"
                    aria-invalid=[(!found.is_empty()).then_some("true")] aria-describedby={ "e-" (id) };
                (errors(&id, &found))
            }
        }
    }

    fn select(&self, at: &At, choices: &[Choice], of: &[&str]) -> Markup {
        let found = self.found(at.row, |one| of.iter().any(|field| one == at.field(field)));
        let id = at.id(at.name);
        html! {
            label.edit-field {
                span { (self.t(&format!("field-{}", at.name))) }
                select id=(id) data-path=(at.path(at.name)) aria-invalid=[(!found.is_empty()).then_some("true")] aria-describedby={ "e-" (id) } {
                    (self.options(choices, &at.text(at.name)))
                }
                (errors(&id, &found))
            }
        }
    }

    /// What is there now is a choice, known or not: nothing is lost by looking at it.
    fn options(&self, choices: &[Choice], now: &str) -> Markup {
        html! {
            @if now.is_empty() { option value="" selected { (self.t("choose")) } }
            @else if !choices.iter().any(|choice| choice.value == now) { option value=(now) selected { (self.with("gone", &[("found", &now.replace('|', " "))])) } }
            @for choice in choices { option value=(choice.value) selected[choice.value == now] { (choice.label) } }
        }
    }

    /// A series, then one of its figures.
    fn figure(&self, at: &At) -> Markup {
        let now = reference(at.map);
        let figures = editing::figures(self.package, &now.series, self.site.text);
        html! {
            (self.select(at, &editing::series(self.package, self.site.text), &["series"]))
            @if !now.series.is_empty() { (self.figures(at, &figures, &["place", "counterpart", "period_end"])) }
        }
    }

    fn figures(&self, at: &At, choices: &[Choice], of: &[&str]) -> Markup {
        let now = reference(at.map);
        let now = if now.place.is_empty() && now.period_end.is_empty() { String::new() } else { editing::token(&now) };
        let found = self.found(at.row, |one| of.iter().any(|field| one == at.field(field)));
        let id = at.id("place");
        html! {
            label.edit-field {
                span { (self.t("field-figure")) }
                select id=(id) data-figure=(at.before.trim_end_matches('.')) aria-invalid=[(!found.is_empty()).then_some("true")] aria-describedby={ "e-" (id) } {
                    (self.options(choices, &now))
                }
                (errors(&id, &found))
            }
        }
    }

    /// A view by its name, and with its choices by its address.
    fn view(&self, at: &At, state: &str) -> Markup {
        let found = self.found(at.row, |one| one == state);
        let (view, query) = (at.text(at.name), at.text(state));
        let page = format!("{}{view}", Page::View(String::new()).path());
        let address = if view.is_empty() {
            String::new()
        } else if query.is_empty() {
            page
        } else {
            format!("{page}?{query}")
        };
        let id = at.id(state);
        html! {
            (self.select(at, &editing::views(self.package, self.site.text), &[at.name]))
            label.edit-field {
                span { (self.t("field-state")) }
                input id=(id) type="text" value=(address) data-view=(at.path(at.name)) data-state=(at.path(state)) autocomplete="off" spellcheck="false"
                    aria-invalid=[(!found.is_empty()).then_some("true")] aria-describedby={ "h-" (id) " e-" (id) };
                span.edit-hint id={ "h-" (id) } { (self.t("address-hint")) }
                (errors(&id, &found))
            }
        }
    }

    fn callouts(&self, slide: usize, map: &Map<String, Value>) -> Markup {
        let row = Some(slide as u32 + 1);
        let empty = Map::new();
        let all = map.get("callouts").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let points = self.deck.slides.get(slide).map(|slide| editing::points(self.package, slide, self.site.text)).unwrap_or_default();
        html! {
            fieldset.edit-callouts {
                legend { (self.t("field-callouts")) }
                p.edit-hint { (self.t("callouts-hint")) }
                (errors("callouts", &self.found(row, |one| one == "callouts")))
                @for (i, one) in all.iter().enumerate() {
                    @let own = one.as_object().unwrap_or(&empty);
                    @let before = format!("slides.{slide}.callouts.{i}.");
                    @let place = |name: &'static str| At { map: own, row, before: before.clone(), name };
                    div.edit-callout {
                        @if one.is_object() {
                            (self.figures(&place("series"), &points, &["series", "place", "counterpart", "period_end"]))
                            (self.pair(&place("text"), 1))
                            (self.strangers(own, &before, row, &|name| name != "number" && CALLOUT.field(name).is_some()))
                        } @else {
                            (errors(&format!("callout-{i}"), &self.found(row, |one| one == deck::of_callout(i as u32 + 1, ""))))
                        }
                        button.button type="button" data-do="drop" data-path=(before.trim_end_matches('.')) { (self.with("remove-callout", &[("n", &(i + 1).to_string())])) }
                    }
                }
                button.button id="add-callout" type="button" data-do="call" data-at=(slide) { (self.t("add-callout")) }
            }
        }
    }

    /// Fields that the format does not have: an imported file keeps them until the author removes them.
    fn strangers(&self, map: &Map<String, Value>, before: &str, row: Option<u32>, is_known: &dyn Fn(&str) -> bool) -> Markup {
        html! {
            @for (name, value) in map.iter().filter(|(name, _)| !is_known(name)) {
                @let at = At { map, row, before: before.to_owned(), name };
                div.edit-stranger {
                    code { (name) ": " (plain(value)) }
                    (errors(&at.id(name), &self.found(row, |one| one == at.field(name))))
                    button.button id=(at.id(name)) type="button" data-do="drop" data-path=(at.path(name)) { (self.with("drop", &[("field", name)])) }
                }
            }
        }
    }
}

/// The figure that a slide or a callout names, as far as it does.
fn reference(map: &Map<String, Value>) -> FigureRef {
    let text = |name: &str| map.get(name).filter(|value| !value.is_null()).map(plain);
    FigureRef {
        series: text("series").unwrap_or_default(),
        place: text("place").unwrap_or_default(),
        counterpart: text("counterpart"),
        period_end: text("period_end").unwrap_or_default(),
    }
}

/// A field: where its value is, and where in the whole file.
struct At<'a> {
    map: &'a Map<String, Value>,
    row: Option<u32>,
    /// `slides.3.callouts.0.`
    before: String,
    name: &'a str,
}

impl At<'_> {
    fn path(&self, field: &str) -> String {
        // A stranger's name may hold what separates names: as in a JSON pointer.
        format!("{}{}", self.before, field.replace('~', "~0").replace('.', "~1"))
    }

    /// As findings name it: a callout counts from 1.
    fn field(&self, field: &str) -> String {
        let callout = self.before.split_once(".callouts.").and_then(|(_, rest)| rest.trim_end_matches('.').parse::<u32>().ok());
        callout.map_or_else(|| field.to_owned(), |i| deck::of_callout(i + 1, field))
    }

    /// Ids count no slides: the form has one.
    fn id(&self, field: &str) -> String {
        format!("f-{}{}", if self.row.is_none() { "head." } else { "" }, self.field(field))
    }

    fn text(&self, field: &str) -> String {
        self.map.get(field).filter(|value| !value.is_null()).map(plain).unwrap_or_default()
    }
}

fn errors(id: &str, found: &[String]) -> Markup {
    html! { span.edit-errors id={ "e-" (id) } { @for sentence in found { span { (sentence) } } } }
}
