//! Power lost while the log is written: the file as it was, and the log cut anywhere, with nothing, zeros or rubbish behind.

use std::fs;
use std::path::{Path, PathBuf};

use township_desk::store::Store;

use super::kills::halves;
use super::{Dice, act, again, path_of, raw, take};
use crate::support::town;

/// The data file, its whole log, and how long the log was when each ticket was called saved.
struct Story {
    base: Vec<u8>,
    log: Vec<u8>,
    saved: Vec<(usize, i64)>,
}

fn log_of(path: &Path) -> PathBuf {
    PathBuf::from(format!("{}-wal", path.display()))
}

fn story() -> Story {
    let (mut store, _folder) = town::copy();
    let path = path_of(&store);
    let base = fs::read(&path).expect("the file");
    let mut saved = Vec::new();
    for n in 0..60 {
        let id = take(&mut store, &format!("第{n}件{}", "水".repeat(n * 7 % 90)));
        if n % 3 == 0 {
            let note = township_desk::domain::ticket::op::Act::Note("记一笔".to_owned());
            act(&mut store, id, note).expect("a note");
        }
        let length = fs::metadata(log_of(&path)).expect("a log").len();
        saved.push((usize::try_from(length).expect("small"), id.0));
    }
    assert_eq!(base, fs::read(&path).expect("the file"), "nothing was copied into the file meanwhile");
    Story { base, log: fs::read(log_of(&path)).expect("the log"), saved }
}

/// Where the log is cut, and what lies behind the cut.
fn torn(story: &Story, folder: &Path, dice: &mut Dice) {
    let cut = match dice.roll(3) {
        0 => dice.roll(story.log.len() + 1),
        // Around the end of a saved ticket, where a mistake would be.
        1 => {
            let (at, _) = story.saved[dice.roll(story.saved.len())];
            (at + dice.roll(129)).saturating_sub(64).min(story.log.len())
        }
        // At a page, as disks do.
        _ => dice.roll(story.log.len() / 4_096 + 1) * 4_096,
    };
    let mut log = story.log[..cut].to_vec();
    let tail = dice.roll(3 * 4_096);
    let behind = dice.roll(3);
    match behind {
        0 => {}
        1 => log.resize(cut + tail, 0),
        _ => log.extend((0..tail).map(|_| u8::try_from(dice.roll(256)).expect("a byte"))),
    }
    let path = folder.join("desk.db");
    for file in fs::read_dir(folder).expect("a folder") {
        fs::remove_file(file.expect("a file").path()).expect("removed");
    }
    private(&path, &story.base);
    private(&log_of(&path), &log);
    let store: Store = again(&path);
    let conn = raw(&path);
    assert_eq!(halves(&conn), Vec::<String>::new(), "cut at {cut}, {behind}");
    let mut there = conn.prepare("SELECT EXISTS (SELECT 1 FROM ticket WHERE id = ?1)").expect("a statement");
    for (_, id) in story.saved.iter().filter(|(at, _)| *at <= cut) {
        let found: bool = there.query_row([id], |r| r.get(0)).expect("an answer");
        assert!(found, "ticket {id} was called saved before the cut at {cut}");
    }
    drop(there);
    drop((conn, store));
}

fn private(path: &Path, bytes: &[u8]) {
    use std::os::unix::fs::PermissionsExt;
    fs::write(path, bytes).expect("a file");
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("its mode");
}

fn states(count: usize, seed: u64) {
    let story = story();
    let folder = tempfile::tempdir().expect("a folder");
    let mut dice = Dice::new(seed);
    for _ in 0..count {
        torn(&story, folder.path(), &mut dice);
    }
    eprintln!("{count} torn logs of {} bytes with {} saved tickets", story.log.len(), story.saved.len());
}

#[test]
fn two_hundred_torn_logs_lose_nothing_saved_before_the_tear() {
    states(200, 5);
}

#[test]
#[ignore = "some minutes"]
fn ten_thousand_torn_logs_lose_nothing_saved_before_the_tear() {
    states(10_000, 50);
}
