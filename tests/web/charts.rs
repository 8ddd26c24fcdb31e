//! A chart is mounted, updated and disposed of with everything it holds.

use diaspora_impact::charts::option::{Look, height, option};
use diaspora_impact::charts::palette::Theme;
use diaspora_impact::data::package::{Package, load};
use diaspora_impact::echarts::binding::Module;
use diaspora_impact::echarts::instance::{Guard, TickText};
use diaspora_impact::echarts::loader;
use diaspora_impact::model::lang::Lang;
use diaspora_impact::text::{self, Text, format};
use diaspora_impact::view;
use diaspora_impact::view::spec::{ChartKind, ChartSpec, Panel};
use gloo_net::http::Request;
use js_sys::{Array, Function, Reflect};
use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Document, HtmlElement};

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// A file of the checkout.
async fn file(path: &str) -> Vec<u8> {
    let response = Request::get(path).send().await.unwrap();
    assert!(response.ok(), "{path} is not there; run `script/build`, which makes the bundle of ECharts");
    response.binary().await.unwrap()
}

/// The site's own bundle through the app's own loader.
async fn echarts() -> Module {
    let manifest: serde_json::Value = serde_json::from_slice(&file("/target/web/echarts/manifest.json").await).unwrap();
    let origin = web_sys::window().unwrap().location().origin().unwrap();
    loader::load(&format!("{origin}/target/web/echarts/{}", manifest["entry"].as_str().unwrap()), true).await.expect("the bundle loads")
}

async fn package() -> Package {
    words().await;
    let mut files = HashMap::from([("datapackage.json".to_owned(), file("/public/data/datapackage.json").await)]);
    let descriptor: serde_json::Value = serde_json::from_slice(&files["datapackage.json"]).unwrap();
    for resource in ["resources", "decks"].into_iter().flat_map(|listed| descriptor[listed].as_array().unwrap()) {
        let path = resource["path"].as_str().unwrap();
        files.insert(path.to_owned(), file(&format!("/public/data/{path}")).await);
    }
    let package = load(&|path| files.get(path).cloned().ok_or_else(|| "not fetched".to_owned()), &[]);
    assert!(package.issues.is_empty(), "{:?}", package.issues);
    package
}

/// The words of both languages, as the built site joins them.
async fn words() {
    for lang in Lang::ALL {
        let mut joined = serde_json::Map::new();
        for area in ["app", "words", "issue"] {
            let json = file(&format!("/locales/{}/{area}.json", lang.tag())).await;
            joined.append(&mut serde_json::from_slice(&json).unwrap());
        }
        assert!(text::install(lang, &serde_json::to_vec(&joined).unwrap()));
    }
}

/// Every panel of every view, as it opens.
fn panels(package: &Package, lang: Lang) -> Vec<Panel> {
    let dataset = &package.dataset;
    dataset.catalog.views.iter().flat_map(|def| view::figure(dataset, def, &view::default_state(def), Text::new(lang)).panels).collect()
}

/// A box in the page, gone when dropped.
struct Place(HtmlElement);

impl Place {
    fn new(width: u32, height: u32) -> Place {
        let element: HtmlElement = document().create_element("div").unwrap().dyn_into().unwrap();
        element.set_attribute("style", &format!("width:{width}px;height:{height}px")).unwrap();
        document().body().unwrap().append_child(&element).unwrap();
        Place(element)
    }

    fn count(&self, selector: &str) -> u32 {
        self.0.query_selector_all(selector).unwrap().length()
    }

    /// Ids of the series that ECharts itself says it draws.
    fn series(&self, module: &Module) -> Vec<String> {
        let instance = module.instance_of(&self.0).unwrap();
        let get: Function = Reflect::get(&instance, &"getOption".into()).unwrap().dyn_into().unwrap();
        let series: Array = Reflect::get(&get.call0(&instance).unwrap(), &"series".into()).unwrap().dyn_into().unwrap();
        series.iter().map(|series| Reflect::get(&series, &"id".into()).unwrap().as_string().unwrap()).collect()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.remove();
    }
}

