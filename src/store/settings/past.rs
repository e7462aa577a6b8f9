//! How settings were changed: the log read back as people understand it.
//! Changing them is `apply::settings`; what they are now is in `township` and `calendar`.

use sha2::{Digest, Sha256};

use crate::domain::base::calendar::DayKind;
use crate::domain::base::event::Entity;
use crate::domain::base::time::Day;
use crate::domain::base::trouble::Trouble;
use crate::domain::settings::op::{CategorySet, Changed, DaySet, HoursSet, Past};
use crate::domain::settings::query::{PAST_AT_MOST, SettingsOf};
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;
use crate::store::log::events::{self, Event};

/// The id a category goes by in the log: its code where that is a number, which all are that a township starts with; of any
/// other code a digest, below 0, so that no two go by the same.
pub(in crate::store) fn category_id(code: &str) -> i64 {
    if let Some(number) = code.parse::<i64>().ok().filter(|number| *number > 0 && number.to_string() == code) {
        return number;
    }
    let digest = Sha256::digest(code.as_bytes());
    -1 - digest.iter().take(7).fold(0, |id, byte| id << 8 | i64::from(*byte))
}

/// The id a kind of day goes by in the log.
pub(in crate::store) const fn hours_id(kind: DayKind) -> i64 {
    kind as i64
}

/// The id a day goes by in the log: 20261001.
pub(in crate::store) fn day_id(day: Day) -> i64 {
    use chrono::Datelike;
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

/// What an id of the calendar stands for.
pub(in crate::store) enum Dated {
    Hours(DayKind),
    Day(Day),
}

/// What an event of the calendar is about.
pub(in crate::store) fn dated(event: &Event) -> Result<Dated> {
    let number = |n: i64| u32::try_from(n).ok();
    let day = || {
        let year = i32::try_from(event.id / 10_000).ok()?;
        Day::from_ymd_opt(year, number(event.id / 100 % 100)?, number(event.id % 100)?)
    };
    let kind = usize::try_from(event.id).ok().and_then(|at| DayKind::ALL.get(at));
    kind.map(|kind| Dated::Hours(*kind)).or_else(|| day().map(Dated::Day)).ok_or_else(|| unknown(event))
}

/// The code of the category an event is about.
pub(in crate::store) fn code_of(event: &Event) -> Result<String> {
    event.word("code").map(str::to_owned).ok_or_else(|| unknown(event))
}

fn unknown(event: &Event) -> crate::store::file::error::Error {
    Trouble::Damaged { detail: format!("event {} names no setting", event.seq) }.into()
}

/// The changes of some settings, newest first.
pub(in crate::store) fn past(conn: &Connection, of: &SettingsOf) -> Result<Vec<Past>> {
    let events = match of {
        SettingsOf::Category(code) => events::of_record(conn, Entity::Category, category_id(code))?,
        SettingsOf::Calendar => events::of_kind(conn, Entity::Calendar, PAST_AT_MOST)?,
    };
    let mut operator =
        conn.statement("SELECT o.name FROM session s JOIN operator o ON o.id = s.operator_id WHERE s.id = ?1")?;
    let mut past = Vec::new();
    for event in events.iter().rev().take(PAST_AT_MOST) {
        let what = match event.entity {
            Entity::Category => Changed::Category(code_of(event)?, Box::new(event.changes::<CategorySet>()?)),
            _ => match dated(event)? {
                Dated::Hours(kind) => Changed::Hours(kind, event.changes::<HoursSet>()?),
                Dated::Day(day) => Changed::Day(day, event.changes::<DaySet>()?),
            },
        };
        let by = operator.value(values![event.session])?;
        past.push(Past { at: event.at, by, kind: event.kind, what });
    }
    Ok(past)
}
