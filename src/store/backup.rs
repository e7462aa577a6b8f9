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
    let folder = folder_of(to);
    std::fs::create_dir_all(&folder)?;
    let half = beside_name(to, ".part");
    let _ = std::fs::remove_file(&half);
    let made = copy(conn, &half).and_then(|()| sound(&half, from));
    if let Err(error) = made {
        let _ = std::fs::remove_file(&half);
        return Err(error);
    }
    std::fs::File::open(&half)?.sync_all()?;
    std::fs::rename(&half, to)?;
    std::fs::File::open(&folder)?.sync_all()?;
    Ok(())
}

fn copy(conn: &Connection, to: &Path) -> Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    drop(std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?);
    let mut target = Connection::open_with_flags(to, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let backup = rusqlite::backup::Backup::new(conn, &mut target)?;
    // All pages in one step: a copy made in several would begin again with every save in between.
    while backup.step(-1)? != rusqlite::backup::StepResult::Done {
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
    let folder = folder_of(path).join("backups");
    let mut to = folder.join(format!("{stem}-{stamp}-{why}.db"));
    let mut n = 2;
    while to.exists() {
        to = folder.join(format!("{stem}-{stamp}-{why}-{n}.db"));
        n += 1;
    }
    to
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
    if number("application_id")? != i64::from(open::APPLICATION_ID) {
        return Err(Trouble::NotOurs { path: backup.display().to_string() }.into());
    }
    super::upgrade::check_version(number("user_version")?)?;
    std::fs::create_dir_all(folder_of(to))?;
    let half = beside_name(to, ".part");
    let _ = std::fs::remove_file(&half);
    if let Err(error) = copy(&source, &half).and_then(|()| sound(&half, backup)) {
        let _ = std::fs::remove_file(&half);
        return Err(error);
    }
    std::fs::File::open(&half)?.sync_all()?;
    let kept = if to.exists() { Some(set_aside(to, zone, now)?) } else { None };
    std::fs::rename(&half, to)?;
    std::fs::File::open(folder_of(to))?.sync_all()?;
    Ok(kept)
}

/// Moves a data file out of the way, with its log: the two belong together.
fn set_aside(path: &Path, zone: Zone, now: Time) -> Result<PathBuf> {
    let stamp = zone.local(now).format(".before-restore-%Y%m%d-%H%M%S").to_string();
    let aside = beside_name(path, &stamp);
    std::fs::rename(path, &aside)?;
    for tail in ["-wal", "-shm"] {
        let log = beside_name(path, tail);
        if log.exists() {
            std::fs::rename(&log, beside_name(&aside, tail))?;
        }
    }
    Ok(aside)
}

fn beside_name(path: &Path, tail: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(tail);
    PathBuf::from(name)
}

fn folder_of(path: &Path) -> PathBuf {
    path.parent().filter(|f| !f.as_os_str().is_empty()).map_or_else(|| PathBuf::from("."), Path::to_owned)
}
