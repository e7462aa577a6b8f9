//! A week proposed: everybody's cycle carried on, then changed as little as fills the needs within the rules, fairly.
//! It is a proposal to edit; nothing is written here. How the sums are solved is `model`.

mod model;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::coverage::{Need, Person, Slot, matrix};
use super::rules::{Held, Rule, check};
use super::week::{DAYS, DAYS_BEFORE, DAYS_BEHIND, Member, Week};
use super::{DayPlan, Days, How, Off, Work};
use crate::coded;
use crate::domain::base::id::{PlaceId, StaffId};
use crate::domain::base::time::{Day, Time};
use crate::domain::staff::Role;

/// A proposed week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// Days that differ from what stands now, drafts included.
    pub days: Vec<Proposed>,
    /// People missing before it, over all needs and days: with everybody's cycle carried on.
    pub missing_before: u32,
    /// Needs it cannot meet, with why.
    pub unmet: Vec<Unmet>,
}

/// A day proposed for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// Whose.
    pub staff: StaffId,
    /// Day.
    pub day: Day,
    /// As it would be.
    pub plan: DayPlan,
    /// As it was before the needs were looked at, where that differs: his cycle, or what was drafted.
    pub instead_of: Option<DayPlan>,
}

impl Proposal {
    /// Days the needs asked to be otherwise than the cycles say.
    pub fn moved(&self) -> impl Iterator<Item = &Proposed> {
        self.days.iter().filter(|day| day.instead_of.is_some())
    }

    /// People missing with it.
    pub fn missing(&self) -> u32 {
        self.unmet.iter().map(|unmet| unmet.slot.missing()).sum()
    }
}

/// A need that stays open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// The need, its day, and how many come.
    pub slot: Slot,
    /// Of those who have the role: what keeps how many from it, the commonest first.
    pub why: Vec<(Why, u32)>,
}

coded! {
    /// What keeps somebody from a shift.
    pub enum Why {
        /// He does not serve the compound.
        Elsewhere = "elsewhere",
        /// He is on leave.
        OnLeave = "on_leave",
        /// The day has passed, or his shift has begun.
        Fixed = "fixed",
        /// He works that day already where he is needed.
        AtWork = "at_work",
        /// Too little rest to the shift before or behind.
        ShortRest = "short_rest",
        /// Too many days in a row.
        InARow = "in_a_row",
        /// Too many hours in the week.
        Hours = "hours",
    }
}

/// Somebody in the proposal.
#[derive(Clone, Debug)]
struct Worker<'a> {
    member: &'a Member,
    /// The days before the week, as they are.
    before: Vec<DayPlan>,
    /// The days behind the week, as they are: a night of its last day ends on the first of them.
    behind: Vec<DayPlan>,
    /// His week with nothing filled in.
    base: Vec<DayPlan>,
    /// Whether a day may be planned: neither fixed nor agreed on as swap or cover nor leave.
    free: Vec<bool>,
    /// He is posted to one compound at a time, as his days show.
    posted: bool,
}

impl Worker<'_> {
    /// Whether his day is as somebody drafted or published it, or fixed: what his cycle says is only proposed.
    fn stands(&self, week: &Week, at: usize) -> bool {
        let said = |day| self.member.drafts.contains_key(&day) || !self.member.published_on(day).shifts.is_empty();
        !self.free[at] || week.days().nth(at).is_some_and(said)
    }
}

