//! The built program, always started at a moment of the test's own: what a test sees depends neither on the hour nor on the day
//! it runs at. `tidy` keeps every start of it here.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

/// The moment tests start at, a Tuesday in the early shift; it runs on from there.
pub(crate) const MOMENT: &str = "2026-11-24T10:00";

/// The program, and the arguments every start of it begins with.
pub(crate) fn at(moment: &str) -> (&'static Path, [&str; 2]) {
    (Path::new(env!("CARGO_BIN_EXE_tdesk")), ["--today", moment])
}

/// The program with nothing of the machine's own around it, and the variables a faked clock is told by.
pub(crate) fn command(moment: &str) -> Command {
    let (program, arguments) = at(moment);
    let mut command = Command::new(program);
    command.env_clear().envs(clock_variables()).env("LANG", "C.UTF-8").args(arguments);
    command
}

/// What `faketime` sets, so that the suite can be held against any hour of the machine's clock.
pub(crate) fn clock_variables() -> impl Iterator<Item = (OsString, OsString)> {
    std::env::vars_os().filter(|(name, _)| name == "LD_PRELOAD" || name.to_string_lossy().starts_with("FAKETIME"))
}
