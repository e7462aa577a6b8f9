//! The coverage matrix: compound × role × shift against the need, with gaps and what is over.
//! Who could fill a gap is asked of the store; whether he may is `rules`.

use super::{Days, Templates};
use crate::coded;
use crate::domain::base::calendar::{Calendar, DayKind};
use crate::domain::base::id::{PlaceId, StaffId};
use crate::domain::base::time::Day;
use crate::domain::roster::shift::Template;
use crate::domain::staff::Role;

coded! {
    /// On which days a need holds.
    pub enum NeedDays {
        /// Every day.
        Every = "every",
        /// Working days.
        Working = "working",
        /// Saturdays and Sundays that are not worked.
        Rest = "rest",
        /// Public holidays.
        Holiday = "holiday",
    }
}

impl NeedDays {
    /// Whether it holds on a day of this kind.
    pub const fn on(self, kind: DayKind) -> bool {
        match self {
            Self::Every => true,
            Self::Working => matches!(kind, DayKind::Working),
            Self::Rest => matches!(kind, DayKind::Rest),
            Self::Holiday => matches!(kind, DayKind::Holiday),
        }
    }
}

/// How many of a role are needed on a shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Need {
    /// In this compound; none: in the township as a whole.
    pub compound: Option<PlaceId>,
    /// Role.
    pub role: Role,
    /// The shift, by its template's hours.
    pub template: Template,
    /// On which days.
    pub days: NeedDays,
    /// How many.
    pub count: u32,
}

/// Somebody of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub staff: StaffId,
    /// Role.
    pub role: Role,
    /// Compounds served; empty: all.
    pub serves: Vec<PlaceId>,
    /// His days.
    pub days: Days,
}

/// One field of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// What is needed.
    pub need: Need,
    /// On which day.
    pub day: Day,
    /// How many come.
    pub have: u32,
}

impl Slot {
    /// How many are missing.
    pub const fn missing(&self) -> u32 {
        self.need.count.saturating_sub(self.have)
    }

    /// How many are more than needed.
    pub const fn over(&self) -> u32 {
        self.have.saturating_sub(self.need.count)
    }
}

/// The matrix over `days` from `from` on. A shift counts for a need when it covers at least half of its hours: a 长白 is there
/// for the 早 as well. A need of the whole township counts everyone of the role; one of a compound counts who is posted
/// there, and who is posted nowhere and serves it.
pub fn matrix(
    needs: &[Need],
    people: &[Person],
    from: Day,
    days: usize,
    calendar: &Calendar,
    templates: &Templates,
) -> Vec<Slot> {
    let covers: Vec<Vec<bool>> = Template::ALL
        .iter()
        .map(|worked| Template::ALL.iter().map(|needed| covers_half(*worked, *needed, templates)).collect())
        .collect();
    let mut slots = Vec::with_capacity(needs.len() * days);
    for day in from.iter_days().take(days) {
        let kind = calendar.kind(day);
        // A specific day outranks "every day": what is needed on a holiday is said once.
        for need in needs.iter().filter(|need| need.days.on(kind) && !outranked(need, needs, kind)) {
            let there = |person: &&Person| {
                person.role == need.role
                    && person.days.on(day).is_some_and(|plan| {
                        !plan.on_leave()
                            && plan.shifts.iter().any(|work| {
                                covers[work.template as usize][need.template as usize]
                                    && stands_in(work.compound, &person.serves, need.compound)
                            })
                    })
            };
            let have = u32::try_from(people.iter().filter(there).count()).unwrap_or(u32::MAX);
            slots.push(Slot { need: *need, day, have });
        }
    }
    slots
}

/// Whether somebody of these days comes for a need on a day.
pub fn comes(need: &Need, person: &super::stand_in::Member, day: Day, templates: &Templates) -> bool {
    person.staff.role == need.role
        && person.days.on(day).is_some_and(|plan| {
            !plan.on_leave()
                && plan.shifts.iter().any(|work| {
                    covers_half(work.template, need.template, templates)
                        && stands_in(work.compound, &person.staff.serves, need.compound)
                })
        })
}

fn outranked(need: &Need, needs: &[Need], kind: DayKind) -> bool {
    need.days == NeedDays::Every
        && needs.iter().any(|other| {
            other.days != NeedDays::Every
                && other.days.on(kind)
                && (other.compound, other.role, other.template) == (need.compound, need.role, need.template)
        })
}

fn stands_in(posted: Option<PlaceId>, serves: &[PlaceId], needed: Option<PlaceId>) -> bool {
    match (posted, needed) {
        (_, None) => true,
        (Some(posted), Some(needed)) => posted == needed,
        (None, Some(needed)) => serves.is_empty() || serves.contains(&needed),
    }
}

/// Whether who works one shift is there for at least half of another.
pub(super) fn covers_half(worked: Template, needed: Template, templates: &Templates) -> bool {
    let ((from, to), (a, b)) = (templates.minutes(worked), templates.minutes(needed));
    2 * (to.min(b) - from.max(a)) >= b - a
}

#[cfg(test)]
mod tests {
    use super::super::{DayPlan, LeaveKind, Off, Work};
    use super::*;
    use crate::domain::base::time::CHINA;

    fn monday() -> Day {
        Day::from_ymd_opt(2026, 11, 23).expect("a day")
    }

    fn person(staff: i64, plan: DayPlan, compound: Option<PlaceId>) -> Person {
        let mut plan = plan;
        for work in &mut plan.shifts {
            work.compound = compound;
        }
        let days = Days { from: monday(), plans: vec![plan] };
        Person { staff: StaffId(staff), role: Role::Repairer, serves: vec![PlaceId(1)], days }
    }

    fn have(needs: &[Need], people: &[Person]) -> Vec<(u32, u32)> {
        matrix(needs, people, monday(), 1, &Calendar::plain(CHINA), &Templates::starting())
            .iter()
            .map(|slot| (slot.have, slot.missing()))
            .collect()
    }

    const EARLY: Need = Need {
        compound: Some(PlaceId(1)),
        role: Role::Repairer,
        template: Template::Early,
        days: NeedDays::Every,
        count: 2,
    };

    #[test]
    fn gaps_by_compound_role_and_shift() {
        let ill = DayPlan { off: Off::Leave(LeaveKind::Sick), ..DayPlan::of(Template::Early) };
        let people = [
            person(1, DayPlan::of(Template::LongDay), None),
            person(2, DayPlan::of(Template::Late), None),
            person(3, ill, None),
            person(4, DayPlan::of(Template::Early), Some(PlaceId(2))),
        ];
        assert_eq!(have(&[EARLY], &people), [(1, 1)], "长白 counts; late, ill and posted elsewhere do not");
        let anywhere = Need { compound: None, ..EARLY };
        assert_eq!(have(&[anywhere], &people), [(2, 0)]);
    }

    #[test]
    fn what_is_said_of_working_days_outranks_every_day() {
        let fewer = Need { days: NeedDays::Working, count: 1, ..EARLY };
        assert_eq!(have(&[EARLY, fewer], &[]), [(0, 1)]);
        let holiday = Need { days: NeedDays::Holiday, count: 5, ..EARLY };
        assert_eq!(have(&[EARLY, holiday], &[]), [(0, 2)]);
        let twice = [person(
            1,
            DayPlan { shifts: vec![Work::plain(Template::Early), Work::plain(Template::LongDay)], off: Off::Unsaid },
            None,
        )];
        assert_eq!(have(&[EARLY], &twice), [(1, 1)], "one person is one");
    }
}
