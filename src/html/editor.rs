//! `/present/<deck>/edit`: the page where an author changes a talk. The build writes the frame; what is in it comes from a [`Desk`],
//! the same code compiled for the browser (`src/bin/editor.rs`), so that a draft is judged and shown as a published talk is.
//! `web/editor.js` keeps the draft and carries out what the buttons say; `data-path` is where in the deck's JSON a field stands.
//! Nothing of this is in the app.

mod form;

pub(super) use form::label;

use super::live::{self, Live, Plot};
use super::takeaway::Published;
use super::{Markup, Site, certificate, present};
use crate::data::build::Tables;
use crate::data::contract::MAX_RESOURCE_BYTES;
use crate::data::deck;
use crate::data::deck_schema;
use crate::data::fragment::Raw;
use crate::data::issue::{Code, Issue};
use crate::data::package::Package;
use crate::data::record;
use crate::model::dataset::Fact;
use crate::model::deck::Deck;
use crate::model::lang::Lang;
use crate::model::words::SlideKind;
use crate::state::route::Page;
use crate::text::Text;
use crate::view::{self, editing, talk};
use maud::html;
use serde_json::{Map, Value};
use std::sync::Arc;

/// Below a talk's own address.
pub const ROUTE: &str = "edit";

/// A package and one draft of a talk.
#[derive(Debug)]
pub struct Desk {
    /// Its only talk is the draft, its only findings are the draft's.
    package: Package,
    raw: Raw,
    base: Arc<str>,
    /// The draft as it was read, with all that no talk has.
    draft: Map<String, Value>,
    /// The charts of the view that is open with its controls.
    plots: Vec<Plot>,
}

/// What changes with the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Title, lead and length.
    Head,
    /// The slides in their order.
    List,
    /// The chosen slide as a talk shows it.
    Preview,
    /// The chosen slide's fields.
    Form,
    /// All that is wrong.
    Findings,
    /// The whole page of a talk.
    Talk,
}

impl Part {
    pub const ALL: [Part; 6] = [Part::Head, Part::List, Part::Preview, Part::Form, Part::Findings, Part::Talk];

    pub fn id(self) -> &'static str {
        match self {
            Part::Head => "head",
            Part::List => "list",
            Part::Preview => "preview",
            Part::Form => "form",
            Part::Findings => "findings",
            Part::Talk => "talk",
        }
    }
}

impl Desk {
    pub fn new(mut package: Package, base: &str) -> Desk {
        package.decks.clear();
        package.issues.clear();
        Desk { package, raw: Raw::default(), base: base.into(), draft: Map::new(), plots: Vec::new() }
    }

    /// Takes a draft, sound or not, and judges all of it. What is no JSON object is not taken: the draft before it stays.
    ///
    /// # Errors
    /// What is wrong with the file as a whole.
    pub fn take(&mut self, bytes: &[u8]) -> Result<(), Vec<Issue>> {
        // Its own name decides where it will lie.
        let value = record::text_of("", bytes).ok().and_then(|text| serde_json::from_str::<Value>(text).ok());
        let id = value.as_ref().and_then(|value| Some(value.get("id")?.as_str()?.to_owned()));
        let file = format!("{}/{}.json", deck::FOLDER, id.unwrap_or_default());
        let tables: Tables = self.package.tables.iter().map(|(name, table)| (*name, table)).collect();
        let (read, mut issues) = deck::read(&file, bytes, &tables);
        if bytes.len() > MAX_RESOURCE_BYTES {
            return Err(vec![Issue::new(&file, Code::TooLarge).found(bytes.len().to_string()).expected(MAX_RESOURCE_BYTES.to_string())]);
        }
        let (Some(deck), Some(Value::Object(draft))) = (read, value) else { return Err(issues) };
        self.draft = draft;
        issues.extend(talk::judge_deck(&self.package, &deck));
        crate::model::order::sort_by(&mut issues, Ord::cmp);
        issues.dedup();
        self.package.issues = issues;
        self.package.decks = vec![deck];
        Ok(())
    }

