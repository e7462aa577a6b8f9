//! Tries rules on a report: where their words stand to each other as the rule says, and nothing near takes it back.
//! What the words are is `lexicon`'s; the rules are data.

use crate::domain::ticket::danger::heard::Token;
use crate::domain::ticket::danger::lexicon::{Lexicon, Span, mask};
use crate::domain::ticket::danger::rule::{Part, Rule, Stands, Unclear, parse};
use crate::domain::ticket::danger::word_of;

/// A reason for not counting that holds for all rules but those that lift it.
struct General {
    /// Its list of words.
    list: &'static str,
    /// Steps it may stand before the words met.
    before: Option<usize>,
    /// Steps it may stand behind them.
    behind: Option<usize>,
    /// Whether a comma between them ends its reach.
    same_clause: bool,
}

/// The general reasons. Each looks only near the words met: a letter may say somewhere that something else is over.
const GENERAL: &[General] = &[
    // It is over: 已经灭了, 救出来了.
    General { list: OVER, before: Some(2), behind: Some(16), same_clause: false },
    // It was another time: 去年, last week.
    General { list: PAST, before: Some(12), behind: Some(4), same_clause: false },
    // It may happen, or is feared: 怕, 万一, 容易, 隐患.
    General { list: "wish", before: Some(6), behind: None, same_clause: true },
    General { list: "risk", before: None, behind: Some(3), same_clause: true },
    // It is asked after.
    General { list: "ask", before: Some(3), behind: Some(3), same_clause: true },
    General { list: "asked", before: None, behind: Some(1), same_clause: true },
    // It is only spoken of: a drill, a course, a film, thanks.
    General { list: "talk", before: Some(14), behind: Some(14), same_clause: false },
];

/// The list of harmless words that hold one of danger.
const MASKS: &str = "mask";
/// What makes a word its contrary right before it.
const NO: &str = "no";
/// What says that it is over, and that it was another time.
const OVER: &str = "over";
const PAST: &str = "past";
/// What takes `past` back: 昨天漏, 今天还在漏.
const AGAIN: &str = "again";
/// Steps between them.
const AGAIN_WITHIN: usize = 12;
/// What takes `over` back right before it: 还没 救出来.
const STILL: &str = "still";
/// What says that it is now.
const NOW: &str = "now";

/// Tokens from which on a text is a letter, which tells of much; a call for help is short. In a letter danger counts only
/// where it says that it is now.
const LETTER: usize = 120;
/// Steps between the words of danger in a letter and what says that it is now.
const NOW_WITHIN: usize = 40;

/// A rule ready to be tried.
#[derive(Clone, Debug)]
struct Ready {
    parts: Vec<ReadyPart>,
    lifts: Vec<String>,
}

#[derive(Clone, Debug)]
struct ReadyPart {
    stands: Stands,
    within: usize,
    lists: Vec<usize>,
}

/// Rules ready to be tried, in their order.
#[derive(Clone, Debug)]
pub(in crate::domain) struct Set {
    lexicon: Lexicon,
    rules: Vec<Ready>,
}

/// What was met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::domain) struct Met {
    /// Which rule of the set.
    pub rule: usize,
    /// The words it was met by, in their order.
    pub spans: Vec<Span>,
}

/// A report read for a set of rules.
pub(in crate::domain) struct Reading<'a> {
    tokens: &'a [Token],
    hits: Vec<Vec<Span>>,
    known: &'a Lexicon,
    /// Words a person said are no danger.
    denied: &'a [String],
}

impl Set {
    /// An empty set. The lists of another may be named in its rules.
    pub(in crate::domain) fn new(lexicon: Lexicon) -> Self {
        Self { lexicon, rules: Vec::new() }
    }

    /// The table of its words.
    pub(in crate::domain) const fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Adds a named list of words.
    pub(in crate::domain) fn add_list(&mut self, name: &str, words: &[String]) {
        self.lexicon.list(Some(name), words);
    }

    /// Adds a rule as written; `known` is where its lists may be found beside its own.
    pub(in crate::domain) fn add(
        &mut self,
        written: &str,
        lifts: &[String],
        known: Option<&Lexicon>,
    ) -> Result<(), Unclear> {
        let Rule { parts, lifts: own } = parse(written)?;
        let parts = parts.into_iter().map(|part| self.ready(part, known)).collect::<Result<_, _>>()?;
        self.rules.push(Ready { parts, lifts: lifts.iter().cloned().chain(own).collect() });
        Ok(())
    }

