//! The event log: what happened, how it is taken back, and what others wrote.
//! What an event means to a feature is not known here.

pub(in crate::store) mod changes;
pub(in crate::store) mod events;
pub(in crate::store) mod payload;
pub(in crate::store) mod undo;
