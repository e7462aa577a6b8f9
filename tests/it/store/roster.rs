//! Rosters in the file: drafts, publishing with the past pinned, leave, needs, rules, staff; and the way back of each.

use township_desk::domain::base::event::EventKind;
use township_desk::domain::base::id::{ShiftId, StaffId};
use township_desk::domain::base::time::{Day, HOUR, Time};
use township_desk::domain::op::{Done, Op};
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::refusal::Refusal;
use township_desk::domain::roster::coverage::{Need, NeedDays};
use township_desk::domain::roster::cycle::Pattern;
use township_desk::domain::roster::op::{Hours, Planned, RosterOp, Span, StaffEdit};
use township_desk::domain::roster::presence::{Opening, PresenceOp};
use township_desk::domain::roster::query::{RosterAnswer, RosterQuery};
use township_desk::domain::roster::rules::{Rule, Severity};
use township_desk::domain::roster::shift::{Presence, Template};
use township_desk::domain::roster::week::{Member, Week};
use township_desk::domain::roster::{DayPlan, How, LeaveKind, Off, Work};
use township_desk::domain::staff::{Rank, Role};
use township_desk::store::{Access, Result, Store, Who};

use super::{again, count, path_of, raw, refused, staff, uid};
use crate::support::town;

/// Days of November 2026; the 23rd is a Monday, now is Tuesday the 24th, 10:00.
fn day(day: u32) -> Day {
    Day::from_ymd_opt(2026, 11, day).expect("a day")
}

fn week(store: &Store, monday: Day) -> Week {
    match store.answer(&Query::Roster(RosterQuery::Week { monday })).expect("an answer") {
        Answer::Roster(RosterAnswer::Week(week)) => *week,
        other => panic!("{other:?}"),
    }
}

fn member(store: &Store, monday: Day, id: StaffId) -> Member {
    week(store, monday).member(id).expect("a member").clone()
}

fn act(store: &mut Store, op: RosterOp) -> Result<Done> {
    act_at(store, op, town::now())
}

fn act_at(store: &mut Store, op: RosterOp, now: Time) -> Result<Done> {
    store.commit(uid(), &Op::Roster(op), now)
}

fn planned(staff: StaffId, on: Day, template: Template) -> Planned {
    Planned { staff, day: on, plan: Some(DayPlan::of(template)) }
}

fn plan(store: &mut Store, days: &[(StaffId, Day, Template)]) {
    let days = days.iter().map(|(staff, on, template)| planned(*staff, *on, *template)).collect();
    act(store, RosterOp::Plan(days)).expect("drafted");
}

fn shifts(store: &Store) -> Vec<(String, String)> {
    let conn = raw(store.path());
    let mut statement = conn.prepare("SELECT day, template FROM shift ORDER BY day, staff_id").expect("a statement");
    statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("rows")
        .map(|row| row.expect("a row"))
        .collect()
}

#[test]
fn a_draft_is_nobody_s_duty_until_it_is_published() {
    let (mut store, _folder) = town::copy();
    let who = staff(store.path());
    plan(&mut store, &[(who[0], day(25), Template::Early), (who[1], day(25), Template::Night)]);
    assert_eq!(shifts(&store), []);
    assert_eq!(week(&store, day(23)).differences(town::now()).len(), 2);
    let done = act(&mut store, RosterOp::Publish { monday: day(23), seen: None }).expect("published");
    assert_eq!((done.kind, done.also), (EventKind::Published, 1));
    assert_eq!(shifts(&store), [("2026-11-25".into(), "early".into()), ("2026-11-25".into(), "night".into())]);
    assert_eq!(count(store.path(), "draft_day"), 0);
    let night = member(&store, day(23), who[1]);
    assert_eq!(night.plan(day(25)), DayPlan::of(Template::Night), "it belongs to the evening it begins");
    let Answer::Roster(RosterAnswer::Duty(duty)) = store
        .answer(&Query::Roster(RosterQuery::Duty { at: Time(town::now().0 + 40 * HOUR), compound: None }))
        .expect("an answer")
    else {
        panic!("no duty")
    };
    assert_eq!(duty.now.len(), 1, "Thursday 02:00 is the night of Wednesday");
    assert_eq!(refused(act(&mut store, RosterOp::Publish { monday: day(23), seen: None })), Refusal::NothingToPublish);
    assert_eq!(
        refused(act(&mut store, RosterOp::Discard { monday: day(23) })),
        Refusal::NothingToDiscard,
        "its own sentence"
    );
    assert_eq!(refused(store.undo(uid(), town::now())), Refusal::CannotUndo { kind: EventKind::Published });
}

