//! Due times: when a report must be answered and solved, how that is reckoned, and how far it is from that.
//! Danger and urgent reports run round the clock, the others only in the desk's hours; what is paused does not run.

mod ask;
mod due;
mod sum;

use serde::{Deserialize, Serialize};

use crate::domain::base::calendar::Calendar;
use crate::domain::base::time::{DAY, HOUR, MINUTE, Time};
use crate::domain::ticket::priority::{Raise, Terms, priority_of, raises_of};
use crate::domain::ticket::{Priority, Status, Ticket};

pub use crate::domain::ticket::clock::ask::{ask_at, ask_due, ask_proposed};
pub use crate::domain::ticket::clock::due::{Deadline, contact_by, look_again, ruling, solved_by};
pub use crate::domain::ticket::clock::sum::{Sum, sum};

/// A ticket is "due soon" when less than this is left: an hour.
pub const SOON_MINUTES: i64 = 60;

/// Minutes after which a worker who has not answered is called silent 没回话.
pub const SILENT_MINUTES: i64 = 10;
/// The same in danger.
pub const SILENT_MINUTES_P1: i64 = 3;

/// Minutes before an appointment from which on it asks for attention.
pub const APPOINTMENT_MINUTES: i64 = 30;

/// Whether a priority's clocks run day and night.
pub const fn round_the_clock(priority: Priority) -> bool {
    matches!(priority, Priority::P1 | Priority::P2)
}

/// A span the clocks stood still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// From.
    pub from: Time,
    /// To.
    pub to: Time,
}

/// A ticket's ended pauses, one behind the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pauses(pub Vec<Pause>);

impl Pauses {
    /// Adds one behind the others; an empty one is none.
    pub fn add(&mut self, from: Time, to: Time) {
        let from = self.0.last().map_or(from, |last| from.max(last.to));
        if from < to {
            self.0.push(Pause { from, to });
        }
    }

    /// Those that began before a time.
    pub fn before(&self, time: Time) -> &[Pause] {
        &self.0[..self.0.partition_point(|pause| pause.from < time)]
    }
}

/// What a clock runs by.
#[derive(Clone, Copy, Debug)]
pub struct Clock<'a> {
    /// When it began.
    pub from: Time,
    /// Day and night, or in the desk's hours.
    pub round: bool,
    /// The desk's hours.
    pub calendar: &'a Calendar,
    /// When it stood still.
    pub pauses: &'a [Pause],
    /// When it stopped for good: hours set later are not its hours.
    pub stopped: Option<Time>,
}

/// How a span of wall time divides: the three always add up to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Milliseconds the clock ran.
    pub ran: i64,
    /// Milliseconds it was paused, whatever the hour.
    pub paused: i64,
    /// Milliseconds outside the desk's hours, not paused.
    pub closed: i64,
}

/// Days looked ahead at most: a township that never opens has no due times, and a search for one must end.
const DAYS_AT_MOST: i64 = 4_000;

