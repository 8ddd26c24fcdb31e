//! The command line: its shape is here, its words are in `locales/*/impact.json`, found by the names of commands and options.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use diaspora_impact::model::lang::Lang;
use diaspora_impact::text::Text;
use std::ffi::OsString;
use std::path::PathBuf;

#[derive(Parser)]
#[command(name = "impact", version, override_usage = "impact <command> [--lang en|uk] [--json]")]
pub struct Cli {
    #[arg(long, global = true, value_name = "en|uk", value_parser = ["en", "uk"], hide_possible_values = true)]
    lang: Option<String>,
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    #[command(override_usage = "impact check <package> [--watch] [--progress] [--json]")]
    Check(Check),
    #[command(override_usage = "impact diff <old> <new> [--format text|markdown] [--json]")]
    Diff(Diff),
    #[command(override_usage = "impact import csv|xlsx|worldbank|unhcr …", subcommand)]
    Import(Box<Import>),
    #[command(override_usage = "impact init <folder> [--title <title>]")]
    Init(Init),
    #[command(override_usage = "impact views add …", subcommand)]
    Views(Views),
    #[command(override_usage = "impact publish <package> --to <folder> [--allow <code>]…")]
    Publish(Publish),
}

#[derive(Args)]
pub struct Check {
    #[arg(value_name = "package")]
    pub package: String,
    #[arg(long)]
    pub watch: bool,
    #[arg(long)]
    pub progress: bool,
}

#[derive(Args)]
pub struct Diff {
    #[arg(value_name = "old")]
    pub old: String,
    #[arg(value_name = "new")]
    pub new: String,
    #[arg(long, value_name = "text|markdown", value_parser = ["text", "markdown"], hide_possible_values = true)]
    pub format: Option<String>,
}

#[derive(Subcommand)]
pub enum Import {
    #[command(override_usage = "impact import csv <file.csv> --into <package> [--map <mapping.toml>] [--vintage <date>] [--out <folder>]")]
    Csv {
        #[arg(value_name = "file.csv")]
        file: PathBuf,
        #[command(flatten)]
        into: Into,
    },
    #[command(
        override_usage = "impact import xlsx <file.xlsx> --into <package> [--sheet <name>] [--header-row <number>] [--map <mapping.toml>] [--vintage <date>] [--out <folder>]"
    )]
    Xlsx {
        #[arg(value_name = "file.xlsx")]
        file: PathBuf,
        #[arg(long, value_name = "name")]
        sheet: Option<String>,
        #[arg(long = "header-row", id = "header-row", value_name = "number")]
        header_row: Option<u32>,
        #[command(flatten)]
        into: Into,
    },
    #[command(
        override_usage = "impact import worldbank <saved.json>…|<indicator> --series <id> --source <id> --into <package> [--country <code,…>] [--years <from..to>] [--save <folder>] [--out <folder>]"
    )]
    Worldbank {
        #[arg(value_name = "saved.json|indicator", required = true)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        of: Of,
        #[command(flatten)]
        online: Online,
        #[command(flatten)]
        into: Into,
    },
    #[command(
        override_usage = "impact import unhcr [<saved.json>…] --measure <field> --series <id> --source <id> --vintage <date> --into <package> [--years <from..to>] [--country <code>] [--save <folder>] [--out <folder>]"
    )]
    Unhcr {
        #[arg(value_name = "saved.json")]
        files: Vec<PathBuf>,
        #[arg(long, value_name = "field")]
        measure: String,
        #[arg(long = "of-origin", id = "of-origin")]
        of_origin: bool,
        #[command(flatten)]
        of: Of,
        #[command(flatten)]
        online: Online,
        #[command(flatten)]
        into: Into,
    },
}

#[derive(Args)]
pub struct Of {
    #[arg(long, value_name = "id")]
    pub series: String,
    #[arg(long, value_name = "id")]
    pub source: String,
}

/// Only where no file is given.
#[derive(Args)]
pub struct Online {
    #[arg(long, value_name = "code", value_delimiter = ',')]
    pub country: Vec<String>,
    #[arg(long, value_name = "from..to")]
    pub years: Option<String>,
    #[arg(long, value_name = "folder")]
    pub save: Option<PathBuf>,
    #[arg(long, value_name = "address")]
    pub server: Option<String>,
    #[arg(long, value_name = "seconds", value_parser = clap::value_parser!(u64).range(1..=600))]
    pub timeout: Option<u64>,
}

#[derive(Args)]
pub struct Into {
    #[arg(long, value_name = "package")]
    pub into: String,
    #[arg(long, value_name = "mapping.toml")]
    pub map: Option<PathBuf>,
    #[arg(long, value_name = "folder")]
    pub out: Option<PathBuf>,
    #[arg(long, value_name = "date")]
    pub vintage: Option<String>,
}

#[derive(Args)]
pub struct Init {
    #[arg(value_name = "folder")]
    pub folder: PathBuf,
    #[arg(long, value_name = "title")]
    pub title: Option<String>,
}

