//! `cargo run --bin twin -- public/data /base/ dist versions [https://origin]`: every page as it stands before the app runs, as JSON for
//! `script/finish.mjs`: `[{"route", "lang", "title", "description", "markup", "data", "part", "linked", "pictures", "card"}]`, an embed with `foot`, `page` and `oembed`, a talk with
//! `stage` and `charts` instead of `markup`, its editor with `editor`. What is taken away of each view, and the catalogue of
//! all, is written into the site's folder. Rows that fail a check are left out and listed on `/data`, as in the app.

use diaspora_impact::data::contract::CONTRACTS;
use diaspora_impact::data::descriptor::{Entry, FILE, sha256_hex};
use diaspora_impact::data::fragment::{self, Raw};
use diaspora_impact::data::package::{Package, load_folder};
use diaspora_impact::html::embed::{self, Kept};
use diaspora_impact::html::passive::changes;
use diaspora_impact::html::takeaway::{self, Published};
use diaspora_impact::html::{Site, card, editor, passive, picture, present, twin};
use diaspora_impact::model::catalog::ViewDef;
use diaspora_impact::model::lang::Lang;
use diaspora_impact::state::route::Page;
use diaspora_impact::state::view_state::Annotations;
use diaspora_impact::text::Text;
use diaspora_impact::view::{self, headline, talk};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (folder, base, dist, versions, origin) = match args.as_slice() {
        [folder, base, dist, versions] => (folder, base, dist, versions, ""),
        [folder, base, dist, versions, origin] => (folder, base, dist, versions, origin.as_str()),
        _ => {
            eprintln!(
                "usage: twin <folder of datapackage.json> <path of the site's root> <folder of the site> <folder of kept packages> [<its scheme and host>]"
            );
            return ExitCode::from(2);
        }
    };
    match build(Path::new(folder), base, Path::new(dist), Path::new(versions), origin) {
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

fn build(folder: &Path, base: &str, dist: &Path, versions: &Path, origin: &str) -> Result<Vec<serde_json::Value>, String> {
    let now = load(folder);
    let mut kept: Vec<Kept> = Vec::new();
    // Kept by script/build, and beside this package by `impact publish`.
    for old in [versions, &folder.join("v")].into_iter().flat_map(folders).map(|folder| load(&folder)) {
        if old.version() != now.version() && kept.iter().all(|known| known.version() != old.version()) {
            kept.push(old);
        }
    }
    kept.sort_by(|a, b| (a.created(), a.version()).cmp(&(b.created(), b.version())));
    kept.push(now);
    kept.iter_mut().for_each(|one| view::judge(&mut one.package));
    if let Some(now) = kept.last_mut() {
        let found = talk::judge(&now.package);
        now.package.issues.extend(found);
    }
    let Some(now) = kept.last() else { return Ok(Vec::new()) };
    let (package, raw) = (&now.package, &now.raw);
    let pages = passive::pages(package);
    let sites = Lang::ALL.map(|lang| Site { text: Text::new(lang), base: base.into() });
    let languages = sites.each_ref().map(|site| Published { site, package, raw, origin, kept: &kept });
    let mut all = Vec::new();
    for published in &languages {
        let site = published.site;
        for page in &pages {
            let view = match page {
                Page::View(id) => package.dataset.catalog.view(id),
                _ => None,
            };
            let (name, description) = passive::title_and_description(site, package, page);
            all.push(json!({
                "route": page.path(),
                "lang": site.text.lang.tag(),
                "title": site.text.t("page.window-title", &[("page", &name)]),
                "description": description,
                "markup": twin::page(published, &site.file("data/"), page).into_string(),
                "data": data(package, page).1,
                "part": part(now, dist, page)?,
                "card": card::of_page(site, package, page),
                "pictures": view.map(|def| {
                    let spec = view::figure(&package.dataset, def, &view::default_state(def), site.text);
                    picture::pictures(site, def, &spec)
                }),
                "linked": view.map(|def| takeaway::dataset(&published.view(def))),
                "oembed": view.map(|def| format!("{origin}{base}{}", embed::oembed_path(published, def))),
            }));
            for (def, end) in view.into_iter().flat_map(|def| takeaway::FILES.map(|end| (def, end))) {
                let path = format!("{}.{end}", page.href("", site.text.lang));
                write(&dist.join(path), &published.view(def).file(end)?)?;
            }
        }
    }
    if let (Some((last, earlier)), [site, ..]) = (kept.split_last(), &sites) {
        for old in earlier {
            write_json(&dist.join(changes::path(old)), &changes::file(old, last, site))?;
        }
    }
    for def in &package.dataset.catalog.views {
        for old in &kept {
            for lang in Lang::ALL {
                if let Some(bundle) = old.bundle(&def.id, lang) {
                    write_json(&dist.join(embed::bundle_path(old.version(), &def.id, lang)), &bundle?.into())?;
                }
            }
        }
        for published in &languages {
            let page = Page::View(def.id.clone());
            let (name, description) = passive::title_and_description(published.site, package, &page);
            all.push(json!({
                "route": embed::route(def),
                "lang": published.site.text.lang.tag(),
                "title": published.site.text.t("page.window-title", &[("page", &name)]),
                "description": description,
                "markup": embed_figure(now, published, def)?,
                "foot": embed::foot(published, def, &kept).into_string(),
                "page": embed::address(published, &page.path()),
            }));
            write_json(&dist.join(embed::oembed_path(published, def)), &embed::oembed(published, def))?;
        }
    }
    for published in &languages {
        let site = published.site;
        let text = |title: &str| site.text.t("page.window-title", &[("page", title)]);
        all.push(json!({
            "route": present::ROUTE,
            "lang": site.text.lang.tag(),
            "title": text(&site.t("present.talks")),
            "description": site.t("present.talks-lead"),
            "stage": present::list(published).into_string(),
            "card": {"title": site.t("present.talks"), "text": site.t("present.talks-lead")},
        }));
        for deck in &package.decks {
            all.push(json!({
                "route": present::route(deck),
                "lang": site.text.lang.tag(),
                "title": text(deck.title(site.text.lang)),
                "description": deck.lead.get(site.text.lang),
                "stage": present::deck(published, deck).into_string(),
                "card": card::of_deck(site, package, deck),
                "charts": present::charts(published, deck),
            }));
            all.push(json!({
                "route": editor::route(deck),
                "lang": site.text.lang.tag(),
                "title": text(&site.text.t("edit.title", &[("talk", deck.title(site.text.lang))])),
                "description": site.t("edit.lead"),
                "editor": editor::page(published, deck).into_string(),
            }));
        }
    }
    let catalogue = serde_json::to_vec_pretty(&takeaway::catalogue(&languages)).map_err(|error| error.to_string())?;
    write(&dist.join(takeaway::CATALOGUE), &catalogue)?;
    Ok(all)
}

/// Views that a page shows, and the files that the app asks for before it shows them, first those that it asks for first.
fn data<'a>(package: &'a Package, page: &Page) -> (Vec<&'a ViewDef>, Vec<String>) {
    let catalog = &package.dataset.catalog;
    let shows = |def: &&ViewDef| match page {
        Page::Overview => def.featured,
        Page::Topic(topic) => def.topic == *topic,
        Page::View(id) => def.id == *id,
        _ => false,
    };
    let mut names: Vec<&str> = match page {
        Page::Data => CONTRACTS.iter().map(|contract| contract.name).collect(),
        Page::Overview => {
            let cards = package.headlines.iter().flat_map(|def| headline::needs(&package.dataset, def));
            ["views", "series", "units", "headlines"].into_iter().chain(cards).collect()
        }
        Page::Topic(_) | Page::View(_) => vec!["views", "series", "units"],
        _ => Vec::new(),
    };
    let views: Vec<&ViewDef> = catalog.views.iter().filter(shows).collect();
    for def in &views {
        names.extend(view::needs(catalog, def));
        names.extend((view::default_state(def).annotations == Annotations::Events).then_some("events"));
    }
    let mut paths: Vec<String> = Vec::new();
    for entry in names.into_iter().filter_map(|name| package.descriptor.entry(name)) {
        // What a worker reads, the page does not ask for.
        if !entry.is_large() && !paths.contains(&entry.path) {
            paths.push(entry.path.clone());
        }
    }
    (views, paths)
}

