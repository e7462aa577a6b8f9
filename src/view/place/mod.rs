//! Draws compounds and households.

pub mod card;
pub mod pane;
