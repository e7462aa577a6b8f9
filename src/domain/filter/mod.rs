//! What narrows the list of tickets, as a value: words, what a ticket is, where, whose and when, each also denied.
//! How it is typed is in `parse`; which tickets the data file has to look at for it is not known here.

mod known;
pub mod names;
pub mod op;
mod parse;
pub mod query;

#[cfg(test)]
mod tests;

pub use self::known::{Fits, Known, Me, Offer, Value, Vocabulary, offers, with_offer};
pub use self::parse::parse;
use super::ticket::{Channel, Number, Priority, Status, Ticket};
use crate::coded;
use crate::domain::base::clean::folded;
use crate::domain::base::id::{OperatorId, PlaceId, StaffId};
use crate::domain::base::time::Time;
use crate::domain::ticket::clock;
use crate::domain::ticket::query::Row;

/// Characters of a filter at most.
pub const LENGTH_AT_MOST: usize = 200;

/// The filters a new township begins with: name, and what is typed for it.
pub const STARTING: [(&str, &str); 5] = [
    ("超时", "超时"),
    ("没回话", "没回话"),
    ("今日收", "从:今天 -状态:作废"),
    ("待回访", "状态:待回访"),
    ("督办", "督办"),
];

coded! {
    /// What stands before the colon of a term.
    pub enum Head {
        /// 状态
        Status = "status",
        /// 小区
        Compound = "compound",
        /// 分类
        Category = "cat",
        /// 级别
        Priority = "pri",
        /// 处理人
        Who = "who",
        /// 来源
        Channel = "channel",
        /// 地点
        Place = "place",
        /// 从: reported on this day or after it.
        From = "from",
        /// 到: reported on this day or before it.
        To = "to",
    }
}

coded! {
    /// A term of one word.
    pub enum Flag {
        /// 超时
        Late = "late",
        /// 将到
        Soon = "soon",
        /// 没回话
        Silent = "silent",
        /// 该问: an outside body has it and is to be asked.
        Ask = "ask",
        /// 督办
        Watched = "watched",
        /// 重办
        Reopened = "reopened",
        /// 待补
        Missing = "missing",
        /// 挂起
        Paused = "paused",
        /// 我的: taken by me, or in my hands.
        Mine = "mine",
        /// 已结
        Closed = "closed",
        /// 全部: also those that have ended.
        All = "all",
    }
}

/// A filter. The default one lets every ticket pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only open tickets.
    pub open: bool,
    /// All of these must hold.
    pub terms: Vec<Term>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// It must not hold.
    pub not: bool,
    /// What is asked of a ticket.
    pub test: Test,
}

/// What is asked of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Somewhere in it.
    Word(Word),
    /// One of these.
    Status(Vec<Status>),
    /// In one of these.
    Compound(Vec<PlaceId>),
    /// One of these codes.
    Category(Vec<String>),
    /// One of these.
    Priority(Vec<Priority>),
    /// In the hands of one of these; `None` is nobody.
    Who(Vec<Option<StaffId>>),
    /// Came in by one of these.
    Channel(Vec<Channel>),
    /// There.
    Place(Spot),
    /// Reported at this time or later.
    From(Time),
    /// Reported before this time.
    Before(Time),
    /// As the flag says; [`Flag::Mine`] asks as [`Test::Of`].
    Is(Flag),
    /// Taken by this operator, or in the hands of who he is among the staff.
    Of(Me),
}

/// A word that may stand anywhere in a ticket: in what was said, its place, its number or that of the 12345 order, the name of
/// compound or handler.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The text, folded.
    pub text: String,
    /// The same as a place.
    pub spot: Spot,
    /// The ticket it is the number of.
    pub number: Option<Number>,
    /// Compounds it names.
    pub compounds: Vec<PlaceId>,
    /// Staff it names.
    pub staff: Vec<StaffId>,
}

/// A place within a compound, or the caller's words for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// As typed, folded.
    pub text: String,
    /// What the labels of such places begin with: as typed, and as homes are always written.
    pub labels: Vec<String>,
}

/// What of a ticket words are looked for in.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// What was said.
    pub words: &'a str,
    /// The caller's words for the place.
    pub place_words: &'a str,
    /// The 12345 order's number.
    pub outside_number: &'a str,
    /// Label of the place within its compound.
    pub place: &'a str,
    /// Number.
    pub number: Number,
    /// Compound.
    pub compound: Option<PlaceId>,
    /// Who has it.
    pub assignee: Option<StaffId>,
}

impl Filter {
    /// The open tickets.
    pub const fn open() -> Self {
        Self { open: true, terms: Vec::new() }
    }

    /// The same, and this must hold too.
    #[must_use]
    pub fn and(mut self, test: Test) -> Self {
        self.terms.push(Term { not: false, test });
        self
    }

    /// The same, with all of these words in what was said.
    #[must_use]
    pub fn with_words(self, words: &str) -> Self {
        words.split_whitespace().fold(self, |filter, word| filter.and(Test::Word(Word::plain(word))))
    }

