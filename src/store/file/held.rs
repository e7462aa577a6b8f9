//! Checks, before each commit, that the name of the data file still leads to the file that is open, with its own log beside
//! it. If not, the commit is refused: what it writes could not be found again. Nothing is read or written through the file here.

use std::cell::RefCell;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::domain::base::time::Time;
use crate::domain::base::trouble::{Moved, Trouble};
use crate::store::file::backup;
use crate::store::file::engine::Connection;
use crate::store::file::error::Result;
use crate::store::file::open::{Access, beside, rename_to_new};
use crate::store::{Store, Who};

/// Device and number: what a file is, whatever its name.
type Identity = (u64, u64);

/// The log of a file and the log's index: they belong to the file, not to its name.
const LOGS: [&str; 2] = ["-wal", "-shm"];

/// A file that is open, and the name it was opened under. Looking costs some microseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// As it was asked for.
    asked: PathBuf,
    /// From the root, so that it holds wherever the program works.
    full: PathBuf,
    file: Identity,
    logs: [Option<Identity>; 2],
}

fn identity(path: &Path) -> Option<Identity> {
    path.symlink_metadata().ok().map(|about| (about.dev(), about.ino()))
}

impl Held {
    /// What lies under the name now; taken before the file is opened.
    pub(in crate::store) fn about_to_open(asked: &Path, full: &Path) -> Result<Self> {
        let about = full.symlink_metadata()?;
        Ok(Self { asked: asked.to_owned(), full: full.to_owned(), file: (about.dev(), about.ino()), logs: [None; 2] })
    }

    /// The file is open: what lies beside it now is its log.
    pub(in crate::store) fn with_logs(&mut self) {
        self.logs = LOGS.map(|tail| identity(&beside(&self.full, tail)));
    }

    /// The file is open with its log: each commit through `conn` is refused from now on when the name leads elsewhere.
    pub(in crate::store) fn watch(&mut self, conn: &Connection) -> Result<()> {
        self.with_logs();
        self.hold()?;
        let held = self.clone();
        // True turns the commit into a rollback; why is taken up by `in_transaction`, on this same thread.
        conn.before_commit(move || match held.hold() {
            Ok(()) => false,
            Err(trouble) => {
                WHY.with_borrow_mut(|why| *why = Some(trouble));
                true
            }
        })
    }

    /// The name, as it was asked for.
    pub fn asked(&self) -> &Path {
        &self.asked
    }

    /// How the name and the open file came apart; `None` while the name leads to the file and its log lies beside it.
    pub fn moved(&self) -> Option<Moved> {
        let moved = self.look()?;
        self.keep_logs_apart();
        // It may have been put back where it was, and its log with it now.
        if moved == Moved::Log { self.look() } else { Some(moved) }
    }

    /// As [`Self::moved`], as an error.
    pub(in crate::store) fn hold(&self) -> std::result::Result<(), Trouble> {
        match self.moved() {
            None => Ok(()),
            Some(how) => Err(Trouble::Moved { path: self.asked.display().to_string(), how }),
        }
    }

    fn look(&self) -> Option<Moved> {
        let about = match self.full.symlink_metadata() {
            Ok(about) => about,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Some(Moved::Gone);
            }
            // What cannot be looked at cannot be known to be there.
            Err(_) => return Some(Moved::Replaced),
        };
        if (about.dev(), about.ino()) != self.file {
            return Some(Moved::Replaced);
        }
        // Opened under its second name it would get a second log.
        if about.nlink() > 1 {
            return Some(Moved::Linked);
        }
        LOGS.iter().zip(self.logs).any(|(tail, log)| log.is_some() && !self.is_at(tail, log)).then_some(Moved::Log)
    }

    fn is_at(&self, tail: &str, log: Option<Identity>) -> bool {
        log.is_some() && identity(&beside(&self.full, tail)) == log
    }

    fn aside(&self) -> PathBuf {
        aside(&self.full, self.file)
    }

    /// Removes logs that went out of the way: what they hold is in another file by now.
    pub(in crate::store) fn forget_logs(&self) {
        for (tail, log) in LOGS.into_iter().zip(self.logs) {
            let there = beside(&self.aside(), tail);
            if log.is_some() && identity(&there) == log {
                let _ = std::fs::remove_file(there);
            }
        }
    }

    /// A log left beside another file would be taken for that file's and damage it, so it goes out of the way with the file
    /// it belongs to, and comes back with it. The open connections go on with it under any name.
    fn keep_logs_apart(&self) {
        let [wal, _] = self.logs;
        let file_here = identity(&self.full) == Some(self.file);
        let aside = self.aside();
        let (back, log_here) = (identity(&beside(&aside, LOGS[0])) == wal, self.is_at(LOGS[0], wal));
        for (tail, log) in LOGS.into_iter().zip(self.logs) {
            let (here, there) = (beside(&self.full, tail), beside(&aside, tail));
            let renamed = match file_here {
                true if back && wal.is_some() => (identity(&there) == log).then(|| rename_to_new(&there, &here)),
                // Its log is gone: who opens the file now must not read by the index of the old log.
                true if log_here => None,
                _ => self.is_at(tail, log).then(|| rename_to_new(&here, &there)),
            };
            // Another desk was quicker, or the folder may not be written: the next look tries again.
            let _ = renamed;
        }
    }
}

