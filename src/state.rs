//! What the reader chose, and its address. Does not know words or the browser.

pub mod defaults;
pub mod route;
pub mod url;
pub mod url_migrate;
pub mod view_state;
