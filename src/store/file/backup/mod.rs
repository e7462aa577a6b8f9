//! Backups and checks: whole copies through the engine's own backup, each opened and checked before it counts.
//! How one is brought back is `restore`.

pub(in crate::store) mod hourly;
pub(in crate::store) mod restore;

use std::path::{Path, PathBuf};

use crate::domain::base::time::{Time, Zone};
use crate::domain::base::trouble::Trouble;
use crate::store::file::engine::{Connection, How, values};
use crate::store::file::error::{Error, Result};
use crate::store::file::writer::{self, Seat};
use crate::store::file::{damage, open};

/// The folder of backups, beside the data file.
pub(in crate::store) const FOLDER: &str = "backups";

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
    /// It is marked as damaged: nobody writes it. Rows that name rows that are not there do not mark it.
    pub read_only: bool,
    /// It was marked as damaged and is written again from now on.
    pub written_again: bool,
}

/// Checks a whole file: pages, indexes, references between rows. A file with an unsound page is marked as damaged; one whose
/// pages are all sound is marked no longer. One opened as on a full disk is neither: what another desk writes meanwhile looks
/// like damage there.
///
/// # Errors
/// When it cannot be opened as a data file at all.
pub fn check(path: &Path) -> Result<Checked> {
    let looked = open::open_to_read(path).and_then(|(conn, _, frozen)| {
        let mut found = Checked { faults: conn.unsound_pages()?, ..Checked::default() };
        match found.faults.first() {
            _ if frozen => {}
            Some(first) => {
                damage::mark(path, first);
                found.read_only = true;
            }
            None => found.written_again = damage::lift(path)?,
        }
        let dangling = conn.dangling(None)?;
        found.faults.extend(dangling.into_iter().map(|table| format!("{table}: a row names a row that is not there")));
        let count = |sql: &str| conn.value(sql, values![]);
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

/// Copies the live file to `to`: under another name first, checked, then renamed.
pub(in crate::store) fn make(conn: &Connection, from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        return Err(Trouble::Exists { path: to.display().to_string() }.into());
    }
    std::fs::create_dir_all(open::folder_of(to))?;
    let half = open::beside(to, &format!(".{}.part", std::process::id()));
    let _ = std::fs::remove_file(&half);
    let made = copy(conn, &half)
        .and_then(|()| sound(&half, from))
        .map_err(|error| fault_of(conn, error))
        .and_then(|()| open::put_in_place(&half, to));
    if made.is_err() {
        let _ = std::fs::remove_file(&half);
    }
    made
}

/// Whether backups of this data file lie beside it.
pub(in crate::store) fn any_of(path: &Path) -> bool {
    !all_of(path).is_empty()
}

/// The backups of this data file in the folder beside it, oldest first by the moment in their names; those that somebody
/// named without a moment come before all others.
pub(in crate::store) fn all_of(path: &Path) -> Vec<PathBuf> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let Ok(files) = std::fs::read_dir(open::folder_of(path).join(FOLDER)) else { return Vec::new() };
    let mut ours: Vec<(bool, PathBuf)> = files
        .flatten()
        .filter_map(|file| Some((is_dated(&stem, &file.file_name().to_string_lossy())?, file.path())))
        .collect();
    ours.sort();
    ours.into_iter().map(|(_, file)| file).collect()
}

/// Whether a moment stands in the name of a backup of `stem`; nothing where it is the backup of another file:
/// `desk-east-20261124-143200-hourly.db` is one of `desk-east.db`, not of `desk.db`.
fn is_dated(stem: &str, name: &str) -> Option<bool> {
    let rest = name.strip_prefix(stem)?.strip_prefix('-')?.strip_suffix(".db")?;
    let is_moment = |text: &[u8]| {
        text.iter().enumerate().all(|(at, byte)| if at == 8 { *byte == b'-' } else { byte.is_ascii_digit() })
    };
    match rest.as_bytes().windows("20261124-143200".len()).position(is_moment) {
        Some(0) => Some(true),
        Some(_) => None,
        None => Some(false),
    }
}

/// Copies a data file whole into a new file.
pub(in crate::store) fn copy(conn: &Connection, to: &Path) -> Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    drop(std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?);
    conn.copy_to(to)
}

