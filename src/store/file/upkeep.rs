//! The care of an open data file: its log copied when nobody waits, backups, the look through after a kill, closing. What is
//! damaged is only read.

use std::path::{Path, PathBuf};

use crate::domain::base::time::Time;
use crate::store::file::backup::{self, hourly};
use crate::store::file::engine::Connection;
use crate::store::file::error::Result;
use crate::store::file::open::Access;
use crate::store::file::{damage, session, writer};
use crate::store::ticket::words_sqlite;
use crate::store::{MERGE_AFTER, Store, open_any_way};

impl Store {
    /// Whether the file was opened as on a full disk, where the index of its log cannot be made: changes of other desks may not
    /// be seen through this connection.
    pub const fn is_frozen(&self) -> bool {
        self.frozen
    }

    /// Opens a frozen file anew, with the index of its log where that can be made by now. Tells whether it was: what was set on
    /// the connection ([`Self::stop_when`]) is set again then.
    ///
    /// # Errors
    /// Those of opening; asked again, it tries again.
    pub fn thaw(&mut self, now: Time) -> Result<bool> {
        if !self.frozen {
            return Ok(false);
        }
        // Of a file that is gone this connection may be all there is.
        self.held.hold()?;
        // Let go first: without that index this connection may hold the file alone.
        drop(std::mem::replace(&mut self.conn, Connection::to_nothing()?));
        (self.conn, self.held, self.frozen) = open_any_way(&self.path, Access::Read, now)?;
        Ok(true)
    }

    /// What was found when the file was marked as damaged; nothing where it is not.
    pub fn damage(&self) -> Option<String> {
        damage::found(&self.path)
    }

    /// Copies the write-ahead log into the main file if it has grown, and puts the text index together; called when nobody
    /// waits.
    ///
    /// # Errors
    /// Those of writing; nothing is lost then, the log is only longer.
    pub fn tidy(&mut self) -> Result<()> {
        self.held.hold()?;
        if self.damage().is_some() {
            return Ok(());
        }
        if self.unmerged >= MERGE_AFTER {
            self.unmerged = 0;
            self.noted(words_sqlite::merge(&self.conn))?;
        }
        self.noted(writer::tidy(&self.conn))
    }

    /// Makes a backup into `to` in one step, checked by opening it; never over another file.
    ///
    /// # Errors
    /// When it cannot be made or is not sound; no half file is left.
    pub fn backup(&mut self, to: &Path, now: Time) -> Result<()> {
        self.noted(backup::make(&self.conn, &self.path, to))?;
        backup::note(&self.conn, &mut self.seat, to, now)
    }

    /// Makes the hourly backup if it is time and this desk's turn, and removes those too old; gives the file made.
    ///
    /// # Errors
    /// When it cannot be made or is not sound; another is tried after some minutes.
    pub fn hourly_backup(&mut self, now: Time) -> Result<Option<PathBuf>> {
        damage::refuse(&self.path)?;
        let made = hourly::make(&self.conn, &self.path, &mut self.seat, now);
        self.noted(made)
    }

    /// Whether a desk went away without closing: killed, or the power failed.
    ///
    /// # Errors
    /// Those of reading.
    pub fn left_unclosed(&self) -> Result<bool> {
        Ok(!session::dead(&self.conn)?.is_empty())
    }

    /// Looks through the whole file after a desk went away without closing; once for each.
    ///
    /// # Errors
    /// [`crate::domain::base::trouble::Trouble::Damaged`] when something is wrong with it.
    pub fn check_after_kill(&self, now: Time) -> Result<()> {
        let dead = session::dead(&self.conn)?;
        if dead.is_empty() {
            return Ok(());
        }
        self.noted(self.conn.quick_check())?;
        writer::write(&self.conn, || dead.iter().try_for_each(|session| session::end(&self.conn, *session, now)))
    }

    /// Where a backup made now goes by default: the folder `backups` beside the data file.
    pub fn backup_path(&self, now: Time) -> PathBuf {
        backup::default_path(&self.path, self.zone, "backup", now)
    }

    /// Ends the session and copies the log into the main file.
    ///
    /// # Errors
    /// Those of writing.
    pub fn close(self, now: Time) -> Result<()> {
        let Some(session) = self.seat.session().filter(|_| self.damage().is_none()) else { return Ok(()) };
        writer::write(&self.conn, || session::end(&self.conn, session, now))?;
        self.noted(writer::checkpoint_all(&self.conn))
    }
}
