//! Backups, checks and restoring: whole copies through SQLite's own backup, each opened and checked before it counts.
//! A damaged file is never replaced by an empty one.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, params};

use super::error::Result;
use super::open::{self, Access};
use super::writer::{self, Seat};
use crate::domain::time::{Time, Zone};
use crate::domain::trouble::Trouble;

/// Milliseconds to wait for a lock on the copy, which nobody else should hold.
const LOCKED_TRIES: u32 = 5_000;

/// The folder of backups, beside the data file.
pub(super) const FOLDER: &str = "backups";

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Faults, in the engine's words; empty when the file is sound.
    pub faults: Vec<String>,
    /// Tickets in the file.
    pub tickets: i64,
    /// Residents.
    pub people: i64,
    /// Events.
    pub events: i64,
}

/// Checks a whole file: pages, indexes, references between rows.
///
/// # Errors
/// When it cannot be opened as a data file at all.
pub fn check(path: &Path) -> Result<Checked> {
    let conn = open::open(path, Access::Read)?;
    let mut found = Checked::default();
    let mut statement = conn.prepare("PRAGMA integrity_check(20)")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let line: String = row.get(0)?;
        if line != "ok" {
            found.faults.push(line);
        }
    }
    let mut statement = conn.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        found.faults.push(format!("{}: a row names a row that is not there", row.get::<_, String>(0)?));
    }
    let count = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0));
    found.tickets = count("SELECT COUNT(*) FROM ticket")?;
    found.people = count("SELECT COUNT(*) FROM person")?;
    found.events = count("SELECT COUNT(*) FROM event")?;
    Ok(found)
}

/// Copies the live file to `to`: under another name first, checked, then renamed.
pub(super) fn make(conn: &Connection, from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        return Err(Trouble::Exists { path: to.display().to_string() }.into());
    }
    std::fs::create_dir_all(open::folder_of(to))?;
    let half = open::beside(to, &format!(".{}.part", std::process::id()));
    let _ = std::fs::remove_file(&half);
    let made = copy(conn, &half).and_then(|()| sound(&half, from)).and_then(|()| open::put_in_place(&half, to));
    if made.is_err() {
        let _ = std::fs::remove_file(&half);
    }
    made
}

/// Whether backups of this data file lie beside it.
pub(super) fn any_of(path: &Path) -> bool {
    let stem = format!("{}-", path.file_stem().unwrap_or_default().to_string_lossy());
    let Ok(files) = std::fs::read_dir(open::folder_of(path).join(FOLDER)) else { return false };
    files.flatten().any(|file| {
        let name = file.file_name().to_string_lossy().into_owned();
        name.starts_with(&stem) && name.ends_with(".db")
    })
}

fn copy(conn: &Connection, to: &Path) -> Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    drop(std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?);
    let mut target = Connection::open_with_flags(to, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let backup = rusqlite::backup::Backup::new(conn, &mut target)?;
    // All pages in one step: a copy made in several would begin again with every save in between.
    let mut tries = 0;
    while backup.step(-1)? != rusqlite::backup::StepResult::Done {
        tries += 1;
        if tries > LOCKED_TRIES {
            return Err(Trouble::Busy.into());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    drop(backup);
    // A backup is one file: no log beside it.
    target.pragma_update(None, "journal_mode", "DELETE")?;
    Ok(())
}

/// Opens a copy and checks it.
fn sound(copy: &Path, from: &Path) -> Result<()> {
    let conn = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let first: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if first == "ok" {
        Ok(())
    } else {
        Err(Trouble::Damaged { detail: format!("the copy of {}", from.display()) }.into())
    }
}

/// A backup before something large is done to the file.
pub(super) fn beside(conn: &Connection, path: &Path, why: &str, now: Time) -> Result<PathBuf> {
    let zone = super::township::zone(conn)?;
    let to = default_path(path, zone, why, now);
    make(conn, path, &to)?;
    Ok(to)
}

/// `backups/desk-20261124-143200-upgrade.db` beside the data file.
pub(super) fn default_path(path: &Path, zone: Zone, why: &str, now: Time) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let stamp = zone.local(now).format("%Y%m%d-%H%M%S");
    let folder = open::folder_of(path).join(FOLDER);
    let mut to = folder.join(format!("{stem}-{stamp}-{why}.db"));
    let mut n = 2;
    while to.exists() {
        to = folder.join(format!("{stem}-{stamp}-{why}-{n}.db"));
        n += 1;
    }
    to
}

/// The newest file in the folder of backups that is sound, if there is one: what to bring back when the data file is damaged.
pub fn newest(path: &Path) -> Option<PathBuf> {
    let stem = path.file_stem()?.to_string_lossy().into_owned();
    let ours = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.strip_prefix(&stem).is_some_and(|rest| rest.starts_with('-')) && name.ends_with(".db")
    };
    let folder = std::fs::read_dir(open::folder_of(path).join(FOLDER)).ok()?;
    // The stamp in the name orders them.
    let mut files: Vec<PathBuf> = folder.flatten().map(|entry| entry.path()).filter(ours).collect();
    files.sort();
    files.into_iter().rev().find(|file| sound(file, path).is_ok())
}