    fn ready(&mut self, part: Part, known: Option<&Lexicon>) -> Result<ReadyPart, Unclear> {
        let (named, words): (Vec<String>, Vec<String>) = part.words.into_iter().partition(|word| word.starts_with('@'));
        let find = |name: &String| {
            let name = name.trim_start_matches('@');
            self.lexicon.named(name).or_else(|| known?.named(name)).ok_or(Unclear::NoSuchList)
        };
        let mut lists = named.iter().map(find).collect::<Result<Vec<_>, _>>()?;
        if !words.is_empty() {
            lists.push(self.lexicon.list(None, &words));
        }
        Ok(ReadyPart { stands: part.stands, within: part.within, lists })
    }

    /// What is met first, rule by rule.
    pub(in crate::domain) fn first(&self, reading: &Reading<'_>) -> Option<Met> {
        let met = |(rule, ready): (usize, &Ready)| reading.meets(ready).map(|spans| Met { rule, spans });
        self.rules.iter().enumerate().find_map(met)
    }
}

impl<'a> Reading<'a> {
    /// Reads a report. The masks and general reasons are those of the built-in rules; own rules bring words of their own.
    pub(in crate::domain) fn of(tokens: &'a [Token], built_in: &'a Set, own: Option<&Set>) -> Self {
        let known = &built_in.lexicon;
        let mut hits = Vec::new();
        known.read(tokens, &mut hits);
        if let Some(own) = own {
            own.lexicon.read(tokens, &mut hits);
        }
        let masks = known.named(MASKS).and_then(|list| hits.get(list)).cloned().unwrap_or_default();
        mask(&mut hits, &masks);
        Self { tokens, hits, known, denied: &[] }
    }

    /// The same, of which nothing counts that is met by these words alone.
    pub(in crate::domain) fn without(self, denied: &'a [String]) -> Self {
        Self { denied, ..self }
    }

    fn meets(&self, rule: &Ready) -> Option<Vec<Span>> {
        let wanted = |part: &&ReadyPart| matches!(part.stands, Stands::Behind | Stands::Beside);
        // Most rules end here: a word they want is not in the report.
        if !rule.parts.iter().filter(wanted).all(|part| part.lists.iter().any(|list| !self.hits[*list].is_empty())) {
            return None;
        }
        let spans: Vec<Vec<Span>> = rule.parts.iter().map(|part| self.spans(&part.lists)).collect();
        let mut met = Vec::new();
        self.go_on(rule, &spans, &mut met).then_some(met)
    }

    /// All places where one of the lists is met, from the beginning.
    fn spans(&self, lists: &[usize]) -> Vec<Span> {
        let mut spans: Vec<Span> = lists.iter().flat_map(|list| &self.hits[*list]).copied().collect();
        spans.sort_unstable();
        spans.dedup();
        spans
    }

    /// Looks for the next wanted part; when all are met, whether it counts.
    fn go_on(&self, rule: &Ready, spans: &[Vec<Span>], met: &mut Vec<Span>) -> bool {
        let wanted = |part: &ReadyPart| matches!(part.stands, Stands::Behind | Stands::Beside);
        let next = rule.parts.iter().enumerate().filter(|(_, part)| wanted(part)).nth(met.len());
        let Some((at, part)) = next else { return self.counts(rule, spans, met) };
        let whole = whole(met);
        let fits = |span: &Span| match whole {
            None => true,
            Some(_) if met.iter().any(|one| one.overlaps(*span)) => false,
            Some(whole) => match part.stands {
                // Behind the part met last, which need not be the last of the whole.
                Stands::Behind => met.last().is_some_and(|last| self.behind(*last, *span, part.within)),
                _ => self.beside(whole, *span, part.within),
            },
        };
        let near = whole.map_or(spans[at].as_slice(), |whole| self.near(&spans[at], whole, part.within));
        let near: Vec<Span> = near.iter().filter(|span| fits(span)).copied().collect();
        for span in near {
            met.push(span);
            if self.go_on(rule, spans, met) {
                return true;
            }
            met.pop();
        }
        false
    }

