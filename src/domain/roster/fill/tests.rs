//! Weeks proposed for small companies: cycles kept, gaps filled within the rules, and what cannot be met said with why.

use std::collections::BTreeMap;

use super::*;
use crate::domain::base::calendar::Calendar;
use crate::domain::base::id::{LeaveId, NeedId};
use crate::domain::base::time::CHINA;
use crate::domain::person::PersonName;
use crate::domain::roster::coverage::NeedDays;
use crate::domain::roster::cycle::Pattern;
use crate::domain::roster::rules::RuleSet;
use crate::domain::roster::shift::Template;
use crate::domain::roster::shift::Template::{Early, Late, Night};
use crate::domain::roster::week::{Leave, NeedRow};
use crate::domain::roster::{LeaveKind, Templates};
use crate::domain::staff::Staff;

/// Monday of the week planned.
fn monday() -> Day {
    Day::from_ymd_opt(2026, 11, 30).expect("a day")
}

/// Thursday before it, when it is planned.
fn now() -> Time {
    CHINA.at(monday() - chrono::Duration::days(4), 10 * 60)
}

/// Somebody who worked four weeks by a pattern, standing at its `from`-th day on their first.
fn member(id: i64, pattern: &Pattern, from: usize, serves: &[i64]) -> Member {
    let first = monday() - chrono::Duration::days(DAYS_BEFORE);
    let day = |at: usize| {
        let shifts: Vec<Work> = pattern.0[(from + at) % pattern.0.len()].iter().map(|t| Work::plain(*t)).collect();
        if shifts.is_empty() { DayPlan::rest() } else { DayPlan { shifts, off: Off::Unsaid } }
    };
    let mut plans: Vec<DayPlan> = (0..DAYS_BEFORE as usize).map(day).collect();
    plans.extend(vec![DayPlan::default(); DAYS as usize]);
    let staff = Staff {
        id: StaffId(id),
        name: PersonName::stored(format!("员工{id}")),
        role: Role::Guard,
        phone: None,
        skills: Vec::new(),
        serves: serves.iter().map(|id| PlaceId(*id)).collect(),
        active: true,
        version: 1,
    };
    Member {
        staff,
        told: None,
        published: Days { from: first, plans },
        old_hours: BTreeSet::new(),
        drafts: BTreeMap::new(),
        leave: Vec::new(),
    }
}

fn week(people: Vec<Member>, needs: &[(Option<i64>, Template, u32)]) -> Week {
    let need = |(at, (compound, template, count)): (usize, &(Option<i64>, Template, u32))| NeedRow {
        id: NeedId(at as i64),
        need: Need {
            compound: compound.map(PlaceId),
            role: Role::Guard,
            template: *template,
            days: NeedDays::Every,
            count: *count,
        },
    };
    Week {
        monday: monday(),
        zone: CHINA,
        people,
        needs: needs.iter().enumerate().map(need).collect(),
        templates: Templates::starting(),
        names: Default::default(),
        rules: RuleSet::STARTING,
        calendar: Calendar::plain(CHINA),
        compounds: Vec::new(),
    }
}

fn on_leave(member: &mut Member, from: i64, to: i64) {
    let day = |at| monday() + chrono::Duration::days(at);
    let leave = Leave { id: LeaveId(1), from: day(from), to: day(to), kind: LeaveKind::Sick, note: String::new() };
    member.leave.push(leave);
}

/// The week as it would be with the proposal drafted.
fn drafted(mut week: Week, proposal: &Proposal) -> Week {
    for Proposed { staff, day, plan, .. } in &proposal.days {
        week.member_mut(*staff).expect("somebody").drafts.insert(*day, plan.clone());
    }
    week
}

/// Four crews of so many, each two days on.
fn crews(each: usize) -> Vec<Member> {
    (0..4 * each).map(|at| member(at as i64 + 1, &Pattern::four_crews(), (at % 4) * 2, &[])).collect()
}

const ROUND_THE_CLOCK: [(Option<i64>, Template, u32); 3] = [(None, Early, 1), (None, Late, 1), (None, Night, 1)];

#[test]
fn cycles_that_meet_the_needs_are_carried_on_as_they_are() {
    let week = week(crews(1), &ROUND_THE_CLOCK);
    let proposal = fill(&week, now());
    assert_eq!((proposal.moved().count(), proposal.missing_before, proposal.unmet.len()), (0, 0, 0));
    assert_eq!(proposal.days.len(), 28, "every day is said, those of rest too");
    let after = drafted(week, &proposal);
    assert!(after.slots().iter().all(|slot| slot.missing() == 0));
}

#[test]
fn who_is_ill_is_stood_in_for_within_the_rules() {
    let mut people = crews(2);
    on_leave(&mut people[0], 0, 6);
    on_leave(&mut people[4], 2, 4);
    let week = week(people, &[(None, Early, 2), (None, Late, 2), (None, Night, 1)]);
    let proposal = fill(&week, now());
    assert!(proposal.missing_before > 0 && proposal.moved().count() > 0, "{proposal:?}");
    assert_eq!(proposal.unmet, []);
    let after = drafted(week, &proposal);
    assert!(after.slots().iter().all(|slot| slot.missing() == 0));
    for member in &after.people {
        assert_eq!(after.findings(member), [], "{:?}", member.staff.id);
        assert!(proposal.days.iter().all(|one| {
            one.staff != member.staff.id || member.leave_on(one.day).is_none() || one.plan.shifts.is_empty()
        }));
    }
}

