//! `cargo run --bin search -- public/data`: what readers can search for, as JSON for `script/finish.mjs` and `web/search.js`:
//! for each language `{"kinds": […], "entries": [[kind, title, context, address, words, places]]}`. A kind and a place are
//! positions in the lists; what is empty at the end of an entry is left out.

use diaspora_impact::data::package::load_folder;
use diaspora_impact::model::lang::Lang;
use diaspora_impact::text::Text;
use diaspora_impact::view::search::{self, Entry, Kind};
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder] = args.as_slice() else {
        eprintln!("usage: search <folder of datapackage.json>");
        return ExitCode::from(2);
    };
    let package = load_folder(Path::new(folder));
    let places = search::place_addresses(&package);
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.id()).collect();
    let index = |lang| {
        let entries: Vec<Value> = search::entries(&package, &places, Text::new(lang)).into_iter().map(compact).collect();
        (lang.tag().to_owned(), json!({"kinds": kinds, "entries": entries}))
    };
    println!("{}", Value::Object(Lang::ALL.into_iter().map(index).collect()));
    ExitCode::SUCCESS
}

fn compact(entry: Entry) -> Value {
    let mut parts = vec![json!(entry.kind as usize), json!(entry.title), json!(entry.context), json!(entry.address)];
    if !entry.words.is_empty() || !entry.places.is_empty() {
        parts.push(json!(entry.words));
    }
    if !entry.places.is_empty() {
        parts.push(json!(entry.places));
    }
    Value::from(parts)
}
