//! Answers about callbacks: who waits for one, one of them in hand, and a ticket that is to be done over again.
//! What a call makes of a ticket is `op::callback`.

use crate::domain::base::event::Entity;
use crate::domain::base::id::{StaffId, TicketId};
use crate::domain::base::time::Time;
use crate::domain::callback::op::{Verdict, Whom};
use crate::domain::person::{PersonName, Phone};
use crate::domain::roster::duty::Candidate;
use crate::domain::ticket::query::{Detail, Row};

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
    /// [`AFFECTED_AT_MOST`](crate::domain::callback::op::AFFECTED_AT_MOST) at most.
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

/// A question about callbacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallbackQuery {
    /// Tickets that wait for the resident's word: those due now first.
    Queue {
        /// Now.
        now: Time,
    },
    /// One of them with everything the one who rings must know.
    InHand(TicketId),
    /// Who could do a ticket over again, and how it was done.
    Reopening {
        /// Which.
        ticket: TicketId,
        /// When.
        at: Time,
    },
}

impl CallbackQuery {
    /// The kinds of records whose change may change the answer.
    pub const fn about(&self) -> &'static [Entity] {
        match self {
            Self::Queue { .. } => &[Entity::Ticket],
            Self::InHand(_) => &[Entity::Ticket, Entity::Staff],
            Self::Reopening { .. } => &[Entity::Shift, Entity::Staff, Entity::Ticket],
        }
    }
}

/// The answer to the question of its name.
#[derive(Clone, Debug, PartialEq)]
pub enum CallbackAnswer {
    /// See [`CallbackQuery::Queue`].
    Queue(Vec<Waiting>),
    /// See [`CallbackQuery::InHand`]; none when there is no such ticket.
    InHand(Option<Box<InHand>>),
    /// See [`CallbackQuery::Reopening`]; none when there is no such ticket.
    Reopening(Option<Box<Reopening>>),
}
