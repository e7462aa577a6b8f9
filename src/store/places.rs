//! Rows of places, compounds, aliases and notes, and the questions about them.

use rusqlite::{OptionalExtension, Row, params};

use super::convert::{day_of, day_text};
use super::error::Result;
use super::file::Connection;
use super::{people, tickets};
use crate::domain::clock::SOON_MINUTES;
use crate::domain::id::PlaceId;
use crate::domain::place::{Place, PlaceKind, Stage};
use crate::domain::query::places::{CompoundRow, Household};
use crate::domain::time::{DAY, Day, Time, Zone};

/// Closed tickets of a place are shown for so many days.
const RECENT_DAYS: i64 = 90;
/// Tickets of a place shown at most.
const RECENT_AT_MOST: usize = 20;

/// Adds a place.
pub(super) fn insert(conn: &Connection, p: &Place) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO place (id, parent_id, kind, compound_id, building_id, unit, floor, room, area_m2, label, sort_key) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        p.id, p.parent, p.kind, p.compound, p.building, p.unit, p.floor, p.room, p.area_m2, p.label, p.sort_key
    ])?;
    Ok(())
}

/// Adds how far a compound has come.
pub(super) fn insert_compound(conn: &Connection, id: PlaceId, stage: Stage, trial: Option<(Day, i64)>) -> Result<()> {
    let (from, days) = trial.unzip();
    conn.prepare_cached("INSERT INTO compound (place_id, stage, trial_from, trial_days) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![id, stage, from.map(day_text), days])?;
    Ok(())
}

/// Adds another name of a place.
pub(super) fn insert_alias(conn: &Connection, id: PlaceId, name: &str) -> Result<()> {
    conn.prepare_cached("INSERT INTO place_alias (place_id, name) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
        .execute(params![id, name])?;
    Ok(())
}

/// Adds a standing note.
pub(super) fn insert_note(conn: &Connection, note: i64, id: PlaceId, text: &str) -> Result<()> {
    conn.prepare_cached("INSERT INTO place_note (id, place_id, text) VALUES (?1, ?2, ?3)")?
        .execute(params![note, id, text])?;
    Ok(())
}

/// A place from its row; columns by name.
pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Place> {
    Ok(Place {
        id: row.get("id")?,
        parent: row.get("parent_id")?,
        kind: row.get("kind")?,
        compound: row.get("compound_id")?,
        building: row.get("building_id")?,
        unit: row.get("unit")?,
        floor: row.get("floor")?,
        room: row.get("room")?,
        area_m2: row.get("area_m2")?,
        label: row.get("label")?,
        sort_key: row.get("sort_key")?,
        version: row.get("version")?,
    })
}

/// One place.
pub(super) fn load(conn: &Connection, id: PlaceId) -> Result<Option<Place>> {
    Ok(conn.prepare_cached("SELECT * FROM place WHERE id = ?1")?.query_row([id], from_row).optional()?)
}

/// All compounds with their figures, those with open tickets first, then by name.
pub(super) fn compounds(conn: &Connection, zone: Zone, now: Time) -> Result<Vec<CompoundRow>> {
    let counts = tickets::counts(conn, now, now.plus_minutes(SOON_MINUTES))?;
    let count = |id| counts.iter().find(|(of, _)| *of == Some(id)).map_or([0; 3], |(_, n)| *n);
    let today = zone.day(now);
    // From the compounds to their places: joined plainly, the engine walks every home to find them.
    let mut statement = conn.prepare_cached(
        "SELECT p.id, p.label, u.label AS community, c.stage, c.trial_from, c.trial_days FROM compound c \
         LEFT JOIN place p ON p.id = c.place_id LEFT JOIN place u ON u.id = p.parent_id ORDER BY p.sort_key",
    )?;
    let mut rows: Vec<CompoundRow> = statement
        .query_map([], |row| {
            let id = row.get("id")?;
            let from: Option<String> = row.get("trial_from")?;
            let days: Option<i64> = row.get("trial_days")?;
            let day = |from: String| Ok::<_, rusqlite::Error>((today - day_of(&from)?).num_days() + 1);
            let [open, late, _] = count(id);
            Ok(CompoundRow {
                id,
                name: row.get("label")?,
                community: row.get::<_, Option<String>>("community")?.unwrap_or_default(),
                stage: row.get("stage")?,
                trial_day: from.map(day).transpose()?.zip(days),
                open,
                late,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    rows.sort_by_key(|row| (std::cmp::Reverse(row.late), std::cmp::Reverse(row.open)));
    Ok(rows)
}

/// Everything about a place that helps with a report.
pub(super) fn household(conn: &Connection, id: PlaceId, now: Time) -> Result<Option<Household>> {
    let Some(place) = load(conn, id)? else { return Ok(None) };
    let label = |id: PlaceId| load(conn, id).map(|p| p.map(|p| p.label).unwrap_or_default());
    let members = match place.kind {
        PlaceKind::Home | PlaceKind::Shop => people::members(conn, id)?,
        _ => Vec::new(),
    };
    Ok(Some(Household {
        compound: place.compound.map(label).transpose()?.unwrap_or_default(),
        members,
        notes: notes_up(conn, id)?,
        tickets: tickets::of_place(conn, id, Time(now.0 - RECENT_DAYS * DAY), RECENT_AT_MOST)?,
        place,
    }))
}

/// Standing notes of a place and of everything it lies in, nearest first.
fn notes_up(conn: &Connection, id: PlaceId) -> Result<Vec<String>> {
    let mut statement = conn.prepare_cached(
        "WITH RECURSIVE up (id, parent_id, depth) AS (\
           SELECT id, parent_id, 0 FROM place WHERE id = ?1 UNION ALL \
           SELECT p.id, p.parent_id, up.depth + 1 FROM place p JOIN up ON p.id = up.parent_id) \
         SELECT n.text FROM up JOIN place_note n ON n.place_id = up.id ORDER BY up.depth, n.id",
    )?;
    Ok(statement.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}
