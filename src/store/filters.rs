//! Rows of the filters that have a name, and the names a filter may hold.
//! How a filter is read is `domain::filter`.

use rusqlite::{OptionalExtension, params};

use super::error::Result;
use super::file::Connection;
use crate::domain::filter::STARTING;
use crate::domain::id::FilterId;
use crate::domain::op::filter::Saved;
use crate::domain::query::names::Names;

/// Those a new township begins with; their ids are smaller than any drawn.
pub(super) fn fill(conn: &Connection) -> Result<()> {
    for (id, (name, filter)) in (1..).zip(STARTING) {
        put(conn, FilterId(id), &Saved { name: name.to_owned(), filter: filter.to_owned() })?;
    }
    Ok(())
}

/// Writes one; a blank one takes the row away.
pub(super) fn put(conn: &Connection, id: FilterId, saved: &Saved) -> Result<()> {
    if saved.name.is_empty() {
        conn.prepare_cached("DELETE FROM saved_filter WHERE id = ?1")?.execute([id])?;
    } else {
        conn.prepare_cached(
            "INSERT INTO saved_filter (id, name, filter) VALUES (?1, ?2, ?3) \
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, filter = excluded.filter",
        )?
        .execute(params![id, saved.name, saved.filter])?;
    }
    Ok(())
}

pub(super) fn load(conn: &Connection, id: FilterId) -> Result<Option<Saved>> {
    let mut statement = conn.prepare_cached("SELECT name, filter FROM saved_filter WHERE id = ?1")?;
    Ok(statement.query_row([id], |row| Ok(Saved { name: row.get(0)?, filter: row.get(1)? })).optional()?)
}

/// All of them, the oldest first.
pub(super) fn all(conn: &Connection) -> Result<Vec<(FilterId, Saved)>> {
    let mut statement = conn.prepare_cached("SELECT id, name, filter FROM saved_filter ORDER BY id")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, Saved { name: row.get(1)?, filter: row.get(2)? })))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The names a filter may hold.
pub(super) fn names(conn: &Connection) -> Result<Names> {
    let compounds = conn
        .prepare_cached(
            "SELECT p.id, p.label FROM compound c CROSS JOIN place p ON p.id = c.place_id ORDER BY p.sort_key, p.id",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let staff = conn
        .prepare_cached("SELECT id, name FROM staff ORDER BY active DESC, id")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let operators = conn
        .prepare_cached("SELECT id, name, staff_id FROM operator ORDER BY id")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Names { compounds, staff, operators, filters: all(conn)? })
}
