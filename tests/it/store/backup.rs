//! Backups that can be relied on: sound under load, never half under their name, and restoring loses neither side.

use std::fs;

use township_desk::domain::base::time::CHINA;
use township_desk::domain::base::trouble::Trouble;
use township_desk::store::{Access, Store, check, restore};

use super::kills::halves;
use super::{count, digest, empty, path_of, raw, take, trouble, who, worker};
use crate::support::town;

#[test]
fn backups_made_while_desks_save_are_sound_and_restore() {
    let (mut store, folder) = town::copy();
    let path = path_of(&store);
    let mut busy = worker::command("tickets", &path, 100_000).spawn().expect("a worker");
    let mut said = worker::acks(&mut busy);
    said.next().expect("it works");
    let heard = std::thread::spawn(move || said.count());
    let mut before = 0;
    for n in 0..8 {
        let to = folder.path().join(format!("backup{n}.db"));
        store.backup(&to, town::now()).expect("a backup");
        let found = check(&to).expect("a check");
        assert_eq!(found.faults, Vec::<String>::new());
        let conn = raw(&to);
        assert_eq!(halves(&conn), Vec::<String>::new());
        let tickets = count(&to, "ticket");
        assert!(tickets >= before, "a later one holds no less");
        before = tickets;
        let back = folder.path().join(format!("restored{n}.db"));
        assert_eq!(restore(&to, &back, CHINA, town::now()).expect("restored"), None);
        assert_eq!(digest(&back), digest(&to));
    }
    let alive = busy.try_wait().expect("a look").is_none();
    busy.kill().expect("killed");
    busy.wait().expect("gone");
    let saved = heard.join().expect("heard");
    assert!(alive && before > 0 && saved > 8, "the desk saved all the while: {saved}");
}

#[test]
fn a_kill_during_a_backup_leaves_the_old_one_and_no_half_one() {
    let (mut store, folder) = town::copy();
    let path = path_of(&store);
    take(&mut store, &"水".repeat(9_000));
    fs::create_dir(folder.path().join("backups")).expect("a folder");
    for n in 0..8 {
        let mut child = worker::command("backups", &path, 1_000).spawn().expect("a worker");
        let mut said = worker::acks(&mut child);
        said.nth(n % 3).expect("it works");
        std::thread::sleep(std::time::Duration::from_millis(u64::try_from(n).expect("small") * 2));
        child.kill().expect("killed");
        child.wait().expect("gone");
        for line in said.filter(|line| line != "begin") {
            assert!(fs::exists(&line).expect("a look"), "{line} was called made");
        }
        for file in fs::read_dir(folder.path().join("backups")).expect("a folder") {
            let file = file.expect("a file").path();
            if file.extension().is_some_and(|tail| tail == "db") {
                assert_eq!(check(&file).expect("a check").faults, Vec::<String>::new(), "{}", file.display());
            }
        }
    }
    let name = folder.path().join("backups").join("one.db");
    store.backup(&name, town::now()).expect("a backup");
    let old = fs::read(&name).expect("the backup");
    assert!(matches!(trouble(store.backup(&name, town::now())), Trouble::Exists { .. }));
    assert_eq!(fs::read(&name).expect("the backup"), old);
}

#[test]
fn restoring_keeps_the_file_that_was_there_with_all_it_holds() {
    let (mut store, folder) = town::copy();
    let path = path_of(&store);
    take(&mut store, "备份前");
    let backup = folder.path().join("one.db");
    store.backup(&backup, town::now()).expect("a backup");
    take(&mut store, "备份后");
    let (then, now) = (digest(&backup), digest(&path));
    assert_eq!(trouble(restore(&backup, &path, CHINA, town::now())), Trouble::InUse, "a desk has it open");
    assert_eq!(digest(&path), now);
    // As a kill leaves it: what was saved last is in the log only.
    let log = folder.path().join("desk.db-wal");
    let (file, left) = (fs::read(&path).expect("the file"), fs::read(&log).expect("the log"));
    drop(store);
    fs::write(&path, file).expect("put back");
    fs::write(&log, left).expect("put back");
    let kept = restore(&backup, &path, CHINA, town::now()).expect("restored").expect("the old file is kept");
    assert_eq!((digest(&path), digest(&kept)), (then.clone(), now));
    let second = restore(&backup, &path, CHINA, town::now()).expect("restored").expect("kept");
    assert_ne!(second, kept, "within the same second, too");
    Store::open(&path, Access::Write, who("test"), town::now()).expect("it opens");
}

#[test]
fn a_log_without_its_file_is_not_taken_for_the_restored_ones() {
    let (mut store, folder) = town::copy();
    let path = path_of(&store);
    let backup = folder.path().join("one.db");
    store.backup(&backup, town::now()).expect("a backup");
    for n in 0..30 {
        take(&mut store, &format!("第{n}件"));
    }
    let log = folder.path().join("desk.db-wal");
    let left = fs::read(&log).expect("the log");
    drop(store);
    fs::remove_file(&path).expect("removed");
    fs::write(&log, left).expect("put back");
    restore(&backup, &path, CHINA, town::now()).expect("restored");
    assert_eq!(digest(&path), digest(&backup));
    assert_eq!(check(&path).expect("a check").faults, Vec::<String>::new());
}

#[test]
fn what_is_no_sound_backup_is_not_restored() {
    let (store, folder) = empty();
    let path = path_of(&store);
    store.close(town::now()).expect("closed");
    let before = fs::read(&path).expect("the file");
    let other = folder.path().join("other.db");
    raw(&other).execute_batch("CREATE TABLE other (x)").expect("another program's file");
    assert!(matches!(trouble(restore(&other, &path, CHINA, town::now())), Trouble::NotOurs { .. }));
    let mut broken = before.clone();
    let middle = broken.len() / 2;
    broken[middle..middle + 8_192].fill(0xff);
    let damaged = folder.path().join("damaged.db");
    fs::write(&damaged, broken).expect("a file");
    trouble(restore(&damaged, &path, CHINA, town::now()));
    assert_eq!(fs::read(&path).expect("the file"), before, "nothing was touched");
    let parts = fs::read_dir(folder.path())
        .expect("a folder")
        .filter(|f| f.as_ref().expect("a file").path().extension().is_some_and(|tail| tail == "part"));
    assert_eq!(parts.count(), 0, "and no half file lies about");
}
