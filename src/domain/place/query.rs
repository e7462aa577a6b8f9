//! Answers about places: the compounds with their figures, and one household.

use crate::domain::base::event::Entity;
use crate::domain::base::id::{PersonId, PlaceId};
use crate::domain::base::time::Time;
use crate::domain::person::{Person, Relation};
use crate::domain::place::{Place, Stage};
use crate::domain::ticket::query::Row;

/// A compound with its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompoundRow {
    /// Id.
    pub id: PlaceId,
    /// Name.
    pub name: String,
    /// Community.
    pub community: String,
    /// Stage.
    pub stage: Stage,
    /// For a trial: day N of M.
    pub trial_day: Option<(i64, i64)>,
    /// Open tickets.
    pub open: u32,
    /// Of them late.
    pub late: u32,
}

/// Who lives in a home, and what was reported there.
#[derive(Clone, Debug, PartialEq)]
pub struct Household {
    /// The place.
    pub place: Place,
    /// Its compound's name.
    pub compound: String,
    /// Who lives there: head first, then owner, family, tenant.
    pub members: Vec<Member>,
    /// Standing notes of the place and of what it lies in.
    pub notes: Vec<String>,
    /// Tickets of the place: open ones first, then those closed up to 90 days ago, newest first; at most 20.
    pub tickets: Vec<Row>,
}

/// A person in a home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Id.
    pub id: PersonId,
    /// The person.
    pub person: Person,
    /// What he is there.
    pub relation: Relation,
    /// 户主
    pub is_head: bool,
}

/// A home, as an export lists it.
#[derive(Clone, Debug, PartialEq)]
pub struct HomeLine {
    /// The home.
    pub place: Place,
    /// Its compound's name.
    pub compound: String,
    /// Its building's label.
    pub building: String,
    /// How many people live there.
    pub people: u32,
}

/// A resident in one home, as an export lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResidentLine {
    /// The person.
    pub member: Member,
    /// Name of the compound; empty when he lives nowhere here.
    pub compound: String,
    /// Building's label.
    pub building: String,
    /// Unit.
    pub unit: String,
    /// Room.
    pub room: String,
}

/// A question about places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceQuery {
    /// All compounds with their figures.
    Compounds {
        /// Now.
        now: Time,
    },
    /// Everything about one place that helps with a report: who lives there, tickets, notes.
    Household {
        /// The place.
        place: PlaceId,
        /// Now.
        now: Time,
    },
}

impl PlaceQuery {
    /// The kinds of records whose change may change the answer.
    pub const fn about(&self) -> &'static [Entity] {
        match self {
            Self::Compounds { .. } => &[Entity::Ticket, Entity::Place],
            Self::Household { .. } => &[Entity::Ticket, Entity::Person, Entity::Residency, Entity::Place],
        }
    }
}

/// The answer to the question of its name.
#[derive(Clone, Debug, PartialEq)]
pub enum PlaceAnswer {
    /// See [`PlaceQuery::Compounds`].
    Compounds(Vec<CompoundRow>),
    /// See [`PlaceQuery::Household`].
    Household(Option<Box<Household>>),
}
