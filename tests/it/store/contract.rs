//! What each change does, and that it does it once. Undoing is in `undo`, two desks at once in `versions`; which moves there
//! are is in `moves`.

use township_desk::domain::base::event::{Entity, EventKind};
use township_desk::domain::base::id::ParkedId;
use township_desk::domain::op::Op;
use township_desk::domain::parked::op::{Form, ParkedOp};
use township_desk::domain::parked::query::{ParkedAnswer, ParkedQuery};
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::refusal::Refusal;
use township_desk::domain::ticket::op::{Act, Edit, Report, Step, TicketOp};
use township_desk::domain::ticket::query::{TicketAnswer, TicketQuery};
use township_desk::domain::ticket::{Channel, Number, Status};

use super::{act, count, digest, edit, empty, moved, path_of, refused, report, row, staff, step, take, uid};
use crate::support::town;

fn form(words: &str) -> Form {
    Form { words: words.to_owned(), caret: 2, ..Form::new(uid(), Channel::Phone) }
}

fn parked(store: &township_desk::store::Store) -> Vec<Form> {
    match store.answer(&Query::Parked(ParkedQuery::List)).expect("an answer") {
        Answer::Parked(ParkedAnswer::List(rows)) => rows.into_iter().map(|row| row.form).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_report_becomes_a_ticket_an_event_and_a_command() {
    let (mut store, _folder) = empty();
    let path = path_of(&store);
    let done = store.commit(uid(), &report("厨房漏水"), town::now()).expect("it is taken");
    let number = Number { day: store.zone().day(town::now()), n: 1 };
    assert_eq!((done.kind, done.entity, done.number), (EventKind::Taken, Entity::Ticket, Some(number)));
    let id = township_desk::domain::base::id::TicketId(done.id);
    let kept = row(&store, id);
    assert_eq!((kept.version, kept.ticket.words.as_str(), kept.ticket.status), (1, "厨房漏水", Status::New));
    assert_eq!([count(&path, "ticket"), count(&path, "event"), count(&path, "command")], [1, 1, 1]);
    assert_eq!(
        store.answer(&Query::Ticket(TicketQuery::ByNumber(number))).expect("an answer"),
        Answer::Ticket(TicketAnswer::ByNumber(Some(id)))
    );
    assert_eq!(store.changes_since(0).expect("changes").touched, [(Entity::Ticket, id.0)]);
}

#[test]
fn acts_that_move_nothing() {
    let (mut store, _folder) = town::copy();
    let id = take(&mut store, "电梯异响");
    act(&mut store, id, Act::Note("电梯公司的电话在岗亭".to_owned())).expect("a note");
    assert_eq!(row(&store, id).version, 1, "a note is no new version");
    act(&mut store, id, Act::Chase("又来催".to_owned())).expect("a chase");
    act(&mut store, id, Act::join("李桂兰", "13800009999")).expect("one more");
    act(&mut store, id, Act::Watch { version: None, on: true }).expect("a watch");
    let new =
        Edit {
            words: Some("电梯异响并抖动".to_owned()), place_words: Some("西单元".to_owned()), ..Edit::default()
        };
    act(&mut store, id, edit(Some(4), new)).expect("an edit");
    let Ok(Answer::Ticket(TicketAnswer::One(Some(detail)))) = store.answer(&Query::Ticket(TicketQuery::One(id))) else {
        panic!("no detail")
    };
    let ticket = &detail.row.ticket;
    assert_eq!((ticket.chases, ticket.also_affected, ticket.watched), (1, 1, true));
    assert_eq!((ticket.words.as_str(), ticket.place_words.as_str()), ("电梯异响并抖动", "西单元"));
    let kinds: Vec<_> = detail.timeline.iter().map(|entry| entry.kind).collect();
    use EventKind::{Chased, Edited, Joined, Noted, Taken, Watched};
    assert_eq!(kinds, [Taken, Noted, Chased, Joined, Watched, Edited]);
    assert_eq!(detail.timeline[1].note, "电梯公司的电话在岗亭");
    assert_eq!(detail.timeline[3].name.as_ref().map(|n| n.reveal()), Some("李桂兰"));
}

#[test]
fn the_same_mark_again_answers_the_same_and_changes_nothing() {
    let (mut store, _folder) = town::copy();
    let path = path_of(&store);
    let people = staff(&path);
    let id = take(&mut store, "楼道灯坏");
    let park = Op::Parked(ParkedOp::Park(Box::new(form("先停一下"))));
    let ops: Vec<Op> = [
        step(None, Step::assign(people[0])),
        step(None, Step::to(Status::Accepted)),
        edit(None, Edit { words: Some("楼道灯全坏".to_owned()), ..Edit::default() }),
        Act::Watch { version: None, on: true },
        Act::Note("看过".to_owned()),
        Act::Chase(String::new()),
        Act::join("", ""),
        step(None, Step { staff: Some(people[0]), ..moved(Status::New) }),
        step(None, Step { review: Some(town::now().plus_minutes(60)), ..moved(Status::Referred) }),
        asked("说来人"),
    ]
    .into_iter()
    .map(|act| Op::Ticket(TicketOp::Act { id, act }))
    .chain([report("第二件"), park])
    .collect();
    for op in &ops {
        let mark = uid();
        let first = store.commit(mark, op, town::now()).expect("done");
        let (before, events) = (digest(&path), count(&path, "event"));
        let again = store.commit(mark, op, town::now().plus_minutes(5)).expect("answered");
        assert_eq!((again, digest(&path), count(&path, "event")), (first, before, events), "{op:?}");
    }
    // Also at another desk, and for undo, redo and taking up.
    let mark = uid();
    let undone = store.undo(mark, town::now()).expect("undone");
    assert_eq!(store.undo(mark, town::now()).expect("answered"), undone);
    let mark = uid();
    let redone = store.redo(mark, town::now()).expect("made again");
    assert_eq!(store.redo(mark, town::now()).expect("answered"), redone);
    let Ok(Answer::Parked(ParkedAnswer::List(rows))) = store.answer(&Query::Parked(ParkedQuery::List)) else {
        panic!("no answer")
    };
    let mark = uid();
    let taken = store.commit(mark, &Op::Parked(ParkedOp::TakeUp(rows[0].id)), town::now()).expect("taken up");
    assert_eq!(taken.form.as_ref().map(|f| f.words.as_str()), Some("先停一下"));
    assert_eq!(
        super::again(&path).commit(mark, &Op::Parked(ParkedOp::TakeUp(rows[0].id)), town::now()).expect("answered"),
        taken
    );
}

#[test]
fn an_undo_sent_twice_takes_back_one_change() {
    let (mut store, _folder) = empty();
    take(&mut store, "只有这一件");
    let mark = uid();
    let first = store.undo(mark, town::now()).expect("undone");
    assert_eq!(store.undo(mark, town::now()).expect("answered, though nothing is left to undo"), first);
}

#[test]
fn parked_intakes_wait_are_taken_up_once_and_go_with_their_ticket() {
    let (mut store, _folder) = town::copy();
    let path = path_of(&store);
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(ParkedId(
            store
                .commit(uid(), &Op::Parked(ParkedOp::Park(Box::new(form(&format!("第{n}件"))))), town::now())
                .expect("parked")
                .id,
        ));
    }
    assert_eq!(
        refused(store.commit(uid(), &Op::Parked(ParkedOp::Park(Box::new(form("多了")))), town::now())),
        Refusal::ParkedFull { at_most: 5 }
    );
    let taken = store.commit(uid(), &Op::Parked(ParkedOp::TakeUp(ids[0])), town::now()).expect("taken up");
    assert_eq!(taken.form.map(|form| (form.words, form.caret)), Some(("第0件".to_owned(), 2)));
    let mut other = super::again(&path);
    assert_eq!(refused(other.commit(uid(), &Op::Parked(ParkedOp::TakeUp(ids[0])), town::now())), Refusal::ParkedGone);
    let from = Op::Ticket(TicketOp::Take {
        report: Box::new(Report::of_words("第1件", Channel::Phone)),
        parked: Some(ids[1]),
    });
    store.commit(uid(), &from, town::now()).expect("saved");
    assert_eq!(parked(&store).len(), 3);
}

fn asked(answer: &str) -> Act {
    let again = Some(town::now().plus_minutes(60));
    Act::Asked { version: None, answer: answer.to_owned(), phone: None, again }
}

#[test]
fn refusals_write_nothing() {
    let (mut store, _folder) = town::copy();
    let path = path_of(&store);
    let people = staff(&path);
    let id = take(&mut store, "下水道堵");
    let nobody = township_desk::domain::base::id::StaffId(1);
    let nowhere = township_desk::domain::base::id::TicketId(1);
    let (before, rows) = (digest(&path), count(&path, "command"));
    let with = |change: &dyn Fn(&mut Report)| {
        let mut report = Report::of_words("什么", Channel::Phone);
        change(&mut report);
        Op::Ticket(TicketOp::Take { report: Box::new(report), parked: None })
    };
    let on = |act| Op::Ticket(TicketOp::Act { id, act });
    use township_desk::domain::base::id::{PersonId, PlaceId};
    let not_found = |what| Refusal::NotFound { what };
    let cases = [
        (with(&|r| r.words = " \u{200b}".to_owned()), Refusal::WordsMissing),
        (with(&|r| r.category = Some("999".to_owned())), Refusal::NoSuchCategory),
        (with(&|r| r.place = Some(PlaceId(1))), not_found(Entity::Place)),
        (with(&|r| r.reporter = Some(PersonId(1))), not_found(Entity::Person)),
        (with(&|r| r.at = Some(town::now().plus_minutes(60))), Refusal::TimeAhead),
        (on(step(None, Step::assign(nobody))), not_found(Entity::Staff)),
        (on(step(None, Step::to(Status::Closed))), Refusal::MoveNotPermitted { from: Status::New, to: Status::Closed }),
        (on(step(None, Step { original: Some(id), ..Step::to(Status::Duplicate) })), Refusal::MergeInCircle),
        (on(edit(None, Edit { place: Some((Some(PlaceId(1)), None)), ..Edit::default() })), not_found(Entity::Place)),
        (on(edit(None, Edit { reporter: Some(Some(PersonId(1))), ..Edit::default() })), not_found(Entity::Person)),
        (on(Act::Note("  ".to_owned())), Refusal::NoteEmpty),
        (on(asked("说来人")), Refusal::NobodyToAsk { status: Status::New }),
        (Op::Ticket(TicketOp::Act { id: nowhere, act: Act::Note("在吗".to_owned()) }), not_found(Entity::Ticket)),
        (Op::Parked(ParkedOp::TakeUp(ParkedId(1))), Refusal::ParkedGone),
    ];
    for (op, why) in cases {
        assert_eq!(refused(store.commit(uid(), &op, town::now())), why, "{op:?}");
    }
    assert_eq!((digest(&path), count(&path, "command")), (before, rows));
    act(&mut store, id, step(None, Step::assign(people[0]))).expect("and a good one goes through");
}

#[test]
fn a_place_brings_its_compound_whatever_the_caller_says() {
    let (mut store, _folder) = town::copy();
    let id = take(&mut store, "水管");
    let conn = super::raw(store.path());
    let (home, compound): (i64, i64) = conn
        .query_row("SELECT id, compound_id FROM place WHERE kind = 'home' LIMIT 1", [], |r| Ok((r.get(0)?, r.get(1)?)))
        .expect("a home");
    use township_desk::domain::base::id::PlaceId;
    let place = Some((Some(PlaceId(home)), Some(PlaceId(home))));
    act(&mut store, id, edit(None, Edit { place, ..Edit::default() })).expect("an edit");
    assert_eq!(row(&store, id).ticket.compound, Some(PlaceId(compound)));
}
