//! How domain values go into columns and come out: in one place, so that no statement converts by itself.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

use super::file::{FromValue, ToValue, Value};

use crate::domain::calendar::DayKind;
use crate::domain::category::Category;
use crate::domain::clock::{Pause, Pauses};
use crate::domain::id::{
    CommandId, FilterId, HandoverId, LeaveId, NeedId, OperatorId, OutageId, ParkedId, PersonId, PlaceId, SessionId,
    ShiftId, StaffId, TicketId,
};
use crate::domain::op::callback::{Verdict, Whom};
use crate::domain::outage::{OutageKind, Places};
use crate::domain::person::{PersonName, Phone, Relation};
use crate::domain::place::{PlaceKind, Stage};
use crate::domain::priority::{Raises, Terms};
use crate::domain::roster::LeaveKind;
use crate::domain::roster::coverage::NeedDays;
use crate::domain::roster::rules::{Rule, Severity};
use crate::domain::shift::{Presence, Template};
use crate::domain::staff::{Rank, Role};
use crate::domain::ticket::{Channel, Outcome, Priority, Related, Status, TicketKind, ToldBy};
use crate::domain::time::{Day, Time};

macro_rules! as_code {
    ($($type:ty),+ $(,)?) => {$(
        impl ToValue for $type {
            fn to_value(&self) -> Value<'_> {
                Value::text(self.code())
            }
        }
        impl FromValue for $type {
            fn from_value(value: Value<'_>) -> Option<Self> {
                Self::from_code(value.as_str()?)
            }
        }
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
        impl ToValue for $type {
            fn to_value(&self) -> Value<'_> {
                Value::Integer(self.0)
            }
        }
        impl FromValue for $type {
            fn from_value(value: Value<'_>) -> Option<Self> {
                i64::from_value(value).map(Self)
            }
        }
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
    ToldBy,
    Outcome,
    Whom,
    Verdict,
    DayKind,
    OutageKind,
    LeaveKind,
    NeedDays,
    Rule,
    Severity,
    crate::domain::handover::Kind,
    crate::domain::event::EventKind,
    crate::domain::event::Entity,
);
as_number!(
    CommandId, FilterId, HandoverId, LeaveId, NeedId, OperatorId, OutageId, ParkedId, PersonId, PlaceId, SessionId,
    ShiftId, StaffId, TicketId, Time
);

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

impl ToSql for Raises {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.into())
    }
}

impl FromSql for Raises {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        u32::column_result(value).map(Self)
    }
}

impl ToSql for Terms {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.kept().into())
    }
}

impl FromSql for Terms {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::from_kept(value.as_str()?).ok_or(FromSqlError::InvalidType)
    }
}

impl ToSql for Pauses {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(listed(self.0.iter().map(|pause| format!("{}-{}", pause.from.0, pause.to.0))).into())
    }
}

impl FromSql for Pauses {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let pause = |text: &str| {
            let (from, to) = text.split_once('-')?;
            Some(Pause { from: Time(from.parse().ok()?), to: Time(to.parse().ok()?) })
        };
        let text = value.as_str()?;
        text.split(',')
            .filter(|part| !part.is_empty())
            .map(|part| pause(part).ok_or(FromSqlError::InvalidType))
            .collect::<FromSqlResult<_>>()
            .map(Self)
    }
}

macro_rules! as_ids {
    ($($type:ident of $id:ident),+ $(,)?) => {$(
        impl ToSql for $type {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(listed(self.0.iter().map(|id| id.0.to_string())).into())
            }
        }
        impl FromSql for $type {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                value
                    .as_str()?
                    .split(',')
                    .filter(|part| !part.is_empty())
                    .map(|part| part.parse().map($id).map_err(|_| FromSqlError::InvalidType))
                    .collect::<FromSqlResult<_>>()
                    .map(Self)
            }
        }
    )+};
}

as_ids!(Related of TicketId, Places of PlaceId);

/// Values kept with commas between.
fn listed(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join(",")
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
        rules: row.get("rules")?,
    })
}
