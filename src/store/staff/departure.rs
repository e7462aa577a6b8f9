//! Somebody leaves: what is in his hands and on the wall for him, read and taken off, and the way back.
//! What a ticket becomes in other hands is decided in `domain`.

use std::collections::HashMap;

use serde_json::json;

use crate::domain::base::event::{Entity, EventKind, Tracked};
use crate::domain::base::id::{StaffId, TicketId};
use crate::domain::base::time::{Day, Time, Zone};
use crate::domain::op::Done;
use crate::domain::refusal::Refusal;
use crate::domain::staff::departure::{Given, each_is_given, handed_on};
use crate::domain::staff::query::{Departure, Off};
use crate::domain::ticket::Ticket;
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;
use crate::store::file::writer::Tx;
use crate::store::log::events::Event;
use crate::store::roster::apply::{changed_since, done, write_drafts};
use crate::store::staff::{self, departure_sqlite};
use crate::store::{roster, ticket};

/// What was taken off the wall, and what was put back, in an event's facts.
pub(in crate::store) const TAKEN_OFF: &str = "taken_off";
const PUT_BACK: &str = "put_back";

/// Tickets in somebody's hands, or left to him to give on, the oldest first. What waits only for a callback is done.
fn in_hand(conn: &Connection, id: StaffId) -> Result<Vec<TicketId>> {
    conn.column(
        "SELECT id FROM ticket WHERE open = 1 AND status <> 'resolved' \
           AND (assignee_id = ?1 OR (status = 'new' AND next_owner_id = ?1)) ORDER BY opened_at, id",
        values![id],
    )
}

/// When each of those who have left did so, where the log tells it.
pub(in crate::store) fn left_at(conn: &Connection) -> Result<HashMap<StaffId, Time>> {
    let known: Vec<(StaffId, Option<Time>)> = conn.rows(
        &format!("SELECT s.id, ({}) AS left_at FROM staff s WHERE s.active = 0", departure_sqlite::LEFT_AT),
        values![],
        |row| Ok((row.get("id")?, row.get("left_at")?)),
    )?;
    Ok(known.into_iter().filter_map(|(id, at)| Some((id, at?))).collect())
}

/// What leaves with somebody: shifts that have not begun, and tickets with who could get each.
pub(in crate::store) fn departure(conn: &Connection, zone: Zone, id: StaffId, now: Time) -> Result<Option<Departure>> {
    let Some(member) = staff::rows::load(conn, id)? else { return Ok(None) };
    let shifts = conn.rows(
        "SELECT h.day, h.template, COALESCE(p.label, '') AS place FROM shift h LEFT JOIN place p ON p.id = h.compound_id \
         WHERE h.staff_id = ?1 AND h.from_at > ?2 ORDER BY h.from_at",
        values![id, now],
        |row| Ok(Off { day: row.get("day")?, template: row.get("template")?, place: row.get("place")? }),
    )?;
    let mut in_hands = Vec::new();
    for ticket in in_hand(conn, id)? {
        let Some((found, _)) = ticket::rows::load(conn, ticket)? else { continue };
        let mut candidates = staff::rows::suggest(conn, zone, &found.category, found.compound, now)?;
        candidates.retain(|candidate| candidate.staff != id);
        in_hands.push((ticket, found, candidates));
    }
    Ok(Some(Departure { staff: member, names: roster::rows::templates(conn)?.1, shifts, tickets: in_hands }))
}

/// Gives on what is in his hands and takes his shifts that have not begun, and drafts, off: the gaps are there at once.
pub(in crate::store) fn take_off(tx: &mut Tx<'_>, id: StaffId, given: &[Given]) -> Result<()> {
    each_is_given(id, &in_hand(tx.conn, id)?, given)?;
    for &(ticket, to) in given {
        if let Some(to) = to {
            staff::rows::load(tx.conn, to)?.filter(|to| to.active).ok_or(Refusal::NotFound { what: Entity::Staff })?;
        }
        let (before, _) = ticket::rows::load(tx.conn, ticket)?.ok_or(Refusal::NotFound { what: Entity::Ticket })?;
        let (after, kind) = handed_on(&before, to, tx.now, &tx.calendar);
        ticket::rows::update(tx.conn, ticket, &before, &after)?;
        let changes = before.changes_to(&after);
        tx.log.changed::<Ticket>(Entity::Ticket, ticket.0, kind, &changes, "", &[])?;
    }
    let drafted: Vec<(Day, Option<_>)> =
        tx.conn.rows("SELECT day FROM draft_day WHERE staff_id = ?1 ORDER BY day", values![id], |row| {
            Ok((row.get("day")?, None))
        })?;
    write_drafts(tx, id, &drafted, EventKind::Planned)?;
    let rows = departure_sqlite::read(tx.conn, id, tx.now)?;
    if rows.as_array().is_some_and(|rows| !rows.is_empty()) {
        departure_sqlite::remove(tx.conn, id, &rows)?;
        tx.log.happened(Entity::Roster, id.0, EventKind::Removed, json!({ TAKEN_OFF: rows }), "", &[])?;
    }
    Ok(())
}

/// Whether an event is one of shifts taken off, or put back.
pub(in crate::store) fn is_of(event: &Event) -> bool {
    [TAKEN_OFF, PUT_BACK].iter().any(|word| event.payload.contains_key(*word))
}

/// Puts shifts back on the wall as they were, or takes them off again.
pub(in crate::store) fn back(tx: &mut Tx<'_>, event: &Event, told_as: EventKind) -> Result<Done> {
    let id = StaffId(event.id);
    let (rows, put) = match event.payload.get(TAKEN_OFF) {
        Some(rows) => (rows.clone(), true),
        None => (event.payload.get(PUT_BACK).cloned().unwrap_or_default(), false),
    };
    if put {
        if departure_sqlite::any_there(tx.conn, id, &rows)? {
            return Err(changed_since("plan"));
        }
        departure_sqlite::insert(tx.conn, id, &rows)?;
    } else {
        departure_sqlite::remove(tx.conn, id, &rows)?;
    }
    let word = if put { PUT_BACK } else { TAKEN_OFF };
    tx.log.happened(Entity::Roster, id.0, told_as, json!({ word: rows }), "", &[])?;
    Ok(Done { of: Some(event.kind), ..done(tx, Entity::Roster, id.0, told_as, 0) })
}
