//! `impact`: the publishers' tool. `impact --help` says what it can do; each command's work is in the library's `tool`.

#[cfg(not(target_arch = "wasm32"))]
mod cli;

#[cfg(not(target_arch = "wasm32"))]
mod commands;

#[cfg(not(target_arch = "wasm32"))]
mod progress;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    commands::run(std::env::args_os().collect())
}

/// Cargo builds every binary for a browser test.
#[cfg(target_arch = "wasm32")]
fn main() {}
