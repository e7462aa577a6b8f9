//! Nothing that is owed to the next shift is missing in a handover: held against what the log alone says.

use proptest::prelude::*;
use township_desk::domain::base::id::{PlaceId, TicketId};
use township_desk::domain::base::time::{DAY, HOUR, Time};
use township_desk::domain::handover::verify::{forgotten, owed};
use township_desk::domain::handover::{About, Line};
use township_desk::domain::op::Op;
use township_desk::domain::outage::OutageKind;
use township_desk::domain::outage::op::{Notice, OutageOp};
use township_desk::domain::parked::op::{Form, ParkedOp};
use township_desk::domain::ticket::op::Step;
use township_desk::domain::ticket::{Channel, Status, op as ticket_op};
use township_desk::store::{Error, Store};
use township_desk::text::{Lang, handover};

use super::handover::{hand_over, now, present_at, texts, two_at_the_desk, watch};
use super::{Dice, act_at, raw, staff, take, uid};
use crate::support::town;

/// What the log leaves open, held against the summary.
#[track_caller]
fn nothing_forgotten(store: &Store, now: Time) -> usize {
    let present = present_at(store, now);
    let replayed = store.replay_open(present.due).expect("a replay");
    let all = owed(&replayed, present.ahead);
    let count = all.len();
    let lines = handover::lines(&present, Lang::En);
    assert_eq!(forgotten(all, &lines), [], "{}", texts(&lines));
    count
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]
    #[test]
    fn nothing_owed_is_ever_missing(seed in 0_u64..1_000, hours in -6_i64..60) {
        let (mut store, _folder) = town::sample(120, 90);
        let people = staff(store.path());
        let mut dice = Dice::new(seed);
        let open: Vec<i64> = {
            let conn = raw(store.path());
            let mut ids = conn.prepare("SELECT id FROM ticket WHERE open = 1 ORDER BY id").expect("a statement");
            ids.query_map([], |row| row.get(0)).expect("rows").map(|id| id.expect("an id")).collect()
        };
        let mut at = now();
        for n in 0..30 {
            at = at.plus_minutes(i64::try_from(dice.roll(20)).expect("small"));
            let id = TicketId(open[dice.roll(open.len())]);
            let act = match dice.roll(8) {
                0 => ticket_op::Act::WatchWords { version: None, text: format!("若再{n}: 叫人") },
                1 => ticket_op::Act::Appoint { version: None, at: Some(at.plus_minutes(200)) },
                2 => ticket_op::Act::Watch { version: None, on: dice.roll(2) == 0 },
                3 => ticket_op::Act::Move { version: None, step: Step::assign(people[dice.roll(people.len())]) },
                5 => ticket_op::Act::Move { version: None, step: Step {
                    why: "供水公司".to_owned(), review: Some(at.plus_minutes(100 + 400 * n)), ..Step::to(Status::Referred) } },
                6 => ticket_op::Act::Asked { version: None, answer: "说来人".to_owned(), phone: None,
                    again: Some(at.plus_minutes(500)) },
                4 => ticket_op::Act::Move { version: None, step: Step {
                    why: "等".to_owned(), review: Some(at.plus_minutes(300)), ..Step::to(Status::Paused) } },
                _ => ticket_op::Act::Move { version: None, step: Step {
                    why: "好了".to_owned(), ..Step::to(Status::Resolved) } },
            };
            match act_at(&mut store, id, act, at) {
                Ok(_) | Err(Error::Refused(_)) => {}
                Err(error) => panic!("{error:?}"),
            }
            if dice.roll(8) == 0 {
                let _ = store.undo(uid(), at);
            }
        }
        let looked = Time(at.0 + hours * HOUR);
        prop_assert!(nothing_forgotten(&store, looked) > 5);
    }
}

#[test]
fn a_program_closed_for_a_day_forgets_nothing_either() {
    let (mut store, _folder, _) = two_at_the_desk();
    take(&mut store, "漏水");
    hand_over(&mut store, now());
    let id = take(&mut store, "门禁坏");
    watch(&mut store, id, "若还坏: 换卡", now());
    let form = Form { words: "路灯".to_owned(), ..Form::new(uid(), Channel::Phone) };
    store.commit(uid(), &Op::Parked(ParkedOp::Park(Box::new(form))), now()).expect("parked");
    let next = Time(now().0 + DAY);
    assert!(nothing_forgotten(&store, next) >= 3);
    assert_eq!(present_at(&store, next).due.spans, 3);
}

