//! Draws a report being taken.

pub mod form;
pub mod side;
pub mod told;
