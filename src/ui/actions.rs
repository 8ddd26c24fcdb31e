//! Carries out what marked elements offer (see `html`): one listener of each kind for the whole page.

use super::certificate::OpenCertificate;
use super::play::Player;
use crate::app_state::locale::Here;
use crate::app_state::passive::Again;
use crate::app_state::prefs::Prefs;
use crate::app_state::store::Store;
use crate::app_state::url_sync::Address;
use crate::data::contract::contract;
use crate::io::{browser, patch as page};
use crate::model::catalog::ViewDef;
use crate::model::dataset::Fact;
use crate::state::route::Page;
use crate::state::url;
use crate::state::view_state::ViewState;
use crate::text::letters;
use crate::view::{self, download};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, HtmlAnchorElement, HtmlDetailsElement, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlSelectElement,
    KeyboardEvent, MouseEvent,
};

/// Starts listening, for as long as the app lives.
pub fn listen() {
    let actions = Actions {
        here: Here::expect(),
        store: Store::expect(),
        address: Address::expect(),
        prefs: Prefs::expect(),
        certificate: OpenCertificate::expect(),
        player: Player::provide(),
        again: Again::expect(),
    };
    for (kind, act) in
        [("click", Actions::click as fn(Actions, &Element, &Event)), ("change", Actions::change), ("input", filter), ("keydown", key)]
    {
        window_event_listener_untyped(kind, move |event| {
            // The static page is a plain page; `web/boot.js` looks after it.
            let ours = |target: &Element| near(target, "#boot").is_none();
            if let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()).filter(ours) {
                untrack(|| act(actions, &target, &event));
            }
        });
    }
}

#[derive(Clone, Copy)]
struct Actions {
    here: Here,
    store: Store,
    address: Address,
    prefs: Prefs,
    certificate: OpenCertificate,
    player: Player,
    again: Again,
}

pub(super) fn near(target: &Element, selector: &str) -> Option<Element> {
    target.closest(selector).ok().flatten()
}

/// The attribute of the element or of the nearest around it that has it.
fn attribute(target: &Element, name: &str) -> Option<String> {
    near(target, &format!("[{name}]"))?.get_attribute(name)
}

impl Actions {
    fn click(self, target: &Element, event: &Event) {
        if let Some(token) = attribute(target, "data-fact") {
            if let Some(fact) = Fact::parse(&token) {
                self.certificate.show(fact);
            }
        } else if let Some(choice) = near(target, ":not(option)[data-set]") {
            self.player.stop();
            self.choose(&choice);
        } else if let Some(names) = attribute(target, "data-retry") {
            let names: Vec<&'static str> = names.split(' ').filter_map(|name| Some(contract(name)?.name)).collect();
            self.store.retry(&names);
        } else if let Some(anchor) = near(target, ".actions [data-format]") {
            self.download(&anchor, event);
        } else if let Some(button) = near(target, "[data-play]") {
            self.player.press(&button);
        } else if let Some(action) = attribute(target, "data-action") {
            match action.as_str() {
                "theme" => self.prefs.toggle(),
                "retry-page" => self.again.ask(),
                "copy-link" => self.copy_link(target),
                "copy" => copy_text(self, target),
                "dismiss" => near(target, ".notice").iter().for_each(Element::remove),
                "close-picker" => close_picker(target),
                "close" => close_dialog(target),
                _ => {}
            }
        } else if let Some(link) = near(target, "a[href]") {
            self.follow(&link, event);
        } else if target.tag_name() == "DIALOG" {
            close_dialog(target); // what is around a dialog's content belongs to it too
        }
    }

    /// A link of our own leads on without loading the site anew; new tabs, files and other sites are the browser's.
    fn follow(self, link: &Element, event: &Event) {
        let (Some(link), Some(click)) = (link.dyn_ref::<HtmlAnchorElement>(), event.dyn_ref::<MouseEvent>()) else { return };
        let is_plain = click.button() == 0
            && !click.default_prevented()
            && link.target().is_empty()
            && !(click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key());
        let is_ours = link.origin() == browser::origin() && link.pathname().starts_with(&*self.here.site().base);
        if is_plain && is_ours && !link.has_attribute("download") && !link.rel().contains("external") {
            event.prevent_default();
            close_dialog(link); // a certificate leads on
            self.address.go(&link.href());
            if link.hash().is_empty() {
                browser::scroll_to_top();
            }
        }
    }

