//! A large table, read beside the page (`web/bulk.js`).

use super::fetch::FetchError;
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = impactBulk)]
    fn impact_bulk(folder: &str, resource: &str, version: &str, fresh: bool) -> Promise;
}

/// A table's bytes for `data::handed`. Meanwhile the page shows how much of the file is here, and a button that gives it up.
pub async fn bytes(folder: &str, resource: &str, version: &str, fresh: bool) -> Result<Vec<u8>, FetchError> {
    match JsFuture::from(impact_bulk(folder, resource, version, fresh)).await {
        Ok(bytes) => Ok(Uint8Array::new(&bytes).to_vec()),
        // A word, or a server's status.
        Err(error) => Err(match (error.as_f64(), error.as_string().as_deref()) {
            (Some(status), _) => FetchError::Status(status as u16),
            (_, Some("timeout")) => FetchError::Timeout,
            (_, Some("too-large")) => FetchError::TooLarge,
            (_, Some("stopped")) => FetchError::Stopped,
            _ => FetchError::Network,
        }),
    }
}
