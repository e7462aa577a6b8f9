//! The question about the names a filter may hold.
//! How its answer is read is `store`.

use crate::domain::base::event::Entity;

/// A question about filters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterQuery {
    /// The names a filter of tickets may hold, and the filters that have a name.
    Names,
}

impl FilterQuery {
    /// The kinds of records whose change may change the answer.
    pub const fn about(&self) -> &'static [Entity] {
        match self {
            Self::Names => &[Entity::Place, Entity::Staff, Entity::Filter],
        }
    }
}

/// The answer to the question of its name.
#[derive(Clone, Debug, PartialEq)]
pub enum FilterAnswer {
    /// See [`FilterQuery::Names`].
    Names(crate::domain::filter::names::Names),
}