    fn change(self, target: &Element, _: &Event) {
        let Some(select) = target.dyn_ref::<HtmlSelectElement>() else {
            return self.typed(target);
        };
        if let Some(name) = select.get_attribute("data-filter") {
            self.address.set_value(&name, &select.value());
        } else if let Some(chosen) = select.selected_options().item(0) {
            if !self.player.is_stepping() {
                self.player.stop();
            }
            self.choose(&chosen);
        }
    }

    /// A number that was typed, such as an amount.
    fn typed(self, target: &Element) {
        if let Some(field) = target.dyn_ref::<HtmlInputElement>()
            && let Some(name) = field.get_attribute("data-name")
            // The browser says what is wrong with a number, beside the field and in the reader's language.
            && field.report_validity()
        {
            self.set(field, &format!("{name}={}", field.value_as_number() as u32));
        }
    }

    /// The figure around an element, and whether it is the page's first: plain names of the address speak to that one.
    fn figure(self, target: &Element) -> Option<(ViewDef, bool)> {
        let figure = near(target, "figure[data-view]")?;
        let def = self.store.catalog().view(&figure.get_attribute("data-view")?)?.clone();
        let first = browser::document()?.query_selector("figure[data-view]").ok()?;
        Some((def, first.as_ref() == Some(&figure)))
    }

    /// Carries out `data-set`.
    fn choose(self, element: &Element) {
        self.set(element, &element.get_attribute("data-set").unwrap_or_default());
    }

    /// Makes a choice of the figure around `element`, written as in the address.
    fn set(self, element: &Element, choice: &str) {
        if let Some((def, leading)) = self.figure(element) {
            let (state, _) = self.address.state(&def, leading);
            let (next, _) = url::parse(&url::query_pairs(choice), &state);
            // *Back* leads to before the play, not through its steps.
            self.address.set(&def, leading, &next, !self.player.is_stepping());
        }
    }

    /// Makes the file now that it is asked for, and gives its address back when the download has begun. All but CSV is made of
    /// CSV and of what is on the page by `web/picture.js`, which comes when it is asked for.
    fn download(self, anchor: &Element, event: &Event) {
        let Some((def, leading)) = self.figure(anchor) else { return };
        let catalog = self.store.catalog();
        if !self.store.is_ready(&view::needs(&catalog, &def)) {
            return;
        }
        let dataset = self.store.dataset(&view::topics(&catalog, &def));
        let (state, _) = self.address.state(&def, leading);
        let facts = view::figure(&dataset, &def, &state, self.here.text()).facts;
        let csv = download::csv(&dataset, &facts, self.here.text().lang);
        if anchor.get_attribute("data-format").as_deref() != Some("csv") {
            event.prevent_default();
            let file = page::take(anchor, &csv, &self.link(&def, &state));
            self.tell(anchor, Box::pin(async move { if file.await { "" } else { "action.take-failed" } }));
        } else if let Some(file) = browser::file_address(&csv, "text/csv;charset=utf-8") {
            let _ = anchor.set_attribute("href", &file);
            set_timeout(move || browser::revoke(&file), std::time::Duration::from_secs(60));
        }
    }

    fn copy_link(self, button: &Element) {
        let Some((def, leading)) = self.figure(button) else { return };
        let (state, _) = self.address.state(&def, leading);
        self.copy(button, self.link(&def, &state), "action.copied");
    }

    /// The address that shows a view so.
    fn link(self, def: &ViewDef, state: &ViewState) -> String {
        self.address.share_link(&self.here.href(&Page::View(def.id.clone())), def, state)
    }

