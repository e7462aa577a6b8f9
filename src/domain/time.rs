//! Points in time and business days. There is no "now" here: it comes in from `run` and `cli` only.
//! The township's offset is the only zone; the machine's own is never asked.

use chrono::{DateTime, Datelike, Duration, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, Timelike, Utc};
use serde::{Deserialize, Serialize};

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

    /// RFC 3339 with this zone's offset, to the second, for JSON and files: `2026-11-24T14:32:05+08:00`.
    pub fn rfc3339(self, time: Time) -> String {
        let offset = FixedOffset::east_opt(self.offset_minutes * 60).unwrap_or_else(|| Utc.fix());
        let utc = DateTime::<Utc>::from_timestamp_millis(time.0).unwrap_or_default();
        utc.with_timezone(&offset).to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
    }
}

/// Which way a time without a date leans when its clock time has passed today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// Something that happened: `23:10` said at 08:00 was last night.
    Past,
    /// Something to come: `09:00` said at 17:00 is tomorrow.
    Future,
}

/// A time as a clerk types it, or as a sheet or a script writes it; nothing when it is not understood.
///
/// Understood: RFC 3339; `2026-11-24 18:00[:05]` with `-`, `/`, `.` or `年月日`; `11-24 18:00`; `18:00`; `今天|明天|后天|昨天|today|tomorrow|yesterday [18:00]`;
/// `周三|星期三|下周三|wed [18:00]` (the next such day, the last one when leaning to the past); `26号`; a part of the day before
/// the time or alone (`明天上午`, `下午3点半`, `今晚八点`, `3pm`); `+30m`, `+2h`, `+3d`. A day alone means 08:00.
pub fn parse(text: &str, now: Time, zone: Zone, lean: Lean) -> Option<Time> {
    const DEFAULT_MINUTE: i64 = 8 * 60;
    let text = super::clean::half_width(text).trim().to_lowercase();
    if let Ok(exact) = DateTime::parse_from_rfc3339(&text.to_uppercase()) {
        return Some(Time(exact.timestamp_millis()));
    }
    if let Some(span) = text.strip_prefix('+') {
        let (number, unit) = span.split_at_checked(span.len().checked_sub(1)?)?;
        let ms = match unit {
            "m" => MINUTE,
            "h" => HOUR,
            "d" => DAY,
            _ => return None,
        };
        return Some(Time(now.0 + number.trim().parse::<u16>().ok().map(i64::from)? * ms));
    }
    let text = spoken_day(&text);
    if let Some(ms) = clock(&text) {
        let today = zone.at(zone.day(now), 0).0 + ms;
        let moved = match lean {
            Lean::Past if today > now.0 => today - DAY,
            Lean::Future if today < now.0 => today + DAY,
            _ => today,
        };
        return Some(Time(moved));
    }
    if let Some(part) = DayPart::behind(&text) {
        return Some(Time(zone.at(zone.day(now), part.usual).0));
    }
    let (date, rest) = date_and_rest(&text, zone.day(now), lean)?;
    let ms = match DayPart::behind(rest) {
        Some(part) => part.usual * MINUTE,
        None if rest.is_empty() => DEFAULT_MINUTE * MINUTE,
        None => clock(rest)?,
    };
    Some(Time(zone.at(date, 0).0 + ms))
}

/// A day, or a moment of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// A day alone.
    Day(Day),
    /// A point in time.
    Moment(Time),
}

/// A day with or without a time of it, in the forms of [`parse`]; a time alone is neither.
pub fn said(text: &str, now: Time, zone: Zone) -> Option<Said> {
    let text = super::clean::half_width(text).trim().to_lowercase();
    match date_and_rest(&spoken_day(&text), zone.day(now), Lean::Future)? {
        (day, "") => Some(Said::Day(day)),
        _ => parse(&text, now, zone, Lean::Future).map(Said::Moment),
    }
}

/// A day as a clerk, a sheet or a script writes it; the forms of [`parse`] that name one.
pub fn parse_day(text: &str, today: Day) -> Option<Day> {
    parse_day_leaning(text, today, Lean::Future)
}

/// The same; a weekday, a day of the month or a month and day is the newest of that name when it leans to the past.
pub fn parse_day_leaning(text: &str, today: Day, lean: Lean) -> Option<Day> {
    let text = spoken_day(&super::clean::half_width(text).trim().to_lowercase());
    date_and_rest(&text, today, lean).map(|(day, _)| day)
}

/// `今晚` as `今天晚上`, `明早` as `明天早上`.
fn spoken_day(text: &str) -> String {
    const SHORT: [(&str, &str); 5] =
        [("今晚", "今天晚上"), ("今早", "今天早上"), ("明早", "明天早上"), ("明晚", "明天晚上"), ("昨晚", "昨天晚上")];
    let short = SHORT
        .iter()
        .find_map(|(short, long)| text.strip_prefix(short).map(|rest| (long, rest.trim_start_matches('上'))));
    short.map_or_else(|| text.to_owned(), |(long, rest)| format!("{long}{rest}"))
}

