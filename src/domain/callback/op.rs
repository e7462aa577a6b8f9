//! Callbacks 回访: the resident's word, without which nothing closes. Who may ring, when, in which order, and what each
//! answer does. The queue of those due is a question (`query`); the three rates are in `rates`.

use crate::coded;
use crate::domain::base::event::EventKind;
use crate::domain::base::id::StaffId;
use crate::domain::base::time::{HOUR, Time, Zone};
use crate::domain::refusal::Refusal;
use crate::domain::ticket::decide::{Deciding, give_to, open_again};
use crate::domain::ticket::priority::Raise;
use crate::domain::ticket::{Outcome, Priority, Status, Ticket};

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
        /// Whose word: for what is still wrong, anybody's counts who is affected.
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
pub fn same_hour(ticket: &Ticket, now: Time, zone: Zone) -> bool {
    ticket.tried_at.is_some_and(|tried| zone.hour(tried) == zone.hour(now))
}

/// When somebody may be rung who was tried at `tried`, or not yet, for work done at `resolved`.
pub fn due(resolved: Time, tried: Option<Time>, zone: Zone) -> Time {
    let at = tried.map_or(resolved, |tried| Time(zone.hour(tried).0 + HOUR));
    rest_until(at, zone).unwrap_or(at)
}

/// When the next attempt may be made: now, or later. None when nobody waits for one.
pub fn due_at(ticket: &Ticket, zone: Zone) -> Option<Time> {
    let resolved = ticket.resolved_at.filter(|_| waits(ticket))?;
    Some(due(resolved, ticket.tried_at, zone))
}

/// Whether it is done and somebody is to be asked about it.
pub fn waits(ticket: &Ticket) -> bool {
    ticket.status == Status::Resolved && ticket.has_caller()
}

/// Whether it is asked about before others: done over twice, under watch, or there was danger.
pub fn goes_first(ticket: &Ticket) -> bool {
    ticket.reopened >= 2 || ticket.watched || ticket.priority == Priority::P1 || ticket.raised.has(Raise::Danger)
}

/// The order of the queue, smaller first: those due before those that are not yet, then those that go first, then by how
/// long the resident has waited.
pub fn order(ticket: &Ticket, due: Time, now: Time) -> impl Ord + use<> {
    let later = due > now;
    let since = if later { due } else { ticket.resolved_at.unwrap_or(due) };
    (later, !goes_first(ticket), since, ticket.number)
}

/// Whether a word of `whom` about this ticket may be taken now by this member of staff.
///
/// # Errors
/// The [`Refusal`]: it does not wait for one, the handler asks about himself, or nobody is rung at this hour.
pub fn may_call(ticket: &Ticket, whom: Whom, staff: Option<StaffId>, now: Time, zone: Zone) -> Result<(), Refusal> {
    if ticket.status != Status::Resolved {
        return Err(Refusal::NoCallbackDue { status: ticket.status });
    }
    if staff.is_some() && staff == ticket.assignee {
        return Err(Refusal::HandlerCannotCall);
    }
    match rest_until(now, zone).filter(|_| whom != Whom::CameIn) {
        Some(until) => Err(Refusal::RestHours { until: zone.hm(until) }),
        None => Ok(()),
    }
}

/// Whether the ticket may not go to the one who had it: work that failed goes to another, and the second time to the manager.
pub const fn needs_manager(ticket: &Ticket) -> bool {
    ticket.reopened >= 1
}

/// Sorts who could do a ticket over again: the manager first where he must have it, who had it last always. Others stay
/// in the order they come in.
pub fn proposed_order(ticket: &Ticket, staff: StaffId, manager: bool) -> impl Ord + use<> {
    (Some(staff) == ticket.assignee, needs_manager(ticket) && !manager)
}

