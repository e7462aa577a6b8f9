//! Ids: 63-bit numbers made here, so that files of several offices can be merged without renumbering.
//! Nobody is shown an id; people say ticket numbers.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::domain::base::time::Time;

/// Milliseconds from 1970 to the start of 2024 (UTC), where the ids' clock begins.
const EPOCH_MS: i64 = 1_704_067_200_000;
const OFFICE_BITS: u32 = 10;
const COUNTER_BITS: u32 = 12;
const COUNTER_MAX: i64 = (1 << COUNTER_BITS) - 1;

/// The state ids are drawn from: milliseconds since 2024 (41 bits), office (10), counter (12).
///
/// It is kept in the data file and moved inside the write transaction, so ids rise strictly whatever the clock does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdSource {
    /// Milliseconds since 2024 of the newest id.
    pub last_ms: i64,
    /// Counter of the newest id within that millisecond, 0..=4095.
    pub counter: i64,
    /// Office 0..=1023; 0 is the sample township.
    pub office: i64,
}

impl IdSource {
    /// The next id. A clock standing still or going back only uses up the counter; a full counter borrows a millisecond.
    pub fn next(&mut self, now: Time) -> i64 {
        let now_ms = (now.0 - EPOCH_MS).max(0);
        if now_ms > self.last_ms {
            (self.last_ms, self.counter) = (now_ms, 0);
        } else if self.counter < COUNTER_MAX {
            self.counter += 1;
        } else {
            (self.last_ms, self.counter) = (self.last_ms + 1, 0);
        }
        self.last_ms << (OFFICE_BITS + COUNTER_BITS) | self.office << COUNTER_BITS | self.counter
    }
}

/// The office an id was made in.
pub fn office_of(id: i64) -> i64 {
    (id >> COUNTER_BITS) & ((1 << OFFICE_BITS) - 1)
}

/// JSON carries ids as strings (many readers round large numbers); the data file carries integers. Both are read.
fn id_from<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
    struct Either;
    impl de::Visitor<'_> for Either {
        type Value = i64;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an id, as a number or a string of digits")
        }
        fn visit_i64<E: de::Error>(self, id: i64) -> Result<i64, E> {
            Ok(id)
        }
        fn visit_u64<E: de::Error>(self, id: u64) -> Result<i64, E> {
            i64::try_from(id).map_err(E::custom)
        }
        fn visit_str<E: de::Error>(self, id: &str) -> Result<i64, E> {
            id.parse().map_err(E::custom)
        }
    }
    from.deserialize_any(Either)
}

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                id_from(from).map(Self)
            }
        }
    )+};
}

ids! {
    /// A place of any level, from the township to a bay.
    PlaceId,
    /// A person living (or having lived) in one of the homes.
    PersonId,
    /// A ticket.
    TicketId,
    /// A member of staff.
    StaffId,
    /// One person's shift on one day.
    ShiftId,
    /// Who works at a terminal.
    OperatorId,
    /// One run of the program at one terminal.
    SessionId,
    /// One command of a session.
    CommandId,
    /// A parked intake.
    ParkedId,
    /// An outage.
    OutageId,
    /// A leave.
    LeaveId,
    /// A need of a role on a shift.
    NeedId,
    /// A handover.
    HandoverId,
    /// A filter that has a name.
    FilterId,
}

/// A command's own mark (UUIDv7), made where the command begins: sent twice it is done once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CommandUid(pub uuid::Uuid);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_through_one_instant_and_a_clock_ten_years_on_and_back() {
        const TEN_YEARS_MS: i64 = 315_576_000_000;
        let now = Time(EPOCH_MS + 1_000_000);
        let mut source = IdSource { last_ms: 0, counter: 0, office: 1023 };
        let mut ids: Vec<i64> = (0..10_000).map(|_| source.next(now)).collect();
        ids.push(source.next(Time(now.0 + TEN_YEARS_MS)));
        ids.extend((0..10_000).map(|_| source.next(now)));
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "every id is greater than the one before");
        assert!(ids.iter().all(|&id| office_of(id) == 1023), "the office bits never change");
    }
}
