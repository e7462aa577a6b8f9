//! What an outside body has: whom to ring there, when it is asked again, what it answered; and that nobody forgets to ask.

use township_desk::domain::base::event::EventKind;
use township_desk::domain::base::id::TicketId;
use township_desk::domain::base::time::{HOUR, Time};
use township_desk::domain::filter::{Filter, Flag, Test};
use township_desk::domain::handover::verify::{Owed, owed};
use township_desk::domain::handover::{About, Line, Section};
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::refusal::Refusal;
use township_desk::domain::ticket::op::{Act, Step};
use township_desk::domain::ticket::query::{Detail, Fact, PageOf, TicketAnswer, TicketQuery};
use township_desk::domain::ticket::{Need, Status};
use township_desk::store::Store;
use township_desk::text::{Lang, handover, refusal};

use super::handover::present_at;
use super::{act, act_at, path_of, raw, refused, row, step, take, uid};
use crate::support::town;

fn hours(n: i64) -> Time {
    Time(town::now().0 + n * HOUR)
}

fn referred(phone: &str, again: Option<Time>) -> Act {
    let (why, phone) = ("供水公司".to_owned(), phone.to_owned());
    step(None, Step { why, phone, review: again, ..Step::to(Status::Referred) })
}

fn asked(answer: &str, phone: Option<&str>, again: Option<Time>) -> Act {
    Act::Asked { version: None, answer: answer.to_owned(), phone: phone.map(str::to_owned), again }
}

