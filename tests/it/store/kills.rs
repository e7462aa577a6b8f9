//! Killed at any moment: what was called saved is there, what was not is there whole or not at all.

use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use super::{Dice, again, raw, worker};
use crate::support::town;

/// Nothing half: every ticket with its first event, every event with its command, every command with its answer.
pub(crate) fn halves(conn: &Connection) -> Vec<String> {
    let mut found = Vec::new();
    for (what, sql) in [
        (
            "ticket without event",
            "SELECT id FROM ticket t WHERE NOT EXISTS (SELECT 1 FROM event WHERE entity_kind = 'ticket' AND entity_id = t.id AND kind = 'taken')",
        ),
        (
            "event without ticket",
            "SELECT seq FROM event e WHERE entity_kind = 'ticket' AND NOT EXISTS (SELECT 1 FROM ticket WHERE id = e.entity_id)",
        ),
        (
            "event without command",
            "SELECT seq FROM event e WHERE NOT EXISTS (SELECT 1 FROM command WHERE id = e.command_id)",
        ),
        (
            "command without event",
            "SELECT id FROM command c WHERE kind <> 'import' AND NOT EXISTS (SELECT 1 FROM event WHERE command_id = c.id)",
        ),
        ("command without answer", "SELECT id FROM command WHERE result = ''"),
        (
            "ticket not in the text index",
            "SELECT id FROM ticket t WHERE NOT EXISTS (SELECT 1 FROM ticket_words WHERE rowid = t.id)",
        ),
        (
            "number above its day's counter",
            "SELECT t.id FROM ticket t JOIN ticket_counter c ON c.day = t.day WHERE t.n > c.last",
        ),
        (
            "event above its counter",
            "SELECT seq FROM event WHERE seq > (SELECT value FROM counter WHERE name = 'event_seq')",
        ),
        ("reference to nowhere", "SELECT 1 FROM pragma_foreign_key_check"),
    ] {
        let rows: i64 = conn.query_row(&format!("SELECT COUNT(*) FROM ({sql})"), [], |r| r.get(0)).expect("a count");
        if rows > 0 {
            found.push(format!("{what}: {rows}"));
        }
    }
    let sound: String = conn.query_row("PRAGMA integrity_check", [], |r| r.get(0)).expect("a check");
    if sound != "ok" {
        found.push(sound);
    }
    found
}

/// What was acknowledged must be in the file.
fn lost(conn: &Connection, acked: &[String]) -> Vec<String> {
    let have = |sql: &str| -> HashSet<i64> {
        conn.prepare(sql)
            .expect("a statement")
            .query_map([], |r| r.get(0))
            .expect("rows")
            .map(|id| id.expect("an id"))
            .collect()
    };
    let (tickets, notes) = (
        have("SELECT id FROM ticket"),
        have("SELECT entity_id FROM event WHERE entity_kind = 'ticket' AND kind = 'noted'"),
    );
    let there = |line: &&String| {
        let (id, what) = line.split_once(' ').expect("two words");
        let id: i64 = id.parse().expect("an id");
        if what == "note" { notes.contains(&id) } else { tickets.contains(&id) }
    };
    acked.iter().filter(|line| !there(line)).cloned().collect()
}

fn kill_at_random(file: &Path, times: usize, dice: &mut Dice) -> usize {
    let mut acked = Vec::new();
    for _ in 0..times {
        let mut child = worker::command("tickets", file, 10_000).spawn().expect("a worker");
        let wait = Duration::from_micros(u64::try_from(dice.roll(25_000)).expect("small"));
        let mut said = worker::acks(&mut child);
        // The clock starts with its first saved ticket, so that every kill meets it at work.
        acked.extend(said.next());
        std::thread::sleep(wait);
        child.kill().expect("killed");
        child.wait().expect("gone");
        acked.extend(said);
        let store = again(file);
        let conn = raw(file);
        assert_eq!((halves(&conn), lost(&conn, &acked)), (vec![], vec![]));
        drop((conn, store));
    }
    acked.len()
}

#[test]
fn twenty_kills_lose_nothing_called_saved() {
    let (store, _folder) = town::copy();
    let acked = kill_at_random(store.path(), 20, &mut Dice::new(1));
    assert!(acked >= 20, "every worker got to work: {acked}");
}

#[test]
#[ignore = "some minutes"]
fn a_thousand_kills_lose_nothing_called_saved() {
    let mut acked = 0;
    for seed in 0..10 {
        let (store, _folder) = town::copy();
        acked += kill_at_random(store.path(), 100, &mut Dice::new(100 + seed));
    }
    eprintln!("1000 kills: {acked} changes were called saved, and all are there");
    assert!(acked >= 1_000, "every worker got to work: {acked}");
}
