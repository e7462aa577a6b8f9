//! Danger in people's own words: which kind a report tells of, and by which words. Rules are data (`rules/`, and what a
//! township adds); here they are put together and tried, and weighed against what was learned from sentences (`learned/`).
//! What follows from a kind (priority, words for the caller) is the category's.

mod heard;
mod kind;
pub mod learned;
mod lexicon;
mod matcher;
mod own;
mod rule;

use std::sync::LazyLock;

use crate::domain::ticket::danger::heard::tokens;
use crate::domain::ticket::danger::learned::{Weighed, Weights};
use crate::domain::ticket::danger::lexicon::Lexicon;
use crate::domain::ticket::danger::matcher::{Met, Reading, Set};

pub use crate::domain::ticket::danger::kind::Kind;
pub use crate::domain::ticket::danger::own::{BadRule, OWN_AT_MOST, Own, check, find_with};
pub use crate::domain::ticket::danger::rule::{Unclear, Written};

/// Danger found in a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// What it is sorted by: the kind, or whose own rule it is.
    pub what: T,
    /// The words it was found by, in the order of the report.
    pub words: Vec<String>,
    /// No rule is met: what was learned speaks for danger.
    pub by_weight: bool,
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

/// The kind of danger the words tell of, by the built-in rules and what was learned.
pub fn find(words: &str) -> Option<Found<Kind>> {
    let tokens = tokens(words);
    heard(&tokens, met(&Reading::of(&tokens, &BUILT_IN.set, None)), &[], learned::built_in())
}

/// The same by the rules alone.
pub fn find_by_rules(words: &str) -> Option<Found<Kind>> {
    let tokens = tokens(words);
    heard(&tokens, met(&Reading::of(&tokens, &BUILT_IN.set, None)), &[], None)
}

/// How far the words are above what is heard by the rules and some weights; below nought they are not.
pub fn margin(words: &str, weights: &Weights<'_>) -> f32 {
    let tokens = tokens(words);
    let met = met(&Reading::of(&tokens, &BUILT_IN.set, None));
    weighed(met.as_ref(), &Weighed::of(&tokens, &[], weights), tokens.len())
}

/// The first built-in rule that is met.
fn met(reading: &Reading<'_>) -> Option<(Met, Kind)> {
    let met = BUILT_IN.set.first(reading)?;
    let kind = *BUILT_IN.kinds.get(met.rule)?;
    Some((met, kind))
}

/// How much a rule that is met speaks for danger, beside the weights, in a report of so many words: enough where they are in
/// doubt, too little where they are sure that it is none. In a few plain words there is little else to weigh.
fn rule_in(words: usize) -> f32 {
    0.2 + 4.0 / words.max(4) as f32
}

/// How much plainer danger must be in a letter that no rule is met in.
const PLAIN: f32 = 0.4;
/// Words from which on a report is a letter, which tells of much.
const LETTER: usize = 120;

/// What rules and weights together make of a report.
fn weighed(met: Option<&(Met, Kind)>, weighed: &Weighed<'_>, words: usize) -> f32 {
    match met {
        // Of these kinds no sentences were there to learn from.
        Some((_, Kind::Hole | Kind::Flood)) => f32::MAX,
        // Somebody has read it and denied other words than these.
        Some(_) if weighed.denies() => f32::MAX,
        // In a letter, what stands around the words the rule met.
        Some((met, _)) if words >= LETTER => {
            rule_in(words) + weighed.whole().max(weighed.weightiest(matcher::whole(&met.spans)))
        }
        Some(_) => rule_in(words) + weighed.whole(),
        // In a letter danger must stand together, too, and be plain.
        None if words >= LETTER => weighed.whole().min(weighed.weightiest(None)) - PLAIN,
        None => weighed.whole(),
    }
}

/// What is heard: where a rule is met, its kind and words; else the kind and words that weigh most. Words a person `denied` count
/// for none. Without weights the rules decide alone.
fn heard(
    tokens: &[heard::Token],
    met: Option<(Met, Kind)>,
    denied: &[String],
    weights: Option<&Weights<'_>>,
) -> Option<Found<Kind>> {
    let by_rule = |(met, kind): (Met, Kind)| Found { what: kind, words: words_of(&met, tokens), by_weight: false };
    let Some(weights) = weights else { return met.map(by_rule) };
    let report = Weighed::of(tokens, denied, weights);
    if weighed(met.as_ref(), &report, tokens.len()) <= 0.0 {
        return None;
    }
    met.map(by_rule).or_else(|| report.found().map(|(what, words)| Found { what, words, by_weight: true }))
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
