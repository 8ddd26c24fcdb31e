//! A page of ours that is a file: its title and what stands in its `<main>` (`web/patch.js`).

use super::patch;
use wasm_bindgen::prelude::*;
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = impactContent)]
    fn impact_content(html: Option<&str>) -> Option<js_sys::Array>;
}

/// Made by our own build from escaped markup, and only read here: nothing else becomes an element this way.
#[derive(Debug, PartialEq)]
pub struct Content {
    pub title: String,
    markup: String,
}

impl Content {
    /// Of the static page, as long as it stands; `None` where it is none.
    pub fn standing() -> Option<Content> {
        Content::read(None)
    }

    /// Of a file; `None` for one that is no page of ours.
    pub fn of(bytes: &[u8]) -> Option<Content> {
        Content::read(Some(std::str::from_utf8(bytes).ok()?))
    }

    fn read(html: Option<&str>) -> Option<Content> {
        let parts = impact_content(html)?;
        Some(Content { title: parts.get(0).as_string()?, markup: parts.get(1).as_string()? })
    }

    /// Changes `element` to hold it.
    pub fn show(&self, element: &Element) {
        patch::put(element, &self.markup);
    }
}