#[derive(Subcommand)]
pub enum Views {
    #[command(
        override_usage = "impact views add <package> --id <id> --topic <topic> --kind <kind> --series <id,…> --title-en <text> --title-uk <text> --lead-en <text> --lead-uk <text> [--place <code,…>] [--controls <name,…>] [--featured]"
    )]
    Add(Box<AddView>),
}

#[derive(Args)]
pub struct AddView {
    #[arg(value_name = "package")]
    pub package: String,
    #[arg(long, value_name = "id")]
    pub id: String,
    #[arg(long, value_name = "topic")]
    pub topic: String,
    #[arg(long, value_name = "kind")]
    pub kind: String,
    #[arg(long, value_name = "id", value_delimiter = ',', required = true)]
    pub series: Vec<String>,
    #[arg(long = "title-en", id = "title-en", value_name = "text")]
    pub title_en: String,
    #[arg(long = "title-uk", id = "title-uk", value_name = "text")]
    pub title_uk: String,
    #[arg(long = "lead-en", id = "lead-en", value_name = "text")]
    pub lead_en: String,
    #[arg(long = "lead-uk", id = "lead-uk", value_name = "text")]
    pub lead_uk: String,
    #[arg(long, value_name = "code", value_delimiter = ',')]
    pub place: Vec<String>,
    #[arg(long, value_name = "name", value_delimiter = ',')]
    pub controls: Vec<String>,
    #[arg(long)]
    pub featured: bool,
}

#[derive(Args)]
pub struct Publish {
    #[arg(value_name = "package")]
    pub package: String,
    #[arg(long, value_name = "folder")]
    pub to: PathBuf,
    #[arg(long, value_name = "code")]
    pub allow: Vec<String>,
}

/// What ends the program before a command begins: help for standard output, or what is wrong with the command line.
pub enum Stop {
    Help(String),
    Usage(String),
}

/// The language that is asked for, or else the reader's own: it is needed before the rest can be read.
pub fn language(args: &[OsString], env: impl Fn(&str) -> Option<String>) -> Lang {
    let mut args = args.iter().filter_map(|arg| arg.to_str());
    let asked = args.clone().find_map(|arg| arg.strip_prefix("--lang=")).or_else(|| args.find(|arg| *arg == "--lang").and(args.next()));
    let own = || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(env).find(|value| !value.is_empty());
    match asked.map(str::to_owned).or_else(own) {
        Some(tag) if tag.starts_with("uk") => Lang::Uk,
        _ => Lang::En,
    }
}

/// Reads the command line.
pub fn parse(args: &[OsString], text: Text) -> Result<Cli, Stop> {
    let command = worded(Cli::command(), "", text);
    let matches = command.try_get_matches_from(args).map_err(|error| stop(&error, text))?;
    Cli::from_arg_matches(&matches).map_err(|error| stop(&error, text))
}

/// Gives a command, its options and its subcommands their words.
fn worded(command: clap::Command, path: &str, text: Text) -> clap::Command {
    let say = |key: &str| text.t(&format!("impact.help.{key}"), &[]);
    let [arguments, options, commands] = ["arguments", "options", "commands"].map(say);
    let about = say(&format!("{path}about"));
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let is_root = path.is_empty();
    let mut command = command.disable_help_flag(true).disable_version_flag(true).disable_help_subcommand(true).arg(help);
    if is_root {
        command = command.arg(version).after_help(say("exit-codes"));
    }
    let template = format!("{{about}}\n\n{} {{usage}}\n\n{{all-args}}{{after-help}}", say("usage"));
    command = command.about(about).help_template(template).subcommand_help_heading(commands);
    command = command.mut_args(|arg| {
        let id = arg.get_id().as_str().to_owned();
        let heading = if arg.is_positional() { &arguments } else { &options };
        // Options that several commands share have their words where these commands meet.
        let mut at = path;
        while !text.has(&format!("impact.help.{at}{id}")) && !at.is_empty() {
            at = at.trim_end_matches('.').rsplit_once('.').map_or("", |(before, _)| &at[..=before.len()]);
        }
        arg.help(say(&format!("{at}{id}"))).help_heading(heading.clone())
    });
    let names: Vec<String> = command.get_subcommands().map(|one| one.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| command.mut_subcommand(&name, |one| worded(one, &format!("{path}{name}."), text)))
}

/// clap's own sentences are English whatever the reader's language.
fn stop(error: &clap::Error, text: Text) -> Stop {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return Stop::Help(error.to_string());
    }
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(value)) => value.clone(),
        Some(ContextValue::Strings(values)) => values.join(", "),
        _ => String::new(),
    };
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let args = [("argument", argument.as_str()), ("value", &value), ("command", &context(ContextKind::InvalidSubcommand))];
    let key = match error.kind() {
        ErrorKind::UnknownArgument => "unknown-argument",
        ErrorKind::InvalidSubcommand => "unknown-command",
        ErrorKind::MissingRequiredArgument => "missing-argument",
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "missing-command",
        ErrorKind::InvalidValue if value.is_empty() => "missing-value",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "bad-value",
        _ => "not-understood",
    };
    Stop::Usage(text.t(&format!("impact.usage.{key}"), &args))
}
