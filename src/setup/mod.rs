//! What the desk and the commands both begin with: where the files are, the language, the clock, the settings, and how they
//! end. Nothing is done with any of it here; arguments are read in `cli`.

pub mod clock;
pub mod context;
pub mod out;
pub mod papers;
pub mod pin;
pub mod settings;
pub mod shown;
pub mod write_out;

use self::context::{Context, Failure};

/// Done.
pub const DONE: u8 = 0;
/// Refused or failed, with one line on standard error.
pub const FAILED: u8 = 1;
/// Called wrongly.
pub const USAGE: u8 = 2;

/// What is to be run when no command is given: the desk.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Files, language, clock.
    pub context: Context,
    /// Whether the sample was asked for.
    pub demo: bool,
}

/// Says why, and gives the exit code.
pub fn end(failure: &Failure) -> u8 {
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
