//! Who could step into a shift, the best first, with what speaks for and against each.
//! Nothing is decided here: the desk picks, and the change is checked again when it is written.

use super::rules::{Finding, Held, RuleSet, Severity, check};
use super::{DayPlan, Days, How, Off, Templates, Work, monday};
use crate::domain::base::id::{PlaceId, StaffId};
use crate::domain::base::time::{Day, MINUTE, Time, Zone};
use crate::domain::person::{PersonName, Phone};
use crate::domain::roster::shift::Template;
use crate::domain::staff::{Role, Staff};

/// A member of staff with his days, those he did not come on left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub staff: Staff,
    /// His days.
    pub days: Days,
    /// Days of shifts he was marked absent from.
    pub absent: Vec<Day>,
}

/// The shift somebody is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The day it begins on.
    pub day: Day,
    /// The shift.
    pub template: Template,
    /// Where; none: anywhere.
    pub compound: Option<PlaceId>,
    /// Of this role.
    pub role: Role,
    /// Whether drafts count: for days that are being planned.
    pub drafts: bool,
}

/// Somebody who could step in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandIn {
    /// Who.
    pub staff: StaffId,
    /// Name.
    pub name: PersonName,
    /// Role.
    pub role: Role,
    /// Phone.
    pub phone: Option<Phone>,
    /// Whether he serves the compound (also when he serves all).
    pub serves: bool,
    /// Minutes he works in that week, without this shift.
    pub week_minutes: i64,
    /// Minutes of rest since the shift before, if one is near.
    pub rest_before: Option<i64>,
    /// Minutes of rest until the next, if one is near.
    pub rest_after: Option<i64>,
    /// Whether it is his day off.
    pub day_off: bool,
    /// Whether another shift of his runs at that time.
    pub busy: bool,
    /// Rules this shift would break that are not broken without it.
    pub findings: Vec<Finding>,
}

impl StandIn {
    /// Whether a hard rule forbids it.
    pub fn forbidden(&self) -> bool {
        self.busy || self.findings.iter().any(|finding| finding.severity == Severity::Hard)
    }

    /// Smaller is better: permitted, serves the compound, breaks fewest rules, has worked least.
    pub fn order(&self) -> impl Ord + use<> {
        (self.forbidden(), !self.serves, self.findings.len(), self.week_minutes, self.staff)
    }
}

/// What a plan is held against.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The township's rules.
    pub rules: &'a RuleSet,
    /// Its templates.
    pub templates: &'a Templates,
    /// Its zone.
    pub zone: Zone,
}

/// Rest between two shifts is told up to so many minutes: beyond two days nobody asks.
const REST_TOLD: i64 = 48 * 60;

/// Everyone of the role who is not on leave and was not absent that day, the best first; those who cannot are last.
pub fn stand_ins(members: &[Member], wanted: Wanted, ground: Ground<'_>) -> Vec<StandIn> {
    let mut found: Vec<StandIn> = members
        .iter()
        .filter(|member| member.staff.active && member.staff.role == wanted.role)
        .filter(|member| !member.absent.contains(&wanted.day))
        .filter(|member| !member.days.on(wanted.day).is_some_and(DayPlan::on_leave))
        .map(|member| stand_in(&member.staff, &member.days, wanted, ground))
        .collect();
    found.sort_by_key(StandIn::order);
    found
}

/// How it would be if this person took the shift.
pub fn stand_in(staff: &Staff, days: &Days, wanted: Wanted, ground: Ground<'_>) -> StandIn {
    let (from, to) = ground.templates.span(wanted.template, wanted.day, ground.zone);
    let spans = || {
        days.dated().flat_map(|(day, plan)| {
            plan.shifts.iter().map(move |work| ground.templates.span(work.template, day, ground.zone))
        })
    };
    let minutes = |from: Time, to: Time| (to.0 - from.0) / MINUTE;
    let near = |minutes: &i64| *minutes <= REST_TOLD;
    let week = monday(wanted.day);
    let week_minutes = days
        .dated()
        .filter(|(day, _)| monday(*day) == week)
        .flat_map(|(_, plan)| &plan.shifts)
        .map(|work| ground.templates.length(work.template))
        .sum();
    StandIn {
        staff: staff.id,
        name: staff.name.clone(),
        role: staff.role,
        phone: staff.phone.clone(),
        serves: wanted.compound.is_none_or(|compound| staff.serves.is_empty() || staff.serves.contains(&compound)),
        week_minutes,
        rest_before: spans()
            .filter(|(_, ended)| *ended <= from)
            .map(|(_, ended)| minutes(ended, from))
            .min()
            .filter(near),
        rest_after: spans()
            .filter(|(begins, _)| *begins >= to)
            .map(|(begins, _)| minutes(to, begins))
            .min()
            .filter(near),
        day_off: days.on(wanted.day).is_none_or(|plan| plan.shifts.is_empty()),
        busy: spans().any(|(begins, ends)| begins < to && from < ends),
        findings: new_findings(days, wanted, ground),
    }
}

