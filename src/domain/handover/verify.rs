//! Whether a handover holds everything that is owed, decided a second time: from tickets replayed from their events, by the
//! words of the promise and not by the function that drafts. Reading events is the store's.

use super::draft::Ahead;
use super::turn::Turn;
use super::{About, Line};
use crate::coded;
use crate::domain::base::id::{OutageId, ParkedId, StaffId, TicketId};
use crate::domain::base::time::Time;
use crate::domain::callback;
use crate::domain::outage::Outage;
use crate::domain::roster::shift::Template;
use crate::domain::staff::Role;
use crate::domain::ticket::{Priority, Status, Ticket, clock};

coded! {
    /// Why something must be told to the next shift.
    pub enum Owed {
        /// Open and P1 or P2.
        Urgent = "urgent",
        /// Under watch.
        Watched = "watched",
        /// Over its time.
        Late = "late",
        /// Due before the next shift ends.
        Due = "due",
        /// Somebody is expected.
        Appointment = "appointment",
        /// There are words for the next shift.
        WatchWords = "watch_words",
        /// A pause is looked at again.
        Review = "review",
        /// An outside body has it and is to be asked.
        Ask = "ask",
        /// A resident is to be rung back.
        Callback = "callback",
        /// A parked intake.
        Parked = "parked",
        /// Somebody is missing on the next shift.
        Gap = "gap",
        /// Something is cut off, or will be before the next shift ends.
        Outage = "outage",
        /// Nobody handed over that shift.
        Missed = "missed",
    }
}

impl Owed {
    /// Whether the giver may take its line off: not what burns, is late or due, nobody who is expected
    /// or to be asked, and no shift missed.
    pub const fn may_delete(self) -> bool {
        !matches!(
            self,
            Self::Urgent | Self::Watched | Self::Late | Self::Due | Self::Appointment | Self::Ask | Self::Missed
        )
    }
}

/// What is owed, as replayed from the events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Replayed {
    /// Tickets as their events leave them.
    pub tickets: Vec<(TicketId, Ticket)>,
    /// Parked intakes that no event took up.
    pub parked: Vec<ParkedId>,
    /// What is missing on the next shift.
    pub gaps: Vec<Missing>,
    /// Outages as their events leave them.
    pub outages: Vec<(OutageId, Outage)>,
    /// Shifts that ended since the newest acceptance in the log, but for the one handed over.
    pub missed: Vec<Turn>,
}

/// Somebody missing on the next shift, counted apart from the duty list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The compound's name; empty for the township as a whole.
    pub place: String,
    /// Of which role.
    pub role: Role,
    /// On which shift.
    pub template: Template,
    /// Who did not come, where it is one.
    pub whose: Option<StaffId>,
}

impl Missing {
    fn about(&self) -> About {
        let whose = self.whose.map(|staff| format!("/{}", staff.0)).unwrap_or_default();
        About::Gap(format!("{}/{}/{}{whose}", self.place, self.role.code(), self.template.code()))
    }
}

/// Whether a line is about what is owed. Somebody who did not come stands for the need he leaves open, at his place or for the
/// township as a whole.
fn is_about(line: &About, owed: &About) -> bool {
    let (About::Gap(line), About::Gap(owed)) = (line, owed) else { return line == owed };
    let (line, owed): (Vec<&str>, Vec<&str>) = (line.split('/').collect(), owed.split('/').collect());
    match (line.as_slice(), owed.as_slice()) {
        ([place, role, shift, who @ ..], [wanted, of, on, whose @ ..]) => {
            let here = place == wanted || place.is_empty() || wanted.is_empty();
            here && role == of && shift == on && (whose.is_empty() || who == whose)
        }
        _ => false,
    }
}

/// Whether a line tells of what is owed; of shifts that were missed one line names all.
fn tells(line: &Line, owed: &About) -> bool {
    match owed {
        About::Shift(day, template) => line.shifts.contains(&(*day, *template)),
        _ => is_about(&line.about, owed),
    }
}

/// Everything owed to the next shift, each with why.
pub fn owed(replayed: &Replayed, ahead: Ahead) -> Vec<(About, Owed)> {
    let tickets = replayed.tickets.iter();
    let tickets = tickets.flat_map(|(id, ticket)| why(ticket, ahead).map(move |why| (About::Ticket(*id), why)));
    let parked = replayed.parked.iter().map(|id| (About::Parked(*id), Owed::Parked));
    let gaps = replayed.gaps.iter().map(|gap| (gap.about(), Owed::Gap));
    let told = |outage: &Outage| outage.ended_at.is_none() && outage.from <= ahead.until;
    let outages = replayed.outages.iter().filter(|(_, outage)| told(outage));
    let outages = outages.map(|(id, _)| (About::Outage(*id), Owed::Outage));
    let missed = replayed.missed.iter().map(|(day, template)| (About::Shift(*day, *template), Owed::Missed));
    tickets.chain(parked).chain(gaps).chain(outages).chain(missed).collect()
}

