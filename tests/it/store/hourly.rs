//! The hourly backup: made once by whoever comes first, only when there is something new; and what is kept of them.

use std::fs;
use std::path::Path;

use township_desk::domain::base::time::{CHINA, Time};
use township_desk::domain::base::trouble::Trouble;
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::settings::query::{SettingsAnswer, SettingsQuery};
use township_desk::store::{Store, check};

use super::{act_at, again, empty, path_of, raw, take, trouble, worker};
use crate::support::town;

fn at(minutes: i64) -> Time {
    town::now().plus_minutes(minutes)
}

fn back_up(store: &mut Store, minutes: i64) -> bool {
    let made = store.hourly_backup(at(minutes)).expect("a look");
    if let Some(file) = &made {
        assert_eq!(check(file).expect("a check").faults, Vec::<String>::new());
    }
    made.is_some()
}

fn work(store: &mut Store, id: township_desk::domain::base::id::TicketId, minutes: i64) {
    let note = township_desk::domain::ticket::op::Act::Note("记一笔".to_owned());
    act_at(store, id, note, at(minutes)).expect("a note");
}

#[test]
fn one_an_hour_by_one_desk_and_only_of_something_new() {
    let (mut here, _folder) = empty();
    assert!(!back_up(&mut here, 0), "nothing was ever done here");
    let id = take(&mut here, "漏水");
    let mut there = again(&path_of(&here));
    assert!(back_up(&mut there, 1));
    assert!(!back_up(&mut here, 2), "it is made already");
    work(&mut here, id, 30);
    assert!(!back_up(&mut here, 59));
    assert!(back_up(&mut here, 61));
    assert!(!back_up(&mut here, 600), "nothing new since");
    let Ok(Answer::Settings(SettingsAnswer::Header(header))) =
        here.answer(&Query::Settings(SettingsQuery::Header { now: at(600) }))
    else {
        panic!("no header")
    };
    assert_eq!(header.last_backup, Some(at(61)));
}

#[test]
fn a_desk_that_died_over_its_turn_is_not_waited_for_long() {
    let (mut here, _folder) = empty();
    take(&mut here, "漏水");
    let turn = "INSERT INTO backup (id, session_id, started, path) SELECT 1, id, ?1, 'x' FROM session";
    raw(here.path()).execute(turn, [at(0).0]).expect("a turn taken");
    assert!(!back_up(&mut here, 5), "it may be at it");
    assert!(back_up(&mut here, 11));
}

#[test]
fn a_clock_put_back_stops_nothing() {
    let (mut here, _folder) = empty();
    let id = take(&mut here, "漏水");
    work(&mut here, id, 600_000);
    assert!(back_up(&mut here, 600_001));
    work(&mut here, id, 0);
    work(&mut here, id, 600_002);
    assert!(back_up(&mut here, 2), "a year behind the newest");
}

fn hourly(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|file| file.expect("a file").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_day_by_the_hour_and_two_weeks_by_the_day_are_kept() {
    let (mut store, folder) = empty();
    take(&mut store, "漏水");
    let backups = folder.path().join("backups");
    fs::create_dir(&backups).expect("a folder");
    let others = [
        "desk-20200101-000000-upgrade.db",
        "desk-20200101-000000-import.db",
        "desk-20200101-000000-backup.db",
        "other-20200101-000000-hourly.db",
        "notes.txt",
    ];
    for name in others {
        fs::write(backups.join(name), "").expect("a file");
    }
    // Every hour of the twenty days before.
    for hour in 1..=480 {
        let stamp = CHINA.local(at(-60 * hour)).format("%Y%m%d-%H%M%S");
        fs::write(backups.join(format!("desk-{stamp}-hourly.db")), "").expect("a file");
    }
    let mut gone =
        worker::command("none", Path::new("none"), 0).stderr(std::process::Stdio::null()).spawn().expect("one");
    gone.wait().expect("gone");
    let (dead, alive) = (gone.id(), std::process::id());
    for pid in [dead, alive] {
        fs::write(backups.join(format!("desk-20261101-000000-hourly.db.{pid}.part")), "").expect("a file");
    }
    assert!(back_up(&mut store, 1));
    let names = hourly(&backups);
    let kept: Vec<&String> = names.iter().filter(|n| n.starts_with("desk-") && n.ends_with("-hourly.db")).collect();
    // 24 by the hour reach into the second day; of that one and the twelve before it, one each.
    assert_eq!(kept.len(), 24 + 12, "{kept:#?}");
    assert!(kept[0].starts_with("desk-20261111-23"), "the newest of the fourteenth day: {}", kept[0]);
    assert!(others.iter().all(|name| names.iter().any(|n| n == name)), "no other file is touched");
    let parts: Vec<&String> = names.iter().filter(|name| name.ends_with(".part")).collect();
    assert_eq!(parts.len(), 1, "what a dead one left half-made goes: {parts:?}");
    assert!(parts[0].contains(&alive.to_string()));
}

#[test]
fn after_a_kill_the_file_is_looked_through_once() {
    let (store, _folder) = town::copy();
    let path = path_of(&store);
    assert!(!store.left_unclosed().expect("a look"));
    let mut child = worker::command("tickets", &path, 100_000).spawn().expect("a worker");
    let mut said = worker::acks(&mut child);
    said.next().expect("it works");
    assert!(!store.left_unclosed().expect("a look"), "a desk at work is no dead one");
    child.kill().expect("killed");
    child.wait().expect("gone");
    assert!(store.left_unclosed().expect("a look"));
    store.check_after_kill(town::now()).expect("it is sound");
    assert!(!store.left_unclosed().expect("a look"));
}

#[test]
fn damage_found_after_a_kill_is_told_and_told_again() {
    let (mut store, folder) = empty();
    for n in 0..40 {
        take(&mut store, &format!("第{n}件{}", "水".repeat(500)));
    }
    let path = path_of(&store);
    store.close(town::now()).expect("closed");
    let conn = raw(&path);
    conn.execute("UPDATE session SET ended = NULL, pid = 999999999", []).expect("as a kill leaves it");
    let root: usize = conn
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'event_entity'", [], |r| r.get(0))
        .map(|page: i64| usize::try_from(page).expect("a page"))
        .expect("a page");
    let page: i64 = conn.pragma_query_value(None, "page_size", |r| r.get(0)).expect("its size");
    let page = usize::try_from(page).expect("a size");
    conn.close().expect("closed");
    let mut bytes = fs::read(&path).expect("the file");
    bytes[root * page - 100..root * page].fill(0x55);
    fs::write(&path, bytes).expect("damaged");
    let store = again(&path);
    for _ in 0..2 {
        assert!(matches!(trouble(store.check_after_kill(town::now())), Trouble::Damaged { .. }));
    }
    drop(folder);
}
