//! The editor's engine in the browser: a `Desk` behind a few functions, compiled to WebAssembly of its own by `script/finish.mjs` and
//! loaded by `web/engine.js` on `/present/<deck>/edit`, where a draft is presented, and in a packed talk. Nothing of it is in the app.

#[cfg(target_arch = "wasm32")]
mod engine {
    use diaspora_impact::data::package;
    use diaspora_impact::html::editor::{self, Desk, Part};
    use diaspora_impact::model::lang::Lang;
    use diaspora_impact::text;
    use serde_json::json;
    use std::cell::RefCell;
    use std::collections::BTreeMap;
    use wasm_bindgen::prelude::wasm_bindgen;

    thread_local! {
        static FILES: RefCell<BTreeMap<String, Vec<u8>>> = const { RefCell::new(BTreeMap::new()) };
        static DESK: RefCell<Option<Desk>> = const { RefCell::new(None) };
    }

    fn lang(tag: &str) -> Lang {
        if tag == Lang::Uk.tag() { Lang::Uk } else { Lang::En }
    }

    fn with_desk(act: impl FnOnce(&mut Desk) -> String) -> String {
        DESK.with_borrow_mut(|desk| desk.as_mut().map(act)).unwrap_or_default()
    }

    /// The words of one language; before all else.
    #[wasm_bindgen]
    pub fn words(tag: &str, json: &str) {
        text::install(lang(tag), json.as_bytes());
    }

    /// One file of the package.
    #[wasm_bindgen]
    pub fn file(path: String, bytes: Vec<u8>) {
        FILES.with_borrow_mut(|files| files.insert(path, bytes));
    }

    /// Reads the package from the files that were given. `base`: path of the site's root.
    #[wasm_bindgen]
    pub fn open(base: &str) {
        let files = FILES.take();
        let package = package::load(&|path| files.get(path).cloned().ok_or_else(String::new), &[]);
        DESK.set(Some(Desk::new(package, base)));
    }

    /// Takes a draft. Nothing if it is taken, else markup that says why it is not.
    #[wasm_bindgen]
    pub fn take(tag: &str, bytes: &[u8]) -> String {
        with_desk(|desk| desk.take(bytes).err().map(|issues| editor::refused(&issues, lang(tag)).into_string()).unwrap_or_default())
    }

    /// Markup of a part of the page.
    #[wasm_bindgen]
    pub fn part(name: &str, tag: &str, at: usize) -> String {
        let Some(part) = Part::ALL.into_iter().find(|part| part.id() == name) else { return String::new() };
        with_desk(|desk| desk.part(part, lang(tag), at).into_string())
    }

    /// The charts of one slide, or of all where none is named, as JSON.
    #[wasm_bindgen]
    pub fn charts(tag: &str, at: Option<usize>) -> String {
        with_desk(|desk| desk.charts(lang(tag), at).to_string())
    }

    /// A view with its controls after a choice, as JSON: `{"query", "markup", "charts", "middles"}`; `null` if there is none.
    #[wasm_bindgen]
    pub fn live(tag: &str, view: &str, query: &str, choice: &str) -> String {
        with_desk(|desk| {
            let Some((live, plots)) = desk.live(view, query, choice, lang(tag)) else { return json!(null).to_string() };
            let middles: Vec<_> = plots.iter().map(|plot| plot.middles()).collect();
            json!({"query": live.query, "markup": live.markup.into_string(), "charts": live.charts, "middles": middles}).to_string()
        })
    }

    /// Where the points of one chart of that view were drawn: pixels of its `middles`, two numbers each.
    #[wasm_bindgen]
    pub fn place(at: usize, width: f64, height: f64, pixels: &[f64]) {
        with_desk(|desk| {
            desk.plot(at, Lang::En).into_iter().for_each(|(plot, _)| plot.place((width, height), pixels));
            String::new()
        });
    }

    /// What is said of the point that a pointer means, as JSON: `{"x", "y", "tip", "said", "fact"}`; `null` where it means none.
    #[wasm_bindgen]
    pub fn nearest(tag: &str, at: usize, x: f64, y: f64) -> String {
        with_desk(|desk| desk.plot(at, lang(tag)).map(|(plot, site)| plot.nearest(&site, x, y)).unwrap_or_default().to_string())
    }

    /// The same of the point that a key leads to.
    #[wasm_bindgen]
    pub fn step(tag: &str, at: usize, key: &str) -> String {
        with_desk(|desk| desk.plot(at, lang(tag)).map(|(plot, site)| plot.step(&site, key)).unwrap_or_default().to_string())
    }

    /// Markup of a number's certificate.
    #[wasm_bindgen]
    pub fn certificate(tag: &str, fact: &str) -> String {
        with_desk(|desk| desk.certificate(fact, lang(tag)).into_string())
    }

    /// Views of an address as JSON: `{"views": [[id, state]]}` or `{"reasons": […]}`.
    #[wasm_bindgen]
    pub fn pasted(tag: &str, address: &str) -> String {
        with_desk(|desk| match desk.pasted(address, lang(tag)) {
            Ok(views) => json!({"views": views}).to_string(),
            Err(reasons) => json!({"reasons": reasons}).to_string(),
        })
    }
}

fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    println!("script/build compiles this for the browser.");
}
