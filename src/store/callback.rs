//! Rows of callbacks: each time a resident was rung back. What the call means for the ticket is decided in `domain`.

use rusqlite::{Connection, params};

use super::error::Result;
use crate::domain::id::{OperatorId, TicketId};
use crate::domain::op::callback::{Call, Verdict, Whom};
use crate::domain::time::Time;

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
