//! All words of a set of rules in one table, so that a report is read once whatever the number of rules.
//! How the words must stand to each other is `matcher`.

use std::collections::HashMap;

use crate::domain::ticket::danger::heard::{self, Token, is_number};

/// Words met: the tokens from `from` up to, not with, `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::domain) struct Span {
    /// The first token.
    pub from: usize,
    /// The one behind the last.
    pub to: usize,
}

impl Span {
    /// Whether they share a token.
    pub(in crate::domain) const fn overlaps(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    /// Whether this one is longer and reaches out of the other: the 火苗子 of 台上火苗子 is more than its 上火.
    pub(in crate::domain) const fn outdoes(self, other: Self) -> bool {
        self.to - self.from > other.to - other.from
    }

    /// Whether this one is longer and holds the other.
    pub(in crate::domain) const fn swallows(self, other: Self) -> bool {
        self.from <= other.from && other.to <= self.to && self.to - self.from > other.to - other.from
    }
}

/// A word or phrase, and the lists it stands in.
#[derive(Clone, Debug)]
struct Word {
    /// Its tokens; `#` is any number.
    tokens: Vec<String>,
    /// Whether the last token may go on: `burn*`.
    open: bool,
    lists: Vec<usize>,
}

/// The table.
#[derive(Clone, Debug, Default)]
pub(in crate::domain) struct Lexicon {
    /// By the first character of the first token; those that begin with any number under `#`.
    words: HashMap<char, Vec<Word>>,
    names: HashMap<String, usize>,
    /// The number of the first list: a township's own go on where the built-in ones end.
    first: usize,
    count: usize,
}

impl Lexicon {
    /// An empty table whose lists are counted from `first`.
    pub(in crate::domain) fn from(first: usize) -> Self {
        Self { first, ..Self::default() }
    }

    /// The number behind the last list.
    pub(in crate::domain) const fn end(&self) -> usize {
        self.first + self.count
    }

    /// The number of a named list.
    pub(in crate::domain) fn named(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    /// A list, new or with more words than before; its number.
    pub(in crate::domain) fn list(&mut self, name: Option<&str>, words: &[String]) -> usize {
        let known = name.and_then(|name| self.named(name));
        let id = known.unwrap_or_else(|| self.end());
        if known.is_none() {
            self.count += 1;
        }
        if let Some(name) = name {
            self.names.insert(name.to_owned(), id);
        }
        for word in words {
            self.add(word, id);
        }
        id
    }

    fn add(&mut self, written: &str, list: usize) {
        let open = written.ends_with('*');
        // Any number is written `#`; no token is.
        let text = written.trim_end_matches('*').replace('_', " ").replace('#', "\u{e000}");
        let mut tokens = Vec::new();
        for (i, part) in text.split('\u{e000}').enumerate() {
            if i > 0 {
                tokens.push("#".to_owned());
            }
            tokens.extend(heard::tokens(part).into_iter().map(|token| token.text));
        }
        let Some(first) = tokens.first().and_then(|token| token.chars().next()) else { return };
        let words = self.words.entry(first).or_default();
        match words.iter_mut().find(|word| word.tokens == tokens && word.open == open) {
            Some(word) => word.lists.push(list),
            None => words.push(Word { tokens, open, lists: vec![list] }),
        }
    }

    /// Puts what is met into the lists' hits.
    pub(in crate::domain) fn read(&self, tokens: &[Token], hits: &mut Vec<Vec<Span>>) {
        hits.resize_with(self.end().max(hits.len()), Vec::new);
        for (from, token) in tokens.iter().enumerate() {
            let numbered = is_number(&token.text).then_some('#');
            for first in token.text.chars().next().into_iter().chain(numbered) {
                for word in self.words.get(&first).into_iter().flatten() {
                    if word.is_at(&tokens[from..]) {
                        let span = Span { from, to: from + word.tokens.len() };
                        word.lists.iter().for_each(|list| hits[*list].push(span));
                    }
                }
            }
        }
    }
}

impl Word {
    fn is_at(&self, tokens: &[Token]) -> bool {
        let Some(tokens) = tokens.get(..self.tokens.len()) else { return false };
        // A comma or the end of a sentence stands in no word.
        let together = tokens.windows(2).all(|pair| pair[1].at == pair[0].at + 1);
        let last = self.tokens.len() - 1;
        together
            && self.tokens.iter().zip(tokens).enumerate().all(|(i, (word, token))| match word.as_str() {
                "#" => is_number(&token.text),
                word if self.open && i == last => token.text.starts_with(word),
                word => token.text == *word,
            })
    }
}

/// Takes out what is only part of a harmless word: the 火 of 灭火器. A rule that names the harmless word itself
/// means it, and a longer word stays.
pub(in crate::domain) fn mask(hits: &mut [Vec<Span>], masks: &[Span]) {
    for list in hits.iter_mut() {
        list.retain(|span| {
            let near = masks.partition_point(|mask| mask.from + LONGEST_MASK < span.from);
            let near = masks[near..].iter().take_while(|mask| mask.from < span.to);
            !near.clone().any(|mask| mask.overlaps(*span) && mask != span && !span.outdoes(*mask))
        });
    }
}

/// Tokens of a harmless word at most.
const LONGEST_MASK: usize = 16;
