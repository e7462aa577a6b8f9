//! Tickets near a place and of a kind: look-alikes of a new report, and several within a month whose root is worth a look.
//! Both read one compound's newest tickets by an index, never all tickets.

use crate::domain::base::id::{PlaceId, TicketId};
use crate::domain::base::time::{DAY, Time};
use crate::domain::place::PlaceKind;
use crate::domain::ticket::around::{
    ALIKE_AT_MOST, ALIKE_DAYS, Alike, LookAlike, Near, Pattern, ROOT_DAYS, ROOT_FROM, group_of,
};
use crate::domain::ticket::priority::may_raise;
use crate::store::file::engine::{Connection, JOIN_IN_ORDER, values, without_index};
use crate::store::file::error::Result;
use crate::store::ticket::rows::{NAME_COLUMNS, NAMES, READ};
use crate::store::{outage, place, ticket};

/// Tickets of a pattern at most.
const PATTERN_AT_MOST: i64 = 20;

/// Tickets much like a report at this place, the nearest first, open ones before those closed of late.
pub(in crate::store) fn look_alikes(conn: &Connection, of: Alike) -> Result<Vec<LookAlike>> {
    let Some(place) = place::rows::load(conn, of.place)? else { return Ok(Vec::new()) };
    let Some(compound) = place.compound else { return Ok(Vec::new()) };
    // A ticket of the compound as a whole may be about anything in it; the common parts are looked through only when no
    // building is known.
    const NEAR: &str = "CASE WHEN t.place_id = ?1 THEN 0 WHEN q.building_id = ?3 AND q.unit = ?4 THEN 1 \
         WHEN q.building_id = ?3 THEN 2 WHEN t.place_id = ?2 THEN 3 WHEN ?5 AND q.kind = 'common' THEN 3 END";
    // One still to be sorted may be of any kind.
    const KIND: &str = "(?6 IS NULL OR substr(t.category, 1, 1) = ?6 OR t.category = ?7)";
    let sql = format!(
        "WITH n (id, near, ended) AS (\
           SELECT t.id, {NEAR}, 0 FROM ticket t LEFT JOIN place q ON q.id = t.place_id \
             WHERE t.open = 1 AND t.compound_id = ?2 AND {KIND} \
           UNION ALL SELECT t.id, {NEAR}, 1 FROM ticket t LEFT JOIN place q ON q.id = t.place_id \
             WHERE t.compound_id = ?2 AND t.closed_at >= ?8 AND t.status = 'closed' AND {KIND}) \
         SELECT {READ}, {NAME_COLUMNS}, n.near FROM n {JOIN_IN_ORDER} ticket t ON t.id = n.id {NAMES} \
         WHERE n.near IS NOT NULL ORDER BY n.near, n.ended, t.opened_at DESC LIMIT ?9"
    );
    conn.rows(
        &sql,
        values![
            place.id,
            compound,
            place.building,
            place.unit,
            place.kind == PlaceKind::Compound,
            of.group.map(String::from),
            crate::domain::ticket::category::TO_SORT,
            Time(of.now.0 - ALIKE_DAYS * DAY),
            i64::try_from(ALIKE_AT_MOST).unwrap_or(i64::MAX)
        ],
        |row| {
            let near: u8 = row.get("near")?;
            Ok(LookAlike {
                row: ticket::rows::row_of(row)?,
                near: Near::ALL.get(usize::from(near)).copied().unwrap_or(Near::Compound),
            })
        },
    )
}

/// The tickets of a ticket's kind at its building or common part within a month of it, when they are enough to look for their
/// root and no open ticket does that already.
pub(in crate::store) fn root_cause(conn: &Connection, id: TicketId) -> Result<Option<Box<Pattern>>> {
    let Some((ticket, _)) = ticket::rows::load(conn, id)? else { return Ok(None) };
    let Some(group) = group_of(&ticket.category).filter(|_| may_raise(ticket.kind)) else { return Ok(None) };
    let Some((place, compound)) = ticket.place.zip(ticket.compound) else { return Ok(None) };
    let Some(place) = root_place(conn, place)? else { return Ok(None) };
    let since = Time(ticket.opened_at.0 - ROOT_DAYS * DAY);
    let until = Time(ticket.opened_at.0 + ROOT_DAYS * DAY);
    const HERE: &str = "t.compound_id = ?1 AND substr(t.category, 1, 1) = ?3 \
         AND (t.place_id = ?4 OR EXISTS (SELECT 1 FROM place q WHERE q.id = t.place_id AND q.building_id = ?4 AND q.kind <> 'common'))";
    // By the index of the open ones: all of a month would be read to find that there is none.
    let looked_for = conn.row_if_any(
        &format!(
            "SELECT 1 FROM ticket t WHERE {HERE} AND t.open = 1 AND {} > ?2 AND t.root_cause = 1 LIMIT 1",
            without_index("t.opened_at")
        ),
        values![compound, since, String::from(group), place],
        |_| Ok(()),
    )?;
    if looked_for.is_some() || ticket.root_cause {
        return Ok(None);
    }
    let sql = format!(
        "SELECT {READ}, {NAME_COLUMNS} FROM ticket t {NAMES} WHERE {HERE} AND t.opened_at > ?2 AND t.opened_at <= ?6 \
         AND t.status NOT IN ('void', 'duplicate') AND t.root_cause = 0 ORDER BY t.opened_at DESC, t.id DESC LIMIT ?5"
    );
    let rows: Vec<_> = conn.rows(
        &sql,
        values![compound, since, String::from(group), place, PATTERN_AT_MOST, until],
        ticket::rows::row_of,
    )?;
    if rows.len() < ROOT_FROM || rows.iter().all(|row| row.id != id) {
        return Ok(None);
    }
    Ok(Some(Box::new(Pattern { place, label: outage::rows::name_of(conn, place)?, rows })))
}

/// What has one root: a common part by itself, else the building; a home without one by itself. A whole compound has none.
fn root_place(conn: &Connection, place: PlaceId) -> Result<Option<PlaceId>> {
    let Some(place) = place::rows::load(conn, place)? else { return Ok(None) };
    Ok(match place.kind {
        PlaceKind::Township | PlaceKind::Community | PlaceKind::Compound => None,
        PlaceKind::Common => Some(place.id),
        _ => Some(place.building.unwrap_or(place.id)),
    })
}
