//! Rows of the calendar: holidays, and rest days worked for them, as notices and sheets write them.
//! Whether a day is known already is not asked here.

use chrono::Datelike;

use super::{FIRST_YEAR, Parsed, Reading, Row};
use crate::domain::base::calendar::{DayKind, SpecialDay};
use crate::domain::base::clean::half_width;
use crate::domain::base::import::{DayRow, Reason};
use crate::domain::base::time::{Day, parse_day};
use crate::exchange::fields;
use crate::exchange::mapping::Field;

/// Characters of a day's name.
const NAME_AT_MOST: usize = 40;
/// A day after this year is a cell misread.
const LAST_YEAR: i32 = 2_100;

impl Reading {
    pub(super) fn day(&mut self, row: &Row<'_>) -> Parsed<DayRow> {
        let (day, kind) = (row.text(Field::Day), row.text(Field::DayKind));
        if day.is_empty() {
            return Err(row.missing(Field::Day));
        }
        let today = self.zone.day(self.now);
        let read = fields::when(&day, self.now, self.zone).map(|time| self.zone.day(time));
        let plain = || Day::parse_from_str(&half_width(&day), "%Y%m%d").ok();
        let read = read.or_else(|| parse_day(&day, today)).or_else(plain);
        if read.is_some_and(|day| day.year() < FIRST_YEAR) {
            return Err(Reason::TooEarly { column: row.head(Field::Day) });
        }
        let read = read.filter(|day| day.year() <= LAST_YEAR);
        let day = read.ok_or_else(|| row.unclear(Field::Day))?;
        if kind.is_empty() {
            return Err(row.missing(Field::DayKind));
        }
        let kind = DayKind::of_words(&kind).ok_or_else(|| row.unclear(Field::DayKind))?;
        let name = row.short(Field::Name, NAME_AT_MOST)?;
        Ok(Some(DayRow { day, special: SpecialDay { kind, name } }))
    }
}