/// A part of the day: hours are counted on from noon in some, and alone it means a usual time.
#[derive(Clone, Copy)]
struct DayPart {
    names: &'static [&'static str],
    /// Whether hours below 12 are of the afternoon.
    from_noon: bool,
    /// Minutes after midnight it means when no time is said.
    usual: i64,
}

const DAY_PARTS: [DayPart; 5] = [
    DayPart { names: &["凌晨"], from_noon: false, usual: 2 * 60 },
    DayPart { names: &["早上", "上午", "早晨"], from_noon: false, usual: 9 * 60 },
    DayPart { names: &["中午"], from_noon: true, usual: 12 * 60 },
    DayPart { names: &["下午", "傍晚"], from_noon: true, usual: 15 * 60 },
    DayPart { names: &["晚上", "夜里"], from_noon: true, usual: 19 * 60 },
];

impl DayPart {
    /// The part a text begins with, and the rest.
    fn split(text: &str) -> Option<(Self, &str)> {
        DAY_PARTS.iter().find_map(|part| {
            part.names.iter().find_map(|name| text.strip_prefix(name)).map(|rest| (*part, rest.trim_start()))
        })
    }

    /// The part that is all a text says.
    fn behind(text: &str) -> Option<Self> {
        Self::split(text).filter(|(_, rest)| rest.is_empty()).map(|(part, _)| part)
    }
}

/// Splits a leading date off; what follows it (a clock time or nothing) is returned trimmed.
fn date_and_rest(text: &str, today: Day, lean: Lean) -> Option<(Day, &str)> {
    const NAMED: [(&str, i64); 8] = [
        ("今天", 0),
        ("明天", 1),
        ("后天", 2),
        ("昨天", -1),
        ("today", 0),
        ("tomorrow", 1),
        ("yesterday", -1),
        ("今日", 0),
    ];
    for (name, days) in NAMED {
        if let Some(rest) = text.strip_prefix(name) {
            return Some((today + Duration::days(days), rest.trim()));
        }
    }
    // 下周三 is of the week that begins next Monday, whatever today is.
    let (text, next_week) =
        match text.strip_prefix('下').filter(|rest| rest.starts_with("周") || rest.starts_with("星期")) {
            Some(rest) => (rest, true),
            None => (text, false),
        };
    const WEEK: [(&str, &str); 7] =
        [("一", "mon"), ("二", "tue"), ("三", "wed"), ("四", "thu"), ("五", "fri"), ("六", "sat"), ("日", "sun")];
    let han = text.strip_prefix("星期").or_else(|| text.strip_prefix("周")).map(|rest| rest.replacen('天', "日", 1));
    for (wanted, (zh, en)) in (0_i64..).zip(WEEK) {
        let rest = match &han {
            Some(day) if day.starts_with(zh) => {
                text.find(['一', '二', '三', '四', '五', '六', '日', '天']).map(|at| &text[at + zh.len()..])
            }
            Some(_) => None,
            None => text.strip_prefix(en),
        };
        if let Some(rest) = rest {
            let from_today = (wanted - i64::from(today.weekday().num_days_from_monday())).rem_euclid(7);
            let to_monday = 7 - i64::from(today.weekday().num_days_from_monday());
            let days = match lean {
                _ if next_week => to_monday + wanted,
                Lean::Past if from_today > 0 => from_today - 7,
                _ => from_today,
            };
            return Some((today + Duration::days(days), rest.trim()));
        }
    }
    let split = text.find([' ', 't']).unwrap_or(text.len());
    let (date, mut rest) = text.split_at(split);
    let (date, tail) = match date.find(['日', '号']) {
        Some(at) => date.split_at(at),
        None => (date, ""),
    };
    let tail = tail.trim_start_matches(['日', '号']);
    if !tail.is_empty() {
        rest = tail;
    }
    let numbers: Vec<&str> = date.split(['-', '/', '.', '年', '月']).collect();
    let number = |i: usize| numbers.get(i).and_then(|n| n.parse::<u32>().ok());
    let day = match numbers.len() {
        3 => NaiveDate::from_ymd_opt(i32::try_from(number(0)?).ok()?, number(1)?, number(2)?)?,
        2 => NaiveDate::from_ymd_opt(today.year(), number(0)?, number(1)?)?,
        // `26号` is of this month, or of the next when it has passed.
        1 if date.len() < text.len() && text[date.len()..].starts_with(['日', '号']) => {
            let this = today.with_day(number(0)?);
            let next = || today.with_day(1)?.checked_add_months(chrono::Months::new(1))?.with_day(number(0)?);
            match lean {
                Lean::Future => this.filter(|day| *day >= today).or_else(next)?,
                Lean::Past => this.filter(|day| *day <= today)?,
            }
        }
        _ => return None,
    };
    Some((day, rest.trim_start_matches('t').trim()))
}

