//! How well every name, home and line of the index answers to one part of a query. Marks of a part can be renewed for
//! a longer part from those that are left. Adding parts up is not done here.

use fuzzy_matcher::skim::SkimMatcherV2;

use super::index::Index;
use super::near::{self, Slip};
use super::query::Term;
use super::rank::{self, Mark};
use super::spelled::letters_of;
use super::typed::Typed;
use super::{door, keys};
use crate::domain::base::find::Why;

/// So many entries are marked between two looks at whether to stop; well under a millisecond.
pub(super) const SLICE: usize = 8_192;

/// Given up, because a newer question has come.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stopped;

/// Marks by number, and the numbers that have one, rising.
#[derive(Default)]
pub(super) struct Marks {
    by_number: Vec<Mark>,
    marked: Vec<u32>,
}

impl Marks {
    /// The mark of a number; 0 for one that has none, and for "no such part".
    pub(super) fn get(&self, number: u32) -> Mark {
        self.by_number.get(number as usize).copied().unwrap_or(0)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.marked.is_empty()
    }

    /// Whether there is a mark of which `fits` says so.
    pub(super) fn any(&self, fits: impl Fn(Mark) -> bool) -> bool {
        self.marked.iter().any(|&number| fits(self.get(number)))
    }

    /// How many numbers have a mark.
    pub(super) fn len(&self) -> usize {
        self.marked.len()
    }

    /// Marks the numbers given. `size` is one more than the greatest.
    fn of(
        size: usize,
        numbers: impl IntoIterator<Item = u32>,
        mut mark: impl FnMut(u32) -> Mark,
        stop: &dyn Fn() -> bool,
    ) -> Result<Self, Stopped> {
        let mut marks = Self::default();
        for (done, number) in numbers.into_iter().enumerate() {
            if done % SLICE == SLICE - 1 && stop() {
                return Err(Stopped);
            }
            let mark = mark(number);
            if mark != 0 {
                if marks.by_number.is_empty() {
                    marks.by_number.resize(size, 0);
                }
                marks.by_number[number as usize] = mark;
                marks.marked.push(number);
            }
        }
        Ok(marks)
    }

    fn renew(&mut self, mut mark: impl FnMut(u32) -> Mark, stop: &dyn Fn() -> bool) -> Result<(), Stopped> {
        if self.marked.len() > SLICE && stop() {
            return Err(Stopped);
        }
        let by_number = &mut self.by_number;
        self.marked.retain(|&number| {
            by_number[number as usize] = mark(number);
            by_number[number as usize] != 0
        });
        if self.marked.is_empty() {
            self.by_number = Vec::new();
        }
        Ok(())
    }
}

/// What one part of a query finds.
#[derive(Default)]
pub(super) struct TermMarks {
    /// By number in `Index::spelled`.
    pub(super) spelled: Marks,
    /// By number of the home.
    pub(super) doors: Marks,
    /// By record.
    pub(super) lines: Marks,
}

/// What a part asks of a name, a home and a line.
struct Asked<'a> {
    index: &'a Index,
    term: &'a Term,
    typed: Option<Typed>,
}

impl<'a> Asked<'a> {
    fn new(index: &'a Index, term: &'a Term) -> Self {
        let typed = match term {
            Term::Letters(word) | Term::Digits { digits: word, .. } => Some(Typed::new(word, &index.spelled)),
            Term::Text(text) if text.bytes().all(|b| b.is_ascii_alphanumeric()) => {
                Some(Typed::new(text, &index.spelled))
            }
            _ => None,
        };
        Self { index, term, typed }
    }

    fn spelled(&self, number: u32) -> Mark {
        match (self.term, &self.typed) {
            (Term::Han(text) | Term::Text(text), None) => rank::written(self.index.spelled.text(number), text),
            (Term::Letters(_), Some(typed)) => typed.mark(&self.index.spelled, number),
            // Digits are in few names (和平2区), and most that are typed mean something else.
            (_, Some(typed)) if self.index.spelled.letters(number) & letters_of(b"0") != 0 => {
                rank::as_other(typed.mark(&self.index.spelled, number), 60, Why::Name)
            }
            _ => 0,
        }
    }

    fn door(&self, number: u32) -> Mark {
        let door = self.index.door(number);
        match self.term {
            Term::Digits { digits, .. } => door::digits_mark(digits, door),
            Term::Room(home) => home.mark(door),
            Term::Letters(word) => door::word_mark(word, door),
            Term::Han(text) => door::word_mark(text, door),
            Term::Text(_) => 0,
        }
    }