/// What is owed and not in the lines: nothing, or the program forgot something. A line taken off counts only where the giver may take it off.
pub fn forgotten(owed: Vec<(About, Owed)>, lines: &[Line]) -> Vec<(About, Owed)> {
    let told = |(about, why): &(About, Owed)| {
        lines.iter().any(|line| tells(line, about) && (!line.dropped || why.may_delete()))
    };
    owed.into_iter().filter(|one| !told(one)).collect()
}

fn why(ticket: &Ticket, ahead: Ahead) -> Option<Owed> {
    let ended = matches!(ticket.status, Status::Closed | Status::Void | Status::Duplicate);
    let within = |time: Option<Time>| time.is_some_and(|time| time <= ahead.until);
    if ended {
        return None;
    }
    if ticket.status == Status::Resolved {
        // With nobody to ring it still waits to be looked at.
        let owed = !ticket.has_caller() || within(callback::op::due_at(ticket, ahead.zone));
        return owed.then_some(Owed::Callback);
    }
    let clock = clock::running_due(ticket);
    let found = [
        (matches!(ticket.priority, Priority::P1 | Priority::P2), Owed::Urgent),
        (ticket.watched, Owed::Watched),
        (clock.is_some_and(|due| due < ahead.now), Owed::Late),
        (within(clock) || within(ticket.outer_due), Owed::Due),
        (within(ticket.appointment_at), Owed::Appointment),
        // A body that nobody set a time for is asked at once.
        (ticket.status == Status::Referred && ticket.review_at.is_none_or(|at| at <= ahead.until), Owed::Ask),
        (!ticket.watch_words.is_empty(), Owed::WatchWords),
        (matches!(ticket.status, Status::Paused | Status::Unable) && within(ticket.review_at), Owed::Review),
    ];
    found.into_iter().find(|(is, _)| *is).map(|(_, why)| why)
}

#[cfg(test)]
mod tests {
    use super::super::Section;
    use super::*;
    use crate::domain::base::time::{CHINA, Day};

    #[test]
    fn who_did_not_come_stands_for_the_need_he_leaves_open() {
        let key = |text: &str| About::Gap(text.to_owned());
        assert!(is_about(&key("康乐苑/repairer/late/7"), &key("/repairer/late")));
        assert!(is_about(&key("/repairer/late"), &key("康乐苑/repairer/late")));
        assert!(!is_about(&key("康乐苑/repairer/late"), &key("康乐苑/repairer/late/7")));
        assert!(!is_about(&key("康乐苑/repairer/late"), &key("北坊新村/repairer/late")));
        assert!(!is_about(&key("/guard/late"), &key("/repairer/late")));
    }

    #[test]
    fn what_is_left_out_is_named_with_why() {
        let day = Day::from_ymd_opt(2026, 11, 24).expect("a day");
        let at = |hour: i64| CHINA.at(day, hour * 60);
        let ahead = Ahead { now: at(16), until: at(24), zone: CHINA };
        let quiet =
            Ticket { status: Status::Working, contacted_at: Some(at(9)), resolve_by: at(48), ..Ticket::blank() };
        let tickets = vec![
            (TicketId(1), Ticket { resolve_by: at(20), ..quiet.clone() }),
            (TicketId(2), Ticket { resolve_by: at(10), ..quiet.clone() }),
            (TicketId(3), quiet.clone()),
            (TicketId(5), Ticket { status: Status::Referred, review_at: Some(at(25)), ..quiet.clone() }),
            (TicketId(6), Ticket { status: Status::Referred, review_at: Some(at(24)), ..quiet.clone() }),
            (TicketId(7), Ticket { status: Status::Referred, ..quiet.clone() }),
            (TicketId(4), Ticket { priority: Priority::P1, status: Status::Closed, ..quiet }),
        ];
        let gap =
            Missing { place: "康乐苑".to_owned(), role: Role::Repairer, template: Template::Late, whose: None };
        let replayed = Replayed { tickets, parked: vec![ParkedId(9)], gaps: vec![gap.clone()], ..Replayed::default() };
        let lines = [Line::new(Section::Due, About::Ticket(TicketId(1)), "1".to_owned())];
        let missing = forgotten(owed(&replayed, ahead), &lines);
        assert_eq!(
            missing,
            [
                (About::Ticket(TicketId(2)), Owed::Late),
                (About::Ticket(TicketId(6)), Owed::Ask),
                (About::Ticket(TicketId(7)), Owed::Ask),
                (About::Parked(ParkedId(9)), Owed::Parked),
                (gap.about(), Owed::Gap),
            ]
        );
    }
}