/// `9:05`, `09:05:30`, `18点`, `18点30分`, `18时`, `下午3点半`, `三点`, `3pm` as milliseconds after midnight.
fn clock(text: &str) -> Option<i64> {
    if let Some((part, rest)) = DayPart::split(text) {
        let ms = clock(rest)?;
        return Some(if part.from_noon && ms < 12 * HOUR { ms + 12 * HOUR } else { ms });
    }
    for (half, from_noon) in [("am", 0), ("pm", 12 * HOUR)] {
        if let Some(rest) = text.strip_suffix(half) {
            let rest = rest.trim();
            let ms = clock(&if rest.contains(':') { rest.to_owned() } else { format!("{rest}:00") })?;
            return (ms < 13 * HOUR).then_some(ms % (12 * HOUR) + from_noon);
        }
    }
    let mut text = text.replace("点半", ":30").replace(['点', '时', '：'], ":").replace(['分', '秒'], "");
    if let Some((hour, rest)) = text.split_once(':')
        && let Some(hour) = super::room::han_number(hour)
    {
        text = format!("{hour}:{rest}");
    }
    let mut numbers = text.trim_end_matches(':').split(':');
    let hour: i64 = numbers.next()?.trim().parse().ok()?;
    let minute: i64 = match numbers.next() {
        Some(minute) => minute.parse().ok()?,
        None if text.contains(':') => 0,
        None => return None,
    };
    let second: i64 = match numbers.next() {
        Some(second) => second.split('.').next()?.parse().ok()?,
        None => 0,
    };
    let good = (0..=24).contains(&hour)
        && (0..60).contains(&minute)
        && (0..60).contains(&second)
        && hour * 60 + minute <= 1_440
        && numbers.next().is_none();
    good.then_some(hour * HOUR + minute * MINUTE + second * 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, lean: Lean) -> Option<String> {
        // Tuesday, 24 November 2026, 17:00
        let now = CHINA.at(NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day"), 17 * 60);
        parse(text, now, CHINA, lean).map(|time| CHINA.local(time).format("%m-%d %H:%M:%S").to_string())
    }

    #[test]
    fn the_forms_people_and_sheets_use() {
        for (text, lean, expected) in [
            ("09:00", Lean::Future, "11-25 09:00:00"),
            ("18:00", Lean::Future, "11-24 18:00:00"),
            ("23:10", Lean::Past, "11-23 23:10:00"),
            ("１８：３０", Lean::Future, "11-24 18:30:00"),
            ("明天 9:30", Lean::Future, "11-25 09:30:00"),
            ("明天", Lean::Future, "11-25 08:00:00"),
            ("周三", Lean::Future, "11-25 08:00:00"),
            ("星期一18点", Lean::Future, "11-30 18:00:00"),
            ("后天下午3点", Lean::Future, "11-26 15:00:00"),
            ("下午3点半", Lean::Future, "11-25 15:30:00"),
            ("今晚八点", Lean::Future, "11-24 20:00:00"),
            ("明天上午", Lean::Future, "11-25 09:00:00"),
            ("周六上午9点", Lean::Future, "11-28 09:00:00"),
            ("下周一", Lean::Future, "11-30 08:00:00"),
            ("下周三 9:00", Lean::Future, "12-02 09:00:00"),
            ("26号", Lean::Future, "11-26 08:00:00"),
            ("3号 14:00", Lean::Future, "12-03 14:00:00"),
            ("8:30pm", Lean::Future, "11-24 20:30:00"),
            ("9am", Lean::Future, "11-25 09:00:00"),
            ("昨晚11点", Lean::Past, "11-23 23:00:00"),
            ("中午12点", Lean::Future, "11-25 12:00:00"),
            ("wed 10:00", Lean::Past, "11-18 10:00:00"),
            ("+2h", Lean::Future, "11-24 19:00:00"),
            ("2026/4/5 9:32:09", Lean::Past, "04-05 09:32:09"),
            ("11月26日 14:00", Lean::Future, "11-26 14:00:00"),
            ("2026年11月26日14点", Lean::Future, "11-26 14:00:00"),
            ("2026-11-24T18:00:00+08:00", Lean::Future, "11-24 18:00:00"),
        ] {
            assert_eq!(shown(text, lean).as_deref(), Some(expected), "{text}");
        }
        for nonsense in ["", "25:00", "soon", "2026-13-01", "12", "+x", "+", "9:61"] {
            assert_eq!(shown(nonsense, Lean::Future), None, "{nonsense:?}");
        }
    }

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
