//! What an undo makes of a ticket, its clocks and whose it is, decided against the ticket as it is now. Whether the change may
//! be undone at all is `kind`'s to say.

use super::super::refusal::Refusal;
use super::super::staff::Staff;
use super::super::ticket::{Status, Ticket, TicketChanges};
use crate::domain::base::calendar::Calendar;
use crate::domain::base::event::{EventKind, Tracked};
use crate::domain::base::id::{StaffId, TicketId};
use crate::domain::base::time::Time;
use crate::domain::staff::departure::in_hands_of;
use crate::domain::ticket::clock::{self, Which};

/// The ticket with a change taken back, and what only the file can answer before it may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// The ticket afterwards.
    pub after: Ticket,
    /// Whose it becomes again, where somebody else has it now: to be asked of [`may_have_again`].
    pub again: Option<StaffId>,
    /// The status it comes to, where that is another, and the ticket it is merged into by it: whether the tickets merged into
    /// this one let it go there is to be asked.
    pub becomes: Option<(Status, Option<TicketId>)>,
}

/// Takes back what an event of this kind changed in a ticket, or makes it again where the event is itself an undo. `now` is
/// when the undo is recorded.
///
/// # Errors
/// [`Refusal::ChangedSince`] with the fields that no longer are as the event left them.
pub fn take_back(
    ticket: &Ticket,
    (kind, changes): (EventKind, &TicketChanges),
    now: Time,
    calendar: &Calendar,
) -> Result<TakenBack, Refusal> {
    let mut after = ticket.clone();
    if kind == EventKind::Taken {
        untouched(ticket, changes)?;
        // A number is never used again: the ticket stays, void.
        (after.status, after.closed_at) = (Status::Void, Some(now));
    } else {
        after.take_back(changes).map_err(|fields| Refusal::ChangedSince { fields })?;
        if after.assignee != ticket.assignee && changes.told_at.is_none() {
            // Who was told is not who has it now.
            (after.told_at, after.told_by) = (None, None);
        }
        reckon(ticket, &mut after, calendar);
    }
    let again = in_hands_of(&after).filter(|_| in_hands_of(&after) != in_hands_of(ticket));
    let original = after.duplicate_of.filter(|_| after.status == Status::Duplicate);
    let becomes = (after.status != ticket.status).then_some((after.status, original));
    Ok(TakenBack { after, again, becomes })
}

/// Whether a ticket is as it was taken: one that was worked on is not made void by an undo.
fn untouched(ticket: &Ticket, changes: &TicketChanges) -> Result<(), Refusal> {
    let mut taken = Ticket::blank();
    taken.apply(changes);
    let fields = taken.changes_to(ticket).fields();
    if fields.is_empty() { Ok(()) } else { Err(Refusal::ChangedSince { fields }) }
}

/// The clocks of a ticket that was `before`, once its fields are back.
fn reckon(before: &Ticket, after: &mut Ticket, calendar: &Calendar) {
    // First contact settles when it was due, also against an undo at another desk of what was done before it.
    if before.answered_under.is_some() && after.answered_under.is_some() {
        after.respond_by = before.respond_by;
    }
    // A clock that runs again runs by what the ticket and the desk's hours have become meanwhile.
    let runs_again = |which| clock::stopped(before, which).is_some() && clock::stopped(after, which).is_none();
    if runs_again(Which::Respond) || runs_again(Which::Resolve) {
        clock::reckon(after, calendar);
    }
}

