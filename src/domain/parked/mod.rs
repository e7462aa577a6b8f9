//! Reports begun and put aside.
//! What becomes a ticket is in `ticket`.

pub mod op;
pub mod query;
