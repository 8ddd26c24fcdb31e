//! What the whole app shares, as signals: language, theme, address, loaded data. Actions live beside what they change.

pub mod locale;
pub mod passive;
pub mod prefs;
pub mod reactive;
pub mod store;
pub mod url_sync;
