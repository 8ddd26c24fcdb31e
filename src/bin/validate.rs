//! `cargo run --bin validate -- public/data`: every issue of a data package, then exit code 1 if there are any.
//! `--lang uk` prints the messages in Ukrainian. A line an issue, for `script/test`; `impact check` tells people more.

use diaspora_impact::data::package::load_folder;
use diaspora_impact::model::lang::Lang;
use diaspora_impact::text::Text;
use diaspora_impact::view;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (lang, folder) = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [folder] => (Some(Lang::En), folder),
        ["--lang", lang, folder] | [folder, "--lang", lang] => (Lang::ALL.into_iter().find(|known| known.tag() == lang), folder),
        _ => (None, ""),
    };
    let Some(lang) = lang.filter(|_| !folder.starts_with("--")) else {
        eprintln!("usage: validate [--lang en|uk] <folder of datapackage.json>");
        return ExitCode::from(2);
    };
    let text = Text::new(lang);
    let mut package = load_folder(Path::new(folder));
    view::judge(&mut package);
    for issue in &package.issues {
        let row = issue.row.map(|row| row.to_string()).unwrap_or_default();
        let field = issue.field.as_deref().unwrap_or_default();
        println!("{}:{row}:{field}: {}: {}", issue.file, issue.code.id(), text.issue(issue));
    }
    let rows: u32 = package.rows.values().sum();
    println!("{} resources, {rows} rows, {} issues", package.rows.len(), package.issues.len());
    if package.issues.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
