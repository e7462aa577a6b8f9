//! What the township sets for itself: categories, hours, days.
//! What follows from them is in the features that use them.

pub mod op;
pub mod query;
