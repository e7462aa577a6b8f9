//! Times and days as people say them, read against now. What is asked for lies ahead, what is told lies behind: the caller says
//! which, and of what the words can mean the nearest that lies there and is sensible is taken. What a clock shows is `time`.

use chrono::{DateTime, Datelike, Duration, Months, NaiveDate};

use crate::domain::base::clean::half_width;
use crate::domain::base::time::{DAY, Day, HOUR, MINUTE, Time, Zone};
use crate::domain::place::room::han_number;

/// Where a time lies that is not said in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// Something that happened: `23:10` said at 08:00 was last night.
    Past,
    /// Something to come: `09:00` said at 17:00 is tomorrow.
    Future,
}

impl Lean {
    fn holds(self, time: Time, now: Time) -> bool {
        match self {
            Self::Past => time <= now,
            Self::Future => time >= now,
        }
    }
}

/// A day, or a moment of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// A day alone.
    Day(Day),
    /// A point in time.
    Moment(Time),
}

/// A month and day without a year is of the year that makes it lie where it should, up to so many days off. Further off it is
/// taken for a slip and read as of this year, so that it is refused: `11-20` said on 24 November is no order for next year.
const REACH: i64 = 270;

/// A time as a clerk types it, or as a sheet or a script writes it; nothing when it is not understood.
///
/// Understood: RFC 3339; `2026-11-24 18:00[:05]` with `-`, `/`, `.` or `年月日`; `11-24 18:00`; `18:00`;
/// `今天|明天|后天|大后天|昨天|前天|today|tomorrow|yesterday [18:00]`; `周三|星期三|本周三|下周三|上周三|wed [18:00]`; `26号`; a part of
/// the day before the time or alone (`明天上午`, `下午3点半`, `今晚八点`, `3pm`); `+30m`, `+2h`, `+3d`. A day alone means 08:00.
///
/// With a colon an hour is that of 24. `三点` may be either half of the day's: 15:00 unless only 03:00 lies where it should.
pub fn parse(text: &str, now: Time, zone: Zone, lean: Lean) -> Option<Time> {
    parse_with(text, now, zone, lean, 8 * 60)
}

/// As [`parse`], with the minute after midnight that a day alone means: of a sheet it is 0, as spreadsheet programs have it.
pub fn parse_with(text: &str, now: Time, zone: Zone, lean: Lean, day_alone: i64) -> Option<Time> {
    let text = half_width(text).trim().to_lowercase();
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
    let today = zone.day(now);
    let at = |day: Day, ms: i64| Time(zone.at(day, 0).0 + ms);
    if let Some(hours) = Hours::read(&text) {
        return hours.nearest(|days, ms| at(today + Duration::days(days), ms), now, lean);
    }
    let (days, rest) = date(&text, today, lean, Some(REACH))?;
    let hours = if rest.is_empty() { Hours::only(day_alone * MINUTE) } else { Hours::read(rest)? };
    let first = at(*days.first()?, *hours.likely.first()?);
    if days.len() == 1 && days[0] == today && lean == Lean::Past {
        return Some(hours.all().map(|ms| at(today, ms)).filter(|time| *time <= now).max().unwrap_or(first));
    }
    let fitting = |hours: &[i64]| {
        let mut times = days.iter().flat_map(|day| hours.iter().map(|ms| at(*day, *ms)));
        times.find(|time| lean.holds(*time, now))
    };
    Some(fitting(&hours.likely).or_else(|| fitting(&hours.possible)).unwrap_or(first))
}

/// A day with or without a time of it, in the forms of [`parse`]; a time alone is neither.
pub fn said(text: &str, now: Time, zone: Zone) -> Option<Said> {
    let text = half_width(text).trim().to_lowercase();
    let spoken = spoken_day(&text);
    let (days, rest) = date(&spoken, zone.day(now), Lean::Future, None)?;
    if rest.is_empty() {
        return days.first().copied().map(Said::Day);
    }
    parse(&text, now, zone, Lean::Future).map(Said::Moment)
}

