//! Answers about who is on duty, and who could be sent.

use crate::coded;
use crate::domain::base::id::{PlaceId, ShiftId, StaffId};
use crate::domain::base::time::{Day, Time};
use crate::domain::person::{PersonName, Phone};
use crate::domain::roster::shift::{Presence, Template};
use crate::domain::staff::Role;
use crate::domain::ticket::Ticket;

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
pub const GAPS_AHEAD: i64 = 8 * crate::domain::base::time::HOUR;

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
    /// That shift is a standby 备班: at home, to be called.
    pub standby: bool,
    /// Marked as come 到岗 (or late): seen, not only planned.
    pub present: bool,
    /// When not on shift: the next one begins.
    pub next_from: Option<Time>,
    /// Whether he serves the compound (also when he serves all).
    pub serves: bool,
    /// Whether his role is one the category names.
    pub fits: bool,
    /// The skill that helps with it, in the roster's words.
    pub skill: Option<String>,
    /// Open tickets in hand.
    pub jobs: u32,
    /// Where he is posted now, if to one compound.
    pub post_compound: Option<PlaceId>,
}

coded! {
    /// Where somebody stands in the order of who is sent: each is asked only when there is nobody before it.
    pub enum Turn {
        /// 在岗: on shift, serves the compound, the right trade.
        OnShift = "on_shift",
        /// 备班: the same, to be called from home.
        Standby = "standby",
        /// 下一班: comes with a later shift.
        Next = "next",
        /// 没排班: the right trade, but no shift is planned.
        Unplanned = "unplanned",
        /// 经理
        Manager = "manager",
        /// 其他: another trade, or another compound's.
        Other = "other",
    }
}

/// The post of a shift that is a standby.
pub const STANDBY_POST: &str = "备班";

impl Candidate {
    /// Where he stands.
    pub const fn turn(&self) -> Turn {
        let suits = self.serves && (self.fits || self.skill.is_some());
        match (suits, self.on_until, self.next_from) {
            (true, Some(_), _) if self.standby => Turn::Standby,
            (true, Some(_), _) => Turn::OnShift,
            (true, None, Some(_)) => Turn::Next,
            (true, None, None) => Turn::Unplanned,
            (false, ..) if matches!(self.role, Role::Manager) => Turn::Manager,
            (false, ..) => Turn::Other,
        }
    }

    /// Smaller is better: by turn; then the role the category names, who has the skill for it, fewest open jobs, who was seen,
    /// and among those to come the soonest.
    pub fn order(&self) -> impl Ord + use<> {
        let waits = if self.on_until.is_some() { 0 } else { self.next_from.map_or(i64::MAX, |t| t.0) };
        let soonest = if self.turn() == Turn::Next { waits } else { 0 };
        let elsewhere = (!self.serves, self.on_until.is_none());
        (
            (self.turn(), soonest, !self.fits),
            (self.skill.is_none(), elsewhere, self.jobs, !self.present),
            waits,
            self.staff,
        )
    }
}

/// Puts candidates in the order of one ticket: who has it, and does not answer or is to be relieved of it, comes last.
pub fn arrange(candidates: &mut [Candidate], ticket: &Ticket) {
    candidates.sort_by_key(|one| (Some(one.staff) == ticket.assignee, one.order()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(id: i64, role: Role) -> Candidate {
        Candidate {
            staff: StaffId(id),
            name: PersonName::stored("王强".to_owned()),
            role,
            phone: None,
            on_until: None,
            standby: false,
            present: false,
            next_from: None,
            serves: true,
            fits: role == Role::Repairer,
            skill: None,
            jobs: 0,
            post_compound: None,
        }
    }

    fn order(mut candidates: Vec<Candidate>, ticket: &Ticket) -> Vec<i64> {
        arrange(&mut candidates, ticket);
        candidates.iter().map(|one| one.staff.0).collect()
    }

    #[test]
    fn on_shift_then_standby_then_the_next_shift_then_the_manager() {
        let on = |one: Candidate| Candidate { on_until: Some(Time(9)), ..one };
        let manager = candidate(1, Role::Manager);
        let later = Candidate { next_from: Some(Time(20)), ..candidate(2, Role::Repairer) };
        let sooner = Candidate { next_from: Some(Time(10)), jobs: 9, ..candidate(3, Role::Repairer) };
        let standby = Candidate { standby: true, ..on(candidate(4, Role::Repairer)) };
        let busy = Candidate { jobs: 3, ..on(candidate(5, Role::Repairer)) };
        let free = on(candidate(6, Role::Repairer));
        let skilled = Candidate { skill: Some("水电".to_owned()), jobs: 2, ..on(candidate(7, Role::Repairer)) };
        let guard = on(candidate(8, Role::Guard));
        let elsewhere = Candidate { serves: false, ..on(candidate(9, Role::Repairer)) };
        let handy = Candidate { skill: Some("水电".to_owned()), ..on(candidate(10, Role::Maintenance)) };
        let all = vec![manager, later, sooner, standby, busy, free, skilled, guard, elsewhere, handy];
        let ticket = Ticket::blank();
        assert_eq!(order(all.clone(), &ticket), [7, 6, 5, 10, 4, 3, 2, 1, 9, 8]);
        let silent = Ticket { assignee: Some(StaffId(7)), ..Ticket::blank() };
        let order = order(all, &silent);
        assert_eq!((order[0], order[9]), (6, 7), "the next person is offered, who has it comes last");
    }
}
