//! A rule as it is written: words, how they stand to each other, and what takes it back. Trying it on a report is `matcher`.
//!
//! `电动车|电瓶车 >4 冒烟|着了 !3 电量` reads: one of the first, at most four steps behind it one of the second, and none of the
//! third within three steps. A step is a character, an English word, or a comma.

/// How a part stands to what was met before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::domain) enum Stands {
    /// `>`: behind it.
    Behind,
    /// `+`: before or behind it.
    Beside,
    /// `!`: it must not stand there, before or behind.
    Not,
    /// `!<`: it must not stand before it.
    NotBefore,
    /// `!>`: it must not stand behind it.
    NotBehind,
}

/// A part of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::domain) struct Part {
    /// How it stands to what was met before; of the first part it says nothing.
    pub stands: Stands,
    /// Steps between them at most.
    pub within: usize,
    /// The words, one of which must be met; `@name` is a list of words.
    pub words: Vec<String>,
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::domain) struct Rule {
    /// Its parts.
    pub parts: Vec<Part>,
    /// General reasons for not counting that do not hold for it: `~past`.
    pub lifts: Vec<String>,
}

/// Steps between two parts where the rule does not say.
const WITHIN: usize = 6;
/// Steps between two parts at most: further apart they have nothing to do with each other.
const WITHIN_AT_MOST: usize = 40;

/// Why a line is no rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// It is empty, or has nothing that must be met.
    Empty,
    /// A sign of how a part stands has no words behind it.
    WordsMissing,
    /// Two lots of words have no sign between them.
    SignMissing,
    /// A number of steps is none, or too large.
    Steps {
        /// The largest.
        at_most: usize,
    },
    /// It names a list of words that is not there.
    NoSuchList,
}

/// Reads a rule.
///
/// # Errors
/// [`Unclear`], for what cannot be read.
pub(in crate::domain) fn parse(line: &str) -> Result<Rule, Unclear> {
    let mut rule = Rule { parts: Vec::new(), lifts: Vec::new() };
    let mut sign = None;
    for piece in line.split_whitespace() {
        if let Some(lifted) = piece.strip_prefix('~') {
            rule.lifts.push(lifted.to_owned());
        } else if let Some((stands, steps)) = sign_of(piece) {
            if sign.is_some() || rule.parts.is_empty() {
                return Err(Unclear::WordsMissing);
            }
            let within = if steps.is_empty() { Some(WITHIN) } else { steps.parse().ok() };
            let within = within.filter(|n| *n <= WITHIN_AT_MOST).ok_or(Unclear::Steps { at_most: WITHIN_AT_MOST })?;
            sign = Some((stands, within));
        } else {
            let words: Vec<String> = piece.split('|').filter(|word| !word.is_empty()).map(str::to_owned).collect();
            let (stands, within) = match sign.take() {
                Some(sign) => sign,
                None if rule.parts.is_empty() => (Stands::Beside, 0),
                None => return Err(Unclear::SignMissing),
            };
            if words.is_empty() {
                return Err(Unclear::WordsMissing);
            }
            rule.parts.push(Part { stands, within, words });
        }
    }
    match (sign, rule.parts.is_empty()) {
        (Some(_), _) => Err(Unclear::WordsMissing),
        (None, true) => Err(Unclear::Empty),
        (None, false) => Ok(rule),
    }
}

/// A sign and the steps written behind it.
fn sign_of(piece: &str) -> Option<(Stands, &str)> {
    const SIGNS: &[(&str, Stands)] = &[
        ("!<", Stands::NotBefore),
        ("!>", Stands::NotBehind),
        ("!", Stands::Not),
        (">", Stands::Behind),
        ("+", Stands::Beside),
    ];
    SIGNS.iter().find_map(|(sign, stands)| Some((*stands, piece.strip_prefix(sign)?)))
}

/// A rule with the sentences it is held to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The rule as written.
    pub rule: String,
    /// Sentences it must hear.
    pub heard: Vec<String>,
    /// Sentences it must not hear.
    pub not_heard: Vec<String>,
}

/// A file of rules: `@name = words` are lists, `+` and `-` the sentences of the rule above, `#` remarks.
#[derive(Clone, Debug, Default)]
pub(in crate::domain) struct File {
    /// Lists of words by name.
    pub lists: Vec<(String, Vec<String>)>,
    /// The rules.
    pub rules: Vec<Written>,
    /// General reasons for not counting that hold for none of its rules: a line `~past`.
    pub lifts: Vec<String>,
}

/// Takes a file apart.
pub(in crate::domain) fn file(text: &str) -> File {
    let mut file = File::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let list = line.strip_prefix('@').and_then(|list| list.split_once(" = "));
        if let Some((name, words)) = list.filter(|(name, _)| !name.contains([' ', '|'])) {
            let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
            match file.lists.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) => known.extend(words),
                None => file.lists.push((name.to_owned(), words)),
            }
        } else if let Some(lifts) = line.strip_prefix('~') {
            file.lifts.extend(lifts.split_whitespace().map(|lift| lift.trim_start_matches('~').to_owned()));
        } else if let (Some(sentence), Some(rule)) = (line.strip_prefix("+ "), file.rules.last_mut()) {
            rule.heard.push(sentence.to_owned());
        } else if let (Some(sentence), Some(rule)) = (line.strip_prefix("- "), file.rules.last_mut()) {
            rule.not_heard.push(sentence.to_owned());
        } else {
            file.rules.push(Written { rule: line.to_owned(), ..Written::default() });
        }
    }
    file
}
