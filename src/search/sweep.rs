//! Looks through the records with the marks of a query: adds up what each is worth, keeps the best, says why. How the
//! marks came about is not its concern.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::index::Index;
use super::marks::{SLICE, Stopped, TermMarks};
use super::pool::NONE;
use super::rank::{self, Mark, Ranked};
use crate::domain::base::find::{FindKind, Hit, Why};

/// How far from what was typed an answer may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// As typed, blurred at most.
    Plain,
    /// Also by a slip that is worth [`rank::SLIP`].
    LikelySlips,
    /// Also by any slip.
    Slips,
    /// Also with letters missing.
    Gaps,
}

/// The kinds looked for, a bit each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Kinds(u16);

impl Kinds {
    /// These kinds; all when there is none.
    pub(super) fn of(kinds: &[FindKind]) -> Self {
        Self(if kinds.is_empty() { u16::MAX } else { kinds.iter().fold(0, |bits, &kind| bits | Self::bit(kind)) })
    }

    /// Whether a record of this kind is looked for; one of no kind only when all are.
    fn wants(self, kind: Option<FindKind>) -> bool {
        kind.map_or(self.0 == u16::MAX, |kind| self.0 & Self::bit(kind) != 0)
    }

    const fn bit(kind: FindKind) -> u16 {
        1 << kind as u16
    }
}

/// Marks of a chunk: of each part, and of the whole as one text.
pub(super) struct ChunkMarks {
    pub(super) parts: Vec<TermMarks>,
    /// What is one slip away from each part, once that was asked for.
    pub(super) slips: Vec<Option<TermMarks>>,
    /// What holds the letters of each part with gaps; as long as `parts`, or empty when not asked for.
    pub(super) gaps: Vec<TermMarks>,
    pub(super) whole: Option<TermMarks>,
    /// How well the numbers that end here fit a home in the order typed.
    pub(super) order: Option<TermMarks>,
}

impl ChunkMarks {
    /// All marks that can make a record answer to a part.
    fn of_part(&self, part: usize, reach: Reach) -> Vec<&TermMarks> {
        let slips = self.slips[part].as_ref().filter(|_| reach != Reach::Plain);
        let gaps = self.gaps.get(part).filter(|_| reach == Reach::Gaps);
        [Some(&self.parts[part]), slips, gaps, self.whole.as_ref()].into_iter().flatten().collect()
    }
}

/// The records that answer.
pub(super) struct Sweep {
    pub(super) best: Vec<Ranked>,
    /// All of them, rising.
    pub(super) records: Vec<u32>,
    pub(super) total: usize,
}

impl Sweep {
    /// Looks through all records, or those of `from`.
    pub(super) fn over(
        index: &Index,
        marks: &[ChunkMarks],
        reach: Reach,
        kinds: Kinds,
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
            if !kinds.wants(kind) {
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
        sum +=
            best + chunk.order.as_ref().map_or(0, |order| rank::points(term_mark(index, record, order)) / rank::ORDER);
    }
    sum + if compound { rooms * rank::WITH_COMPOUND } else { 0 }
}

/// How well a record answers to one part of a chunk.
pub(super) fn part_mark(index: &Index, record: u32, chunk: &ChunkMarks, reach: Reach, part: usize) -> Mark {
    let plain = term_mark(index, record, &chunk.parts[part]);
    let slips = || chunk.slips[part].as_ref().map_or(0, |slips| term_mark(index, record, slips));
    match reach {
        Reach::Plain => plain,
        Reach::LikelySlips => match slips() {
            likely if rank::worth(likely) >= rank::SLIP => plain.max(likely),
            _ => plain,
        },
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
        best = best.max(if itself { rank::itself(of_compound) } else { rank::in_compound(of_compound) });
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

/// The answer to show for a record, with the reasons, the strongest first.
pub(super) fn hit(index: &Index, marks: &[ChunkMarks], reach: Reach, ranked: Ranked) -> Hit {
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
