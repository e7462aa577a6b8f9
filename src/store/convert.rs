//! How domain values go into columns and come out: in one place, so that no statement converts by itself.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

use crate::domain::category::Category;
use crate::domain::id::{CommandId, OperatorId, ParkedId, PersonId, PlaceId, SessionId, ShiftId, StaffId, TicketId};
use crate::domain::person::{PersonName, Phone, Relation};
use crate::domain::place::{PlaceKind, Stage};
use crate::domain::shift::{Presence, Template};
use crate::domain::staff::{Rank, Role};
use crate::domain::ticket::{Channel, Priority, Status, TicketKind};
use crate::domain::time::{Day, Time};

macro_rules! as_code {
    ($($type:ty),+ $(,)?) => {$(
        impl ToSql for $type {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.code().into())
            }
        }
        impl FromSql for $type {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                Self::from_code(value.as_str()?).ok_or(FromSqlError::InvalidType)
            }
        }
    )+};
}

macro_rules! as_number {
    ($($type:ty),+ $(,)?) => {$(
        impl ToSql for $type {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.0.into())
            }
        }
        impl FromSql for $type {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                value.as_i64().map(Self)
            }
        }
    )+};
}

as_code!(
    Relation,
    PlaceKind,
    Stage,
    Presence,
    Template,
    Rank,
    Role,
    Channel,
    Priority,
    Status,
    TicketKind,
    crate::domain::event::EventKind,
    crate::domain::event::Entity,
);
as_number!(CommandId, OperatorId, ParkedId, PersonId, PlaceId, SessionId, ShiftId, StaffId, TicketId, Time);

impl FromSql for PersonName {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        String::column_result(value).map(Self::stored)
    }
}

impl ToSql for PersonName {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.reveal().into())
    }
}

impl FromSql for Phone {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        String::column_result(value).map(Self::stored)
    }
}

impl ToSql for Phone {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.reveal().into())
    }
}

/// A day as the text kept of it.
pub(super) fn day_text(day: Day) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// The day of a kept text.
pub(super) fn day_of(text: &str) -> rusqlite::Result<Day> {
    Day::parse_from_str(text, "%Y-%m-%d")
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(e)))
}

/// Words of a list kept with blanks between.
pub(super) fn word_list(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// Roles kept with commas between.
pub(super) fn role_list(text: &str) -> Vec<Role> {
    text.split(',').filter_map(Role::from_code).collect()
}

/// A category from its row; the columns by name.
pub(super) fn category(row: &rusqlite::Row<'_>) -> rusqlite::Result<Category> {
    let script: (Option<String>, Option<String>) = (row.get("script_zh")?, row.get("script_en")?);
    Ok(Category {
        code: row.get("code")?,
        zh: row.get("zh")?,
        en: row.get("en")?,
        roles: role_list(&row.get::<_, String>("roles")?),
        outside: row.get("outside")?,
        priority: row.get("priority")?,
        respond_minutes: row.get("respond_minutes")?,
        resolve_minutes: row.get("resolve_minutes")?,
        script: script.0.zip(script.1),
        keywords: row
            .get_ref("keywords")?
            .as_str()?
            .split(',')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect(),
    })
}
