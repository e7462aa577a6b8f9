//! Due times: when a report must be answered and solved, and how far it is from that.
//! Danger and urgent reports run round the clock, the others only in the desk's hours.

use super::ticket::{Priority, Ticket};
use super::time::{DAY, HOUR, MINUTE, Time, Zone};

/// The desk's hours on every day, minutes after midnight: 08:00 to 20:00.
pub const OPEN_FROM: i64 = 8 * 60;
/// End of the desk's hours.
pub const OPEN_TO: i64 = 20 * 60;

/// A ticket is "due soon" when less than this is left: an hour.
pub const SOON_MINUTES: i64 = 60;

/// The time `minutes` after `from`: of any hours for P1 and P2, of the desk's hours for P3 and P4.
pub fn due(from: Time, minutes: i64, priority: Priority, zone: Zone) -> Time {
    if matches!(priority, Priority::P1 | Priority::P2) {
        return from.plus_minutes(minutes);
    }
    let day_minutes = OPEN_TO - OPEN_FROM;
    // A limit of whole days means that many days of desk hours, not that many times 24 hours.
    let mut left = if minutes >= 24 * 60 { minutes * day_minutes / (24 * 60) } else { minutes } * MINUTE;
    let mut at = from;
    loop {
        let midnight = zone.at(zone.day(at), 0).0;
        let (open, close) = (midnight + OPEN_FROM * MINUTE, midnight + OPEN_TO * MINUTE);
        let start = at.0.max(open);
        if start < close {
            if start + left <= close {
                return Time(start + left);
            }
            left -= close - start;
        }
        at = Time(midnight + DAY);
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

    /// Whether less than an hour is left.
    pub const fn soon(self) -> bool {
        matches!(self, Self::Left { minutes, .. } if minutes < SOON_MINUTES)
    }
}

/// The nearer of the two clocks that still run: first contact until somebody made it, then the solution.
pub fn running_due(ticket: &Ticket) -> Option<Time> {
    ticket.status.clock_runs().then(|| match ticket.contacted_at {
        None => ticket.respond_by.min(ticket.resolve_by),
        Some(_) => ticket.resolve_by,
    })
}

/// How the ticket stands at `now`.
pub fn standing(ticket: &Ticket, now: Time) -> Standing {
    use super::ticket::Status;
    match running_due(ticket) {
        None if matches!(ticket.status, Status::Paused | Status::Unable) => Standing::Resting(ticket.review_at),
        None => Standing::Still,
        Some(due) if due < now => Standing::Late { minutes: due.minutes_to(now), due },
        Some(due) => Standing::Left { minutes: now.minutes_to(due), due },
    }
}

/// `35分`-like parts of a span for people: days, hours, minutes, the two largest that matter.
pub const fn span_parts(minutes: i64) -> (i64, i64, i64) {
    let (day, hour) = (DAY / MINUTE, HOUR / MINUTE);
    (minutes / day, minutes % day / hour, minutes % hour)
}

#[cfg(test)]
mod tests {
    use super::super::time::{CHINA, Day};
    use super::*;

    fn at(day: u32, hour: i64, minute: i64) -> Time {
        CHINA.at(Day::from_ymd_opt(2026, 11, day).expect("a day"), hour * 60 + minute)
    }

    #[test]
    fn urgent_runs_through_the_night_and_ordinary_waits_for_the_morning() {
        assert_eq!(due(at(24, 23, 30), 60, Priority::P2, CHINA), at(25, 0, 30));
        assert_eq!(due(at(24, 23, 30), 60, Priority::P3, CHINA), at(25, 9, 0));
        assert_eq!(due(at(24, 6, 0), 60, Priority::P3, CHINA), at(24, 9, 0));
        assert_eq!(due(at(24, 19, 0), 120, Priority::P3, CHINA), at(25, 9, 0));
        assert_eq!(
            due(at(24, 10, 0), 48 * 60, Priority::P3, CHINA),
            at(26, 10, 0),
            "two days are two days of desk hours"
        );
        assert_eq!(due(at(24, 20, 0), 0, Priority::P4, CHINA), at(25, 8, 0));
    }

    #[test]
    fn standing_follows_the_nearer_clock() {
        let mut ticket = Ticket { respond_by: at(24, 10, 0), resolve_by: at(24, 12, 0), ..Ticket::blank() };
        assert_eq!(standing(&ticket, at(24, 9, 30)), Standing::Left { minutes: 30, due: at(24, 10, 0) });
        assert!(standing(&ticket, at(24, 10, 5)).late());
        ticket.contacted_at = Some(at(24, 9, 40));
        assert_eq!(standing(&ticket, at(24, 10, 5)), Standing::Left { minutes: 115, due: at(24, 12, 0) });
        ticket.status = super::super::ticket::Status::Paused;
        assert_eq!(standing(&ticket, at(25, 10, 5)), Standing::Resting(None), "nothing is late while paused");
    }
}
