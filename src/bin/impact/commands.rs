//! From the command line to the library and back: what is printed where, and the exit code.

use crate::cli::{self, AddView, Check, Cli, Command, Diff, Import, Init, Into, Online, Publish, Stop, Views};
use crate::progress::Progress;
use diaspora_impact::data::descriptor::FILE;
use diaspora_impact::data::issue::Code;
use diaspora_impact::data::package::Package;
use diaspora_impact::text::Text;
use diaspora_impact::tool::diff::Compared;
use diaspora_impact::tool::mapping::Mapping;
use diaspora_impact::tool::online::Question;
use diaspora_impact::tool::origin::Origin;
use diaspora_impact::tool::saved::{self, Answer, Asked};
use diaspora_impact::tool::sheet::{self, Part};
use diaspora_impact::tool::start::{self, Added};
use diaspora_impact::tool::{check, import, online, publish, table, told, watch};
use serde_json::json;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Done, and nothing is wrong.
const GOOD: u8 = 0;
/// Done, and the package has issues.
const UNSOUND: u8 = 1;
/// Could not be done at all, or was not asked for in a way that we know.
const FAILED: u8 = 2;

/// What a command answers: a text for standard output, and its exit code. The error is a sentence.
type Ended = Result<(String, u8), String>;

/// Runs the program.
pub fn run(args: Vec<OsString>) -> ExitCode {
    let text = Text::new(cli::language(&args, |name| std::env::var(name).ok()));
    let cli = match cli::parse(&args, text) {
        Ok(cli) => cli,
        Err(Stop::Help(help)) => {
            print(&help);
            return GOOD.into();
        }
        Err(Stop::Usage(sentence)) => {
            if args.iter().any(|arg| arg == "--json") {
                print(&format!("{}\n", json!({ "error": sentence })));
            } else {
                tell(&sentence);
            }
            return FAILED.into();
        }
    };
    let answer = match &cli.command {
        Command::Check(options) if options.watch => watched(&cli, options, text),
        Command::Check(options) => checked(&cli, options, text),
        Command::Diff(options) => compared(&cli, options, text),
        Command::Import(what) => imported(&cli, what, text),
        Command::Init(options) => started(&cli, options, text),
        Command::Views(Views::Add(options)) => view_added(&cli, options, text),
        Command::Publish(options) => published(&cli, options, text),
    };
    match answer {
        Ok((out, code)) => {
            print(&out);
            code.into()
        }
        Err(sentence) if cli.json => {
            print(&format!("{}\n", json!({ "error": sentence })));
            FAILED.into()
        }
        Err(sentence) => {
            tell(&sentence);
            FAILED.into()
        }
    }
}

/// Where nobody can be told, the exit code still says it.
fn tell(sentence: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr().lock(), "{sentence}");
}

/// A reader that went away, such as `head`, is no reason to panic.
fn print(out: &str) {
    use std::io::Write;
    let mut to = std::io::stdout().lock();
    let _ = to.write_all(out.as_bytes()).and_then(|()| to.flush());
}

fn checked(cli: &Cli, options: &Check, text: Text) -> Ended {
    let origin = Origin::parse(&options.package, text)?;
    let progress = Progress::new(&origin, options.progress);
    let package = origin.load_telling(&|file| progress.file(file), text);
    progress.end();
    let package = package?;
    let out = if cli.json {
        format!("{:#}\n", check::json(&package, &origin.name(), text))
    } else {
        check::report(&package, &origin.name(), text)
    };
    Ok((out, if package.issues.is_empty() { GOOD } else { UNSOUND }))
}

fn watched(cli: &Cli, options: &Check, text: Text) -> Ended {
    let Origin::Folder(folder) = Origin::parse(&options.package, text)? else { return Err(text.t("impact.watch-folder", &[])) };
    watch::watch(&folder, || {
        match checked(cli, options, text) {
            Ok((out, _)) => print(&out),
            Err(sentence) => tell(&sentence),
        }
        if !cli.json {
            print(&format!("{}\n", text.t("impact.watching", &[])));
        }
        true
    })?;
    Ok((String::new(), GOOD))
}

fn compared(cli: &Cli, options: &Diff, text: Text) -> Ended {
    let [old, new] = [&options.old, &options.new].map(|typed| Origin::parse(typed, text));
    let (old, new) = (old?, new?);
    let packages = (old.load(text)?, new.load(text)?);
    let compared = Compared::new(&packages.0, &packages.1, [old.name(), new.name()], text);
    let out = match options.format.as_deref() {
        _ if cli.json => format!("{:#}\n", compared.json()),
        Some("markdown") => compared.markdown(),
        _ => compared.text(),
    };
    // What cannot be read looks withdrawn: the answer counts only where both are sound.
    let is_sound = packages.0.issues.is_empty() && packages.1.issues.is_empty();
    Ok((out, if is_sound { GOOD } else { UNSOUND }))
}

