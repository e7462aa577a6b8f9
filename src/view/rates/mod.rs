//! Draws the rates and what they count.

pub mod list;
pub mod month;
