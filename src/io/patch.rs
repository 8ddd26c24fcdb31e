//! New markup in the place of old, node by node (`web/patch.js`).

use crate::html::Markup;
use wasm_bindgen::prelude::*;
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = impactPatch)]
    fn impact_patch(element: &Element, markup: &str) -> Result<(), JsValue>;
}

/// Changes the content of `element`. Only escaped markup comes here: a package's text is never taken for HTML.
pub fn patch(element: &Element, markup: &Markup) {
    put(element, &markup.0);
}

/// `page::Content` alone brings markup of its own.
pub(super) fn put(element: &Element, markup: &str) {
    if impact_patch(element, markup).is_err() {
        super::browser::report_failure();
    }
}
