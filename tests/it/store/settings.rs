//! Settings in a living file: who may change them, what that does to tickets, that it is told, and taken back.

use township_desk::domain::base::calendar::{Calendar, DayKind, Hours, SpecialDay};
use township_desk::domain::base::event::EventKind;
use township_desk::domain::base::time::{Day, Time};
use township_desk::domain::op::Op;
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::refusal::Refusal;
use township_desk::domain::settings::op::{Change, Changed, Past};
use township_desk::domain::settings::query::{SettingsAnswer, SettingsOf, SettingsQuery, Township};
use township_desk::domain::staff::Rank;
use township_desk::domain::ticket::category::Category;
use township_desk::domain::ticket::op::{Act, Report, Step, TicketOp};
use township_desk::domain::ticket::priority::Raise;
use township_desk::domain::ticket::{Channel, Status};
use township_desk::store::{Result, Store};

use super::{act, again, count, digest, of_rank, path_of, raw, refused, row, staff, take, uid};
use crate::support::town;

fn set(store: &mut Store, change: Change) -> Result<township_desk::domain::op::Done> {
    store.commit(uid(), &Op::Settings(change), town::now())
}

fn township(store: &Store) -> Township {
    match store.answer(&Query::Settings(SettingsQuery::Township)).expect("an answer") {
        Answer::Settings(SettingsAnswer::Township(township)) => *township,
        other => panic!("{other:?}"),
    }
}

fn calendar(store: &Store) -> Calendar {
    township(store).calendar
}

fn category(store: &Store, code: &str) -> Category {
    township(store).categories.into_iter().find(|category| category.code == code).expect("a category")
}

fn past(store: &Store, of: SettingsOf) -> Vec<Past> {
    match store.answer(&Query::Settings(SettingsQuery::Past(of))).expect("an answer") {
        Answer::Settings(SettingsAnswer::Past(past)) => past,
        other => panic!("{other:?}"),
    }
}

fn hours(store: &Store, kind: DayKind, now: Option<Hours>) -> Change {
    Change::Hours { kind, was: calendar(store).hours[kind as usize], now }
}

fn day(n: u32) -> Day {
    Day::from_ymd_opt(2026, 11, n).expect("a day")
}

fn holiday(name: &str) -> Option<SpecialDay> {
    Some(SpecialDay { kind: DayKind::Holiday, name: name.to_owned() })
}

#[test]
fn from_manager_on_and_nobody_else() {
    let (store, _folder) = town::copy();
    let path = path_of(&store);
    let change = hours(&store, DayKind::Working, Some(Hours { from: 480, to: 1_080 }));
    for rank in Rank::ALL.iter().copied() {
        let mut store = of_rank(&path, rank);
        let before = digest(&path);
        let done = set(&mut store, change.clone());
        if rank.may(Rank::Manager) {
            assert_eq!(done.expect("set").kind, EventKind::Set);
            store.undo(uid(), town::now()).expect("undone");
        } else {
            assert_eq!(refused(done), Refusal::RankTooLow { needs: Rank::Manager });
        }
        assert_eq!(digest(&path), before, "{rank:?}");
    }
}

