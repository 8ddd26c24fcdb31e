//! Theme and motion: the reader's choice, or the system's. Remembered where storage is allowed.

use super::url_sync::Address;
use crate::app_state::reactive::{self, Held, State, effect};
use crate::charts::palette::Theme;
use crate::io::browser;
use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

const KEY: &str = "theme";

/// What the reader chose; `None` follows the system.
#[derive(Clone, Copy)]
pub struct Prefs {
    address: Address,
    chosen: State<Option<Theme>>,
    system_dark: State<bool>,
    still: State<bool>,
}

impl Prefs {
    /// `address` may name a theme, which then comes before the reader's stored choice: a shared link looks as it was shared.
    pub fn provide(address: Address) -> Prefs {
        let stored = browser::load(KEY);
        let chosen = match stored.as_deref() {
            Some("light") => Some(Theme::Light),
            Some("dark") => Some(Theme::Dark),
            _ => None,
        };
        let prefs = Prefs {
            address,
            chosen: State::new(chosen),
            system_dark: watch_media("(prefers-color-scheme: dark)"),
            still: watch_media("(prefers-reduced-motion: reduce)"),
        };
        effect(move || browser::set_root("data-theme", prefs.wanted().map(id)));
        reactive::share(prefs)
    }

    pub fn expect() -> Prefs {
        reactive::shared_handle()
    }

    /// Address first, then the reader's choice; `None` follows the system (tracked).
    fn wanted(self) -> Option<Theme> {
        match self.address.theme() {
            Some("light") => Some(Theme::Light),
            Some("dark") => Some(Theme::Dark),
            Some(_) => None,
            None => self.chosen.get(),
        }
    }

    /// The theme on screen (tracked).
    pub fn theme(self) -> Theme {
        self.wanted().unwrap_or(if self.system_dark.get() { Theme::Dark } else { Theme::Light })
    }

    /// Whether motion is to be avoided (tracked).
    pub fn still(self) -> bool {
        self.still.get()
    }

    fn choose(self, theme: Option<Theme>) {
        self.chosen.set(theme);
        browser::save(KEY, theme.map(id));
    }

    /// The other theme, for a switch with two sides.
    pub fn toggle(self) {
        let other = if untrack(|| self.theme()) == Theme::Dark { Theme::Light } else { Theme::Dark };
        if untrack(|| self.address.theme()).is_some() {
            self.address.set_theme(id(other));
        }
        self.choose(Some(other));
    }
}

fn id(theme: Theme) -> &'static str {
    match theme {
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

/// A media query as a signal. Lives as long as the app: the prefs are provided once, at its root.
fn watch_media(query: &str) -> State<bool> {
    let media = browser::media(query);
    let signal = State::new(media.as_ref().is_some_and(|m| m.matches()));
    if let Some(media) = media {
        let listener = Closure::<dyn Fn(JsValue)>::new({
            let media = media.clone();
            move |_| signal.set(media.matches())
        });
        let _ = media.add_event_listener_with_callback("change", listener.as_ref().unchecked_ref());
        on_cleanup({
            let held = Held::new(RefCell::new(Some((media, listener))));
            move || drop(held.take())
        });
    }
    signal
}
