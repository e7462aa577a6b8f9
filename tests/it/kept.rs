//! Files that are made from the program and kept beside it: the key tables of the README, the golden frames.
//! With `RENEW=1` they are written anew instead of compared; what changed is then read before it is kept.

use std::fs;
use std::path::Path;

/// The file at `path` (from the top of the project) must hold exactly `text`.
pub(crate) fn same(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("RENEW").is_some() {
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(&file, text).expect("the file can be written");
        return;
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    if kept != text {
        let differ = kept.lines().zip(text.lines()).position(|(a, b)| a != b);
        let at = differ.unwrap_or_else(|| kept.lines().count().min(text.lines().count()));
        let line = |text: &str| text.lines().nth(at).unwrap_or("(nothing)").to_owned();
        panic!(
            "{path} is not what the program makes; the first line that differs is {}:\n  kept: {}\n  made: {}\n\
             If the change is meant: RENEW=1 cargo test --test it, and look at what changed.",
            at + 1,
            line(&kept),
            line(text)
        );
    }
}

/// The part of a file between `<!-- name -->` and `<!-- /name -->` must be exactly `text`.
pub(crate) fn same_part(path: &str, name: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let kept = fs::read_to_string(file).unwrap_or_else(|e| panic!("{path}: {e}"));
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let parts = kept.split_once(&open).and_then(|(before, rest)| Some((before, rest.split_once(&close)?.1)));
    let (before, after) = parts.unwrap_or_else(|| panic!("{path} has no part {name}"));
    same(path, &format!("{before}{open}{text}{close}{after}"));
}
