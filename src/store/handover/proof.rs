//! Tickets, parked intakes and outages made anew from the log alone, to hold a handover against. The rows the draft was read
//! from are not looked at here.

use std::collections::BTreeSet;

use rusqlite::Connection;
use serde_json::{Map, Value};

use super::super::error::Result;
use super::super::{payload, staff, writer};
use crate::domain::event::{Entity, EventKind, Tracked};
use crate::domain::handover::draft::gap_key;
use crate::domain::handover::turn::Due;
use crate::domain::handover::verify::Replayed;
use crate::domain::id::{OutageId, ParkedId, TicketId};
use crate::domain::outage::Outage;
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
        Ok(Replayed { tickets: tickets(conn)?, parked: parked(conn)?, gaps, outages: outages(conn)? })
    })
}

fn tickets(conn: &Connection) -> Result<Vec<(TicketId, Ticket)>> {
    let ended = |ticket: &Ticket| matches!(ticket.status, Status::Closed | Status::Void | Status::Duplicate);
    replayed(conn, Entity::Ticket, Ticket::blank, ended)
}

fn outages(conn: &Connection) -> Result<Vec<(OutageId, Outage)>> {
    replayed(conn, Entity::Outage, Outage::blank, |outage| outage.ended_at.is_some())
}

/// Each record of a kind as its events leave it, but those that have ended.
fn replayed<I, T>(
    conn: &Connection,
    entity: Entity,
    blank: impl Fn() -> T,
    ended: impl Fn(&T) -> bool,
) -> Result<Vec<(I, T)>>
where
    I: rusqlite::types::FromSql + PartialEq + Copy,
    T: Tracked,
{
    let mut statement =
        conn.prepare("SELECT entity_id, kind, payload, seq FROM event WHERE entity_kind = ?1 ORDER BY entity_id, seq")?;
    let mut rows = statement.query([entity])?;
    let mut records: Vec<(I, T)> = Vec::new();
    let done = |records: &mut Vec<(I, T)>| {
        if records.last().is_some_and(|(_, record)| ended(record)) {
            records.pop();
        }
    };
    while let Some(row) = rows.next()? {
        let (id, kind): (I, EventKind) = (row.get(0)?, row.get(1)?);
        if records.last().is_none_or(|(last, _)| *last != id) {
            done(&mut records);
            records.push((id, blank()));
        }
        let damaged = |seq: i64| Trouble::Damaged { detail: format!("event {seq} is of a form not known") };
        let fields: Option<Map<String, Value>> = serde_json::from_str(&row.get::<_, String>(2)?).ok();
        let changes = fields.and_then(|fields| payload::changes::<T>(kind, &fields));
        let changes = changes.ok_or(damaged(row.get(3)?))?;
        if let Some((_, record)) = records.last_mut() {
            record.apply(&changes);
        }
    }
    done(&mut records);
    Ok(records)
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
