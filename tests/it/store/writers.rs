//! Several desks saving at once: nobody is told to wait, nobody's change is written over.

use std::path::Path;
use std::process::Child;

use township_desk::domain::op::Op;
use township_desk::domain::refusal::Refusal;
use township_desk::domain::ticket::op::{Act, TicketOp};

use super::kills::halves;
use super::{act, path_of, raw, refused, row, take, uid, worker};
use crate::support::town;

fn all_together(file: &Path, work: &str, desks: usize, times: usize) {
    let started: Vec<Child> =
        (0..desks).map(|_| worker::command(work, file, times).spawn().expect("a worker")).collect();
    for mut child in started {
        let said = worker::acks(&mut child).count();
        assert!(child.wait().expect("an end").success(), "a desk was shown something");
        assert!(said > 0, "a desk did nothing");
    }
}

#[test]
fn two_and_four_desks_count_in_one_ticket_and_lose_no_step() {
    for desks in [2, 4] {
        let (mut store, _folder) = town::copy();
        let id = take(&mut store, "0");
        all_together(&path_of(&store), "increments", desks, 60);
        let words = row(&store, id).ticket.words;
        assert_eq!(words.split(' ').next(), Some((desks * 60).to_string().as_str()));
        assert_eq!(halves(&raw(store.path())), Vec::<String>::new());
    }
}

#[test]
fn four_desks_taking_reports_draw_every_number_once() {
    let (store, _folder) = town::copy();
    all_together(store.path(), "tickets", 4, 50);
    let conn = raw(store.path());
    let (tickets, last): (i64, i64) = conn
        .query_row("SELECT (SELECT COUNT(*) FROM ticket), (SELECT MAX(last) FROM ticket_counter)", [], |r| {
            Ok((r.get(0)?, r.get(1)?))
        })
        .expect("a row");
    assert_eq!((tickets, last), (200, 200));
    assert_eq!(halves(&conn), Vec::<String>::new());
}

#[test]
fn whether_a_file_is_there_is_asked_while_no_desk_has_to_wait_for_it() {
    let (mut store, folder) = town::copy();
    let id = take(&mut store, "漏水");
    let photo = folder.path().join("photo.jpg");
    std::fs::write(&photo, "x").expect("a file");
    let path = photo.display().to_string();
    let mark = uid();
    let attach = Op::Ticket(TicketOp::Act { id, act: Act::Attach { path: path.clone(), on: true } });
    let done = store.commit(mark, &attach, town::now()).expect("attached");
    std::fs::remove_file(&photo).expect("removed");
    assert_eq!(store.commit(mark, &attach, town::now()).expect("done before"), done);

    let other = raw(store.path());
    other.execute_batch("BEGIN IMMEDIATE").expect("another desk saves");
    let refusal = refused(act(&mut store, id, Act::Attach { path: path.clone(), on: true }));
    assert_eq!(refusal, Refusal::NoSuchFile { path });
}