/// A day as a clerk, a sheet or a script writes it; the forms of [`parse`] that name one, with no time beside it.
pub fn parse_day(text: &str, today: Day) -> Option<Day> {
    parse_day_leaning(text, today, Lean::Future)
}

/// The same; a weekday, a day of the month or a month and day is the newest of that name when it leans to the past.
pub fn parse_day_leaning(text: &str, today: Day, lean: Lean) -> Option<Day> {
    let text = spoken_day(&half_width(text).trim().to_lowercase());
    let (days, rest) = date(&text, today, lean, None)?;
    days.first().copied().filter(|_| rest.is_empty())
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

/// What the words for a time of day can mean, in milliseconds behind the day's midnight; those of the night after it lie
/// beyond 24 hours. The first is meant when nothing speaks against it.
#[derive(Debug)]
struct Hours {
    likely: Vec<i64>,
    /// What is meant only where nothing likely lies on the right side of now.
    possible: Vec<i64>,
}

impl Hours {
    fn only(ms: i64) -> Self {
        Self { likely: vec![ms], possible: Vec::new() }
    }

    fn all(&self) -> impl Iterator<Item = i64> {
        self.likely.iter().chain(&self.possible).copied()
    }

    /// `9:05`, `09:05:30`, `18点`, `18点30分`, `18时`, `下午3点半`, `三点一刻`, `3pm`, or a part of the day alone.
    fn read(text: &str) -> Option<Self> {
        if let Some((part, rest)) = DayPart::split(text) {
            if rest.is_empty() {
                return Some(Self::only(part.usual * HOUR));
            }
            let Clock { hour, within, .. } = Clock::read(rest)?;
            let hours = (part.hours)(hour);
            return Some(Self {
                likely: hours.iter().map(|hour| hour * HOUR + within).collect(),
                possible: Vec::new(),
            });
        }
        for (half, from_noon) in [("am", 0), ("pm", 12)] {
            if let Some(rest) = text.strip_suffix(half) {
                let rest = rest.trim();
                let clock = Clock::read(&if rest.contains(':') { rest.to_owned() } else { format!("{rest}:00") })?;
                return (clock.hour < 13).then(|| Self::only((clock.hour % 12 + from_noon) * HOUR + clock.within));
            }
        }
        let Clock { hour, within, spoken } = Clock::read(text)?;
        let (likely, possible): (&[i64], &[i64]) = match hour {
            1..=6 if spoken => (&[hour + 12], &[hour]),
            7 | 8 if spoken => (&[hour, hour + 12], &[]),
            9..=11 if spoken => (&[hour], &[hour + 12]),
            _ => (&[hour], &[]),
        };
        let ms = |hours: &[i64]| hours.iter().map(|hour| hour * HOUR + within).collect();
        Some(Self { likely: ms(likely), possible: ms(possible) })
    }

    /// The time of no said day that is nearest to now. What happened may have happened in the night.
    fn nearest(&self, at: impl Fn(i64, i64) -> Time, now: Time, lean: Lean) -> Option<Time> {
        let times = |hours: &[i64], days: std::ops::RangeInclusive<i64>| {
            let each = days.flat_map(|day| hours.iter().map(move |ms| (day, *ms)));
            each.map(|(day, ms)| at(day, ms)).filter(|time| lean.holds(*time, now)).collect::<Vec<_>>()
        };
        match lean {
            Lean::Future => times(&self.likely, -1..=1).into_iter().min(),
            Lean::Past => times(&self.all().collect::<Vec<_>>(), -2..=0).into_iter().max(),
        }
    }
}

/// A part of the day: which hours an hour of it can be, and the usual one when none is said.
struct DayPart {
    names: &'static [&'static str],
    hours: fn(i64) -> Vec<i64>,
    usual: i64,
}

