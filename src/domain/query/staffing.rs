//! Answers about enough people: coverage of days ahead, a week proposed, and the list of staff.
//! What is on duty at one moment is `duty`.

use super::super::id::{PlaceId, StaffId, TicketId};
use super::super::roster::Templates;
use super::super::roster::coverage::Slot;
use super::super::roster::fill::Proposal;
use super::super::roster::stand_in::Member;
use super::super::roster::week::{Names, Week};
use super::super::shift::{Presence, Template};
use super::super::staff::Staff;
use super::super::ticket::Ticket;
use super::super::time::{Day, Time};
use super::duty::Candidate;

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
    Leave(super::super::roster::LeaveKind),
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
