//! The side file beside the data file: half-typed intakes, kept with every key. It may be lost without harm to the desk's data.
//! Parked intakes are not here; they are in the data file.

use std::path::{Path, PathBuf};

use crate::domain::base::id::CommandUid;
use crate::domain::base::trouble::{Moved, Trouble};
use crate::domain::parked::op::Form;
use crate::store::file::engine::{Connection, How, values};
use crate::store::file::error::{Error, Result};
use crate::store::file::held::Held;
use crate::store::file::open::beside;

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
pub(in crate::store) fn path_of(data_file: &Path) -> PathBuf {
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
        let conn = Connection::open(&path, How::Write)?;
        conn.settle_for_drafts()?;
        conn.script(include_str!("side.sql"))?;
        conn.quick_check()?;
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
        let sql = "INSERT INTO draft (uid, owner, pid, form) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (uid) DO UPDATE SET form = ?4, owner = ?2, pid = ?3";
        self.conn.run(sql, values![form.uid.0.as_bytes(), self.owner, std::process::id(), text]).map(drop)
    }

    /// Where the side file was removed or replaced, all drafts go into the one that is found under its name.
    fn stay(&mut self) -> Result<()> {
        if !matches!(self.held.moved(), Some(Moved::Gone | Moved::Replaced)) {
            return Ok(());
        }
        let new = Self::open(&self.data_file, &self.owner)?;
        self.conn.each("SELECT uid, owner, pid, form FROM draft", values![], |row| {
            let (uid, owner): (Vec<u8>, String) = (row.get("uid")?, row.get("owner")?);
            let (pid, form): (i32, String) = (row.get("pid")?, row.get("form")?);
            let sql = "INSERT INTO draft (uid, owner, pid, form) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
            new.conn.run(sql, values![uid, owner, pid, form]).map(drop)
        })?;
        self.conn.leave_log_at_close(true)?;
        self.held.forget_logs();
        *self = new;
        Ok(())
    }

    /// Drops a draft: it was saved, parked, or emptied.
    ///
    /// # Errors
    /// When the side file cannot be written.
    pub fn drop_draft(&self, uid: CommandUid) -> Result<()> {
        self.conn.run("DELETE FROM draft WHERE uid = ?1", values![uid.0.as_bytes()]).map(drop)
    }

    /// Drafts left behind: this terminal's, and those of programs no longer running. A draft whose command is in the data
    /// file was saved before the program died; it is dropped.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub(in crate::store) fn left_behind(&self, data: &Connection) -> Result<Vec<Form>> {
        let drafts = "SELECT pid, form FROM draft ORDER BY uid";
        let rows: Vec<(i32, String)> =
            self.conn.rows(drafts, values![], |row| Ok((row.get("pid")?, row.get("form")?)))?;
        let mut forms = Vec::new();
        for (pid, text) in rows {
            let ours = i64::from(pid) == i64::from(std::process::id());
            let Ok(form) = serde_json::from_str::<Form>(&text) else { continue };
            if !ours && runs(pid) {
                continue;
            }
            let saved = "SELECT EXISTS (SELECT 1 FROM command WHERE cmd_uid = ?1) \
                 OR EXISTS (SELECT 1 FROM parked WHERE cmd_uid = ?1)";
            if data.value(saved, values![form.uid.0.as_bytes()])? {
                self.drop_draft(form.uid)?;
            } else {
                forms.push(form);
            }
        }
        Ok(forms)
    }
}

/// Whether a process of this number runs on this machine, ours to signal or not.
pub(in crate::store) fn runs(pid: i32) -> bool {
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
