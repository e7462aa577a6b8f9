//! The side file beside the data file: half-typed intakes, kept with every key. It may be lost without harm to the desk's data.
//! Parked intakes are not here; they are in the data file.

use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use super::error::{Error, Result};
use super::held::Held;
use super::open::{beside, quick_check};
use crate::domain::id::CommandUid;
use crate::domain::op::parked::Form;
use crate::domain::trouble::{Moved, Trouble};

/// Drafts by slot.
#[derive(Debug)]
pub struct Side {
    conn: Connection,
    /// The file, and the name it must be found under again.
    held: Held,
    data_file: PathBuf,
    /// Tells this terminal's drafts from another's.
    owner: String,
}

/// The side file of a data file: `desk.db` has `desk.db-drafts`.
pub(super) fn path_of(data_file: &Path) -> PathBuf {
    beside(data_file, "-drafts")
}

impl Side {
    /// Opens or makes the side file. `owner` names the terminal. A damaged one goes out of the way: it holds nothing up.
    ///
    /// # Errors
    /// When the file can neither be opened nor made.
    pub fn open(data_file: &Path, owner: &str) -> Result<Self> {
        match Self::open_sound(data_file, owner) {
            Err(Error::Trouble(Trouble::Damaged { .. })) => {
                let path = path_of(data_file);
                for tail in ["-wal", "-shm", ""] {
                    // A log or its index need not be there; where the file itself stays, opening says why.
                    let _ = std::fs::rename(beside(&path, tail), beside(&path, &format!("-damaged{tail}")));
                }
                Self::open_sound(data_file, owner)
            }
            opened => opened,
        }
    }

    fn open_sound(data_file: &Path, owner: &str) -> Result<Self> {
        use std::os::unix::fs::OpenOptionsExt;
        let path = path_of(data_file);
        let made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        if let Err(e) = made
            && e.kind() != std::io::ErrorKind::AlreadyExists
        {
            return Err(e.into());
        }
        let mut held = Held::about_to_open(&path, &path.canonicalize()?)?;
        let conn =
            Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        conn.busy_timeout(std::time::Duration::from_millis(200))?;
        // A key must cost nothing: no fsync. A killed program loses nothing all the same, only a power cut may.
        conn.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA secure_delete = ON; \
             CREATE TABLE IF NOT EXISTS draft (uid BLOB PRIMARY KEY, owner TEXT NOT NULL, pid INTEGER NOT NULL, form TEXT NOT NULL) STRICT;",
        )?;
        quick_check(&conn)?;
        held.with_logs();
        Ok(Self { conn, held, data_file: data_file.to_owned(), owner: owner.to_owned() })
    }

    /// Keeps a draft as it is typed.
    ///
    /// # Errors
    /// When the side file cannot be written.
    pub fn keep(&mut self, form: &Form) -> Result<()> {
        self.stay()?;
        let text = serde_json::to_string(form).unwrap_or_default();
        self.conn
            .prepare_cached(
                "INSERT INTO draft (uid, owner, pid, form) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT (uid) DO UPDATE SET form = ?4, owner = ?2, pid = ?3",
            )?
            .execute(params![form.uid.0.as_bytes(), self.owner, std::process::id(), text])?;
        Ok(())
    }

    /// Where the side file was removed or replaced, all drafts go into the one that is found under its name.
    fn stay(&mut self) -> Result<()> {
        if !matches!(self.held.moved(), Some(Moved::Gone | Moved::Replaced)) {
            return Ok(());
        }
        let new = Self::open(&self.data_file, &self.owner)?;
        let mut read = self.conn.prepare("SELECT uid, owner, pid, form FROM draft")?;
        let mut rows = read.query([])?;
        while let Some(row) = rows.next()? {
            let (uid, owner): (Vec<u8>, String) = (row.get(0)?, row.get(1)?);
            let (pid, form): (i32, String) = (row.get(2)?, row.get(3)?);
            new.conn
                .prepare_cached(
                    "INSERT INTO draft (uid, owner, pid, form) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
                )?
                .execute(params![uid, owner, pid, form])?;
        }
        drop(rows);
        drop(read);
        self.conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        self.held.forget_logs();
        *self = new;
        Ok(())
    }

    /// Drops a draft: it was saved, parked, or emptied.
    ///
    /// # Errors
    /// When the side file cannot be written.
    pub fn drop_draft(&self, uid: CommandUid) -> Result<()> {
        self.conn.prepare_cached("DELETE FROM draft WHERE uid = ?1")?.execute([uid.0.as_bytes()])?;
        Ok(())
    }

    /// Drafts left behind: this terminal's, and those of programs no longer running. A draft whose command is in the data
    /// file was saved before the program died; it is dropped.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn left_behind(&self, data: &Connection) -> Result<Vec<Form>> {
        let mut statement = self.conn.prepare("SELECT owner, pid, form FROM draft ORDER BY uid")?;
        let rows: Vec<(String, i32, String)> = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let mut forms = Vec::new();
        for (_, pid, text) in rows {
            let ours = i64::from(pid) == i64::from(std::process::id());
            let Ok(form) = serde_json::from_str::<Form>(&text) else { continue };
            if !ours && runs(pid) {
                continue;
            }
            let done = |sql: &str| -> Result<bool> {
                Ok(data
                    .prepare_cached(sql)?
                    .query_row([form.uid.0.as_bytes()], |row| row.get::<_, i64>(0))
                    .optional()?
                    .is_some())
            };
            if done("SELECT 1 FROM command WHERE cmd_uid = ?1")? || done("SELECT 1 FROM parked WHERE cmd_uid = ?1")? {
                self.drop_draft(form.uid)?;
            } else {
                forms.push(form);
            }
        }
        Ok(forms)
    }
}

/// Whether a process of this number runs on this machine, ours to signal or not.
pub(super) fn runs(pid: i32) -> bool {
    use rustix::process::{Pid, test_kill_process};
    Pid::from_raw(pid).is_some_and(|pid| test_kill_process(pid) != Err(rustix::io::Errno::SRCH)) && !has_ended(pid)
}

/// Whether it has ended and only its entry is left, until its parent looks. Known on Linux; elsewhere it counts as running.
fn has_ended(pid: i32) -> bool {
    // `PID (name) Z ..`; a name may hold anything, a bracket too.
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit(") ").next().is_some_and(|rest| rest.starts_with(['Z', 'X']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn a_process_that_has_ended_does_not_run_though_nobody_has_looked() {
        assert!(runs(i32::try_from(std::process::id()).expect("a number")));
        let mut child = std::process::Command::new("true").spawn().expect("a process");
        let pid = i32::try_from(child.id()).expect("a number");
        let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
        while runs(pid) {
            assert!(std::time::Instant::now() < until, "it has ended long ago");
            std::thread::yield_now();
        }
        child.wait().expect("its end");
    }
}
