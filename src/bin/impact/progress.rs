//! How far a long piece of work has come, on standard error and only for people: what is printed on standard output stays the answer.

use diaspora_impact::tool::origin::Origin;
use std::cell::Cell;
use std::io::{IsTerminal, Write};
use std::path::Path;

/// Less is checked before anybody could read a bar.
const LARGE: u64 = 2_000_000;
const WIDTH: u64 = 24;

pub struct Progress {
    /// Bytes in all; 0 where nobody knows, as on the web.
    all: u64,
    done: Cell<u64>,
    /// Of the file that is being read.
    next: Cell<u64>,
    folder: Option<std::path::PathBuf>,
    is_shown: bool,
}

impl Progress {
    /// Of checking a package. `asked`: also where nobody seems to look.
    pub fn new(origin: &Origin, asked: bool) -> Progress {
        let folder = match origin {
            Origin::Folder(folder) => Some(folder.clone()),
            Origin::Web(_) => None,
        };
        let all = folder.as_deref().map(|folder| size_of(folder) + size_of(&folder.join("decks"))).unwrap_or_default();
        let is_large = folder.is_none() || all > LARGE;
        let is_shown = asked || (is_large && std::io::stderr().is_terminal());
        Progress { all, done: Cell::default(), next: Cell::default(), folder, is_shown }
    }

    /// A file is about to be read.
    pub fn file(&self, name: &str) {
        if !self.is_shown {
            return;
        }
        let done = self.done.get() + self.next.get();
        self.done.set(done);
        let size = self.folder.as_ref().and_then(|folder| folder.join(name).metadata().ok()).map_or(0, |meta| meta.len());
        self.next.set(size);
        show(&format!("{}{name}", self.bar(done)));
    }

    pub fn end(&self) {
        if self.is_shown {
            show(&self.bar(self.all));
            let _ = writeln!(std::io::stderr());
        }
    }

    fn bar(&self, done: u64) -> String {
        // Talks are read twice; nothing is more than done.
        let Some(part) = (done.min(self.all) * 100).checked_div(self.all) else { return String::new() };
        let full = part * WIDTH / 100;
        format!("[{}{}] {part:3}% ", "=".repeat(full as usize), " ".repeat((WIDTH - full) as usize))
    }

    /// For answers that come in pages.
    pub fn pages() -> impl Fn(u64, u64) {
        let is_shown = std::io::stderr().is_terminal();
        move |page, all| {
            if is_shown && all > 1 {
                show(&format!("{page}/{all}"));
                if page == all {
                    let _ = writeln!(std::io::stderr());
                }
            }
        }
    }
}

/// Over what stood on the line before.
fn show(line: &str) {
    let mut to = std::io::stderr().lock();
    let _ = write!(to, "\r\x1b[K{line}").and_then(|()| to.flush());
}

fn size_of(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_json = |name: &std::ffi::OsStr| name.to_str().is_some_and(|name| name.ends_with(".json") || name.ends_with(".json.gz"));
    files.filter(|file| is_json(&file.file_name())).filter_map(|file| file.metadata().ok()).map(|meta| meta.len()).sum()
}
