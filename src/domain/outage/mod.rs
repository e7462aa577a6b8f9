//! Outages 停水停电停暖: what is cut off where and when, and what callers are told. How many households rang is a question.
//! It is no ticket: nobody is sent, no clock runs.

pub mod op;
pub mod query;

use serde::{Deserialize, Serialize};

use super::place::Place;
use crate::domain::base::id::PlaceId;
use crate::domain::base::time::Time;
use crate::{coded, tracked};

coded! {
    /// What is cut off.
    pub enum OutageKind {
        /// 停水
        Water = "water",
        /// 停电
        Power = "power",
        /// 停暖
        Heat = "heat",
        /// 停气
        Gas = "gas",
        /// 电梯停运
        Lift = "lift",
        /// 其他
        Other = "other",
    }
}

/// Compounds and buildings, in the order they were named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Places(pub Vec<PlaceId>);

tracked! {
    /// An outage as it stands.
    pub struct Outage / OutageChanges {
        /// What is cut off.
        pub kind: OutageKind,
        /// Begins.
        pub from: Time,
        /// Expected end.
        pub to: Time,
        /// When it was really over.
        pub ended_at: Option<Time>,
        /// Where.
        pub places: Places,
        texts:
        /// What callers are told.
        pub words,
    }
}

/// How an outage stands at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It begins later.
    Planned,
    /// It runs.
    Running,
    /// Its expected end has passed, and nobody said that it is over.
    Overdue,
    /// It is over.
    Over,
}

impl Outage {
    /// The state before the first event; it is never stored.
    pub fn blank() -> Self {
        Self {
            kind: OutageKind::Other,
            from: Time(0),
            to: Time(0),
            ended_at: None,
            places: Places::default(),
            words: String::new(),
        }
    }

    /// How it stands.
    pub fn phase(&self, now: Time) -> Phase {
        match self.ended_at {
            Some(ended) if ended <= now => Phase::Over,
            _ if now < self.from => Phase::Planned,
            _ if now >= self.to => Phase::Overdue,
            _ => Phase::Running,
        }
    }

    /// Whether a place lies in it: named itself, or its unit, building or compound is.
    pub fn covers(&self, place: &Place) -> bool {
        let around = [Some(place.id), place.parent, place.building, place.compound];
        around.into_iter().flatten().any(|id| self.places.0.contains(&id))
    }
}

#[cfg(test)]
mod tests {
    use super::super::place::PlaceKind;
    use super::*;

    #[test]
    fn it_runs_until_somebody_says_that_it_is_over() {
        let outage = Outage { from: Time(100), to: Time(200), ..Outage::blank() };
        assert_eq!(outage.phase(Time(99)), Phase::Planned);
        assert_eq!(outage.phase(Time(100)), Phase::Running);
        assert_eq!(outage.phase(Time(200)), Phase::Overdue);
        assert_eq!(Outage { ended_at: Some(Time(150)), ..outage }.phase(Time(150)), Phase::Over);
    }

    #[test]
    fn a_home_lies_in_its_unit_its_building_and_its_compound() {
        let home = Place {
            building: Some(PlaceId(2)),
            compound: Some(PlaceId(1)),
            ..Place::named(PlaceId(3), Some(PlaceId(4)), PlaceKind::Home, "3-2-501")
        };
        let of = |id| Outage { places: Places(vec![PlaceId(9), PlaceId(id)]), ..Outage::blank() };
        assert!([1, 2, 3, 4].into_iter().all(|id| of(id).covers(&home)));
        assert!(!of(5).covers(&home));
    }
}
