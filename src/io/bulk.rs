//! A large table, read beside the page (`web/bulk.js`).

use super::fetch::FetchError;
use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = impactBulk)]
    fn impact_bulk(folder: &str, resource: &str, version: &str, fresh: bool, tell: &Closure<dyn Fn(f64) -> bool>) -> Promise;
}

/// What is told of a table, and its columns: for `data::handed`. `tell` hears how much of the file is here, 0 to 1, several times a second, and
/// answers whether the rest is still wanted.
pub async fn read(
    folder: &str,
    resource: &str,
    version: &str,
    fresh: bool,
    tell: impl Fn(f64) -> bool + 'static,
) -> Result<(String, Vec<u8>), FetchError> {
    let tell = Closure::<dyn Fn(f64) -> bool>::new(tell);
    let answer = JsFuture::from(impact_bulk(folder, resource, version, fresh, &tell)).await.map_err(|_| FetchError::Network)?;
    let field = |name: &str| Reflect::get(&answer, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED);
    match field("error").as_string().as_deref() {
        None => {}
        Some("status") => return Err(FetchError::Status(field("status").as_f64().unwrap_or_default() as u16)),
        Some("timeout") => return Err(FetchError::Timeout),
        Some("too-large") => return Err(FetchError::TooLarge),
        Some("stopped") => return Err(FetchError::Stopped),
        Some(_) => return Err(FetchError::Network),
    }
    let columns = field("columns").dyn_into::<Uint8Array>().map(|columns| columns.to_vec()).unwrap_or_default();
    Ok((field("told").as_string().unwrap_or_default(), columns))
}