    /// All that is wrong with the draft.
    pub fn issues(&self) -> &[Issue] {
        &self.package.issues
    }

    fn site(&self, lang: Lang) -> Site {
        Site { text: Text::new(lang), base: Arc::clone(&self.base) }
    }

    /// One part of the page; `at` is the chosen slide, counted from 0.
    pub fn part(&self, part: Part, lang: Lang, at: usize) -> Markup {
        let site = &self.site(lang);
        let all = Published { site, package: &self.package, raw: &self.raw, origin: "", kept: &[] };
        let Some(deck) = self.package.decks.first() else { return Markup::default() };
        let editing = form::Editing { site, package: &self.package, deck, draft: &self.draft };
        match part {
            Part::Head => editing.head(),
            Part::List => editing.list(at),
            Part::Preview => deck.slides.get(at).map(|slide| present::slide(&all, deck, at, slide)).unwrap_or_default(),
            Part::Form => editing.form(at),
            Part::Findings => editing.findings(),
            Part::Talk => present::deck(&all, deck),
        }
    }

    /// What `web/slides.js` draws: of one slide, or of all.
    pub fn charts(&self, lang: Lang, at: Option<usize>) -> Value {
        let site = &self.site(lang);
        let all = Published { site, package: &self.package, raw: &self.raw, origin: "", kept: &[] };
        let slides = self.package.decks.first().map(|deck| &*deck.slides).unwrap_or_default();
        match at {
            Some(at) => present::charts_of(&all, slides.get(at).map(std::slice::from_ref).unwrap_or_default()),
            None => present::charts_of(&all, slides),
        }
    }

    /// A view with its controls, from a query and a choice over it.
    pub fn live(&mut self, view: &str, query: &str, choice: &str, lang: Lang) -> Option<(Live, &mut [Plot])> {
        let mut live = live::live(&self.site(lang), &self.package, view, query, choice)?;
        self.plots = std::mem::take(&mut live.plots);
        Some((live, &mut self.plots))
    }

    /// One chart of the open view, and what its words are made for.
    pub fn plot(&mut self, at: usize, lang: Lang) -> Option<(&mut Plot, Site)> {
        let site = self.site(lang);
        Some((self.plots.get_mut(at)?, site))
    }

    /// What stands in the certificate of a number, named as `data-fact` does.
    pub fn certificate(&self, fact: &str, lang: Lang) -> Markup {
        let site = self.site(lang);
        let shown = Fact::parse(fact).and_then(|fact| view::certificate::certificate(&self.package.dataset, fact, site.text));
        certificate::certificate(&site, shown.as_ref())
    }

    /// `editing::pasted`, in the package of the desk.
    pub fn pasted(&self, address: &str, lang: Lang) -> Result<Vec<(String, String)>, Vec<String>> {
        editing::pasted(&self.package, address, Text::new(lang))
    }
}

/// One sentence for each finding of a file that could not be taken.
pub fn refused(issues: &[Issue], lang: Lang) -> Markup {
    html! { ul { @for issue in issues { li { (Text::new(lang).issue(issue)) } } } }
}

/// Where a talk is edited.
pub fn route(deck: &Deck) -> String {
    format!("{}/{ROUTE}", present::route(deck))
}

