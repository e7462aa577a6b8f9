//! All text the commands print goes through here: nothing from the data file can steer a terminal.
//! What is said is not decided here.

use std::io::{self, Write};

/// Prints a line to standard output; tabs part its columns.
pub fn line(text: &str) {
    bytes(clean(text).as_bytes());
}

/// Prints a line to standard error. Where nobody can be told anything, the exit code still tells.
pub fn complain(text: &str) {
    let _ = io::stderr().lock().write_all(clean(text).as_bytes());
}

/// Writes a made document to standard output as it is: a table, a script, a page.
///
/// A reader that went away (`| head`) is no fault: the program ends as if it had read all. An output that cannot take
/// more (a full disk) is one, for what was asked for has not come out.
pub fn bytes(bytes: &[u8]) {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => {}
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => std::process::exit(i32::from(super::DONE)),
        Err(e) => {
            complain(&format!("tdesk: {}", e.kind()));
            std::process::exit(i32::from(super::FAILED));
        }
    }
}

/// Prints a JSON document to standard output.
pub fn json(value: &serde_json::Value) {
    // Control characters are escaped by JSON itself.
    line(&serde_json::to_string_pretty(value).unwrap_or_default());
}

fn clean(text: &str) -> String {
    let seen = |c: char| if c.is_control() && !matches!(c, '\n' | '\t') { ' ' } else { c };
    text.chars().map(seen).chain(['\n']).collect()
}
