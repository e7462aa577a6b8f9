//! Draws who works when.

pub mod coverage;
pub mod fill;
pub mod grid;
pub mod pane;
pub mod publishing;
pub mod who;
pub mod worker;