/// The name the logs of a file go out of the way under, with their own endings.
fn aside(path: &Path, (_, number): Identity) -> PathBuf {
    beside(path, &format!(".held-{number}"))
}

/// Brings back the log of a file that is about to be opened: it was moved away and put back when no desk was open any more to
/// see that. What was saved last may be in that log only.
///
/// It stays out of the way where another log lies here, and where the file was made or written after its log went: by another
/// program under another name, or it is a new file with the old one's number.
pub(in crate::store) fn bring_logs_back(path: &Path) {
    let Some(file) = identity(path) else { return };
    let aside = aside(path, file);
    let Ok(log) = beside(&aside, LOGS[0]).symlink_metadata() else { return };
    let went = (log.ctime(), log.ctime_nsec());
    let unwritten = path.metadata().is_ok_and(|about| {
        let made = about.created().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        let made = made.and_then(|at| Some((i64::try_from(at.as_secs()).ok()?, i64::from(at.subsec_nanos()))));
        (about.mtime(), about.mtime_nsec()) <= went && made.is_some_and(|made| made <= went)
    });
    if !unwritten || identity(&beside(path, LOGS[0])).is_some() {
        return;
    }
    // The index first: found without it, the log would get a second one beside that of a desk still open.
    for tail in [LOGS[1], LOGS[0]] {
        // Another start was quicker, or there is no index: it is made anew.
        let _ = rename_to_new(&beside(&aside, tail), &beside(path, tail));
    }
}

/// The indexes of logs that went out of the way of this data file's name.
pub(in crate::store) fn indexes_apart(path: &Path) -> Vec<PathBuf> {
    let stem = format!("{}.held-", path.file_name().unwrap_or_default().to_string_lossy());
    let Ok(files) = std::fs::read_dir(crate::store::file::open::folder_of(path)) else { return Vec::new() };
    let is_index = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(&stem) && name.ends_with("-shm")
    };
    files.flatten().map(|file| file.path()).filter(is_index).collect()
}

thread_local! {
    /// Why the commit under way on this thread was turned into a rollback.
    static WHY: RefCell<Option<Trouble>> = const { RefCell::new(None) };
}

/// Runs `change` in a transaction; [`Trouble::Moved`] where its commit was refused above.
pub(in crate::store) fn in_transaction<T>(conn: &Connection, change: impl FnOnce() -> Result<T>) -> Result<T> {
    WHY.take();
    conn.in_transaction(change).map_err(|error| WHY.take().map_or(error, Into::into))
}

impl Store {
    /// Opens the same file once more: never another that has come under its name meanwhile.
    ///
    /// # Errors
    /// [`Trouble::Moved`], and those of [`Store::open`].
    pub fn again(held: &Held, access: Access, who: Who, now: Time) -> Result<Self> {
        held.hold()?;
        let store = Self::open(&held.asked, access, who, now)?;
        if store.held.file == held.file {
            Ok(store)
        } else {
            Err(Trouble::Moved { path: held.asked.display().to_string(), how: Moved::Replaced }.into())
        }
    }

    /// [`Trouble::Moved`] when the file is not found under its name any more; `None` while it is.
    pub fn moved(&self) -> Option<Trouble> {
        self.held.hold().err()
    }

    /// The file that is open, with its name.
    pub const fn held(&self) -> &Held {
        &self.held
    }

    /// Writes all that the open file holds into a new file of the folder of backups, though the name of the data file leads
    /// elsewhere; gives that file.
    ///
    /// # Errors
    /// When it cannot be made or is not sound; no half file is left. When nothing is held, as between two tries of
    /// [`Store::thaw`].
    pub fn rescue(&self, now: Time) -> Result<PathBuf> {
        if self.conn.path().is_none() {
            return Err(Trouble::ReadOnly.into());
        }
        let to = backup::default_path(&self.path, self.zone, "rescued", now);
        backup::make(&self.conn, &self.path, &to)?;
        Ok(to)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // What lies under the name may be another's now, and the log with it: nothing is copied back and nothing removed.
        if self.held.moved().is_some() {
            let _ = self.conn.leave_log_at_close(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_goes_with_its_file_and_comes_back_with_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let path = at("desk.db");
        for tail in ["", "-wal", "-shm"] {
            std::fs::write(beside(&path, tail), format!("mine{tail}")).expect("a file");
        }
        let mut held = Held::about_to_open(&path, &path).expect("there");
        held.with_logs();
        std::fs::rename(&path, at("away.db")).expect("moved");
        assert_eq!(held.moved(), Some(Moved::Gone));
        assert!(!at("desk.db-wal").exists() && !at("desk.db-shm").exists(), "a new file finds no old log");
        std::fs::rename(at("away.db"), &path).expect("moved back");
        assert_eq!(held.moved(), None, "all is as it was");
        let read = |name: &str| std::fs::read_to_string(at(name)).expect(name);
        assert_eq!(read("desk.db-wal"), "mine-wal");
        std::fs::write(at("other.db"), "other").expect("a file");
        std::fs::rename(at("other.db"), &path).expect("replaced");
        assert_eq!(held.moved(), Some(Moved::Replaced));
        std::fs::write(at("desk.db-wal"), "other's log").expect("a file");
        assert_eq!((held.moved(), read("desk.db-wal").as_str()), (Some(Moved::Replaced), "other's log"));
    }
}
