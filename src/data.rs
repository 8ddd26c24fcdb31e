//! Bytes of a published package to the model, with *all* issues found on the way.
//!
//! One implementation serves the app and the host tools. Does not fetch, does not draw.

pub mod build;
pub mod community;
pub mod contract;
pub mod deck;
pub mod deck_schema;
pub mod descriptor;
pub mod folder;
pub mod form;
pub mod fragment;
pub mod given;
pub mod handed;
pub mod inventory;
pub mod issue;
pub mod package;
pub mod record;
pub mod seal;
pub mod stream;
#[cfg(not(target_arch = "wasm32"))]
pub mod twice;
pub mod zip;
