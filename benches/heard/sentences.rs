//! The files of sentences, and how many of them are heard, kind by kind. How they are heard is not here.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use township_desk::domain::ticket::danger::{Kind, built_in};

/// A sentence with what is right for it.
#[derive(Clone)]
pub(crate) struct Sentence {
    /// The kind of danger it tells of; nothing for a harmless one.
    pub(crate) kind: Option<Kind>,
    /// The code it stands under: its kind, or the one it is the harmless twin of.
    pub(crate) code: String,
    /// What was said.
    pub(crate) words: String,
    /// The name of its file.
    pub(crate) file: String,
}

/// The folder of a bench's sentences.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/heard")
}

/// The files of sentences in a folder, by name.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder of sentences");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "tsv"));
    files.sort();
    files
}

/// The sentences of a file.
pub(crate) fn sentences(path: &Path) -> Vec<Sentence> {
    let text = fs::read_to_string(path).expect("a file of sentences");
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let lines = text.lines().skip(1).filter_map(|line| line.split_once('\t'));
    let read = |(kind, words): (&str, &str)| {
        let harmless = kind.strip_prefix("none:");
        let known = Kind::from_code(kind);
        assert!(harmless.is_some() || known.is_some(), "{file}: {kind}");
        let code = harmless.unwrap_or(kind).to_owned();
        Sentence { kind: known, code, words: words.to_owned(), file: file.clone() }
    };
    lines.map(read).collect()
}

/// The sentences the built-in rules are held to.
pub(crate) fn examples() -> Vec<Sentence> {
    let mut examples = Vec::new();
    for kind in Kind::ALL {
        for rule in built_in(*kind) {
            let mut add = |words: &String, is: Option<Kind>| {
                let (code, file) = (kind.code().to_owned(), "rules' examples".to_owned());
                examples.push(Sentence { kind: is, code, words: words.clone(), file });
            };
            rule.heard.iter().for_each(|words| add(words, Some(*kind)));
            rule.not_heard.iter().for_each(|words| add(words, None));
        }
    }
    examples
}

/// Sentences of one kind, and of its harmless twins.
#[derive(Clone, Default)]
struct OfKind {
    danger: usize,
    found: usize,
    rightly: usize,
    harmless: usize,
    marked: usize,
}

/// Sentences counted by what was heard in them.
#[derive(Clone, Default)]
pub(crate) struct Tally {
    kinds: BTreeMap<String, OfKind>,
}

impl Tally {
    /// Counts one, in which `heard` was heard.
    pub(crate) fn count(&mut self, sentence: &Sentence, heard: Option<Kind>) {
        let of = self.kinds.entry(sentence.code.clone()).or_default();
        if sentence.kind.is_some() {
            of.danger += 1;
            of.found += usize::from(heard.is_some());
            of.rightly += usize::from(heard == sentence.kind);
        } else {
            of.harmless += 1;
            of.marked += usize::from(heard.is_some());
        }
    }

    /// The line of all together.
    pub(crate) fn line(&self) -> String {
        let sum = |count: fn(&OfKind) -> usize| self.kinds.values().map(count).sum::<usize>();
        let share = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
        let (danger, found, rightly) = (sum(|of| of.danger), sum(|of| of.found), sum(|of| of.rightly));
        let (harmless, marked) = (sum(|of| of.harmless), sum(|of| of.marked));
        format!(
            "found {found} of {danger} ({:.1} %; {:.1} % of the right kind), falsely marked {marked} of {harmless} ({:.1} %)",
            share(found, danger),
            share(rightly, danger),
            share(marked, harmless)
        )
    }

    /// A line for each kind.
    pub(crate) fn by_kind(&self) -> String {
        let line = |(code, of): (&String, &OfKind)| {
            let OfKind { danger, found, rightly, harmless, marked } = of;
            format!("  {code:<9} found {found:>4}/{danger:<4} as such {rightly:>4} marked {marked:>3}/{harmless:<4}\n")
        };
        self.kinds.iter().map(line).collect()
    }
}
