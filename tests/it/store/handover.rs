//! Handovers in the file: windows of the log, signatures, PINs, what freezes, and that nothing is forgotten.

use township_desk::domain::base::event::EventKind;
use township_desk::domain::base::id::{OperatorId, PlaceId, TicketId};
use township_desk::domain::base::time::{HOUR, Time};
use township_desk::domain::handover::draft::Fact;
use township_desk::domain::handover::op::{Act, Said as Say};
use township_desk::domain::handover::query::{HandoverAnswer, HandoverQuery, Past, Present};
use township_desk::domain::handover::{About, Answer as Said, Kind, Line, Section};
use township_desk::domain::op::{Done, Op};
use township_desk::domain::operator;
use township_desk::domain::operator::pin::Pin;
use township_desk::domain::outage::OutageKind;
use township_desk::domain::outage::op::{Notice, OutageOp};
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::refusal::Refusal;
use township_desk::domain::staff::Rank;
use township_desk::domain::ticket::op::Step;
use township_desk::domain::ticket::{Status, op as ticket_op};
use township_desk::store::{Result, Store};
use township_desk::text::{Lang, handover};

use super::{act_at, again, path_of, raw, refused, report, staff, take, trouble, uid};
use crate::support::town;

pub(super) fn now() -> Time {
    town::now()
}

pub(super) fn present_at(store: &Store, now: Time) -> Present {
    match store.answer(&Query::Handover(HandoverQuery::Present { now })).expect("an answer") {
        Answer::Handover(HandoverAnswer::Present(present)) => *present,
        other => panic!("no handover: {other:?}"),
    }
}

pub(super) fn lines_at(store: &Store, now: Time) -> Vec<Line> {
    handover::lines(&present_at(store, now), Lang::Zh)
}

pub(super) fn history(store: &Store) -> Vec<Past> {
    let query = Query::Handover(HandoverQuery::History { words: String::new(), limit: 50, after: None });
    match store.answer(&query).expect("an answer") {
        Answer::Handover(HandoverAnswer::History(pasts)) => pasts.rows,
        other => panic!("no history: {other:?}"),
    }
}

pub(super) fn commit(store: &mut Store, act: Act, now: Time) -> Result<Done> {
    store.commit(uid(), &Op::Handover(act), now)
}

pub(super) fn sign(store: &mut Store, pin: Option<&str>, now: Time) -> Result<Done> {
    let present = present_at(store, now);
    let (lines, seq, version) = (handover::lines(&present, Lang::Zh), present.seq, present.version);
    let pin = pin.map(|pin| Pin::new(pin).expect("a PIN"));
    commit(store, Act::Sign { lines, seq, version, pin }, now)
}

/// Every line that waits gets its answer from another desk, as the receiver's would.
pub(super) fn answer_all(store: &Store, now: Time) {
    let mut receiver = named(store, "高洁");
    for line in lines_at(store, now).into_iter().filter(Line::waits) {
        let said = Say::Answer(Said::Noted, String::new());
        commit(&mut receiver, Act::Say { line: Box::new(line), said }, now).expect("answered");
    }
}

pub(super) fn accept(store: &mut Store, by: OperatorId, kind: Kind, pin: Option<&str>, now: Time) -> Result<Done> {
    let present = present_at(store, now);
    let (lines, seq, version) = (handover::lines(&present, Lang::Zh), present.seq, present.version);
    let pin = pin.map(|pin| Pin::new(pin).expect("a PIN"));
    commit(store, Act::Accept { by, kind, lines, seq, version, pin }, now)
}

fn named(store: &Store, name: &str) -> Store {
    let who = township_desk::store::Who { name: Some(name.to_owned()), terminal: "test".to_owned() };
    Store::open(store.path(), township_desk::store::Access::Write, who, now()).expect("it opens")
}

