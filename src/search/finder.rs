//! Answers a query from the index, plainly first, then with slips, then with gaps. It remembers the former query, since
//! the next one is mostly the same and one letter more. It holds no records itself.

use fuzzy_matcher::skim::SkimMatcherV2;

use super::index::Index;
use super::marks::{Stopped, TermMarks};
use super::pinyin::pinyin_key;
use super::query::{Chunk, Query, Term};
use super::sweep::{ChunkMarks, Kinds, Reach, Sweep, hit, part_mark};
use super::{near, rank};
use crate::domain::base::find::{FindKind, Hit, Why};

/// What a query found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The best, best first, as many as were asked for.
    pub hits: Vec<Hit>,
    /// How many records answer in all, nearly-matches among them where there are some.
    pub total: usize,
    /// False when it was stopped; then there are no hits.
    pub complete: bool,
}

/// One box that is typed into. It belongs to one thread; the index may change between two queries, or be another.
pub struct Finder {
    former: Option<Former>,
    matcher: SkimMatcherV2,
}

/// What was typed with its Chinese written as it sounds: the commonest slip in Chinese is another character of the same sound.
/// Nothing where no Chinese was typed.
fn by_sound(typed: &str) -> Option<String> {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    typed.contains(is_han).then(|| {
        let words =
            typed.split_whitespace().map(|word| if word.contains(is_han) { pinyin_key(word) } else { word.to_owned() });
        words.collect::<Vec<_>>().join(" ")
    })
}

/// The former query and what it found.
struct Former {
    stamp: u64,
    kinds: Kinds,
    query: Query,
    marks: Vec<ChunkMarks>,
    /// Records that answered, rising.
    records: Vec<u32>,
}

impl Default for Finder {
    fn default() -> Self {
        Self { former: None, matcher: SkimMatcherV2::default().ignore_case() }
    }
}

impl Finder {
    /// A finder that has not been asked yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets the former query, and the memory it took.
    pub fn forget(&mut self) {
        self.former = None;
    }

    /// The best `limit` records that answer to `query`, only of these `kinds`; of all when none is named. `stop` is asked every half
    /// millisecond or so; once it is true the search ends with nothing.
    ///
    /// All parts of the query must answer. Nearly-matches are added only when nothing, or nothing good, is found.
    pub fn find(
        &mut self,
        index: &Index,
        query: &str,
        kinds: &[FindKind],
        limit: usize,
        stop: &dyn Fn() -> bool,
    ) -> Found {
        let typed = query;
        let query = Query::new(typed);
        if query.chunks.is_empty() {
            self.former = None;
            return Found { complete: true, ..Found::default() };
        }
        let found = self.search(index, query, Kinds::of(kinds), limit, stop).unwrap_or_default();
        match by_sound(typed).filter(|_| found.complete && found.total == 0) {
            None => found,
            Some(sounds) => self.search(index, Query::new(&sounds), Kinds::of(kinds), limit, stop).map_or_else(
                |_| Found::default(),
                |mut found| {
                    for hit in found.hits.iter_mut().filter(|hit| !hit.why.contains(&Why::Fuzzy)) {
                        hit.why.push(Why::Fuzzy);
                    }
                    found
                },
            ),
        }
    }

    fn search(
        &mut self,
        index: &Index,
        query: Query,
        kinds: Kinds,
        limit: usize,
        stop: &dyn Fn() -> bool,
    ) -> Result<Found, Stopped> {
        let former = self.former.take().filter(|former| former.stamp == index.stamp());
        let narrowed = former.as_ref().is_some_and(|f| f.kinds == kinds && query.narrows(&f.query));
        let (former_query, mut former_marks, records) = match former {
            Some(former) => (former.query, former.marks, former.records),
            None => Default::default(),
        };
        let mut marks = Vec::with_capacity(query.chunks.len());
        for (n, chunk) in query.chunks.iter().enumerate() {
            let old = former_query.chunks.get(n).zip(former_marks.get_mut(n));
            marks.push(ChunkMarks::of(index, chunk, old, stop)?);
        }
        let from = narrowed.then_some(records);
        let mut found = Sweep::over(index, &marks, Reach::Plain, kinds, limit, from.as_deref(), stop)?;
        let records = std::mem::take(&mut found.records);
        let mut reach = add_slips(index, &query, &mut marks, &found, limit, stop)?;
        if reach != Reach::Plain {
            found = Sweep::over(index, &marks, reach, kinds, limit, None, stop)?;
        }
        if found.total == 0 && self.add_gaps(index, &query, &mut marks, stop)? {
            reach = Reach::Gaps;
            found = Sweep::over(index, &marks, reach, kinds, limit, None, stop)?;
        }
        let hits = found.best.iter().map(|ranked| hit(index, &marks, reach, *ranked)).collect();
        for chunk in &mut marks {
            chunk.gaps.clear();
        }
        self.former = Some(Former { stamp: index.stamp(), kinds, query, marks, records });
        Ok(Found { hits, total: found.total, complete: true })
    }