/// What breaks only when the shift is his.
fn new_findings(days: &Days, wanted: Wanted, ground: Ground<'_>) -> Vec<Finding> {
    let held = Held {
        rules: ground.rules,
        templates: ground.templates,
        zone: ground.zone,
        // A stand-in is sent by a person who knows what the post needs.
        can_stand: &|_| true,
    };
    let before = check(days, wanted.day, held);
    let mut with = days.clone();
    if let Ok(at) = usize::try_from((wanted.day - with.from).num_days())
        && let Some(plan) = with.plans.get_mut(at)
    {
        plan.shifts.push(Work { compound: wanted.compound, how: How::Planned, ..Work::plain(wanted.template) });
        if plan.off == Off::Rest {
            plan.off = Off::Unsaid;
        }
    }
    check(&with, wanted.day, held).into_iter().filter(|finding| !before.contains(finding)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::LeaveKind;
    use super::super::rules::Rule;
    use super::*;
    use crate::domain::base::time::CHINA;

    fn day(day: u32) -> Day {
        Day::from_ymd_opt(2026, 11, day).expect("a day")
    }

    fn member(id: i64, serves: &[i64], plans: [DayPlan; 3]) -> Member {
        let staff = Staff {
            id: StaffId(id),
            name: PersonName::stored(format!("员工{id}")),
            role: Role::Repairer,
            phone: None,
            skills: Vec::new(),
            serves: serves.iter().map(|id| PlaceId(*id)).collect(),
            active: true,
            version: 1,
        };
        Member { staff, days: Days { from: day(23), plans: plans.into() }, absent: Vec::new() }
    }

    fn asked(members: &[Member]) -> Vec<StandIn> {
        let wanted = Wanted {
            day: day(24),
            template: Template::Early,
            compound: Some(PlaceId(1)),
            role: Role::Repairer,
            drafts: false,
        };
        let (rules, templates) = (RuleSet::STARTING, Templates::starting());
        stand_ins(members, wanted, Ground { rules: &rules, templates: &templates, zone: CHINA })
    }

    #[test]
    fn who_serves_and_has_rested_comes_first_and_who_works_already_last() {
        let rest = DayPlan::rest;
        let late = || DayPlan::of(Template::Late);
        let members = [
            member(1, &[2], [rest(), rest(), rest()]),
            member(2, &[1], [late(), rest(), rest()]),
            member(3, &[1], [rest(), rest(), late()]),
            member(4, &[1], [rest(), DayPlan::of(Template::Early), rest()]),
            member(5, &[1], [rest(), DayPlan { off: Off::Leave(LeaveKind::Sick), ..DayPlan::default() }, rest()]),
            Member { absent: vec![day(24)], ..member(6, &[], [rest(), rest(), rest()]) },
        ];
        let found = asked(&members);
        let ids: Vec<i64> = found.iter().map(|one| one.staff.0).collect();
        assert_eq!(ids, [3, 2, 1, 4], "rested, short of rest, serves elsewhere, at work; ill and absent are not asked");
        assert_eq!((found[0].rest_before, found[0].rest_after, found[0].week_minutes), (None, Some(24 * 60), 8 * 60));
        assert_eq!(found[1].findings.iter().map(|f| f.rule).collect::<Vec<_>>(), [Rule::ShortRest]);
        assert_eq!(found[1].rest_before, Some(8 * 60));
        assert!(found[3].busy && found[3].forbidden() && !found[1].forbidden());
    }
}
