//! Danger heard by weights that were learned from sentences, beside the rules: what no rule was written for. Rules say why;
//! weights only how much. What the two together mean is decided one floor up; how the weights are learned stands in
//! `benches/heard/train.rs`.

mod features;
mod radical;
mod weights;

use std::ops::Range;
use std::sync::LazyLock;

use crate::domain::ticket::danger::heard::Token;
use crate::domain::ticket::danger::lexicon::Span;
use crate::domain::ticket::danger::{Kind, word_of};

pub use crate::domain::ticket::danger::learned::features::{KIND_PLACES, PLACES, Read, read};
pub use crate::domain::ticket::danger::learned::weights::{Learned, Weights, share, written};

/// Bytes of the file of weights.
static FILE: &[u8] = include_bytes!("weights.bin");
/// Only its head is read; the weights stay where the program has them. A file that is not whole hears nothing, and fails a test.
static WEIGHTS: LazyLock<Option<Weights<'static>>> = LazyLock::new(|| Weights::read(FILE));

/// Runs of words shown as those a report was heard by, at most.
const SHOWN: usize = 3;
/// Words of such a run, at most.
const RUN: usize = 4;
/// Words of a report at least: fewer are somebody beginning to type.
const WORDS: usize = 3;

/// The weights the program has; nothing when their file is not whole.
pub fn built_in() -> Option<&'static Weights<'static>> {
    WEIGHTS.as_ref()
}

/// A report weighed.
pub(in crate::domain) struct Weighed<'a> {
    weights: &'a Weights<'a>,
    read: Read,
    tokens: &'a [Token],
    /// Tokens a person said are no danger: what stands on them speaks for none.
    denied: Vec<bool>,
}

impl<'a> Weighed<'a> {
    /// Makes a report ready. `denied` are words a person said are no danger.
    pub(in crate::domain) fn of(tokens: &'a [Token], denied: &[String], weights: &'a Weights<'a>) -> Self {
        let mut covered = vec![false; tokens.len()];
        for (from, len) in denied.iter().flat_map(|word| occurrences(tokens, word)) {
            covered[from..from + len].fill(true);
        }
        Self { weights, read: Read::of(tokens), tokens, denied: covered }
    }

    /// Whether any of it was denied.
    pub(in crate::domain) fn denies(&self) -> bool {
        self.denied.contains(&true)
    }

    /// How far the whole report is above what is heard; below nought it is not.
    pub(in crate::domain) fn whole(&self) -> f32 {
        self.above(&self.read.whole())
    }

    /// How far the weightiest few clauses are above what is heard, of those that touch some tokens.
    pub(in crate::domain) fn weightiest(&self, near: Option<Span>) -> f32 {
        let touches = |run: &Range<usize>| {
            near.is_none_or(|span| self.read.tokens(run.clone()).any(|token| span.from <= token && token < span.to))
        };
        self.read.together().iter().filter(|run| touches(run)).map(|run| self.above(run)).fold(f32::MIN, f32::max)
    }

    /// The kind the report speaks for most, and the runs of words that weigh most, in their order.
    pub(in crate::domain) fn found(&self) -> Option<(Kind, Vec<String>)> {
        let kind = self.weights.kind(&self.read.topics())?;
        let words = self.shown().into_iter().map(|span| word_of(span, self.tokens)).collect::<Vec<_>>();
        (!words.is_empty()).then_some((kind, words))
    }

    fn above(&self, within: &Range<usize>) -> f32 {
        if self.tokens.len() < WORDS {
            return f32::MIN;
        }
        let weights = self.weights;
        let mut sum = weights.danger(&self.read.places(within));
        if self.denies() {
            let mut taken = Vec::new();
            self.read.features(within, |place, parts| {
                let denied = self.read.tokens(parts).any(|token| self.denied[token]);
                taken.push((place, denied && weights.one(place) > 0.0));
            });
            taken.sort_unstable();
            taken.dedup_by_key(|(place, _)| *place);
            let gone = taken.iter().filter(|(_, gone)| *gone).map(|(place, _)| weights.one(*place)).sum::<f32>();
            sum -= gone * share(taken.len());
        }
        sum - weights.from
    }

    /// The runs that weigh most, none of them denied, in their order.
    fn shown(&self) -> Vec<Span> {
        let mut each = vec![0.0_f32; self.tokens.len()];
        self.read.features(&self.read.whole(), |place, parts| {
            let share = self.weights.one(place) / parts.len() as f32;
            self.read.tokens(parts).for_each(|token| each[token] += share);
        });
        let runs = (0..each.len()).flat_map(|from| {
            let most = self.read.run(from).min(RUN);
            (1..=most).map(move |len| Span { from, to: from + len })
        });
        let free = |span: &Span| !self.denied[span.from..span.to].contains(&true);
        let weight = |span: &Span| each[span.from..span.to].iter().sum::<f32>();
        let mut runs: Vec<(f32, Span)> = runs.filter(free).map(|span| (weight(&span), span)).collect();
        runs.retain(|(weight, _)| *weight > 0.0);
        runs.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(one.cmp(other)));
        let mut shown: Vec<Span> = Vec::new();
        for (_, span) in runs {
            if shown.len() < SHOWN && !shown.iter().any(|other| other.overlaps(span)) {
                shown.push(span);
            }
        }
        shown.sort_unstable();
        shown
    }
}

/// Where a word shown before stands: the first token, and how many.
fn occurrences<'t>(tokens: &'t [Token], word: &'t str) -> impl Iterator<Item = (usize, usize)> + 't {
    (0..tokens.len()).filter_map(move |from| {
        let mut rest = word;
        for (len, token) in tokens[from..].iter().enumerate() {
            if rest.is_empty() {
                return Some((from, len));
            }
            rest = rest.trim_start_matches(' ').strip_prefix(token.said.as_str())?;
        }
        rest.is_empty().then_some((from, tokens.len() - from))
    })
}

#[cfg(test)]
mod tests;
