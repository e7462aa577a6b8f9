//! How domain values go into columns and come out: in one place, so that no statement converts by itself.

use crate::domain::base::calendar::DayKind;
use crate::domain::base::id::{
    CommandId, FilterId, HandoverId, LeaveId, NeedId, OperatorId, OutageId, ParkedId, PersonId, PlaceId, SessionId,
    ShiftId, StaffId, TicketId,
};
use crate::domain::base::time::{Day, Time};
use crate::domain::callback::op::{Verdict, Whom};
use crate::domain::outage::{OutageKind, Places};
use crate::domain::person::{Flags, PersonName, Phone, Relation};
use crate::domain::place::{PlaceKind, Stage};
use crate::domain::roster::LeaveKind;
use crate::domain::roster::coverage::NeedDays;
use crate::domain::roster::rules::{Rule, Severity};
use crate::domain::roster::shift::{Presence, Template};
use crate::domain::staff::{Rank, Role};
use crate::domain::ticket::clock::{Pause, Pauses};
use crate::domain::ticket::priority::{Raises, Terms};
use crate::domain::ticket::{Channel, Outcome, Priority, Related, Status, TicketKind, ToldBy};
use crate::store::file::engine::{FromValue, ToValue, Value};

macro_rules! as_code {
    ($($type:ty),+ $(,)?) => {$(
        impl ToValue for $type {
            #[inline]
            fn to_value(&self) -> Value<'_> {
                Value::text(self.code())
            }
        }
        impl FromValue for $type {
            #[inline]
            fn from_value(value: Value<'_>) -> Option<Self> {
                Self::from_code(value.as_str()?)
            }
        }
    )+};
}

macro_rules! as_number {
    ($($type:ty),+ $(,)?) => {$(
        impl ToValue for $type {
            #[inline]
            fn to_value(&self) -> Value<'_> {
                Value::Integer(self.0)
            }
        }
        impl FromValue for $type {
            #[inline]
            fn from_value(value: Value<'_>) -> Option<Self> {
                i64::from_value(value).map(Self)
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
    crate::domain::base::event::EventKind,
    crate::domain::base::event::Entity,
    crate::domain::op::kind::CommandKind,
);
as_number!(
    CommandId, FilterId, HandoverId, LeaveId, NeedId, OperatorId, OutageId, ParkedId, PersonId, PlaceId, SessionId,
    ShiftId, StaffId, TicketId, Time
);

macro_rules! as_words {
    ($($type:ty),+ $(,)?) => {$(
        impl ToValue for $type {
            #[inline]
            fn to_value(&self) -> Value<'_> {
                Value::text(self.reveal())
            }
        }
        impl FromValue for $type {
            #[inline]
            fn from_value(value: Value<'_>) -> Option<Self> {
                String::from_value(value).map(Self::stored)
            }
        }
    )+};
}

as_words!(PersonName, Phone);

macro_rules! as_flags {
    ($($type:ty),+ $(,)?) => {$(
        impl ToValue for $type {
            #[inline]
            fn to_value(&self) -> Value<'_> {
                self.0.to_value()
            }
        }
        impl FromValue for $type {
            #[inline]
            fn from_value(value: Value<'_>) -> Option<Self> {
                u32::from_value(value).map(Self)
            }
        }
    )+};
}

as_flags!(Flags, Raises);

impl ToValue for Terms {
    #[inline]
    fn to_value(&self) -> Value<'_> {
        Value::text(self.kept())
    }
}

impl FromValue for Terms {
    #[inline]
    fn from_value(value: Value<'_>) -> Option<Self> {
        Self::from_kept(value.as_str()?)
    }
}

impl ToValue for Day {
    #[inline]
    fn to_value(&self) -> Value<'_> {
        Value::text(day_text(*self))
    }
}

impl FromValue for Day {
    #[inline]
    fn from_value(value: Value<'_>) -> Option<Self> {
        day_of(value.as_str()?)
    }
}

impl ToValue for Pauses {
    #[inline]
    fn to_value(&self) -> Value<'_> {
        Value::text(listed(self.0.iter().map(|pause| format!("{}-{}", pause.from.0, pause.to.0))))
    }
}

impl FromValue for Pauses {
    #[inline]
    fn from_value(value: Value<'_>) -> Option<Self> {
        let pause = |text: &str| {
            let (from, to) = text.split_once('-')?;
            Some(Pause { from: Time(from.parse().ok()?), to: Time(to.parse().ok()?) })
        };
        value.as_str()?.split(',').filter(|part| !part.is_empty()).map(pause).collect::<Option<_>>().map(Self)
    }
}

macro_rules! as_ids {
    ($($type:ident of $id:ident),+ $(,)?) => {$(
        impl ToValue for $type {
            #[inline]
            fn to_value(&self) -> Value<'_> {
                Value::text(listed(self.0.iter().map(|id| id.0.to_string())))
            }
        }
        impl FromValue for $type {
            #[inline]
            fn from_value(value: Value<'_>) -> Option<Self> {
                let id = |part: &str| part.parse().map($id).ok();
                value.as_str()?.split(',').filter(|part| !part.is_empty()).map(id).collect::<Option<_>>().map(Self)
            }
        }
    )+};
}

as_ids!(Related of TicketId, Places of PlaceId);

/// Values kept with commas between.
fn listed(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join(",")
}

/// Codes as they stand in `IN (…)`. They are words of the program's own, never what a person typed.
pub(in crate::store) fn codes(codes: impl Iterator<Item = &'static str>) -> String {
    codes.map(|code| format!("'{code}'")).collect::<Vec<_>>().join(", ")
}

/// A day as the text kept of it.
pub(in crate::store) fn day_text(day: Day) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// The day of a kept text; nothing where it is none.
pub(in crate::store) fn day_of(text: &str) -> Option<Day> {
    Day::parse_from_str(text, "%Y-%m-%d").ok()
}

/// Words of a list kept with blanks between.
pub(in crate::store) fn word_list(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}
