//! Faults of the program in the middle of an import, which no sheet is known to bring about any more.

use super::*;
use crate::domain::base::import::{HomeAt, HomeRow};
use crate::domain::base::time::CHINA;
use crate::store::file::engine::values;
use crate::store::{NewTownship, Who};

const ROWS: usize = 600;

fn store() -> (Store, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let new = NewTownship {
        name: "黎侯镇".to_owned(),
        company: "黎侯镇物业".to_owned(),
        desk_phone: String::new(),
        office: 7,
        zone: CHINA,
    };
    let who = Who { name: None, terminal: "test".to_owned() };
    (Store::create(&folder.path().join("desk.db"), &new, who, now()).expect("a township"), folder)
}

fn now() -> Time {
    CHINA.at(chrono::NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day"), 600)
}

fn homes() -> Vec<ParsedRow<HomeRow>> {
    let at = |n: usize| HomeAt { compound: "康乐苑".to_owned(), place: format!("{n}-1-101"), ..HomeAt::default() };
    let row = |n| HomeRow { at: at(n), ..HomeRow::default() };
    (1..=ROWS).map(|n| ParsedRow { sheet: "1".to_owned(), row_number: n, row: row(n) }).collect()
}

/// Runs all homes, `fault` before each.
fn run(store: &mut Store, fault: &dyn Fn(usize, &mut Tx<'_>)) -> Imported {
    let options = Options::default();
    let mut run = Run { store, options: &options, now: now(), result: Imported::default() };
    let mut new_uid = || CommandUid(uuid::Uuid::new_v4());
    run.all(&homes(), false, &mut new_uid, &mut |_| true, |tx, known, row| {
        let fate = crate::store::place::import::home(tx, known, row);
        fault(row.row_number, tx);
        fate
    })
    .expect("it ends with a result");
    run.result
}

fn in_file(store: &Store) -> usize {
    let homes: u32 = store.conn.value("SELECT COUNT(*) FROM place WHERE kind = 'home'", values![]).expect("a count");
    homes as usize
}

#[test]
fn a_fault_in_one_row_costs_that_row() {
    let (mut store, _folder) = store();
    let done = run(&mut store, &|row, _| assert!(![1, 260, 300, ROWS].contains(&row), "a fault of ours"));
    let rows: Vec<usize> = done.refused.iter().map(|(_, row, _)| *row).collect();
    assert_eq!((rows, done.added, &done.stopped), (vec![1, 260, 300, ROWS], ROWS - 4, &None));
    assert!(done.refused.iter().all(|(_, _, reason)| *reason == Reason::Fault));
    assert_eq!(in_file(&store), ROWS - 4, "nothing is left of a row that failed");
    let again = run(&mut store, &|_, _| {});
    assert_eq!((again.added, again.unchanged, again.refused.len()), (4, ROWS - 4, 0));
}

#[test]
fn a_fault_of_a_whole_transaction_ends_with_what_is_in() {
    let (mut store, _folder) = store();
    // The transaction is gone from under the second chunk, as an engine in trouble takes it away.
    let done = run(&mut store, &|row, tx| {
        if row == CHUNK + 10 {
            tx.conn.give_up().expect("rolled back");
        }
    });
    assert!(done.added >= CHUNK && done.added < ROWS, "{}", done.added);
    assert_eq!(in_file(&store), done.added, "what is said to be in is in");
    assert!(done.stopped.is_some());
    assert_eq!(done.refused.len(), ROWS - done.added);
    assert!(done.refused.iter().all(|(_, _, reason)| *reason == Reason::NotReached), "every other row comes back");
    let again = run(&mut store, &|_, _| {});
    assert_eq!((again.added, again.stopped), (ROWS - done.added, None));
}
