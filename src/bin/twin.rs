//! `cargo run --bin twin -- public/data /base/ dist [https://origin]`: every page as it stands before the app runs, as JSON for
//! `script/finish.mjs`: `[{"route", "lang", "title", "description", "markup", "linked"}]`. What is taken away of each view, and the catalogue of
//! all, is written into the site's folder. Rows that fail a check are left out and listed on `/data`, as in the app.

use diaspora_impact::data::fragment::Raw;
use diaspora_impact::data::package::load_folder;
use diaspora_impact::html::takeaway::{self, Published};
use diaspora_impact::html::{Site, passive, twin};
use diaspora_impact::model::lang::Lang;
use diaspora_impact::state::route::Page;
use diaspora_impact::text::Text;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (folder, base, dist, origin) = match args.as_slice() {
        [folder, base, dist] => (folder, base, dist, ""),
        [folder, base, dist, origin] => (folder, base, dist, origin.as_str()),
        _ => {
            eprintln!("usage: twin <folder of datapackage.json> <path of the site's root> <folder of the site> [<its scheme and host>]");
            return ExitCode::from(2);
        }
    };
    match build(Path::new(folder), base, Path::new(dist), origin) {
        Ok(pages) => {
            println!("{}", serde_json::Value::from(pages));
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn build(folder: &Path, base: &str, dist: &Path, origin: &str) -> Result<Vec<serde_json::Value>, String> {
    let package = load_folder(folder);
    let read = |path: &str| std::fs::read(folder.join(path)).map_err(|error| error.to_string());
    let raw = Raw::load(&package.descriptor, &read);
    let pages = passive::pages(&package);
    let sites = Lang::ALL.map(|lang| Site { text: Text::new(lang), base: base.into() });
    let languages = sites.each_ref().map(|site| Published { site, package: &package, raw: &raw, origin });
    let mut all = Vec::new();
    for published in &languages {
        let site = published.site;
        for page in &pages {
            let view = match page {
                Page::View(id) => package.dataset.catalog.view(id),
                _ => None,
            };
            let (name, description) = passive::title_and_description(site, &package, page);
            all.push(serde_json::json!({
                "route": page.path(),
                "lang": site.text.lang.tag(),
                "title": site.text.t("page.window-title", &[("page", &name)]),
                "description": description,
                "markup": twin::page(published, &site.file("data/"), page).into_string(),
                "linked": view.map(|def| takeaway::dataset(&published.view(def))),
            }));
            for (def, end) in view.into_iter().flat_map(|def| takeaway::FILES.map(|end| (def, end))) {
                let path = format!("{}.{end}", page.href("", site.text.lang));
                write(&dist.join(path), &published.view(def).file(end)?)?;
            }
        }
    }
    let catalogue = serde_json::to_vec_pretty(&takeaway::catalogue(&languages)).map_err(|error| error.to_string())?;
    write(&dist.join(takeaway::CATALOGUE), &catalogue)?;
    Ok(all)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let at = |error: std::io::Error| format!("{}: {error}", path.display());
    path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(at)?;
    std::fs::write(path, bytes).map_err(at)
}
