//! Every change the program can make, as values. Undo, the event log and the audit come from them.
//! Each says in its own file what it is kept as, whether undo takes it back, which rank it needs and when it is permitted;
//! how it is written is `store`.

pub mod callback;
pub mod decide;
pub mod departure;
pub mod filter;
pub mod handover;
pub mod kind;
pub mod nickname;
pub mod operator;
pub mod outage;
pub mod parked;
pub mod presence;
pub mod rank;
pub mod roster;
pub mod settings;
pub mod ticket;
pub mod undo;

use super::event::{Entity, EventKind};
use super::id::{CommandId, ParkedId, TicketId};
use super::refusal::Refusal;
use super::staff::Rank;
use super::ticket::Number;
use kind::{CommandKind, Undo};

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

impl Op {
    /// What the command is kept as.
    pub fn kind(&self) -> CommandKind {
        match self {
            Self::Take { .. } => CommandKind::Take,
            Self::Ticket { act, .. } => act.kind(),
            // One undo takes back all of it or nothing, so an act that stays decides for all.
            Self::Many(acts) => {
                let mut kinds = acts.iter().map(|(_, act)| act.kind());
                let stays = kinds.clone().find(|kind| kind.undo() != Undo::Possible);
                stays.or_else(|| kinds.next()).unwrap_or(CommandKind::Move)
            }
            Self::Park(_) => CommandKind::Park,
            Self::Unpark(_) => CommandKind::Unpark,
            Self::Outage(op) => op.kind(),
            Self::Presence(op) => op.kind(),
            Self::Roster(op) => op.kind(),
            Self::Handover(act) => act.kind(),
            Self::Operator(act) => act.kind(),
            Self::Settings(change) => change.kind(),
            Self::Call(_) => CommandKind::Nickname,
            Self::Filter(act) => act.kind(),
        }
    }

    /// Whether undo takes it back.
    pub fn undo(&self) -> Undo {
        self.kind().undo()
    }

    /// The least rank that may make it; `by` is the name of the operator who does. Three rules ask for more than this where the
    /// record does: the table of moves, a shift marked long after its end ([`presence::may_mark`]), days of a sheet
    /// ([`settings::may`]).
    pub fn needs(&self, by: &str) -> Rank {
        match self {
            Self::Take { .. } | Self::Park(_) | Self::Unpark(_) | Self::Call(_) => Rank::Clerk,
            Self::Ticket { act, .. } => act.needs(),
            Self::Many(acts) => acts.iter().map(|(_, act)| act.needs()).max().unwrap_or(Rank::Clerk),
            Self::Outage(op) => op.needs(),
            Self::Presence(op) => op.needs(),
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
    pub form: Option<Box<parked::Form>>,
}

impl Done {
    /// Something that happened to one record, and nothing else.
    pub const fn to(entity: Entity, id: i64, kind: EventKind, command: CommandId) -> Self {
        Self { command, kind, entity, id, number: None, also: 0, of: None, form: None }
    }
}
