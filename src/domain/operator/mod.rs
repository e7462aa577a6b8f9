//! Who works at the desk.
//! What each rank may do is said beside each change.

pub mod op;
pub mod pin;
pub mod query;
