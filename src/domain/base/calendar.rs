//! The township's calendar: the desk's hours on working days, rest days and holidays, and which day is what.
//! Limits and due times are in `clock`.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::{Datelike, Weekday};
use serde::{Deserialize, Serialize};
use tyme4rs::tyme::holiday::{LEGAL_HOLIDAY_DATA, LEGAL_HOLIDAY_NAMES};

use crate::coded;
use crate::domain::base::event::EventKind;
use crate::domain::base::time::{Day, Time, Zone};

coded! {
    /// What kind of day it is.
    pub enum DayKind {
        /// 工作日, and a rest day worked to make up for a holiday 调休上班.
        Working = "working",
        /// 休息日: Saturday and Sunday.
        Rest = "rest",
        /// 节假日: public holidays.
        Holiday = "holiday",
    }
}

impl DayKind {
    /// The kind that notices, sheets and clerks mean: 休, 放假, 班, 调休上班 ..
    pub fn of_words(words: &str) -> Option<Self> {
        match crate::domain::base::clean::half_width(words.trim()).to_lowercase().as_str() {
            "休" | "放假" | "节假日" | "假日" | "假期" | "节日" | "法定节假日" | "holiday" | "off" => {
                Some(Self::Holiday)
            }
            "班" | "上班" | "调休上班" | "调休" | "补班" | "工作日" | "working" | "workday" | "work" => {
                Some(Self::Working)
            }
            "休息日" | "周末" | "rest" | "weekend" => Some(Self::Rest),
            _ => None,
        }
    }
}

/// A part of a day the desk's clocks run in: minutes after midnight, from before to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// From, 0..1440.
    pub from: i64,
    /// To, up to 1440.
    pub to: i64,
}

impl Hours {
    /// Minutes from opening to closing.
    pub const fn minutes(self) -> i64 {
        self.to - self.from
    }

    /// `08:00-20:00`, `8-20`, `closed`; nothing when it is neither.
    pub fn parse(text: &str) -> Option<Option<Self>> {
        let text =
            crate::domain::base::clean::half_width(text.trim()).to_lowercase().replace(['至', '—', '–', '~'], "-");
        if matches!(text.as_str(), "closed" | "不上班" | "休" | "无") {
            return Some(None);
        }
        let minute = |part: &str| {
            let (hour, minute) = part.trim().split_once(':').unwrap_or((part.trim(), "0"));
            let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
            ((0..=24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
        };
        let (from, to) = text.split_once('-')?;
        let hours = Self { from: minute(from)?, to: minute(to)? };
        (hours.from < hours.to && hours.to <= 1_440).then_some(Some(hours))
    }

    /// `08:00-20:00`.
    pub fn text(self) -> String {
        let hm = |minutes: i64| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        format!("{}-{}", hm(self.from), hm(self.to))
    }
}

/// A day that is not what its weekday says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecialDay {
    /// What it is instead.
    pub kind: DayKind,
    /// 国庆节
    pub name: String,
}

/// Hours that stood until they were changed. What was counted under them stays counted: a clock that was over, or was
/// not, is so under the new ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastHours {
    /// Until when.
    pub until: Time,
    /// On which kind of day.
    pub kind: DayKind,
    /// What they were; none: closed.
    pub hours: Option<Hours>,
}

/// The hours that stood before on a kind of day, from their changes in order: how each was told, when, what they were and
/// what they became. What was taken back was a mistake and never stood; made again, it stands from when it was made first.
pub fn past_hours(
    kind: DayKind,
    changes: impl Iterator<Item = (EventKind, Time, Option<Hours>, Option<Hours>)>,
) -> Vec<PastHours> {
    let (mut past, mut taken_back): (Vec<PastHours>, Vec<PastHours>) = (Vec::new(), Vec::new());
    for (told_as, until, was, now) in changes {
        let mistake = past.pop_if(|newest| told_as == EventKind::Undone && newest.hours == now);
        let again = taken_back.pop_if(|newest| told_as == EventKind::Redone && newest.hours == was);
        match (mistake, again) {
            (Some(mistake), _) => taken_back.push(mistake),
            (None, Some(again)) => past.push(again),
            (None, None) => past.push(PastHours { until, kind, hours: was }),
        }
    }
    past
}

/// Minutes of a whole day.
pub const WHOLE_DAY: i64 = 24 * 60;

