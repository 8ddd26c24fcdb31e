//! Browser entry point: panic screen, words of the reader's language, then mount. The host build only says how to build the site.

#[cfg(target_arch = "wasm32")]
fn main() {
    use diaspora_impact::app_state::locale;
    use diaspora_impact::io::browser;
    // A panic is a bug; the reader gets the static failure screen of index.html instead of a dead page.
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        browser::report_failure();
    }));
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
