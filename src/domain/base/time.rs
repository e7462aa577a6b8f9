//! Points in time and business days. There is no "now" here: it comes in from `run` and `cli` only.
//! The township's offset is the only zone; the machine's own is never asked.

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, Timelike, Utc};
use serde::{Deserialize, Serialize};

pub use crate::domain::base::said::{Lean, Said, parse, parse_day, parse_day_leaning, parse_with, said};

/// A business date: the calendar day in the township's zone.
pub type Day = NaiveDate;

/// Milliseconds of a minute.
pub const MINUTE: i64 = 60_000;
/// Milliseconds of an hour.
pub const HOUR: i64 = 60 * MINUTE;
/// Milliseconds of a day.
pub const DAY: i64 = 24 * HOUR;

/// A point in time: milliseconds since 1970, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Time(pub i64);

impl Time {
    /// This time moved on by so many minutes (back when negative).
    #[must_use]
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        Self(self.0 + minutes * MINUTE)
    }

    /// Whole minutes from this time to `later`, rounded down; negative when `later` is earlier.
    pub const fn minutes_to(self, later: Self) -> i64 {
        (later.0 - self.0).div_euclid(MINUTE)
    }
}

/// The township's offset from UTC, the only zone the program knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Minutes east of UTC; 480 for China.
    pub offset_minutes: i32,
}

/// China's zone, for a township that does not say otherwise.
pub const CHINA: Zone = Zone { offset_minutes: 480 };

impl Zone {
    /// The wall clock here at `time`.
    pub fn local(self, time: Time) -> NaiveDateTime {
        let utc = DateTime::<Utc>::from_timestamp_millis(time.0).unwrap_or_default();
        utc.naive_utc() + Duration::minutes(i64::from(self.offset_minutes))
    }

    /// The time at which the wall clock here shows `local`.
    pub fn time(self, local: NaiveDateTime) -> Time {
        Time((local - Duration::minutes(i64::from(self.offset_minutes))).and_utc().timestamp_millis())
    }

    /// The business date of `time`.
    pub fn day(self, time: Time) -> Day {
        self.local(time).date()
    }

    /// The time of `minute` minutes after midnight on `day`; 1,440 is the next midnight.
    pub fn at(self, day: Day, minute: i64) -> Time {
        self.time(day.and_time(NaiveTime::MIN)).plus_minutes(minute)
    }

    /// The beginning of the hour `time` is in, by the wall clock here.
    pub fn hour(self, time: Time) -> Time {
        let offset = i64::from(self.offset_minutes) * MINUTE;
        Time((time.0 + offset).div_euclid(HOUR) * HOUR - offset)
    }

    /// Minutes since midnight, 0..1440.
    pub fn minute_of_day(self, time: Time) -> i64 {
        let local = self.local(time);
        i64::from(local.hour() * 60 + local.minute())
    }

    /// `14:32`.
    pub fn hm(self, time: Time) -> String {
        self.local(time).format("%H:%M").to_string()
    }

    /// `11-24 14:32`.
    pub fn mdhm(self, time: Time) -> String {
        self.local(time).format("%m-%d %H:%M").to_string()
    }

    /// `11-24 14:32`, with the year before it where half a year or more lies between: then the month alone might be of either.
    pub fn mdhm_from(self, time: Time, now: Time) -> String {
        if (time.0 - now.0).abs() < 180 * DAY {
            self.mdhm(time)
        } else {
            self.local(time).format("%Y-%m-%d %H:%M").to_string()
        }
    }

    /// RFC 3339 with this zone's offset, to the second, for JSON and files: `2026-11-24T14:32:05+08:00`.
    pub fn rfc3339(self, time: Time) -> String {
        let offset = FixedOffset::east_opt(self.offset_minutes * 60).unwrap_or_else(|| Utc.fix());
        let utc = DateTime::<Utc>::from_timestamp_millis(time.0).unwrap_or_default();
        utc.with_timezone(&offset).to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_business_day_is_the_townships_not_the_machines() {
        let time = CHINA.at(NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day"), 30);
        assert_eq!(
            CHINA.day(time).to_string(),
            "2026-01-01",
            "half past midnight in China is still the old year in UTC"
        );
        assert_eq!(CHINA.rfc3339(time), "2026-01-01T00:30:00+08:00");
    }
}
