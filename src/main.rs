#[cfg(target_arch = "wasm32")]
fn main() {
    use leptos::prelude::*;
    leptos::mount::mount_to_body(|| view! { <main><h1>"Hello"</h1></main> });
}
#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("Build the site with script/build, serve it with script/serve.");
}
