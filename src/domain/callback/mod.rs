//! Ringing back: whose word is waited for, and what came of a call.
//! Which move a call makes is in the table of `ticket`.

pub mod op;
pub mod query;
