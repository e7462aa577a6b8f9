//! Reads what the month's report counts. What counts how is decided in `domain`.

use crate::domain::base::id::PlaceId;
use crate::domain::base::time::{Time, Zone};
use crate::domain::rates::Span;
use crate::domain::rates::report::{Callers, Counting, Line, Month};
use crate::domain::ticket::TicketKind;
use crate::store::file::engine::{Connection, JOIN_IN_ORDER, values};
use crate::store::file::error::Result;
use crate::store::rates::rows::{calls, compound_names, taken_of};
use crate::store::settings::township;

/// The report of a month.
pub(in crate::store) fn month(conn: &Connection, zone: Zone, span: Span, now: Time) -> Result<Month> {
    let (from, to) = span.times(zone);
    let mut counting = Counting::new(span, zone, now);
    lines(conn, (counting.reads_from(), to), &mut counting)?;
    calls(conn, (from, to), None, |called| counting.called(&called))?;
    let names = compound_names(conn)?;
    let name = |id: PlaceId| names.get(&id).cloned().unwrap_or_default();
    let counts = counting.counts(name);
    let township = township::read(conn)?;
    let category_name = |code: &str| -> Result<(String, String)> {
        let found = township::category(conn, code)?;
        Ok(found.map(|category| (category.zh, category.en)).unwrap_or_default())
    };
    let resolved = "SELECT COUNT(*) FROM ticket WHERE resolved_at >= ?1 AND resolved_at < ?2";
    Ok(Month {
        township: township.name,
        company: township.company,
        made_at: now,
        zone,
        repeat_places: counts.repeats.iter().map(|one| place_name(conn, one.place)).collect::<Result<_>>()?,
        category_names: counts.categories.iter().map(|one| category_name(&one.code)).collect::<Result<_>>()?,
        problem_places: counts.problems.iter().map(|one| one.compound.map(name).unwrap_or_default()).collect(),
        resolved: conn.value(resolved, values![from, to])?,
        open: conn.value("SELECT COUNT(*) FROM ticket WHERE open = 1", values![])?,
        callers: (callers(conn, span.times(zone))?, callers(conn, span.month_before().times(zone))?),
        counts,
    })
}

/// Counts each ticket taken from one moment until another.
fn lines(conn: &Connection, (from, to): (Time, Time), counting: &mut Counting) -> Result<()> {
    // As for look-alikes: a common part has one root, the homes of a building another.
    conn.each(
        "SELECT t.opened_at, t.compound_id, t.status, t.contacted_at, t.respond_by, t.paused_at, t.category, t.kind, \
           t.root_cause, CASE WHEN p.kind IN ('township', 'community', 'compound') THEN NULL WHEN p.kind = 'common' THEN p.id \
             ELSE COALESCE(p.building_id, p.id) END AS root \
         FROM ticket t LEFT JOIN place p ON p.id = t.place_id WHERE t.opened_at >= ?1 AND t.opened_at < ?2",
        values![from, to],
        |row| {
            counting.line(&Line {
                taken: taken_of(row)?,
                category: row.text("category")?,
                kind: row.get::<TicketKind>("kind")?,
                root_cause: row.get("root_cause")?,
                root: row.get("root")?,
            });
            Ok(())
        },
    )
}

/// Homes that reported something in those days, and whether they ever had before; patrols and grid workers report nothing of
/// their own home.
fn callers(conn: &Connection, (from, to): (Time, Time)) -> Result<Callers> {
    const CALLED: &str = "t.opened_at >= ?1 AND t.opened_at < ?2 AND t.status <> 'void' \
        AND t.channel IN ('phone', 'walk_in', '12345', 'wechat', 'letter')";
    let (homes, new) = conn.row(
        &format!(
            "SELECT COUNT(*) AS homes, COUNT(*) FILTER (WHERE NOT EXISTS (\
               SELECT 1 FROM ticket t WHERE t.place_id = h.place_id AND t.opened_at < ?1 AND t.status <> 'void')) AS new \
             FROM (SELECT DISTINCT t.place_id FROM ticket t {JOIN_IN_ORDER} place p ON p.id = t.place_id \
               WHERE {CALLED} AND p.kind IN ('home', 'shop')) AS h"
        ),
        values![from, to],
        |row| Ok((row.get("homes")?, row.get("new")?)),
    )?;
    let unknown = conn.value(
        &format!(
            "SELECT COUNT(*) FROM ticket t LEFT JOIN place p ON p.id = t.place_id \
             WHERE {CALLED} AND COALESCE(p.kind, '') NOT IN ('home', 'shop')"
        ),
        values![from, to],
    )?;
    Ok(Callers { homes, new, unknown })
}

/// What a place is called: its compound and its label there.
fn place_name(conn: &Connection, id: PlaceId) -> Result<(String, String)> {
    let found = conn.row_if_any(
        "SELECT c.label AS compound, p.label FROM place p LEFT JOIN place c ON c.id = p.compound_id WHERE p.id = ?1",
        values![id],
        |row| Ok((row.text("compound")?.to_owned(), row.get("label")?)),
    )?;
    Ok(found.unwrap_or_default())
}
