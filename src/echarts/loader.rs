//! Loading the ECharts bundle, once, when the first chart comes near the screen.

use super::binding::{Module, load_module};
use crate::io::browser;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// The chart library could not be loaded or threw; the table still stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChartError;

pub async fn load() -> Result<Module, ChartError> {
    let address = browser::meta("echarts").ok_or(ChartError)?;
    let address = format!("{}{}{address}", browser::origin(), browser::base_path());
    let module = JsFuture::from(load_module(&address)).await.map_err(|_| ChartError)?;
    Ok(module.unchecked_into())
}