/// What a call makes of a ticket that waits for its callback.
///
/// # Errors
/// A [`Refusal`] when it does not wait for one, at an hour of rest, by the handler himself, or a second time within the hour.
pub(in crate::domain) fn decide(
    ticket: &Ticket,
    after: &mut Ticket,
    call: &Call,
    with: Deciding<'_>,
) -> Result<EventKind, Refusal> {
    let whom = match call {
        Call::NoAnswer => Whom::Reporter,
        Call::Solved { whom, .. } | Call::NotSolved { whom, .. } => *whom,
    };
    may_call(ticket, whom, with.staff, with.now, with.calendar.zone)?;
    match call {
        Call::NoAnswer => {
            if same_hour(ticket, with.now, with.calendar.zone) {
                return Err(Refusal::SameHour);
            }
            (after.tries, after.tried_at) = (ticket.tries + 1, Some(with.now));
            if after.tries < TRIES {
                return Ok(EventKind::CalledBack);
            }
            (after.status, after.closed_at, after.outcome) = (Status::Closed, Some(with.now), Some(Outcome::Unreached));
            Ok(EventKind::Closed)
        }
        // One of those also affected is heard and counted in the rates, but the ticket waits for the reporter as before: with
        // his word it closes, or after the attempts made at him.
        Call::Solved { whom: Whom::Affected, .. } => Ok(EventKind::CalledBack),
        Call::Solved { .. } => {
            (after.tried_at, after.outcome) = (Some(with.now), Some(Outcome::Solved));
            (after.status, after.closed_at) = (Status::Closed, Some(with.now));
            Ok(EventKind::Closed)
        }
        Call::NotSolved { words, next, .. } => {
            if words.trim().is_empty() {
                return Err(Refusal::UnsolvedNeedsWords);
            }
            after.status = Status::Assigned;
            give_to(after, Some(*next), with.now);
            open_again(after, with.now);
            after.outcome = Some(Outcome::Unsolved);
            crate::domain::ticket::clock::reckon(after, with.calendar);
            Ok(EventKind::Reopened)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::time::{CHINA, Day};

    fn at(hour: i64, minute: i64) -> Time {
        CHINA.at(Day::from_ymd_opt(2026, 11, 24).expect("a day"), hour * 60 + minute)
    }

    fn done_at(resolved: Time) -> Ticket {
        Ticket {
            status: Status::Resolved,
            resolved_at: Some(resolved),
            reporter_phone: "13800005678".to_owned(),
            ..Ticket::blank()
        }
    }

    #[test]
    fn nobody_is_rung_while_people_rest() {
        for (now, until) in [
            ((7, 59), Some("08:00")),
            ((8, 0), None),
            ((11, 59), None),
            ((12, 0), Some("14:30")),
            ((14, 29), Some("14:30")),
            ((14, 30), None),
            ((19, 59), None),
            ((20, 0), Some("08:00")),
            ((23, 59), Some("08:00")),
        ] {
            let found = rest_until(at(now.0, now.1), CHINA).map(|time| CHINA.hm(time));
            assert_eq!(found.as_deref(), until, "{now:?}");
        }
        assert_eq!(due(at(20, 5), None, CHINA), Time(at(8, 0).0 + 24 * HOUR), "the next morning");
        assert_eq!(due(at(9, 0), Some(at(11, 20)), CHINA), at(14, 30), "the next hour is one of rest");
        assert_eq!(due(at(9, 0), Some(at(9, 20)), CHINA), at(10, 0));
    }

    #[test]
    fn hours_are_those_of_the_wall_clock_also_where_it_stands_on_the_half() {
        let zone = Zone { offset_minutes: 330 };
        let at =
            |hour: i64, minute: i64| zone.at(Day::from_ymd_opt(2026, 11, 24).unwrap_or_default(), hour * 60 + minute);
        assert_eq!(due(at(9, 0), Some(at(10, 5)), zone), at(11, 0));
        assert_eq!(due(at(9, 0), Some(at(10, 55)), zone), at(11, 0));
        let tried = Ticket { tried_at: Some(at(10, 5)), ..done_at(at(9, 0)) };
        assert!(same_hour(&tried, at(10, 59), zone) && !same_hour(&tried, at(11, 0), zone));
    }

    #[test]
    fn one_also_affected_is_heard_and_neither_closes_it_nor_is_a_try_at_the_reporter() {
        let calendar = crate::domain::base::calendar::Calendar::plain(CHINA);
        let with =
            Deciding { now: at(10, 0), calendar: &calendar, rank: crate::domain::staff::Rank::Clerk, staff: None };
        let solved = |whom| Call::Solved { whom, in_time: true, verdict: Verdict::Satisfied, words: String::new() };
        let decided = |ticket: &Ticket, call: &Call| {
            let mut after = ticket.clone();
            decide(ticket, &mut after, call, with).map(|kind| (kind, after))
        };
        for tries in 0..TRIES {
            let ticket = Ticket { tries, ..done_at(at(9, 0)) };
            let (kind, after) = decided(&ticket, &solved(Whom::Affected)).expect("taken");
            assert_eq!((kind, &after), (EventKind::CalledBack, &ticket), "{tries} tries at the reporter");
            assert_eq!(due_at(&after, CHINA), Some(at(9, 0)), "the reporter is asked as before");
            let (kind, after) = decided(&ticket, &solved(Whom::Reporter)).expect("taken");
            assert_eq!((kind, after.status, after.outcome), (EventKind::Closed, Status::Closed, Some(Outcome::Solved)));
            let mut again = after;
            open_again(&mut again, at(11, 0));
            assert_eq!((again.outcome, again.tries, again.tried_at), (None, 0, None), "said of the work before");
        }
        let call = Call::NotSolved { whom: Whom::Affected, words: "还没水".to_owned(), next: StaffId(7) };
        let (kind, after) = decided(&done_at(at(9, 0)), &call).expect("taken");
        assert_eq!((kind, after.status), (EventKind::Reopened, Status::Assigned), "who has no water yet is believed");
        assert_eq!((after.outcome, after.tries), (Some(Outcome::Unsolved), 0));
    }

    #[test]
    fn the_handler_never_asks_about_himself_and_who_came_in_is_heard_at_any_hour() {
        let ticket = Ticket { assignee: Some(StaffId(7)), ..done_at(at(9, 0)) };
        let may = |whom, staff, now| may_call(&ticket, whom, staff, now, CHINA);
        assert_eq!(may(Whom::Reporter, Some(StaffId(7)), at(10, 0)), Err(Refusal::HandlerCannotCall));
        assert_eq!(may(Whom::CameIn, Some(StaffId(7)), at(10, 0)), Err(Refusal::HandlerCannotCall));
        assert_eq!(may(Whom::Reporter, Some(StaffId(8)), at(10, 0)), Ok(()));
        assert_eq!(may(Whom::Reporter, None, at(12, 10)), Err(Refusal::RestHours { until: "14:30".to_owned() }));
        assert_eq!(may(Whom::CameIn, None, at(12, 10)), Ok(()));
        let open = Ticket { status: Status::Working, ..ticket.clone() };
        let refused = may_call(&open, Whom::Reporter, None, at(10, 0), CHINA);
        assert_eq!(refused, Err(Refusal::NoCallbackDue { status: Status::Working }));
    }

    #[test]
    fn the_queue_begins_with_what_may_not_wait() {
        let plain = done_at(at(9, 0));
        let older = done_at(at(8, 30));
        let twice = Ticket { reopened: 2, ..done_at(at(9, 30)) };
        let watched = Ticket { watched: true, ..done_at(at(9, 40)) };
        let tried = Ticket { tried_at: Some(at(10, 1)), ..done_at(at(8, 0)) };
        let nobody = Ticket { reporter_phone: String::new(), ..plain.clone() };
        assert_eq!(due_at(&nobody, CHINA), None, "a patrol's report has nobody to ask");
        let mut queue = [&plain, &tried, &watched, &older, &twice];
        let now = at(10, 10);
        queue.sort_by_key(|ticket| order(ticket, due_at(ticket, CHINA).expect("it waits"), now));
        assert_eq!(queue, [&twice, &watched, &older, &plain, &tried]);
    }
}
