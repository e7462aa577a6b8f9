//! The data file itself: opened, brought up, copied, cared for, and written by one transaction a change.
//! It knows no feature.

pub(in crate::store) mod backup;
pub(in crate::store) mod belongs;
pub(in crate::store) mod convert;
pub(in crate::store) mod damage;
pub(in crate::store) mod engine;
pub(in crate::store) mod error;
pub(in crate::store) mod held;
pub(in crate::store) mod ids;
pub(in crate::store) mod open;
pub(in crate::store) mod session;
pub(in crate::store) mod side;
pub(in crate::store) mod upgrade;
pub(in crate::store) mod upkeep;
pub(in crate::store) mod whole;
pub(in crate::store) mod writer;