fn add_operator(store: &mut Store, name: &str, rank: Rank, pin: Option<&str>) -> OperatorId {
    let pin = pin.map(|pin| Pin::new(pin).expect("a PIN"));
    let add = operator::op::Act::Add { name: name.to_owned(), rank, pin, own: None };
    OperatorId(store.commit(uid(), &Op::Operator(add), now()).expect("added").id)
}

/// The small township with somebody who takes over.
pub(super) fn two_at_the_desk() -> (Store, tempfile::TempDir, OperatorId) {
    let (mut store, folder) = town::copy();
    let receiver = add_operator(&mut store, "高洁", Rank::Clerk, None);
    (store, folder, receiver)
}

pub(super) fn hand_over(store: &mut Store, now: Time) -> Done {
    let receiver = present_at(store, now).operators.iter().find(|one| one.name == "高洁").expect("her").id;
    sign(store, None, now).expect("signed");
    answer_all(store, now);
    let done = accept(store, receiver, Kind::Normal, None, now).expect("accepted");
    *store = again(store.path());
    done
}

pub(super) fn texts(lines: &[Line]) -> String {
    lines.iter().map(|line| format!("{} {}\n", line.section.code(), line.text)).collect()
}

pub(super) fn watch(store: &mut Store, id: TicketId, words: &str, now: Time) {
    let act = ticket_op::Act::WatchWords { version: None, text: words.to_owned() };
    act_at(store, id, act, now).expect("watch words");
}

#[test]
fn words_to_watch_for_are_carried_and_counted_from_shift_to_shift() {
    let (mut store, _folder, _) = two_at_the_desk();
    let id = take(&mut store, "水泵房异响");
    let somebody = staff(store.path())[0];
    let step = Step::assign(somebody);
    act_at(&mut store, id, ticket_op::Act::Move { version: None, step }, now()).expect("assigned");
    watch(&mut store, id, "若22点后再响: 叫供水公司", now());
    for shift in 0..4 {
        let at = Time(now().0 + shift * 8 * HOUR);
        let lines = lines_at(&store, at);
        let line = lines.iter().find(|line| line.about == About::Ticket(id)).expect("the line");
        assert!(line.text.contains("若22点后再响"), "{}", line.text);
        assert_eq!(i64::from(line.carried), shift, "{}", texts(&lines));
        hand_over(&mut store, at);
    }
    assert_eq!(history(&store).len(), 4);
    watch(&mut store, id, "", Time(now().0 + 33 * HOUR));
}

#[test]
fn a_comment_stays_with_its_thing_while_the_draft_is_made_anew() {
    let (mut store, _folder, _) = two_at_the_desk();
    let id = take(&mut store, "楼道灯不亮");
    watch(&mut store, id, "若有人摔倒: 先放锥桶", now());
    let line = lines_at(&store, now()).into_iter().find(|line| line.about == About::Ticket(id)).expect("the line");
    let said = Say::Comment("钥匙在东门岗亭".to_owned());
    commit(&mut store, Act::Say { line: Box::new(line), said }, now()).expect("kept");
    act_at(&mut store, id, ticket_op::Act::Chase("又催".to_owned()), now()).expect("chased");
    let later = lines_at(&store, Time(now().0 + HOUR));
    let line = later.iter().find(|line| line.about == About::Ticket(id)).expect("the line");
    assert_eq!((line.comment.as_str(), line.text.contains("催1次")), ("钥匙在东门岗亭", true), "{}", line.text);
    // Ended, it is owed no more: what was said to it still goes along.
    let step = Step { why: "误报".to_owned(), ..Step::to(Status::Void) };
    act_at(&mut store, id, ticket_op::Act::Move { version: None, step }, now()).expect("void");
    let lines = lines_at(&store, now());
    let line = lines.iter().find(|line| line.about == About::Ticket(id)).expect("the line");
    assert_eq!((line.section, line.comment.as_str()), (Section::Notes, "钥匙在东门岗亭"));
    assert!(line.text.contains("作废"), "{}", line.text);
}

