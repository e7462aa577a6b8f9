//! Answers with figures: the list behind each part of a rate. The rates themselves are values of `rates`.

use super::super::id::PlaceId;
use super::super::op::callback::Verdict;
use super::super::rates::{Left, Part, Span, Which};
use super::super::time::Time;
use super::tickets::Row;

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
