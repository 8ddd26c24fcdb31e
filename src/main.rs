//! Browser entry point: panic screen, then mount. The host build only says how to build the site.

#[cfg(target_arch = "wasm32")]
fn main() {
    use diaspora_impact::io::browser;
    // A panic is a bug; the reader gets the static failure screen of index.html instead of a dead page.
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        browser::report_failure();
    }));
    leptos::mount::mount_to_body(diaspora_impact::shell::app::App);
    browser::remove_boot();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("Build the site with script/build, serve it with script/serve.");
}