/// A package in a folder of this machine.
fn own_folder(typed: &str, text: Text) -> Result<PathBuf, String> {
    match Origin::parse(typed, text)? {
        Origin::Folder(folder) => Ok(folder),
        Origin::Web(_) => Err(text.t("impact.folder-only", &[])),
    }
}

fn bytes(path: &Path, text: Text) -> Result<Vec<u8>, String> {
    let name = path.display().to_string();
    std::fs::read(path).map_err(|error| text.t("impact.cannot-read", &[("name", &name), ("reason", &told::reason(&error, text))]))
}

fn mapping(into: &Into, text: Text) -> Result<Mapping, String> {
    let mut mapping = match &into.map {
        Some(path) => Mapping::read(&path.display().to_string(), &String::from_utf8_lossy(&bytes(path, text)?), text)?,
        None => Mapping::default(),
    };
    if let Some(vintage) = &into.vintage {
        mapping.set.insert("vintage".to_owned(), vintage.as_str().into());
    }
    Ok(mapping)
}

fn imported(cli: &Cli, what: &Import, text: Text) -> Ended {
    let into = match what {
        Import::Csv { into, .. } | Import::Xlsx { into, .. } | Import::Worldbank { into, .. } | Import::Unhcr { into, .. } => into,
    };
    let from = own_folder(&into.into, text)?;
    let package = Origin::Folder(from.clone()).load(text)?;
    let mapping = mapping(into, text)?;
    let Answer { rows, left_out, notes } = rows(what, &mapping, &package, text)?;
    let done = import::import(&from, into.out.as_deref(), &mapping, rows, text).map_err(|reasons| reasons.join("\n"))?;
    let new = done.folder.as_ref().map(|folder| Origin::Folder(folder.clone()));
    let loaded = new.as_ref().map(|new| new.load(text)).transpose()?;
    let names = [Some(Origin::Folder(from)), new.clone()].map(|origin| origin.map(|origin| origin.name()).unwrap_or_default());
    let compared = loaded.as_ref().map(|loaded| Compared::new(&package, loaded, names, text));
    let is_sound = loaded.as_ref().is_none_or(|loaded| loaded.issues.is_empty());
    let code = if is_sound { GOOD } else { UNSOUND };
    let counts = done.counts;
    let numbers = [counts.added, counts.revised, counts.confirmed, counts.rivals, counts.unchanged];
    if cli.json {
        let [added, revised, confirmed, rivals, unchanged] = numbers;
        let answer = json!({
            "folder": new.map(|new| new.name()),
            "counts": {"added": added, "revised": revised, "confirmed": confirmed, "rivals": rivals, "unchanged": unchanged},
            "left_out": left_out,
            "notes": notes,
            "diff": compared.map(|compared| compared.json()),
            "sound": is_sound,
        });
        return Ok((format!("{answer:#}\n"), code));
    }
    let [added, revised, confirmed, rivals, unchanged] = numbers.map(|number| number.to_string());
    let args =
        [("added", added.as_str()), ("revised", &revised), ("confirmed", &confirmed), ("rivals", &rivals), ("unchanged", &unchanged)];
    let mut out = text.t("impact.imported", &args) + "\n";
    for what in &left_out {
        out.push_str(&format!("{}\n", text.t("impact.left-out", &[("what", what)])));
    }
    notes.iter().for_each(|note| out.push_str(&format!("{note}\n")));
    match (&new, &loaded, &compared) {
        (Some(new), Some(loaded), Some(compared)) => {
            out.push_str(&format!("{}\n\n{}", text.t("impact.written", &[("name", &new.name())]), compared.text()));
            out.push_str(&format!("\n{}", check::report(loaded, &new.name(), text)));
        }
        _ => out.push_str(&format!("{}\n", text.t("impact.nothing-new", &[]))),
    }
    Ok((out, code))
}

