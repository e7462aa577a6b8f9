//! Rows of single shifts: who came, and who stepped in. Whether it may be done is decided in `domain`.

use crate::domain::base::id::{PlaceId, ShiftId, StaffId};
use crate::domain::base::time::Time;
use crate::domain::person::PersonName;
use crate::domain::roster::shift::{Presence, Shift, Template};
use crate::domain::staff::Role;
use crate::store::file::engine::sql::columns;
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;

/// A shift, with whose place it is in and when it was marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) struct Kept {
    pub(in crate::store) shift: Shift,
    pub(in crate::store) covers: Option<StaffId>,
    pub(in crate::store) marked_at: Option<Time>,
}

columns! {
    /// The columns of a shift as it is planned and kept; whose place it is in comes with stepping in and exchanging.
    Columns: Shift in "shift" as "h" by "id";
    own { id }
    fields {
        staff = "staff_id", day, template, from = "from_at", to = "to_at", compound = "compound_id", post, presence,
    }
}

/// One shift.
pub(in crate::store) fn load(conn: &Connection, id: ShiftId) -> Result<Option<Kept>> {
    conn.row_if_any("SELECT * FROM shift WHERE id = ?1", values![id], |row| {
        Ok(Kept { shift: Columns::read(row)?, covers: row.get("covers")?, marked_at: row.get("marked_at")? })
    })
}

/// Adds a shift.
pub(in crate::store) fn add(conn: &Connection, shift: &Shift) -> Result<()> {
    Columns::insert(conn, &shift.id, shift)
}

/// Writes whether somebody came.
pub(in crate::store) fn mark(conn: &Connection, id: ShiftId, presence: Presence, at: Option<Time>) -> Result<()> {
    conn.run(
        "UPDATE shift SET presence = ?2, marked_at = ?3, version = version + 1 WHERE id = ?1",
        values![id, presence, at],
    )
    .map(drop)
}

/// Adds the shift of who stepped in.
pub(in crate::store) fn insert(conn: &Connection, kept: &Kept) -> Result<()> {
    add(conn, &kept.shift)?;
    let sql = "UPDATE shift SET (covers, marked_at) = (?2, ?3) WHERE id = ?1";
    conn.run(sql, values![kept.shift.id, kept.covers, kept.marked_at]).map(drop)
}

/// Takes the shift of who stepped in off again.
pub(in crate::store) fn remove(conn: &Connection, id: ShiftId) -> Result<()> {
    conn.run("DELETE FROM shift WHERE id = ?1", values![id]).map(drop)
}

/// Who stepped in for an absent person, if somebody did.
pub(in crate::store) fn covering(conn: &Connection, absent: &Shift) -> Result<Option<PersonName>> {
    conn.value_if_any(
        "SELECT s.name FROM shift x JOIN staff s ON s.id = x.staff_id \
             WHERE x.from_at >= ?1 AND x.from_at < ?2 AND x.covers = ?3 AND x.presence <> 'absent' LIMIT 1",
        values![absent.from, absent.to, absent.staff],
    )
}

/// Who came last to be planned for a shift of this role there.
pub(in crate::store) fn newest_on(
    conn: &Connection,
    from: Time,
    template: Template,
    compound: Option<PlaceId>,
    role: Role,
) -> Result<Option<PersonName>> {
    conn.value_if_any(
        "SELECT s.name FROM shift x JOIN staff s ON s.id = x.staff_id \
             WHERE x.from_at = ?1 AND x.template = ?2 AND x.compound_id IS NOT DISTINCT FROM ?3 AND s.role = ?4 AND x.presence <> 'absent' \
             ORDER BY x.id DESC LIMIT 1",
        values![from, template, compound, role],
    )
}

/// Whether this person has a shift of this template on this day.
pub(in crate::store) fn has(conn: &Connection, s: &Shift) -> Result<bool> {
    conn.value(
        "SELECT EXISTS (SELECT 1 FROM shift WHERE staff_id = ?1 AND day = ?2 AND template = ?3)",
        values![s.staff, s.day, s.template],
    )
}