/// A township in which something of each kind is owed.
fn something_of_each() -> (Store, tempfile::TempDir) {
    let (mut store, folder, _) = two_at_the_desk();
    let id = take(&mut store, "门禁坏");
    watch(&mut store, id, "若还坏: 换卡", now());
    take(&mut store, "厨房水管爆裂, 水喷出来了");
    let id = take(&mut store, "健身器材坏了");
    let step = Step { why: "社区".to_owned(), review: Some(now().plus_minutes(30)), ..Step::to(Status::Referred) };
    act_at(&mut store, id, ticket_op::Act::Move { version: None, step }, now()).expect("referred");
    let form = Form { words: "路灯".to_owned(), ..Form::new(uid(), Channel::Phone) };
    store.commit(uid(), &Op::Parked(ParkedOp::Park(Box::new(form))), now()).expect("parked");
    let place = raw(store.path())
        .query_row("SELECT id FROM place WHERE kind = 'compound'", [], |row| row.get(0).map(PlaceId))
        .expect("a compound");
    let (kind, from, to) = (OutageKind::Water, now(), Time(now().0 + HOUR));
    let notice = Notice { kind, from, to, places: vec![place], words: "阀门爆了".to_owned() };
    store.commit(uid(), &Op::Outage(OutageOp::Announce(notice)), now()).expect("announced");
    (store, folder)
}

#[test]
fn the_proof_does_find_what_a_summary_lacks() {
    let (store, _folder) = something_of_each();
    let present = present_at(&store, now());
    let all = owed(&store.replay_open(present.due).expect("a replay"), present.ahead);
    let lines = handover::lines(&present, Lang::Zh);
    assert_eq!(forgotten(all.clone(), &lines), []);
    for (about, why) in &all {
        let without: Vec<Line> = lines.iter().filter(|line| line.about != *about).cloned().collect();
        assert_eq!(forgotten(all.clone(), &without), [(about.clone(), *why)], "left out");
        let dropped = |line: &Line| Line { dropped: line.about == *about, ..line.clone() };
        let dropped: Vec<Line> = lines.iter().map(dropped).collect();
        let missing = forgotten(all.clone(), &dropped).len();
        assert_eq!(missing, usize::from(!why.may_delete()), "{why:?}: a giver may not take it off unseen");
    }
    let kinds: std::collections::BTreeSet<&str> = all.iter().map(|(_, why)| why.code()).collect();
    assert!(
        kinds.contains("ask") && kinds.len() >= 4 && all.iter().any(|(about, _)| matches!(about, About::Outage(_))),
        "{kinds:?}"
    );
}

#[test]
fn who_is_missing_is_counted_a_second_time() {
    let (store, _folder) = town::sample(120, 90);
    let begins = present_at(&store, now()).due.begins;
    let conn = raw(store.path());
    let took = conn
        .execute(
            "DELETE FROM shift WHERE from_at = ?1 AND staff_id IN (SELECT id FROM staff WHERE role = 'repairer')",
            [begins.0],
        )
        .expect("taken off");
    let ill = conn
        .execute(
            "UPDATE shift SET presence = 'absent' WHERE id = (SELECT h.id FROM shift h JOIN staff s ON s.id = h.staff_id \
             WHERE h.from_at = ?1 AND s.role = 'guard' LIMIT 1)",
            [begins.0],
        )
        .expect("marked");
    assert!(took > 0 && ill == 1);
    assert!(nothing_forgotten(&store, now()) > 0);
    let present = present_at(&store, now());
    let all = owed(&store.replay_open(present.due).expect("a replay"), present.ahead);
    let gaps = all.iter().filter(|(about, _)| matches!(about, About::Gap(_))).count();
    assert!(gaps >= 2, "{all:?}");
    let without: Vec<Line> =
        handover::lines(&present, Lang::Zh).into_iter().filter(|line| !matches!(line.about, About::Gap(_))).collect();
    assert_eq!(forgotten(all, &without).len(), gaps);
}
