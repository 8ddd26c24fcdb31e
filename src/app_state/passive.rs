//! What a passive page's file holds: read from the static page while that stands, otherwise fetched.

use super::reactive::{self, State, effect};
use super::store::LoadError;
use crate::io::fetch::{self, FetchError};
use crate::io::page::Content;
use crate::text::Text;
use leptos::task::spawn_local;
use std::sync::Arc;

/// State of the file.
#[derive(Clone, Debug, PartialEq)]
pub enum Passive {
    Loading,
    Ready(Arc<Content>),
    /// There is no such page.
    Missing,
    /// Why it did not come, in words.
    Failed(String),
}

/// How often the reader has asked for a file again.
#[derive(Clone, Copy)]
pub struct Again(State<u32>);

impl Again {
    pub fn provide() -> Again {
        let again = Again(State::new(0));
        reactive::share(again)
    }

    pub fn expect() -> Again {
        reactive::shared_handle()
    }

    pub fn ask(self) {
        self.0.update(|times| *times += 1);
    }
}

/// The content of the page at `file`, an address of a folder.
pub fn load(file: String, text: Text) -> State<Passive> {
    const LIMIT: usize = 2 * 1024 * 1024;
    let again = Again::expect();
    if let Some(content) = Content::standing() {
        return State::new(Passive::Ready(Arc::new(content)));
    }
    let shown = State::new(Passive::Loading);
    let mut is_first = true;
    effect(move || {
        again.0.track();
        let (file, cached) = (file.clone(), is_first);
        is_first = false;
        shown.set(Passive::Loading);
        spawn_local(async move {
            // A host that answers an unknown address with some page of its own has no such page either.
            shown.set(match fetch::bytes(&file, LIMIT, cached).await {
                Ok(bytes) => Content::of(&bytes).map_or(Passive::Missing, |content| Passive::Ready(Arc::new(content))),
                Err(FetchError::Status(404)) => Passive::Missing,
                Err(error) => Passive::Failed(LoadError::Fetch(error).sentence(text)),
            });
        });
    });
    shown
}