/// Proposes the week.
pub fn fill(week: &Week, now: Time) -> Proposal {
    let workers: Vec<Worker<'_>> =
        week.people.iter().filter(|member| member.staff.active).map(|member| worker(week, member, now)).collect();
    let mut plans: Vec<Vec<DayPlan>> = workers.iter().map(|worker| worker.base.clone()).collect();
    let base_slots = slots(week, &workers, &plans);
    for group in groups(week, &workers) {
        let own: Vec<&Worker<'_>> = group.workers.iter().map(|at| &workers[*at]).collect();
        for (at, mut plan) in group.workers.iter().zip(model::solve(week, &own, &group.needs)) {
            for ((day, plan), base) in week.days().zip(&mut plan).zip(&workers[*at].base) {
                if *plan != *base && week.has_begun(day, plan, now) {
                    plan.clone_from(base);
                }
            }
            plans[*at] = plan;
        }
    }
    let mut proposal = Proposal { missing_before: base_slots.iter().map(Slot::missing).sum(), ..Proposal::default() };
    for (worker, plan) in workers.iter().zip(&plans) {
        let free = worker.free.iter().zip(&worker.base);
        for ((day, now), (_, base)) in week.days().zip(plan).zip(free).filter(|(_, (free, _))| **free) {
            let stands = worker.member.plan(day);
            if now.shifts != stands.shifts || (stands.is_empty() && now.off == Off::Rest) {
                let instead_of = (now.shifts != base.shifts).then(|| base.clone());
                proposal.days.push(Proposed { staff: worker.member.staff.id, day, plan: now.clone(), instead_of });
            }
        }
    }
    proposal.unmet = slots(week, &workers, &plans)
        .into_iter()
        .filter(|slot| slot.missing() > 0)
        .map(|slot| Unmet { why: why(week, &workers, &plans, &slot), slot })
        .collect();
    proposal
}

fn worker<'a>(week: &Week, member: &'a Member, now: Time) -> Worker<'a> {
    let before: Vec<DayPlan> =
        week.published_from().iter_days().take(DAYS_BEFORE as usize).map(|day| member.plan(day)).collect();
    let cycle = if week.is_published() { None } else { member.carried_on(week.monday) };
    let (mut base, mut free) = (Vec::new(), Vec::new());
    for (at, day) in week.days().enumerate() {
        let fixed = week.is_fixed(member, day, now);
        let leave = member.leave_on(day);
        let mut plan = match &cycle {
            Some(cycle) if !fixed && !member.drafts.contains_key(&day) => cycle.get(at).cloned().unwrap_or_default(),
            _ => member.plan(day),
        };
        if let Some(leave) = leave {
            plan = DayPlan { shifts: Vec::new(), off: Off::Leave(leave.kind) };
        } else if plan.shifts.is_empty() {
            plan.off = Off::Rest;
        }
        // Hours that are gone are nobody's to work: what the wall says of such a day stays.
        let gone = !fixed && week.has_begun(day, &plan, now);
        if gone {
            plan = member.published_on(day);
        }
        // What two people agreed on is theirs to change.
        let agreed = plan.shifts.iter().any(|work| work.how != How::Planned);
        base.push(plan);
        free.push(!fixed && !gone && !agreed && leave.is_none());
    }
    let posted = before.iter().chain(&base).flat_map(|plan| &plan.shifts).any(|work| work.compound.is_some());
    let first_behind = week.monday + chrono::Duration::days(DAYS);
    let behind = first_behind.iter_days().take(DAYS_BEHIND as usize).map(|day| member.plan(day)).collect();
    Worker { member, before, behind, base, free, posted }
}

