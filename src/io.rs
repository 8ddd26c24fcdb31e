//! The outside world: fetching, storage, the window. Typed errors, no signals, no words.

pub mod browser;
pub mod bulk;
pub mod fetch;
pub mod page;
pub mod patch;
