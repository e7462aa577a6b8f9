//! The one clock of the program. `--today` moves it to another day at the same time of day, or to a moment; it runs on from there.

use std::cell::Cell;
use std::time::{SystemTime, UNIX_EPOCH};

use uuid::{ContextV7, Timestamp, Uuid};

use crate::domain::id::CommandUid;
use crate::domain::time::{CHINA, DAY, Day, Time, Zone, parse, parse_day};

/// Tells the time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// Milliseconds added to the machine's time.
    ahead: i64,
}

impl Clock {
    /// The clock `--today` asks for: a day, on which it is the machine's time of day, or a moment (`2026-11-24T10:00`, RFC 3339);
    /// nothing when the text is neither.
    pub fn starting(text: &str, zone: Zone) -> Option<Self> {
        let now = machine();
        if let Some(day) = parse_day(text, zone.day(now)) {
            return Some(Self::on(day, zone));
        }
        let moment = parse(text, now, zone, crate::domain::time::Lean::Past)?;
        Some(Self { ahead: moment.0 - now.0 })
    }

    /// A clock on which it is `day` in the township's zone, at the present time of day.
    fn on(day: Day, zone: Zone) -> Self {
        Self { ahead: (day - zone.day(machine())).num_days() * DAY }
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
