//! Taking back and making again. That long random sequences come back to where they began is in `random`.

use township_desk::domain::base::event::EventKind;
use township_desk::domain::base::id::TicketId;
use township_desk::domain::callback::op::{Call, Verdict, Whom};
use township_desk::domain::handover;
use township_desk::domain::op::Op;
use township_desk::domain::parked::op::{Form, ParkedOp};
use township_desk::domain::parked::query::{ParkedAnswer, ParkedQuery};
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::refusal::Refusal;
use township_desk::domain::roster::op::RosterOp;
use township_desk::domain::staff::Role;
use township_desk::domain::ticket::op::{Act, Edit, Report, Step, TicketOp};
use township_desk::domain::ticket::query::{TicketAnswer, TicketQuery};
use township_desk::domain::ticket::{Channel, Status, ToldBy};
use township_desk::store::Store;

use super::{act, again, count, digest, edit, path_of, refused, report, row, staff, step, take, uid};
use crate::support::town;

fn undo(store: &mut Store) -> township_desk::store::Result<township_desk::domain::op::Done> {
    store.undo(uid(), town::now())
}

#[test]
fn each_act_is_taken_back_and_made_again() {
    let (mut store, _folder) = town::copy();
    let path = path_of(&store);
    let people = staff(&path);
    let id = take(&mut store, "楼道灯坏");
    let acts = [
        step(None, Step::assign(people[0])),
        edit(None, Edit { words: Some("楼道灯全坏".to_owned()), ..Edit::default() }),
        Act::Watch { version: None, on: true },
        Act::Note("看过".to_owned()),
        Act::Chase("又催".to_owned()),
        Act::join("王婶", ""),
        step(None, Step { why: "退回".to_owned(), staff: Some(people[0]), ..Step::to(Status::New) }),
        step(
            None,
            Step {
                why: "供水公司".to_owned(),
                review: Some(town::now().plus_minutes(60)),
                ..Step::to(Status::Referred)
            },
        ),
        Act::Asked {
            version: None,
            answer: "说明天来".to_owned(),
            phone: Some("0355-600 0101".to_owned()),
            again: Some(town::now().plus_minutes(300)),
        },
    ];
    for one in acts {
        let before = digest(&path);
        let done = act(&mut store, id, one).expect("done");
        let after = digest(&path);
        let undone = undo(&mut store).expect("undone");
        assert_eq!((undone.kind, undone.of, undone.id), (EventKind::Undone, Some(done.kind), id.0));
        assert_eq!(digest(&path), before, "{done:?}");
        let redone = store.redo(uid(), town::now()).expect("made again");
        assert_eq!((redone.of, digest(&path)), (Some(done.kind), after), "{done:?}");
        assert_eq!(redone.kind, EventKind::Redone);
    }
}

#[test]
fn undoing_a_new_ticket_voids_it_and_its_number_is_not_used_again() {
    let (mut store, _folder) = town::copy();
    let first = store.commit(uid(), &report("误报"), town::now()).expect("taken").number.expect("a number");
    let undone = undo(&mut store).expect("undone");
    assert_eq!((undone.number, undone.of), (Some(first), Some(EventKind::Taken)));
    let Ok(Answer::Ticket(TicketAnswer::ByNumber(Some(id)))) =
        store.answer(&Query::Ticket(TicketQuery::ByNumber(first)))
    else {
        panic!("gone")
    };
    assert_eq!(row(&store, id).ticket.status, Status::Void);
    let second = store.commit(uid(), &report("真的"), town::now()).expect("taken").number.expect("a number");
    assert_eq!(second.n, first.n + 1);
    undo(&mut store).expect("undone");
    store.redo(uid(), town::now()).expect("made again");
    let Ok(Answer::Ticket(TicketAnswer::ByNumber(Some(id)))) =
        store.answer(&Query::Ticket(TicketQuery::ByNumber(second)))
    else {
        panic!("gone")
    };
    assert_eq!(row(&store, id).ticket.status, Status::New);
}

#[test]
fn each_desk_takes_back_its_own() {
    let (mut here, _folder) = town::copy();
    let mut there = again(&path_of(&here));
    let ours = take(&mut here, "我们的");
    let theirs = take(&mut there, "他们的");
    undo(&mut here).expect("undone");
    assert_eq!((row(&here, ours).ticket.status, row(&here, theirs).ticket.status), (Status::Void, Status::New));
    assert_eq!(refused(undo(&mut here)), Refusal::NothingToUndo);
    let mut third = again(here.path());
    assert_eq!(refused(undo(&mut third)), Refusal::NothingToUndo, "a desk that did nothing");
    assert_eq!(refused(third.redo(uid(), town::now())), Refusal::NothingToRedo);
}

