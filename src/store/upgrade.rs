//! The schema's version: a new file is made from `schema.sql`, an older one is brought up step by step.
//! A newer file is refused and never written.

use rusqlite::{Connection, params};

use super::error::Result;
use super::open::APPLICATION_ID;
use crate::domain::calendar::Calendar;
use crate::domain::clock::Pauses;
use crate::domain::event::Entity;
use crate::domain::id::TicketId;
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::domain::trouble::Trouble;

/// The schema as a new file gets it.
pub const SCHEMA: &str = include_str!("../../schema.sql");

/// One step brings a file from the version of its place in the list (1-based) to the next, in one transaction.
type Step = fn(&Connection) -> Result<()>;

/// Steps from version 1 on.
const STEPS: &[Step] = &[tickets_in_full, rosters_and_handovers];

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
        let done = step(conn).and_then(|()| Ok(conn.pragma_update(None, "user_version", version + 1)?));
        if let Err(error) = done {
            if !conn.is_autocommit() {
                conn.execute_batch("ROLLBACK")?;
            }
            return Err(error);
        }
        conn.execute_batch("COMMIT")?;
    }
}

/// Version 2: raising, pauses, callbacks, outages, the calendar, saved filters. Tickets there keep the limits their category
/// has now, which is what their due times were reckoned from, and get their pauses back from the log.
fn tickets_in_full(conn: &Connection) -> Result<()> {
    conn.execute_batch(include_str!("upgrade/2.sql"))?;
    let zone = super::township::zone(conn)?;
    let newest: i64 = conn.query_row(
        "SELECT MAX(created, (SELECT IFNULL(MAX(opened_at), 0) FROM ticket)) FROM township",
        [],
        |row| row.get(0),
    )?;
    super::calendar::fill(conn, &Calendar::starting(zone, zone.day(Time(newest))))?;
    super::filters::fill(conn)?;
    let open: Vec<TicketId> = conn
        .prepare("SELECT id FROM ticket WHERE open = 1")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for id in open {
        let mut pauses = Pauses::default();
        let mut since: Option<Time> = None;
        for event in super::events::of_record(conn, Entity::Ticket, id.0)? {
            let Some(change) = event.changes::<Ticket>()?.paused_at else { continue };
            if let Some(from) = since.filter(|_| change.now.is_none()) {
                pauses.add(from, event.at);
            }
            since = change.now;
        }
        if pauses != Pauses::default() {
            conn.execute("UPDATE ticket SET pauses = ?1 WHERE id = ?2", params![pauses, id])?;
        }
    }
    Ok(())
}

/// Version 3: shift templates, drafts of rosters, leave, needs, rules, handovers, PINs.
fn rosters_and_handovers(conn: &Connection) -> Result<()> {
    Ok(conn.execute_batch(include_str!("upgrade/3.sql"))?)
}
