//! Answers a query from the index: marks its parts, adds them up record by record, keeps the best. It remembers the
//! former query, since the next one is mostly the same and one letter more. It holds no records itself.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use fuzzy_matcher::skim::SkimMatcherV2;

use super::index::Index;
use super::marks::{SLICE, Stopped, TermMarks};
use super::near;
use super::pool::NONE;
use super::query::{Chunk, Query, Term};
use super::rank::{self, Mark, Ranked};
use crate::domain::find::{FindKind, Hit, Why};

/// What a query found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The best, best first, as many as were asked for.
    pub hits: Vec<Hit>,
    /// How many records answer in all.
    pub total: usize,
    /// False when it was stopped; then there are no hits.
    pub complete: bool,
}

/// One box that is typed into. It belongs to one thread; the index may change between two queries, or be another.
pub struct Finder {
    former: Option<Former>,
    matcher: SkimMatcherV2,
}

/// The former query and what it found.
struct Former {
    stamp: u64,
    kinds: Option<FindKind>,
    query: Query,
    marks: Vec<ChunkMarks>,
    /// Records that answered, rising.
    records: Vec<u32>,
}

/// How far from what was typed an answer may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Plain,
    Slips,
    Gaps,
}

/// Marks of a chunk: of each part, and of the whole as one text.
struct ChunkMarks {
    parts: Vec<TermMarks>,
    /// What is one slip away from each part, once that was asked for.
    slips: Vec<Option<TermMarks>>,
    /// What holds the letters of each part with gaps; as long as `parts`, or empty when not asked for.
    gaps: Vec<TermMarks>,
    whole: Option<TermMarks>,
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

    /// The best `limit` records that answer to `query`, all of one kind if `kinds` says so. `stop` is asked every half
    /// millisecond or so; once it is true the search ends with nothing.
    ///
    /// All parts of the query must answer. Nearly-matches are added only when nothing, or nothing good, is found.
    pub fn find(
        &mut self,
        index: &Index,
        query: &str,
        kinds: Option<FindKind>,
        limit: usize,
        stop: &dyn Fn() -> bool,
    ) -> Found {
        let query = Query::new(query);
        if query.chunks.is_empty() {
            self.former = None;
            return Found { complete: true, ..Found::default() };
        }
        self.search(index, query, kinds, limit, stop).unwrap_or_default()
    }