fn slots(week: &Week, workers: &[Worker<'_>], plans: &[Vec<DayPlan>]) -> Vec<Slot> {
    let people: Vec<Person> = workers
        .iter()
        .zip(plans)
        .map(|(worker, plans)| Person {
            staff: worker.member.staff.id,
            role: worker.member.staff.role,
            serves: worker.member.staff.serves.clone(),
            days: Days { from: week.monday, plans: plans.clone() },
        })
        .collect();
    let needs: Vec<Need> = week.needs.iter().map(|row| row.need).collect();
    matrix(&needs, &people, week.monday, DAYS as usize, &week.calendar, &week.templates)
}

/// People and needs that have to do with each other and with nobody else: sums of their own.
#[derive(Debug, Default)]
struct Group {
    workers: Vec<usize>,
    needs: Vec<Need>,
}

fn groups(week: &Week, workers: &[Worker<'_>]) -> Vec<Group> {
    let roles: BTreeSet<Role> = week.needs.iter().map(|row| row.need.role).collect();
    let mut groups = Vec::new();
    for role in roles {
        let own: Vec<usize> = (0..workers.len()).filter(|at| workers[*at].member.staff.role == role).collect();
        let needs: Vec<Need> = week.needs.iter().map(|row| row.need).filter(|need| need.role == role).collect();
        // A need of the whole township, or somebody who serves all, ties everything together.
        let serves = |at: usize| &workers[at].member.staff.serves;
        if needs.iter().any(|need| need.compound.is_none()) || own.iter().any(|at| serves(*at).is_empty()) {
            groups.push(Group { workers: own, needs });
            continue;
        }
        let mut parts: Vec<(BTreeSet<PlaceId>, Vec<usize>)> = Vec::new();
        for at in own {
            let mut part = (serves(at).iter().copied().collect::<BTreeSet<_>>(), vec![at]);
            let (joined, apart): (Vec<_>, Vec<_>) =
                parts.into_iter().partition(|(places, _)| !places.is_disjoint(&part.0));
            for (places, workers) in joined {
                part.0.extend(places);
                part.1.extend(workers);
            }
            part.1.sort_unstable();
            parts = apart;
            parts.push(part);
        }
        for (places, workers) in parts {
            let needs: Vec<Need> = needs
                .iter()
                .filter(|need| need.compound.is_some_and(|place| places.contains(&place)))
                .copied()
                .collect();
            if !needs.is_empty() {
                groups.push(Group { workers, needs });
            }
        }
    }
    groups
}

/// What keeps everybody of the role from an open need.
fn why(week: &Week, workers: &[Worker<'_>], plans: &[Vec<DayPlan>], slot: &Slot) -> Vec<(Why, u32)> {
    let mut counts: BTreeMap<Why, u32> = BTreeMap::new();
    let at = usize::try_from((slot.day - week.monday).num_days()).unwrap_or(0);
    for (worker, plans) in workers.iter().zip(plans).filter(|(worker, _)| worker.member.staff.role == slot.need.role) {
        *counts.entry(keeps(week, worker, plans, at, slot)).or_default() += 1;
    }
    let mut why: Vec<(Why, u32)> = counts.into_iter().collect();
    why.sort_by_key(|(why, count)| (std::cmp::Reverse(*count), *why));
    why
}

fn keeps(week: &Week, worker: &Worker<'_>, plans: &[DayPlan], at: usize, slot: &Slot) -> Why {
    let serves = &worker.member.staff.serves;
    if slot.need.compound.is_some_and(|place| !serves.is_empty() && !serves.contains(&place)) {
        return Why::Elsewhere;
    }
    if plans[at].on_leave() {
        return Why::OnLeave;
    }
    if !worker.free[at] {
        return Why::Fixed;
    }
    if !plans[at].shifts.is_empty() {
        return Why::AtWork;
    }
    let mut all: Vec<DayPlan> = worker.before.iter().chain(plans).chain(&worker.behind).cloned().collect();
    let day = worker.before.len() + at;
    all[day] =
        DayPlan { shifts: vec![Work { how: How::Planned, ..Work::plain(slot.need.template) }], off: Off::Unsaid };
    let held = Held { rules: &week.rules, templates: &week.templates, zone: week.zone, can_stand: &|_| true };
    let found = check(&Days { from: week.published_from(), plans: all }, week.monday, held);
    // Behind the week only the rest before it is this week's doing.
    let behind = week.monday + chrono::Duration::days(DAYS);
    let rest = |rule: Rule| matches!(rule, Rule::ShortRest | Rule::Overlap);
    let broken = |rule: Rule| found.iter().any(|one| one.rule == rule && (one.day < behind || rest(rule)));
    if broken(Rule::ShortRest) || broken(Rule::Overlap) {
        Why::ShortRest
    } else if broken(Rule::NoDayOff) {
        Why::InARow
    } else if broken(Rule::WeekHours) {
        Why::Hours
    } else {
        // Nothing forbids it but that he is wanted elsewhere more.
        Why::AtWork
    }
}
