//! The page and the language that the address asks for.

use crate::io::{browser, fetch};
use crate::model::lang::Lang;
use crate::model::words::Topic;
use crate::state::route::{Page, language_of};
use crate::text::{self, Text};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use leptos_router::location::{BrowserUrl, LocationProvider};

/// Where the reader is. `page` is `None` for an address that we do not have.
#[derive(Clone, Copy)]
pub struct Here {
    pub lang: Signal<Lang>,
    pub page: Signal<Option<Page>>,
    base: StoredValue<String>,
}

impl Here {
    pub fn provide() -> Here {
        let base = browser::base_path();
        let path = use_location().pathname;
        // The address bar follows a link once someone says that the page stands. `Routes` would, and we have none.
        let bar = use_context::<BrowserUrl>();
        Effect::new(move |_| {
            path.track();
            if let Some(bar) = &bar {
                bar.ready_to_complete();
            }
        });
        let place = Memo::new({
            let base = base.clone();
            move |_| {
                let path = path.get();
                let (lang, rest) = language_of(&path, &base);
                (lang, rest.to_owned())
            }
        });
        // The page changes its language when the words are there.
        let shown = RwSignal::new(place.with_untracked(|(lang, _)| *lang));
        let asked = Memo::new(move |_| place.with(|(lang, _)| *lang));
        Effect::new(move |_| {
            let lang = asked.get();
            leptos::task::spawn_local(async move {
                if !load_words(lang).await {
                    browser::report_failure();
                } else if asked.try_get_untracked() == Some(lang) && shown.get_untracked() != lang {
                    shown.set(lang);
                }
            });
        });
        let here = Here {
            lang: shown.into(),
            page: Memo::new(move |_| place.with(|(_, rest)| page_of(rest))).into(),
            base: StoredValue::new(base),
        };
        provide_context(here);
        here
    }

    pub fn expect() -> Here {
        expect_context()
    }

    /// The words of the present language. Not tracked: the whole page is built anew when the language changes,
    /// which happens rarely and saves a closure for every word.
    pub fn text(self) -> Text {
        Text::new(self.lang.get_untracked())
    }

    /// One message of the present language.
    pub fn t(self, key: &str) -> String {
        self.text().t(key, &[])
    }

    /// Address of a page in the present language.
    pub fn href(self, page: &Page) -> String {
        let lang = self.lang.get_untracked();
        self.base.with_value(|base| page.href(base, lang))
    }

    /// Address of the present page in the other language; the query stays (tracked).
    pub fn href_other(self, query: &str) -> String {
        let lang = self.lang.get_untracked().other();
        let page = self.page.get().unwrap_or(Page::Overview);
        let path = self.base.with_value(|base| page.href(base, lang));
        if query.is_empty() { path } else { format!("{path}?{}", query.trim_start_matches('?')) }
    }

    /// A file below the site's root, wherever the code runs.
    pub fn file_untracked(path: &str) -> String {
        format!("{}{path}", browser::base_path())
    }

    /// A file below the site's root.
    pub fn file(self, path: &str) -> String {
        self.base.with_value(|base| format!("{base}{path}"))
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
        "data" => Some(Page::Data),
        "about" => Some(Page::About),
        "people" => Some(Page::Topic(Topic::People)),
        "remittances" => Some(Page::Topic(Topic::Remittances)),
        "partners" => Some(Page::Topic(Topic::Partners)),
        _ => rest.strip_prefix("view/").filter(|id| crate::data::record::is_id(id)).map(|id| Page::View(id.to_owned())),
    }
}