/// When ordinary work is done in this township.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The only zone.
    pub zone: Zone,
    /// Hours of each kind of day; none: closed. In the order of [`DayKind::ALL`].
    pub hours: [Option<Hours>; 3],
    /// Those that stood before, the oldest first.
    pub past: Vec<PastHours>,
    /// Holidays, and rest days that are worked.
    pub days: BTreeMap<Day, SpecialDay>,
}

impl Calendar {
    /// The hours a new township starts with: the desk's day on working days, shorter on rest days, none on holidays.
    pub const STARTING: [Option<Hours>; 3] =
        [Some(Hours { from: 8 * 60, to: 20 * 60 }), Some(Hours { from: 9 * 60, to: 18 * 60 }), None];

    /// The calendar of a new township, its holidays those known for the year before, this one and the next.
    pub fn starting(zone: Zone, today: Day) -> Self {
        Self { days: known_days(today.year() - 1..=today.year() + 1), ..Self::plain(zone) }
    }

    /// A calendar without holidays.
    pub const fn plain(zone: Zone) -> Self {
        Self { zone, hours: Self::STARTING, past: Vec::new(), days: BTreeMap::new() }
    }

    /// What kind of day it is.
    pub fn kind(&self, day: Day) -> DayKind {
        match self.days.get(&day) {
            Some(special) => special.kind,
            None if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) => DayKind::Rest,
            None => DayKind::Working,
        }
    }

    /// The hours of a kind of day as they stood at a time.
    pub fn hours_at(&self, kind: DayKind, at: Time) -> Option<Hours> {
        let stood = self.past.iter().find(|past| past.kind == kind && at < past.until);
        stood.map_or(self.hours[kind as usize], |past| past.hours)
    }

    /// Minutes of a working day as they stood at a time; of a whole day where it was closed.
    pub fn working_day(&self, at: Time) -> i64 {
        self.hours_at(DayKind::Working, at).map_or(WHOLE_DAY, Hours::minutes)
    }

    /// Until when the desk is as it is at a time, at most until the day ends or other hours stand, and whether it is open.
    /// Hours set later than `known` are not known yet.
    pub fn open_until(&self, at: Time, known: Time) -> (Time, bool) {
        let day = self.zone.day(at);
        let hours = self.hours_at(self.kind(day), at.min(known));
        let hours = hours.map(|hours| (self.zone.at(day, hours.from), self.zone.at(day, hours.to)));
        let (end, open) = match hours {
            Some((from, _)) if at < from => (from, false),
            Some((_, to)) if at < to => (to, true),
            _ => (self.zone.at(day, WHOLE_DAY), false),
        };
        let changed = self.past.iter().map(|past| past.until).filter(|until| at < *until && *until <= known).min();
        (changed.map_or(end, |changed| changed.min(end)), open)
    }

    /// The hours on a day; none when closed.
    pub fn hours_on(&self, day: Day) -> Option<Hours> {
        self.hours[self.kind(day) as usize]
    }

    /// The same as two points in time.
    pub fn open_on(&self, day: Day) -> Option<(Time, Time)> {
        let hours = self.hours_on(day)?;
        Some((self.zone.at(day, hours.from), self.zone.at(day, hours.to)))
    }

    /// The years whose holidays should be known by now and are not: the present one, and in December, when they have been
    /// announced, the next.
    pub fn years_missing(&self, today: Day) -> Vec<i32> {
        let next = (today.month() == 12).then_some(today.year() + 1);
        let known = |year: &i32| self.days.keys().any(|day| day.year() == *year);
        std::iter::once(today.year()).chain(next).filter(|year| !known(year)).collect()
    }

    /// Whether ordinary clocks could ever run: some kind of day has hours that comes every week.
    pub const fn ever_open(&self) -> bool {
        self.hours[DayKind::Working as usize].is_some() || self.hours[DayKind::Rest as usize].is_some()
    }
}

/// The public holidays and the days worked for them, of the years the library knows. It knows a year once the State Council
/// has announced it, late in the year before.
///
/// The library's own search compiles an expression and goes through its whole table for every day it is asked about. The
/// table is public and read through once instead, 860 entries in 2026, so that nothing need be kept between two calls.
pub fn known_days(years: RangeInclusive<i32>) -> BTreeMap<Day, SpecialDay> {
    let entries = LEGAL_HOLIDAY_DATA.as_bytes().chunks(ENTRY);
    entries.filter_map(special_day).filter(|(day, _)| years.contains(&day.year())).collect()
}

/// Bytes of an entry in the library's table, as in `2025092806+03`: the day, 0 for a day that is worked, the holiday, and
/// how far it is from the holiday itself, which is not needed here.
const ENTRY: usize = 13;