#[test]
fn a_ticket_keeps_the_limits_it_was_taken_under() {
    let (mut store, _folder) = town::copy();
    let path = path_of(&store);
    let old = take(&mut store, "楼上漏水");
    let was = category(&store, "202");
    let now = Category {
        respond_minutes: 30,
        resolve_minutes: 120,
        zh: "房顶漏水".to_owned(),
        script: Some(("先关总阀".to_owned(), "Close the valve".to_owned())),
        keywords: vec!["漏水".to_owned(), "滴答".to_owned()],
        ..was.clone()
    };
    let held = row(&store, old).ticket;
    set(&mut store, Change::Category { was: Box::new(was.clone()), now: Box::new(now.clone()) }).expect("set");
    assert_eq!(category(&store, "202"), now);
    let done = store.commit(uid(), &of_category("房顶滴答", "202"), town::now()).expect("taken");
    let new = row(&store, township_desk::domain::base::id::TicketId(done.id)).ticket;
    assert_eq!(new.respond_by, town::now().plus_minutes(30));
    store.undo(uid(), town::now()).expect("the ticket is void");
    act(&mut store, old, Act::Chase(String::new())).expect("chased");
    let after = row(&store, old).ticket;
    assert_eq!(
        (after.respond_by, after.resolve_by, after.respond_minutes),
        (held.respond_by, held.resolve_by, held.respond_minutes)
    );
    store.undo(uid(), town::now()).expect("the chase");
    let undone = store.undo(uid(), town::now()).expect("the category");
    assert_eq!((undone.of, category(&store, "202")), (Some(EventKind::Set), was.clone()));
    store.redo(uid(), town::now()).expect("made again");
    assert_eq!(category(&store, "202"), now);
    let told = past(&store, SettingsOf::Category("202".to_owned()));
    assert_eq!(
        told.iter().map(|past| past.kind).collect::<Vec<_>>(),
        [EventKind::Redone, EventKind::Undone, EventKind::Set]
    );
    let Changed::Category(code, changes) = &told[2].what else { panic!("{told:?}") };
    let minutes = changes.respond_minutes.as_ref().map(|c| (c.was, c.now));
    let name = changes.zh.as_ref().map(|c| (c.was.as_str(), c.now.as_str()));
    assert_eq!((code.as_str(), minutes, name), ("202", Some((60, 30)), Some(("室内渗漏", "房顶漏水"))));
    assert_eq!(count(&path, "event WHERE kind = 'reckoned'"), 0, "a category moves no due time");
}

fn joined() -> Act {
    Act::join("", "")
}

fn of_category(words: &str, code: &str) -> Op {
    let report = Report { category: Some(code.to_owned()), ..Report::of_words(words, Channel::Phone) };
    Op::Ticket(TicketOp::Take { report: Box::new(report), parked: None })
}

#[test]
fn new_hours_move_what_is_open_and_undo_moves_it_back() {
    let (mut store, _folder) = town::copy();
    let path = path_of(&store);
    let mut ids = Vec::new();
    for code in ["207", "202", "602", "211"] {
        let done = store.commit(uid(), &of_category("灯", code), town::now()).expect("taken");
        ids.push(township_desk::domain::base::id::TicketId(done.id));
    }
    let ended = take(&mut store, "已结束");
    store.undo(uid(), town::now()).expect("void");
    let (before, times) = (digest(&path), |store: &Store| {
        ids.iter().map(|id| (row(store, *id).ticket.respond_by, row(store, *id).ticket.resolve_by)).collect::<Vec<_>>()
    });
    let old = times(&store);
    let change = hours(&store, DayKind::Working, Some(Hours { from: 480, to: 720 }));
    let done = set(&mut store, change).expect("set");
    assert_eq!(
        (done.kind, done.also),
        (EventKind::Set, 2),
        "P2 runs day and night, and a working day is one, however long"
    );
    let new = times(&store);
    assert!(new[0] != old[0] && new[1] == old[1] && new[3] != old[3], "{old:?} {new:?}");
    assert_eq!(count(&path, "event WHERE kind = 'reckoned'"), 2);
    let command: i64 = count(&path, "(SELECT DISTINCT command_id FROM event WHERE kind IN ('reckoned', 'set'))");
    assert_eq!(command, 1, "one command");
    // A ticket that goes on in between does not stand in the way of taking the hours back.
    let mut there = again(&path);
    act(&mut there, ids[0], joined()).expect("joined");
    act(&mut there, ids[0], joined()).expect("joined: P2 now");
    there.undo(uid(), town::now()).expect("undone");
    there.undo(uid(), town::now()).expect("undone");
    let undone = store.undo(uid(), town::now()).expect("undone");
    assert_eq!((undone.of, undone.also), (Some(EventKind::Set), 2));
    assert_eq!((times(&store), digest(&path)), (old, before));
    store.redo(uid(), town::now()).expect("made again");
    assert_eq!(times(&store), new);
    assert_eq!(row(&store, ended).ticket.status, township_desk::domain::ticket::Status::Void);
}

