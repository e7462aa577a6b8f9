//! A PIN asked for: at the terminal without showing what is typed, or as a line of standard input for scripts.
//! Whether it is right is the store's to say.

use std::io::{BufRead, IsTerminal, Write};

use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

use super::context::{Context, Failure};
use crate::domain::pin::Pin;
use crate::text::t;

/// Asks for a PIN; an empty line is none.
///
/// # Errors
/// When there is no terminal to ask at, or what was typed is no PIN.
pub fn ask(context: &Context, what: &str, from_stdin: bool) -> Result<Option<Pin>, Failure> {
    let line = if from_stdin { line(context)? } else { unseen(context, what)? };
    let line = line.trim();
    if line.is_empty() {
        return Ok(None);
    }
    Pin::new(line).map(Some).map_err(|refusal| context.refused(&refusal))
}

fn line(context: &Context) -> Result<String, Failure> {
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    read.map(|_| line).map_err(|_| no_terminal(context))
}

fn no_terminal(context: &Context) -> Failure {
    let words = t(
        "没有终端可以输入 PIN; 脚本里用 --pin-stdin, 从标准输入读一行",
        "There is no terminal to ask for the PIN; a script gives it as a line of standard input with --pin-stdin",
    );
    Failure::Refused(words.get(context.lang).to_owned())
}

fn unseen(context: &Context, what: &str) -> Result<String, Failure> {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        return Err(no_terminal(context));
    }
    let before = tcgetattr(&stdin).map_err(|_| no_terminal(context))?;
    let mut quiet = before.clone();
    quiet.local_modes.remove(LocalModes::ECHO);
    let mut err = std::io::stderr().lock();
    let _ = write!(err, "{what}: ").and_then(|()| err.flush());
    tcsetattr(&stdin, OptionalActions::Flush, &quiet).map_err(|_| no_terminal(context))?;
    let typed = line(context);
    // Whatever was typed, the terminal shows again what is typed next.
    let _ = tcsetattr(&stdin, OptionalActions::Flush, &before);
    let _ = writeln!(err);
    typed
}
