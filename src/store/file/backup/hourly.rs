//! The hourly backup: whose turn it is, and which old ones go. How a copy is made and checked is `backup`.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::domain::base::time::{HOUR, MINUTE, Time};
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;
use crate::store::file::writer::{self, Seat};
use crate::store::file::{backup, open};

/// What the files' names end in.
const WHY: &str = "hourly";
/// A desk that took its turn and is not done after so long has died over it.
const TURN: i64 = 10 * MINUTE;
/// The newest so many are kept,
const HOURS_KEPT: usize = 24;
/// and the newest of each of so many days.
const DAYS_KEPT: usize = 14;

/// Makes the backup if an hour has passed, something was changed since, and no other desk is at it. Old ones go afterwards.
pub(in crate::store) fn make(conn: &Connection, path: &Path, seat: &mut Seat, now: Time) -> Result<Option<PathBuf>> {
    if !due(conn, now)? {
        return Ok(None);
    }
    let to = backup::default_path(path, crate::store::settings::township::zone(conn)?, WHY, now);
    let name = to.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut turn = None;
    writer::housekeeping(conn, seat, now, |ids, session, _| {
        // Asked again: another desk may have been quicker.
        turn = if due(conn, now)? { Some(ids.next()) } else { None };
        if let Some(turn) = turn {
            conn.run(
                "INSERT INTO backup (id, session_id, started, path) VALUES (?1, ?2, ?3, ?4)",
                values![turn, session, now, name],
            )?;
        }
        Ok(())
    })?;
    let Some(turn) = turn else { return Ok(None) };
    backup::make(conn, path, &to)?;
    writer::housekeeping(conn, seat, now, |_, _, _| {
        conn.run("UPDATE backup SET finished = ?1 WHERE id = ?2", values![now, turn]).map(drop)
    })?;
    prune(path, &to);
    Ok(Some(to))
}

fn due(conn: &Connection, now: Time) -> Result<bool> {
    let newest: Option<(Time, Option<Time>)> =
        conn.row_if_any("SELECT started, finished FROM backup ORDER BY id DESC LIMIT 1", values![], |row| {
            Ok((row.get("started")?, row.get("finished")?))
        })?;
    let changed: Option<Time> = conn.value_if_any("SELECT at FROM command ORDER BY id DESC LIMIT 1", values![])?;
    let sample: bool = conn.value("SELECT sample FROM township", values![])?;
    // Invented data is made anew, not restored.
    let Some(changed) = changed.filter(|_| !sample) else { return Ok(false) };
    Ok(match newest {
        None => true,
        // A clock put back must not stop backups for as long as it was ahead.
        Some((started, Some(_))) => changed > started && (now.0 - started.0).abs() >= HOUR,
        Some((started, None)) => (now.0 - started.0).abs() >= TURN,
    })
}

/// Removes hourly backups that are neither among the newest nor the newest of a recent day, and what kills left half-made.
/// One that cannot be removed stays; the next hour tries again.
fn prune(path: &Path, newest: &Path) {
    let folder = open::folder_of(newest);
    let stem = format!("{}-", path.file_stem().unwrap_or_default().to_string_lossy());
    let names = backup::all_of(path).into_iter().rev();
    let names = names.map(|file| file.file_name().unwrap_or_default().to_string_lossy().into_owned());
    let ending = format!("-{WHY}.db");
    let hourly = names.filter(|name| name.ends_with(&ending));
    let mut days = HashSet::new();
    for (n, name) in hourly.enumerate() {
        let day = name[stem.len()..].split('-').next().unwrap_or_default();
        let first_of_day = days.insert(day.to_owned());
        if n >= HOURS_KEPT && !(first_of_day && days.len() <= DAYS_KEPT) {
            let _ = std::fs::remove_file(folder.join(&name));
        }
    }
    backup::remove_half_made(&folder, &stem);
}
