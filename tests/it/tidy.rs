//! Reads the sources and keeps true what `src/lib.rs` says of them. It runs nothing of the program.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use township_desk::desk::frame::command;

/// Lines of a file at most: a longer one is asking to be two.
const LINES_AT_MOST: usize = 500;

/// A source file, its path as written from the top (`src/desk/ticket/act.rs`).
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The text without comments.
    fn code(&self) -> String {
        let uncommented = |line: &str| {
            let line = line.trim_start();
            if line.starts_with("//") { String::new() } else { line.split(" // ").next().unwrap_or(line).to_owned() }
        };
        self.text.lines().map(uncommented).collect::<Vec<_>>().join("\n")
    }

    /// The code without its tests, which stand last.
    fn code_without_tests(&self) -> String {
        if self.path.ends_with("/tests.rs") {
            return String::new();
        }
        self.code().split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned()
    }

    /// `desk` for `src/desk/ticket/act.rs`; nothing for files at the top of `src`.
    fn room(&self) -> Option<&str> {
        self.path.strip_prefix("src/")?.split_once('/').map(|(room, _)| room)
    }
}

pub(crate) fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &str) -> Vec<Source> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&top().join(folder), &mut found);
    found.sort();
    assert!(!found.is_empty(), "no sources in {folder}");
    let source = |path: PathBuf| Source {
        text: fs::read_to_string(&path).expect("a source"),
        path: path.strip_prefix(top()).expect("inside").to_string_lossy().into_owned(),
    };
    found.into_iter().map(source).collect()
}

/// Whether `word` stands in `text` as a word of its own.
fn has_word(text: &str, word: &str) -> bool {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(part_of_word);
        let after = text[at + word.len()..].chars().next().is_some_and(part_of_word);
        !before && !after
    })
}

/// What is named behind each `crate::` of a text, groups in braces taken apart.
fn roots(code: &str) -> BTreeSet<String> {
    named_behind("crate::", code)
}

fn named_behind(what: &str, code: &str) -> BTreeSet<String> {
    let name = |text: &str| text.chars().take_while(|&c| c.is_alphanumeric() || c == '_').collect::<String>();
    let mut roots = BTreeSet::new();
    for (at, found) in code.match_indices(what) {
        let rest = &code[at + found.len()..];
        match rest.strip_prefix('{') {
            Some(group) => roots.extend(group.split('}').next().unwrap_or(group).split(',').map(|n| name(n.trim()))),
            None => drop(roots.insert(name(rest))),
        }
    }
    roots
}