impl Clock<'_> {
    /// Calls `each` with every stretch from `from` on, in order: its two ends and whether the clock runs in it.
    /// Stops when `each` says so, or at `until`.
    fn stretches(&self, until: Time, mut each: impl FnMut(Time, Time, Stretch) -> bool) {
        let mut at = self.from;
        let mut pauses = self.pauses.iter().filter(|pause| pause.to > self.from).peekable();
        while at < until {
            let (end, what) = match pauses.peek() {
                Some(pause) if pause.from <= at => (pause.to, Stretch::Paused),
                next => {
                    let (end, open) = self.open_until(at);
                    let end = next.map_or(end, |pause| end.min(pause.from));
                    (end, if open { Stretch::Runs } else { Stretch::Closed })
                }
            };
            if what == Stretch::Paused {
                pauses.next();
            }
            let end = end.min(until);
            if at < end && each(at, end, what) {
                return;
            }
            at = end;
        }
    }

    /// Until when it is as it is at `at`, the pauses apart, and whether the desk is open.
    fn open_until(&self, at: Time) -> (Time, bool) {
        if self.round {
            (Time(i64::MAX), true)
        } else {
            self.calendar.open_until(at, self.stopped.unwrap_or(Time(i64::MAX)))
        }
    }

    /// The time at which it has run `minutes`.
    pub fn due(&self, minutes: i64) -> Time {
        if minutes <= 0 {
            return self.from;
        }
        let horizon = Time(self.from.0 + minutes * MINUTE + DAYS_AT_MOST * DAY);
        let mut left = minutes * MINUTE;
        let mut due = horizon;
        self.stretches(horizon, |from, to, what| {
            if what != Stretch::Runs {
                return false;
            }
            if to.0 - from.0 >= left {
                due = Time(from.0 + left);
                return true;
            }
            left -= to.0 - from.0;
            false
        });
        due
    }

    /// The spans until `until` in which it stood still.
    pub fn paused(&self, until: Time) -> Vec<Pause> {
        let mut paused = Vec::new();
        self.stretches(until, |from, to, what| {
            if what == Stretch::Paused {
                paused.push(Pause { from, to });
            }
            false
        });
        paused
    }

    /// How the time until `until` divides.
    pub fn account(&self, until: Time) -> Account {
        let mut account = Account::default();
        self.stretches(until, |from, to, what| {
            let part = match what {
                Stretch::Runs => &mut account.ran,
                Stretch::Paused => &mut account.paused,
                Stretch::Closed => &mut account.closed,
            };
            *part += to.0 - from.0;
            false
        });
        account
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stretch {
    Runs,
    Paused,
    Closed,
}

/// Which of a ticket's two clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// First contact, from when it was opened.
    Respond,
    /// The solution, from when it was opened or opened again.
    Resolve,
}

/// When a ticket's clock began.
pub fn began(ticket: &Ticket, which: Which) -> Time {
    match which {
        Which::Respond => ticket.opened_at,
        Which::Resolve => ticket.clock_from.unwrap_or(ticket.opened_at),
    }
}

/// When a ticket's clock stopped for good: by first contact, by the solution or an end without one.
pub fn stopped(ticket: &Ticket, which: Which) -> Option<Time> {
    match which {
        Which::Respond => ticket.contacted_at,
        Which::Resolve => ticket.resolved_at.or(ticket.closed_at),
    }
}

/// What a ticket's limit follows from: what it is sorted under now; of first contact, once somebody made it, what it was
/// sorted under then.
pub fn terms_of(ticket: &Ticket, which: Which) -> Terms {
    let minutes = match (which, &ticket.answered_under) {
        (Which::Respond, Some(terms)) => return terms.clone(),
        (Which::Respond, None) => ticket.respond_minutes,
        (Which::Resolve, _) => ticket.resolve_minutes,
    };
    let (category, base_priority, raised) = (ticket.category.clone(), ticket.base_priority, ticket.raised);
    Terms { category, base_priority, raised, minutes }
}

/// A ticket's limit in minutes on the clock of its priority, raised as it is. How long a working day is was settled when the
/// clock began: a ticket keeps the limits it was taken under.
pub fn limit_of(ticket: &Ticket, which: Which, calendar: &Calendar) -> i64 {
    terms_of(ticket, which).limit(calendar.working_day(began(ticket, which)))
}

/// A ticket's clock. That of first contact knows no pause after the contact.
pub fn clock_of<'a>(ticket: &'a Ticket, which: Which, calendar: &'a Calendar) -> Clock<'a> {
    let stopped = stopped(ticket, which);
    let pauses = match (which, stopped) {
        (Which::Respond, Some(contact)) => ticket.pauses.before(contact),
        _ => &ticket.pauses.0,
    };
    Clock { from: began(ticket, which), round: terms_of(ticket, which).round(), calendar, pauses, stopped }
}

/// Sets a ticket's priority and due times from its category's limits, the reasons it was raised for, and its pauses: the one
/// place they come from, whatever changed. When first contact was due is settled by the contact: whether it was in time is
/// a fact by then, and nothing done later makes another one of it.
pub fn reckon(ticket: &mut Ticket, calendar: &Calendar) {
    ticket.raised = raises_of(ticket);
    ticket.priority = priority_of(ticket.base_priority, ticket.raised);
    let due = |which| clock_of(ticket, which, calendar).due(limit_of(ticket, which, calendar));
    let respond_by = if ticket.answered_under.is_some() { ticket.respond_by } else { due(Which::Respond) };
    (ticket.respond_by, ticket.resolve_by) = (respond_by, due(Which::Resolve));
}

