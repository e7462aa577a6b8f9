//! A ticket's number, as clerks say it and as it is written.
//! Drawing the next one is the store's.

use serde::{Deserialize, Serialize};

use crate::domain::base::clean;
use crate::domain::base::time::Day;

/// A ticket's number: the township's counter of the day it was opened. Never changes. In JSON as people write it in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Number {
    /// The business date.
    pub day: Day,
    /// 1, 2, 3... on that day.
    pub n: u32,
}

impl From<Number> for String {
    fn from(number: Number) -> Self {
        number.full()
    }
}

impl TryFrom<String> for Number {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        // With its year the day it is read on does not matter.
        Self::parse(&text, Day::default()).ok_or_else(|| format!("{text:?} is no ticket number"))
    }
}

impl Number {
    /// `1122-07`, as clerks say it.
    pub fn short(self) -> String {
        format!("{}-{:02}", self.day.format("%m%d"), self.n)
    }

    /// `2026-1122-07`.
    pub fn full(self) -> String {
        format!("{}-{:02}", self.day.format("%Y-%m%d"), self.n)
    }

    /// Reads `2026-1122-07`, or `1122-07` as the newest such day not after `today`.
    pub fn parse(text: &str, today: Day) -> Option<Self> {
        use chrono::Datelike;
        let text = clean::half_width(text.trim());
        let parts: Vec<&str> = text.split('-').collect();
        let (year, month_day, n) = match parts[..] {
            [year, month_day, n] if year.len() == 4 => (Some(year.parse().ok()?), month_day, n),
            [month_day, n] => (None, month_day, n),
            _ => return None,
        };
        if month_day.len() != 4 || !month_day.is_ascii() {
            return None;
        }
        let (month, day) = (month_day[..2].parse().ok()?, month_day[2..].parse().ok()?);
        let on = |year| Day::from_ymd_opt(year, month, day);
        let day = match year {
            Some(year) => on(year)?,
            // A 29th of February may be eight years back.
            None => (0..=8).filter_map(|back| on(today.year() - back)).find(|day| *day <= today)?,
        };
        Some(Self { day, n: n.parse().ok().filter(|n| *n > 0)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let today = Day::from_ymd_opt(2026, 11, 24).expect("a day");
        let number = Number { day: Day::from_ymd_opt(2026, 11, 22).expect("a day"), n: 7 };
        assert_eq!((number.short().as_str(), number.full().as_str()), ("1122-07", "2026-1122-07"));
        assert_eq!(Number::parse("1122-07", today), Some(number));
        assert_eq!(Number::parse("２０２６-1122-7", today), Some(number));
        assert_eq!(Number::parse("1231-03", today).map(Number::full).as_deref(), Some("2025-1231-03"));
        for bad in ["", "7", "1322-01", "1122-00", "1122-x", "26-1122-07", "漏水-01"] {
            assert_eq!(Number::parse(bad, today), None, "{bad}");
        }
    }
}