#[test]
fn the_past_is_pinned() {
    let (mut store, _folder) = town::copy();
    let who = staff(store.path());
    let past = RosterOp::Plan(vec![planned(who[0], day(23), Template::Early)]);
    assert_eq!(refused(act(&mut store, past)), Refusal::DayFixed);
    plan(&mut store, &[(who[0], day(24), Template::Late), (who[0], day(25), Template::Late)]);
    act(&mut store, RosterOp::Publish { monday: day(23), seen: None }).expect("published");
    // At 10:00 the late shift has not begun; at 17:00 it has.
    let later = Time(town::now().0 + 7 * HOUR);
    let change = || RosterOp::Plan(vec![planned(who[0], day(24), Template::LongNight)]);
    assert_eq!(refused(act_at(&mut store, change(), later)), Refusal::DayFixed);
    act(&mut store, change()).expect("not begun");
    plan(&mut store, &[(who[0], day(26), Template::Early)]);
    act_at(&mut store, RosterOp::Publish { monday: day(23), seen: None }, later).expect("published");
    let kept = [("2026-11-24", "late"), ("2026-11-25", "late"), ("2026-11-26", "early")];
    assert_eq!(shifts(&store), kept.map(|(day, shift)| (day.to_owned(), shift.to_owned())));
}

#[test]
fn nobody_is_sent_into_hours_that_are_gone() {
    let (mut store, _folder) = town::copy();
    let who = staff(store.path());
    // At 10:00 the early shift of somebody free today is two hours old.
    let gone = RosterOp::Plan(vec![planned(who[0], day(24), Template::Early)]);
    assert_eq!(refused(act(&mut store, gone)), Refusal::ShiftBegun);
    plan(&mut store, &[(who[0], day(24), Template::Late), (who[1], day(25), Template::Early)]);
    let later = Time(town::now().0 + 7 * HOUR);
    let open = |now| week(&store, day(23)).differences(now).into_iter().map(|d| d.staff).collect::<Vec<_>>();
    assert_eq!(open(town::now()).len(), 2);
    assert_eq!(open(later), [who[1]], "drafted in time, but the late shift has begun since");
    act_at(&mut store, RosterOp::Publish { monday: day(23), seen: None }, later).expect("published");
    assert_eq!(shifts(&store), [("2026-11-25".to_owned(), "early".to_owned())]);
}

#[test]
fn what_is_published_is_what_was_seen() {
    let (mut store, _folder) = town::copy();
    let who = staff(store.path());
    plan(&mut store, &[(who[0], day(24), Template::Late), (who[1], day(25), Template::Early)]);
    let seen = |store: &Store, now| Some(week(store, day(23)).differences(now));
    let before = seen(&store, town::now());
    // Another desk drafts on.
    plan(&mut store, &[(who[1], day(25), Template::Late)]);
    assert_eq!(refused(act(&mut store, RosterOp::Publish { monday: day(23), seen: before })), Refusal::RosterStale);
    assert_eq!((shifts(&store).len(), count(store.path(), "draft_day")), (0, 2), "nothing is lost");
    // A shift that begins while the list is read is left out of it, and that is seen too.
    let (early, later) = (seen(&store, town::now()), Time(town::now().0 + 7 * HOUR));
    let stale = act_at(&mut store, RosterOp::Publish { monday: day(23), seen: early }, later);
    assert_eq!(refused(stale), Refusal::RosterStale);
    let left_out = week(&store, day(23)).left_out(later);
    assert_eq!(left_out.iter().map(|d| (d.staff, d.day)).collect::<Vec<_>>(), [(who[0], day(24))]);
    let now_seen = seen(&store, later);
    act_at(&mut store, RosterOp::Publish { monday: day(23), seen: now_seen }, later).expect("published");
    assert_eq!(shifts(&store), [("2026-11-25".to_owned(), "late".to_owned())]);
}