#[test]
fn each_room_imports_only_what_it_may() {
    let allowed: [(&str, &[&str]); 11] = [
        ("domain", &[]),
        ("text", &["domain"]),
        ("search", &["domain"]),
        ("store", &["domain"]),
        ("exchange", &["domain", "text"]),
        ("desk", &["domain", "text", "search"]),
        ("view", &["domain", "text", "desk"]),
        ("term", &["text", "desk"]),
        ("setup", &["domain", "text", "search", "store", "exchange"]),
        ("cli", &["domain", "text", "search", "store", "exchange", "setup"]),
        ("run", &["domain", "text", "search", "store", "exchange", "desk", "view", "term", "setup"]),
    ];
    let mut wrong = Vec::new();
    for source in sources("src") {
        let Some(room) = source.room() else { continue };
        let (_, may) = allowed.iter().find(|(known, _)| *known == room).unwrap_or_else(|| panic!("room {room}?"));
        for root in roots(&source.code()) {
            // The two macros of `domain`, which Rust puts at the top of the crate.
            let of_domain = ["coded", "tracked"].contains(&root.as_str());
            let root = if of_domain { "domain" } else { root.as_str() };
            if root != room && !may.contains(&root) {
                wrong.push(format!("{} names crate::{root}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The files of the commands, but for the list of them all in `mod.rs`, can be put into an order in which each imports only
/// files before it.
#[test]
fn no_command_file_imports_one_that_imports_it() {
    let name = |source: &Source| source.path.trim_start_matches("src/cli/").trim_end_matches(".rs").to_owned();
    let files = sources("src/cli").into_iter().filter(|source| !source.path.ends_with("/mod.rs"));
    let mut left: BTreeMap<String, BTreeSet<String>> =
        files.map(|source| (name(&source), named_behind("super::", &source.code_without_tests()))).collect();
    assert!(left.values().flatten().any(|imported| left.contains_key(imported)), "nothing imports anything");
    loop {
        let free = |imported: &BTreeSet<String>| imported.iter().all(|one| !left.contains_key(one));
        let Some(next) = left.iter().find(|(_, imported)| free(imported)).map(|(name, _)| name.clone()) else { break };
        left.remove(&next);
    }
    assert!(left.is_empty(), "a circle, or behind one: {left:#?}");
}

/// Words of code, and the only places they may stand in.
const ONLY_IN: &[(&[&str], &[&str])] = &[
    (&["rusqlite"], &["src/store/file/engine/"]),
    (&["ratatui"], &["src/view/", "src/term/"]),
    (&["crossterm"], &["src/term/"]),
    (&["tui_input"], &["src/desk/frame/field.rs"]),
    (&["SystemTime::now", "Instant::now", "Utc::now", "Local::now", "Local"], &["src/setup/", "src/run/", "src/term/"]),
    (&["set_symbol"], &["src/view/frame/popup.rs"]),
    // What is shared and changes belongs to who runs threads; rules and words have nothing to keep.
    (&["Mutex", "RwLock"], &["src/run/", "src/store/file/whole.rs"]),
    // Pages are templates, and the engine escapes what is put into them.
    (&["\"&amp;", "\"&lt;", "set_auto_escape_callback", "from_safe_string"], &[]),
    // A file that is filled in one go is one transaction from its beginning to its end.
    (&["\"BEGIN", "\"COMMIT", "\"ROLLBACK", "SAVEPOINT"], &["src/store/file/engine/", "src/store/file/whole.rs"]),
    // What a desk changes, and an old file brought up; both are refused when the file has gone from under its name.
    (
        &["in_transaction"],
        &[
            "src/store/file/engine/",
            "src/store/file/held.rs",
            "src/store/file/writer.rs",
            "src/store/file/upgrade/mod.rs",
        ],
    ),
    // One that is restored over is kept from others.
    (&["keep_others_out"], &["src/store/file/engine/", "src/store/file/backup/restore.rs"]),
    // A file a person may name is written by `write_out` alone; the others make and keep the data file and what is beside it.
    (
        &[
            "fs::write",
            "File::create",
            "File::options",
            "OpenOptions",
            "fs::copy",
            "fs::rename",
            "hard_link",
            "renameat_with",
        ],
        &[
            "src/setup/write_out.rs",
            "src/store/file/backup/mod.rs",
            "src/store/file/damage.rs",
            "src/store/file/held.rs",
            "src/store/file/open.rs",
            "src/store/file/backup/restore.rs",
            "src/store/file/side.rs",
            "src/store/file/whole.rs",
            "src/pictures.rs",
        ],
    ),
    (&["println", "eprintln", "print", "eprint"], &["src/setup/out.rs"]),
];

#[test]
fn what_belongs_to_one_place_stays_there() {
    let mut wrong = Vec::new();
    for source in sources("src") {
        let code = source.code_without_tests();
        for (words, places) in ONLY_IN {
            let allowed = places.iter().any(|place| source.path.starts_with(place));
            for word in words.iter().filter(|_| !allowed) {
                let found = match *word {
                    quoted if quoted.starts_with('"') => code.contains(quoted),
                    "print" | "println" | "eprint" | "eprintln" => code.contains(&format!("{word}!(")),
                    word => has_word(&code, word),
                };
                if found {
                    wrong.push(format!("{} says {word}", source.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Forms of statements that only SQLite takes.
const SQLITE: [&str; 22] = [
    "INDEXED BY",
    "json_each",
    "json_group_array",
    "json_object",
    "->>",
    "MATCH",
    "rowid",
    "CROSS JOIN",
    "PRAGMA",
    "pragma_table_info",
    "sqlite_schema",
    "GLOB",
    "INSERT OR",
    "IFNULL",
    "ROWID",
    "STRICT",
    "fts5",
    "EXPLAIN QUERY PLAN",
    "IMMEDIATE",
    "EXCLUSIVE",
    "IS ?",
    "IS NOT ?",
];

/// A sign before a column keeps SQLite from its index; in the code itself a plus has blanks on both sides.
fn signs_a_column(code: &str) -> bool {
    code.match_indices('+').any(|(at, _)| {
        let before = code[..at].chars().next_back().is_some_and(|c| " (\"".contains(c));
        before && code[at + 1..].starts_with(|c: char| c.is_ascii_lowercase())
    })
}

#[test]
fn what_only_sqlite_takes_stands_in_files_named_for_it_one_a_feature() {
    let sources = sources("src/store");
    let is_named =
        |path: &str| path.contains("/sqlite/") || path.ends_with("/sqlite.rs") || path.ends_with("_sqlite.rs");
    let mut wrong = Vec::new();
    for source in &sources {
        let (path, code) = (&source.path, source.code_without_tests());
        let mut forms: Vec<&str> = SQLITE
            .into_iter()
            .filter(
                |form| if form.starts_with(char::is_alphabetic) { has_word(&code, form) } else { code.contains(form) },
            )
            .collect();
        if code.contains("IS ?") || signs_a_column(&code) {
            forms.push("IS ? or +column");
        }
        match is_named(path) {
            false => wrong.extend(forms.iter().map(|form| format!("{path} says {form}"))),
            true if forms.is_empty() => wrong.push(format!("{path} holds nothing that only SQLite takes")),
            true => {}
        }
        // `x_sqlite.rs` is the one of the feature `x`; the one of a folder is `sqlite.rs`.
        if let Some(feature) = path.strip_suffix("_sqlite.rs") {
            let is_there = |path: String| sources.iter().any(|other| other.path == path);
            if !is_there(format!("{feature}.rs")) {
                wrong.push(format!("{path} belongs to no feature"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(signs_a_column("WHERE +t.id = ?1") && !signs_a_column("a + b.c"));
}

#[test]
fn every_file_says_what_it_is_and_stays_short() {
    let mut wrong = Vec::new();
    for source in sources("src").into_iter().chain(sources("tests")) {
        if !source.text.starts_with("//! ") {
            wrong.push(format!("{} does not say what it is", source.path));
        }
        let lines = source.text.lines().count();
        if lines > LINES_AT_MOST {
            wrong.push(format!("{} has {lines} lines", source.path));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Slots and scopes are told apart by their names alone.
#[test]
fn no_two_slots_and_no_two_scopes_share_a_name() {
    for (makers, least) in [(&["Slot::new(", "Slot::finding("][..], 40), (&["Scope::new(", "Self::new("][..], 30)] {
        let mut names = Vec::new();
        for source in sources("src/desk").into_iter().filter(|source| !source.path.ends_with("ask.rs")) {
            if makers.contains(&"Self::new(")
                && !source.text.contains("Scope::new(")
                && !source.text.contains("struct Scope")
            {
                continue;
            }
            for maker in makers {
                let quoted = source.text.split(maker).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
                names.extend(quoted.filter_map(|rest| rest.split('"').next()).map(str::to_owned));
            }
        }
        assert!(names.len() >= least, "{makers:?}: only {names:?}");
        names.sort();
        let twice: Vec<&[String]> = names.windows(2).filter(|two| two[0] == two[1]).collect();
        assert!(twice.is_empty(), "{makers:?}: {twice:?}");
    }
}

#[test]
fn nothing_is_left_half_done_and_nothing_gives_up() {
    const WORDS: [&str; 10] =
        [".unwrap()", ".expect(", "panic!(", "todo!", "unimplemented!", "dbg!(", "TODO", "FIXME", "XXX", "unsafe {"];
    let mut wrong = Vec::new();
    for source in sources("src") {
        let code = source.code_without_tests();
        wrong.extend(WORDS.iter().filter(|word| code.contains(**word)).map(|word| format!("{}: {word}", source.path)));
        let unfinished = ["TODO", "FIXME", "XXX"].into_iter().filter(|word| has_word(&source.text, word));
        wrong.extend(unfinished.map(|word| format!("{}: {word}", source.path)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_project_speaks_only_of_itself() {
    const WORDS: [&str; 8] =
        ["/work/", "/home/", "/Users/", "language model", "copilot", "assistant", "generated by", "co-authored"];
    let mut texts: Vec<Source> = sources("src").into_iter().chain(sources("tests")).collect();
    texts.retain(|source| source.path != "tests/it/tidy.rs");
    for path in ["README.md", "README.zh-CN.md", "schema.sql", "Cargo.toml", "clippy.toml", ".ci/run"] {
        texts.push(Source { path: path.to_owned(), text: fs::read_to_string(top().join(path)).expect(path) });
    }
    let mut wrong = Vec::new();
    for source in texts {
        let text = source.text.to_lowercase();
        wrong
            .extend(WORDS.iter().filter(|w| text.contains(&w.to_lowercase())).map(|w| format!("{}: {w}", source.path)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_top_level_holds_only_what_it_should() {
    const NAMES: [&str; 14] = [
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE",
        "README.md",
        "README.zh-CN.md",
        "benches",
        "clippy.toml",
        "rustfmt.toml",
        "schema.sql",
        "screenshots",
        "src",
        "tests",
        ".ci",
        ".cargo",
    ];
    for needed in ["Cargo.lock", "Cargo.toml", "LICENSE", "README.md", "README.zh-CN.md", ".ci/run"] {
        assert!(top().join(needed).is_file(), "{needed} is missing");
    }
    // What lies about in a working copy is its owner's; what is kept in the repository is ours.
    let listed = Command::new("git").arg("-C").arg(top()).arg("ls-files").output();
    let Some(listed) = listed.ok().filter(|output| output.status.success()) else { return };
    let listed = String::from_utf8(listed.stdout).expect("names in UTF-8");
    let names: BTreeSet<&str> = listed.lines().map(|path| path.split('/').next().unwrap_or(path)).collect();
    let odd: Vec<_> = names.into_iter().filter(|name| !NAMES.contains(name) && !name.starts_with(".git")).collect();
    assert!(odd.is_empty(), "{odd:?} does not belong at the top level");
}

#[test]
fn every_command_is_explained_in_both_languages() {
    let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for command in command::all() {
        assert!(han(command.help.zh), "{}: no Chinese help", command.name);
        let english = command.help.en;
        assert!(english.starts_with(|c: char| c.is_ascii_uppercase()), "{}: no English help", command.name);
        assert!(!han(english) || command.name.ends_with(".language"), "{}: {english}", command.name);
        assert!(!command.label.zh.is_empty() && !command.label.en.is_empty(), "{}: no label", command.name);
    }
}

#[test]
fn no_test_starts_the_binary_but_at_a_moment_it_names() {
    const STARTS: [&str; 4] = ["CARGO_BIN_EXE", "cargo_bin", "debug/tdesk", "release/tdesk"];
    const HERE: &str = "tests/it/cli/mod.rs";
    let mut tests = sources("tests");
    tests.extend(sources("benches"));
    tests.retain(|source| source.path != "tests/it/tidy.rs");
    let starts = |source: &Source| STARTS.iter().map(|way| source.code().matches(way).count()).sum::<usize>();
    let others: Vec<_> =
        tests.iter().filter(|source| source.path != HERE && starts(source) > 0).map(|source| &source.path).collect();
    assert!(others.is_empty(), "{others:?}: start it by Shell::start, which takes a moment");
    let house = tests.iter().find(|source| source.path == HERE).expect(HERE);
    assert_eq!(starts(house), 1, "{HERE}: one place starts the binary");
    // What is said of the machine's own clock has to be tried on it.
    let machine = "on_the_machines_clock";
    let on_it: Vec<_> =
        tests.iter().filter(|source| source.code().contains(machine)).map(|source| source.path.as_str()).collect();
    assert_eq!(on_it, [HERE, "tests/it/cli/wrong_clock.rs"], "only there may the machine's clock be asked");
}
