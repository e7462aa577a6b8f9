//! Rows of single shifts: who came, and who stepped in. Whether it may be done is decided in `domain`.

use rusqlite::{OptionalExtension, params};

use super::convert::{day_of, day_text};
use super::error::Result;
use super::file::Connection;
use crate::domain::id::{PlaceId, ShiftId, StaffId};
use crate::domain::person::PersonName;
use crate::domain::shift::{Presence, Shift, Template};
use crate::domain::staff::Role;
use crate::domain::time::Time;

/// A shift, with whose place it is in and when it was marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) shift: Shift,
    pub(super) covers: Option<StaffId>,
    pub(super) marked_at: Option<Time>,
}

/// One shift.
pub(super) fn load(conn: &Connection, id: ShiftId) -> Result<Option<Kept>> {
    Ok(conn
        .prepare_cached("SELECT * FROM shift WHERE id = ?1")?
        .query_row([id], |row| {
            let shift = Shift {
                id: row.get("id")?,
                staff: row.get("staff_id")?,
                day: day_of(row.get_ref("day")?.as_str()?)?,
                template: row.get("template")?,
                from: row.get("from_at")?,
                to: row.get("to_at")?,
                compound: row.get("compound_id")?,
                post: row.get("post")?,
                presence: row.get("presence")?,
            };
            Ok(Kept { shift, covers: row.get("covers")?, marked_at: row.get("marked_at")? })
        })
        .optional()?)
}

/// Writes whether somebody came.
pub(super) fn mark(conn: &Connection, id: ShiftId, presence: Presence, at: Option<Time>) -> Result<()> {
    conn.prepare_cached("UPDATE shift SET presence = ?2, marked_at = ?3, version = version + 1 WHERE id = ?1")?
        .execute(params![id, presence, at])?;
    Ok(())
}

/// Adds the shift of who stepped in.
pub(super) fn insert(conn: &Connection, kept: &Kept) -> Result<()> {
    let s = &kept.shift;
    conn.prepare_cached(
        "INSERT INTO shift (id, staff_id, day, template, from_at, to_at, compound_id, post, presence, covers, marked_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        s.id,
        s.staff,
        day_text(s.day),
        s.template,
        s.from,
        s.to,
        s.compound,
        s.post,
        s.presence,
        kept.covers,
        kept.marked_at
    ])?;
    Ok(())
}

/// Takes the shift of who stepped in off again.
pub(super) fn remove(conn: &Connection, id: ShiftId) -> Result<()> {
    conn.prepare_cached("DELETE FROM shift WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// Who stepped in for an absent person, if somebody did.
pub(super) fn covering(conn: &Connection, absent: &Shift) -> Result<Option<PersonName>> {
    Ok(conn
        .prepare_cached(
            "SELECT s.name FROM shift x JOIN staff s ON s.id = x.staff_id \
             WHERE x.from_at >= ?1 AND x.from_at < ?2 AND x.covers = ?3 AND x.presence <> 'absent' LIMIT 1",
        )?
        .query_row(params![absent.from, absent.to, absent.staff], |row| row.get(0))
        .optional()?)
}

/// Who came last to be planned for a shift of this role there.
pub(super) fn newest_on(
    conn: &Connection,
    from: Time,
    template: Template,
    compound: Option<PlaceId>,
    role: Role,
) -> Result<Option<PersonName>> {
    Ok(conn
        .prepare_cached(
            "SELECT s.name FROM shift x JOIN staff s ON s.id = x.staff_id \
             WHERE x.from_at = ?1 AND x.template = ?2 AND x.compound_id IS ?3 AND s.role = ?4 AND x.presence <> 'absent' \
             ORDER BY x.id DESC LIMIT 1",
        )?
        .query_row(params![from, template, compound, role], |row| row.get(0))
        .optional()?)
}

/// Whether this person has a shift of this template on this day.
pub(super) fn has(conn: &Connection, s: &Shift) -> Result<bool> {
    Ok(conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM shift WHERE staff_id = ?1 AND day = ?2 AND template = ?3)")?
        .query_row(params![s.staff, day_text(s.day), s.template], |row| row.get(0))?)
}
