//! Asks two public interfaces for what `saved` reads: page after page, each as it came, so that it can be kept and imported again.
//!
//! Judges no figure. An answer that is none of the interface's is handed on: `saved` says what is wrong with it.

use super::told;
use super::web::{PATIENCE, Web};
use crate::text::Text;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::Duration;

const WORLD_BANK: &str = "https://api.worldbank.org/v2";
const UNHCR: &str = "https://api.unhcr.org/population/v1";
/// One page of an answer is much smaller.
const MAX_BYTES: u64 = 32 * 1024 * 1024;
/// More pages than any indicator has: a server that names more is not understood.
const MAX_PAGES: u64 = 500;

/// What is asked for, and of whom.
#[derive(Debug, Default)]
pub struct Question<'a> {
    /// Codes of the interface; none means all.
    pub countries: &'a [String],
    /// `2020` or `2000..2024`.
    pub years: Option<&'a str>,
    /// Another address of the same interface.
    pub server: Option<&'a str>,
    pub patience: Option<u64>,
    /// Where the answers are kept.
    pub save: Option<&'a Path>,
}

/// Name and bytes of each page.
pub type Pages = Vec<(String, Vec<u8>)>;

/// What the World Bank calls an indicator: `BX.TRF.PWKR.CD.DT`.
pub fn is_indicator(typed: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    typed.contains('.') && typed.split('.').all(is_word)
}

/// All pages of an indicator. `tell` hears which page of how many has come.
pub fn worldbank(indicator: &str, asked: &Question, tell: &dyn Fn(u64, u64), text: Text) -> Result<Pages, String> {
    let countries = if asked.countries.is_empty() { "all".to_owned() } else { asked.codes(text)?.join(";") };
    let years = asked.years(text)?.map(|(first, last)| format!("&date={first}:{last}")).unwrap_or_default();
    let server = asked.server.unwrap_or(WORLD_BANK).trim_end_matches('/');
    let address = |page| format!("{server}/country/{countries}/indicator/{indicator}?format=json&per_page=1000&page={page}{years}");
    let head = |answer: &Value| answer.as_array().filter(|parts| parts.len() == 2).map(|parts| parts[0].clone());
    all(indicator, asked, &address, &|answer| Page::of(&head(answer)?, "pages", "lastupdated"), tell, text)
}

/// All pages about one country on the other side, or about all of them together.
pub fn unhcr(of_origin: bool, asked: &Question, tell: &dyn Fn(u64, u64), text: Text) -> Result<Pages, String> {
    let Some((first, last)) = asked.years(text)? else { return Err(text.t("impact.no-years", &[])) };
    // Without `cf_type` the codes would be UNHCR's own.
    let (own, other) = if of_origin { ("coo", "coa") } else { ("coa", "coo") };
    let countries = if asked.countries.is_empty() { String::new() } else { format!("&{other}={}", asked.codes(text)?.join(",")) };
    let server = asked.server.unwrap_or(UNHCR).trim_end_matches('/');
    let address =
        |page| format!("{server}/population/?limit=1000&page={page}&yearFrom={first}&yearTo={last}&cf_type=ISO&{own}_all=true{countries}");
    all("unhcr", asked, &address, &|answer| Page::of(answer, "maxPages", ""), tell, text)
}

/// What a page says of itself.
struct Page {
    number: u64,
    all: u64,
    /// When the answer's figures were last changed.
    updated: String,
}

impl Page {
    fn of(head: &Value, all: &str, updated: &str) -> Option<Page> {
        let number = |field: &str| head.get(field).and_then(|value| value.as_u64().or_else(|| value.as_str()?.parse().ok()));
        let updated = head.get(updated).and_then(Value::as_str).unwrap_or_default().to_owned();
        Some(Page { number: number("page")?, all: number(all)?, updated })
    }
}

fn all(
    name: &str,
    asked: &Question,
    address: &dyn Fn(u64) -> String,
    page_of: &dyn Fn(&Value) -> Option<Page>,
    tell: &dyn Fn(u64, u64),
    text: Text,
) -> Result<Pages, String> {
    let web = Web::new(asked.patience.map_or(PATIENCE, Duration::from_secs), text);
    let mut pages = Pages::new();
    let mut updated = None;
    for number in 1..=MAX_PAGES {
        let at = address(number);
        let no_answer = |reason: &str| text.t("impact.no-answer", &[("address", &at), ("reason", reason)]);
        let bytes = web.get(&at, MAX_BYTES).map_err(|reason| no_answer(&reason))?;
        let page = serde_json::from_slice::<Value>(&bytes).ok().and_then(|answer| page_of(&answer));
        if bytes.len() as u64 > MAX_BYTES {
            return Err(no_answer(&text.t("impact.too-long", &[])));
        }
        if let Some(folder) = asked.save {
            save(folder, &format!("{name}-{number}.json"), &bytes, text)?;
        }
        pages.push((at.clone(), bytes));
        let Some(page) = page else { return Ok(pages) };
        if page.number != number || page.all > MAX_PAGES {
            let (page, all) = (page.number.to_string(), page.all.to_string());
            return Err(no_answer(&text.t("impact.other-page", &[("asked", &number.to_string()), ("page", &page), ("all", &all)])));
        }
        // Pages of two releases together would be an answer that nobody has published.
        if updated.get_or_insert_with(|| page.updated.clone()) != &page.updated {
            return Err(no_answer(&text.t("impact.changed-meanwhile", &[])));
        }
        tell(number, page.all);
        if number >= page.all {
            break;
        }
    }
    Ok(pages)
}

/// A file that is there stays as it is: it may be what an earlier import came from.
fn save(folder: &Path, name: &str, bytes: &[u8], text: Text) -> Result<(), String> {
    let path: PathBuf = folder.join(name);
    let at = told::at(&path, text);
    std::fs::create_dir_all(folder).map_err(&at)?;
    if std::fs::read(&path).is_ok_and(|there| there != bytes) {
        return Err(text.t("impact.saved-before", &[("name", &path.display().to_string())]));
    }
    std::fs::write(&path, bytes).map_err(at)
}

impl Question<'_> {
    fn codes(&self, text: Text) -> Result<Vec<&str>, String> {
        let is_code = |code: &str| (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let code = |code: &'_ String| Err(text.t("impact.bad-country", &[("code", code)]));
        self.countries.iter().map(|one| if is_code(one) { Ok(one.as_str()) } else { code(one) }).collect()
    }

    fn years(&self, text: Text) -> Result<Option<(u16, u16)>, String> {
        let Some(typed) = self.years else { return Ok(None) };
        let (first, last) = typed.split_once("..").unwrap_or((typed, typed));
        let year = |year: &str| year.parse::<u16>().ok().filter(|year| (1900..=2100).contains(year));
        match (year(first), year(last)) {
            (Some(first), Some(last)) if first <= last => Ok(Some((first, last))),
            _ => Err(text.t("impact.bad-years", &[("years", typed)])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_indicator_is_no_name_of_a_file() {
        for (typed, expected) in [
            ("BX.TRF.PWKR.CD.DT", true),
            ("SP.POP.TOTL", true),
            ("SI.RMT.COST.IB.ZS", true),
            ("answer.json", false),
            ("ANSWER", false),
            ("data/X.Y", false),
            ("A..B", false),
            ("", false),
        ] {
            assert_eq!(is_indicator(typed), expected, "{typed}");
        }
    }
}
