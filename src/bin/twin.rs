//! `cargo run --bin twin -- public/data /base/ 2026-11-21`: every page as it stands before the app runs, as JSON for `script/finish.mjs`:
//! `[{"route", "lang", "title", "description", "markup"}]`. The date says what has ended. Rows that fail a check are left out and listed on `/data`, as in the app.

use diaspora_impact::data::package::load_folder;
use diaspora_impact::html::{Site, passive, twin};
use diaspora_impact::model::date::Date;
use diaspora_impact::model::lang::Lang;
use diaspora_impact::text::Text;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (Some([folder, base]), Some(today)) = (args.first_chunk(), args.get(2).and_then(|text| Date::parse(text))) else {
        eprintln!("usage: twin <folder of datapackage.json> <path of the site's root> <date as YYYY-MM-DD>");
        return ExitCode::from(2);
    };
    let package = load_folder(Path::new(folder));
    let pages = passive::pages(&package);
    let mut all = Vec::new();
    for lang in Lang::ALL {
        let site = Site { text: Text::new(lang), base: base.as_str().into() };
        for page in &pages {
            let (name, description) = passive::title_and_description(&site, &package, page);
            all.push(serde_json::json!({
                "route": page.path(),
                "lang": lang.tag(),
                "title": site.text.t("page.window-title", &[("page", &name)]),
                "description": description,
                "markup": twin::page(&site, &package, &site.file("data/"), page, today).into_string(),
            }));
        }
    }
    println!("{}", serde_json::Value::from(all));
    ExitCode::SUCCESS
}
