//! What reacts on a page: figures, plots, cards, the certificate, and the listeners that carry out what markup offers.
//!
//! Markup itself comes from `html` and stands in a `part`. Reads the store and the address; does not fetch, does not build options.

pub mod actions;
pub mod certificate;
pub mod figure;
pub mod filter;
pub mod headlines;
pub mod part;
pub mod passive;
pub mod play;
pub mod plot;
