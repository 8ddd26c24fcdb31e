//! In a real browser: our formats against `Intl`, and the life of a chart with the real ECharts.
//!
//! The test server serves the checkout as well, so the bundle of `script/bundle.mjs` is loaded from `target/web/echarts` by the
//! app's own loader, and the package from `public/data`. `script/test` runs this after the build, which makes the bundle.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod charts;
mod formats;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