fn on_duty(store: &Store, at: Time) -> Vec<StaffId> {
    match store.answer(&Query::Roster(RosterQuery::Duty { at, compound: None })).expect("an answer") {
        Answer::Roster(RosterAnswer::Duty(duty)) => duty.now.iter().map(|one| one.staff).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_shift_of_a_whole_day_is_on_duty_to_its_end() {
    let (mut store, _folder) = town::copy();
    let who = staff(store.path());
    let hours = Hours { zh: "全天".into(), en: "whole day".into(), from: 480, to: 480 + 1_440 };
    act(&mut store, RosterOp::Template { template: Template::Own1, hours: Some(hours) }).expect("set");
    plan(&mut store, &[(who[0], day(25), Template::Own1)]);
    act(&mut store, RosterOp::Publish { monday: day(23), seen: None }).expect("published");
    let hours_on = |hour: i64| on_duty(&store, Time(town::now().0 + hour * HOUR));
    assert_eq!(hours_on(23), [who[0]], "Wednesday 09:00");
    assert_eq!(hours_on(45), [who[0]], "Thursday 07:00");
    assert_eq!(hours_on(46), [], "Thursday 08:00");
}

#[test]
fn new_hours_reach_the_wall_when_its_week_is_published_anew() {
    let (mut store, _folder) = town::copy();
    let who = staff(store.path());
    plan(&mut store, &[(who[0], day(24), Template::Late), (who[0], day(26), Template::Early)]);
    act(&mut store, RosterOp::Publish { monday: day(23), seen: None }).expect("published");
    let hours = |from| Hours { zh: "早班".into(), en: "early".into(), from, to: 840 };
    let keeping = |store: &Store, hours: &Hours, now| store.keeping_hours(Template::Early, Some(hours), now);
    assert_eq!(keeping(&store, &hours(360), town::now()).expect("read"), [day(26)]);
    assert_eq!(keeping(&store, &hours(360), Time(town::now().0 + 72 * HOUR)).expect("read"), [], "it has begun");
    act(&mut store, RosterOp::Template { template: Template::Early, hours: Some(hours(360)) }).expect("set");
    let at_seven = Time(town::now().0 + 45 * HOUR);
    assert_eq!(on_duty(&store, at_seven), [], "as it was published");
    act(&mut store, RosterOp::Publish { monday: day(23), seen: None }).expect("published anew");
    assert_eq!(on_duty(&store, at_seven), [who[0]]);
    assert_eq!(keeping(&store, &hours(360), town::now()).expect("read"), []);
    assert_eq!(refused(act(&mut store, RosterOp::Publish { monday: day(23), seen: None })), Refusal::NothingToPublish);
}

#[test]
fn who_is_on_leave_is_neither_on_duty_nor_proposed() {
    let (mut store, _folder) = town::copy();
    let who = staff(store.path());
    plan(&mut store, &[(who[0], day(25), Template::Early), (who[1], day(25), Template::Early)]);
    act(&mut store, RosterOp::Publish { monday: day(23), seen: None }).expect("published");
    let at = Time(town::now().0 + 23 * HOUR);
    let proposed = |store: &Store| -> Vec<StaffId> {
        match store
            .answer(&Query::Roster(RosterQuery::Suggest { category: "201".to_owned(), compound: None, at }))
            .expect("an answer")
        {
            Answer::Roster(RosterAnswer::Suggest(found)) => found.iter().map(|one| one.staff).collect(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(on_duty(&store, at).len(), 2);
    assert!(proposed(&store).contains(&who[0]) && proposed(&store).contains(&who[2]));
    // Nothing is published again: the leave alone says it, of who has a shift and of who has none.
    let spans = [0, 2].map(|of| Span { staff: who[of], from: day(25), to: day(25) }).to_vec();
    act(&mut store, RosterOp::Leave { spans, kind: Some(LeaveKind::Sick), note: String::new() }).expect("given");
    assert_eq!(on_duty(&store, at), [who[1]]);
    assert!(proposed(&store).contains(&who[1]));
    assert!(!proposed(&store).contains(&who[0]) && !proposed(&store).contains(&who[2]));
}

#[test]
fn a_shift_that_stays_keeps_whether_he_came() {
    let (mut store, _folder) = town::copy();
    let who = staff(store.path());
    plan(&mut store, &[(who[0], day(25), Template::Early)]);
    act(&mut store, RosterOp::Publish { monday: day(23), seen: None }).expect("published");
    raw(store.path()).execute("UPDATE shift SET presence = 'late'", []).expect("marked");
    let mut work = Work::plain(Template::Early);
    "东门".clone_into(&mut work.post);
    work.how = How::Covers(who[1]);
    let moved = DayPlan { shifts: vec![work], off: Off::Unsaid };
    act(&mut store, RosterOp::Plan(vec![Planned { staff: who[0], day: day(25), plan: Some(moved.clone()) }]))
        .expect("drafted");
    act(&mut store, RosterOp::Publish { monday: day(23), seen: None }).expect("published");
    let presence: String =
        raw(store.path()).query_row("SELECT presence FROM shift", [], |row| row.get(0)).expect("one shift");
    assert_eq!(presence, "late");
    assert_eq!(member(&store, day(23), who[0]).plan(day(25)), moved);
}

#[test]
fn hard_rules_stand_in_the_way_and_warnings_do_not() {
    let (mut store, _folder) = town::copy();
    let who = staff(store.path());
    // 中 and then 早: eight hours of rest, a warning as a township begins.
    plan(&mut store, &[(who[0], day(25), Template::Late), (who[0], day(26), Template::Early)]);
    act(&mut store, RosterOp::Rule { rule: Rule::ShortRest, severity: Severity::Hard, figure: None }).expect("set");
    let broken = Refusal::RosterBroken { rule: Rule::ShortRest, day: day(26), more: 0 };
    assert_eq!(refused(act(&mut store, RosterOp::Publish { monday: day(23), seen: None })), broken);
    let eight = RosterOp::Rule { rule: Rule::ShortRest, severity: Severity::Hard, figure: Some(8 * 60) };
    act(&mut store, eight).expect("set");
    act(&mut store, RosterOp::Publish { monday: day(23), seen: None }).expect("eight hours will do now");
    let absurd = RosterOp::Rule { rule: Rule::WeekHours, severity: Severity::Hard, figure: Some(0) };
    assert_eq!(refused(act(&mut store, absurd)), Refusal::FigureUnclear { from: 1, to: 168 });
}

#[test]
fn leave_takes_the_shifts_out_and_gives_way_to_other_leave() {
    let (mut store, _folder) = town::copy();
    let who = staff(store.path());
    plan(&mut store, &[(who[0], day(25), Template::Early), (who[0], day(26), Template::Early)]);
    act(&mut store, RosterOp::Publish { monday: day(23), seen: None }).expect("published");
    let leave = |from, to, kind| RosterOp::Leave {
        spans: vec![Span { staff: who[0], from: day(from), to: day(to) }],
        kind,
        note: String::new(),
    };
    act(&mut store, leave(23, 29, Some(LeaveKind::Sick))).expect("given");
    let ill = member(&store, day(23), who[0]);
    assert_eq!(ill.plan(day(26)), DayPlan { shifts: Vec::new(), off: Off::Leave(LeaveKind::Sick) });
    assert!(ill.is_changed(day(26)));
    act(&mut store, leave(25, 26, Some(LeaveKind::Annual))).expect("given");
    let kinds = |store: &Store| -> Vec<Option<LeaveKind>> {
        let member = member(store, day(23), who[0]);
        (23..=29).map(|at| member.leave_on(day(at)).map(|leave| leave.kind)).collect()
    };
    let (s, a) = (Some(LeaveKind::Sick), Some(LeaveKind::Annual));
    assert_eq!(kinds(&store), [s, s, a, a, s, s, s]);
    act(&mut store, leave(26, 28, None)).expect("taken back");
    assert_eq!(kinds(&store), [s, s, a, None, None, None, s]);
    store.undo(uid(), town::now()).expect("undone");
    assert_eq!(kinds(&store), [s, s, a, a, s, s, s]);
    store.undo(uid(), town::now()).expect("undone");
    assert_eq!(kinds(&store), [s; 7]);
    store.redo(uid(), town::now()).expect("made again");
    assert_eq!(kinds(&store), [s, s, a, a, s, s, s]);
    assert_eq!(refused(act(&mut store, leave(26, 25, s))), Refusal::LeaveUnclear);
    // A shift on leave is a hard break.
    plan(&mut store, &[(who[0], day(27), Template::Early)]);
    let broken = refused(act(&mut store, RosterOp::Publish { monday: day(23), seen: None }));
    assert!(matches!(broken, Refusal::RosterBroken { rule: Rule::LeaveClash, .. }), "{broken:?}");
}

#[test]
fn everything_but_publishing_is_taken_back_and_made_again() {
    let (mut store, _folder) = town::copy();
    let path = path_of(&store);
    let who = staff(&path);
    let need =
        Need { compound: None, role: Role::Repairer, template: Template::Early, days: NeedDays::Every, count: 2 };
    let hours = Hours { zh: "早早".into(), en: "dawn".into(), from: 360, to: 840 };
    let edit = StaffEdit {
        phone: Some("138 0000 9999".into()),
        skills: Some(vec!["水电 门锁".into()]),
        cycle: Some(Some(Pattern::four_crews())),
        active: Some(false),
        ..StaffEdit::default()
    };
    let both = [planned(who[0], day(25), Template::Early), planned(who[1], day(26), Template::Late)];
    let ops = [
        RosterOp::Plan(both.to_vec()),
        RosterOp::Plan(vec![planned(who[0], day(25), Template::Late)]),
        RosterOp::Discard { monday: day(23) },
        RosterOp::Need { need, off: false },
        RosterOp::Need { need: Need { count: 3, ..need }, off: false },
        RosterOp::Need { need, off: true },
        RosterOp::Template { template: Template::Own1, hours: Some(hours) },
        RosterOp::Template { template: Template::Own1, hours: None },
        RosterOp::Rule { rule: Rule::NoDayOff, severity: Severity::Off, figure: Some(5) },
        RosterOp::Staff { id: who[0], edit: Box::new(edit) },
    ];
    let state = |store: &Store| {
        let mut week = week(store, day(23));
        week.people.iter_mut().for_each(|member| member.staff.version = 0);
        week
    };
    let mut states = vec![state(&store)];
    for op in ops {
        act(&mut store, op.clone()).unwrap_or_else(|e| panic!("{op:?}: {e:?}"));
        states.push(state(&store));
        assert_ne!(states[states.len() - 1], states[states.len() - 2], "{op:?} changes something");
    }
    for before in states.iter().rev().skip(1) {
        store.undo(uid(), town::now()).expect("undone");
        assert_eq!(state(&store), *before);
    }
    for after in states.iter().skip(1) {
        store.redo(uid(), town::now()).expect("made again");
        assert_eq!(state(&store), *after);
    }
}

#[test]
fn an_undo_does_not_run_over_what_somebody_else_drafted() {
    let (mut store, _folder) = town::copy();
    let who = staff(store.path());
    plan(&mut store, &[(who[0], day(25), Template::Early)]);
    let mut other = super::again(store.path());
    plan(&mut other, &[(who[0], day(25), Template::Late)]);
    assert_eq!(refused(store.undo(uid(), town::now())), Refusal::ChangedSince { fields: vec!["plan"] });
    assert_eq!(member(&store, day(23), who[0]).plan(day(25)), DayPlan::of(Template::Late));
}

#[test]
fn ranks_and_bad_inputs_are_refused() {
    let (mut store, _folder) = town::copy();
    let path = path_of(&store);
    let who = staff(&path);
    let someone = Who { name: Some("新来的".to_owned()), terminal: "test".to_owned() };
    let mut clerk = Store::open(&path, Access::Write, someone, town::now()).expect("it opens");
    let draft = || RosterOp::Plan(vec![planned(who[0], day(25), Template::Early)]);
    assert_eq!(refused(act(&mut clerk, draft())), Refusal::RankTooLow { needs: Rank::Leader });
    let own = RosterOp::Plan(vec![planned(who[0], day(25), Template::Own2)]);
    assert_eq!(refused(act(&mut store, own)), Refusal::ShiftWithoutHours);
    let mut twice = DayPlan::of(Template::Early);
    twice.shifts.push(Work::plain(Template::Early));
    let twice = RosterOp::Plan(vec![Planned { staff: who[0], day: day(25), plan: Some(twice) }]);
    assert_eq!(refused(act(&mut store, twice)), Refusal::TwiceTheSame);
    let nobody = RosterOp::Plan(vec![planned(StaffId(1), day(25), Template::Early)]);
    assert!(matches!(refused(act(&mut store, nobody)), Refusal::NotFound { .. }));
    for (from, to) in [(480, 480), (0, 2_000), (1_500, 1_600)] {
        let hours = Hours { zh: "班".into(), en: "shift".into(), from, to };
        let set = RosterOp::Template { template: Template::Own1, hours: Some(hours) };
        assert_eq!(refused(act(&mut store, set)), Refusal::HoursUnclear, "{from}-{to}");
    }
    let hire = RosterOp::Hire { name: "  ".into(), role: Role::Guard, phone: String::new() };
    assert_eq!(refused(act(&mut store, hire)), Refusal::NameEmpty);
    assert_eq!(count(&path, "draft_day"), 0);
}

#[test]
fn a_cycle_goes_on_from_the_last_published_day() {
    let (store, _folder) = town::sample(200, 20);
    // The sample's cycles: with their days before it, everybody's next week goes on.
    let week = week(&store, day(23) + chrono::Duration::days(7));
    let guards: Vec<&Member> = week.people.iter().filter(|member| member.staff.role == Role::Guard).collect();
    assert!(!guards.is_empty());
    for guard in guards {
        let next = guard.carried_on(week.monday).expect("a cycle");
        let worked = next.iter().filter(|plan| !plan.shifts.is_empty()).count();
        assert!((5..=6).contains(&worked), "四班三倒 works six of eight days: {worked}");
        assert!(next.iter().all(|plan| plan.by_plan() && !plan.on_leave()));
    }
}

#[test]
fn one_steps_in_and_who_comes_second_is_told_who() {
    let (mut store, _folder) = town::copy();
    let who = staff(store.path());
    plan(&mut store, &[(who[0], day(24), Template::Late)]);
    act(&mut store, RosterOp::Publish { monday: day(23), seen: None }).expect("published");
    let shift: i64 = raw(store.path()).query_row("SELECT id FROM shift", [], |row| row.get(0)).expect("one shift");
    let step_in =
        |staff| Op::Roster(RosterOp::Presence(PresenceOp::StepIn { staff, opening: Opening::Shift(ShiftId(shift)) }));
    let name = |of: StaffId| member(&store, day(23), of).staff.name;
    let (first, second) = (name(who[0]), name(who[1]));
    let mut other = again(store.path());
    let there = refused(other.commit(uid(), &step_in(who[2]), town::now()));
    assert_eq!(there, Refusal::PlaceTaken { name: first }, "nobody is missing");
    let mark = PresenceOp::Mark { shift: ShiftId(shift), presence: Presence::Absent };
    store.commit(uid(), &Op::Roster(RosterOp::Presence(mark)), town::now()).expect("marked");
    store.commit(uid(), &step_in(who[1]), town::now()).expect("stepped in");
    let late = refused(other.commit(uid(), &step_in(who[2]), town::now()));
    assert_eq!(late, Refusal::PlaceTaken { name: second });
    raw(store.path()).execute("UPDATE shift SET post = '东门' WHERE covers IS NOT NULL", []).expect("changed");
    assert_eq!(refused(store.undo(uid(), town::now())), Refusal::ChangedSince { fields: vec!["plan"] });
}

#[test]
fn a_need_or_leave_taken_back_is_not_laid_over_a_newer_one() {
    let (mut store, _folder) = town::copy();
    let who = staff(store.path())[0];
    let need =
        |count| Need { compound: None, role: Role::Guard, template: Template::Night, days: NeedDays::Every, count };
    let leave = |kind| RosterOp::Leave {
        spans: vec![Span { staff: who, from: day(26), to: day(27) }],
        kind,
        note: String::new(),
    };
    let mut other = again(store.path());
    act(&mut store, RosterOp::Need { need: need(1), off: false }).expect("set");
    act(&mut store, RosterOp::Need { need: need(1), off: true }).expect("off");
    act(&mut other, RosterOp::Need { need: need(3), off: false }).expect("set anew");
    assert_eq!(refused(store.undo(uid(), town::now())), Refusal::ChangedSince { fields: vec!["need"] });
    act(&mut store, leave(Some(LeaveKind::Sick))).expect("given");
    act(&mut store, leave(None)).expect("taken back");
    act(&mut other, leave(Some(LeaveKind::Personal))).expect("given anew");
    assert_eq!(refused(store.undo(uid(), town::now())), Refusal::ChangedSince { fields: vec!["leave"] });
    let long = RosterOp::Leave {
        spans: vec![Span { staff: who, from: day(29), to: day(29) }],
        kind: Some(LeaveKind::Sick),
        note: "长".repeat(5_000),
    };
    assert!(matches!(refused(act(&mut store, long)), Refusal::TextTooLong { .. }));
}

#[test]
fn a_command_that_changes_nothing_is_not_in_the_way_of_undo() {
    let (mut store, _folder) = town::copy();
    let who = staff(store.path())[0];
    plan(&mut store, &[(who, day(25), Template::Early)]);
    let before = count(store.path(), "command");
    plan(&mut store, &[(who, day(25), Template::Early)]);
    assert_eq!(count(store.path(), "command"), before, "nothing happened, so nothing is written");
    store.undo(uid(), town::now()).expect("the draft is taken back");
    assert_eq!(count(store.path(), "draft_day"), 0);
}

#[test]
fn the_night_of_sunday_is_held_against_the_monday_behind_it() {
    let (mut store, _folder) = town::copy();
    let who = staff(store.path())[0];
    plan(&mut store, &[(who, day(30), Template::Early)]);
    act(&mut store, RosterOp::Publish { monday: day(30), seen: None }).expect("published");
    plan(&mut store, &[(who, day(29), Template::Night)]);
    let week = week(&store, day(23));
    let found: Vec<_> =
        week.findings(week.member(who).expect("a member")).iter().map(|found| (found.rule, found.day)).collect();
    assert_eq!(found, [(Rule::ShortRest, day(29))]);
}
