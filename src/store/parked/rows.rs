//! Rows of parked intakes.

use crate::domain::base::id::{OperatorId, ParkedId};
use crate::domain::base::time::Time;
use crate::domain::parked::op::Form;
use crate::domain::parked::query::ParkedRow;
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;

pub(in crate::store) fn insert(
    conn: &Connection,
    id: ParkedId,
    operator: OperatorId,
    at: Time,
    form: &Form,
) -> Result<()> {
    let text = serde_json::to_string(form).unwrap_or_default();
    conn.run(
        "INSERT INTO parked (id, cmd_uid, operator_id, at, form) VALUES (?1, ?2, ?3, ?4, ?5)",
        values![id, form.uid.0.as_bytes(), operator, at, text],
    )
    .map(drop)
}

/// Takes a parked intake out; nothing when it is gone already.
pub(in crate::store) fn take(conn: &Connection, id: ParkedId) -> Result<Option<Form>> {
    let text: Option<String> = conn.value_if_any("DELETE FROM parked WHERE id = ?1 RETURNING form", values![id])?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

pub(in crate::store) fn load(conn: &Connection, id: ParkedId) -> Result<Option<Form>> {
    let text: Option<String> = conn.value_if_any("SELECT form FROM parked WHERE id = ?1", values![id])?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

pub(in crate::store) fn count(conn: &Connection) -> Result<usize> {
    let n: u32 = conn.value("SELECT COUNT(*) FROM parked", values![])?;
    Ok(n as usize)
}

/// All of them, newest first.
pub(in crate::store) fn list(conn: &Connection) -> Result<Vec<ParkedRow>> {
    let rows: Vec<(ParkedId, String, Time, String)> = conn.rows(
        "SELECT parked.id, form, at, o.name FROM parked JOIN operator o ON o.id = operator_id ORDER BY at DESC, parked.id DESC",
        values![],
        |row| Ok((row.get("id")?, row.get("form")?, row.get("at")?, row.get("name")?)),
    )?;
    Ok(rows
        .into_iter()
        .filter_map(|(id, form, at, by)| serde_json::from_str(&form).ok().map(|form| ParkedRow { id, form, at, by }))
        .collect())
}
