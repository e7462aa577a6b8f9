//! Every change the program can make, as values. Undo, the event log and the audit come from them.
//! Each says in its own file what it is kept as, whether undo takes it back, which rank it needs and when it is permitted;
//! how it is written is `store`.

pub mod kind;
pub mod rank;
pub mod undo;

use kind::{CommandKind, Undo};

use super::refusal::Refusal;
use super::staff::Rank;
use super::ticket::Number;
use crate::domain::base::event::{Entity, EventKind};
use crate::domain::base::id::CommandId;
use crate::domain::outage::op::OutageOp;
use crate::domain::parked::op::{Form, ParkedOp};
use crate::domain::person::nickname::PersonOp;
use crate::domain::roster::op::RosterOp;
use crate::domain::settings::op::Change;
use crate::domain::ticket::op::TicketOp;
use crate::domain::{filter, handover, operator};

/// One change: one variant a feature, whose own enum is in its folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// Takes a report, or does something to tickets.
    Ticket(TicketOp),
    /// Puts a half-done intake aside, or takes it up again.
    Parked(ParkedOp),
    /// Announces, changes or ends an outage, or counts a caller to it.
    Outage(OutageOp),
    /// Plans shifts, publishes them, gives leave, sets needs and rules, changes staff, marks who came.
    Roster(RosterOp),
    /// Does something to the handover being made, or to what is counted in it.
    Handover(handover::op::Act),
    /// Does something to an operator.
    Operator(operator::op::Act),
    /// Sets a category, the desk's hours or a day anew.
    Settings(Change),
    /// Keeps what people call a resident or a place.
    Person(PersonOp),
    /// Does something to the filters that have a name.
    Filter(filter::op::Act),
}

impl Op {
    /// What the command is kept as.
    pub fn kind(&self) -> CommandKind {
        match self {
            Self::Ticket(op) => op.kind(),
            Self::Parked(op) => op.kind(),
            Self::Outage(op) => op.kind(),
            Self::Roster(op) => op.kind(),
            Self::Handover(act) => act.kind(),
            Self::Operator(act) => act.kind(),
            Self::Settings(change) => change.kind(),
            Self::Person(op) => op.kind(),
            Self::Filter(act) => act.kind(),
        }
    }

    /// Whether undo takes it back.
    pub fn undo(&self) -> Undo {
        self.kind().undo()
    }

    /// The least rank that may make it; `by` is the name of the operator who does. Three rules ask for more than this where the
    /// record does: the table of moves, a shift marked long after its end ([`crate::domain::roster::presence::may_mark`]), days of a sheet
    /// ([`crate::domain::settings::op::may`]).
    pub fn needs(&self, by: &str) -> Rank {
        match self {
            Self::Ticket(op) => op.needs(),
            Self::Parked(_) | Self::Person(_) => Rank::Clerk,
            Self::Outage(op) => op.needs(),
            Self::Roster(op) => op.needs(),
            Self::Handover(act) => act.needs(),
            Self::Operator(act) => act.needs(by),
            Self::Settings(change) => change.needs(),
            Self::Filter(act) => act.needs(),
        }
    }

    /// Whether an operator of this name and rank may make it at all.
    ///
    /// # Errors
    /// [`Refusal::RankTooLow`].
    pub fn permitted(&self, by: &str, rank: Rank) -> Result<(), Refusal> {
        rank::at_least(rank, self.needs(by))
    }
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
    pub form: Option<Box<Form>>,
}

impl Done {
    /// Something that happened to one record, and nothing else.
    pub const fn to(entity: Entity, id: i64, kind: EventKind, command: CommandId) -> Self {
        Self { command, kind, entity, id, number: None, also: 0, of: None, form: None }
    }
}
