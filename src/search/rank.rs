//! What each kind of match is worth, in one place. A mark says how well one typed part answers to one text; the marks
//! of all parts add up to a record's score. What matches what is not decided here.

use std::cmp::Ordering;

use crate::domain::base::find::{FindKind, Why};

/// From the top: worth 1..=100 (7 bits), closeness 0..=31 (5 bits), [`Why`] (4 bits), so that the greater mark is the
/// better match; 0 is no match.
pub(super) type Mark = u16;

/// A match worth less than this does not stand for what was typed with certainty: nearly-matches are looked for too.
pub(super) const WEAK: u32 = 85;

const _: () = assert!(Why::ALL.len() <= 16, "reasons have four bits");

/// Closeness of a match that leaves nothing out, or where that says nothing.
const CLOSE: u16 = 31;

/// A mark from its worth and reason.
pub(super) const fn mark(worth: u16, why: Why) -> Mark {
    worth << 9 | CLOSE << 4 | why as u16
}

/// The same mark, less close by each letter of the text that was not typed: of all that begin with `wangl`, `wangli` is
/// likelier meant than `wangliangjun`.
pub(super) fn less(mark: Mark, letters: usize) -> Mark {
    mark - ((letters.min(usize::from(CLOSE)) as u16) << 4)
}

/// Worth of a mark, 0..=100.
pub(super) const fn worth(mark: Mark) -> u32 {
    (mark >> 9) as u32
}

/// Worth and closeness as one number: [`POINTS`] for each of worth.
pub(super) const fn points(mark: Mark) -> u32 {
    (mark >> 4) as u32
}

/// Points in one of worth.
pub(super) const POINTS: u32 = 32;

/// Reason of a mark; `None` for no match.
pub(super) fn why(mark: Mark) -> Option<Why> {
    if mark == 0 { None } else { Why::ALL.get(usize::from(mark & 0xf)).copied() }
}

/// The same match, worth `percent` of it, for another reason.
pub(super) fn as_other(from: Mark, percent: u16, why: Why) -> Mark {
    if from == 0 {
        return 0;
    }
    let worth = ((from >> 9) * percent / 100).max(1);
    worth << 9 | from & CLOSE << 4 | why as u16
}

// Names. `start` is the syllable the match begins at, `left` how many syllables were not typed.

/// Syllables in full, the last one perhaps not yet (`full`).
pub(super) const fn full_pinyin(start: usize, left: usize, full: bool) -> Mark {
    let worth = match (start, left, full) {
        (0, 0, true) => 100,
        (0, _, true) => 92,
        (0, 0, false) => 90,
        (0, ..) => 88,
        (_, 0, true) => 76,
        (..) => 64,
    };
    mark(worth, Why::Pinyin)
}

/// One letter a syllable.
pub(super) const fn initials(start: usize, left: usize, typed: usize) -> Mark {
    let worth = match (start, left, typed) {
        (0, 0, _) => 96,
        (0, ..) => 86,
        (_, _, 1) => 30,
        (_, 0, _) => 62,
        (..) => 54,
    };
    mark(worth, Why::Initials)
}

/// Some syllables in full, some by a letter or two: `wangxm`.
pub(super) const fn mixed_pinyin(start: usize, left: usize) -> Mark {
    let worth = match (start, left) {
        (0, 0) => 84,
        (0, _) => 80,
        (..) => 50,
    };
    mark(worth, Why::Pinyin)
}

/// With zh/z, ch/c, sh/s, n/ng or l/n taken for each other.
pub(super) const fn blurred(start: usize, left: usize) -> Mark {
    let worth = match (start, left) {
        (0, 0) => 66,
        (0, _) => 56,
        (..) => 28,
    };
    mark(worth, Why::Fuzzy)
}