#[test]
fn what_was_late_or_in_time_stays_so_whatever_hours_are_set_later() {
    let (mut store, _folder) = town::copy();
    let taken = |store: &mut Store, code: &str| {
        let done = store.commit(uid(), &of_category("灯", code), town::now()).expect("taken");
        township_desk::domain::base::id::TicketId(done.id)
    };
    let who = staff(&path_of(&store))[0];
    // Four hours to first contact from 10:00; a day to the solution.
    let (late, answered, days) = (taken(&mut store, "207"), taken(&mut store, "207"), taken(&mut store, "602"));
    let times = |store: &Store, id| (row(store, id).ticket.respond_by, row(store, id).ticket.resolve_by);
    let by = |hours: i64| town::now().plus_minutes(hours * 60);
    assert_eq!((times(&store, late).0, times(&store, days).1), (by(4), by(24)));
    for to in [Status::Assigned, Status::Accepted, Status::Working] {
        let step = Step { staff: Some(who).filter(|_| to == Status::Assigned), ..Step::to(to) };
        let act = Act::Move { version: None, step };
        store.commit(uid(), &Op::Ticket(TicketOp::Act { id: answered, act }), by(3)).expect("moved");
    }
    let mut set = |now, at| {
        let change = hours(&store, DayKind::Working, now);
        store.commit(uid(), &Op::Settings(change), at).expect("set");
    };
    // At 15:00 the first is late by an hour. Closing at noon, or opening at three, would have made it in time.
    set(Some(Hours { from: 15 * 60, to: 17 * 60 }), by(5));
    assert_eq!((times(&store, late).0, times(&store, answered).0), (by(4), by(4)));
    // Of its twelve hours, a working day when it was taken, five have run; two more run today, two a day from then on.
    assert_eq!(times(&store, days).1, by(3 * 24 + 6), "Friday, 16:00");
    let raised = Act::Raise { version: None, raise: Raise::Unit, on: true };
    store.commit(uid(), &Op::Ticket(TicketOp::Act { id: answered, act: raised }), by(6)).expect("raised");
    assert_eq!(times(&store, answered).0, by(4), "it was answered in time, and was not to be sooner by then");
    store.undo(uid(), by(6)).expect("not raised");
    store.undo(uid(), by(6)).expect("the hours");
    assert_eq!((times(&store, late).0, times(&store, days).1), (by(4), by(24)));
}

#[test]
fn an_undo_at_another_desk_leaves_first_contact_as_it_was_held_to() {
    let (mut store, _folder) = town::copy();
    let path = path_of(&store);
    let id = take(&mut store, "楼上漏水");
    let held = row(&store, id).ticket.respond_by;
    act(&mut store, id, Act::Raise { version: None, raise: Raise::Danger, on: true }).expect("danger");
    let sooner = row(&store, id).ticket.respond_by;
    assert!(sooner < held);
    let mut there = again(&path);
    let review = Some(town::now().plus_minutes(60 * 24));
    let step = Step { why: "供水公司".to_owned(), review, ..Step::to(Status::Referred) };
    act(&mut there, id, Act::Move { version: None, step }).expect("referred");
    store.undo(uid(), town::now()).expect("no danger");
    let after = row(&store, id).ticket;
    assert_eq!((after.respond_by, after.raised.has(Raise::Danger)), (sooner, false));
    there.undo(uid(), town::now()).expect("not referred");
    let after = row(&store, id).ticket;
    assert_eq!((after.contacted_at, after.answered_under, after.respond_by), (None, None, held), "it runs again");
}

