//! From the command line to the library and back: what is printed where, and the exit code.

use crate::cli::{self, Check, Cli, Command, Diff, Stop};
use diaspora_impact::text::Text;
use diaspora_impact::tool::diff::Compared;
use diaspora_impact::tool::origin::Origin;
use diaspora_impact::tool::{check, watch};
use serde_json::json;
use std::ffi::OsString;
use std::process::ExitCode;

/// Done, and nothing is wrong.
const GOOD: u8 = 0;
/// Done, and the package has issues.
const UNSOUND: u8 = 1;
/// Could not be done at all, or was not asked for in a way that we know.
const FAILED: u8 = 2;

/// What a command answers: a text for standard output, and its exit code. The error is a sentence.
type Answer = Result<(String, u8), String>;

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
            eprintln!("{sentence}");
            return FAILED.into();
        }
    };
    let answer = match &cli.command {
        Command::Check(options) if options.watch => watched(&cli, options, text),
        Command::Check(options) => checked(&cli, options, text),
        Command::Diff(options) => compared(&cli, options, text),
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
            eprintln!("{sentence}");
            FAILED.into()
        }
    }
}

/// A reader that went away, such as `head`, is no reason to panic.
fn print(out: &str) {
    use std::io::Write;
    let mut to = std::io::stdout().lock();
    let _ = to.write_all(out.as_bytes()).and_then(|()| to.flush());
}

fn checked(cli: &Cli, options: &Check, text: Text) -> Answer {
    let origin = Origin::parse(&options.package, text)?;
    let package = origin.load(text)?;
    let out = if cli.json {
        format!("{:#}\n", check::json(&package, &origin.name(), text))
    } else {
        check::report(&package, &origin.name(), text)
    };
    Ok((out, if package.issues.is_empty() { GOOD } else { UNSOUND }))
}

fn watched(cli: &Cli, options: &Check, text: Text) -> Answer {
    let Origin::Folder(folder) = Origin::parse(&options.package, text)? else { return Err(text.t("impact.watch-folder", &[])) };
    watch::watch(&folder, || {
        match checked(cli, options, text) {
            Ok((out, _)) => print(&out),
            Err(sentence) => eprintln!("{sentence}"),
        }
        if !cli.json {
            print(&format!("{}\n", text.t("impact.watching", &[])));
        }
        true
    })?;
    Ok((String::new(), GOOD))
}

fn compared(cli: &Cli, options: &Diff, text: Text) -> Answer {
    let [old, new] = [&options.old, &options.new].map(|typed| Origin::parse(typed, text));
    let (old, new) = (old?, new?);
    let packages = (old.load(text)?, new.load(text)?);
    let compared = Compared::new(&packages.0, &packages.1, [old.name(), new.name()], text);
    let out = match options.format.as_deref() {
        _ if cli.json => format!("{:#}\n", compared.json()),
        Some("markdown") => compared.markdown(),
        _ => compared.text(),
    };
    Ok((out, GOOD))
}
