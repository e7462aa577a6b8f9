//! Answers about callbacks: who waits for one, one of them in hand, and a ticket that is to be done over again.
//! What a call makes of a ticket is `op::callback`.

use super::super::id::StaffId;
use super::super::op::callback::{Verdict, Whom};
use super::super::person::{PersonName, Phone};
use super::super::time::Time;
use super::duty::Candidate;
use super::tickets::{Detail, Row};

/// A ticket that waits for the resident's word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The ticket.
    pub row: Row,
    /// Who reported it.
    pub reporter: Option<PersonName>,
    /// The number to ring.
    pub phone: Option<Phone>,
    /// From when on he may be rung.
    pub due: Time,
}

/// A callback in hand: what the one who rings must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InHand {
    /// The ticket with everything around it.
    pub detail: Detail,
    /// Others affected who have a phone, the first to join first;
    /// [`AFFECTED_AT_MOST`](super::super::op::callback::AFFECTED_AT_MOST) at most.
    pub affected: Vec<Affected>,
    /// Calls made before, oldest first.
    pub calls: Vec<Made>,
}

/// Somebody also affected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affected {
    /// Name as given.
    pub name: Option<PersonName>,
    /// Number as given.
    pub phone: Phone,
}

/// A call made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// When.
    pub at: Time,
    /// Operator's name.
    pub by: String,
    /// Whose word.
    pub whom: Whom,
    /// Whether somebody answered.
    pub reached: bool,
    /// Whether it was solved; none when nobody answered.
    pub solved: Option<bool>,
    /// Whether somebody came in time; none when not asked.
    pub in_time: Option<bool>,
    /// How content; none when nobody answered.
    pub verdict: Option<Verdict>,
}

/// A ticket that is to be done over again: who could do it, and what is known of how it was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reopening {
    /// Who could be sent, the best first: the one who had it last, the manager first where he must have it.
    pub candidates: Vec<Candidate>,
    /// Whether the manager must have it, having been done over before.
    pub needs_manager: bool,
    /// Who had it.
    pub handler: Option<PersonName>,
    /// His id.
    pub handler_id: Option<StaffId>,
    /// What was done.
    pub result: String,
    /// When somebody was first there.
    pub contacted_at: Option<Time>,
    /// When it was done.
    pub resolved_at: Option<Time>,
    /// The newest call about it.
    pub called: Option<Made>,
}