    fn search(
        &mut self,
        index: &Index,
        query: Query,
        kinds: Option<FindKind>,
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
        let mut reach = Reach::Plain;
        if add_slips(index, &query, &mut marks, &found, limit, stop)? {
            reach = Reach::Slips;
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

/// Marks what is one slip away, when nothing was found or little and that not well; says whether there is any.
fn add_slips(
    index: &Index,
    query: &Query,
    marks: &mut [ChunkMarks],
    found: &Sweep,
    limit: usize,
    stop: &dyn Fn() -> bool,
) -> Result<bool, Stopped> {
    if found.total >= limit && found.total > 0 {
        return Ok(false);
    }
    let best = found.best.first().map(|ranked| ranked.record);
    let mut any = false;
    for (chunk, marks) in query.chunks.iter().zip(marks) {
        for (n, term) in chunk.parts.iter().enumerate() {
            let doubtful = best.is_none_or(|record| {
                let mark = part_mark(index, record, marks, Reach::Plain, n);
                rank::why(mark) != Some(Why::Compound) && rank::worth(mark) < rank::WEAK
            });
            match term {
                Term::Letters(word) if doubtful && word.len() >= near::LETTERS_AT_LEAST => {
                    if marks.slips[n].is_none() {
                        marks.slips[n] = Some(TermMarks::of_slips(index, word, stop)?);
                    }
                }
                _ => marks.slips[n] = None,
            }
            any |= marks.slips[n].as_ref().is_some_and(|slips| !slips.spelled.is_empty());
        }
    }
    Ok(any)
}

impl ChunkMarks {
    /// Marks of a chunk, from those of the former chunk in its place where they still serve.
    fn of(
        index: &Index,
        chunk: &Chunk,
        former: Option<(&Chunk, &mut Self)>,
        stop: &dyn Fn() -> bool,
    ) -> Result<Self, Stopped> {
        let mut marks = Self { parts: Vec::new(), slips: Vec::new(), gaps: Vec::new(), whole: None };
        let (mut old_parts, mut old_whole) = (Vec::new(), None);
        if let Some((old, marks)) = former {
            old_parts = old.parts.iter().zip(marks.parts.drain(..).zip(marks.slips.drain(..))).collect();
            old_whole = old.whole.as_ref().zip(marks.whole.take());
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
        Ok(marks)
    }

    /// All marks that can make a record answer to a part.
    fn of_part(&self, part: usize, reach: Reach) -> Vec<&TermMarks> {
        let slips = self.slips[part].as_ref().filter(|_| reach != Reach::Plain);
        let gaps = self.gaps.get(part).filter(|_| reach == Reach::Gaps);
        [Some(&self.parts[part]), slips, gaps, self.whole.as_ref()].into_iter().flatten().collect()
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

/// The records that answer.
struct Sweep {
    best: Vec<Ranked>,
    records: Vec<u32>,
    total: usize,
}

impl Sweep {
    /// Looks through all records, or those of `from`.
    fn over(
        index: &Index,
        marks: &[ChunkMarks],
        reach: Reach,
        kinds: Option<FindKind>,
        limit: usize,
        from: Option<&[u32]>,
        stop: &dyn Fn() -> bool,
    ) -> Result<Self, Stopped> {
        let mut records = Vec::new();
        let mut best = BinaryHeap::with_capacity(limit.min(1_024));
        let asked = most_telling(marks, reach);
        let count = from.map_or(index.entries() as usize, <[u32]>::len);
        for n in 0..count {
            if n % SLICE == SLICE - 1 && stop() {
                return Err(Stopped);
            }
            let record = from.map_or(n as u32, |from| from[n]);
            if from.is_none() && !asked.iter().any(|marks| index.may_answer(record, marks)) {
                continue;
            }
            let points = points(index, record, marks, reach);
            if points == 0 || index.is_gone(record) {
                continue;
            }
            let kind = index.kind(record);
            if kinds.is_some() && kinds != kind {
                continue;
            }
            records.push(record);
            let ranked = Ranked::new(points, kind, index.moment(record), record);
            if best.len() < limit {
                best.push(Reverse(ranked));
            } else if let Some(mut last) = best.peek_mut()
                && last.0 < ranked
            {
                *last = Reverse(ranked);
            }
        }
        let best = best.into_sorted_vec().into_iter().map(|Reverse(ranked)| ranked).collect();
        Ok(Self { best, total: records.len(), records })
    }
}

/// Marks, one of which every answer has: those of the part that fewest texts answer to. Most records are told apart by
/// these alone.
fn most_telling(marks: &[ChunkMarks], reach: Reach) -> Vec<&TermMarks> {
    let parts = marks.iter().flat_map(|chunk| (0..chunk.parts.len()).map(move |part| chunk.of_part(part, reach)));
    let texts = |marks: &TermMarks| marks.spelled.len() + marks.doors.len() + marks.lines.len();
    parts.min_by_key(|marks| marks.iter().map(|marks| texts(marks)).sum::<usize>()).unwrap_or_default()
}

/// The points of a record: the sum over all parts, 0 when one of them does not answer.
fn points(index: &Index, record: u32, marks: &[ChunkMarks], reach: Reach) -> u32 {
    let (mut sum, mut compound, mut rooms) = (0, false, 0);
    for chunk in marks {
        let (mut parts_sum, mut all) = (0, true);
        for part in 0..chunk.parts.len() {
            let mark = part_mark(index, record, chunk, reach, part);
            if mark == 0 {
                all = false;
                break;
            }
            parts_sum += rank::points(mark);
            compound |= rank::why(mark) == Some(Why::Compound);
            rooms += u32::from(rank::why(mark) == Some(Why::Room) && rank::worth(mark) <= rank::ROOM_ALONE);
        }
        let parts_sum = if all { parts_sum } else { 0 };
        let whole = chunk.whole.as_ref().map_or(0, |whole| rank::points(term_mark(index, record, whole)));
        let best = parts_sum.max(whole * chunk.parts.len() as u32);
        if best == 0 {
            return 0;
        }
        sum += best;
    }
    sum + if compound { rooms * rank::WITH_COMPOUND } else { 0 }
}

fn part_mark(index: &Index, record: u32, chunk: &ChunkMarks, reach: Reach, part: usize) -> Mark {
    let plain = term_mark(index, record, &chunk.parts[part]);
    let slips = || chunk.slips[part].as_ref().map_or(0, |slips| term_mark(index, record, slips));
    match reach {
        Reach::Plain => plain,
        Reach::Slips => plain.max(slips()),
        Reach::Gaps => plain.max(slips()).max(term_mark(index, record, &chunk.gaps[part])),
    }
}

/// How well a record answers to one part: the best of its name, nicknames, compound, home and line.
fn term_mark(index: &Index, record: u32, marks: &TermMarks) -> Mark {
    let [name, compound, home] = index.parts(record);
    let mut best = marks.doors.get(home).max(marks.lines.get(record));
    if marks.spelled.is_empty() {
        return best;
    }
    best = best.max(marks.spelled.get(name));
    let of_compound = marks.spelled.get(compound);
    if of_compound != 0 {
        // For the compound itself its name is a name; for all that is in it, it says where.
        let itself = home == NONE && index.kind(record) == Some(FindKind::Place);
        best = best.max(if itself { of_compound } else { rank::as_other(of_compound, 84, Why::Compound) });
    }
    let (nicknames, labels) = index.called(record);
    for &number in nicknames {
        best = best.max(rank::as_other(marks.spelled.get(number), 97, Why::Called));
    }
    for &number in labels {
        best = best.max(rank::as_other(marks.spelled.get(number), 94, Why::Words));
    }
    best
}

fn hit(index: &Index, marks: &[ChunkMarks], reach: Reach, ranked: Ranked) -> Hit {
    let record = ranked.record;
    let mut reasons: Vec<Mark> = Vec::new();
    for chunk in marks {
        let parts: Vec<Mark> =
            (0..chunk.parts.len()).map(|part| part_mark(index, record, chunk, reach, part)).collect();
        if parts.contains(&0) {
            reasons.extend(chunk.whole.as_ref().map(|whole| term_mark(index, record, whole)));
        } else {
            reasons.extend(parts);
        }
    }
    reasons.sort_unstable_by_key(|&mark| Reverse(rank::worth(mark)));
    let mut why = Vec::new();
    for reason in reasons.into_iter().filter_map(rank::why) {
        if !why.contains(&reason) {
            why.push(reason);
        }
    }
    Hit { record: index.record(record), score: ranked.score, why }
}
