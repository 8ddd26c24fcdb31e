//! What `impact` does for those who publish a package: finds, checks and tells. The program itself, `bin/impact`, only reads the
//! command line and prints.
//!
//! Exists on the host only. Does not print, does not change a package that it was only asked about, and draws nothing. What it says
//! comes from `locales/*/impact.json`; an error is a finished sentence in the reader's language.

pub mod check;
pub mod diff;
pub mod import;
pub mod mapping;
pub mod merge;
pub mod normal;
pub mod online;
pub mod origin;
pub mod publish;
pub mod saved;
pub mod sheet;
pub mod start;
pub mod table;
pub mod told;
pub mod watch;
pub mod web;
