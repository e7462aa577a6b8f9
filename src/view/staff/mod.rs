//! Draws the list of staff.

pub mod list;
