//! The commands without a screen, for scripts, cron and checks: one file a command. No rule lives here.

mod args;
mod around;
mod backup;
mod callback;
mod config;
mod demo;
mod doctor;
mod duty;
mod export;
mod fill;
mod filter;
mod find;
mod handover;
mod help;
mod import;
mod init;
mod left;
mod list;
mod one_ticket;
mod operator;
mod rates;
mod refused;
mod report;
mod roster;
mod roster_rules;
mod roster_sheet;
mod ticket;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::parser::ValueSource;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::domain::base::time::{CHINA, said};
use crate::setup::clock::Clock;
use crate::setup::context::{self, Context, Failure};
use crate::setup::{DONE, Opening, USAGE, end, out, settings};
use crate::text::{Lang, t};

/// Over the options that every command takes.
const EVERYWHERE: &str = "Options of every command";

/// A service desk for a township's housing compounds. Without a command it opens the desk.
#[derive(Debug, Parser)]
#[command(name = "tdesk", version, disable_help_subcommand = true)]
pub struct Args {
    /// Data file [default: township-desk/desk.db in the data folder]
    #[arg(long, global = true, help_heading = EVERYWHERE, env = "TDESK_DB", hide_env_values = true, value_name = "FILE")]
    db: Option<PathBuf>,
    /// Settings file [default: township-desk/config.toml in the config folder]
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Language: zh or en
    #[arg(long, global = true, help_heading = EVERYWHERE, value_parser = ["zh", "en"])]
    lang: Option<String>,
    /// Print one JSON document
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    json: bool,
    /// Operator's name
    #[arg(long = "as", global = true, help_heading = EVERYWHERE, value_name = "NAME")]
    operator: Option<String>,
    /// Begin at this moment, as 2026-11-24T10:00; a day alone keeps the time of day
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "DAY|MOMENT")]
    today: Option<String>,
    /// Write although this machine's clock seems slow: it is right
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    trust_clock: bool,
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
    /// Read compounds, homes, residents, staff, tickets or the calendar from a spreadsheet
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
    /// Plan weeks of shifts
    #[command(subcommand)]
    Roster(roster::Command),
    /// The three rates: response, resolution, satisfaction
    Rates(rates::Args),
    /// Draft, sign, take over and print shift handovers
    #[command(subcommand)]
    Handover(handover::Command),
    /// Who works at the desk, and their PINs
    #[command(subcommand)]
    Operator(operator::Command),
    /// Reports to print or hand on
    #[command(subcommand)]
    Report(report::Command),
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

/// Reads the arguments and runs the command. Gives the desk to open, when that was asked for, or the exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> Result<Opening, u8> {
    let arguments: Vec<_> = arguments.into_iter().collect();
    let (args, db_named) = parse(&arguments)?;
    let config = args.config.clone().unwrap_or_else(context::default_config);
    let early = context::language(args.lang.as_deref(), &settings::Settings::default());
    let (settings, odd) = settings::read(&config, early);
    let lang = context::language(args.lang.as_deref(), &settings);
    // `config check` says it itself, as its answer.
    if !matches!(args.command, Some(Command::Config(config::Command::Check))) {
        odd.iter().for_each(|sentence| out::complain(sentence));
    }
    let clock = match args.today.as_deref().map(|text| said(text, Clock::default().now(), CHINA)) {
        Some(None) => {
            let why = t(
                "--today 要一个日期或时刻, 如 2026-11-24、2026-11-24T10:00",
                "--today takes a day or a moment, like 2026-11-24 or 2026-11-24T10:00",
            );
            return Err(end(&Failure::Usage(why.get(lang).to_owned())));
        }
        Some(Some(said)) => Clock::on(said, CHINA),
        None => Clock::default(),
    };
    // The sample never goes where the real data is, unless that place is named with it.
    let makes_sample = matches!(args.command, Some(Command::Demo(_)));
    let db = args
        .db
        .filter(|_| !args.demo || db_named)
        .or_else(|| settings.db.clone().map(PathBuf::from).filter(|_| !args.demo && !makes_sample))
        .unwrap_or_else(|| context::default_db(args.demo || makes_sample));
    let context = Context {
        db,
        config,
        lang,
        json: args.json,
        operator: args.operator,
        clock,
        trusts_clock: args.trust_clock || args.today.is_some(),
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
        Command::Roster(command) => roster::run(&context, &command),
        Command::Rates(args) => rates::run(&context, &args),
        Command::Handover(command) => handover::run(&context, &command),
        Command::Operator(command) => operator::run(&context, &command),
        Command::Report(command) => report::run(&context, &command),
        Command::Backup(args) => backup::backup(&context, &args),
        Command::Restore(args) => backup::restore(&context, &args),
        Command::Check => backup::check(&context),
        Command::Doctor => doctor::run(&context),
        Command::Config(command) => config::run(&context, &command),
        Command::Completions(args) => {
            help::completions(Args::command(), &args);
            Ok(())
        }
        Command::Man => help::man(Args::command(), lang),
    };
    Err(match done {
        Ok(()) => DONE,
        Err(failure) => end(&failure),
    })
}

/// Parses with the help texts in the language that arguments, settings or the locale name. Gives also whether the data
/// file was named on the command line itself.
fn parse(arguments: &[OsString]) -> Result<(Args, bool), u8> {
    let config = early(arguments, "--config").map_or_else(context::default_config, PathBuf::from);
    let (settings, _) = settings::read(&config, Lang::En);
    let flag = early(arguments, "--lang");
    let lang = context::language(flag.as_ref().and_then(|flag| flag.to_str()), &settings);
    let parsed = help::localised(Args::command(), lang).try_get_matches_from(arguments).and_then(|matches| {
        let named = matches.value_source("db") == Some(ValueSource::CommandLine);
        Args::from_arg_matches(&matches).map(|args| (args, named))
    });
    parsed.map_err(|e| {
        let words = help::in_words(&e, lang);
        if e.use_stderr() {
            out::complain(&words);
            USAGE
        } else {
            out::line(&words);
            DONE
        }
    })
}

/// The value of an option before the arguments are parsed: the texts to parse them with depend on it.
fn early(arguments: &[OsString], option: &str) -> Option<OsString> {
    let joined = || {
        let value = |argument: &OsString| Some(argument.to_str()?.strip_prefix(option)?.strip_prefix('=')?.into());
        arguments.iter().find_map(value)
    };
    arguments.iter().skip_while(|argument| *argument != option).nth(1).cloned().or_else(joined)
}
