//! Somebody leaves: his shifts come off the wall, his tickets are given on, the past stays, and undo takes all of it back.

use township_desk::domain::base::event::EventKind;
use township_desk::domain::base::id::{StaffId, TicketId};
use township_desk::domain::base::import::{ParsedRow, Reason, Rows, StaffRow};
use township_desk::domain::base::time::{Day, HOUR, Time};
use township_desk::domain::op::Op;
use township_desk::domain::person::PersonName;
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::refusal::Refusal;
use township_desk::domain::roster::coverage::{Need, NeedDays};
use township_desk::domain::roster::op::{Planned, RosterOp, StaffEdit};
use township_desk::domain::roster::presence::{Opening, PresenceOp};
use township_desk::domain::roster::query::{RosterAnswer, RosterQuery};
use township_desk::domain::roster::shift::Template;
use township_desk::domain::roster::stand_in::Wanted;
use township_desk::domain::roster::{DayPlan, LeaveKind};
use township_desk::domain::staff::Role;
use township_desk::domain::staff::departure::Given;
use township_desk::domain::staff::query::{Coverage, Departure, StaffAnswer, StaffQuery};
use township_desk::domain::ticket::Status;
use township_desk::domain::ticket::op::{Act, Step};
use township_desk::domain::ticket::query::{TicketAnswer, TicketQuery};
use township_desk::exchange::pages::Format;
use township_desk::exchange::pages::roster::{self, Sheet};
use township_desk::store::{Access, ImportOptions, Result, Store, Who};
use township_desk::text::{Lang, handover};

use super::handover::{lines_at, present_at, texts};
use super::{act_at, digest, moved, raw, refused, row, staff, take, uid};
use crate::support::town;

/// Days of November 2026; the 23rd is a Monday, now is Tuesday the 24th, 10:00.
fn day(day: u32) -> Day {
    Day::from_ymd_opt(2026, 11, day).expect("a day")
}

fn commit(store: &mut Store, op: RosterOp) -> Result<township_desk::domain::op::Done> {
    store.commit(uid(), &Op::Roster(op), town::now())
}

/// Yesterday's shift was worked, today's runs, three are to come and one is drafted; each day a repairer is needed, early and
/// late.
fn on_the_wall() -> (Store, tempfile::TempDir, [StaffId; 3]) {
    let (mut store, folder) = town::copy();
    let ids = staff(store.path());
    for template in [Template::Early, Template::Late] {
        let need = Need { compound: None, role: Role::Repairer, template, days: NeedDays::Every, count: 1 };
        commit(&mut store, RosterOp::Need { need, off: false }).expect("needed");
    }
    let planned = |on: u32, template| Planned { staff: ids[0], day: day(on), plan: Some(DayPlan::of(template)) };
    let days = vec![planned(24, Template::Late), planned(25, Template::Early), planned(26, Template::Late)];
    commit(&mut store, RosterOp::Plan(days)).expect("drafted");
    commit(&mut store, RosterOp::Publish { monday: day(23), seen: None }).expect("published");
    commit(&mut store, RosterOp::Plan(vec![planned(27, Template::Early)])).expect("drafted");
    let sql = "INSERT INTO shift (id, staff_id, day, template, from_at, to_at) \
         VALUES (901, ?1, '2026-11-23', 'early', ?2 - 26 * 3600000, ?2 - 18 * 3600000), (902, ?1, '2026-11-24', 'early', ?2 - 2 * 3600000, ?2 + 6 * 3600000)";
    raw(store.path()).execute(sql, (ids[0].0, town::now().0)).expect("worked");
    (store, folder, [ids[0], ids[1], ids[2]])
}

fn leaves(store: &mut Store, id: StaffId, tickets: Vec<Given>) -> Result<township_desk::domain::op::Done> {
    commit(store, RosterOp::Depart { id, tickets })
}

fn left(id: StaffId) -> RosterOp {
    RosterOp::Staff { id, edit: Box::new(StaffEdit { active: Some(false), ..StaffEdit::default() }) }
}

fn departure(store: &Store, staff: StaffId) -> Departure {
    match store.answer(&Query::Staff(StaffQuery::Departure { staff, now: town::now() })).expect("an answer") {
        Answer::Staff(StaffAnswer::Departure(Some(departure))) => *departure,
        other => panic!("nobody: {other:?}"),
    }
}

fn missing(store: &Store) -> u32 {
    let coverage: Coverage =
        match store.answer(&Query::Roster(RosterQuery::Coverage { from: day(24), days: 3 })).expect("an answer") {
            Answer::Roster(RosterAnswer::Coverage(coverage)) => *coverage,
            other => panic!("{other:?}"),
        };
    coverage.slots.iter().map(|slot| slot.missing()).sum()
}

