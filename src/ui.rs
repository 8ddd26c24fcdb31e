//! Parts of pages: the figure with its tabs, chart, table, sources and controls; cards, notices, the certificate.
//!
//! Components take values and callbacks; the figure alone knows the store and the address. Does not fetch, does not build options.

pub mod certificate;
pub mod controls;
pub mod figure;
pub mod headlines;
pub mod picker;
pub mod plot;
pub mod plot_points;
pub mod problems;
pub mod sources;
pub mod table;
