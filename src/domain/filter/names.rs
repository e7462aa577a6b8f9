//! The names a filter of tickets may hold: compounds, staff, operators; and the filters that were given a name.
//! Residents are not among them; those are found in the find box.

use crate::domain::base::id::{FilterId, OperatorId, PlaceId, StaffId};
use crate::domain::filter::Me;
use crate::domain::filter::op::Saved;
use crate::domain::person::PersonName;

/// All of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Compounds, in the order people count.
    pub compounds: Vec<(PlaceId, String)>,
    /// Staff, those who have left included: old tickets name them.
    pub staff: Vec<(StaffId, PersonName)>,
    /// Operators, and who they are among the staff.
    pub operators: Vec<(OperatorId, String, Option<StaffId>)>,
    /// Filters with a name, the oldest first.
    pub filters: Vec<(FilterId, Saved)>,
}

impl Names {
    /// Whose desk it is, by the operator's name.
    pub fn me(&self, name: &str) -> Me {
        let operator = self.operators.iter().find(|(_, other, _)| other == name);
        operator.map_or_else(Me::default, |(id, _, staff)| Me { operator: Some(*id), staff: *staff })
    }
}
