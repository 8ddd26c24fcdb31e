//! Browser entry point: words of the reader's language, then mount. The host build only says how to build the site.
//!
//! A panic is a bug; the reader gets the static failure screen of index.html instead of a dead page: `web/boot.js` hears the trap that
//! every panic ends in.

#[cfg(target_arch = "wasm32")]
fn main() {
    use diaspora_impact::app_state::locale;
    use diaspora_impact::io::browser;
    // A published app has no panic messages (script/build): 19 kB less for every reader.
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(console_error_panic_hook::hook));
    wasm_bindgen_futures::spawn_local(async {
        if locale::load_words(locale::asked_language()).await {
            diaspora_impact::shell::app::start();
        } else {
            browser::report_failure();
        }
    });
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("Build the site with script/build, serve it with script/serve.");
}
