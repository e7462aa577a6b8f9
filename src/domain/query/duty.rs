//! Answers about who is on duty, and who could be sent.

use super::super::id::{PlaceId, ShiftId, StaffId};
use super::super::person::{PersonName, Phone};
use super::super::shift::{Presence, Template};
use super::super::staff::Role;
use super::super::time::{Day, Time};

/// Who is on duty at a time, and who comes next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Duty {
    /// On duty, by role and compound.
    pub now: Vec<OnDuty>,
    /// When the next change of shift is, if any is planned.
    pub next_at: Option<Time>,
    /// How many of each role come then.
    pub next: Vec<(Role, u32)>,
    /// Where somebody is missing now, or on a shift that begins within [`GAPS_AHEAD`]: the earliest first.
    pub gaps: Vec<Gap>,
}

impl Duty {
    /// How many are there: those who did not come are not.
    pub fn there(&self) -> usize {
        self.now.iter().filter(|person| person.presence != Presence::Absent).count()
    }
}

/// Gaps of shifts that begin so soon are told: those of the next shift, at any hour of this one.
pub const GAPS_AHEAD: i64 = 8 * super::super::time::HOUR;

/// Somebody is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The day the shift begins on.
    pub day: Day,
    /// The shift.
    pub template: Template,
    /// From.
    pub from: Time,
    /// To.
    pub to: Time,
    /// Of which role.
    pub role: Role,
    /// Where; none: anywhere.
    pub compound: Option<PlaceId>,
    /// Name of the compound; empty when anywhere.
    pub place: String,
    /// How many.
    pub missing: u32,
    /// Who did not come and nobody stepped in for: his shift, he, and his name.
    pub absent: Option<(ShiftId, StaffId, PersonName)>,
}

/// One person on duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnDuty {
    /// His shift.
    pub shift: ShiftId,
    /// The day it begins on.
    pub day: Day,
    /// Who.
    pub staff: StaffId,
    /// Name.
    pub name: PersonName,
    /// Role.
    pub role: Role,
    /// Phone.
    pub phone: Option<Phone>,
    /// Compound posted to; empty when all.
    pub compound: String,
    /// The same.
    pub compound_id: Option<PlaceId>,
    /// Post in words.
    pub post: String,
    /// Shift.
    pub template: Template,
    /// From.
    pub from: Time,
    /// To.
    pub to: Time,
    /// Whether he came.
    pub presence: Presence,
    /// Whose place he stands in.
    pub covers: Option<PersonName>,
    /// When he did not come: who stands in his place.
    pub covered_by: Option<PersonName>,
    /// Open tickets in hand.
    pub jobs: u32,
}

/// Somebody who could be sent, with why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub staff: StaffId,
    /// Name.
    pub name: PersonName,
    /// Role.
    pub role: Role,
    /// Phone.
    pub phone: Option<Phone>,
    /// On shift now, until when.
    pub on_until: Option<Time>,
    /// When not on shift: the next one begins.
    pub next_from: Option<Time>,
    /// Whether he serves the compound (also when he serves all).
    pub serves: bool,
    /// Whether his role is one the category names.
    pub fits: bool,
    /// Open tickets in hand.
    pub jobs: u32,
    /// Where he is posted now, if to one compound.
    pub post_compound: Option<PlaceId>,
}

impl Candidate {
    /// Smaller is better: fits, serves, on shift, fewest open jobs, next on shift soonest.
    pub fn order(&self) -> impl Ord + use<> {
        (
            !self.fits,
            !self.serves,
            self.on_until.is_none(),
            if self.on_until.is_some() { 0 } else { self.next_from.map_or(i64::MAX, |t| t.0) },
            self.jobs,
            self.staff,
        )
    }
}
