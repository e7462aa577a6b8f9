//! Reads what the month's report counts. What counts how is decided in `domain`.

use rusqlite::{Connection, OptionalExtension, params};

use super::error::Result;
use super::rates::{TAKEN, calls, compound_names, taken_of};
use super::{convert, township};
use crate::domain::id::PlaceId;
use crate::domain::rates::Span;
use crate::domain::report::{Callers, Counting, Line, Month};
use crate::domain::ticket::TicketKind;
use crate::domain::time::{Time, Zone};

/// The report of a month.
pub(super) fn month(conn: &Connection, zone: Zone, span: Span, now: Time) -> Result<Month> {
    let (from, to) = span.times(zone);
    let mut counting = Counting::new(span, zone, now);
    lines(conn, (counting.reads_from(), to), &mut counting)?;
    calls(conn, (from, to), None, |called| counting.called(&called))?;
    let names = compound_names(conn)?;
    let name = |id: PlaceId| names.get(&id).cloned().unwrap_or_default();
    let counts = counting.counts(name);
    let township = township::read(conn)?;
    let category_name = |code: &str| -> Result<(String, String)> {
        let found = conn
            .prepare_cached("SELECT * FROM category WHERE code = ?1")?
            .query_row([code], convert::category)
            .optional()?;
        Ok(found.map(|category| (category.zh, category.en)).unwrap_or_default())
    };
    let count = |sql: &str, values: &dyn Fn(&mut rusqlite::Statement<'_>) -> rusqlite::Result<u32>| -> Result<u32> {
        Ok(values(&mut *conn.prepare_cached(sql)?)?)
    };
    Ok(Month {
        township: township.name,
        company: township.company,
        made_at: now,
        zone,
        repeat_places: counts.repeats.iter().map(|one| place_name(conn, one.place)).collect::<Result<_>>()?,
        category_names: counts.categories.iter().map(|one| category_name(&one.code)).collect::<Result<_>>()?,
        problem_places: counts.problems.iter().map(|one| one.compound.map(name).unwrap_or_default()).collect(),
        resolved: count("SELECT COUNT(*) FROM ticket WHERE resolved_at >= ?1 AND resolved_at < ?2", &|statement| {
            statement.query_row(params![from, to], |row| row.get(0))
        })?,
        open: count("SELECT COUNT(*) FROM ticket WHERE open = 1", &|statement| {
            statement.query_row([], |row| row.get(0))
        })?,
        callers: (callers(conn, span.times(zone))?, callers(conn, span.month_before().times(zone))?),
        counts,
    })
}

/// Counts each ticket taken from one moment until another.
fn lines(conn: &Connection, (from, to): (Time, Time), counting: &mut Counting) -> Result<()> {
    // As for look-alikes: a common part has one root, the homes of a building another.
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {TAKEN}, t.category, t.kind, \
           t.root_cause, CASE WHEN p.kind IN ('township', 'community', 'compound') THEN NULL WHEN p.kind = 'common' THEN p.id \
             ELSE IFNULL(p.building_id, p.id) END \
         FROM ticket t LEFT JOIN place p ON p.id = t.place_id WHERE t.opened_at >= ?1 AND t.opened_at < ?2",
    ))?;
    let mut rows = statement.query(params![from, to])?;
    while let Some(row) = rows.next()? {
        counting.line(&Line {
            taken: taken_of(row)?,
            category: row.get_ref(6)?.as_str().map_err(rusqlite::Error::from)?,
            kind: row.get::<_, TicketKind>(7)?,
            root_cause: row.get(8)?,
            root: row.get(9)?,
        });
    }
    Ok(())
}

/// Homes that reported something in those days, and whether they ever had before; patrols and grid workers report nothing of
/// their own home.
fn callers(conn: &Connection, (from, to): (Time, Time)) -> Result<Callers> {
    const CALLED: &str = "t.opened_at >= ?1 AND t.opened_at < ?2 AND t.status <> 'void' \
        AND t.channel IN ('phone', 'walk_in', '12345', 'wechat', 'letter')";
    let (homes, new) = conn
        .prepare_cached(&format!(
            "SELECT COUNT(*), COUNT(*) FILTER (WHERE NOT EXISTS (\
               SELECT 1 FROM ticket t WHERE t.place_id = h.place_id AND t.opened_at < ?1 AND t.status <> 'void')) \
             FROM (SELECT DISTINCT t.place_id FROM ticket t CROSS JOIN place p ON p.id = t.place_id \
               WHERE {CALLED} AND p.kind IN ('home', 'shop')) AS h"
        ))?
        .query_row(params![from, to], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let unknown = conn
        .prepare_cached(&format!(
            "SELECT COUNT(*) FROM ticket t LEFT JOIN place p ON p.id = t.place_id \
             WHERE {CALLED} AND IFNULL(p.kind, '') NOT IN ('home', 'shop')"
        ))?
        .query_row(params![from, to], |row| row.get(0))?;
    Ok(Callers { homes, new, unknown })
}

/// What a place is called: its compound and its label there.
fn place_name(conn: &Connection, id: PlaceId) -> Result<(String, String)> {
    let found = conn
        .prepare_cached(
            "SELECT c.label, p.label FROM place p LEFT JOIN place c ON c.id = p.compound_id WHERE p.id = ?1",
        )?
        .query_row([id], |row| Ok((row.get::<_, Option<String>>(0)?.unwrap_or_default(), row.get(1)?)))
        .optional()?;
    Ok(found.unwrap_or_default())
}