fn wall(store: &Store) -> String {
    let week = match store.answer(&Query::Roster(RosterQuery::Week { monday: day(23) })).expect("an answer") {
        Answer::Roster(RosterAnswer::Week(week)) => *week,
        other => panic!("{other:?}"),
    };
    let sheet = Sheet { company: "物业", week: &week, draft: false };
    roster::page(sheet, Format::Text, None, Lang::Zh).expect("a page").text
        + &roster::message(sheet, None, Lang::Zh).expect("a message").text
}

fn gaps(store: &Store, at: Time) -> usize {
    match store.answer(&Query::Roster(RosterQuery::Duty { at, compound: None })).expect("an answer") {
        Answer::Roster(RosterAnswer::Duty(duty)) => duty.gaps.len(),
        other => panic!("{other:?}"),
    }
}

fn given(store: &mut Store, words: &str, to: StaffId) -> TicketId {
    let id = take(store, words);
    let step = Step::assign(to);
    act_at(store, id, Act::Move { version: None, step }, town::now()).expect("assigned");
    id
}

#[test]
fn his_shifts_fall_open_everywhere_at_once_and_what_he_worked_stays() {
    let (mut store, _folder, [who, ..]) = on_the_wall();
    assert_eq!((missing(&store), wall(&store).matches("王强").count() > 3), (2, true));
    let shifts: Vec<_> = departure(&store, who).shifts.iter().map(|off| (off.day, off.template)).collect();
    assert_eq!(shifts, [(day(24), Template::Late), (day(25), Template::Early), (day(26), Template::Late)]);
    let names = |store: &Store| wall(store).matches("王强").count();
    let before = names(&store);
    let open = gaps(&store, town::now());
    leaves(&mut store, who, Vec::new()).expect("he left");
    assert_eq!(missing(&store), 6, "the shift that runs, too");
    assert!(names(&store) < before && gaps(&store, town::now()) > open, "{}", wall(&store));
    let conn = raw(store.path());
    let left: Vec<String> = {
        let mut days = conn.prepare("SELECT day FROM shift ORDER BY from_at").expect("a statement");
        days.query_map([], |row| row.get(0)).expect("rows").map(|day| day.expect("a day")).collect()
    };
    assert_eq!(left, ["2026-11-23", "2026-11-24"], "worked, and begun");
    assert_eq!(super::count(store.path(), "draft_day"), 0);
    // The handover's next shift, and the proof of it.
    let lines = lines_at(&store, town::now());
    assert!(texts(&lines).contains("中班 缺维修"), "{}", texts(&lines));
    let present = present_at(&store, town::now());
    let owed = township_desk::domain::handover::verify::owed(
        &store.replay_open(present.due).expect("a replay"),
        present.ahead,
    );
    let lines = handover::lines(&present, Lang::Zh);
    assert_eq!(township_desk::domain::handover::verify::forgotten(owed, &lines), []);
}

#[test]
fn the_shift_in_which_he_leaves_is_a_gap_in_the_week_too_and_undo_gives_it_back() {
    let early = |store: &Store, on: u32| {
        let Ok(Answer::Roster(RosterAnswer::Week(week))) =
            store.answer(&Query::Roster(RosterQuery::Week { monday: day(23) }))
        else {
            panic!("no week")
        };
        let slots =
            week.slots().into_iter().filter(|slot| slot.day == day(on) && slot.need.template == Template::Early);
        let gap = slots.map(|slot| slot.missing()).sum::<u32>();
        (gap, wall(store))
    };
    for departs in [true, false] {
        let (mut store, _folder, [who, ..]) = on_the_wall();
        let (before, sheet) = early(&store, 24);
        assert_eq!((before, early(&store, 23).0), (0, 0));
        let done = if departs { leaves(&mut store, who, Vec::new()) } else { commit(&mut store, left(who)) };
        done.expect("he left");
        let (gap, after) = early(&store, 24);
        assert_eq!((gap, early(&store, 23).0), (1, 0), "from now to its end, and what was worked stays");
        let his = |sheet: &str| sheet.matches("早班: 王强").count();
        assert_eq!((his(&sheet), his(&after)), (3, 1), "what he worked yesterday");
        store.undo(uid(), town::now()).expect("he stays");
        assert_eq!(early(&store, 24), (before, sheet));
    }
}