#[test]
fn a_day_off_is_set_renamed_and_taken_off() {
    let (mut store, _folder) = town::copy();
    let done = store.commit(uid(), &of_category("灯", "211"), town::now()).expect("taken");
    let id = township_desk::domain::base::id::TicketId(done.id);
    let due = row(&store, id).ticket.respond_by;
    let to = |was, now| Change::Day { day: day(25), was, now };
    set(&mut store, to(None, holiday("镇庙会"))).expect("set");
    assert_eq!(calendar(&store).kind(day(25)), DayKind::Holiday);
    assert_eq!(row(&store, id).ticket.respond_by, Time(due.0 + 86_400_000), "a day later");
    set(&mut store, to(holiday("镇庙会"), holiday("庙会"))).expect("renamed");
    assert_eq!(refused(set(&mut store, to(holiday("镇庙会"), None))), Refusal::Conflict { fields: vec!["name"] });
    set(&mut store, to(holiday("庙会"), None)).expect("taken off");
    assert_eq!((calendar(&store).kind(day(25)), row(&store, id).ticket.respond_by), (DayKind::Working, due));
    let told = past(&store, SettingsOf::Calendar);
    let names: Vec<_> = told
        .iter()
        .map(|past| match &past.what {
            Changed::Day(at, changes) if *at == day(25) => {
                changes.name.as_ref().map(|c| (c.was.clone(), c.now.clone()))
            }
            other => panic!("{other:?}"),
        })
        .collect();
    let pair = |was: &str, now: &str| Some((was.to_owned(), now.to_owned()));
    assert_eq!(names, [pair("庙会", ""), pair("镇庙会", "庙会"), pair("", "镇庙会")]);
    let long = holiday(&"节".repeat(41));
    assert_eq!(refused(set(&mut store, to(None, long))), Refusal::TextTooLong { at_most: 40 });
}

#[test]
fn the_clocks_never_stand_still_for_ever() {
    let (mut store, _folder) = town::copy();
    let change = hours(&store, DayKind::Rest, None);
    set(&mut store, change).expect("closed on Sundays");
    let change = hours(&store, DayKind::Working, None);
    assert_eq!(refused(set(&mut store, change)), Refusal::NeverOpen);
    let seen = Change::Hours { kind: DayKind::Rest, was: Some(Hours { from: 0, to: 60 }), now: None };
    assert!(set(&mut store, seen).is_ok(), "closed is what both want");
    let seen = Change::Hours { kind: DayKind::Working, was: None, now: Some(Hours { from: 0, to: 60 }) };
    assert_eq!(refused(set(&mut store, seen)), Refusal::Conflict { fields: vec!["hours"] });
}

#[test]
#[ignore = "how long the file is held while 2,000 open tickets are reckoned anew; prints it"]
fn new_hours_with_two_thousand_open_tickets() {
    let (mut store, _folder) = town::copy();
    for n in 0..2_000 {
        let code = ["207", "211", "304", "000"][n % 4];
        store.commit(uid(), &of_category(&format!("第{n}件事"), code), town::now()).expect("taken");
    }
    for (what, kind, now) in [
        ("shorter days", DayKind::Working, Some(Hours { from: 480, to: 1_080 })),
        ("longer Sundays", DayKind::Rest, Some(Hours { from: 480, to: 1_080 })),
    ] {
        let change = hours(&store, kind, now);
        let began = std::time::Instant::now();
        let done = set(&mut store, change).expect("set");
        eprintln!("{what}: {} tickets in {:?}", done.also, began.elapsed());
        assert!(done.also > 400);
    }
}

#[test]
fn two_categories_whose_codes_are_no_numbers_have_a_history_each() {
    let (store, _folder) = town::copy();
    let path = path_of(&store);
    for code in ["A1", "B1", "0202"] {
        raw(&path)
            .execute(
                "INSERT INTO category (code, zh, en, roles, outside, priority, respond_minutes, resolve_minutes) \
                 SELECT ?1, ?1, ?1, roles, outside, priority, respond_minutes, resolve_minutes FROM category WHERE code = '202'",
                [code],
            )
            .expect("a category");
    }
    let mut store = of_rank(&path, Rank::Manager);
    for code in ["A1", "B1", "0202"] {
        let was = category(&store, code);
        let now = Category { resolve_minutes: was.resolve_minutes + 60, ..was.clone() };
        set(&mut store, Change::Category { was: Box::new(was), now: Box::new(now) }).expect("set");
    }
    for code in ["A1", "B1", "0202"] {
        let told = past(&store, SettingsOf::Category(code.to_owned()));
        let codes: Vec<_> = told
            .iter()
            .map(|past| match &past.what {
                Changed::Category(code, _) => code.as_str(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(codes, [code]);
    }
    assert!(past(&store, SettingsOf::Category("202".to_owned())).is_empty());
}