    fn copy(self, button: &Element, text: String, done: &'static str) {
        self.tell(button, Box::pin(async move { if browser::copy(&text).await { done } else { "action.copy-failed" } }));
    }

    /// Says beside a button what became of its work, by the key of the message; nothing for an empty key.
    fn tell(self, button: &Element, work: Pin<Box<dyn Future<Output = &'static str>>>) {
        let status = near(button, ".actions, .copyable").and_then(|group| group.query_selector(".action-status").ok().flatten());
        let text = self.here.text();
        spawn_local(async move {
            let key = work.await;
            if let Some(status) = status {
                status.set_text_content(Some(&text.t(key, &[])));
            }
        });
    }
}

/// Copies the text beside a button.
fn copy_text(actions: Actions, button: &Element) {
    let text = near(button, ".copyable").and_then(|group| group.query_selector("[data-copied]").ok().flatten()?.text_content());
    actions.copy(button, text.unwrap_or_default(), "action.text-copied");
}

fn close_dialog(target: &Element) {
    if let Some(dialog) = near(target, "dialog").and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok()) {
        dialog.close();
    }
}

fn close_picker(target: &Element) {
    if let Some(details) = near(target, ".picker details").and_then(|details| details.dyn_into::<HtmlDetailsElement>().ok()) {
        details.set_open(false);
        browser::focus(details.query_selector("summary").ok().flatten());
    }
}

/// All elements below `root` that fit.
pub fn all(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(list) = root.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|i| list.get(i)?.dyn_into().ok()).collect()
}

/// Shows those places of a picker whose name holds what is typed.
fn filter(_: Actions, target: &Element, _: &Event) {
    let (Some(field), Some(panel)) =
        (target.dyn_ref::<HtmlInputElement>().filter(|field| field.type_() == "search"), near(target, ".picker-panel"))
    else {
        return;
    };
    let typed = letters::folded(&field.value());
    let mut found = false;
    for item in all(&panel, ".picker-list li") {
        let is_message = item.class_name() == "picker-none"; // the last
        if item.class_name() == "picker-head" {
            item.set_hidden(!typed.trim().is_empty());
            continue;
        }
        let fits = if is_message { !found } else { letters::folded(&item.text_content().unwrap_or_default()).contains(typed.trim()) };
        found |= fits;
        item.set_hidden(!fits);
    }
}

fn key(actions: Actions, target: &Element, event: &Event) {
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
    let key = event.key();
    if browser::is_shortcut(event) {
        return;
    }
    if key == "Escape" {
        close_picker(target);
    } else if let (Some(list), Some(current)) = (near(target, "[role=tablist], tbody, .branches, .tiles"), target.dyn_ref::<HtmlElement>())
        && let Some(next) = step(&list, current, &key)
    {
        event.prevent_default();
        current.set_tab_index(-1);
        next.set_tab_index(0);
        let _ = next.focus();
        if next.has_attribute("data-set") {
            actions.choose(&next);
        }
    }
}

/// Where an arrow key leads: round among tabs; from cell to cell of a table, of tiles or of nodes, that opens a certificate.
fn step(list: &Element, current: &HtmlElement, key: &str) -> Option<HtmlElement> {
    let items = all(list, "[role=tab], button.cell, .tile[data-fact]");
    let at = items.iter().position(|item| item == current)?;
    let last = items.len().checked_sub(1)?;
    let is_table = !items.iter().any(|item| item.has_attribute("data-tab"));
    let column = |item: &HtmlElement| item.get_attribute("data-column");
    let same = |i: &usize| items.get(*i).is_some_and(|item| column(item) == column(current));
    let next = match key {
        "ArrowRight" if at < last => at + 1,
        "ArrowRight" if !is_table => 0,
        "ArrowLeft" if at > 0 => at - 1,
        "ArrowLeft" if !is_table => last,
        "ArrowDown" if is_table => (at + 1..=last).find(same)?,
        "ArrowUp" if is_table => (0..at).rev().find(same)?,
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    items.get(next).cloned()
}