#[test]
fn nobody_sends_plans_or_calls_in_who_has_left() {
    let (mut store, _folder, [who, other, _]) = on_the_wall();
    leaves(&mut store, who, Vec::new()).expect("he left");
    let at = town::now();
    let Answer::Roster(RosterAnswer::Suggest(candidates)) = store
        .answer(&Query::Roster(RosterQuery::Suggest { category: "201".to_owned(), compound: None, at }))
        .expect("an answer")
    else {
        panic!("no candidates")
    };
    assert!(candidates.iter().all(|candidate| candidate.staff != who) && !candidates.is_empty());
    let wanted =
        Wanted { day: day(25), template: Template::Early, compound: None, role: Role::Repairer, drafts: false };
    let Answer::Roster(RosterAnswer::StandIns(people)) =
        store.answer(&Query::Roster(RosterQuery::StandIns(wanted))).expect("an answer")
    else {
        panic!("nobody")
    };
    assert!(people.iter().all(|person| person.staff != who));
    let plan = Planned { staff: who, day: day(27), plan: Some(DayPlan::of(Template::Early)) };
    let plan = refused(commit(&mut store, RosterOp::Plan(vec![plan])));
    assert!(matches!(plan, Refusal::HasLeft | Refusal::NotFound { .. }), "{plan:?}");
    let this_week = Planned { staff: who, day: day(26), plan: Some(DayPlan::of(Template::Early)) };
    assert_eq!(refused(commit(&mut store, RosterOp::Plan(vec![this_week]))), Refusal::HasLeft);
    let opening = Opening::Need { day: day(24), template: Template::Late, compound: None };
    let step_in = Op::Roster(RosterOp::Presence(PresenceOp::StepIn { staff: who, opening }));
    assert!(store.commit(uid(), &step_in, town::now()).is_err());
    let Answer::Roster(RosterAnswer::Fill(filled)) =
        store.answer(&Query::Roster(RosterQuery::Fill { monday: day(30), now: at })).expect("an answer")
    else {
        panic!("nothing filled")
    };
    assert!(filled.proposal.days.iter().all(|one| one.staff != who));
    let id = take(&mut store, "漏水");
    let to_him = Act::Move { version: None, step: Step::assign(who) };
    assert!(act_at(&mut store, id, to_him, town::now()).is_err());
    // Back again, he is as anybody; what he had before is planned anew.
    let back = StaffEdit { active: Some(true), ..StaffEdit::default() };
    commit(&mut store, RosterOp::Staff { id: who, edit: Box::new(back) }).expect("he is back");
    assert_eq!(missing(&store), 5, "only what runs is his again");
    let plan = Planned { staff: who, day: day(26), plan: Some(DayPlan::of(Template::Early)) };
    commit(&mut store, RosterOp::Plan(vec![plan])).expect("planned again");
    assert!(departure(&store, other).shifts.is_empty());
}

#[test]
fn nothing_in_his_hands_goes_anywhere_unsaid_and_undo_takes_all_of_it_back() {
    let (mut store, _folder, [who, other, third]) = on_the_wall();
    let worked = given(&mut store, "水管漏水", who);
    let paused = given(&mut store, "门锁坏", who);
    let back = given(&mut store, "灯不亮", who);
    let done = given(&mut store, "水压低", who);
    let of_another = given(&mut store, "垃圾满", third);
    for to in [Status::Accepted, Status::Working] {
        act_at(&mut store, worked, Act::Move { version: None, step: moved(to) }, town::now()).expect("moved");
        act_at(&mut store, done, Act::Move { version: None, step: moved(to) }, town::now()).expect("moved");
    }
    act_at(&mut store, done, Act::Move { version: None, step: moved(Status::Resolved) }, town::now()).expect("done");
    act_at(&mut store, paused, Act::Move { version: None, step: moved(Status::Accepted) }, town::now()).expect("his");
    let rests = Step { review: Some(Time(town::now().0 + HOUR)), ..moved(Status::Paused) };
    act_at(&mut store, paused, Act::Move { version: None, step: rests }, town::now()).expect("paused");
    let in_hand: Vec<TicketId> = departure(&store, who).tickets.iter().map(|(id, ..)| *id).collect();
    assert_eq!(in_hand, [worked, paused, back], "what waits for a callback is done, and another's is another's");
    for (n, wrong) in [Vec::new(), vec![(worked, None)], vec![(worked, None), (paused, None), (of_another, None)]]
        .into_iter()
        .enumerate()
    {
        assert_eq!(refused(leaves(&mut store, who, wrong)), Refusal::StillInHand { n: 3 }, "{n}");
    }
    assert_eq!(refused(commit(&mut store, left(who))), Refusal::StillInHand { n: 3 }, "nor by the field alone");
    let before = digest(store.path());
    let all = vec![(worked, Some(other)), (paused, Some(other)), (back, None)];
    leaves(&mut store, who, all).expect("he left");
    let (now, rests, free) = (row(&store, worked).ticket, row(&store, paused).ticket, row(&store, back).ticket);
    assert_eq!((now.assignee, now.status, now.told_at), (Some(other), Status::Assigned, None));
    assert_eq!((rests.assignee, rests.status, rests.review_at.is_some()), (Some(other), Status::Paused, true));
    assert_eq!((free.assignee, free.status), (None, Status::New));
    assert_eq!(row(&store, done).ticket.assignee, Some(who), "he did do it");
    let told =
        |store: &Store, id: TicketId| match store.answer(&Query::Ticket(TicketQuery::One(id))).expect("an answer") {
            Answer::Ticket(TicketAnswer::One(Some(detail))) => detail.timeline.last().map(|event| event.kind),
            other => panic!("{other:?}"),
        };
    assert_eq!(told(&store, worked), Some(EventKind::Assigned));
    assert_eq!(told(&store, back), Some(EventKind::Returned));
    let after = digest(store.path());
    store.undo(uid(), town::now()).expect("taken back");
    assert_eq!(digest(store.path()), before);
    store.redo(uid(), town::now()).expect("made again");
    assert_eq!(digest(store.path()), after);
    store.undo(uid(), town::now()).expect("taken back again");
    assert_eq!(digest(store.path()), before);
}

