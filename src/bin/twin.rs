//! `cargo run --bin twin -- public/data /base/`: every page as it stands before the app runs, as JSON for `script/finish.mjs`:
//! `[{"route", "lang", "title", "markup"}]`. Rows that fail a check are left out and listed on `/data`, as in the app.

use diaspora_impact::data::package::load_folder;
use diaspora_impact::html::{Site, twin};
use diaspora_impact::model::lang::Lang;
use diaspora_impact::state::route::Page;
use diaspora_impact::text::Text;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, base] = args.as_slice() else {
        eprintln!("usage: twin <folder of datapackage.json> <path of the site's root>");
        return ExitCode::from(2);
    };
    let package = load_folder(Path::new(folder));
    let views = &package.dataset.catalog.views;
    let pages: Vec<Page> = Page::MENU.into_iter().chain(views.iter().map(|def| Page::View(def.id.clone()))).collect();
    let mut all = Vec::new();
    for lang in Lang::ALL {
        let site = Site { text: Text::new(lang), base: base.as_str().into() };
        for page in &pages {
            let name = match page {
                Page::View(id) => package.dataset.catalog.view(id).map(|def| def.title.get(lang).to_owned()).unwrap_or_default(),
                page => site.t(&page.title_key()),
            };
            all.push(serde_json::json!({
                "route": page.path(),
                "lang": lang.tag(),
                "title": site.text.t("page.window-title", &[("page", &name)]),
                "markup": twin::page(&site, &package, &site.file("data/"), page).into_string(),
            }));
        }
    }
    println!("{}", serde_json::Value::from(all));
    ExitCode::SUCCESS
}
