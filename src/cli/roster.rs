//! `tdesk roster`: weeks of shifts without a screen. What each command does is in its own file.

use super::fill;
use crate::setup::context::{Context, Failure};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Propose a week from cycles, needs, rules and leave, and put it into the draft
    Fill(fill::Args),
}

pub(super) fn run(context: &Context, command: &Command) -> Result<(), Failure> {
    match command {
        Command::Fill(args) => fill::run(context, args),
    }
}