#[test]
fn what_was_his_does_not_come_back_to_him_once_he_has_left() {
    let (mut store, _folder, [who, other, _]) = on_the_wall();
    let moved_on = given(&mut store, "水管漏水", who);
    let step = Step::assign(other);
    act_at(&mut store, moved_on, Act::Move { version: None, step }, town::now()).expect("given on");
    // Another desk lets him go.
    let mut elsewhere = Store::open(store.path(), Access::Write, Who::default(), town::now()).expect("a second desk");
    leaves(&mut elsewhere, who, Vec::new()).expect("he left");
    let before = digest(store.path());
    assert_eq!(refused(store.undo(uid(), town::now())), Refusal::HasLeft);
    assert_eq!(digest(store.path()), before);
    let back = RosterOp::Staff { id: who, edit: Box::new(StaffEdit { active: Some(true), ..StaffEdit::default() }) };
    commit(&mut elsewhere, back).expect("he is back");
    store.undo(uid(), town::now()).expect("taken back");
    assert_eq!(row(&store, moved_on).ticket.assignee, Some(who));
}

#[test]
fn who_goes_on_long_leave_or_takes_another_role_leaves_gaps_at_once_too() {
    let (mut store, _folder, [who, ..]) = on_the_wall();
    let span = township_desk::domain::roster::op::Span { staff: who, from: day(25), to: day(30) };
    let leave = RosterOp::Leave { spans: vec![span], kind: Some(LeaveKind::Sick), note: String::new() };
    commit(&mut store, leave).expect("ill");
    assert_eq!(missing(&store), 4, "both of the 25th and the 26th");
    store.undo(uid(), town::now()).expect("well again");
    assert_eq!(missing(&store), 2);
    let edit = StaffEdit { role: Some(Role::Guard), ..StaffEdit::default() };
    commit(&mut store, RosterOp::Staff { id: who, edit: Box::new(edit) }).expect("a guard now");
    assert_eq!(missing(&store), 6, "a guard repairs nothing");
}

#[test]
fn a_staff_sheet_that_says_left_takes_shifts_off_and_waits_for_who_gets_the_tickets() {
    let (mut store, _folder, [who, other, _]) = on_the_wall();
    let held = given(&mut store, "水管漏水", who);
    let says = |store: &mut Store, employed| {
        let row = StaffRow {
            name: PersonName::new("王强").expect("a name"),
            role: "维修".to_owned(),
            phones: Vec::new(),
            skills: Vec::new(),
            compounds: Vec::new(),
            employed,
            key: None,
        };
        let rows = Rows::Staff(vec![ParsedRow { sheet: "1".to_owned(), row_number: 2, row }]);
        store.import(&rows, &ImportOptions::default(), &mut uid, town::now(), &mut |_| true).expect("an import")
    };
    let before = digest(store.path());
    let refused = says(&mut store, Some(false));
    let why = refused.refused.first().map(|(_, _, reason)| reason);
    assert!(matches!(why, Some(Reason::Rule { refusal: Refusal::StillInHand { n: 1 }, .. })), "{why:?}");
    assert_eq!(digest(store.path()), before);
    let step = Step::assign(other);
    act_at(&mut store, held, Act::Move { version: None, step }, town::now()).expect("given on");
    assert_eq!((says(&mut store, None).unchanged, missing(&store)), (1, 2), "nothing said, nothing changed");
    assert_eq!((says(&mut store, Some(false)).changed, missing(&store)), (1, 6));
    assert_eq!(says(&mut store, Some(false)).unchanged, 1);
    assert_eq!((says(&mut store, Some(true)).changed, missing(&store)), (1, 5), "he is back; what runs is his");
}
