//! New markup in the place of old (`web/patch.js`): node by node, or a part of a page as the build wrote it (`web/written.js`).

use crate::html::Markup;
use wasm_bindgen::prelude::*;
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = impactPatch)]
    fn impact_patch(element: &Element, markup: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, js_name = impactWritten)]
    fn impact_written(element: &Element, name: &str, address: &str) -> Result<js_sys::Promise, JsValue>;
}

/// Changes the content of `element`. Only escaped markup comes here: a package's text is never taken for HTML.
pub fn patch(element: &Element, markup: &Markup) {
    if impact_patch(element, &markup.0).is_err() {
        super::browser::report_failure();
    }
}

/// Puts the part `data-written=<name>` of the page at `address` into `element`; `false` if it cannot be had.
pub async fn take_written(element: &Element, name: &str, address: &str) -> bool {
    match impact_written(element, name, address) {
        Ok(promise) => wasm_bindgen_futures::JsFuture::from(promise).await.is_ok(),
        Err(_) => false,
    }
}
