//! Pure types of the domain: dates, controlled words, the catalogue and the observations.
//!
//! Does not read JSON, does not hold user-visible text of the app, does not know a colour or a browser.

pub mod agreement;
pub mod bytes;
pub mod catalog;
pub mod community;
pub mod dataset;
pub mod date;
pub mod decimal;
pub mod deck;
pub mod group;
pub mod keys;
pub mod lang;
pub mod observations;
pub mod order;
pub mod words;
