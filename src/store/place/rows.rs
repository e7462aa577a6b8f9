//! Rows of places, compounds, aliases and notes, and the questions about them.

use crate::domain::base::id::PlaceId;
use crate::domain::base::time::{DAY, Day, Time, Zone};
use crate::domain::place::query::{CompoundRow, Household};
use crate::domain::place::{Place, PlaceKind, Stage};
use crate::domain::ticket::clock::SOON_MINUTES;
use crate::store::file::engine::sql::columns;
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;
use crate::store::{person, ticket};

/// Closed tickets of a place are shown for so many days.
const RECENT_DAYS: i64 = 90;
/// Tickets of a place shown at most.
const RECENT_AT_MOST: usize = 20;

columns! {
    /// The columns of a place.
    Columns: Place in "place" as "p" by "id";
    own { id, version }
    fields {
        parent = "parent_id", kind, compound = "compound_id", building = "building_id", unit, floor, room, area_m2, label,
        sort_key,
    }
}

/// Adds a place.
pub(in crate::store) fn insert(conn: &Connection, place: &Place) -> Result<()> {
    Columns::insert(conn, &place.id, place)
}

/// Adds how far a compound has come.
pub(in crate::store) fn insert_compound(
    conn: &Connection,
    id: PlaceId,
    stage: Stage,
    trial: Option<(Day, i64)>,
) -> Result<()> {
    let (from, days) = trial.unzip();
    conn.run(
        "INSERT INTO compound (place_id, stage, trial_from, trial_days) VALUES (?1, ?2, ?3, ?4)",
        values![id, stage, from, days],
    )
    .map(drop)
}

/// Adds another name of a place.
pub(in crate::store) fn insert_alias(conn: &Connection, id: PlaceId, name: &str) -> Result<()> {
    conn.run("INSERT INTO place_alias (place_id, name) VALUES (?1, ?2) ON CONFLICT DO NOTHING", values![id, name])
        .map(drop)
}

/// Adds a standing note.
pub(in crate::store) fn insert_note(conn: &Connection, note: i64, id: PlaceId, text: &str) -> Result<()> {
    conn.run("INSERT INTO place_note (id, place_id, text) VALUES (?1, ?2, ?3)", values![note, id, text]).map(drop)
}

/// One place.
pub(in crate::store) fn load(conn: &Connection, id: PlaceId) -> Result<Option<Place>> {
    conn.row_if_any("SELECT * FROM place WHERE id = ?1", values![id], Columns::read)
}

/// All compounds with their figures, those with open tickets first, then by name.
pub(in crate::store) fn compounds(conn: &Connection, zone: Zone, now: Time) -> Result<Vec<CompoundRow>> {
    let counts = ticket::rows::counts(conn, now, now.plus_minutes(SOON_MINUTES))?;
    let count = |id| counts.iter().find(|(of, _)| *of == Some(id)).map_or([0; 3], |(_, n)| *n);
    let today = zone.day(now);
    // From the compounds to their places: joined plainly, the engine walks every home to find them.
    let mut rows: Vec<CompoundRow> = conn.rows(
        "SELECT p.id, p.label, u.label AS community, c.stage, c.trial_from, c.trial_days FROM compound c \
         LEFT JOIN place p ON p.id = c.place_id LEFT JOIN place u ON u.id = p.parent_id ORDER BY p.sort_key",
        values![],
        |row| {
            let id = row.get("id")?;
            let from: Option<Day> = row.get("trial_from")?;
            let days: Option<i64> = row.get("trial_days")?;
            let [open, late, _] = count(id);
            Ok(CompoundRow {
                id,
                name: row.get("label")?,
                community: row.text("community")?.to_owned(),
                stage: row.get("stage")?,
                trial_day: from.map(|from| (today - from).num_days() + 1).zip(days),
                open,
                late,
            })
        },
    )?;
    rows.sort_by_key(|row| (std::cmp::Reverse(row.late), std::cmp::Reverse(row.open)));
    Ok(rows)
}

/// Everything about a place that helps with a report.
pub(in crate::store) fn household(conn: &Connection, id: PlaceId, now: Time) -> Result<Option<Household>> {
    let Some(place) = load(conn, id)? else { return Ok(None) };
    let label = |id: PlaceId| load(conn, id).map(|p| p.map(|p| p.label).unwrap_or_default());
    let members = match place.kind {
        PlaceKind::Home | PlaceKind::Shop => person::rows::members(conn, id)?,
        _ => Vec::new(),
    };
    Ok(Some(Household {
        compound: place.compound.map(label).transpose()?.unwrap_or_default(),
        members,
        notes: notes_up(conn, id)?,
        tickets: ticket::rows::of_place(conn, id, Time(now.0 - RECENT_DAYS * DAY), RECENT_AT_MOST)?,
        place,
    }))
}

/// Standing notes of a place and of everything it lies in, nearest first.
fn notes_up(conn: &Connection, id: PlaceId) -> Result<Vec<String>> {
    conn.column(
        "WITH RECURSIVE up (id, parent_id, depth) AS (\
           SELECT id, parent_id, 0 FROM place WHERE id = ?1 UNION ALL \
           SELECT p.id, p.parent_id, up.depth + 1 FROM place p JOIN up ON p.id = up.parent_id) \
         SELECT n.text FROM up JOIN place_note n ON n.place_id = up.id ORDER BY up.depth, n.id",
        values![id],
    )
}