fn detail(store: &Store, id: TicketId) -> Detail {
    match store.answer(&Query::Ticket(TicketQuery::One(id))).expect("an answer") {
        Answer::Ticket(TicketAnswer::One(Some(detail))) => *detail,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn line_of(store: &Store, id: TicketId, now: Time) -> Option<Line> {
    let present = present_at(store, now);
    let owed = owed(&store.replay_open(present.due).expect("a replay"), present.ahead);
    let line = handover::lines(&present, Lang::Zh).into_iter().find(|line| line.about == About::Ticket(id));
    let why = owed.into_iter().find(|(about, _)| *about == About::Ticket(id)).map(|(_, why)| why);
    assert_eq!(line.is_some(), why.is_some(), "the summary and the log agree");
    if line.as_ref().is_some_and(|line| line.section == Section::Appointments) {
        assert_eq!(why, Some(Owed::Ask));
    }
    line
}

#[test]
fn passing_on_asks_when_to_ask_again_and_each_asking_is_an_event() {
    let (mut store, _folder) = town::copy();
    let id = take(&mut store, "健身器材坏了");
    let needs = Refusal::MoveNeeds { to: Status::Referred, event: EventKind::Referred, need: Need::AskAgain };
    assert!(
        refusal::sentence(&needs, Lang::Zh).contains("明天 9:00")
            && refusal::sentence(&needs, Lang::En).contains("tomorrow 9:00")
    );
    assert_eq!(refused(act(&mut store, id, referred("", None))), needs);
    assert_eq!(refused(act(&mut store, id, referred("", Some(town::now())))), Refusal::AskInThePast);
    act(&mut store, id, referred(" 0355-600 0101 张工 ", Some(hours(2)))).expect("referred");
    let first = row(&store, id).ticket;
    assert_eq!((first.outside_body.as_str(), first.outside_phone.as_str()), ("供水公司", "0355-600 0101 张工"));
    assert_eq!((first.asks_again_at(), first.resolve_by > first.opened_at), (Some(hours(2)), true));

    assert_eq!(refused(act(&mut store, id, asked(" ", None, Some(hours(3))))), Refusal::AnswerMissing);
    for past in [None, Some(hours(0))] {
        assert_eq!(refused(act(&mut store, id, asked("没人接", None, past))), Refusal::AskInThePast);
    }
    act(&mut store, id, asked("说下午来人", None, Some(hours(26)))).expect("asked");
    act(&mut store, id, asked("换了号", Some("0355-600 0109"), Some(hours(27)))).expect("asked");
    let after = detail(&store, id);
    let (ticket, told) = (&after.row.ticket, &after.timeline);
    assert_eq!((ticket.status, ticket.asks_again_at()), (Status::Referred, Some(hours(27))));
    assert_eq!(ticket.outside_phone, "0355-600 0109");
    assert_eq!(ticket.resolve_by, first.resolve_by, "its clock runs on");
    let kinds: Vec<_> = told.iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, [EventKind::Taken, EventKind::Referred, EventKind::Asked, EventKind::Asked]);
    assert_eq!(told[1].note, "供水公司 0355-600 0101 张工");
    assert_eq!((told[2].note.as_str(), told[2].fact), ("说下午来人", Some(Fact::AskAgain(hours(26)))));

    store.undo(uid(), town::now()).expect("not asked");
    let back = row(&store, id).ticket;
    assert_eq!((back.asks_again_at(), back.outside_phone.as_str()), (Some(hours(26)), "0355-600 0101 张工"));
    store.redo(uid(), town::now()).expect("asked after all");
    act(&mut store, id, step(None, Step::to(Status::Working))).expect("they came");
    let working = row(&store, id).ticket;
    assert_eq!((working.review_at, working.asks_again_at()), (None, None), "nobody is asked any more");
    let nobody = Refusal::NobodyToAsk { status: Status::Working };
    assert_eq!(refused(act(&mut store, id, asked("在吗", None, Some(hours(30))))), nobody);
}

#[test]
fn of_two_desks_that_asked_the_second_is_told() {
    let (mut store, _folder) = town::copy();
    let id = take(&mut store, "健身器材坏了");
    act(&mut store, id, referred("", Some(hours(2)))).expect("referred");
    let version = Some(row(&store, id).version);
    let of = |answer: &str, again| Act::Asked { version, answer: answer.to_owned(), phone: None, again: Some(again) };
    act(&mut super::again(&path_of(&store)), id, of("下午来", hours(5))).expect("the other desk asked");
    let both = Refusal::Conflict { fields: vec!["review_at"] };
    assert_eq!(refused(act(&mut store, id, of("明天来", hours(25)))), both);
    assert!(refusal::sentence(&both, Lang::Zh).contains("再问的时间"));
    assert_eq!(row(&store, id).ticket.asks_again_at(), Some(hours(5)));
}

#[test]
fn the_words_typed_stand_apart_from_the_log() {
    let (mut store, _folder) = town::copy();
    let id = take(&mut store, "健身器材坏了");
    act(&mut store, id, referred("0355-600 0101", Some(hours(2)))).expect("referred");
    act(&mut store, id, asked("找赵工", Some("0355-600 0102"), Some(hours(3)))).expect("asked");
    let conn = raw(&path_of(&store));
    let mut payloads = conn.prepare("SELECT payload FROM event WHERE entity_id = ?1").expect("a statement");
    let payloads = payloads.query_map([id.0], |row| row.get::<_, String>(0)).expect("rows");
    let payloads: Vec<String> = payloads.map(|payload| payload.expect("a payload")).collect();
    assert_eq!(payloads.len(), 3);
    assert!(payloads.iter().any(|payload| payload.contains("outside_phone")), "{payloads:?}");
    for word in ["0355", "供水", "赵工"] {
        assert!(payloads.iter().all(|payload| !payload.contains(word)), "{payloads:?}");
    }
}

#[test]
fn whom_to_ask_goes_into_the_third_section_when_the_time_comes_within_the_next_shift() {
    let (mut store, _folder) = town::copy();
    let until = present_at(&store, town::now()).ahead.until;
    for (again, told) in [(Time(until.0), true), (Time(until.0 + 1), false)] {
        let id = take(&mut store, "健身器材坏了");
        act(&mut store, id, referred("0355-600 0101", Some(again))).expect("referred");
        let line = line_of(&store, id, town::now());
        assert_eq!(line.as_ref().map(|line| line.section), told.then_some(Section::Appointments));
        if let Some(line) = line {
            assert!(
                line.text.contains("已转办(供水公司 0355-600 0101)") && line.text.contains("再问"),
                "{}",
                line.text
            );
            assert!(!line.may_delete());
        }
    }
    // Asked, and to be asked again the day after: it is the shift's no more.
    let id = take(&mut store, "健身器材坏了");
    act(&mut store, id, referred("", Some(hours(1)))).expect("referred");
    assert!(line_of(&store, id, town::now()).is_some_and(|line| line.text.contains("供水公司, 电话不知道")));
    act(&mut store, id, asked("下周来", None, Some(hours(48)))).expect("asked");
    assert_eq!(line_of(&store, id, town::now()), None);
}

#[test]
fn a_referral_of_before_without_a_time_is_to_be_asked_at_once() {
    let (mut store, _folder) = town::copy();
    let id = take(&mut store, "健身器材坏了");
    act(&mut store, id, referred("", Some(hours(400)))).expect("referred");
    assert_eq!(line_of(&store, id, town::now()), None);
    // As files of before have it: neither row nor log know a time.
    let conn = raw(&path_of(&store));
    conn.execute("UPDATE ticket SET review_at = NULL WHERE id = ?1", [id.0]).expect("a row");
    let log = "UPDATE event SET payload = json_remove(payload, '$.review_at') WHERE entity_id = ?1";
    conn.execute(log, [id.0]).expect("the log");
    let line = line_of(&store, id, town::now()).expect("it is not silent");
    assert_eq!(line.section, Section::Appointments);
    assert!(line.text.contains("没定再问的时间, 现在就问"), "{}", line.text);
    let of = PageOf::first(Filter::open().and(Test::Is(Flag::Ask)), town::now(), 10);
    let Ok(Answer::Ticket(TicketAnswer::Page(page))) = store.answer(&Query::Ticket(TicketQuery::Page(of))) else {
        panic!("no page")
    };
    assert_eq!(page.rows.iter().map(|listed| listed.row.id).collect::<Vec<_>>(), [id]);
    act_at(&mut store, id, asked("明天来", None, Some(hours(30))), hours(1)).expect("asked");
    assert_eq!(row(&store, id).ticket.asks_again_at(), Some(hours(30)));
}
