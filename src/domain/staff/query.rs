//! Answers about enough people: coverage of days ahead, a week proposed, and the list of staff.
//! What is on duty at one moment is `duty`.

use crate::domain::base::event::Entity;
use crate::domain::base::id::{PlaceId, StaffId, TicketId};
use crate::domain::base::time::{Day, Time};
use crate::domain::roster::Templates;
use crate::domain::roster::coverage::Slot;
use crate::domain::roster::duty::Candidate;
use crate::domain::roster::fill::Proposal;
use crate::domain::roster::shift::{Presence, Template};
use crate::domain::roster::stand_in::Member;
use crate::domain::roster::week::{Names, Week};
use crate::domain::staff::Staff;
use crate::domain::ticket::Ticket;

/// Coverage of some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The first day.
    pub from: Day,
    /// How many.
    pub days: usize,
    /// Each need on each day it holds, as it will be: drafts counted, those who did not come not.
    pub slots: Vec<Slot>,
    /// The same as it is on the wall, slot by slot.
    pub on_the_wall: Vec<u32>,
    /// Everybody, drafts counted.
    pub members: Vec<Member>,
    /// Compounds in order, by name.
    pub compounds: Vec<(PlaceId, String)>,
    /// Hours of the templates.
    pub templates: Templates,
    /// Their names.
    pub names: Names,
}

/// A week proposed, and the week it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The week as it stands.
    pub week: Week,
    /// What is proposed.
    pub proposal: Proposal,
}

/// What leaves with somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    /// Who.
    pub staff: Staff,
    /// Names of the shifts.
    pub names: Names,
    /// His shifts on the wall that have not begun, the earliest first.
    pub shifts: Vec<Off>,
    /// What is in his hands, the oldest first, with who could get it, the best first.
    pub tickets: Vec<(TicketId, Ticket, Vec<Candidate>)>,
}

/// A shift that comes off the wall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Off {
    /// The day it belongs to.
    pub day: Day,
    /// Which.
    pub template: Template,
    /// Name of the compound it is posted to; may be empty.
    pub place: String,
}

/// Somebody of the list of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRow {
    /// Who.
    pub staff: Staff,
    /// Names of the compounds served; empty: all.
    pub serves: Vec<String>,
    /// What he is doing.
    pub doing: Doing,
    /// Open tickets in hand.
    pub jobs: u32,
    /// Minutes worked or planned this month; those he did not come to are not.
    pub month_minutes: i64,
}

/// What somebody is doing now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// On duty until then, and whether he came.
    On(Time, Presence),
    /// On leave.
    Leave(crate::domain::roster::LeaveKind),
    /// Off; when he is on again, if that is planned.
    Off(Option<Time>),
    /// He has left.
    Left,
}

impl StaffRow {
    /// Who it is.
    pub const fn id(&self) -> StaffId {
        self.staff.id
    }
}

/// A question about staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StaffQuery {
    /// Everybody of the company, with what he is doing.
    List {
        /// Now.
        now: Time,
    },
    /// What leaves with somebody, were he to leave now.
    Departure {
        /// Who.
        staff: StaffId,
        /// Shifts that begin later come off the wall.
        now: Time,
    },
    /// A month of one person: shifts, leave, phone, open tickets.
    Worker {
        /// Who.
        staff: StaffId,
        /// Any day of the month.
        month: Day,
    },
    /// Staff by id, for names.
    One(StaffId),
}

impl StaffQuery {
    /// The kinds of records whose change may change the answer.
    pub const fn about(&self) -> &'static [Entity] {
        match self {
            Self::List { .. } => &[Entity::Shift, Entity::Roster, Entity::Leave, Entity::Staff, Entity::Ticket],
            // Asked once; what changed meanwhile is refused when it is done.
            Self::Departure { .. } => &[],
            Self::Worker { .. } => &[Entity::Roster, Entity::Shift, Entity::Leave, Entity::Staff, Entity::Ticket],
            Self::One(_) => &[Entity::Staff],
        }
    }
}

/// The answer to the question of its name.
#[derive(Clone, Debug, PartialEq)]
pub enum StaffAnswer {
    /// See [`StaffQuery::List`].
    List(Vec<StaffRow>),
    /// See [`StaffQuery::Departure`]; none when there is no such member of staff.
    Departure(Option<Box<Departure>>),
    /// See [`StaffQuery::Worker`]; none when there is no such member of staff.
    Worker(Option<Box<crate::domain::roster::query::Worker>>),
    /// See [`StaffQuery::One`].
    One(Option<crate::domain::staff::Staff>),
}