    fn line(&self, record: u32) -> Mark {
        keys::mark(self.index.line(record), self.term)
    }
}

impl TermMarks {
    /// Marks everything in the index.
    pub(super) fn of(index: &Index, term: &Term, stop: &dyn Fn() -> bool) -> Result<Self, Stopped> {
        let asked = Asked::new(index, term);
        let spelled = index.spelled.len();
        let mark = |number| asked.spelled(number);
        let spelled = match term {
            Term::Room(_) => Marks::default(),
            Term::Han(text) | Term::Text(text) if asked.typed.is_none() => {
                Marks::of(spelled, index.spelled.containing(text), mark, stop)?
            }
            _ => Marks::of(spelled, 0..spelled as u32, mark, stop)?,
        };
        let doors = index.doors() as usize;
        let mark = |number| asked.door(number);
        let doors = match term {
            Term::Digits { .. } | Term::Room(_) => Marks::of(doors, 0..doors as u32, mark, stop)?,
            Term::Letters(word) if word.len() == 1 => Marks::of(doors, 0..doors as u32, mark, stop)?,
            Term::Han(text) => Marks::of(doors, index.doors_holding(text), mark, stop)?,
            Term::Letters(_) | Term::Text(_) => Marks::default(),
        };
        if stop() {
            return Err(Stopped);
        }
        let records = index.lines_holding(&keys::needles(term));
        let lines = Marks::of(index.entries() as usize, records, |record| asked.line(record), stop)?;
        Ok(Self { spelled, doors, lines })
    }

    /// [`Self::of_slips`] for a longer word from those of the shorter one.
    pub(super) fn renew_slips(mut self, index: &Index, word: &str, stop: &dyn Fn() -> bool) -> Result<Self, Stopped> {
        let mut slip = Slip::new(word, &index.spelled);
        self.spelled.renew(|number| slip.mark(&index.spelled, number), stop)?;
        Ok(self)
    }

    /// Marks for a term that narrows the one these were made for.
    pub(super) fn renew(mut self, index: &Index, term: &Term, stop: &dyn Fn() -> bool) -> Result<Self, Stopped> {
        let asked = Asked::new(index, term);
        self.spelled.renew(|number| asked.spelled(number), stop)?;
        self.doors.renew(|number| asked.door(number), stop)?;
        self.lines.renew(|record| asked.line(record), stop)?;
        Ok(self)
    }

    /// Names and compounds one slip away from the letters typed.
    pub(super) fn of_slips(index: &Index, word: &str, stop: &dyn Fn() -> bool) -> Result<Self, Stopped> {
        let mut slip = Slip::new(word, &index.spelled);
        let spelled = index.spelled.len();
        let spelled = Marks::of(spelled, 0..spelled as u32, |number| slip.mark(&index.spelled, number), stop)?;
        Ok(Self { spelled, ..Self::default() })
    }

    /// Names, compounds and words that hold what was typed with gaps.
    pub(super) fn of_gaps(
        index: &Index,
        term: &Term,
        matcher: &SkimMatcherV2,
        stop: &dyn Fn() -> bool,
    ) -> Result<Self, Stopped> {
        let size = index.spelled.len();
        let all = 0..size as u32;
        match term {
            Term::Letters(word) if word.len() > near::LETTERS_AT_LEAST => {
                let (letters, mut room) = (letters_of(word.as_bytes()), Vec::new());
                let mark = |number| near::gappy_pinyin(matcher, word, letters, &index.spelled, number, &mut room);
                Ok(Self { spelled: Marks::of(size, all, mark, stop)?, ..Self::default() })
            }
            Term::Han(text) if text.chars().nth(1).is_some() => {
                let mark = |number| near::gappy(matcher, text, index.spelled.text(number));
                let spelled = Marks::of(size, all, mark, stop)?;
                let records =
                    index.lines_holding(&text.chars().take(1).map(|c| c.to_string().into_bytes()).collect::<Vec<_>>());
                let mark = |record| near::gappy(matcher, text, keys::words(index.line(record)));
                let lines = Marks::of(index.entries() as usize, records, mark, stop)?;
                Ok(Self { spelled, lines, ..Self::default() })
            }
            _ => Ok(Self::default()),
        }
    }
}
