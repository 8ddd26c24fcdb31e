//! The extern block for ECharts. Every call that can throw is caught.

use js_sys::{Array, Object, Promise};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen(module = "/src/echarts/loader.js")]
extern "C" {
    #[wasm_bindgen(js_name = load)]
    pub fn load_module(address: &str, flows: bool) -> Promise;

    #[wasm_bindgen(catch)]
    pub fn begin(chart: &Instance, option: &JsValue, merge: &Object) -> Result<(), JsValue>;

    #[wasm_bindgen(catch)]
    pub fn finish(chart: &Instance) -> Result<(), JsValue>;
}

#[wasm_bindgen]
extern "C" {
    /// The bundle of `web/echarts.js`.
    pub type Module;

    #[wasm_bindgen(method, catch)]
    pub fn init(this: &Module, element: &HtmlElement, theme: &JsValue, options: &Object) -> Result<Instance, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getInstanceByDom)]
    pub fn instance_of(this: &Module, element: &HtmlElement) -> Result<JsValue, JsValue>;

    #[derive(Clone)]
    pub type Instance;

    #[wasm_bindgen(method, catch, js_name = setOption)]
    pub fn set_option(this: &Instance, option: &JsValue, merge: &Object) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn resize(this: &Instance, size: &Object) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = convertToPixel)]
    pub fn to_pixel(this: &Instance, finder: &Object, value: &Array) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn dispose(this: &Instance) -> Result<(), JsValue>;
}
