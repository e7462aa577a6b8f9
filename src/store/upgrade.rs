//! The schema's version: a new file is made from `schema.sql`, an older one is brought up step by step.
//! A newer file is refused and never written.

use rusqlite::Connection;

use super::error::Result;
use super::open::APPLICATION_ID;
use crate::domain::trouble::Trouble;

/// The schema as a new file gets it.
pub const SCHEMA: &str = include_str!("../../schema.sql");

/// One step brings a file from the version of its place in the list (1-based) to the next, in one transaction.
type Step = fn(&Connection) -> rusqlite::Result<()>;

/// Steps from version 1 on. The first release has none.
const STEPS: &[Step] = &[];

/// The version this program makes and reads.
pub const VERSION: i64 = 1 + STEPS.len() as i64;

/// Bytes of a page. A saved ticket touches some twenty pages in as many tables and indexes, and the log takes each whole: half
/// the usual size halves what a save writes.
pub(super) const PAGE: i64 = 2_048;

/// Fills an empty file.
pub(super) fn make(conn: &Connection) -> Result<()> {
    conn.execute_batch("BEGIN IMMEDIATE")?;
    conn.execute_batch(SCHEMA)?;
    conn.pragma_update(None, "application_id", APPLICATION_ID)?;
    conn.pragma_update(None, "user_version", VERSION)?;
    conn.execute_batch("COMMIT")?;
    Ok(())
}

/// Refuses a version this program does not know.
pub(super) fn check_version(version: i64) -> Result<()> {
    match version {
        v if v > VERSION => Err(Trouble::TooNew { file: v, ours: VERSION }.into()),
        v if v < 1 => Err(Trouble::Damaged { detail: format!("schema version {v}") }.into()),
        _ => Ok(()),
    }
}

/// Whether the file waits for an upgrade; a backup is made before one.
pub(super) fn is_old(conn: &Connection) -> Result<bool> {
    Ok(conn.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))? < VERSION)
}

/// Brings an older file up, one transaction a step.
pub(super) fn run(conn: &Connection) -> Result<()> {
    loop {
        let version: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let Some(step) = usize::try_from(version - 1).ok().and_then(|at| STEPS.get(at)) else {
            return Ok(());
        };
        conn.execute_batch("BEGIN IMMEDIATE")?;
        let done = step(conn).and_then(|()| conn.pragma_update(None, "user_version", version + 1));
        if let Err(error) = done {
            if !conn.is_autocommit() {
                conn.execute_batch("ROLLBACK")?;
            }
            return Err(error.into());
        }
        conn.execute_batch("COMMIT")?;
    }
}
