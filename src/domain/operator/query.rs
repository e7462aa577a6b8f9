//! The question about operators.
//! How its answer is read is `store`.

use crate::domain::base::event::Entity;

/// A question about operators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OperatorQuery {
    /// Who works at the desk.
    List,
}

impl OperatorQuery {
    /// The kinds of records whose change may change the answer.
    pub const fn about(&self) -> &'static [Entity] {
        match self {
            Self::List => &[Entity::Operator],
        }
    }
}

/// The answer to the question of its name.
#[derive(Clone, Debug, PartialEq)]
pub enum OperatorAnswer {
    /// See [`OperatorQuery::List`].
    List(Vec<crate::domain::handover::query::OperatorRow>),
}
