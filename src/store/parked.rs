//! Rows of parked intakes.

use rusqlite::{OptionalExtension, params};

use super::error::Result;
use super::file::Connection;
use crate::domain::id::{OperatorId, ParkedId};
use crate::domain::op::parked::Form;
use crate::domain::query::ParkedRow;
use crate::domain::time::Time;

pub(super) fn insert(conn: &Connection, id: ParkedId, operator: OperatorId, at: Time, form: &Form) -> Result<()> {
    let text = serde_json::to_string(form).unwrap_or_default();
    conn.prepare_cached("INSERT INTO parked (id, cmd_uid, operator_id, at, form) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![id, form.uid.0.as_bytes(), operator, at, text])?;
    Ok(())
}

/// Takes a parked intake out; nothing when it is gone already.
pub(super) fn take(conn: &Connection, id: ParkedId) -> Result<Option<Form>> {
    let text: Option<String> = conn
        .prepare_cached("DELETE FROM parked WHERE id = ?1 RETURNING form")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

pub(super) fn load(conn: &Connection, id: ParkedId) -> Result<Option<Form>> {
    let text: Option<String> =
        conn.prepare_cached("SELECT form FROM parked WHERE id = ?1")?.query_row([id], |row| row.get(0)).optional()?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

pub(super) fn count(conn: &Connection) -> Result<usize> {
    let n: u32 = conn.prepare_cached("SELECT COUNT(*) FROM parked")?.query_row([], |row| row.get(0))?;
    Ok(n as usize)
}

/// All of them, newest first.
pub(super) fn list(conn: &Connection) -> Result<Vec<ParkedRow>> {
    let mut statement = conn.prepare_cached(
        "SELECT parked.id, form, at, o.name FROM parked JOIN operator o ON o.id = operator_id ORDER BY at DESC, parked.id DESC",
    )?;
    let rows: Vec<(ParkedId, String, Time, String)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows
        .into_iter()
        .filter_map(|(id, form, at, by)| serde_json::from_str(&form).ok().map(|form| ParkedRow { id, form, at, by }))
        .collect())
}
