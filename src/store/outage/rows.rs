//! Rows of outages and of those who rang about them. What may be changed is decided in `domain`.

use crate::domain::base::id::{OutageId, PlaceId};
use crate::domain::base::time::{DAY, HOUR, Time};
use crate::domain::outage::Outage;
use crate::domain::place::PlaceKind;
use crate::domain::ticket::around::{OUTAGE_DAYS_AFTER, OUTAGE_DAYS_AHEAD, OutageRow};
use crate::store::file::engine::sql::columns;
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;
use crate::store::place;

/// One that is over is still told of for so long: a tap that stays dry is another matter then.
const TOLD_OF_AFTER: i64 = 12 * HOUR;

columns! {
    /// The columns of an outage.
    Columns: Outage in "outage" as "o" by "id";
    fields { kind, from = "from_at", to = "to_at", ended_at, places, words }
}

/// Adds an outage.
pub(in crate::store) fn insert(conn: &Connection, id: OutageId, outage: &Outage) -> Result<()> {
    Columns::insert(conn, &id, outage)
}

/// Writes its new state over the old; its version counts up.
pub(in crate::store) fn update(conn: &Connection, id: OutageId, outage: &Outage) -> Result<()> {
    Columns::update(conn, &id, outage)
}

/// Takes an outage out that nobody rang about.
pub(in crate::store) fn remove(conn: &Connection, id: OutageId) -> Result<()> {
    conn.run("DELETE FROM outage WHERE id = ?1", values![id]).map(drop)
}

/// An outage and its version.
pub(in crate::store) fn load(conn: &Connection, id: OutageId) -> Result<Option<(Outage, i64)>> {
    conn.row_if_any("SELECT * FROM outage WHERE id = ?1", values![id], |row| {
        Ok((Columns::read(row)?, row.get("version")?))
    })
}

/// Counts a caller, told by the event `seq`.
pub(in crate::store) fn insert_call(
    conn: &Connection,
    seq: i64,
    id: OutageId,
    place: Option<PlaceId>,
    at: Time,
) -> Result<()> {
    conn.run(
        "INSERT INTO outage_call (seq, outage_id, place_id, at) VALUES (?1, ?2, ?3, ?4)",
        values![seq, id, place, at],
    )
    .map(drop)
}

/// Counts a caller no longer; false when he was not counted.
pub(in crate::store) fn remove_call(conn: &Connection, seq: i64) -> Result<bool> {
    Ok(conn.run("DELETE FROM outage_call WHERE seq = ?1", values![seq])? > 0)
}

/// Whether somebody rang about it.
pub(in crate::store) fn has_calls(conn: &Connection, id: OutageId) -> Result<bool> {
    conn.value("SELECT EXISTS (SELECT 1 FROM outage_call WHERE outage_id = ?1)", values![id])
}

/// The outages of now and of the days to come, the earliest first.
pub(in crate::store) fn list(conn: &Connection, now: Time) -> Result<Vec<OutageRow>> {
    let (after, ahead) = (Time(now.0 - OUTAGE_DAYS_AFTER * DAY), Time(now.0 + OUTAGE_DAYS_AHEAD * DAY));
    let mut rows: Vec<OutageRow> = conn.rows(
        "SELECT o.*, (SELECT COUNT(DISTINCT c.place_id) + COUNT(*) FILTER (WHERE c.place_id IS NULL) \
           FROM outage_call c WHERE c.outage_id = o.id) AS households FROM outage o \
         WHERE o.to_at > ?1 AND o.from_at < ?2 AND (o.ended_at IS NULL OR o.ended_at > ?3) ORDER BY o.from_at, o.id",
        values![after, ahead, Time(now.0 - TOLD_OF_AFTER)],
        |row| {
            Ok(OutageRow {
                id: row.get("id")?,
                version: row.get("version")?,
                outage: Columns::read(row)?,
                places: Vec::new(),
                households: row.get("households")?,
            })
        },
    )?;
    for row in &mut rows {
        row.places = row.outage.places.0.iter().map(|&id| name_of(conn, id)).collect::<Result<_>>()?;
    }
    Ok(rows)
}

/// What a place is called, its compound first.
pub(in crate::store) fn name_of(conn: &Connection, id: PlaceId) -> Result<String> {
    let Some(place) = place::rows::load(conn, id)? else { return Ok(String::new()) };
    let compound = match place.compound.filter(|_| place.kind != PlaceKind::Compound) {
        Some(compound) => place::rows::load(conn, compound)?,
        None => None,
    };
    Ok(compound.map_or_else(|| place.label.clone(), |compound| format!("{} {}", compound.label, place.label)))
}
