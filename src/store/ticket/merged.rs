//! Ways between merged tickets: the one that lives on, and those that went into it. Whether one may go is decided in `domain`.

use crate::domain::base::event::Entity;
use crate::domain::base::id::TicketId;
use crate::domain::refusal::Refusal;
use crate::domain::ticket::{Number, Status, decide};
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;
use crate::store::ticket;

/// The ticket a merged one lives on in, however many merges lie between. None when it is not merged.
pub(in crate::store) fn living(conn: &Connection, id: TicketId) -> Result<Option<TicketId>> {
    let mut next = conn.statement("SELECT duplicate_of FROM ticket WHERE id = ?1 AND status = 'duplicate'")?;
    let mut way = vec![id];
    let mut at = id;
    while let Some(into) = next.value_if_any::<Option<TicketId>>(values![at])?.flatten() {
        if way.contains(&into) {
            break;
        }
        way.push(into);
        at = into;
    }
    Ok((at != id).then_some(at))
}

/// Those that live on in a ticket, by one merge or by several.
pub(in crate::store) fn into(conn: &Connection, id: TicketId) -> Result<Vec<TicketId>> {
    let mut of = conn.statement("SELECT id FROM ticket WHERE duplicate_of = ?1 ORDER BY opened_at, id")?;
    let (mut found, mut at): (Vec<TicketId>, _) = (vec![id], 0);
    while let Some(&one) = found.get(at) {
        for merged in of.column::<TicketId>(values![one])? {
            if !found.contains(&merged) {
                found.push(merged);
            }
        }
        at += 1;
    }
    found.remove(0);
    Ok(found)
}

/// The numbers of tickets, in their order.
pub(in crate::store) fn numbers(conn: &Connection, ids: &[TicketId]) -> Result<Vec<Number>> {
    let mut number = conn.statement("SELECT day, n FROM ticket WHERE id = ?1")?;
    let mut numbers = Vec::with_capacity(ids.len());
    for id in ids {
        let found = number.row_if_any(values![id], |row| Ok(Number { day: row.get("day")?, n: row.get("n")? }))?;
        numbers.extend(found);
    }
    Ok(numbers)
}

/// Refuses to let a ticket become void while others live on in it, or to merge it into one that has ended or leads back to it.
pub(in crate::store) fn may_become(
    conn: &Connection,
    id: TicketId,
    to: Status,
    original: Option<TicketId>,
) -> Result<()> {
    if to == Status::Void {
        decide::may_vanish(numbers(conn, &into(conn, id)?)?)?;
    }
    if let Some(original) = original {
        let end = living(conn, original)?.unwrap_or(original);
        let (kept, _) = ticket::rows::load(conn, end)?.ok_or(Refusal::NotFound { what: Entity::Ticket })?;
        decide::may_go_into(end == id, kept.status)?;
    }
    Ok(())
}
