//! What is refused at the door, and that it is left exactly as it was. Damaged files of ours are in `damage`.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use township_desk::domain::base::trouble::Trouble;
use township_desk::store::{Access, NewTownship, Result, Store, VERSION, guard_library};

use super::{empty, raw, take, trouble, who};
use crate::support::town;

fn open(path: &Path) -> Result<Store> {
    Store::open(path, Access::Write, who("test"), town::now())
}

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    (folder, path)
}

fn private(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).expect("a file");
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("its mode");
}

/// Opened for reading and for writing: refused so, and not a byte of it changed.
#[track_caller]
fn is_refused(path: &Path, why: impl Fn(&Trouble) -> bool) {
    let before = fs::read(path).expect("the file");
    for access in [Access::Read, Access::Write] {
        let found = trouble(Store::open(path, access, who("test"), town::now()));
        assert!(why(&found), "{found:?}");
        assert!(fs::read(path).expect("the file") == before, "the file was changed by opening it for {access:?}");
    }
    let name = path.display().to_string();
    let new = NewTownship {
        name: "新".to_owned(),
        company: "新".to_owned(),
        desk_phone: String::new(),
        office: 1,
        zone: township_desk::domain::base::time::CHINA,
    };
    assert_eq!(trouble(Store::create(path, &new, who("test"), town::now())), Trouble::Exists { path: name });
    assert!(fs::read(path).expect("the file") == before, "the file was changed by making one in its place");
}

fn not_ours(found: &Trouble) -> bool {
    matches!(found, Trouble::NotOurs { .. })
}

#[test]
fn files_of_others_are_left_alone() {
    let (_folder, path) = folder();
    for bytes in [&b""[..], b"a shopping list\n", &[0; 8192], b"SQLite format 3\0", &[b'x'; 100_000]] {
        private(&path, bytes);
        is_refused(&path, not_ours);
    }
    fs::remove_file(&path).expect("removed");
    private(&path, b"");
    raw(&path).execute_batch("CREATE TABLE other (x); INSERT INTO other VALUES (1)").expect("another program's file");
    is_refused(&path, not_ours);
    assert_eq!(fs::read_dir(path.parent().expect("a folder")).expect("a folder").count(), 1, "nothing lies beside it");
}

#[test]
fn a_newer_file_is_refused_and_not_a_byte_is_changed() {
    let (mut store, _folder) = empty();
    let path = store.path().to_owned();
    take(&mut store, "漏水");
    store.close(town::now()).expect("closed");
    raw(&path).pragma_update(None, "user_version", VERSION + 1).expect("a version");
    is_refused(&path, |found| *found == Trouble::TooNew { file: VERSION + 1, ours: VERSION });
}

#[test]
fn a_newer_file_with_a_log_left_by_a_kill_is_not_touched_either() {
    let (mut store, folder) = empty();
    take(&mut store, "漏水");
    raw(store.path()).pragma_update(None, "user_version", VERSION + 1).expect("a version");
    let path = folder.path().join("copy.db");
    for tail in ["", "-wal"] {
        let name = |path: &Path| PathBuf::from(format!("{}{tail}", path.display()));
        fs::copy(name(store.path()), name(&path)).expect("a copy");
    }
    let log = fs::read(folder.path().join("copy.db-wal")).expect("the log");
    assert!(!log.is_empty());
    is_refused(&path, |found| *found == Trouble::TooNew { file: VERSION + 1, ours: VERSION });
    assert!(fs::read(folder.path().join("copy.db-wal")).expect("the log") == log, "the log was taken in");
}

#[test]
fn what_is_no_plain_private_file_is_refused_by_name() {
    let (store, folder) = empty();
    let path = store.path().to_owned();
    store.close(town::now()).expect("closed");
    let missing = folder.path().join("none.db");
    assert!(matches!(trouble(open(&missing)), Trouble::Missing { .. }));
    assert!(!missing.exists(), "looking makes no file");
    assert!(matches!(trouble(open(folder.path())), Trouble::NotOurs { .. }));
    let link = folder.path().join("link.db");
    std::os::unix::fs::symlink(&path, &link).expect("a link");
    assert!(matches!(trouble(open(&link)), Trouble::Link { .. }));
    fs::remove_file(&link).expect("removed");
    fs::hard_link(&path, &link).expect("a second name");
    assert!(matches!(trouble(open(&path)), Trouble::Link { .. }));
    fs::remove_file(&link).expect("removed");
    for mode in [0o644, 0o640, 0o604, 0o666] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("its mode");
        let found = trouble(open(&path));
        assert_eq!(found, Trouble::Readable { path: path.display().to_string(), mode });
        let words = township_desk::text::trouble::sentence(&found, township_desk::text::Lang::En);
        assert!(words.contains("chmod 600"), "the fix is named: {words}");
    }
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("its mode");
    open(&path).expect("and now it opens");
}

#[test]
fn everything_made_beside_the_file_is_private() {
    let (mut store, folder) = empty();
    take(&mut store, "漏水");
    let (_side, _) = store.drafts("test").expect("drafts");
    store.backup(&store.backup_path(town::now()), town::now()).expect("a backup");
    let mut seen = 0;
    for place in [folder.path().to_owned(), folder.path().join("backups")] {
        for entry in fs::read_dir(place).expect("a folder").map(|e| e.expect("an entry")) {
            let meta = entry.metadata().expect("its data");
            if meta.is_file() {
                assert_eq!(meta.permissions().mode() & 0o777, 0o600, "{:?}", entry.file_name());
                seen += 1;
            }
        }
    }
    assert!(seen >= 5, "file, log, its index, drafts, backup: {seen}");
}

#[test]
fn the_library_is_one_without_the_fault() {
    assert!(guard_library(3_051_002).is_err());
    let version = township_desk::store::library_version();
    let number = version.split('.').fold(0, |number, part| number * 1_000 + part.parse::<i32>().expect("a number"));
    assert_eq!(guard_library(number), Ok(()), "{version}");
}

#[test]
fn a_new_file_that_cannot_be_finished_leaves_nothing() {
    let (folder, path) = folder();
    // An office out of range is refused by the last wall, in the middle of filling.
    let new = NewTownship {
        name: "镇".to_owned(),
        company: "司".to_owned(),
        desk_phone: String::new(),
        office: 5_000,
        zone: township_desk::domain::base::time::CHINA,
    };
    trouble(Store::create(&path, &new, who("test"), town::now()));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[test]
fn where_nothing_may_be_written_that_is_what_is_said() {
    let (store, folder) = empty();
    let path = store.path().to_owned();
    store.close(town::now()).expect("closed");
    let before = fs::read(&path).expect("the file");
    let mut other = super::worker::command("says", &path, 0);
    if rustix::process::geteuid().is_root() {
        // Nothing is forbidden to root: somebody else looks.
        use std::os::unix::process::CommandExt;
        const NOBODY: u32 = 65_534;
        for owned in [folder.path(), path.as_path()] {
            std::os::unix::fs::chown(owned, Some(NOBODY), Some(NOBODY)).expect("given away");
        }
        other.uid(NOBODY).gid(NOBODY);
    }
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).expect("its mode");
    let mut said = Vec::new();
    if let Ok(mut child) = other.spawn() {
        said.extend(super::worker::acks(&mut child));
        child.wait().expect("an end");
    }
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).expect("its mode");
    assert_eq!(said, ["ReadOnly"]);
    assert!(fs::read(&path).expect("the file") == before);
}
