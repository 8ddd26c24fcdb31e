//! The only place that knows JavaScript's ECharts. Options come in as JSON; nothing else of ECharts leaves.

pub mod binding;
pub mod instance;
pub mod loader;
