//! The ground every feature stands on: time, ids, codes, events, cleaning of what was typed, troubles of the machine.
//! It knows no feature.

pub mod calendar;
pub mod clean;
pub mod code;
pub mod event;
pub mod find;
pub mod id;
pub mod import;
pub mod paper;
pub mod said;
pub mod time;
pub mod trouble;
pub mod wrong_clock;
