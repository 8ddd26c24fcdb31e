//! The page and the language that the address asks for.

use super::url_sync::Address;
use crate::app_state::reactive::{self, Derived, Held, State, effect};
use crate::html::Site;
use crate::io::{browser, fetch};
use crate::model::lang::Lang;
use crate::model::words::Topic;
use crate::state::route::{Page, language_of};
use crate::text::{self, Text};
use std::sync::Arc;

/// Where the reader is. `page` is `None` for an address that we do not have.
#[derive(Clone, Copy)]
pub struct Here {
    pub lang: State<Lang>,
    pub page: Derived<Option<Page>>,
    base: Held<Arc<str>>,
}

impl Here {
    pub fn provide(address: Address) -> Here {
        let base = browser::base_path();
        let place = Derived::new({
            let base = base.clone();
            move || {
                let path = address.path();
                let (lang, rest) = language_of(&path, &base);
                (lang, rest.to_owned())
            }
        });
        // The page changes its language when the words are there.
        let shown = State::new(place.with_untracked(|(lang, _)| *lang));
        let asked = Derived::new(move || place.with(|(lang, _)| *lang));
        effect(move || {
            let lang = asked.get();
            leptos::task::spawn_local(async move {
                let loaded = load_words(lang).await;
                if asked.try_get_untracked() != Some(lang) {
                    return; // The reader went back before the words came.
                }
                if !loaded {
                    browser::report_failure();
                } else if shown.get_untracked() != lang {
                    shown.set(lang);
                }
            });
        });
        let here = Here { lang: shown, page: Derived::new(move || place.with(|(_, rest)| page_of(rest))), base: Held::new(base.into()) };
        reactive::share(here)
    }

    pub fn expect() -> Here {
        reactive::shared_handle()
    }

    /// The words of the present language. Not tracked: the whole page is built anew when the language changes,
    /// which happens rarely and saves a closure for every word.
    pub fn text(self) -> Text {
        Text::new(self.lang.get_untracked())
    }

    /// What markup is made for. Not tracked, like the words.
    pub fn site(self) -> Site {
        Site { text: self.text(), base: self.base.with(Arc::clone) }
    }

    /// One message of the present language.
    pub fn t(self, key: &str) -> String {
        self.text().t(key, &[])
    }

    /// Address of a page in the present language.
    pub fn href(self, page: &Page) -> String {
        let lang = self.lang.get_untracked();
        self.base.with(|base| page.href(base, lang))
    }

    /// Whether only the chart is shown: this is a frame on somebody's page.
    pub fn is_bare(self) -> bool {
        browser::is_embed()
    }

    /// A file below the site's root, wherever the code runs.
    pub fn file(path: &str) -> String {
        format!("{}{path}", browser::base_path())
    }
}

/// The language that the address asks for.
pub fn asked_language() -> Lang {
    language_of(&browser::path(), &browser::base_path()).0
}

/// Makes sure that the words of `lang` are there; `false` if they cannot be had.
pub async fn load_words(lang: Lang) -> bool {
    const SMALL: usize = 256 * 1024;
    if text::is_installed(lang) {
        return true;
    }
    let Some(address) = browser::words_address(lang.tag()) else { return false };
    match fetch::bytes(&address, SMALL, true).await {
        Ok(json) => text::install(lang, &json),
        Err(_) => false,
    }
}

fn page_of(rest: &str) -> Option<Page> {
    match rest {
        "" | "index.html" => Some(Page::Overview),
        "stories" => Some(Page::Stories),
        "opportunities" => Some(Page::Opportunities),
        "data" => Some(Page::Data),
        "about" => Some(Page::About),
        "embed" => Some(Page::Builder),
        "data/changes" => Some(Page::Changes),
        _ if Topic::parse(rest).is_some() => Topic::parse(rest).map(Page::Topic),
        _ => {
            let id = |prefix: &str| rest.strip_prefix(prefix).filter(|id| crate::data::record::is_id(id)).map(str::to_owned);
            id("view/").or_else(|| id("embed/")).map(Page::View).or_else(|| id("partners/").map(Page::Agreement))
        }
    }
}
