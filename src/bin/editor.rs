//! The editor's engine in the browser: a `Desk` behind a few functions, compiled to WebAssembly of its own by `script/finish.mjs` and
//! loaded by `web/engine.js` on `/present/<deck>/edit` only, and where a draft is presented. Nothing of it is in the app.

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

    /// A view with its controls after a choice, as JSON: `{"query", "markup", "charts"}`; `null` if there is none.
    #[wasm_bindgen]
    pub fn live(tag: &str, view: &str, query: &str, choice: &str) -> String {
        with_desk(|desk| {
            let live = desk.live(view, query, choice, lang(tag));
            live.map_or(json!(null), |live| json!({"query": live.query, "markup": live.markup.into_string(), "charts": live.charts}))
                .to_string()
        })
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
