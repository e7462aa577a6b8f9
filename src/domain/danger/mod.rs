//! Danger in people's own words: which kind a report tells of, and by which words. Rules are data (`rules/`, and what a
//! township adds); here they are put together and tried. What follows from a kind (priority, words for the caller) is the
//! category's.

mod heard;
mod kind;
mod lexicon;
mod matcher;
mod own;
mod rule;

use std::sync::LazyLock;

use heard::tokens;
pub use kind::Kind;
use lexicon::Lexicon;
use matcher::{Met, Reading, Set};
pub use own::{BadRule, OWN_AT_MOST, Own, check, find_with};
pub use rule::{Unclear, Written};

/// Danger found in a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// What it is sorted by: the kind, or whose own rule it is.
    pub what: T,
    /// The words it was found by, in the order of the report.
    pub words: Vec<String>,
}

/// The built-in rules, kind by kind; made ready once, they never change.
struct BuiltIn {
    set: Set,
    /// The kind of each rule.
    kinds: Vec<Kind>,
}

static BUILT_IN: LazyLock<BuiltIn> = LazyLock::new(|| {
    let mut built_in = BuiltIn { set: Set::new(Lexicon::from(0)), kinds: Vec::new() };
    let files: Vec<_> = Kind::ALL.iter().map(|kind| (*kind, rule::file(kind.rules()))).collect();
    let shared = rule::file(include_str!("rules/words.txt"));
    for (name, words) in shared.lists.iter().chain(files.iter().flat_map(|(_, file)| &file.lists)) {
        built_in.set.add_list(name, words);
    }
    for (kind, file) in &files {
        for written in &file.rules {
            // One that cannot be read is left out here and fails the test that holds every rule to its examples.
            if built_in.set.add(&written.rule, &file.lifts, None).is_ok() {
                built_in.kinds.push(*kind);
            }
        }
    }
    built_in
});

/// The kind of danger the words tell of, by the built-in rules.
pub fn find(words: &str) -> Option<Found<Kind>> {
    let tokens = tokens(words);
    let built_in = &*BUILT_IN;
    let met = built_in.set.first(&Reading::of(&tokens, &built_in.set, None))?;
    Some(Found { what: *built_in.kinds.get(met.rule)?, words: words_of(&met, &tokens) })
}

fn words_of(met: &Met, tokens: &[heard::Token]) -> Vec<String> {
    let mut spans = met.spans.clone();
    spans.sort_unstable();
    spans.iter().map(|span| word_of(*span, tokens)).collect()
}

fn word_of(span: lexicon::Span, tokens: &[heard::Token]) -> String {
    let tokens = tokens.get(span.from..span.to).unwrap_or_default();
    let ascii = tokens.iter().all(|token| token.text.is_ascii());
    tokens.iter().map(|token| token.said.as_str()).collect::<Vec<_>>().join(if ascii { " " } else { "" })
}

/// The built-in rules of a kind with their examples.
pub fn built_in(kind: Kind) -> Vec<Written> {
    rule::file(kind.rules()).rules
}

/// Whether a rule, alone, hears a sentence.
///
/// # Errors
/// [`Unclear`], when the rule cannot be read.
pub fn hears(rule: &str, lifts: &[String], sentence: &str) -> Result<bool, Unclear> {
    let built_in = &*BUILT_IN;
    let mut own = Set::new(Lexicon::from(built_in.set.lexicon().end()));
    own.add(rule, lifts, Some(built_in.set.lexicon()))?;
    let tokens = tokens(sentence);
    Ok(own.first(&Reading::of(&tokens, &built_in.set, Some(&own))).is_some())
}

#[cfg(test)]
mod tests;
