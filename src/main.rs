//! Arguments in, exit code out: a command without a screen, or the desk. Nothing else happens here.

use std::process::ExitCode;

use township_desk::{cli, run};

fn main() -> ExitCode {
    // Nobody else on the machine reads what is written here.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let code = match cli::main(std::env::args_os()) {
        Ok(opening) => run::run(opening),
        Err(code) => code,
    };
    ExitCode::from(code)
}
