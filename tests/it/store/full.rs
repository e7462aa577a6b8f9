//! A disk that is full: said as what it is, nothing half done, and work goes on once there is room again.

use std::path::Path;
use std::process::Command;

use township_desk::domain::base::import::Reason;
use township_desk::domain::base::trouble::Trouble;
use township_desk::domain::ticket::op::Act;
use township_desk::store::{Error, Store};

use super::kills::halves;
use super::{act, again, digest, path_of, raw, report, take, trouble, uid};
use crate::support::town;

/// Sets how many pages the file may have: the engine then says what it says of a full disk.
fn room(store: &Store, pages: i64) {
    store.limit_pages(pages).expect("a limit");
}

fn pages(store: &Store) -> i64 {
    raw(store.path()).pragma_query_value(None, "page_count", |row| row.get(0)).expect("a number")
}

#[test]
fn a_file_that_cannot_grow_says_full_and_keeps_what_it_has() {
    let (mut store, _folder) = town::copy();
    let path = path_of(&store);
    let id = take(&mut store, "先有一件");
    room(&store, pages(&store) + 2);
    let long = "水".repeat(2_000);
    let mut saved = 0;
    let found = loop {
        let before = digest(&path);
        match store.commit(uid(), &report(&long), town::now()) {
            Ok(_) => saved += 1,
            Err(Error::Trouble(found)) => {
                assert_eq!(digest(&path), before, "nothing is half done");
                break found;
            }
            Err(other) => panic!("{other:?}"),
        }
        assert!(saved < 100, "the limit was not met");
    };
    assert_eq!(found, Trouble::Full);
    assert_eq!(halves(&raw(&path)), Vec::<String>::new());
    assert_eq!(
        trouble(store.commit(uid(), &report(&long), town::now())),
        Trouble::Full,
        "and again, not something else"
    );
    room(&store, i64::from(i32::MAX));
    store.commit(uid(), &report(&long), town::now()).expect("there is room again");
    act(&mut store, id, Act::Note("好了".to_owned())).expect("and all else works");
    store.undo(uid(), town::now()).expect("undo too");
    assert_eq!(halves(&raw(&path)), Vec::<String>::new());
}

#[test]
fn an_import_into_a_file_that_cannot_grow_keeps_whole_rows() {
    let (mut store, _folder) = town::copy();
    let path = path_of(&store);
    room(&store, pages(&store) + 240);
    let row = |n: usize| township_desk::domain::base::import::ParsedRow {
        sheet: "1".to_owned(),
        row_number: n,
        row: township_desk::domain::base::import::TicketRow { words: format!("旧单{n}"), ..Default::default() },
    };
    let rows = township_desk::domain::base::import::Rows::Tickets((0..3_000).map(row).collect());
    let imported = store.import(&rows, &Default::default(), &mut uid, town::now(), &mut |_| true);
    let imported = imported.expect("a result, though it stopped");
    assert_eq!(imported.stopped, Some(Trouble::Full));
    let written: i64 = raw(&path)
        .query_row("SELECT COUNT(*) FROM ticket WHERE words LIKE '旧单%'", [], |row| row.get(0))
        .expect("a count");
    assert_eq!(i64::try_from(imported.added).expect("small"), written, "what is said to be in is in");
    assert_eq!(imported.refused.len(), 3_000 - imported.added, "and all the others come back");
    assert!(imported.refused.iter().all(|(_, _, reason)| *reason == Reason::NotReached));
    assert_eq!(halves(&raw(&path)), Vec::<String>::new());
    room(&store, i64::from(i32::MAX));
    let rest = store.import(&rows, &Default::default(), &mut uid, town::now(), &mut |_| true).expect("room again");
    assert_eq!(rest.added + rest.unchanged, 3_000);
    assert!(rest.unchanged > 0, "what was written before stayed");
}

/// A real small disk, where the machine lets us mount one for a process of our own.
#[test]
fn a_small_disk_that_runs_full_loses_nothing_called_saved() {
    let (store, folder) = town::copy();
    let path = path_of(&store);
    store.close(town::now()).expect("closed");
    let disk = folder.path().join("disk");
    std::fs::create_dir(&disk).expect("a folder");
    let worker = std::env::current_exe().expect("this binary");
    // In a mount namespace of its own, so that nothing is left mounted whatever happens. The copy comes back for a look.
    let script = "mount -t tmpfs -o size=1m,mode=700 none \"$1\" || exit 42\n\
        cp -p \"$2\" \"$1/desk.db\" || exit 42\n\
        \"$3\" --exact store::worker::works_when_asked_to --nocapture --test-threads=1\n\
        cp -p \"$1\"/desk.db* \"$4\"";
    let out = folder.path().join("out");
    std::fs::create_dir(&out).expect("a folder");
    let done = Command::new("unshare")
        .args(["--mount", "--map-root-user", "sh", "-c", script, "sh"])
        .args([disk.as_path(), path.as_path(), worker.as_path(), out.as_path()])
        .env("TDESK_TEST_WORK", "full")
        .env("TDESK_TEST_FILE", disk.join("desk.db"))
        .env("TDESK_TEST_TIMES", "10000")
        .output();
    let done = match done {
        Ok(done) if done.status.code() != Some(42) && out.join("desk.db").exists() => done,
        // No such command here, or not permitted: the two tests above stand for it.
        _ => return,
    };
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(said.contains("ack full"), "{said}{}", String::from_utf8_lossy(&done.stderr));
    sound_with_all(&out.join("desk.db"), &said);
}

fn sound_with_all(file: &Path, said: &str) {
    let _store = again(file);
    let conn = raw(file);
    assert_eq!(halves(&conn), Vec::<String>::new());
    let mut there = conn.prepare("SELECT EXISTS (SELECT 1 FROM ticket WHERE id = ?1)").expect("a statement");
    let mut seen = 0;
    for id in said.lines().filter_map(|line| line.strip_prefix("ack ticket ")) {
        let found: bool = there.query_row([id.parse::<i64>().expect("an id")], |r| r.get(0)).expect("an answer");
        assert!(found, "ticket {id} was called saved");
        seen += 1;
    }
    assert!(seen > 5, "it filled by saving: {seen}");
}
