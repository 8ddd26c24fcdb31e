//! Loading the ECharts bundle, once, when the first chart comes near the screen.

use super::binding::{Module, load_module};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// The chart library could not be loaded or threw; the table still stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChartError;

/// `address` is absolute. `flows`: with the part that draws flows, which few figures need.
pub async fn load(address: &str, flows: bool) -> Result<Module, ChartError> {
    let module = JsFuture::from(load_module(address, flows)).await.map_err(|_| ChartError)?;
    Ok(module.unchecked_into())
}
