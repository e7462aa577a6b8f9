//! Backups and checks: whole copies through SQLite's own backup, each opened and checked before it counts.
//! How one is brought back is `restore`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, params};

use super::damage;
use super::error::{Error, Result};
use super::open;
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
    /// It was marked as damaged and is written again from now on.
    pub written_again: bool,
}

/// Checks a whole file: pages, indexes, references between rows. A file with an unsound page is marked as damaged; one whose
/// pages are all sound is marked no longer.
///
/// # Errors
/// When it cannot be opened as a data file at all.
pub fn check(path: &Path) -> Result<Checked> {
    let looked = open::open_to_read(path).and_then(|(conn, ..)| {
        let mut found = Checked { faults: unsound_pages(&conn)?, ..Checked::default() };
        match found.faults.first() {
            Some(first) => damage::mark(path, first),
            None => found.written_again = damage::lift(path)?,
        }
        found.faults.extend(dangling_rows(&conn)?);
        let count = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0));
        found.tickets = count("SELECT COUNT(*) FROM ticket")?;
        found.people = count("SELECT COUNT(*) FROM person")?;
        found.events = count("SELECT COUNT(*) FROM event")?;
        Ok(found)
    });
    if let Err(Error::Trouble(Trouble::Damaged { detail })) = &looked {
        damage::mark(path, detail);
    }
    looked
}

/// Faults of pages and indexes, in the engine's words.
fn unsound_pages(conn: &Connection) -> Result<Vec<String>> {
    let mut statement = conn.prepare("PRAGMA integrity_check(20)")?;
    let lines: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(lines.into_iter().filter(|line| line != "ok").collect())
}

fn dangling_rows(conn: &Connection) -> Result<Vec<String>> {
    let mut statement = conn.prepare("PRAGMA foreign_key_check")?;
    let lines = statement
        .query_map([], |row| Ok(format!("{}: a row names a row that is not there", row.get::<_, String>(0)?)))?;
    Ok(lines.collect::<rusqlite::Result<_>>()?)
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

/// Copies a data file whole into a new file.
pub(super) fn copy(conn: &Connection, to: &Path) -> Result<()> {
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
///
/// # Errors
/// [`Trouble::Damaged`] when a page of it is unsound.
pub(super) fn sound(copy: &Path, from: &Path) -> Result<()> {
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

/// Removes half-made copies whose maker was killed over them.
pub(super) fn remove_half_made(folder: &Path, stem: &str) {
    let Ok(files) = std::fs::read_dir(folder) else { return };
    for file in files.flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        let Some(rest) = name.strip_prefix(stem).and_then(|rest| rest.strip_suffix(".part")) else { continue };
        let maker = rest.rsplit('.').next().and_then(|pid| pid.parse().ok());
        if maker.is_some_and(|pid| !super::side::runs(pid)) {
            let _ = std::fs::remove_file(file.path());
        }
    }
}
