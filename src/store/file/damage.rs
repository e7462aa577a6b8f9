//! The mark beside a data file that was found damaged. While it lies there every desk and command, also those started later,
//! reads what it can and writes nothing; a restored backup or a check of the whole file that finds it sound takes it away.
//! Damage is not looked for here: whoever meets it reports it.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::domain::base::trouble::Trouble;
use crate::store::file::engine::Connection;
use crate::store::file::error::{Error, Result};
use crate::store::file::open;

/// `desk.db` has `desk.db-damaged`. It holds the engine's words for the first fault.
fn mark_of(data_file: &Path) -> PathBuf {
    open::beside(data_file, "-damaged")
}

/// What was found damaged; nothing where the file is not marked.
pub(in crate::store) fn found(data_file: &Path) -> Option<String> {
    let mark = mark_of(data_file);
    // The usual answer costs one look at a name.
    mark.symlink_metadata().ok()?;
    Some(std::fs::read_to_string(mark).unwrap_or_default().trim().to_owned())
}

/// Refuses to write a marked file.
///
/// # Errors
/// [`Trouble::Damaged`] with what was found then.
pub(in crate::store) fn refuse(data_file: &Path) -> Result<()> {
    found(data_file).map_or(Ok(()), |detail| Err(Trouble::Damaged { detail }.into()))
}

/// As [`refuse`], for the file of a connection.
///
/// # Errors
/// [`Trouble::Damaged`].
pub(in crate::store) fn refuse_for(conn: &Connection) -> Result<()> {
    conn.path().map_or(Ok(()), refuse)
}

/// Passes an answer on; where it tells of damage, the file is marked first and this connection copies nothing into it any
/// more, not even at closing.
pub(in crate::store) fn noted<T>(conn: &Connection, data_file: &Path, answer: Result<T>) -> Result<T> {
    if let Err(Error::Trouble(Trouble::Damaged { detail })) = &answer {
        // Setting this option does not fail on an open connection.
        let _ = conn.leave_log_at_close(true);
        mark(data_file, detail);
    }
    answer
}

/// Marks a file. What was found first stays. Where no mark can be written (a full disk), the next command meets the damage
/// again and tries again.
pub(in crate::store) fn mark(data_file: &Path, detail: &str) {
    let made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(mark_of(data_file));
    if let Ok(mut file) = made {
        let _ = file.write_all(detail.as_bytes()).and_then(|()| file.sync_all());
    }
}

/// Takes the mark away; tells whether there was one.
///
/// # Errors
/// When it is there and cannot be removed.
pub(in crate::store) fn lift(data_file: &Path) -> Result<bool> {
    match std::fs::remove_file(mark_of(data_file)) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(e.into()),
    }
}
