//! Rows of callbacks: each time a resident was rung back, who waits for it, and what was said before. What a call means
//! for the ticket is decided in `domain`.

use crate::domain::base::event::{Entity, EventKind};
use crate::domain::base::id::{OperatorId, TicketId};
use crate::domain::base::time::{Time, Zone};
use crate::domain::callback;
use crate::domain::callback::op::{AFFECTED_AT_MOST, Call, Verdict, Whom, needs_manager};
use crate::domain::callback::query::{Affected, InHand, Made, Reopening, Waiting};
use crate::domain::person::{PersonName, Phone};
use crate::domain::staff::Role;
use crate::store::file::engine::{Connection, Row, values};
use crate::store::file::error::Result;
use crate::store::ticket::rows::{NAME_COLUMNS, NAMES, READ, REPORTER, WITH_REPORTER, reporter_of, row_of};
use crate::store::{staff, ticket};

/// Adds a row for the event `seq` that told of the call.
pub(in crate::store) fn insert(
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
    conn.run(
        "INSERT INTO callback (seq, ticket_id, at, operator_id, whom, reached, solved, in_time, verdict) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        values![seq, ticket, at, by, whom, reached, solved, in_time, verdict],
    ).map(drop)
}

/// Whether a ticket (table `t`) may wait for a callback, by the words of the index of such; whether it does, `domain` says.
const WAITS: &str = "t.status = 'resolved' AND t.resolved_at IS NOT NULL";

/// Who waits for a callback, in the order they are rung.
pub(in crate::store) fn queue(conn: &Connection, zone: Zone, now: Time) -> Result<Vec<Waiting>> {
    let sql = format!(
        "SELECT {READ}, {NAME_COLUMNS}, {REPORTER} FROM ticket t {NAMES} {WITH_REPORTER} WHERE {WAITS} ORDER BY t.resolved_at"
    );
    let mut queue = Vec::new();
    conn.each(&sql, values![], |row| {
        let (reporter, phone) = reporter_of(row)?;
        let row = row_of(row)?;
        if let Some(due) = callback::op::due_at(&row.ticket, zone) {
            queue.push(Waiting { row, reporter, phone, due });
        }
        Ok(())
    })?;
    queue.sort_by_cached_key(|one| callback::op::order(&one.row.ticket, one.due, now));
    Ok(queue)
}

/// How many are to be rung back by now.
pub(in crate::store) fn due_now(conn: &Connection, zone: Zone, now: Time) -> Result<u32> {
    let mut due = 0;
    conn.each(
        "SELECT t.resolved_at, t.tried_at FROM ticket t \
         WHERE t.status = 'resolved' AND t.resolved_at <= ?1 AND (t.reporter_id IS NOT NULL OR t.reporter_phone <> '')",
        values![now],
        |row| {
            due += u32::from(callback::op::due(row.get("resolved_at")?, row.get("tried_at")?, zone) <= now);
            Ok(())
        },
    )?;
    Ok(due)
}

/// One callback in hand.
pub(in crate::store) fn in_hand(conn: &Connection, id: TicketId) -> Result<Option<InHand>> {
    let Some(detail) = ticket::rows::detail(conn, id)? else { return Ok(None) };
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
pub(in crate::store) struct Joined {
    pub(in crate::store) name: String,
    pub(in crate::store) phone: String,
    pub(in crate::store) words: String,
}

impl Joined {
    /// Whether it is plainly the same household: the same number, or the same name where neither left one. Of whom nothing is
    /// known nobody can tell.
    pub(in crate::store) fn is(&self, other: &Self) -> bool {
        self.phone == other.phone && (!self.phone.is_empty() || !self.name.is_empty() && self.name == other.name)
    }
}

/// Those also affected whose joining was not taken back, the first to join first.
pub(in crate::store) fn joined(conn: &Connection, id: TicketId) -> Result<Vec<Joined>> {
    conn.rows(
        "SELECT (SELECT text FROM event_text WHERE seq = e.seq AND field = 'name') AS name, \
           (SELECT text FROM event_text WHERE seq = e.seq AND field = 'phone') AS phone, \
           (SELECT text FROM event_text WHERE seq = e.seq AND field = 'note') AS note FROM event e \
         WHERE e.entity_kind = ?1 AND e.entity_id = ?2 AND e.kind = ?3 AND NOT EXISTS (\
           SELECT 1 FROM command u WHERE u.undoes = e.command_id AND NOT EXISTS (SELECT 1 FROM command r WHERE r.undoes = u.id)) \
         ORDER BY e.seq",
        values![Entity::Ticket, id, EventKind::Joined],
        |row| {
            let text = |column| row.text(column).map(str::to_owned);
            Ok(Joined { name: text("name")?, phone: text("phone")?, words: text("note")? })
        },
    )
}

/// Columns of a call, with `c` for its table, and the operator's name.
const MADE: &str = "c.at, o.name, c.whom, c.reached, c.solved, c.in_time, c.verdict FROM callback c \
    JOIN operator o ON o.id = c.operator_id WHERE c.ticket_id = ?1 ORDER BY c.seq";

fn made_of(row: &Row<'_>) -> Result<Made> {
    Ok(Made {
        at: row.get("at")?,
        by: row.get("name")?,
        whom: row.get("whom")?,
        reached: row.get("reached")?,
        solved: row.get("solved")?,
        in_time: row.get("in_time")?,
        verdict: row.get("verdict")?,
    })
}

/// The calls about a ticket, oldest first.
fn made(conn: &Connection, id: TicketId) -> Result<Vec<Made>> {
    conn.rows(&format!("SELECT {MADE}"), values![id], made_of)
}

/// Who could do a ticket over again. Who had it comes last; the manager first, where it was done over before.
pub(in crate::store) fn reopening(conn: &Connection, zone: Zone, id: TicketId, at: Time) -> Result<Option<Reopening>> {
    let Some((ticket, _)) = ticket::rows::load(conn, id)? else { return Ok(None) };
    let mut candidates = staff::rows::suggest(conn, zone, &ticket.category, ticket.compound, at)?;
    let manager = needs_manager(&ticket);
    candidates.sort_by_key(|one| callback::op::proposed_order(&ticket, one.staff, one.role == Role::Manager));
    let handler = match ticket.assignee {
        Some(staff) => conn.value_if_any("SELECT name FROM staff WHERE id = ?1", values![staff])?,
        None => None,
    };
    let called = conn.row_if_any(&format!("SELECT {MADE} DESC LIMIT 1"), values![id], made_of)?;
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
