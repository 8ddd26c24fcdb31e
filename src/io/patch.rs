//! What the page's own JavaScript does (`web/patch.js`): new markup in the place of old, node by node; a part of a page as the build
//! wrote it (`web/written.js`); the static page before, and behind, the app (`web/place.js`); the chart library before a figure asks for it, the page's part of the package (`web/early.js`); files that are made of what is on the page.

use crate::html::Markup;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = impactPatch)]
    fn impact_patch(element: &Element, markup: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(js_name = impactPatchLater)]
    fn impact_patch_later(element: &Element, markup: &str);

    #[wasm_bindgen(js_name = impactCharts)]
    pub fn charts_soon();

    /// Whether the page had its own part of the package only; from now on requests are answered with the whole.
    #[wasm_bindgen(js_name = impactWhole)]
    pub fn leave_part() -> bool;

    #[wasm_bindgen(js_name = impactRest)]
    fn impact_rest() -> Promise;

    #[wasm_bindgen(js_name = impactPainted)]
    fn impact_painted() -> Promise;

    /// A place for the app that is not on the page yet.
    #[wasm_bindgen(js_name = impactNewPlace)]
    pub fn new_place() -> HtmlElement;

    #[wasm_bindgen(js_name = impactTakePlace)]
    fn impact_take_place(app: &HtmlElement, lacks: Option<String>) -> bool;

    #[wasm_bindgen(catch, js_name = impactWritten)]
    fn impact_written(element: &Element, name: &str, address: &str) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_name = impactTake)]
    fn impact_take(anchor: &Element, csv: &str, address: &str) -> Promise;
}

/// Changes the content of `element`. Only escaped markup comes here: a package's text is never taken for HTML.
pub fn patch(element: &Element, markup: &Markup) {
    put(element, &markup.0);
}

/// The same when the browser has nothing more urgent to do, unless other markup comes first.
pub fn patch_later(element: &Element, markup: &Markup) {
    impact_patch_later(element, &markup.0);
}

/// Puts the app where the static page was, and the focus on what it was on. `false` where the static page stands because the app `lacks`
/// something: then that is told beside it.
pub fn take_place(app: &HtmlElement, lacks: Option<Markup>) -> bool {
    impact_take_place(app, lacks.map(|lacks| lacks.0))
}

/// `page::Content` alone brings markup of its own.
pub(super) fn put(element: &Element, markup: &str) {
    if impact_patch(element, markup).is_err() {
        super::browser::report_failure();
    }
}

/// Waits until what has changed by now is on screen; in a window that nobody sees, until it is seen.
pub async fn painted() {
    let _ = JsFuture::from(impact_painted()).await;
}

/// Waits, before the app is on the page, until all that was to do is done.
pub async fn rest() {
    let _ = JsFuture::from(impact_rest()).await;
}

/// Saves the file that `anchor` offers (`web/picture.js`); `false` if it cannot be made. `address` is what a picture names.
pub fn take(anchor: &Element, csv: &str, address: &str) -> impl Future<Output = bool> + use<> {
    let done = JsFuture::from(impact_take(anchor, csv, address));
    async move { done.await.is_ok() }
}

/// Puts the part `data-written=<name>` of the page at `address` into `element`; `false` if it cannot be had.
pub async fn take_written(element: &Element, name: &str, address: &str) -> bool {
    match impact_written(element, name, address) {
        Ok(promise) => JsFuture::from(promise).await.is_ok(),
        Err(_) => false,
    }
}
