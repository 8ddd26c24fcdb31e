//! Hides the cards of a page that do not fit the address, and marks what has ended since the page was made. Knows attributes only:
//! `data-filter` of a choice, `data-<name>` of a card, `data-ends` of what ends.

use super::actions::all;
use crate::app_state::url_sync::Address;
use crate::io::browser;
use crate::state::url::{BadParam, Reason};
use crate::text::Text;
use crate::view::ignored_sentence;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlSelectElement};

fn first(root: &Element, selector: &str) -> Option<HtmlElement> {
    all(root, selector).into_iter().next()
}

/// Sets choices, cards, count and notices to what the address asks for (tracked).
pub fn apply(root: &Element, address: Address, text: Text) {
    mark_ended(root);
    let (mut asked, mut ignored) = (Vec::new(), Vec::new());
    for select in all(root, "select[data-filter]") {
        let (Some(name), Some(select)) = (select.get_attribute("data-filter"), select.dyn_ref::<HtmlSelectElement>()) else { continue };
        let value = address.value(&name);
        select.set_value(&value);
        // A select takes only what it offers.
        if select.value() != value {
            select.set_value("");
            ignored.push(ignored_sentence(&BadParam { name, raw: value, reason: Reason::NotOneOf }, text));
        } else if !value.is_empty() {
            asked.push((format!("data-{name}"), value));
        }
    }
    let cards = all(root, "[data-filtered] > *");
    let mut fitting: usize = 0;
    for card in &cards {
        let fits =
            asked.iter().all(|(name, value)| card.get_attribute(name).is_some_and(|words| words.split(' ').any(|word| word == value)));
        card.set_hidden(!fits);
        fitting += usize::from(fits);
    }
    if let Some(count) = first(root, ".filter-count") {
        let said = text.t("filter.count", &[("n", &fitting.to_string()), ("total", &cards.len().to_string())]);
        // Said aloud when it changes, and only then.
        if count.text_content().as_ref() != Some(&said) {
            count.set_text_content(Some(&said));
        }
    }
    if let Some(empty) = first(root, "[data-filter-empty]") {
        // Whoever stands on *Show all* goes on at the choices.
        if fitting > 0 && first(&empty, ":focus").is_some() {
            browser::focus(first(root, "select[data-filter]").map(Into::into));
        }
        empty.set_hidden(fitting > 0);
    }
    if let Some(notice) = first(root, "[data-filter-ignored]") {
        notice.set_hidden(ignored.is_empty());
        if let Some(words) = first(&notice, "p") {
            words.set_text_content(Some(&ignored.join(" ")));
        }
    }
}

/// What has ended by today says so and stands after the others.
fn mark_ended(root: &Element) {
    let today = browser::today();
    for card in all(root, "[data-ends]:not([data-ended])") {
        if card.get_attribute("data-ends").is_some_and(|end| end < today) {
            let _ = card.set_attribute("data-ended", "");
            all(&card, ".ends, .ended").iter().for_each(|words| words.set_hidden(words.class_name() == "ends"));
            if let Some(list) = card.parent_element() {
                let _ = list.append_child(&card);
            }
        }
    }
}
