//! `cargo run --bin validate -- public/data`: every issue of a data package, then exit code 1 if there are any.
//! `--lang uk` prints the messages in Ukrainian. A line an issue, for `script/test`; `impact check` tells people more.

use diaspora_impact::data::package::load_folder;
use diaspora_impact::model::lang::Lang;
use diaspora_impact::text::Text;
use diaspora_impact::view;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut lang = Lang::En;
    let mut folder = None;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match (arg.as_str(), folder.is_none()) {
            ("--lang", _) if args.next().as_deref() == Some("uk") => lang = Lang::Uk,
            ("--lang", _) => {}
            (_, true) => folder = Some(arg),
            _ => folder = None,
        }
    }
    let Some(folder) = folder else {
        eprintln!("usage: validate [--lang uk] <folder of datapackage.json>");
        return ExitCode::from(2);
    };
    let text = Text::new(lang);
    let mut package = load_folder(Path::new(&folder));
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