#[test]
fn a_swap_agreed_on_stays_as_it_is() {
    let mut people = crews(1);
    for member in &mut people {
        member.staff.serves = vec![PlaceId(1)];
        for plan in &mut member.published.plans {
            plan.shifts.iter_mut().for_each(|work| work.compound = Some(PlaceId(1)));
        }
    }
    // Nobody said where he stands then: it is not for the program to say.
    let work = Work { how: How::Swapped(StaffId(2)), ..Work::plain(Early) };
    let swapped = DayPlan { shifts: vec![work], off: Off::Unsaid };
    people[0].drafts.insert(monday(), swapped.clone());
    let week = week(people, &ROUND_THE_CLOCK.map(|(_, one, n)| (Some(1), one, n)));
    let after = drafted(week.clone(), &fill(&week, now()));
    assert_eq!(after.people[0].plan(monday()), swapped);
}

#[test]
fn no_night_of_sunday_is_put_before_a_shift_published_for_monday() {
    let published_monday = |mut people: Vec<Member>, who: &dyn Fn(&Member) -> bool| {
        for member in people.iter_mut().filter(|member| who(member)) {
            member.published.plans.push(DayPlan::of(Early));
        }
        week(people, &ROUND_THE_CLOCK)
    };
    let sunday = monday() + chrono::Duration::days(6);
    let week = published_monday(crews(1), &|_| false);
    let after = drafted(week.clone(), &fill(&week, now()));
    let by_cycle = after.people.iter().find(|member| member.plan(sunday) == DayPlan::of(Night)).expect("somebody");
    let by_cycle = by_cycle.staff.id;
    // Only who would have it by his cycle comes on Monday morning: another does it.
    let week = published_monday(crews(1), &|member| member.staff.id == by_cycle);
    let proposal = fill(&week, now());
    let after = drafted(week, &proposal);
    assert_ne!(after.member(by_cycle).expect("he").plan(sunday), DayPlan::of(Night));
    assert!(after.people.iter().any(|member| member.plan(sunday) == DayPlan::of(Night)), "{proposal:?}");
    // All come on Monday morning: nobody can, and it is said why.
    let week = published_monday(crews(1), &|_| true);
    let proposal = fill(&week, now());
    let unmet = proposal.unmet.iter().find(|unmet| (unmet.slot.day, unmet.slot.need.template) == (sunday, Night));
    let why = &unmet.expect("nobody may").why;
    assert!(why.iter().any(|(why, _)| *why == Why::ShortRest), "{why:?}");
    let after = drafted(week, &proposal);
    assert!(after.people.iter().all(|member| after.findings(member).iter().all(|one| one.rule != Rule::ShortRest)));
}

#[test]
fn what_cannot_be_met_is_said_with_what_keeps_whom() {
    let mut people = vec![member(1, &Pattern::six_one(Early), 0, &[1]), member(2, &Pattern::six_one(Early), 0, &[2])];
    on_leave(&mut people[0], 0, 6);
    let week = week(people, &[(Some(1), Early, 1)]);
    let proposal = fill(&week, now());
    assert_eq!(proposal.unmet.len(), 7);
    assert_eq!(proposal.unmet[0].why, [(Why::Elsewhere, 1), (Why::OnLeave, 1)]);
    let rested = vec![member(1, &Pattern::six_one(Early), 0, &[])];
    let week = super::tests::week(rested, &[(None, Early, 1)]);
    let proposal = fill(&week, now());
    assert_eq!(proposal.unmet.len(), 1, "nobody works seven days");
    assert_eq!(proposal.unmet[0].why, [(Why::InARow, 1)]);
}

#[test]
fn days_drafted_already_are_the_beginning_and_the_past_is_left_alone() {
    let mut people = crews(1);
    let day = monday() + chrono::Duration::days(1);
    people[0].drafts.insert(day, DayPlan::of(Night));
    let proposal = fill(&week(people, &[]), now());
    assert_eq!((proposal.days.len(), proposal.moved().count()), (27, 0), "all days but the one drafted");
    assert!(!proposal.days.iter().any(|one| (one.staff, one.day) == (StaffId(1), day)));
    let later = CHINA.at(monday() + chrono::Duration::days(9), 0);
    let proposal = fill(&super::tests::week(crews(1), &ROUND_THE_CLOCK), later);
    assert_eq!(proposal.days, [], "a week gone by is not planned");
    assert!(proposal.unmet.iter().all(|unmet| unmet.why == [(Why::Fixed, 4)]), "{:?}", proposal.unmet.first());
}

#[test]
fn posted_people_are_sent_where_they_serve_and_stand_at_one_place() {
    let mut people = crews(2);
    for (at, member) in people.iter_mut().enumerate() {
        let home = PlaceId(if at < 4 { 1 } else { 2 });
        member.staff.serves = vec![PlaceId(1), PlaceId(2)];
        for plan in &mut member.published.plans {
            plan.shifts.iter_mut().for_each(|work| work.compound = Some(home));
        }
    }
    on_leave(&mut people[0], 2, 6);
    let needs = [1, 2].into_iter().flat_map(|place| ROUND_THE_CLOCK.map(|(_, one, n)| (Some(place), one, n)));
    let week = week(people, &needs.collect::<Vec<_>>());
    let proposal = fill(&week, now());
    let after = drafted(week, &proposal);
    assert!(proposal.missing_before > 0);
    assert_eq!(proposal.unmet, []);
    assert!(after.slots().iter().all(|slot| slot.missing() == 0));
    for one in &proposal.days {
        assert!(one.plan.shifts.iter().all(|work| work.compound.is_some()), "{one:?}");
    }
}