    /// Marks what holds the letters with gaps; says whether there is any.
    fn add_gaps(
        &self,
        index: &Index,
        query: &Query,
        marks: &mut [ChunkMarks],
        stop: &dyn Fn() -> bool,
    ) -> Result<bool, Stopped> {
        let mut any = false;
        for (chunk, marks) in query.chunks.iter().zip(marks) {
            for term in &chunk.parts {
                let gaps = TermMarks::of_gaps(index, term, &self.matcher, stop)?;
                any |= !gaps.spelled.is_empty() || !gaps.lines.is_empty();
                marks.gaps.push(gaps);
            }
        }
        Ok(any)
    }
}

/// Marks what is one slip away, and says how far to reach: for all of it when a part of the query finds nothing good;
/// for whole names by a likely slip while the list has room, since a slip may well be another's name; else for none.
fn add_slips(
    index: &Index,
    query: &Query,
    marks: &mut [ChunkMarks],
    found: &Sweep,
    limit: usize,
    stop: &dyn Fn() -> bool,
) -> Result<Reach, Stopped> {
    let best = found.best.first().map(|ranked| ranked.record);
    // With the list full of better ones a slip would not be seen.
    let last = found.best.last().filter(|_| found.best.len() >= limit).map(|ranked| ranked.record);
    let doubtful = |marks: &ChunkMarks, part| {
        let plain = |record| part_mark(index, record, marks, Reach::Plain, part);
        best.is_none_or(|record| {
            let mark = plain(record);
            rank::why(mark) != Some(Why::Compound) && rank::worth(mark) < rank::WEAK
        }) && last.is_none_or(|record| rank::worth(plain(record)) < rank::SLIP)
    };
    let words = query.chunks.iter().enumerate().flat_map(|(c, chunk)| {
        let word = |(part, term): (usize, &_)| match term {
            Term::Letters(word) if word.len() >= near::LETTERS_AT_LEAST => Some((c, part, word.clone())),
            _ => None,
        };
        chunk.parts.iter().enumerate().filter_map(word).collect::<Vec<_>>()
    });
    let words: Vec<_> = words.map(|(c, part, word)| (c, part, word, doubtful(&marks[c], part))).collect();
    let reach = if words.iter().any(|&(.., doubtful)| doubtful) {
        Reach::Slips
    } else if found.total < limit {
        Reach::LikelySlips
    } else {
        return Ok(Reach::Plain);
    };
    let mut any = false;
    for (c, part, word, doubtful) in words {
        let slips = &mut marks[c].slips[part];
        if reach == Reach::Slips && !doubtful {
            *slips = None;
        } else if slips.is_none() {
            *slips = Some(TermMarks::of_slips(index, &word, stop)?);
        }
        let least = if reach == Reach::Slips { 1 } else { rank::SLIP };
        any |= slips.as_ref().is_some_and(|slips| slips.spelled.any(|mark| rank::worth(mark) >= least));
    }
    Ok(if any { reach } else { Reach::Plain })
}

impl ChunkMarks {
    /// Marks of a chunk, from those of the former chunk in its place where they still serve.
    fn of(
        index: &Index,
        chunk: &Chunk,
        former: Option<(&Chunk, &mut Self)>,
        stop: &dyn Fn() -> bool,
    ) -> Result<Self, Stopped> {
        let mut marks = Self { parts: Vec::new(), slips: Vec::new(), gaps: Vec::new(), whole: None, order: None };
        let (mut old_parts, mut old_whole, mut old_order) = (Vec::new(), None, None);
        if let Some((old, marks)) = former {
            old_parts = old.parts.iter().zip(marks.parts.drain(..).zip(marks.slips.drain(..))).collect();
            old_whole = old.whole.as_ref().zip(marks.whole.take());
            old_order = old.order.as_ref().zip(marks.order.take());
        }
        let mut old_parts = old_parts.into_iter();
        for term in &chunk.parts {
            let (plain, slips) = match old_parts.next() {
                Some((old, (plain, slips))) => (Some((old, plain)), slips.filter(|_| narrows_slips(term, old))),
                None => (None, None),
            };
            marks.parts.push(renewed(index, term, plain, stop)?);
            marks.slips.push(match (slips, term) {
                (Some(slips), Term::Letters(word)) => Some(slips.renew_slips(index, word, stop)?),
                _ => None,
            });
        }
        marks.whole = chunk.whole.as_ref().map(|term| renewed(index, term, old_whole, stop)).transpose()?;
        marks.order = chunk.order.as_ref().map(|term| renewed(index, term, old_order, stop)).transpose()?;
        Ok(marks)
    }
}

/// Whether what is one slip away from `new` was so from `old`; of the shortest words only whole names are.
fn narrows_slips(new: &Term, old: &Term) -> bool {
    let long = |term: &Term| matches!(term, Term::Letters(word) if word.len() > near::LETTERS_AT_LEAST);
    new == old || (long(old) && new.narrows(old))
}

fn renewed(
    index: &Index,
    term: &Term,
    former: Option<(&Term, TermMarks)>,
    stop: &dyn Fn() -> bool,
) -> Result<TermMarks, Stopped> {
    match former {
        Some((old, marks)) if old == term => Ok(marks),
        Some((old, marks)) if term.narrows(old) => marks.renew(index, term, stop),
        _ => TermMarks::of(index, term, stop),
    }
}
