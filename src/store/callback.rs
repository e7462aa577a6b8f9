//! Rows of callbacks: each time a resident was rung back, who waits for it, and what was said before. What a call means
//! for the ticket is decided in `domain`.

use rusqlite::{OptionalExtension, Row as SqlRow, params};

use super::error::Result;
use super::file::Connection;
use super::staff;
use super::tickets::{self, NAME_COLUMNS, NAMES, READ, REPORTER, WITH_REPORTER, reporter_of, row_of};
use crate::domain::event::{Entity, EventKind};
use crate::domain::id::{OperatorId, TicketId};
use crate::domain::op::callback::{self, AFFECTED_AT_MOST, Call, Verdict, Whom, needs_manager};
use crate::domain::person::{PersonName, Phone};
use crate::domain::query::callbacks::{Affected, InHand, Made, Reopening, Waiting};
use crate::domain::staff::Role;
use crate::domain::time::{Time, Zone};

/// Adds a row for the event `seq` that told of the call.
pub(super) fn insert(
    conn: &Connection,
    seq: i64,
    ticket: TicketId,
    (at, by): (Time, OperatorId),
    call: &Call,
) -> Result<()> {
    let (whom, reached, solved, in_time, verdict): (Whom, bool, Option<bool>, Option<bool>, Option<Verdict>) =
        match call {
            Call::NoAnswer => (Whom::Reporter, false, None, None, None),
            Call::Solved { whom, in_time, verdict, .. } => (*whom, true, Some(true), Some(*in_time), Some(*verdict)),
            Call::NotSolved { whom, .. } => (*whom, true, Some(false), None, Some(Verdict::Dissatisfied)),
        };
    conn.prepare_cached(
        "INSERT INTO callback (seq, ticket_id, at, operator_id, whom, reached, solved, in_time, verdict) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![seq, ticket, at, by, whom, reached, solved, in_time, verdict])?;
    Ok(())
}

/// Whether a ticket (table `t`) may wait for a callback, by the words of the index of such; whether it does, `domain` says.
const WAITS: &str = "t.status = 'resolved' AND t.resolved_at IS NOT NULL";

/// Who waits for a callback, in the order they are rung.
pub(super) fn queue(conn: &Connection, zone: Zone, now: Time) -> Result<Vec<Waiting>> {
    let sql = format!(
        "SELECT {READ}, {NAME_COLUMNS}, {REPORTER} FROM ticket t {NAMES} {WITH_REPORTER} WHERE {WAITS} ORDER BY t.resolved_at"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    let mut queue = Vec::new();
    while let Some(row) = rows.next()? {
        let (reporter, phone) = reporter_of(row)?;
        let row = row_of(row)?;
        if let Some(due) = callback::due_at(&row.ticket, zone) {
            queue.push(Waiting { row, reporter, phone, due });
        }
    }
    queue.sort_by_cached_key(|one| callback::order(&one.row.ticket, one.due, now));
    Ok(queue)
}

/// How many are to be rung back by now.
pub(super) fn due_now(conn: &Connection, zone: Zone, now: Time) -> Result<u32> {
    let mut statement = conn.prepare_cached(
        "SELECT t.resolved_at, t.tried_at FROM ticket t \
         WHERE t.status = 'resolved' AND t.resolved_at <= ?1 AND (t.reporter_id IS NOT NULL OR t.reporter_phone <> '')",
    )?;
    let mut rows = statement.query([now])?;
    let mut due = 0;
    while let Some(row) = rows.next()? {
        due += u32::from(callback::due(row.get(0)?, row.get(1)?, zone) <= now);
    }
    Ok(due)
}

/// One callback in hand.
pub(super) fn in_hand(conn: &Connection, id: TicketId) -> Result<Option<InHand>> {
    let Some(detail) = tickets::detail(conn, id)? else { return Ok(None) };
    Ok(Some(InHand { detail, affected: affected(conn, id)?, calls: made(conn, id)? }))
}

/// Those also affected who left a number: whom to ring.
fn affected(conn: &Connection, id: TicketId) -> Result<Vec<Affected>> {
    let with_phone = joined(conn, id)?.into_iter().filter(|one| !one.phone.is_empty());
    let affected = with_phone.map(|one| Affected {
        name: Some(one.name).filter(|name| !name.is_empty()).map(PersonName::stored),
        phone: Phone::stored(one.phone),
    });
    Ok(affected.take(AFFECTED_AT_MOST as usize).collect())
}

/// A household that joined a ticket, as given; each text may be empty.
#[derive(Debug)]
pub(super) struct Joined {
    pub(super) name: String,
    pub(super) phone: String,
    pub(super) words: String,
}

impl Joined {
    /// Whether it is plainly the same household: the same number, or the same name where neither left one. Of whom nothing is
    /// known nobody can tell.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.phone == other.phone && (!self.phone.is_empty() || !self.name.is_empty() && self.name == other.name)
    }
}

/// Those also affected whose joining was not taken back, the first to join first.
pub(super) fn joined(conn: &Connection, id: TicketId) -> Result<Vec<Joined>> {
    let mut statement = conn.prepare_cached(
        "SELECT (SELECT text FROM event_text WHERE seq = e.seq AND field = 'name'), \
           (SELECT text FROM event_text WHERE seq = e.seq AND field = 'phone'), \
           (SELECT text FROM event_text WHERE seq = e.seq AND field = 'note') FROM event e \
         WHERE e.entity_kind = ?1 AND e.entity_id = ?2 AND e.kind = ?3 AND NOT EXISTS (\
           SELECT 1 FROM command u WHERE u.undoes = e.command_id AND NOT EXISTS (SELECT 1 FROM command r WHERE r.undoes = u.id)) \
         ORDER BY e.seq",
    )?;
    let rows = statement.query_map(params![Entity::Ticket, id, EventKind::Joined], |row| {
        let text = |at| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
        Ok(Joined { name: text(0)?, phone: text(1)?, words: text(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Columns of a call, with `c` for its table, and the operator's name.
const MADE: &str = "c.at, o.name, c.whom, c.reached, c.solved, c.in_time, c.verdict FROM callback c \
    JOIN operator o ON o.id = c.operator_id WHERE c.ticket_id = ?1 ORDER BY c.seq";

fn made_of(row: &SqlRow<'_>) -> rusqlite::Result<Made> {
    Ok(Made {
        at: row.get(0)?,
        by: row.get(1)?,
        whom: row.get(2)?,
        reached: row.get(3)?,
        solved: row.get(4)?,
        in_time: row.get(5)?,
        verdict: row.get(6)?,
    })
}

/// The calls about a ticket, oldest first.
fn made(conn: &Connection, id: TicketId) -> Result<Vec<Made>> {
    let mut statement = conn.prepare_cached(&format!("SELECT {MADE}"))?;
    Ok(statement.query_map([id], made_of)?.collect::<rusqlite::Result<_>>()?)
}

/// Who could do a ticket over again. Who had it comes last; the manager first, where it was done over before.
pub(super) fn reopening(conn: &Connection, zone: Zone, id: TicketId, at: Time) -> Result<Option<Reopening>> {
    let Some((ticket, _)) = tickets::load(conn, id)? else { return Ok(None) };
    let mut candidates = staff::suggest(conn, zone, &ticket.category, ticket.compound, at)?;
    let manager = needs_manager(&ticket);
    candidates.sort_by_key(|one| callback::proposed_order(&ticket, one.staff, one.role == Role::Manager));
    let handler = match ticket.assignee {
        Some(staff) => conn
            .prepare_cached("SELECT name FROM staff WHERE id = ?1")?
            .query_row([staff], |row| row.get(0))
            .optional()?,
        None => None,
    };
    let called = conn.prepare_cached(&format!("SELECT {MADE} DESC LIMIT 1"))?.query_row([id], made_of).optional()?;
    Ok(Some(Reopening {
        candidates,
        needs_manager: manager,
        handler,
        handler_id: ticket.assignee,
        result: ticket.result,
        contacted_at: ticket.contacted_at,
        resolved_at: ticket.resolved_at,
        called,
    }))
}
