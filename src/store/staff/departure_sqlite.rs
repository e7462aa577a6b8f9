//! Shifts taken off the wall, in SQL: their rows as JSON, which the event keeps, and rows again from it. SQLite alone reads JSON
//! so. When they are taken off is said in `departure`.

use serde_json::Value;

use crate::domain::base::id::StaffId;
use crate::domain::base::time::Time;
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;

/// The shifts of somebody that begin after a time.
pub(in crate::store) fn read(conn: &Connection, id: StaffId, after: Time) -> Result<Value> {
    let rows: Option<String> = conn.value(
        "SELECT json_group_array(json_object('id', id, 'day', day, 'template', template, 'from', from_at, 'to', to_at, \
           'compound', compound_id, 'post', post, 'presence', presence, 'swapped', swapped_with, 'covers', covers, \
           'marked', marked_at)) FROM shift WHERE staff_id = ?1 AND from_at > ?2",
        values![id, after],
    )?;
    Ok(rows.and_then(|rows| serde_json::from_str(&rows).ok()).unwrap_or_default())
}

/// Takes shifts off.
pub(in crate::store) fn remove(conn: &Connection, id: StaffId, rows: &Value) -> Result<()> {
    let sql = "DELETE FROM shift WHERE staff_id = ?1 AND id IN (SELECT value ->> 'id' FROM json_each(?2))";
    conn.run(sql, values![id, rows.to_string()]).map(drop)
}

/// Whether he has a shift already where one of these would stand.
pub(in crate::store) fn any_there(conn: &Connection, id: StaffId, rows: &Value) -> Result<bool> {
    conn.value(
        "SELECT EXISTS (SELECT 1 FROM json_each(?2) j JOIN shift h ON h.staff_id = ?1 AND h.day = j.value ->> 'day' \
           AND h.template = j.value ->> 'template')",
        values![id, rows.to_string()],
    )
}

/// Puts shifts back as they were.
pub(in crate::store) fn insert(conn: &Connection, id: StaffId, rows: &Value) -> Result<()> {
    conn.run(
        "INSERT INTO shift (id, staff_id, day, template, from_at, to_at, compound_id, post, presence, swapped_with, covers, marked_at) \
         SELECT j.value ->> 'id', ?1, j.value ->> 'day', j.value ->> 'template', j.value ->> 'from', j.value ->> 'to', \
           j.value ->> 'compound', j.value ->> 'post', j.value ->> 'presence', j.value ->> 'swapped', j.value ->> 'covers', \
           j.value ->> 'marked' FROM json_each(?2) j",
        values![id, rows.to_string()],
    )
    .map(drop)
}

/// When a member `s` of staff left, as the log tells it.
pub(in crate::store) const LEFT_AT: &str = "SELECT MAX(e.at) FROM event e WHERE e.entity_kind = 'staff' AND e.entity_id = s.id \
     AND e.payload ->> '$.was.active' = 1 AND e.payload ->> '$.now.active' = 0";
