//! Calls as the figures count them: what a month was told stays told, whatever becomes of the ticket later.

use township_desk::domain::base::time::{DAY, HOUR, Time};
use township_desk::domain::callback::op::Call;
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::rates::query::{ListOf, RatesAnswer, RatesQuery};
use township_desk::domain::rates::{Part, Span, Three, Which};
use township_desk::domain::ticket::Status;
use township_desk::domain::ticket::op::{Act, Edit, Step};
use township_desk::store::Store;

use super::{act_at, edit, path_of, row, staff, step, take};
use crate::support::town;

fn month(store: &Store, span: Span, now: Time) -> (Three, usize) {
    let Ok(Answer::Rates(RatesAnswer::Rates(rates))) =
        store.answer(&Query::Rates(RatesQuery::Rates { span, compound: None, now }))
    else {
        panic!("no rates")
    };
    let list = ListOf { which: Which::Resolution, part: Part::Left, span, compound: None, now, limit: 50, after: None };
    let Ok(Answer::Rates(RatesAnswer::List(page))) = store.answer(&Query::Rates(RatesQuery::List(list))) else {
        panic!("no list")
    };
    (rates.all, page.rows.len())
}

#[test]
fn who_was_not_reached_in_a_month_stays_so_when_the_ticket_is_opened_again_in_the_next() {
    let (mut store, _folder) = town::copy();
    let now = town::now();
    let id = take(&mut store, "厨房漏水");
    let phone = Edit { reporter_phone: Some("13800005678".to_owned()), ..Edit::default() };
    act_at(&mut store, id, edit(None, phone), now).expect("a phone");
    let worker = staff(&path_of(&store))[0];
    let done = |store: &mut Store, at: Time| {
        for to in [Status::Accepted, Status::Working] {
            act_at(store, id, step(None, Step::to(to)), at).expect("a move");
        }
        let why = "换了阀门".to_owned();
        act_at(store, id, step(None, Step { why, ..Step::to(Status::Resolved) }), at).expect("done");
    };
    let ring = |store: &mut Store, day: Time| {
        for hour in [0, 1, 6] {
            act_at(store, id, Act::CallBack(Call::NoAnswer), Time(day.0 + hour * HOUR)).expect("rung");
        }
        assert_eq!(row(store, id).ticket.status, Status::Closed);
    };
    act_at(&mut store, id, step(None, Step::assign(worker)), now).expect("assigned");
    done(&mut store, now);
    ring(&mut store, now);
    let span = Span::month_of(store.zone().day(now));
    let later = Time(now.0 + 20 * DAY);
    let told = month(&store, span, later);
    assert_eq!((told.0.unreached, told.0.unanswered, told.1), (1, 3, 1));
    let why = "又漏了".to_owned();
    act_at(&mut store, id, step(None, Step { why, ..Step::assign(worker) }), later).expect("opened again");
    assert_eq!(month(&store, span, later), told, "the month was told so");
    done(&mut store, later);
    ring(&mut store, later);
    assert_eq!(month(&store, span, later), told, "it ended so once in each of both months");
    assert_eq!(month(&store, span.month_after(), later).0.unreached, 1);
}
