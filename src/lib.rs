//! Diaspora Impact: published figures about people reached, remittances and partner agreements, drawn in the browser.
//!
//! Layers, in reading order; each imports only from those above it (`tests/tidy.rs` checks this):
//! `model → data → state → text → view → charts → html` are pure Rust and build and test on the host; `tool` exists only there;
//! `io, echarts → app_state → ui → pages → shell` exist only for wasm32.

pub mod model;

pub mod data;

pub mod state;

pub mod text;

pub mod view;

pub mod charts;

pub mod html;

#[cfg(not(target_arch = "wasm32"))]
pub mod tool;

#[cfg(target_arch = "wasm32")]
pub mod io;

#[cfg(target_arch = "wasm32")]
pub mod echarts;

#[cfg(target_arch = "wasm32")]
pub mod app_state;

#[cfg(target_arch = "wasm32")]
pub mod ui;

#[cfg(target_arch = "wasm32")]
pub mod pages;

#[cfg(target_arch = "wasm32")]
pub mod shell;
