//! One chart on the page: created, updated, measured, and disposed with everything it holds.

use super::binding::{self, Instance, Module};
use super::loader::ChartError;
use crate::charts::option::{ChartOption, Tick};
use js_sys::{Array, Object, Reflect};
use serde_json::Value;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// Turns a tick into its text.
pub type TickText = Box<dyn Fn(Tick, f64) -> String>;

/// Dropping it disposes the chart.
pub struct Guard {
    instance: Instance,
    element: HtmlElement,
    /// Width and height that it was drawn for, in pixels.
    size: (i32, i32),
    /// Functions that the present option refers to.
    ticks: Vec<Closure<dyn Fn(JsValue) -> String>>,
}

impl Guard {
    pub fn new(module: &Module, element: &HtmlElement) -> Result<Guard, ChartError> {
        let instance = module.init(element, &JsValue::NULL, &Object::new()).map_err(|_| ChartError)?;
        Ok(Guard { instance, element: element.clone(), size: size(element), ticks: Vec::new() })
    }

    /// Draws `option` in the element's present size, replacing series and axes that are no longer there.
    pub fn set(&mut self, option: &ChartOption, tick: TickText) -> Result<(), ChartError> {
        self.give(option, tick, Instance::set_option)
    }

    /// The same in parts, for the first drawing, which takes longest: `finish` is the second, and the next frame puts it on the page.
    pub fn begin(&mut self, option: &ChartOption, tick: TickText) -> Result<(), ChartError> {
        self.give(option, tick, binding::begin)
    }

    pub fn finish(&self) -> Result<(), ChartError> {
        binding::finish(&self.instance).map_err(|_| ChartError)
    }

    fn give(
        &mut self,
        option: &ChartOption,
        tick: TickText,
        to: fn(&Instance, &JsValue, &Object) -> Result<(), JsValue>,
    ) -> Result<(), ChartError> {
        let size = size(&self.element);
        if size != self.size {
            self.size = size;
            // ECharts animates a resize only when told to; a plain one keeps up with the window.
            let _ = self.instance.resize(&Object::new());
        }
        let js = js_value(&option.json);
        let tick = Rc::new(tick);
        let mut ticks = Vec::new();
        for &(axis, kind) in &option.ticks {
            let label = first(&js, axis).and_then(|axis| Reflect::get(&axis, &"axisLabel".into()).ok()).filter(JsValue::is_object);
            if let Some(label) = label {
                let tick = Rc::clone(&tick);
                let text = Closure::<dyn Fn(JsValue) -> String>::new(move |value: JsValue| tick(kind, value.as_f64().unwrap_or(0.0)));
                set(&label, "formatter", text.as_ref());
                ticks.push(text);
            }
        }
        let merge = Object::new();
        let replaced: Array = ["series", "xAxis", "yAxis", "grid"].into_iter().map(JsValue::from_str).collect();
        set(&merge, "replaceMerge", &replaced);
        to(&self.instance, &js, &merge).map_err(|_| ChartError)?;
        // The old functions may go only now that no option refers to them.
        self.ticks = ticks;
        Ok(())
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

fn size(element: &HtmlElement) -> (i32, i32) {
    (element.client_width(), element.client_height())
}

fn set(target: &JsValue, key: &str, value: &JsValue) {
    let _ = Reflect::set(target, &JsValue::from_str(key), value);
}

/// JSON to JavaScript, value by value: smaller than writing text and parsing it.
fn js_value(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(flag) => JsValue::from_bool(*flag),
        Value::Number(number) => JsValue::from_f64(number.as_f64().unwrap_or(f64::NAN)),
        Value::String(text) => JsValue::from_str(text),
        Value::Array(items) => items.iter().map(js_value).collect::<Array>().into(),
        Value::Object(map) => {
            let object = Object::new();
            for (key, value) in map {
                set(&object, key, &js_value(value));
            }
            object.into()
        }
    }
}

/// An axis option is an object or a list of them.
fn first(option: &JsValue, key: &str) -> Option<JsValue> {
    let value = Reflect::get(option, &JsValue::from_str(key)).ok()?;
    let value = if Array::is_array(&value) { Reflect::get_u32(&value, 0).ok()? } else { value };
    value.is_object().then_some(value)
}
