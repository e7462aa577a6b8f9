//! All text the commands print goes through here: nothing from the data file can steer a terminal.
//! What is said is not decided here.

use std::io::{self, Write};

/// Prints a line to standard output. A reader that went away (`| head`) is no fault.
pub fn line(text: &str) {
    put(&mut io::stdout().lock(), text);
}

/// Prints a line to standard error.
pub fn complain(text: &str) {
    put(&mut io::stderr().lock(), text);
}

/// Prints a JSON document to standard output.
pub fn json(value: &serde_json::Value) {
    // Control characters are escaped by JSON itself.
    line(&serde_json::to_string_pretty(value).unwrap_or_default());
}

fn put(to: &mut impl Write, text: &str) {
    let clean: String = text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
    let written = writeln!(to, "{clean}").and_then(|()| to.flush());
    if written.is_err_and(|e| e.kind() == io::ErrorKind::BrokenPipe) {
        std::process::exit(0);
    }
}
