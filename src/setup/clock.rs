//! The one clock of the program. `--today` sets it to a moment, or to the present time of day on another day; it runs on from
//! there.

use std::cell::Cell;
use std::time::{SystemTime, UNIX_EPOCH};

use uuid::{ContextV7, Timestamp, Uuid};

use crate::domain::base::id::CommandUid;
use crate::domain::base::time::{CHINA, DAY, Day, Said, Time, Zone};

/// Tells the time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// Milliseconds added to the machine's time.
    ahead: i64,
}

impl Clock {
    /// A clock on which it is the moment that was said, or, for a day alone, the present time of day on it.
    pub fn on(said: Said, zone: Zone) -> Self {
        Self::beginning(said, zone, machine())
    }

    fn beginning(said: Said, zone: Zone, machine: Time) -> Self {
        let ahead = match said {
            Said::Day(day) => (day - zone.day(machine)).num_days() * DAY,
            Said::Moment(moment) => moment.0 - machine.0,
        };
        Self { ahead }
    }

    /// Now.
    pub fn now(self) -> Time {
        Time(machine().0 + self.ahead)
    }

    /// A new command's mark, ordered by time.
    pub fn uid(self) -> CommandUid {
        thread_local!(static CONTEXT: Cell<Option<ContextV7>> = const { Cell::new(None) });
        let now = self.now().0.max(0).unsigned_abs();
        let context = CONTEXT.take().unwrap_or_default();
        let stamp = Timestamp::from_unix(&context, now / 1_000, u32::try_from(now % 1_000).unwrap_or(0) * 1_000_000);
        let uid = Uuid::new_v7(stamp);
        CONTEXT.set(Some(context));
        CommandUid(uid)
    }

    /// The business date now in China, for what is made before a township says its zone.
    pub fn today(self) -> Day {
        CHINA.day(self.now())
    }
}

#[allow(clippy::disallowed_methods)] // this is where the machine's clock is read
fn machine() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_alone_keeps_the_time_of_day_and_a_moment_does_not() {
        let day = |m, d| Day::from_ymd_opt(2026, m, d).expect("a day");
        let wanted = CHINA.at(day(11, 24), 600);
        for minute in [0, 30, 479, 720, 1_439] {
            let machine = CHINA.at(day(12, 31), minute);
            let begins = |said| Time(machine.0 + Clock::beginning(said, CHINA, machine).ahead);
            assert_eq!(begins(Said::Day(day(11, 24))), CHINA.at(day(11, 24), minute));
            assert_eq!(begins(Said::Moment(wanted)), wanted);
        }
    }
}
