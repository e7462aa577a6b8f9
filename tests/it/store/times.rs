//! Times of events: whatever a clock that was set back shows, a ticket's story is told forwards.

use township_desk::domain::base::id::TicketId;
use township_desk::domain::op::Op;
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::settings::query::{SettingsAnswer, SettingsQuery};
use township_desk::domain::ticket::op::{Act, TicketOp};

use super::{empty, path_of, raw, report, uid};
use crate::support::town;

#[test]
fn an_event_takes_the_later_of_now_and_its_tickets_last_event() {
    let (mut store, _folder) = empty();
    let path = path_of(&store);
    let now = town::now();
    let first = TicketId(store.commit(uid(), &report("楼道灯不亮"), now).expect("taken").id);
    // The clock is set back an hour.
    let back = now.plus_minutes(-60);
    let second = TicketId(store.commit(uid(), &report("路灯不亮"), back).expect("taken").id);
    for id in [first, second] {
        let act = Op::Ticket(TicketOp::Act { id, act: Act::Note("又来电".to_owned()) });
        store.commit(uid(), &act, back.plus_minutes(1)).expect("noted");
    }
    let third = TicketId(store.commit(uid(), &report("井盖松了"), now).expect("taken").id);
    store.undo(uid(), back.plus_minutes(2)).expect("taken back");
    let conn = raw(&path);
    let story = |id: i64| -> Vec<i64> {
        let mut rows = conn.prepare("SELECT at FROM event WHERE entity_id = ?1 ORDER BY seq").expect("a statement");
        rows.query_map([id], |row| row.get(0)).expect("rows").map(|at| at.expect("a time")).collect()
    };
    assert_eq!(story(first.0)[..2], [now.0, now.0], "the note does not lie before the report");
    assert_eq!(story(second.0)[..2], [back.0, back.plus_minutes(1).0], "another ticket has a story of its own");
    let closed: i64 = conn
        .query_row("SELECT closed_at FROM ticket WHERE id = ?1", [third.0], |row| row.get(0))
        .expect("a time of its end");
    assert_eq!(closed, now.0, "nothing ends before it began");
    for id in [first, second, third] {
        assert!(story(id.0).is_sorted(), "{:?}", story(id.0));
    }
    // What the newest event was written by is the clock of its writer, not the ticket's.
    let Ok(Answer::Settings(SettingsAnswer::Header(header))) =
        store.answer(&Query::Settings(SettingsQuery::Header { now }))
    else {
        panic!("no figures")
    };
    assert_eq!(header.newest, store.newest_event().expect("read"));
    assert!(header.newest.is_some_and(|newest| newest < now));
}
