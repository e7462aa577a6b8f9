//! The one order of the ticket list: what must be looked at first comes first.
//! It is computed from stored times at each look; nothing here is kept.

use crate::domain::base::time::{HOUR, Time};
use crate::domain::ticket::clock::{self, Standing};
use crate::domain::ticket::{Priority, Status, Ticket};

/// Sorts tickets: smaller is more urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Urgency {
    tier: u8,
    priority: Priority,
    due: i64,
}

/// How urgent the ticket is at `now`: watched, then danger, then whom nobody answers, then late, then soon due, expected
/// or to be asked about,
/// then the rest by due time; what rests or waits for a callback comes last. Each chase counts like half an hour less.
pub fn urgency(ticket: &Ticket, now: Time) -> Urgency {
    let standing = clock::standing(ticket, now);
    let expected = clock::appointment_due(ticket, now);
    let ask = clock::ask_at(ticket).filter(|at| *at <= now);
    let tier = match standing {
        _ if ticket.watched && ticket.status.open() => 0,
        Standing::Left { .. } | Standing::Late { .. } if ticket.priority == Priority::P1 => 1,
        _ if clock::silent(ticket, now).is_some() => 2,
        Standing::Late { .. } => 3,
        _ if expected.is_some() || clock::ask_due(ticket, now) => 4,
        Standing::Left { .. } if standing.soon() => 4,
        Standing::Left { .. } => 5,
        Standing::Resting(_) if standing.review_due(now) => 4,
        Standing::Still if ticket.status == Status::Resolved => 6,
        Standing::Still if ticket.status.open() => 7,
        Standing::Resting(_) => 8,
        Standing::Still => 9,
    };
    let due = match standing {
        Standing::Left { due, .. } | Standing::Late { due, .. } => {
            [expected, ask].into_iter().flatten().fold(due, Time::min).0
        }
        Standing::Resting(review) => expected.or(review).map_or(i64::MAX, |t| t.0),
        Standing::Still => ticket.resolved_at.unwrap_or(ticket.opened_at).0,
    };
    let due = due.saturating_sub(i64::from(ticket.chases) * HOUR / 2);
    // Among late ones the more dangerous leads; among those with time left the clock does.
    let priority = if matches!(tier, 0..=3) { ticket.priority } else { Priority::P1 };
    Urgency { tier, priority, due }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_does_not_answer_and_who_is_expected_come_before_those_with_time_left() {
        let at = |minute: i64| Time(0).plus_minutes(minute);
        let plain =
            Ticket { status: Status::Accepted, respond_by: at(1_000), resolve_by: at(1_000), ..Ticket::blank() };
        let silent = Ticket { status: Status::Assigned, assigned_at: Some(at(0)), ..plain.clone() };
        let expected = Ticket { appointment_at: Some(at(40)), ..plain.clone() };
        let late = Ticket { respond_by: at(5), ..plain.clone() };
        let order = |one: &Ticket, other: &Ticket, now| urgency(one, at(now)) < urgency(other, at(now));
        assert!(!order(&silent, &late, 9) && order(&silent, &late, 10), "from the tenth minute on");
        assert!(!order(&expected, &plain, 9) && order(&expected, &plain, 10), "from half an hour before");
        assert!(order(&late, &expected, 10));
    }

    #[test]
    fn whom_to_ask_comes_before_those_with_time_left_and_behind_the_late() {
        let at = |minute: i64| Time(0).plus_minutes(minute);
        let plain = Ticket { status: Status::Working, respond_by: at(1_000), resolve_by: at(1_000), ..Ticket::blank() };
        let referred = Ticket { status: Status::Referred, review_at: Some(at(20)), ..plain.clone() };
        let unset = Ticket { review_at: None, ..referred.clone() };
        let late = Ticket { respond_by: at(5), ..plain.clone() };
        let order = |one: &Ticket, other: &Ticket, now| urgency(one, at(now)) < urgency(other, at(now));
        assert!(!order(&referred, &plain, 19) && order(&referred, &plain, 20), "from its time on");
        assert!(order(&unset, &plain, 1) && order(&unset, &referred, 20) && order(&late, &unset, 20));
    }

    #[test]
    fn past_its_outer_deadline_it_comes_with_the_late() {
        let at = |minute: i64| Time(0).plus_minutes(minute);
        let plain =
            Ticket { status: Status::Accepted, respond_by: at(1_000), resolve_by: at(1_000), ..Ticket::blank() };
        let outer = Ticket { outer_due: Some(at(20)), resolve_by: at(9_000), ..plain.clone() };
        let late = Ticket { respond_by: at(25), ..plain.clone() };
        let now = at(30);
        assert!(urgency(&outer, now) < urgency(&late, now) && urgency(&late, now) < urgency(&plain, now));
    }
}
