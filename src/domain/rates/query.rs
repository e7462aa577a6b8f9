//! Answers with figures: the list behind each part of a rate. The rates themselves are values of `rates`.

use crate::domain::base::event::Entity;
use crate::domain::base::id::PlaceId;
use crate::domain::base::time::Time;
use crate::domain::callback::op::Verdict;
use crate::domain::rates::report::Month;
use crate::domain::rates::{Left, Part, Rates, Span, Which};
use crate::domain::ticket::query::Row;

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListOf {
    /// Behind which rate.
    pub which: Which,
    /// Which part of it.
    pub part: Part,
    /// Of which days.
    pub span: Span,
    /// Only of this compound.
    pub compound: Option<PlaceId>,
    /// Now: what is not due yet depends on it.
    pub now: Time,
    /// Rows at most.
    pub limit: usize,
    /// Only those before this one (time, and id or number of the call): the `next` of the page before.
    pub after: Option<(Time, i64)>,
}

/// A page of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListPage {
    /// The newest first.
    pub rows: Vec<Counted>,
    /// Where the next page begins; none at the end.
    pub next: Option<(Time, i64)>,
}

/// What was counted once: a ticket taken, or a call made about one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The ticket.
    pub row: Row,
    /// When it was taken, or the call made.
    pub at: Time,
    /// Why it does not count, when it does not.
    pub left: Option<Left>,
    /// Of a call: whether it was solved.
    pub solved: Option<bool>,
    /// Of a call: how content.
    pub verdict: Option<Verdict>,
}

/// A question about the rates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RatesQuery {
    /// The three rates of some days.
    Rates {
        /// The days.
        span: Span,
        /// Only of this compound.
        compound: Option<PlaceId>,
        /// Now.
        now: Time,
    },
    /// A page of what a part of a rate counts.
    List(ListOf),
    /// The report of a month.
    Month {
        /// The month.
        span: Span,
        /// Now.
        now: Time,
    },
}

impl RatesQuery {
    /// The kinds of records whose change may change the answer.
    pub const fn about(&self) -> &'static [Entity] {
        match self {
            Self::Rates { .. } => &[Entity::Ticket],
            // A list or a report being read stays as it was counted.
            Self::List(_) | Self::Month { .. } => &[],
        }
    }
}

/// The answer to the question of its name.
#[derive(Clone, Debug, PartialEq)]
pub enum RatesAnswer {
    /// See [`RatesQuery::Rates`].
    Rates(Box<Rates>),
    /// See [`RatesQuery::List`].
    List(ListPage),
    /// See [`RatesQuery::Month`].
    Month(Box<Month>),
}
