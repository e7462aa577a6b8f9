//! Ringing residents back.
//! What a call means for the ticket is decided in `domain`.

pub mod queue;
pub mod strip;