#[test]
fn what_was_changed_since_stays_and_is_named() {
    let (mut here, _folder) = town::copy();
    let mut there = again(&path_of(&here));
    let id = take(&mut here, "漏水");
    act(&mut here, id, edit(None, Edit { words: Some("大漏水".to_owned()), ..Edit::default() })).expect("ours");
    act(&mut there, id, edit(None, Edit { words: Some("小漏水".to_owned()), ..Edit::default() })).expect("theirs");
    assert_eq!(refused(undo(&mut here)), Refusal::ChangedSince { fields: vec!["words"] });
    assert_eq!(row(&here, id).ticket.words, "小漏水");
    // Another field is not in the way.
    let other = take(&mut here, "灯坏");
    act(&mut here, other, edit(None, Edit { words: Some("灯全坏".to_owned()), ..Edit::default() })).expect("ours");
    act(&mut there, other, Act::Chase(String::new())).expect("theirs");
    undo(&mut here).expect("undone");
    let ticket = row(&here, other).ticket;
    assert_eq!((ticket.words.as_str(), ticket.chases), ("灯坏", 1));
    // A new ticket somebody has worked on is not voided.
    assert_eq!(refused(undo(&mut here)), Refusal::ChangedSince { fields: vec!["chases"] });
    assert_eq!(row(&here, other).ticket.status, Status::New);
}

#[test]
fn after_something_new_there_is_nothing_to_redo() {
    let (mut store, _folder) = town::copy();
    take(&mut store, "一");
    undo(&mut store).expect("undone");
    take(&mut store, "二");
    assert_eq!(refused(store.redo(uid(), town::now())), Refusal::NothingToRedo);
    undo(&mut store).expect("undone");
    store.redo(uid(), town::now()).expect("made again");
    assert_eq!(refused(store.redo(uid(), town::now())), Refusal::NothingToRedo);
}

#[test]
fn an_intake_parked_again_by_undo_can_be_saved() {
    let (mut store, _folder) = town::copy();
    let path = path_of(&store);
    let form = Form { words: "先停".to_owned(), ..Form::new(uid(), Channel::Phone) };
    let parked = store.commit(uid(), &Op::Parked(ParkedOp::Park(Box::new(form.clone()))), town::now()).expect("parked");
    let save = |parked: i64| {
        Op::Ticket(TicketOp::Take {
            report: Box::new(Report::of_words("先停", Channel::Phone)),
            parked: Some(township_desk::domain::base::id::ParkedId(parked)),
        })
    };
    let first = store.commit(form.uid, &save(parked.id), town::now()).expect("saved");
    undo(&mut store).expect("undone");
    let Ok(Answer::Parked(ParkedAnswer::List(rows))) = store.answer(&Query::Parked(ParkedQuery::List)) else {
        panic!("no answer")
    };
    assert_eq!((rows.len(), rows[0].form.words.as_str()), (1, "先停"));
    let second = store.commit(rows[0].form.uid, &save(rows[0].id.0), town::now()).expect("saved");
    assert_ne!(second.number, first.number, "a ticket of its own, not the void one's answer");
    assert_eq!(count(&path, "parked"), 0);
}

#[test]
fn an_undo_parks_no_more_than_may_be_parked() {
    let (mut store, _folder) = town::copy();
    let park = |words: &str| {
        Op::Parked(ParkedOp::Park(Box::new(Form { words: words.to_owned(), ..Form::new(uid(), Channel::Phone) })))
    };
    let first = store.commit(uid(), &park("路灯"), town::now()).expect("parked");
    let parked = Some(township_desk::domain::base::id::ParkedId(first.id));
    let report = Box::new(Report::of_words("路灯", Channel::Phone));
    store.commit(uid(), &Op::Ticket(TicketOp::Take { report, parked }), town::now()).expect("taken");
    let others: Vec<_> = (0..5).map(|_| store.commit(uid(), &park("别的"), town::now()).expect("parked").id).collect();
    assert_eq!(refused(undo(&mut store)), Refusal::ParkedFull { at_most: 5 });
    assert_eq!(count(&path_of(&store), "parked"), 5);
    let take_up = Op::Parked(ParkedOp::TakeUp(township_desk::domain::base::id::ParkedId(others[0])));
    store.commit(uid(), &take_up, town::now()).expect("taken up");
    undo(&mut store).expect("undone, now that there is room");
    assert_eq!(count(&path_of(&store), "parked"), 5);
}