/// A page's own part of the package: the rows of its views as one file, whose path this is. None where a page shows no view, or a table
/// that is large: its rows are read beside the page.
fn part(kept: &Kept, dist: &Path, page: &Page) -> Result<Option<String>, String> {
    let (package, (views, paths)) = (&kept.package, data(&kept.package, page));
    let catalog = &package.dataset.catalog;
    let is_large =
        |def: &&ViewDef| view::needs(catalog, def).iter().any(|name| package.descriptor.entry(name).is_some_and(Entry::is_large));
    if views.is_empty() || views.iter().any(is_large) {
        return Ok(None);
    }
    let ids: Vec<&str> = views.iter().map(|def| &*def.id).collect();
    // Of views those that it shows, not all.
    let listed = package.descriptor.entries.iter().filter(|entry| entry.name != "views" && paths.contains(&entry.path));
    let names: Vec<&str> = listed.map(|entry| &*entry.name).collect();
    // By the address below the site's root that the app asks for.
    let mut files = serde_json::Map::from_iter([("config.json".to_owned(), json!({"package": format!("data/{FILE}")}).to_string().into())]);
    let own = kept.raw.page(&ids, &names)?;
    files.insert("places".to_owned(), json!(fragment::places(&package.dataset, &own)?)); // web/boot.js
    files.extend(own.into_iter().map(|(file, text)| (format!("data/{file}"), text)));
    let bytes = serde_json::Value::from(files).to_string().into_bytes();
    let name = page.path().replace('/', "-");
    let hash: String = sha256_hex(&bytes).chars().take(16).collect();
    let path = format!("parts/{}-{hash}.json", if name.is_empty() { "overview" } else { &name });
    write(&dist.join(&path), &bytes)?;
    Ok(Some(path))
}

/// As the app finds the rows in the embed's one file.
fn embed_figure(now: &Kept, published: &Published, def: &ViewDef) -> Result<String, String> {
    let files = now.bundle(&def.id, published.site.text.lang).unwrap_or_else(|| Err(def.id.clone()))?;
    let places = fragment::places(&now.package.dataset, &files)?;
    Ok(fragment::renamed(&embed::figure(published, def).into_string(), &places))
}

fn load(folder: &Path) -> Kept {
    let package = load_folder(folder);
    let read = |path: &str| std::fs::read(folder.join(path)).map_err(|error| error.to_string());
    let raw = Raw::load(&package.descriptor, &read);
    Kept { package, raw }
}

/// What is in a folder, in order of name; nothing if there is none.
fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder).map(|all| all.flatten().map(|one| one.path()).collect()).unwrap_or_default();
    all.sort();
    all
}

fn write_json(path: &Path, value: &serde_json::Value) -> Result<(), String> {
    write(path, value.to_string().as_bytes())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let at = |error: std::io::Error| format!("{}: {error}", path.display());
    path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(at)?;
    std::fs::write(path, bytes).map_err(at)
}