/// The ticket as a reason to be more urgent leaves it, or taking that back. Half of a limit is half of it from where it
/// began: what is raised late may be late at once.
pub fn raised(ticket: &Ticket, raise: Raise, on: bool, calendar: &Calendar) -> Ticket {
    let mut after = Ticket { raised: ticket.raised.with(raise, on), ..ticket.clone() };
    reckon(&mut after, calendar);
    after
}

/// Somebody is in contact with the resident: the first time it settles when that was due. A category that is answered when
/// it is taken has its contact then, but settles nothing until somebody is there.
pub fn contact(ticket: &mut Ticket, at: Time) {
    ticket.contacted_at.get_or_insert(at);
    if ticket.answered_under.is_none() {
        ticket.answered_under = Some(terms_of(ticket, Which::Respond));
    }
}

/// How a ticket stands against its clock at one moment. Never stored: time passing alone changes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing runs: done, or ended.
    Still,
    /// Paused or put off; looked at again at this time, if one was set.
    Resting(Option<Time>),
    /// So many minutes are left until the time.
    Left {
        /// Minutes left, 0 or more.
        minutes: i64,
        /// Due at.
        due: Time,
    },
    /// So many minutes over the time.
    Late {
        /// Minutes over, 0 or more.
        minutes: i64,
        /// Was due at.
        due: Time,
    },
}

impl Standing {
    /// Whether it is over its time.
    pub const fn late(self) -> bool {
        matches!(self, Self::Late { .. })
    }

    /// Whether a pause is to be looked at again by now. It is not late: nothing is while it is paused.
    pub fn review_due(self, now: Time) -> bool {
        matches!(self, Self::Resting(Some(review)) if review <= now)
    }

    /// Whether less than an hour is left.
    pub const fn soon(self) -> bool {
        matches!(self, Self::Left { minutes, .. } if minutes < SOON_MINUTES)
    }
}

/// When a ticket whose clock runs is due: the deadline that rules.
pub fn running_due(ticket: &Ticket) -> Option<Time> {
    ticket.status.clock_runs().then(|| ruling(ticket).0)
}

/// How the ticket stands at `now`.
pub fn standing(ticket: &Ticket, now: Time) -> Standing {
    match running_due(ticket) {
        None if matches!(ticket.status, Status::Paused | Status::Unable) => Standing::Resting(look_again(ticket)),
        None => Standing::Still,
        Some(due) if due < now => Standing::Late { minutes: due.minutes_to(now), due },
        Some(due) => Standing::Left { minutes: now.minutes_to(due), due },
    }
}

/// Minutes a worker has been silent since he was given the ticket, once that is too long: 没回话.
pub fn silent(ticket: &Ticket, now: Time) -> Option<i64> {
    let since = ticket.assigned_at.filter(|_| ticket.status == Status::Assigned)?;
    let allowed = if ticket.priority == Priority::P1 { SILENT_MINUTES_P1 } else { SILENT_MINUTES };
    Some(since.minutes_to(now)).filter(|minutes| *minutes >= allowed)
}

/// When a ticket will ask for attention next by time passing alone: the worker will have been silent for too long, the
/// appointment will be near, or a body outside is to be asked. None when none of them lies ahead.
pub fn asks_at(ticket: &Ticket, now: Time) -> Option<Time> {
    let allowed = if ticket.priority == Priority::P1 { SILENT_MINUTES_P1 } else { SILENT_MINUTES };
    let since = ticket.assigned_at.filter(|_| ticket.status == Status::Assigned);
    let silent = since.map(|since| since.plus_minutes(allowed));
    let near = ticket.appointment_at.filter(|_| waits(ticket)).map(|at| at.plus_minutes(-APPOINTMENT_MINUTES));
    [silent, near, ask_at(ticket)].into_iter().flatten().filter(|at| *at > now).min()
}

/// Whether nobody is at the resident's yet.
const fn waits(ticket: &Ticket) -> bool {
    matches!(ticket.status, Status::New | Status::Assigned | Status::Accepted | Status::Paused)
}