#[test]
fn what_was_told_heard_or_counted_is_not_taken_back() {
    let (mut store, _folder) = town::copy();
    let path = path_of(&store);
    let people = staff(&path);
    let report = Report { reporter_phone: "13800005678".to_owned(), ..Report::of_words("漏水", Channel::Phone) };
    let take = Op::Ticket(TicketOp::Take { report: Box::new(report), parked: None });
    let id = TicketId(store.commit(uid(), &take, town::now()).expect("taken").id);
    act(&mut store, id, step(None, Step::assign(people[0]))).expect("assigned");
    let cannot = |store: &mut Store, kind| {
        let before = digest(&path);
        assert_eq!(refused(undo(store)), Refusal::CannotUndo { kind });
        assert_eq!(digest(&path), before);
    };
    act(&mut store, id, Act::Warn).expect("warned");
    cannot(&mut store, EventKind::Warned);
    act(&mut store, id, Act::Tell(ToldBy::Phone)).expect("told");
    cannot(&mut store, EventKind::Told);
    // One command, of which one act stays: it is refused by that one's name, also where another comes before it.
    let both = Op::Ticket(TicketOp::Many(vec![(id, Act::Note("看过".to_owned())), (id, Act::Tell(ToldBy::Phone))]));
    store.commit(uid(), &both, town::now()).expect("noted and told");
    cannot(&mut store, EventKind::Told);
    let resolve = |store: &mut Store| {
        for to in [Status::Accepted, Status::Working, Status::Resolved] {
            act(store, id, step(None, super::moved(to))).expect("a move");
        }
    };
    resolve(&mut store);
    act(&mut store, id, Act::CallBack(Call::NoAnswer)).expect("rung");
    cannot(&mut store, EventKind::CalledBack);
    let (whom, words) = (Whom::Reporter, "还在滴水".to_owned());
    act(&mut store, id, Act::CallBack(Call::NotSolved { whom, words, next: people[1] })).expect("not solved");
    cannot(&mut store, EventKind::CalledBack);
    resolve(&mut store);
    let solved = Call::Solved { whom, in_time: true, verdict: Verdict::Fair, words: String::new() };
    act(&mut store, id, Act::CallBack(solved)).expect("solved");
    assert_eq!(row(&store, id).ticket.status, Status::Closed);
    cannot(&mut store, EventKind::CalledBack);
    let hire = RosterOp::Hire { name: "冯凯".to_owned(), role: Role::Guard, phone: String::new() };
    store.commit(uid(), &Op::Roster(hire), town::now()).expect("hired");
    cannot(&mut store, EventKind::Added);
    let keys = handover::op::Act::Item { name: "钥匙".to_owned(), expected: Some(12), cash: false };
    store.commit(uid(), &Op::Handover(keys), town::now()).expect("counted");
    cannot(&mut store, EventKind::Set);
}

#[test]
fn closing_by_a_move_is_taken_back_though_a_callback_that_closes_is_not() {
    let (mut store, _folder) = town::copy();
    let id = take(&mut store, "问停车费");
    for to in [Status::Answered, Status::Closed] {
        act(&mut store, id, step(None, super::moved(to))).expect("a move");
    }
    undo(&mut store).expect("undone");
    assert_eq!(row(&store, id).ticket.status, Status::Answered);
}

#[test]
fn an_import_and_an_export_are_not_taken_back() {
    let (mut store, _folder) = town::copy();
    take(&mut store, "一");
    store.note_export(uid(), "residents", 6, "入户核对", town::now()).expect("noted");
    assert_eq!(refused(undo(&mut store)), Refusal::CannotUndo { kind: EventKind::Noted });
    let rows =
        township_desk::domain::base::import::Rows::Tickets(vec![township_desk::domain::base::import::ParsedRow {
            sheet: "1".to_owned(),
            row_number: 2,
            row: township_desk::domain::base::import::TicketRow { words: "旧单".to_owned(), ..Default::default() },
        }]);
    store.import(&rows, &Default::default(), &mut uid, town::now(), &mut |_| true).expect("imported");
    assert_eq!(refused(undo(&mut store)), Refusal::ImportStays);
}
