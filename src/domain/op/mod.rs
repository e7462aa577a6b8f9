//! Every change the program can make, as values. Undo, the event log and the audit come from them.
//! Whether a change is permitted is decided in the file of its area; how it is written is `store`.

pub mod callback;
pub mod decide;
pub mod departure;
pub mod filter;
pub mod handover;
pub mod nickname;
pub mod operator;
pub mod outage;
pub mod parked;
pub mod presence;
pub mod roster;
pub mod settings;
pub mod ticket;

use super::event::{Entity, EventKind};
use super::id::{CommandId, ParkedId, TicketId};
use super::ticket::Number;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// Takes a report: a new ticket. A parked intake it came from goes in the same transaction.
    Take {
        /// What was reported.
        report: Box<ticket::Report>,
        /// The parked intake it was.
        parked: Option<ParkedId>,
    },
    /// Does something to a ticket.
    Ticket {
        /// Which.
        id: TicketId,
        /// What.
        act: ticket::Act,
    },
    /// Does something to several tickets by one command, or more than one thing to one: all of it or nothing. Each comes with
    /// its own version seen.
    Many(Vec<(TicketId, ticket::Act)>),
    /// Parks a half-done intake.
    Park(Box<parked::Form>),
    /// Takes a parked intake up again: it is ours alone from here.
    Unpark(ParkedId),
    /// Announces, changes or ends an outage, or counts a caller to it.
    Outage(outage::OutageOp),
    /// Marks who came, or names who steps in.
    Presence(presence::PresenceOp),
    /// Plans shifts, publishes them, gives leave, sets needs and rules, changes staff.
    Roster(roster::RosterOp),
    /// Does something to the handover being made, or to what is counted in it.
    Handover(handover::Act),
    /// Does something to an operator.
    Operator(operator::Act),
    /// Sets a category, the desk's hours or a day anew.
    Settings(settings::Change),
    /// Keeps what people call a resident or a place.
    Call(nickname::Nickname),
    /// Does something to the filters that have a name.
    Filter(filter::Act),
}

/// What a change did, for the notice and for undoing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The command, to be named when it is undone.
    pub command: CommandId,
    /// What happened.
    pub kind: EventKind,
    /// To what kind of record.
    pub entity: Entity,
    /// To which.
    pub id: i64,
    /// The ticket's number, when it was a ticket.
    pub number: Option<Number>,
    /// How many further records of that kind it changed.
    pub also: u32,
    /// For an undo or redo: what was taken back or made again.
    pub of: Option<EventKind>,
    /// The form of an intake taken up again.
    pub form: Option<Box<parked::Form>>,
}

impl Done {
    /// Something that happened to one record, and nothing else.
    pub const fn to(entity: Entity, id: i64, kind: EventKind, command: CommandId) -> Self {
        Self { command, kind, entity, id, number: None, also: 0, of: None, form: None }
    }

    /// Whether it tells what somebody was told or signed, which no undo takes back.
    pub const fn stays(&self) -> bool {
        match self.kind {
            EventKind::Told | EventKind::Warned | EventKind::Signed | EventKind::TakenOver => true,
            // A correction of a frozen handover, and what is counted at each.
            EventKind::Edited | EventKind::Set | EventKind::Removed => matches!(self.entity, Entity::Handover),
            _ => false,
        }
    }
}
