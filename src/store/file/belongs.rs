//! Which files hold the desk's data: known by their names beside the data file, by being the same file under another name,
//! and by how they begin. Nothing is written here, and no file of the open desk is opened.

use std::fs::File;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use crate::store::file::{backup, open};

/// What stands behind a data file's name in the names of what SQLite and the desk keep beside it while it is open.
const TAILS: [&str; 6] = ["", "-wal", "-shm", "-drafts", "-drafts-wal", "-drafts-shm"];

/// How databases, their logs and their journals begin.
const BEGINNINGS: [&[u8]; 4] = [
    b"SQLite format 3\0",
    &[0x37, 0x7f, 0x06, 0x82],
    &[0x37, 0x7f, 0x06, 0x83],
    &[0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7],
];

/// Whether a file of this name holds data of a desk, or would be taken for such a file if it were there: the data file,
/// what lies beside it under its name, all of its folder of backups, and any other database.
pub fn holds_data(data_file: &Path, path: &Path) -> bool {
    let ours = by_name(data_file, path) || TAILS.iter().any(|tail| same(&open::beside(data_file, tail), path));
    // Only what is none of those is opened: closing a file would take this program's own locks on it away.
    ours || begins_as_data(path)
}

fn by_name(data_file: &Path, path: &Path) -> bool {
    let folder = |file: &Path| open::folder_of(file).canonicalize().ok();
    let (Some(ours), Some(theirs)) = (folder(data_file), folder(path)) else { return false };
    if theirs.starts_with(ours.join(backup::FOLDER)) {
        return true;
    }
    let name = |file: &Path| file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (data_file, path) = (name(data_file), name(path));
    let Some(rest) = path.strip_prefix(&data_file).filter(|_| ours == theirs) else { return false };
    // `desk.db-wal`, but not `desk.db-refused.csv`.
    rest.is_empty()
        || [".before-restore-", ".held-"].iter().any(|tail| rest.starts_with(tail))
        || rest.starts_with('-') && !rest.contains('.')
}

/// Whether both names lead to one file.
fn same(one: &Path, other: &Path) -> bool {
    let (Ok(one), Ok(other)) = (one.metadata(), other.metadata()) else { return false };
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

fn begins_as_data(path: &Path) -> bool {
    let mut head = Vec::new();
    // A pipe would be waited for.
    let read = path.is_file().then(|| File::open(path).and_then(|file| file.take(16).read_to_end(&mut head)));
    matches!(read, Some(Ok(_))) && BEGINNINGS.iter().any(|beginning| head.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_data_is_known_by_name_by_identity_and_by_its_beginning() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(at("backups/old")).expect("a folder");
        let data = at("desk.db");
        std::fs::write(&data, "damaged").expect("a file");
        std::fs::hard_link(&data, at("second.txt")).expect("a second name");
        std::os::unix::fs::symlink(folder.path(), at("here")).expect("a link");
        std::fs::write(at("other"), "SQLite format 3\0..").expect("a file");
        std::fs::write(at("log"), [0x37, 0x7f, 0x06, 0x83, 0, 0]).expect("a file");
        for held in [
            "desk.db",
            "desk.db-wal",
            "desk.db-shm",
            "desk.db-journal",
            "desk.db-drafts",
            "desk.db-drafts-wal",
            "desk.db.before-restore-20261124-100000",
            "desk.db.before-restore-20261124-100000-wal",
            "second.txt",
            "backups/out.txt",
            "backups/old/out.txt",
            "here/desk.db",
            "here/backups/out.txt",
            "other",
            "log",
        ] {
            assert!(holds_data(&data, &at(held)), "{held}");
        }
        std::fs::write(at("empty"), "").expect("a file");
        std::fs::write(at("backups.txt"), "SQLite format 2").expect("a file");
        for free in
            ["out.csv", "empty", "backups.txt", "desk.db.csv", "desk.db-refused-20261124-100000.csv", "no/desk.db"]
        {
            assert!(!holds_data(&data, &at(free)), "{free}");
        }
    }
}
