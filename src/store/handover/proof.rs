//! Tickets and parked intakes made anew from the log alone, to hold a handover against. The rows the draft was read from are
//! not looked at here.

use std::collections::BTreeSet;

use rusqlite::Connection;
use serde_json::{Map, Value};

use super::super::error::Result;
use super::super::{payload, staff, writer};
use crate::domain::event::{EventKind, Tracked};
use crate::domain::handover::draft::gap_key;
use crate::domain::handover::turn::Due;
use crate::domain::handover::verify::Replayed;
use crate::domain::id::{ParkedId, TicketId};
use crate::domain::ticket::{Status, Ticket};
use crate::domain::time::Zone;
use crate::domain::trouble::Trouble;

/// Everything the events leave open. Words stay the digests they are in the log: that there are some is all that counts.
///
/// Gaps are those the duty list of the next shift tells: the plan is no matter of the log.
pub(in super::super) fn replay(conn: &Connection, zone: Zone, due: Due) -> Result<Replayed> {
    writer::reading(conn, || {
        let gaps = staff::duty(conn, zone, due.begins, None)?.gaps;
        let gaps = gaps.iter().filter(|gap| gap.from < due.until).map(gap_key).collect();
        Ok(Replayed { tickets: tickets(conn)?, parked: parked(conn)?, gaps })
    })
}

fn tickets(conn: &Connection) -> Result<Vec<(TicketId, Ticket)>> {
    let mut statement = conn.prepare(
        "SELECT entity_id, kind, payload, seq FROM event WHERE entity_kind = 'ticket' ORDER BY entity_id, seq",
    )?;
    let mut rows = statement.query([])?;
    let mut tickets: Vec<(TicketId, Ticket)> = Vec::new();
    let done = |tickets: &mut Vec<(TicketId, Ticket)>| {
        let ended = |status| matches!(status, Status::Closed | Status::Void | Status::Duplicate);
        if tickets.last().is_some_and(|(_, ticket)| ended(ticket.status)) {
            tickets.pop();
        }
    };
    while let Some(row) = rows.next()? {
        let (id, kind): (TicketId, EventKind) = (row.get(0)?, row.get(1)?);
        if tickets.last().is_none_or(|(last, _)| *last != id) {
            done(&mut tickets);
            tickets.push((id, Ticket::blank()));
        }
        let damaged = |seq: i64| Trouble::Damaged { detail: format!("event {seq} is of a form not known") };
        let fields: Option<Map<String, Value>> = serde_json::from_str(&row.get::<_, String>(2)?).ok();
        let changes = fields.and_then(|fields| payload::changes::<Ticket>(kind, &fields));
        let changes = changes.ok_or(damaged(row.get(3)?))?;
        if let Some((_, ticket)) = tickets.last_mut() {
            ticket.apply(&changes);
        }
    }
    done(&mut tickets);
    Ok(tickets)
}

fn parked(conn: &Connection) -> Result<Vec<ParkedId>> {
    let mut statement =
        conn.prepare("SELECT entity_id, kind FROM event WHERE entity_kind = 'parked' ORDER BY entity_id, seq")?;
    let mut rows = statement.query([])?;
    let mut there = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let (id, kind): (ParkedId, EventKind) = (row.get(0)?, row.get(1)?);
        match kind {
            EventKind::Parked => there.insert(id),
            _ => there.remove(&id),
        };
    }
    Ok(there.into_iter().collect())
}