/// The appointment, once it is near or has passed and nobody is there yet.
pub fn appointment_due(ticket: &Ticket, now: Time) -> Option<Time> {
    ticket.appointment_at.filter(|at| waits(ticket) && at.0 <= now.plus_minutes(APPOINTMENT_MINUTES).0)
}

/// `35分`-like parts of a span for people: days, hours, minutes, the two largest that matter.
pub const fn span_parts(minutes: i64) -> (i64, i64, i64) {
    let (day, hour) = (DAY / MINUTE, HOUR / MINUTE);
    (minutes / day, minutes % day / hour, minutes % hour)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::calendar::{DayKind, SpecialDay};
    use crate::domain::base::time::{CHINA, Day};

    fn at(day: u32, hour: i64, minute: i64) -> Time {
        CHINA.at(Day::from_ymd_opt(2026, 11, day).expect("a day"), hour * 60 + minute)
    }

    fn ticket(opened: Time, respond: i64, resolve: i64, base: Priority) -> Ticket {
        let mut ticket = Ticket {
            opened_at: opened,
            respond_minutes: respond,
            resolve_minutes: resolve,
            base_priority: base,
            ..Ticket::blank()
        };
        reckon(&mut ticket, &Calendar::plain(CHINA));
        ticket
    }

    // 24 November 2026 is a Tuesday.
    #[test]
    fn urgent_runs_through_the_night_and_ordinary_waits_for_the_morning() {
        let respond = |opened, minutes, base| ticket(opened, minutes, 9_999, base).respond_by;
        assert_eq!(respond(at(24, 23, 30), 60, Priority::P2), at(25, 0, 30));
        assert_eq!(respond(at(24, 23, 30), 60, Priority::P3), at(25, 9, 0));
        assert_eq!(respond(at(24, 6, 0), 60, Priority::P3), at(24, 9, 0));
        assert_eq!(respond(at(24, 19, 0), 120, Priority::P3), at(25, 9, 0));
        assert_eq!(respond(at(24, 10, 0), 48 * 60, Priority::P3), at(26, 10, 0), "two days of desk hours");
        assert_eq!(respond(at(24, 20, 0), 0, Priority::P4), at(24, 20, 0), "no limit is no wait");
        assert_eq!(respond(at(27, 19, 0), 120, Priority::P3), at(28, 10, 0), "Saturday opens at nine");
    }

    #[test]
    fn holidays_are_closed_and_make_up_days_are_worked() {
        let mut calendar = Calendar::plain(CHINA);
        let day = |d| Day::from_ymd_opt(2026, 11, d).expect("a day");
        calendar.days.insert(day(25), SpecialDay { kind: DayKind::Holiday, name: "节".to_owned() });
        calendar.days.insert(day(28), SpecialDay { kind: DayKind::Working, name: "调休".to_owned() });
        let due =
            |from, minutes| Clock { from, round: false, calendar: &calendar, pauses: &[], stopped: None }.due(minutes);
        assert_eq!(due(at(24, 19, 0), 120), at(26, 9, 0), "the 25th is closed");
        assert_eq!(due(at(27, 19, 30), 60), at(28, 8, 30), "the Saturday begins as a working day");
    }

    #[test]
    fn pauses_do_not_run_and_survive_a_change_of_priority() {
        let calendar = Calendar::plain(CHINA);
        let mut ticket = ticket(at(24, 10, 0), 60, 240, Priority::P2);
        assert_eq!(ticket.resolve_by, at(24, 14, 0));
        ticket.pauses.add(at(24, 11, 0), at(24, 13, 0));
        reckon(&mut ticket, &calendar);
        assert_eq!(ticket.resolve_by, at(24, 16, 0));
        ticket.base_priority = Priority::P3;
        reckon(&mut ticket, &calendar);
        assert_eq!(ticket.resolve_by, at(24, 16, 0), "inside the desk's hours it is the same");
        ticket.pauses.add(at(24, 15, 0), at(24, 23, 0));
        reckon(&mut ticket, &calendar);
        assert_eq!(ticket.resolve_by, at(25, 9, 0), "an hour was left at 15:00; the evening was closed anyway");
        ticket.base_priority = Priority::P2;
        reckon(&mut ticket, &calendar);
        assert_eq!(ticket.resolve_by, at(25, 0, 0), "round the clock the hour runs from 23:00");
        let sum = sum(&ticket, Which::Resolve, &calendar);
        assert_eq!(sum.account, Account { ran: 4 * HOUR, paused: 10 * HOUR, closed: 0 });
    }

    #[test]
    fn first_contact_settles_when_it_was_due() {
        let calendar = Calendar::plain(CHINA);
        let mut ticket = ticket(at(24, 10, 0), 60, 240, Priority::P2);
        ticket.category = "202".to_owned();
        ticket.pauses.add(at(24, 10, 10), at(24, 10, 30));
        reckon(&mut ticket, &calendar);
        contact(&mut ticket, at(24, 11, 15));
        assert_eq!(ticket.respond_by, at(24, 11, 20), "the pause before it counts");
        ticket.pauses.add(at(24, 11, 25), at(24, 12, 25));
        let mut ticket = raised(&ticket, Raise::Danger, true, &calendar);
        assert_eq!(
            (ticket.priority, ticket.respond_by),
            (Priority::P1, at(24, 11, 20)),
            "no later pause, no later raise"
        );
        assert_eq!(ticket.resolve_by, at(24, 13, 20), "half of four hours, two pauses");
        let sum = sum(&ticket, Which::Respond, &calendar);
        assert_eq!((sum.due, sum.limit_minutes, sum.addends()), (ticket.respond_by, 60, (60, vec![20], 0)));
        (ticket.base_priority, ticket.respond_minutes) = (Priority::P4, 1_440);
        reckon(&mut ticket, &calendar);
        assert_eq!(ticket.respond_by, at(24, 11, 20), "nor another category");
    }

    #[test]
    fn standing_follows_the_nearer_clock() {
        let mut ticket = Ticket { respond_by: at(24, 10, 0), resolve_by: at(24, 12, 0), ..Ticket::blank() };
        assert_eq!(standing(&ticket, at(24, 9, 30)), Standing::Left { minutes: 30, due: at(24, 10, 0) });
        assert!(standing(&ticket, at(24, 10, 5)).late());
        ticket.contacted_at = Some(at(24, 9, 40));
        assert_eq!(standing(&ticket, at(24, 10, 5)), Standing::Left { minutes: 115, due: at(24, 12, 0) });
        ticket.status = Status::Paused;
        assert_eq!(standing(&ticket, at(25, 10, 5)), Standing::Resting(None), "nothing is late while paused");
    }

    #[test]
    fn a_worker_is_silent_after_ten_minutes_in_danger_after_three() {
        let mut ticket = Ticket { status: Status::Assigned, assigned_at: Some(at(24, 10, 0)), ..Ticket::blank() };
        assert_eq!(silent(&ticket, at(24, 10, 9)), None);
        assert_eq!(silent(&ticket, at(24, 10, 10)), Some(10));
        ticket.priority = Priority::P1;
        assert_eq!(silent(&ticket, at(24, 10, 3)), Some(3));
        ticket.status = Status::Accepted;
        assert_eq!(silent(&ticket, at(24, 12, 0)), None);
    }

    #[test]
    fn what_asks_by_time_passing_alone_says_when() {
        let mut ticket = Ticket { status: Status::Assigned, assigned_at: Some(at(24, 10, 0)), ..Ticket::blank() };
        assert_eq!(asks_at(&ticket, at(24, 10, 1)), Some(at(24, 10, 10)));
        assert_eq!(silent(&ticket, at(24, 10, 10)), Some(10), "the very moment");
        assert_eq!(asks_at(&ticket, at(24, 10, 10)), None);
        ticket.appointment_at = Some(at(24, 18, 0));
        assert_eq!(asks_at(&ticket, at(24, 10, 10)), Some(at(24, 17, 30)));
        assert_eq!(appointment_due(&ticket, at(24, 17, 30)), Some(at(24, 18, 0)));
        assert_eq!(appointment_due(&ticket, at(24, 17, 29)), None);
        ticket.status = Status::Working;
        assert_eq!(asks_at(&ticket, at(24, 10, 10)), None, "somebody is there");
    }
}
