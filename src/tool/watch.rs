//! `impact check --watch`: once more after every change of a file.

use notify::{EventKind, RecursiveMode, Watcher};
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

/// An editor writes a file in several steps; when it has been quiet for so long, it is done.
const QUIET: Duration = Duration::from_millis(150);

/// Calls `again` now and after every change below `folder`, until it returns `false`.
pub fn watch(folder: &Path, mut again: impl FnMut() -> bool) -> Result<(), String> {
    let (tell, told) = mpsc::channel();
    // Watching starts before the first call: a change while it works is not missed.
    let mut watcher = notify::recommended_watcher(tell).map_err(|error| error.to_string())?;
    watcher.watch(folder, RecursiveMode::Recursive).map_err(|error| error.to_string())?;
    while again() {
        while !is_change(&told.recv().map_err(|error| error.to_string())?) {}
        while told.recv_timeout(QUIET).is_ok() {}
    }
    Ok(())
}

/// Reading a file is an event too, and would have us run in circles.
fn is_change(event: &notify::Result<notify::Event>) -> bool {
    event.as_ref().is_ok_and(|event| matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_)))
}
