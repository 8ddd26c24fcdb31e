//! One chart on the page: created, updated, measured, and disposed with everything it holds.

use super::binding::{Instance, Module};
use super::loader::ChartError;
use crate::charts::option::ChartOption;
use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// Turns a tick into its text.
pub type TickText = Box<dyn Fn(f64) -> String>;

/// Dropping it disposes the chart.
pub struct Guard {
    instance: Instance,
    /// Functions that the present option refers to.
    ticks: Option<Closure<dyn Fn(JsValue) -> String>>,
}

impl Guard {
    pub fn new(module: &Module, element: &HtmlElement) -> Result<Guard, ChartError> {
        let instance = module.init(element, &JsValue::NULL, &Object::new()).map_err(|_| ChartError)?;
        Ok(Guard { instance, ticks: None })
    }

    /// Draws `option`, replacing series and axes that are no longer there.
    pub fn set(&mut self, option: &ChartOption, tick: TickText) -> Result<(), ChartError> {
        let js = JSON::parse(&option.json.to_string()).map_err(|_| ChartError)?;
        let ticks = Closure::wrap(Box::new(move |value: JsValue| tick(value.as_f64().unwrap_or(0.0))) as Box<dyn Fn(JsValue) -> String>);
        if let Some(axis) = first(&js, option.value_axis) {
            let label = Reflect::get(&axis, &"axisLabel".into()).unwrap_or(JsValue::UNDEFINED);
            if label.is_object() {
                set(&label, "formatter", ticks.as_ref());
            }
        }
        let merge = Object::new();
        let replaced: Array = ["series", "xAxis", "yAxis", "grid"].into_iter().map(JsValue::from_str).collect();
        set(&merge, "replaceMerge", &replaced);
        self.instance.set_option(&js, &merge).map_err(|_| ChartError)?;
        // The old function may go only now that no option refers to it.
        self.ticks = Some(ticks);
        Ok(())
    }

    pub fn resize(&self) {
        // ECharts animates a resize only when told to; a plain one keeps up with the window.
        let _ = self.instance.resize(&Object::new());
    }

    /// Pixels from the chart's upper left corner.
    pub fn pixel(&self, series: usize, at: (f64, f64)) -> Option<(f64, f64)> {
        let finder = Object::new();
        set(&finder, "seriesIndex", &JsValue::from_f64(series as f64));
        let value = Array::of2(&at.0.into(), &at.1.into());
        let pixel: Array = self.instance.to_pixel(&finder, &value).ok()?.dyn_into().ok()?;
        Some((pixel.get(0).as_f64()?, pixel.get(1).as_f64()?))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.instance.dispose();
    }
}

fn set(target: &JsValue, key: &str, value: &JsValue) {
    let _ = Reflect::set(target, &JsValue::from_str(key), value);
}

/// An axis option is an object or a list of them.
fn first(option: &JsValue, key: &str) -> Option<JsValue> {
    let value = Reflect::get(option, &JsValue::from_str(key)).ok()?;
    let value = if Array::is_array(&value) { Reflect::get_u32(&value, 0).ok()? } else { value };
    value.is_object().then_some(value)
}
