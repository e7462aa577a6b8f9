//! The question about outages.
//! How its answer is read is `store`.

use crate::domain::base::event::Entity;
use crate::domain::base::time::Time;

/// A question about outages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutageQuery {
    /// The outages of now and of the days to come, the earliest first.
    List {
        /// Now.
        now: Time,
    },
}

impl OutageQuery {
    /// The kinds of records whose change may change the answer.
    pub const fn about(&self) -> &'static [Entity] {
        match self {
            Self::List { .. } => &[Entity::Outage, Entity::Place],
        }
    }
}

/// The answer to the question of its name.
#[derive(Clone, Debug, PartialEq)]
pub enum OutageAnswer {
    /// See [`OutageQuery::List`].
    List(Vec<crate::domain::ticket::around::OutageRow>),
}