fn still() -> Look {
    Look { theme: Theme::Light, narrow: false, still: true }
}

fn ids(spec: &ChartSpec) -> Vec<String> {
    spec.series.iter().map(|series| series.id.clone()).collect()
}

fn ticks() -> TickText {
    Box::new(|_, value| format::number(value, 3, Lang::En))
}

#[track_caller]
fn is_empty(place: &Place, module: &Module) {
    assert!(module.instance_of(&place.0).unwrap().is_undefined(), "an instance is left");
    assert_eq!((place.count("svg"), place.0.child_element_count()), (0, 0), "something drawn is left");
}

#[wasm_bindgen_test]
async fn a_chart_leaves_nothing_behind() {
    let module = echarts().await;
    let package = package().await;
    let all = panels(&package, Lang::En);
    let spec = &all.iter().find(|panel| panel.id == "usd").expect("remittances in dollars").chart;
    let place = Place::new(720, height(spec, false));
    assert!(module.instance_of(&place.0).unwrap().is_undefined(), "nothing is there before");

    let mut guard = Guard::new(&module, &place.0).unwrap();
    guard.set(&option(spec, still()), ticks()).unwrap();
    assert!(!module.instance_of(&place.0).unwrap().is_undefined());
    assert_eq!(place.count("svg"), 1);
    assert_eq!(place.series(&module), ids(spec));

    // A line is taken away: it must go from the chart, not be merged into what stands there.
    let mut fewer = spec.clone();
    fewer.series.truncate(1);
    let paths = place.count("svg path");
    guard.set(&option(&fewer, still()), ticks()).unwrap();
    assert_eq!(place.series(&module), ids(&fewer));
    assert!(place.count("svg path") < paths, "the line is gone");
    assert_eq!(place.count("svg"), 1);

    drop(guard);
    is_empty(&place, &module);
}

#[wasm_bindgen_test]
async fn twenty_rounds_leave_no_instance() {
    let module = echarts().await;
    let package = package().await;
    let all = panels(&package, Lang::Uk);
    assert!(all.len() >= 12, "every kind of chart");
    let places: Vec<Place> = all.iter().map(|panel| Place::new(640, height(&panel.chart, false))).collect();
    for round in 0..20 {
        let guards: Vec<Guard> = all
            .iter()
            .zip(&places)
            .map(|(panel, place)| {
                let mut guard = Guard::new(&module, &place.0).unwrap();
                for theme in [Theme::Light, Theme::Dark] {
                    let option = option(&panel.chart, Look { theme, narrow: round % 2 == 1, still: round % 3 != 0 });
                    guard.set(&option, ticks()).unwrap();
                }
                assert_eq!(place.count("svg"), 1, "round {round}: {}", panel.id);
                guard
            })
            .collect();
        drop(guards);
        let left = places.iter().filter(|place| !module.instance_of(&place.0).unwrap().is_undefined()).count();
        assert_eq!(left, 0, "round {round}");
    }
    places.iter().for_each(|place| is_empty(place, &module));
    // ECharts empties its mark and leaves the attribute.
    assert_eq!(document().query_selector_all("[_echarts_instance_]:not([_echarts_instance_=''])").unwrap().length(), 0);
}

/// The functions of an old option are never called again, and those of the present one are.
#[wasm_bindgen_test]
async fn ticks_belong_to_the_present_option() {
    let module = echarts().await;
    let package = package().await;
    for panel in panels(&package, Lang::En).iter().filter(|panel| ["usd", "counts", "people"].contains(&panel.id.as_str())) {
        let place = Place::new(720, height(&panel.chart, false));
        let mut guard = Guard::new(&module, &place.0).unwrap();
        let calls = [(); 3].map(|()| Rc::new(Cell::new(0)));
        let mut draw = |i: usize| {
            let calls = calls[i].clone();
            let tick = move |_, _| {
                calls.set(calls.get() + 1);
                format!("tick{i}")
            };
            guard.set(&option(&panel.chart, still()), Box::new(tick)).unwrap();
        };
        draw(0);
        draw(1);
        let first = calls[0].get();
        assert!(first > 0 && calls[1].get() > 0, "{}: both wrote ticks", panel.id);
        // Another size lays the axes out anew, which would call a dropped function, were it still there.
        place.0.set_attribute("style", "width:400px;height:300px").unwrap();
        draw(2);
        let texts = place.0.text_content().unwrap();
        assert!(texts.contains("tick2") && !texts.contains("tick0") && !texts.contains("tick1"), "{}: {texts}", panel.id);
        let svg = place.0.query_selector("svg").unwrap().unwrap();
        assert_eq!(svg.get_attribute("width").as_deref(), Some("400"), "{}: fills its place", panel.id);
        assert_eq!(calls[0].get(), first, "{}: the old function rests", panel.id);
    }
}

