//! Callbacks 回访: the resident's word, without which nothing closes. Who may ring, when, and what each answer does.
//! The queue of those due is a question (`query`); the three rates are in `rates`.

use super::super::event::EventKind;
use super::super::id::StaffId;
use super::super::refusal::Refusal;
use super::super::ticket::{Outcome, Status, Ticket};
use super::super::time::{HOUR, Time, Zone};
use super::decide::{Deciding, give_to, open_again};
use crate::coded;

coded! {
    /// How content the resident is.
    pub enum Verdict {
        /// 满意
        Satisfied = "satisfied",
        /// 基本满意
        Fair = "fair",
        /// 不满意
        Dissatisfied = "dissatisfied",
    }
}

coded! {
    /// Whose word it is.
    pub enum Whom {
        /// The reporter, rung back.
        Reporter = "reporter",
        /// One of those also affected, rung back; two at most are.
        Affected = "affected",
        /// A resident who rang or came by himself: no hour is wrong for that.
        CameIn = "came_in",
    }
}

/// What ringing back brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// Nobody answered.
    NoAnswer,
    /// It is solved.
    Solved {
        /// Whose word.
        whom: Whom,
        /// Whether somebody came in time.
        in_time: bool,
        /// How content.
        verdict: Verdict,
        /// What was said; may be empty.
        words: String,
    },
    /// It is not solved: done over again by another.
    NotSolved {
        /// Whose word.
        whom: Whom,
        /// What is still wrong.
        words: String,
        /// Who gets it now.
        next: StaffId,
    },
}

/// Attempts after which a ticket is closed as not reached.
pub const TRIES: u32 = 3;
/// Others affected who are rung back, at most.
pub const AFFECTED_AT_MOST: u32 = 2;

/// Minutes after midnight nobody is rung: the midday rest, and the evening until the morning.
const REST: [(i64, i64); 3] = [(0, 8 * 60), (12 * 60, 14 * 60 + 30), (20 * 60, 24 * 60)];

/// When a resident may be rung again, if not now.
pub fn rest_until(now: Time, zone: Zone) -> Option<Time> {
    let minute = zone.minute_of_day(now);
    let (_, to) = REST.into_iter().find(|(from, to)| (*from..*to).contains(&minute))?;
    let end = zone.at(zone.day(now), to);
    // The evening's rest ends where the night's does.
    Some(if to == 24 * 60 { rest_until(end, zone).unwrap_or(end) } else { end })
}

/// Whether somebody was tried within this very hour already: attempts are made at different hours.
pub fn same_hour(ticket: &Ticket, now: Time) -> bool {
    ticket.tried_at.is_some_and(|tried| tried.0.div_euclid(HOUR) == now.0.div_euclid(HOUR))
}

/// When the next attempt may be made: now, or later.
pub fn due_at(ticket: &Ticket, zone: Zone) -> Option<Time> {
    let since = ticket.resolved_at.filter(|_| ticket.status == Status::Resolved)?;
    let at = ticket.tried_at.map_or(since, |tried| Time((tried.0.div_euclid(HOUR) + 1) * HOUR));
    Some(rest_until(at, zone).unwrap_or(at))
}

/// Whether the ticket may not go to the one who had it: work that failed goes to another, and the second time to the manager.
pub const fn needs_manager(ticket: &Ticket) -> bool {
    ticket.reopened >= 1
}

/// What a call makes of a ticket that waits for its callback.
///
/// # Errors
/// A [`Refusal`] when it does not wait for one, at an hour of rest, by the handler himself, or a second time within the hour.
pub(super) fn decide(
    ticket: &Ticket,
    after: &mut Ticket,
    call: &Call,
    with: Deciding<'_>,
) -> Result<EventKind, Refusal> {
    if ticket.status != Status::Resolved {
        return Err(Refusal::NoCallbackDue { status: ticket.status });
    }
    if with.staff.is_some() && with.staff == ticket.assignee {
        return Err(Refusal::HandlerCannotCall);
    }
    let came_in = matches!(call, Call::Solved { whom: Whom::CameIn, .. } | Call::NotSolved { whom: Whom::CameIn, .. });
    if let Some(until) = rest_until(with.now, with.calendar.zone).filter(|_| !came_in) {
        return Err(Refusal::RestHours { until: with.calendar.zone.hm(until) });
    }
    match call {
        Call::NoAnswer => {
            if same_hour(ticket, with.now) {
                return Err(Refusal::SameHour);
            }
            (after.tries, after.tried_at) = (ticket.tries + 1, Some(with.now));
            if after.tries < TRIES {
                return Ok(EventKind::CalledBack);
            }
            (after.status, after.closed_at, after.outcome) = (Status::Closed, Some(with.now), Some(Outcome::Unreached));
            Ok(EventKind::Closed)
        }
        Call::Solved { whom, .. } => {
            (after.tried_at, after.outcome) = (Some(with.now), Some(Outcome::Solved));
            // One of those also affected is heard, but the reporter's word closes it, while he can be reached.
            if *whom == Whom::Affected && ticket.tries < TRIES - 1 {
                return Ok(EventKind::CalledBack);
            }
            (after.status, after.closed_at) = (Status::Closed, Some(with.now));
            Ok(EventKind::Closed)
        }
        Call::NotSolved { words, next, .. } => {
            if words.trim().is_empty() {
                return Err(Refusal::UnsolvedNeedsWords);
            }
            (after.tried_at, after.outcome) = (Some(with.now), Some(Outcome::Unsolved));
            after.status = Status::Assigned;
            give_to(after, Some(*next), with.now);
            open_again(after, with.now);
            super::super::clock::reckon(after, with.calendar);
            Ok(EventKind::Reopened)
        }
    }
}
