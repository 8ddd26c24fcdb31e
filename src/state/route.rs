//! The addresses of the site, below the base path and the language.

use crate::model::lang::Lang;
use crate::model::words::Topic;

/// A page. `script/finish.mjs` writes one HTML file for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    Overview,
    Topic(Topic),
    Stories,
    Opportunities,
    Data,
    About,
    View(String),
    /// Makes the code for a chart on another site.
    Builder,
    /// How earlier versions of the data differ from the present one.
    Changes,
    /// One agreement, by its id.
    Agreement(String),
}

impl Page {
    /// The pages of the main navigation, in its order.
    pub const MENU: [Page; 10] = [
        Page::Overview,
        Page::Topic(Topic::People),
        Page::Topic(Topic::Remittances),
        Page::Topic(Topic::Partners),
        Page::Topic(Topic::Context),
        Page::Topic(Topic::Funding),
        Page::Stories,
        Page::Opportunities,
        Page::Data,
        Page::About,
    ];

    /// Path below base and language, without slashes around it: ``, `people`, `view/remittances`.
    pub fn path(&self) -> String {
        match self {
            Page::Overview => String::new(),
            Page::Topic(topic) => topic.id().to_owned(),
            Page::Stories => "stories".to_owned(),
            Page::Opportunities => "opportunities".to_owned(),
            Page::Data => "data".to_owned(),
            Page::About => "about".to_owned(),
            Page::View(view) => format!("view/{view}"),
            Page::Builder => "embed".to_owned(),
            Page::Changes => "data/changes".to_owned(),
            Page::Agreement(id) => format!("partners/{id}"),
        }
    }

    /// Key of the page's name in `locales/`. Until its file says more, the page of changes is called as the one above it.
    pub fn title_key(&self) -> String {
        match self {
            Page::Overview => "page.overview".to_owned(),
            Page::View(_) => "page.view".to_owned(),
            Page::Agreement(_) => "page.agreement".to_owned(),
            Page::Changes => Page::Data.title_key(),
            _ => format!("page.{}", self.path()),
        }
    }

    /// Whether the page shows no figure that reacts: it is made once, when the site is built, and the app shows what its file holds.
    pub fn is_passive(&self) -> bool {
        !matches!(self, Page::Overview | Page::Topic(_) | Page::Data | Page::View(_))
    }

    /// The address of this page in `lang`, under `base` (which starts and ends with `/`).
    pub fn href(&self, base: &str, lang: Lang) -> String {
        let language = if lang == Lang::Uk { "uk/" } else { "" };
        format!("{base}{language}{}", self.path())
    }
}

/// Language and rest of a path below `base`: `/sub/uk/people` under `/sub/` is Ukrainian `people`.
pub fn language_of<'a>(path: &'a str, base: &str) -> (Lang, &'a str) {
    let rest = path.strip_prefix(base).unwrap_or(path).trim_matches('/');
    match rest.strip_prefix("uk") {
        Some("") => (Lang::Uk, ""),
        Some(below) if below.starts_with('/') => (Lang::Uk, below.trim_matches('/')),
        _ => (Lang::En, rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_stands_first_in_the_path() {
        let check = |path: &str, base: &str, expected: (Lang, &str)| assert_eq!(language_of(path, base), expected, "{path} under {base}");
        check("/", "/", (Lang::En, ""));
        check("/uk/", "/", (Lang::Uk, ""));
        check("/uk", "/", (Lang::Uk, ""));
        check("/ukraine", "/", (Lang::En, "ukraine"));
        check("/sub/uk/view/x/", "/sub/", (Lang::Uk, "view/x"));
        check("/sub/people", "/sub/", (Lang::En, "people"));
    }
}