/// Notes that a backup was made, for the header.
pub(super) fn note(conn: &Connection, seat: &mut Seat, to: &Path, now: Time) -> Result<()> {
    let name = to.file_name().unwrap_or_default().to_string_lossy().into_owned();
    writer::housekeeping(conn, seat, now, |ids, session, _| {
        conn.execute(
            "INSERT INTO backup (id, session_id, started, finished, path) VALUES (?1, ?2, ?3, ?3, ?4)",
            params![ids.next(), session, now, name],
        )?;
        Ok(())
    })
}

/// Puts a backup in the place of the data file. The file that was there is kept beside it, whatever its state.
///
/// # Errors
/// When the backup is not a sound data file of ours; nothing is touched then.
pub fn restore(backup: &Path, to: &Path, zone: Zone, now: Time) -> Result<Option<PathBuf>> {
    let source = Connection::open_with_flags(backup, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let number = |pragma: &str| source.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    // What cannot be read as a data file at all is no backup; the data file itself is not what is wrong.
    if number("application_id").ok() != Some(i64::from(open::APPLICATION_ID)) {
        return Err(Trouble::NotOurs { path: backup.display().to_string() }.into());
    }
    super::upgrade::check_version(number("user_version")?)?;
    std::fs::create_dir_all(open::folder_of(to))?;
    let half = open::beside(to, &format!(".{}.part", std::process::id()));
    let _ = std::fs::remove_file(&half);
    let made = copy(&source, &half).and_then(|()| sound(&half, backup)).and_then(|()| {
        let kept = set_aside(to, zone, now)?;
        open::put_in_place(&half, to)?;
        Ok(kept)
    });
    if made.is_err() {
        let _ = std::fs::remove_file(&half);
    }
    made
}

/// Moves a data file out of the way, with its log: the two belong together. A log without its file goes as well, or it
/// would be taken for the new file's.
fn set_aside(path: &Path, zone: Zone, now: Time) -> Result<Option<PathBuf>> {
    if path.exists() {
        make_one(path)?;
    }
    let stamp = zone.local(now).format(".before-restore-%Y%m%d-%H%M%S").to_string();
    let mut aside = open::beside(path, &stamp);
    let mut n = 2;
    while aside.exists() {
        aside = open::beside(path, &format!("{stamp}-{n}"));
        n += 1;
    }
    let mut kept = None;
    for tail in ["", "-wal", "-shm"] {
        let (from, to) = (open::beside(path, tail), open::beside(&aside, tail));
        if from.exists() {
            std::fs::rename(&from, &to)?;
            kept.get_or_insert(to);
        }
    }
    Ok(kept)
}

/// Takes the log into a sound file, so that one file holds all. A file that is open at another desk is not moved from under
/// it; one that cannot be opened is moved as it is.
fn make_one(path: &Path) -> Result<()> {
    let Ok(conn) = open::open(path, Access::Write) else { return Ok(()) };
    match conn.pragma_update(None, "journal_mode", "DELETE") {
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => {
            Err(Trouble::InUse.into())
        }
        _ => Ok(()),
    }
}
