//! How a due time comes about, as a sum people can add up. Nothing is reckoned here that the clock does not reckon.

use crate::domain::base::calendar::Calendar;
use crate::domain::base::time::{MINUTE, Time};
use crate::domain::ticket::Ticket;
use crate::domain::ticket::clock::{Account, Pause, Which, clock_of, limit_of, terms_of};
use crate::domain::ticket::priority::Terms;

/// How a due time comes about: start + limit + paused + closed = due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// Which clock.
    pub which: Which,
    /// When it began.
    pub from: Time,
    /// What the limit follows from.
    pub terms: Terms,
    /// Minutes of a working day when it began.
    pub working_day: i64,
    /// Minutes that must run, on the clock of the priority, halved where raised.
    pub limit_minutes: i64,
    /// How the way to the due time divides.
    pub account: Account,
    /// The pauses on the way, in order.
    pub pauses: Vec<Pause>,
    /// Due.
    pub due: Time,
}

impl Sum {
    /// The addends as people see them, in whole minutes: the limit, each pause, the closed hours. Added to the minute it
    /// began in they give the minute it is due in, whatever the seconds.
    pub fn addends(&self) -> (i64, Vec<i64>, i64) {
        let minute = |ms: i64| ms.div_euclid(MINUTE);
        let mut at = self.from.0;
        let mut step = |ms: i64| {
            let before = minute(at);
            at += ms;
            minute(at) - before
        };
        let ran = step(self.account.ran);
        let pauses = self.pauses.iter().map(|pause| step(pause.to.0 - pause.from.0)).collect();
        (ran, pauses, step(self.account.closed))
    }
}

/// Tells how a due time was reckoned.
pub fn sum(ticket: &Ticket, which: Which, calendar: &Calendar) -> Sum {
    let clock = clock_of(ticket, which, calendar);
    let limit_minutes = limit_of(ticket, which, calendar);
    let due = clock.due(limit_minutes);
    Sum {
        which,
        from: clock.from,
        terms: terms_of(ticket, which),
        working_day: calendar.working_day(clock.from),
        limit_minutes,
        account: clock.account(due),
        pauses: clock.paused(due),
        due,
    }
}