/// The page as the build writes it.
pub fn page(all: &Published, deck: &Deck) -> Markup {
    let site = all.site;
    let lang = site.text.lang;
    let other = lang.other();
    let t = |key: &str| site.t(&format!("edit.{key}"));
    let talk = format!("{}{}", site.href(&Page::Overview), present::route(deck));
    let button = |act: &str| html! { button.button type="button" data-do=(act) { (t(act)) } };
    html! {
        header.talk-head {
            h1 { (site.text.t("edit.title", &[("talk", deck.title(lang))])) }
            p.lead { (t("lead")) }
            p {
                a href=(talk) { (t("to-talk")) }
                " · "
                a href=(site.file(&format!("data/{}", deck_schema::FILE))) { (t("schema")) }
                " · "
                a id="edit-other" href={ (Page::Overview.href(&site.base, other)) (route(deck)) } hreflang=(other.tag()) lang=(other.tag()) { (site.t("nav.other-language")) }
            }
        }
        main.editor id="main" tabindex="-1" data-deck=(deck.id) data-file=(site.file(&format!("data/{}", deck.file))) data-talk=(talk) data-base=(site.base) {
            noscript { p { (t("no-script")) " " a href=(site.file(&format!("data/{}", deck.file))) { (deck.file) } } }
            p.notice id="edit-note" role="status" data-failed=(t("failed")) data-stopped=(t("stopped")) data-no-draft=(t("no-draft")) { (t("starting")) }
            div id="edit-work" hidden {
                div.edit-bar role="group" aria-label=(t("tools")) {
                    @for act in ["undo", "redo", "download", "import", "present", "reset"] { (button(act)) }
                }
                p.edit-state role="status" {
                    span id="edit-state" data-published=(t("state-published")) data-saved=(t("state-saved")) data-unsaved=(t("state-unsaved")) data-changed=(t("state-changed")) {}
                    " "
                    button.button.quiet type="button" data-do="take" hidden { (t("take")) }
                    " "
                    button.button.quiet type="button" data-do="keep" hidden { (t("keep")) }
                }
                p.visually-hidden id="edit-said" role="status" data-moved=(t("said-moved")) data-added=(t("said-added")) data-removed=(t("said-removed")) data-undone=(t("said-undone")) data-redone=(t("said-redone")) data-imported=(t("said-imported")) data-reset=(t("said-reset")) data-taken=(t("said-taken")) data-kept=(t("said-kept")) {}
                details.edit-head { summary { (t("head")) } div id="edit-head" {} }
                div.edit-columns {
                    section.edit-slides aria-labelledby="edit-list-title" {
                        h2 id="edit-list-title" { (t("slides")) }
                        p.edit-hint { (t("order-hint")) }
                        div id="edit-list" {}
                        fieldset.edit-add {
                            legend { (t("add")) }
                            div.edit-row {
                                @for kind in SlideKind::ALL {
                                    button.button type="button" data-do="add" data-kind=(kind.id()) { (t(&format!("kind-{}", kind.id()))) }
                                }
                            }
                            form.edit-paste id="edit-paste" {
                                label.edit-field {
                                    span { (t("add-address")) }
                                    input type="text" name="address" required autocomplete="off" spellcheck="false" aria-describedby="e-address";
                                    span.edit-errors id="e-address" {}
                                }
                                button.button { (t("add-view")) }
                            }
                        }
                    }
                    div.edit-one {
                        section.edit-preview aria-label=(t("preview")) { div.edit-slide id="edit-preview" {} }
                        section.edit-form id="edit-form" aria-labelledby="edit-form-title" {}
                    }
                }
                section id="edit-findings" aria-labelledby="edit-findings-title" {}
            }
            dialog.stage-dialog id="edit-import" aria-labelledby="edit-import-title" {
                div.stage-dialog-head {
                    h2 id="edit-import-title" { (t("import")) }
                    button.button.quiet type="button" data-do="close" { (site.t("action.close")) }
                }
                p { (t("import-hint")) }
                label.edit-field { span { (t("import-file")) } input type="file" accept=".json,application/json" id="edit-file"; }
                label.edit-field {
                    span { (t("import-text")) }
                    textarea id="edit-text" rows="8" spellcheck="false" aria-describedby="edit-refused" {}
                }
                div.edit-errors id="edit-refused" role="alert" {}
                button.button type="button" data-do="read" { (t("import-read")) }
            }
        }
    }
}
