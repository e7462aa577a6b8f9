//! Draws whom to ring back, and the one in hand.

pub mod queue;
pub mod strip;