#[wasm_bindgen_test]
async fn points_have_places_on_the_screen() {
    let module = echarts().await;
    let package = package().await;
    for panel in panels(&package, Lang::En) {
        let chart = &panel.chart;
        let place = Place::new(720, height(chart, false));
        let mut guard = Guard::new(&module, &place.0).unwrap();
        guard.set(&option(chart, still()), ticks()).unwrap();
        if chart.kind == ChartKind::Flow {
            // ECharts tells no places of a flow; Playwright compares ours with what is painted.
            assert!(guard.pixel(0, (0.0, 0.0)).is_none_or(|(x, y)| x.is_finite() && y.is_finite()));
            continue;
        }
        for (i, series) in chart.series.iter().enumerate() {
            for at in series.points.iter().filter_map(|point| point.at) {
                let (x, y) = guard.pixel(i, at).expect("a drawn point is somewhere");
                assert!(
                    (0.0..=720.0).contains(&x) && (0.0..=f64::from(height(chart, false))).contains(&y),
                    "{} {}: {at:?} at {x}, {y}",
                    panel.id,
                    series.id
                );
            }
        }
    }
}

async fn frame() {
    let next = js_sys::Promise::new(&mut |done, _| {
        web_sys::window().unwrap().request_animation_frame(&done).unwrap();
    });
    JsFuture::from(next).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_first_drawing_in_parts_is_the_same_and_tells_its_failure() {
    let module = echarts().await;
    let package = package().await;
    let all = panels(&package, Lang::En);
    for panel in &all {
        let chart = &panel.chart;
        let [whole, parts] = [0, 1].map(|_| Place::new(720, height(chart, false)));
        let mut guard = Guard::new(&module, &whole.0).unwrap();
        guard.set(&option(chart, still()), ticks()).unwrap();
        let mut guard = (guard, Guard::new(&module, &parts.0).unwrap());
        guard.1.begin(&option(chart, still()), ticks()).unwrap();
        // The frame between the parts, which would draw it unheard, does not.
        frame().await;
        assert_eq!(parts.count("svg path"), 0, "{}", panel.id);
        guard.1.finish().unwrap();
        frame().await;
        frame().await;
        assert_eq!(parts.series(&module), ids(chart), "{}", panel.id);
        let drawn = |place: &Place| ["svg path", "svg text"].map(|what| place.count(what));
        assert_eq!(drawn(&parts), drawn(&whole), "{}", panel.id);
        assert!(drawn(&parts)[0] > 0, "{}", panel.id);
    }
    // Lines that have no axes fail in the first part, axes that have no grid in the second.
    let line = &all.iter().find(|panel| panel.chart.kind == ChartKind::Lines).expect("a line").chart;
    let place = Place::new(720, 420);
    let mut without_axes = option(line, still());
    without_axes.json["xAxis"] = serde_json::json!([]);
    without_axes.json["yAxis"] = serde_json::json!([]);
    without_axes.ticks.clear();
    assert!(Guard::new(&module, &place.0).unwrap().begin(&without_axes, ticks()).is_err());
    let place = Place::new(720, 420);
    let mut without_grid = option(line, still());
    without_grid.json["xAxis"][0]["gridIndex"] = 7.into();
    let mut guard = Guard::new(&module, &place.0).unwrap();
    guard.begin(&without_grid, ticks()).unwrap();
    assert!(guard.finish().is_err());
}