/// Chinese characters as written.
pub(super) fn written(text: &str, typed: &str) -> Mark {
    let worth = match text.find(typed) {
        None => return 0,
        Some(0) if text.len() == typed.len() => 100,
        Some(0) => 92,
        Some(at) if at + typed.len() == text.len() => 76,
        Some(_) => 70,
    };
    mark(worth, Why::Name)
}

/// The best a slip can be worth.
pub(super) const SLIP: u32 = 60;

/// One slip: a `wrong` letter, or one left out, doubled or swapped, which is likelier as all that was typed is in the
/// text; `left` letters were not typed yet.
pub(super) fn near(wrong: bool, left: usize) -> Mark {
    let worth = match (wrong, left) {
        (false, 0) => SLIP as u16,
        (true, 0) => 44,
        (false, _) => 36,
        (true, _) => 26,
    };
    less(mark(worth, Why::Fuzzy), left)
}

/// The letters in their order with gaps, by the matcher's score for each letter typed.
pub(super) fn gappy(score: i64, typed: usize) -> Mark {
    let each = score / i64::try_from(typed.max(1)).unwrap_or(1);
    mark(8 + each.clamp(0, 20) as u16, Why::Fuzzy)
}

/// Digits of a phone, in a number of so many.
pub(super) fn phone(number: &[u8], digits: &[u8]) -> Mark {
    let n = digits.len();
    let worth = if number == digits {
        100
    } else if number.ends_with(digits) {
        match n {
            5.. => 95,
            4 => 91,
            3 => 72,
            _ => 60,
        }
    } else if n < 3 {
        return 0;
    } else if number.starts_with(digits) {
        66
    } else if memchr::memmem::find(number, digits).is_some() {
        if n > 3 { 52 } else { 40 }
    } else {
        return 0;
    };
    mark(worth, Why::Phone)
}

/// The compound itself, by how its name answers: written as it is called, it is the compound and not somebody's name.
pub(super) fn itself(of_name: Mark) -> Mark {
    if why(of_name) == Some(Why::Name) { of_name & !0xf | Why::Compound as u16 } else { of_name }
}

/// What is in a compound, by how its name answers. A doubtful answer would bring in hundreds of homes.
pub(super) fn in_compound(of_name: Mark) -> Mark {
    as_other(of_name, if worth(of_name) > WEAK { 84 } else { 50 }, Why::Compound)
}

/// Free words of a ticket: at their beginning or further in.
pub(super) const fn words(at: usize) -> Mark {
    mark(if at == 0 { 48 } else { 40 }, Why::Words)
}

/// A building or unit number alone says little, but much once its compound is named as well; added to such marks.
pub(super) const WITH_COMPOUND: u32 = 25 * POINTS;

/// Numbers in the order of building, unit and room: this part of what the home so written is worth comes on top. It
/// tells 3-2-501 from 2-3-501 and lifts neither over a name.
pub(super) const ORDER: u32 = 8;

/// Above this a room mark names a home by itself and gets no [`WITH_COMPOUND`].
pub(super) const ROOM_ALONE: u32 = 74;

/// Order of kinds that answer equally well: the place itself, then people, then what happened there.
const fn kind_worth(kind: FindKind) -> i32 {
    match kind {
        FindKind::Place => 6,
        FindKind::Home => 5,
        FindKind::Resident => 4,
        FindKind::Staff => 3,
        FindKind::Alias => 2,
        FindKind::Ticket => 1,
    }
}

/// A record among the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ranked {
    /// Sum of points × 8 plus the worth of its kind.
    pub(super) score: i32,
    /// Newest first among equals, milliseconds.
    pub(super) at: i64,
    /// Its number in the index; the earlier first among equals.
    pub(super) record: u32,
}

impl Ranked {
    pub(super) fn new(points: u32, kind: Option<FindKind>, at: i64, record: u32) -> Self {
        Self { score: points as i32 * 8 + kind.map_or(0, kind_worth), at, record }
    }
}

/// The better answer is the greater.
impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.score, self.at).cmp(&(other.score, other.at)).then(other.record.cmp(&self.record))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
