//! The address as view state, and back. The address is the only place where a view's choices live.

use crate::app_state::reactive::{self, Derived, State};
use crate::io::browser::{self, Place};
use crate::model::catalog::ViewDef;
use crate::state::url::{self, BadParam, Pairs, Parsed};
use crate::state::view_state::ViewState;
use crate::view;
use leptos::prelude::*;

/// The present address.
#[derive(Clone, Copy)]
pub struct Address {
    place: State<Place>,
    pairs: Derived<Pairs>,
    path: Derived<String>,
}

impl Address {
    /// Follows *Back* and *Forward* for as long as the app lives.
    pub fn provide() -> Address {
        let place = State::new(browser::place());
        window_event_listener_untyped("popstate", move |_| place.set(browser::place()));
        let address = Address {
            place,
            pairs: Derived::new(move || place.with(|place| url::query_pairs(&place.query))),
            path: Derived::new(move || place.with(|place| place.path.clone())),
        };
        reactive::share(address)
    }

    /// Goes to an address of our own, as a step that *Back* undoes.
    pub fn go(self, address: &str) {
        self.go_by(address, true);
    }

    fn go_by(self, address: &str, is_step: bool) {
        // Held here too: a sandboxed frame may not change its address.
        let place = browser::place_of(address);
        if self.place.get_untracked() != place {
            browser::set_address(address, is_step);
            self.place.set(place);
        }
    }

    pub fn expect() -> Address {
        reactive::shared_handle()
    }

    /// The query as it stands, for links that keep it (tracked).
    pub fn query(self) -> String {
        self.pairs.with(|pairs| url::query_string(pairs))
    }

    /// The present path (tracked).
    pub fn path(self) -> String {
        self.path.get()
    }

    /// What stands behind `#`.
    pub fn fragment(self) -> String {
        self.place.with_untracked(|place| place.fragment.clone())
    }

    /// The theme that the address names (tracked).
    pub fn theme(self) -> Option<&'static str> {
        match self.pairs.with(|pairs| url::theme(pairs)) {
            Parsed::Valid(theme) => Some(theme),
            Parsed::Invalid { .. } | Parsed::Missing => None,
        }
    }

    /// Replaces the theme in an address that names one.
    pub fn set_theme(self, theme: &str) {
        self.set_value("theme", theme);
    }

    /// What the page's own parameter asks for; empty if nothing (tracked).
    pub fn value(self, name: &str) -> String {
        self.pairs.with(|pairs| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())).unwrap_or_default()
    }

    /// Sets a parameter of the page, or takes an empty one away, as a step that *Back* undoes.
    pub fn set_value(self, name: &str, value: &str) {
        let mut pairs = self.pairs.get_untracked();
        pairs.retain(|(known, _)| known != name);
        if !value.is_empty() {
            pairs.push((name.to_owned(), value.to_owned()));
        }
        self.go(&self.with_query(&pairs));
    }

    /// What the address asks of a view (tracked). `leading`: the page's first figure, which plain names speak to.
    pub fn state(self, def: &ViewDef, leading: bool) -> (ViewState, Vec<BadParam>) {
        self.pairs.with(|pairs| {
            let (state, mut bad) = view::state_from(def, &url::pairs_for(pairs, &def.id, leading));
            // The page's own parameter is judged once, where the leading figure shows its notices.
            if leading && let Parsed::Invalid { raw, reason } = url::theme(pairs) {
                bad.push(BadParam { name: "theme".to_owned(), raw, reason });
            }
            (state, bad)
        })
    }

    /// The view that the address wants beside the page's own (tracked).
    pub fn compared(self) -> Option<String> {
        self.pairs.with(|pairs| url::compared(pairs).map(str::to_owned))
    }

    fn with_query(self, pairs: &Pairs) -> String {
        let (path, query) = (self.path.get_untracked(), url::query_string(pairs));
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }

    /// Writes a view's state into the address; `is_step`: *Back* undoes it.
    pub fn set(self, def: &ViewDef, leading: bool, state: &ViewState, is_step: bool) {
        let own = url::print(state, &view::default_state(def));
        let pairs = self.pairs.with_untracked(|pairs| url::replace_for(pairs, &def.id, leading, &own));
        self.go_by(&self.with_query(&pairs), is_step);
    }

    /// A full address that shows exactly this view in this state (tracked).
    pub fn share_link(self, view_path: &str, def: &ViewDef, state: &ViewState) -> String {
        let own = url::query_string(&url::print(state, &view::default_state(def)));
        let query = if own.is_empty() { own } else { format!("?{own}") };
        format!("{}{view_path}{query}", browser::origin())
    }
}
