//! Window, storage, clipboard and downloads; every call that may throw is guarded.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Document, MediaQueryList, Storage, Url, Window};

pub fn window() -> Option<Window> {
    web_sys::window()
}

pub fn document() -> Option<Document> {
    window()?.document()
}

/// Path of the site's root, from `<base>`: starts and ends with `/`.
pub fn base_path() -> String {
    let path = document().and_then(|d| d.base_uri().ok().flatten()).and_then(|uri| Url::new(&uri).ok()).map(|url| url.pathname());
    path.map_or_else(|| "/".to_owned(), |path| path.rfind('/').map_or_else(|| "/".to_owned(), |end| path.chars().take(end + 1).collect()))
}

/// Address of the chart library; `script/finish.mjs` writes its hashed name into the page.
pub fn chart_library_address() -> Option<String> {
    Some(format!("{}{}{}", origin(), base_path(), meta("chart-library")?))
}

/// Address of the words of one language, named like the chart library.
pub fn words_address(lang: &str) -> Option<String> {
    Some(format!("{}{}", base_path(), meta(&format!("words-{lang}"))?))
}

/// The present address below the origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub path: String,
    /// Without `?`.
    pub query: String,
    /// Without `#`.
    pub fragment: String,
}

pub fn place() -> Place {
    place_of(&window().and_then(|w| w.location().href().ok()).unwrap_or_default())
}

/// The parts of an address, whole or below the origin.
pub fn place_of(address: &str) -> Place {
    let Ok(url) = Url::new_with_base(address, &origin()) else { return Place::default() };
    let part = |part: String, sign: &str| part.trim_start_matches(sign).to_owned();
    Place { path: url.pathname(), query: part(url.search(), "?"), fragment: part(url.hash(), "#") }
}

/// Whether this is a frame on somebody's page (`web/frame.js`).
pub fn is_embed() -> bool {
    document().and_then(|d| d.document_element()).is_some_and(|root| root.has_attribute("data-embed"))
}

/// Changes the address; `is_step`: *Back* leads to the one before. Where history is forbidden, the address stays.
pub fn set_address(address: &str, is_step: bool) {
    if let Some(history) = window().and_then(|w| w.history().ok()) {
        let _ = if is_step {
            history.push_state_with_url(&JsValue::NULL, "", Some(address))
        } else {
            history.replace_state_with_url(&JsValue::NULL, "", Some(address))
        };
    }
}

/// Whether a key is meant for the browser or the system: Alt and the left arrow are *Back*.
pub fn is_shortcut(event: &web_sys::KeyboardEvent) -> bool {
    event.alt_key() || event.ctrl_key() || event.meta_key()
}

/// One property of an element's style: our content security policy allows this, and no `style` in markup.
pub fn set_style(element: &web_sys::HtmlElement, property: &str, value: &str) {
    let _ = element.style().set_property(property, value);
}

pub fn scroll_to_top() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Path of the present address.
pub fn path() -> String {
    window().and_then(|w| w.location().pathname().ok()).unwrap_or_default()
}

/// Content of `<meta name=…>`.
fn meta(name: &str) -> Option<String> {
    document()?.query_selector(&format!("meta[name='{name}']")).ok().flatten()?.get_attribute("content")
}

pub fn origin() -> String {
    window().and_then(|w| w.location().origin().ok()).unwrap_or_default()
}

/// `None` where storage is forbidden, and in an embed, which keeps nothing.
fn storage() -> Option<Storage> {
    window().filter(|_| !is_embed())?.local_storage().ok().flatten()
}

pub fn load(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Best effort: a refusal only means that the choice is not remembered.
pub fn save(key: &str, value: Option<&str>) {
    if let Some(storage) = storage() {
        let _ = match value {
            Some(value) => storage.set_item(key, value),
            None => storage.remove_item(key),
        };
    }
}

pub fn media(query: &str) -> Option<MediaQueryList> {
    window()?.match_media(query).ok().flatten()
}

/// `false` where the browser refuses.
pub async fn copy(text: &str) -> bool {
    let Some(window) = window() else { return false };
    // Absent on pages that are not served securely.
    let clipboard = js_sys::Reflect::get(&window.navigator(), &JsValue::from_str("clipboard")).unwrap_or(JsValue::UNDEFINED);
    if clipboard.is_undefined() {
        return false;
    }
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}

/// An address for a file made here; give it to `revoke` when the download has begun.
pub fn file_address(text: &str, kind: &str) -> Option<String> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

pub fn revoke(address: &str) {
    let _ = Url::revoke_object_url(address);
}

/// The day it is for the reader, as `YYYY-MM-DD`.
pub fn today() -> String {
    let now = js_sys::Date::new_0();
    let day = crate::model::date::Date::new(now.get_full_year() as i16, now.get_month() as u8 + 1, now.get_date() as u8);
    day.map(|day| day.to_string()).unwrap_or_default()
}

pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Sets or removes an attribute of `<html>`.
pub fn set_root(name: &str, value: Option<&str>) {
    if let Some(root) = document().and_then(|d| d.document_element()) {
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

/// Shows the static failure screen of `index.html`; `web/boot.js` listens.
pub fn report_failure() {
    if let (Some(document), Ok(event)) = (document(), web_sys::CustomEvent::new("impact:failed")) {
        let _ = document.dispatch_event(&event);
    }
}

pub fn focus(element: Option<web_sys::Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Whether the reader is nowhere in particular.
pub fn has_no_focus() -> bool {
    document().and_then(|d| d.active_element()).is_none_or(|element| element.tag_name() == "BODY")
}

/// Focuses the first element that fits.
pub fn focus_first(selector: &str) {
    focus(document().and_then(|d| d.query_selector(selector).ok().flatten()));
}