const DAY_PARTS: [DayPart; 6] = [
    DayPart { names: &["凌晨"], hours: |hour| vec![if hour == 12 { 0 } else { hour }], usual: 2 },
    DayPart { names: &["早上", "上午", "早晨", "清晨"], hours: |hour| vec![hour], usual: 9 },
    DayPart { names: &["中午"], hours: |hour| vec![if hour < 6 { hour + 12 } else { hour }], usual: 12 },
    DayPart { names: &["下午", "傍晚"], hours: |hour| vec![if hour < 12 { hour + 12 } else { hour }], usual: 15 },
    DayPart { names: &["晚上"], hours: |hour| evening(hour, 4), usual: 19 },
    DayPart { names: &["夜里", "半夜", "深夜"], hours: |hour| evening(hour, 5), usual: 23 },
];

/// Hours of a night: up to `small` those behind the next midnight, else, where that does not fit, of the night before.
fn evening(hour: i64, small: i64) -> Vec<i64> {
    match hour % 12 {
        _ if hour > 12 => vec![hour],
        0 => vec![24, 0],
        h if h <= small => vec![24 + h, h],
        h => vec![12 + h],
    }
}

impl DayPart {
    /// The part a text begins with, and the rest.
    fn split(text: &str) -> Option<(&'static Self, &str)> {
        DAY_PARTS.iter().find_map(|part| {
            part.names.iter().find_map(|name| text.strip_prefix(name)).map(|rest| (part, rest.trim_start()))
        })
    }
}

/// An hour as written, and the milliseconds behind it; `spoken` when it may be of either half of the day.
struct Clock {
    hour: i64,
    within: i64,
    spoken: bool,
}

impl Clock {
    fn read(text: &str) -> Option<Self> {
        let spoken = text.contains('点');
        let mut text = text.replace("点半", ":30").replace("点一刻", ":15").replace("点三刻", ":45");
        text = text.replace(['点', '时', '：'], ":").replace(['分', '秒'], "");
        let figure = |text: &str| text.parse().ok().or_else(|| han_number(text).map(i64::from));
        let mut numbers = text.trim_end_matches(':').split(':');
        let hour: i64 = figure(numbers.next()?.trim())?;
        let minute: i64 = match numbers.next() {
            Some(minute) => figure(minute.trim())?,
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
        good.then_some(Self { hour, within: minute * MINUTE + second * 1_000, spoken })
    }
}

/// Splits a leading date off. Gives the days it can mean, the likeliest first, and what follows it (a clock time or nothing),
/// trimmed. A month and day further off than `reach` days is left in this year.
fn date(text: &str, today: Day, lean: Lean, reach: Option<i64>) -> Option<(Vec<Day>, &str)> {
    const NAMED: [(&str, i64); 10] = [
        ("今天", 0),
        ("明天", 1),
        ("大后天", 3),
        ("后天", 2),
        ("昨天", -1),
        ("前天", -2),
        ("today", 0),
        ("tomorrow", 1),
        ("yesterday", -1),
        ("今日", 0),
    ];
    for (name, days) in NAMED {
        if let Some(rest) = text.strip_prefix(name) {
            return Some((vec![today + Duration::days(days)], rest.trim()));
        }
    }
    if let Some(found) = weekday(text, today, lean) {
        return Some(found);
    }
    let parts = ['凌', '早', '上', '清', '中', '下', '傍', '晚', '夜', '半', '深'];
    let split = text.find(|c| c == ' ' || c == 't' || parts.contains(&c)).unwrap_or(text.len());
    let (date, mut rest) = text.split_at(split);
    let (date, tail) = match date.find(['日', '号']) {
        Some(at) => date.split_at(at),
        None => (date, ""),
    };
    let after = tail.trim_start_matches(['日', '号']);
    if !after.is_empty() {
        rest = after;
    }
    let numbers: Vec<&str> = date.split(['-', '/', '.', '年', '月']).collect();
    let number = |i: usize| numbers.get(i).and_then(|n| n.parse::<u32>().ok());
    let day = match numbers.len() {
        // Two digits of a year are of this century.
        3 => match number(0)? {
            short @ 0..=99 => NaiveDate::from_ymd_opt(2_000 + i32::try_from(short).ok()?, number(1)?, number(2)?)?,
            year => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, number(1)?, number(2)?)?,
        },
        2 => month_and_day((number(0)?, number(1)?), today, lean, reach)?,
        1 if !tail.is_empty() => day_of_month(number(0)?, today, lean)?,
        _ => return None,
    };
    Some((vec![day], rest.trim_start_matches('t').trim()))
}