#[test]
fn what_is_said_to_lines_is_taken_back_and_made_again() {
    let (mut store, _folder, _) = two_at_the_desk();
    let id = take(&mut store, "楼道灯不亮");
    watch(&mut store, id, "若再灭: 报经理", now());
    let line = |store: &Store| {
        lines_at(store, now()).into_iter().find(|line| line.about == About::Ticket(id)).expect("the line")
    };
    let one = line(&store);
    commit(&mut store, Act::Say { line: Box::new(one), said: Say::Comment("一".to_owned()) }, now()).expect("kept");
    let one = line(&store);
    commit(&mut store, Act::Say { line: Box::new(one), said: Say::Mark(true) }, now()).expect("kept");
    commit(&mut store, Act::Add("梯子借给3号楼".to_owned()), now()).expect("kept");
    assert!(texts(&lines_at(&store, now())).contains("梯子借给3号楼"));
    let undone = store.undo(uid(), now()).expect("undone");
    assert_eq!((undone.kind, undone.of), (EventKind::Undone, Some(EventKind::Drafted)));
    assert!(!texts(&lines_at(&store, now())).contains("梯子借给3号楼"));
    store.undo(uid(), now()).expect("undone");
    assert_eq!((line(&store).marked, line(&store).comment.as_str()), (false, "一"));
    store.undo(uid(), now()).expect("undone");
    assert_eq!(line(&store).comment, "");
    for _ in 0..3 {
        store.redo(uid(), now()).expect("made again");
    }
    assert_eq!((line(&store).marked, line(&store).comment.as_str()), (true, "一"));
    assert!(texts(&lines_at(&store, now())).contains("梯子借给3号楼"));
}

#[test]
fn signatures_are_not_taken_back() {
    let (mut store, _folder, receiver) = two_at_the_desk();
    sign(&mut store, None, now()).expect("signed");
    assert_eq!(refused(store.undo(uid(), now())), Refusal::CannotUndo { kind: EventKind::Signed });
    accept(&mut store, receiver, Kind::Normal, None, now()).expect("accepted");
    let path = path_of(&store);
    let mut giver = again(&path);
    let done = giver.undo(uid(), now());
    assert_eq!(refused(done), Refusal::NothingToUndo);
}

#[test]
fn who_took_over_sits_at_that_desk_from_then_on() {
    let (mut store, _folder, receiver) = two_at_the_desk();
    let giver = store.operator().expect("an operator").id;
    sign(&mut store, None, now()).expect("signed");
    let between = take(&mut store, "签名以后的");
    assert_eq!(super::row(&store, between).ticket.taken_by, giver, "until then new work is the giver's");
    answer_all(&store, now());
    accept(&mut store, receiver, Kind::Normal, None, now()).expect("accepted");
    let after = take(&mut store, "接班以后的");
    assert_eq!(super::row(&store, after).ticket.taken_by, receiver);
}

