//! Rows of the filters that have a name, and the names a filter may hold.
//! How a filter is read is `domain::filter`.

use crate::domain::base::id::FilterId;
use crate::domain::filter::STARTING;
use crate::domain::filter::names::Names;
use crate::domain::filter::op::Saved;
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;
use crate::store::roster;

/// Those a new township begins with; their ids are smaller than any drawn.
pub(in crate::store) fn fill(conn: &Connection) -> Result<()> {
    for (id, (name, filter)) in (1..).zip(STARTING) {
        put(conn, FilterId(id), &Saved { name: name.to_owned(), filter: filter.to_owned() })?;
    }
    Ok(())
}

/// Writes one; a blank one takes the row away.
pub(in crate::store) fn put(conn: &Connection, id: FilterId, saved: &Saved) -> Result<()> {
    if saved.name.is_empty() {
        conn.run("DELETE FROM saved_filter WHERE id = ?1", values![id])?;
    } else {
        conn.run(
            "INSERT INTO saved_filter (id, name, filter) VALUES (?1, ?2, ?3) \
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, filter = excluded.filter",
            values![id, saved.name, saved.filter],
        )?;
    }
    Ok(())
}

pub(in crate::store) fn load(conn: &Connection, id: FilterId) -> Result<Option<Saved>> {
    conn.row_if_any("SELECT name, filter FROM saved_filter WHERE id = ?1", values![id], |row| {
        Ok(Saved { name: row.get("name")?, filter: row.get("filter")? })
    })
}

/// All of them, the oldest first.
pub(in crate::store) fn all(conn: &Connection) -> Result<Vec<(FilterId, Saved)>> {
    conn.rows("SELECT id, name, filter FROM saved_filter ORDER BY id", values![], |row| {
        Ok((row.get("id")?, Saved { name: row.get("name")?, filter: row.get("filter")? }))
    })
}

/// The names a filter may hold.
pub(in crate::store) fn names(conn: &Connection) -> Result<Names> {
    let compounds = roster::rows::compounds(conn)?;
    let staff = conn.rows("SELECT id, name FROM staff ORDER BY active DESC, id", values![], |row| {
        Ok((row.get("id")?, row.get("name")?))
    })?;
    let operators = conn.rows("SELECT id, name, staff_id FROM operator ORDER BY id", values![], |row| {
        Ok((row.get("id")?, row.get("name")?, row.get("staff_id")?))
    })?;
    Ok(Names { compounds, staff, operators, filters: all(conn)? })
}