/// Whether somebody may be given a ticket back: once he has left it would lie in nobody's hands.
///
/// # Errors
/// [`Refusal::HasLeft`].
pub fn may_have_again(staff: Option<&Staff>) -> Result<(), Refusal> {
    if staff.is_some_and(|staff| staff.active) { Ok(()) } else { Err(Refusal::HasLeft) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::id::PlaceId;
    use crate::domain::base::time::{CHINA, Day, HOUR};

    fn at(hour: i64) -> Time {
        CHINA.at(Day::from_ymd_opt(2026, 11, 24).expect("a day"), hour * 60)
    }

    fn back(now_is: &Ticket, kind: EventKind, from: &Ticket, to: &Ticket) -> Result<TakenBack, Refusal> {
        take_back(now_is, (kind, &from.changes_to(to)), at(12), &Calendar::plain(CHINA))
    }

    /// Taken at eight, an hour to answer and eight to mend, by the desk's hours of a working day.
    fn taken() -> Ticket {
        let mut ticket = Ticket {
            opened_at: at(8),
            respond_minutes: 60,
            resolve_minutes: 480,
            words: "漏水".to_owned(),
            ..Ticket::blank()
        };
        clock::reckon(&mut ticket, &Calendar::plain(CHINA));
        ticket
    }

    #[test]
    fn a_new_ticket_becomes_void_where_nobody_worked_on_it() {
        let new = taken();
        let found = back(&new, EventKind::Taken, &Ticket::blank(), &new).expect("void");
        assert_eq!(found.after, Ticket { status: Status::Void, closed_at: Some(at(12)), ..new.clone() });
        assert_eq!((found.again, found.becomes), (None, Some((Status::Void, None))));
        let chased = Ticket { chases: 1, ..new.clone() };
        let refused = back(&chased, EventKind::Taken, &Ticket::blank(), &new);
        assert_eq!(refused, Err(Refusal::ChangedSince { fields: vec!["chases"] }));
        // Made again by the same way as any other change.
        let void = found.after;
        let again = back(&void, EventKind::Undone, &new, &void).expect("open again");
        assert_eq!((again.after, again.becomes), (new, Some((Status::New, None))));
    }

    #[test]
    fn a_field_changed_since_is_named_and_others_are_not_in_the_way() {
        let before = taken();
        let after = Ticket { words: "大漏水".to_owned(), ..before.clone() };
        let elsewhere = Ticket { place: Some(PlaceId(3)), ..after.clone() };
        let found = back(&elsewhere, EventKind::Edited, &before, &after).expect("taken back");
        assert_eq!(found.after, Ticket { place: Some(PlaceId(3)), ..before.clone() });
        assert_eq!((found.again, found.becomes), (None, None));
        let same = Ticket { words: "小漏水".to_owned(), ..before.clone() };
        let refused = back(&same, EventKind::Edited, &before, &after);
        assert_eq!(refused, Err(Refusal::ChangedSince { fields: vec!["words"] }));
    }

    #[test]
    fn who_was_told_is_forgotten_with_who_had_it_and_who_has_it_again_is_asked_about() {
        let own = |staff| Ticket { status: Status::Assigned, assignee: Some(StaffId(staff)), ..taken() };
        let told = Ticket { told_at: Some(at(9)), ..own(2) };
        let found = back(&told, EventKind::Assigned, &own(1), &own(2)).expect("taken back");
        assert_eq!((found.after.assignee, found.after.told_at), (Some(StaffId(1)), None));
        assert_eq!((found.again, found.becomes), (Some(StaffId(1)), None));
        assert_eq!(may_have_again(None), Err(Refusal::HasLeft));
        // Noting how he was told belongs to the change itself.
        let at_once = back(&told, EventKind::Assigned, &own(1), &told).expect("taken back");
        assert_eq!(at_once.after.told_at, None);
    }

    #[test]
    fn merged_by_making_again_it_is_asked_whether_it_may_go_there() {
        let open = taken();
        let merged = Ticket { status: Status::Duplicate, duplicate_of: Some(TicketId(7)), ..open.clone() };
        let found = back(&open, EventKind::Undone, &merged, &open).expect("merged again");
        assert_eq!(found.becomes, Some((Status::Duplicate, Some(TicketId(7)))));
        let out = back(&merged, EventKind::Merged, &open, &merged).expect("a ticket of its own again");
        assert_eq!(out.becomes, Some((Status::New, None)));
    }

    #[test]
    fn when_first_contact_was_due_stays_as_it_was_settled() {
        let before = taken();
        let sooner =
            Ticket { words: "大漏水".to_owned(), respond_by: Time(before.respond_by.0 - HOUR), ..before.clone() };
        let waits = back(&sooner, EventKind::Edited, &before, &sooner).expect("taken back");
        assert_eq!(waits.after.respond_by, before.respond_by, "nobody was there yet");
        let mut met = sooner.clone();
        clock::contact(&mut met, at(9));
        assert!(met.answered_under.is_some());
        let settled = back(&met, EventKind::Edited, &before, &sooner).expect("taken back");
        assert_eq!((settled.after.respond_by, settled.after.words.as_str()), (sooner.respond_by, "漏水"));
    }

    #[test]
    fn a_clock_that_runs_again_runs_by_what_the_ticket_has_become_meanwhile() {
        let working = Ticket { status: Status::Working, contacted_at: Some(at(8)), ..taken() };
        let solved = Ticket { status: Status::Resolved, resolved_at: Some(at(11)), ..working.clone() };
        // While it was done its limit was cut by half at another desk.
        let shorter = Ticket { resolve_minutes: 240, ..solved.clone() };
        let found = back(&shorter, EventKind::Resolved, &working, &solved).expect("taken back");
        assert_eq!(found.after.resolved_at, None);
        assert!(found.after.resolve_by.0 < working.resolve_by.0, "due by the shorter limit");
        // One that never stopped keeps its times, whatever the hours have become.
        let noted = Ticket { resolve_by: Time(working.resolve_by.0 + HOUR), ..working.clone() };
        let edited = Ticket { words: "大漏水".to_owned(), ..noted.clone() };
        let kept = back(&edited, EventKind::Edited, &noted, &edited).expect("taken back");
        assert_eq!(kept.after.resolve_by, noted.resolve_by);
    }
}