/// Opens a copy and checks it.
///
/// # Errors
/// [`Trouble::Damaged`] when a page of it is unsound.
pub(in crate::store) fn sound(copy: &Path, from: &Path) -> Result<()> {
    Connection::open(copy, How::Read)?.quick_check().map_err(|error| match error {
        Error::Trouble(Trouble::Damaged { .. }) => {
            Trouble::Damaged { detail: format!("the copy of {}", from.display()) }.into()
        }
        other => other,
    })
}

/// What a copy failed of. An unsound copy of a sound file is a fault of the disk it was written to, a memory stick mostly:
/// the file itself is not damaged then.
fn fault_of(conn: &Connection, error: Error) -> Error {
    match error {
        Error::Trouble(Trouble::Damaged { detail }) => match conn.quick_check() {
            Ok(()) => Trouble::Io { detail }.into(),
            Err(damaged) => damaged,
        },
        other => other,
    }
}

/// A backup before something large is done to the file.
pub(in crate::store) fn beside(conn: &Connection, path: &Path, why: &str, now: Time) -> Result<PathBuf> {
    let zone = crate::store::settings::township::zone(conn)?;
    let to = default_path(path, zone, why, now);
    make(conn, path, &to)?;
    Ok(to)
}

/// `backups/desk-20261124-143200-upgrade.db` beside the data file.
pub(in crate::store) fn default_path(path: &Path, zone: Zone, why: &str, now: Time) -> PathBuf {
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
    all_of(path).into_iter().rev().find(|file| sound(file, path).is_ok())
}

/// Notes that a backup was made, for the header.
pub(in crate::store) fn note(conn: &Connection, seat: &mut Seat, to: &Path, now: Time) -> Result<()> {
    let name = to.file_name().unwrap_or_default().to_string_lossy().into_owned();
    writer::housekeeping(conn, seat, now, |ids, session, _| {
        let sql = "INSERT INTO backup (id, session_id, started, finished, path) VALUES (?1, ?2, ?3, ?3, ?4)";
        conn.run(sql, values![ids.next(), session, now, name]).map(drop)
    })
}

/// Removes half-made copies whose maker was killed over them.
pub(in crate::store) fn remove_half_made(folder: &Path, stem: &str) {
    let Ok(files) = std::fs::read_dir(folder) else { return };
    for file in files.flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        let Some(rest) = name.strip_prefix(stem).and_then(|rest| rest.strip_suffix(".part")) else { continue };
        let maker = rest.rsplit('.').next().and_then(|pid| pid.parse().ok());
        if maker.is_some_and(|pid| !crate::store::file::side::runs(pid)) {
            let _ = std::fs::remove_file(file.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_belongs_to_one_file_and_the_moment_in_its_name_orders_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let backups = folder.path().join(FOLDER);
        std::fs::create_dir(&backups).expect("a folder");
        for name in [
            "desk-mine.db",
            "desk-20261124-100000-hourly.db",
            "desk-20261125-090000-backup-2.db",
            "desk-east-20261126-100000-hourly.db",
            "desk-20261127-100000-hourly.db.7.part",
            "desktop-20261127-100000-hourly.db",
        ] {
            std::fs::write(backups.join(name), "").expect("a file");
        }
        let names = |data_file: &str| -> Vec<String> {
            let of = all_of(&folder.path().join(data_file));
            of.iter().map(|file| file.file_name().expect("a name").to_string_lossy().into_owned()).collect()
        };
        let ours = ["desk-mine.db", "desk-20261124-100000-hourly.db", "desk-20261125-090000-backup-2.db"];
        assert_eq!(names("desk.db"), ours);
        assert_eq!(names("desk-east.db"), ["desk-east-20261126-100000-hourly.db"]);
        assert!(!any_of(&folder.path().join("de.db")));
    }

    #[test]
    fn an_unsound_copy_of_a_sound_file_is_not_its_damage() {
        let conn = Connection::to_nothing().expect("a file");
        let detail = || "the copy".to_owned();
        let unsound = Error::Trouble(Trouble::Damaged { detail: detail() });
        assert_eq!(fault_of(&conn, unsound), Error::Trouble(Trouble::Io { detail: detail() }));
        assert_eq!(fault_of(&conn, Trouble::Full.into()), Error::Trouble(Trouble::Full));
    }
}