fn special_day(entry: &[u8]) -> Option<(Day, SpecialDay)> {
    let entry = std::str::from_utf8(entry).ok()?;
    let number = |from: usize, to: usize| entry.get(from..to)?.parse::<u32>().ok();
    let day = Day::from_ymd_opt(number(0, 4)?.try_into().ok()?, number(4, 6)?, number(6, 8)?)?;
    let kind = if number(8, 9)? == 0 { DayKind::Working } else { DayKind::Holiday };
    let name = LEGAL_HOLIDAY_NAMES.get(number(9, 10)? as usize)?;
    Some((day, SpecialDay { kind, name: (*name).to_owned() }))
}

#[cfg(test)]
mod tests {
    use tyme4rs::tyme::Culture;
    use tyme4rs::tyme::holiday::LegalHoliday;

    use super::*;
    use crate::domain::base::time::CHINA;

    fn day(year: i32, month: u32, day: u32) -> Day {
        Day::from_ymd_opt(year, month, day).expect("a day")
    }

    #[test]
    fn holidays_and_make_up_days_of_known_years() {
        let calendar = Calendar::starting(CHINA, day(2025, 6, 1));
        assert_eq!(calendar.kind(day(2025, 10, 1)), DayKind::Holiday, "National Day");
        assert_eq!(calendar.kind(day(2025, 9, 28)), DayKind::Working, "a Sunday worked for it");
        assert_eq!(calendar.kind(day(2025, 9, 27)), DayKind::Rest, "a plain Saturday");
        assert_eq!(calendar.open_on(day(2025, 10, 1)), None);
    }

    /// A newer library might arrange its table in another way.
    #[test]
    fn the_library_s_table_is_read_as_the_library_reads_it() {
        let known = known_days(2024..=2025);
        let told = |day: Day| {
            let number = |n: u32| usize::try_from(n).ok();
            let told = LegalHoliday::from_ymd(day.year().try_into().ok()?, number(day.month())?, number(day.day())?)?;
            Some(SpecialDay {
                kind: if told.is_work() { DayKind::Working } else { DayKind::Holiday },
                name: told.get_name(),
            })
        };
        for day in day(2024, 9, 1).iter_days().take(75) {
            assert_eq!(known.get(&day), told(day).as_ref(), "{day}");
        }
        assert!(known_days(1999..=2000).is_empty() && known.keys().all(|day| (2024..=2025).contains(&day.year())));
    }

    #[test]
    fn hours_stand_until_others_are_set_and_those_taken_back_never_did() {
        use EventKind::{Redone, Set, Undone};
        let at = |hour: i64| CHINA.at(day(2026, 11, 24), hour * 60);
        let to = |hour: i64| Some(Hours { from: 480, to: hour * 60 });
        let changes = [
            (Set, at(9), to(20), to(18)),
            (Set, at(10), to(18), to(12)),
            (Undone, at(11), to(12), to(18)),
            (Redone, at(12), to(18), to(12)),
            (Undone, at(13), to(12), to(18)),
        ];
        let stood = |n: usize| -> Vec<(Time, Option<Hours>)> {
            let past = past_hours(DayKind::Working, changes[..n].iter().copied());
            past.iter().map(|past| (past.until, past.hours)).collect()
        };
        assert_eq!(stood(2), [(at(9), to(20)), (at(10), to(18))]);
        assert_eq!((stood(3), stood(4), stood(5)), (stood(1), stood(2), stood(1)));
        let past = past_hours(DayKind::Working, changes.into_iter());
        let calendar = Calendar { past, hours: [to(18), to(18), None], ..Calendar::plain(CHINA) };
        assert_eq!(calendar.hours_at(DayKind::Working, at(8)), to(20));
        assert_eq!(calendar.hours_at(DayKind::Working, at(9)), to(18));
        assert_eq!(calendar.open_until(at(8), Time(i64::MAX)), (at(9), true), "then others stand");
        assert_eq!(calendar.open_until(at(9), Time(i64::MAX)), (at(18), true));
        assert_eq!(calendar.open_until(at(8), at(8)), (at(20), true), "which was not known by then");
    }

    #[test]
    fn hours_as_typed() {
        assert_eq!(Hours::parse("８：30－20"), Some(Some(Hours { from: 510, to: 1_200 })));
        assert_eq!(Hours::parse("8:30-20"), Some(Some(Hours { from: 510, to: 1_200 })));
        assert_eq!(Hours::parse("休"), Some(None));
        assert_eq!(Hours::parse("20-8"), None);
    }
}