#[test]
fn the_window_ends_where_it_is_accepted_and_what_came_between_is_answered_too() {
    let (mut store, _folder, receiver) = two_at_the_desk();
    take(&mut store, "交班前的");
    sign(&mut store, None, now()).expect("signed");
    let later = Time(now().0 + HOUR / 4);
    let done = store.commit(uid(), &report("签名后来电"), later).expect("taken");
    let lines = lines_at(&store, later);
    let new: Vec<&Line> = lines.iter().filter(|line| line.after_signing).collect();
    assert_eq!((new.len(), &new[0].about), (2, &About::Ticket(TicketId(done.id))), "{}", texts(&lines));
    assert_eq!((new[1].text.as_str(), new[1].waits()), ("收1 办0 派0  没有首次联系", false), "figures are read");
    assert!(new[0].text.starts_with("10:15 新单: 1124-02") && new[0].waits(), "{}", new[0].text);
    let stopped = refused(accept(&mut store, receiver, Kind::Normal, None, later));
    assert!(matches!(stopped, Refusal::HandoverWaits { n } if n >= 1), "{stopped:?}");
    answer_all(&store, later);
    // It went on after it was answered: it is answered again.
    act_at(&mut store, TicketId(done.id), ticket_op::Act::Chase("又来电".to_owned()), later).expect("chased");
    assert_eq!(refused(accept(&mut store, receiver, Kind::Normal, None, later)), Refusal::HandoverWaits { n: 1 });
    answer_all(&store, later);
    // That a minute passes, and the line says less time left, is nothing to answer again.
    let before = texts(&lines_at(&store, later));
    let later = Time(later.0 + HOUR / 60);
    assert_ne!(texts(&lines_at(&store, later)), before);
    accept(&mut store, receiver, Kind::Normal, None, later).expect("accepted");
    let past = history(&store).remove(0);
    let told = |words: &str| past.handover.lines.iter().any(|line| line.after_signing && line.text.contains(words));
    assert!(
        told("10:15 新单、10:15 催单: 1124-02"),
        "all that happened, not the newest only: {}",
        texts(&past.handover.lines)
    );
    // The next window begins there: its figures hold nothing of before.
    let present = present_at(&store, later);
    assert_eq!(present.kept.from_seq, past.handover.taken.expect("taken").seq);
    let Some(Fact::Figures(figures)) =
        present.fresh.iter().find(|line| line.about == About::Figures).map(|line| &line.fact)
    else {
        panic!("no figures")
    };
    assert_eq!(figures.taken, 0);
}

#[test]
fn a_clock_that_ran_ahead_does_not_hide_the_handovers_after_it() {
    let (mut store, _folder, _) = two_at_the_desk();
    let ahead = Time(now().0 + 20 * HOUR);
    hand_over(&mut store, ahead);
    let back = Time(now().0 + 8 * HOUR);
    let newest = hand_over(&mut store, back);
    let past = history(&store).into_iter().find(|past| past.id.0 == newest.id).expect("kept");
    let taken = past.handover.taken.expect("taken");
    let begun = present_at(&store, Time(back.0 + HOUR)).kept;
    assert_eq!((begun.from_seq, begun.from_at), (taken.seq, taken.at), "the window begins at the one accepted last");
}

#[test]
fn a_frozen_one_is_frozen_by_every_path() {
    let (mut store, _folder, _) = two_at_the_desk();
    hand_over(&mut store, now());
    let conn = raw(store.path());
    for sql in [
        "UPDATE handover SET content = '[]'",
        "UPDATE handover SET taken_at = NULL",
        "UPDATE handover SET version = 9",
        "DELETE FROM handover",
        "INSERT OR REPLACE INTO handover SELECT * FROM handover",
        "REPLACE INTO handover (id, day, template, kind, from_seq, from_at, content) \
         SELECT id, day, template, kind, from_seq, from_at, '[]' FROM handover",
    ] {
        let error = conn.execute(sql, []).expect_err(sql).to_string();
        assert!(error.contains("signed handover"), "{sql}: {error}");
    }
    let past = history(&store).remove(0);
    let correct = Act::Correct { of: past.id, text: "钥匙是 11 把".to_owned(), pin: None };
    commit(&mut store, correct, now()).expect("corrected");
    let rows = history(&store);
    let corrects = |row: &&Past| row.correction.as_ref().is_some_and(|correction| correction.of == past.id);
    let correction = rows.iter().find(corrects).expect("a new row");
    assert_eq!(
        (&correction.giver, &correction.receiver, correction.handover.taken),
        (&past.giver, &past.receiver, past.handover.taken),
        "who gave and who took over stay"
    );
    assert_eq!((past.pins, correction.pins), ([Some(false); 2], [Some(false); 2]), "neither has a PIN");
    assert!(correction.handover.lines.iter().any(|line| line.text == "钥匙是 11 把"));
    assert!(rows.contains(&past), "the first stays as it was");
    assert_eq!(present_at(&store, now()).kept.from_seq, past.handover.taken.expect("taken").seq, "no new window");
}

