//! Chart specs to ECharts options. Pure, and snapshotted on the host.
//!
//! Does not know data, words or the browser. Colours are in `palette` and nowhere else.

pub mod flow;
mod json;
pub mod option;
pub mod palette;
pub mod points;