    /// Whether nothing is asked beyond being open.
    pub const fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether only open tickets can pass, by what is said or by what follows from it.
    pub fn only_open(&self) -> bool {
        let is_open = |test: &Test| match test {
            Test::Is(flag) => matches!(flag, Flag::Late | Flag::Soon | Flag::Silent | Flag::Ask | Flag::Paused),
            Test::Status(statuses) => statuses.iter().all(|status| status.open()),
            _ => false,
        };
        self.open || self.terms.iter().any(|term| !term.not && is_open(&term.test))
    }

    /// Whether the ticket passes at this time.
    pub fn passes(&self, row: &Row, now: Time) -> bool {
        let ticket = &row.ticket;
        let seen = Seen {
            words: &ticket.words,
            place_words: &ticket.place_words,
            outside_number: &ticket.outside_number,
            place: &row.place,
            number: ticket.number,
            compound: ticket.compound,
            assignee: ticket.assignee,
        };
        (!self.open || ticket.status.open())
            && self.terms.iter().all(|term| {
                let holds = term.test.found_in(&seen).unwrap_or_else(|| term.test.holds(ticket, now));
                holds != term.not
            })
    }
}

impl Test {
    /// Whether it is found in the words of a ticket; none when it asks for something else.
    pub fn found_in(&self, seen: &Seen<'_>) -> Option<bool> {
        match self {
            Self::Word(word) => Some(word.found_in(seen)),
            Self::Place(spot) => Some(spot.found_in(seen)),
            _ => None,
        }
    }

    /// Whether it asks for words.
    pub const fn of_words(&self) -> bool {
        matches!(self, Self::Word(_) | Self::Place(_))
    }

    fn holds(&self, ticket: &Ticket, now: Time) -> bool {
        match self {
            Self::Word(_) | Self::Place(_) | Self::Is(Flag::All | Flag::Mine) => true,
            Self::Status(any) => any.contains(&ticket.status),
            Self::Compound(any) => ticket.compound.is_some_and(|compound| any.contains(&compound)),
            Self::Category(any) => any.contains(&ticket.category),
            Self::Priority(any) => any.contains(&ticket.priority),
            Self::Who(any) => any.contains(&ticket.assignee),
            Self::Channel(any) => any.contains(&ticket.channel),
            Self::From(from) => ticket.opened_at >= *from,
            Self::Before(before) => ticket.opened_at < *before,
            Self::Of(me) => me.has(ticket.taken_by, ticket.assignee),
            Self::Is(Flag::Late) => clock::standing(ticket, now).late(),
            Self::Is(Flag::Soon) => clock::standing(ticket, now).soon(),
            Self::Is(Flag::Silent) => clock::silent(ticket, now).is_some(),
            Self::Is(Flag::Ask) => clock::ask_due(ticket, now),
            Self::Is(Flag::Watched) => ticket.watched,
            Self::Is(Flag::Reopened) => ticket.reopened > 0,
            Self::Is(Flag::Missing) => !ticket.to_complete().is_empty(),
            Self::Is(Flag::Paused) => ticket.status == Status::Paused,
            Self::Is(Flag::Closed) => !ticket.status.open(),
        }
    }
}

impl Word {
    /// A word that is looked for in texts and places alone.
    pub fn plain(text: &str) -> Self {
        Self { text: folded(text), spot: Spot::new(text), ..Self::default() }
    }

    fn found_in(&self, seen: &Seen<'_>) -> bool {
        folded(seen.words).contains(&self.text)
            || (!seen.outside_number.is_empty() && folded(seen.outside_number).contains(&self.text))
            || self.spot.found_in(seen)
            || self.number == Some(seen.number)
            || seen.compound.is_some_and(|compound| self.compounds.contains(&compound))
            || seen.assignee.is_some_and(|staff| self.staff.contains(&staff))
    }
}

impl Spot {
    /// A place as typed: `3-2-501`, `3栋2单元`, `水泵房`, `最里头那排`.
    pub fn new(text: &str) -> Self {
        let typed = crate::domain::base::clean::half_width(text);
        let mut labels = vec![typed.clone()];
        let home = crate::domain::place::room::parse(&typed)
            .filter(|parsed| parsed.compound_words.is_empty() && parsed.rest.is_empty());
        if let Some(label) = home.map(|parsed| parsed.form.label()).filter(|label| *label != typed && !label.is_empty())
        {
            labels.push(label);
        }
        Self { text: folded(text), labels }
    }

    fn found_in(&self, seen: &Seen<'_>) -> bool {
        self.labels.iter().any(|label| seen.place.starts_with(label.as_str()))
            || folded(seen.place_words).contains(&self.text)
    }
}

impl Me {
    /// Whether a ticket taken by this operator, now with this member of staff, is mine.
    pub fn has(&self, taken_by: OperatorId, assignee: Option<StaffId>) -> bool {
        self.operator == Some(taken_by) || (self.staff.is_some() && self.staff == assignee)
    }
}