    /// The spans worth measuring: those further off in tokens are further off in steps, too.
    fn near<'s>(&self, spans: &'s [Span], whole: Span, within: usize) -> &'s [Span] {
        const LONGEST: usize = 16;
        let from = spans.partition_point(|span| span.from + within + LONGEST < whole.from);
        let to = spans.partition_point(|span| span.from <= whole.to + within);
        &spans[from.min(to)..to]
    }

    /// Steps from the end of one to the beginning of the other.
    fn steps(&self, before: Span, behind: Span) -> Option<usize> {
        let end = self.tokens.get(before.to.checked_sub(1)?)?.at + 1;
        self.tokens.get(behind.from)?.at.checked_sub(end).filter(|_| behind.from >= before.to)
    }

    fn behind(&self, before: Span, behind: Span, within: usize) -> bool {
        self.steps(before, behind).is_some_and(|steps| steps <= within)
    }

    fn beside(&self, one: Span, other: Span, within: usize) -> bool {
        self.behind(one, other, within) || self.behind(other, one, within) || one.overlaps(other)
    }

    /// Whether nothing takes back what was met.
    fn counts(&self, rule: &Ready, spans: &[Vec<Span>], met: &[Span]) -> bool {
        let Some(whole) = whole(met) else { return false };
        // A word that was met does not take itself back; a longer word around it does: 捅 is met in 捅下水, a drain cleared.
        let free = |span: &&Span| !met.iter().any(|one| one.overlaps(**span) && !span.swallows(*one));
        for (part, spans) in rule.parts.iter().zip(spans) {
            let takes_back = |span: &Span| match part.stands {
                Stands::Behind | Stands::Beside => false,
                Stands::Not => self.beside(whole, *span, part.within),
                Stands::NotBefore => self.behind(*span, whole, part.within),
                Stands::NotBehind => self.behind(whole, *span, part.within),
            };
            if self.near(spans, whole, part.within).iter().filter(free).any(takes_back) {
                return false;
            }
        }
        if met.iter().all(|span| self.denied.contains(&word_of(*span, self.tokens))) {
            return false;
        }
        if !lifted(rule, NO) && met.iter().any(|span| self.negated(*span)) {
            return false;
        }
        let general = |reason: &General| !lifted(rule, reason.list) && self.holds(reason, whole, met);
        if GENERAL.iter().any(general) {
            return false;
        }
        self.tokens.len() < LETTER || self.list(NOW).iter().any(|now| self.beside(whole, *now, NOW_WITHIN))
    }

    fn list(&self, name: &str) -> &[Span] {
        self.known.named(name).and_then(|list| self.hits.get(list)).map_or(&[], Vec::as_slice)
    }

    /// Whether a word of denial stands right before.
    fn negated(&self, span: Span) -> bool {
        self.near(self.list(NO), span, 0).iter().any(|no| self.behind(*no, span, 0))
    }

    fn holds(&self, reason: &General, whole: Span, met: &[Span]) -> bool {
        let within = reason.before.unwrap_or(0).max(reason.behind.unwrap_or(0));
        self.near(self.list(reason.list), whole, within).iter().any(|span| {
            let inside = whole.overlaps(*span);
            if reason.same_clause && !inside && !self.same_clause(*span, whole) {
                return false;
            }
            let there = reason.before.is_some_and(|steps| self.behind(*span, whole, steps))
                || reason.behind.is_some_and(|steps| self.behind(whole, *span, steps))
                || inside;
            there && !met.iter().any(|one| one.overlaps(*span)) && !self.taken_back(reason, *span)
        })
    }

    /// Whether no comma stands between two places.
    fn same_clause(&self, one: Span, other: Span) -> bool {
        let (before, behind) = if one.from < other.from { (one, other) } else { (other, one) };
        self.steps(before, behind) == behind.from.checked_sub(before.to)
    }

    /// Whether a reason does not hold here: 还没 救出来 is not over, 昨天 .. 今天又 is now.
    fn taken_back(&self, reason: &General, span: Span) -> bool {
        match reason.list {
            OVER => self.near(self.list(STILL), span, 1).iter().any(|still| self.behind(*still, span, 1)),
            PAST => self
                .near(self.list(AGAIN), span, AGAIN_WITHIN)
                .iter()
                .any(|again| !again.overlaps(span) && self.beside(span, *again, AGAIN_WITHIN)),
            _ => false,
        }
    }
}

fn lifted(rule: &Ready, list: &str) -> bool {
    rule.lifts.iter().any(|lifted| lifted == list)
}

/// From the first token met to the last.
pub(in crate::domain) fn whole(met: &[Span]) -> Option<Span> {
    let from = met.iter().map(|span| span.from).min()?;
    met.iter().map(|span| span.to).max().map(|to| Span { from, to })
}
