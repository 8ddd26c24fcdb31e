//! The frame around pages: router, layout, style.

pub mod app;
pub mod layout;
