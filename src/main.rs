//! Arguments in, exit code out: a command without a screen, or the desk. Nothing else happens here.

use std::process::ExitCode;

use township_desk::{cli, exchange, run};

fn main() -> ExitCode {
    // Nobody else on the machine reads what is written here.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    keep_caught_faults_quiet();
    let code = match cli::main(std::env::args_os()) {
        Ok(opening) => run::run(opening),
        Err(code) => code,
    };
    ExitCode::from(code)
}

/// A fault of the workbook reader is caught and told as a sentence; it does not speak for itself as well.
fn keep_caught_faults_quiet() {
    let speak = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !exchange::sheets::is_guarded() {
            speak(panic);
        }
    }));
}
