//! The question about parked reports.
//! How its answer is read is `store`.

use crate::domain::base::event::Entity;
use crate::domain::base::id::ParkedId;
use crate::domain::base::time::Time;
use crate::domain::parked::op::Form;

/// A question about parked reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParkedQuery {
    /// Parked intakes, newest first.
    List,
}

impl ParkedQuery {
    /// The kinds of records whose change may change the answer.
    pub const fn about(&self) -> &'static [Entity] {
        match self {
            Self::List => &[Entity::Parked],
        }
    }
}

/// The answer to the question of its name.
#[derive(Clone, Debug, PartialEq)]
pub enum ParkedAnswer {
    /// See [`ParkedQuery::List`].
    List(Vec<ParkedRow>),
}
/// A parked intake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkedRow {
    /// Id.
    pub id: ParkedId,
    /// What was typed.
    pub form: Form,
    /// When it was parked.
    pub at: Time,
    /// By whom (operator's name).
    pub by: String,
}
