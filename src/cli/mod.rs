//! The commands without a screen, for scripts, cron and checks: one file a command. No rule lives here.

pub mod clock;
pub mod context;
pub mod out;
pub mod settings;

mod backup;
mod config;
mod demo;
mod doctor;
mod duty;
mod export;
mod find;
mod help;
mod import;
pub mod init;
mod ticket;

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use self::clock::Clock;
use self::context::{Context, Failure};
use crate::domain::time::{CHINA, parse_day};
use crate::text::{Lang, t};

/// Done.
pub const DONE: u8 = 0;
/// Refused or failed, with one line on standard error.
pub const FAILED: u8 = 1;
/// Called wrongly.
pub const USAGE: u8 = 2;

/// A service desk for a township's housing compounds. Without a command it opens the desk.
#[derive(Debug, Parser)]
#[command(name = "tdesk", version, disable_help_subcommand = true)]
pub struct Args {
    /// Data file [default: township-desk/desk.db in the data folder]
    #[arg(long, global = true, env = "TDESK_DB", value_name = "FILE")]
    db: Option<PathBuf>,
    /// Settings file [default: township-desk/config.toml in the config folder]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Language: zh or en
    #[arg(long, global = true, value_parser = ["zh", "en"])]
    lang: Option<String>,
    /// Print one JSON document
    #[arg(long, global = true)]
    json: bool,
    /// Operator's name
    #[arg(long = "as", global = true, value_name = "NAME")]
    operator: Option<String>,
    /// Take this day for today, as 2026-11-24
    #[arg(long, global = true, value_name = "DATE")]
    today: Option<String>,
    /// Look round a sample township, in a file of its own
    #[arg(long)]
    demo: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Fill a new file with a sample township; never overwrites
    Demo(demo::Args),
    /// Make an empty township with categories, ready for import
    Init(init::Args),
    /// Read compounds, homes, residents, staff or tickets from a spreadsheet
    Import(import::Args),
    /// Write residents, homes or tickets to a spreadsheet, masked unless --full
    Export(export::Args),
    /// Find residents, homes, tickets, staff
    Find(find::Args),
    /// Take, list, show and move tickets
    #[command(subcommand)]
    Ticket(ticket::Command),
    /// Who is on duty
    Duty(duty::Args),
    /// Make a backup
    Backup(backup::BackupArgs),
    /// Put a backup in the place of the data file; the old file is kept beside it
    Restore(backup::RestoreArgs),
    /// Check the data file
    Check,
    /// Tell about this machine, its terminal and its files
    Doctor,
    /// Where the settings are, what they say, whether they hold
    #[command(subcommand)]
    Config(config::Command),
    /// Print completions for a shell
    Completions(help::CompletionsArgs),
    /// Print the manual page
    Man,
}

/// What is to be run when no command is given: the desk.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Files, language, clock.
    pub context: Context,
    /// Whether the sample was asked for.
    pub demo: bool,
}

/// Reads the arguments and runs the command. Gives the desk to open, when that was asked for, or the exit code.
pub fn main(arguments: impl IntoIterator<Item = std::ffi::OsString>) -> Result<Opening, u8> {
    let arguments: Vec<_> = arguments.into_iter().collect();
    let args = match parse(&arguments) {
        Ok(args) => args,
        Err(code) => return Err(code),
    };
    let config = args.config.clone().unwrap_or_else(context::default_config);
    let early = context::language(args.lang.as_deref(), &settings::Settings::default());
    let (settings, odd) = settings::read(&config, early);
    let lang = context::language(args.lang.as_deref(), &settings);
    odd.iter().for_each(|sentence| out::complain(sentence));
    let today = match args.today.as_deref().map(|text| (text, parse_day(text, Clock::default().today()))) {
        Some((_, None)) => {
            return Err(end(
                lang,
                &Failure::Usage(
                    t("--today 要一个日期, 如 2026-11-24", "--today takes a day, like 2026-11-24").get(lang).to_owned(),
                ),
            ));
        }
        Some((_, day)) => day,
        None => None,
    };
    let db = args
        .db
        .or_else(|| settings.db.clone().map(PathBuf::from).filter(|_| !args.demo))
        .unwrap_or_else(|| context::default_db(args.demo));
    let context = Context {
        db,
        config,
        lang,
        json: args.json,
        operator: args.operator,
        clock: Clock::on(today, CHINA),
        settings,
    };
    let Some(command) = args.command else {
        return Ok(Opening { context, demo: args.demo });
    };
    let done = match command {
        Command::Demo(args) => demo::run(&context, &args),
        Command::Init(args) => init::run(&context, &args),
        Command::Import(args) => import::run(&context, &args),
        Command::Export(args) => export::run(&context, &args),
        Command::Find(args) => find::run(&context, &args),
        Command::Ticket(command) => ticket::run(&context, &command),
        Command::Duty(args) => duty::run(&context, &args),
        Command::Backup(args) => backup::backup(&context, &args),
        Command::Restore(args) => backup::restore(&context, &args),
        Command::Check => backup::check(&context),
        Command::Doctor => doctor::run(&context),
        Command::Config(command) => config::run(&context, &command),
        Command::Completions(args) => help::completions(&args),
        Command::Man => help::man(),
    };
    Err(match done {
        Ok(()) => DONE,
        Err(failure) => end(lang, &failure),
    })
}

/// Says why, and gives the exit code.
pub fn end(_: Lang, failure: &Failure) -> u8 {
    match failure {
        Failure::Refused(why) => {
            out::complain(&format!("tdesk: {why}"));
            FAILED
        }
        Failure::Usage(why) => {
            out::complain(&format!("tdesk: {why}"));
            USAGE
        }
    }
}

/// Parses with the help texts in the language that the arguments or the locale name.
fn parse(arguments: &[std::ffi::OsString]) -> Result<Args, u8> {
    let flag = arguments.iter().skip_while(|a| *a != "--lang").nth(1).and_then(|a| a.to_str());
    let flag = flag.or_else(|| arguments.iter().find_map(|a| a.to_str()?.strip_prefix("--lang=")));
    let lang = context::language(flag, &settings::Settings::default());
    let parsed =
        help::localised(Args::command(), lang).try_get_matches_from(arguments).and_then(|m| Args::from_arg_matches(&m));
    parsed.map_err(|e| {
        let code = if matches!(e.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) { DONE } else { USAGE };
        // A reader that went away is no fault.
        let _ = e.print();
        code
    })
}