/// What is in the files or on the web, and what was left out of it.
fn rows(what: &Import, mapping: &Mapping, package: &Package, text: Text) -> Result<Answer, String> {
    let saved = |files: &[PathBuf]| -> Result<Vec<(String, Vec<u8>)>, String> {
        files.iter().map(|path| Ok((path.display().to_string(), bytes(path, text)?))).collect()
    };
    match what {
        Import::Csv { file, .. } => {
            let rows = table::read(&bytes(file, text)?, mapping, package, text).map_err(|reasons| reasons.join("\n"))?;
            Ok(Answer { rows, ..Answer::default() })
        }
        Import::Xlsx { file, sheet, header_row, .. } => {
            let part = Part { sheet: sheet.as_deref(), header: *header_row };
            let read = sheet::read(&bytes(file, text)?, part, mapping, text);
            let read = read.and_then(|(cells, notes)| Ok((table::rows(cells, mapping, package, text)?, notes)));
            let (rows, notes) = read.map_err(|reasons| reasons.join("\n"))?;
            Ok(Answer { rows, notes, ..Answer::default() })
        }
        Import::Worldbank { files, of, online: asked, .. } => {
            let pages = match files.as_slice() {
                [one] if !one.exists() && online::is_indicator(&one.display().to_string()) => {
                    online::worldbank(&one.display().to_string(), &question(asked), &Progress::pages(), text)?
                }
                files => saved(files)?,
            };
            saved::worldbank(&pages, &Asked { series: &of.series, source: &of.source, mapping, package }, text)
        }
        Import::Unhcr { files, measure, of_origin, of, online: asked, .. } => {
            let pages = match files.as_slice() {
                [] => online::unhcr(*of_origin, &question(asked), &Progress::pages(), text)?,
                files => saved(files)?,
            };
            let asked = Asked { series: &of.series, source: &of.source, mapping, package };
            saved::unhcr(&pages, measure, *of_origin, &asked, text)
        }
    }
}

fn question(asked: &Online) -> Question<'_> {
    Question {
        countries: &asked.country,
        years: asked.years.as_deref(),
        server: asked.server.as_deref(),
        patience: asked.timeout,
        save: asked.save.as_deref(),
    }
}

fn started(cli: &Cli, options: &Init, text: Text) -> Ended {
    let name = options.folder.display().to_string();
    let title = options.title.clone().unwrap_or_else(|| name.clone());
    start::init(&options.folder, &title, text)?;
    let out = if cli.json { json!({ "folder": name }).to_string() } else { text.t("impact.started", &[("name", &name)]) };
    Ok((out + "\n", GOOD))
}

fn view_added(cli: &Cli, options: &AddView, text: Text) -> Ended {
    let folder = own_folder(&options.package, text)?;
    let row = json!({
        "id": options.id,
        "topic": options.topic,
        "kind": options.kind,
        "title_en": options.title_en,
        "title_uk": options.title_uk,
        "lead_en": options.lead_en,
        "lead_uk": options.lead_uk,
        "series": options.series,
        "marks": [],
        "controls": options.controls,
        "defaults": (!options.place.is_empty()).then(|| format!("place={}", options.place.join("~"))),
        "featured": options.featured,
    });
    let (out, code) = match start::add_view(&folder, row.as_object().cloned().unwrap_or_default(), text)? {
        Added::Done if cli.json => (json!({ "view": options.id }).to_string(), GOOD),
        Added::Done => (text.t("impact.view-added", &[("id", &options.id)]), GOOD),
        Added::Refused(_, package) if cli.json => (format!("{:#}", check::json(&package, &options.package, text)), UNSOUND),
        Added::Refused(report, _) => (format!("{report}{}", text.t("impact.nothing-written", &[])), UNSOUND),
    };
    Ok((out + "\n", code))
}

fn published(cli: &Cli, options: &Publish, text: Text) -> Ended {
    let from = own_folder(&options.package, text)?;
    let to = options.to.display().to_string();
    if publish::is_its_own(&from, &options.to) {
        return Err(text.t("impact.publish-elsewhere", &[("name", &to)]));
    }
    let code = |id: &String| {
        let known = Code::ALL.iter().copied().find(|code| code.id() == id);
        known.ok_or_else(|| text.t("impact.unknown-issue", &[("code", id)]))
    };
    let allowed = options.allow.iter().map(code).collect::<Result<Vec<Code>, String>>()?;
    let mut ready = publish::prepare(&from, &allowed, text)?;
    let refused: Vec<_> = ready.refused(&allowed).into_iter().cloned().collect();
    if !refused.is_empty() {
        ready.package.issues = refused;
        if cli.json {
            return Ok((format!("{:#}\n", check::json(&ready.package, &options.package, text)), UNSOUND));
        }
        let report = check::report(&ready.package, &options.package, text);
        return Ok((format!("{report}{}\n", text.t("impact.not-published", &[])), UNSOUND));
    }
    let before = if options.to.join(FILE).is_file() { Some(Origin::Folder(options.to.clone()).load(text)?) } else { None };
    let kept = publish::publish(&ready, &options.to, text)?;
    if cli.json {
        return Ok((format!("{:#}\n", json!({ "folder": to, "version": ready.version, "versions": kept })), GOOD));
    }
    let args = [("name", to.as_str()), ("version", &ready.version), ("versions", &kept.join(", "))];
    let mut out = text.t("impact.published", &args) + "\n";
    if let Some(before) = before {
        let names = [to.clone(), options.package.clone()];
        out.push_str(&format!("\n{}", Compared::new(&before, &ready.package, names, text).text()));
    }
    Ok((out, GOOD))
}
