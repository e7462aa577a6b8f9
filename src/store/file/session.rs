//! Who works here: operators and their sessions. Every command names its session.
//! Passwords are not here.

use crate::domain::base::id::{OperatorId, SessionId, StaffId};
use crate::domain::base::time::Time;
use crate::domain::staff::Rank;
use crate::store::file::engine::{Connection, Row, values};
use crate::store::file::error::Result;

/// Who opens the file: the operator's name (none for the desk's own), and the terminal's name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// Behind `--as`; an operator of that name is made as a clerk when there is none.
    pub name: Option<String>,
    /// Device name of the terminal, or `command`.
    pub terminal: String,
}

/// The operator a new file begins with, until others are named.
pub const FIRST_OPERATOR: &str = "前台";

/// The operator at work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Id; 0 until the first change by a name not seen before.
    pub id: OperatorId,
    /// Name.
    pub name: String,
    /// What he may do.
    pub rank: Rank,
    /// Who he is among the staff, when he is one of them.
    pub staff: Option<StaffId>,
}

/// The operator of this name, if there is one; the first one without a name.
pub(in crate::store) fn operator(conn: &Connection, name: Option<&str>) -> Result<Option<Operator>> {
    let read = |row: &Row<'_>| {
        Ok(Operator { id: row.get("id")?, name: row.get("name")?, rank: row.get("role")?, staff: row.get("staff_id")? })
    };
    Ok(match name {
        Some(name) => {
            conn.row_if_any("SELECT id, name, role, staff_id FROM operator WHERE name = ?1", values![name], read)?
        }
        None => {
            conn.row_if_any("SELECT id, name, role, staff_id FROM operator ORDER BY id LIMIT 1", values![], read)?
        }
    })
}

/// Adds an operator.
pub(in crate::store) fn add_operator(conn: &Connection, id: OperatorId, name: &str, rank: Rank) -> Result<Operator> {
    conn.run("INSERT INTO operator (id, name, role) VALUES (?1, ?2, ?3)", values![id, name, rank])?;
    Ok(Operator { id, name: name.to_owned(), rank, staff: None })
}

/// Begins a session.
pub(in crate::store) fn begin(
    conn: &Connection,
    id: SessionId,
    operator: OperatorId,
    terminal: &str,
    now: Time,
) -> Result<()> {
    conn.run(
        "INSERT INTO session (id, operator_id, terminal, pid, started) VALUES (?1, ?2, ?3, ?4, ?5)",
        values![id, operator, terminal, std::process::id(), now],
    )
    .map(drop)
}

/// Ends a session.
pub(in crate::store) fn end(conn: &Connection, id: SessionId, now: Time) -> Result<()> {
    conn.run("UPDATE session SET ended = ?1 WHERE id = ?2", values![now, id]).map(drop)
}

/// Whether another session is at work on this file: begun, not ended, and its process runs.
pub(in crate::store) fn others_live(conn: &Connection, ours: Option<SessionId>) -> Result<bool> {
    let pids: Vec<i32> =
        conn.column("SELECT pid FROM session WHERE ended IS NULL AND id IS DISTINCT FROM ?1", values![ours])?;
    Ok(pids
        .into_iter()
        .any(|pid| i64::from(pid) != i64::from(std::process::id()) && crate::store::file::side::runs(pid)))
}

/// Sessions that never ended and whose process is gone.
pub(in crate::store) fn dead(conn: &Connection) -> Result<Vec<SessionId>> {
    let all: Vec<(SessionId, i32)> =
        conn.rows("SELECT id, pid FROM session WHERE ended IS NULL", values![], |row| {
            Ok((row.get("id")?, row.get("pid")?))
        })?;
    Ok(all.into_iter().filter(|(_, pid)| !crate::store::file::side::runs(*pid)).map(|(id, _)| id).collect())
}