/// `周三` is the next one, or the last one; the week after or before it where its time does not fit. `下周三` is of the week
/// that begins next Monday, whatever today is.
fn weekday(text: &str, today: Day, lean: Lean) -> Option<(Vec<Day>, &str)> {
    const WEEK: [(&str, &str); 7] =
        [("一", "mon"), ("二", "tue"), ("三", "wed"), ("四", "thu"), ("五", "fri"), ("六", "sat"), ("日", "sun")];
    const WEEKS: [(&str, i64); 4] = [("下", 1), ("上", -1), ("本", 0), ("这", 0)];
    let named = WEEKS.iter().find_map(|(word, weeks)| {
        text.strip_prefix(word).filter(|rest| rest.starts_with(['周', '星'])).map(|rest| (rest, Some(*weeks)))
    });
    let (text, weeks) = named.unwrap_or((text, None));
    let after = text.strip_prefix("星期").or_else(|| text.strip_prefix("周"));
    let (wanted, rest) = (0_i64..).zip(WEEK).find_map(|(wanted, (zh, en))| {
        let rest = match after {
            Some(day) if zh == "日" => day.strip_prefix('天').or_else(|| day.strip_prefix(zh)),
            Some(day) => day.strip_prefix(zh),
            None => text.strip_prefix(en),
        };
        rest.map(|rest| (wanted, rest.trim()))
    })?;
    let since_monday = i64::from(today.weekday().num_days_from_monday());
    let ahead = (wanted - since_monday).rem_euclid(7);
    let days = match (weeks, lean) {
        (Some(weeks), _) => vec![wanted - since_monday + weeks * 7],
        (None, Lean::Future) => vec![ahead, ahead + 7],
        (None, Lean::Past) if ahead > 0 => vec![ahead - 7],
        (None, Lean::Past) => vec![0, -7],
    };
    Some((days.into_iter().map(|days| today + Duration::days(days)).collect(), rest))
}

/// `26号`: the first one from today on, or the last one up to today.
fn day_of_month(day: u32, today: Day, lean: Lean) -> Option<Day> {
    let first = today.with_day(1)?;
    // No two months in a row are without a 30th or a 31st.
    (0..=2).find_map(|months| match lean {
        Lean::Future => first.checked_add_months(Months::new(months))?.with_day(day).filter(|day| *day >= today),
        Lean::Past => first.checked_sub_months(Months::new(months))?.with_day(day).filter(|day| *day <= today),
    })
}

/// `1-4`: of the nearest year that makes it lie where it should.
fn month_and_day((month, day): (u32, u32), today: Day, lean: Lean, reach: Option<i64>) -> Option<Day> {
    // A 29th of February may be eight years off.
    let years = (0..=8).map(|off| match lean {
        Lean::Future => today.year() + off,
        Lean::Past => today.year() - off,
    });
    let fits = |day: &Day| match lean {
        Lean::Future => *day >= today,
        Lean::Past => *day <= today,
    };
    let near = |day: &Day| reach.is_none_or(|reach| (*day - today).num_days().abs() <= reach);
    let nearest = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day)).find(fits).filter(near);
    nearest.or_else(|| NaiveDate::from_ymd_opt(today.year(), month, day))
}

#[cfg(test)]
mod tests;
