//! Whether the machine's clock can be right. Due times, shifts and numbers follow from it, so one that is clearly slow is not
//! written by unless somebody says that it is right. A clock that is fast cannot be told from a file not used for a while.

use crate::domain::base::time::{CHINA, Day, Time};

/// The day this version was released; no clock that is right shows an earlier one.
const RELEASED: (i32, u32, u32) = (2026, 12, 1);
/// How far a clock may be behind the newest event, in minutes: those of two machines hardly ever agree to the second.
const BEHIND_AT_MOST: i64 = 2;

/// Why a clock cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongClock {
    /// It shows a time before this version was made.
    BeforeRelease(Day),
    /// Something was written to the file later than it shows.
    Behind(Time),
}

impl WrongClock {
    /// What is wrong with a clock that shows `now`, with the newest event of a file at `newest`.
    pub fn of(now: Time, newest: Option<Time>) -> Option<Self> {
        let (year, month, day) = RELEASED;
        let released = Day::from_ymd_opt(year, month, day)?;
        if CHINA.day(now) < released {
            return Some(Self::BeforeRelease(released));
        }
        newest.filter(|newest| now.plus_minutes(BEHIND_AT_MOST) < *newest).map(Self::Behind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_wrong_before_the_release_and_behind_the_newest_event() {
        let (year, month, day) = RELEASED;
        let released = Day::from_ymd_opt(year, month, day).expect("a day");
        let midnight = CHINA.at(released, 0);
        let noon = CHINA.at(released, 720);
        assert_eq!(WrongClock::of(midnight.plus_minutes(-1), None), Some(WrongClock::BeforeRelease(released)));
        assert_eq!(WrongClock::of(Time(0), Some(noon)), Some(WrongClock::BeforeRelease(released)));
        assert_eq!(WrongClock::of(midnight, None), None);
        assert_eq!(WrongClock::of(noon, Some(noon.plus_minutes(2))), None, "two minutes are no fault");
        let later = Time(noon.plus_minutes(2).0 + 1);
        assert_eq!(WrongClock::of(noon, Some(later)), Some(WrongClock::Behind(later)));
        assert_eq!(WrongClock::of(noon, Some(noon.plus_minutes(-1_000_000))), None, "an old file is no fault");
    }
}
