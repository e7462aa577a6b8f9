//! Answers about who is on duty, and who could be sent.

use super::super::id::{PlaceId, StaffId};
use super::super::person::{PersonName, Phone};
use super::super::shift::{Presence, Template};
use super::super::staff::Role;
use super::super::time::Time;

/// Who is on duty at a time, and who comes next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Duty {
    /// On duty, by role and compound.
    pub now: Vec<OnDuty>,
    /// When the next change of shift is, if any is planned.
    pub next_at: Option<Time>,
    /// How many of each role come then.
    pub next: Vec<(Role, u32)>,
}

/// One person on duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnDuty {
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