#[test]
fn both_sign_with_their_own_pin_and_five_wrong_ones_lock() {
    let (mut store, _folder) = town::copy();
    let path = path_of(&store);
    add_operator(&mut store, "李敏", Rank::Clerk, Some("1234"));
    let receiver = add_operator(&mut store, "高洁", Rank::Clerk, Some("5678"));
    let mut giver = named(&store, "李敏");
    assert_eq!(refused(sign(&mut giver, None, now())), Refusal::PinNeeded);
    for left in (1..5).rev() {
        assert_eq!(refused(sign(&mut giver, Some("9999"), now())), Refusal::PinWrong { left });
    }
    let locked = Refusal::PinLocked { until: "10:15".to_owned() };
    assert_eq!(refused(sign(&mut giver, Some("9999"), now())), locked);
    assert_eq!(refused(sign(&mut giver, Some("1234"), now())), locked, "the right one is too late");
    let unlock = |name: &str| Op::Operator(operator::op::Act::Unlock { name: name.to_owned(), own: None });
    let refusal = refused(giver.commit(uid(), &unlock("李敏"), now()));
    assert_eq!(refusal, Refusal::RankTooLow { needs: Rank::Administrator });
    store.commit(uid(), &unlock("李敏"), now()).expect("unlocked");
    sign(&mut giver, Some("1234"), now()).expect("signed");
    answer_all(&giver, now());
    let wrong = refused(accept(&mut giver, receiver, Kind::Normal, Some("1234"), now()));
    assert_eq!(wrong, Refusal::PinWrong { left: 4 }, "the giver's own is not the receiver's");
    accept(&mut giver, receiver, Kind::Normal, Some("5678"), now()).expect("accepted");
    assert_eq!(history(&giver)[0].pins, [Some(true); 2]);
    let (pin, failures): (String, i64) = raw(&path)
        .query_row("SELECT pin, failures FROM operator WHERE name = '高洁'", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("a row");
    assert!(pin.starts_with("$argon2id$v=19$m=") && !pin.contains("5678"), "{pin}");
    assert_eq!(failures, 0);
}

#[test]
fn a_quarter_of_an_hour_later_the_right_pin_is_taken_again() {
    let (mut store, _folder) = town::copy();
    add_operator(&mut store, "李敏", Rank::Clerk, Some("1234"));
    let mut giver = named(&store, "李敏");
    for _ in 0..5 {
        let _ = sign(&mut giver, Some("9999"), now());
    }
    let later = now().plus_minutes(16);
    assert_eq!(refused(sign(&mut giver, Some("9999"), later)), Refusal::PinWrong { left: 4 });
    sign(&mut giver, Some("1234"), later).expect("signed");
    let set = |old: Option<&str>, new: &str| {
        let pin = |text: &str| Pin::new(text).expect("a PIN");
        let (own, new) = (old.map(pin), Some(pin(new)));
        Op::Operator(operator::op::Act::SetPin { name: "李敏".to_owned(), own, new })
    };
    assert_eq!(refused(giver.commit(uid(), &set(None, "4321"), later)), Refusal::PinNeeded);
    giver.commit(uid(), &set(Some("1234"), "4321"), later).expect("her own");
    store.commit(uid(), &set(None, "1111"), later).expect("an administrator needs no old one");
}

#[test]
fn nobody_handed_over_so_the_next_shift_takes_stock_alone_and_it_says_so() {
    let (mut store, _folder, receiver) = two_at_the_desk();
    hand_over(&mut store, now());
    take(&mut store, "没人交的");
    let late = Time(now().0 + 12 * HOUR);
    let present = present_at(&store, late);
    assert_eq!(present.due.spans, 2, "22:00: the late shift speaks for the rest of the early one, too");
    let next_day = Time(now().0 + 22 * HOUR);
    let present = present_at(&store, next_day);
    assert_eq!(present.due.spans, 3);
    let said = handover::spans(present.due, present.kept.from_at, store.zone(), Lang::Zh).expect("it says so");
    assert_eq!(said, "上次交接 11-24 10:00, 这次跨 3 班");
    assert_eq!(refused(accept(&mut store, receiver, Kind::Normal, None, next_day)), Refusal::HandoverNotSigned);
    answer_all(&store, next_day);
    accept(&mut store, receiver, Kind::Nobody, None, next_day).expect("accepted alone");
    let past = history(&store).remove(0);
    assert_eq!((past.handover.kind, past.giver.as_str(), past.receiver.as_str()), (Kind::Nobody, "", "高洁"));
}

#[test]
fn only_one_after_the_other_signs() {
    let (mut store, _folder, receiver) = two_at_the_desk();
    sign(&mut store, None, now()).expect("signed");
    assert_eq!(refused(sign(&mut store, None, now())), Refusal::HandoverSigned);
    let giver = store.operator().expect("an operator").id;
    assert_eq!(refused(accept(&mut store, giver, Kind::Normal, None, now())), Refusal::SameHands);
    assert_eq!(refused(accept(&mut store, OperatorId(1), Kind::Normal, None, now())), {
        Refusal::NotFound { what: township_desk::domain::base::event::Entity::Operator }
    });
    answer_all(&store, now());
    let present = present_at(&store, now());
    let lines = handover::lines(&present, Lang::Zh);
    let (mark, version) = (uid(), present.version);
    let op = Op::Handover(Act::Accept { by: receiver, kind: Kind::Phone, lines, seq: present.seq, version, pin: None });
    let first = store.commit(mark, &op, now()).expect("accepted");
    let second = store.commit(mark, &op, now()).expect("sent twice, done once");
    assert_eq!(first, second);
    assert_eq!(history(&store).len(), 1);
    let mut again = named(&store, "管理员");
    again.commit(mark, &op, now()).expect("done before");
    assert_eq!(again.operator().expect("an operator").id, receiver, "also where only the answer was lost");
}

#[test]
fn a_shift_is_closed_once_and_not_before_it_begins() {
    let (mut store, _folder, receiver) = two_at_the_desk();
    let end = Time(now().0 + 6 * HOUR);
    hand_over(&mut store, Time(end.0 - HOUR / 4));
    let next = Refusal::ShiftNotBegun { at: "11-24 16:00".to_owned() };
    let soon = Time(end.0 - HOUR / 6);
    assert_eq!(refused(sign(&mut store, None, soon)), next);
    answer_all(&store, soon);
    assert_eq!(refused(accept(&mut store, receiver, Kind::Nobody, None, soon)), next);
    sign(&mut store, None, end).expect("it has begun");
}

#[test]
fn a_difference_counted_is_told_until_it_is_put_right() {
    let (mut store, _folder, _) = two_at_the_desk();
    commit(&mut store, Act::Item { name: "东门钥匙".to_owned(), expected: Some(12), cash: false }, now())
        .expect("added");
    let keys =
        |store: &Store, at| lines_at(store, at).into_iter().find(|line| line.section == Section::Items).expect("keys");
    let count = |store: &mut Store, n, at| {
        let line = Box::new(keys(store, at));
        commit(store, Act::Say { line, said: Say::Count(Some(n)) }, at).expect("counted");
        hand_over(store, at);
    };
    count(&mut store, 11, now());
    let later = |hours: i64| Time(now().0 + hours * HOUR);
    assert_eq!(keys(&store, later(6)).text, "东门钥匙 应有 12, 未点  (上次差1)");
    count(&mut store, 12, later(6));
    assert_eq!(history(&store)[0].handover.lines[0].text, "东门钥匙 12/12  (上次差1)");
    assert_eq!(keys(&store, later(14)).text, "东门钥匙 应有 12, 未点");
}

#[test]
fn what_came_after_the_signature_is_outages_and_who_is_missing_too() {
    let (mut store, _folder, receiver) = two_at_the_desk();
    sign(&mut store, None, now()).expect("signed");
    let later = Time(now().0 + HOUR / 4);
    let compound = "SELECT id FROM place WHERE kind = 'compound'";
    let place = PlaceId(raw(store.path()).query_row(compound, [], |row| row.get(0)).expect("one"));
    let (kind, to, words) = (OutageKind::Water, Time(later.0 + HOUR), "阀门爆了".to_owned());
    let notice = Notice { kind, from: later, to, places: vec![place], words };
    store.commit(uid(), &Op::Outage(OutageOp::Announce(notice)), later).expect("announced");
    let lines = lines_at(&store, later);
    let new: Vec<&Line> = lines.iter().filter(|line| line.after_signing).collect();
    assert!(
        matches!(new[0].about, About::Outage(_)) && new[0].text.contains("阀门爆了") && new[0].waits(),
        "{}",
        texts(&lines)
    );
    answer_all(&store, later);
    accept(&mut store, receiver, Kind::Normal, None, later).expect("accepted");
}

#[test]
fn what_is_counted_is_a_leaders_to_say() {
    let (mut store, _folder, _) = two_at_the_desk();
    let item = |expected| Act::Item { name: "东门钥匙".to_owned(), expected, cash: false };
    let mut clerk = named(&store, "高洁");
    let refusal = refused(commit(&mut clerk, item(Some(12)), now()));
    assert_eq!(refusal, Refusal::RankTooLow { needs: Rank::Leader });
    commit(&mut store, item(Some(12)), now()).expect("added");
    let keys = |store: &Store| lines_at(store, now()).into_iter().find(|line| line.section == Section::Items);
    let line = keys(&store).expect("the keys");
    assert_eq!(line.text, "东门钥匙 应有 12, 未点");
    commit(&mut clerk, Act::Say { line: Box::new(line), said: Say::Count(Some(11)) }, now()).expect("counted");
    assert_eq!(keys(&store).expect("the keys").text, "东门钥匙 11/12  差1");
    commit(&mut store, item(None), now()).expect("taken off");
    assert_eq!(keys(&store), None);
}

#[test]
fn a_file_cannot_hold_a_signature_of_nobody() {
    let (mut store, _folder, _) = two_at_the_desk();
    hand_over(&mut store, now());
    raw(store.path()).execute("INSERT INTO handover (id, day, template, kind, from_seq, from_at, content) VALUES (1, '2026-11-24', 'late', 'normal', 0, 0, 'no lines')", []).expect("a damaged row");
    let failed = trouble(store.answer(&Query::Handover(HandoverQuery::Present { now: now() })));
    assert!(matches!(failed, township_desk::domain::base::trouble::Trouble::Damaged { .. }), "{failed:?}");
}

#[test]
fn two_desks_comment_on_one_line_and_both_are_kept() {
    let (mut store, _folder, _) = two_at_the_desk();
    let id = take(&mut store, "水泵房异响");
    watch(&mut store, id, "若再响: 叫供水公司", now());
    let mut there = named(&store, "高洁");
    let seen = lines_at(&store, now()).into_iter().find(|line| line.about == About::Ticket(id)).expect("a line");
    let comment = |words: &str| Act::Say { line: Box::new(seen.clone()), said: Say::Comment(words.to_owned()) };
    commit(&mut store, comment("泵房有水"), now()).expect("one");
    commit(&mut there, comment("钥匙在门卫"), now()).expect("the other");
    let line = lines_at(&store, now()).into_iter().find(|line| line.same(&seen)).expect("the line");
    assert_eq!(line.comment, "泵房有水; 钥匙在门卫");
}
