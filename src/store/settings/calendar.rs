//! Rows of the calendar: the desk's hours and the days that are not what their weekday says.

use crate::domain::base::calendar::{Calendar, DayKind, Hours, PastHours, SpecialDay, past_hours};
use crate::domain::base::event::Entity;
use crate::domain::base::time::Zone;
use crate::domain::settings::op::HoursSet;
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;
use crate::store::log::events;
use crate::store::settings::past::hours_id;

/// The township's calendar.
pub(in crate::store) fn load(conn: &Connection, zone: Zone) -> Result<Calendar> {
    let mut calendar = Calendar { hours: [None; 3], ..Calendar::plain(zone) };
    conn.each("SELECT kind, from_minute, to_minute FROM desk_hours", values![], |row| {
        let kind: DayKind = row.get("kind")?;
        calendar.hours[kind as usize] = Some(Hours { from: row.get("from_minute")?, to: row.get("to_minute")? });
        Ok(())
    })?;
    let days = conn.rows("SELECT day, kind, name FROM calendar_day", values![], |row| {
        Ok((row.get("day")?, SpecialDay { kind: row.get("kind")?, name: row.get("name")? }))
    })?;
    calendar.days = days.into_iter().collect();
    calendar.past = past(conn)?;
    Ok(calendar)
}

/// The hours that stood before, from the log, where each change of them is kept.
pub(in crate::store) fn past(conn: &Connection) -> Result<Vec<PastHours>> {
    let mut past = Vec::new();
    for kind in DayKind::ALL {
        let mut changes = Vec::new();
        for event in events::of_record(conn, Entity::Calendar, hours_id(*kind))? {
            let changed = event.changes::<HoursSet>()?.hours;
            changes.extend(changed.map(|hours| (event.kind, event.at, hours.was, hours.now)));
        }
        past.extend(past_hours(*kind, changes.into_iter()));
    }
    past.sort_by_key(|past| past.until);
    Ok(past)
}

/// Writes a whole calendar into a new file.
pub(in crate::store) fn fill(conn: &Connection, calendar: &Calendar) -> Result<()> {
    for kind in DayKind::ALL {
        put_hours(conn, *kind, calendar.hours[*kind as usize])?;
    }
    calendar.days.iter().try_for_each(|(day, special)| put_day(conn, *day, Some(special)))
}

/// Writes the hours of a kind of day; none closes it.
pub(in crate::store) fn put_hours(conn: &Connection, kind: DayKind, hours: Option<Hours>) -> Result<()> {
    conn.run("DELETE FROM desk_hours WHERE kind = ?1", values![kind])?;
    if let Some(hours) = hours {
        conn.run(
            "INSERT INTO desk_hours (kind, from_minute, to_minute) VALUES (?1, ?2, ?3)",
            values![kind, hours.from, hours.to],
        )?;
    }
    Ok(())
}

/// Writes what a day is instead; none makes it what its weekday says.
pub(in crate::store) fn put_day(
    conn: &Connection,
    day: crate::domain::base::time::Day,
    special: Option<&SpecialDay>,
) -> Result<()> {
    conn.run("DELETE FROM calendar_day WHERE day = ?1", values![day])?;
    if let Some(special) = special {
        conn.run(
            "INSERT INTO calendar_day (day, kind, name) VALUES (?1, ?2, ?3)",
            values![day, special.kind, special.name],
        )?;
    }
    Ok(())
}
