//! Arguments in, exit code out. Nothing else happens here.

use std::process::ExitCode;

fn main() -> ExitCode {
    match township_desk::cli::main(std::env::args_os()) {
        Ok(_) => ExitCode::SUCCESS,
        Err(code) => ExitCode::from(code),
    }
}
