//! The one order of the ticket list: what must be looked at first comes first.
//! It is computed from stored times at each look; nothing here is kept.

use super::clock::{self, Standing};
use super::ticket::{Priority, Status, Ticket};
use super::time::Time;

/// Sorts tickets: smaller is more urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Urgency {
    tier: u8,
    priority: Priority,
    due: i64,
}

/// How urgent the ticket is at `now`: watched, then danger, then late, then soon due, then the rest by due time;
/// what rests or waits for a callback comes last.
pub fn urgency(ticket: &Ticket, now: Time) -> Urgency {
    let standing = clock::standing(ticket, now);
    let tier = match standing {
        _ if ticket.watched && ticket.status.open() => 0,
        Standing::Left { .. } | Standing::Late { .. } if ticket.priority == Priority::P1 => 1,
        Standing::Late { .. } => 2,
        Standing::Left { .. } if standing.soon() => 3,
        Standing::Left { .. } => 4,
        Standing::Resting(Some(review)) if review <= now => 3,
        Standing::Still if ticket.status == Status::Resolved => 5,
        Standing::Still if ticket.status.open() => 6,
        Standing::Resting(_) => 7,
        Standing::Still => 8,
    };
    let due = match standing {
        Standing::Left { due, .. } | Standing::Late { due, .. } => due.0,
        Standing::Resting(review) => review.map_or(i64::MAX, |t| t.0),
        Standing::Still => ticket.resolved_at.unwrap_or(ticket.opened_at).0,
    };
    // Among late ones the more dangerous leads; among those with time left the clock does.
    let priority = if matches!(tier, 0..=2) { ticket.priority } else { Priority::P1 };
    Urgency { tier, priority, due }
}
