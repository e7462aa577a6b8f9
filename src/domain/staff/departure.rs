//! Somebody leaves the company: it must be said of each ticket in his hands who gets it, and what becomes of it then.
//! His shifts and his row are the store's to write; what he worked stays as it was.

use crate::domain::base::calendar::Calendar;
use crate::domain::base::event::EventKind;
use crate::domain::base::id::{StaffId, TicketId};
use crate::domain::base::time::Time;
use crate::domain::refusal::Refusal;
use crate::domain::ticket::decide::give_to;
use crate::domain::ticket::{Status, Ticket, clock};

/// A ticket, and who gets it; none: back to be dispatched.
pub type Given = (TicketId, Option<StaffId>);

/// In whose hands a ticket is, or to whom it was left to give on. What waits only for a callback is done.
pub fn in_hands_of(ticket: &Ticket) -> Option<StaffId> {
    let left_to = ticket.next_owner.filter(|_| ticket.status == Status::New);
    ticket.assignee.or(left_to).filter(|_| ticket.status.open() && ticket.status != Status::Resolved)
}

/// Whether it was said of each ticket in somebody's hands who gets it, once, and of no other.
///
/// # Errors
/// [`Refusal::StillInHand`].
pub fn each_is_given(leaves: StaffId, in_hand: &[TicketId], given: &[Given]) -> Result<(), Refusal> {
    let once = |id: &TicketId| given.iter().filter(|(other, _)| other == id).count() == 1;
    let to_himself = given.iter().any(|(_, to)| *to == Some(leaves));
    if given.len() == in_hand.len() && in_hand.iter().all(once) && !to_himself {
        return Ok(());
    }
    Err(Refusal::StillInHand { n: in_hand.len() })
}

/// The ticket in other hands. One that rests, or lies with an outside body, goes on doing so under who gets it.
pub fn handed_on(before: &Ticket, to: Option<StaffId>, now: Time, calendar: &Calendar) -> (Ticket, EventKind) {
    let mut ticket = before.clone();
    let rests = matches!(before.status, Status::Paused | Status::Referred | Status::Unable);
    if to.is_some() {
        give_to(&mut ticket, to, now);
        if !rests {
            ticket.status = Status::Assigned;
        }
        return (ticket, EventKind::Assigned);
    }
    (ticket.assignee, ticket.assigned_at, ticket.told_at, ticket.told_by) = (None, None, None, None);
    ticket.next_owner = None;
    if !matches!(before.status, Status::Referred | Status::Unable) {
        ticket.status = Status::New;
        ticket.review_at = None;
        if let Some(paused_at) = ticket.paused_at.take() {
            ticket.pauses.add(paused_at, now);
            clock::reckon(&mut ticket, calendar);
        }
    }
    (ticket, EventKind::Returned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::time::{CHINA, Day};

    fn at(hour: i64) -> Time {
        CHINA.at(Day::from_ymd_opt(2026, 11, 24).expect("a day"), hour * 60)
    }

    fn in_hand(status: Status) -> Ticket {
        let paused_at = matches!(status, Status::Paused | Status::Unable).then(|| at(9));
        let review_at = paused_at.map(|_| at(15));
        Ticket {
            status,
            assignee: Some(StaffId(1)),
            assigned_at: Some(at(8)),
            told_at: Some(at(8)),
            paused_at,
            review_at,
            ..Ticket::blank()
        }
    }

    #[test]
    fn each_ticket_is_given_once_and_never_to_who_leaves() {
        let (leaves, one, other) = (StaffId(1), TicketId(1), TicketId(2));
        let given = |given: &[Given]| each_is_given(leaves, &[one, other], given);
        assert_eq!(given(&[(one, Some(StaffId(2))), (other, None)]), Ok(()));
        for wrong in [
            &[(one, None)][..],
            &[(one, None), (one, None)],
            &[(one, None), (other, Some(leaves))],
            &[(one, None), (other, None), (TicketId(3), None)],
        ] {
            assert_eq!(given(wrong), Err(Refusal::StillInHand { n: 2 }), "{wrong:?}");
        }
        assert_eq!(each_is_given(leaves, &[], &[]), Ok(()));
    }

    #[test]
    fn work_goes_to_its_new_hands_and_what_rests_goes_on_resting() {
        let calendar = Calendar::starting(CHINA, CHINA.day(at(10)));
        for status in [Status::Assigned, Status::Accepted, Status::Working, Status::New] {
            let (given, event) = handed_on(&in_hand(status), Some(StaffId(2)), at(10), &calendar);
            assert_eq!(
                (given.status, given.assignee, event),
                (Status::Assigned, Some(StaffId(2)), EventKind::Assigned)
            );
            assert_eq!((given.assigned_at, given.told_at), (Some(at(10)), None), "nobody told him yet");
            let (back, event) = handed_on(&in_hand(status), None, at(10), &calendar);
            assert_eq!((back.status, back.assignee, event), (Status::New, None, EventKind::Returned));
        }
        for status in [Status::Paused, Status::Referred, Status::Unable] {
            let before = in_hand(status);
            let (given, _) = handed_on(&before, Some(StaffId(2)), at(10), &calendar);
            assert_eq!((given.status, given.assignee), (status, Some(StaffId(2))));
            assert_eq!((given.paused_at, given.review_at), (before.paused_at, before.review_at));
        }
        let (back, _) = handed_on(&in_hand(Status::Paused), None, at(10), &calendar);
        assert_eq!((back.status, back.paused_at, back.review_at), (Status::New, None, None));
        let (outside, _) = handed_on(&in_hand(Status::Referred), None, at(10), &calendar);
        assert_eq!((outside.status, outside.assignee), (Status::Referred, None));
    }
}
