//! Which of a ticket's deadlines rules: its own clocks, or the outer deadline of a 12345 order beside them. Every order,
//! count, promise and page asks here. Of rates, which are kept by our own clocks alone, nothing is said.

use crate::domain::base::time::Time;
use crate::domain::ticket::Ticket;

/// Whose deadline it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// First contact is due.
    Contact,
    /// The solution is due.
    Solution,
    /// The 12345 order's own deadline.
    Outer,
}

/// The earliest deadline of what is still owed, whatever the status: first contact until somebody made it, then the solution;
/// at any time the outer one. Where two are equal it is ours.
pub fn ruling(ticket: &Ticket) -> (Time, Deadline) {
    let own = if ticket.contacted_at.is_none() && ticket.respond_by < ticket.resolve_by {
        (ticket.respond_by, Deadline::Contact)
    } else {
        (ticket.resolve_by, Deadline::Solution)
    };
    match ticket.outer_due {
        Some(outer) if outer < own.0 => (outer, Deadline::Outer),
        _ => own,
    }
}

/// No later than the outer deadline: what may be promised of a time our own clocks gave.
fn no_later(ticket: &Ticket, own: Time) -> Time {
    ticket.outer_due.map_or(own, |outer| outer.min(own))
}

/// By when the caller hears from us.
pub fn contact_by(ticket: &Ticket) -> Time {
    no_later(ticket, ticket.respond_by)
}

/// By when it is solved.
pub fn solved_by(ticket: &Ticket) -> Time {
    no_later(ticket, ticket.resolve_by)
}

/// When what rests is looked at again: as was said, and no later than at the outer deadline, which does not stop while we pause.
pub fn look_again(ticket: &Ticket) -> Option<Time> {
    [ticket.review_at, ticket.outer_due].into_iter().flatten().min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ticket::Status;
    use crate::domain::ticket::clock::{Standing, running_due, standing};

    fn ticket(respond: i64, resolve: i64, outer: Option<i64>) -> Ticket {
        let at = |minute| Time(0).plus_minutes(minute);
        Ticket { respond_by: at(respond), resolve_by: at(resolve), outer_due: outer.map(at), ..Ticket::blank() }
    }

    #[test]
    fn the_earlier_deadline_rules_and_ours_where_they_are_equal() {
        let of = |ticket: &Ticket| {
            let (at, whose) = ruling(ticket);
            (at.0 / 60_000, whose)
        };
        assert_eq!(of(&ticket(30, 90, None)), (30, Deadline::Contact));
        assert_eq!(of(&ticket(30, 90, Some(60))), (30, Deadline::Contact));
        assert_eq!(of(&ticket(30, 90, Some(30))), (30, Deadline::Contact));
        assert_eq!(of(&ticket(30, 90, Some(29))), (29, Deadline::Outer));
        let contacted = |outer| Ticket { contacted_at: Some(Time(0)), ..ticket(30, 90, outer) };
        assert_eq!(of(&contacted(None)), (90, Deadline::Solution));
        assert_eq!(of(&contacted(Some(90))), (90, Deadline::Solution));
        assert_eq!(of(&contacted(Some(60))), (60, Deadline::Outer));
        let both = contacted(Some(60));
        assert_eq!((contact_by(&both).0 / 60_000, solved_by(&both).0 / 60_000), (30, 60));
    }

    #[test]
    fn past_its_outer_deadline_it_is_late_and_what_rests_is_looked_at_again() {
        let now = Time(0).plus_minutes(61);
        let working = Ticket { status: Status::Working, contacted_at: Some(Time(0)), ..ticket(30, 900, Some(60)) };
        assert_eq!(running_due(&working), working.outer_due);
        assert!(standing(&working, now).late());
        let paused = Ticket { status: Status::Paused, review_at: Some(Time(0).plus_minutes(500)), ..working.clone() };
        assert_eq!(standing(&paused, now), Standing::Resting(working.outer_due));
        assert!(standing(&paused, now).review_due(now) && !standing(&paused, now).late());
        let done = Ticket { status: Status::Resolved, ..working };
        assert_eq!(standing(&done, now), Standing::Still, "what is done is not late");
    }
}
