//! Who works when, on the screen: who is on duty, the week grid, coverage, a proposed week.
//! No rule of rosters is decided here.

pub mod coverage;
pub mod fill;
pub mod grid;
pub mod pane;
pub mod stand_in;
pub mod who;
pub mod worker;
