//! The file under an open desk is removed, replaced, or given a second name: no save is called saved that could not be found
//! again, no other file is touched, and all that was committed can still be written out.

use std::fs;
use std::path::{Path, PathBuf};

use township_desk::domain::base::time::{HOUR, Time};
use township_desk::domain::base::trouble::{Moved, Trouble};
use township_desk::domain::parked::op::Form;
use township_desk::domain::ticket::Channel;
use township_desk::store::{Access, Store, check};

use super::{count, empty, path_of, report, take, trouble, uid, who};
use crate::support::town;

/// The path with something behind its name.
fn beside(path: &Path, tail: &str) -> PathBuf {
    PathBuf::from(format!("{}{tail}", path.display()))
}

fn how(trouble: Trouble) -> Moved {
    match trouble {
        Trouble::Moved { how, .. } => how,
        other => panic!("{other:?}"),
    }
}

/// What a save comes to now.
fn refused(store: &mut Store) -> Moved {
    how(trouble(store.commit(uid(), &report("没有存下的"), town::now())))
}

/// What is done to the file at the path (a whole copy lies at the second one), and what the desk says then.
type Attack = (&'static str, fn(&Path, &Path), Moved);

const ATTACKS: [Attack; 7] = [
    ("removed", |path, _| fs::remove_file(path).expect("removed"), Moved::Gone),
    (
        "removed with all beside it",
        |path, _| ["", "-wal", "-shm"].iter().for_each(|tail| fs::remove_file(beside(path, tail)).expect("removed")),
        Moved::Gone,
    ),
    ("moved away", |path, _| fs::rename(path, beside(path, ".away")).expect("moved"), Moved::Gone),
    ("replaced by a copy", |path, copy| fs::rename(copy, path).expect("moved"), Moved::Replaced),
    ("its log removed", |path, _| fs::remove_file(beside(path, "-wal")).expect("removed"), Moved::Log),
    ("its index removed", |path, _| fs::remove_file(beside(path, "-shm")).expect("removed"), Moved::Log),
    ("linked", |path, _| fs::hard_link(path, beside(path, ".second")).expect("linked"), Moved::Linked),
];

#[test]
fn nothing_is_saved_and_all_that_was_can_be_written_out() {
    for (what, attack, moved) in ATTACKS {
        let (mut store, folder) = empty();
        let path = path_of(&store);
        let copy = folder.path().join("copy.db");
        store.backup(&copy, Time(town::now().0 - 1)).expect("a copy");
        let before = count(&copy, "ticket");
        take(&mut store, "copied before");
        let reader = Store::again(store.held(), Access::Read, who("reader"), town::now()).expect("a second connection");
        take(&mut store, "井盖松了");
        assert_eq!(store.moved(), None, "{what}");
        attack(&path, &copy);
        assert_eq!(refused(&mut store), moved, "{what}");
        assert_eq!(store.moved().map(how), Some(moved), "{what}");
        assert_eq!(reader.moved().map(how), Some(moved), "{what}");
        assert_eq!(how(trouble(store.hourly_backup(Time(town::now().0 + 2 * HOUR)))), moved, "{what}");
        for access in [Access::Read, Access::Write] {
            let again = Store::again(store.held(), access, who("late"), town::now()).map(drop);
            assert_eq!(how(trouble(again)), moved, "{what}");
        }
        let there = moved == Moved::Replaced;
        let bytes = there.then(|| fs::read(&path).expect("the other file"));
        // Each connection holds all; a second backup takes nothing from the first.
        let [one, two] = [&store, &reader].map(|store| store.rescue(town::now()).expect("written out"));
        assert_ne!(one, two);
        for rescued in [one, two] {
            assert_eq!(check(&rescued).expect("a data file").faults, Vec::<String>::new(), "{what}");
            assert_eq!(count(&rescued, "ticket"), before + 2, "{what}");
        }
        drop((store, reader));
        if there {
            assert!(fs::read(&path).ok() == bytes, "{what}: the other file was written");
            assert_eq!(count(&path, "ticket"), before);
        }
    }
}

#[test]
fn another_townships_file_in_its_place_is_left_alone_and_can_be_worked_on() {
    let (mut store, _folder) = town::copy();
    let path = path_of(&store);
    take(&mut store, "从前的");
    let (other, _elsewhere) = empty();
    let from = path_of(&other);
    other.close(town::now()).expect("closed");
    fs::rename(&from, &path).expect("replaced");
    assert_eq!(refused(&mut store), Moved::Replaced);
    let mut new = Store::open(&path, Access::Write, who("new"), town::now()).expect("the other file");
    take(&mut new, "后来的");
    assert_eq!(refused(&mut store), Moved::Replaced);
    store.rescue(town::now()).expect("written out");
    assert!(store.close(town::now()).is_err(), "its session cannot be ended in the file");
    take(&mut new, "再后来的");
    new.close(town::now()).expect("closed");
    assert_eq!(check(&path).expect("a data file").faults, Vec::<String>::new());
    assert_eq!(count(&path, "ticket"), 2);
}

#[test]
fn put_back_in_its_place_it_is_saved_again() {
    let (mut store, _folder) = town::copy();
    let path = path_of(&store);
    take(&mut store, "一");
    let before = count(&path, "ticket");
    let away = beside(&path, ".away");
    fs::rename(&path, &away).expect("moved");
    assert_eq!(refused(&mut store), Moved::Gone);
    fs::rename(&away, &path).expect("moved back");
    take(&mut store, "二");
    let second = beside(&path, ".second");
    fs::hard_link(&path, &second).expect("linked");
    assert_eq!(refused(&mut store), Moved::Linked);
    fs::remove_file(&second).expect("the second name");
    take(&mut store, "三");
    store.close(town::now()).expect("closed");
    assert_eq!(check(&path).expect("a data file").faults, Vec::<String>::new());
    assert_eq!(count(&path, "ticket"), before + 2);
}

#[test]
fn drafts_are_kept_where_they_are_looked_for_though_their_file_was_removed() {
    let (store, _folder) = town::copy();
    let path = path_of(&store);
    let form = |words: &str| Form { words: words.to_owned(), ..Form::new(uid(), Channel::Phone) };
    let (mut side, _) = store.drafts("test").expect("drafts");
    let (first, mut second) = (form("先写的"), form("正在写"));
    side.keep(&first).expect("kept");
    side.keep(&second).expect("kept");
    let drafts = beside(&path, "-drafts");
    fs::remove_file(&drafts).expect("removed");
    second.words = "正在写的".to_owned();
    side.keep(&second).expect("kept");
    let mut left = store.drafts("test").expect("drafts").1;
    left.sort_by_key(|form| form.uid.0);
    let mut all = vec![first, second];
    all.sort_by_key(|form| form.uid.0);
    assert_eq!(left, all);
    let folder = fs::read_dir(path.parent().expect("a folder")).expect("the folder").flatten();
    let left: Vec<_> = folder.filter(|entry| entry.file_name().to_string_lossy().contains(".held-")).collect();
    assert!(left.is_empty(), "words of people are left in {left:?}");
}

#[test]
fn put_back_when_no_desk_is_open_any_more_it_has_all_that_was_saved() {
    let (mut store, _folder) = town::copy();
    let path = path_of(&store);
    take(&mut store, "只在日志里");
    let before = count(&path, "ticket");
    let away = beside(&path, ".away");
    fs::rename(&path, &away).expect("moved");
    assert_eq!(store.moved().map(how), Some(Moved::Gone));
    drop(store);
    fs::rename(&away, &path).expect("moved back");
    let store = Store::open(&path, Access::Read, who("next"), town::now()).expect("it opens");
    assert_eq!(count(&path, "ticket"), before);
    drop(store);
    assert_eq!(check(&path).expect("a data file").faults, Vec::<String>::new());
}

#[test]
fn a_log_does_not_come_back_to_a_file_written_since_without_it() {
    let (mut store, folder) = town::copy();
    let path = path_of(&store);
    take(&mut store, "只在日志里");
    let away = folder.path().join("away.db");
    fs::rename(&path, &away).expect("moved");
    assert_eq!(store.moved().map(how), Some(Moved::Gone));
    drop(store);
    let mut elsewhere = Store::open(&away, Access::Write, who("elsewhere"), town::now()).expect("it opens");
    // Two: with the old log over them there would be one.
    take(&mut elsewhere, "在别处存的");
    take(&mut elsewhere, "在别处又存的");
    elsewhere.close(town::now()).expect("closed");
    let now_there = count(&away, "ticket");
    fs::rename(&away, &path).expect("moved back");
    let store = Store::open(&path, Access::Read, who("next"), town::now()).expect("it opens");
    assert_eq!(count(&path, "ticket"), now_there);
    drop(store);
    assert_eq!(check(&path).expect("a data file").faults, Vec::<String>::new());
}

/// A link in the place of the log's index, which is never followed: it cannot be made, as on a full disk.
fn frozen() -> (Store, tempfile::TempDir, PathBuf) {
    let (store, folder) = town::copy();
    let path = path_of(&store);
    store.close(town::now()).expect("closed");
    let index = beside(&path, "-shm");
    std::os::unix::fs::symlink("nowhere", &index).expect("a link");
    let store = Store::open(&path, Access::Read, who("frozen"), town::now()).expect("read all the same");
    assert!(store.is_frozen());
    (store, folder, index)
}

#[test]
fn opened_as_on_a_full_disk_a_file_that_is_gone_is_written_out_with_all_it_holds() {
    let (mut store, _folder, _) = frozen();
    let path = path_of(&store);
    let away = beside(&path, ".away");
    fs::rename(&path, &away).expect("moved");
    assert_eq!(how(trouble(store.thaw(town::now()))), Moved::Gone);
    let rescued = store.rescue(town::now()).expect("written out");
    assert_eq!(count(&rescued, "ticket"), count(&away, "ticket"));
}

#[test]
fn nothing_is_written_out_while_nothing_is_held() {
    use std::os::unix::fs::PermissionsExt;
    let (mut store, _folder, index) = frozen();
    let path = path_of(&store);
    let mode = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("its mode");
    mode(0o644);
    assert!(matches!(trouble(store.thaw(town::now())), Trouble::Readable { .. }));
    store.rescue(town::now()).expect_err("an empty file is no rescue");
    assert!(!path.with_file_name("backups").exists());
    mode(0o600);
    fs::remove_file(index).expect("removed");
    assert_eq!(store.thaw(town::now()), Ok(true));
    store.rescue(town::now()).expect("written out");
}
